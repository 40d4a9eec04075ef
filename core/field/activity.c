/*
 * Activities: what is on, where and when, who answers for it. The plain record; copying,
 * cancelling and views are in files of their own.
 */
#include "field/activity.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

#define DAY_SECONDS 86400
#define DAYS_MAX    92 /* of one activity */
#define DAYS_AWAY   366

static const struct vs_choice modes[] = {
	{ "physical", N_("on the spot") },
	{ "digital", N_("digital") },
	{ "both", N_("on the spot and digital") },
	{ 0 },
};

static const struct vs_choice visibilities[] = {
	{ "draft", N_("draft") },
	{ "members", N_("for members") },
	{ "public", N_("for everybody") },
	{ 0 },
};

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "title", VS_FIELD_TEXT, VS_REQUIRED | VS_NAME, N_("title"), .max_length = 120 },
	{ "kind", VS_FIELD_REF, VS_REQUIRED | VS_FILTER | VS_HIDDEN,
		N_("sort of activity"),
		N_("valstuga, dörrknackning, valskola ...; see 'valstuga activity-kind list'"),
		.refers = &vs_activity_kind_type },
	{ "kind_name", VS_FIELD_TEXT, VS_READONLY, N_("sort of activity") },
	{ "starts", VS_FIELD_MOMENT, VS_REQUIRED, N_("begins"),
		N_("2026-08-22 10.00; a time that comes twice with sommartid or normaltid") },
	{ "ends", VS_FIELD_MOMENT, VS_REQUIRED, N_("ends"),
		N_("14.00 is of the same day, 01.30 of the night after; or with its day") },
	{ "association", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("host"),
		N_("the association that holds it; empty: the district"),
		.refers = &vs_association_type },
	{ "association_name", VS_FIELD_TEXT, VS_READONLY, N_("host") },
	{ "kommun", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("kommun"),
		N_("default the place's, or the host's if it has only one"),
		.refers = &vs_kommun_type },
	{ "kommun_name", VS_FIELD_TEXT, VS_READONLY, N_("kommun") },
	{ "place", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("place"),
		N_("one of the register; or say venue, street and town"),
		.refers = &vs_place_type },
	{ "place_name", VS_FIELD_TEXT, VS_READONLY, N_("where") },
	{ "venue", VS_FIELD_TEXT, VS_HIDDEN, N_("venue"),
		N_("what the place is called: Stora torget, framför biblioteket"),
		.max_length = 120 },
	{ "street", VS_FIELD_TEXT, VS_HIDDEN, N_("street"), .max_length = 120 },
	{ "town", VS_FIELD_TEXT, VS_HIDDEN, N_("town"), .max_length = 60 },
	{ "latitude", VS_FIELD_REAL, VS_HIDDEN, N_("latitude"), N_("WGS 84, degrees"),
		.min = 55, .max = 70 },
	{ "longitude", VS_FIELD_REAL, VS_HIDDEN, N_("longitude"), N_("WGS 84, degrees"),
		.min = 10, .max = 25 },
	{ "mode", VS_FIELD_CHOICE, VS_FILTER | VS_HIDDEN, N_("form"),
		N_("default on the spot"), .choices = modes },
	{ "link", VS_FIELD_TEXT, VS_HIDDEN, N_("link"),
		N_("where a digital one is: https://..."), .max_length = 300 },
	{ "contact", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("contact"),
		N_("the person who answers for it, by name or number"),
		.refers = &vs_person_type },
	{ "contact_name", VS_FIELD_TEXT, VS_READONLY | VS_PERSONAL, N_("contact") },
	{ "visitor", VS_FIELD_TEXT, VS_PERSONAL | VS_HIDDEN, N_("visitor"),
		N_("who comes to a central visit"), .max_length = 120 },
	{ "instructions", VS_FIELD_TEXT, VS_HIDDEN, N_("instructions"),
		N_("for those who stand there; on rosters and in calendars"),
		.max_length = 4000 },
	{ "visibility", VS_FIELD_CHOICE, VS_FILTER, N_("for whom"),
		N_("default for members"), .choices = visibilities },
	{ "live", VS_FIELD_BOOLEAN, VS_READONLY | VS_HIDDEN, N_("not cancelled") },
	{ "cancel_reason", VS_FIELD_TEXT, VS_READONLY, N_("cancelled because") },
	{ "shifts", VS_FIELD_INTEGER, VS_READONLY, N_("shifts") },
	{ "bulk", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("bulk"),
		N_("what it was made with at once"), .refers = &vs_bulk_type },
	{ "sequence", VS_FIELD_INTEGER, VS_READONLY | VS_HIDDEN, N_("changes"),
		N_("how often what calendars show was changed") },
	{ "note", VS_FIELD_TEXT, VS_HIDDEN, N_("note"), .max_length = 2000 },
};

