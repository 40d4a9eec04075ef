/*
 * Röda lördagar: which candidates are where on which Saturday, which kommuner have nobody,
 * who could still go somewhere.
 */
#include <stdlib.h>
#include <string.h>

#include <valstuga/campaign.h>

#include "base/i18n.h"
#include "campaign/candidates.h"
#include "register/sheet.h"

#define SATURDAY 6

/* A kommun of the district. */
struct kommun {
	const char *code, *name;
	int64_t covered; /* the last day somebody was there */
};

struct saturdays {
	struct vs_db *db;
	struct vs_arena *arena;
	struct field_world world;
	struct field_people people;
	struct candidates candidates;
	struct kommun *kommuner;
	size_t kommun_count;
	struct vs_date first, last;
};

/* Reading --------------------------------------------------------------------------------- */

static bool
read_kommuner(struct saturdays *s, struct vs_error *err)
{
	json_t *filters = json_pack("{s:b}", "in_district", 1);
	json_t *records = vs_record_list(s->db, &vs_kommun_type, filters, err), *record;
	size_t i;
	json_decref(filters);
	json_array_foreach (records, i, record) {
		s->kommuner = vs_arena_grow(
			s->arena, s->kommuner, s->kommun_count, sizeof *s->kommuner);
		s->kommuner[s->kommun_count++] = (struct kommun){
			.code = vs_arena_text(s->arena, record_string(record, "code")),
			.name = vs_arena_text(s->arena, record_string(record, "name")),
		};
	}
	json_decref(records);
	return records != NULL;
}

/* From today to election day, unless other days are asked for. */
static bool
read_period(
	struct saturdays *s, const char *from, const char *until, struct vs_error *err)
{
	struct vs_campaign campaign;
	if (!vs_campaign_get(s->db, s->arena, &campaign, err) ||
		!vs_clock_today(&s->first, err))
		return false;
	s->last = campaign.election_date;
	return (!from || vs_date_parse(from, &s->first, err)) &&
		(!until || vs_date_parse(until, &s->last, err));
}

static bool
read_all(struct saturdays *s, const char *from, const char *until, struct vs_error *err)
{
	char first[11], last[11];
	if (!read_period(s, from, until, err))
		return false;
	const struct vs_shift_filter filter = { .from = vs_date_format(s->first, first),
		.until = vs_date_format(s->last, last) };
	return field_world_read(s->db, s->arena, &filter, &s->world, err) &&
		field_people_read(s->db, s->arena, &s->people, err) &&
		candidates_read(s->db, s->arena, &s->people, &s->candidates, err) &&
		read_kommuner(s, err);
}

/* One Saturday ---------------------------------------------------------------------------- */

static const struct {
	const char *state, *text;
	bool sure;
} placings[] = { { "offered", N_("asked"), false },
	{ "signed_up", N_("not confirmed"), true }, { "booked", "", true },
	{ "attended", N_("was there"), true } };

#define PLACINGS (sizeof placings / sizeof *placings)

static size_t
placing_of(const struct field_booking *booking)
{
	size_t i = 0;
	while (i < PLACINGS && strcmp(placings[i].state, booking->state) != 0)
		i++;
	return i;
}

static struct kommun *
kommun_of(const struct saturdays *s, const char *code)
{
	for (size_t i = 0; code && i < s->kommun_count; i++)
		if (strcmp(s->kommuner[i].code, code) == 0)
			return &s->kommuner[i];
	return NULL;
}

static json_t *
row_of(const struct saturdays *s, const struct field_shift *shift,
	const struct field_booking *booking, const struct candidate *candidate)
{
	const struct field_activity *a = shift->activity;
	size_t placing = placing_of(booking);
	json_t *row = json_pack("{s:I, s:I, s:I, s:I, s:s, s:s, s:s, s:s, s:s}",
		"activity", (json_int_t)a->id, "shift", (json_int_t)shift->id, "booking",
		(json_int_t)booking->id, "person", (json_int_t)candidate->person,
		"candidate", candidate->name, "standing", candidate->standing, "title",
		a->title, "kind_name", a->kind_name, "state", placings[placing].state);
	record_put(row, "state_text",
		*placings[placing].text ? _(placings[placing].text) : "");
	record_put(row, "kommun", a->kommun);
	record_put(row, "kommun_name", a->kommun_name);
	record_put(row, "place_name", a->place_name);
	record_put(row, "contact_name", a->contact_name);
	record_put(row, "contact_phone", a->contact_phone);
	field_put_span(s->arena, row, shift->starts_at, shift->ends_at);
	return row;
}

/* `placed` is told for those who are free no longer: who was only asked, who fell ill, too. */
static void
take_shift(struct saturdays *s, const struct field_shift *shift, int64_t day,
	bool *placed, json_t *rows)
{
	for (size_t i = 0; i < shift->booking_count; i++) {
		const struct field_booking *booking = &shift->bookings[i];
		struct candidate *candidate =
			candidates_find(&s->candidates, booking->person);
		size_t placing = placing_of(booking);
		if (candidate && booking->backed_out)
			placed[candidate - s->candidates.all] = true;
		if (!candidate || placing == PLACINGS)
			continue;
		placed[candidate - s->candidates.all] = true;
		json_array_append_new(rows, row_of(s, shift, booking, candidate));
		if (!placings[placing].sure)
			continue;
		candidate->saturdays += candidate->last != day;
		candidate->last = day;
		struct kommun *kommun = kommun_of(s, shift->activity->kommun);
		if (kommun)
			kommun->covered = day;
	}
}

