/*
 * When advance voting places are open, and how much of a kommun's advance votes each pass is
 * worth: the votes that were received there last time, else hours at the kommun's pace.
 */
#include "ballots/allocate.h"

#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

/* Passes -----------------------------------------------------------------------------------*/

static void
add_pass(struct world *w, struct venue *v, int64_t starts, int64_t ends)
{
	v->passes = vs_arena_grow(w->arena, v->passes, v->pass_count, sizeof *v->passes);
	v->passes[v->pass_count++] = (struct pass){ .starts = starts, .ends = ends };
}

static bool
read_passes(struct world *w, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, w->db,
		    SQL("SELECT place_id, unixepoch(date) / 60, opens, closes, purpose"
			" FROM opening ORDER BY place_id, date, opens"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		int found = allocate_find_venue(w, stmt_int(&q, 0));
		if (found < 0)
			continue;
		struct venue *v = &w->venues[found];
		int64_t day = stmt_int(&q, 1);
		if (strcmp(stmt_text(&q, 4), "advance") == 0)
			add_pass(w, v, day + stmt_int(&q, 2), day + stmt_int(&q, 3));
		else if (day >= w->from && day < w->until)
			v->polling = true;
	}
	return err->code == VS_OK;
}

/* A place for advance voting whose hours nobody knows: every day of it, some hours. */
static void
assume_passes(struct world *w, struct venue *v)
{
	v->basis = BASIS_NOTHING;
	for (int64_t day = w->zero - INT64_C(18) * 1440; day < w->zero; day += 1440)
		add_pass(w, v, day + 600, day + 1080);
}

/* Votes received last time -----------------------------------------------------------------*/

struct received {
	size_t area;
	const char *code, *name; /* folded */
	int64_t day;		 /* minutes of the same day before this election */
	double votes;
	bool used;
};

static int
by_place(const void *a, const void *b)
{
	const struct received *x = a, *y = b;
	if (x->area != y->area)
		return x->area < y->area ? -1 : 1;
	int code = strcmp(x->code, y->code);
	return code ? code : (x->day > y->day) - (x->day < y->day);
}

