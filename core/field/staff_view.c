/* A plan of who takes which place, to look at. */
#include "field/staff.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

#define CALLS 5 /* people to call for an open place */

struct showing {
	struct staff *staff;
	const struct staff_plan *plan;
	struct vs_arena *arena;
};

/* A shift's own words on a view's object. */
static void
put_shift(const struct showing *s, json_t *object, int32_t shift, int32_t role)
{
	const struct field_shift *at = s->staff->shifts[shift];
	json_object_set_new(object, "shift", json_integer(at->id));
	record_put(object, "title", at->activity->title);
	field_put_span(s->arena, object, at->starts_at, at->ends_at);
	json_object_set_new(object, "role", json_integer(at->roles[role].id));
	record_put(object, "role_name", at->roles[role].name);
}

/* Bookings ---------------------------------------------------------------------------------*/

static bool
is_wished(const struct vs_match_person *person, int32_t shift)
{
	for (int32_t i = 0; i < person->wished_count; i++)
		if (person->wished[i] == shift)
			return true;
	return false;
}

/* Somebody of the person's group on the same shift; NULL: nobody. */
static const char *
friend_on(const struct showing *s, int32_t person, int32_t shift)
{
	const struct vs_match_plan *plan = &s->plan->plan;
	int32_t group = s->staff->problem.people[person].group;
	for (int32_t i = 0; group != VS_MATCH_NONE && i < plan->booking_count; i++) {
		int32_t other = plan->bookings[i].person;
		if (plan->bookings[i].shift == shift && other != person &&
			s->staff->problem.people[other].group == group)
			return s->staff->people[other].who->name;
	}
	return NULL;
}

static int32_t
way_of(const struct showing *s, int32_t person, int32_t shift)
{
	const struct vs_match_problem *problem = &s->staff->problem;
	int32_t home = problem->people[person].home;
	return home < 0 ? -1
			: problem->travel[(size_t)home * (size_t)problem->point_count +
				  (size_t)problem->shifts[shift].point];
}

static const char *
join(struct vs_arena *arena, const char *text, const char *more)
{
	return vs_arena_printf(arena, "%s%s%s", text, *text ? ", " : "", more);
}

static const char *
reason_of(const struct showing *s, const struct vs_match_booking *b, bool wished)
{
	const char *text = "", *friend = friend_on(s, b->person, b->shift);
	int32_t way = way_of(s, b->person, b->shift);
	int32_t minutes = staff_minutes(s->staff, &s->plan->plan, b->person);
	if (wished)
		text = join(s->arena, text, _("wished for it"));
	if (friend)
		text = join(s->arena, text,
			vs_arena_printf(s->arena, _("together with %s"), friend));
	if (way > 0)
		text = join(s->arena, text,
			vs_arena_printf(s->arena,
				P_("%d minute from home", "%d minutes from home", way),
				way));
	return join(s->arena, text,
		vs_arena_printf(s->arena, _("%s hours in the period"),
			vs_text_decimal(s->arena, minutes / 60.0, minutes % 60 != 0)));
}

static json_t *
show_booking(const struct showing *s, int32_t i)
{
	const struct vs_match_booking *b = &s->plan->plan.bookings[i];
	const struct field_person *who = s->staff->people[b->person].who;
	bool wished = is_wished(&s->staff->problem.people[b->person], b->shift);
	json_t *booking = json_object();
	put_shift(s, booking, b->shift, b->role);
	json_object_set_new(booking, "person", json_integer(who->id));
	record_put(booking, "name", who->name);
	json_object_set_new(booking, "wished", json_boolean(wished));
	record_put(booking, "reason", reason_of(s, b, wished));
	return booking;
}

static int
compare_keys(const void *a, const void *b)
{
	const int32_t *x = a, *y = b;
	for (int i = 0; i < 3; i++)
		if (x[i] != y[i])
			return x[i] < y[i] ? -1 : 1;
	return 0;
}

/* By time, role, person. */
static json_t *
show_bookings(const struct showing *s)
{
	const struct vs_match_plan *plan = &s->plan->plan;
	size_t count = 0;
	int32_t(*keys)[4] = vs_arena_alloc(
		s->arena, ((size_t)plan->booking_count + 1) * sizeof *keys);
	for (int32_t i = 0; i < plan->booking_count; i++)
		if (s->plan->is_new[i]) {
			keys[count][0] = plan->bookings[i].shift;
			keys[count][1] = plan->bookings[i].role;
			keys[count][2] = plan->bookings[i].person;
			keys[count++][3] = i;
		}
	qsort(keys, count, sizeof *keys, compare_keys);
	json_t *bookings = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(bookings, show_booking(s, keys[i][3]));
	return bookings;
}

/* Open places --------------------------------------------------------------------------------*/