/* Said that they cannot, all of the middle of the day. */
static bool
is_away(const struct saturdays *s, int64_t person, struct vs_date date)
{
	const struct field_person *p = field_person_of(&s->people, person);
	int64_t day = vs_date_to_days(date);
	for (size_t i = 0; p && i < p->presence_count; i++) {
		const struct field_presence *one = &p->presence[i];
		bool then = day >= vs_date_to_days(one->from) &&
			day <= vs_date_to_days(one->until) &&
			(!one->weekdays || (one->weekdays & 1u << SATURDAY));
		if (!one->can && then && one->starts <= 10 * 60 && one->ends >= 16 * 60)
			return true;
	}
	return false;
}

static json_t *
candidate_view(const struct candidate *c)
{
	return json_pack("{s:I, s:s, s:s, s:i}", "person", (json_int_t)c->person, "name",
		c->name, "standing", c->standing, "saturdays", c->saturdays);
}

static void
add_free(struct saturdays *s, struct vs_date date, const bool *placed, json_t *free_ones)
{
	for (size_t i = 0; i < s->candidates.count; i++) {
		const struct candidate *c = &s->candidates.all[i];
		if (!placed[i] && !is_away(s, c->person, date))
			json_array_append_new(free_ones, candidate_view(c));
	}
}

static void
add_uncovered(struct saturdays *s, int64_t day, json_t *uncovered)
{
	for (size_t i = 0; i < s->kommun_count; i++)
		if (s->kommuner[i].covered != day)
			json_array_append_new(uncovered,
				json_pack("{s:s, s:s}", "kommun", s->kommuner[i].code,
					"name", s->kommuner[i].name));
}

static json_t *
saturday_of(struct saturdays *s, struct vs_date date)
{
	char text[11];
	int year;
	int64_t day = vs_date_to_days(date);
	bool *placed = vs_arena_alloc(s->arena, s->candidates.count + 1);
	memset(placed, 0, s->candidates.count + 1);
	json_t *saturday = json_pack("{s:s, s:s, s:i, s:[], s:[], s:[]}", "date",
		vs_date_format(date, text), "date_text",
		vs_date_text(s->arena, date, VS_DATE_WEEKDAY), "week",
		vs_date_week(date, &year), "rows", "free", "uncovered");
	json_t *rows = json_object_get(saturday, "rows");
	for (size_t i = 0; i < s->world.shift_count; i++) {
		const struct field_shift *shift = &s->world.shifts[i];
		struct vs_date on = vs_local_from_utc(shift->starts_at).date;
		if (!shift->cancelled && vs_date_to_days(on) == day)
			take_shift(s, shift, day, placed, rows);
	}
	add_free(s, date, placed, json_object_get(saturday, "free"));
	add_uncovered(s, day, json_object_get(saturday, "uncovered"));
	return saturday;
}

/* The view -------------------------------------------------------------------------------- */

static json_t *
view_of(struct saturdays *s)
{
	char from[11], until[11];
	json_t *view = json_pack("{s:s, s:s, s:[], s:[], s:[]}", "from",
		vs_date_format(s->first, from), "until", vs_date_format(s->last, until),
		"saturdays", "candidates", "unused");
	int ahead = (SATURDAY + 7 - vs_date_weekday(s->first)) % 7;
	int64_t last = vs_date_to_days(s->last);
	json_int_t placed = 0;
	for (struct vs_date date = vs_date_add(s->first, ahead);
		vs_date_to_days(date) <= last; date = vs_date_add(date, 7)) {
		json_t *saturday = saturday_of(s, date);
		placed += (json_int_t)json_array_size(json_object_get(saturday, "rows"));
		json_array_append_new(json_object_get(view, "saturdays"), saturday);
	}
	for (size_t i = 0; i < s->candidates.count; i++) {
		json_t *candidate = candidate_view(&s->candidates.all[i]);
		json_array_append(json_object_get(view, "candidates"), candidate);
		if (!s->candidates.all[i].saturdays)
			json_array_append(json_object_get(view, "unused"), candidate);
		json_decref(candidate);
	}
	json_object_set_new(view, "total",
		json_pack("{s:I, s:I, s:I, s:I}", "saturdays",
			(json_int_t)json_array_size(json_object_get(view, "saturdays")),
			"candidates", (json_int_t)s->candidates.count, "unused",
			(json_int_t)json_array_size(json_object_get(view, "unused")),
			"rows", placed));
	return view;
}

json_t *
vs_saturday_view(
	struct vs_db *db, const char *from, const char *until, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	struct saturdays s = { .db = db, .arena = scratch.arena };
	return snapshot_begin(&snapshot, db, err) && read_all(&s, from, until, err)
		? view_of(&s)
		: NULL;
}
