/* Candidates on lists: who stands where, what is printed beside the name, which papers. */
#include "ballots/ballots.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

const struct vs_choice ballots_given[] = {
	{ "yes", N_("yes") },
	{ "no", N_("no") },
	{ "irrelevant", N_("not needed") },
	{ "unknown", N_("unknown") },
	{ 0 },
};

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "list", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("list"),
		.refers = &vs_list_type },
	{ "list_name", VS_FIELD_TEXT, VS_READONLY, N_("list") },
	{ "kind", VS_FIELD_CHOICE, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("kind"),
		.choices = register_kinds },
	{ "kommun", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("kommun"),
		.refers = &vs_kommun_type },
	{ "party", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("party"),
		.refers = &vs_party_type },
	{ "own", VS_FIELD_BOOLEAN, VS_READONLY | VS_HIDDEN, N_("own") },
	{ "position", VS_FIELD_INTEGER, VS_READONLY, N_("position") },
	{ "name", VS_FIELD_TEXT, VS_REQUIRED | VS_NAME | VS_PERSONAL, N_("name"),
		N_("as printed on the ballot paper"), .max_length = VS_NAME_MAX },
	{ "person", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("person"),
		.refers = &vs_person_type },
	{ "ballot_text", VS_FIELD_TEXT, VS_PERSONAL, N_("text on the ballot paper"),
		N_("age, occupation, place; at most two lines"),
		.max_length = VS_BALLOT_TEXT_MAX },
	{ "declaration", VS_FIELD_CHOICE, VS_FILTER, N_("declaration"),
		N_("the candidate's own signed declaration (förklaring)"),
		.choices = ballots_given },
	{ "declaration_on", VS_FIELD_DATE, VS_HIDDEN, N_("declaration dated") },
	{ "declaration_source", VS_FIELD_TEXT, VS_HIDDEN, N_("declaration from"),
		N_("paper in the binder, digital in Valid, the authority's file ...") },
	{ "consent", VS_FIELD_CHOICE, VS_FILTER, N_("consent"),
		N_("the candidate's consent (samtycke), for open lists"),
		.choices = ballots_given },
	{ "consent_on", VS_FIELD_DATE, VS_HIDDEN, N_("consent dated") },
	{ "consent_source", VS_FIELD_TEXT, VS_HIDDEN, N_("consent from") },
	{ "valid", VS_FIELD_BOOLEAN, VS_READONLY | VS_HIDDEN, N_("valid"),
		N_("a personal vote counts, says the authority") },
};

/* A locked or ordered list is printed as it stands; papers may still come in. */
static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	const char *text = record_string(record, "ballot_text");
	int lines = 1;
	for (const char *c = text; c && *c; c++)
		lines += *c == '\n';
	if (lines > VS_BALLOT_TEXT_LINES)
		return vs_fail(err, VS_INVALID,
			_("candidate %s: the text has %d lines, a ballot paper has room for %d"),
			record_string(record, "name"), lines, VS_BALLOT_TEXT_LINES);
	if (json_equal(
		    json_object_get(record, "name"), json_object_get(before, "name")) &&
		json_equal(json_object_get(record, "ballot_text"),
			json_object_get(before, "ballot_text")))
		return true;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	json_t *list = list_get(db,
		vs_arena_printf(
			scratch.arena, "%lld", (long long)record_integer(record, "list")),
		err);
	bool printed = list &&
		(record_true(list, "locked") ||
			strcmp(record_string(list, "status"), "ordered") == 0);
	bool ok = list && (!printed || list_open(list, err));
	json_decref(list);
	return ok;
}

static bool
written(struct vs_db *db, const json_t *record, const json_t *before,
	struct vs_error *err)
{
	if (json_equal(record, before))
		return true;
	return vs_list_keep(db, record_integer(record, "list"), "candidate set", err);
}

