/* The scope of a media week with its defaults, and every appearance with its life in short. */
#include "media/media_week.h"

#include <math.h>
#include <string.h>

#include <valstuga/person.h>
#include <valstuga/text.h>

#include "base/i18n.h"

#define WEEKS_USUAL 26
#define WEEKS_MOST  520
#define TARGET_MOST 1000.0

const char *
media_day_text(struct vs_arena *arena, int32_t day)
{
	return vs_date_format(vs_date_from_days(day), vs_arena_alloc(arena, 11));
}

/* Scope ----------------------------------------------------------------------------------- */

static bool
read_day(const char *text, int32_t *ret_day, struct vs_error *err)
{
	struct vs_date date;
	if (!vs_date_parse(text, &date, err))
		return false;
	*ret_day = (int32_t)vs_date_to_days(date);
	return true;
}

/* Weeks are whole: from the one that holds `from` up to the one that holds `until`. */
static bool
read_span(struct media_series *s, struct vs_error *err)
{
	if (!read_day(s->from, &s->first_day, err) ||
		!read_day(s->until, &s->last_day, err))
		return false;
	if (s->first_day > s->last_day)
		return vs_fail(err, VS_INVALID,
			_("the span ends on %s, before it begins on %s"), s->until,
			s->from);
	s->first = media_monday(s->first_day);
	s->week_count = (media_monday(s->last_day) - s->first) / 7 + 1;
	if (s->week_count > WEEKS_MOST)
		return vs_fail(err, VS_INVALID,
			_("the span %s to %s has %d weeks; at most %d are counted"),
			s->from, s->until, (int)s->week_count, WEEKS_MOST);
	return true;
}

/* Without a span: the 26 weeks that end with election day's. */
static bool
default_span(struct media_series *s, struct vs_error *err)
{
	struct vs_campaign campaign;
	if (!vs_campaign_get(s->db, s->arena, &campaign, err))
		return false;
	s->election_day = campaign.election_day;
	int32_t day = (int32_t)vs_date_to_days(campaign.election_date);
	if (!s->from)
		s->from = media_day_text(
			s->arena, media_monday(day) - 7 * (WEEKS_USUAL - 1));
	if (!s->until)
		s->until = campaign.election_day;
	return true;
}

/* A number or a name; NULL and "" are all. */
static bool
find(struct media_series *s, const struct vs_record_type *type, const char *key,
	int64_t *ret_id, struct vs_error *err)
{
	if (!key || !*key)
		return true;
	json_t *record = vs_record_get(s->db, type, key, err);
	if (record)
		*ret_id = record_integer(record, "id");
	json_decref(record);
	return record != NULL;
}

/* ",news,tv,": stored words of what was typed, with commas round each. */
static bool
read_kinds(struct media_series *s, const char *typed, struct vs_error *err)
{
	const struct vs_field *field = vs_record_field(&vs_appearance_type, "kind");
	char *rest = vs_arena_text(s->arena, typed), *each;
	const char *kinds = "";
	while ((each = strsep(&rest, ","))) {
		const char *word = vs_text_clean(s->arena, each);
		json_t *value;
		if (!*word)
			continue;
		if (!record_parse(s->db, &vs_appearance_type, field, word, &value, err))
			return false;
		kinds = vs_arena_printf(
			s->arena, "%s,%s", kinds, json_string_value(value));
		json_decref(value);
	}
	s->kinds = vs_arena_printf(s->arena, "%s,", kinds);
	return true;
}

static bool
read_scope(
	struct media_series *s, const struct vs_media_scope *scope, struct vs_error *err)
{
	const char *kinds =
		scope->kinds && *scope->kinds ? scope->kinds : vs_media_kinds_usual;
	s->scope = *scope;
	s->from = scope->from;
	s->until = scope->until;
	s->target = scope->target > 0 ? scope->target : 1;
	/* NaN fails, too. */
	if (!(scope->target >= 0 && scope->target <= TARGET_MOST))
		return vs_fail(err, VS_INVALID,
			_("%g a week cannot be a target; allowed are 0 to %g"),
			scope->target, TARGET_MOST);
	return default_span(s, err) && read_span(s, err) && read_kinds(s, kinds, err) &&
		find(s, &vs_association_type, scope->association, &s->association, err) &&
		find(s, &vs_person_type, scope->person, &s->person, err) &&
		find(s, &vs_policy_area_type, scope->policy_area, &s->area, err);
}

