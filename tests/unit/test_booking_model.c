/*
 * Thousands of random bookings against a model: arrays and the rules of field.h written once
 * more, simply. After each command both agree on who is where and on whether it was allowed,
 * no role has more people than it lets in, nobody is at two places at once.
 */
#include "booking_fixture.h"

#define SHIFTS	 12
#define PEOPLE	 7
#define COMMANDS 3000
#define HOLD	 (48 * 3600)
#define QUARTER	 900

enum state { NONE, OFFERED, WAITING, SIGNED_UP, BOOKED, ATTENDED, NO_SHOW, CANCELLED };
static const char *const names[] = { "", "offered", "waiting", "signed_up", "booked",
	"attended", "no_show", "cancelled" };

struct cell {
	enum state state;
	int64_t until; /* of an offer that keeps a seat */
	int64_t since, order;
};

struct model {
	struct scene *s;
	uint64_t random;
	int64_t now, order;
	int activity[SHIFTS];
	int64_t starts[SHIFTS], ends[SHIFTS];
	int most[SHIFTS];
	struct cell cells[SHIFTS][PEOPLE];
	int allowed, refused;
};

static unsigned
draw(struct model *m, unsigned below)
{
	m->random = m->random * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(m->random >> 33) % below;
}

/* The model's rules ------------------------------------------------------------------------- */

static bool
is_there(enum state state)
{
	return state == SIGNED_UP || state == BOOKED || state == ATTENDED;
}

static bool
holds(const struct model *m, const struct cell *c)
{
	return is_there(c->state) || c->state == NO_SHOW ||
		(c->state == OFFERED && c->until > m->now);
}

static int
taken(const struct model *m, int shift)
{
	int count = 0;
	for (int p = 0; p < PEOPLE; p++)
		count += holds(m, &m->cells[shift][p]);
	return count;
}

/* Activities 1 and 2 share a square, 3 is 22 minutes away. Only 1 has a hand-over of 15. */
static bool
clash(const struct model *m, int a, int b)
{
	int64_t from = m->starts[a] > m->starts[b] ? m->starts[a] : m->starts[b];
	int64_t until = m->ends[a] < m->ends[b] ? m->ends[a] : m->ends[b];
	bool here = (m->activity[a] == DOORS) == (m->activity[b] == DOORS);
	if (!here)
		return from - until < 22 * 60;
	bool hand = m->activity[a] == STAND && m->activity[b] == STAND;
	bool row = (m->starts[a] < m->starts[b]) == (m->ends[a] < m->ends[b]) &&
		m->starts[a] != m->starts[b] && m->ends[a] != m->ends[b];
	return until - from > (hand && row ? QUARTER : 0);
}

static bool
overlaps(const struct model *m, int a, int b)
{
	return clash(m, a, b) && m->starts[a] < m->ends[b] && m->starts[b] < m->ends[a];
}

static bool
is_free(const struct model *m, int shift, int person, bool facts)
{
	for (int other = 0; other < SHIFTS; other++)
		if (other != shift && is_there(m->cells[other][person].state) &&
			(facts ? overlaps(m, shift, other) : clash(m, shift, other)))
			return false;
	return true;
}

/* The first who waits and can: by time, then by the order of the rows. */
static int
next_waiting(const struct model *m, int shift)
{
	int best = -1;
	for (int p = 0; p < PEOPLE; p++) {
		const struct cell *c = &m->cells[shift][p];
		const struct cell *b = best >= 0 ? &m->cells[shift][best] : NULL;
		if (c->state != WAITING || !is_free(m, shift, p, false))
			continue;
		if (!b || c->since < b->since ||
			(c->since == b->since && c->order < b->order))
			best = p;
	}
	return best;
}

static void
settle(struct model *m, int shift)
{
	if (m->starts[shift] <= m->now)
		return;
	for (int p;
		taken(m, shift) < m->most[shift] && (p = next_waiting(m, shift)) >= 0;) {
		int64_t until = m->now + HOLD;
		struct cell *c = &m->cells[shift][p];
		c->state = OFFERED;
		c->until = until < m->starts[shift] ? until : m->starts[shift];
		c->since = m->now;
	}
}

