/* Lists, candidacies, consents and their people of one election day. */
#include "exchange/model.h"

#include <string.h>

/* The number of a removed record is not given again, so the largest may be of the past. */
static bool
load_last_ids(struct import *run, struct vs_error *err)
{
	struct model *m = run->model;
	return db_int(run->db,
		       SQL("SELECT max(coalesce((SELECT max(id) FROM person), 0), coalesce("
			   "(SELECT seq FROM sqlite_sequence WHERE name = 'person'), 0))"),
		       &m->last_person, err) &&
		db_int(run->db,
			SQL("SELECT max(coalesce((SELECT max(id) FROM list), 0), coalesce("
			    "(SELECT seq FROM sqlite_sequence WHERE name = 'list'), 0))"),
			&m->last_list, err) &&
		db_int(run->db,
			SQL("SELECT max(coalesce((SELECT max(id) FROM candidacy), 0), coalesce("
			    "(SELECT seq FROM sqlite_sequence WHERE name = 'candidacy'), 0))"),
			&m->last_candidacy, err) &&
		db_int(run->db, SQL("SELECT coalesce(max(id), 0) FROM open_consent"),
			&m->last_consent, err);
}

/* Piles in order of id are searched by halving. */
static struct list *
list_by_id(const struct pile *pile, int64_t id)
{
	size_t low = 0, high = pile->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		struct list *list = pile->items[middle];
		if (list->id == id)
			return list;
		if (list->id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static struct person *
person_by_id(const struct pile *pile, int64_t id)
{
	size_t low = 0, high = pile->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		struct person *person = pile->items[middle];
		if (person->id == id)
			return person;
		if (person->id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static bool
load_people(struct import *run, struct pile *people, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, run->db,
		    SQL("SELECT id, name, gender, age, home, candidate_number FROM person"
			" WHERE id IN (SELECT c.person_id FROM candidacy c JOIN list l"
			" ON l.id = c.list_id WHERE l.election_day = ?1) OR id IN (SELECT"
			" person_id FROM open_consent WHERE election_day = ?1) ORDER BY id"),
		    err))
		return false;
	stmt_bind(&q, run->election_day);
	while (stmt_row(&q, err)) {
		struct person *p = vs_arena_alloc(run->arena, sizeof *p);
		p->thing.noun = NOUN_PERSON;
		p->id = stmt_int(&q, 0);
		p->name = stmt_copy(&q, 1, run->arena);
		p->gender = stmt_copy(&q, 2, run->arena);
		p->age = stmt_null(&q, 3) ? -1 : (int)stmt_int(&q, 3);
		p->home = stmt_copy(&q, 4, run->arena);
		p->number = stmt_copy(&q, 5, run->arena);
		if (p->number && !names_get(&run->model->numbers, p->number))
			names_put(&run->model->numbers, p->number, p);
		pile_add(run->arena, people, p);
	}
	return err->code == VS_OK;
}

static bool
load_list_rows(struct import *run, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, run->db,
		    SQL("SELECT id, number, kind, party_code, designation, locked, status,"
			" authority_status, authority_pieces, EXISTS (SELECT 1 FROM list_version v"
			" WHERE v.list_id = list.id AND v.what <> 'import')"
			" FROM list WHERE election_day = ? ORDER BY id"),
		    err))
		return false;
	stmt_bind(&q, run->election_day);
	while (stmt_row(&q, err)) {
		struct list *l = vs_arena_alloc(run->arena, sizeof *l);
		l->thing.noun = NOUN_LIST;
		l->id = stmt_int(&q, 0);
		l->number = stmt_copy(&q, 1, run->arena);
		l->kind = stmt_copy(&q, 2, run->arena);
		l->party = names_get(&run->model->parties, stmt_text(&q, 3));
		l->designation = stmt_copy(&q, 4, run->arena);
		l->locked = stmt_int(&q, 5);
		l->status = stmt_copy(&q, 6, run->arena);
		l->authority_status = stmt_copy(&q, 7, run->arena);
		l->pieces = stmt_null(&q, 8) ? -1 : stmt_int(&q, 8);
		l->edited = stmt_int(&q, 9);
		if (l->number)
			names_put(&run->model->lists, l->number, l);
		pile_add(run->arena, &run->model->all_lists, l);
	}
	return err->code == VS_OK;
}