/* Times ----------------------------------------------------------------------------------- */

static void
put_moment(json_t *values, const char *name, int64_t moment)
{
	char text[21];
	json_object_set_new(values, name, json_string(vs_time_format_utc(moment, text)));
}

static bool
is_typed(const json_t *values, const char *name)
{
	const char *text = record_string(values, name);
	return text && *text;
}

/* An activity that moves to another day takes its end along: 14.00 stays 14.00. */
static bool
take_along(json_t *values, const json_t *before, int64_t starts, struct vs_error *err)
{
	struct vs_local old = vs_local_from_utc(record_integer(before, "starts"));
	struct vs_local end = vs_local_from_utc(record_integer(before, "ends"));
	int64_t days = vs_date_to_days(vs_local_from_utc(starts).date) -
		vs_date_to_days(old.date);
	int64_t ends;
	if (!days)
		return true;
	end.date = vs_date_add(end.date, (int)days);
	if (!vs_local_to_utc(end, VS_FOLD_ASK, &ends, err))
		return false;
	put_moment(values, "ends", ends);
	return true;
}

/* "14.00" is of the day that it begins on. */
static bool
typed(struct vs_db *db, json_t *values, const json_t *before, struct vs_error *err)
{
	(void)db;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	int64_t starts = record_integer(before, "starts"), ends;
	const char *what = vs_arena_printf(
		scratch.arena, _("%s, field %s"), _("activity"), "starts");
	if (is_typed(values, "starts")) {
		if (!field_moment(
			    record_string(values, "starts"), starts, what, &starts, err))
			return false;
		put_moment(values, "starts", starts);
		if (before && !json_object_get(values, "ends") &&
			!take_along(values, before, starts, err))
			return false;
	}
	if (!is_typed(values, "ends"))
		return true;
	what = vs_arena_printf(scratch.arena, _("%s, field %s"), _("activity"), "ends");
	if (!field_moment_after(record_string(values, "ends"), starts, what, &ends, err))
		return false;
	put_moment(values, "ends", ends);
	return true;
}

bool
activity_check_year(struct vs_db *db, int64_t starts, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_campaign campaign;
	char day[11];
	if (!vs_campaign_get(db, scratch.arena, &campaign, err))
		return false;
	struct vs_date date = vs_local_from_utc(starts).date;
	int64_t away = vs_date_to_days(date) - vs_date_to_days(campaign.election_date);
	if (away >= -DAYS_AWAY && away <= DAYS_AWAY)
		return true;
	return vs_fail(err, VS_INVALID,
		_("%s is more than a year from election day, %s; look at the year"),
		vs_date_format(date, day), campaign.election_day);
}

static bool
check_times(struct vs_db *db, const json_t *record, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	int64_t starts = record_integer(record, "starts");
	int64_t ends = record_integer(record, "ends");
	const char *title = record_string(record, "title");
	if (starts >= ends)
		return vs_fail(err, VS_INVALID,
			_("activity %s: it must begin before it ends, but is %s to %s"),
			title,
			vs_time_format_local(starts, vs_arena_alloc(scratch.arena, 17)),
			vs_time_format_local(ends, vs_arena_alloc(scratch.arena, 17)));
	if (ends - starts > DAYS_MAX * DAY_SECONDS)
		return vs_fail(err, VS_INVALID,
			_("activity %s: it would last %d days, at most are %d; make several"),
			title, (int)((ends - starts) / DAY_SECONDS), DAYS_MAX);
	return activity_check_year(db, starts, err);
}

