/* Lays the problem out: roles in one row, and who can take which at all. */
#include "plan/match.h"

#include <stdlib.h>

/* Marks of one person's shifts. */
enum { MARK_WISHED = 1, MARK_BLOCKED = 2 };

struct builder {
	struct match_model *model;
	const struct vs_match_problem *problem;
	struct match_arc *found; /* by person, then start */
	int32_t found_count;
	int32_t found_room;
	uint8_t *marks; /* by shift */
};

static void
lay_shifts(struct builder *b)
{
	struct match_model *model = b->model;
	int32_t role = 0, seat = 0;
	for (int32_t i = 0; i < model->shift_count; i++) {
		const struct vs_match_shift *from = &b->problem->shifts[i];
		model->shifts[i] = (struct match_shift){ .starts = from->starts,
			.ends = from->ends,
			.minutes = from->ends - from->starts,
			.day = from->starts / 1440,
			.point = from->point,
			.role_first = role,
			.pair = from->pair };
		for (int32_t r = 0; r < from->role_count; r++, role++)
			model->roles[role] = (struct match_role){ .shift = i,
				.least = from->roles[r].least,
				.wanted = from->roles[r].wanted };
	}
	model->shifts[model->shift_count].role_first = role;
	for (int32_t i = 0; i < b->problem->fixed_count; i++) {
		const struct vs_match_booking *fixed = &b->problem->fixed[i];
		model->roles[model->shifts[fixed->shift].role_first + fixed->role]
			.fixed++;
	}
	for (int32_t r = 0; r < role; r++) {
		struct match_role *to = &model->roles[r];
		to->seat_first = seat;
		seat += to->wanted > to->fixed ? to->wanted : to->fixed;
	}
	model->roles[role].seat_first = seat;
	model->seat_count = seat;
}

struct key {
	int32_t starts;
	int32_t shift;
};

static int
compare_keys(const void *a, const void *b)
{
	const struct key *x = a, *y = b;
	return x->starts != y->starts ? (x->starts > y->starts) - (x->starts < y->starts)
				      : (x->shift > y->shift) - (x->shift < y->shift);
}

static void
order_shifts(struct builder *b)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	size_t count = (size_t)b->model->shift_count;
	struct key *keys = vs_arena_alloc(scratch.arena, (count + 1) * sizeof *keys);
	for (size_t i = 0; i < count; i++)
		keys[i] = (struct key){ b->model->shifts[i].starts, (int32_t)i };
	qsort(keys, count, sizeof *keys, compare_keys);
	for (size_t i = 0; i < count; i++)
		b->model->order[i] = keys[i].shift;
}

static bool
is_free(const struct vs_match_person *person, const struct match_shift *shift)
{
	for (int32_t i = 0; i < person->free_count; i++)
		if (person->free[i].starts <= shift->starts &&
			shift->ends <= person->free[i].ends)
			return true;
	return person->free_count == 0;
}

static int32_t
way_from_home(const struct vs_match_problem *problem, int32_t person, int32_t point)
{
	int32_t home = problem->people[person].home;
	return home < 0 || !problem->travel
		? 0
		: problem->travel[(int64_t)home * problem->point_count + point];
}

static int32_t
price(int32_t way, bool unwished)
{
	return (way < 120 ? way : 120) * VS_MATCH_TRAVEL_PRICE +
		(unwished ? VS_MATCH_WISH_PRICE : 0);
}

static void
found(struct builder *b, struct match_arc arc)
{
	if (b->found_count == b->found_room) {
		b->found_room = b->found_room * 2 + 1024;
		b->found = realloc(b->found, (size_t)b->found_room * sizeof *b->found);
		if (!b->found)
			vs_abort("out of memory");
	}
	b->found[b->found_count++] = arc;
}

static void
find_arcs_of(struct builder *b, int32_t p, int32_t s)
{
	const struct vs_match_person *person = &b->problem->people[p];
	const struct match_shift *shift = &b->model->shifts[s];
	int32_t way = way_from_home(b->problem, p, shift->point);
	if (b->marks[s] & MARK_BLOCKED || way == VS_MATCH_ANY ||
		way > person->travel_max || shift->minutes > person->minutes_max ||
		shift->minutes > person->day_minutes_max || !is_free(person, shift))
		return;
	bool unwished = !(b->marks[s] & MARK_WISHED);
	for (int32_t r = shift->role_first; r < shift[1].role_first; r++) {
		const struct match_role *role = &b->model->roles[r];
		uint64_t needs = b->problem->shifts[s].roles[r - shift->role_first].needs;
		if (!(needs & ~person->skills) && role->fixed < role->wanted)
			found(b, (struct match_arc){ p, r, price(way, unwished) });
	}
}

static void
mark(struct builder *b, const struct vs_match_person *person, bool on)
{
	for (int32_t i = 0; i < person->wished_count; i++)
		b->marks[person->wished[i]] = on ? MARK_WISHED : 0;
	for (int32_t i = 0; i < person->blocked_count; i++)
		b->marks[person->blocked[i]] = on ? MARK_BLOCKED : 0;
}

