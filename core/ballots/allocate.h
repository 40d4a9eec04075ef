/*
 * The files of the allocation among themselves: the world as one round sees it, read with a
 * few queries into arrays, so that the whole country is planned in seconds.
 *
 * The model of demand. A vote for the party costs `taken` pieces of paper (people take
 * several, and throw some away). Of a place's voters, as they voted last time,
 *
 *	on election day  Σ districts: eligible × turnout × party share × growth
 *			 × (1 − advance_share) × taken ÷ lists
 *	in advance	 the same sum over the kommun's districts × advance_share
 *			 × the place's part of the kommun's advance votes on the round's days
 *			 × taken ÷ lists
 *
 * - turnout = voted / eligible and share = party's votes / valid votes of the district's last
 *   count; where it has none, the kommun's, else the whole campaign's. Late advance votes
 *   (collection districts) belong to the kommun and to no place.
 * - lists = how many of the party's own lists of that kind the voters of a district find.
 * - The place's part follows the advance votes that were received there last time on the
 *   same days before the election; a place that is new, and days without figures, by open
 *   hours at the kommun's own pace; open hours alone where nothing is known. A place of
 *   restricted access counts 0.3 of its hours. Voters from other kommuner are left out:
 *   what comes and what goes is about the same.
 *
 * - taken = what was used for every vote at the place last time, where that is known (see
 *   allocate_usage.c).
 *
 * The number that comes out is a mean; around it demand is negative binomial (see allot.h)
 * with the round's `spread`. A reception stands for all places of its kommun: means are
 * summed. Half of the squared spread is taken as common to them (the party does better or
 * worse everywhere), half as their own, which evens out:
 *
 *	spread² of the sum = spread² × (COMMON + (1 − COMMON) × Σ mean² / (Σ mean)²)
 *
 * What a destination has = the ledger's pieces there (without those of this round) + what
 * earlier rounds and refills still send there − what is expected to have been taken between
 * the last count (else the first delivery) and the round's first day. What was given for
 * another phase counts only where somebody has counted since: racks are cleared in between.
 */
#ifndef BALLOTS_ALLOCATE_H
#define BALLOTS_ALLOCATE_H

#include "ballots/delivery.h"

#define KINDS_MAX  4
#define COMMON	   0.5
#define RESTRICTED 0.3 /* of the hours of a place of restricted access */

/* Where: kommuner, their districts and places ----------------------------------------------*/

struct area { /* a kommun of the district */
	const char *code, *name, *region, *riksdag;
	struct handover rule; /* of the round's phase */
	int depot;	      /* index: supplies it */
	size_t first_ward, ward_count;
	size_t first_venue, venue_count;
	double weight; /* of all its advance voting */
};

struct ward { /* a district's voters, by kind */
	size_t area;
	const char *code;
	int64_t place; /* id, or 0 */
	int venue;     /* index, or -1 */
	const char *kf;
	bool collection;
	double eligible[KINDS_MAX], votes[KINDS_MAX], party[KINDS_MAX];
	double valid[KINDS_MAX];
	int lists[KINDS_MAX];	 /* of ours that its voters find */
	bool guessed[KINDS_MAX]; /* not by its own count */
};

struct pass { /* a place open for advance voting; minutes since 1970, Swedish clock */
	int64_t starts, ends;
	double weight;
};

enum basis { BASIS_HOURS, BASIS_RECEIVED, BASIS_NOTHING };

struct venue { /* a place */
	int64_t id, location;
	size_t area;
	const char *name, *code; /* advance code or NULL */
	bool restricted, polling;
	size_t *wards; /* indices */
	size_t ward_count;
	struct pass *passes;
	size_t pass_count;
	enum basis basis;
	bool open;	     /* for advance voting on one of the round's days */
	double weight_round; /* of those days */
};

struct place_index { /* by id */
	int64_t id;
	int venue;
};

struct depot {
	int64_t location;
	bool common; /* the district's: supplies whoever has no other */
	const char *name;
};

/* What: items ------------------------------------------------------------------------------*/

struct stand {
	const char *area, *code;
};

struct paper {
	int64_t item, list; /* 0: none (yet) */
	int kind;	    /* index of world.kinds; -1: no ballots */
	const char *name, *kind_code;
	int64_t bundle, unit_mg;
	int64_t ordered; /* of its live order */
	bool came;	 /* something of it has left the printer */
	struct stand *stands;
	size_t stand_count;
};

