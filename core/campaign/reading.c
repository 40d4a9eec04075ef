/*
 * Readings: typed values of goals that the program cannot measure. A reading is of the whole
 * or of one association; what is known of all associations is their sum.
 */
#include "campaign/goal.h"

#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "goal", VS_FIELD_REF, VS_REQUIRED | VS_FIXED | VS_FILTER | VS_HIDDEN,
		N_("goal"), .refers = &vs_goal_type },
	{ "goal_name", VS_FIELD_TEXT, VS_READONLY, N_("goal") },
	{ "date", VS_FIELD_DATE, 0, N_("date"), N_("default today") },
	{ "value", VS_FIELD_REAL, VS_REQUIRED, N_("value"), .min = -1000000000,
		.max = 1000000000 },
	{ "base", VS_FIELD_REAL, 0, N_("of"),
		N_("of so many, when it is a share: 40 of 44"), .min = 0,
		.max = 1000000000 },
	{ "association", VS_FIELD_REF, VS_FIXED | VS_FILTER | VS_HIDDEN,
		N_("association"), N_("whose value it is; empty: the whole"),
		.refers = &vs_association_type },
	{ "association_name", VS_FIELD_TEXT, VS_READONLY, N_("association") },
	{ "note", VS_FIELD_TEXT, 0, N_("note"), .max_length = 300 },
};

static bool
complete(struct vs_db *db, json_t *record, const json_t *before, struct vs_error *err)
{
	(void)db;
	(void)before;
	struct vs_date today;
	char text[11];
	if (!vs_clock_today(&today, err))
		return false;
	if (json_is_null(json_object_get(record, "date")))
		json_object_set_new(
			record, "date", json_string(vs_date_format(today, text)));
	return true;
}

static bool
check_day(const json_t *record, const struct goal *goal, struct vs_error *err)
{
	const char *date = record_string(record, "date");
	struct vs_date today;
	char text[11];
	if (!vs_clock_today(&today, err))
		return false;
	if (strcmp(date, vs_date_format(today, text)) > 0)
		return vs_fail(err, VS_INVALID,
			_("reading: %s has not come yet; look at the date"), date);
	if (strcmp(date, goal->from) >= 0 && strcmp(date, goal->until) <= 0)
		return true;
	return vs_fail(err, VS_INVALID,
		_("reading: %s is outside the goal's time, %s to %s; say --date, or change the "
		  "goal with 'valstuga goal set'"),
		date, goal->from, goal->until);
}

/* Of a number one cannot say once of how many and once not: is it a share or none? */
static bool
check_mixed(struct vs_db *db, const json_t *record, bool based, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT 1 FROM reading WHERE goal_id = ? AND id <> ?"
			" AND (base IS NOT NULL) <> ? LIMIT 1"),
		    err))
		return false;
	stmt_bind(&q, record_integer(record, "goal"));
	stmt_bind(&q, record_integer(record, "id"));
	stmt_bind(&q, based);
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	return vs_fail(err, VS_INVALID,
		based ? _("reading: the goal's other readings are not of so many; leave --of out")
		      : _("reading: the goal's other readings are of so many; say --of, too"));
}

static bool
check_share(const json_t *record, double value, double most, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	bool based = !json_is_null(json_object_get(record, "base"));
	if (value < 0 || value > most)
		return vs_fail(err, VS_INVALID,
			_("reading: %s is no share of %s; it is between 0 and that"),
			goal_number(scratch.arena, value),
			based ? goal_number(scratch.arena, most) : "100 %");
	if (based || json_is_null(json_object_get(record, "association")))
		return true;
	return vs_fail(err, VS_INVALID,
		_("reading: an association's share is added to the others'; say of how many "
		  "with --of"));
}

