/* What happens to a list: added, submitted, decided, reopened, locked, unlocked, removed. */
#include "ballots/ballots.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

static bool
join_constituency(
	struct vs_db *db, int64_t list, int64_t constituency, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("INSERT OR IGNORE INTO list_constituency (list_id, constituency_id)"
			" VALUES (?, ?)"),
		    err))
		return false;
	stmt_bind(&q, list);
	stmt_bind(&q, constituency);
	return stmt_run(&q, err);
}

static void
fail_constituency(const char *kind, const char *name, struct vs_error *err)
{
	vs_fail(err, VS_NOT_FOUND,
		_("there is no %s constituency \"%s\"; 'valstuga constituency list' shows them"),
		kind, name);
}

/* Constituencies of a kind, filtered by kommun or by name; an array of records. */
static json_t *
find_constituencies(struct vs_db *db, const char *kind, const char *field,
	const char *value, struct vs_error *err)
{
	json_t *filters = json_pack("{s:s}", "kind", kind);
	if (value)
		json_object_set_new(filters, field, json_string(value));
	json_t *found = vs_record_list(db, &vs_constituency_type, filters, err);
	json_decref(filters);
	if (!found || json_array_size(found) > 0)
		return found;
	json_decref(found);
	fail_constituency(kind, value ? value : "", err);
	return NULL;
}

static bool
join_all(struct vs_db *db, int64_t list, json_t *found, struct vs_error *err)
{
	size_t i;
	json_t *constituency;
	bool ok = true;
	json_array_foreach (found, i, constituency)
		ok = ok &&
			join_constituency(
				db, list, record_integer(constituency, "id"), err);
	json_decref(found);
	return ok;
}

/* The one constituency of the list's kind that has that number or name. New reference. */
static json_t *
find_constituency(
	struct vs_db *db, const char *kind, const char *name, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	json_t *all = find_constituencies(db, kind, NULL, NULL, err), *one, *found = NULL;
	const char *folded = vs_text_fold(scratch.arena, name);
	size_t i, count = 0;
	json_array_foreach (all, i, one) {
		const char *id =
			record_key_text(scratch.arena, &vs_constituency_type, one);
		if (strcmp(id, name) != 0 &&
			strcmp(vs_text_fold(scratch.arena, record_string(one, "name")),
				folded) != 0)
			continue;
		found = one;
		count++;
	}
	if (all && count == 0)
		fail_constituency(kind, name, err);
	else if (count > 1)
		vs_fail(err, VS_INVALID,
			_("several %s constituencies are called \"%s\"; give the number"),
			kind, name);
	json_incref(count == 1 ? found : NULL);
	json_decref(all);
	return count == 1 ? found : NULL;
}

/* "Värmlands län, Örebro län" or numbers. */
static bool
join_named(struct vs_db *db, int64_t list, const char *kind, const char *names,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	char *rest = vs_arena_text(scratch.arena, names), *name;
	while ((name = strsep(&rest, ","))) {
		json_t *found = find_constituency(
			db, kind, vs_text_clean(scratch.arena, name), err);
		bool ok = found &&
			join_constituency(db, list, record_integer(found, "id"), err);
		json_decref(found);
		if (!ok)
			return false;
	}
	return true;
}

static bool
join(struct vs_db *db, int64_t list, const char *kind, const json_t *values,
	struct vs_error *err)
{
	const char *kommun = record_string(values, "kommun");
	const char *names = record_string(values, "constituency");
	if (names)
		return join_named(db, list, kind, names, err);
	if (!kommun && strcmp(kind, "KF") == 0)
		return vs_fail(err, VS_USAGE,
			_("list: --kommun is missing for a list of kind KF"));
	json_t *found = find_constituencies(db, kind, "kommun", kommun, err);
	if (!found)
		return false;
	if (!kommun && json_array_size(found) > 1) {
		json_decref(found);
		return vs_fail(err, VS_USAGE,
			_("list: there are several %s constituencies; name them with --constituency"),
			kind);
	}
	return join_all(db, list, found, err);
}

/* The code of a checked kind, which outlives the value. */
static const char *
kind_code(const json_t *checked)
{
	for (const struct vs_choice *kind = register_kinds; kind->value; kind++)
		if (strcmp(kind->value, json_string_value(checked)) == 0)
			return kind->value;
	return NULL;
}

