/*
 * Writing what is new and what differs, in key order: an index that is filled in order is
 * filled several times faster.
 */
#include "exchange/model.h"

#include <stdlib.h>
#include <string.h>

typedef int compare_things(const void *a, const void *b);

static int
compare_keys(const void *a, const void *b)
{
	const struct participation *const *p = a, *const *q = b;
	return strcmp((*p)->key, (*q)->key);
}

static int
compare_districts(const void *a, const void *b)
{
	const struct district *const *p = a, *const *q = b;
	return strcmp((*p)->code, (*q)->code);
}

static int
compare_results(const void *a, const void *b)
{
	const struct result *const *p = a, *const *q = b;
	return strcmp((*p)->district->code, (*q)->district->code);
}

static int
compare_openings(const void *a, const void *b)
{
	const struct opening *const *p = a, *const *q = b;
	return ((*p)->id > (*q)->id) - ((*p)->id < (*q)->id);
}

static void
sort(struct import *run, enum noun noun, compare_things *compare)
{
	struct pile *pile = &run->model->dirty[noun];
	if (pile->count > 1)
		qsort(pile->items, pile->count, sizeof *pile->items, compare);
}

/* Runs one statement for each dirty thing in a state (-1: any). */
bool
flush_each(struct import *run, enum noun noun, const char *sql, int state,
	void (*bind)(struct stmt *q, const void *thing), struct vs_error *err)
{
	const struct pile *pile = &run->model->dirty[noun];
	VS_AUTO(stmt) q = { 0 };
	for (size_t i = 0; i < pile->count; i++) {
		const struct thing *thing = pile->items[i];
		if (state >= 0 && (int)thing->state != state)
			continue;
		if (!q.handle && !stmt_open(&q, run->db, sql, err))
			return false;
		bind(&q, thing);
		if (!stmt_run(&q, err))
			return false;
	}
	return true;
}

/*
 * Running a statement costs as much as inserting a row or two, so rows go in by many at a
 * time, and the last few one by one.
 */
bool
flush_new(struct import *run, enum noun noun, const char *one, const char *many,
	void (*bind)(struct stmt *q, const void *thing), struct vs_error *err)
{
	const struct pile *pile = &run->model->dirty[noun];
	const void *waiting[FLUSH_ROWS];
	size_t count = 0;
	VS_AUTO(stmt) single = { 0 };
	VS_AUTO(stmt) multiple = { 0 };
	if (pile->count >= FLUSH_ROWS && !stmt_open(&multiple, run->db, many, err))
		return false;
	for (size_t i = 0; i < pile->count; i++) {
		const struct thing *thing = pile->items[i];
		if (thing->state == THING_ADDED)
			waiting[count++] = thing;
		if (count < FLUSH_ROWS)
			continue;
		for (size_t j = 0; j < count; j++)
			bind(&multiple, waiting[j]);
		if (!stmt_run(&multiple, err))
			return false;
		count = 0;
	}
	if (count && !stmt_open(&single, run->db, one, err))
		return false;
	for (size_t j = 0; j < count; j++) {
		bind(&single, waiting[j]);
		if (!stmt_run(&single, err))
			return false;
	}
	return true;
}

static void
bind_party(struct stmt *q, const void *thing)
{
	const struct party *party = thing;
	stmt_bind(q, party->code);
	stmt_bind(q, party->name);
	stmt_bind(q, party->short_name);
}

static void
bind_kommun(struct stmt *q, const void *thing)
{
	const struct kommun *kommun = thing;
	stmt_bind(q, kommun->committee);
	stmt_bind(q, kommun->website);
	stmt_bind(q, kommun->phone);
	stmt_bind(q, kommun->code);
}

static void
bind_constituency(struct stmt *q, const void *thing)
{
	const struct constituency *c = thing;
	stmt_bind(q, c->id);
	stmt_bind(q, c->kind);
	stmt_bind(q, c->area);
	stmt_bind(q, c->code);
	stmt_bind(q, c->name);
}