static bool
check_base(struct vs_db *db, const json_t *record, const struct goal *goal,
	struct vs_error *err)
{
	const json_t *base = json_object_get(record, "base");
	double value = json_number_value(json_object_get(record, "value"));
	bool based = !json_is_null(base);
	if (based && json_number_value(base) <= 0)
		return vs_fail(err, VS_INVALID,
			_("reading: of how many must be more than 0; leave it out otherwise"));
	if (goal->how->share)
		return check_share(
			record, value, based ? json_number_value(base) : 100, err);
	if (strcmp(goal->measure, "number") == 0)
		return check_mixed(db, record, based, err);
	if (based)
		return vs_fail(err, VS_INVALID,
			_("reading: goal %s counts and is no share; leave --of out"),
			goal->name);
	return value >= 0 ||
		vs_fail(err, VS_INVALID,
			_("reading: goal %s counts; %g cannot be counted, look at the value"),
			goal->name, value);
}

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	(void)before;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct goal goal;
	const char *key = vs_arena_printf(
		scratch.arena, "%lld", (long long)record_integer(record, "goal"));
	json_t *of = vs_record_get(db, &vs_goal_type, key, err);
	bool ok = of && goal_read(scratch.arena, of, &goal, err);
	json_decref(of);
	if (!ok)
		return false;
	if (!goal.how->typed)
		return vs_fail(err, VS_REFUSED,
			_("goal %s is measured by the program; it takes no readings"),
			goal.name);
	if (goal.association && record_integer(record, "association") &&
		goal.association != record_integer(record, "association"))
		return vs_fail(err, VS_INVALID, _("reading: goal %s is %s's alone"),
			goal.name, goal.scope);
	return check_day(record, &goal, err) && check_base(db, record, &goal, err);
}

/* The number of the reading of that goal, day and association; 0: there is none. */
static bool
find_same(struct vs_db *db, int64_t goal, const char *date, int64_t association,
	int64_t *ret_id, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_id = 0;
	if (!stmt_open(&q, db,
		    SQL("SELECT id FROM reading WHERE goal_id = ? AND date = ?"
			" AND coalesce(association_id, 0) = ?"),
		    err))
		return false;
	stmt_bind(&q, goal);
	stmt_bind(&q, date);
	stmt_bind(&q, association);
	if (stmt_row(&q, err))
		*ret_id = stmt_int(&q, 0);
	return err->code == VS_OK;
}

/* One value a day: a row that says another one corrects it. */
static bool
same(struct vs_db *db, const json_t *record, json_t *keys, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	int64_t id;
	if (!find_same(db, record_integer(record, "goal"), record_string(record, "date"),
		    record_integer(record, "association"), &id, err))
		return false;
	if (id)
		json_array_append_new(keys,
			json_string(
				vs_arena_printf(scratch.arena, "%lld", (long long)id)));
	return true;
}

const struct vs_record_type vs_reading_type = {
	.noun = N_("reading"),
	.label = N_("readings"),
	.about = N_(
		"Typed values of goals: members, likes, followers, on a day; of the whole "
		"or of one association."),
	FIELDS(fields),
	.select = SQL(
		"SELECT r.id, r.goal_id AS goal, g.name AS goal_name, r.date, r.value,"
		" r.base, r.association_id AS association, a.name AS association_name,"
		" r.note FROM reading r JOIN goal g ON g.id = r.goal_id"
		" LEFT JOIN association a ON a.id = r.association_id"
		" ORDER BY r.goal_id, r.date, a.name COLLATE swedish, r.id"),
	.insert = SQL(
		"INSERT INTO reading (goal_id, date, value, base, association_id, note)"
		" VALUES (?, ?, ?, ?, ?, ?)"),
	.update = SQL("UPDATE reading SET date = ?, value = ?, base = ?, note = ?"
		      " WHERE id = ?"),
	.remove = SQL("DELETE FROM reading WHERE id = ?"),
	.complete = complete,
	.check = check,
	.same = same,
};

/* One typed -------------------------------------------------------------------------------- */

static bool
read_id(struct vs_db *db, const struct vs_record_type *type, const char *key,
	int64_t *ret_id, struct vs_error *err)
{
	json_t *record = key ? vs_record_get(db, type, key, err) : NULL;
	*ret_id = record_integer(record, "id");
	json_decref(record);
	return !key || record;
}