const struct vs_record_type vs_candidate_type = {
	.noun = N_("candidate"),
	.label = N_("candidates"),
	.about = N_(
		"People on candidate lists, in order, with their declarations and consents."),
	FIELDS(fields),
	.usual = "own",
	.narrow = "list",
	.select = SQL(LIST_STANDS
		" SELECT k.id, k.list_id AS list,"
		" " LIST_NAME " AS list_name, l.kind,"
		" CASE WHEN l.kind = 'KF' THEN s.area END AS kommun, l.party_code AS party,"
		" l.election_day = c.election_day AND l.party_code = c.party_code AS own,"
		" k.position, k.name, k.person_id AS person, k.ballot_text, k.declaration,"
		" k.declaration_on, k.declaration_source, k.consent, k.consent_on,"
		" k.consent_source, k.valid"
		" FROM candidacy k JOIN list l ON l.id = k.list_id JOIN campaign c"
		" JOIN election_kind e ON e.code = l.kind LEFT JOIN stands s ON s.list_id = l.id"
		" WHERE ?1 IS NULL OR k.list_id = ?1"
		" ORDER BY l.election_day DESC, e.position, s.names COLLATE swedish,"
		" l.party_code, l.id, k.position"),
	.update = SQL("UPDATE candidacy SET name = ?, ballot_text = ?,"
		      " declaration = coalesce(?, 'unknown'), declaration_on = ?,"
		      " declaration_source = ?, consent = coalesce(?, 'unknown'),"
		      " consent_on = ?, consent_source = ? WHERE id = ?"),
	.check = check,
	.written = written,
};

bool
candidate_complete(const json_t *candidate, bool locked)
{
	return strcmp(record_string(candidate, "declaration"), "yes") == 0 ||
		(!locked && strcmp(record_string(candidate, "consent"), "yes") == 0);
}

json_t *
list_candidates(struct vs_db *db, int64_t list, struct vs_error *err)
{
	json_t *filters = json_pack("{s:I}", "list", (json_int_t)list);
	json_t *candidates = vs_record_list(db, &vs_candidate_type, filters, err);
	json_decref(filters);
	return candidates;
}

/*
 * The only person of that name, who is not on the list yet; 0 when there is none. The
 * authority numbers candidates anew each election, so those of this one go before earlier
 * ones; of two people of one name it is not ours to guess.
 */
static bool
find_person(struct vs_db *db, int64_t list, const char *name, int64_t *ret_person,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *folded = vs_text_fold(scratch.arena, name);
	VS_AUTO(stmt) q = { 0 };
	int found[2] = { 0 };
	int64_t person[2] = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT id, name, id IN (SELECT k.person_id FROM candidacy k"
			" JOIN list l ON l.id = k.list_id JOIN campaign c"
			" ON c.election_day = l.election_day) FROM person WHERE id NOT IN"
			" (SELECT person_id FROM candidacy WHERE list_id = ?)"),
		    err))
		return false;
	stmt_bind(&q, list);
	while (stmt_row(&q, err)) {
		bool now = stmt_int(&q, 2);
		if (strcmp(vs_text_fold(scratch.arena, stmt_text(&q, 1)), folded) != 0)
			continue;
		found[now]++;
		person[now] = stmt_int(&q, 0);
	}
	bool now = found[1] > 0;
	*ret_person = found[now] == 1 ? person[now] : 0;
	return err->code == VS_OK;
}

bool
person_insert(
	struct vs_db *db, const char *name, int64_t *ret_person, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("INSERT INTO person (name, keep_until)"
			" SELECT ?, keep_until FROM campaign"),
		    err))
		return false;
	stmt_bind(&q, name);
	if (!stmt_run(&q, err))
		return false;
	*ret_person = db_last_id(db);
	return true;
}

static bool
given_person(struct vs_db *db, const char *key, int64_t *ret_person, struct vs_error *err)
{
	json_t *person = vs_record_get(db, &vs_person_type, key, err);
	*ret_person = record_integer(person, "id");
	json_decref(person);
	return person != NULL;
}

static bool
pick_person(struct vs_db *db, int64_t list, const json_t *values, const char *name,
	int64_t *ret_person, struct vs_error *err)
{
	const char *key = record_string(values, "person");
	if (key)
		return given_person(db, key, ret_person, err);
	return find_person(db, list, name, ret_person, err) &&
		(*ret_person || person_insert(db, name, ret_person, err));
}

/* Person on the list already, said with the name. */
static bool
check_once(struct vs_db *db, int64_t list, int64_t person, const char *name,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT position FROM candidacy WHERE list_id = ? AND person_id = ?"),
		    err))
		return false;
	stmt_bind(&q, list);
	stmt_bind(&q, person);
	if (stmt_row(&q, err))
		return vs_fail(err, VS_EXISTS,
			_("%s stands on the list already, as number %d; a person stands once on a "
			  "list"),
			name, (int)stmt_int(&q, 0));
	return err->code == VS_OK;
}

