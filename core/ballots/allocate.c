/*
 * The plan of a round: destinations, what each needs and has, and what it gets of what there
 * is. Nothing is written here; see allocate_write.c.
 */
#include "ballots/allocate.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include <valstuga/allot.h>

#include "base/i18n.h"

/* Destinations -----------------------------------------------------------------------------*/

static struct destination *
add_destination(struct plan *p, struct destination destination)
{
	p->destinations = vs_arena_grow(p->world.arena, p->destinations,
		p->destination_count, sizeof *p->destinations);
	p->destinations[p->destination_count] = destination;
	return &p->destinations[p->destination_count++];
}

static bool
add_desk(struct plan *p, size_t area, struct vs_error *err)
{
	struct world *w = &p->world;
	const struct area *a = &w->areas[area];
	int places = 0;
	for (size_t i = 0; i < a->venue_count; i++)
		places += allocate_serves(w, &w->venues[a->first_venue + i]);
	if (!places)
		return true;
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, w->db,
		    SQL("SELECT id, name FROM location WHERE kommun_code = ?"), err))
		return false;
	stmt_bind(&q, a->code);
	struct destination d = {
		.area = area, .venue = -1, .desk = true, .places = places
	};
	if (stmt_row(&q, err)) {
		d.location = stmt_int(&q, 0);
		d.name = stmt_copy(&q, 1, w->arena);
	} else {
		d.name = vs_arena_printf(w->arena, "Valnämnden, %s", a->name);
	}
	add_destination(p, d);
	return err->code == VS_OK;
}

/* A kommun that takes everything at its desk is one destination; others are their places. */
static bool
find_destinations(struct plan *p, struct vs_error *err)
{
	struct world *w = &p->world;
	for (size_t i = 0; i < w->area_count; i++) {
		const struct area *a = &w->areas[i];
		if (a->rule.central) {
			if (!add_desk(p, i, err))
				return false;
			continue;
		}
		for (size_t v = a->first_venue; v < a->first_venue + a->venue_count; v++)
			if (allocate_serves(w, &w->venues[v]))
				add_destination(p,
					(struct destination){ .area = i,
						.venue = (int)v,
						.location = w->venues[v].location,
						.name = w->venues[v].name,
						.places = 1 });
	}
	return true;
}

/* Lines ------------------------------------------------------------------------------------*/

/* What this round has decided or sent already. */
static void
take_given(struct plan *p, struct line *line)
{
	size_t count;
	const struct destination *d = &p->destinations[line->destination];
	struct given *given = allocate_given(
		&p->stock, p->world.papers[line->paper].item, d->location, &count);
	for (size_t i = 0; d->location && i < count; i++) {
		struct given *g = &given[i];
		if (!g->mine)
			continue;
		g->used = true;
		line->committed = g->packed + g->underway + g->delivered;
		if (g->fixed) {
			line->fixed = g->pieces;
			line->fixed_reason = g->reason;
		}
	}
}

static struct line *
add_line(struct plan *p, size_t destination, size_t paper)
{
	p->lines =
		vs_arena_grow(p->world.arena, p->lines, p->line_count, sizeof *p->lines);
	struct line *line = &p->lines[p->line_count++];
	*line = (struct line){ .destination = destination, .paper = paper, .fixed = -1 };
	take_given(p, line);
	return line;
}

/* At a place on election day alone: its districts' voters must find the list. */
static bool
used_at(const struct world *w, const struct destination *d, const struct paper *paper)
{
	if (!allocate_used_in(w, paper, d->area))
		return false;
	const struct venue *v = d->venue >= 0 ? &w->venues[d->venue] : NULL;
	if (!v || v->open || !v->ward_count)
		return true;
	for (size_t i = 0; i < v->ward_count; i++)
		if (allocate_used_by(w, paper, &w->wards[v->wards[i]]))
			return true;
	return false;
}

