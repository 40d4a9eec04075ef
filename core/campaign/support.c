/*
 * How evenly the campaign's help is spread: what each association, and each kommun without
 * one of its own, has got of people, seats that were filled, visits, Saturdays, being seen and ballots,
 * in proportion to its voters. The least supported come first when the next central visits
 * are proposed.
 */
#include <stdlib.h>
#include <string.h>

#include <valstuga/campaign.h>
#include <valstuga/text.h>

#include "base/i18n.h"
#include "field/field.h"
#include "media/media.h"

#define VISIT	    "centralt_besok"
#define MONTHS_DAYS 182 /* Saturdays count from half a year before the election */
#define YEAR_DAYS   365 /* and what was seen from a year before it */
#define RATIO_MOST \
	2.0 /* more than twice its part does not make up for lacking elsewhere */
#define VISITS_USUAL 5

/* What support is measured by; in the order of the texts. */
enum measure { PEOPLE, SEATS, VISITS, SATURDAYS, MEDIA, MEASURES };

static const char *const measure_names[MEASURES] = { N_("volunteers"),
	N_("filled shift places"), N_("central visits"), N_("candidates' Saturdays"),
	N_("times seen in the media") };

/* An association with its own kommuner, or a kommun without an association of its own. */
struct side {
	int64_t association; /* 0: a kommun's */
	const char *name, *kommuner;
	const char *kommun, *lent_by;	 /* of a kommun without; lent_by may be NULL */
	int64_t members, voters, places; /* members -1: not known */
	int64_t got[MEASURES];
	int64_t wanted, planned;
	const char *last_visit, *next_visit; /* dates, "" */
	double support; /* 1: just its part; -1: nothing is measured */
	const char *arithmetic;
};

struct support {
	struct vs_db *db;
	struct vs_arena *arena;
	struct side *sides;
	size_t count;
	int64_t voters, total[MEASURES];
	struct {
		const char *kommun;
		size_t side;
	} * kommuner;
	size_t kommun_count;
};

/* Sides ----------------------------------------------------------------------------------- */

static struct side *
add_side(struct support *s, const char *name)
{
	s->sides = vs_arena_grow(s->arena, s->sides, s->count, sizeof *s->sides);
	s->sides[s->count] = (struct side){ .name = vs_arena_text(s->arena, name),
		.kommuner = "",
		.members = -1,
		.last_visit = "",
		.next_visit = "" };
	return &s->sides[s->count++];
}

static bool
read_associations(struct support *s, struct vs_error *err)
{
	json_t *records = vs_record_list(s->db, &vs_association_type, NULL, err), *record;
	size_t i;
	json_array_foreach (records, i, record) {
		struct side *side = add_side(s, record_string(record, "name"));
		side->association = record_integer(record, "id");
		if (!json_is_null(json_object_get(record, "members")))
			side->members = record_integer(record, "members");
	}
	json_decref(records);
	return records != NULL;
}

static struct side *
side_of_association(struct support *s, int64_t association)
{
	for (size_t i = 0; association && i < s->count; i++)
		if (s->sides[i].association == association)
			return &s->sides[i];
	return NULL;
}

static struct side *
side_of_kommun(struct support *s, const char *kommun)
{
	for (size_t i = 0; kommun && i < s->kommun_count; i++)
		if (strcmp(s->kommuner[i].kommun, kommun) == 0)
			return &s->sides[s->kommuner[i].side];
	return NULL;
}

static void
take_kommun(struct support *s, const json_t *record)
{
	const char *name = record_string(record, "name");
	const char *lender = record_string(record, "association_name");
	bool lent = record_true(record, "association_lent");
	struct side *side = lent
		? NULL
		: side_of_association(s, record_integer(record, "association"));
	if (!side) {
		side = add_side(s, name);
		side->kommun = vs_arena_text(s->arena, record_string(record, "code"));
		side->lent_by = lender ? vs_arena_text(s->arena, lender) : NULL;
	}
	side->kommuner = vs_arena_printf(
		s->arena, "%s%s%s", side->kommuner, *side->kommuner ? ", " : "", name);
	side->voters += record_integer(record, "eligible");
	side->places += record_integer(record, "places");
	s->voters += record_integer(record, "eligible");
	s->kommuner = vs_arena_grow(
		s->arena, s->kommuner, s->kommun_count, sizeof *s->kommuner);
	s->kommuner[s->kommun_count].kommun =
		vs_arena_text(s->arena, record_string(record, "code"));
	s->kommuner[s->kommun_count++].side = (size_t)(side - s->sides);
}

