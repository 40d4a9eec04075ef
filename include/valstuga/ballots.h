/*
 * Ballots: candidate lists, orders, hand-over rules.
 *
 * A list stands for one kind of election in one or several constituencies. Its life is
 * draft -> submitted -> decided -> ordered. Positions are 1..n without gaps, a person stands
 * once on a list. A locked list (all candidates notified to the authority) does not change;
 * neither does an ordered one but through the authority.
 *
 * An order is pieces of one list. Its life is draft -> ready -> ordered -> printing ->
 * delivered, or cancelled; each state keeps its time and who.
 *
 * `list` arguments take a list's id, its five-digit number or its name ("KF Hagfors").
 */
#ifndef VALSTUGA_BALLOTS_H
#define VALSTUGA_BALLOTS_H

#include <valstuga/register.h>

VS_API extern const struct vs_record_type vs_list_type;
VS_API extern const struct vs_record_type vs_candidate_type; /* a candidacy */
VS_API extern const struct vs_record_type vs_tariff_type;
VS_API extern const struct vs_record_type vs_orderer_type;
VS_API extern const struct vs_record_type vs_rule_type; /* hand-over rule */
VS_API extern const struct vs_record_type vs_order_type;

/* Limits of a ballot paper (Valmyndigheten; domain knowledge in docs/handbok.md). */
#define VS_NAMES_FRONT	     26 /* names on the front */
#define VS_NAMES_USUAL_MAX   72 /* more have never been seen: a warning, not an error */
#define VS_NAME_MAX	     90 /* characters: first name 30, surname 60 */
#define VS_BALLOT_TEXT_MAX   100
#define VS_BALLOT_TEXT_LINES 2

/*
 * A new, empty draft. `values`: kind, then kommun (KF) or constituency (names or ids, comma
 * separated; default: the campaign's only one of that kind), optional number, designation,
 * note. *ret_key: arena.
 */
VS_API VS_CHECKED bool vs_list_add(struct vs_db *db, const json_t *values,
	struct vs_arena *arena, const char **ret_key, struct vs_error *err);

/* draft -> submitted (to the meeting). Refused when the list is empty. */
VS_API VS_CHECKED bool vs_list_submit(
	struct vs_db *db, const char *list, struct vs_error *err);

/* -> decided, by the meeting whose minutes are named. `decided_on`: NULL = today. */
VS_API VS_CHECKED bool vs_list_decide(struct vs_db *db, const char *list,
	const char *decided_on, const char *minutes, struct vs_error *err);

/* Back to draft with a reason; an ordered or locked list is refused. */
VS_API VS_CHECKED bool vs_list_reopen(
	struct vs_db *db, const char *list, const char *reason, struct vs_error *err);

/* All candidates are notified to the authority; needs a decided list. */
VS_API VS_CHECKED bool vs_list_lock(
	struct vs_db *db, const char *list, struct vs_error *err);
VS_API VS_CHECKED bool vs_list_unlock(
	struct vs_db *db, const char *list, const char *reason, struct vs_error *err);

/* Removes a draft with its candidates; anything further is refused. */
VS_API VS_CHECKED bool vs_list_remove(
	struct vs_db *db, const char *list, struct vs_error *err);

/*
 * A candidate on a list; those at and after `position` move down. `values`: list, name, and
 * optionally position (default last), ballot_text, person, declaration, declaration_on,
 * declaration_source, consent, consent_on, consent_source. Without `person`, the only person
 * with that name is taken, else a new one is made.
 */
VS_API VS_CHECKED bool vs_candidate_add(struct vs_db *db, const json_t *values,
	struct vs_arena *arena, const char **ret_key, struct vs_error *err);

/* To another position of the same list; the others close ranks. */
VS_API VS_CHECKED bool vs_candidate_move(
	struct vs_db *db, const char *candidate, int position, struct vs_error *err);

/* Off the list; those after move up. The person stays in the register. */
VS_API VS_CHECKED bool vs_candidate_strike(struct vs_db *db, const char *candidate,
	const char *reason, struct vs_error *err);

/*
 * Keeps what a list now is as a new version, made by `what` ("import" for the authority's
 * file). Inside a command, like vs_list_fill().
 */
VS_API VS_CHECKED bool vs_list_keep(
	struct vs_db *db, int64_t list, const char *what, struct vs_error *err);

/* What vs_list_fill() did. */
struct vs_list_filled {
	int64_t list;
	bool created;	/* the list was made */
	size_t added;	/* names that were not on it */
	size_t changed; /* other position, text or papers */
	size_t unchanged;
	size_t removed;	   /* names that were on it and are not in `candidates` */
	size_t failed_row; /* index in `candidates` that the error is about */
};

