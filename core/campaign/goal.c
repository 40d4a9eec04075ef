/* Goals of the plan: the record, what it may say by its measure, and what it says by itself. */
#include "campaign/goal.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

#define DAYS_USUAL 7 /* within which a new member is to be reached */

static const struct vs_choice measures[] = {
	{ "members", N_("members"), "medlemmar" },
	{ "new_members", N_("new members"), "nya medlemmar" },
	{ "renewed", N_("renewed memberships"), "förnyade medlemskap,förnyade" },
	{ "active_members", N_("active members"), "aktiva medlemmar" },
	{ "likes", N_("likes"), "gillare,gilla-markeringar" },
	{ "followers", N_("followers"), "följare" },
	{ "number", N_("other number"), "annat tal,tal" },
	{ "media", N_("seen in the media"), "synts i medier,medier" },
	{ "spokespersons_seen", N_("spokespersons seen"),
		"talespersoner som synts,talespersoner" },
	{ "active_people", N_("active people"), "aktiva" },
	{ "lists_decided", N_("decided lists"), "beslutade listor,listor" },
	{ "top_names_met", N_("top names met"), "toppnamn som träffats,toppnamn" },
	{ "new_contacted", N_("new members contacted"), "nya medlemmar kontaktade" },
	{ "places_covered", N_("places with ballots"), "platser med valsedlar" },
	{ "shifts_filled", N_("filled shifts"), "fyllda pass" },
	{ "support_answers", N_("associations that got support"),
		"föreningar som fick stöd" },
	{ "evenness", N_("evenness of the help"), "jämnhet" },
	{ "evaluation_steps", N_("steps of the evaluation"),
		"steg i utvärderingen,utvärdering" },
	{ 0 },
};

static const struct vs_choice pers[] = {
	{ "total", N_("in all"), "totalt" },
	{ "week_average", N_("a week on average"), "veckosnitt,snitt" },
	{ "every_week", N_("every week"), "varje vecka" },
	{ 0 },
};

static const struct vs_choice curves[] = {
	{ "linear", N_("day by day"), "rak" },
	{ "level", N_("at any time"), "hela tiden" },
	{ "end", N_("on the last day"), "slutet" },
	{ 0 },
};

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "name", VS_FIELD_TEXT, VS_REQUIRED | VS_NAME, N_("goal"), .max_length = 120 },
	{ "measure", VS_FIELD_CHOICE, VS_REQUIRED | VS_FIXED | VS_FILTER, N_("measure"),
		N_("what it is measured by"), .choices = measures },
	{ "target", VS_FIELD_REAL, VS_REQUIRED, N_("target"),
		N_("shares are percentages: 80"), .min = 0, .max = 1000000000 },
	{ "per", VS_FIELD_CHOICE, 0, N_("counted"),
		N_("media only; default a week on average"), .choices = pers },
	{ "unit", VS_FIELD_TEXT, 0, N_("unit"), N_("default the measure's"),
		.max_length = 30 },
	{ "from", VS_FIELD_DATE, 0, N_("from"),
		N_("default the first of January of the election's year, or today if that is "
		   "earlier") },
	{ "until", VS_FIELD_DATE, 0, N_("until"),
		N_("default election day; what comes after it, the end of the year") },
	{ "start", VS_FIELD_REAL, VS_HIDDEN, N_("start"), N_("where it began; default 0"),
		.min = -1000000000, .max = 1000000000 },
	{ "curve", VS_FIELD_CHOICE, VS_HIDDEN, N_("expected"),
		N_("when how much of it is expected; default by the measure"),
		.choices = curves },
	{ "association", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("association"),
		N_("whose goal it is; empty: the district's"),
		.refers = &vs_association_type },
	{ "association_name", VS_FIELD_TEXT, VS_READONLY, N_("association") },
	{ "person", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("person"),
		N_("who is to be seen"), .refers = &vs_person_type },
	{ "person_name", VS_FIELD_TEXT, VS_READONLY | VS_PERSONAL, N_("person") },
	{ "area", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("policy area"),
		N_("on what to be seen"), .refers = &vs_policy_area_type },
	{ "area_name", VS_FIELD_TEXT, VS_READONLY, N_("policy area") },
	{ "outlet", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("channel"),
		N_("whose likes or followers"), .refers = &vs_outlet_type },
	{ "outlet_name", VS_FIELD_TEXT, VS_READONLY, N_("channel") },
	{ "kinds", VS_FIELD_TEXT, VS_HIDDEN, N_("sorts of appearances"),
		N_("with commas; default those that others publish") },
	{ "days", VS_FIELD_INTEGER, VS_HIDDEN, N_("days"),
		N_("within which new members are reached; default 7"), .min = 1,
		.max = 365 },
	{ "owner", VS_FIELD_TEXT, VS_PERSONAL, N_("answers for it"), .max_length = 90 },
	{ "source", VS_FIELD_TEXT, VS_REQUIRED, N_("source"),
		N_("which plan, which decision"), .max_length = 200 },
	{ "note", VS_FIELD_TEXT, VS_HIDDEN, N_("note"), .max_length = 1000 },
};

