/*
 * People from a list of elsewhere: looked at first, then written as it was seen, all or
 * nothing. The same list twice changes nothing.
 */
#include "exchange/people.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <valstuga/csv.h>
#include <valstuga/text.h>

#include "base/i18n.h"
#include "store/store.h"

#define PREVIEW_ROWS 5

/* Reading ---------------------------------------------------------------------------------*/

static void
keep_row(struct people_file *file, const struct vs_csv_row *row)
{
	file->rows = vs_arena_grow(
		file->arena, file->rows, file->row_count, sizeof *file->rows);
	struct people_row *kept = &file->rows[file->row_count++];
	*kept = (struct people_row){ .line = row->line, .count = row->count };
	kept->cells = vs_arena_alloc(file->arena, (row->count + 1) * sizeof *kept->cells);
	for (size_t i = 0; i < row->count; i++)
		kept->cells[i] = vs_text_clean(file->arena, row->fields[i]);
}

static void
take_heads(struct people_file *file)
{
	const struct people_row *heads = &file->rows[0];
	file->headless = !people_has_heads(heads);
	file->column_count = heads->count;
	file->columns =
		vs_arena_alloc(file->arena, (heads->count + 1) * sizeof *file->columns);
	for (size_t i = 0; i < heads->count; i++)
		file->columns[i].head = file->headless
			? vs_arena_printf(file->arena, "%zu", i + 1)
			: heads->cells[i];
	if (!file->headless) {
		file->rows++;
		file->row_count--;
	}
	for (size_t i = 0; i < file->column_count; i++)
		for (size_t k = 0; k < file->row_count && !file->columns[i].sample; k++)
			if (i < file->rows[k].count && *file->rows[k].cells[i])
				file->columns[i].sample = file->rows[k].cells[i];
}

static bool
read_file(struct people_file *file, const char *path, struct vs_error *err)
{
	char *bytes;
	size_t length;
	struct vs_csv_row row;
	const char *slash = strrchr(path, '/');
	file->name = slash ? slash + 1 : path;
	if (!vs_file_read(file->arena, path, &bytes, &length, err))
		return false;
	struct vs_csv *csv = vs_csv_open(file->arena, file->name, bytes, length, err);
	while (csv && vs_csv_next(csv, &row, err))
		keep_row(file, &row);
	if (err->code != VS_OK)
		return false;
	file->encoding = vs_csv_encoding(csv) == VS_CSV_UTF8 ? "UTF-8" : "Windows-1252";
	file->separator = vs_csv_separator(csv);
	if (file->row_count)
		take_heads(file);
	return file->row_count ||
		vs_fail(err, VS_INVALID,
			_("%s holds no people; save the sheet with its rows as CSV"),
			file->name);
}

static bool
read_kommuner(struct people_file *file, struct vs_error *err)
{
	size_t i;
	json_t *record, *all = vs_record_list(file->db, &vs_kommun_type, NULL, err);
	if (!all)
		return false;
	json_array_append_new(file->owned, all);
	json_array_foreach (all, i, record) {
		const char *code = record_string(record, "code");
		names_put(&file->kommuner,
			vs_text_fold(file->arena, record_string(record, "name")),
			(void *)(uintptr_t)code);
		names_put(&file->kommuner, code, (void *)(uintptr_t)code);
		names_put(&file->called, code,
			(void *)(uintptr_t)record_string(record, "name"));
		if (record_integer(record, "association"))
			names_put(&file->kommun_associations, code,
				vs_arena_printf(file->arena, "%lld",
					(long long)record_integer(
						record, "association")));
	}
	return true;
}

static bool
read_associations(struct people_file *file, struct vs_error *err)
{
	size_t i;
	json_t *record, *all = vs_record_list(file->db, &vs_association_type, NULL, err);
	if (!all)
		return false;
	json_array_append_new(file->owned, all);
	json_array_foreach (all, i, record) {
		char *number = vs_arena_printf(
			file->arena, "%lld", (long long)record_integer(record, "id"));
		const char *name = record_string(record, "name");
		names_put(&file->associations, vs_text_fold(file->arena, name), number);
		names_put(&file->called, number, (void *)(uintptr_t)name);
	}
	/* A number is one where no association is called so. */
	json_array_foreach (all, i, record) {
		char *number = vs_arena_printf(
			file->arena, "%lld", (long long)record_integer(record, "id"));
		if (!names_get(&file->associations, number))
			names_put(&file->associations, number, number);
	}
	return true;
}

static void
begin(struct people_file *file)
{
	struct names *const indexes[] = { &file->kommuner, &file->associations,
		&file->kommun_associations, &file->known, &file->several,
		&file->namesakes, &file->seen, &file->called };
	for (size_t i = 0; i < sizeof indexes / sizeof *indexes; i++)
		indexes[i]->arena = file->arena;
}

/* The report -------------------------------------------------------------------------------*/

static const char *const whats[] = { "new", "changed", "unchanged", "known", "left_out" };

