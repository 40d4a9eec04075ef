/* One list whole: its record, candidates, versions, and what is wrong or unusual about it. */
#include "ballots/ballots.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

static void
problem(json_t *problems, const char *severity, const char *text, const char *todo)
{
	json_array_append_new(problems,
		json_pack("{s:s, s:s, s:s}", "severity", severity, "text", text, "todo",
			todo));
}

/* "A, B and 3 more". Arena. */
static const char *
name_some(struct vs_arena *arena, const json_t *names)
{
	const char *text = "";
	size_t i, shown = 0;
	json_t *name;
	json_array_foreach (names, i, name)
		if (i < 5) {
			text = vs_arena_printf(arena, "%s%s%s", text, i ? ", " : "",
				json_string_value(name));
			shown++;
		}
	size_t rest = json_array_size(names) - shown;
	return rest ? vs_arena_printf(arena, _("%s and %zu more"), text, rest) : text;
}

/* The list as a whole: its length, its papers. */
static void
judge_list(struct vs_arena *arena, json_t *problems, const json_t *list,
	const json_t *candidates)
{
	bool locked = record_true(list, "locked");
	size_t i, count = json_array_size(candidates);
	json_t *candidate, *names = json_array();
	json_array_foreach (candidates, i, candidate)
		if (!candidate_complete(candidate, locked))
			json_array_append(names, json_object_get(candidate, "name"));
	if (count == 0)
		problem(problems, "error", _("the list has no candidates"),
			_("add them with 'valstuga candidate add' or import a list file"));
	if (count > VS_NAMES_USUAL_MAX)
		problem(problems, "warning",
			vs_arena_printf(arena,
				_("%zu names; more than %d have never been printed"),
				count, VS_NAMES_USUAL_MAX),
			_("ask the authority before ordering"));
	if (json_array_size(names) > 0)
		problem(problems, locked ? "error" : "warning",
			vs_arena_printf(arena,
				locked ? _("declaration missing: %s")
				       : _("declaration or consent missing: %s"),
				name_some(arena, names)),
			_("collect the paper and record it with 'valstuga candidate set'"));
	json_decref(names);
}

static void
judge_candidates(struct vs_arena *arena, json_t *problems, const json_t *candidates)
{
	json_t *candidate, *names = json_array();
	size_t i;
	json_array_foreach (candidates, i, candidate)
		if (!record_string(candidate, "ballot_text"))
			json_array_append(names, json_object_get(candidate, "name"));
	if (json_array_size(names) > 0)
		problem(problems, "warning",
			vs_arena_printf(arena, _("no text on the ballot paper: %s"),
				name_some(arena, names)),
			_("give age, occupation and place with 'valstuga candidate set'"));
	json_decref(names);
}

/* Rows of (name) from a query over one list become one problem. */
static bool
judge_query(struct vs_db *db, struct vs_arena *arena, json_t *problems, int64_t list,
	const char *sql, const char *what, const char *todo, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, sql, err))
		return false;
	stmt_bind(&q, list);
	json_t *names = json_array();
	while (stmt_row(&q, err))
		json_array_append_new(names, json_string(stmt_text(&q, 0)));
	if (json_array_size(names) > 0)
		problem(problems, "warning",
			vs_arena_printf(arena, "%s: %s", what, name_some(arena, names)),
			todo);
	json_decref(names);
	return err->code == VS_OK;
}

json_t *
list_problems(struct vs_db *db, const json_t *list, const json_t *candidates,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	json_t *problems = json_array();
	int64_t id = record_integer(list, "id");
	judge_list(scratch.arena, problems, list, candidates);
	judge_candidates(scratch.arena, problems, candidates);
	if (judge_query(db, scratch.arena, problems, id,
		    SQL("SELECT k.name FROM candidacy k JOIN person p ON p.id = k.person_id"
			" WHERE k.list_id = ? AND p.age < 18 ORDER BY k.position"),
		    _("under 18 on election day"),
		    _("only voters can be elected; check the age"), err) &&
		judge_query(db, scratch.arena, problems, id,
			SQL("SELECT DISTINCT k.name FROM candidacy k JOIN candidacy o"
			    " ON o.name = k.name AND o.person_id <> k.person_id"
			    " JOIN list m ON m.id = k.list_id JOIN list l ON l.id = o.list_id"
			    " AND l.election_day = m.election_day AND l.party_code = m.party_code"
			    " WHERE k.list_id = ? ORDER BY k.position"),
			_("the same name on another person in the district"),
			_("check whether they are one person; the ballot text must tell them apart"),
			err) &&
		judge_query(db, scratch.arena, problems, id,
			SQL("SELECT name FROM candidacy WHERE list_id = ? AND valid = 0"
			    " ORDER BY position"),
			_("not valid, says the authority"),
			_("ask the county administrative board what is missing"), err))
		return problems;
	json_decref(problems);
	return NULL;
}

static json_t *
read_versions(struct vs_db *db, int64_t list, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT version, at, actor, what, json_array_length(candidates)"
			" FROM list_version WHERE list_id = ? ORDER BY version DESC"),
		    err))
		return NULL;
	stmt_bind(&q, list);
	json_t *versions = json_array();
	while (stmt_row(&q, err))
		json_array_append_new(versions,
			json_pack("{s:I, s:I, s:s, s:s, s:I}", "version",
				(json_int_t)stmt_int(&q, 0), "at",
				(json_int_t)stmt_int(&q, 1), "actor", stmt_text(&q, 2),
				"what", stmt_text(&q, 3), "candidates",
				(json_int_t)stmt_int(&q, 4)));
	if (err->code == VS_OK)
		return versions;
	json_decref(versions);
	return NULL;
}

static bool
add_parts(struct vs_db *db, json_t *view, struct vs_error *err)
{
	int64_t id = record_integer(view, "id");
	json_t *candidates = list_candidates(db, id, err);
	json_t *problems = candidates ? list_problems(db, view, candidates, err) : NULL;
	json_t *versions = problems ? read_versions(db, id, err) : NULL;
	if (candidates)
		json_object_set_new(view, "candidate_list", candidates);
	if (problems)
		json_object_set_new(view, "problems", problems);
	if (versions)
		json_object_set_new(view, "versions", versions);
	return versions != NULL;
}

json_t *
vs_list_view(struct vs_db *db, const char *list, struct vs_error *err)
{
	json_t *view = list_get(db, list, err);
	if (!view || add_parts(db, view, err))
		return view;
	json_decref(view);
	return NULL;
}