/*
 * Makes a list be exactly `candidates`, an array in order of objects as vs_candidate_add()
 * takes them (without list and position). The list is `target`'s `list`, or the campaign's
 * only one of `kind` and `kommun`, made when there is none. A list that is decided, ordered
 * or locked takes new papers only; anything else is refused. For imports: it must be called
 * inside a command, whose transaction and history line it shares.
 */
VS_API VS_CHECKED bool vs_list_fill(struct vs_db *db, const json_t *target,
	const json_t *candidates, struct vs_list_filled *ret_filled,
	struct vs_error *err);

/* A list with its constituencies, candidates, versions and problems. Caller owns. */
VS_API VS_CHECKED json_t *vs_list_view(
	struct vs_db *db, const char *list, struct vs_error *err);

/*
 * The goal "a list to every kommunfullmäktige": one row per area and kind of the campaign.
 *	{ "rows": [ { "kind", "area", "name", "list", "number", "status", "locked",
 *	    "candidates", "missing": [names], "order", "pieces",
 *	    "last_candidates", "last_pieces", "first_names": [..] } ],
 *	  "kinds": { "KF": { "areas", "lists", "decided", "ordered" } } }
 * Caller owns.
 */
VS_API VS_CHECKED json_t *vs_coverage_view(struct vs_db *db, struct vs_error *err);

/* lists, candidates (people) and ordered (by kind) for `status`; added to `figures`. */
VS_API VS_CHECKED bool vs_ballots_figures(
	struct vs_db *db, json_t *figures, struct vs_error *err);

struct vs_propose_options {
	double factor; /* ballots per eligible voter; 0: the kommun's, else the campaign's */
	const char *kind;   /* only this kind; NULL: all */
	const char *kommun; /* only this kommun; NULL: all */
};

/*
 * What to order for every list of this election that has no order: a plan, nothing is
 * written.
 *	{ "plan": "7f3a...", "tariff": "...",
 *	  "lines": [ { "list", "name", "kind", "number", "constituency", "eligible", "factor",
 *	    "share", "lists_sharing", "pieces", "quota", "outside", "cost_ore", "weight_g",
 *	    "previous", "order": id or null, "reason", "conflict": text or null } ],
 *	  "total": { "lists", "pieces", "cost_ore", "weight_g", "conflicts" } }
 * Caller owns.
 */
VS_API VS_CHECKED json_t *vs_order_propose(
	struct vs_db *db, const struct vs_propose_options *options, struct vs_error *err);

/*
 * Writes a plan's lines without conflict as draft orders. With `plan` (from an earlier look)
 * it fails with VS_CONFLICT when the same proposal would now look different. Returns the
 * plan that was written. Caller owns.
 */
VS_API VS_CHECKED json_t *vs_order_commit(struct vs_db *db,
	const struct vs_propose_options *options, const char *plan, struct vs_error *err);

/* Changes an order. Once ordered, only with `through_authority` (the reason). */
VS_API VS_CHECKED bool vs_order_set(struct vs_db *db, const char *order,
	const json_t *values, const char *through_authority, struct vs_error *err);

enum vs_order_status {
	VS_ORDER_READY,
	VS_ORDER_ORDERED,
	VS_ORDER_PRINTING,
	VS_ORDER_DELIVERED,
	VS_ORDER_CANCELLED,
};

/*
 * Moves an order on. Ready and ordered are refused while the order is incomplete, and the
 * message says everything that is missing. `note` may be NULL; cancelling what is ordered
 * needs it (how the authority was told).
 */
VS_API VS_CHECKED bool vs_order_advance(struct vs_db *db, const char *order,
	enum vs_order_status status, const char *note, struct vs_error *err);

/* An order with its list, arithmetic, what is missing and its events. Caller owns. */
VS_API VS_CHECKED json_t *vs_order_view(
	struct vs_db *db, const char *order, struct vs_error *err);

struct vs_sheet_options {
	const char *kommun; /* only this kommun's; NULL: all */
	const char *kind;   /* only this kind; NULL: all */
	const char *list;   /* list-proof: only this list; NULL: all */
	bool whole;	    /* order-sheet: one sheet for the whole district */
};

/*
 * Views for paper (templates/paper/README.md tells their fields). Sheet number, revision and
 * code are given and remembered when the view is made: the same content keeps its revision.
 * Caller owns.
 */
VS_API VS_CHECKED json_t *vs_order_sheet_view(
	struct vs_db *db, const struct vs_sheet_options *options, struct vs_error *err);
VS_API VS_CHECKED json_t *vs_list_proof_view(
	struct vs_db *db, const struct vs_sheet_options *options, struct vs_error *err);

/* What is missing, unlikely or inconsistent in lists, orders and rules. Caller owns. */
VS_API VS_CHECKED json_t *vs_ballots_problems(struct vs_db *db, struct vs_error *err);

#endif