static bool
show_open(const struct showing *s, json_t **ret_open, struct vs_error *err)
{
	const struct vs_match_plan *plan = &s->plan->plan;
	json_t *open = json_array();
	*ret_open = open;
	for (int32_t i = 0; i < plan->open_count; i++) {
		const struct vs_match_open *one = &plan->open[i];
		json_t *call, *place;
		if (!staff_call(
			    s->staff, s->plan, one->shift, one->role, CALLS, &call, err))
			return false;
		place = json_object();
		put_shift(s, place, one->shift, one->role);
		json_object_set_new(place, "needed", json_integer(one->needed));
		json_object_set_new(place, "wanted", json_integer(one->wanted));
		if (one->reason == VS_MATCH_PAIR)
			record_put(place, "reason",
				_("who can come would be alone on the shift"));
		else
			json_object_set(place, "reason", json_object_get(call, "reason"));
		json_object_set(place, "call", json_object_get(call, "call"));
		json_array_append_new(open, place);
		json_decref(call);
	}
	return true;
}

/* People -------------------------------------------------------------------------------------*/

static int
shifts_of(const struct showing *s, int32_t person)
{
	const struct vs_match_plan *plan = &s->plan->plan;
	int count = 0;
	for (int32_t i = plan->person_first[person]; i < plan->person_first[person + 1];
		i++) {
		const struct field_shift *shift =
			s->staff->shifts[plan->bookings[i].shift];
		count += shift->starts_at >= s->staff->from &&
			shift->starts_at < s->staff->until;
	}
	return count;
}

struct hours {
	int64_t sum, most;
	int booked, idle;
};

static json_t *
show_people(const struct showing *s, struct hours *hours)
{
	json_t *people = json_array();
	for (int32_t p = 0; p < s->staff->asked_count; p++) {
		const struct staff_person *person = &s->staff->people[p];
		int shifts = shifts_of(s, p);
		int32_t minutes = staff_minutes(s->staff, &s->plan->plan, p);
		if (!shifts) {
			hours->idle += person->asked;
			continue;
		}
		hours->booked++;
		hours->sum += minutes;
		hours->most = minutes > hours->most ? minutes : hours->most;
		json_array_append_new(people,
			json_pack("{s:I, s:s, s:f, s:i}", "person",
				(json_int_t)person->who->id, "name", person->who->name,
				"hours", minutes / 60.0, "shifts", shifts));
	}
	return people;
}

/* Totals -------------------------------------------------------------------------------------*/

static int64_t
places_of(const struct staff *staff)
{
	int64_t places = 0;
	for (int32_t i = 0; i < staff->problem.shift_count; i++)
		for (int32_t r = 0; r < staff->problem.shifts[i].role_count; r++)
			places += staff->problem.shifts[i].roles[r].wanted;
	return places;
}

/* Percent over the bound, which no plan can beat; null when there is none. */
static json_t *
gap_of(const struct staff_plan *plan)
{
	if (plan->best)
		return json_real(0);
	if (plan->bound <= 0)
		return json_null();
	return json_real(
		100.0 * (double)(plan->plan.cost - plan->bound) / (double)plan->bound);
}

static json_t *
totals(const struct showing *s, const struct hours *hours, size_t added)
{
	const struct vs_match_plan *plan = &s->plan->plan;
	int64_t places = places_of(s->staff);
	return json_pack("{s:I, s:I, s:i, s:I, s:I, s:I, s:f, s:f, s:i, s:o, s:b}",
		"places", (json_int_t)places, "filled",
		(json_int_t)(places - plan->needed_open - plan->wanted_open), "new",
		(int)added, "needed_open", (json_int_t)plan->needed_open, "wanted_open",
		(json_int_t)plan->wanted_open, "alone", (json_int_t)plan->alone,
		"hours_mean",
		hours->booked ? (double)hours->sum / hours->booked / 60.0 : 0.0,
		"hours_most", (double)hours->most / 60.0, "idle", hours->idle, "gap",
		gap_of(s->plan), "best", s->plan->best);
}

/* What would be written, nothing else: the same bookings have the same name. */
static uint64_t
name_of(const struct vs_staff_options *options, const json_t *bookings)
{
	json_t *facts = json_array(), *booking;
	size_t i;
	json_array_append_new(
		facts, json_string(options->state ? options->state : "booked"));
	json_array_foreach (bookings, i, booking)
		json_array_append_new(facts,
			json_pack("[O, O, O]", json_object_get(booking, "shift"),
				json_object_get(booking, "role"),
				json_object_get(booking, "person")));
	uint64_t name = register_fingerprint(facts);
	json_decref(facts);
	return name;
}

bool
staff_view(struct staff *staff, const struct staff_plan *plan,
	const struct vs_staff_options *options, json_t **ret_view, struct vs_error *err)
{
	struct showing s = { .staff = staff, .plan = plan, .arena = staff->arena };
	struct hours hours = { 0 };
	json_t *bookings = show_bookings(&s), *open;
	char name[17];
	bool ok = show_open(&s, &open, err);
	snprintf(name, sizeof name, "%016llx",
		(unsigned long long)name_of(options, bookings));
	json_t *people = show_people(&s, &hours);
	json_t *total = totals(&s, &hours, json_array_size(bookings));
	json_t *view = json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o}", "plan", name,
		"from", options->filter.from, "until", options->filter.until, "bookings",
		bookings, "open", open, "people", people, "total", total);
	if (!ok) {
		json_decref(view);
		return false;
	}
	*ret_view = view;
	return true;
}
