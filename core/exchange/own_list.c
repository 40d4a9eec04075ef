/*
 * Our own list layout: position;name;ballot_text;declaration;consent, so that an annual
 * meeting's spreadsheet becomes a list. Position may be empty: then the rows' order counts.
 * Declaration and consent are a date, ja, nej or empty (not known).
 */
#include "exchange/exchange.h"

#include <stdlib.h>
#include <string.h>

#include <valstuga/ballots.h>
#include <valstuga/date.h>
#include <valstuga/text.h>

#include "base/i18n.h"

enum head { POSITION, NAME, BALLOT_TEXT, DECLARATION, CONSENT, HEAD_COUNT };

static const char *const heads[] = {
	[POSITION] = "position",
	[NAME] = "name",
	[BALLOT_TEXT] = "ballottext",
	[DECLARATION] = "declaration",
	[CONSENT] = "consent",
};

/* Where each head stands in the file, -1 for none; false for a head of something else. */
static bool
find_heads(const struct rows *rows, int at[HEAD_COUNT])
{
	for (int head = 0; head < HEAD_COUNT; head++)
		at[head] = -1;
	for (size_t i = 0; i < rows->head_count; i++) {
		const char *folded = heads_fold(rows->run->arena, rows->heads[i]);
		int head = 0;
		while (head < HEAD_COUNT && strcmp(heads[head], folded) != 0)
			head++;
		if (head == HEAD_COUNT || at[head] >= 0)
			return false;
		at[head] = (int)i;
	}
	return true;
}

bool
own_list_recognise(const struct rows *rows)
{
	int at[HEAD_COUNT];
	return find_heads(rows, at) && at[POSITION] >= 0 && at[NAME] >= 0;
}

/* A row of the file while the list is put in order. */
struct entry {
	int64_t position;
	size_t line;
	json_t *values;
};

struct own_list {
	struct rows *rows;
	int at[HEAD_COUNT];
	struct pile entries;
};

static const char *
cell(const struct own_list *own, enum head head)
{
	return own->at[head] < 0 ? "" : rows_cell(own->rows, (size_t)own->at[head]);
}

/* A date means yes, on that day; ja and nej are taken as they are. */
static bool
take_paper(struct own_list *own, enum head head, const char *field, json_t *values,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_error ignored = { 0 };
	struct vs_date date;
	const char *text = cell(own, head);
	const char *folded = vs_text_fold(scratch.arena, text);
	if (!*text)
		return true;
	if (vs_date_parse(text, &date, &ignored)) {
		json_object_set_new(values, field, json_string("yes"));
		json_object_set_new(values,
			vs_arena_printf(scratch.arena, "%s_on", field),
			json_string(text));
		return true;
	}
	bool yes = strcmp(folded, "ja") == 0 || strcmp(folded, "j") == 0;
	bool no = strcmp(folded, "nej") == 0 || strcmp(folded, "n") == 0;
	if (!yes && !no)
		return rows_refuse(own->rows, own->rows->line, field,
			_("leave it empty when it is not known"), err,
			_("\"%.40s\" is neither a date (2026-02-03), ja nor nej"), text);
	json_object_set_new(values, field, json_string(yes ? "yes" : "no"));
	return true;
}

static bool
take_position(struct own_list *own, struct entry *entry, struct vs_error *err)
{
	const char *text = cell(own, POSITION);
	entry->position = (int64_t)own->entries.count + 1;
	if (!*text || (vs_text_to_integer(text, &entry->position) && entry->position > 0))
		return true;
	return rows_refuse(own->rows, own->rows->line, "position",
		_("number the rows 1, 2, 3 ..., or leave the column empty"), err,
		_("\"%.40s\" is not a number from 1"), text);
}

