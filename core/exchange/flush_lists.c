/* Writing people, lists, candidacies and consents. */
#include "exchange/model.h"

#include <valstuga/ballots.h>

#define ASIDE 1000000 /* positions are moved here while others take their place */

static void
bind_known(struct stmt *q, int64_t value)
{
	if (value < 0)
		stmt_bind_null(q);
	else
		stmt_bind(q, value);
}

static void
bind_person(struct stmt *q, const void *thing)
{
	const struct person *p = thing;
	stmt_bind(q, p->name);
	stmt_bind(q, p->gender);
	bind_known(q, p->age);
	stmt_bind(q, p->home);
	stmt_bind(q, p->number);
	stmt_bind(q, p->id);
}

static void
bind_new_person(struct stmt *q, const void *thing)
{
	bind_person(q, thing);
	stmt_bind(q, ((const struct person *)thing)->keep_until);
}

static bool
flush_people(struct import *run, struct vs_error *err)
{
	return flush_each(run, NOUN_PERSON,
		       SQL("UPDATE person SET name = ?, gender = ?, age = ?, home = ?,"
			   " candidate_number = ? WHERE id = ?"),
		       THING_CHANGED, bind_person, err) &&
		flush_new(run, NOUN_PERSON,
			INSERT("person (name, gender, age, home, candidate_number, id, keep_until)",
				"(?, ?, ?, ?, ?, ?, ?)"),
			bind_new_person, err);
}

static void
bind_list(struct stmt *q, const void *thing)
{
	const struct list *l = thing;
	stmt_bind(q, l->designation);
	stmt_bind(q, l->locked);
	stmt_bind(q, l->status);
	stmt_bind(q, l->authority_status);
	bind_known(q, l->pieces);
	stmt_bind(q, l->id);
}

static bool
insert_lists(struct import *run, struct vs_error *err)
{
	const struct pile *pile = &run->model->dirty[NOUN_LIST];
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, run->db,
		    SQL("INSERT INTO list (designation, locked, status, authority_status,"
			" authority_pieces, id, election_day, kind, party_code, number, version)"
			" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)"),
		    err))
		return false;
	for (size_t i = 0; i < pile->count; i++) {
		const struct list *l = pile->items[i];
		if (l->thing.state != THING_ADDED)
			continue;
		bind_list(&q, l);
		stmt_bind(&q, run->election_day);
		stmt_bind(&q, l->kind);
		stmt_bind(&q, l->party->code);
		stmt_bind(&q, l->number);
		if (!stmt_run(&q, err))
			return false;
	}
	return true;
}

static bool
insert_constituencies(struct import *run, struct vs_error *err)
{
	const struct pile *pile = &run->model->dirty[NOUN_LIST];
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, run->db,
		    SQL("INSERT INTO list_constituency (list_id, constituency_id)"
			" VALUES (?, ?)"),
		    err))
		return false;
	for (size_t i = 0; i < pile->count; i++) {
		struct list *l = pile->items[i];
		for (size_t j = 0; j < l->new_constituencies.count; j++) {
			const struct constituency *c = l->new_constituencies.items[j];
			stmt_bind(&q, l->id);
			stmt_bind(&q, c->id);
			if (!stmt_run(&q, err))
				return false;
		}
		l->new_constituencies.count = 0;
	}
	return true;
}

static void
bind_doomed(struct stmt *q, const void *thing)
{
	const struct candidacy *c = thing;
	stmt_bind(q, c->doomed ? c->id : (int64_t)-1);
}

static void
bind_aside(struct stmt *q, const void *thing)
{
	const struct candidacy *c = thing;
	stmt_bind(q, ASIDE);
	stmt_bind(q, c->id);
}

static void
bind_candidacy(struct stmt *q, const void *thing)
{
	const struct candidacy *c = thing;
	stmt_bind(q, c->position);
	stmt_bind(q, c->name);
	stmt_bind(q, c->ballot_text);
	stmt_bind(q, c->declaration);
	stmt_bind(q, c->declaration_source);
	stmt_bind(q, c->declaration_new);
	stmt_bind(q, c->consent);
	stmt_bind(q, c->consent_source);
	stmt_bind(q, c->consent_new);
	bind_known(q, c->valid);
	stmt_bind(q, c->id);
}

