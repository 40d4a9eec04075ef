/*
 * Planning deliveries, as its own files see it. Facts are read once (deliver_facts.c,
 * deliver_target.c, deliver_rules.c); what is to be driven becomes stops (deliver_stops.c);
 * depot by depot and day by day these become routes (deliver_days.c, deliver_route.c); the
 * result is shown (deliver_view.c) and written (deliver_write.c). Dates are days since 1970,
 * clock times minutes after midnight. Everything lives in the facts' arena.
 */
#ifndef BALLOTS_DELIVER_H
#define BALLOTS_DELIVER_H

#include "ballots/delivery.h"

/* On election day as many places as possible are served by then; one whose rule lets nobody in
 * half an hour before, within half an hour. */
#define DELIVER_EARLY 450
#define DELIVER_SOON  30

/* Where nothing else is said, in minutes. */
#define DELIVER_SERVICE	     8
#define DELIVER_SERVICE_MORE 3 /* another stop in the same building */
#define DELIVER_BEFORE_POLLS 60

struct deliver_span {
	int opens, closes;
};

struct deliver_day {
	int32_t date;
	int count;
	struct deliver_span *spans;
};

struct deliver_days {
	struct deliver_day *days;
	size_t count;
};

/* A kommun's hand-over rule for one phase. */
struct deliver_rule {
	const char *kommun, *kommun_name, *phase;
	struct handover rule;
	int32_t from, until; /* INT32_MIN, INT32_MAX: not said */
	const char *text;    /* as sheets say it */
	bool told;	     /* what is wrong with it stands in the plan already */
	struct deliver_rule *next;
};

enum deliver_kind { DELIVER_PLACE, DELIVER_RECEPTION, DELIVER_DEPOT, DELIVER_OTHER };

/* Where pieces are to be handed over, and when that can be done. */
struct deliver_target {
	int64_t location;
	enum deliver_kind kind;
	const char *name, *kommun, *kommun_name; /* kommun: "" where there is none */
	struct road_point point;
	int service;		   /* minutes, -1: as usual */
	int opens, closes;	   /* a reception's or depot's, -1: as usual */
	bool polls;		   /* is open for the votes of election day */
	int64_t depot;		   /* that supplies it */
	struct deliver_rule *rule; /* NULL for depots */
	struct deliver_days days;  /* in which the rule is kept */
	struct deliver_days open;  /* whatever the rule says */
	const char *breaks; /* the first rule that the plan breaks there, or NULL */
};

struct deliver_item {
	int64_t id, unit_mg, bundle, box;
	bool ballot;
	const char *name;
};

struct deliver_busy { /* a carrier's hours on a day: available, or taken by another route */
	int32_t date;
	int from, until;
};

struct deliver_carrier {
	int64_t id, base;
	const char *name;
	int kg, boxes, starts, ends, longest;
	bool dropped; /* named in `without` */
	struct deliver_busy *days;
	size_t day_count; /* 0: every day */
	struct deliver_busy *busy;
	size_t busy_count;
};

struct deliver_depot {
	int64_t id;
	const char *name;
	struct road_point point;
	int opens, closes, service;
	bool staffed; /* has carriers of its own that may be used */
	/* What it lacks is on its way to it until then. */
	int32_t ready_date;
	int ready;
	int waiting; /* legs to it that have no route yet */
};

struct deliver_facts {
	struct vs_arena *arena;
	int32_t today, election_day;
	int now;		    /* minutes after midnight */
	struct deliver_item *items; /* by id */
	size_t item_count;
	struct deliver_carrier *carriers; /* by id */
	size_t carrier_count;
	struct deliver_depot *depots; /* the district's first */
	size_t depot_count;
	struct deliver_rule *rules;
	json_t *told;  /* array of { location_name, text, breaks } */
	json_t *notes; /* array of texts */
	size_t unknown_points;
};

struct deliver_route;

/* One delivery, to be planned or planned. */
struct deliver_stop {
	struct deliver_target *target;
	int64_t from; /* depot */
	const struct delivery_line *lines;
	size_t line_count;
	int64_t pieces, weight_g;
	double boxes;
	int64_t delivery;    /* that is there already, or 0 */
	int64_t was_carrier; /* who was to drive it, or 0 */
	int64_t was_route;   /* that it was on, which leaves then */
	int was_leaves;
	int was_arrives;
	const struct deliver_days *days;
	size_t day;	/* which of them is tried */
	int by;		/* on election day: served by then, if possible; else 0 */
	bool late;	/* not on its first day, or not by then */
	bool leg;	/* to an association's depot */
	int32_t needed; /* a leg: the first day on which it is needed there */
	bool repeated;	/* another one of the same round is in the same building */
	struct deliver_route *route; /* NULL: not served */
	int position, arrives, opens, closes, service;
	const char *reason; /* why it is not served */
};

struct deliver_route {
	int64_t id;			       /* of the row, once written or kept */
	const struct deliver_carrier *carrier; /* NULL: by post */
	const struct deliver_depot *depot;
	int32_t date;
	int leaves, ends, driving_min;
	int64_t metres;
	struct deliver_stop **stops;
	size_t stop_count;
};

struct deliver_plan {
	struct deliver_facts *facts;
	const struct vs_deliver_options *options;
	int64_t round; /* 0: a day is planned again */
	const char *round_name;
	const char *phase;
	struct deliver_stop *stops;
	size_t stop_count, stop_room;
	struct deliver_route **routes;
	size_t route_count, route_room;
	int changed;
	int32_t only; /* the only day that counts, or 0 */
};

