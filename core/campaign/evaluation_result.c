/*
 * Results beside the last, and what was done where: read once, laid on areas. The rooms that own
 * the figures give them (register, field, ballots, media); here they are only added up.
 */
#include "campaign/evaluation_result.h"

#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

#include "ballots/stock.h"
#include "base/i18n.h"
#include "field/field.h"
#include "media/media.h"

/* A district with more or fewer voters than this has got other borders: it is another one. */
#define REDRAWN 0.2

#define BEGINNING "0000-01-01" /* whatever is in the file is of this campaign */

/* Arithmetic ------------------------------------------------------------------------------ */

bool
evaluation_share(const struct register_count *count, double *ret_share)
{
	if (!count->known || count->valid <= 0 || count->votes < 0)
		return false;
	*ret_share = 100.0 * (double)count->votes / (double)count->valid;
	return true;
}

bool
evaluation_turnout(const struct register_count *count, double *ret_turnout)
{
	if (!count->known || count->eligible <= 0 || count->voted < 0)
		return false;
	*ret_turnout = 100.0 * (double)count->voted / (double)count->eligible;
	return true;
}

bool
evaluation_change(const struct area *area, double *ret_change)
{
	double now, last;
	if (!evaluation_share(&area->now, &now) || !evaluation_share(&area->last, &last))
		return false;
	*ret_change = now - last;
	return true;
}

int64_t
evaluation_eligible(const struct area *area)
{
	return area->now.known	   ? area->now.eligible
		: area->last.known ? area->last.eligible
				   : 0;
}

bool
evaluation_has(const struct evaluation *e, enum work work)
{
	return e->by == VS_BY_KOMMUN || (work != FLYERS && work != MEDIA);
}

static int64_t
add_known(int64_t a, int64_t b)
{
	return a < 0 ? b : b < 0 ? a : a + b;
}

static void
add_count(struct register_count *sum, const struct register_count *more)
{
	if (!more->known)
		return;
	if (!sum->known)
		*sum = (struct register_count){ true, 0, -1, -1, -1 };
	sum->eligible += more->eligible;
	sum->voted = add_known(sum->voted, more->voted);
	sum->valid = add_known(sum->valid, more->valid);
	sum->votes = add_known(sum->votes, more->votes);
}

/* Areas ----------------------------------------------------------------------------------- */

static int
compare_codes(const void *a, const void *b)
{
	const struct area *x = a, *y = b;
	return strcmp(x->code, y->code);
}

static int
compare_names(const void *a, const void *b)
{
	const struct area *x = a, *y = b;
	int order = vs_text_compare(x->kommun_name, y->kommun_name);
	return order ? order : strcmp(x->code, y->code);
}

static int
compare_places(const void *a, const void *b)
{
	const struct area *const *x = a, *const *y = b;
	return ((*x)->place > (*y)->place) - ((*x)->place < (*y)->place);
}

static struct area *
find_area(const struct evaluation *e, const char *code)
{
	const struct area key = { .code = code };
	return code && e->count
		? bsearch(&key, e->areas, e->count, sizeof key, compare_codes)
		: NULL;
}

static struct area *
add_area(struct evaluation *e, const char *code, const char *name)
{
	e->areas = vs_arena_grow(e->arena, e->areas, e->count, sizeof *e->areas);
	e->areas[e->count] = (struct area){ .code = code, .name = name };
	return &e->areas[e->count++];
}

static bool
read_kommuner(struct evaluation *e, struct vs_error *err)
{
	json_t *filters = json_pack("{s:b}", "in_district", 1);
	json_t *records = vs_record_list(e->db, &vs_kommun_type, filters, err), *record;
	size_t i;
	json_decref(filters);
	json_array_foreach (records, i, record) {
		struct area *area = add_area(e,
			vs_arena_text(e->arena, record_string(record, "code")),
			vs_arena_text(e->arena, record_string(record, "name")));
		area->kommun = area->code;
		area->kommun_name = area->name;
		if (!record_true(record, "association_lent"))
			area->association = record_integer(record, "association");
	}
	json_decref(records);
	if (e->count)
		qsort(e->areas, e->count, sizeof *e->areas, compare_codes);
	return records != NULL;
}

