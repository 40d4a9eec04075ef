/* Correcting at the person's wish, and restricting: GDPR articles 16 and 18. */
#include "campaign/privacy.h"

#include "base/i18n.h"

static bool
correct(struct vs_db *db, const json_t *before, const json_t *values, const char *source,
	struct change *change, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	json_t *record = record_prepare(db, &vs_person_type, before, values, err);
	if (!record)
		return false;
	const char *clean = privacy_clean(scratch.arena, before, source);
	change_say(change, "person",
		record_key_text(scratch.arena, &vs_person_type, before),
		_("%s; source: %s"),
		record_diff(scratch.arena, &vs_person_type, before, record),
		privacy_clean(scratch.arena, record, clean));
	bool ok = json_equal(before, record) ||
		record_write(db, &vs_person_type, before, record, err);
	json_decref(record);
	return ok;
}

bool
vs_person_correct(struct vs_db *db, const char *person, const json_t *values,
	const char *source, struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	if (!source || !*source)
		return vs_fail(err, VS_USAGE,
			_("person correct: --source is missing: say where the right value comes "
			  "from"));
	if (json_object_size(values) == 0)
		return vs_fail(err, VS_USAGE,
			_("person correct: nothing to correct; give the fields that are wrong"));
	if (!change_begin(&change, db, "person correct", err))
		return false;
	json_t *before = privacy_person(db, person, err);
	bool ok = before && correct(db, before, values, source, &change, err);
	json_decref(before);
	return ok && change_commit(&change, err);
}

static bool
set_restricted(struct vs_db *db, int64_t person, bool on, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, SQL("UPDATE person SET restricted = ? WHERE id = ?"), err))
		return false;
	stmt_bind(&q, on);
	stmt_bind(&q, person);
	return stmt_run(&q, err);
}

static bool
restrict_one(struct vs_db *db, const json_t *person, bool on, const char *reason,
	struct change *change, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	int64_t id = record_integer(person, "id");
	if (record_true(person, "restricted") == on)
		return vs_fail(err, VS_REFUSED,
			on ? _("person %lld is restricted already")
			   : _("person %lld is not restricted"),
			(long long)id);
	const char *clean = privacy_clean(scratch.arena, person, reason);
	change_say(change, "person",
		record_key_text(scratch.arena, &vs_person_type, person),
		on ? _("restricted: %s") : _("not restricted any more: %s"), clean);
	return set_restricted(db, id, on, err);
}

bool
vs_person_restrict(struct vs_db *db, const char *person, bool on, const char *reason,
	struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	if (!reason || !*reason)
		return vs_fail(err, VS_USAGE,
			_("person restrict: --reason is missing; it goes into the history"));
	if (!change_begin(&change, db, "person restrict", err))
		return false;
	json_t *record = privacy_person(db, person, err);
	bool ok = record && restrict_one(db, record, on, reason, &change, err);
	json_decref(record);
	return ok && change_commit(&change, err);
}
