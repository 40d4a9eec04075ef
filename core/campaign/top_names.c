/*
 * Who heads our lists, and whether all of them have met. Attendance is counted per association
 * only, so who was there comes from the bookings.
 */
#include "campaign/goal.h"

#include <string.h>

#include <valstuga/text.h>

#include "ballots/ballots.h"
#include "base/i18n.h"
#include "field/field.h"

#define MEETING "toppnamnstraff"

struct tops {
	struct ballots_first *names;
	struct field_been *been;
	size_t name_count, been_count;
};

static bool
read_tops(struct vs_db *db, struct vs_arena *arena, struct tops *ret_tops,
	struct vs_error *err)
{
	struct tops t;
	if (!ballots_first_names(db, arena, &t.names, &t.name_count, err) ||
		!field_been(db, arena, MEETING, &t.been, &t.been_count, err))
		return false;
	*ret_tops = t;
	return true;
}

/* The first day from `from` on which the person was there, or is booked; NULL: none. */
static const struct field_been *
first_of(const struct tops *t, int64_t person, int64_t from, bool been)
{
	for (size_t i = 0; i < t->been_count; i++)
		if (t->been[i].person == person && t->been[i].been == been &&
			t->been[i].day >= from)
			return &t->been[i];
	return NULL;
}

/* The measure ------------------------------------------------------------------------------ */

bool
measure_top_names(struct measuring *m, struct vs_error *err)
{
	struct tops t;
	size_t met = 0;
	if (!read_tops(m->db, m->arena, &t, err))
		return false;
	int64_t *days = vs_arena_alloc(m->arena, (t.name_count + 1) * sizeof *days);
	for (size_t i = 0; i < t.name_count; i++) {
		const struct field_been *first =
			first_of(&t, t.names[i].person, m->goal->first, true);
		if (first && first->day <= m->days[m->count - 1])
			days[met++] = first->day;
		else
			measuring_miss(m, t.names[i].name);
	}
	measuring_count(m, days, met);
	for (size_t d = 0; d < m->count; d++)
		m->values[d] = measuring_share(m->values[d], (double)t.name_count);
	if (!t.name_count)
		return true;
	m->of = (double)t.name_count;
	m->how = vs_arena_printf(m->arena, _("%s of %s first names have been there"),
		vs_text_number(m->arena, (int64_t)met),
		vs_text_number(m->arena, (int64_t)t.name_count));
	return true;
}

/* The view --------------------------------------------------------------------------------- */

static json_t *
activities_of(struct vs_db *db, struct vs_error *err)
{
	json_t *filters = json_pack("{s:s, s:b}", "kind", MEETING, "live", 1);
	json_t *records = vs_record_list(db, &vs_activity_type, filters, err), *record;
	json_t *activities = records ? json_array() : NULL;
	size_t i;
	json_decref(filters);
	json_array_foreach (records, i, record) {
		char day[11];
		vs_date_format(
			vs_local_from_utc(record_integer(record, "starts")).date, day);
		json_array_append_new(activities,
			json_pack("{s:I, s:s, s:s}", "activity",
				(json_int_t)record_integer(record, "id"), "title",
				record_string(record, "title"), "date", day));
	}
	json_decref(records);
	return activities;
}

/* "RD Värmland,KF Kil" as it is read. */
static const char *
standing_text(struct vs_arena *arena, const char *standing)
{
	const char *text = "", *end;
	for (; standing && *standing; standing = *end ? end + 1 : end) {
		end = strchrnul(standing, ',');
		text = vs_arena_printf(arena, "%s%s%.*s", text, *text ? "; " : "",
			(int)(end - standing), standing);
	}
	return text;
}

static json_t *
name_row(struct vs_arena *arena, const struct tops *t, const struct ballots_first *one,
	int64_t today)
{
	const struct field_been *next = first_of(t, one->person, today, false);
	return json_pack("{s:I, s:s, s:s, s:b, s:s}", "person", (json_int_t)one->person,
		"name", one->name, "standing", standing_text(arena, one->standing), "met",
		(int)(first_of(t, one->person, INT64_MIN, true) != NULL), "next",
		next ? goal_date(arena, next->day) : "");
}

json_t *
vs_top_names_view(struct vs_db *db, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	struct tops t;
	int64_t today, day;
	if (!snapshot_begin(&snapshot, db, err) || !goal_day(NULL, &today, &day, err) ||
		!read_tops(db, scratch.arena, &t, err))
		return NULL;
	json_t *activities = activities_of(db, err);
	if (!activities)
		return NULL;
	json_t *names = json_array();
	for (size_t i = 0; i < t.name_count; i++)
		json_array_append_new(
			names, name_row(scratch.arena, &t, &t.names[i], today));
	return json_pack("{s:o, s:o}", "activities", activities, "names", names);
}