/* In the order in which the offers' times ran out. */
static void
lapse(struct model *m)
{
	for (;;) {
		struct cell *first = NULL;
		int shift = 0;
		for (int i = 0; i < SHIFTS; i++)
			for (int p = 0; p < PEOPLE; p++) {
				struct cell *c = &m->cells[i][p];
				if (c->state != OFFERED || !c->until ||
					c->until > m->now ||
					(first &&
						(c->until > first->until ||
							(c->until == first->until &&
								c->order >
									first->order))))
					continue;
				first = c;
				shift = i;
			}
		if (!first)
			return;
		first->until = 0;
		settle(m, shift);
	}
}

static void
become(struct model *m, int shift, int person, enum state state)
{
	struct cell *c = &m->cells[shift][person];
	if (c->state == NONE)
		c->order = ++m->order;
	c->state = state;
	c->until = 0;
	c->since = m->now;
	settle(m, shift);
}

static bool
model_add(struct model *m, int shift, int person, enum state state, bool wait)
{
	struct cell *c = &m->cells[shift][person];
	bool open = c->state == NONE || c->state == OFFERED || c->state == WAITING ||
		c->state == CANCELLED;
	if (!open || c->state == state || !is_free(m, shift, person, false))
		return false;
	int others = taken(m, shift) - holds(m, c);
	if (state != OFFERED && others >= m->most[shift]) {
		if (!wait || c->state == WAITING)
			return false;
		state = WAITING;
	}
	become(m, shift, person, state);
	return true;
}

static bool
may_follow(enum state from, enum state to)
{
	if (to == SIGNED_UP)
		return from == OFFERED || from == WAITING || from == CANCELLED;
	if (to == BOOKED)
		return true;
	if (to == NO_SHOW)
		return from != WAITING && from != CANCELLED;
	return true;
}

static bool
model_move(struct model *m, int shift, int person, enum state to)
{
	struct cell *c = &m->cells[shift][person];
	if (c->state == to)
		return true;
	if (!may_follow(c->state, to))
		return false;
	if (to != CANCELLED) {
		bool coming = to != NO_SHOW && !is_there(c->state);
		if (coming && !is_free(m, shift, person, to == ATTENDED))
			return false;
		if (!holds(m, c) && taken(m, shift) >= m->most[shift]) {
			if (to != ATTENDED)
				return false;
			m->most[shift]++;
		}
	}
	become(m, shift, person, to);
	return true;
}

/* Both ----------------------------------------------------------------------------------------- */

static void
compare_cell(struct model *m, int shift, int person)
{
	const struct cell *c = &m->cells[shift][person];
	const char *state = squares_state(m->s, shift + 1, person + 1);
	if (strcmp(state, names[c->state]) != 0)
		fail_msg("shift %d, person %d: %s, not %s", shift + 1, person + 1, state,
			names[c->state]);
}

static void
compare(struct model *m)
{
	for (int i = 0; i < SHIFTS; i++)
		for (int p = 0; p < PEOPLE; p++)
			compare_cell(m, i, p);
	for (int i = 0; i < SHIFTS; i++)
		assert_true(taken(m, i) <= m->most[i]);
	assert_int_equal(
		count_of(m->s,
			SQL("SELECT count(*) FROM shift_role r WHERE most < (SELECT"
			    " count(*) FROM booking b WHERE b.role_id = r.id AND state"
			    " IN ('signed_up', 'booked', 'attended', 'no_show'))")),
		0);
	assert_int_equal(
		count_of(m->s,
			SQL("SELECT count(*) FROM booking a JOIN booking b ON b.person_id ="
			    " a.person_id AND b.id > a.id JOIN shift s ON s.id = a.shift_id JOIN"
			    " shift t ON t.id = b.shift_id WHERE a.state IN ('signed_up',"
			    " 'booked', 'attended') AND b.state IN ('signed_up', 'booked',"
			    " 'attended') AND s.starts_at < t.ends_at - 900"
			    " AND t.starts_at < s.ends_at - 900")),
		0);
}

static void
judge(struct model *m, bool wanted, bool done)
{
	if (wanted != done)
		fail_msg("the model says %s: %s", wanted ? "yes" : "no", m->s->err.text);
	m->allowed += done;
	m->refused += !done;
	m->s->err = (struct vs_error){ 0 };
}

static void
try_add(struct model *m, int shift, int person)
{
	static const enum state begin[] = { BOOKED, BOOKED, SIGNED_UP, OFFERED };
	enum state state = begin[draw(m, 4)];
	const struct vs_booking_options options = { .state = names[state],
		.wait = draw(m, 4) };
	struct model before = *m;
	bool wanted = model_add(m, shift, person, state, options.wait);
	if (!wanted)
		*m = before;
	judge(m, wanted, squares_book_as(m->s, shift + 1, person + 1, &options));
}