/* The voters behind a number, summed over districts. */
struct base {
	double eligible, votes, party;
	double shared; /* votes for the party ÷ lists */
	bool guessed;
};

struct world {
	struct vs_db *db;
	struct vs_arena *arena;
	struct round round;
	struct vs_campaign campaign;
	int64_t from, until, now, zero; /* minutes; until is the end of the last day */
	const char *kinds[KINDS_MAX];
	size_t kind_count;
	struct area *areas;
	size_t area_count;
	struct ward *wards;
	size_t ward_count;
	struct venue *venues;
	size_t venue_count;
	struct place_index *places;
	struct depot *depots;
	size_t depot_count;
	struct paper *papers;
	size_t paper_count;
	struct learned *learned; /* by venue, kind; NULL: nothing is known */
	bool counted[KINDS_MAX]; /* the votes are this election's own */
	bool *used;		 /* by area, paper: its voters find it */
	struct base *bases;	 /* by area, paper: all voters of the kommun */
};

/* Everything but the stock. */
bool allocate_read(struct vs_db *db, struct vs_arena *arena, const char *round,
	struct world *ret_world, struct vs_error *err) VS_CHECKED;

/* The same with terms that need not be a round's; `counted`: with this election's own votes
 * where they are imported. What was used last time is left out. */
bool allocate_read_world(struct vs_db *db, struct vs_arena *arena,
	const struct round *round, bool counted, struct world *ret_world,
	struct vs_error *err) VS_CHECKED;
bool allocate_read_counted(struct world *world, struct vs_error *err) VS_CHECKED;

/*
 * allocate_usage.c: what was used last time at a place, from the table of that; goes before
 * `taken`. A rack that ran out would have given more: RAN_OUT times as much is reckoned with.
 * Votes that were not known then are taken as the model has them now.
 */
#define RAN_OUT 1.25
struct learned {
	const char *election_day;	/* NULL: nothing is known */
	int64_t delivered, used, votes; /* votes -1: not known */
	bool ran_out;
	double per_vote; /* with RAN_OUT in it */
};
bool allocate_read_usage(struct world *world, struct vs_error *err) VS_CHECKED;
/* Of a place and an item's kind; NULL: nothing. */
const struct learned *allocate_learned(
	const struct world *world, const struct paper *paper, size_t venue);
/* The votes that pieces of an item are for at a place: its districts' on election day, if
 * asked for, and those in advance between two moments. */
double allocate_votes(const struct world *world, const struct paper *paper, size_t venue,
	bool districts, int64_t from, int64_t until);

/* The index of a kind of election; -1 when the campaign does not take part in it. */
int allocate_kind(const struct world *world, const char *kind);
/* The index of a place by its id; -1 when it is not of the district. */
int allocate_find_venue(const struct world *world, int64_t place);

/* allocate_hours.c: passes and weights of the places; called by allocate_read(). */
bool allocate_read_hours(struct world *world, struct vs_error *err) VS_CHECKED;

/* allocate_paper.c: the round's items; called by allocate_read(). */
bool allocate_read_papers(struct world *world, struct vs_error *err) VS_CHECKED;

/* allocate_demand.c: lists per district, voters per kommun; called by allocate_read(). */
void allocate_count_voters(struct world *world);

/* Whether the voters of a kommun, of a district, find this item's list. */
bool allocate_used_in(const struct world *world, const struct paper *paper, size_t area);
bool allocate_used_by(
	const struct world *world, const struct paper *paper, const struct ward *ward);

/* Weight of a place's passes between two moments. */
double allocate_weight(const struct venue *venue, int64_t from, int64_t until);

/* True when the round hands out to a place. */
bool allocate_serves(const struct world *world, const struct venue *venue);

/* How many: demand -------------------------------------------------------------------------*/

struct demand {
	double mean;
	double spread;		 /* of its sum */
	double polling, advance; /* parts of the mean */
	struct base here;	 /* voters of its districts */
	struct base whole;	 /* of the kommun, for the advance part */
	double part;		 /* of the kommun's advance votes */
	enum basis basis;
	int places;		       /* that it stands for */
	const struct learned *learned; /* of one of them */
	int learned_places;
};

