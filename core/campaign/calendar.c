/* The election calendar as a view: entries from everywhere, those asked for, by date. */
#include "campaign/calendar.h"

#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

#define SOON_DAYS 30

/* As the options and the JSON name them. */
static const struct vs_choice kinds[] = {
	{ "law", N_("law") },
	{ "decision", N_("decision") },
	{ "kommun", N_("the kommun's last day") },
	{ "own", N_("own day") },
	{ "activity", N_("activity") },
	{ 0 },
};

/* As people say them in Swedish, whatever the language of the messages. */
static const char *const words[] = { "lag", "beslut", "kommunen", "egen", "aktivitet" };

/* What is asked for ------------------------------------------------------------------------- */

/* "law", "lag", or as the program shows it. */
static bool
is_kind(const struct vs_choice *kind, const char *word)
{
	return strcmp(kind->value, word) == 0 || strcmp(words[kind - kinds], word) == 0 ||
		strcmp(_(kind->label), word) == 0;
}

static bool
check_kinds(const struct calendar *c, struct vs_error *err)
{
	char *list = vs_arena_text(c->arena, c->options->kinds ? c->options->kinds : ""),
	     *rest;
	for (char *word = strtok_r(list, ",", &rest); word;
		word = strtok_r(NULL, ",", &rest)) {
		const struct vs_choice *kind = kinds;
		word = vs_arena_text(c->arena, vs_text_clean(c->arena, word));
		while (kind->value && !is_kind(kind, word))
			kind++;
		if (!kind->value)
			return vs_fail(err, VS_INVALID,
				_("\"%s\" is none of law, decision, kommun, own, activity"),
				word);
	}
	return true;
}

static bool
wanted_kind(const struct calendar *c, const struct vs_choice *kind)
{
	char *list = vs_arena_text(c->arena, c->options->kinds), *rest;
	if (!list)
		return true;
	for (char *word = strtok_r(list, ",", &rest); word;
		word = strtok_r(NULL, ",", &rest))
		if (is_kind(kind, vs_text_clean(c->arena, word)))
			return true;
	return false;
}

static bool
check_dates(const struct vs_calendar_options *o, struct vs_error *err)
{
	struct vs_date from, until;
	if ((o->from && !vs_date_parse(o->from, &from, err)) ||
		(o->until && !vs_date_parse(o->until, &until, err)))
		return false;
	return !o->from || !o->until || strcmp(o->from, o->until) <= 0 ||
		vs_fail(err, VS_INVALID,
			_("%s is before %s: give the days the other way round"), o->until,
			o->from);
}

static bool
find_kommun(struct calendar *c, struct vs_error *err)
{
	if (!c->options->kommun)
		return true;
	json_t *record = vs_record_get(c->db, &vs_kommun_type, c->options->kommun, err);
	c->kommun =
		record ? vs_arena_text(c->arena, record_string(record, "code")) : NULL;
	json_decref(record);
	return record != NULL;
}

static bool
find_association(struct calendar *c, struct vs_error *err)
{
	if (!c->options->association)
		return true;
	json_t *record =
		vs_record_get(c->db, &vs_association_type, c->options->association, err);
	c->association = record ? record_integer(record, "id") : 0;
	json_decref(record);
	return record != NULL;
}

static bool
read_kommuner(struct calendar *c, struct vs_error *err)
{
	json_t *records = vs_record_list(c->db, &vs_kommun_type, NULL, err), *record;
	size_t i;
	json_array_foreach (records, i, record)
		if (record_integer(record, "association"))
			json_object_set(
				c->kommuner, record_string(record, "code"), record);
	json_decref(records);
	return records != NULL;
}

/* The association of a kommun, 0 when it has none. */
static int64_t
association_of(const struct calendar *c, const char *kommun)
{
	return record_integer(json_object_get(c->kommuner, kommun), "association");
}

/* Whom it concerns: what has neither kommun nor association concerns all. */
static bool
concerns(const struct calendar *c, const json_t *entry)
{
	const char *kommun = record_string(entry, "kommun");
	int64_t association = record_integer(entry, "association");
	if (!kommun && !association)
		return true;
	if (c->association && association != c->association &&
		(!kommun || association_of(c, kommun) != c->association))
		return false;
	if (!c->kommun)
		return true;
	return kommun ? strcmp(kommun, c->kommun) == 0
		      : association == association_of(c, c->kommun);
}

static bool
between(const struct vs_calendar_options *o, const char *date)
{
	if (!date)
		return !o->from && !o->until;
	return (!o->from || strcmp(date, o->from) >= 0) &&
		(!o->until || strcmp(date, o->until) <= 0);
}

static bool
asked_for(const struct calendar *c, const json_t *entry)
{
	const struct vs_calendar_options *o = c->options;
	const char *state = record_string(entry, "state");
	return between(o, record_string(entry, "date")) && concerns(c, entry) &&
		(!o->open || strcmp(state, "done") != 0) &&
		(!o->late || strcmp(state, "late") == 0);
}

/* What follows from the date ----------------------------------------------------------------- */

static void
put_state(json_t *entry, const char *state, const char *text)
{
	record_put(entry, "state", state);
	record_put(entry, "state_text", text);
}