static bool
read_kommuner(struct support *s, struct vs_error *err)
{
	json_t *filters = json_pack("{s:b}", "in_district", 1);
	json_t *records = vs_record_list(s->db, &vs_kommun_type, filters, err), *record;
	size_t i;
	json_decref(filters);
	json_array_foreach (records, i, record)
		take_kommun(s, record);
	json_decref(records);
	return records != NULL;
}

/* Measures -------------------------------------------------------------------------------- */

/* Where something is goes before who holds it: help to a kommun is counted there. */
static struct side *
side_of(struct support *s, const char *kommun, int64_t association)
{
	struct side *side = side_of_kommun(s, kommun);
	return side ? side : side_of_association(s, association);
}

static void
count(struct support *s, struct side *side, enum measure measure, int64_t more)
{
	if (!side)
		return;
	side->got[measure] += more;
	s->total[measure] += more;
}

static bool
count_people(struct support *s, struct vs_error *err)
{
	struct field_people people;
	if (!field_people_read(s->db, s->arena, &people, err))
		return false;
	for (size_t i = 0; i < people.count; i++) {
		const struct field_person *p = &people.all[i];
		/* Members of an association help there, wherever they live. */
		struct side *side = side_of_association(s, p->association);
		if (p->volunteer && !p->restricted)
			count(s, side ? side : side_of_kommun(s, p->kommun), PEOPLE, 1);
	}
	return true;
}

static const char *
day_text(struct vs_arena *arena, int64_t moment)
{
	return vs_date_format(vs_local_from_utc(moment).date, vs_arena_alloc(arena, 11));
}

static void
count_visit(struct support *s, const struct field_activity *a, int64_t now)
{
	struct side *side = side_of(s, a->kommun, a->association);
	const char *day = day_text(s->arena, a->starts_at);
	if (!side || a->cancelled || strcmp(a->kind, VISIT) != 0)
		return;
	count(s, side, VISITS, 1);
	if (a->starts_at > now) {
		side->planned++;
		if (!*side->next_visit || strcmp(day, side->next_visit) < 0)
			side->next_visit = day;
	} else if (strcmp(day, side->last_visit) > 0)
		side->last_visit = day;
}

static bool
count_field(struct support *s, struct vs_error *err)
{
	const struct vs_shift_filter everything = { 0 };
	struct field_world w;
	if (!field_world_read(s->db, s->arena, &everything, &w, err))
		return false;
	for (size_t i = 0; i < w.activity_count; i++)
		count_visit(s, &w.activities[i], w.now);
	for (size_t i = 0; i < w.shift_count; i++) {
		const struct field_shift *shift = &w.shifts[i];
		struct side *side =
			side_of(s, shift->activity->kommun, shift->activity->association);
		for (size_t k = 0; !shift->cancelled && k < shift->role_count; k++) {
			count(s, side, SEATS, shift->roles[k].taken);
			if (side)
				side->wanted += shift->roles[k].wanted;
		}
	}
	return true;
}

/* Somebody asked may still say no; two candidates in a kommun on a day are two. */
static bool
count_saturdays(struct support *s, struct vs_error *err)
{
	struct vs_campaign campaign;
	char from[11];
	if (!vs_campaign_get(s->db, s->arena, &campaign, err))
		return false;
	struct vs_date first = vs_date_add(campaign.election_date, -MONTHS_DAYS);
	json_t *view = vs_saturday_view(
		s->db, vs_date_format(first, from), campaign.election_day, err);
	json_t *saturday, *row;
	size_t i, k;
	json_array_foreach (json_object_get(view, "saturdays"), i, saturday)
		json_array_foreach (json_object_get(saturday, "rows"), k, row)
			if (strcmp(record_string(row, "state"), "offered") != 0)
				count(s, side_of_kommun(s, record_string(row, "kommun")),
					SATURDAYS, 1);
	json_decref(view);
	return view != NULL;
}

