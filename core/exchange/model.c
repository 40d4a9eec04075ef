/* Finding and making what the campaign file holds, in memory. */
#include "exchange/model.h"

#include <string.h>

#include "base/i18n.h"

void
thing_hold(struct import *run, struct thing *thing)
{
	if (thing->held == run->stamp)
		return;
	thing->held = run->stamp;
	run->tally.counts[thing->noun].held++;
}

void
thing_change(struct import *run, struct thing *thing)
{
	if (thing->state != THING_STORED)
		return;
	thing->state = THING_CHANGED;
	run->tally.counts[thing->noun].changed++;
	pile_add(run->arena, &run->model->dirty[thing->noun], thing);
}

void
thing_add(struct import *run, struct thing *thing, enum noun noun)
{
	thing->noun = noun;
	thing->state = THING_ADDED;
	run->tally.counts[noun].added++;
	pile_add(run->arena, &run->model->dirty[noun], thing);
	thing_hold(run, thing);
}

void
thing_text(struct import *run, struct thing *thing, const char **field, const char *value)
{
	if (!*value || (*field && strcmp(*field, value) == 0))
		return;
	*field = value;
	thing_change(run, thing);
}

void
thing_fill(struct import *run, struct thing *thing, const char **field, const char *value)
{
	if (!*field)
		thing_text(run, thing, field, value);
}

/*
 * Parties are named by the list of participating parties; other files name only the parties
 * that are not known yet, so that the order of the files does not matter.
 */
struct party *
model_party(struct import *run, const char *code, const char *name,
	const char *short_name, bool authoritative)
{
	struct party *party = names_get(&run->model->parties, code);
	if (!party) {
		party = vs_arena_alloc(run->arena, sizeof *party);
		party->code = code;
		party->name = *name ? name : code;
		party->short_name = *short_name ? short_name : NULL;
		party->named = run->stamp;
		thing_add(run, &party->thing, NOUN_PARTY);
		names_put(&run->model->parties, code, party);
		return party;
	}
	thing_hold(run, &party->thing);
	if (authoritative && party->named != run->stamp) {
		party->named = run->stamp;
		thing_text(run, &party->thing, &party->name, name);
		thing_text(run, &party->thing, &party->short_name, short_name);
	} else {
		thing_fill(run, &party->thing, &party->short_name, short_name);
	}
	return party;
}

struct kommun *
model_kommun(struct import *run, const char *code)
{
	return code ? names_get(&run->model->kommuner, code) : NULL;
}

void
model_committee(struct rows *rows, struct kommun *kommun, bool only_blanks)
{
	struct import *run = rows->run;
	if (kommun->told == run->stamp)
		return;
	kommun->told = run->stamp;
	thing_hold(run, &kommun->thing);
	void (*take)(struct import *, struct thing *, const char **, const char *) =
		only_blanks ? thing_fill : thing_text;
	take(run, &kommun->thing, &kommun->committee, rows_get(rows, COL_COMMITTEE));
	take(run, &kommun->thing, &kommun->website, rows_get(rows, COL_WEBSITE));
	take(run, &kommun->thing, &kommun->phone, rows_get(rows, COL_PHONE));
}

struct constituency *
model_constituency(struct import *run, const char *kind, const char *area,
	const char *code, const char *name)
{
	const char *key = vs_arena_printf(run->arena, "%s\x1f%s\x1f%s", kind, area, code);
	struct constituency *found = names_get(&run->model->constituencies, key);
	if (found) {
		thing_hold(run, &found->thing);
		return found;
	}
	found = vs_arena_alloc(run->arena, sizeof *found);
	found->id = ++run->model->last_constituency;
	found->kind = kind;
	found->area = area;
	found->code = code;
	found->name = *name ? name : code;
	thing_add(run, &found->thing, NOUN_CONSTITUENCY);
	names_put(&run->model->constituencies, key, found);
	return found;
}

