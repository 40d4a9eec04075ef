/*
 * Retention: everybody whose day has passed is erased at once, and a certificate says how
 * many, never who. Who is still needed, or wants to stay, is kept and told.
 */
#include "campaign/privacy.h"

#include <stdlib.h>
#include <string.h>

#include <valstuga/date.h>

#include "base/i18n.h"
#include "field/field.h"

struct due {
	int64_t id;
	const char *name, *keep_until;
	const char *category; /* why they were in the file */
	const char *kept;     /* why they stay; NULL: they go */
};

struct run {
	struct vs_arena *arena;
	char on[11];
	bool dry_run;
	struct due *due;
	size_t count;
	int64_t *people; /* who go */
	int64_t entries; /* sign-ups that nobody took up */
	struct privacy_work work;
};

static bool
read_day(struct run *run, const char *on, struct vs_error *err)
{
	struct vs_date today, day;
	if (!vs_clock_today(&today, err) || (on && !vs_date_parse(on, &day, err)))
		return false;
	if (!on)
		day = today;
	vs_date_format(day, run->on);
	return run->dry_run || vs_date_to_days(day) <= vs_date_to_days(today) ||
		vs_fail(err, VS_INVALID,
			_("retention: %s has not come yet; only a dry run looks ahead"),
			run->on);
}

/* Who said yes again after the day had passed has not been given a new day yet. */
#define RENEWED \
	"EXISTS (SELECT 1 FROM consent c WHERE c.person_id = p.id AND c.withdrawn_at IS NULL" \
	" AND date(c.given_at, 'unixepoch') > p.keep_until)"

static const char *const due_sql = SQL(
	"SELECT p.id, p.name, p.keep_until, CASE WHEN p.volunteer THEN 'volunteer'"
	"  WHEN EXISTS (SELECT 1 FROM candidacy c WHERE c.person_id = p.id)"
	"   THEN 'candidate'"
	"  WHEN EXISTS (SELECT 1 FROM carrier c WHERE c.person_id = p.id) THEN 'carrier'"
	"  WHEN p.membership = 'member' THEN 'member' ELSE 'other' END,"
	" p.restricted, " RENEWED " FROM person p WHERE p.keep_until < ?1"
	" ORDER BY p.keep_until, p.id");

static bool
read_due(struct vs_db *db, struct run *run, struct vs_error *err)
{
	VS_AUTO(stmt) count = { 0 };
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&count, db,
		    SQL("SELECT count(*) FROM person WHERE keep_until < ?"), err) ||
		!stmt_open(&q, db, due_sql, err))
		return false;
	stmt_bind(&count, (const char *)run->on);
	if (!stmt_row(&count, err))
		return false;
	size_t room = (size_t)stmt_int(&count, 0);
	run->due = vs_arena_alloc(run->arena, (room + 1) * sizeof *run->due);
	stmt_bind(&q, (const char *)run->on);
	while (run->count < room && stmt_row(&q, err)) {
		struct due *due = &run->due[run->count++];
		*due = (struct due){ stmt_int(&q, 0), stmt_copy(&q, 1, run->arena),
			stmt_copy(&q, 2, run->arena), stmt_copy(&q, 3, run->arena),
			NULL };
		if (stmt_int(&q, 4))
			due->kept = _(
				"restricted: ask the person; 'valstuga person erase' erases");
		else if (stmt_int(&q, 5))
			due->kept =
				_("has consented again since: give a later --keep-until");
	}
	return err->code == VS_OK;
}

static int
by_id(const void *a, const void *b)
{
	const struct privacy_stay *one = a, *other = b;
	return (one->person > other->person) - (one->person < other->person);
}

/* Who is still needed on a list or a delivery. */
static bool
mark_needed(struct vs_db *db, struct run *run, struct vs_error *err)
{
	struct privacy_stays stays;
	struct scrub *scrub = scrub_new();
	for (size_t i = 0; i < run->count; i++)
		scrub_gone(scrub, run->due[i].id);
	bool ok = scrub_open(scrub, db, err) &&
		privacy_stays(db, run->arena, run->count, &stays, err);
	scrub_free(scrub);
	if (!ok || !stays.count)
		return ok;
	qsort(stays.all, stays.count, sizeof *stays.all, by_id);
	for (size_t i = 0; i < run->count; i++) {
		struct privacy_stay key = { .person = run->due[i].id };
		const struct privacy_stay *found =
			bsearch(&key, stays.all, stays.count, sizeof key, by_id);
		if (found && !run->due[i].kept)
			run->due[i].kept = found->reason;
	}
	return true;
}

