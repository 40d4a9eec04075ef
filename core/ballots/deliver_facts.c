/* What every plan of deliveries begins with: the day, items, depots, carriers and their hours. */
#include "ballots/deliver.h"

#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

/* Dates ------------------------------------------------------------------------------------*/

int32_t
deliver_date(const char *text)
{
	struct vs_date date;
	struct vs_error ignored = { 0 };
	return vs_date_parse(text, &date, &ignored) ? (int32_t)vs_date_to_days(date) : 0;
}

const char *
deliver_date_text(struct vs_arena *arena, int32_t date)
{
	char text[11];
	return vs_arena_text(arena, vs_date_format(vs_date_from_days(date), text));
}

bool
deliver_weekday(int32_t date)
{
	return vs_date_weekday(vs_date_from_days(date)) <= 5;
}

int32_t
deliver_weekday_before(int32_t date)
{
	do
		date--;
	while (!deliver_weekday(date));
	return date;
}

static bool
load_days(struct vs_db *db, struct deliver_facts *facts, struct vs_error *err)
{
	int64_t now;
	VS_AUTO(stmt) q = { 0 };
	if (!vs_clock_now(&now, err) ||
		!stmt_open(&q, db, SQL("SELECT election_day FROM campaign"), err) ||
		!stmt_row(&q, err))
		return false;
	struct vs_local local = vs_local_from_utc(now);
	facts->today = (int32_t)vs_date_to_days(local.date);
	facts->now = local.hour * 60 + local.minute;
	facts->election_day = deliver_date(stmt_text(&q, 0));
	return true;
}

/* Items ------------------------------------------------------------------------------------*/

static bool
load_items(struct vs_db *db, struct deliver_facts *facts, struct vs_error *err)
{
	int64_t count = 0;
	VS_AUTO(stmt) q = { 0 };
	if (!db_int(db, SQL("SELECT count(*) FROM item"), &count, err) ||
		!stmt_open(&q, db,
			SQL("SELECT id, unit_mg, bundle, box, kind = 'ballot' FROM item"
			    " ORDER BY id"),
			err))
		return false;
	facts->items =
		vs_arena_alloc(facts->arena, (size_t)(count + 1) * sizeof *facts->items);
	while (stmt_row(&q, err)) {
		struct deliver_item *item = &facts->items[facts->item_count++];
		item->id = stmt_int(&q, 0);
		item->unit_mg = stmt_int(&q, 1);
		item->bundle = stmt_int(&q, 2);
		item->box = stmt_int(&q, 3);
		item->ballot = stmt_int(&q, 4);
		item->name = item_name(db, facts->arena, item->id);
	}
	return err->code == VS_OK;
}

static int
by_id(const void *key, const void *row)
{
	int64_t a = *(const int64_t *)key, b = *(const int64_t *)row;
	return (a > b) - (a < b);
}

const struct deliver_item *
deliver_item(const struct deliver_facts *facts, int64_t id)
{
	return bsearch(&id, facts->items, facts->item_count, sizeof *facts->items, by_id);
}

/* Carriers ---------------------------------------------------------------------------------*/

struct deliver_carrier *
deliver_carrier(const struct deliver_facts *facts, int64_t id)
{
	return facts->carrier_count ? bsearch(&id, facts->carriers, facts->carrier_count,
					      sizeof *facts->carriers, by_id)
				    : NULL;
}

static void
read_carrier(struct vs_arena *arena, const struct stmt *q, struct deliver_carrier *c)
{
	c->id = stmt_int(q, 0);
	c->base = stmt_int(q, 1);
	c->name = stmt_copy(q, 2, arena);
	c->kg = (int)stmt_int(q, 3);
	c->boxes = (int)stmt_int(q, 4);
	c->starts = (int)stmt_int(q, 5);
	c->ends = (int)stmt_int(q, 6);
	c->longest = (int)stmt_int(q, 7);
}

static bool
load_carriers(struct vs_db *db, struct deliver_facts *facts, struct vs_error *err)
{
	int64_t count = 0;
	VS_AUTO(stmt) q = { 0 };
	if (!db_int(db, SQL("SELECT count(*) FROM carrier"), &count, err) ||
		!stmt_open(&q, db,
			SQL("SELECT c.id, coalesce(c.base_id, 0), p.name, c.kg, c.boxes, c.starts,"
			    " c.ends, coalesce(c.longest, 0) FROM carrier c"
			    " JOIN person p ON p.id = c.person_id WHERE c.active ORDER BY c.id"),
			err))
		return false;
	facts->carriers = vs_arena_alloc(
		facts->arena, (size_t)(count + 1) * sizeof *facts->carriers);
	while (stmt_row(&q, err))
		read_carrier(facts->arena, &q, &facts->carriers[facts->carrier_count++]);
	return err->code == VS_OK;
}

static void
add_hours(struct vs_arena *arena, struct deliver_busy **hours, size_t *count,
	struct deliver_busy added)
{
	if ((*count & (*count - 1)) == 0) { /* a power of two: full */
		size_t room = *count ? 2 * *count : 1;
		struct deliver_busy *more = vs_arena_alloc(arena, room * sizeof *more);
		if (*count)
			memcpy(more, *hours, *count * sizeof *more);
		*hours = more;
	}
	(*hours)[(*count)++] = added;
}

void
deliver_carrier_busy(struct deliver_facts *facts, struct deliver_carrier *carrier,
	struct deliver_busy busy)
{
	add_hours(facts->arena, &carrier->busy, &carrier->busy_count, busy);
}

