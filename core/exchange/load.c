/* What the campaign file holds, loaded once per run. */
#include "exchange/model.h"

#include <string.h>

#include "base/i18n.h"

static bool
load_parties(struct import *run, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, run->db, SQL("SELECT code, name, short FROM party"), err))
		return false;
	while (stmt_row(&q, err)) {
		struct party *party = vs_arena_alloc(run->arena, sizeof *party);
		party->thing.noun = NOUN_PARTY;
		party->code = stmt_copy(&q, 0, run->arena);
		party->name = stmt_copy(&q, 1, run->arena);
		party->short_name = stmt_copy(&q, 2, run->arena);
		names_put(&run->model->parties, party->code, party);
	}
	return err->code == VS_OK;
}

static bool
load_kommuner(struct import *run, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, run->db,
		    SQL("SELECT code, name, region_code, riksdag_code, in_district, committee,"
			" committee_website, committee_phone, EXISTS (SELECT 1 FROM district d"
			" WHERE d.kommun_code = kommun.code AND d.place_id IS NOT NULL)"
			" FROM kommun"),
		    err))
		return false;
	struct model *model = run->model;
	while (stmt_row(&q, err)) {
		struct kommun *kommun = vs_arena_alloc(run->arena, sizeof *kommun);
		kommun->thing.noun = NOUN_KOMMUN;
		kommun->code = stmt_copy(&q, 0, run->arena);
		kommun->name = stmt_copy(&q, 1, run->arena);
		kommun->region = stmt_copy(&q, 2, run->arena);
		kommun->riksdag = stmt_copy(&q, 3, run->arena);
		kommun->in_district = stmt_int(&q, 4);
		kommun->committee = stmt_copy(&q, 5, run->arena);
		kommun->website = stmt_copy(&q, 6, run->arena);
		kommun->phone = stmt_copy(&q, 7, run->arena);
		kommun->polled = stmt_int(&q, 8);
		names_put(&model->kommuner, kommun->code, kommun);
		if (kommun->in_district) {
			names_put(&model->regions_wanted, kommun->region, kommun);
			names_put(&model->riksdag_wanted, kommun->riksdag, kommun);
		}
	}
	return err->code == VS_OK;
}

static bool
load_constituencies(struct import *run, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, run->db,
		    SQL("SELECT id, kind, area_code, code, name FROM constituency"), err))
		return false;
	while (stmt_row(&q, err)) {
		struct constituency *c = vs_arena_alloc(run->arena, sizeof *c);
		c->thing.noun = NOUN_CONSTITUENCY;
		c->id = stmt_int(&q, 0);
		c->kind = stmt_copy(&q, 1, run->arena);
		c->area = stmt_copy(&q, 2, run->arena);
		c->code = stmt_copy(&q, 3, run->arena);
		c->name = stmt_copy(&q, 4, run->arena);
		if (c->id > run->model->last_constituency)
			run->model->last_constituency = c->id;
		names_put(&run->model->constituencies,
			vs_arena_printf(
				run->arena, "%s\x1f%s\x1f%s", c->kind, c->area, c->code),
			c);
	}
	return err->code == VS_OK;
}

bool
model_begin(struct import *run, struct vs_error *err)
{
	struct model *model = vs_arena_alloc(run->arena, sizeof *model);
	struct names *const all[] = { &model->parties, &model->kommuner,
		&model->regions_wanted, &model->riksdag_wanted, &model->constituencies,
		&model->places, &model->place_codes, &model->districts,
		&model->participations, &model->received, &model->outcomes,
		&model->borders, &model->lists, &model->numbers, &model->consents };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		all[i]->arena = run->arena;
	model->keep = run->model ? run->model->keep : json_array();
	run->model = model;
	return load_parties(run, err) && load_kommuner(run, err) &&
		load_constituencies(run, err);
}

bool
model_forget(struct import *run, struct vs_error *err)
{
	return model_begin(run, err);
}

