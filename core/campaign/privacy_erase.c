/*
 * Erasing: real. What is only theirs is removed, what others count on stays without them, and
 * every text of the file that names them is replaced; then the file is written anew. This
 * file knows which rows of which room are whose; what is not known here is found in the
 * schema: rows that go with their person go, other references are cut.
 */
#include "campaign/privacy.h"

#include <string.h>

#include <valstuga/date.h>

#include "base/i18n.h"
#include "field/booking.h"
#include "register/register.h"

/* Statements over those for whom gone() is true. ?1 is now, ?2 who does it. */
static const char *const own_texts[] = {
	/* Whom nobody can reach is not to be contacted; what was said goes, the count stays. */
	SQL("DELETE FROM contact WHERE closed_at IS NULL AND gone(person_id)"),
	SQL("UPDATE contact SET next_step = NULL, next_on = NULL, note = NULL WHERE gone(person_id)"),
	SQL("UPDATE contact_attempt SET note = NULL WHERE contact_id IN"
	    " (SELECT id FROM contact WHERE gone(person_id))"),
	/* A seat that is to come is free again. */
	SQL("INSERT INTO booking_event (booking_id, state, at, actor)"
	    " SELECT b.id, 'cancelled', ?1, ?2 FROM booking b JOIN shift s"
	    " ON s.id = b.shift_id WHERE gone(b.person_id) AND s.ends_at > ?1"
	    " AND b.state IN ('offered', 'waiting', 'signed_up', 'booked')"),
	SQL("UPDATE booking SET state = 'cancelled', cancelled_by = 'person',"
	    " offered_until = NULL, changed_at = ?1 WHERE gone(person_id)"
	    " AND state IN ('offered', 'waiting', 'signed_up', 'booked') AND shift_id IN"
	    " (SELECT id FROM shift WHERE ends_at > ?1)"),
	SQL("UPDATE booking_event SET reason = NULL WHERE booking_id IN"
	    " (SELECT id FROM booking WHERE gone(person_id))"),
	SQL("UPDATE booking SET note = NULL,"
	    " override = CASE WHEN override IS NOT NULL THEN 'raderad ' || person_id END"
	    " WHERE gone(person_id)"),
	SQL("UPDATE signup SET name = NULL, phone = NULL, email = NULL, message = NULL,"
	    " reason = NULL WHERE gone(person_id)"),
	/* A list keeps its length and its order. */
	SQL("UPDATE candidacy SET name = 'raderad ' || person_id, ballot_text = NULL,"
	    " declaration = 'unknown', declaration_on = NULL, declaration_source = NULL,"
	    " consent = 'unknown', consent_on = NULL, consent_source = NULL"
	    " WHERE gone(person_id)"),
	SQL("UPDATE list_version SET candidates = (SELECT json_group_array("
	    "  CASE WHEN gone(json_extract(j.value, '$.person')) THEN"
	    "   json_set(j.value, '$.name', 'raderad ' || json_extract(j.value, '$.person'),"
	    "    '$.text', NULL) ELSE json(j.value) END) FROM json_each(candidates) j)"
	    " WHERE EXISTS (SELECT 1 FROM json_each(candidates) j"
	    "  WHERE gone(json_extract(j.value, '$.person')))"),
	SQL("DELETE FROM open_consent WHERE gone(person_id)"),
	/* A goal of theirs would be everybody's without them. */
	SQL("DELETE FROM goal WHERE gone(person_id)"),
	/* A car that took ballots somewhere stays in the ledger, without its driver. */
	SQL("DELETE FROM availability WHERE carrier_id IN"
	    " (SELECT id FROM carrier WHERE gone(person_id))"),
	SQL("UPDATE carrier SET phone = NULL, note = NULL, association_id = NULL,"
	    " base_id = NULL, active = 0 WHERE gone(person_id)"),
	SQL("DELETE FROM carrier WHERE gone(person_id)"
	    " AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.carrier_id = carrier.id)"
	    " AND NOT EXISTS (SELECT 1 FROM route r WHERE r.carrier_id = carrier.id)"
	    " AND NOT EXISTS (SELECT 1 FROM location l WHERE l.carrier_id = carrier.id"
	    "  AND (EXISTS (SELECT 1 FROM balance WHERE location_id = l.id)"
	    "   OR EXISTS (SELECT 1 FROM allocation WHERE location_id = l.id)"
	    "   OR EXISTS (SELECT 1 FROM delivery WHERE from_id = l.id OR to_id = l.id)"
	    "   OR EXISTS (SELECT 1 FROM route WHERE from_id = l.id)"
	    "   OR EXISTS (SELECT 1 FROM shortage WHERE location_id = l.id)))"),
};