static void
lay_people(struct builder *b)
{
	struct match_model *model = b->model;
	for (int32_t p = 0; p < model->person_count; p++) {
		const struct vs_match_person *person = &b->problem->people[p];
		model->people[p] =
			(struct match_person){ .minutes_max = person->minutes_max,
				.day_max = person->day_minutes_max,
				.group = person->group,
				.arc_first = b->found_count };
		mark(b, person, true);
		for (int32_t i = 0; i < model->shift_count; i++)
			find_arcs_of(b, p, model->order[i]);
		mark(b, person, false);
	}
	model->people[model->person_count].arc_first = b->found_count;
	model->arc_count = b->found_count;
}

/* A person has room for every shift that she could take and those where she is fixed. */
static void
lay_slots(struct builder *b)
{
	struct match_model *model = b->model;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	int32_t *fixed = vs_arena_alloc(
		scratch.arena, ((size_t)model->person_count + 1) * sizeof *fixed);
	for (int32_t i = 0; i < b->problem->fixed_count; i++)
		fixed[b->problem->fixed[i].person]++;
	for (int32_t p = 0; p < model->person_count; p++) {
		model->people[p].slot_first = model->slot_count;
		model->slot_count += fixed[p] + model->people[p + 1].arc_first -
			model->people[p].arc_first;
	}
	model->people[model->person_count].slot_first = model->slot_count;
}

static void
sort_arcs(struct builder *b, struct vs_arena *arena)
{
	struct match_model *model = b->model;
	size_t count = (size_t)model->arc_count + 1;
	model->arcs = vs_arena_alloc(arena, count * sizeof *model->arcs);
	model->by_person = vs_arena_alloc(arena, count * sizeof *model->by_person);
	for (int32_t i = 0; i < b->found_count; i++)
		model->roles[b->found[i].role + 1].arc_first++;
	for (int32_t r = 0; r < model->role_count; r++)
		model->roles[r + 1].arc_first += model->roles[r].arc_first;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	int32_t *next = vs_arena_alloc(
		scratch.arena, ((size_t)model->role_count + 1) * sizeof *next);
	for (int32_t r = 0; r < model->role_count; r++)
		next[r] = model->roles[r].arc_first;
	for (int32_t i = 0; i < b->found_count; i++) {
		int32_t at = next[b->found[i].role]++;
		model->arcs[at] = b->found[i];
		model->by_person[i] = at;
	}
}

/* The same for one booking, when there is no arc. */
int32_t
match_price(const struct vs_match_problem *problem, int32_t person, int32_t shift)
{
	const struct vs_match_person *who = &problem->people[person];
	bool wished = false;
	for (int32_t i = 0; i < who->wished_count; i++)
		wished |= who->wished[i] == shift;
	return price(
		way_from_home(problem, person, problem->shifts[shift].point), !wished);
}

struct match_model *
match_model_new(const struct vs_match_problem *problem, struct vs_arena *arena)
{
	struct match_model *model = vs_arena_alloc(arena, sizeof *model);
	struct builder b = { .model = model, .problem = problem };
	model->problem = problem;
	model->shift_count = problem->shift_count;
	model->person_count = problem->person_count;
	for (int32_t i = 0; i < problem->shift_count; i++)
		model->role_count += problem->shifts[i].role_count;
	size_t shifts = (size_t)model->shift_count + 1;
	model->shifts = vs_arena_alloc(arena, shifts * sizeof *model->shifts);
	model->order = vs_arena_alloc(arena, shifts * sizeof *model->order);
	b.marks = vs_arena_alloc(arena, shifts);
	model->roles = vs_arena_alloc(
		arena, ((size_t)model->role_count + 1) * sizeof *model->roles);
	model->people = vs_arena_alloc(
		arena, ((size_t)model->person_count + 1) * sizeof *model->people);
	lay_shifts(&b);
	order_shifts(&b);
	lay_people(&b);
	lay_slots(&b);
	sort_arcs(&b, arena);
	free(b.found);
	return model;
}

struct rank {
	int32_t arc;
	int32_t count;
};

static int
compare_ranks(const void *a, const void *b)
{
	const struct rank *x = a, *y = b;
	return x->count != y->count ? (x->count < y->count) - (x->count > y->count)
				    : (x->arc > y->arc) - (x->arc < y->arc);
}

/* Arcs that were chosen often come first in their role; the others are not likely. */
void
match_model_rank(struct match_model *model, const int32_t *counts)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	size_t count = (size_t)model->arc_count + 1;
	struct rank *ranks = vs_arena_alloc(scratch.arena, count * sizeof *ranks);
	int32_t *moved = vs_arena_alloc(scratch.arena, count * sizeof *moved);
	struct match_arc *arcs = vs_arena_alloc(scratch.arena, count * sizeof *arcs);
	for (int32_t a = 0; a < model->arc_count; a++) {
		ranks[a] = (struct rank){ a, counts[a] };
		arcs[a] = model->arcs[a];
	}
	for (int32_t r = 0; r < model->role_count; r++) {
		struct match_role *role = &model->roles[r];
		qsort(&ranks[role->arc_first],
			(size_t)(role[1].arc_first - role->arc_first), sizeof *ranks,
			compare_ranks);
		role->likely = 0;
		for (int32_t a = role->arc_first; a < role[1].arc_first; a++) {
			model->arcs[a] = arcs[ranks[a].arc];
			moved[ranks[a].arc] = a;
			role->likely += ranks[a].count > 0;
		}
	}
	for (int32_t i = 0; i < model->arc_count; i++)
		model->by_person[i] = moved[model->by_person[i]];
}