static bool
insert(struct vs_db *db, int64_t list, int64_t person, const json_t *record,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("INSERT INTO candidacy (list_id, position, person_id, name, ballot_text,"
			" declaration, declaration_on, declaration_source, consent, consent_on,"
			" consent_source) VALUES (?1, (SELECT coalesce(max(position), 0) + 1"
			" FROM candidacy WHERE list_id = ?1), ?2, ?3, ?4, coalesce(?5, 'unknown'),"
			" ?6, ?7, coalesce(?8, 'unknown'), ?9, ?10)"),
		    err))
		return false;
	stmt_bind(&q, list);
	stmt_bind(&q, person);
	static const char *const names[] = { "name", "ballot_text", "declaration",
		"declaration_on", "declaration_source", "consent", "consent_on",
		"consent_source" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		stmt_bind_text(&q, record_string(record, names[i]));
	return stmt_run(&q, err);
}

/* The values that the record type knows, checked as it checks them. */
static json_t *
prepare(struct vs_db *db, int64_t list, const json_t *values, struct vs_error *err)
{
	json_t *before = json_pack("{s:I}", "list", (json_int_t)list);
	json_t *given = json_object();
	const char *name;
	json_t *value;
	json_object_foreach ((json_t *)(uintptr_t)values, name, value)
		if (strcmp(name, "list") != 0 && strcmp(name, "position") != 0 &&
			strcmp(name, "person") != 0)
			json_object_set(given, name, value);
	json_t *record = record_prepare(db, &vs_candidate_type, before, given, err);
	json_decref(given);
	json_decref(before);
	return record;
}

bool
candidate_append(struct vs_db *db, int64_t list, const json_t *values,
	int64_t *ret_candidate, struct vs_error *err)
{
	int64_t person = 0;
	if (!record_string(values, "name"))
		return vs_fail(err, VS_USAGE, _("candidate: --name is missing"));
	json_t *record = prepare(db, list, values, err);
	if (!record)
		return false;
	const char *name = record_string(record, "name");
	bool ok = pick_person(db, list, values, name, &person, err) &&
		check_once(db, list, person, name, err) &&
		insert(db, list, person, record, err);
	*ret_candidate = db_last_id(db);
	json_decref(record);
	return ok;
}

bool
candidate_clear(struct vs_db *db, int64_t list, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, SQL("DELETE FROM candidacy WHERE list_id = ?"), err))
		return false;
	stmt_bind(&q, list);
	return stmt_run(&q, err);
}

/*
 * Writes the list's positions anew as 1..n, with `candidate` at `position` (0: where it is).
 * Positions are unique, so everybody first steps out of the way.
 */
static bool
renumber(struct vs_db *db, int64_t list, int64_t candidate, int position,
	struct vs_error *err)
{
	VS_AUTO(stmt) away = { 0 };
	VS_AUTO(stmt) back = { 0 };
	if (!stmt_open(&away, db,
		    SQL("UPDATE candidacy SET position = 1000000 + CASE WHEN id = ?1 AND ?2 > 0"
			"  THEN 2 * ?2 + CASE WHEN ?2 > position THEN 1 ELSE -1 END"
			"  ELSE 2 * position END WHERE list_id = ?3"),
		    err) ||
		!stmt_open(&back, db,
			SQL("UPDATE candidacy SET position = r.n FROM (SELECT id, row_number()"
			    " OVER (ORDER BY position) AS n FROM candidacy WHERE list_id = ?1) r"
			    " WHERE r.id = candidacy.id"),
			err))
		return false;
	stmt_bind(&away, candidate);
	stmt_bind(&away, position);
	stmt_bind(&away, list);
	stmt_bind(&back, list);
	return stmt_run(&away, err) && stmt_run(&back, err);
}

static bool
check_position(const json_t *list, int64_t position, int64_t last, struct vs_error *err)
{
	if (position >= 1 && position <= last)
		return true;
	return vs_fail(err, VS_INVALID,
		_("list %s: there is no position %lld; it has 1 to %lld"),
		record_string(list, "name"), (long long)position, (long long)last);
}

/* Whoever means another person of the same name says so. */
static bool
check_namesake(struct vs_db *db, int64_t list, const json_t *values, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(stmt) q = { 0 };
	const char *name = record_string(values, "name");
	if (!name || record_string(values, "person"))
		return true;
	const char *folded =
		vs_text_fold(scratch.arena, vs_text_clean(scratch.arena, name));
	if (!stmt_open(&q, db,
		    SQL("SELECT position, name FROM candidacy WHERE list_id = ?"), err))
		return false;
	stmt_bind(&q, list);
	while (stmt_row(&q, err))
		if (strcmp(vs_text_fold(scratch.arena, stmt_text(&q, 1)), folded) == 0)
			return vs_fail(err, VS_EXISTS,
				_("%s stands on the list already, as number %d; if this is somebody else "
				  "of that name, add them with 'valstuga person add' and give --person"),
				name, (int)stmt_int(&q, 0));
	return err->code == VS_OK;
}