/* Shifts to come where they have a seat, which becomes free. */
static bool
find_seats(struct vs_db *db, struct vs_arena *arena, int64_t **ret_shifts,
	size_t *ret_count, struct vs_error *err)
{
	int64_t now;
	VS_AUTO(stmt) q = { 0 };
	*ret_shifts = NULL;
	*ret_count = 0;
	if (!vs_clock_now(&now, err) ||
		!stmt_open(&q, db,
			SQL("SELECT DISTINCT s.id FROM booking b JOIN shift s ON s.id = b.shift_id"
			    " WHERE gone(b.person_id) AND s.starts_at > ? AND b.state IN"
			    " ('offered', 'signed_up', 'booked') ORDER BY s.id"),
			err))
		return false;
	stmt_bind(&q, now);
	while (stmt_row(&q, err)) {
		*ret_shifts = vs_arena_grow(
			arena, *ret_shifts, *ret_count, sizeof **ret_shifts);
		(*ret_shifts)[(*ret_count)++] = stmt_int(&q, 0);
	}
	return err->code == VS_OK;
}

/* Who waits for one of those seats is offered it. */
static bool
settle(struct vs_db *db, const int64_t *shifts, size_t count, struct vs_error *err)
{
	bool ok = true;
	for (size_t i = 0; i < count && ok; i++)
		ok = booking_settle(db, shifts[i], err);
	return ok;
}

static bool
clear_own_texts(struct vs_db *db, struct vs_error *err)
{
	int64_t now;
	if (!vs_clock_now(&now, err))
		return false;
	for (size_t i = 0; i < sizeof own_texts / sizeof *own_texts; i++) {
		VS_AUTO(stmt) q = { 0 };
		if (!stmt_open(&q, db, own_texts[i], err))
			return false;
		int asked = stmt_parameters(&q);
		if (asked > 0)
			stmt_bind(&q, now);
		if (asked > 1)
			stmt_bind(&q, db_actor(db));
		if (!stmt_run(&q, err))
			return false;
	}
	return true;
}

/* The rows before anything is done, for the counts. */
static bool
count_tables(struct vs_db *db, struct scrub *scrub, struct privacy_work *work,
	struct vs_error *err)
{
	struct scrub_reference *references;
	if (!scrub_references(
		    db, work->arena, "person", &references, &work->table_count, err))
		return false;
	work->tables =
		vs_arena_alloc(work->arena, work->table_count * sizeof *work->tables);
	for (size_t i = 0; i < work->table_count; i++) {
		struct privacy_table *table = &work->tables[i];
		table->reference = &references[i];
		if (!scrub_count(scrub, &references[i], &table->all, &table->theirs, err))
			return false;
		work->rows += table->theirs;
	}
	return true;
}

/* Cuts every reference; those who are still referred to afterwards are `held`. */
static bool
cut(struct scrub *scrub, const struct privacy_work *work, struct scrub *held,
	struct vs_error *err)
{
	int64_t *people;
	size_t count;
	for (size_t i = 0; i < work->table_count; i++) {
		const struct scrub_reference *r = work->tables[i].reference;
		if (r->cascade ? !scrub_remove(scrub, r, err)
			       : !r->needed && !scrub_detach(scrub, r, err))
			return false;
		if (r->cascade || !r->needed)
			continue;
		if (!scrub_held(scrub, r, work->arena, &people, &count, err))
			return false;
		for (size_t j = 0; j < count; j++)
			scrub_gone(held, people[j]);
	}
	return true;
}

/* Their rows; of who is held a row remains that says nothing. */
static bool
remove_people(struct vs_db *db, const struct privacy_work *work, const struct scrub *held,
	struct vs_error *err)
{
	VS_AUTO(stmt) empty = { 0 };
	VS_AUTO(stmt) whole = { 0 };
	if (!stmt_open(&empty, db,
		    SQL("UPDATE person SET name = 'raderad ' || id, gender = NULL, age = NULL,"
			" home = NULL, candidate_number = NULL, keep_until = ?, called = NULL,"
			" phone = NULL, email = NULL, kommun_code = NULL, association_id = NULL,"
			" membership = NULL, member_since = NULL, volunteer = 0,"
			" languages = NULL, car = NULL, hours_week = NULL, hours_day = NULL,"
			" travel_max = NULL, note = NULL, restricted = 1 WHERE id = ?"),
		    err) ||
		!stmt_open(&whole, db, SQL("DELETE FROM person WHERE id = ?"), err))
		return false;
	for (size_t i = 0; i < work->count; i++) {
		bool stays = scrub_is_gone(held, work->people[i]);
		struct stmt *q = stays ? &empty : &whole;
		if (stays)
			stmt_bind(q, PRIVACY_ERASED_UNTIL);
		stmt_bind(q, work->people[i]);
		if (!stmt_run(q, err))
			return false;
	}
	return true;
}