static void
bind_new_candidacy(struct stmt *q, const void *thing)
{
	const struct candidacy *c = thing;
	stmt_bind(q, c->position);
	stmt_bind(q, c->name);
	stmt_bind(q, c->ballot_text);
	stmt_bind(q, c->declaration);
	stmt_bind(q, c->declaration_source);
	stmt_bind(q, c->consent);
	stmt_bind(q, c->consent_source);
	bind_known(q, c->valid);
	stmt_bind(q, c->id);
	stmt_bind(q, c->list->id);
	stmt_bind(q, c->person->id);
}

/* A position is unique on its list, so those that change are moved aside first. */
static bool
flush_candidacies(struct import *run, struct vs_error *err)
{
	return flush_each(run, NOUN_CANDIDACY, SQL("DELETE FROM candidacy WHERE id = ?"),
		       THING_CHANGED, bind_doomed, err) &&
		flush_each(run, NOUN_CANDIDACY,
			SQL("UPDATE candidacy SET position = position + ? WHERE id = ?"),
			THING_CHANGED, bind_aside, err) &&
		flush_each(run, NOUN_CANDIDACY,
			SQL("UPDATE candidacy SET position = ?1, name = ?2, ballot_text = ?3,"
			    " declaration = ?4, declaration_source = ?5,"
			    " declaration_on = CASE WHEN ?6 THEN NULL ELSE declaration_on END,"
			    " consent = ?7, consent_source = ?8,"
			    " consent_on = CASE WHEN ?9 THEN NULL ELSE consent_on END,"
			    " valid = ?10 WHERE id = ?11"),
			THING_CHANGED, bind_candidacy, err) &&
		flush_new(run, NOUN_CANDIDACY,
			INSERT("candidacy (position, name, ballot_text, declaration, declaration_source, consent, consent_source, valid, id, list_id, person_id)",
				"(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
			bind_new_candidacy, err);
}

static bool
flush_consents(struct import *run, struct vs_error *err)
{
	const struct pile *pile = &run->model->dirty[NOUN_OPEN_CONSENT];
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, run->db,
		    SQL("INSERT INTO open_consent (id, election_day, kind, area_code,"
			" party_code, person_id, consent, valid)"
			" VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
			" consent = excluded.consent, valid = excluded.valid"),
		    err))
		return false;
	for (size_t i = 0; i < pile->count; i++) {
		const struct consent *c = pile->items[i];
		stmt_bind(&q, c->id);
		stmt_bind(&q, run->election_day);
		stmt_bind(&q, c->kind);
		stmt_bind(&q, c->area);
		stmt_bind(&q, c->party->code);
		stmt_bind(&q, c->person->id);
		stmt_bind(&q, c->consent);
		bind_known(&q, c->valid);
		if (!stmt_run(&q, err))
			return false;
	}
	return true;
}

/* A list that is new, or whose candidates changed, gets a version. */
static bool
keep_versions(struct import *run, struct vs_error *err)
{
	const struct pile *lists = &run->model->dirty[NOUN_LIST];
	const struct pile *names = &run->model->dirty[NOUN_CANDIDACY];
	struct names kept = { .arena = run->arena };
	for (size_t i = 0; i < lists->count + names->count; i++) {
		const struct candidacy *c =
			i < lists->count ? NULL : names->items[i - lists->count];
		struct list *l = c ? c->list : lists->items[i];
		const char *key = vs_arena_printf(run->arena, "%lld", (long long)l->id);
		if (names_get(&kept, key))
			continue;
		names_put(&kept, key, l);
		if (!vs_list_keep(run->db, l->id, "import", err))
			return false;
	}
	return true;
}

bool
flush_lists(struct import *run, struct vs_error *err)
{
	return flush_people(run, err) &&
		flush_each(run, NOUN_LIST,
			SQL("UPDATE list SET designation = ?, locked = ?, status = ?,"
			    " authority_status = ?, authority_pieces = ? WHERE id = ?"),
			THING_CHANGED, bind_list, err) &&
		insert_lists(run, err) && insert_constituencies(run, err) &&
		flush_candidacies(run, err) && flush_consents(run, err) &&
		keep_versions(run, err);
}
