/*
 * rostningslokaler: one row per advance voting place, a column per day.
 *
 * A place is known by the authority's LOKALID and by building and street. A building where
 * districts vote as well is one place: then the file of polling stations says how it is
 * called and where it lies, and this file fills in only what that one leaves open, so that
 * the order in which the two are imported does not matter.
 */
#include "exchange/model.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "exchange/venue.h"

struct day {
	size_t head;
	const char *date;
};

struct advance {
	struct venue venue;
	const char *code;
	bool restricted;
	struct spans *hours; /* one per day */
	struct place *place;
};

static size_t
find_days(const struct rows *rows, struct day **ret_days)
{
	struct day *days =
		vs_arena_alloc(rows->run->arena, (rows->head_count + 1) * sizeof *days);
	size_t count = 0;
	for (size_t i = 0; i < rows->head_count; i++)
		if (codes_is_date(rows->heads[i]))
			days[count++] = (struct day){ i,
				vs_arena_copy(rows->run->arena, rows->heads[i], 10) };
	*ret_days = days;
	return count;
}

static void
read_hours(struct rows *rows, struct advance *a, const struct day *days, size_t count)
{
	a->hours = vs_arena_alloc(rows->run->arena, (count + 1) * sizeof *a->hours);
	for (size_t i = 0; i < count; i++) {
		const char *cell = rows->fields[days[i].head];
		if (!*cell)
			continue;
		spans_parse(rows_cell(rows, days[i].head), &a->hours[i]);
		if (a->hours[i].bad)
			tally_problem(rows->run, SEVERITY_WARNING, rows->line,
				days[i].date, _("set the place's opening hours by hand"),
				_("%s: \"%.60s\" cannot be read as opening hours"),
				a->venue.name, cell);
	}
}

static struct advance *
read_row(struct rows *rows, struct names *seen)
{
	struct import *run = rows->run;
	struct kommun *kommun = venue_kommun(rows);
	if (!kommun)
		return NULL;
	if (!kommun->in_district && !run->options->all) {
		run->tally.outside++;
		return NULL;
	}
	const char *given = rows_get(rows, COL_PLACE_CODE);
	struct advance *a = vs_arena_alloc(run->arena, sizeof *a);
	a->code = codes_pad(run->arena, given, 7);
	if (!a->code) {
		tally_refuse(run, rows->line, rows_head(rows, COL_PLACE_CODE),
			_("correct the code"),
			_("\"%.40s\" is not a place id of at most 7 digits"), given);
		return NULL;
	}
	const struct advance *twin = names_get(seen, a->code);
	if (twin) {
		tally_refuse(run, rows->line, rows_head(rows, COL_PLACE_CODE),
			_("remove one of the rows"),
			_("place id %s stands in the file already (%s)"), a->code,
			tally_where(run, twin->venue.line));
		return NULL;
	}
	names_put(seen, a->code, a);
	venue_read(rows, &a->venue, kommun, a->code);
	a->restricted = strcmp(rows_get(rows, COL_RESTRICTED), "J") == 0;
	kommun->advance = run->stamp;
	model_committee(rows, kommun, kommun->polled);
	return a;
}

static int
compare_codes(const void *a, const void *b)
{
	const struct advance *const *p = a, *const *q = b;
	return strcmp((*p)->code, (*q)->code);
}

/* Two place ids with one building and street: the second is named apart. */
static void
name_apart(struct import *run, struct advance *a, struct names *keys)
{
	struct venue *venue = &a->venue;
	const char *name = venue->name;
	for (int attempt = 0; names_get(keys, venue->key); attempt++) {
		const char *mark =
			attempt == 0 && *venue->detail ? venue->detail : a->code;
		venue->name = vs_arena_printf(run->arena, "%s (%s)",
			codes_limit(run->arena, name, 60),
			codes_limit(run->arena, mark, 50));
		venue->key = model_place_key(
			run->arena, venue->kommun, venue->name, venue->street);
		if (attempt == 2)
			break;
	}
	if (venue->name != name)
		tally_problem(run, SEVERITY_WARNING, venue->line, "LOKAL",
			_("check whether they are the same place"),
			_("%s, %s has several place ids; %s is kept apart as \"%s\""),
			name, venue->street, a->code, venue->name);
	names_put(keys, venue->key, a);
}