static bool
add(struct vs_db *db, const json_t *list, const json_t *values, int64_t *ret_candidate,
	struct vs_error *err)
{
	int64_t id = record_integer(list, "id"), position = 0;
	const char *given = record_string(values, "position");
	if (given && !vs_text_to_integer(given, &position))
		return vs_fail(err, VS_INVALID,
			_("candidate: position \"%s\" is not a number"), given);
	return list_open(list, err) &&
		(!given ||
			check_position(list, position,
				record_integer(list, "candidates") + 1, err)) &&
		check_namesake(db, id, values, err) &&
		candidate_append(db, id, values, ret_candidate, err) &&
		renumber(db, id, *ret_candidate, (int)position, err) &&
		vs_list_keep(db, id, "candidate add", err);
}

bool
vs_candidate_add(struct vs_db *db, const json_t *values, struct vs_arena *arena,
	const char **ret_key, struct vs_error *err)
{
	int64_t candidate = 0;
	VS_AUTO(change) change = { 0 };
	const char *name = record_string(values, "list");
	if (!name)
		return vs_fail(err, VS_USAGE, _("candidate: --list is missing"));
	if (!change_begin(&change, db, "candidate add", err))
		return false;
	json_t *list = list_get(db, name, err);
	bool ok = list && add(db, list, values, &candidate, err);
	if (ok) {
		*ret_key = vs_arena_printf(arena, "%lld", (long long)candidate);
		change_say(&change, "candidate", *ret_key, "%s",
			record_string(list, "name"));
	}
	json_decref(list);
	return ok && change_commit(&change, err);
}

/* Candidate and list records together; both new references or neither. */
static bool
get_pair(struct vs_db *db, const char *key, json_t **ret_candidate, json_t **ret_list,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	*ret_candidate = vs_record_get(db, &vs_candidate_type, key, err);
	*ret_list = NULL;
	if (*ret_candidate)
		*ret_list = list_get(db,
			vs_arena_printf(scratch.arena, "%lld",
				(long long)record_integer(*ret_candidate, "list")),
			err);
	if (*ret_list)
		return true;
	json_decref(*ret_candidate);
	return false;
}

static void
say_pair(struct change *change, const json_t *candidate, const json_t *list,
	const char *text)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	change_say(change, "candidate",
		record_key_text(scratch.arena, &vs_candidate_type, candidate), "%s: %s",
		record_string(list, "name"), text);
}

bool
vs_candidate_move(struct vs_db *db, const char *key, int position, struct vs_error *err)
{
	json_t *candidate, *list;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	if (!change_begin(&change, db, "candidate move", err) ||
		!get_pair(db, key, &candidate, &list, err))
		return false;
	int64_t id = record_integer(list, "id");
	say_pair(&change, candidate, list,
		vs_arena_printf(scratch.arena, "%d → %d",
			(int)record_integer(candidate, "position"), position));
	bool ok = list_open(list, err) &&
		check_position(list, position, record_integer(list, "candidates"), err) &&
		renumber(db, id, record_integer(candidate, "id"), position, err) &&
		vs_list_keep(db, id, "candidate move", err);
	json_decref(candidate);
	json_decref(list);
	return ok && change_commit(&change, err);
}

static bool
strike(struct vs_db *db, const json_t *candidate, int64_t list, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, SQL("DELETE FROM candidacy WHERE id = ?"), err))
		return false;
	stmt_bind(&q, record_integer(candidate, "id"));
	return stmt_run(&q, err) && renumber(db, list, 0, 0, err) &&
		vs_list_keep(db, list, "candidate strike", err);
}

bool
vs_candidate_strike(
	struct vs_db *db, const char *key, const char *reason, struct vs_error *err)
{
	json_t *candidate, *list;
	VS_AUTO(change) change = { 0 };
	if (!reason || !*reason)
		return vs_fail(err, VS_USAGE,
			_("candidate strike: --reason is missing; it goes into the history"));
	if (!change_begin(&change, db, "candidate strike", err) ||
		!get_pair(db, key, &candidate, &list, err))
		return false;
	say_pair(&change, candidate, list, reason);
	bool ok = list_open(list, err) &&
		strike(db, candidate, record_integer(list, "id"), err);
	json_decref(candidate);
	json_decref(list);
	return ok && change_commit(&change, err);
}
