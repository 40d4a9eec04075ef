/*
 * Tables as spreadsheets (XLSX), for people: heads in words, dates that sort as dates, codes
 * and telephone numbers that stay as they are. What shall come back by `valstuga import` is
 * CSV or JSON.
 *
 * The same table gives the same bytes, and the file says nothing of the machine it was made
 * on. The sheet has a bold head that stays in view, with filters, and prints as landscape A4
 * with the head on every page.
 */
#ifndef VALSTUGA_SPREADSHEET_H
#define VALSTUGA_SPREADSHEET_H

#include <jansson.h>
#include <valstuga/record.h>

/*
 * Appends a workbook with one sheet:
 *
 *	{ "title": "Personer",          -- of document and sheet
 *	  "creator": "V Värmland",      -- may be absent
 *	  "made_at": 1776412800,        -- required: now, UTC seconds
 *	  "columns": [                  -- required, 1 to 16 384
 *	    { "name": "phone",          -- required: the member of a row
 *	      "label": "telefon",       -- the head; absent: the name
 *	      "type": "text",           -- see below; absent: text
 *	      "width": 14 } ],          -- characters; absent: as its texts need
 *	  "rows": [ { "phone": "+46701234567" } ] }
 *
 * Types: text (always text, whatever it looks like: "=1", "0017", "+46…"); integer; id (a
 * number without groups of three); real; money (öre; shown with two decimals); date
 * ("2026-09-13"); time (minutes after midnight); moment (UTC seconds; shown in Swedish time);
 * boolean (shown as yes or no). Null and absent values are empty cells; a value that does not
 * fit its column's type is written as the text or number it is.
 *
 * Fails with VS_INVALID when there are more than 1 048 575 rows or a text is longer than
 * 32 767 characters, which is what a spreadsheet holds; with VS_IO when libxlsxwriter is not
 * installed (it is loaded when it is needed) or no memory is left for the file.
 */
VS_API VS_CHECKED bool vs_xlsx_write(
	const json_t *table, struct vs_buffer *out, struct vs_error *err);

/*
 * Records of a type as such a table, all fields in order, heads and choices in the language
 * of the messages. `creator` may be NULL. Caller owns.
 */
VS_API json_t *vs_record_table(const struct vs_record_type *type, const json_t *records,
	const char *creator, int64_t made_at);

#endif