/* Kinds of appearances --------------------------------------------------------------------- */

/* "debattartikel, insändare" becomes "debate_article,letter". */
static bool
typed(struct vs_db *db, json_t *values, const json_t *before, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const struct vs_field *field = vs_record_field(&vs_appearance_type, "kind");
	const char *stored = "";
	char *rest = vs_arena_text(scratch.arena, record_string(values, "kinds")), *one;
	(void)before;
	while ((one = strsep(&rest, ","))) {
		const char *word = vs_text_clean(scratch.arena, one);
		json_t *kind;
		if (!*word)
			continue;
		if (!record_parse(db, &vs_appearance_type, field, word, &kind, err))
			return false;
		if (!strstr(stored, json_string_value(kind)))
			stored = vs_arena_printf(scratch.arena, "%s%s%s", stored,
				*stored ? "," : "", json_string_value(kind));
		json_decref(kind);
	}
	if (json_object_get(values, "kinds"))
		json_object_set_new(values, "kinds", json_string(stored));
	return true;
}

/* What was not said -------------------------------------------------------------------------*/

static void
set_text(json_t *record, const char *name, const char *text)
{
	if (json_is_null(json_object_get(record, name)))
		json_object_set_new(record, name, json_string(text));
}

/* A year's plan begins with the year; who plans earlier has begun. */
static bool
set_span(struct vs_db *db, const struct goal_measure *measure, json_t *record,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_campaign campaign;
	struct vs_date today;
	char from[11], until[11];
	if (!vs_campaign_get(db, scratch.arena, &campaign, err) ||
		!vs_clock_today(&today, err))
		return false;
	struct vs_date january = { campaign.election_date.year, 1, 1 };
	struct vs_date december = { campaign.election_date.year, 12, 31 };
	set_text(record, "from",
		vs_date_format(vs_date_to_days(today) < vs_date_to_days(january)
				? today
				: january,
			from));
	set_text(record, "until",
		vs_date_format(
			measure->after ? december : campaign.election_date, until));
	return true;
}

static bool
same(const json_t *a, const json_t *b, const char *name)
{
	return json_equal(json_object_get(a, name), json_object_get(b, name));
}