static void
read_place(struct import *run, const struct stmt *q)
{
	struct model *model = run->model;
	struct place *place = vs_arena_alloc(run->arena, sizeof *place);
	place->thing.noun = NOUN_PLACE;
	place->id = stmt_int(q, 0);
	place->kommun = names_get(&model->kommuner, stmt_text(q, 1));
	place->name = stmt_copy(q, 2, run->arena);
	place->street = stmt_copy(q, 3, run->arena);
	place->detail = stmt_copy(q, 4, run->arena);
	place->accessibility = stmt_copy(q, 5, run->arena);
	place->position_note = stmt_copy(q, 6, run->arena);
	place->located = !stmt_null(q, 7);
	place->latitude = stmt_real(q, 7);
	place->longitude = stmt_real(q, 8);
	place->advance_code = stmt_copy(q, 9, run->arena);
	place->restricted = stmt_int(q, 10);
	place->key =
		model_place_key(run->arena, place->kommun, place->name, place->street);
	names_put(&model->places, place->key, place);
	if (place->advance_code)
		names_put(&model->place_codes, place->advance_code, place);
	pile_add(run->arena, &model->all_places, place);
}

/* Places in order of id, so that both piles below can be walked side by side. */
static bool
load_places(struct import *run, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, run->db,
		    SQL("SELECT id, kommun_code, name, street, detail, accessibility,"
			" position_note, latitude, longitude, advance_code, restricted"
			" FROM place ORDER BY id"),
		    err))
		return false;
	while (stmt_row(&q, err))
		read_place(run, &q);
	/* The number of a removed place is not given again. */
	return err->code == VS_OK &&
		db_int(run->db,
			SQL("SELECT max(coalesce((SELECT max(id) FROM place), 0), coalesce("
			    "(SELECT seq FROM sqlite_sequence WHERE name = 'place'), 0))"),
			&run->model->last_place, err);
}

