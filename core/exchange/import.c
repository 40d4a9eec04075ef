/*
 * An import: every file is read, recognised, compared and written in one transaction. With
 * dry_run, and when nothing differs, the transaction is rolled back and leaves no trace.
 */
#include "exchange/geojson.h"
#include "exchange/model.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

#define TYPES_MAX 64 /* record types that one run can import, and more */

/* A file; its bytes are read when its turn comes, unless they are given. */
struct input {
	const char *name;
	char *bytes;
	size_t length;
};

typedef bool import_rows(struct rows *rows, struct vs_error *err);

static import_rows *const importers[LAYOUT_COUNT] = {
	[LAYOUT_POLLING] = polling_import,
	[LAYOUT_RECEIVED] = received_import,
	[LAYOUT_ADVANCE] = advance_import,
	[LAYOUT_CANDIDATES] = candidates_import,
	[LAYOUT_PARTICIPATION] = participation_import,
	[LAYOUT_REGION] = results_import,
	[LAYOUT_KOMMUN] = results_import,
	[LAYOUT_RIKSDAG] = results_import,
	[LAYOUT_ELIGIBLE] = results_import,
};

/* Our own layouts first: they match exactly or not at all. */
static bool
import_rows_of(struct rows *rows, struct vs_error *err)
{
	struct tally *tally = &rows->run->tally;
	if (rows->borders) {
		tally->format = "geojson";
		tally->format_name = _("borders");
		return geojson_import(rows, err) && model_flush(rows->run, err);
	}
	rows->own = true;
	if (own_list_recognise(rows)) {
		tally->format = "list";
		tally->format_name = _("candidate list");
		return own_list_import(rows, err) && model_forget(rows->run, err);
	}
	const struct vs_record_type *type = heads_record_type(rows);
	if (type) {
		tally->format = type->noun;
		tally->format_name = _(type->label);
		return records_import(rows, type, err) && model_forget(rows->run, err);
	}
	rows->own = false;
	if (!heads_recognise(rows, err))
		return false;
	tally->format = heads_name(rows->layout);
	tally->format_name = heads_label(rows->layout);
	return importers[rows->layout](rows, err) && model_flush(rows->run, err);
}

static bool
read_bytes(struct import *run, const char *name, char *bytes, size_t length,
	json_t *reports, struct vs_error *err)
{
	struct rows rows;
	tally_begin(run, name);
	bool ok = rows_open(&rows, run, name, bytes, length, err) &&
		import_rows_of(&rows, err);
	if (ok && run->tally.rows == 0)
		tally_problem(run, SEVERITY_WARNING, 0, NULL, _("fetch the file again"),
			_("the file has heads but no rows"));
	if (ok)
		json_array_append_new(reports, tally_report(&run->tally));
	return ok;
}

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash && slash[1] ? slash + 1 : path;
}

/* What the history says: the files, then what they added (+) and changed (~) together. */
struct summary {
	struct vs_buffer files;
	struct count counts[NOUN_COUNT + TYPES_MAX];
	size_t count;
};

static struct count *
find_count(struct summary *summary, const char *noun)
{
	for (size_t i = 0; i < summary->count; i++)
		if (strcmp(summary->counts[i].noun, noun) == 0)
			return &summary->counts[i];
	assert(summary->count < NOUN_COUNT + TYPES_MAX);
	struct count *count = &summary->counts[summary->count++];
	count->noun = noun;
	return count;
}

static void
summarise(struct summary *summary, const struct tally *tally)
{
	vs_buffer_printf(&summary->files, "%s%s", summary->files.length ? ", " : "",
		base_name(tally->file));
	for (size_t i = 0; i <= NOUN_COUNT; i++) {
		const struct count *c = &tally->counts[i];
		if (!c->added && !c->changed)
			continue;
		struct count *sum = find_count(summary, c->noun);
		sum->added += c->added;
		sum->changed += c->changed;
	}
}