static bool
load_availability(struct vs_db *db, struct deliver_facts *facts, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT carrier_id, date, starts, ends FROM availability"
			" ORDER BY carrier_id, date"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		struct deliver_carrier *c = deliver_carrier(facts, stmt_int(&q, 0));
		if (c)
			add_hours(facts->arena, &c->days, &c->day_count,
				(struct deliver_busy){ deliver_date(stmt_text(&q, 1)),
					(int)stmt_int(&q, 2), (int)stmt_int(&q, 3) });
	}
	return err->code == VS_OK;
}

static bool
drop_carriers(struct vs_db *db, struct deliver_facts *facts, const char *without,
	struct vs_error *err)
{
	char *copy = vs_arena_text(facts->arena, without ? without : ""), *rest;
	for (char *name = strtok_r(copy, ",", &rest); name;
		name = strtok_r(NULL, ",", &rest)) {
		const char *clean = vs_text_clean(facts->arena, name);
		if (!*clean)
			continue;
		json_t *record = vs_record_get(db, &vs_carrier_type, clean, err);
		if (!record)
			return false;
		struct deliver_carrier *c =
			deliver_carrier(facts, record_integer(record, "id"));
		json_decref(record);
		if (c)
			c->dropped = true;
	}
	return true;
}

/* The usual hours of that day without what other routes take, the longest piece of it. */
bool
deliver_carrier_hours(const struct deliver_facts *facts, const struct deliver_carrier *c,
	int32_t date, int *ret_from, int *ret_until)
{
	int from = c->day_count ? 0 : c->starts, until = c->day_count ? 0 : c->ends;
	for (size_t i = 0; i < c->day_count; i++)
		if (c->days[i].date == date) {
			from = c->days[i].from;
			until = c->days[i].until;
		}
	if (date == facts->today && from < facts->now + 15)
		from = facts->now + 15;
	for (size_t i = 0; i < c->busy_count; i++) {
		const struct deliver_busy *b = &c->busy[i];
		if (b->date != date || b->until <= from || b->from >= until)
			continue;
		if (b->from - from >= until - b->until)
			until = b->from;
		else
			from = b->until;
	}
	*ret_from = from;
	*ret_until = until;
	return !c->dropped && from < until;
}

/* Depots -----------------------------------------------------------------------------------*/

struct deliver_depot *
deliver_depot(const struct deliver_facts *facts, int64_t id)
{
	for (size_t i = 0; i < facts->depot_count; i++)
		if (facts->depots[i].id == id)
			return &facts->depots[i];
	return NULL;
}

static bool
place_depot(struct vs_db *db, struct deliver_facts *facts, const struct stmt *q,
	struct deliver_depot *depot, struct vs_error *err)
{
	if (!stmt_null(q, 2)) {
		depot->point =
			(struct road_point){ stmt_real(q, 2), stmt_real(q, 3), true };
		return true;
	}
	deliver_note(facts,
		vs_arena_printf(facts->arena,
			_("%s: its position is not known, it is taken to be in the middle of its "
			  "places; set it with 'valstuga location set'"),
			depot->name));
	return deliver_middle(db, NULL, stmt_int(q, 7), &depot->point, err);
}

static bool
load_depots(struct vs_db *db, struct deliver_facts *facts, struct vs_error *err)
{
	int64_t count = 0, district;
	VS_AUTO(stmt) q = { 0 };
	if (!location_of_kind(db, "depot", &district, err) ||
		!db_int(db, SQL("SELECT count(*) FROM location WHERE kind = 'depot'"),
			&count, err) ||
		!stmt_open(&q, db,
			SQL("SELECT id, name, latitude, longitude, coalesce(opens, 480),"
			    " coalesce(closes, 1080), coalesce(service, 15),"
			    " coalesce(association_id, 0) FROM location WHERE kind = 'depot'"
			    " ORDER BY id <> ?, id"),
			err))
		return false;
	stmt_bind(&q, district);
	facts->depots =
		vs_arena_alloc(facts->arena, (size_t)count * sizeof *facts->depots);
	while (stmt_row(&q, err)) {
		struct deliver_depot *depot = &facts->depots[facts->depot_count++];
		depot->id = stmt_int(&q, 0);
		depot->name = stmt_copy(&q, 1, facts->arena);
		depot->opens = (int)stmt_int(&q, 4);
		depot->closes = (int)stmt_int(&q, 5);
		depot->service = (int)stmt_int(&q, 6);
		if (!place_depot(db, facts, &q, depot, err))
			return false;
	}
	return err->code == VS_OK;
}

static void
staff_depots(struct deliver_facts *facts)
{
	for (size_t i = 0; i < facts->carrier_count; i++) {
		struct deliver_carrier *c = &facts->carriers[i];
		if (!c->base)
			c->base = facts->depots[0].id;
		struct deliver_depot *depot = deliver_depot(facts, c->base);
		if (depot && !c->dropped)
			depot->staffed = true;
	}
}

/* All together -----------------------------------------------------------------------------*/

void
deliver_note(struct deliver_facts *facts, const char *text)
{
	json_array_append_new(facts->notes, json_string(text));
}

void
deliver_facts_done(struct deliver_facts *facts)
{
	json_decref(facts->told);
	json_decref(facts->notes);
	facts->told = facts->notes = NULL;
}

bool
deliver_facts_load(struct vs_db *db, struct vs_arena *arena, const char *without,
	struct deliver_facts **ret_facts, struct vs_error *err)
{
	struct deliver_facts *facts = vs_arena_alloc(arena, sizeof *facts);
	facts->arena = arena;
	facts->told = json_array();
	facts->notes = json_array();
	if (load_days(db, facts, err) && load_items(db, facts, err) &&
		load_carriers(db, facts, err) && load_availability(db, facts, err) &&
		drop_carriers(db, facts, without, err) && load_depots(db, facts, err)) {
		staff_depots(facts);
		*ret_facts = facts;
		return true;
	}
	deliver_facts_done(facts);
	return false;
}