static bool
erase_due(struct vs_db *db, struct run *run, struct vs_error *err)
{
	struct scrub *scrub = scrub_new();
	run->people = vs_arena_alloc(run->arena, (run->count + 1) * sizeof *run->people);
	run->work = (struct privacy_work){
		.arena = run->arena, .people = run->people, .dry_run = run->dry_run
	};
	for (size_t i = 0; i < run->count; i++)
		if (!run->due[i].kept)
			run->people[run->work.count++] = run->due[i].id;
	bool ok = run->work.count == 0 ||
		(privacy_words(db, scrub, run->people, run->work.count, err) &&
			scrub_open(scrub, db, err) &&
			privacy_erase(db, scrub, &run->work, err));
	scrub_free(scrub);
	return ok;
}

/* After the campaign's last day nobody takes up a sign-up any more. */
static bool
forget_entries(struct vs_db *db, struct run *run, struct vs_error *err)
{
	struct vs_campaign campaign;
	if (!vs_campaign_get(db, run->arena, &campaign, err))
		return false;
	if (strcmp(campaign.keep_until, run->on) >= 0)
		return true;
	return field_signups_forget(db, &run->entries, err) &&
		(run->entries == 0 || scrub_due(db, err));
}

/* The answer ---------------------------------------------------------------------------------*/

static void
count_up(json_t *counts, const char *name)
{
	json_object_set_new(counts, name, json_integer(record_integer(counts, name) + 1));
}

static json_t *
person_of(const struct due *due, const char *reason)
{
	return json_pack("{s:I, s:s, s:s, s:s}", "person", (json_int_t)due->id, "name",
		due->name, "keep_until", due->keep_until, "reason", reason);
}

static void
tell_people(const struct run *run, json_t *answer)
{
	json_t *kept = json_array(), *due = json_array(), *reasons = json_object();
	for (size_t i = 0; i < run->count; i++) {
		const struct due *one = &run->due[i];
		if (one->kept)
			json_array_append_new(kept, person_of(one, one->kept));
		else
			count_up(reasons, one->category);
		if (!one->kept && run->dry_run)
			json_array_append_new(due,
				person_of(one,
					record_choice(
						privacy_categories, one->category)));
	}
	json_object_set_new(answer, "kept", kept);
	json_object_set_new(answer, "by_reason", reasons);
	if (run->dry_run)
		json_object_set_new(answer, "due", due);
	else
		json_decref(due);
}

/* Rows that refer to people: how many before, how many are gone or say nobody's name. */
static void
tell_tables(const struct run *run, json_t *answer)
{
	json_t *tables = json_array();
	for (size_t i = 0; i < run->work.table_count; i++) {
		const struct privacy_table *t = &run->work.tables[i];
		if (t->all)
			json_array_append_new(tables,
				json_pack("{s:s, s:s, s:I, s:I, s:b}", "table",
					t->reference->table, "field",
					t->reference->column, "before",
					(json_int_t)t->all, "erased",
					(json_int_t)t->theirs, "removed",
					t->reference->cascade));
	}
	json_object_set_new(answer, "tables", tables);
}

static bool
tell(struct vs_db *db, const struct run *run, json_t *answer, struct vs_error *err)
{
	int64_t now, all = 0;
	char at[17];
	if (!vs_clock_now(&now, err) ||
		!db_int(db,
			SQL("SELECT count(*) FROM person WHERE keep_until <> '2199-12-31'"),
			&all, err))
		return false;
	json_object_set_new(answer, "number", json_null());
	record_put(answer, "at", vs_time_format_local(now, at));
	record_put(answer, "actor", db_actor(db));
	record_put(answer, "on", run->on);
	json_object_set_new(answer, "people", json_integer((json_int_t)run->work.count));
	json_object_set_new(answer, "signups", json_integer(run->entries));
	/* In the file before: the erased are not there any more. */
	json_object_set_new(
		answer, "before", json_integer(all + (json_int_t)run->work.count));
	tell_people(run, answer);
	tell_tables(run, answer);
	privacy_tell(answer, &run->work);
	return true;
}