static void
find_lines(struct plan *p)
{
	const struct world *w = &p->world;
	for (size_t i = 0; i < p->destination_count; i++)
		for (size_t k = 0; k < w->paper_count; k++) {
			const struct destination *d = &p->destinations[i];
			const struct paper *paper = &w->papers[k];
			if (!used_at(w, d, paper))
				continue;
			struct line *line = add_line(p, i, k);
			line->demand = allocate_demand(w, paper, d->area, d->venue);
			line->least = w->round.least * d->places;
			line->cap = w->areas[d->area].rule.cap;
			if (d->location)
				line->have = allocate_have(w, &p->stock, paper,
					d->location, d->area, d->venue);
		}
}

static int
paper_of(const struct world *w, int64_t item)
{
	for (size_t i = 0; i < w->paper_count; i++)
		if (w->papers[i].item == item)
			return (int)i;
	return -1;
}

/* Where a location is; false when it is no place or reception of the district. */
static bool
stray_destination(struct plan *p, int64_t location, size_t *ret_destination,
	bool *ret_found, struct vs_error *err)
{
	struct world *w = &p->world;
	*ret_found = false;
	for (size_t i = 0; i < p->destination_count; i++)
		if (p->destinations[i].location == location) {
			*ret_destination = i;
			*ret_found = true;
			return true;
		}
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, w->db,
		    SQL("SELECT k.code FROM location o LEFT JOIN place p ON p.id = o.place_id"
			" JOIN kommun k ON k.code = coalesce(o.kommun_code, p.kommun_code)"
			" WHERE o.id = ?"),
		    err))
		return false;
	stmt_bind(&q, location);
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	for (size_t i = 0; i < w->area_count; i++)
		if (strcmp(w->areas[i].code, stmt_text(&q, 0)) == 0) {
			add_destination(p,
				(struct destination){ .area = i,
					.venue = -1,
					.location = location,
					.name = location_name(w->db, w->arena, location),
					.places = 1 });
			*ret_destination = p->destination_count - 1;
			*ret_found = true;
		}
	return true;
}

/* What people have set, or sent, where the round itself would give nothing. */
static bool
find_strays(struct plan *p, struct vs_error *err)
{
	for (size_t i = 0; i < p->stock.given_count; i++) {
		const struct given *g = &p->stock.given[i];
		int paper = paper_of(&p->world, g->item);
		bool found, stays = g->fixed || g->packed + g->underway + g->delivered;
		size_t destination;
		if (!g->mine || g->used || !stays || paper < 0)
			continue;
		if (!stray_destination(p, g->location, &destination, &found, err))
			return false;
		if (found)
			add_line(p, destination, (size_t)paper)->stray = true;
	}
	return true;
}

/* Sharing out ------------------------------------------------------------------------------*/

static int64_t
fixed_of(const struct line *line)
{
	if (line->fixed >= 0)
		return line->fixed > line->committed ? line->fixed : line->committed;
	return line->stray ? line->committed : VS_ALLOT_NOT_FIXED;
}

static struct vs_allot_destination
problem_line(const struct line *line)
{
	return (struct vs_allot_destination){
		.mean = fmin(line->demand.mean, VS_ALLOT_MEAN_MAX),
		.spread = fmin(line->demand.spread, VS_ALLOT_SPREAD_MAX),
		.have = line->have,
		.least = line->least,
		.cap = line->cap ? line->cap : VS_ALLOT_NO_CAP,
		.fixed = fixed_of(line),
	};
}

static void
take_share(struct line *line, const struct vs_allot_share *share)
{
	line->pieces = share->pieces;
	line->enough = share->enough;
	line->risk = share->risk;
	line->limit = (int)share->reason;
	line->over_cap = share->over_cap;
}

/*
 * Shares an item out. What is fixed goes even if there is not so much, and is told; a line
 * that would get less than what has left already is fixed at that, and all is shared again.
 */