static const char *
history_text(struct import *run, const struct summary *summary)
{
	VS_AUTO(vs_buffer) text = { 0 };
	vs_buffer_text(&text, summary->files.data);
	for (size_t i = 0; i < summary->count; i++) {
		const struct count *c = &summary->counts[i];
		vs_buffer_printf(&text, "%s%s", i ? ", " : ": ", c->noun);
		if (c->added)
			vs_buffer_printf(&text, " +%zu", c->added);
		if (c->changed)
			vs_buffer_printf(&text, " ~%zu", c->changed);
	}
	return vs_arena_text(run->arena, text.data);
}

static bool
import_files(struct import *run, struct input *inputs, size_t count, json_t *reports,
	struct summary *summary, struct vs_error *err)
{
	for (size_t i = 0; i < count; i++) {
		struct input *in = &inputs[i];
		if (!in->bytes &&
			!vs_file_read(run->arena, in->name, &in->bytes, &in->length, err))
			return false;
		bool ok = read_bytes(run, in->name, in->bytes, in->length, reports, err);
		if (ok && tally_changed(&run->tally))
			summarise(summary, &run->tally);
		tally_done(&run->tally);
		if (!ok)
			return false;
	}
	return true;
}

static bool
check_options(struct import *run, struct vs_error *err)
{
	const struct vs_import_options *o = run->options;
	struct vs_date day;
	if (o->election_day && !vs_date_parse(o->election_day, &day, err))
		return false;
	if (o->kind && !codes_kind(o->kind))
		return vs_fail(err, VS_INVALID,
			_("--kind: \"%.40s\" is not one of RD, RF, KF, EP"), o->kind);
	return true;
}

static bool
begin(struct import *run, struct vs_db *db, const struct vs_import_options *options,
	struct vs_error *err)
{
	run->db = db;
	run->options = options;
	if (!vs_campaign_get(db, run->arena, &run->campaign, err) ||
		!check_options(run, err))
		return false;
	run->election_day = options->election_day ? options->election_day
						  : run->campaign.election_day;
	return model_begin(run, err);
}

static json_t *
run_import(struct import *run, struct vs_db *db, struct input *inputs, size_t count,
	const struct vs_import_options *options, struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	struct summary summary = { 0 };
	if (!change_begin(&change, db, "import", err) || !begin(run, db, options, err))
		return NULL;
	json_t *reports = json_array();
	bool ok = import_files(run, inputs, count, reports, &summary, err);
	bool changed = summary.count > 0;
	if (ok && changed && !options->dry_run) {
		change_say(&change, NULL, NULL, "%s", history_text(run, &summary));
		ok = change_commit(&change, err);
	}
	vs_buffer_done(&summary.files);
	if (ok)
		return json_pack("{s:b, s:b, s:o}", "dry_run", options->dry_run,
			"changed", changed, "files", reports);
	json_decref(reports);
	return NULL;
}

static json_t *
import_inputs(struct vs_db *db, struct input *inputs, size_t count,
	const struct vs_import_options *options, struct vs_arena *arena,
	struct vs_error *err)
{
	static const struct vs_import_options plain = { 0 };
	struct import run = { .arena = arena };
	json_t *report =
		run_import(&run, db, inputs, count, options ? options : &plain, err);
	if (run.model)
		json_decref(run.model->keep);
	return report;
}

json_t *
import_bytes(struct vs_db *db, const char *name, const char *bytes, size_t length,
	const struct vs_import_options *options, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct input input = { name, vs_arena_copy(scratch.arena, bytes, length),
		length };
	return import_inputs(db, &input, 1, options, scratch.arena, err);
}

json_t *
vs_import(struct vs_db *db, const char *const *files, size_t file_count,
	const struct vs_import_options *options, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct input *inputs =
		vs_arena_alloc(scratch.arena, (file_count + 1) * sizeof *inputs);
	for (size_t i = 0; i < file_count; i++)
		inputs[i].name = files[i];
	return import_inputs(db, inputs, file_count, options, scratch.arena, err);
}