/* Late advance votes belong to a kommun, and to no district of it. */
static void
take_in_kommun(struct evaluation *e, const struct register_result *r)
{
	struct area *area = find_area(e, r->kommun);
	add_count(&area->now, &r->now);
	add_count(&area->last, &r->last);
}

static bool
is_redrawn(const struct register_result *r)
{
	if (!r->now.known || !r->last.known || !r->last.eligible)
		return false;
	double part =
		(double)(r->now.eligible - r->last.eligible) / (double)r->last.eligible;
	return part > REDRAWN || part < -REDRAWN;
}

static void
take_district(struct evaluation *e, const struct register_result *r)
{
	struct area *area = add_area(e, r->code, r->name);
	area->kommun = r->kommun;
	area->place = r->place;
	area->now = r->now;
	area->last = r->last;
	if (is_redrawn(r))
		area->last = (struct register_count){ 0 };
	e->redrawn += r->now.known && !area->last.known;
}

static void
note_state(struct evaluation *e, const struct register_result *r)
{
	if (r->collection) {
		e->late += r->now.known && r->now.votes > 0 ? r->now.votes : 0;
		return;
	}
	e->districts += r->now.known;
	e->uncounted += r->now.known && r->now.votes < 0;
	e->gone += e->total.now.known && !r->now.known;
}