/* Shifts move the activity's ends when they are added; the other way round they stay. */
static bool
check_shifts(struct vs_db *db, const json_t *record, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT id, starts_at, ends_at FROM shift WHERE activity_id = ?1"
			" AND cancelled_at IS NULL AND (starts_at < ?2 OR ends_at > ?3)"
			" ORDER BY starts_at, id LIMIT 1"),
		    err))
		return false;
	stmt_bind(&q, record_integer(record, "id"));
	stmt_bind(&q, record_integer(record, "starts"));
	stmt_bind(&q, record_integer(record, "ends"));
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	return vs_fail(err, VS_REFUSED,
		_("activity %s: shift %lld (%s) would lie outside; change the shift first, or "
		  "copy the activity to the new day and cancel this one"),
		record_string(record, "title"), (long long)stmt_int(&q, 0),
		field_span_text(scratch.arena, stmt_int(&q, 1), stmt_int(&q, 2)));
}

/* Where ----------------------------------------------------------------------------------- */

/* The kommun of a place of the register, or the only one of an association; NULL: neither. */
static bool
find_kommun(struct vs_db *db, struct vs_arena *arena, const json_t *record,
	const char **ret_kommun, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_kommun = NULL;
	if (!stmt_open(&q, db,
		    SQL("SELECT iif(?1 = 0, (SELECT iif(count(*) = 1, min(code), NULL)"
			" FROM kommun WHERE association_id = ?2 AND NOT association_lent),"
			" (SELECT kommun_code FROM place WHERE id = ?1))"),
		    err))
		return false;
	stmt_bind(&q, record_integer(record, "place"));
	stmt_bind(&q, record_integer(record, "association"));
	if (stmt_row(&q, err))
		*ret_kommun = stmt_copy(&q, 0, arena);
	return err->code == VS_OK;
}

static bool
changed(const json_t *record, const json_t *before, const char *name)
{
	return !json_equal(json_object_get(record, name), json_object_get(before, name));
}

static void
set_default(json_t *record, const char *name, const char *value)
{
	if (!record_string(record, name))
		json_object_set_new(record, name, json_string(value));
}

static bool
complete(struct vs_db *db, json_t *record, const json_t *before, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *kommun;
	if (before && !record_true(before, "live"))
		return true;
	set_default(record, "mode", "physical");
	set_default(record, "visibility", "members");
	bool moved = before && changed(record, before, "place") &&
		!changed(record, before, "kommun") && record_integer(record, "place");
	if (record_string(record, "kommun") && !moved)
		return true;
	if (!find_kommun(db, scratch.arena, record, &kommun, err))
		return false;
	if (kommun)
		json_object_set_new(record, "kommun", json_string(kommun));
	return true;
}

static bool
check_address(const json_t *record, struct vs_error *err)
{
	static const char *const own[] = { "venue", "street", "town", "latitude" };
	const char *title = record_string(record, "title");
	bool north = json_is_null(json_object_get(record, "latitude"));
	bool east = json_is_null(json_object_get(record, "longitude"));
	if (north != east)
		return vs_fail(err, VS_INVALID,
			_("activity %s: give both latitude and longitude, or neither"),
			title);
	for (size_t i = 0; record_integer(record, "place") && i < 4; i++)
		if (!json_is_null(json_object_get(record, own[i])))
			return vs_fail(err, VS_INVALID,
				_("activity %s: a place of the register has its own address; clear %s "
				  "or the place"),
				title, own[i]);
	if (record_string(record, "street") && !record_string(record, "venue"))
		return vs_fail(err, VS_INVALID,
			_("activity %s: what is there? Say with --venue what the place at %s is "
			  "called"),
			title, record_string(record, "street"));
	return true;
}

