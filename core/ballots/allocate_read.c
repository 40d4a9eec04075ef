/* The world as a round sees it: kommuner with their rules, districts with their voters, places. */
#include "ballots/allocate.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

static int64_t
minutes_of(const char *date)
{
	struct vs_date day = { 0 };
	struct vs_error ignored = { 0 };
	return vs_date_parse(date, &day, &ignored) ? vs_date_to_days(day) * 1440 : 0;
}

static bool
read_terms(struct world *w, struct vs_error *err)
{
	int64_t now;
	if (!vs_campaign_get(w->db, w->arena, &w->campaign, err) ||
		!vs_clock_now(&now, err))
		return false;
	struct vs_local local = vs_local_from_utc(now);
	w->now = vs_date_to_days(local.date) * 1440 + local.hour * 60 + local.minute;
	w->zero = minutes_of(w->campaign.election_day);
	w->from = minutes_of(w->round.from);
	w->until = minutes_of(w->round.until) + 1440;
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, w->db,
		    SQL("SELECT e.code FROM election_kind e JOIN campaign c"
			" ON ',' || c.kinds || ',' LIKE '%,' || e.code || ',%'"
			" ORDER BY e.position LIMIT 4"),
		    err))
		return false;
	while (stmt_row(&q, err))
		w->kinds[w->kind_count++] = stmt_copy(&q, 0, w->arena);
	return err->code == VS_OK;
}

/* Depots and kommuner ----------------------------------------------------------------------*/

static bool
read_depots(struct world *w, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, w->db,
		    SQL("SELECT id, association_id IS NULL, name FROM location"
			" WHERE kind = 'depot' ORDER BY association_id IS NOT NULL, id"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		w->depots = vs_arena_grow(
			w->arena, w->depots, w->depot_count, sizeof *w->depots);
		w->depots[w->depot_count++] = (struct depot){ .location = stmt_int(&q, 0),
			.common = stmt_int(&q, 1),
			.name = stmt_copy(&q, 2, w->arena) };
	}
	return err->code == VS_OK &&
		(w->depot_count ||
			vs_fail(err, VS_NOT_FOUND,
				_("there is no depot to give from; add one with 'valstuga "
				  "location add --kind depot --own-name NAME'")));
}

static int
depot_of(const struct world *w, int64_t location)
{
	for (size_t i = 0; i < w->depot_count; i++)
		if (w->depots[i].location == location)
			return (int)i;
	return 0;
}

static bool
read_areas(struct world *w, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, w->db,
		    SQL("SELECT k.code, k.name, k.region_code, k.riksdag_code, d.id FROM kommun k"
			" LEFT JOIN location d ON d.association_id = k.association_id"
			" WHERE k.in_district ORDER BY k.name COLLATE swedish, k.code"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		w->areas = vs_arena_grow(
			w->arena, w->areas, w->area_count, sizeof *w->areas);
		w->areas[w->area_count++] = (struct area){
			.code = stmt_copy(&q, 0, w->arena),
			.name = stmt_copy(&q, 1, w->arena),
			.region = stmt_copy(&q, 2, w->arena),
			.riksdag = stmt_copy(&q, 3, w->arena),
			.depot = depot_of(w, stmt_int(&q, 4)),
		};
	}
	for (size_t i = 0; err->code == VS_OK && i < w->area_count; i++)
		if (!handover_get(w->db, w->arena, w->areas[i].code,
			    round_rule_phase(w->round.phase), &w->areas[i].rule, err))
			return false;
	return err->code == VS_OK;
}

/* Rows come kommun by kommun in the areas' order. */
static size_t
area_of(const struct world *w, const char *code, size_t from)
{
	while (from < w->area_count && strcmp(w->areas[from].code, code) != 0)
		from++;
	return from;
}

/* Places -----------------------------------------------------------------------------------*/

