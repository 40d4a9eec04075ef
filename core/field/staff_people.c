/* Who may be asked, what they can and want; and everybody who is booked already. */
#include "field/staff.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

static bool
may_be_asked(const struct field_person *who)
{
	return who->volunteer && !who->restricted &&
		(who->may_call || who->may_mail || who->may_text);
}

/* Is there, or was asked and has time to answer. */
static bool
counts(const struct staff *staff, const struct field_booking *booking)
{
	if (strcmp(booking->state, "offered") == 0)
		return !booking->offered_until || booking->offered_until > staff->now;
	return booking->holds && strcmp(booking->state, "no_show") != 0;
}

/* The numbers that people have in the problem ------------------------------------------------*/

struct numbers {
	const struct field_people *people;
	int32_t *of; /* by place in people->all; -1: none */
};

static size_t
place_of(const struct numbers *numbers, int64_t id)
{
	const struct field_person *who = field_person_of(numbers->people, id);
	return who ? (size_t)(who - numbers->people->all) : SIZE_MAX;
}

static int32_t
number_of(const struct numbers *numbers, int64_t id)
{
	size_t place = place_of(numbers, id);
	return place == SIZE_MAX ? -1 : numbers->of[place];
}

static size_t
find_booked(const struct staff *staff, const struct numbers *numbers)
{
	size_t nobody = 0;
	for (int32_t i = 0; i < staff->problem.shift_count; i++)
		for (size_t b = 0; b < staff->shifts[i]->booking_count; b++) {
			const struct field_booking *booking =
				&staff->shifts[i]->bookings[b];
			if (!counts(staff, booking))
				continue;
			size_t place = place_of(numbers, booking->person);
			if (place == SIZE_MAX)
				nobody++;
			else
				numbers->of[place] = 0;
		}
	return nobody;
}

static struct staff_person
asked_person(const struct field_person *who)
{
	return (struct staff_person){ .who = who,
		.asked = may_be_asked(who),
		.limit = who->hours_week ? who->hours_week * 60 : VS_MATCH_ANY };
}

/* Everybody who may be asked or is booked, by id; then those who were erased. */
static void
number_people(
	struct staff *staff, const struct field_people *people, struct numbers *numbers)
{
	size_t count = 0;
	numbers->people = people;
	numbers->of =
		vs_arena_alloc(staff->arena, (people->count + 1) * sizeof *numbers->of);
	for (size_t i = 0; i < people->count; i++)
		numbers->of[i] = may_be_asked(&people->all[i]) ? 0 : -1;
	size_t nobody = find_booked(staff, numbers);
	staff->people = vs_arena_alloc(
		staff->arena, (people->count + nobody + 1) * sizeof *staff->people);
	for (size_t i = 0; i < people->count; i++)
		if (numbers->of[i] == 0) {
			staff->people[count] = asked_person(&people->all[i]);
			numbers->of[i] = (int32_t)count++;
		}
	staff->asked_count = (int32_t)count;
	staff->problem.person_count = (int32_t)(count + nobody);
	for (; nobody; nobody--, count++)
		staff->people[count].limit = VS_MATCH_ANY;
}

/* What is booked -----------------------------------------------------------------------------*/

static size_t
seats_of(const struct staff *staff)
{
	size_t seats = 0;
	for (int32_t i = 0; i < staff->problem.shift_count; i++)
		for (size_t r = 0; r < staff->shifts[i]->role_count; r++)
			seats += (size_t)staff->shifts[i]->roles[r].wanted +
				staff->shifts[i]->booking_count;
	return seats;
}

static void
fix_bookings(struct staff *staff, const struct numbers *numbers)
{
	int32_t nobody = staff->asked_count;
	staff->fixed = vs_arena_alloc(
		staff->arena, (seats_of(staff) + 1) * sizeof *staff->fixed);
	staff->problem.fixed = staff->fixed;
	for (int32_t i = 0; i < staff->problem.shift_count; i++)
		for (size_t b = 0; b < staff->shifts[i]->booking_count; b++) {
			const struct field_booking *booking =
				&staff->shifts[i]->bookings[b];
			int32_t person = number_of(numbers, booking->person);
			if (!counts(staff, booking))
				continue;
			staff->fixed[staff->problem.fixed_count++] =
				(struct vs_match_booking){
					.person = person < 0 ? nobody++ : person,
					.shift = i,
					.role = staff_role(
						staff->shifts[i], booking->role),
					.fixed = true,
				};
		}
}

/* Wishes and refusals ------------------------------------------------------------------------*/

/* What a person said of each shift; a no counts more than a yes. */
enum said { SAID_NOTHING, SAID_YES, SAID_NO };

struct said_list {
	struct said_shift {
		int32_t shift;
		enum said said;
	} * all;
	size_t count;
};

static void
say(struct staff *staff, struct said_list *list, int32_t shift, enum said said)
{
	list->all =
		vs_arena_grow(staff->arena, list->all, list->count, sizeof *list->all);
	list->all[list->count++] = (struct said_shift){ shift, said };
}

struct wish {
	int64_t shift, activity;
	const char *kind;
	enum said said;
};

static void
say_wish(struct staff *staff, struct said_list *list, const struct wish *wish)
{
	for (int32_t i = 0; i < staff->problem.shift_count; i++) {
		const struct field_shift *shift = staff->shifts[i];
		if (!staff->chosen[i])
			continue;
		if (shift->id == wish->shift || shift->activity->id == wish->activity ||
			(wish->kind && strcmp(shift->activity->kind, wish->kind) == 0))
			say(staff, list, i, wish->said);
	}
}

