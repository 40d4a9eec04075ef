/*
 * Allocation and delivery: how many pieces go where in which round, who drives them there in
 * which order, what came of it, and what ran out.
 *
 * A round is one time of handing out (advance start, a refill, institutions, election day):
 * the days that the pieces must last, and the terms of the arithmetic. An allocation is its
 * pieces per destination and item. A destination is a place where the kommun's hand-over rule
 * for that phase says "at each place" (or says nothing), otherwise the kommun's reception.
 *
 * A delivery takes pieces from one location to another on one day: planned -> packed ->
 * underway -> delivered, or failed, or cancelled. It moves stock when it departs (depot to
 * carrier) and when it is received (carrier to destination, as many as were counted).
 *
 * Whatever plans here returns a view with its reasons and conflicts and, unless `dry_run`,
 * writes it. With `plan` (a code from an earlier look) it fails with VS_CONFLICT when the
 * same proposal would now look different. Views: caller owns.
 */
#ifndef VALSTUGA_DELIVERY_H
#define VALSTUGA_DELIVERY_H

#include <valstuga/stock.h>

VS_API extern const struct vs_record_type vs_round_type;
VS_API extern const struct vs_record_type vs_allocation_type; /* guarded: see below */
VS_API extern const struct vs_record_type vs_carrier_type;
VS_API extern const struct vs_record_type vs_availability_type;
VS_API extern const struct vs_record_type vs_delivery_type; /* guarded */
VS_API extern const struct vs_record_type vs_shortage_type; /* guarded */
VS_API extern const struct vs_record_type vs_incident_type;
VS_API extern const struct vs_record_type vs_duty_type;
VS_API extern const struct vs_record_type vs_road_speed_type;

/* A new carrier. `values`: as the record's fields; `person` may be the name of somebody who is
 * not in the register yet. */
VS_API VS_CHECKED bool vs_carrier_add(struct vs_db *db, const json_t *values,
	struct vs_arena *arena, const char **ret_key, struct vs_error *err);

/* Allocation -----------------------------------------------------------------------------*/

struct vs_plan_options {
	bool dry_run;
	const char *plan; /* NULL: whatever it is now */
};

/*
 * Proposes a round's pieces for every destination and list.
 *	{ "plan", "round", "name", "phase", "from", "until", "terms": sentence,
 *	  "lines": [ { "location", "location_name", "kommun", "kommun_name", "depot",
 *	    "depot_name", "item", "item_name", "kind", "pieces", "fixed", "have", "mean",
 *	    "risk" (of running out, 0..1), "limit" ("target", "least", "cap", "short", "fixed",
 *	    "enough"), "cap", "rule" (id or null), "reason", "conflict": text or null } ],
 *	  "items": [ { "item", "item_name", "available", "reserve", "given", "left", "wanted",
 *	    "short": bool, "level" (chance of lasting that all get), "told": text or null } ],
 *	  "rules": [ { "kommun", "kommun_name", "text" } ]  what breaks or lacks a rule,
 *	  "total": { "destinations", "lines", "pieces", "weight_g", "short_items",
 *	    "conflicts" } }
 */
VS_API VS_CHECKED json_t *vs_allocate(struct vs_db *db, const char *round,
	const struct vs_plan_options *options, struct vs_error *err);

/* Sets one number by hand, which stays through re-planning; pieces -1: no longer by hand. */
VS_API VS_CHECKED bool vs_allocation_set(struct vs_db *db, const char *round,
	const char *location, const char *item, int64_t pieces, const char *reason,
	struct vs_error *err);

/*
 * Evens out: what each association has, needs and can lend.
 *	{ "rows": [ { "association", "name", "members", "kommuner", "places", "eligible",
 *	    "need" (pieces of all rounds still to deliver), "have" (at its depot), "lend",
 *	    "lack", "carriers", "carrier_need" (scaled to its places), "carriers_lend",
 *	    "carriers_lack", "per_place", "told": sentence } ],
 *	  "items": [ { "item_name", "from_name", "to_name", "pieces" } ] }  proposed loans
 */
VS_API VS_CHECKED json_t *vs_equalise_view(struct vs_db *db, struct vs_error *err);

/* Planning deliveries --------------------------------------------------------------------*/

