/*
 * Candidate lists: the authority's file against the campaign file.
 *
 * What the authority keeps about a list (status, pieces ordered, locked or open) is always
 * taken over. Whether its order of candidates is, depends:
 *	- an open list that only imports have written follows the authority's order; who is no
 *	  longer on it is taken off and told by name;
 *	- a list that somebody has worked on here (it has versions) is never overwritten: where
 *	  the two differ, that is told;
 *	- a locked list keeps its order; where the file differs, that is told as well.
 * A declaration or consent that was entered by hand is not undone by an authority that has
 * not registered it yet.
 */
#include "exchange/lists.h"

#include <string.h>

#include "base/i18n.h"

#define SOURCE "Valmyndigheten"

static struct person *
new_person(struct import *run, const struct entry *e)
{
	struct person *p = vs_arena_alloc(run->arena, sizeof *p);
	p->id = ++run->model->last_person;
	p->name = e->name;
	p->number = e->number;
	p->keep_until = run->campaign.keep_until;
	p->age = -1;
	thing_add(run, &p->thing, NOUN_PERSON);
	if (p->number)
		names_put(&run->model->numbers, p->number, p);
	return p;
}

/* Gender, age and home as the file's first row about the person has them. */
static void
take_person(struct import *run, struct person *p, const struct entry *e)
{
	thing_hold(run, &p->thing);
	if (p->name[0] == '[' && e->name[0] != '[')
		thing_text(run, &p->thing, &p->name, e->name);
	if (p->told == run->stamp && (p->gender || !*e->gender))
		return;
	p->told = run->stamp;
	thing_text(run, &p->thing, &p->gender, e->gender);
	thing_text(run, &p->thing, &p->home, e->home);
	if (e->age >= 0 && p->age != e->age) {
		p->age = e->age;
		thing_change(run, &p->thing);
	}
}

static struct person *
find_person(struct import *run, const struct entry *e)
{
	struct person *p = e->number ? names_get(&run->model->numbers, e->number) : NULL;
	if (!p)
		p = new_person(run, e);
	take_person(run, p, e);
	return p;
}

static bool
same_name(const char *a, const char *b)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	return strcmp(codes_fold(scratch.arena, a), codes_fold(scratch.arena, b)) == 0;
}

/* By the authority's number; a person entered by hand has none and is known by name. */
static struct candidacy *
find_candidacy(const struct list *list, const struct entry *e)
{
	for (size_t i = 0; i < list->candidacies.count; i++) {
		struct candidacy *c = list->candidacies.items[i];
		if (e->number && c->person->number
				? strcmp(c->person->number, e->number) == 0
				: same_name(c->name, e->name))
			return c;
	}
	return NULL;
}

/* True when the authority's answer is to be taken over. */
static bool
outranks(struct import *run, const struct candidacy *c, const struct entry *e,
	const char *what, const char *given, const char *held, const char *source)
{
	if (strcmp(given, "unknown") == 0 || strcmp(given, held) == 0)
		return false;
	bool by_hand =
		strcmp(held, "yes") == 0 && (!source || strcmp(source, SOURCE) != 0);
	if (by_hand && strcmp(given, "no") == 0)
		tally_problem(run, SEVERITY_WARNING, e->line, NULL,
			_("ask the authority whether it has come in"),
			_("%s, list %s: %s is entered here and not registered by the authority"),
			c->name, c->list->number, what);
	return !by_hand || strcmp(given, "yes") == 0;
}

static void
take_answers(struct import *run, struct candidacy *c, const struct entry *e)
{
	if (outranks(run, c, e, _("the declaration"), e->declaration, c->declaration,
		    c->declaration_source)) {
		c->declaration = e->declaration;
		c->declaration_source = SOURCE;
		c->declaration_new = true;
		thing_change(run, &c->thing);
	}
	if (outranks(run, c, e, _("the consent"), e->consent, c->consent,
		    c->consent_source)) {
		c->consent = e->consent;
		c->consent_source = SOURCE;
		c->consent_new = true;
		thing_change(run, &c->thing);
	}
}

static void
take_details(struct import *run, struct candidacy *c, const struct entry *e)
{
	struct person *p = c->person;
	thing_hold(run, &c->thing);
	if (!p->number && e->number && !names_get(&run->model->numbers, e->number)) {
		thing_text(run, &p->thing, &p->number, e->number);
		names_put(&run->model->numbers, p->number, p);
	}
	take_person(run, p, e);
	thing_text(run, &c->thing, &c->name, e->name);
	thing_text(run, &c->thing, &c->ballot_text, e->ballot_text);
	take_answers(run, c, e);
	if (e->valid >= 0 && c->valid != e->valid) {
		c->valid = e->valid;
		thing_change(run, &c->thing);
	}
}