static bool
flush_basics(struct import *run, struct vs_error *err)
{
	return flush_each(run, NOUN_PARTY,
		       SQL("INSERT INTO party (code, name, short) VALUES (?, ?, ?)"
			   " ON CONFLICT (code) DO UPDATE SET name = excluded.name,"
			   " short = excluded.short"),
		       -1, bind_party, err) &&
		flush_each(run, NOUN_KOMMUN,
			SQL("UPDATE kommun SET committee = ?, committee_website = ?,"
			    " committee_phone = ? WHERE code = ?"),
			-1, bind_kommun, err) &&
		flush_each(run, NOUN_CONSTITUENCY,
			SQL("INSERT INTO constituency (id, kind, area_code, code, name)"
			    " VALUES (?, ?, ?, ?, ?)"),
			-1, bind_constituency, err);
}

static void
bind_place(struct stmt *q, const void *thing)
{
	const struct place *place = thing;
	stmt_bind(q, place->kommun->code);
	stmt_bind(q, place->name);
	stmt_bind(q, place->street);
	stmt_bind(q, place->detail);
	stmt_bind(q, place->accessibility);
	if (place->located) {
		stmt_bind(q, place->latitude);
		stmt_bind(q, place->longitude);
	} else {
		stmt_bind_null(q);
		stmt_bind_null(q);
	}
	stmt_bind(q, place->position_note);
	stmt_bind(q, place->advance_code);
	stmt_bind(q, place->restricted);
	stmt_bind(q, place->id);
}

static void
bind_place_id(struct stmt *q, const void *thing)
{
	stmt_bind(q, ((const struct place *)thing)->id);
}

