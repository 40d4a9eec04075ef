/* What polling stations and advance voting places have in common: the building. */
#include "exchange/venue.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

#define NAME_MAX_CHARS	 120
#define DETAIL_MAX_CHARS 300
#define ACCESS_MAX_CHARS 1000

struct kommun *
venue_kommun(struct rows *rows)
{
	struct import *run = rows->run;
	const char *lan = rows_get(rows, COL_LAN), *code = rows_get(rows, COL_KOMMUN);
	struct kommun *kommun = model_kommun(run, codes_kommun(run->arena, lan, code));
	if (!kommun)
		tally_refuse(run, rows->line, rows_head(rows, COL_KOMMUN),
			_("correct the codes of län and kommun"),
			_("there is no kommun with code \"%.20s\" in län \"%.20s\""),
			code, lan);
	return kommun;
}

void
venue_read(struct rows *rows, struct venue *venue, struct kommun *kommun,
	const char *instead)
{
	struct import *run = rows->run;
	struct vs_arena *arena = run->arena;
	venue->kommun = kommun;
	venue->line = rows->line;
	venue->name = codes_limit(arena, rows_get(rows, COL_PLACE), NAME_MAX_CHARS);
	venue->street = codes_limit(arena, rows_get(rows, COL_STREET), NAME_MAX_CHARS);
	venue->detail = codes_limit(arena, rows_get(rows, COL_DETAIL), DETAIL_MAX_CHARS);
	venue->accessibility =
		codes_limit(arena, rows_get(rows, COL_ACCESS), ACCESS_MAX_CHARS);
	if (!*venue->name) {
		venue->name = instead;
		tally_problem(run, SEVERITY_WARNING, rows->line,
			rows_head(rows, COL_PLACE), _("give the place its name"),
			_("the building has no name; it is called \"%s\""), instead);
	}
	if (!*venue->street) {
		venue->street = *venue->detail
			? codes_limit(arena, venue->detail, NAME_MAX_CHARS)
			: "?";
		tally_problem(run, SEVERITY_WARNING, rows->line,
			rows_head(rows, COL_STREET), _("set the place's street"),
			_("%s has no street; \"%s\" stands in"), venue->name,
			venue->street);
	}
	venue->key = model_place_key(arena, kommun, venue->name, venue->street);
	venue->position = (struct position){ .kommun = kommun->name,
		.name = venue->name,
		.line = rows->line,
		.given_latitude = rows_get(rows, COL_LATITUDE),
		.given_longitude = rows_get(rows, COL_LONGITUDE) };
}

/* "Foajén; Matsalen": each once, in the order of the districts. */
static const char *
join(struct vs_arena *arena, const char *text, const char *more, size_t limit)
{
	size_t length = strlen(more);
	if (!length)
		return text;
	if (!*text)
		return more;
	for (const char *at = text; (at = strstr(at, more)); at++)
		if ((at == text || at[-1] == ' ') &&
			(at[length] == '\0' || at[length] == ';'))
			return text;
	const char *joined = vs_arena_printf(arena, "%s; %s", text, more);
	return codes_limit(arena, joined, limit) == joined ? joined : text;
}

void
venue_merge(struct import *run, struct venue *venue, const struct venue *more)
{
	venue->detail = join(run->arena, venue->detail, more->detail, DETAIL_MAX_CHARS);
	venue->accessibility = join(
		run->arena, venue->accessibility, more->accessibility, ACCESS_MAX_CHARS);
	if (venue->position.note && !more->position.note)
		venue->position = more->position;
}

bool
venue_resembles(struct import *run, const struct venue *venue, const struct place *place)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	(void)run;
	return venue->kommun == place->kommun &&
		(strcmp(codes_fold(scratch.arena, venue->name),
			 codes_fold(scratch.arena, place->name)) == 0 ||
			strcmp(codes_fold(scratch.arena, venue->street),
				codes_fold(scratch.arena, place->street)) == 0);
}

void
venue_rename(struct import *run, struct place *place, const struct venue *venue)
{
	names_drop(&run->model->places, place->key);
	tally_problem(run, SEVERITY_NOTICE, venue->line, NULL,
		_("nothing need be done if it is the same building"),
		_("place %lld, %s, %s, is now called %s, %s"), (long long)place->id,
		place->name, place->street, venue->name, venue->street);
	place->key = venue->key;
	thing_text(run, &place->thing, &place->name, venue->name);
	thing_text(run, &place->thing, &place->street, venue->street);
	names_put(&run->model->places, place->key, place);
}

static void
apply_position(struct import *run, const struct position *given, struct place *place,
	bool authoritative)
{
	if (given->note) {
		if (!place->located)
			(authoritative ? thing_text : thing_fill)(
				run, &place->thing, &place->position_note, given->note);
		return;
	}
	if (place->located &&
		(!authoritative ||
			(place->latitude == given->latitude &&
				place->longitude == given->longitude)))
		return;
	place->located = true;
	place->latitude = given->latitude;
	place->longitude = given->longitude;
	place->position_note = NULL;
	thing_change(run, &place->thing);
}

void
venue_apply(struct import *run, const struct venue *venue, struct place *place,
	bool authoritative)
{
	struct thing *thing = &place->thing;
	void (*take)(struct import *, struct thing *, const char **, const char *) =
		authoritative ? thing_text : thing_fill;
	take(run, thing, &place->name, venue->name);
	take(run, thing, &place->street, venue->street);
	take(run, thing, &place->detail, venue->detail);
	take(run, thing, &place->accessibility, venue->accessibility);
	apply_position(run, &venue->position, place, authoritative);
	if (!*venue->position.given_latitude && !*venue->position.given_longitude &&
		!place->located)
		tally_problem(run, SEVERITY_WARNING, venue->line, "LATITUD",
			_("look the place up on a map and set --latitude and --longitude"),
			_("%s (%s) has no coordinates"), venue->name,
			venue->kommun->name);
}

bool
venue_divide(struct import *run, const struct kommun *kommun, struct vs_error *err)
{
	char key[24];
	VS_AUTO(stmt) q = { 0 };
	snprintf(key, sizeof key, "KF\x1f%s\x1f%s00", kommun->code, kommun->code);
	struct constituency *whole = names_get(&run->model->constituencies, key);
	if (!whole || whole->thing.state == THING_ADDED)
		return true;
	if (!stmt_open(&q, run->db,
		    SQL("DELETE FROM constituency WHERE id = ? AND eligible IS NULL"
			" AND seats IS NULL AND NOT EXISTS (SELECT 1 FROM list_constituency"
			" WHERE constituency_id = constituency.id)"),
		    err))
		return false;
	stmt_bind(&q, whole->id);
	if (!stmt_run(&q, err))
		return false;
	if (db_changes(run->db) == 0)
		return true;
	names_drop(&run->model->constituencies, key);
	run->tally.counts[NOUN_CONSTITUENCY].changed++;
	run->tally.counts[NOUN_CONSTITUENCY].held++;
	return true;
}