static bool
complete(struct vs_db *db, json_t *record, const json_t *before, struct vs_error *err)
{
	const char *name = record_string(record, "measure");
	if (!name)
		return true;
	const struct goal_measure *measure = goal_measure_of(name);
	set_text(record, "per", measure->takes & TAKES_PER ? "week_average" : "total");
	bool total = strcmp(record_string(record, "per"), "total") == 0;
	/* Another way of counting has another curve, unless one was chosen with it. */
	if (before && !same(record, before, "per") && same(record, before, "curve"))
		json_object_set_new(record, "curve", json_null());
	set_text(record, "curve",
		measure->takes & TAKES_PER && total ? "linear" : measure->curve);
	if (json_is_null(json_object_get(record, "start")))
		json_object_set_new(record, "start", json_real(0));
	if (measure->takes & TAKES_DAYS && json_is_null(json_object_get(record, "days")))
		json_object_set_new(record, "days", json_integer(DAYS_USUAL));
	return set_span(db, measure, record, err);
}

/* Checks ------------------------------------------------------------------------------------*/

static bool
check_takes(
	const json_t *record, const struct goal_measure *measure, struct vs_error *err)
{
	static const struct {
		const char *field;
		unsigned takes;
	} scopes[] = { { "association", TAKES_ASSOCIATION }, { "person", TAKES_PERSON },
		{ "area", TAKES_AREA }, { "outlet", TAKES_OUTLET },
		{ "kinds", TAKES_KINDS }, { "days", TAKES_DAYS } };
	for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++)
		if (!(measure->takes & scopes[i].takes) &&
			!json_is_null(json_object_get(record, scopes[i].field)))
			return vs_fail(err, VS_INVALID,
				_("goal %s: %s does not go with the measure \"%s\"; leave --%s out"),
				record_string(record, "name"),
				_(vs_record_field(&vs_goal_type, scopes[i].field)->label),
				record_choice(measures, measure->name), scopes[i].field);
	if (measure->takes & TAKES_PER ||
		strcmp(record_string(record, "per"), "total") == 0)
		return true;
	return vs_fail(err, VS_INVALID,
		_("goal %s: only what is seen in the media is counted by the week; leave --per out"),
		record_string(record, "name"));
}

static bool
check_target(
	const json_t *record, const struct goal_measure *measure, struct vs_error *err)
{
	double target = json_number_value(json_object_get(record, "target"));
	double start = json_number_value(json_object_get(record, "start"));
	const char *name = record_string(record, "name");
	if (measure->share && (target > 100 || start > 100))
		return vs_fail(err, VS_INVALID,
			_("goal %s: a share is a percentage, at most 100"), name);
	if (target > 0 || start > 0)
		return true;
	return vs_fail(err, VS_INVALID,
		_("goal %s: the target 0 is there from the beginning; say with --start where it "
		  "begins"),
		name);
}

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	(void)db;
	(void)before;
	const struct goal_measure *measure =
		goal_measure_of(record_string(record, "measure"));
	if (strcmp(record_string(record, "from"), record_string(record, "until")) > 0)
		return vs_fail(err, VS_INVALID,
			_("goal %s: it ends (%s) before it begins (%s); change --from or --until"),
			record_string(record, "name"), record_string(record, "until"),
			record_string(record, "from"));
	return check_takes(record, measure, err) && check_target(record, measure, err);
}

#define GOAL_SELECT \
	"SELECT g.id, g.name, g.measure, g.target, g.per, g.unit, g.from_date AS [from]," \
	" g.until_date AS [until], g.start, g.curve, g.association_id AS association," \
	" a.name AS association_name, g.person_id AS person," \
	" iif(p.restricted, NULL, p.name) AS person_name, g.policy_area_id AS area," \
	" v.name AS area_name, g.outlet_id AS outlet, o.name AS outlet_name, g.kinds," \
	" g.days, g.owner, g.source, g.note FROM goal g" \
	" LEFT JOIN association a ON a.id = g.association_id" \
	" LEFT JOIN person p ON p.id = g.person_id" \
	" LEFT JOIN policy_area v ON v.id = g.policy_area_id" \
	" LEFT JOIN outlet o ON o.id = g.outlet_id"

