/* Filling a list from a file: the list becomes what the file says, or stays as it was. */
#include "ballots/ballots.h"

#include <string.h>

#include "base/i18n.h"

/* The list meant, by name or by kind and kommun; NULL without error when there is none. */
static json_t *
find_list(struct vs_db *db, const json_t *target, struct vs_error *err)
{
	const char *named = record_string(target, "list");
	if (named)
		return list_get(db, named, err);
	if (!record_string(target, "kind")) {
		vs_fail(err, VS_USAGE,
			_("which list? give --list, or --kind and for KF --kommun"));
		return NULL;
	}
	json_t *filters = json_pack(
		"{s:b, s:O}", "own", 1, "kind", json_object_get(target, "kind"));
	if (record_string(target, "kommun"))
		json_object_set(filters, "kommun", json_object_get(target, "kommun"));
	json_t *lists = vs_record_list(db, &vs_list_type, filters, err);
	json_decref(filters);
	size_t count = json_array_size(lists);
	json_t *list = count == 1 ? json_incref(json_array_get(lists, 0)) : NULL;
	json_decref(lists);
	if (count > 1)
		vs_fail(err, VS_INVALID,
			_("there are %zu such lists; say which with --list"), count);
	return list;
}

static json_t *
find_or_make(
	struct vs_db *db, const json_t *target, bool *ret_created, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	int64_t id;
	json_t *list = find_list(db, target, err);
	*ret_created = !list && err->code == VS_OK;
	if (!*ret_created || !list_insert(db, target, &id, err))
		return list;
	return list_get(db, vs_arena_printf(scratch.arena, "%lld", (long long)id), err);
}

static json_t *
find_by_name(const json_t *candidates, const char *name)
{
	size_t i;
	json_t *candidate;
	json_array_foreach (candidates, i, candidate)
		if (strcmp(record_string(candidate, "name"), name) == 0)
			return candidate;
	return NULL;
}

/* What the file says of a field is what the list has; what it does not say is equal. */
static bool
same_field(const json_t *given, const json_t *candidate, const char *field)
{
	const char *new = record_string(given, field),
		   *old = record_string(candidate, field);
	if (!json_object_get(given, field))
		return true;
	return strcmp(new &&*new ? new : "", old ? old : "") == 0;
}

static bool
same_print(const json_t *given, const json_t *candidate)
{
	return same_field(given, candidate, "name") &&
		same_field(given, candidate, "ballot_text");
}

static bool
same_papers(const json_t *given, const json_t *candidate)
{
	return same_field(given, candidate, "declaration") &&
		same_field(given, candidate, "declaration_on") &&
		same_field(given, candidate, "consent") &&
		same_field(given, candidate, "consent_on");
}

static bool
same_order(const json_t *given, const json_t *candidates)
{
	size_t i;
	json_t *row;
	if (json_array_size(given) != json_array_size(candidates))
		return false;
	json_array_foreach (given, i, row)
		if (!same_print(row, json_array_get(candidates, i)))
			return false;
	return true;
}

static void
count_rows(const json_t *given, const json_t *candidates, struct vs_list_filled *filled)
{
	size_t i, known = 0;
	json_t *row;
	json_array_foreach (given, i, row) {
		const char *name = record_string(row, "name");
		const json_t *old = name ? find_by_name(candidates, name) : NULL;
		bool in_place =
			old && record_integer(old, "position") == (json_int_t)i + 1;
		known += old != NULL;
		if (!old)
			filled->added++;
		else if (in_place && same_print(row, old) && same_papers(row, old))
			filled->unchanged++;
		else
			filled->changed++;
	}
	size_t before = json_array_size(candidates);
	filled->removed = before > known ? before - known : 0;
}

/* Only the papers differ: they may come in at any time. */
static bool
write_papers(struct vs_db *db, const json_t *given, const json_t *candidates,
	struct vs_list_filled *filled, struct vs_error *err)
{
	size_t i;
	json_t *row;
	json_array_foreach (given, i, row) {
		const json_t *before = json_array_get(candidates, i);
		filled->failed_row = i;
		if (same_papers(row, before))
			continue;
		json_t *record = record_prepare(db, &vs_candidate_type, before, row, err);
		bool ok = record &&
			record_write(db, &vs_candidate_type, before, record, err);
		json_decref(record);
		if (!ok)
			return false;
	}
	return true;
}

/* A name that was on the list is the same person; papers that the file is silent of stay. */
static json_t *
carry_over(const json_t *given, const json_t *candidates)
{
	static const char *const papers[] = { "declaration", "declaration_on",
		"declaration_source", "consent", "consent_on", "consent_source" };
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *name = record_string(given, "name");
	const json_t *old = name ? find_by_name(candidates, name) : NULL;
	json_t *row = json_copy((json_t *)(uintptr_t)given);
	if (!old)
		return row;
	json_object_set_new(row, "person",
		json_string(vs_arena_printf(scratch.arena, "%lld",
			(long long)record_integer(old, "person"))));
	for (size_t i = 0; i < sizeof papers / sizeof *papers; i++)
		if (!json_object_get(row, papers[i]) && record_string(old, papers[i]))
			json_object_set(row, papers[i], json_object_get(old, papers[i]));
	return row;
}

static bool
write_all(struct vs_db *db, int64_t list, const json_t *given, const json_t *candidates,
	struct vs_list_filled *filled, struct vs_error *err)
{
	size_t i;
	json_t *row;
	int64_t id;
	if (!candidate_clear(db, list, err))
		return false;
	json_array_foreach (given, i, row) {
		json_t *whole = carry_over(row, candidates);
		filled->failed_row = i;
		/* Two rows of one name: the second is somebody else. */
		if (i > 0 && find_by_name(given, record_string(row, "name")) != row)
			json_object_del(whole, "person");
		bool ok = candidate_append(db, list, whole, &id, err);
		json_decref(whole);
		if (!ok)
			return false;
	}
	return vs_list_keep(db, list, "list file", err);
}

static bool
fill(struct vs_db *db, const json_t *list, const json_t *given,
	struct vs_list_filled *filled, struct vs_error *err)
{
	int64_t id = record_integer(list, "id");
	json_t *candidates = list_candidates(db, id, err);
	if (!candidates)
		return false;
	count_rows(given, candidates, filled);
	bool ok = same_order(given, candidates)
		? write_papers(db, given, candidates, filled, err)
		: list_open(list, err) &&
			write_all(db, id, given, candidates, filled, err);
	json_decref(candidates);
	return ok;
}

bool
vs_list_fill(struct vs_db *db, const json_t *target, const json_t *candidates,
	struct vs_list_filled *ret_filled, struct vs_error *err)
{
	*ret_filled = (struct vs_list_filled){ 0 };
	json_t *list = find_or_make(db, target, &ret_filled->created, err);
	if (!list)
		return false;
	ret_filled->list = record_integer(list, "id");
	bool ok = fill(db, list, candidates, ret_filled, err);
	json_decref(list);
	return ok;
}
