/*
 * What the sheets of stock and delivery share: the campaign, the items, the deliveries and the
 * hand-over rules read once, and finished texts of them. All texts: arena.
 *
 * Least personal data: people of ours are a first name and an initial; a phone number stands
 * on a sheet only where its reader must be able to call.
 */
#ifndef BALLOTS_SHEET_PARTS_H
#define BALLOTS_SHEET_PARTS_H

#include <valstuga/date.h>

#include "ballots/delivery.h"
#include "register/sheet.h"

/* The ballots of a list, or material. */
struct sheet_item {
	int64_t item, list; /* 0: none */
	bool own;	    /* a list of this election */
	const char *name, *number, *constituency, *shelf;
	const char *kind, *kind_name, *colour, *colour_name;
	int signal_lines;
	int64_t unit_mg, bundle, box;
};

struct sheet_line {
	const struct sheet_item *item;
	int64_t pieces;
	int64_t counted; /* by the receiver; pieces until there is a receipt */
};

/* A delivery with both its ends; minutes are -1, ids 0 and texts NULL where there is none. */
struct sheet_delivery {
	int64_t id, round, route, carrier, place, from_location, to_location, ordered_at;
	const char *date, *status, *round_name, *override, *note;
	const char *phase; /* of the hand-over rule */
	bool refill;
	int position, leaves, arrives, opens, closes, packages;
	struct sheet_address from, to;
	const char *to_kind, *inside, *kommun, *kommun_name;
	const char *our_contact, *our_phone;	 /* who answers for the depot it leaves */
	const char *their_contact, *their_phone; /* and for the one that it comes to */
	const char *carrier_name;		 /* first name and initial */
	bool located;
	double latitude, longitude;
	const struct sheet_line *lines;
	size_t line_count;
};

struct sheet_source {
	struct vs_db *db;
	struct vs_arena *arena;
	const struct vs_delivery_sheet_options *options;
	struct vs_campaign campaign;
	const char *office_phone; /* the party's own number */
	/* The options as what they name: 0 or NULL where nothing is asked for. */
	int64_t round, carrier, delivery, place;
	const char *day, *kommun;
	const struct sheet_item *items; /* in the order of lists and racks */
	size_t item_count;
	struct sheet_rule *rules; /* those that were asked for */
	struct stmt ordered;	  /* the delivery notes' question, once it was asked */
};

/* One kind of sheet. */
struct sheet_form {
	const char *name;    /* "pick-list" */
	const char *title;   /* "Pick lists", translated where shown */
	const char *nothing; /* the refusal when there is no sheet to print */
	bool (*fill)(struct sheet_source *s, json_t *sheets, struct vs_error *err);
};

/* The view of all sheets of a form, as one command. Caller owns. */
json_t *sheet_view(struct vs_db *db, const struct vs_delivery_sheet_options *options,
	const struct sheet_form *form, struct vs_error *err) VS_CHECKED;

/* Objects of docs/PAPER.md. New references. */

json_t *sheet_ballot(const struct sheet_item *item);

/* Items */

bool sheet_items(struct sheet_source *s, struct vs_error *err) VS_CHECKED;
const struct sheet_item *sheet_item_get(const struct sheet_source *s, int64_t item);
const struct sheet_item *sheet_list_get(const struct sheet_source *s, int64_t list);

/* Pieces as they are taken from the shelf: full boxes, bundles, loose ones. */
struct sheet_sum {
	int64_t deliveries, pieces, boxes, bundles, loose, weight_mg;
};
void sheet_sum_add(struct sheet_sum *sum, const struct sheet_line *line);
void sheet_sum_put(struct vs_arena *arena, json_t *object, const struct sheet_sum *sum);
/* The same for all lines of a delivery, counted as one. */
void sheet_sum_delivery(struct sheet_sum *sum, const struct sheet_delivery *delivery);

/* Deliveries by day, route and stop: those of the options' day, carrier and delivery that
 * are neither cancelled nor failed (`every`: all of them). */
bool sheet_deliveries(struct sheet_source *s, bool every,
	const struct sheet_delivery **ret_deliveries, size_t *ret_count,
	struct vs_error *err) VS_CHECKED;
/* True when a delivery is of the options' round, kommun and place, too. */
bool sheet_wanted(const struct sheet_source *s, const struct sheet_delivery *delivery);
/* "FS-17". */
const char *sheet_note_number(struct vs_arena *arena, const struct sheet_delivery *d);

/* How a delivery is handed over. */
struct sheet_hand {
	const struct handover *rule; /* NULL: between our own depots */
	const char *where;	     /* in the building, to whom */
	const char *contact, *phone; /* of the receiver, where the job needs them */
	const char *method;	     /* by car with Anna B., by post */
	const char *broken;	     /* what breaks the rule, or "" */
};
bool sheet_hand_get(struct sheet_source *s, const struct sheet_delivery *delivery,
	struct sheet_hand *ret_hand, struct vs_error *err) VS_CHECKED;
/* The numbered delivery note (as print would make it now). Borrowed from `sheets`. */
json_t *sheet_delivery_note(struct sheet_source *s, json_t *sheets,
	const struct sheet_delivery *delivery, struct vs_error *err) VS_CHECKED;

/* Sets "hours" from a statement that gives date, purpose, opens and closes of one place by
 * purpose, date and time. */
bool sheet_hours_put(struct sheet_source *s, struct stmt *q, json_t *sheet,
	struct vs_error *err) VS_CHECKED;

/* Parcels (kolli): full boxes as they came, then what is left together. */
struct sheet_parcel {
	struct sheet_line *lines;
	size_t line_count;
	int64_t weight_mg;
};
size_t sheet_parcels(struct vs_arena *arena, const struct sheet_delivery *delivery,
	const struct sheet_parcel **ret_parcels);
/* How many of them hold something of an item. */
int64_t sheet_parcels_with(
	const struct sheet_parcel *parcels, size_t count, const struct sheet_item *item);
const char *sheet_parcel_text(struct vs_arena *arena, const struct sheet_parcel *parcel);

/* Rules: read once per kommun and phase. NULL on failure. */
const struct handover *sheet_rule_get(struct sheet_source *s, const char *kommun,
	const char *phase, struct vs_error *err) VS_CHECKED;
/* The rule as an object; null when there is none. `contact`: with the committee's person. */
json_t *sheet_rule_object(struct sheet_source *s, const struct handover *rule,
	const char *phase, bool contact, struct vs_error *err);
/* Whom of us the kommun has been given: "Elis F., deputy Sofia S."; "" for nobody. */
const char *sheet_rule_ours(struct vs_arena *arena, const struct handover *rule);
/* The kommun's election committee, for whoever stands at a closed door; "" if not known. */
bool sheet_committee_get(struct sheet_source *s, const char *kommun,
	const char **ret_name, const char **ret_phone, struct vs_error *err) VS_CHECKED;
/* In one line, what somebody who stands at the door must know. */
const char *sheet_rule_note(struct vs_arena *arena, const struct handover *rule);
/* A warning where there is no rule, or nobody has verified it. */
void sheet_rule_warn(struct sheet_source *s, json_t *sheet, const struct handover *rule,
	const char *kommun_name, const char *phase);

#endif