/* A draft's row; its texts are checked as the record's fields are. */
static bool
insert_row(struct vs_db *db, const json_t *values, int64_t *ret_list,
	const char **ret_kind, struct vs_error *err)
{
	static const char *const names[] = { "kind", "number", "designation", "note" };
	json_t *checked[4] = { NULL };
	bool ok = true;
	for (size_t i = 0; i < 4; i++) {
		const char *text = record_string(values, names[i]);
		if (ok && text && *text)
			ok = record_parse(db, &vs_list_type,
				vs_record_field(&vs_list_type, names[i]), text,
				&checked[i], err);
	}
	VS_AUTO(stmt) q = { 0 };
	ok = ok &&
		stmt_open(&q, db,
			SQL("INSERT INTO list (election_day, kind, party_code, number, designation,"
			    " note, status, version) SELECT election_day, ?, party_code, ?, ?, ?,"
			    " 'draft', 0 FROM campaign"),
			err);
	for (size_t i = 0; ok && i < 4; i++)
		stmt_bind(&q, json_string_value(checked[i]));
	ok = ok && stmt_run(&q, err);
	*ret_list = db_last_id(db);
	*ret_kind = ok ? kind_code(checked[0]) : NULL;
	for (size_t i = 0; i < 4; i++)
		json_decref(checked[i]);
	return ok;
}

bool
list_insert(
	struct vs_db *db, const json_t *values, int64_t *ret_list, struct vs_error *err)
{
	const char *kind = record_string(values, "kind");
	const char *number = record_string(values, "number");
	if (!kind || !*kind)
		return vs_fail(
			err, VS_USAGE, _("list: --kind is missing (RD, RF, KF or EP)"));
	if (insert_row(db, values, ret_list, &kind, err))
		return join(db, *ret_list, kind, values, err);
	if (err->code != VS_EXISTS)
		return false;
	*err = (struct vs_error){ 0 };
	return vs_fail(err, VS_EXISTS,
		_("list: number %s stands on another list of this election; 'valstuga list show "
		  "%s' shows which"),
		number, number);
}

bool
vs_list_add(struct vs_db *db, const json_t *values, struct vs_arena *arena,
	const char **ret_key, struct vs_error *err)
{
	int64_t list = 0;
	VS_AUTO(change) change = { 0 };
	if (!change_begin(&change, db, "list add", err) ||
		!list_insert(db, values, &list, err) ||
		!vs_list_keep(db, list, "list add", err))
		return false;
	*ret_key = vs_arena_printf(arena, "%lld", (long long)list);
	json_t *record = list_get(db, *ret_key, err);
	if (!record)
		return false;
	change_say(&change, "list", *ret_key, "%s", record_string(record, "name"));
	json_decref(record);
	return change_commit(&change, err);
}

/* One change of a list's state: what it may be before, what is written, what is told. */
struct move {
	const char *command;
	const char *reason;
	bool (*allowed)(
		const struct move *move, const json_t *list, struct vs_error *err);
	const char *sql; /* takes date, minutes, list id */
	const char *date;
	const char *minutes;
};

static bool
move_list(
	struct vs_db *db, const char *name, const struct move *move, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	VS_AUTO(stmt) q = { 0 };
	if (!change_begin(&change, db, move->command, err))
		return false;
	json_t *list = list_get(db, name, err);
	if (!list)
		return false;
	int64_t id = record_integer(list, "id");
	change_say(&change, "list", record_key_text(scratch.arena, &vs_list_type, list),
		"%s%s%s", record_string(list, "name"), move->reason ? ": " : "",
		move->reason ? move->reason : "");
	bool ok = move->allowed(move, list, err) && stmt_open(&q, db, move->sql, err);
	json_decref(list);
	if (!ok)
		return false;
	stmt_bind(&q, move->date);
	stmt_bind(&q, move->minutes);
	stmt_bind(&q, id);
	return stmt_run(&q, err) && vs_list_keep(db, id, move->command, err) &&
		change_commit(&change, err);
}

static bool
has_status(const json_t *list, const char *a, const char *b)
{
	const char *status = record_string(list, "status");
	return strcmp(status, a) == 0 || strcmp(status, b) == 0;
}

static bool
not_empty(const json_t *list, struct vs_error *err)
{
	if (record_integer(list, "candidates") > 0)
		return true;
	return vs_fail(err, VS_REFUSED,
		_("list %s has no candidates; add them first with 'valstuga candidate add'"),
		record_string(list, "name"));
}

static bool
may_submit(const struct move *move, const json_t *list, struct vs_error *err)
{
	(void)move;
	if (!has_status(list, "draft", "submitted"))
		return list_open(list, err);
	if (has_status(list, "submitted", "submitted"))
		return vs_fail(err, VS_REFUSED, _("list %s is submitted already"),
			record_string(list, "name"));
	return not_empty(list, err);
}

bool
vs_list_submit(struct vs_db *db, const char *list, struct vs_error *err)
{
	const struct move move = {
		.command = "list submit",
		.allowed = may_submit,
		.sql = SQL(
			"UPDATE list SET status = 'submitted', decided_on = ?1, minutes = ?2"
			" WHERE id = ?3"),
	};
	return move_list(db, list, &move, err);
}

static bool
may_decide(const struct move *move, const json_t *list, struct vs_error *err)
{
	if (!move->minutes || !*move->minutes)
		return vs_fail(err, VS_USAGE,
			_("list decide: --minutes is missing: name the meeting that decided"));
	if (!has_status(list, "draft", "submitted"))
		return vs_fail(err, VS_REFUSED, _("list %s is decided already"),
			record_string(list, "name"));
	return not_empty(list, err);
}