/* Areas of the last count are shown as long as there is no count of this election. */
static bool
read_results(struct evaluation *e, struct vs_error *err)
{
	struct register_result *results;
	size_t count;
	if (!register_results(e->db, e->arena, e->kind, &results, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		add_count(&e->total.now, &results[i].now);
		add_count(&e->total.last, &results[i].last);
	}
	for (size_t i = 0; i < count; i++) {
		const struct register_result *r = &results[i];
		note_state(e, r);
		if (e->by == VS_BY_KOMMUN)
			take_in_kommun(e, r);
		else if (!r->collection && (r->now.known || !e->total.now.known))
			take_district(e, r);
	}
	return true;
}

/* Names of the kommuner, and who shares a place. */
static void
finish_districts(struct evaluation *e, const struct evaluation *kommuner)
{
	e->by_place = vs_arena_alloc(e->arena, (e->count + 1) * sizeof *e->by_place);
	for (size_t i = 0; i < e->count; i++) {
		const struct area *kommun = find_area(kommuner, e->areas[i].kommun);
		e->areas[i].kommun_name = kommun ? kommun->name : e->areas[i].kommun;
		if (e->areas[i].place)
			e->by_place[e->placed++] = &e->areas[i];
	}
	if (e->placed)
		qsort(e->by_place, e->placed, sizeof *e->by_place, compare_places);
}

static bool
read_areas(struct evaluation *e, struct vs_error *err)
{
	struct evaluation kommuner = *e;
	if (e->by == VS_BY_KOMMUN)
		return read_kommuner(e, err) && read_results(e, err);
	if (!read_kommuner(&kommuner, err) || !read_results(e, err))
		return false;
	finish_districts(e, &kommuner);
	return true;
}

/* Effort ---------------------------------------------------------------------------------- */

/* Where something was done. */
struct spot {
	const char *kommun, *district;
	int64_t place;
};

static double *
amount_of(struct efforts *efforts, enum work work)
{
	return work == WORKS ? &efforts->ran_out : &efforts->amount[work];
}

/* Districts of a place share what it has, by their voters; its rack was empty for all of them. */
static bool
share_place(struct evaluation *e, int64_t place, enum work work, double amount)
{
	struct area wanted = { .place = place }, *key = &wanted;
	struct area **found = place && e->placed
		? bsearch(&key, e->by_place, e->placed, sizeof key, compare_places)
		: NULL;
	if (!found)
		return false;
	struct area **first = found, **end = found + 1;
	while (first > e->by_place && first[-1]->place == place)
		first--;
	while (end < e->by_place + e->placed && (*end)->place == place)
		end++;
	int64_t voters = 0;
	for (struct area **at = first; at < end; at++)
		voters += evaluation_eligible(*at);
	for (struct area **at = first; at < end; at++) {
		double part = work == WORKS ? 1
			: voters ? (double)evaluation_eligible(*at) / (double)voters
				 : 1.0 / (double)(end - first);
		*amount_of(&(*at)->efforts, work) += amount * part;
	}
	return true;
}

/* Work `WORKS` are reports of empty racks. */
static void
lay(struct evaluation *e, const struct spot *spot, enum work work, double amount)
{
	*amount_of(&e->total.efforts, work) += amount;
	struct area *area =
		find_area(e, e->by == VS_BY_KOMMUN ? spot->kommun : spot->district);
	if (area)
		*amount_of(&area->efforts, work) += amount;
	else if (e->by == VS_BY_KOMMUN || !share_place(e, spot->place, work, amount))
		*amount_of(&e->astray, work) += amount;
}

static bool
read_field(struct evaluation *e, struct vs_error *err)
{
	static const enum work works[] = { [FIELD_DOORS] = DOORS,
		[FIELD_TALKS] = TALKS,
		[FIELD_HOURS] = HOURS,
		[FIELD_FLYERS] = FLYERS };
	struct field_effort *efforts;
	size_t count;
	if (!field_effort(
		    e->db, e->arena, e->campaign.election_day, &efforts, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct spot spot = { efforts[i].kommun, efforts[i].district,
			efforts[i].place };
		lay(e, &spot, works[efforts[i].work], efforts[i].amount);
	}
	return true;
}

static bool
read_ballots(struct evaluation *e, struct vs_error *err)
{
	struct ballots_effort *efforts;
	size_t count;
	if (!ballots_effort(e->db, e->arena, e->kind, &efforts, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct spot spot = { efforts[i].kommun, NULL, efforts[i].place };
		lay(e, &spot, BALLOTS, (double)efforts[i].pieces);
		lay(e, &spot, WORKS, (double)efforts[i].ran_out);
	}
	return true;
}

/* The kommun of an association that has one only; NULL: it has several, or none. */
static const char *
kommun_of(const struct evaluation *e, int64_t association)
{
	const char *kommun = NULL;
	for (size_t i = 0; association && i < e->count; i++) {
		if (e->areas[i].association != association)
			continue;
		if (kommun)
			return NULL;
		kommun = e->areas[i].code;
	}
	return kommun;
}

static bool
read_media(struct evaluation *e, struct vs_error *err)
{
	struct media_where *all;
	size_t count;
	if (!media_done_where(e->db, e->arena, BEGINNING, e->campaign.election_day, &all,
		    &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct spot spot = {
			all[i].kommun ? all[i].kommun : kommun_of(e, all[i].association),
			NULL, 0
		};
		lay(e, &spot, MEDIA, (double)all[i].count);
	}
	return true;
}

/* The view -------------------------------------------------------------------------------- */

/* As it is stored; KF when none is asked for and the campaign has it, else its first. */
static bool
choose_kind(struct evaluation *e, const char *asked, struct vs_error *err)
{
	const char *kinds = e->campaign.kinds;
	if (!asked && vs_kinds_include(kinds, "KF"))
		asked = "KF";
	for (const struct vs_choice *kind = register_kinds; kind->value; kind++)
		if (vs_kinds_include(kinds, kind->value) &&
			(asked ? strcasecmp(asked, kind->value) == 0
			       : strncmp(kinds, kind->value, 2) == 0))
			e->kind = kind->value;
	return e->kind ||
		vs_fail(err, VS_INVALID,
			_("\"%.40s\" is no election of this campaign; it has %s"),
			asked ? asked : "", kinds);
}

json_t *
vs_evaluation_result_view(
	struct vs_db *db, const char *kind, enum vs_areas by, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	struct evaluation e = { .db = db, .arena = scratch.arena, .by = by };
	if (!snapshot_begin(&snapshot, db, err) ||
		!vs_campaign_get(db, e.arena, &e.campaign, err) ||
		!choose_kind(&e, kind, err) || !read_areas(&e, err) ||
		!read_field(&e, err) || !read_ballots(&e, err) || !read_media(&e, err))
		return NULL;
	e.total.code = e.total.kommun_name = "";
	e.total.name = e.campaign.district;
	if (e.count)
		qsort(e.areas, e.count, sizeof *e.areas, compare_names);
	return evaluation_view(&e);
}