static void
set_code(struct import *run, struct place *place, const char *code)
{
	if (place->advance_code)
		names_drop(&run->model->place_codes, place->advance_code);
	place->advance_code = code;
	thing_change(run, &place->thing);
	if (code)
		names_put(&run->model->place_codes, code, place);
}

/* The advance voting of a building has moved to another: its hours go along. */
static void
move_hours(struct import *run, struct place *from, struct place *to)
{
	for (struct opening **at = &from->openings; *at;) {
		struct opening *o = *at, *twin = to->openings;
		while (twin &&
			!(twin->purpose[0] == 'a' && strcmp(twin->date, o->date) == 0))
			twin = twin->next;
		if (o->purpose[0] != 'a' || twin) {
			at = &o->next;
			continue;
		}
		*at = o->next;
		o->place = to;
		o->next = to->openings;
		to->openings = o;
		thing_hold(run, &o->thing);
		thing_change(run, &o->thing);
	}
}

/*
 * By building and street; else the place that had the code, which has then been renamed,
 * unless districts vote there: then the advance voting has moved house.
 */
static struct place *
find_place(struct import *run, const struct advance *a, const struct names *keys)
{
	struct place *place = names_get(&run->model->places, a->venue.key);
	struct place *former = names_get(&run->model->place_codes, a->code);
	if (!place && former && !former->districts && former->kommun == a->venue.kommun &&
		!names_get(keys, former->key)) {
		venue_rename(run, former, &a->venue);
		return former;
	}
	if (!place)
		place = model_place_new(run, a->venue.kommun, a->venue.key, a->venue.name,
			a->venue.street);
	if (former && former != place) {
		tally_problem(run, SEVERITY_NOTICE, a->venue.line, "LOKAL",
			_("check what was planned for the old place"),
			_("the advance voting at %s (%s) has moved to %s"), former->name,
			former->kommun->name, place->name);
		move_hours(run, former, place);
		set_code(run, former, NULL);
	}
	return place;
}

static void
take_place(struct import *run, struct advance *a, const struct names *keys)
{
	struct place *place = a->place = find_place(run, a, keys);
	thing_hold(run, &place->thing);
	venue_apply(run, &a->venue, place, place->districts == 0);
	if (!place->advance_code || strcmp(place->advance_code, a->code) != 0)
		set_code(run, place, a->code);
	if (place->restricted != a->restricted) {
		place->restricted = a->restricted;
		thing_change(run, &place->thing);
	}
}

static void
tell_vanished(struct import *run)
{
	const struct pile *places = &run->model->all_places;
	for (size_t i = 0; i < places->count; i++) {
		const struct place *p = places->items[i];
		if (p->kommun->advance == run->stamp && p->thing.held != run->stamp &&
			p->advance_code)
			tally_gone(run, NOUN_PLACE, _("place %lld: %s (%s)"),
				(long long)p->id, p->name, p->kommun->name);
	}
}

static void
take_all(struct import *run, struct pile *advance, const struct day *days, size_t count)
{
	struct names keys = { .arena = run->arena };
	if (advance->count)
		qsort(advance->items, advance->count, sizeof *advance->items,
			compare_codes);
	struct position **positions =
		vs_arena_alloc(run->arena, (advance->count + 1) * sizeof *positions);
	for (size_t i = 0; i < advance->count; i++) {
		struct advance *a = advance->items[i];
		positions[i] = &a->venue.position;
		name_apart(run, a, &keys);
	}
	position_judge(run, positions, advance->count);
	for (size_t i = 0; i < advance->count; i++)
		take_place(run, advance->items[i], &keys);
	for (size_t i = 0; i < advance->count; i++) {
		struct advance *a = advance->items[i];
		for (size_t day = 0; day < count; day++)
			if (a->hours[day].count || a->place->openings)
				model_hours(run, a->place, "advance", days[day].date,
					&a->hours[day]);
	}
}

bool
advance_import(struct rows *rows, struct vs_error *err)
{
	struct import *run = rows->run;
	struct names seen = { .arena = run->arena };
	struct pile advance = { 0 };
	struct day *days;
	size_t count = find_days(rows, &days);
	if (!model_places(run, err))
		return false;
	while (rows_next(rows, err)) {
		struct advance *a = read_row(rows, &seen);
		if (!a)
			continue;
		read_hours(rows, a, days, count);
		pile_add(run->arena, &advance, a);
	}
	if (err->code != VS_OK)
		return false;
	run->tally.taken = advance.count;
	take_all(run, &advance, days, count);
	tell_vanished(run);
	return true;
}