/* What passes by itself is done when it is over. */
static void
set_state(struct vs_arena *arena, json_t *entry, bool known, int64_t days)
{
	int64_t away = days < 0 ? -days : days;
	if (record_string(entry, "done_on"))
		put_state(entry, "done", _("done"));
	else if (!known)
		put_state(entry, "unknown", _("date not decided"));
	else if (days == 0)
		put_state(entry, "today", _("today"));
	else if (days < 0 && record_true(entry, "passes"))
		put_state(entry, "done", _("has passed"));
	else if (days < 0)
		put_state(entry, "late",
			vs_arena_printf(arena,
				P_("%lld day late", "%lld days late", away),
				(long long)away));
	else
		put_state(entry, days <= SOON_DAYS ? "soon" : "later",
			vs_arena_printf(arena, P_("in %lld day", "in %lld days", away),
				(long long)away));
}

static const char *
kind_name(const char *kind)
{
	return record_choice(kinds, kind);
}

static const char *
weekday_name(struct vs_arena *arena, struct vs_date date)
{
	const char *text = vs_date_text(arena, date, VS_DATE_WEEKDAY);
	return vs_arena_copy(arena, text, strcspn(text, " "));
}

static bool
finish(struct calendar *c, json_t *entry, struct vs_error *err)
{
	const char *text = record_string(entry, "date");
	struct vs_date date = { 0 };
	int64_t days = 0;
	if (text && !vs_date_parse(text, &date, err))
		return false;
	if (text) {
		days = vs_date_to_days(date) - vs_date_to_days(c->today);
		json_object_set_new(entry, "days", json_integer(days));
		record_put(entry, "week", vs_date_week_key(c->arena, date));
	} else
		record_put(entry, "week", "");
	record_put(entry, "weekday", text ? weekday_name(c->arena, date) : "");
	set_state(c->arena, entry, text != NULL, days);
	record_put(entry, "kind_name", kind_name(record_string(entry, "kind")));
	return true;
}

/* By date -------------------------------------------------------------------------------------- */

/* What has no date last, what has no time first of its day. */
static int
by_date(const void *a, const void *b)
{
	const json_t *x = *(const json_t *const *)a, *y = *(const json_t *const *)b;
	static const char *const fields[] = { "date", "time" };
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		const char *p = record_string(x, fields[i]);
		const char *q = record_string(y, fields[i]);
		if (!p != !q)
			return i == 0 ? (p ? -1 : 1) : (p ? 1 : -1);
		if (p && strcmp(p, q) != 0)
			return strcmp(p, q);
	}
	int order = vs_text_compare(record_string(x, "name"), record_string(y, "name"));
	return order
		? order
		: vs_text_compare_natural(record_string(x, "id"), record_string(y, "id"));
}

/* The entries in order, at most `limit`; a new array. */
static json_t *
sorted(struct vs_arena *arena, json_t *entries, int limit)
{
	size_t count = json_array_size(entries), i;
	json_t **all = vs_arena_alloc(arena, (count + 1) * sizeof *all), *entry;
	json_array_foreach (entries, i, entry)
		all[i] = entry;
	qsort(all, count, sizeof *all, by_date);
	json_t *result = json_array();
	for (i = 0; i < count && (!limit || i < (size_t)limit); i++)
		json_array_append(result, all[i]);
	return result;
}

static bool
collect(struct calendar *c, struct vs_error *err)
{
	static const struct {
		const char *kinds;
		bool (*read)(struct calendar *, struct vs_error *);
	} sources[] = { { "law,decision,own", calendar_deadlines },
		{ "kommun", calendar_cut_offs }, { "activity", calendar_activities } };
	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
		bool wanted = false;
		for (const struct vs_choice *kind = kinds; kind->value; kind++)
			wanted = wanted ||
				(vs_kinds_include(sources[i].kinds, kind->value) &&
					wanted_kind(c, kind));
		if (wanted && !sources[i].read(c, err))
			return false;
	}
	return true;
}

/* Leaves those that are asked for. */
static bool
choose(struct calendar *c, struct vs_error *err)
{
	json_t *chosen = json_array(), *entry;
	size_t i;
	bool ok = true;
	json_array_foreach (c->entries, i, entry) {
		const struct vs_choice *kind = kinds;
		while (strcmp(kind->value, record_string(entry, "kind")) != 0)
			kind++;
		ok = ok && finish(c, entry, err);
		if (ok && wanted_kind(c, kind) && asked_for(c, entry))
			json_array_append(chosen, entry);
	}
	json_decref(c->entries);
	c->entries = sorted(c->arena, chosen, c->options->limit);
	json_decref(chosen);
	return ok;
}

bool
calendar_read(struct calendar *c, struct vs_db *db, struct vs_arena *arena,
	const struct vs_calendar_options *options, bool cancelled, struct vs_error *err)
{
	*c = (struct calendar){
		.db = db, .arena = arena, .options = options, .cancelled = cancelled
	};
	c->kommuner = json_object();
	c->entries = json_array();
	bool ok = vs_clock_today(&c->today, err) && check_kinds(c, err) &&
		check_dates(options, err) &&
		vs_campaign_get(db, arena, &c->campaign, err) && find_kommun(c, err) &&
		find_association(c, err) && read_kommuner(c, err) && collect(c, err) &&
		choose(c, err);
	json_decref(c->kommuner);
	c->kommuner = NULL;
	if (ok)
		return true;
	json_decref(c->entries);
	c->entries = NULL;
	return false;
}

json_t *
vs_calendar_view(
	struct vs_db *db, const struct vs_calendar_options *options, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	struct calendar c;
	if (!snapshot_begin(&snapshot, db, err) ||
		!calendar_read(&c, db, scratch.arena, options, false, err))
		return NULL;
	return c.entries;
}