struct vs_deliver_options {
	struct vs_plan_options plan;
	const char *day; /* only this day; NULL: every day of the round */
	const char
		*without; /* carriers that are not to be used, comma separated; or NULL */
	const char
		*override; /* why a hand-over rule may be broken; or NULL: it may not */
	double seconds; /* for the solver, per depot and day; 0: by iterations, repeatable */
	uint64_t seed;
	void (*progress)(size_t done, size_t total); /* days; or NULL */
};

/*
 * Plans the legs and routes of a round's allocation that is not yet on its way: from the
 * district's depot to the associations' depots, and from each depot to its destinations. A
 * place gets its pieces on its first open day in the round, inside opening hours and the
 * rule's earliest and latest; a reception on the last weekday before its deadline. On
 * election day as many places as possible are served before 07.30 (or within half an hour
 * from when their rule lets somebody in, or by the rule's latest), the others as early as the
 * cars can. What has been packed or has left stays as it is. Minimises, in this order:
 * destinations not served in time, carriers, time on the road.
 *	{ "plan", "round", "name", "seed", "days": [ { "date", "routes": [ { "carrier",
 *	    "carrier_name", "from_name", "leaves", "ends" (minutes), "km", "driving_min", "kg",
 *	    "boxes", "stops": [ { "position", "delivery" (null: it has no number yet), "location",
 *	      "location_name", "kommun_name", "arrives", "opens", "closes", "service", "pieces",
 *	      "boxes", "kg", "rule", "late": bool, "note" } ] } ] } ],
 *	  "unserved": [ { "delivery" (when a day is planned again), "location",
 *	    "location_name", "kommun_name", "date", "pieces", "reason": text } ],
 *	  "rules": [ { "location_name" (or the kommun's), "text", "breaks": bool } ]  what breaks a
 *	    rule, and what is missing or unverified, which does not stop a plan,
 *	  "notes": [ texts ]  positions not known, pieces not there yet, nobody drives early,
 *	  "total": { "deliveries", "routes", "carriers", "pieces", "km", "driving_min",
 *	    "late", "unserved", "changed" (stops that another carrier takes over) } }
 * What goes by post is a route without carrier. The solver runs without holding the file; if
 * what the plan is made from changes meanwhile, it is not written (VS_CONFLICT). A plan that
 * breaks a rule is not written without `override` (VS_REFUSED).
 */
VS_API VS_CHECKED json_t *vs_deliver_plan(struct vs_db *db, const char *round,
	const struct vs_deliver_options *options, struct vs_error *err);

/*
 * Plans a day's routes again after a carrier dropped out (`without`) or a delivery was added:
 * as few stops as possible change hands, what has left stays.
 */
VS_API VS_CHECKED json_t *vs_deliver_replan(struct vs_db *db, const char *day,
	const struct vs_deliver_options *options, struct vs_error *err);

/*
 * One delivery by hand, which stays when its round is planned again. `values`: date, from, to,
 * carrier, lines "ITEM=PIECES;...", round, override, note. From and to are depots, cars,
 * places and receptions; the date is within a year of election day. VS_REFUSED, unless
 * `override` says why: a rule is broken, the day has passed, the destination is not open then.
 */
VS_API VS_CHECKED bool vs_delivery_add(struct vs_db *db, const json_t *values,
	struct vs_arena *arena, const char **ret_key, struct vs_error *err);

/* Roads ----------------------------------------------------------------------------------*/

/*
 * Ways between two points ("59.37930,13.50370", WGS 84 with five decimals, as
 * vs_road_point() writes them) that somebody measured: a file, a road server. Planning uses
 * them where they are known, else the great circle and the table of `speed`.
 */
struct vs_road {
	const char *from, *to;
	int64_t seconds, metres;
};
VS_API char *vs_road_point(struct vs_arena *arena, double latitude, double longitude);

/* Remembers roads in one command; a known one takes the new figures. */
VS_API VS_CHECKED bool vs_roads_keep(struct vs_db *db, const struct vs_road *roads,
	size_t count, const char *source, size_t *ret_changed, struct vs_error *err);
VS_API VS_CHECKED bool vs_roads_known(struct vs_db *db, const char *from, const char *to,
	bool *ret_known, struct vs_error *err);
VS_API VS_CHECKED bool vs_roads_forget(
	struct vs_db *db, int64_t *ret_count, struct vs_error *err);

