/* Every number explains itself: the arithmetic of a line in one sentence. */
#include "ballots/allocate.h"

#include <math.h>
#include <string.h>

#include <valstuga/allot.h>
#include <valstuga/text.h>

#include "base/i18n.h"

const char *
allocate_number_text(struct vs_arena *arena, double value, int most)
{
	int decimals = 0;
	for (double scale = 1; decimals < most; decimals++, scale *= 10)
		if (fabs(round(value * scale) / scale - value) < 1e-9)
			break;
	return vs_text_decimal(arena, value, decimals);
}

static const char *
percent_text(struct vs_arena *arena, double share, int decimals)
{
	return vs_arena_printf(
		arena, "%s\u00a0%%", allocate_number_text(arena, 100 * share, decimals));
}

/* A chance, downwards: 99,97 % is not 100 %. Arena. */
static const char *
chance_text(struct vs_arena *arena, double chance)
{
	return percent_text(arena, floor(chance * 1000 + 1e-9) / 1000, 1);
}

static const char *
mean_text(struct vs_arena *arena, double mean)
{
	return vs_text_decimal(arena, mean, mean < 10 && mean != round(mean));
}

/* "1 468 eligible × 84,1 % turnout × 11,2 % for the party", of last time. */
static const char *
voters_text(struct vs_arena *arena, const struct base *base)
{
	double turnout = base->eligible > 0 ? base->votes / base->eligible : 0;
	double share = base->votes > 0 ? base->party / base->votes : 0;
	return vs_arena_printf(arena, _("%s eligible × %s turnout × %s for the party%s"),
		vs_text_number(arena, llround(base->eligible)),
		vs_arena_printf(
			arena, "%s\u00a0%%", vs_text_decimal(arena, 100 * turnout, 1)),
		vs_arena_printf(
			arena, "%s\u00a0%%", vs_text_decimal(arena, 100 * share, 1)),
		base->guessed ? _(" (partly by neighbouring districts)") : "");
}

/* "last time 340 of 500 on 212 votes", of a place; of a kommun at how many of its places. */
static const char *
learned_text(struct vs_arena *arena, const struct demand *d)
{
	const struct learned *l = d->learned;
	if (d->places > 1)
		return vs_arena_printf(arena,
			P_("as used last time at %d place of %d",
				"as used last time at %d places of %d",
				d->learned_places),
			d->learned_places, d->places);
	const char *votes = l->votes > 0
		? vs_arena_printf(arena, P_(" on %s vote", " on %s votes", l->votes),
			  vs_text_number(arena, l->votes))
		: "";
	const char *more = l->ran_out ? vs_arena_printf(arena, _(", which ran out: × %s"),
						allocate_number_text(arena, RAN_OUT, 2))
				      : "";
	return vs_arena_printf(arena, _("last time %s of %s%s%s"),
		vs_text_number(arena, l->used), vs_text_number(arena, l->delivered),
		votes, more);
}

/* " × 1,5 per vote": the round's, or what was learned; `part` came out of `votes`. */
static const char *
rate_text(struct vs_arena *arena, const struct world *w, const struct demand *d,
	double votes, double part)
{
	double rate = w->round.taken;
	if (!d->learned)
		return vs_arena_printf(
			arena, _(" × %s per vote"), allocate_number_text(arena, rate, 3));
	if (votes > 0)
		rate = part / (votes * w->round.growth);
	return vs_arena_printf(arena, _(" × %s per vote (%s)"),
		vs_text_decimal(arena, rate, 2), learned_text(arena, d));
}

/* What follows the voters in both parts: growth, pieces per vote, lists. */
static const char *
factors_text(struct vs_arena *arena, const struct world *w, const struct base *base,
	const char *rate)
{
	const char *growth = w->round.growth == 1
		? ""
		: vs_arena_printf(arena, _(" × %s growth"),
			  allocate_number_text(arena, w->round.growth, 3));
	double lists = base->shared > 0 ? base->party / base->shared : 1;
	const char *shared = lists < 1.005
		? ""
		: vs_arena_printf(
			  arena, _(" ÷ %s lists"), allocate_number_text(arena, lists, 1));
	return vs_arena_printf(arena, "%s%s%s", growth, rate, shared);
}

static const char *
polling_text(struct vs_arena *arena, const struct world *w, const struct demand *d)
{
	double share = 1 - w->round.advance_share;
	const char *rate = rate_text(arena, w, d, d->here.shared * share, d->polling);
	return vs_arena_printf(arena, _("%s × %s on election day%s = %s expected"),
		voters_text(arena, &d->here), percent_text(arena, share, 1),
		factors_text(arena, w, &d->here, rate), mean_text(arena, d->polling));
}

static const char *
basis_text(enum basis basis)
{
	switch (basis) {
	case BASIS_RECEIVED:
		return _("votes received last time");
	case BASIS_HOURS:
		return _("open hours");
	case BASIS_NOTHING:
		return _("hours not known");
	}
	return "";
}