static bool
check_kommun(struct vs_db *db, const json_t *record, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT p.name, k.name FROM place p JOIN kommun k ON k.code = p.kommun_code"
			" WHERE p.id = ? AND k.code <> ?"),
		    err))
		return false;
	stmt_bind(&q, record_integer(record, "place"));
	stmt_bind(&q, record_string(record, "kommun"));
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	return vs_fail(err, VS_INVALID,
		_("activity %s: %s is in %s; leave the kommun out"),
		record_string(record, "title"), stmt_text(&q, 0), stmt_text(&q, 1));
}

static bool
check_link(const json_t *record, struct vs_error *err)
{
	const char *link = record_string(record, "link");
	const char *title = record_string(record, "title");
	bool digital = strcmp(record_string(record, "mode"), "physical") != 0;
	if (digital && !link)
		return vs_fail(err, VS_INVALID,
			_("activity %s: a digital one needs --link, or nobody finds it"),
			title);
	if (link && strncmp(link, "https://", 8) != 0 && strncmp(link, "http://", 7) != 0)
		return vs_fail(err, VS_INVALID,
			_("activity %s: \"%s\" is no link; it begins with https://"),
			title, link);
	return true;
}

/* Who ------------------------------------------------------------------------------------- */

static bool
check_contact(struct vs_db *db, const json_t *record, const json_t *before,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (before && !changed(record, before, "contact"))
		return true;
	if (!stmt_open(
		    &q, db, SQL("SELECT 1 FROM person WHERE id = ? AND restricted"), err))
		return false;
	stmt_bind(&q, record_integer(record, "contact"));
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	return vs_fail(err, VS_REFUSED,
		_("activity %s: person %lld is restricted and nobody's contact; choose somebody "
		  "else"),
		record_string(record, "title"),
		(long long)record_integer(record, "contact"));
}

/* What is cancelled stays as those who were told know it. */
static bool
check_live(const json_t *record, const json_t *before, struct vs_error *err)
{
	if (!before || record_true(before, "live"))
		return true;
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (strcmp(fields[i].name, "note") != 0 &&
			changed(record, before, fields[i].name))
			return vs_fail(err, VS_REFUSED,
				_("activity %lld (%s) is cancelled; copy it to a new day instead"),
				(long long)record_integer(before, "id"),
				record_string(before, "title"));
	return true;
}

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	return check_live(record, before, err) && check_times(db, record, err) &&
		check_address(record, err) && check_kommun(db, record, err) &&
		check_link(record, err) && check_contact(db, record, before, err) &&
		(!before || check_shifts(db, record, err));
}

/* Removing --------------------------------------------------------------------------------- */

bool
activity_in_use(
	struct vs_db *db, int64_t activity, const char **ret_what, struct vs_error *err)
{
	static const char *const whats[] = { N_("people are or were booked on it"),
		N_("its attendance is noted"), N_("a flyer asks people to it"),
		N_("a canvass sheet belongs to it"), N_("people have wished for it") };
	VS_AUTO(stmt) q = { 0 };
	*ret_what = NULL;
	if (!stmt_open(&q, db,
		    SQL("SELECT EXISTS (SELECT 1 FROM booking b JOIN shift s ON s.id = b.shift_id"
			"  WHERE s.activity_id = ?1),"
			" EXISTS (SELECT 1 FROM attendance WHERE activity_id = ?1),"
			" EXISTS (SELECT 1 FROM flyer f LEFT JOIN shift s ON s.id = f.shift_id"
			"  WHERE f.activity_id = ?1 OR s.activity_id = ?1),"
			" EXISTS (SELECT 1 FROM canvass WHERE activity_id = ?1),"
			" EXISTS (SELECT 1 FROM wish w LEFT JOIN shift s ON s.id = w.shift_id"
			"  WHERE w.activity_id = ?1 OR s.activity_id = ?1)"),
		    err))
		return false;
	stmt_bind(&q, activity);
	if (!stmt_row(&q, err))
		return false;
	for (size_t i = 0; i < sizeof whats / sizeof *whats && !*ret_what; i++)
		if (stmt_int(&q, (int)i))
			*ret_what = _(whats[i]);
	return true;
}