const char *
model_place_key(struct vs_arena *arena, const struct kommun *kommun, const char *name,
	const char *street)
{
	const char *folded_name = codes_fold(arena, name);
	const char *folded_street = codes_fold(arena, street);
	size_t length = strlen(folded_name), more = strlen(folded_street);
	char *key = vs_arena_alloc(arena, 4 + 1 + length + 1 + more + 1);
	memcpy(key, kommun->code, 4);
	key[4] = '\x1f';
	memcpy(key + 5, folded_name, length);
	key[5 + length] = '\x1f';
	memcpy(key + 6 + length, folded_street, more + 1);
	return key;
}

struct place *
model_place_new(struct import *run, struct kommun *kommun, const char *key,
	const char *name, const char *street)
{
	struct place *place = vs_arena_alloc(run->arena, sizeof *place);
	place->id = ++run->model->last_place;
	place->kommun = kommun;
	place->key = key;
	place->name = name;
	place->street = street;
	thing_add(run, &place->thing, NOUN_PLACE);
	names_put(&run->model->places, key, place);
	pile_add(run->arena, &run->model->all_places, place);
	return place;
}

struct district *
model_district_new(
	struct import *run, struct kommun *kommun, const char *code, const char *name)
{
	struct district *district = vs_arena_alloc(run->arena, sizeof *district);
	district->code = code;
	district->name = name;
	district->kommun = kommun;
	thing_add(run, &district->thing, NOUN_DISTRICT);
	names_put(&run->model->districts, code, district);
	pile_add(run->arena, &run->model->all_districts, district);
	return district;
}

struct opening *
model_opening_new(struct import *run, struct place *place, const char *purpose,
	const char *date, struct span span)
{
	struct opening *opening = vs_arena_alloc(run->arena, sizeof *opening);
	opening->id = ++run->model->last_opening;
	opening->place = place;
	opening->purpose = purpose;
	opening->date = date;
	opening->opens = span.opens;
	opening->closes = span.closes;
	opening->next = place->openings;
	place->openings = opening;
	thing_add(run, &opening->thing, NOUN_OPENING);
	return opening;
}

static bool
same_day(const struct opening *opening, const char *purpose, const char *date)
{
	return !opening->doomed && purpose[0] == opening->purpose[0] &&
		memcmp(opening->date, date, 10) == 0;
}

static struct opening *
find_opening(struct place *place, const char *purpose, const char *date, int opens)
{
	struct opening *o = place->openings;
	while (o && !(same_day(o, purpose, date) && o->opens == opens))
		o = o->next;
	return o;
}

/* "08:00-12:00", for messages. */
static void
tell_gone(struct import *run, const struct place *place, const struct opening *o)
{
	tally_gone(run, NOUN_OPENING,
		_("opening %lld: %s (%s), %.10s %02d:%02d-%02d:%02d"), (long long)o->id,
		place->name, place->kommun->name, o->date, o->opens / 60, o->opens % 60,
		o->closes / 60, o->closes % 60);
}

/*
 * The authority's hours of a day replace the hours that the campaign file has for that day,
 * place and purpose. A day on which the file has no hours at all is told as gone and kept:
 * shifts and deliveries may hang on it, and a person should look.
 */
void
model_hours(struct import *run, struct place *place, const char *purpose,
	const char *date, const struct spans *spans)
{
	bool fresh = place->openings == NULL;
	for (size_t i = 0; i < spans->count; i++) {
		struct span span = spans->span[i];
		struct opening *o =
			fresh ? NULL : find_opening(place, purpose, date, span.opens);
		if (!o) {
			model_opening_new(run, place, purpose, date, span);
			continue;
		}
		thing_hold(run, &o->thing);
		if (o->closes != span.closes) {
			o->closes = span.closes;
			thing_change(run, &o->thing);
		}
	}
	for (struct opening *o = fresh || spans->bad ? NULL : place->openings; o;
		o = o->next) {
		if (o->thing.held == run->stamp || !same_day(o, purpose, date))
			continue;
		if (spans->count == 0) {
			tell_gone(run, place, o);
			continue;
		}
		thing_hold(run, &o->thing);
		o->doomed = true;
		thing_change(run, &o->thing);
	}
}