/* An appearance is of the kommun that it is about, else of the association that was seen. */
static bool
count_media(struct support *s, struct vs_error *err)
{
	struct vs_campaign campaign;
	struct media_where *all;
	size_t count_all;
	char from[11];
	if (!vs_campaign_get(s->db, s->arena, &campaign, err))
		return false;
	vs_date_format(vs_date_add(campaign.election_date, -YEAR_DAYS), from);
	if (!media_done_where(
		    s->db, s->arena, from, campaign.election_day, &all, &count_all, err))
		return false;
	for (size_t i = 0; i < count_all; i++)
		count(s, side_of(s, all[i].kommun, all[i].association), MEDIA,
			all[i].count);
	return true;
}

/* Support --------------------------------------------------------------------------------- */

static const char *
percent(struct vs_arena *arena, double share)
{
	return vs_text_decimal(arena, share * 100, share > 0 && share < 0.1 ? 1 : 0);
}

/* Its part of the voters, or an equal part where no voters are counted. */
static double
part_of(const struct support *s, const struct side *side)
{
	return s->voters ? (double)side->voters / (double)s->voters
			 : 1.0 / (double)s->count;
}

/* The mean over what is measured at all of its part of the help to its part of the voters. */
static void
weigh(struct support *s, struct side *side)
{
	double part = part_of(s, side), sum = 0;
	int measured = 0;
	const char *text = "";
	for (int m = 0; m < MEASURES; m++) {
		if (!s->total[m] || part <= 0)
			continue;
		double ratio = (double)side->got[m] / (double)s->total[m] / part;
		ratio = ratio > RATIO_MOST ? RATIO_MOST : ratio;
		sum += ratio;
		measured++;
		text = vs_arena_printf(s->arena, _("%s%s %s of %s (%s %%)"),
			*text ? vs_arena_printf(s->arena, "%s, ", text) : "",
			_(measure_names[m]), vs_text_number(s->arena, side->got[m]),
			vs_text_number(s->arena, s->total[m]), percent(s->arena, ratio));
	}
	side->support = measured ? sum / measured : -1;
	side->arithmetic = !measured ? _("nothing is measured yet")
		: s->voters
		? vs_arena_printf(s->arena, _("%s %% of the voters: %s; mean %s %%"),
			  percent(s->arena, part), text, percent(s->arena, side->support))
		: vs_arena_printf(s->arena,
			  _("voters are not counted, so parts are equal: %s; mean %s %%"),
			  text, percent(s->arena, side->support));
}

static bool
read_all(struct support *s, struct vs_error *err)
{
	if (!read_associations(s, err) || !read_kommuner(s, err) ||
		!count_people(s, err) || !count_field(s, err) ||
		!count_saturdays(s, err) || !count_media(s, err))
		return false;
	for (size_t i = 0; i < s->count; i++)
		weigh(s, &s->sides[i]);
	return true;
}

static json_t *
number_or_null(bool known, double value)
{
	return known ? json_real(value) : json_null();
}

static json_t *
side_view(struct support *s, const struct side *side)
{
	json_t *row = json_pack(
		"{s:o, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}",
		"association", record_id_or_null(side->association), "name", side->name,
		"kommuner", side->kommuner, "voters", (json_int_t)side->voters, "places",
		(json_int_t)side->places, "volunteers", (json_int_t)side->got[PEOPLE],
		"filled", (json_int_t)side->got[SEATS], "wanted",
		(json_int_t)side->wanted, "visits",
		(json_int_t)(side->got[VISITS] - side->planned), "planned",
		(json_int_t)side->planned, "saturdays", (json_int_t)side->got[SATURDAYS],
		"media", (json_int_t)side->got[MEDIA]);
	bool members = side->members > 0, voters = side->voters > 0;
	record_put(row, "kommun", side->kommun);
	record_put(row, "lent_by", side->lent_by);
	record_put(row, "last_visit", side->last_visit);
	record_put(row, "next_visit", side->next_visit);
	record_put(row, "arithmetic", side->arithmetic);
	json_object_set_new(row, "members",
		side->members < 0 ? json_null() : json_integer(side->members));
	json_object_set_new(row, "filled_per_1000",
		number_or_null(voters,
			voters ? 1000.0 * (double)side->got[SEATS] / (double)side->voters
			       : 0));
	json_object_set_new(row, "volunteers_per_100_members",
		number_or_null(members,
			members ? 100.0 * (double)side->got[PEOPLE] /
					(double)side->members
				: 0));
	json_object_set_new(row, "support",
		side->support < 0
			? json_null()
			: json_integer((json_int_t)(side->support * 100 + 0.5)));
	(void)s;
	return row;
}

