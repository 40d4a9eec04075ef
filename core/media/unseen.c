/*
 * Who speaks for us, which policy areas and which kommuner have not been seen for some weeks.
 * Of the scope only the kinds count: it is the whole district that is looked at. Weeks are
 * counted from week to week: last seen in week 30 is four weeks ago in week 34.
 */
#include "media/media_week.h"

#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

#define WEEKS_USUAL 4

/* Somebody or something that is seen or not. */
struct thing {
	int64_t id;
	const char *code; /* of a kommun */
	const char *name, *areas;
	int64_t association; /* of a kommun, not lent; 0: none */
	int32_t last, next;  /* MEDIA_NEVER */
};

struct things {
	struct thing *all;
	size_t count;
};

/* Which kommuner an outlet reaches; NULL: the whole district. */
struct reach {
	int64_t outlet;
	bool *kommun;
};

struct unseen {
	const struct media_series *s;
	struct vs_arena *arena;
	struct things people, areas, kommuner;
	struct reach *reaches; /* by outlet */
	size_t reach_count;
	int32_t week; /* Monday of the last week that is looked at */
	int weeks;
};

/* Reading --------------------------------------------------------------------------------- */

static struct thing *
add_thing(struct unseen *u, struct things *things)
{
	things->all =
		vs_arena_grow(u->arena, things->all, things->count, sizeof *things->all);
	things->all[things->count] =
		(struct thing){ .last = MEDIA_NEVER, .next = MEDIA_NEVER };
	return &things->all[things->count++];
}

static bool
read_things(
	struct unseen *u, const char *sql, struct things *things, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, u->s->db, sql, err))
		return false;
	while (stmt_row(&q, err)) {
		struct thing *thing = add_thing(u, things);
		thing->id = stmt_int(&q, 0);
		thing->name = stmt_copy(&q, 1, u->arena);
		thing->areas = stmt_copy(&q, 2, u->arena);
	}
	return err->code == VS_OK;
}

static bool
read_kommuner(struct unseen *u, struct vs_error *err)
{
	json_t *filters = json_pack("{s:b}", "in_district", 1), *record;
	json_t *records = vs_record_list(u->s->db, &vs_kommun_type, filters, err);
	size_t i;
	json_decref(filters);
	json_array_foreach (records, i, record) {
		struct thing *kommun = add_thing(u, &u->kommuner);
		kommun->code = vs_arena_text(u->arena, record_string(record, "code"));
		kommun->name = vs_arena_text(u->arena, record_string(record, "name"));
		if (!record_true(record, "association_lent"))
			kommun->association = record_integer(record, "association");
	}
	json_decref(records);
	return records != NULL;
}

static size_t
kommun_of(const struct unseen *u, const char *code)
{
	size_t i = 0;
	while (i < u->kommuner.count && strcmp(u->kommuner.all[i].code, code) != 0)
		i++;
	return i;
}

/* Codes with commas; those of other districts do not matter. */
static bool *
reached_by(struct unseen *u, const char *codes)
{
	bool *reached = vs_arena_alloc(u->arena, u->kommuner.count + 1);
	char *rest = vs_arena_text(u->arena, codes), *each;
	size_t count = 0;
	while ((each = strsep(&rest, ","))) {
		size_t i = kommun_of(u, vs_text_clean(u->arena, each));
		if (i < u->kommuner.count && !reached[i]) {
			reached[i] = true;
			count++;
		}
	}
	return count < u->kommuner.count ? reached : NULL;
}

static bool
read_reaches(struct unseen *u, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, u->s->db,
		    SQL("SELECT id, kommuner FROM outlet WHERE kommuner IS NOT NULL"
			" ORDER BY id"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		u->reaches = vs_arena_grow(
			u->arena, u->reaches, u->reach_count, sizeof *u->reaches);
		u->reaches[u->reach_count++] = (struct reach){ stmt_int(&q, 0),
			reached_by(u, stmt_text(&q, 1)) };
	}
	return err->code == VS_OK;
}

static bool
read_all(struct unseen *u, struct vs_error *err)
{
	return read_things(u,
		       SQL("SELECT p.id, p.name, (SELECT group_concat(name, ', ') FROM"
			   "  (SELECT a.name FROM spokesperson s JOIN policy_area a"
			   "   ON a.id = s.policy_area_id WHERE s.person_id = p.id"
			   "   ORDER BY a.name COLLATE swedish))"
			   " FROM person p WHERE NOT p.restricted"
			   " AND p.id IN (SELECT person_id FROM spokesperson)"
			   " ORDER BY p.name COLLATE swedish, p.id"),
		       &u->people, err) &&
		read_things(u,
			SQL("SELECT id, name, NULL FROM policy_area"
			    " ORDER BY name COLLATE swedish"),
			&u->areas, err) &&
		read_kommuner(u, err) && read_reaches(u, err);
}

/* Seeing ---------------------------------------------------------------------------------- */

static void
see(const struct unseen *u, struct thing *thing, const struct media_item *item)
{
	if (item->stage == MEDIA_DONE && item->day <= u->week + 6) {
		if (item->day > thing->last)
			thing->last = item->day;
	} else if (media_stage_is_open(item->stage) && item->day >= u->s->today &&
		(thing->next == MEDIA_NEVER || item->day < thing->next))
		thing->next = item->day;
}

