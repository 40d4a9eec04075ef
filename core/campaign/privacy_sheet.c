/* The extract and the certificate on paper; their fields are in docs/PAPER.md. */
#include "campaign/privacy.h"

#include <string.h>

#include <valstuga/date.h>
#include <valstuga/text.h>

#include "base/i18n.h"
#include "register/sheet.h"

#define COLUMNS 5

struct privacy_frame {
	struct sheet_frame frame;
	const json_t *content; /* extract or certificate */
};

static const json_t *
content_of(const struct sheet_frame *frame)
{
	return ((const struct privacy_frame *)(const void *)frame)->content;
}

/* "2 september 2026", from "2026-09-02" or "2026-09-02 14:05". */
static const char *
long_day(struct vs_arena *arena, const char *date)
{
	return date ? sheet_day(arena, vs_arena_copy(arena, date, 10), VS_DATE_DAY) : "";
}

/* The extract -------------------------------------------------------------------------------*/

/* Numbers of rows that stand there in words, too, say nothing to a reader. */
static bool
is_shown(struct vs_arena *arena, const json_t *labels, const char *column)
{
	static const char *const hidden[] = { "id", "person_id", "position",
		"fingerprint", "noun", "object", "wording_id", NULL };
	const char *plain = privacy_plain(arena, column);
	for (const char *const *name = hidden; *name; name++)
		if (strcmp(*name, column) == 0)
			return false;
	return strcmp(plain, column) == 0 || !json_object_get(labels, plain);
}

static const char *
cell(struct vs_arena *arena, const json_t *section, const json_t *row, const char *column)
{
	return privacy_text(arena, privacy_worded(record_string(section, "table")),
		column, json_object_get(row, column));
}

static json_t *
pairs_of(struct vs_arena *arena, const json_t *section, const json_t *row)
{
	json_t *labels = json_object_get(section, "labels"), *label,
	       *pairs = json_array();
	const char *column;
	json_object_foreach (labels, column, label) {
		const char *text = is_shown(arena, labels, column)
			? cell(arena, section, row, column)
			: "";
		if (*text)
			json_array_append_new(pairs,
				json_pack("{s:O, s:s}", "label", label, "value", text));
	}
	return pairs;
}

/* What has no column of its own: "label: value; label: value". */
static const char *
rest_of(struct vs_arena *arena, const json_t *section, const json_t *row,
	const char *const *columns, size_t count)
{
	json_t *labels = json_object_get(section, "labels");
	const char *text = "";
	for (size_t i = COLUMNS - 1; i < count; i++) {
		const char *value = cell(arena, section, row, columns[i]);
		if (*value)
			text = vs_arena_printf(arena, "%s%s%s: %s", text,
				*text ? "; " : "", record_string(labels, columns[i]),
				value);
	}
	return text;
}

static json_t *
cells_of(struct vs_arena *arena, const json_t *section, const json_t *row,
	const char *const *columns, size_t count)
{
	static const char *const names[COLUMNS] = { "a", "b", "c", "d", "e" };
	json_t *labels = json_object_get(section, "labels"), *cells = json_object();
	for (size_t i = 0; i < COLUMNS; i++) {
		const char *text = "";
		if (i == COLUMNS - 1 && count > COLUMNS)
			text = row ? rest_of(arena, section, row, columns, count)
				   : _("besides");
		else if (i < count)
			text = row ? cell(arena, section, row, columns[i])
				   : record_string(labels, columns[i]);
		record_put(cells, names[i], text);
	}
	return cells;
}

static json_t *
table_of(struct vs_arena *arena, const json_t *section)
{
	json_t *labels = json_object_get(section, "labels"), *label, *row;
	const char **columns =
		vs_arena_alloc(arena, (json_object_size(labels) + 1) * sizeof *columns);
	size_t count = 0, i;
	const char *column;
	json_object_foreach (labels, column, label)
		if (is_shown(arena, labels, column))
			columns[count++] = column;
	json_t *rows = json_array();
	json_array_foreach (json_object_get(section, "rows"), i, row)
		json_array_append_new(
			rows, cells_of(arena, section, row, columns, count));
	return json_pack("{s:s, s:o, s:o}", "caption", "", "head",
		cells_of(arena, section, NULL, columns, count), "rows", rows);
}

/* Upper case first: record types' labels begin small. */
static const char *
heading(struct vs_arena *arena, const char *title)
{
	char *copy = vs_arena_text(arena, title);
	if (*copy >= 'a' && *copy <= 'z')
		*copy = (char)(*copy - 32);
	return copy;
}