static bool
take_row(struct own_list *own, struct vs_error *err)
{
	struct vs_arena *arena = own->rows->run->arena;
	struct entry *entry = vs_arena_alloc(arena, sizeof *entry);
	const char *name = cell(own, NAME);
	entry->line = own->rows->line;
	if (!*name)
		return rows_refuse(own->rows, entry->line, "name",
			_("give it or take the row away"), err, _("the name is missing"));
	if (!take_position(own, entry, err))
		return false;
	entry->values = json_pack("{s:s}", "name", name);
	pile_add(arena, &own->entries, entry);
	if (own->at[BALLOT_TEXT] >= 0)
		json_object_set_new(entry->values, "ballot_text",
			json_string(cell(own, BALLOT_TEXT)));
	return take_paper(own, DECLARATION, "declaration", entry->values, err) &&
		take_paper(own, CONSENT, "consent", entry->values, err);
}

static int
by_position(const void *a, const void *b)
{
	const struct entry *first = *(struct entry *const *)a;
	const struct entry *second = *(struct entry *const *)b;
	return (first->position > second->position) -
		(first->position < second->position);
}

/* 1..n, each once. */
static bool
check_positions(struct own_list *own, struct vs_error *err)
{
	for (size_t i = 0; i < own->entries.count; i++) {
		const struct entry *entry = own->entries.items[i];
		if (entry->position != (int64_t)i + 1)
			return rows_refuse(own->rows, entry->line, "position",
				_("number the rows 1, 2, 3 ... without gaps, each number once"),
				err, _("%lld stands where %zu was expected"),
				(long long)entry->position, i + 1);
	}
	return true;
}

static bool
read_rows(struct own_list *own, struct vs_error *err)
{
	while (rows_next(own->rows, err)) {
		own->rows->run->tally.taken++;
		if (!take_row(own, err))
			return false;
	}
	if (err->code != VS_OK)
		return false;
	if (own->entries.count == 0)
		return vs_fail(err, VS_INVALID,
			_("%s: the list has no names; nothing was imported"),
			own->rows->name);
	qsort(own->entries.items, own->entries.count, sizeof *own->entries.items,
		by_position);
	return check_positions(own, err);
}

static json_t *
target(const struct vs_import_options *options)
{
	json_t *where = json_object();
	if (options->list)
		json_object_set_new(where, "list", json_string(options->list));
	if (options->kind)
		json_object_set_new(where, "kind", json_string(options->kind));
	if (options->kommun)
		json_object_set_new(where, "kommun", json_string(options->kommun));
	return where;
}

static void
count(struct import *run, const struct vs_list_filled *filled)
{
	struct count *lists = &run->tally.counts[NOUN_LIST];
	struct count *names = &run->tally.counts[NOUN_CANDIDACY];
	lists->held = 1;
	lists->added = filled->created;
	names->held = filled->added + filled->changed + filled->unchanged;
	names->added = filled->added;
	names->changed = filled->changed + filled->removed;
	if (filled->removed)
		tally_problem(run, SEVERITY_NOTICE, 0, "name",
			_("see the list's versions if that was not meant"),
			_("%zu names were on the list and are not in the file: taken off"),
			filled->removed);
}

static bool
write_list(struct own_list *own, const json_t *candidates, struct vs_error *err)
{
	struct vs_list_filled filled;
	struct vs_error told = { 0 };
	json_t *where = target(own->rows->run->options);
	bool ok = vs_list_fill(own->rows->run->db, where, candidates, &filled, &told);
	json_decref(where);
	if (ok) {
		count(own->rows->run, &filled);
		return true;
	}
	if (!filled.list || (told.code != VS_INVALID && told.code != VS_EXISTS))
		return vs_fail(err, told.code, "%s: %s", own->rows->name, told.text);
	const struct entry *entry = own->entries.items[filled.failed_row];
	return rows_refuse(own->rows, entry->line, NULL,
		_("correct the row and import the file again"), err, "%s", told.text);
}

bool
own_list_import(struct rows *rows, struct vs_error *err)
{
	struct own_list own = { .rows = rows };
	find_heads(rows, own.at);
	bool ok = read_rows(&own, err);
	json_t *candidates = json_array();
	for (size_t i = 0; i < own.entries.count; i++) {
		struct entry *entry = own.entries.items[i];
		json_array_append_new(candidates, entry->values);
	}
	ok = ok && write_list(&own, candidates, err);
	json_decref(candidates);
	return ok;
}