static bool
read_wishes(struct staff *staff, const struct numbers *numbers, struct said_list *lists,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, staff->db,
		    SQL("SELECT person_id, wants, shift_id, activity_id, kind FROM wish"
			" ORDER BY person_id, id"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		int32_t person = number_of(numbers, stmt_int(&q, 0));
		struct wish wish = { .shift = stmt_int(&q, 2),
			.activity = stmt_int(&q, 3),
			.kind = stmt_text(&q, 4),
			.said = stmt_int(&q, 1) ? SAID_YES : SAID_NO };
		if (person >= 0)
			say_wish(staff, &lists[person], &wish);
	}
	return err->code == VS_OK;
}

/* Who waits would like to; who was taken off, or let an offer go by, is not booked anew. */
static void
hear_bookings(struct staff *staff, const struct numbers *numbers, struct said_list *lists)
{
	for (int32_t i = 0; i < staff->problem.shift_count; i++)
		for (size_t b = 0; b < staff->shifts[i]->booking_count; b++) {
			const struct field_booking *booking =
				&staff->shifts[i]->bookings[b];
			int32_t person = number_of(numbers, booking->person);
			if (person >= 0 && !counts(staff, booking))
				say(staff, &lists[person], i,
					strcmp(booking->state, "waiting") == 0 ? SAID_YES
									       : SAID_NO);
		}
}

static int
compare_said(const void *a, const void *b)
{
	const struct said_shift *x = a, *y = b;
	if (x->shift != y->shift)
		return x->shift < y->shift ? -1 : 1;
	return (x->said < y->said) - (x->said > y->said); /* no first */
}

static void
part_said(struct staff *staff, struct said_list *list, struct vs_match_person *person)
{
	int32_t *wished, *blocked, last = -1;
	if (!list->count)
		return;
	qsort(list->all, list->count, sizeof *list->all, compare_said);
	wished = vs_arena_alloc(staff->arena, list->count * sizeof *wished);
	blocked = vs_arena_alloc(staff->arena, list->count * sizeof *blocked);
	for (size_t i = 0; i < list->count; i++) {
		if (list->all[i].shift == last)
			continue;
		last = list->all[i].shift;
		if (list->all[i].said == SAID_NO)
			blocked[person->blocked_count++] = last;
		else
			wished[person->wished_count++] = last;
	}
	person->wished = wished;
	person->blocked = blocked;
}

static bool
hear(struct staff *staff, const struct numbers *numbers, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	size_t room = (size_t)staff->problem.person_count + 1;
	struct said_list *lists = vs_arena_alloc(scratch.arena, room * sizeof *lists);
	if (!read_wishes(staff, numbers, lists, err))
		return false;
	hear_bookings(staff, numbers, lists);
	for (int32_t p = 0; p < staff->problem.person_count; p++)
		part_said(staff, &lists[p], &staff->problem_people[p]);
	return true;
}

/* Groups -------------------------------------------------------------------------------------*/

static int32_t
leader(const struct vs_match_person *people, int32_t person)
{
	while (people[person].group != VS_MATCH_NONE && people[person].group != person)
		person = people[person].group;
	return person;
}

static bool
read_together(struct staff *staff, const struct numbers *numbers, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct vs_match_person *people = staff->problem_people;
	if (!stmt_open(&q, staff->db,
		    SQL("SELECT a_id, b_id FROM person_together ORDER BY a_id, b_id"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		int32_t a = number_of(numbers, stmt_int(&q, 0));
		int32_t b = number_of(numbers, stmt_int(&q, 1));
		if (a < 0 || b < 0)
			continue;
		int32_t first = leader(people, a), second = leader(people, b);
		people[first].group = first;
		people[second].group = first;
	}
	for (int32_t p = 0; p < staff->problem.person_count; p++)
		if (people[p].group != VS_MATCH_NONE)
			people[p].group = leader(people, p);
	return err->code == VS_OK;
}

/* All together -------------------------------------------------------------------------------*/

static const struct vs_match_span never = { 0, 0 };

static void
lay_person(struct staff *staff, int32_t p)
{
	const struct field_person *who = staff->people[p].who;
	struct vs_match_person *person = &staff->problem_people[p];
	*person = (struct vs_match_person){ .minutes_max = VS_MATCH_ANY,
		.day_minutes_max = VS_MATCH_ANY,
		.home = VS_MATCH_NONE,
		.travel_max = VS_MATCH_ANY,
		.group = VS_MATCH_NONE };
	if (!staff->people[p].asked) {
		person->free = &never;
		person->free_count = 1;
		return;
	}
	for (size_t i = 0; i < who->skill_count; i++)
		person->skills |= staff_skill(staff, who->skills[i]);
	if (who->hours_day)
		person->day_minutes_max = who->hours_day * 60;
	if (who->travel_max)
		person->travel_max = who->travel_max;
	person->home = staff_home(staff, who->kommun);
	staff_free(staff, who, person);
}

bool
staff_people(struct staff *staff, struct vs_error *err)
{
	struct numbers numbers = { 0 };
	struct field_people *people = vs_arena_alloc(staff->arena, sizeof *people);
	if (!field_people_read(staff->db, staff->arena, people, err))
		return false;
	number_people(staff, people, &numbers);
	fix_bookings(staff, &numbers);
	size_t room = (size_t)staff->problem.person_count + 1;
	staff->problem_people =
		vs_arena_alloc(staff->arena, room * sizeof *staff->problem_people);
	staff->problem.people = staff->problem_people;
	for (int32_t p = 0; p < staff->problem.person_count; p++)
		lay_person(staff, p);
	return read_together(staff, &numbers, err) && hear(staff, &numbers, err);
}
