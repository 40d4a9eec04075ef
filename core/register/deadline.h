/* Deadlines among the register's own files. */
#ifndef REGISTER_DEADLINE_H
#define REGISTER_DEADLINE_H

#include "register/register.h"

/* The day of a deadline d in a campaign c, of which only election_day and called_on are asked. */
#define DEADLINE_FALLS_ON \
	"CASE WHEN d.date IS NOT NULL THEN d.date" \
	" WHEN d.offset_days IS NOT NULL THEN" \
	"  max(date(c.election_day, printf('%+d days', d.offset_days))," \
	"   coalesce(CASE WHEN d.called_days IS NOT NULL THEN" \
	"    date(c.called_on, printf('%+d days', d.called_days)) END, ''))" \
	" WHEN d.called_days IS NOT NULL THEN" \
	"  date(c.called_on, printf('%+d days', d.called_days))" \
	" WHEN d.day = 0 THEN date(printf('%04d-%02d-01'," \
	"  substr(c.election_day, 1, 4) + d.years, d.month), '+1 month', '-1 day')" \
	" WHEN d.month IS NOT NULL THEN printf('%04d-%02d-%02d'," \
	"  substr(c.election_day, 1, 4) + d.years, d.month, d.day) END"

/* The election's type by its kinds and day: EP "eu", the second Sunday of September in
 * 2022 + 4n "general", else "extra". */
const char *register_election_type(const char *kinds, struct vs_date day);

/* Refuses a day that an election of that type is not held on, and a decision after it. */
bool register_check_election(const char *type, const char *kinds,
	const char *election_day, const char *called_on, struct vs_error *err) VS_CHECKED;

/* A new campaign's deadlines: those of its type of election, and what was decided for it. */
bool deadline_begin(struct vs_db *db, const struct vs_campaign *campaign,
	struct vs_error *err) VS_CHECKED;

/* The campaign has been changed from `before` to `record`: deadlines follow its type, and
 * every day that moved is told in deadline_change. */
bool deadline_follow(struct vs_db *db, const json_t *before, const json_t *record,
	struct vs_error *err) VS_CHECKED;

/* A line of what a deadline was before; nothing when the day is the same. */
bool deadline_keep(struct vs_db *db, int64_t id, const char *fell_on,
	const char *falls_on, const char *source, struct vs_error *err) VS_CHECKED;

#endif