const char *
media_target_text(struct vs_arena *arena, double target)
{
	bool tenths = fabs(target * 10 - round(target * 10)) < 1e-9;
	return vs_text_decimal(arena, target, tenths ? 1 : 2);
}

const char *
media_average_text(struct vs_arena *arena, double average)
{
	return vs_text_decimal(arena, average, 2);
}

int64_t
media_series_target(const struct media_series *s)
{
	return (int64_t)ceil(s->target * s->week_count - 1e-9);
}

/* Appearances ----------------------------------------------------------------------------- */

static enum media_stage
stage_of(const char *state)
{
	return media_is_done(state)		  ? MEDIA_DONE
		: !media_is_open(state)		  ? MEDIA_GONE
		: strcmp(state, "planned") == 0	  ? MEDIA_PLANNED
		: strcmp(state, "submitted") == 0 ? MEDIA_SUBMITTED
						  : MEDIA_BOOKED;
}

static int32_t
day_of_moment(const struct stmt *q, int column)
{
	return stmt_null(q, column)
		? MEDIA_NEVER
		: (int32_t)vs_date_to_days(vs_local_from_utc(stmt_int(q, column)).date);
}

static bool
is_of(int64_t wanted, int64_t id)
{
	return !wanted || wanted == id;
}

static bool
take_item(const struct media_series *s, const struct stmt *q, struct media_item *item,
	struct vs_error *err)
{
	*item = (struct media_item){ .id = stmt_int(q, 0),
		.stage = stage_of(stmt_text(q, 2)),
		.counts = stmt_int(q, 3) != 0,
		.person = stmt_int(q, 4),
		.area = stmt_int(q, 5),
		.association = stmt_int(q, 6),
		.kommun = stmt_copy(q, 7, s->arena),
		.outlet = stmt_int(q, 8),
		.was = (unsigned)stmt_int(q, 9),
		.opened = day_of_moment(q, 10) };
	if (!read_day(stmt_text(q, 1), &item->day, err))
		return false;
	if (media_stage_is_open(item->stage))
		item->was |= 1u << item->stage;
	item->scoped = item->counts && is_of(s->association, item->association) &&
		is_of(s->person, item->person) && is_of(s->area, item->area);
	return true;
}

static bool
read_items(struct media_series *s, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct media_items *items = &s->items;
	if (!stmt_open(&q, s->db,
		    SQL("WITH life AS (SELECT appearance_id,"
			"  min(at) FILTER (WHERE state IN ('planned', 'submitted', 'booked'))"
			"    AS opened,"
			"  max(state = 'planned') + 2 * max(state = 'submitted')"
			"    + 4 * max(state = 'booked') AS was"
			"  FROM appearance_event GROUP BY appearance_id)"
			" SELECT a.id, a.date, a.state, instr(?, ',' || a.kind || ','),"
			" a.person_id, a.policy_area_id, a.association_id, a.kommun_code,"
			" a.outlet_id, coalesce(l.was, 0), l.opened"
			" FROM appearance a LEFT JOIN life l ON l.appearance_id = a.id"
			" ORDER BY a.date, a.time, a.id"),
		    err))
		return false;
	stmt_bind(&q, s->kinds);
	while (stmt_row(&q, err)) {
		items->all = vs_arena_grow(
			s->arena, items->all, items->count, sizeof *items->all);
		if (!take_item(s, &q, &items->all[items->count], err))
			return false;
		items->count++;
	}
	return err->code == VS_OK;
}

bool
media_series_open(struct vs_db *db, struct vs_arena *arena, const char *day,
	const struct vs_media_scope *scope, struct media_series *ret_series,
	struct vs_error *err)
{
	static const struct vs_media_scope usual = { 0 };
	struct media_series s = { .db = db, .arena = arena };
	struct vs_date today;
	int32_t asked;
	if (!vs_clock_today(&today, err))
		return false;
	asked = s.today = (int32_t)vs_date_to_days(today);
	if (day && !read_day(day, &asked, err))
		return false;
	s.week = media_monday(asked);
	if (!read_scope(&s, scope ? scope : &usual, err))
		return false;
	*ret_series = s;
	return true;
}

bool
media_series_read(struct vs_db *db, struct vs_arena *arena, const char *day,
	const struct vs_media_scope *scope, struct media_series *ret_series,
	struct vs_error *err)
{
	struct media_series s;
	if (!media_series_open(db, arena, day, scope, &s, err) || !read_items(&s, err))
		return false;
	*ret_series = s;
	return true;
}
