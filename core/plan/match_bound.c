/*
 * Prices of places, and a proof of how good a plan can be. Each place has a reward; people
 * then choose on their own, each the best for her (match_ask.c), and no place cares how many
 * come (match_scarce.c). Whatever the rewards are, no plan costs less than the sum.
 *
 * Good rewards are found as in a market: one person after the other chooses, and what she
 * takes becomes at once a little worse for the next, while a role that calls for people
 * becomes better. What has been lacking for days is driven up faster. The steps shrink, and
 * it is the mean of some days that is judged.
 *
 * Left out, which only lowers the bound: groups, the pair rule where a shift has several
 * roles, and what match_ask.c leaves out.
 */
#include "plan/match.h"

#include <math.h>
#include <string.h>

#define REWARD_LEAST	  4000.0 /* for the length of a step */
#define GROUP_REWARD_MOST (VS_MATCH_NEEDED_PRICE / 2)
#define DEPTH_MAX	  8
#define STEP_FIRST	  0.05
#define STEP_LAST	  0.0003
#define DRIVE		  20.0 /* steps per day for a role that always lacks one */
#define MEMORY		  0.07 /* of lacks, per day */
#define DAYS		  120
#define ARCS_MANY	  1000000
#define JUDGE_EVERY	  8
#define LATE		  0.5 /* part of the days, from where on choices are counted */

/* --- the market --- */

static void
set_reward(struct match_market *m, int32_t r, double reward)
{
	m->exact[r] = reward < 0		 ? 0
		: reward > VS_MATCH_NEEDED_PRICE ? VS_MATCH_NEEDED_PRICE
						 : reward;
	m->rewards[r] = (int32_t)m->exact[r];
}

static void
nudge(struct match_market *m, int32_t r, double step)
{
	double from = m->exact[r] > REWARD_LEAST ? m->exact[r] : REWARD_LEAST;
	set_reward(m, r, m->exact[r] + step * from);
}

static void
shuffle(struct random *random, int32_t *numbers, int32_t count)
{
	for (int32_t i = count - 1; i > 0; i--) {
		int32_t j = random_below(random, i + 1), number = numbers[i];
		numbers[i] = numbers[j];
		numbers[j] = number;
	}
}

static void
call_roles(struct match_market *m, int64_t first, int64_t end, double step)
{
	for (int64_t i = first; i < end; i++) {
		int32_t r = m->roles[i];
		match_scarce_ask(m->scarce, r, m->wants);
		if (m->wants[r])
			nudge(m, r, step * m->wants[r]);
	}
}

static void
end_day(struct match_market *m, double step)
{
	for (int32_t r = 0; r < m->model->role_count; r++) {
		m->lacks[r] += MEMORY * (m->wants[r] - m->came[r] - m->lacks[r]);
		nudge(m, r, step * DRIVE * m->lacks[r]);
		m->sums[r] += m->exact[r];
	}
	m->days++;
}

/* Everybody chooses once. False when the time is up. */
bool
match_market_day(
	struct match_market *m, double step, double until, match_chose *chose, void *data)
{
	int64_t roles = m->model->role_count;
	memset(m->came, 0, (size_t)roles * sizeof *m->came);
	shuffle(&m->random, m->people, m->people_count);
	shuffle(&m->random, m->roles, m->model->role_count);
	for (int64_t i = 0; i < m->people_count; i++) {
		int32_t count;
		if (until > 0 && i % 8 == 0 && match_clock() > until)
			return false;
		match_ask(m->asker, m->people[i]);
		const int32_t *chosen = match_asked(m->asker, &count);
		for (int32_t c = 0; c < count; c++) {
			int32_t r = m->model->arcs[chosen[c]].role;
			m->came[r]++;
			m->chosen[chosen[c]]++;
			nudge(m, r, -step);
		}
		if (chose)
			chose(data, m->people[i], chosen, count);
		call_roles(m, i * roles / m->people_count,
			(i + 1) * roles / m->people_count, step);
	}
	end_day(m, step);
	return true;
}

/* What the mean rewards of the last days prove, which they then are; 0 = no time left. */
static int64_t
judge(struct match_market *m, double until)
{
	int64_t sum = match_fixed_cost(m->model, m->state);
	for (int32_t r = 0; r < m->model->role_count && m->days; r++) {
		m->rewards[r] = (int32_t)(m->sums[r] / m->days);
		m->sums[r] = 0;
	}
	m->days = 0;
	for (int32_t p = 0; p < m->model->person_count; p++) {
		if (until > 0 && p % 8 == 0 && match_clock() > until)
			return 0;
		sum += match_ask(m->asker, p);
	}
	for (int32_t r = 0; r < m->model->role_count; r++)
		sum += match_scarce_ask(m->scarce, r, m->wants);
	return sum;
}

/* What the fixed bookings cost and nobody can change. */
int64_t
match_fixed_cost(const struct match_model *model, const struct match_state *state)
{
	int64_t cost = 0;
	for (int32_t p = 0; p < model->person_count; p++) {
		cost += match_fairness(state->minutes[p]);
		for (int32_t i = 0; i < state->slot_taken[p]; i++)
			cost += state->slots[model->people[p].slot_first + i].cost;
	}
	return cost;
}

/* --- first rewards --- */

/* What the plan would save without the dearest of the role's bookings. */
static double
dearest(const struct match_state *plan, int32_t r)
{
	const struct match_model *model = plan->model;
	const struct match_role *role = &model->roles[r];
	int64_t most = 0;
	for (int32_t i = role->fixed; i < plan->role_taken[r]; i++) {
		int32_t person = plan->seats[role->seat_first + i];
		int64_t minutes = plan->minutes[person];
		int64_t saved = match_price(model->problem, person, role->shift) +
			match_fairness(minutes) -
			match_fairness(minutes - model->shifts[role->shift].minutes);
		most = saved > most ? saved : most;
	}
	return (double)most;
}