/* Of one place, or of every place of the kommun that the round serves (venue -1). */
struct demand allocate_demand(
	const struct world *world, const struct paper *paper, size_t area, int venue);

/* Expected to be taken at a place between two moments. */
double allocate_taken(const struct world *world, const struct paper *paper, int venue,
	int64_t from, int64_t until);

/* allocate_text.c: "1 468 eligible × 84,1 % ... = 114 expected". Arena. */
const char *allocate_demand_text(const struct world *world, const struct paper *paper,
	const struct demand *demand);

/* What there is: stock ---------------------------------------------------------------------*/

/* Pieces of an item at a location, with the time since when the ledger is trusted. */
struct there {
	int64_t item, location, pieces, since;
	bool counted; /* since a count */
};

/* What a round, or none, gives a location of an item. */
struct given {
	int64_t item, location, round;
	bool mine,
		earlier;   /* earlier: by its first day, and everything without a round */
	bool over;	   /* its days have passed: what was not sent is no promise */
	const char *phase; /* NULL: no round */
	int64_t starts;	   /* minutes of the round's first day */
	int64_t pieces;	   /* of the allocation; -1: there is none */
	bool fixed;
	const char *reason;
	int64_t waiting; /* planned and packed, from a depot */
	int64_t coming;	 /* planned, packed, underway, from anywhere */
	int64_t packed, underway, delivered;
	bool used;
};

struct stock {
	struct there *there; /* by item, location */
	size_t there_count;
	struct given *given; /* by item, location */
	size_t given_count;
};

bool allocate_read_stock(
	struct world *world, struct stock *ret_stock, struct vs_error *err) VS_CHECKED;

/* Rows of an item at a location: the first, *ret_count of them. */
struct given *allocate_given(
	const struct stock *stock, int64_t item, int64_t location, size_t *ret_count);

/* What a location has of an item when the round begins. `venue` -1: a reception. */
int64_t allocate_have(const struct world *world, const struct stock *stock,
	const struct paper *paper, int64_t location, size_t area, int venue);

/* What of an item may be given in the round: at the depots, not promised elsewhere. */
struct supply {
	int64_t free;	  /* at the depots, besides what others are promised */
	int64_t departed; /* of this round, already on its way or there */
	int64_t reserve;
	int64_t available; /* free + departed - reserve */
	bool expected;	   /* nothing has come: counted by the order */
};
bool allocate_supply(const struct world *world, const struct stock *stock,
	const struct paper *paper, struct supply *ret_supply,
	struct vs_error *err) VS_CHECKED;

/* The plan ---------------------------------------------------------------------------------*/

struct destination {
	size_t area;
	int venue;	  /* -1: the kommun's reception, or something else */
	bool desk;	  /* a reception */
	int64_t location; /* 0: a reception that is not made yet */
	const char *name;
	int places; /* that it stands for */
};

struct line {
	size_t destination, paper;
	struct demand demand;
	int64_t have, least, cap; /* cap 0: none */
	int64_t committed;	  /* packed, underway or delivered already */
	int64_t fixed;		  /* -1: not by hand */
	const char *fixed_reason;
	int64_t pieces, enough;
	double risk;
	int limit;	      /* enum vs_allot_reason */
	bool over_cap, stray; /* stray: the round does not plan for this destination */
	const char *reason, *conflict;
};

struct answer { /* per item */
	struct supply supply;
	int64_t given, wanted;
	bool is_short, overdrawn;
	double level;
};

struct plan {
	struct world world;
	struct stock stock;
	struct destination *destinations;
	size_t destination_count;
	struct line *lines; /* by destination, then item */
	size_t line_count;
	struct answer *answers; /* of every paper */
	const char *code;
};

bool allocate_plan(struct vs_db *db, struct vs_arena *arena, const char *round,
	struct plan *ret_plan, struct vs_error *err) VS_CHECKED;

/* As many decimals as it has, at most `most`. Arena. */
const char *allocate_number_text(struct vs_arena *arena, double value, int most);

/* allocate_text.c: fills reason and conflict of every line. */
void allocate_explain(struct plan *plan);

/* allocate_view.c: the view of vs_allocate(). New reference. */
json_t *allocate_view(const struct plan *plan);

#endif