static json_t *
columns_view(const struct people_file *file)
{
	json_t *columns = json_array();
	for (size_t i = 0; i < file->column_count; i++) {
		const struct people_column *column = &file->columns[i];
		const struct people_field *field = column->field;
		const struct vs_field *described =
			field ? vs_record_field(&vs_person_type, field->name) : NULL;
		const char *label = described ? _(described->label) : "";
		if (field && field->kind == PEOPLE_FIRST)
			label = _("first name");
		if (field && field->kind == PEOPLE_LAST)
			label = _("last name");
		bool hidden = field && field->kind == PEOPLE_PERSONNUMMER;
		json_array_append_new(columns,
			json_pack("{s:s, s:s, s:s, s:s, s:s}", "head", column->head,
				"field", field ? field->name : "-", "label", label, "by",
				column->by ? column->by : "", "sample",
				column->sample && !hidden ? column->sample : ""));
	}
	return columns;
}

static json_t *
preview_view(const struct people_file *file)
{
	json_t *preview = json_array();
	for (size_t i = 0; i < file->row_count && json_array_size(preview) < PREVIEW_ROWS;
		i++) {
		const struct people_row *row = &file->rows[i];
		if (!row->record)
			continue;
		json_t *shown = json_object();
		json_object_set_new(shown, "line", json_integer((json_int_t)row->line));
		json_object_set_new(shown, "what", json_string(whats[row->what]));
		for (size_t k = 0; k < vs_person_type.field_count; k++) {
			const struct vs_field *field = &vs_person_type.fields[k];
			json_t *value = json_object_get(row->record, field->name);
			const char *text = vs_record_text(file->arena, field, value);
			const char *name = field->type == VS_FIELD_REF
				? names_get(&file->called, text)
				: NULL;
			if (!(field->flags & VS_READONLY) && *text &&
				!json_is_false(value))
				json_object_set_new(shown, field->name,
					json_string(name ? name : text));
		}
		json_array_append_new(preview, shown);
	}
	return preview;
}

static size_t
count(const struct people_file *file, enum people_what what)
{
	size_t found = 0;
	for (size_t i = 0; i < file->row_count; i++)
		found += file->rows[i].what == what;
	return found;
}

/* FNV-1a over what would be written, and over what. */
static const char *
plan_code(const struct people_file *file)
{
	uint64_t hash = 0xcbf29ce484222325u;
	for (size_t i = 0; i < file->row_count; i++) {
		const struct people_row *row = &file->rows[i];
		char *text = row->what == PEOPLE_NEW || row->what == PEOPLE_CHANGED
			? json_dumps(row->record, JSON_COMPACT | JSON_SORT_KEYS)
			: NULL;
		for (const char *c = text ? text : ""; *c; c++)
			hash = (hash ^ (unsigned char)*c) * 0x100000001b3u;
		hash = (hash ^ (unsigned)row->what) * 0x100000001b3u;
		free(text);
	}
	return vs_arena_printf(file->arena, "%08" PRIX32, (uint32_t)(hash ^ hash >> 32));
}

static json_t *
report(const struct people_file *file, bool changed, size_t consents)
{
	json_t *people = json_object();
	for (enum people_what what = PEOPLE_NEW; what <= PEOPLE_OUT; what++)
		json_object_set_new(
			people, whats[what], json_integer((json_int_t)count(file, what)));
	return json_pack(
		"{s:s, s:s, s:s, s:s#, s:b, s:b, s:b, s:I, s:o, s:o, s:o, s:I, s:I, s:O}",
		"file", file->name, "plan", plan_code(file), "encoding", file->encoding,
		"separator", &file->separator, 1, "dry_run", file->options->dry_run,
		"changed", changed, "headless", file->headless, "rows",
		(json_int_t)file->row_count, "columns", columns_view(file), "preview",
		preview_view(file), "people", people, "consents", (json_int_t)consents,
		"errors", (json_int_t)file->errors, "problems", file->problems);
}

/* Writing ---------------------------------------------------------------------------------*/

/* One consent, unless it has been given. */
static bool
give_consent(struct people_file *file, int64_t person, json_t *values, size_t *consents,
	struct vs_error *err)
{
	struct vs_error why = { 0 };
	json_object_set_new(values, "person", json_integer(person));
	json_t *record = record_prepare(file->db, &vs_consent_type, NULL, values, &why);
	bool ok = record
		? record_write(file->db, &vs_consent_type, NULL, record, err)
		: why.code == VS_EXISTS || vs_fail(err, why.code, "%s", why.text);
	*consents += record != NULL;
	json_decref(record);
	return ok;
}