/* What it would cost to take somebody out of a role. */
static double
loss(const struct match_state *plan, int32_t r)
{
	return plan->role_taken[r] <= plan->model->roles[r].least ? VS_MATCH_NEEDED_PRICE
								  : VS_MATCH_WANTED_PRICE;
}

/*
 * An open place is as dear as those which keep the people away who could take it: they are
 * too few for all of these together, and the first guess should know it.
 */
static void
spread(struct match_market *m, const struct match_state *plan, int32_t r, int32_t depth)
{
	const struct match_model *model = m->model;
	const struct match_shift *shift = &model->shifts[model->roles[r].shift];
	for (int32_t a = model->roles[r].arc_first;
		depth < DEPTH_MAX && a < model->roles[r + 1].arc_first; a++) {
		int32_t p = model->arcs[a].person;
		for (int32_t i = 0; i < plan->slot_taken[p]; i++) {
			int32_t q = plan->slots[model->people[p].slot_first + i].role;
			double reward = fmin(m->exact[r], loss(plan, q));
			if (q == r || m->exact[q] >= reward ||
				!match_clash(model, shift,
					&model->shifts[model->roles[q].shift]))
				continue;
			set_reward(m, q, reward);
			spread(m, plan, q, depth + 1);
		}
	}
}

/* Rewards to begin from: what the places cost in a plan, filled or open. */
static void
begin(struct match_market *m, const struct match_state *plan)
{
	const struct match_model *model = m->model;
	for (int32_t r = 0; r < model->role_count; r++) {
		int32_t taken = plan->role_taken[r];
		set_reward(m, r,
			taken < model->roles[r].least		 ? VS_MATCH_NEEDED_PRICE
				: taken < model->roles[r].wanted ? VS_MATCH_WANTED_PRICE
								 : dearest(plan, r));
	}
	for (int32_t r = 0; r < model->role_count; r++)
		if (plan->role_taken[r] < model->roles[r].wanted)
			spread(m, plan, r, 0);
	for (int32_t r = 0; r < model->role_count; r++)
		if (match_scarce_grouped(m->scarce, r) && m->exact[r] > GROUP_REWARD_MOST)
			set_reward(m, r, GROUP_REWARD_MOST);
}

struct match_market *
match_market_new(const struct match_state *state, const struct match_state *plan,
	struct vs_arena *arena)
{
	const struct match_model *model = state->model;
	size_t roles = (size_t)model->role_count + 1,
	       people = (size_t)model->person_count + 1;
	struct match_market *m = vs_arena_alloc(arena, sizeof *m);
	m->model = model;
	m->state = state;
	m->exact = vs_arena_alloc(arena, roles * sizeof *m->exact);
	m->lacks = vs_arena_alloc(arena, roles * sizeof *m->lacks);
	m->rewards = vs_arena_alloc(arena, roles * sizeof *m->rewards);
	m->best = vs_arena_alloc(arena, roles * sizeof *m->best);
	m->sums = vs_arena_alloc(arena, roles * sizeof *m->sums);
	m->roles = vs_arena_alloc(arena, roles * sizeof *m->roles);
	for (int32_t r = 0; r < model->role_count; r++)
		m->roles[r] = r;
	m->wants = vs_arena_alloc(arena, roles * sizeof *m->wants);
	m->came = vs_arena_alloc(arena, roles * sizeof *m->came);
	m->chosen =
		vs_arena_alloc(arena, ((size_t)model->arc_count + 1) * sizeof *m->chosen);
	m->people = vs_arena_alloc(arena, people * sizeof *m->people);
	m->asker = match_asker_new(state, m->rewards, arena);
	m->scarce = match_scarce_new(state, m->rewards, arena);
	random_seed(&m->random, 1);
	for (int32_t p = 0; p < model->person_count; p++)
		if (model->people[p + 1].arc_first > model->people[p].arc_first)
			m->people[m->people_count++] = p;
	begin(m, plan);
	return m;
}

/* --- settling --- */

/*
 * Days until the time is up, or a number that suits the size, with steps that shrink. The
 * best rewards stay; what they prove is given back.
 */
int64_t
match_market_settle(struct match_market *m, double seconds)
{
	double begun = match_clock(), until = seconds > 0 ? begun + seconds : 0, part = 0;
	int32_t days = m->model->arc_count > ARCS_MANY ? DAYS / 4 : DAYS;
	size_t bytes = (size_t)m->model->role_count * sizeof *m->best;
	int64_t best = 0;
	for (int32_t day = 0; part < 1; day++) {
		part = seconds > 0 ? (match_clock() - begun) / seconds
				   : (double)day / days;
		if (part < LATE)
			memset(m->chosen, 0,
				(size_t)m->model->arc_count * sizeof *m->chosen);
		double step = STEP_FIRST * pow(STEP_LAST / STEP_FIRST, fmin(part, 1));
		if (part < 1)
			match_market_day(m, step, until, NULL, NULL);
		if (part < 1 && day % JUDGE_EVERY)
			continue;
		int64_t bound = judge(m, part < 1 ? until : until + seconds);
		if (bound > best) {
			best = bound;
			memcpy(m->best, m->rewards, bytes);
		}
		for (int32_t r = 0; r < m->model->role_count; r++)
			m->rewards[r] = (int32_t)m->exact[r];
	}
	for (int32_t r = 0; best && r < m->model->role_count; r++)
		set_reward(m, r, m->best[r]);
	return best;
}