static bool
read_venues(struct world *w, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	size_t area = 0;
	if (!stmt_open(&q, w->db,
		    SQL("SELECT k.code, p.id, o.id, p.name, p.advance_code, p.restricted"
			" FROM place p JOIN kommun k ON k.code = p.kommun_code"
			" JOIN location o ON o.place_id = p.id WHERE k.in_district"
			" ORDER BY k.name COLLATE swedish, k.code, p.name COLLATE swedish, p.id"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		area = area_of(w, stmt_text(&q, 0), area);
		struct area *a = &w->areas[area];
		if (!a->venue_count++)
			a->first_venue = w->venue_count;
		w->venues = vs_arena_grow(
			w->arena, w->venues, w->venue_count, sizeof *w->venues);
		w->venues[w->venue_count++] = (struct venue){
			.id = stmt_int(&q, 1),
			.location = stmt_int(&q, 2),
			.area = area,
			.name = vs_arena_printf(
				w->arena, "%s, %s", stmt_text(&q, 3), a->name),
			.code = stmt_copy(&q, 4, w->arena),
			.restricted = stmt_int(&q, 5),
		};
	}
	return err->code == VS_OK;
}

/* Districts --------------------------------------------------------------------------------*/

int
allocate_kind(const struct world *w, const char *kind)
{
	for (size_t i = 0; kind && i < w->kind_count; i++)
		if (strcmp(w->kinds[i], kind) == 0)
			return (int)i;
	return -1;
}

static struct ward *
add_ward(struct world *w, const struct stmt *q, size_t area)
{
	if (!w->areas[area].ward_count++)
		w->areas[area].first_ward = w->ward_count;
	w->wards = vs_arena_grow(w->arena, w->wards, w->ward_count, sizeof *w->wards);
	struct ward *ward = &w->wards[w->ward_count++];
	*ward = (struct ward){ .area = area,
		.code = stmt_copy(q, 1, w->arena),
		.place = stmt_int(q, 2),
		.venue = -1,
		.kf = stmt_copy(q, 3, w->arena),
		.collection = stmt_int(q, 4) };
	for (size_t k = 0; k < KINDS_MAX; k++)
		ward->eligible[k] = ward->votes[k] = ward->party[k] = ward->valid[k] = -1;
	return ward;
}

static double
number_or(const struct stmt *q, int column, double otherwise)
{
	return stmt_null(q, column) ? otherwise : (double)stmt_int(q, column);
}

static bool
read_wards(struct world *w, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct ward *ward = NULL;
	const char *last = "";
	size_t area = 0;
	if (!stmt_open(&q, w->db,
		    SQL("SELECT k.code, d.code, d.place_id, d.kf_constituency, d.collection,"
			" r.kind, r.eligible, r.voted, r.valid, r.party_votes FROM district d"
			" JOIN kommun k ON k.code = d.kommun_code"
			" LEFT JOIN district_result r ON r.district_code = d.code"
			" WHERE k.in_district ORDER BY k.name COLLATE swedish, k.code, d.code"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		if (!ward || strcmp(last, stmt_text(&q, 1)) != 0) {
			area = area_of(w, stmt_text(&q, 0), area);
			ward = add_ward(w, &q, area);
			last = stmt_copy(&q, 1, scratch.arena);
		}
		int kind = allocate_kind(w, stmt_text(&q, 5));
		if (kind < 0)
			continue;
		ward->eligible[kind] = number_or(&q, 6, -1);
		ward->votes[kind] = number_or(&q, 7, -1);
		ward->valid[kind] = number_or(&q, 8, -1);
		ward->party[kind] = number_or(&q, 9, -1);
	}
	return err->code == VS_OK;
}

/* What a district without a count of its own is thought to be like. */
struct likeness {
	double eligible; /* of a district */
	double turnout, share;
};

/* From the counts of some districts; from `wider` what they do not tell. */
static struct likeness
likeness_of(const struct ward *wards, size_t count, size_t kind, struct likeness wider)
{
	double eligible = 0, counted = 0, votes = 0, valid = 0, party = 0, voters = 0;
	for (size_t i = 0; i < count; i++) {
		const struct ward *ward = &wards[i];
		if (!ward->collection && ward->eligible[kind] >= 0) {
			eligible += ward->eligible[kind];
			counted++;
		}
		if (ward->votes[kind] >= 0) {
			votes += ward->votes[kind];
			voters += ward->eligible[kind];
		}
		if (ward->valid[kind] > 0 && ward->party[kind] >= 0) {
			valid += ward->valid[kind];
			party += ward->party[kind];
		}
	}
	return (struct likeness){
		.eligible = counted > 0 ? eligible / counted : wider.eligible,
		.turnout = voters > 0 ? votes / voters : wider.turnout,
		.share = valid > 0 ? party / valid : wider.share,
	};
}

static void
guess_ward(struct ward *ward, size_t kind, struct likeness like)
{
	if (ward->eligible[kind] < 0) {
		ward->eligible[kind] = ward->collection ? 0 : like.eligible;
		ward->guessed[kind] = !ward->collection;
	}
	if (ward->votes[kind] < 0) {
		ward->votes[kind] = ward->eligible[kind] * like.turnout;
		ward->guessed[kind] = !ward->collection;
	}
	if (ward->valid[kind] > 0 && ward->party[kind] >= 0) {
		ward->party[kind] *= ward->votes[kind] / ward->valid[kind];
		return;
	}
	ward->party[kind] = ward->votes[kind] * like.share;
	ward->guessed[kind] = ward->guessed[kind] || ward->votes[kind] > 0;
}

static void
guess(struct world *w)
{
	for (size_t kind = 0; kind < w->kind_count; kind++) {
		struct likeness all = likeness_of(
			w->wards, w->ward_count, kind, (struct likeness){ 0 });
		for (size_t i = 0; i < w->area_count; i++) {
			const struct area *a = &w->areas[i];
			struct ward *wards = w->wards + a->first_ward;
			struct likeness like =
				likeness_of(wards, a->ward_count, kind, all);
			for (size_t d = 0; d < a->ward_count; d++)
				guess_ward(&wards[d], kind, like);
		}
	}
}

/* Which districts vote at which place --------------------------------------------------------*/

static int
by_id(const void *a, const void *b)
{
	const struct place_index *x = a, *y = b;
	return (x->id > y->id) - (x->id < y->id);
}

static void
index_places(struct world *w)
{
	w->places = vs_arena_alloc(w->arena, (w->venue_count + 1) * sizeof *w->places);
	for (size_t i = 0; i < w->venue_count; i++)
		w->places[i] = (struct place_index){ w->venues[i].id, (int)i };
	qsort(w->places, w->venue_count, sizeof *w->places, by_id);
}

int
allocate_find_venue(const struct world *w, int64_t place)
{
	struct place_index wanted = { place, 0 }, *found;
	found = bsearch(&wanted, w->places, w->venue_count, sizeof *w->places, by_id);
	return found ? found->venue : -1;
}

static void
join_places(struct world *w)
{
	for (size_t i = 0; i < w->ward_count; i++) {
		struct ward *ward = &w->wards[i];
		ward->venue = ward->collection ? -1 : allocate_find_venue(w, ward->place);
		if (ward->venue < 0)
			continue;
		struct venue *v = &w->venues[ward->venue];
		v->wards = vs_arena_grow(
			w->arena, v->wards, v->ward_count, sizeof *v->wards);
		v->wards[v->ward_count++] = i;
		v->polling = true;
	}
}

bool
allocate_serves(const struct world *w, const struct venue *venue)
{
	if (strcmp(w->round.phase, "institution") == 0)
		return venue->restricted && venue->open;
	bool advance = venue->open && !venue->restricted;
	return advance || (strcmp(w->round.phase, "election_day") == 0 && venue->polling);
}

bool
allocate_read_world(struct vs_db *db, struct vs_arena *arena, const struct round *round,
	bool counted, struct world *ret_world, struct vs_error *err)
{
	struct world w = { .db = db, .arena = arena, .round = *round };
	if (!read_terms(&w, err) || !read_depots(&w, err) || !read_areas(&w, err) ||
		!read_venues(&w, err) || !read_wards(&w, err) ||
		(counted && !allocate_read_counted(&w, err)))
		return false;
	guess(&w);
	index_places(&w);
	join_places(&w);
	if (!allocate_read_hours(&w, err) || !allocate_read_papers(&w, err))
		return false;
	allocate_count_voters(&w);
	*ret_world = w;
	return true;
}

bool
allocate_read(struct vs_db *db, struct vs_arena *arena, const char *text,
	struct world *ret_world, struct vs_error *err)
{
	struct round round;
	return round_get(db, arena, text, &round, err) &&
		allocate_read_world(db, arena, &round, false, ret_world, err) &&
		allocate_read_usage(ret_world, err);
}
