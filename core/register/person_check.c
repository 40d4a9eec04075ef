/*
 * What is wrong or left undone about people. Where many may be meant, one line says how many
 * and the first numbers: names are not for a screen that others see.
 */
#include "register/people.h"

#include "base/i18n.h"

#define NUMBERS_MAX 8

struct question {
	const char *
		sql; /* a column of numbers; its parameter, if any, is a day or a moment */
	const char *noun, *what, *todo;
	const char *severity;
};

static bool
ask(struct vs_db *db, json_t *problems, const struct question *question, const char *day,
	int64_t moment, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(stmt) q = { 0 };
	const char *numbers = "";
	int64_t count = 0;
	if (!stmt_open(&q, db, question->sql, err))
		return false;
	if (stmt_parameters(&q) && day)
		stmt_bind(&q, day);
	else if (stmt_parameters(&q))
		stmt_bind(&q, moment);
	for (; stmt_row(&q, err); count++)
		if (count < NUMBERS_MAX)
			numbers = vs_arena_printf(scratch.arena, "%s%s%lld", numbers,
				count ? ", " : "", (long long)stmt_int(&q, 0));
	if (err->code != VS_OK || !count)
		return err->code == VS_OK;
	register_problem(problems, question->severity, question->noun, "",
		vs_arena_printf(scratch.arena, "%s: %lld (%s %s%s)", _(question->what),
			(long long)count, _("no."), numbers,
			count > NUMBERS_MAX ? ", …" : ""),
		_(question->todo));
	return true;
}

static const struct question kept = {
	SQL("SELECT id FROM person WHERE keep_until < ? ORDER BY id"), "person",
	N_("people kept longer than their day"),
	N_("look at 'valstuga retention --dry-run', or set a later --keep-until with a reason "
	   "you can tell them"),
	"warning"
};

static const struct question unreachable = {
	SQL("SELECT id FROM person WHERE volunteer AND NOT restricted AND phone IS NULL"
	    " AND email IS NULL ORDER BY id"),
	"person", N_("volunteers with neither phone nor e-mail"),
	N_("ask them and set --phone or --email: nobody can tell them of a change"),
	"warning"
};

static const struct question unasked = {
	SQL("SELECT p.id FROM person p WHERE p.volunteer AND NOT p.restricted"
	    " AND coalesce(p.membership, '') <> 'member' AND NOT EXISTS"
	    " (SELECT 1 FROM consent c WHERE c.person_id = p.id AND c.withdrawn_at IS NULL)"
	    " ORDER BY p.id"),
	"person", N_("volunteers who are no members and have given no consent"),
	N_("ask them and note it with 'valstuga consent give'; until then they are not called"),
	"warning"
};

static const struct question waiting = {
	SQL("SELECT c.id FROM contact c JOIN person p ON p.id = c.person_id"
	    " WHERE c.closed_at IS NULL AND NOT p.restricted AND c.opened_at < ?"
	    " ORDER BY c.opened_at, c.id"),
	"contact", N_("contacts that have waited more than seven days"),
	N_("'valstuga contact queue' shows who, and whose turn it is"), "warning"
};

static bool
find_offices(struct vs_db *db, json_t *problems, struct vs_error *err)
{
	return register_find(db, problems,
		SQL("SELECT a.id, a.name FROM association a WHERE NOT EXISTS"
		    " (SELECT 1 FROM office o JOIN campaign c WHERE o.association_id = a.id"
		    " AND o.role = 'member_contact'"
		    " AND coalesce(o.until, c.election_day) >= c.election_day)"
		    " ORDER BY a.name COLLATE swedish"),
		"notice", "association", _("no member contact until election day"),
		_("name one: valstuga office add --association NAME --person WHO --role member_contact"),
		err);
}

/* The first moment of the day that is seven days back: as old as that is not late yet. */
static bool
week_ago(int64_t *ret_moment, char today[11], struct vs_error *err)
{
	struct vs_date day;
	if (!vs_clock_today(&day, err))
		return false;
	vs_date_format(day, today);
	return vs_local_to_utc((struct vs_local){ .date = vs_date_add(day, -7) },
		VS_FOLD_SUMMER, ret_moment, err);
}

bool
register_people_problems(struct vs_db *db, json_t *problems, struct vs_error *err)
{
	char today[11];
	int64_t late;
	return week_ago(&late, today, err) && ask(db, problems, &kept, today, 0, err) &&
		ask(db, problems, &unreachable, NULL, 0, err) &&
		ask(db, problems, &unasked, NULL, 0, err) &&
		ask(db, problems, &waiting, NULL, late, err) &&
		find_offices(db, problems, err);
}