/* One row reads better as pairs, many as a table; a table of one column would be no table. */
static json_t *
section_sheet(struct vs_arena *arena, const json_t *section)
{
	json_t *rows = json_object_get(section, "rows"), *sheet = json_object();
	record_put(sheet, "heading", heading(arena, record_string(section, "title")));
	record_put(sheet, "about", "");
	record_put(sheet, "nothing", json_array_size(rows) ? "" : _("Nothing."));
	bool single = json_array_size(rows) == 1;
	json_object_set_new(sheet, "pairs",
		single ? pairs_of(arena, section, json_array_get(rows, 0))
		       : json_array());
	json_t *tables = json_array();
	if (json_array_size(rows) > 1)
		json_array_append_new(tables, table_of(arena, section));
	json_object_set_new(sheet, "tables", tables);
	return sheet;
}

static json_t *
controller_of(struct vs_db *db, struct vs_arena *arena, const struct vs_campaign *c,
	struct vs_error *err)
{
	json_t *campaign = vs_record_get(db, &vs_campaign_type, "1", err);
	if (!campaign)
		return NULL;
	const char *name = record_string(campaign, "controller_name");
	if (!name)
		name = vs_arena_printf(arena, "%s %s", c->party_name, c->district);
	json_t *controller = sheet_party(&(struct sheet_address){ .name = name }, "",
		record_string(campaign, "controller_phone"));
	record_put(controller, "email", record_string(campaign, "controller_email"));
	json_decref(campaign);
	return controller;
}

/* The first section is the person's row. */
static const char *
keep_until_of(const json_t *extract)
{
	const json_t *first = json_array_get(json_object_get(extract, "sections"), 0);
	return record_string(
		json_array_get(json_object_get(first, "rows"), 0), "keep_until");
}

static bool
fill_extract(struct sheet_frame *f, json_t *sheets, struct vs_error *err)
{
	const json_t *extract = content_of(f);
	json_t *controller = controller_of(f->db, f->arena, &f->campaign, err), *section;
	if (!controller)
		return false;
	const char *name = record_string(extract, "name");
	long long person = record_integer(extract, "person");
	json_t *sheet = sheet_new(sheets, name, "", name), *sections = json_array();
	size_t i;
	json_array_foreach (json_object_get(extract, "sections"), i, section)
		json_array_append_new(sections, section_sheet(f->arena, section));
	record_put(
		sheet, "reference", vs_arena_printf(f->arena, _("person %lld"), person));
	record_put(sheet, "requested_on", "");
	record_put(
		sheet, "made_on", long_day(f->arena, record_string(extract, "made_at")));
	json_object_set_new(sheet, "controller", controller);
	json_object_set_new(sheet, "sections", sections);
	record_put(json_array_get(sections, 0), "about",
		privacy_source(f->arena, keep_until_of(extract)));
	record_put(sheet, "notes", "");
	record_put(sheet, "destroy_by", ""); /* it is the person's own */
	return register_sheet(
		f->db, vs_arena_printf(f->arena, "RU-%04lld", person), sheet, err);
}

json_t *
vs_extract_sheet_view(struct vs_db *db, const char *person, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	json_t *extract = vs_person_extract(db, person, err);
	if (!extract)
		return NULL;
	struct privacy_frame frame = {
		.frame = { .db = db,
			.arena = scratch.arena,
			.name = "extract",
			.title = N_("Extract from the register"),
			.nothing = N_("there is nothing to print"),
			.fill = fill_extract },
		.content = extract,
	};
	json_t *view = sheet_frame_view(&frame.frame, err);
	json_decref(extract);
	return view;
}

/* The certificate ---------------------------------------------------------------------------*/

const struct vs_choice privacy_categories[] = {
	{ "volunteer", N_("volunteers") },
	{ "candidate", N_("candidates of past elections") },
	{ "carrier", N_("drivers") },
	{ "member", N_("members") },
	{ "other", N_("others") },
	{ 0 },
};

static const char *
count_text(struct vs_arena *arena, int64_t count)
{
	return vs_text_number(arena, count);
}

static void
add_row(struct vs_arena *arena, json_t *rows, const char *category, int64_t before,
	int64_t erased, const char *reason)
{
	json_array_append_new(rows,
		json_pack("{s:s, s:s, s:s, s:s, s:s}", "category",
			heading(arena, category), "before", count_text(arena, before),
			"erased", count_text(arena, erased), "kept",
			count_text(arena, before - erased), "reason", reason));
}

/* Reasons and how many; from the answer's people or the stored counts. */
static json_t *
kept_reasons(const json_t *certificate)
{
	json_t *stored = json_object_get(certificate, "kept_by_reason"), *one;
	if (stored)
		return json_incref(stored);
	json_t *reasons = json_object();
	size_t i;
	json_array_foreach (json_object_get(certificate, "kept"), i, one) {
		const char *reason = record_string(one, "reason");
		json_object_set_new(reasons, reason,
			json_integer(record_integer(reasons, reason) + 1));
	}
	return reasons;
}