static const char *
source_of(const char *answer)
{
	return strcmp(answer, "unknown") == 0 ? NULL : SOURCE;
}

static void
add_candidacy(struct import *run, struct list *list, const struct entry *e)
{
	struct candidacy *c = vs_arena_alloc(run->arena, sizeof *c);
	c->id = ++run->model->last_candidacy;
	c->list = list;
	c->position = (int)e->order;
	c->person = find_person(run, e);
	c->name = e->name;
	c->ballot_text = *e->ballot_text ? e->ballot_text : NULL;
	c->declaration = e->declaration;
	c->declaration_source = source_of(e->declaration);
	c->consent = e->consent;
	c->consent_source = source_of(e->consent);
	c->valid = e->valid;
	thing_add(run, &c->thing, NOUN_CANDIDACY);
	pile_add(run->arena, &list->candidacies, c);
}

static bool
same_order(const struct list *list, const struct listing *l)
{
	if (list->candidacies.count != l->entries.count)
		return false;
	for (size_t i = 0; i < l->entries.count; i++) {
		const struct entry *e = l->entries.items[i];
		const struct candidacy *c = find_candidacy(list, e);
		if (!c || c->position != e->order)
			return false;
	}
	return true;
}

/* Candidates whom the file no longer has: off an open list, kept on a locked one. */
static void
drop_missing(struct import *run, struct list *list, bool remove)
{
	size_t kept = 0;
	for (size_t i = 0; i < list->candidacies.count; i++) {
		struct candidacy *c = list->candidacies.items[i];
		if (c->thing.held != run->stamp) {
			tally_gone(run, NOUN_CANDIDACY, _("candidacy %lld: %s, list %s"),
				(long long)c->id, c->name, list->number);
			if (remove) {
				c->doomed = true;
				thing_change(run, &c->thing);
				continue;
			}
		}
		list->candidacies.items[kept++] = c;
	}
	list->candidacies.count = kept;
}

static void
follow_order(struct import *run, struct list *list, const struct listing *l, bool move)
{
	size_t stored = list->candidacies.count;
	for (size_t i = 0; i < l->entries.count; i++) {
		const struct entry *e = l->entries.items[i];
		struct candidacy *c = find_candidacy(list, e);
		if (c && (size_t)c->position <= stored + l->entries.count)
			take_details(run, c, e);
		if (c && move && c->position != (int)e->order) {
			c->position = (int)e->order;
			thing_change(run, &c->thing);
		} else if (!c && move) {
			add_candidacy(run, list, e);
		}
	}
	drop_missing(run, list, move);
}

static void
hold_all(struct import *run, const struct list *list)
{
	for (size_t i = 0; i < list->candidacies.count; i++) {
		struct candidacy *c = list->candidacies.items[i];
		thing_hold(run, &c->thing);
	}
}

static void
take_candidacies(
	struct import *run, struct list *list, const struct listing *l, bool was_locked)
{
	bool same = same_order(list, l);
	if (same || (!list->edited && !was_locked)) {
		follow_order(run, list, l, !same);
		return;
	}
	if (list->edited) {
		hold_all(run, list);
		tally_problem(run, SEVERITY_WARNING, l->line, "LISTNUMMER",
			_("compare the two; remove the list here and import again to take the "
			  "authority's"),
			_("list %s has been worked on here and differs from the authority's; its "
			  "candidates were left as they are"),
			l->number);
		return;
	}
	tally_problem(run, SEVERITY_WARNING, l->line, "LISTNUMMER",
		_("ask the authority; a locked list should not change"),
		_("list %s is locked and has another order of candidates in the file; its order "
		  "was left as it is"),
		l->number);
	follow_order(run, list, l, false);
}

static void
take_constituencies(struct import *run, struct list *list, const struct listing *l)
{
	for (size_t i = 0; i < l->constituencies.count; i++) {
		struct constituency *c = l->constituencies.items[i];
		bool there = false;
		for (size_t j = 0; j < list->constituencies.count; j++)
			there = there || list->constituencies.items[j] == c;
		if (there)
			continue;
		pile_add(run->arena, &list->constituencies, c);
		pile_add(run->arena, &list->new_constituencies, c);
		thing_change(run, &list->thing);
	}
}