/* deliver_facts.c. `without`: carriers by number or name, comma separated, or NULL. */
bool deliver_facts_load(struct vs_db *db, struct vs_arena *arena, const char *without,
	struct deliver_facts **ret_facts, struct vs_error *err) VS_CHECKED;
void deliver_facts_done(struct deliver_facts *facts);
const struct deliver_item *deliver_item(const struct deliver_facts *facts, int64_t id);
struct deliver_carrier *deliver_carrier(const struct deliver_facts *facts, int64_t id);
struct deliver_depot *deliver_depot(const struct deliver_facts *facts, int64_t id);
/* The hours in which a carrier can drive on a day; false: none. */
bool deliver_carrier_hours(const struct deliver_facts *facts,
	const struct deliver_carrier *carrier, int32_t date, int *ret_from,
	int *ret_until);
void deliver_carrier_busy(struct deliver_facts *facts, struct deliver_carrier *carrier,
	struct deliver_busy busy);
void deliver_note(struct deliver_facts *facts, const char *text);
int32_t deliver_date(const char *text); /* of a date that was checked */
const char *deliver_date_text(struct vs_arena *arena, int32_t date);
bool deliver_weekday(int32_t date); /* Monday to Friday */
int32_t deliver_weekday_before(int32_t date);

/* deliver_target.c. `phase`: the round's; only days within from..until. */
bool deliver_target_load(struct vs_db *db, struct deliver_facts *facts, int64_t location,
	const char *phase, int32_t from, int32_t until,
	struct deliver_target **ret_target, struct vs_error *err) VS_CHECKED;
/* Coordinates where there are none: the middle of the known places of a kommun, of an
 * association (0: none), of all. */
bool deliver_middle(struct vs_db *db, const char *kommun, int64_t association,
	struct road_point *ret_point, struct vs_error *err) VS_CHECKED;
/* For a delivery by hand: the hours of its day. */
bool deliver_hours(
	struct vs_db *db, struct new_delivery *delivery, struct vs_error *err) VS_CHECKED;
/* And refuses a day that has passed or on which the destination is not open. */
bool deliver_check_day(struct vs_db *db, const struct new_delivery *delivery,
	struct vs_error *err) VS_CHECKED;

/* deliver_rules.c: the days of a target that its kommun's rule allows. */
struct deliver_days deliver_rule_days(const struct deliver_facts *facts,
	const struct deliver_rule *rule, const struct deliver_days *open, bool polling);
struct deliver_days deliver_reception_days(const struct deliver_facts *facts,
	const struct deliver_target *target, int32_t from, int32_t until, bool keep_rule);
/* Tells what is broken or not known at a target; `most` pieces of `item` are to be there. */
void deliver_rules_tell(struct deliver_facts *facts, struct deliver_target *target,
	int64_t most, const struct deliver_item *item);

/*
 * A planned delivery d of the round ?1 that a plan of the day ?2 (NULL: every day) replaces;
 * what refills a shortage or was added by hand stays.
 */
#define DELIVER_REPLACED \
	"(d.round_id = ?1 AND d.status = 'planned' AND NOT d.by_hand" \
	" AND (?2 IS NULL OR d.date = ?2)" \
	" AND NOT EXISTS (SELECT 1 FROM shortage s WHERE s.delivery_id = d.id))"

/* deliver_stops.c: what a round has still to hand over; the legs to the depots. */
bool deliver_stops_load(struct vs_db *db, struct deliver_plan *plan,
	const struct round *round, struct vs_error *err) VS_CHECKED;
struct deliver_stop *deliver_stop_new(struct deliver_plan *plan);
void deliver_stop_weigh(const struct deliver_facts *facts, struct deliver_stop *stop);
/* Parts the last stop when no car of its depot takes it at once. */
void deliver_stop_split(struct deliver_plan *plan, struct deliver_stop *stop);

/* deliver_legs.c */
bool deliver_legs_load(
	struct vs_db *db, struct deliver_plan *plan, struct vs_error *err) VS_CHECKED;

/* deliver_days.c, deliver_route.c */
bool deliver_days_plan(
	struct vs_db *db, struct deliver_plan *plan, struct vs_error *err) VS_CHECKED;
void deliver_plan_route(struct deliver_plan *plan, struct deliver_route *route);
/* The stops of one depot on one day; with `again` from the routes that they had. */
bool deliver_route_plan(struct vs_db *db, struct deliver_plan *plan,
	struct deliver_depot *depot, int32_t date, struct deliver_stop **stops,
	size_t stop_count, bool again, struct vs_error *err) VS_CHECKED;

/* What the stops and carriers of a plan are made from: another number when somebody changed
 * it. And the refusal then: always false. */
uint64_t deliver_facts_code(const struct deliver_plan *plan);
bool deliver_changed(struct vs_error *err) VS_CHECKED;

/* Refuses when another plan was looked at than this one. */
bool deliver_same_plan(const struct deliver_plan *plan, const json_t *view,
	struct vs_error *err) VS_CHECKED;

/* deliver_view.c. New reference. */
json_t *deliver_view(const struct deliver_plan *plan);
bool deliver_refuse_breaks(
	const struct deliver_plan *plan, struct vs_error *err) VS_CHECKED;

/* deliver_write.c: inside a command. */
bool deliver_write(
	struct vs_db *db, struct deliver_plan *plan, struct vs_error *err) VS_CHECKED;

/* delivery.c */
bool delivery_write_lines(struct vs_db *db, int64_t delivery,
	const struct delivery_line *lines, size_t line_count,
	struct vs_error *err) VS_CHECKED;

#endif
