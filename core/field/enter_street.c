/* What was counted on a street. */
#include "field/enter.h"

#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

#define COUNTS 5 /* doors, opened, talks, leaflets, wants contact */
static const char *const names[COUNTS] = { "doors", "opened", "talks", "leaflets",
	"wants_contact" };

/* "41/17/9/30/1", shorter when the last ones were not counted; "-" is not counted. */
static bool
read_counts(
	struct vs_arena *arena, const char *value, json_t *values, struct vs_error *err)
{
	int count = 0;
	for (const char *at = value; at; count++) {
		size_t length = strcspn(at, "/");
		const char *part = vs_arena_copy(arena, at, length);
		int64_t number;
		at = at[length] ? at + length + 1 : NULL;
		if (count >= COUNTS)
			return vs_fail(err, VS_INVALID,
				_("there are at most five counts: doors/opened/talks/leaflets/"
				  "wants contact"));
		if (strcmp(part, "-") == 0)
			continue;
		if (!vs_text_to_integer(part, &number) || number < 0)
			return vs_fail(err, VS_INVALID,
				_("\"%s\" is no count; write numbers like 41/17/9/30/1, \"-\" for "
				  "what was not counted"),
				part);
		json_object_set_new(values, names[count], json_integer(number));
	}
	return true;
}

/* The canvass sheet's walk: "DK-7". */
static bool
read_walk(const struct entry *e, int64_t *ret_walk, struct vs_error *err)
{
	if (!e->sheet || strncmp(e->sheet, "DK-", 3) != 0)
		return vs_fail(err, VS_INVALID,
			_("a street is named by its row on a canvass sheet; give the sheet's "
			  "code"));
	*ret_walk = strtoll(e->sheet + 3, NULL, 10);
	return true;
}

static bool
find_street(struct entry *e, int64_t walk, int64_t position, int64_t *ret_id,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, e->db,
		    SQL("SELECT id FROM canvass_street WHERE canvass_id = ? AND position = ?"),
		    err))
		return false;
	stmt_bind(&q, walk);
	stmt_bind(&q, position);
	if (stmt_row(&q, err))
		*ret_id = stmt_int(&q, 0);
	else if (err->code == VS_OK)
		return vs_fail(err, VS_NOT_FOUND,
			_("walk %lld has no row %lld; add the street first: valstuga street "
			  "add"),
			(long long)walk, (long long)position);
	return err->code == VS_OK;
}

/* Counts that differ from what somebody entered before. */
static bool
differs(const json_t *before, const json_t *values)
{
	for (int i = 0; i < COUNTS; i++) {
		const json_t *old = json_object_get(before, names[i]);
		const json_t *value = json_object_get(values, names[i]);
		if (value && json_is_integer(old) && !json_equal(old, value))
			return true;
	}
	return false;
}

static bool
says_nothing_new(const json_t *before, const json_t *values)
{
	for (int i = 0; i < COUNTS; i++) {
		const json_t *value = json_object_get(values, names[i]);
		if (value && !json_equal(json_object_get(before, names[i]), value))
			return false;
	}
	return true;
}

/* The day of the walk's activity; today for a walk without one. */
static bool
day_of_walk(struct entry *e, int64_t walk, char day[11], struct vs_error *err)
{
	int64_t moment = e->now;
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, e->db,
		    SQL("SELECT a.starts_at FROM canvass c JOIN activity a ON a.id = c.activity_id"
			" WHERE c.id = ?"),
		    err))
		return false;
	stmt_bind(&q, walk);
	if (stmt_row(&q, err))
		moment = stmt_int(&q, 0);
	vs_date_format(vs_local_from_utc(moment).date, day);
	return err->code == VS_OK;
}

/* The walk is over once something of it is counted. */
static bool
mark_walked(struct entry *e, int64_t walk, struct vs_error *err)
{
	char day[11];
	VS_AUTO(stmt) q = { 0 };
	if (!day_of_walk(e, walk, day, err) ||
		!stmt_open(&q, e->db,
			SQL("UPDATE canvass SET walked_on = ? WHERE id = ? AND walked_on IS NULL"),
			err))
		return false;
	stmt_bind(&q, day);
	stmt_bind(&q, walk);
	return stmt_run(&q, err);
}

static bool
write_street(struct entry *e, const char *row, int64_t walk, const json_t *before,
	const json_t *values, struct vs_error *err)
{
	if (says_nothing_new(before, values))
		return entry_tell(e, row, false, _("as before"), err);
	if (differs(before, values) && !e->correct)
		return vs_fail(err, VS_REFUSED,
			_("%s was entered before with other counts; say --correct if these are "
			  "right"),
			record_string(before, "street"));
	json_t *record =
		record_prepare(e->db, &vs_canvass_street_type, before, values, err);
	bool ok = record &&
		record_write(e->db, &vs_canvass_street_type, before, record, err) &&
		mark_walked(e, walk, err) &&
		entry_tell(e, row, true, record_string(before, "street"), err);
	json_decref(record);
	return ok;
}

bool
enter_street(struct entry *e, const char *row, int64_t position, const char *value,
	struct vs_error *err)
{
	int64_t walk = 0, id = 0;
	json_t *values = json_object();
	bool ok = read_counts(e->arena, value, values, err) && read_walk(e, &walk, err) &&
		find_street(e, walk, position, &id, err);
	if (ok) {
		json_t *before = vs_record_get(e->db, &vs_canvass_street_type,
			vs_arena_printf(e->arena, "%lld", (long long)id), err);
		ok = before && write_street(e, row, walk, before, values, err);
		json_decref(before);
	}
	json_decref(values);
	return ok;
}