/* Names and codes may change hands between places: first every old one is let go. */
static bool
flush_places(struct import *run, struct vs_error *err)
{
	return flush_each(run, NOUN_PLACE,
		       SQL("UPDATE place SET advance_code = NULL, name = char(31) || id"
			   " WHERE id = ?"),
		       THING_CHANGED, bind_place_id, err) &&
		flush_each(run, NOUN_PLACE,
			SQL("UPDATE place SET kommun_code = ?, name = ?, street = ?, detail = ?,"
			    " accessibility = ?, latitude = ?, longitude = ?, position_note = ?,"
			    " advance_code = ?, restricted = ? WHERE id = ?"),
			THING_CHANGED, bind_place, err) &&
		flush_new(run, NOUN_PLACE,
			INSERT("place (kommun_code, name, street, detail, accessibility, latitude, longitude, position_note, advance_code, restricted, id)",
				"(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
			bind_place, err);
}

static void
bind_district(struct stmt *q, const void *thing)
{
	const struct district *d = thing;
	stmt_bind(q, d->name);
	stmt_bind(q, d->kommun->code);
	if (d->place)
		stmt_bind(q, d->place->id);
	else
		stmt_bind_null(q);
	stmt_bind(q, d->kf_constituency);
	stmt_bind(q, d->collection);
	stmt_bind(q, d->code);
}

static bool
flush_districts(struct import *run, struct vs_error *err)
{
	sort(run, NOUN_DISTRICT, compare_districts);
	return flush_each(run, NOUN_DISTRICT,
		       SQL("UPDATE district SET name = ?, kommun_code = ?, place_id = ?,"
			   " kf_constituency = ?, collection = ? WHERE code = ?"),
		       THING_CHANGED, bind_district, err) &&
		flush_new(run, NOUN_DISTRICT,
			INSERT("district (name, kommun_code, place_id, kf_constituency, collection, code)",
				"(?, ?, ?, ?, ?, ?)"),
			bind_district, err);
}

static void
bind_opening(struct stmt *q, const void *thing)
{
	const struct opening *o = thing;
	stmt_bind(q, o->id);
	stmt_bind(q, o->place->id);
	stmt_bind(q, o->purpose);
	stmt_bind(q, o->date);
	stmt_bind(q, o->opens);
	stmt_bind(q, o->closes);
}

static void
bind_closing(struct stmt *q, const void *thing)
{
	const struct opening *o = thing;
	stmt_bind(q, o->place->id);
	stmt_bind(q, o->closes);
	stmt_bind(q, o->id);
}

/* Doomed ones match no id but their own; the statement leaves the others alone. */
static void
bind_doomed(struct stmt *q, const void *thing)
{
	const struct opening *o = thing;
	stmt_bind(q, o->doomed ? o->id : (int64_t)-1);
}

static bool
flush_openings(struct import *run, struct vs_error *err)
{
	sort(run, NOUN_OPENING, compare_openings);
	return flush_each(run, NOUN_OPENING, SQL("DELETE FROM opening WHERE id = ?"),
		       THING_CHANGED, bind_doomed, err) &&
		flush_each(run, NOUN_OPENING,
			SQL("UPDATE opening SET place_id = ?, closes = ? WHERE id = ?"),
			THING_CHANGED, bind_closing, err) &&
		flush_new(run, NOUN_OPENING,
			INSERT("opening (id, place_id, purpose, date, opens, closes)",
				"(?, ?, ?, ?, ?, ?)"),
			bind_opening, err);
}

static void
bind_known(struct stmt *q, int64_t value)
{
	if (value < 0)
		stmt_bind_null(q);
	else
		stmt_bind(q, value);
}

static const char *
result_kind(const struct result *r)
{
	static const char *const kinds[RESULT_COUNT] = { [RESULT_EP] = "EP",
		[RESULT_KF] = "KF",
		[RESULT_RD] = "RD",
		[RESULT_RF] = "RF" };
	for (int i = 0; i < RESULT_COUNT; i++)
		if (r->district->results[i] == r)
			return kinds[i];
	vs_abort("a result that no district has");
}

static void
bind_result(struct stmt *q, const void *thing)
{
	const struct result *r = thing;
	stmt_bind(q, r->district->code);
	stmt_bind(q, result_kind(r));
	stmt_bind(q, r->eligible);
	bind_known(q, r->voted);
	bind_known(q, r->valid);
	bind_known(q, r->votes);
}

static void
bind_participation(struct stmt *q, const void *thing)
{
	const struct participation *p = thing;
	stmt_bind(q, p->kind);
	stmt_bind(q, p->area);
	stmt_bind(q, p->code);
	stmt_bind(q, p->party);
	stmt_bind(q, p->basis);
	stmt_bind(q, p->notified_on);
	stmt_bind(q, p->candidates);
}

static void
bind_changed_result(struct stmt *q, const void *thing)
{
	const struct result *r = thing;
	stmt_bind(q, r->eligible);
	bind_known(q, r->voted);
	bind_known(q, r->valid);
	bind_known(q, r->votes);
	stmt_bind(q, r->district->code);
	stmt_bind(q, result_kind(r));
}

static int
compare_received(const void *a, const void *b)
{
	const struct received *const *p = a, *const *q = b;
	return strcmp((*p)->key, (*q)->key);
}

static void
bind_received(struct stmt *q, const void *thing)
{
	const struct received *r = thing;
	stmt_bind(q, r->election);
	stmt_bind(q, r->code);
	stmt_bind(q, r->date);
	stmt_bind(q, r->place);
	stmt_bind(q, r->kommun->code);
	stmt_bind(q, r->votes);
}

static bool
flush_received(struct import *run, struct vs_error *err)
{
	sort(run, NOUN_RECEIVED, compare_received);
	return flush_each(run, NOUN_RECEIVED,
		       SQL("UPDATE advance_received SET place_name = ?4, kommun_code = ?5,"
			   " votes = ?6 WHERE election_day = ?1 AND place_code = ?2"
			   " AND date = ?3"),
		       THING_CHANGED, bind_received, err) &&
		flush_new(run, NOUN_RECEIVED,
			INSERT("advance_received (election_day, place_code, date, place_name, kommun_code, votes)",
				"(?, ?, ?, ?, ?, ?)"),
			bind_received, err);
}

static int
compare_outcomes(const void *a, const void *b)
{
	const struct outcome *const *p = a, *const *q = b;
	return strcmp((*p)->key, (*q)->key);
}

/* The day follows from the campaign: the model holds no other election's. */
static void
bind_outcome(struct stmt *q, const void *thing)
{
	const struct outcome *o = thing;
	stmt_bind(q, o->kind);
	stmt_bind(q, o->code);
	stmt_bind(q, o->kommun->code);
	stmt_bind(q, o->name);
	stmt_bind(q, o->eligible);
	bind_known(q, o->voted);
	bind_known(q, o->valid);
	bind_known(q, o->votes);
}

static bool
flush_outcomes(struct import *run, struct vs_error *err)
{
	sort(run, NOUN_OUTCOME, compare_outcomes);
	return flush_each(run, NOUN_OUTCOME,
		       SQL("UPDATE election_result SET kommun_code = ?3, name = ?4, eligible = ?5,"
			   " voted = ?6, valid = ?7, party_votes = ?8"
			   " WHERE election_day = (SELECT election_day FROM campaign)"
			   " AND kind = ?1 AND district_code = ?2"),
		       THING_CHANGED, bind_outcome, err) &&
		flush_new(run, NOUN_OUTCOME,
			INSERT("election_result (election_day, kind, district_code, kommun_code, name, eligible, voted, valid, party_votes)",
				"((SELECT election_day FROM campaign), ?, ?, ?, ?, ?, ?, ?, ?)"),
			bind_outcome, err);
}

static int
compare_borders(const void *a, const void *b)
{
	const struct border *const *p = a, *const *q = b;
	int order = strcmp((*p)->kind, (*q)->kind);
	return order ? order : strcmp((*p)->code, (*q)->code);
}

static void
bind_border(struct stmt *q, const void *thing)
{
	const struct border *b = thing;
	stmt_bind(q, b->kind);
	stmt_bind(q, b->code);
	stmt_bind(q, b->rings);
	stmt_bind(q, b->source);
}

static bool
flush_borders(struct import *run, struct vs_error *err)
{
	sort(run, NOUN_BORDER, compare_borders);
	return flush_each(run, NOUN_BORDER,
		       SQL("UPDATE border SET rings = ?3, source = ?4"
			   " WHERE kind = ?1 AND code = ?2"),
		       THING_CHANGED, bind_border, err) &&
		flush_new(run, NOUN_BORDER,
			INSERT("border (kind, code, rings, source)", "(?, ?, ?, ?)"),
			bind_border, err);
}

/* The new ones without a conflict clause: it costs a tenth even where it never applies. */
static bool
flush_figures(struct import *run, struct vs_error *err)
{
	sort(run, NOUN_RESULT, compare_results);
	sort(run, NOUN_PARTICIPATION, compare_keys);
	return flush_each(run, NOUN_RESULT,
		       SQL("UPDATE district_result SET eligible = ?, voted = ?, valid = ?,"
			   " party_votes = ? WHERE district_code = ? AND kind = ?"),
		       THING_CHANGED, bind_changed_result, err) &&
		flush_new(run, NOUN_RESULT,
			INSERT("district_result (district_code, kind, eligible, voted, valid, party_votes)",
				"(?, ?, ?, ?, ?, ?)"),
			bind_result, err) &&
		flush_each(run, NOUN_PARTICIPATION,
			SQL("UPDATE participation SET candidates_notified = ?7 WHERE kind = ?1"
			    " AND area_code = ?2 AND constituency_code = ?3 AND party_code = ?4"
			    " AND basis = ?5 AND notified_on = ?6"),
			THING_CHANGED, bind_participation, err) &&
		flush_new(run, NOUN_PARTICIPATION,
			INSERT("participation (kind, area_code, constituency_code, party_code, basis, notified_on, candidates_notified)",
				"(?, ?, ?, ?, ?, ?, ?)"),
			bind_participation, err);
}

static void
remove_doomed(struct pile *places)
{
	for (size_t i = 0; i < places->count; i++) {
		struct place *place = places->items[i];
		for (struct opening **at = &place->openings; *at;)
			if ((*at)->doomed)
				*at = (*at)->next;
			else
				at = &(*at)->next;
	}
}

bool
model_flush(struct import *run, struct vs_error *err)
{
	if (!flush_basics(run, err) || !flush_places(run, err) ||
		!flush_districts(run, err) || !flush_openings(run, err) ||
		!flush_figures(run, err) || !flush_outcomes(run, err) ||
		!flush_received(run, err) || !flush_borders(run, err) ||
		!flush_lists(run, err))
		return false;
	remove_doomed(&run->model->all_places);
	for (int noun = 0; noun < NOUN_COUNT; noun++) {
		struct pile *pile = &run->model->dirty[noun];
		for (size_t i = 0; i < pile->count; i++)
			((struct thing *)pile->items[i])->state = THING_STORED;
		pile->count = 0;
	}
	return true;
}