/* The newest version of the words, in Swedish when there is one. */
static bool
find_wording(struct people_file *file, int64_t *ret_id, struct vs_error *err)
{
	size_t i;
	const char *name = file->options->consent;
	json_t *record, *all = vs_record_list(file->db, &vs_wording_type, NULL, err);
	*ret_id = 0;
	json_array_foreach (all, i, record) {
		const char *language = record_string(record, "language");
		if (strcasecmp(record_string(record, "name"), name) == 0 &&
			(!*ret_id || strcmp(language, "sv") == 0)) {
			*ret_id = record_integer(record, "id");
			if (strcmp(language, "sv") == 0)
				break; /* of one language the newest stands first */
		}
	}
	json_decref(all);
	if (!all)
		return false;
	return *ret_id ||
		vs_fail(err, VS_NOT_FOUND,
			_("there is no wording \"%s\"; 'valstuga wording list' shows them"),
			name);
}

static bool
write_person(struct people_file *file, struct people_row *row, int64_t *ret_id,
	struct vs_error *err)
{
	*ret_id = row->before ? record_integer(row->before, "id") : 0;
	if (row->what != PEOPLE_NEW && row->what != PEOPLE_CHANGED)
		return true;
	if (!record_write(file->db, &vs_person_type, row->before, row->record, err))
		return false;
	if (!row->before)
		*ret_id = db_last_id(file->db);
	return true;
}

static bool
write_all(struct people_file *file, size_t *consents, struct vs_error *err)
{
	int64_t wording = 0, id;
	json_t *values = NULL;
	bool ok = true;
	if (file->options->consent) {
		if (!find_wording(file, &wording, err))
			return false;
		values = json_pack("{s:s, s:s, s:I, s:s}", "purpose", "shifts", "channel",
			"any", "wording", (json_int_t)wording, "source",
			file->options->source);
	}
	for (size_t i = 0; i < file->row_count && ok; i++) {
		struct people_row *row = &file->rows[i];
		ok = write_person(file, row, &id, err) &&
			(!values || row->what == PEOPLE_OUT ||
				give_consent(file, id, values, consents, err));
	}
	json_decref(values);
	return ok;
}

static bool
refuse_errors(const struct people_file *file, struct vs_error *err)
{
	if (!file->errors)
		return true;
	return vs_fail(err, VS_INVALID,
		P_("%s; nothing was imported (%zu problem: see --dry-run)",
			"%s; nothing was imported (%zu problems: see --dry-run)",
			(int64_t)file->errors),
		file->first_error, file->errors);
}

static bool
check_plan(const struct people_file *file, struct vs_error *err)
{
	const char *wanted = file->options->plan;
	return !wanted || strcmp(wanted, plan_code(file)) == 0 ||
		vs_fail(err, VS_CONFLICT,
			_("the plan is no longer %s but %s; look at it again with --dry-run"),
			wanted, plan_code(file));
}

static bool
check_options(const struct people_file *file, struct vs_error *err)
{
	return !file->options->consent || file->options->source ||
		vs_fail(err, VS_USAGE,
			_("--consent: where it was given is missing; give --source, as in \"list of "
			  "the meeting 3 May\""));
}

static bool
look(struct people_file *file, const char *path, struct vs_error *err)
{
	return check_options(file, err) && read_file(file, path, err) &&
		read_kommuner(file, err) && read_associations(file, err) &&
		people_map(file, err) && people_read_known(file, err) &&
		people_read_rows(file, err);
}

static json_t *
look_only(struct people_file *file, const char *path, struct vs_error *err)
{
	VS_AUTO(snapshot) snapshot = { 0 };
	if (!snapshot_begin(&snapshot, file->db, err) || !look(file, path, err))
		return NULL;
	bool changes = count(file, PEOPLE_NEW) || count(file, PEOPLE_CHANGED);
	return report(file, changes && !file->errors, 0);
}

/* Nothing is left behind, not even a line of the history, when nothing differs. */
static json_t *
take_in(struct people_file *file, const char *path, struct vs_error *err)
{
	size_t consents = 0;
	bool remembered;
	VS_AUTO(change) change = { 0 };
	if (!change_begin(&change, file->db, "person import", err) ||
		!look(file, path, err) || !refuse_errors(file, err) ||
		!check_plan(file, err) || !write_all(file, &consents, err) ||
		!people_remember(file, &remembered, err))
		return NULL;
	size_t added = count(file, PEOPLE_NEW), changed = count(file, PEOPLE_CHANGED);
	change_say(&change, "person", NULL, "%s%s%s: +%zu, ~%zu", file->name,
		file->options->source ? ", " : "",
		file->options->source ? file->options->source : "", added, changed);
	bool any = added || changed || consents || remembered;
	if (any && !change_commit(&change, err))
		return NULL;
	return report(file, any, consents);
}

json_t *
vs_people_import(struct vs_db *db, const char *path,
	const struct vs_people_import *options, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct people_file file = { .db = db,
		.arena = scratch.arena,
		.options = options,
		.owned = json_array(),
		.problems = json_array() };
	begin(&file);
	json_t *view = options->dry_run ? look_only(&file, path, err)
					: take_in(&file, path, err);
	json_decref(file.owned);
	json_decref(file.problems);
	return view;
}