static json_t *
values_of(int64_t goal, double value, double base, const char *date, int64_t association,
	const char *note)
{
	json_t *values = json_pack("{s:I, s:f, s:s}", "goal", (json_int_t)goal, "value",
		value, "date", date);
	json_object_set_new(values, "base", base > 0 ? json_real(base) : json_null());
	if (association)
		json_object_set_new(values, "association", json_integer(association));
	if (note)
		json_object_set_new(values, "note", json_string(note));
	return values;
}

static bool
write_reading(struct vs_db *db, const json_t *before, const json_t *values,
	struct change *change, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	json_t *record = record_prepare(db, &vs_reading_type, before, values, err);
	if (!record)
		return false;
	bool ok = record_write(db, &vs_reading_type, before, record, err);
	int64_t id = before ? record_integer(before, "id") : db_last_id(db);
	change_say(change, "reading",
		vs_arena_printf(scratch.arena, "%lld", (long long)id), "%s",
		record_diff(scratch.arena, &vs_reading_type, before, record));
	json_decref(record);
	return ok;
}

bool
vs_goal_read(struct vs_db *db, const char *goal, double value, double base,
	const char *date, const char *association, const char *note, struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_date day;
	char text[11];
	int64_t goal_id, association_id, same_id;
	if (!isfinite(value) || !isfinite(base) || base < 0)
		return vs_fail(err, VS_INVALID,
			_("reading: a value is a number, and of how many is more than 0"));
	if (!change_begin(&change, db, "goal read", err) ||
		!(date ? vs_date_parse(date, &day, err) : vs_clock_today(&day, err)) ||
		!read_id(db, &vs_goal_type, goal, &goal_id, err) ||
		!read_id(db, &vs_association_type, association, &association_id, err) ||
		!find_same(db, goal_id, vs_date_format(day, text), association_id,
			&same_id, err))
		return false;
	const char *key = vs_arena_printf(scratch.arena, "%lld", (long long)same_id);
	json_t *before = same_id ? vs_record_get(db, &vs_reading_type, key, err) : NULL;
	if (same_id && !before)
		return false;
	json_t *values = values_of(goal_id, value, base, text, association_id, note);
	bool ok = write_reading(db, before, values, &change, err);
	json_decref(values);
	json_decref(before);
	return ok && change_commit(&change, err);
}

/* Measuring -------------------------------------------------------------------------------- */

struct reading {
	int64_t day, association; /* 0: the whole */
	double value, base;	  /* base 0: none */
	const char *date, *name;
};

struct readings {
	struct reading *all; /* by day */
	size_t count;
	struct reading *latest; /* of each association up to a day */
	size_t latest_count;
	const struct reading *whole; /* the latest, NULL: none */
	int64_t associations;	     /* in the register */
};

static bool
read_all(struct measuring *m, struct readings *r, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	const struct goal *goal = m->goal;
	if (!db_int(m->db, SQL("SELECT count(*) FROM association"), &r->associations,
		    err) ||
		!stmt_open(&q, m->db,
			SQL("SELECT r.date, r.association_id, r.value, r.base, a.name"
			    " FROM reading r LEFT JOIN association a ON a.id = r.association_id"
			    " WHERE r.goal_id = ? AND r.date BETWEEN ? AND ?"
			    " ORDER BY r.date, a.name COLLATE swedish, r.id"),
			err))
		return false;
	stmt_bind(&q, goal->id);
	stmt_bind(&q, goal->from);
	stmt_bind(&q, goal_date(m->arena, m->days[m->count - 1]));
	while (stmt_row(&q, err)) {
		struct vs_date day;
		if (!vs_date_parse(stmt_text(&q, 0), &day, err))
			return false;
		r->all = vs_arena_grow(m->arena, r->all, r->count, sizeof *r->all);
		r->all[r->count++] = (struct reading){ .day = vs_date_to_days(day),
			.association = stmt_int(&q, 1),
			.value = stmt_real(&q, 2),
			.base = stmt_real(&q, 3),
			.date = stmt_copy(&q, 0, m->arena),
			.name = stmt_copy(&q, 4, m->arena) };
	}
	return err->code == VS_OK;
}