static struct place *
place_by_id(const struct pile *places, int64_t id)
{
	size_t low = 0, high = places->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		struct place *place = places->items[middle];
		if (place->id == id)
			return place;
		if (place->id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static bool
load_openings(struct import *run, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, run->db,
		    SQL("SELECT id, place_id, purpose, date, opens, closes FROM opening"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		struct opening *o = vs_arena_alloc(run->arena, sizeof *o);
		o->thing.noun = NOUN_OPENING;
		o->id = stmt_int(&q, 0);
		o->place = place_by_id(&run->model->all_places, stmt_int(&q, 1));
		o->purpose = stmt_text(&q, 2)[0] == 'a' ? "advance" : "polling";
		o->date = stmt_copy(&q, 3, run->arena);
		o->opens = (int)stmt_int(&q, 4);
		o->closes = (int)stmt_int(&q, 5);
		o->next = o->place->openings;
		o->place->openings = o;
		if (o->id > run->model->last_opening)
			run->model->last_opening = o->id;
	}
	return err->code == VS_OK;
}

static bool
load_districts(struct import *run, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, run->db,
		    SQL("SELECT code, name, kommun_code, place_id, kf_constituency, collection"
			" FROM district ORDER BY code"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		struct district *d = vs_arena_alloc(run->arena, sizeof *d);
		d->thing.noun = NOUN_DISTRICT;
		d->code = stmt_copy(&q, 0, run->arena);
		d->name = stmt_copy(&q, 1, run->arena);
		d->kommun = names_get(&run->model->kommuner, stmt_text(&q, 2));
		if (!stmt_null(&q, 3))
			d->place = place_by_id(&run->model->all_places, stmt_int(&q, 3));
		if (d->place)
			d->place->districts++;
		d->kf_constituency = stmt_copy(&q, 4, run->arena);
		d->collection = stmt_int(&q, 5);
		names_put(&run->model->districts, d->code, d);
		pile_add(run->arena, &run->model->all_districts, d);
	}
	return err->code == VS_OK;
}

bool
model_places(struct import *run, struct vs_error *err)
{
	if (run->model->has_places)
		return true;
	run->model->has_places = true;
	return load_places(run, err) && load_openings(run, err) &&
		load_districts(run, err);
}

static int64_t
known(const struct stmt *q, int column)
{
	return stmt_null(q, column) ? -1 : stmt_int(q, column);
}

bool
model_results(struct import *run, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (run->model->has_results)
		return true;
	run->model->has_results = true;
	if (!model_places(run, err) ||
		!stmt_open(&q, run->db,
			SQL("SELECT district_code, kind, eligible, voted, valid, party_votes"
			    " FROM district_result"),
			err))
		return false;
	while (stmt_row(&q, err)) {
		struct result *r = vs_arena_alloc(run->arena, sizeof *r);
		struct district *d = names_get(&run->model->districts, stmt_text(&q, 0));
		const char *kind = stmt_text(&q, 1);
		r->thing.noun = NOUN_RESULT;
		r->district = d;
		r->eligible = stmt_int(&q, 2);
		r->voted = known(&q, 3);
		r->valid = known(&q, 4);
		r->votes = known(&q, 5);
		d->results[kind[0] == 'E'	 ? RESULT_EP
				: kind[0] == 'K' ? RESULT_KF
				: kind[1] == 'D' ? RESULT_RD
						 : RESULT_RF] = r;
	}
	return err->code == VS_OK;
}

bool
model_outcomes(struct import *run, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (run->model->has_outcomes)
		return true;
	run->model->has_outcomes = true;
	if (!stmt_open(&q, run->db,
		    SQL("SELECT kind || district_code, kind, district_code, name, kommun_code,"
			" eligible, voted, valid, party_votes FROM election_result"
			" WHERE election_day = ?"),
		    err))
		return false;
	stmt_bind(&q, run->campaign.election_day);
	while (stmt_row(&q, err)) {
		struct outcome *o = vs_arena_alloc(run->arena, sizeof *o);
		o->thing.noun = NOUN_OUTCOME;
		o->key = stmt_copy(&q, 0, run->arena);
		o->kind = stmt_copy(&q, 1, run->arena);
		o->code = stmt_copy(&q, 2, run->arena);
		o->name = stmt_copy(&q, 3, run->arena);
		o->kommun = names_get(&run->model->kommuner, stmt_text(&q, 4));
		o->eligible = stmt_int(&q, 5);
		o->voted = known(&q, 6);
		o->valid = known(&q, 7);
		o->votes = known(&q, 8);
		names_put(&run->model->outcomes, o->key, o);
	}
	return err->code == VS_OK;
}

bool
model_borders(struct import *run, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (run->model->has_borders)
		return true;
	run->model->has_borders = true;
	if (!stmt_open(&q, run->db, SQL("SELECT kind, code, rings, source FROM border"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		struct border *b = vs_arena_alloc(run->arena, sizeof *b);
		b->thing.noun = NOUN_BORDER;
		b->kind = stmt_text(&q, 0)[0] == 'k' ? "kommun" : "district";
		b->code = stmt_copy(&q, 1, run->arena);
		b->rings = stmt_copy(&q, 2, run->arena);
		b->source = stmt_copy(&q, 3, run->arena);
		names_put(&run->model->borders, b->code, b);
	}
	return err->code == VS_OK;
}

bool
model_participations(struct import *run, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (run->model->has_participations)
		return true;
	run->model->has_participations = true;
	if (!stmt_open(&q, run->db,
		    SQL("SELECT kind || char(31) || area_code || char(31) || constituency_code"
			" || char(31) || party_code || char(31) || basis || char(31) ||"
			" notified_on, kind, area_code, constituency_code, party_code, basis,"
			" notified_on, candidates_notified FROM participation"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		struct participation *p = vs_arena_alloc(run->arena, sizeof *p);
		p->thing.noun = NOUN_PARTICIPATION;
		const char **const texts[] = { &p->key, &p->kind, &p->area, &p->code,
			&p->party, &p->basis, &p->notified_on };
		for (int i = 0; i < 7; i++)
			*texts[i] = stmt_copy(&q, i, run->arena);
		p->candidates = stmt_int(&q, 7);
		names_put(&run->model->participations, p->key, p);
		pile_add(run->arena, &run->model->all_participations, p);
	}
	return err->code == VS_OK;
}

bool
model_received(struct import *run, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (run->model->has_received)
		return true;
	run->model->has_received = true;
	if (!stmt_open(&q, run->db,
		    SQL("SELECT election_day || char(31) || place_code || char(31) || date,"
			" election_day, place_code, place_name, date, kommun_code, votes"
			" FROM advance_received"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		struct received *r = vs_arena_alloc(run->arena, sizeof *r);
		r->thing.noun = NOUN_RECEIVED;
		const char **const texts[] = { &r->key, &r->election, &r->code, &r->place,
			&r->date };
		for (int i = 0; i < 5; i++)
			*texts[i] = stmt_copy(&q, i, run->arena);
		r->kommun = names_get(&run->model->kommuner, stmt_text(&q, 5));
		r->votes = stmt_int(&q, 6);
		names_put(&run->model->received, r->key, r);
	}
	return err->code == VS_OK;
}