bool
vs_list_decide(struct vs_db *db, const char *list, const char *decided_on,
	const char *minutes, struct vs_error *err)
{
	struct vs_date date;
	char text[11];
	if (decided_on ? !vs_date_parse(decided_on, &date, err)
		       : !vs_clock_today(&date, err))
		return false;
	const struct move move = {
		.command = "list decide",
		.reason = minutes,
		.allowed = may_decide,
		.date = vs_date_format(date, text),
		.minutes = minutes,
		.sql = SQL(
			"UPDATE list SET status = 'decided', decided_on = ?, minutes = ?"
			" WHERE id = ?"),
	};
	return move_list(db, list, &move, err);
}

static bool
need_reason(const struct move *move, struct vs_error *err)
{
	if (move->reason && *move->reason)
		return true;
	return vs_fail(err, VS_USAGE,
		_("%s: --reason is missing; it goes into the history"), move->command);
}

static bool
may_reopen(const struct move *move, const json_t *list, struct vs_error *err)
{
	if (!need_reason(move, err))
		return false;
	if (record_true(list, "locked") || has_status(list, "ordered", "ordered"))
		return list_open(list, err);
	return true;
}

bool
vs_list_reopen(
	struct vs_db *db, const char *list, const char *reason, struct vs_error *err)
{
	const struct move move = {
		.command = "list reopen",
		.reason = reason,
		.allowed = may_reopen,
		.sql = SQL("UPDATE list SET status = 'draft', decided_on = ?, minutes = ?"
			   " WHERE id = ?"),
	};
	return move_list(db, list, &move, err);
}

static bool
may_lock(const struct move *move, const json_t *list, struct vs_error *err)
{
	(void)move;
	if (record_true(list, "locked"))
		return vs_fail(err, VS_REFUSED, _("list %s is locked already"),
			record_string(list, "name"));
	if (has_status(list, "decided", "ordered"))
		return true;
	return vs_fail(err, VS_REFUSED,
		_("list %s is not decided; only a decided list is notified and locked"),
		record_string(list, "name"));
}

bool
vs_list_lock(struct vs_db *db, const char *list, struct vs_error *err)
{
	const struct move move = {
		.command = "list lock",
		.allowed = may_lock,
		.sql = SQL(
			"UPDATE list SET locked = 1 WHERE id = ?3 AND ?1 IS NULL AND ?2 IS NULL"),
	};
	return move_list(db, list, &move, err);
}

static bool
may_unlock(const struct move *move, const json_t *list, struct vs_error *err)
{
	if (!need_reason(move, err))
		return false;
	if (has_status(list, "ordered", "ordered"))
		return list_open(list, err);
	return record_true(list, "locked") ||
		vs_fail(err, VS_REFUSED, _("list %s is not locked"),
			record_string(list, "name"));
}

bool
vs_list_unlock(
	struct vs_db *db, const char *list, const char *reason, struct vs_error *err)
{
	const struct move move = {
		.command = "list unlock",
		.reason = reason,
		.allowed = may_unlock,
		.sql = SQL(
			"UPDATE list SET locked = 0 WHERE id = ?3 AND ?1 IS NULL AND ?2 IS NULL"),
	};
	return move_list(db, list, &move, err);
}

/* A draft that nothing hangs on; an order, even a cancelled one, keeps its list. */
static bool
check_removable(struct vs_db *db, const json_t *list, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!list_open(list, err))
		return false;
	if (!has_status(list, "draft", "draft"))
		return vs_fail(err, VS_REFUSED,
			_("list %s is submitted; only a draft is removed, 'valstuga list reopen' "
			  "makes it one"),
			record_string(list, "name"));
	if (!stmt_open(&q, db, SQL("SELECT max(id) FROM ballot_order WHERE list_id = ?"),
		    err))
		return false;
	stmt_bind(&q, record_integer(list, "id"));
	if (stmt_row(&q, err) && !stmt_null(&q, 0))
		return vs_fail(err, VS_REFUSED,
			_("list %s has order %d and is kept with it; cancel the order and leave the "
			  "list as it is"),
			record_string(list, "name"), (int)stmt_int(&q, 0));
	return err->code == VS_OK;
}

bool
vs_list_remove(struct vs_db *db, const char *name, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	VS_AUTO(stmt) q = { 0 };
	if (!change_begin(&change, db, "list remove", err))
		return false;
	json_t *list = list_get(db, name, err);
	bool ok = list && check_removable(db, list, err) &&
		stmt_open(&q, db, SQL("DELETE FROM list WHERE id = ?"), err);
	if (ok) {
		change_say(&change, "list",
			record_key_text(scratch.arena, &vs_list_type, list), "%s",
			record_string(list, "name"));
		stmt_bind(&q, record_integer(list, "id"));
		ok = stmt_run(&q, err);
	}
	json_decref(list);
	return ok && change_commit(&change, err);
}