/* How many roads are known from which source: { "rows": [ { "source", "roads", "mean_kmh" } ] } */
VS_API VS_CHECKED json_t *vs_roads_view(struct vs_db *db, struct vs_error *err);

/* The points that deliveries drive between, by depot: an array of { "location", "name",
 * "latitude", "longitude", "depot" }. */
VS_API VS_CHECKED json_t *vs_road_points_view(struct vs_db *db, struct vs_error *err);

/* A delivery's life ----------------------------------------------------------------------*/

/*
 * `delivery` arguments take the number or the code on any sheet that was ever printed of it
 * ("VS-FS-17-R2-7K3M"), scanned or typed, in any case, with or without "VS-" and the four
 * letters that catch a wrong digit. A code that was never printed is refused.
 *
 * The deliveries that a number or code stands for: one, or all of a route's sheet (KL) or pick
 * list (PL): an array of numbers. Caller owns.
 */
VS_API VS_CHECKED json_t *vs_delivery_numbers(
	struct vs_db *db, const char *code, struct vs_error *err);

/* Whether a code is a route's (KL, PL) and so stands for all its stops, be they one. */
VS_API bool vs_delivery_is_route(const char *code);

/*
 * Packed: the depot must have the pieces besides what is packed already. `packages`: kolli,
 * 0 = computed from the boxes. Refused when it breaks the kommun's hand-over rule (latest and
 * earliest time, cap), unless `override` (NULL: the delivery's own) says why it goes all the
 * same; a refill is not held to the first hand-in's latest time.
 */
VS_API VS_CHECKED bool vs_delivery_pack(struct vs_db *db, const char *delivery,
	int packages, const char *override, struct vs_error *err);

/* Leaves: the pieces move from the depot to the carrier (without one they stay until the
 * receipt). Packs it first when that was not said. */
VS_API VS_CHECKED bool vs_delivery_depart(
	struct vs_db *db, const char *delivery, struct vs_error *err);

struct vs_receipt {
	const char *received_by; /* name or role */
	const char *at;		 /* when; NULL: now */
	const json_t *counted; /* { item: pieces } where it differs; NULL: all as sent */
	const char *note;
};

/*
 * Received: as many as were counted move to the destination; what is missing stays with the
 * carrier. The same receipt again, or the bare code, changes nothing and is no error
 * (*ret_again); another one for the same delivery is VS_CONFLICT. A delivery that nobody said
 * had left leaves now. Slips are refused: a time to come or weeks before the day, far more
 * than was sent.
 */
VS_API VS_CHECKED bool vs_delivery_receipt(struct vs_db *db, const char *delivery,
	const struct vs_receipt *receipt, bool *ret_again, struct vs_error *err);

/* Not handed over: `reason` is needed; the pieces go back to where they came from. */
VS_API VS_CHECKED bool vs_delivery_fail(
	struct vs_db *db, const char *delivery, const char *reason, struct vs_error *err);
/* What has not left is taken off the plan. */
VS_API VS_CHECKED bool vs_delivery_cancel(
	struct vs_db *db, const char *delivery, const char *reason, struct vs_error *err);

/*
 * A delivery's record and
 *	{ "lines": [ { "item", "item_name", "pieces", "counted": number or null } ],
 *	  "events": [ { "at", "actor", "status", "note" } ],
 *	  "sheets": [ { "code", "at" } ]  every paper that was printed of it,
 *	  "rule": text or null, "breaks": [texts]  what of the rule it breaks before it leaves,
 *	  "missing", "extra"  pieces, by the receipt, "left_with": whose car or depot has them }
 */
VS_API VS_CHECKED json_t *vs_delivery_view(
	struct vs_db *db, const char *delivery, struct vs_error *err);

/*
 * The coverage board: per kommun and day what is needed, planned, packed, delivered, refilled,
 * in pieces. A destination is what the rounds' allocations name, or anything was booked for;
 * before there is an allocation in a kommun, every place of it that opens. `needed` is the sum of the allocations but for refill
 * rounds; `delivered` counts what was counted, but for refills, which stand in `refilled`.
 *	{ "rows": [ { "kommun", "kommun_name", "destinations", "needed", "planned", "packed",
 *	    "underway", "delivered", "refilled", "gap" (destinations with nothing booked for
 *	    some round), "shortages" (unresolved),
 *	    "days": [ { "date", "planned", "packed", "underway", "delivered", "failed" } ],
 *	    "gaps": [names] } ], "total": {...} }   most gaps first
 */