static bool
load_list_constituencies(struct import *run, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, run->db,
		    SQL("SELECT lc.list_id, c.kind || char(31) || c.area_code || char(31) ||"
			" c.code FROM list l JOIN list_constituency lc ON lc.list_id = l.id"
			" JOIN constituency c ON c.id = lc.constituency_id"
			" WHERE l.election_day = ? ORDER BY lc.list_id, c.code"),
		    err))
		return false;
	stmt_bind(&q, run->election_day);
	while (stmt_row(&q, err)) {
		struct list *l = list_by_id(&run->model->all_lists, stmt_int(&q, 0));
		pile_add(run->arena, &l->constituencies,
			names_get(&run->model->constituencies, stmt_text(&q, 1)));
	}
	return err->code == VS_OK;
}

static struct candidacy *
read_candidacy(struct import *run, const struct stmt *q)
{
	struct candidacy *c = vs_arena_alloc(run->arena, sizeof *c);
	c->thing.noun = NOUN_CANDIDACY;
	c->id = stmt_int(q, 0);
	c->position = (int)stmt_int(q, 2);
	c->name = stmt_copy(q, 4, run->arena);
	c->ballot_text = stmt_copy(q, 5, run->arena);
	c->declaration = stmt_copy(q, 6, run->arena);
	c->declaration_source = stmt_copy(q, 7, run->arena);
	c->consent = stmt_copy(q, 8, run->arena);
	c->consent_source = stmt_copy(q, 9, run->arena);
	c->valid = stmt_null(q, 10) ? -1 : (int)stmt_int(q, 10);
	return c;
}

static bool
load_candidacies(struct import *run, const struct pile *people, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, run->db,
		    SQL("SELECT c.id, c.list_id, c.position, c.person_id, c.name,"
			" c.ballot_text, c.declaration, c.declaration_source, c.consent,"
			" c.consent_source, c.valid FROM list l JOIN candidacy c"
			" ON c.list_id = l.id WHERE l.election_day = ?"
			" ORDER BY c.list_id, c.position"),
		    err))
		return false;
	stmt_bind(&q, run->election_day);
	while (stmt_row(&q, err)) {
		struct candidacy *c = read_candidacy(run, &q);
		c->list = list_by_id(&run->model->all_lists, stmt_int(&q, 1));
		c->person = person_by_id(people, stmt_int(&q, 3));
		pile_add(run->arena, &c->list->candidacies, c);
	}
	return err->code == VS_OK;
}

static bool
load_consents(struct import *run, const struct pile *people, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, run->db,
		    SQL("SELECT id, kind, area_code, party_code, person_id, consent, valid"
			" FROM open_consent WHERE election_day = ?"),
		    err))
		return false;
	stmt_bind(&q, run->election_day);
	while (stmt_row(&q, err)) {
		struct consent *c = vs_arena_alloc(run->arena, sizeof *c);
		c->thing.noun = NOUN_OPEN_CONSENT;
		c->id = stmt_int(&q, 0);
		c->kind = stmt_copy(&q, 1, run->arena);
		c->area = stmt_copy(&q, 2, run->arena);
		c->party = names_get(&run->model->parties, stmt_text(&q, 3));
		c->person = person_by_id(people, stmt_int(&q, 4));
		c->consent = stmt_copy(&q, 5, run->arena);
		c->valid = stmt_null(&q, 6) ? -1 : (int)stmt_int(&q, 6);
		c->key = vs_arena_printf(run->arena, "%s\x1f%s\x1f%s\x1f%s", c->kind,
			c->area, c->party->code,
			c->person->number ? c->person->number
					  : codes_fold(run->arena, c->person->name));
		names_put(&run->model->consents, c->key, c);
		pile_add(run->arena, &run->model->all_consents, c);
	}
	return err->code == VS_OK;
}

bool
model_lists(struct import *run, struct vs_error *err)
{
	struct pile people = { 0 };
	if (run->model->has_lists)
		return true;
	run->model->has_lists = true;
	return load_last_ids(run, err) && load_people(run, &people, err) &&
		load_list_rows(run, err) && load_list_constituencies(run, err) &&
		load_candidacies(run, &people, err) && load_consents(run, &people, err);
}
