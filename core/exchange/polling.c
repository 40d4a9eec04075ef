/*
 * vallokaler: one row per district, with the place where it votes. Districts at the same
 * building and street share one place.
 *
 * What the file brings replaces what the campaign file has; an empty cell never does, so
 * what somebody has filled in survives. A building that has got another name at the same
 * street, or another street under the same name, is recognised by its districts and renamed.
 */
#include "exchange/model.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "exchange/venue.h"

struct polled {
	size_t line;
	struct kommun *kommun;
	const char *code, *name, *kf_code;
	struct venue venue;
	const char *day;
	struct spans hours;
};

static const char *
district_code(struct rows *rows, const struct kommun *kommun)
{
	struct vs_arena *arena = rows->run->arena;
	const char *given = rows_get(rows, COL_DISTRICT);
	if (strlen(given) > 4) {
		const char *whole = codes_pad(arena, given, 8);
		return whole && strncmp(whole, kommun->code, 4) == 0 ? whole : NULL;
	}
	const char *last = codes_pad(arena, given, 4);
	if (!last)
		return NULL;
	char *code = vs_arena_alloc(arena, 9);
	memcpy(code, kommun->code, 4);
	memcpy(code + 4, last, 4);
	return code;
}

/* The kf constituency: made if missing; a divided kommun loses the undivided one. */
static bool
take_constituency(struct rows *rows, struct polled *p, struct vs_error *err)
{
	struct import *run = rows->run;
	const char *given = rows_get(rows, COL_KF_CODE), *area;
	if (!*given)
		return true;
	if (!codes_area(run, "KF", p->kommun->code, given, &area, &p->kf_code)) {
		p->kf_code = NULL;
		tally_problem(run, SEVERITY_WARNING, p->line,
			rows_head(rows, COL_KF_CODE),
			_("check the constituency of the district"),
			_("\"%.40s\" is no constituency of kommun %s"), given,
			p->kommun->code);
		return true;
	}
	if (!p->kommun->in_district || !vs_kinds_include(run->campaign.kinds, "KF"))
		return true;
	model_constituency(run, "KF", area, p->kf_code, rows_get(rows, COL_KF_NAME));
	return strcmp(p->kf_code + 4, "00") == 0 || venue_divide(run, p->kommun, err);
}

static const char *
clean_name(struct rows *rows, struct polled *p)
{
	const char *name = rows_get(rows, COL_DISTRICT_NAME);
	if (*name)
		return codes_limit(rows->run->arena, name, 120);
	tally_problem(rows->run, SEVERITY_WARNING, p->line,
		rows_head(rows, COL_DISTRICT_NAME), _("give the district a name"),
		_("district %s has no name; its code stands in"), p->code);
	return p->code;
}

static void
take_hours(struct rows *rows, struct polled *p)
{
	const char *day = rows_get(rows, COL_DAY), *hours = rows_get(rows, COL_HOURS);
	spans_parse(hours, &p->hours);
	if (p->hours.bad)
		tally_problem(rows->run, SEVERITY_WARNING, p->line,
			rows_head(rows, COL_HOURS),
			_("set the place's opening hours by hand"),
			_("\"%.60s\" cannot be read as opening hours"), hours);
	if (codes_is_date(day))
		p->day = day;
	else
		tally_problem(rows->run, SEVERITY_WARNING, p->line,
			rows_head(rows, COL_DAY),
			_("set the place's opening hours by hand"),
			_("\"%.40s\" is not a date; the opening hours were left out"),
			day);
}

/* One row; refused and outside rows leave *ret_polled NULL. */
static bool
read_row(struct rows *rows, struct names *seen, struct polled **ret_polled,
	struct vs_error *err)
{
	struct import *run = rows->run;
	*ret_polled = NULL;
	struct kommun *kommun = venue_kommun(rows);
	if (!kommun)
		return true;
	if (!kommun->in_district && !run->options->all) {
		run->tally.outside++;
		return true;
	}
	struct polled *p = vs_arena_alloc(run->arena, sizeof *p);
	p->line = rows->line;
	p->kommun = kommun;
	p->code = district_code(rows, kommun);
	if (!p->code)
		return tally_refuse(run, rows->line, rows_head(rows, COL_DISTRICT),
			_("correct the code"), _("\"%.40s\" is no district of kommun %s"),
			rows_get(rows, COL_DISTRICT), kommun->code);
	const struct polled *twin = names_get(seen, p->code);
	if (twin)
		return tally_refuse(run, rows->line, rows_head(rows, COL_DISTRICT),
			_("remove one of the rows"),
			_("district %s stands in the file already (%s)"), p->code,
			tally_where(run, twin->line));
	names_put(seen, p->code, p);
	p->name = clean_name(rows, p);
	venue_read(rows, &p->venue, kommun, p->name);
	take_hours(rows, p);
	if (!take_constituency(rows, p, err))
		return false;
	kommun->polling = run->stamp;
	model_committee(rows, kommun, false);
	*ret_polled = p;
	return true;
}

static int
compare_codes(const void *a, const void *b)
{
	const struct polled *const *p = a, *const *q = b;
	return strcmp((*p)->code, (*q)->code);
}

