/* Batches for a whole week or all kommuner in one command, each with its own code. */
#include "field/flyer.h"
#include "field/shift.h"

#include <string.h>

#include "base/i18n.h"

/* One command that makes many. */
struct adding {
	struct vs_db *db;
	struct vs_arena *arena;
	const json_t *values;
	int64_t text;
	bool again, dry_run;
	const char *today;
	json_t *view;
	size_t left_out;
};

/* True when what it would be for has a batch with that text which is on. */
static bool
is_there(const struct adding *a, const char *kommun, int64_t activity, bool *ret_there,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_there = false;
	if (a->again)
		return true;
	if (!stmt_open(&q, a->db,
		    SQL("SELECT 1 FROM flyer WHERE text_id = ? AND off_at IS NULL"
			" AND coalesce(expires_on, '9') >= ? AND kommun_code IS ?"
			" AND coalesce(activity_id, 0) = ? AND association_id IS NULL"
			" AND shift_id IS NULL"),
		    err))
		return false;
	stmt_bind(&q, a->text);
	stmt_bind(&q, a->today);
	stmt_bind(&q, kommun);
	stmt_bind(&q, activity);
	*ret_there = stmt_row(&q, err);
	return err->code == VS_OK;
}

/* A batch for a kommun or (`activity` > 0) an activity, unless there is one. */
static bool
add_one(struct adding *a, const char *kommun, int64_t activity, struct vs_error *err)
{
	struct flyer_batch batch;
	bool there;
	if (!is_there(a, kommun, activity, &there, err))
		return false;
	if (there) {
		a->left_out++;
		return true;
	}
	json_t *values = json_copy((json_t *)(uintptr_t)a->values);
	json_object_set_new(values, kommun ? "kommun" : "activity",
		kommun ? json_string(kommun) : json_integer(activity));
	bool ok = flyer_insert(a->db, a->arena, values, &batch, err);
	json_decref(values);
	if (ok)
		json_array_append_new(json_object_get(a->view, "flyers"),
			json_pack("{s:o, s:o, s:s}", "flyer",
				a->dry_run ? json_null() : json_integer(batch.id), "code",
				a->dry_run ? json_null()
					   : json_string(flyer_code_text(
						     a->arena, batch.code)),
				"target", flyer_target(a->arena, &batch)));
	return ok;
}

static bool
add_kommuner(struct adding *a, const struct vs_shift_filter *f, struct vs_error *err)
{
	const char *only;
	json_t *kommun;
	size_t i;
	if (f->from || f->until)
		return vs_fail(err, VS_USAGE,
			_("flyers for all kommuner have no day; leave out --from and --until"));
	if (!shift_find_key(a->db, a->arena, &vs_kommun_type, f->kommun, &only, err))
		return false;
	json_t *wanted = json_pack("{s:b}", "in_district", 1);
	if (f->association)
		json_object_set_new(wanted, "association", json_string(f->association));
	json_t *all = vs_record_list(a->db, &vs_kommun_type, wanted, err);
	json_decref(wanted);
	json_array_foreach (all, i, kommun)
		if ((!only || strcmp(only, record_string(kommun, "code")) == 0) &&
			!add_one(a, record_string(kommun, "code"), 0, err))
			break;
	json_decref(all);
	return err->code == VS_OK;
}

/* Those that the public is invited to and that are still to come. */
static bool
add_activities(struct adding *a, const struct vs_shift_filter *f, struct vs_error *err)
{
	struct field_world world;
	if (!field_world_read(a->db, a->arena, f, &world, err))
		return false;
	for (size_t i = 0; i < world.activity_count; i++) {
		const struct field_activity *activity = &world.activities[i];
		if (strcmp(activity->visibility, "public") == 0 && !activity->cancelled &&
			activity->ends_at > world.now &&
			!add_one(a, NULL, activity->id, err))
			return false;
	}
	return true;
}

static bool
add_all(struct adding *a, const char *what, const struct vs_shift_filter *filter,
	struct vs_error *err)
{
	const char *text = record_string(a->values, "text");
	if (!text)
		return vs_fail(err, VS_USAGE,
			_("which text? Give --text; 'valstuga flyer-text list' shows them"));
	json_t *record = vs_record_get(a->db, &vs_flyer_text_type, text, err);
	a->text = record_integer(record, "id");
	json_decref(record);
	if (!record)
		return false;
	if (strcmp(what, "kommuner") == 0)
		return add_kommuner(a, filter, err);
	if (strcmp(what, "activities") == 0)
		return add_activities(a, filter, err);
	return vs_fail(err, VS_USAGE,
		_("flyers for all \"%s\"? There are kommuner and activities"), what);
}

json_t *
vs_flyer_add_all(struct vs_db *db, const char *what, const json_t *values,
	const struct vs_shift_filter *filter, bool again, bool dry_run,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	struct vs_date today;
	char day[11];
	struct adding a = { .db = db,
		.arena = scratch.arena,
		.values = values,
		.again = again,
		.dry_run = dry_run };
	if (!vs_clock_today(&today, err) ||
		!change_begin(&change, db, "flyer add-all", err))
		return NULL;
	a.today = vs_date_format(today, day);
	a.view = json_pack("{s:[]}", "flyers");
	bool ok = add_all(&a, what, filter, err);
	size_t count = json_array_size(json_object_get(a.view, "flyers"));
	json_object_set_new(a.view, "left_out", json_integer((json_int_t)a.left_out));
	/* A dry run rolls back; and what changes nothing has no line in the history. */
	if (ok && count && !dry_run) {
		change_say(&change, "flyer", NULL, P_("%zu for %s", "%zu for %s", count),
			count, what);
		ok = change_commit(&change, err);
	}
	if (ok)
		return a.view;
	json_decref(a.view);
	return NULL;
}