bool
privacy_erase(struct vs_db *db, struct scrub *scrub, struct privacy_work *work,
	struct vs_error *err)
{
	struct scrub *held = scrub_new();
	int64_t *shifts;
	size_t shift_count;
	work->rows = (int64_t)work->count;
	bool ok = count_tables(db, scrub, work, err) &&
		find_seats(db, work->arena, &shifts, &shift_count, err) &&
		clear_own_texts(db, err) && settle(db, shifts, shift_count, err) &&
		cut(scrub, work, held, err) && remove_people(db, work, held, err) &&
		scrub_replace(scrub, work->arena, &work->texts, &work->left, err) &&
		scrub_due(db, err) &&
		scrub_copies(scrub, work->arena, !work->dry_run, &work->copies,
			&work->copy_count, err);
	scrub_free(held);
	if (ok)
		scrub_actor(scrub);
	return ok;
}

void
privacy_tell(json_t *answer, const struct privacy_work *work)
{
	json_t *left = json_array(), *copies = json_array();
	for (size_t i = 0; i < work->left.count; i++) {
		const struct scrub_hit *hit = &work->left.all[i];
		json_array_append_new(left,
			json_pack("{s:s, s:s, s:s}", "table", hit->table, "id", hit->row,
				"field", hit->column));
	}
	for (size_t i = 0; i < work->copy_count; i++)
		json_array_append_new(copies, json_string(work->copies[i]));
	json_object_set_new(answer, "rows", json_integer(work->rows));
	json_object_set_new(answer, "texts", json_integer(work->texts));
	json_object_set_new(answer, "left", left);
	json_object_set_new(answer, "copies", copies);
	record_put(answer, "backups",
		_("backups that you made still hold what is erased here: destroy those from before "
		  "today, or erase again after restoring one"));
}

void
privacy_rewrite(struct vs_db *db, json_t *answer, bool dry_run)
{
	struct vs_error err = { 0 };
	bool done = !dry_run && db_rewrite(db, &err);
	json_object_set_new(answer, "dry_run", json_boolean(dry_run));
	json_object_set_new(answer, "rewritten", json_boolean(done));
	record_put(answer, "problem", err.text);
}

bool
vs_rewrite(struct vs_db *db, struct vs_error *err)
{
	return db_rewrite(db, err);
}

json_t *
vs_privacy_problems(struct vs_db *db, struct vs_error *err)
{
	int64_t since;
	char day[17];
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	if (!db_rewrite_since(db, &since, err))
		return NULL;
	json_t *problems = json_array();
	if (since)
		register_problem(problems, "error", "person", "",
			vs_arena_printf(scratch.arena,
				_("the file has not been rewritten since somebody was erased (%s)"),
				vs_time_format_local(since, day)),
			_("rewrite it with 'valstuga retention --rewrite'; it needs free disk space as "
			  "large as the file"));
	return problems;
}

/* One person --------------------------------------------------------------------------------*/

static bool
check_free(struct vs_db *db, struct vs_arena *arena, struct vs_error *err)
{
	struct privacy_stays stays;
	if (!privacy_stays(db, arena, 1, &stays, err))
		return false;
	return stays.count == 0 ||
		vs_fail(err, VS_REFUSED, _("person %lld %s; %s"),
			(long long)stays.all[0].person, stays.all[0].reason,
			stays.all[0].todo);
}

static bool
erase(struct vs_db *db, struct scrub *scrub, struct privacy_work *work,
	struct change *change, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	if (!privacy_words(db, scrub, work->people, work->count, err) ||
		!scrub_open(scrub, db, err) || !check_free(db, work->arena, err) ||
		!privacy_erase(db, scrub, work, err))
		return false;
	change_say(change, "person",
		vs_arena_printf(scratch.arena, "%lld", (long long)work->people[0]),
		_("erased (rows: %lld, texts: %lld)"), (long long)work->rows,
		(long long)work->texts);
	return work->dry_run || change_commit(change, err);
}

/* In a transaction; a dry run is rolled back with it. */
static bool
erase_one(struct vs_db *db, const char *key, struct privacy_work *work, int64_t *ret_id,
	struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	if (!change_begin(&change, db, "person erase", err))
		return false;
	json_t *person = privacy_person(db, key, err);
	if (!person)
		return false;
	*ret_id = record_integer(person, "id");
	json_decref(person);
	work->people = ret_id;
	work->count = 1;
	struct scrub *scrub = scrub_new();
	bool ok = erase(db, scrub, work, &change, err);
	scrub_free(scrub);
	return ok;
}

json_t *
vs_person_erase(struct vs_db *db, const char *person, bool dry_run, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct privacy_work work = { .arena = scratch.arena, .dry_run = dry_run };
	int64_t id = 0;
	if (!erase_one(db, person, &work, &id, err))
		return NULL;
	json_t *answer = json_pack("{s:I}", "person", (json_int_t)id);
	privacy_tell(answer, &work);
	privacy_rewrite(db, answer, dry_run);
	return answer;
}