static void
try_move(struct model *m, int shift, int person)
{
	static const enum state to[] = { BOOKED, BOOKED, SIGNED_UP, ATTENDED, NO_SHOW,
		CANCELLED, CANCELLED, CANCELLED };
	enum state state = to[draw(m, 8)];
	struct model before = *m;
	const struct cell *c = &m->cells[shift][person];
	/* Most offers wait for their answer, some longer than they are kept. */
	if (c->state == NONE || (c->state == OFFERED && draw(m, 8)))
		return;
	bool wanted = model_move(m, shift, person, state);
	/* What changes nothing writes nothing, lapsed offers neither. */
	bool same = before.cells[shift][person].state == state;
	if (!wanted || same)
		*m = before;
	judge(m, wanted, squares_move(m->s, shift + 1, person + 1, names[state], NULL));
}

static void
command(struct model *m)
{
	char text[21];
	int shift = (int)draw(m, SHIFTS), person = (int)draw(m, PEOPLE);
	m->now += draw(m, 4) == 0 ? (int64_t)draw(m, 4700) : 0;
	scene_time(vs_time_format_utc(m->now, text));
	struct model before = *m;
	int64_t lines = count_of(m->s, SQL("SELECT count(*) FROM history"));
	lapse(m);
	if (draw(m, 2))
		try_add(m, shift, person);
	else
		try_move(m, shift, person);
	/* A refused command writes nothing, not even what has lapsed. */
	if (count_of(m->s, SQL("SELECT count(*) FROM history")) == lines) {
		before.random = m->random;
		before.allowed = m->allowed;
		before.refused = m->refused;
		*m = before;
	}
}

static void
make(struct model *m, uint64_t seed)
{
	VS_AUTO(stmt) q = { 0 };
	m->random = seed;
	m->now = moment_of(m->s, "2026-08-10 12:00");
	int64_t day = moment_of(m->s, "2026-08-31 06:00");
	squares_run(m->s,
		SQL("INSERT INTO person (id, name, keep_until) VALUES (5, 'E F', '2027-01-01'),"
		    " (6, 'G H', '2027-01-01'), (7, 'I J', '2027-01-01')"));
	assert_done(m->s,
		stmt_open(&q, m->s->db,
			SQL("INSERT INTO shift (activity_id, starts_at, ends_at)"
			    " VALUES (?, ?, ?)"),
			&m->s->err));
	for (int i = 0; i < SHIFTS; i++) {
		m->activity[i] = 1 + (int)draw(m, 3);
		m->starts[i] = day + (int64_t)draw(m, 56) * QUARTER;
		m->ends[i] = m->starts[i] + (int64_t)(1 + draw(m, 9)) * QUARTER;
		m->most[i] = 1 + (int)draw(m, 2);
		stmt_bind(&q, m->activity[i]);
		stmt_bind(&q, m->starts[i]);
		stmt_bind(&q, m->ends[i]);
		assert_done(m->s, stmt_run(&q, &m->s->err));
		squares_role(m->s, i + 1, "värd", m->most[i]);
	}
}

static void
run(struct scene *s, uint64_t seed)
{
	struct model m = { .s = s };
	assert_done(s, store_fast(s));
	make(&m, seed);
	for (int i = 0; i < COMMANDS; i++) {
		command(&m);
		compare(&m);
	}
	int64_t offers = count_of(s,
		SQL("SELECT count(*) FROM booking_event WHERE reason = 'a seat is free'"));
	int64_t lapsed = count_of(s,
		SQL("SELECT count(*) FROM booking_event WHERE reason = 'not answered in time'"));
	print_message("# seed %d: %d allowed, %d refused, %d seats offered, %d lapsed\n",
		(int)seed, m.allowed, m.refused, (int)offers, (int)lapsed);
	if (m.allowed < COMMANDS / 5 || m.refused < COMMANDS / 5 || offers < 20 ||
		lapsed < 5)
		fail_msg("%d were allowed, %d refused: too one-sided", m.allowed,
			m.refused);
}

static void
random_bookings_are_those_of_the_model(void **state)
{
	run(*state, 20260913);
}

static void
other_random_bookings_are_those_of_the_model(void **state)
{
	run(*state, 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(random_bookings_are_those_of_the_model,
			squares_open, scene_close),
		cmocka_unit_test_setup_teardown(
			other_random_bookings_are_those_of_the_model, squares_open,
			scene_close),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