static const char *
advance_text(struct vs_arena *arena, const struct world *w, const struct demand *d)
{
	double share = w->round.advance_share;
	const char *rate =
		rate_text(arena, w, d, d->whole.shared * share * d->part, d->advance);
	return vs_arena_printf(arena,
		_("%s × %s in advance × %s of the kommun's (%s)%s = %s expected"),
		voters_text(arena, &d->whole), percent_text(arena, share, 1),
		vs_arena_printf(
			arena, "%s\u00a0%%", vs_text_decimal(arena, 100 * d->part, 1)),
		basis_text(d->basis), factors_text(arena, w, &d->whole, rate),
		mean_text(arena, d->advance));
}

const char *
allocate_demand_text(
	const struct world *w, const struct paper *paper, const struct demand *d)
{
	struct vs_arena *arena = w->arena;
	if (paper->kind < 0)
		return _("no demand is computed");
	if (d->whole.eligible <= 0)
		return _("no count of voters is imported, so no demand is computed");
	if (d->whole.party <= 0 && d->whole.guessed)
		return _(
			"the party's votes last time are not known, so no demand is computed");
	const char *text = "";
	if (d->here.eligible > 0)
		text = polling_text(arena, w, d);
	if (d->part > 0)
		text = vs_arena_printf(arena, "%s%s%s", text, *text ? "; " : "",
			advance_text(arena, w, d));
	if (d->places > 1)
		text = vs_arena_printf(arena,
			P_("%d place: %s", "%d places: %s", d->places), d->places, text);
	return *text ? text : _("nobody is expected");
}

/* " → 300 (bundles of 100)" */
static const char *
pieces_text(struct vs_arena *arena, const struct line *l, const struct paper *paper)
{
	const char *pieces = vs_text_number(arena, l->pieces);
	if (paper->bundle == 1 || l->pieces == 0 || l->pieces % paper->bundle)
		return vs_arena_printf(arena, "→ %s", pieces);
	return vs_arena_printf(arena, _("→ %s (bundles of %s)"), pieces,
		vs_text_number(arena, paper->bundle));
}

/* What decided the number. */
static const char *
limit_text(struct vs_arena *arena, const struct plan *p, const struct line *l)
{
	const char *enough = vs_arena_printf(arena, _("%s suffices with %s"),
		chance_text(arena, p->world.round.service),
		vs_text_number(arena, l->enough));
	switch ((enum vs_allot_reason)l->limit) {
	case VS_ALLOT_TARGET:
	case VS_ALLOT_ENOUGH:
		return l->least > l->enough
			? vs_arena_printf(arena, _("%s; at least %s"), enough,
				  vs_text_number(arena, l->least))
			: enough;
	case VS_ALLOT_LEAST:
		return vs_arena_printf(arena, _("%s; at least %s"), enough,
			vs_text_number(arena, l->least));
	case VS_ALLOT_CAP:
		return vs_arena_printf(arena,
			_("%s; the kommun takes at most %s: %s chance of lasting"),
			enough, vs_text_number(arena, l->cap),
			chance_text(arena, 1 - l->risk));
	case VS_ALLOT_SHORT:
		return vs_arena_printf(arena,
			_("%s; there are too few for all: %s chance of lasting"), enough,
			chance_text(arena, 1 - l->risk));
	case VS_ALLOT_FIXED:
	case VS_ALLOT_REASON_COUNT:
		break;
	}
	return enough;
}

static const char *
reason_text(struct vs_arena *arena, const struct plan *p, const struct line *l)
{
	const struct paper *paper = &p->world.papers[l->paper];
	const char *have = l->have ? vs_arena_printf(arena, _("; %s are there"),
					     vs_text_number(arena, l->have))
				   : "";
	const char *pieces = pieces_text(arena, l, paper);
	if (l->fixed >= 0)
		return vs_arena_printf(
			arena, _("by hand: %s %s"), l->fixed_reason, pieces);
	if (l->stray || l->limit == VS_ALLOT_FIXED)
		return vs_arena_printf(
			arena, _("packed or handed over already %s"), pieces);
	return vs_arena_printf(arena, "%s%s; %s %s",
		allocate_demand_text(&p->world, paper, &l->demand), have,
		limit_text(arena, p, l), pieces);
}

static void
add_conflict(struct vs_arena *arena, struct line *l, const char *text)
{
	l->conflict =
		l->conflict ? vs_arena_printf(arena, "%s; %s", l->conflict, text) : text;
}

static void
find_conflicts(struct vs_arena *arena, const struct plan *p, struct line *l)
{
	const struct answer *answer = &p->answers[l->paper];
	if (l->over_cap)
		add_conflict(arena, l,
			vs_arena_printf(arena, _("the kommun takes at most %s per list"),
				vs_text_number(arena, l->cap)));
	if (l->fixed >= 0 && l->fixed < l->committed)
		add_conflict(arena, l,
			vs_arena_printf(arena, _("%s are packed or handed over already"),
				vs_text_number(arena, l->committed)));
	if (l->fixed >= 0 && answer->overdrawn)
		add_conflict(arena, l, _("more is given by hand than there is"));
	if (l->stray)
		add_conflict(arena, l, _("the round gives nothing to this place"));
	if (answer->supply.expected && l->pieces)
		add_conflict(arena, l, _("not received yet; planned by the order"));
}

void
allocate_explain(struct plan *p)
{
	for (size_t i = 0; i < p->line_count; i++) {
		struct line *l = &p->lines[i];
		l->reason = reason_text(p->world.arena, p, l);
		find_conflicts(p->world.arena, p, l);
	}
}