/* What is kept of it: counts. */
static json_t *
counts_of(const json_t *answer)
{
	json_t *kept = json_object_get(answer, "kept"), *person, *reasons = json_object();
	json_t *counts = json_copy((json_t *)(uintptr_t)answer);
	size_t i;
	json_array_foreach (kept, i, person)
		count_up(reasons, record_string(person, "reason"));
	json_object_set_new(counts, "kept_by_reason", reasons);
	json_object_set_new(counts, "left",
		json_integer(
			(json_int_t)json_array_size(json_object_get(answer, "left"))));
	json_object_set_new(counts, "copies",
		json_integer(
			(json_int_t)json_array_size(json_object_get(answer, "copies"))));
	json_object_del(counts, "kept");
	return counts;
}

static bool
keep_certificate(struct vs_db *db, struct run *run, json_t *answer, struct vs_error *err)
{
	int64_t now, last = 0;
	VS_AUTO(stmt) q = { 0 };
	if (!vs_clock_now(&now, err) ||
		!db_int(db, SQL("SELECT max(number) FROM retention_run"), &last, err) ||
		!stmt_open(&q, db,
			SQL("INSERT INTO retention_run (at, actor, day, people, certificate, number)"
			    " VALUES (?, ?, ?, ?, ?, ?)"),
			err))
		return false;
	json_object_set_new(answer, "number", json_integer(last + 1));
	json_t *counts = counts_of(answer);
	char *text = json_dumps(counts, JSON_COMPACT);
	json_decref(counts);
	stmt_bind(&q, now);
	stmt_bind(&q, db_actor(db));
	stmt_bind(&q, (const char *)run->on);
	stmt_bind(&q, run->work.count);
	stmt_bind(&q, (const char *)text);
	stmt_bind(&q, last + 1);
	bool ok = stmt_run(&q, err);
	free(text);
	return ok;
}

/* In a transaction; a dry run is rolled back with it, and so is a run without anybody. */
static bool
work(struct vs_db *db, struct run *run, json_t *answer, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	if (!change_begin(&change, db, "retention", err) || !read_due(db, run, err) ||
		!mark_needed(db, run, err) || !erase_due(db, run, err) ||
		!forget_entries(db, run, err) || !tell(db, run, answer, err))
		return false;
	if (run->dry_run || run->work.count + run->entries == 0)
		return true;
	if (!keep_certificate(db, run, answer, err))
		return false;
	change_say(&change, "retention",
		vs_arena_printf(scratch.arena, "%lld",
			(long long)record_integer(answer, "number")),
		_("people erased: %zu (rows: %lld, texts: %lld)"), run->work.count,
		(long long)run->work.rows, (long long)run->work.texts);
	return change_commit(&change, err);
}

json_t *
vs_retention(struct vs_db *db, const char *on, bool dry_run, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct run run = { .arena = scratch.arena, .dry_run = dry_run };
	json_t *answer = json_object();
	int64_t since = 0;
	if (!read_day(&run, on, err) || !work(db, &run, answer, err) ||
		!db_rewrite_since(db, &since, err)) {
		json_decref(answer);
		return NULL;
	}
	/* Nobody was due and the file is as it should be: nothing is written at all. */
	privacy_rewrite(db, answer, dry_run || !since);
	json_object_set_new(answer, "dry_run", json_boolean(dry_run));
	return answer;
}

json_t *
vs_retention_runs(struct vs_db *db, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT certificate FROM retention_run ORDER BY number DESC"),
		    err))
		return NULL;
	json_t *runs = json_array();
	while (stmt_row(&q, err)) {
		json_t *run = json_loads(stmt_text(&q, 0), 0, NULL);
		if (run)
			json_array_append_new(runs, run);
	}
	if (err->code == VS_OK)
		return runs;
	json_decref(runs);
	return NULL;
}
