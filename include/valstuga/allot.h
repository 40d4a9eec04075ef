/*
 * Allotment: how many pieces of one item (the ballots of one list) go to each destination in
 * one round. Pure: arrays in, an answer out; no file, no clock, no chance. The same problem
 * has the same answer every time (on another machine too, unless two destinations are equally
 * needy but for the last digit of its logarithm).
 *
 * A destination is a polling place, an advance voting place, or a kommun's reception desk
 * that stands for several.
 *
 * Demand is a distribution, not a number: pieces taken are counts, and the rate at which
 * they are taken is itself uncertain. Turnout and our share of it change; people take several
 * papers to hide their choice; papers vanish. Flen 2018: 3 000 ballots went from one library
 * in the weeks when the whole kommun cast 851 votes for that list. A Poisson distribution,
 * whose rate is known, calls such a thing impossible. So the rate is gamma distributed with
 * mean `mean` and coefficient of variation `spread`, which makes the count negative binomial:
 *
 *	variance = mean + (spread × mean)²
 *
 * `spread` 0 is Poisson; 0.3: the rate is mostly within a third of what was thought; 1: it
 * may be anything. A normal distribution would be wrong where most places are, at small
 * counts: it takes a negative number of papers and has no tail.
 *
 * With plenty each destination gets what is lacking to its aim, in whole bundles. The aim is
 * the larger of the minimum stack (`least`: what a rack should hold even if nobody comes) and
 * the fewest pieces that are enough with the chance `service`. `cap` is what the kommun takes
 * in this round at most; if it falls inside a bundle, that bundle is broken and exactly `cap`
 * goes.
 *
 * When the pieces do not suffice, they are shared so that the worst off is as well off as
 * can be, then the second worst, and so on: the next bundle goes to
 *
 *	1. the destination whose stack is the smallest part of its minimum stack, while any is
 *	   below it;
 *	2. the destination whose stack has the smallest chance of being enough;
 *	3. the first of those that are equal;
 *
 * never beyond what it would get with plenty. As soon as that bundle is larger than what
 * remains, the sharing ends. So a bundle is never broken because pieces are few: less than a
 * bundle stays at the depot, even if a broken bundle of somebody less needy could be filled
 * from it. This is what makes the answer steady: with more pieces nobody gets less, and who
 * has more already never gets more.
 *
 * `fixed` is a person's decision: given exactly, before everything else, over the cap if
 * need be (`over_cap` says so).
 */
#ifndef VALSTUGA_ALLOT_H
#define VALSTUGA_ALLOT_H

#include <valstuga/base.h>

/* As a cap: the kommun has none. */
#define VS_ALLOT_NO_CAP INT64_MAX
/* As `fixed`: nobody has decided by hand. */
#define VS_ALLOT_NOT_FIXED (-1)

#define VS_ALLOT_DESTINATIONS_MAX 100000
#define VS_ALLOT_PIECES_MAX	  1000000000 /* each count, the cap excepted */
#define VS_ALLOT_MEAN_MAX	  1e7
#define VS_ALLOT_SPREAD_MAX	  5.0
#define VS_ALLOT_SERVICE_MIN	  0.5
#define VS_ALLOT_SERVICE_MAX	  0.9999

struct vs_allot_destination {
	double mean;   /* pieces that will be taken from the stack, expected */
	double spread; /* coefficient of variation of the rate; 0 = Poisson */
	int64_t have;  /* pieces thought to be there already */
	int64_t least; /* minimum stack; 0 = none */
	int64_t cap;   /* pieces to deliver at most, or VS_ALLOT_NO_CAP */
	int64_t fixed; /* pieces to deliver, or VS_ALLOT_NOT_FIXED */
};

struct vs_allot_problem {
	int32_t count;
	const struct vs_allot_destination *destinations;
	int64_t bundle;	   /* pieces per bundle, >= 1 */
	int64_t available; /* pieces that may leave the depot, without the reserve */
	double service;	   /* wanted chance that a stack is enough */
};

/* What decided the number of pieces; the first that holds. */
enum vs_allot_reason {
	VS_ALLOT_FIXED,	 /* by hand */
	VS_ALLOT_SHORT,	 /* less than with plenty: the pieces did not suffice */
	VS_ALLOT_ENOUGH, /* it has its aim already and gets nothing */
	VS_ALLOT_CAP,	 /* the kommun takes no more; the aim is not reached */
	VS_ALLOT_LEAST,	 /* the minimum stack */
	VS_ALLOT_TARGET, /* the wanted chance */
	VS_ALLOT_REASON_COUNT
};

struct vs_allot_share {
	int64_t pieces;	    /* to deliver */
	int64_t target;	    /* what plenty would give; also told where `fixed` decides */
	int64_t enough;	    /* the stack that is enough with the chance `service` */
	double risk_before; /* P(demand > have) */
	double risk;	    /* P(demand > have + pieces) */
	enum vs_allot_reason reason;
	bool over_cap; /* `fixed` is more than the kommun takes */
};

struct vs_allot_result {
	const struct vs_allot_share *shares; /* of every destination, in order */
	int64_t given;
	int64_t left;  /* of `available` */
	bool is_short; /* some share is VS_ALLOT_SHORT */
	double level; /* the chance that all short ones reach; `service`: none is short */
	double worst_risk; /* of all destinations; 0 when there are none */
	int32_t worst;	   /* who has it, the first; -1 when there are none */
};

/*
 * Shares out one item in one round. VS_INVALID when a value is outside its limits or no
 * number, naming destination (from 0) and field. VS_REFUSED when the pieces that are fixed
 * by hand are more than there are, naming the first destination that cannot be served.
 * `ret_result->shares`: arena.
 *
 * As fast for a million bundles as for a hundred: some 100 ms for 7 000 destinations.
 */
VS_API VS_CHECKED bool vs_allot(const struct vs_allot_problem *problem,
	struct vs_arena *arena, struct vs_allot_result *ret_result, struct vs_error *err);

/* The reason in the user's language: "at most this is taken there". Static. */
VS_API const char *vs_allot_reason_text(enum vs_allot_reason reason);

/*
 * P(demand > pieces), to eleven digits in both tails. A mean or spread outside the limits
 * counts as the limit; NaN gives NaN.
 */
VS_API double vs_demand_risk(double mean, double spread, int64_t pieces);

/*
 * The fewest pieces that are enough with the chance `service`: the smallest n with
 * vs_demand_risk(mean, spread, n) <= 1 - service. `service` from 0 to 1 - 1e-12; outside it
 * counts as the limit. NaN gives -1.
 */
VS_API int64_t vs_demand_pieces(double mean, double spread, double service);

#endif