/* Ballots ---------------------------------------------------------------------------------- */

/* What its depot has and its kommuner still need; of a kommun without, its lender's. */
static bool
add_ballots(struct support *s, json_t *rows, struct vs_error *err)
{
	json_t *view = vs_equalise_view(s->db, err), *row, *ballots;
	size_t i, k;
	json_array_foreach (rows, i, row) {
		json_object_set_new(row, "ballots", json_null());
		json_array_foreach (json_object_get(view, "rows"), k, ballots)
			if (record_integer(row, "association") &&
				record_integer(ballots, "association") ==
					record_integer(row, "association"))
				json_object_set_new(row, "ballots",
					json_pack("{s:O, s:O, s:O}", "need",
						json_object_get(ballots, "need"), "have",
						json_object_get(ballots, "have"), "lack",
						json_object_get(ballots, "lack")));
	}
	json_decref(view);
	return view != NULL;
}

json_t *
vs_support_view(struct vs_db *db, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	struct support s = { .db = db, .arena = scratch.arena };
	if (!snapshot_begin(&snapshot, db, err) || !read_all(&s, err))
		return NULL;
	json_t *rows = json_array();
	for (size_t i = 0; i < s.count; i++)
		json_array_append_new(rows, side_view(&s, &s.sides[i]));
	json_t *view = json_pack("{s:o, s:{s:I, s:I, s:I, s:I, s:I, s:I}}", "rows", rows,
		"total", "voters", (json_int_t)s.voters, "volunteers",
		(json_int_t)s.total[PEOPLE], "filled", (json_int_t)s.total[SEATS],
		"visits", (json_int_t)s.total[VISITS], "saturdays",
		(json_int_t)s.total[SATURDAYS], "media", (json_int_t)s.total[MEDIA]);
	if (add_ballots(&s, rows, err))
		return view;
	json_decref(view);
	return NULL;
}

/* The next visits -------------------------------------------------------------------------- */

/* Kommuner without an association that nobody has visited, then by support, then by voters. */
static int
compare_sides(const void *a, const void *b)
{
	const struct side *x = a, *y = b;
	bool alone_x = x->kommun && !x->got[VISITS];
	bool alone_y = y->kommun && !y->got[VISITS];
	if (alone_x != alone_y)
		return alone_y - alone_x;
	if (x->support < y->support || x->support > y->support)
		return x->support < y->support ? -1 : 1;
	if (x->voters != y->voters)
		return x->voters > y->voters ? -1 : 1;
	return strcmp(x->name, y->name);
}

static const char *
reason_of(struct vs_arena *arena, const struct side *side)
{
	const char *who = !side->kommun ? ""
		: side->lent_by
		? vs_arena_printf(arena, _("no association of its own, helped by %s; "),
			  side->lent_by)
		: _("no association of its own; ");
	const char *visited = *side->last_visit
		? vs_arena_printf(arena, _("last visited %s; "), side->last_visit)
		: _("not visited yet; ");
	return vs_arena_printf(arena, "%s%s%s", who, visited, side->arithmetic);
}

json_t *
vs_visit_view(struct vs_db *db, int limit, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	struct support s = { .db = db, .arena = scratch.arena };
	if (!snapshot_begin(&snapshot, db, err) || !read_all(&s, err))
		return NULL;
	if (s.count)
		qsort(s.sides, s.count, sizeof *s.sides, compare_sides);
	json_t *visits = json_array(), *planned = json_array();
	size_t most = limit > 0 ? (size_t)limit : VISITS_USUAL;
	for (size_t i = 0; i < s.count; i++) {
		const struct side *side = &s.sides[i];
		/* An association without a kommun of the district is none of ours. */
		if (!*side->kommuner)
			continue;
		json_t *row = side_view(&s, side);
		record_put(row, "reason", reason_of(s.arena, side));
		if (side->planned)
			json_array_append(planned, row);
		else if (json_array_size(visits) < most)
			json_array_append(visits, row);
		json_decref(row);
	}
	return json_pack("{s:o, s:o}", "visits", visits, "planned", planned);
}