VS_API VS_CHECKED json_t *vs_coverage_board_view(
	struct vs_db *db, const char *kommun, struct vs_error *err);

/* What runs out ---------------------------------------------------------------------------*/

struct vs_shortage_report {
	const char *place; /* location */
	const char *list;  /* item; NULL: every list there */
	const char *level; /* "low" or "empty" */
	const char *reported_by;
	const char *note;
	bool refill; /* plan a delivery even where the kommun refills by its rule */
	bool dry_run;
};

/*
 * A rack is low or empty: the rest at the place is counted as taken (empty: 0; low: a quarter
 * of what was delivered last), and a delivery is planned from the nearest location with stock
 * (its own depot first, then others', then a carrier's car) with the carrier who is nearest
 * and free, for today if it is open long enough, else for the next open day. Where the kommun
 * refills by its rule, it says whom to call instead. Unusual use raises a flag: more taken
 * than the round's demand makes likely (a chance below 1 in 1 000). The same rack reported
 * again is the same shortage, and no second refill is planned (`again`).
 *	{ "shortage", "place_name", "lines": [ { "item", "item_name", "taken", "used" (in the
 *	    round), "expected" (of that; both null without a round), "wanted", "pieces" (to refill) } ],
 *	  "from_name", "carrier_name", "phone", "km", "delivery", "date", "again",
 *	  "unusual": text or null, "rule": text or null, "told": text or null }
 */
VS_API VS_CHECKED json_t *vs_shortage_report(
	struct vs_db *db, const struct vs_shortage_report *report, struct vs_error *err);

/* Resolved without, or by, its delivery. */
VS_API VS_CHECKED bool vs_shortage_resolve(
	struct vs_db *db, const char *shortage, const char *note, struct vs_error *err);

/* Paper -----------------------------------------------------------------------------------*/

struct vs_delivery_sheet_options {
	const char *day;      /* NULL: every day */
	const char *round;    /* NULL: every round */
	const char *kommun;   /* NULL: all */
	const char *carrier;  /* NULL: all */
	const char *delivery; /* delivery-note, box-labels, pick-list: only this one */
	const char *place;    /* place-sheet: only this one; others: what goes there */
	const char *format;   /* box-labels: "3x8", "3x8-36", "2x8", "2x7"; NULL: "3x8" */
	int start;	      /* box-labels: first label's place on the sheet, from 1 */
	double adjust_x, adjust_y; /* box-labels: mm */
};

/*
 * Views for paper; their fields stand in docs/PAPER.md. Numbers and revisions are given and
 * remembered as for order sheets. Pick lists and route sheets show whole routes: the options
 * choose which. Fails with VS_NOT_FOUND when there is nothing to print.
 */
VS_API VS_CHECKED json_t *vs_pick_list_view(struct vs_db *db,
	const struct vs_delivery_sheet_options *options, struct vs_error *err);
VS_API VS_CHECKED json_t *vs_delivery_note_view(struct vs_db *db,
	const struct vs_delivery_sheet_options *options, struct vs_error *err);
VS_API VS_CHECKED json_t *vs_box_labels_view(struct vs_db *db,
	const struct vs_delivery_sheet_options *options, struct vs_error *err);
VS_API VS_CHECKED json_t *vs_place_sheet_view(struct vs_db *db,
	const struct vs_delivery_sheet_options *options, struct vs_error *err);
VS_API VS_CHECKED json_t *vs_route_sheet_view(struct vs_db *db,
	const struct vs_delivery_sheet_options *options, struct vs_error *err);
VS_API VS_CHECKED json_t *vs_coverage_sheet_view(struct vs_db *db,
	const struct vs_delivery_sheet_options *options, struct vs_error *err);
VS_API VS_CHECKED json_t *vs_jour_list_view(struct vs_db *db,
	const struct vs_delivery_sheet_options *options, struct vs_error *err);

/* Counts for `status` (deliveries by state today, shortages, kommuner without a rule, who is on
 * duty now; see campaign.h), added to `figures`; and what is wrong, late or missing, as for the other rooms. */
VS_API VS_CHECKED bool vs_delivery_figures(
	struct vs_db *db, json_t *figures, struct vs_error *err);
VS_API VS_CHECKED json_t *vs_delivery_problems(struct vs_db *db, struct vs_error *err);

#endif