/* The place that a building had before it got another name or street. */
static struct place *
former_place(struct import *run, const struct pile *group, const struct names *keys)
{
	for (size_t i = 0; i < group->count; i++) {
		const struct polled *p = group->items[i];
		const struct district *d = names_get(&run->model->districts, p->code);
		if (d && d->place && d->place->thing.held != run->stamp &&
			!names_get(keys, d->place->key) &&
			venue_resembles(run, &p->venue, d->place))
			return d->place;
	}
	return NULL;
}

static void
take_district(struct import *run, const struct polled *p, struct place *place)
{
	struct district *d = names_get(&run->model->districts, p->code);
	if (!d)
		d = model_district_new(run, p->kommun, p->code, p->name);
	thing_hold(run, &d->thing);
	thing_text(run, &d->thing, &d->name, p->name);
	if (p->kf_code)
		thing_text(run, &d->thing, &d->kf_constituency, p->kf_code);
	if (d->collection) {
		d->collection = false;
		thing_change(run, &d->thing);
	}
	if (d->place == place)
		return;
	if (d->place)
		d->place->districts--;
	d->place = place;
	place->districts++;
	thing_change(run, &d->thing);
}

/* Hours of a place: the union of its districts', per day (all have the same day, mostly). */
static void
take_group_hours(struct import *run, const struct pile *group, struct place *place)
{
	for (size_t i = 0; i < group->count; i++) {
		const struct polled *first = group->items[i];
		struct spans hours = first->hours;
		bool told = !first->day;
		for (size_t j = 0; j < group->count && !told; j++) {
			const struct polled *other = group->items[j];
			if (j == i || !other->day || strcmp(first->day, other->day) != 0)
				continue;
			told = j < i;
			spans_union(&hours, &other->hours);
		}
		if (!told)
			model_hours(run, place, "polling",
				vs_arena_copy(run->arena, first->day, 10), &hours);
	}
}

static void
take_group(struct import *run, const struct pile *group, const struct names *keys)
{
	struct venue venue = ((const struct polled *)group->items[0])->venue;
	for (size_t i = 1; i < group->count; i++)
		venue_merge(
			run, &venue, &((const struct polled *)group->items[i])->venue);
	struct place *place = names_get(&run->model->places, venue.key);
	if (!place && (place = former_place(run, group, keys)))
		venue_rename(run, place, &venue);
	if (!place)
		place = model_place_new(
			run, venue.kommun, venue.key, venue.name, venue.street);
	thing_hold(run, &place->thing);
	venue_apply(run, &venue, place, true);
	for (size_t i = 0; i < group->count; i++)
		take_district(run, group->items[i], place);
	take_group_hours(run, group, place);
}

static void
tell_vanished(struct import *run)
{
	const struct model *model = run->model;
	for (size_t i = 0; i < model->all_districts.count; i++) {
		const struct district *d = model->all_districts.items[i];
		if (d->kommun->polling == run->stamp && d->thing.held != run->stamp &&
			!d->collection)
			tally_gone(run, NOUN_DISTRICT, _("district %s: %s (%s)"), d->code,
				d->name, d->kommun->name);
	}
	for (size_t i = 0; i < model->all_places.count; i++) {
		const struct place *p = model->all_places.items[i];
		if (p->kommun->polling != run->stamp || p->thing.held == run->stamp)
			continue;
		bool polling = p->districts > 0;
		for (const struct opening *o = p->openings; o && !polling; o = o->next)
			polling = o->purpose[0] == 'p';
		if (polling)
			tally_gone(run, NOUN_PLACE, _("place %lld: %s (%s)"),
				(long long)p->id, p->name, p->kommun->name);
	}
}

/* Rows in order of district into groups of one place each, in the same order. */
static void
take_all(struct import *run, struct pile *polled)
{
	struct names keys = { .arena = run->arena };
	struct pile groups = { 0 };
	if (polled->count)
		qsort(polled->items, polled->count, sizeof *polled->items, compare_codes);
	struct position **positions =
		vs_arena_alloc(run->arena, (polled->count + 1) * sizeof *positions);
	for (size_t i = 0; i < polled->count; i++) {
		struct polled *p = polled->items[i];
		struct pile *group = names_get(&keys, p->venue.key);
		positions[i] = &p->venue.position;
		if (!group) {
			group = vs_arena_alloc(run->arena, sizeof *group);
			names_put(&keys, p->venue.key, group);
			pile_add(run->arena, &groups, group);
		}
		pile_add(run->arena, group, p);
	}
	position_judge(run, positions, polled->count);
	for (size_t i = 0; i < groups.count; i++)
		take_group(run, groups.items[i], &keys);
	for (size_t i = 0; i < polled->count; i++)
		((struct polled *)polled->items[i])->kommun->polled = true;
}

bool
polling_import(struct rows *rows, struct vs_error *err)
{
	struct import *run = rows->run;
	struct names seen = { .arena = run->arena };
	struct pile polled = { 0 };
	if (!model_places(run, err))
		return false;
	while (rows_next(rows, err)) {
		struct polled *p;
		if (!read_row(rows, &seen, &p, err))
			return false;
		if (p)
			pile_add(run->arena, &polled, p);
	}
	if (err->code != VS_OK)
		return false;
	run->tally.taken = polled.count;
	take_all(run, &polled);
	tell_vanished(run);
	return true;
}
