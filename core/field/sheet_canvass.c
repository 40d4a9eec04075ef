/* The canvass sheet (dörrknackningslista): streets, and columns for counts; no names. */
#include "field/sheet.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

#define EMPTY_LINES 3

/* A street and how many doors it has are printed; what was counted is written by hand. */
static json_t *
street_row(struct vs_arena *arena, const struct stmt *q)
{
	json_t *row = json_object();
	const char *side = stmt_text(q, 4);
	record_put(
		row, "number", vs_arena_printf(arena, "%lld", (long long)stmt_int(q, 0)));
	record_put(row, "code", "");
	record_put(row, "street", stmt_text(q, 1));
	record_put(row, "numbers",
		stmt_null(q, 2)
			? _("all")
			: vs_arena_printf(arena, "%lld–%lld", (long long)stmt_int(q, 2),
				  (long long)stmt_int(q, 3)));
	record_put(row, "side",
		strcmp(side, "odd") == 0	    ? _("odd")
			: strcmp(side, "even") == 0 ? _("even")
						    : _("both"));
	record_put(row, "doors", "");
	record_put(row, "note", "");
	return row;
}

static bool
put_streets(struct field_sheet *s, json_t *sheet, int64_t canvass, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	json_t *streets = json_array(), *others = json_array();
	int64_t last = 0;
	json_object_set_new(sheet, "streets", streets);
	json_object_set_new(sheet, "others", others);
	if (!stmt_open(&q, s->frame.db,
		    SQL("SELECT position, street, first, last, side FROM canvass_street"
			" WHERE canvass_id = ? ORDER BY position"),
		    err))
		return false;
	stmt_bind(&q, canvass);
	while (stmt_row(&q, err)) {
		json_array_append_new(streets, street_row(s->frame.arena, &q));
		last = stmt_int(&q, 0);
	}
	for (int i = 1; i <= EMPTY_LINES; i++)
		json_array_append_new(others,
			json_pack("{s:o, s:s}", "number",
				json_sprintf("%lld", (long long)last + i), "code", ""));
	return err->code == VS_OK;
}

/* The walk's activity gives time and leader; a walk without one has blanks to fill in. */
static void
put_activity(struct field_sheet *s, json_t *sheet, const struct stmt *q, int from)
{
	struct vs_arena *arena = s->frame.arena;
	bool known = !stmt_null(q, from);
	record_put(sheet, "date",
		known ? field_heading_date(arena, field_day(arena, stmt_int(q, from)))
		      : "");
	record_put(sheet, "time",
		known ? field_clock_span(arena, stmt_int(q, from), stmt_int(q, from + 1))
		      : "");
	record_put(sheet, "leader", register_short_name(arena, stmt_text(q, from + 2)));
	record_put(sheet, "leader_phone",
		stmt_null(q, from + 3) ? ""
				       : vs_phone_text(arena, stmt_text(q, from + 3)));
	record_put(sheet, "instructions", stmt_text(q, from + 4));
}

static bool
add_sheet(
	struct field_sheet *s, json_t *sheets, const struct stmt *q, struct vs_error *err)
{
	struct vs_arena *arena = s->frame.arena;
	json_t *sheet = sheet_new(sheets, stmt_text(q, 1), _("Door-to-door walk"),
		_("the team; counts only, no names"));
	record_put(sheet, "kommun", stmt_text(q, 2));
	record_put(sheet, "electoral_district", "");
	record_put(sheet, "meeting", stmt_text(q, 3));
	record_put(sheet, "team", stmt_text(q, 4));
	record_put(sheet, "notes", stmt_text(q, 5));
	record_put(sheet, "doors", "");
	put_activity(s, sheet, q, 6);
	return put_streets(s, sheet, stmt_int(q, 0), err) &&
		register_sheet(s->frame.db,
			vs_arena_printf(arena, "DK-%lld", (long long)stmt_int(q, 0)),
			sheet, err);
}

static bool
find_id(struct vs_db *db, const struct vs_record_type *type, const char *text,
	int64_t *ret_id, struct vs_error *err)
{
	*ret_id = 0;
	if (!text)
		return true;
	json_t *record = vs_record_get(db, type, text, err);
	*ret_id = record_integer(record, "id");
	json_decref(record);
	return err->code == VS_OK;
}

static bool
find_kommun(struct vs_db *db, struct vs_arena *arena, const char *text,
	const char **ret_code, struct vs_error *err)
{
	*ret_code = NULL;
	if (!text)
		return true;
	json_t *record = vs_record_get(db, &vs_kommun_type, text, err);
	if (record)
		*ret_code = vs_arena_text(arena, record_string(record, "code"));
	json_decref(record);
	return record != NULL;
}

/* Walks that are chosen, or those that are not over. */
static bool
fill(struct sheet_frame *frame, json_t *sheets, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct field_sheet *s = (struct field_sheet *)frame;
	const struct vs_shift_filter *f = &s->options->filter;
	int64_t canvass, activity, from, until;
	const char *kommun;
	if (!find_id(frame->db, &vs_canvass_type, s->options->canvass, &canvass, err) ||
		!find_id(frame->db, &vs_activity_type, f->activity, &activity, err) ||
		!find_kommun(frame->db, frame->arena, f->kommun, &kommun, err) ||
		!field_period(f->from, f->until, &from, &until, err) ||
		!stmt_open(&q, frame->db,
			SQL("SELECT c.id, c.area, k.name, c.meets_at, c.team, c.note, a.starts_at,"
			    " a.ends_at, p.name, p.phone, a.instructions FROM canvass c"
			    " JOIN kommun k ON k.code = c.kommun_code"
			    " LEFT JOIN activity a ON a.id = c.activity_id"
			    " LEFT JOIN person p ON p.id = a.contact_id AND NOT p.restricted"
			    " WHERE iif(?1 = 0, c.walked_on IS NULL, c.id = ?1)"
			    " AND (?2 = 0 OR c.activity_id = ?2)"
			    " AND (?3 IS NULL OR c.kommun_code = ?3)"
			    " AND (?6 OR a.starts_at < ?5 AND a.ends_at > ?4)"
			    " ORDER BY a.starts_at, k.name COLLATE swedish,"
			    " c.area COLLATE swedish, c.id"),
			err))
		return false;
	stmt_bind(&q, canvass);
	stmt_bind(&q, activity);
	stmt_bind(&q, kommun);
	stmt_bind(&q, from);
	stmt_bind(&q, until);
	stmt_bind(&q, !f->from && !f->until);
	while (stmt_row(&q, err))
		if (!add_sheet(s, sheets, &q, err))
			return false;
	return err->code == VS_OK;
}

json_t *
vs_canvass_sheet_view(struct vs_db *db, const struct vs_field_sheet_options *options,
	struct vs_error *err)
{
	static const struct sheet_frame frame = { .name = "canvass-sheet",
		.title = N_("Canvass sheets"),
		.nothing = N_("no walk is planned; add one with 'valstuga canvass add'"),
		.fill = fill };
	return field_sheet_view(db, options, &frame, err);
}