static void
take(struct measuring *m, struct readings *r, const struct reading *one)
{
	if (!one->association) {
		r->whole = one;
		return;
	}
	for (size_t i = 0; i < r->latest_count; i++)
		if (r->latest[i].association == one->association) {
			r->latest[i] = *one;
			return;
		}
	r->latest =
		vs_arena_grow(m->arena, r->latest, r->latest_count, sizeof *r->latest);
	r->latest[r->latest_count++] = *one;
}

/*
 * A reading of the whole holds until every association has said something newer: before that
 * the sum would be of some of them only.
 */
static bool
is_whole(const struct readings *r)
{
	int64_t newer = 0;
	if (!r->whole)
		return false;
	for (size_t i = 0; i < r->latest_count; i++)
		newer += r->latest[i].day > r->whole->day;
	return newer == 0 || newer < r->associations;
}

/* The value on the day up to which readings were taken, and in words where it is from. */
static double
value_of(struct measuring *m, const struct readings *r)
{
	double value = 0, base = 0;
	if (is_whole(r)) {
		value = r->whole->value;
		base = r->whole->base;
		m->how = vs_arena_printf(m->arena, _("read on %s"), r->whole->date);
	} else {
		for (size_t i = 0; i < r->latest_count; i++) {
			value += r->latest[i].value;
			base += r->latest[i].base;
		}
		m->how = vs_arena_printf(m->arena,
			P_("sum of %zu association", "sum of %zu associations",
				(int64_t)r->latest_count),
			r->latest_count);
	}
	if (base <= 0)
		return value;
	m->of = base;
	m->how = vs_arena_printf(m->arena, _("%s of %s, %s"),
		goal_number(m->arena, value), goal_number(m->arena, base), m->how);
	return measuring_share(value, base);
}

static int
compare_names(const void *a, const void *b)
{
	const struct reading *x = a, *y = b;
	return vs_text_compare(x->name, y->name);
}

static void
put_associations(struct measuring *m, struct readings *r)
{
	if (r->latest_count)
		qsort(r->latest, r->latest_count, sizeof *r->latest, compare_names);
	for (size_t i = 0; i < r->latest_count; i++) {
		const struct reading *one = &r->latest[i];
		json_t *row = json_pack("{s:I, s:s, s:f, s:o, s:s}", "association",
			(json_int_t)one->association, "name", one->name, "value",
			one->value, "base",
			one->base > 0 ? json_real(one->base) : json_null(), "date",
			one->date);
		json_array_append_new(m->associations, row);
	}
}

/* Where some have told theirs, who has not. */
static bool
put_missing(struct measuring *m, const struct readings *r, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!r->latest_count || m->goal->association)
		return true;
	if (!stmt_open(&q, m->db,
		    SQL("SELECT a.name FROM association a WHERE NOT EXISTS (SELECT 1"
			" FROM reading r WHERE r.goal_id = ?1 AND r.association_id = a.id"
			" AND r.date BETWEEN ?2 AND ?3) ORDER BY a.name COLLATE swedish"),
		    err))
		return false;
	stmt_bind(&q, m->goal->id);
	stmt_bind(&q, m->goal->from);
	stmt_bind(&q, goal_date(m->arena, m->days[m->count - 1]));
	while (stmt_row(&q, err))
		measuring_miss(m, stmt_text(&q, 0));
	return err->code == VS_OK;
}

bool
measure_readings(struct measuring *m, struct vs_error *err)
{
	struct readings r = { 0 };
	if (!read_all(m, &r, err))
		return false;
	/* The days of a typed goal are those of its readings. */
	m->days = vs_arena_alloc(m->arena, (r.count + 1) * sizeof *m->days);
	m->values = vs_arena_alloc(m->arena, (r.count + 1) * sizeof *m->values);
	m->count = 0;
	for (size_t i = 0; i < r.count; i++) {
		take(m, &r, &r.all[i]);
		if (i + 1 < r.count && r.all[i + 1].day == r.all[i].day)
			continue;
		m->days[m->count] = r.all[i].day;
		m->values[m->count++] = value_of(m, &r);
	}
	put_associations(m, &r);
	return put_missing(m, &r, err);
}