/* Our own list, not numbered yet, may be the one that the file brings. */
static void
tell_collision(struct import *run, const struct listing *l)
{
	const struct pile *all = &run->model->all_lists;
	for (size_t i = 0; i < all->count; i++) {
		const struct list *own = all->items[i];
		if (!own->number && own->party == l->party &&
			strcmp(own->kind, l->kind) == 0 &&
			lists_share_constituency(own, l))
			tally_problem(run, SEVERITY_WARNING, l->line, "LISTNUMMER",
				_("if they are the same, remove one of them"),
				_("list %s is new here, and list no. %lld of the same party and "
				  "constituency has no number yet"),
				l->number, (long long)own->id);
	}
}

static void
add_list(struct import *run, const struct listing *l)
{
	tell_collision(run, l);
	struct list *list = vs_arena_alloc(run->arena, sizeof *list);
	list->id = ++run->model->last_list;
	list->number = l->number;
	list->kind = l->kind;
	list->party = l->party;
	list->designation = *l->designation ? l->designation : NULL;
	list->locked = l->locked;
	list->status = "decided"; /* what the authority has was handed in */
	list->authority_status = *l->authority_status ? l->authority_status : NULL;
	list->pieces = l->pieces;
	thing_add(run, &list->thing, NOUN_LIST);
	names_put(&run->model->lists, list->number, list);
	pile_add(run->arena, &run->model->all_lists, list);
	take_constituencies(run, list, l);
	for (size_t i = 0; i < l->entries.count; i++)
		add_candidacy(run, list, l->entries.items[i]);
}

static void
take_facts(struct import *run, struct list *list, const struct listing *l)
{
	struct thing *thing = &list->thing;
	thing_hold(run, thing);
	thing_text(run, thing, &list->designation, l->designation);
	thing_text(run, thing, &list->authority_status, l->authority_status);
	if (strcmp(list->status, "ordered") != 0)
		thing_text(run, thing, &list->status, "decided");
	if (l->has_locked && list->locked != l->locked) {
		list->locked = l->locked;
		thing_change(run, thing);
	}
	if (l->pieces >= 0 && list->pieces != l->pieces) {
		list->pieces = l->pieces;
		thing_change(run, thing);
	}
}

void
lists_take(struct import *run, struct listing *l)
{
	struct list *list = names_get(&run->model->lists, l->number);
	if (!list) {
		add_list(run, l);
		return;
	}
	if (list->party != l->party || strcmp(list->kind, l->kind) != 0) {
		thing_hold(run, &list->thing);
		tally_refuse(run, l->line, "LISTNUMMER",
			_("correct the list's number here, or the file"),
			_("list %s belongs to another party or election here"),
			l->number);
		return;
	}
	bool was_locked = list->locked;
	take_facts(run, list, l);
	take_constituencies(run, list, l);
	take_candidacies(run, list, l, was_locked);
}

static const char *
consent_key(struct import *run, const char *kind, const char *area,
	const struct party *party, const char *who)
{
	return vs_arena_printf(
		run->arena, "%s\x1f%s\x1f%s\x1f%s", kind, area, party->code, who);
}

void
lists_take_open(struct import *run, const char *kind, const char *area,
	struct party *party, const struct entry *e)
{
	const char *key = consent_key(run, kind, area, party,
		e->number ? e->number : codes_fold(run->arena, e->name));
	struct consent *c = names_get(&run->model->consents, key);
	if (!c) {
		c = vs_arena_alloc(run->arena, sizeof *c);
		*c = (struct consent){ .id = ++run->model->last_consent,
			.key = key,
			.kind = kind,
			.area = area,
			.party = party,
			.consent = e->consent,
			.valid = e->valid };
		c->person = find_person(run, e);
		thing_add(run, &c->thing, NOUN_OPEN_CONSENT);
		names_put(&run->model->consents, key, c);
		pile_add(run->arena, &run->model->all_consents, c);
		return;
	}
	thing_hold(run, &c->thing);
	take_person(run, c->person, e);
	if (strcmp(e->consent, "unknown") != 0)
		thing_text(run, &c->thing, &c->consent, e->consent);
	if (e->valid >= 0 && c->valid != e->valid) {
		c->valid = e->valid;
		thing_change(run, &c->thing);
	}
}
