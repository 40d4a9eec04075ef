/* What is missing, unlikely or inconsistent in the register. */
#include "register/people.h"

#include "base/i18n.h"

void
register_problem(json_t *problems, const char *severity, const char *noun, const char *id,
	const char *text, const char *todo)
{
	json_array_append_new(problems,
		json_pack("{s:s, s:s, s:s, s:s, s:s}", "severity", severity, "noun", noun,
			"id", id, "text", text, "todo", todo));
}

bool
register_find(struct vs_db *db, json_t *problems, const char *sql, const char *severity,
	const char *noun, const char *what, const char *todo, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, sql, err))
		return false;
	while (stmt_row(&q, err))
		register_problem(problems, severity, noun, stmt_text(&q, 0),
			vs_arena_printf(scratch.arena, "%s: %s", stmt_text(&q, 1), what),
			todo);
	return err->code == VS_OK;
}

static bool
find_places(struct vs_db *db, json_t *problems, struct vs_error *err)
{
	return register_find(db, problems,
		       SQL("SELECT d.code, d.name || ' (' || k.name || ')' FROM district d"
			   " JOIN kommun k ON k.code = d.kommun_code"
			   " WHERE d.place_id IS NULL AND NOT d.collection ORDER BY d.code"),
		       "error", "district", _("no polling place"),
		       _("import vallokaler, or set the place by hand"), err) &&
		register_find(db, problems,
			SQL("SELECT p.id, p.name || ' (' || k.name || '), ' || p.position_note"
			    " FROM place p JOIN kommun k ON k.code = p.kommun_code"
			    " WHERE p.position_note IS NOT NULL AND p.latitude IS NULL"
			    " ORDER BY p.id"),
			"warning", "place", _("no usable coordinates"),
			_("look the building up on a map and set --latitude and --longitude"),
			err) &&
		register_find(db, problems,
			SQL("SELECT p.id, p.name || ' (' || k.name || ')' FROM place p"
			    " JOIN kommun k ON k.code = p.kommun_code WHERE p.id NOT IN"
			    " (SELECT place_id FROM opening) ORDER BY p.id"),
			"warning", "place", _("no opening hours"),
			_("import the files again when the hours are published, or add openings"),
			err);
}

static bool
find_kommuner(struct vs_db *db, json_t *problems, struct vs_error *err)
{
	return register_find(db, problems,
		       SQL("SELECT k.code, k.name FROM kommun k WHERE k.in_district"
			   " AND NOT EXISTS (SELECT 1 FROM district d WHERE d.kommun_code = k.code)"
			   " ORDER BY k.name COLLATE swedish"),
		       "warning", "kommun", _("no electoral districts"),
		       _("import vallokaler for this election"), err) &&
		register_find(db, problems,
			SQL("SELECT k.code, k.name FROM kommun k WHERE k.in_district"
			    " AND EXISTS (SELECT 1 FROM district d WHERE d.kommun_code = k.code)"
			    " AND NOT EXISTS (SELECT 1 FROM district d JOIN district_result r"
			    "  ON r.district_code = d.code WHERE d.kommun_code = k.code)"
			    " ORDER BY k.name COLLATE swedish"),
			"warning", "kommun", _("no count of eligible voters"),
			_("import results or eligible voters per district; quotas need them"),
			err) &&
		register_find(db, problems,
			SQL("SELECT k.code, k.name || ', ' || group_concat(d.name, ', ')"
			    " FROM kommun k JOIN district d ON d.kommun_code = k.code"
			    " AND NOT d.collection WHERE k.in_district"
			    " AND NOT EXISTS (SELECT 1 FROM district_result r"
			    "  WHERE r.district_code = d.code)"
			    " AND EXISTS (SELECT 1 FROM district x JOIN district_result r"
			    "  ON r.district_code = x.code WHERE x.kommun_code = k.code)"
			    " GROUP BY k.code ORDER BY k.name COLLATE swedish"),
			"warning", "kommun",
			_("no count of eligible voters in these districts"),
			_("import the count for them; until then the quota comes out too low"),
			err) &&
		register_find(db, problems,
			SQL("SELECT code, name FROM kommun WHERE in_district"
			    " AND association_id IS NULL ORDER BY name COLLATE swedish"),
			"notice", "kommun", _("no association"),
			_("set --association, or lend a neighbour's with --association-lent ja"),
			err);
}

static bool
find_deadlines(struct vs_db *db, json_t *problems, struct vs_error *err)
{
	return register_find(db, problems,
		       SQL("SELECT key, name FROM deadline WHERE date IS NULL"
			   " AND offset_days IS NULL AND called_days IS NULL AND month IS NULL"
			   " AND done_on IS NULL ORDER BY id"),
		       "warning", "deadline", _("the date is not known"),
		       _("look it up at the authority and set --date with --source"),
		       err) &&
		register_find(db, problems,
			SQL("SELECT id, title FROM campaign"
			    " WHERE election_type = 'extra' AND called_on IS NULL"),
			"warning", "campaign",
			_("it is not known when the election was called"),
			_("set --called-on: the last days to register a name and to notify "
			  "participation count from it"),
			err);
}

json_t *
vs_register_problems(struct vs_db *db, struct vs_error *err)
{
	json_t *problems = json_array();
	if (find_places(db, problems, err) && find_kommuner(db, problems, err) &&
		register_people_problems(db, problems, err) &&
		find_deadlines(db, problems, err))
		return problems;
	json_decref(problems);
	return NULL;
}
