/* What is missing or unlikely about activities. */
#include "field/activity.h"

#include <inttypes.h>

#include "base/i18n.h"

#define SOON_SECONDS (INT64_C(7) * 86400)

/* Problems from a query of (id, title, starts_at); ?1 is now. Near ones are worse. */
static bool
find(struct vs_db *db, json_t *problems, const char *sql, const char *severity,
	const char *what, const char *todo, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(stmt) q = { 0 };
	int64_t now;
	if (!vs_clock_now(&now, err) || !stmt_open(&q, db, sql, err))
		return false;
	stmt_bind(&q, now);
	while (stmt_row(&q, err)) {
		int64_t starts = stmt_int(&q, 2);
		bool soon = starts > now && starts - now < SOON_SECONDS;
		struct vs_date day = vs_local_from_utc(starts).date;
		register_problem(problems,
			severity       ? severity
				: soon ? "warning"
				       : "notice",
			"activity",
			vs_arena_printf(scratch.arena, "%" PRId64, stmt_int(&q, 0)),
			vs_arena_printf(scratch.arena, "%s, %s: %s", stmt_text(&q, 1),
				vs_date_text(scratch.arena, day, VS_DATE_SHORT), what),
			todo);
	}
	return err->code == VS_OK;
}

#define AHEAD \
	" FROM activity a WHERE a.cancelled_at IS NULL AND a.visibility <> 'draft'" \
	" AND a.ends_at > ?1"

static bool
check_contacts(struct vs_db *db, json_t *problems, struct vs_error *err)
{
	return find(db, problems,
		       SQL("SELECT a.id, a.title, a.starts_at" AHEAD
			   " AND a.contact_id IS NULL ORDER BY a.starts_at, a.id"),
		       NULL, _("nobody answers for it"),
		       _("set --contact with a name; without one those who come have nobody "
			 "to call"),
		       err) &&
		find(db, problems,
			SQL("SELECT a.id, a.title, a.starts_at" AHEAD
			    " AND EXISTS (SELECT 1 FROM person p WHERE p.id = a.contact_id"
			    "  AND p.restricted) ORDER BY a.starts_at, a.id"),
			"warning", _("the contact's data may not be used"),
			_("set --contact with somebody else's name"), err) &&
		find(db, problems,
			SQL("SELECT a.id, a.title, a.starts_at" AHEAD
			    " AND EXISTS (SELECT 1 FROM person p WHERE p.id = a.contact_id"
			    "  AND NOT p.restricted AND p.phone IS NULL)"
			    " ORDER BY a.starts_at, a.id"),
			"notice", _("the contact has no phone"),
			_("give the person a --phone, or choose another --contact"), err);
}

/* Kinds at which people stand: never alone, or handing something out; candidates too. */
static bool
check_shifts(struct vs_db *db, json_t *problems, struct vs_error *err)
{
	return find(db, problems,
		SQL("SELECT a.id, a.title, a.starts_at" AHEAD
		    " AND a.kind IN (SELECT code FROM activity_kind WHERE pair OR code IN"
		    "  ('valsedelsutdelning', 'flygbladsutdelning', 'rod_lordag'))"
		    " AND NOT EXISTS (SELECT 1 FROM shift s WHERE s.activity_id = a.id"
		    "  AND s.cancelled_at IS NULL) ORDER BY a.starts_at, a.id"),
		NULL, _("no shifts, so nobody can be booked"),
		_("add them with 'valstuga shift add'"), err);
}

static bool
check_places(struct vs_db *db, json_t *problems, struct vs_error *err)
{
	return find(db, problems,
		       SQL("SELECT a.id, a.title, a.starts_at" AHEAD
			   " AND a.visibility = 'public' AND a.mode <> 'digital'"
			   " AND a.place_id IS NULL AND a.venue IS NULL"
			   " ORDER BY a.starts_at, a.id"),
		       "warning", _("everybody is invited, but nobody knows where to"),
		       _("set --place, or --venue with --street and --town"), err) &&
		find(db, problems,
			SQL("SELECT a.id, a.title, a.starts_at" AHEAD
			    " AND a.kommun_code IS NULL AND a.mode <> 'digital'"
			    " ORDER BY a.starts_at, a.id"),
			"notice", _("no kommun, so it counts nowhere"),
			_("set --kommun or --place"), err);
}

static bool
check_drafts(struct vs_db *db, json_t *problems, struct vs_error *err)
{
	return find(db, problems,
		SQL("SELECT id, title, starts_at FROM activity WHERE cancelled_at IS NULL"
		    " AND visibility = 'draft' AND starts_at <= ?1 ORDER BY starts_at, id"),
		"notice", _("it has begun and is still a draft"),
		_("set --visibility members if it was held, else 'valstuga activity remove'"),
		err);
}

static bool
check_twins(struct vs_db *db, json_t *problems, struct vs_error *err)
{
	return find(db, problems,
		SQL("SELECT max(id), title, starts_at FROM activity WHERE cancelled_at IS NULL"
		    " AND ends_at > ?1 GROUP BY starts_at, title COLLATE NOCASE,"
		    " coalesce(place_id, 0), coalesce(venue, '') COLLATE NOCASE"
		    " HAVING count(*) > 1 ORDER BY starts_at, 1"),
		"warning", _("it is there twice: the same title, time and place"),
		_("'valstuga activity remove' one of them"), err);
}

bool
field_check_activities(struct vs_db *db, json_t *problems, struct vs_error *err)
{
	return check_contacts(db, problems, err) && check_shifts(db, problems, err) &&
		check_places(db, problems, err) && check_drafts(db, problems, err) &&
		check_twins(db, problems, err);
}
