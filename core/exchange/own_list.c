/*
 * Our own list layout: position;name;ballot_text;declaration;consent, in English or Swedish,
 * so that an annual meeting's spreadsheet becomes a list. Position may be empty: then the
 * rows' order counts. Declaration and consent are a date, ja, nej or empty (not known).
 */
#include "exchange/exchange.h"

#include <stdlib.h>
#include <string.h>

#include <valstuga/ballots.h>
#include <valstuga/date.h>
#include <valstuga/text.h>

#include "base/i18n.h"

enum head { POSITION, NAME, BALLOT_TEXT, DECLARATION, CONSENT, HEAD_COUNT };

#define NAMES_MAX 3

/* Folded, without blanks and underscores, as heads_fold() makes them. */
static const char *const heads[HEAD_COUNT][NAMES_MAX] = {
	[POSITION] = { "position", "plats", "nr" },
	[NAME] = { "name", "namn" },
	[BALLOT_TEXT] = { "ballottext", "textpåvalsedeln", "valsedelstext" },
	[DECLARATION] = { "declaration", "förklaring" },
	[CONSENT] = { "consent", "samtycke" },
};

static int
head_of(const char *folded)
{
	for (int head = 0; head < HEAD_COUNT; head++)
		for (int i = 0; i < NAMES_MAX && heads[head][i]; i++)
			if (strcmp(heads[head][i], folded) == 0)
				return head;
	return -1;
}

/* Where each head stands in the file, -1 for none; false for a head of something else. */
static bool
find_heads(const struct rows *rows, int at[HEAD_COUNT])
{
	for (int head = 0; head < HEAD_COUNT; head++)
		at[head] = -1;
	for (size_t i = 0; i < rows->head_count; i++) {
		int head = head_of(heads_fold(rows->run->arena, rows->heads[i]));
		if (head < 0 || at[head] >= 0)
			return false;
		at[head] = (int)i;
	}
	return true;
}

/* Said to be a list, names are enough; else the heads must be those of nothing else. */
bool
own_list_recognise(const struct rows *rows)
{
	int at[HEAD_COUNT];
	const struct vs_import_options *options = rows->run->options;
	bool meant = options->list || options->kind || options->kommun;
	return find_heads(rows, at) && at[NAME] >= 0 && (meant || at[POSITION] >= 0);
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
	struct names seen; /* folded name -> entry */
	struct pile entries;
};

static const char *
cell(const struct own_list *own, enum head head)
{
	return own->at[head] < 0 ? "" : rows_cell(own->rows, (size_t)own->at[head]);
}

/* What the file calls it, for messages. */
static const char *
label(const struct own_list *own, enum head head)
{
	return own->at[head] < 0 ? heads[head][0] : own->rows->heads[own->at[head]];
}

/* Words for an answer, and what they are as a choice of the record. */
static const char *
paper_of(const char *folded)
{
	static const char *const words[][2] = { { "ja", "yes" }, { "j", "yes" },
		{ "yes", "yes" }, { "nej", "no" }, { "n", "no" }, { "no", "no" },
		{ "irrelevant", "irrelevant" }, { "unknown", "unknown" } };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i][0], folded) == 0)
			return words[i][1];
	return NULL;
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
	if (!*text)
		return true;
	bool dated = vs_date_parse(text, &date, &ignored);
	const char *answer = dated ? "yes" : paper_of(vs_text_fold(scratch.arena, text));
	if (!answer)
		return rows_refuse(own->rows, own->rows->line, label(own, head),
			_("leave it empty when it is not known"), err,
			_("\"%.40s\" is neither a date (2026-02-03), ja nor nej"), text);
	json_object_set_new(values, field, json_string(answer));
	if (dated)
		json_object_set_new(values,
			vs_arena_printf(scratch.arena, "%s_on", field),
			json_string(text));
	return true;
}

static bool
take_position(struct own_list *own, struct entry *entry, struct vs_error *err)
{
	const char *text = cell(own, POSITION);
	entry->position = (int64_t)own->entries.count + 1;
	if (!*text || (vs_text_to_integer(text, &entry->position) && entry->position > 0))
		return true;
	return rows_refuse(own->rows, own->rows->line, label(own, POSITION),
		_("number the rows 1, 2, 3 ..., or leave the column empty"), err,
		_("\"%.40s\" is not a number from 1"), text);
}

/* A person stands once on a list; two of the same name are too easily one row too many. */
static bool
check_namesake(
	struct own_list *own, struct entry *entry, const char *name, struct vs_error *err)
{
	const char *folded = vs_text_fold(own->rows->run->arena, name);
	const struct entry *before = names_get(&own->seen, folded);
	names_put(&own->seen, folded, entry);
	if (!before)
		return true;
	return rows_refuse(own->rows, entry->line, label(own, NAME),
		_("take one of the rows away; if they are two people, add the other afterwards "
		  "with 'valstuga person add' and 'valstuga candidate add --person'"),
		err, _("%s stands in the file already (%s)"), name,
		tally_where(own->rows->run, before->line));
}

static bool
take_row(struct own_list *own, struct vs_error *err)
{
	struct vs_arena *arena = own->rows->run->arena;
	struct entry *entry = vs_arena_alloc(arena, sizeof *entry);
	const char *name = cell(own, NAME);
	entry->line = own->rows->line;
	if (!*name)
		return rows_refuse(own->rows, entry->line, label(own, NAME),
			_("give it or take the row away"), err, _("the name is missing"));
	if (!check_namesake(own, entry, name, err) || !take_position(own, entry, err))
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
			return rows_refuse(own->rows, entry->line, label(own, POSITION),
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
	struct own_list own = { .rows = rows, .seen.arena = rows->run->arena };
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