static bool
share_out(struct plan *p, size_t paper, struct line **lines, size_t count,
	struct vs_error *err)
{
	struct answer *answer = &p->answers[paper];
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_allot_destination *each =
		vs_arena_alloc(scratch.arena, (count + 1) * sizeof *each);
	struct vs_allot_problem problem = { .count = (int32_t)count,
		.destinations = each,
		.bundle = p->world.papers[paper].bundle,
		.service = p->world.round.service };
	struct vs_allot_result result;
	for (size_t i = 0; i < count; i++)
		each[i] = problem_line(lines[i]);
	for (bool again = true; again;) {
		int64_t fixed = 0;
		for (size_t i = 0; i < count; i++)
			fixed += each[i].fixed > 0 ? each[i].fixed : 0;
		answer->overdrawn = fixed > answer->supply.available;
		problem.available = answer->overdrawn ? fixed : answer->supply.available;
		if (!vs_allot(&problem, scratch.arena, &result, err))
			return false;
		again = false;
		for (size_t i = 0; i < count; i++)
			if (result.shares[i].pieces < lines[i]->committed) {
				each[i].fixed = lines[i]->committed;
				again = true;
			}
	}
	for (size_t i = 0; i < count; i++) {
		take_share(lines[i], &result.shares[i]);
		answer->wanted += result.shares[i].target;
	}
	answer->given = result.given;
	answer->is_short = result.is_short;
	answer->level = result.level;
	return true;
}

static bool
share_all(struct plan *p, struct vs_error *err)
{
	const struct world *w = &p->world;
	size_t *counts = vs_arena_alloc(w->arena, (w->paper_count + 1) * sizeof *counts);
	for (size_t i = 0; i < p->line_count; i++)
		counts[p->lines[i].paper]++;
	p->answers = vs_arena_alloc(w->arena, (w->paper_count + 1) * sizeof *p->answers);
	for (size_t k = 0; k < w->paper_count; k++) {
		VS_AUTO(vs_scratch) scratch = vs_scratch_new();
		struct line **lines = vs_arena_alloc(
			scratch.arena, (counts[k] + 1) * sizeof(struct line *));
		size_t count = 0;
		for (size_t i = 0; counts[k] && i < p->line_count; i++)
			if (p->lines[i].paper == k)
				lines[count++] = &p->lines[i];
		if (!allocate_supply(
			    w, &p->stock, &w->papers[k], &p->answers[k].supply, err) ||
			!share_out(p, k, lines, count, err))
			return false;
	}
	return true;
}

/* The same numbers have the same name, whatever language the reasons are in. */
static const char *
plan_code(const struct plan *p)
{
	json_t *facts = json_array();
	for (size_t i = 0; i < p->line_count; i++) {
		const struct line *l = &p->lines[i];
		const struct destination *d = &p->destinations[l->destination];
		const struct paper *paper = &p->world.papers[l->paper];
		const char *where = d->desk
			? vs_arena_printf(
				  p->world.arena, "k%s", p->world.areas[d->area].code)
			: vs_arena_printf(p->world.arena, "l%" PRId64, d->location);
		json_array_append_new(facts,
			json_pack("[s, I, I, I, b]", where, (json_int_t)paper->list,
				(json_int_t)(paper->list ? 0 : paper->item),
				(json_int_t)l->pieces, l->fixed >= 0));
	}
	json_array_append_new(facts, json_integer((json_int_t)p->world.round.id));
	uint64_t name = register_fingerprint(facts);
	json_decref(facts);
	return vs_arena_printf(p->world.arena, "%016" PRIx64, name);
}

bool
allocate_plan(struct vs_db *db, struct vs_arena *arena, const char *round,
	struct plan *ret_plan, struct vs_error *err)
{
	struct plan p = { 0 };
	if (!allocate_read(db, arena, round, &p.world, err) ||
		!allocate_read_stock(&p.world, &p.stock, err) ||
		!find_destinations(&p, err))
		return false;
	find_lines(&p);
	if (!find_strays(&p, err) || !share_all(&p, err))
		return false;
	p.code = plan_code(&p);
	allocate_explain(&p);
	*ret_plan = p;
	return true;
}
