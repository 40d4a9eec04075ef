/*
 * What was written on paper, typed or scanned row by row. A row names itself by its code, so
 * a sheet of any revision can be typed in; doing it twice changes nothing.
 */
#include "field/enter.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "register/people.h"

bool
entry_tell(struct entry *e, const char *row, bool changed, const char *told,
	struct vs_error *err)
{
	(void)err;
	*(changed ? &e->changed : &e->same) += 1;
	json_array_append_new(e->rows,
		json_pack(
			"{s:s, s:b, s:s}", "row", row, "changed", changed, "told", told));
	return true;
}

/* A contact of the queue: an attempt to reach it. Told apart by the sheet it stood on. */
static bool
enter_contact(struct entry *e, const char *row, int64_t contact, const char *value,
	struct vs_error *err)
{
	bool is_new;
	char day[11];
	const char *note = e->sheet;
	if (!note)
		note = vs_arena_printf(e->arena, "%s",
			vs_date_format(vs_local_from_utc(e->now).date, day));
	return register_contact_note(e->db, contact, value, note, &is_new, err) &&
		entry_tell(e, row, is_new, is_new ? _("noted") : _("noted before"), err);
}

/* Digits from *at on; false when there are none. */
static bool
read_number(const char **at, int64_t *ret_value)
{
	size_t digits = strspn(*at, "0123456789");
	if (digits == 0 || digits > 15)
		return false;
	*ret_value = strtoll(*at, NULL, 10);
	*at += digits;
	return true;
}

static bool
no_row(struct vs_error *err)
{
	return vs_fail(err, VS_INVALID,
		_("this is no row; a row is its code, \"=\" and what was written, such as "
		  "417-K=came or, of a street, 2=41/17/9"));
}

/* "417-K", "K17-5", "R12P45-7", or the bare number of a street. */
static bool
enter_coded(struct entry *e, const char *row, const char *code, const char *value,
	struct vs_error *err)
{
	const char *body, *at;
	int64_t id, person;
	bool counts = strspn(value, "0123456789-/ ") == strlen(value);
	if (counts && strspn(code, "0123456789") == strlen(code) && strlen(code) < 6)
		return enter_street(e, row, strtoll(code, NULL, 10), value, err);
	if (!field_code_body(e->arena, code, &body, err))
		return false;
	at = body;
	if (read_number(&at, &id) && !*at)
		return enter_booking(e, row, id, value, err);
	at = body + 1;
	if (*body == 'K' && read_number(&at, &id) && !*at)
		return enter_contact(e, row, id, value, err);
	at = body + 1;
	if (*body == 'R' && read_number(&at, &id) && *at++ == 'P' &&
		read_number(&at, &person) && !*at)
		return enter_call(e, row, id, person, value, err);
	return no_row(err);
}

static bool
enter_row(struct entry *e, const char *row, struct vs_error *err)
{
	const char *mark = strchr(row, '=');
	if (*row == '+')
		return enter_walk_in(e, row, row + 1, err);
	if (!mark || mark == row || !mark[1])
		return no_row(err);
	return enter_coded(e, row, vs_arena_copy(e->arena, row, (size_t)(mark - row)),
		mark + 1, err);
}

/* Every row that is wrong is named, so that a stack of paper is corrected in one go. */
static bool
enter_rows(struct entry *e, const json_t *rows, struct vs_error *err)
{
	size_t i;
	json_t *row;
	json_array_foreach (rows, i, row) {
		const char *text = json_string_value(row);
		struct vs_error why = { 0 };
		if (!enter_row(e, text, &why))
			return vs_fail(err, why.code, _("row %zu, \"%s\": %s"), i + 1,
				text, why.text);
	}
	return true;
}

static json_t *
finish(struct entry *e, struct change *change, bool dry_run, struct vs_error *err)
{
	change_say(change, "sheet", e->sheet,
		P_("%" PRId64 " row entered, %" PRId64 " as before",
			"%" PRId64 " rows entered, %" PRId64 " as before", e->changed),
		e->changed, e->same);
	if (!dry_run && e->changed && !change_commit(change, err))
		return NULL;
	json_t *view =
		json_pack("{s:I, s:I, s:O, s:b}", "changed", (json_int_t)e->changed,
			"same", (json_int_t)e->same, "rows", e->rows, "dry_run", dry_run);
	record_put(view, "sheet", e->sheet);
	return view;
}

json_t *
vs_field_enter(struct vs_db *db, const char *code, const json_t *rows, bool correct,
	bool dry_run, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	struct entry e = {
		.db = db, .arena = scratch.arena, .correct = correct, .rows = json_array()
	};
	json_t *view = NULL;
	if (json_array_size(rows) == 0)
		vs_fail(err, VS_USAGE, _("say what is written on the paper, row by row"));
	else if (vs_clock_now(&e.now, err) &&
		change_begin(&change, db, "field enter", err) &&
		(!code || register_sheet_number(db, code, e.arena, &e.sheet, err)) &&
		enter_rows(&e, rows, err))
		view = finish(&e, &change, dry_run, err);
	json_decref(e.rows);
	return view;
}
