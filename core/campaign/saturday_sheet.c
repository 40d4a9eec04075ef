/* Röda lördagar on paper: the view, arranged; for candidates and associations. */
#include <string.h>

#include <valstuga/campaign.h>

#include "base/i18n.h"
#include "field/field.h"
#include "register/sheet.h"

struct saturday_frame {
	struct sheet_frame frame;
	const struct vs_field_sheet_options *options;
};

/* "Anna Berg (riksdagen, plats 1), Bo Ek": those of an array. Arena. */
static const char *
names_text(struct vs_arena *arena, const json_t *items, bool standing)
{
	const char *text = "";
	size_t i;
	json_t *item;
	json_array_foreach (items, i, item) {
		const char *name = record_string(item, "name");
		if (standing)
			name = vs_arena_printf(
				arena, "%s (%s)", name, record_string(item, "standing"));
		text = sheet_join(arena, text, ", ", name);
	}
	return text;
}

static const char *
clock_text(struct vs_arena *arena, const json_t *row)
{
	struct vs_local starts = vs_local_from_utc(record_integer(row, "starts_at"));
	struct vs_local ends = vs_local_from_utc(record_integer(row, "ends_at"));
	return sheet_span(
		arena, starts.hour * 60 + starts.minute, ends.hour * 60 + ends.minute);
}

static json_t *
paper_row(struct vs_arena *arena, const json_t *row)
{
	json_t *line = json_object();
	record_put(line, "time", clock_text(arena, row));
	record_put(line, "candidate", record_string(row, "candidate"));
	record_put(line, "standing", record_string(row, "standing"));
	record_put(line, "kommun", record_string(row, "kommun_name"));
	record_put(line, "place", record_string(row, "place_name"));
	record_put(line, "what", record_string(row, "kind_name"));
	record_put(line, "contact", record_string(row, "contact_name"));
	record_put(
		line, "phone", vs_phone_text(arena, record_string(row, "contact_phone")));
	record_put(line, "state", record_string(row, "state_text"));
	return line;
}

static json_t *
paper_saturday(struct vs_arena *arena, const json_t *saturday)
{
	json_t *rows = json_array(), *row;
	json_t *paper = json_pack("{s:o}", "rows", rows);
	size_t i;
	record_put(paper, "date", record_string(saturday, "date_text"));
	record_put(paper, "week",
		sheet_day(arena, record_string(saturday, "date"), VS_DATE_WEEK));
	json_array_foreach (json_object_get(saturday, "rows"), i, row)
		json_array_append_new(rows, paper_row(arena, row));
	record_put(paper, "free",
		names_text(arena, json_object_get(saturday, "free"), true));
	record_put(paper, "uncovered",
		names_text(arena, json_object_get(saturday, "uncovered"), false));
	return paper;
}

/* "lör 22 aug" or "22 aug–12 sep": what the sheet is of. Arena. */
static const char *
period_text(struct vs_arena *arena, const json_t *saturdays)
{
	const json_t *last = json_array_get(saturdays, json_array_size(saturdays) - 1);
	struct vs_date from, until;
	struct vs_error ignored = { 0 };
	if (!vs_date_parse(record_string(json_array_get(saturdays, 0), "date"), &from,
		    &ignored) ||
		!vs_date_parse(record_string(last, "date"), &until, &ignored))
		return "";
	return vs_date_range_text(arena, from, until);
}

static bool
fill(struct sheet_frame *f, json_t *sheets, struct vs_error *err)
{
	const struct saturday_frame *s = (const struct saturday_frame *)f;
	json_t *view = vs_saturday_view(
		f->db, s->options->filter.from, s->options->filter.until, err);
	if (!view)
		return false;
	json_t *all = json_object_get(view, "saturdays"), *saturday;
	bool ok = true;
	size_t i;
	if (json_array_size(all)) {
		json_t *sheet = sheet_new(sheets, period_text(f->arena, all),
			_("Candidates for the riksdag and the region"),
			_("the candidates and the associations' contacts"));
		json_t *paper = json_array();
		json_object_set_new(sheet, "saturdays", paper);
		json_array_foreach (all, i, saturday)
			json_array_append_new(paper, paper_saturday(f->arena, saturday));
		ok = register_sheet(f->db, "RS-0001", sheet, err);
	}
	json_decref(view);
	return ok;
}

json_t *
vs_saturday_sheet_view(struct vs_db *db, const struct vs_field_sheet_options *options,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct saturday_frame s = {
		.frame = {
			.db = db,
			.arena = scratch.arena,
			.name = "saturday-sheet",
			.title = N_("Red Saturdays"),
			.nothing = N_("there is no Saturday left before election day"),
			.filtered = options->filter.from || options->filter.until,
			.fill = fill,
		},
		.options = options,
	};
	return sheet_frame_view(&s.frame, err);
}
