/* The duty list (jourlista): who answers the telephone when, day by day. */
#include "ballots/sheet_parts.h"

#include <string.h>

#include "base/i18n.h"

static json_t *
duty_row(struct sheet_source *s, const struct stmt *q)
{
	json_t *row = json_object();
	record_put(row, "day", sheet_day(s->arena, stmt_text(q, 0), VS_DATE_WEEKDAY));
	record_put(row, "from", sheet_clock(s->arena, (int)stmt_int(q, 1)));
	record_put(row, "to", sheet_clock(s->arena, (int)stmt_int(q, 2)));
	record_put(row, "name", register_short_name(s->arena, stmt_text(q, 3)));
	record_put(row, "phone", stmt_text(q, 4));
	record_put(row, "role", stmt_text(q, 5));
	record_put(row, "area", stmt_text(q, 6));
	record_put(row, "deputy", register_short_name(s->arena, stmt_text(q, 7)));
	record_put(row, "deputy_phone", stmt_text(q, 8));
	return row;
}

/* The number that every duty has, if it is one. */
static void
put_number(json_t *sheet)
{
	const char *number = NULL;
	json_t *duty;
	size_t i;
	json_array_foreach (json_object_get(sheet, "duties"), i, duty) {
		const char *phone = record_string(duty, "phone");
		if (number && strcmp(number, phone) != 0)
			phone = "";
		number = phone;
	}
	record_put(sheet, "number", number);
}

static bool
put_contacts(struct sheet_source *s, json_t *sheet, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	json_t *contacts = json_array();
	json_object_set_new(sheet, "contacts", contacts);
	if (s->office_phone)
		json_array_append_new(contacts,
			json_pack("{s:s, s:s, s:s}", "name", s->campaign.district,
				"phone", s->office_phone, "note",
				_("the district's office")));
	if (!stmt_open(&q, s->db,
		    SQL("SELECT name, committee_phone, coalesce(committee, '') FROM kommun"
			" WHERE in_district AND committee_phone IS NOT NULL"
			" ORDER BY name COLLATE swedish"),
		    err))
		return false;
	while (stmt_row(&q, err))
		json_array_append_new(contacts,
			json_pack("{s:s, s:s, s:s}", "name", stmt_text(&q, 0), "phone",
				stmt_text(&q, 1), "note", stmt_text(&q, 2)));
	return err->code == VS_OK;
}

/* Days on which a place is open and nobody has the telephone. */
static bool
warn_empty_days(struct sheet_source *s, json_t *sheet, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	const char *days = "";
	if (!stmt_open(&q, s->db,
		    SQL("WITH asked (day) AS (SELECT ?) SELECT DISTINCT o.date FROM asked x"
			" JOIN opening o ON x.day IS NULL OR o.date = x.day"
			" WHERE NOT EXISTS (SELECT 1 FROM duty d WHERE d.date = o.date)"
			" ORDER BY o.date"),
		    err))
		return false;
	stmt_bind(&q, s->day);
	while (stmt_row(&q, err))
		days = sheet_join(s->arena, days, ", ",
			sheet_day(s->arena, stmt_text(&q, 0), VS_DATE_SHORT));
	if (*days)
		sheet_warn(sheet,
			vs_arena_printf(s->arena,
				_("Places are open and nobody is on duty: %s"), days));
	return err->code == VS_OK;
}

/* A day's list has the day's number, the whole one 0. */
static bool
fill(struct sheet_source *s, json_t *sheets, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, s->db,
		    SQL("WITH asked (day) AS (SELECT ?) SELECT d.date, d.starts, d.ends, d.name,"
			" d.phone, d.role, d.area, d.deputy_name, d.deputy_phone, d.note"
			" FROM asked x JOIN duty d ON x.day IS NULL OR d.date = x.day"
			" ORDER BY d.date, d.starts, d.ends, d.area COLLATE swedish,"
			" d.name COLLATE swedish"),
		    err))
		return false;
	stmt_bind(&q, s->day);
	json_t *duties = json_array();
	const char *notes = "";
	while (stmt_row(&q, err)) {
		json_array_append_new(duties, duty_row(s, &q));
		const char *note = stmt_text(&q, 9);
		if (note && !strstr(notes, note))
			notes = sheet_join(s->arena, notes, "\n", note);
	}
	if (err->code != VS_OK || json_array_size(duties) == 0) {
		json_decref(duties);
		return err->code == VS_OK;
	}
	json_t *sheet = sheet_new(sheets, _("Duty telephone"),
		s->day ? sheet_day(s->arena, s->day, VS_DATE_LONG) : s->campaign.title,
		_("those on duty and the carriers of the day; not for outsiders"));
	json_object_set_new(sheet, "duties", duties);
	record_put(sheet, "notes", notes);
	put_number(sheet);
	return put_contacts(s, sheet, err) && warn_empty_days(s, sheet, err) &&
		register_sheet(s->db,
			vs_arena_printf(s->arena, "JL-%s", s->day ? s->day : "0"), sheet,
			err);
}

json_t *
vs_jour_list_view(struct vs_db *db, const struct vs_delivery_sheet_options *options,
	struct vs_error *err)
{
	static const struct sheet_form form = { "jour-list", N_("Duty lists"),
		N_("nobody is on duty; add duties with 'valstuga duty add'"), fill };
	return sheet_view(db, options, &form, err);
}
