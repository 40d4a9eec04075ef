/* What is wrong, late or missing in media. */
#include "media/media.h"

#include <valstuga/date.h>

#include "base/i18n.h"

struct question {
	const char *sql; /* id and name; ?1 is today, ?2 when an answer was due by */
	const char *severity, *noun, *what, *todo;
};

static const struct question questions[] = {
	{ SQL("SELECT m.id, o.name || ', ' || m.date FROM appearance m"
	      " JOIN outlet o ON o.id = m.outlet_id WHERE m.date < ?1"
	      " AND m.state IN ('planned', 'submitted', 'booked') ORDER BY m.date, m.id"),
		"warning", "media",
		N_("the day has passed, and nobody has said how it went"),
		N_("'valstuga media publish' or 'broadcast' if it was seen; else 'decline', "
		   "'cancel', or a new --date") },
	{ SQL("SELECT m.id, o.name || ', ' || m.date FROM appearance m"
	      " JOIN outlet o ON o.id = m.outlet_id WHERE NOT o.active"
	      " AND m.state IN ('planned', 'submitted', 'booked') ORDER BY m.date, m.id"),
		"warning", "media", N_("is ahead in an outlet that is no longer in use"),
		N_("take another outlet, or cancel it") },
	{ SQL("SELECT m.id, o.name || ', ' || m.date FROM appearance m"
	      " JOIN outlet o ON o.id = m.outlet_id JOIN person p ON p.id = m.person_id"
	      " WHERE p.restricted AND m.state IN ('planned', 'submitted', 'booked')"
	      " ORDER BY m.date, m.id"),
		"warning", "media", N_("its spokesperson is restricted"),
		N_("choose somebody else with 'valstuga media set --person'") },
	{ SQL("SELECT t.id, t.title || ', ' || o.name FROM article t"
	      " JOIN appearance m ON m.article_id = t.id AND m.state = 'submitted'"
	      " JOIN outlet o ON o.id = m.outlet_id WHERE t.state = 'sent'"
	      " AND t.kind <> 'press_release'"
	      " AND (SELECT min(e.at) FROM appearance_event e WHERE e.appearance_id = m.id)"
	      "  < ?2 AND ?1 <> '' ORDER BY t.id"),
		"warning", "article",
		N_("more than ten days at the outlet without an answer"),
		N_("ask them; 'valstuga media publish' or 'decline' notes the answer") },
	{ SQL("SELECT id, title || ', ' || due_on FROM article WHERE due_on < ?1"
	      " AND state IN ('idea', 'draft', 'spokesperson') ORDER BY due_on, id"),
		"warning", "article", N_("its day has passed, and it is not sent"),
		N_("send it, give it a new day, or drop it") },
	{ SQL("SELECT a.id, a.name FROM policy_area a WHERE NOT EXISTS (SELECT 1"
	      " FROM spokesperson s JOIN person p ON p.id = s.person_id"
	      " WHERE s.policy_area_id = a.id AND NOT p.restricted)"
	      " ORDER BY a.name COLLATE swedish"),
		"notice", "policy-area", N_("nobody speaks for it"),
		N_("choose somebody with 'valstuga spokesperson add'") },
};

static bool
ask(struct vs_db *db, json_t *problems, const struct question *question,
	const char *today, int64_t answer_by, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, question->sql, err))
		return false;
	if (stmt_parameters(&q) > 0)
		stmt_bind(&q, today);
	if (stmt_parameters(&q) > 1)
		stmt_bind(&q, answer_by);
	while (stmt_row(&q, err)) {
		VS_AUTO(vs_scratch) scratch = vs_scratch_new();
		register_problem(problems, question->severity, question->noun,
			stmt_text(&q, 0),
			vs_arena_printf(scratch.arena, "%s: %s", stmt_text(&q, 1),
				_(question->what)),
			_(question->todo));
	}
	return err->code == VS_OK;
}

json_t *
vs_media_problems(struct vs_db *db, struct vs_error *err)
{
	char text[11];
	struct vs_date today;
	int64_t answer_by;
	if (!vs_clock_today(&today, err) ||
		!vs_local_to_utc((struct vs_local){ .date = vs_date_add(
							    today, -MEDIA_ANSWER_DAYS) },
			VS_FOLD_SUMMER, &answer_by, err))
		return NULL;
	vs_date_format(today, text);
	json_t *problems = json_array();
	for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
		if (!ask(db, problems, &questions[i], text, answer_by, err)) {
			json_decref(problems);
			return NULL;
		}
	return problems;
}