const struct vs_record_type vs_goal_type = {
	.noun = N_("goal"),
	.label = N_("goals"),
	.about = N_(
		"Goals of the plan: a measure, a target, a span, whose it is and where it "
		"was decided."),
	FIELDS(fields),
	.select = SQL(GOAL_SELECT " ORDER BY g.id"),
	.find = SQL(GOAL_SELECT " WHERE g.id = ?"),
	.insert = SQL(
		"INSERT INTO goal (name, measure, target, per, unit, from_date, until_date,"
		" start, curve, association_id, person_id, policy_area_id, outlet_id, kinds,"
		" days, owner, source, note)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
	.update =
		SQL("UPDATE goal SET name = ?, target = ?, per = ?, unit = ?,"
		    " from_date = ?, until_date = ?, start = ?, curve = ?,"
		    " association_id = ?, person_id = ?, policy_area_id = ?,"
		    " outlet_id = ?, kinds = ?, days = ?, owner = ?, source = ?, note = ?"
		    " WHERE id = ?"),
	.remove = SQL("DELETE FROM goal WHERE id = ?"),
	.typed = typed,
	.complete = complete,
	.check = check,
};

/* Read --------------------------------------------------------------------------------------*/

static const char *
copied(struct vs_arena *arena, const json_t *record, const char *name)
{
	return vs_arena_text(arena, record_string(record, name));
}

/* "V Kil, vård"; "" when it is the district's. */
static const char *
scope_of(struct vs_arena *arena, const json_t *record)
{
	static const char *const names[] = { "association_name", "person_name",
		"area_name", "outlet_name" };
	const char *text = "";
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *name = record_string(record, names[i]);
		if (name)
			text = vs_arena_printf(
				arena, "%s%s%s", text, *text ? ", " : "", name);
	}
	return text;
}

static const char *
unit_of(struct vs_arena *arena, const struct goal *goal, const json_t *record)
{
	const char *unit = copied(arena, record, "unit");
	if (unit)
		return unit;
	if (goal->how->takes & TAKES_PER && strcmp(goal->per, "week_average") != 0)
		return strcmp(goal->per, "total") == 0 ? _("appearances")
						       : _("percent of the weeks");
	return *goal->how->unit ? _(goal->how->unit) : "";
}

bool
goal_read(struct vs_arena *arena, const json_t *record, struct goal *ret_goal,
	struct vs_error *err)
{
	struct goal g = { .id = record_integer(record, "id"),
		.name = copied(arena, record, "name"),
		.measure = copied(arena, record, "measure"),
		.per = copied(arena, record, "per"),
		.curve = copied(arena, record, "curve"),
		.from = copied(arena, record, "from"),
		.until = copied(arena, record, "until"),
		.owner = copied(arena, record, "owner"),
		.source = copied(arena, record, "source"),
		.scope = scope_of(arena, record),
		.kinds = copied(arena, record, "kinds"),
		.target = json_number_value(json_object_get(record, "target")),
		.start = json_number_value(json_object_get(record, "start")),
		.association = record_integer(record, "association"),
		.person = record_integer(record, "person"),
		.area = record_integer(record, "area"),
		.outlet = record_integer(record, "outlet"),
		.days = (int)record_integer(record, "days") };
	struct vs_date from, until;
	if (!vs_date_parse(g.from, &from, err) || !vs_date_parse(g.until, &until, err))
		return false;
	g.first = vs_date_to_days(from);
	g.last = vs_date_to_days(until);
	g.how = goal_measure_of(g.measure);
	g.unit = unit_of(arena, &g, record);
	g.aim = strcmp(g.per, "every_week") == 0 ? 100 : g.target;
	if (!g.days)
		g.days = DAYS_USUAL;
	*ret_goal = g;
	return true;
}

bool
goal_person_move(struct vs_db *db, int64_t keep, int64_t drop, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, SQL("UPDATE goal SET person_id = ? WHERE person_id = ?"),
		    err))
		return false;
	stmt_bind(&q, keep);
	stmt_bind(&q, drop);
	return stmt_run(&q, err);
}
