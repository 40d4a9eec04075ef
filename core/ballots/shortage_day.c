/* When a place is open: minutes between two moments, and the day that a refill can come. */
#include "ballots/shortage.h"

#include <string.h>

#include "base/i18n.h"

/* Less than this before closing is too late to come today, minutes. */
#define TIME_TO_DRIVE 30

/* A reception whose hours are not known, minutes after midnight. */
#define DESK_OPENS  480
#define DESK_CLOSES 960

static bool
moment_of(const char *date, int minutes, int64_t *ret_utc, struct vs_error *err)
{
	struct vs_local local = { .hour = minutes / 60, .minute = minutes % 60 };
	if (!vs_date_parse(date, &local.date, err))
		return false;
	if (minutes == 1440) {
		local.date = vs_date_add(local.date, 1);
		local.hour = 0;
	}
	return vs_local_to_utc(local, VS_FOLD_SUMMER, ret_utc, err);
}

/* Seconds that two spans share. */
static int64_t
shared(int64_t a, int64_t a_end, int64_t b, int64_t b_end)
{
	int64_t from = a > b ? a : b, until = a_end < b_end ? a_end : b_end;
	return until > from ? until - from : 0;
}

bool
shortage_open_minutes(struct vs_db *db, int64_t location, int64_t from, int64_t until,
	int64_t *ret_minutes, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	int64_t seconds = 0;
	if (!stmt_open(&q, db,
		    SQL("SELECT n.date, n.opens, n.closes FROM location o"
			" JOIN place p ON p.id = o.place_id OR p.kommun_code = o.kommun_code"
			" JOIN opening n ON n.place_id = p.id WHERE o.id = ?"),
		    err))
		return false;
	stmt_bind(&q, location);
	while (stmt_row(&q, err)) {
		int64_t opens, closes;
		if (!moment_of(stmt_text(&q, 0), (int)stmt_int(&q, 1), &opens, err) ||
			!moment_of(stmt_text(&q, 0), (int)stmt_int(&q, 2), &closes, err))
			return false;
		seconds += shared(opens, closes, from, until);
	}
	*ret_minutes = seconds / 60;
	return err->code == VS_OK;
}

/* The first pass that one can still reach. */
static bool
place_day(struct vs_db *db, struct vs_arena *arena, struct rack *rack, bool *ret_found,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT n.date, n.opens, n.closes FROM location o"
			" JOIN opening n ON n.place_id = o.place_id WHERE o.id = ?1"
			" AND (n.date > ?2 OR (n.date = ?2 AND n.closes >= ?3))"
			" ORDER BY n.date, n.opens LIMIT 1"),
		    err))
		return false;
	stmt_bind(&q, rack->to);
	stmt_bind(&q, rack->today);
	stmt_bind(&q, rack->minute + TIME_TO_DRIVE);
	*ret_found = stmt_row(&q, err);
	if (*ret_found) {
		rack->date = stmt_copy(&q, 0, arena);
		rack->opens = (int)stmt_int(&q, 1);
		rack->closes = (int)stmt_int(&q, 2);
	}
	return err->code == VS_OK;
}

/* A desk is open on weekdays. */
static bool
desk_day(struct vs_db *db, struct vs_arena *arena, struct rack *rack, bool *ret_found,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct vs_date day;
	char text[11];
	if (!vs_date_parse(rack->today, &day, err) ||
		!stmt_open(&q, db,
			SQL("SELECT coalesce(opens, ?), coalesce(closes, ?) FROM location"
			    " WHERE id = ? AND kind = 'reception'"),
			err))
		return false;
	stmt_bind(&q, DESK_OPENS);
	stmt_bind(&q, DESK_CLOSES);
	stmt_bind(&q, rack->to);
	*ret_found = stmt_row(&q, err);
	if (!*ret_found)
		return err->code == VS_OK;
	rack->opens = (int)stmt_int(&q, 0);
	rack->closes = (int)stmt_int(&q, 1);
	if (rack->minute + TIME_TO_DRIVE > rack->closes)
		day = vs_date_add(day, 1);
	while (vs_date_weekday(day) > 5)
		day = vs_date_add(day, 1);
	rack->date = vs_arena_text(arena, vs_date_format(day, text));
	return true;
}

bool
shortage_day(
	struct vs_db *db, struct vs_arena *arena, struct rack *rack, struct vs_error *err)
{
	bool found;
	rack->date = rack->today;
	rack->opens = rack->closes = -1;
	return place_day(db, arena, rack, &found, err) &&
		(found || desk_day(db, arena, rack, &found, err));
}