static json_t *
rows_of(struct vs_arena *arena, const json_t *certificate)
{
	json_t *rows = json_array(), *count, *table, *reasons = kept_reasons(certificate);
	const char *name;
	size_t i;
	json_object_foreach (json_object_get(certificate, "by_reason"), name, count)
		add_row(arena, rows,
			vs_arena_printf(arena, _("people: %s"),
				record_choice(privacy_categories, name)),
			json_integer_value(count), json_integer_value(count), "");
	json_object_foreach (reasons, name, count)
		add_row(arena, rows, _("people who are still kept"),
			json_integer_value(count), 0, name);
	json_decref(reasons);
	int64_t entries = record_integer(certificate, "signups");
	if (entries)
		add_row(arena, rows, _("sign-ups that nobody took up"), entries, entries,
			"");
	json_array_foreach (json_object_get(certificate, "tables"), i, table)
		add_row(arena, rows, privacy_title(arena, record_string(table, "table")),
			record_integer(table, "before"), record_integer(table, "erased"),
			record_true(table, "removed")
				? ""
				: _("the rows stay as counts, without the person"));
	return rows;
}

static json_t *
remains_of(struct vs_arena *arena, const json_t *certificate)
{
	json_t *remains = json_array(), *left = json_object_get(certificate, "left");
	int64_t count = json_is_array(left) ? (int64_t)json_array_size(left)
					    : json_integer_value(left);
	json_array_append_new(remains,
		json_pack("{s:s}", "text",
			heading(arena, record_string(certificate, "backups"))));
	if (count)
		json_array_append_new(remains,
			json_pack("{s:s}", "text",
				vs_arena_printf(arena,
					P_("%lld text was left: it may be about somebody "
					   "else of the same name, or names a place",
						"%lld texts were left: they may be about "
						"somebody else of the same name, or name a "
						"place",
						count),
					(long long)count)));
	json_array_append_new(remains,
		json_pack("{s:s}", "text",
			_("Printed rosters, call lists and sheets are destroyed by those who "
			  "hold them.")));
	return remains;
}

static bool
fill_certificate(struct sheet_frame *f, json_t *sheets, struct vs_error *err)
{
	const json_t *c = content_of(f);
	int64_t before = record_integer(c, "before"),
		people = record_integer(c, "people");
	const char *number =
		vs_arena_printf(f->arena, "%lld", (long long)record_integer(c, "number"));
	json_t *sheet = sheet_new(sheets, f->campaign.title, "", "");
	record_put(
		sheet, "reference", vs_arena_printf(f->arena, _("retention %s"), number));
	record_put(sheet, "made_on", record_string(c, "at"));
	record_put(sheet, "made_by", record_string(c, "actor"));
	record_put(sheet, "destroy_by", "");
	record_put(sheet, "rule",
		_("Everybody is kept until a day that is set when they come into the register."));
	record_put(sheet, "reason",
		vs_arena_printf(f->arena, _("The day had passed on %s."),
			long_day(f->arena, record_string(c, "on"))));
	json_object_set_new(sheet, "rows", rows_of(f->arena, c));
	json_object_set_new(sheet, "total",
		json_pack("{s:s, s:s, s:s}", "before", count_text(f->arena, before),
			"erased", count_text(f->arena, people), "kept",
			count_text(f->arena, before - people)));
	json_object_set_new(sheet, "remains", remains_of(f->arena, c));
	json_object_set_new(sheet, "signers",
		json_pack("[{s:s, s:s}, {s:s, s:s}]", "role", _("Done by"), "name", "",
			"role", _("Checked by"), "name", ""));
	record_put(sheet, "notes", "");
	return register_sheet(
		f->db, vs_arena_printf(f->arena, "GP-%s", number), sheet, err);
}

json_t *
vs_certificate_sheet_view(
	struct vs_db *db, const json_t *certificate, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct privacy_frame frame = {
		.frame = { .db = db,
			.arena = scratch.arena,
			.name = "certificate",
			.title = N_("Certificate of erasure"),
			.nothing = N_("there is nothing to print"),
			.fill = fill_certificate },
		.content = certificate,
	};
	if (json_is_integer(json_object_get(certificate, "number")))
		return sheet_frame_view(&frame.frame, err);
	vs_fail(err, VS_NOT_FOUND,
		_("nobody was erased, so there is no certificate; 'valstuga retention --past' "
		  "lists those there are"));
	return NULL;
}