/* Of the last election before this one that there are figures of; else of this one. */
static bool
read_received(struct world *w, struct received **ret_rows, size_t *ret_count,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	size_t area = 0;
	*ret_rows = NULL;
	*ret_count = 0;
	if (!stmt_open(&q, w->db,
		    SQL("WITH last AS (SELECT a.election_day AS day FROM advance_received a"
			"  JOIN campaign c ON a.election_day <= c.election_day"
			"  ORDER BY a.election_day = c.election_day, 1 DESC LIMIT 1)"
			" SELECT k.code, a.place_code, a.place_name,"
			" (unixepoch(a.date) - unixepoch(a.election_day)) / 60, a.votes"
			" FROM advance_received a JOIN last ON last.day = a.election_day"
			" JOIN kommun k ON k.code = a.kommun_code WHERE k.in_district"
			" ORDER BY k.name COLLATE swedish, k.code, a.place_code, a.date"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		while (area < w->area_count &&
			strcmp(w->areas[area].code, stmt_text(&q, 0)) != 0)
			area++;
		*ret_rows =
			vs_arena_grow(w->arena, *ret_rows, *ret_count, sizeof **ret_rows);
		(*ret_rows)[(*ret_count)++] = (struct received){ .area = area,
			.code = stmt_copy(&q, 1, w->arena),
			.name = vs_text_fold(w->arena, stmt_text(&q, 2)),
			.day = w->zero + stmt_int(&q, 3),
			.votes = (double)stmt_int(&q, 4) };
	}
	if (*ret_count)
		qsort(*ret_rows, *ret_count, sizeof **ret_rows, by_place);
	return err->code == VS_OK;
}

/* The rows of one place: by its code, else by its name within the kommun. */
static struct received *
rows_of(const struct world *w, const struct venue *v, struct received *rows, size_t count,
	size_t *ret_count)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *folded = vs_text_fold(scratch.arena, v->name);
	size_t length = strlen(folded) -
		strlen(vs_text_fold(scratch.arena, w->areas[v->area].name)) - 2;
	struct received *best = NULL;
	for (size_t i = 0, next; i < count; i = next) {
		next = i + 1;
		while (next < count && strcmp(rows[next].code, rows[i].code) == 0)
			next++;
		bool code = strcmp(rows[i].code, v->code) == 0;
		bool name = strncmp(rows[i].name, folded, length) == 0 &&
			!rows[i].name[length];
		if (!code && (!name || best || rows[i].used))
			continue;
		best = &rows[i];
		*ret_count = next - i;
		if (code)
			break;
	}
	if (best)
		best->used = true;
	return best;
}

static int64_t
day_of(int64_t minutes)
{
	return minutes - minutes % 1440;
}

/* Votes of the days that are known, shared by the passes of the day; -1: not known. */
static void
take_votes(struct venue *v, const struct received *rows, size_t count)
{
	for (size_t i = 0, next; i < v->pass_count; i = next) {
		int64_t day = day_of(v->passes[i].starts), open = 0;
		const struct received *row = NULL;
		for (size_t r = 0; r < count; r++)
			if (rows[r].day == day)
				row = &rows[r];
		for (next = i;
			next < v->pass_count && day_of(v->passes[next].starts) == day;
			next++)
			open += v->passes[next].ends - v->passes[next].starts;
		for (size_t p = i; p < next; p++)
			v->passes[p].weight = !row ? -1
						   : row->votes *
					(double)(v->passes[p].ends -
						v->passes[p].starts) /
					(double)open;
	}
}

/* Pace and weights -------------------------------------------------------------------------*/

/* Votes and hours of the passes whose votes are known. */
struct pace {
	double votes, minutes;
};

static struct pace
pace_of(const struct venue *v)
{
	struct pace pace = { 0 };
	for (size_t i = 0; i < v->pass_count; i++)
		if (v->passes[i].weight >= 0) {
			pace.votes += v->passes[i].weight;
			pace.minutes += (double)(v->passes[i].ends - v->passes[i].starts);
		}
	return pace;
}

/* Votes per minute: the place's own pace, else the kommun's. */
static void
fill_weights(struct venue *v, struct pace kommun)
{
	struct pace own = pace_of(v);
	double common = kommun.minutes > 0 && kommun.votes > 0
		? kommun.votes / kommun.minutes
		: 1;
	double rate = own.minutes > 0 ? own.votes / own.minutes
				      : common * (v->restricted ? RESTRICTED : 1);
	if (own.minutes > 0)
		v->basis = BASIS_RECEIVED;
	for (size_t i = 0; i < v->pass_count; i++)
		if (v->passes[i].weight < 0)
			v->passes[i].weight =
				rate * (double)(v->passes[i].ends - v->passes[i].starts);
}

double
allocate_weight(const struct venue *v, int64_t from, int64_t until)
{
	double sum = 0;
	for (size_t i = 0; i < v->pass_count; i++) {
		const struct pass *p = &v->passes[i];
		int64_t starts = p->starts > from ? p->starts : from;
		int64_t ends = p->ends < until ? p->ends : until;
		if (starts < ends)
			sum += p->weight * (double)(ends - starts) /
				(double)(p->ends - p->starts);
	}
	return sum;
}

/* A place without known hours weighs as the mean of those that have them. */
static void
weigh_unknown(struct area *a, struct venue *venues)
{
	double sum = 0, known = 0;
	for (size_t i = 0; i < a->venue_count; i++)
		if (venues[i].pass_count && venues[i].basis != BASIS_NOTHING &&
			!venues[i].restricted) {
			sum += allocate_weight(&venues[i], INT64_MIN, INT64_MAX);
			known++;
		}
	for (size_t i = 0; i < a->venue_count; i++) {
		struct venue *v = &venues[i];
		double mean = known > 0 && sum > 0 ? sum / known : 1;
		if (v->basis != BASIS_NOTHING)
			continue;
		for (size_t p = 0; p < v->pass_count; p++)
			v->passes[p].weight = mean * (v->restricted ? RESTRICTED : 1) /
				(double)v->pass_count;
	}
}

static void
weigh_area(struct world *w, struct area *a, struct received *rows, size_t count)
{
	struct venue *venues = w->venues + a->first_venue;
	struct pace kommun = { 0 };
	for (size_t i = 0; i < a->venue_count; i++) {
		struct venue *v = &venues[i];
		size_t found = 0;
		if (!v->pass_count && v->code)
			assume_passes(w, v);
		const struct received *first = v->code && v->pass_count
			? rows_of(w, v, rows, count, &found)
			: NULL;
		take_votes(v, first, found);
		struct pace own = v->restricted ? (struct pace){ 0 } : pace_of(v);
		kommun.votes += own.votes;
		kommun.minutes += own.minutes;
	}
	for (size_t i = 0; i < a->venue_count; i++)
		fill_weights(&venues[i], kommun);
	weigh_unknown(a, venues);
	for (size_t i = 0; i < a->venue_count; i++) {
		struct venue *v = &venues[i];
		a->weight += allocate_weight(v, INT64_MIN, INT64_MAX);
		v->weight_round = allocate_weight(v, w->from, w->until);
		for (size_t p = 0; p < v->pass_count; p++)
			v->open = v->open ||
				(v->passes[p].ends > w->from &&
					v->passes[p].starts < w->until);
	}
}

bool
allocate_read_hours(struct world *w, struct vs_error *err)
{
	struct received *rows;
	size_t count, first = 0;
	if (!read_passes(w, err) || !read_received(w, &rows, &count, err))
		return false;
	for (size_t i = 0; i < w->area_count; i++) {
		size_t end = first;
		while (end < count && rows[end].area == i)
			end++;
		weigh_area(w, &w->areas[i], rows + first, end - first);
		first = end;
	}
	return true;
}
