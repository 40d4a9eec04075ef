/* The checklist of an activity: what must be done before, during and after. */
#include "field/sheet.h"

#include <string.h>

#include "base/i18n.h"

static const char *
group_text(const char *phase)
{
	if (strcmp(phase, "before") == 0)
		return _("Before");
	return strcmp(phase, "during") == 0 ? _("During") : _("After");
}

/* "tors 20 aug", or nothing on the day itself. */
static const char *
due_text(struct vs_arena *arena, const struct field_activity *a, const char *phase,
	int days)
{
	struct vs_date date = vs_local_from_utc(a->starts_at).date;
	if (days == 0)
		return "";
	return vs_date_text(arena,
		vs_date_add(date, strcmp(phase, "before") == 0 ? -days : days),
		VS_DATE_SHORT);
}

static bool
put_points(struct field_sheet *s, json_t *sheet, const struct field_activity *a,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct vs_arena *arena = s->frame.arena;
	json_t *points = json_array();
	json_object_set_new(sheet, "points", points);
	if (!stmt_open(&q, s->frame.db,
		    SQL("SELECT phase, days, text FROM checklist WHERE kind IS NULL OR kind = ?"
			" ORDER BY CASE phase WHEN 'before' THEN 0 WHEN 'during' THEN 1 ELSE 2 END,"
			" iif(phase = 'before', -days, days), id"),
		    err))
		return false;
	stmt_bind(&q, a->kind);
	while (stmt_row(&q, err)) {
		json_t *point = json_object();
		const char *phase = stmt_text(&q, 0);
		json_array_append_new(points, point);
		record_put(point, "group", group_text(phase));
		record_put(point, "number",
			vs_arena_printf(arena, "%zu", json_array_size(points)));
		record_put(point, "code", "");
		record_put(point, "text", stmt_text(&q, 2));
		record_put(point, "responsible", "");
		record_put(point, "due", due_text(arena, a, phase, (int)stmt_int(&q, 1)));
		record_put(point, "done", "");
		record_put(point, "note", "");
	}
	return err->code == VS_OK;
}

static bool
add_sheet(struct field_sheet *s, json_t *sheets, const struct field_activity *a,
	struct vs_error *err)
{
	struct vs_arena *arena = s->frame.arena;
	json_t *sheet = sheet_new(sheets, a->title, a->kind_name, _("the one in charge"));
	record_put(
		sheet, "date", field_heading_date(arena, field_day(arena, a->starts_at)));
	record_put(sheet, "time", field_clock_span(arena, a->starts_at, a->ends_at));
	json_object_set_new(sheet, "place", field_sheet_place(a));
	record_put(sheet, "leader", register_short_name(arena, a->contact_name));
	record_put(sheet, "leader_phone",
		a->contact_phone ? vs_phone_text(arena, a->contact_phone) : "");
	record_put(sheet, "notes", a->instructions);
	return put_points(s, sheet, a, err) &&
		register_sheet(s->frame.db,
			vs_arena_printf(arena, "CL-%lld", (long long)a->id), sheet, err);
}

static bool
fill(struct sheet_frame *frame, json_t *sheets, struct vs_error *err)
{
	struct field_sheet *s = (struct field_sheet *)frame;
	if (!field_world_read(
		    frame->db, frame->arena, &s->options->filter, &s->world, err))
		return false;
	for (size_t i = 0; i < s->world.activity_count; i++)
		if (!s->world.activities[i].cancelled &&
			!add_sheet(s, sheets, &s->world.activities[i], err))
			return false;
	return true;
}

json_t *
vs_checklist_view(struct vs_db *db, const struct vs_field_sheet_options *options,
	struct vs_error *err)
{
	static const struct sheet_frame frame = { .name = "checklist",
		.title = N_("Checklists"),
		.nothing = N_(
			"there are no activities; add them with 'valstuga activity add'"),
		.fill = fill };
	return field_sheet_view(db, options, &frame, err);
}
