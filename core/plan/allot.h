/* Inside the allotment: demand as a distribution, and the queue for the next bundle. */
#ifndef PLAN_ALLOT_H
#define PLAN_ALLOT_H

#include <valstuga/allot.h>

/* Prepared once, asked often. `mean` 0: nobody takes anything. */
struct demand {
	double mean;
	double shape;	    /* of the gamma distributed rate: 1 / spread² */
	double shape_error; /* Stirling's error of `shape` */
};

struct demand demand_of(double mean, double spread);

/* P(demand > pieces), pieces >= 0. */
double demand_risk(const struct demand *demand, int64_t pieces);

/*
 * log P(demand <= pieces): tells also those apart whose risk is 1 in a double, as it is
 * wherever nearly everything is lacking.
 */
double demand_log_chance(const struct demand *demand, int64_t pieces);

/* The fewest pieces with P(demand > pieces) <= risk, 0 < risk <= 1. */
int64_t demand_pieces(const struct demand *demand, double risk);

/* A destination that takes bundle after bundle: its place in the queue for the next. */
struct allot_line {
	struct demand demand;
	int64_t have;
	int64_t least;
	int64_t target; /* pieces; its last bundle may be a broken one */
	int64_t low;	/* bundles that are surely given */
	int64_t high;	/* bundles that may be */
};

struct allot_queue {
	int32_t count;
	struct allot_line *lines;
	int64_t bundle;
	int64_t available;
};

/* Gives out bundles, the neediest first; `low` of every line is what it got. */
void allot_share(struct allot_queue *queue);

/* Pieces in so many bundles of a line. */
int64_t allot_pieces(
	const struct allot_queue *queue, const struct allot_line *line, int64_t bundles);

#endif