static bool
removing(struct vs_db *db, const json_t *record, struct vs_error *err)
{
	const char *what;
	int64_t id = record_integer(record, "id");
	if (!activity_in_use(db, id, &what, err))
		return false;
	return !what ||
		vs_fail(err, VS_REFUSED,
			record_true(record, "live")
				? _("activity %lld (%s) stays: %s; cancel it with 'valstuga activity "
				    "cancel'")
				: _("activity %lld (%s) stays: %s"),
			(long long)id, record_string(record, "title"), what);
}

#define SELECT_ACTIVITY \
	"SELECT a.id, a.title, a.kind, k.name AS kind_name, a.starts_at AS starts," \
	" a.ends_at AS ends, a.association_id AS association," \
	" s.name AS association_name, a.kommun_code AS kommun, m.name AS kommun_name," \
	" a.place_id AS place, coalesce(p.name, a.venue) AS place_name, a.venue," \
	" a.street, a.town, a.latitude, a.longitude, a.mode, a.link," \
	" a.contact_id AS contact, c.name AS contact_name, a.visitor, a.instructions," \
	" a.visibility, a.cancelled_at IS NULL AS live, a.cancel_reason," \
	" (SELECT count(*) FROM shift t WHERE t.activity_id = a.id" \
	"  AND t.cancelled_at IS NULL) AS shifts, a.bulk_id AS bulk, a.sequence, a.note" \
	" FROM activity a JOIN activity_kind k ON k.code = a.kind" \
	" LEFT JOIN association s ON s.id = a.association_id" \
	" LEFT JOIN kommun m ON m.code = a.kommun_code" \
	" LEFT JOIN place p ON p.id = a.place_id" \
	" LEFT JOIN person c ON c.id = a.contact_id AND NOT c.restricted"

const struct vs_record_type vs_activity_type = {
	.noun = N_("activity"),
	.label = N_("activities"),
	.about = N_(
		"What is on: campaign booths, canvassing, courses, visits; when, where, who "
		"answers for it."),
	FIELDS(fields),
	.usual = "live",
	.within = "kommun_name",
	.select = SQL(SELECT_ACTIVITY " ORDER BY a.starts_at, a.ends_at, a.id"),
	.find = SQL(SELECT_ACTIVITY " WHERE a.id = ?"),
	.insert = SQL(
		"INSERT INTO activity (title, kind, starts_at, ends_at, association_id,"
		" kommun_code, place_id, venue, street, town, latitude, longitude, mode, link,"
		" contact_id, visitor, instructions, visibility, note)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
	.update = SQL(
		"UPDATE activity SET sequence = sequence + (title <> ?1 OR starts_at <> ?3"
		"  OR ends_at <> ?4 OR place_id IS NOT ?7 OR venue IS NOT ?8 OR street IS NOT ?9"
		"  OR town IS NOT ?10 OR latitude IS NOT ?11 OR longitude IS NOT ?12"
		"  OR link IS NOT ?14 OR contact_id IS NOT ?15 OR visitor IS NOT ?16"
		"  OR instructions IS NOT ?17),"
		" title = ?1, kind = ?2, starts_at = ?3, ends_at = ?4, association_id = ?5,"
		" kommun_code = ?6, place_id = ?7, venue = ?8, street = ?9, town = ?10,"
		" latitude = ?11, longitude = ?12, mode = ?13, link = ?14, contact_id = ?15,"
		" visitor = ?16, instructions = ?17, visibility = ?18, note = ?19"
		" WHERE id = ?20"),
	.remove = SQL("DELETE FROM activity WHERE id = ?"),
	.typed = typed,
	.complete = complete,
	.check = check,
	.removing = removing,
};