static void
see_id(const struct unseen *u, struct things *things, int64_t id,
	const struct media_item *item)
{
	for (size_t i = 0; id && i < things->count; i++)
		if (things->all[i].id == id)
			see(u, &things->all[i], item);
}

/* NULL: none, or more than one. */
static struct thing *
only_kommun(struct unseen *u, int64_t association)
{
	struct thing *only = NULL;
	for (size_t i = 0; association && i < u->kommuner.count; i++) {
		if (u->kommuner.all[i].association != association)
			continue;
		if (only)
			return NULL;
		only = &u->kommuner.all[i];
	}
	return only;
}

static int
compare_reach(const void *a, const void *b)
{
	int64_t x = ((const struct reach *)a)->outlet,
		y = ((const struct reach *)b)->outlet;
	return (x > y) - (x < y);
}

/* What it says goes before whose it is, and that before where it is read. */
static void
see_kommuner(struct unseen *u, const struct media_item *item)
{
	struct thing *kommuner = u->kommuner.all;
	struct thing *only = only_kommun(u, item->association);
	size_t said = item->kommun ? kommun_of(u, item->kommun) : 0;
	const struct reach key = { item->outlet, NULL };
	if (item->kommun || only) {
		only = !item->kommun		   ? only
			: said < u->kommuner.count ? &kommuner[said]
						   : NULL;
		if (only)
			see(u, only, item);
		return;
	}
	const struct reach *reach = u->reach_count
		? bsearch(&key, u->reaches, u->reach_count, sizeof key, compare_reach)
		: NULL;
	for (size_t i = 0; reach && reach->kommun && i < u->kommuner.count; i++)
		if (reach->kommun[i])
			see(u, &kommuner[i], item);
}

static void
see_all(struct unseen *u)
{
	for (size_t i = 0; i < u->s->items.count; i++) {
		const struct media_item *item = &u->s->items.all[i];
		if (!item->counts)
			continue;
		see_id(u, &u->people, item->person, item);
		see_id(u, &u->areas, item->area, item);
		see_kommuner(u, item);
	}
}

/* The view -------------------------------------------------------------------------------- */

static const char *
day_or_none(struct vs_arena *arena, int32_t day)
{
	return day == MEDIA_NEVER ? "" : media_day_text(arena, day);
}

static json_t *
thing_view(const struct unseen *u, const struct thing *thing, const char *key)
{
	json_t *view = json_object();
	json_object_set_new(view, key,
		thing->code ? json_string(thing->code) : json_integer(thing->id));
	record_put(view, "name", thing->name);
	if (thing->areas)
		record_put(view, "areas", thing->areas);
	record_put(view, "last", day_or_none(u->arena, thing->last));
	json_object_set_new(view, "weeks",
		thing->last == MEDIA_NEVER
			? json_null()
			: json_integer((u->week - media_monday(thing->last)) / 7));
	record_put(view, "next", day_or_none(u->arena, thing->next));
	return view;
}

/* Never seen before longest ago; what is equal stays in order. */
static int
compare_things(const void *a, const void *b)
{
	const struct thing *x = *(const struct thing *const *)a,
			   *y = *(const struct thing *const *)b;
	int32_t left = x->last == MEDIA_NEVER ? x->last : media_monday(x->last);
	int32_t right = y->last == MEDIA_NEVER ? y->last : media_monday(y->last);
	return left != right ? (left > right) - (left < right) : (x > y) - (x < y);
}

static json_t *
things_view(const struct unseen *u, const struct things *things, const char *key)
{
	json_t *view = json_array();
	size_t count = 0;
	const struct thing **unseen =
		vs_arena_alloc(u->arena, (things->count + 1) * sizeof *unseen);
	for (size_t i = 0; i < things->count; i++) {
		const struct thing *thing = &things->all[i];
		if (thing->last == MEDIA_NEVER ||
			u->week - media_monday(thing->last) >= 7 * u->weeks)
			unseen[count++] = thing;
	}
	qsort(unseen, count, sizeof *unseen, compare_things);
	for (size_t i = 0; i < count; i++)
		json_array_append_new(view, thing_view(u, unseen[i], key));
	return view;
}

json_t *
media_unseen_view(const struct media_series *s, int weeks, struct vs_error *err)
{
	int32_t now = media_monday(s->today);
	struct unseen u = { .s = s,
		.arena = s->arena,
		.week = s->week < now ? s->week : now,
		.weeks = weeks > 0 ? weeks : WEEKS_USUAL };
	if (!read_all(&u, err))
		return NULL;
	see_all(&u);
	return json_pack("{s:i, s:o, s:o, s:o, s:{s:I, s:I, s:I}}", "weeks", u.weeks,
		"people", things_view(&u, &u.people, "person"), "areas",
		things_view(&u, &u.areas, "policy_area"), "kommuner",
		things_view(&u, &u.kommuner, "kommun"), "of", "people",
		(json_int_t)u.people.count, "areas", (json_int_t)u.areas.count,
		"kommuner", (json_int_t)u.kommuner.count);
}
