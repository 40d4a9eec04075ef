/* What is used of libxlsxwriter; the only files that know it are xlsx*.c. */
#ifndef EXCHANGE_XLSX_H
#define EXCHANGE_XLSX_H

#include <xlsxwriter.h>

#include <valstuga/base.h>

/* The library's functions under their own names without the prefixes. */
struct xlsx_library {
	void *handle;
	lxw_workbook *(*new_workbook)(const char *, lxw_workbook_options *);
	lxw_worksheet *(*add_worksheet)(lxw_workbook *, const char *);
	lxw_format *(*add_format)(lxw_workbook *);
	lxw_error (*set_properties)(lxw_workbook *, lxw_doc_properties *);
	lxw_error (*close)(lxw_workbook *);
	void (*set_bold)(lxw_format *);
	void (*set_num_format)(lxw_format *, const char *);
	lxw_error (*write_string)(
		lxw_worksheet *, lxw_row_t, lxw_col_t, const char *, lxw_format *);
	lxw_error (*write_number)(
		lxw_worksheet *, lxw_row_t, lxw_col_t, double, lxw_format *);
	lxw_error (*set_column)(
		lxw_worksheet *, lxw_col_t, lxw_col_t, double, lxw_format *);
	lxw_error (*autofilter)(
		lxw_worksheet *, lxw_row_t, lxw_col_t, lxw_row_t, lxw_col_t);
	void (*freeze_panes)(lxw_worksheet *, lxw_row_t, lxw_col_t);
	lxw_error (*ignore_errors)(lxw_worksheet *, uint8_t, const char *);
	void (*set_landscape)(lxw_worksheet *);
	void (*set_paper)(lxw_worksheet *, uint8_t);
	void (*fit_to_pages)(lxw_worksheet *, uint16_t, uint16_t);
	lxw_error (*repeat_rows)(lxw_worksheet *, lxw_row_t, lxw_row_t);
};

/* Loaded when it is first needed: with its cryptography it would make every command of the
 * program start 70 % slower. Fails with VS_IO saying what to install. */
bool xlsx_load(struct xlsx_library *ret_library, struct vs_error *err) VS_CHECKED;

#endif
