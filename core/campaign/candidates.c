/* Who stands for the riksdag and the region: those whom the whole district asks for. */
#include "campaign/candidates.h"

#include <stdlib.h>
#include <string.h>

#include <valstuga/ballots.h>

#include "ballots/ballots.h"
#include "base/i18n.h"

#define RANK_STEP 10000

static const char *const kinds[] = { "RD", "RF" };

struct candidate *
candidates_find(const struct candidates *candidates, int64_t person)
{
	for (size_t i = 0; person && i < candidates->count; i++)
		if (candidates->all[i].person == person)
			return &candidates->all[i];
	return NULL;
}

static int
compare(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return (x->person > y->person) - (x->person < y->person);
}

static const char *
standing_text(struct vs_arena *arena, size_t kind, int position)
{
	return vs_arena_printf(arena,
		kind == 0 ? _("the riksdag, no. %d") : _("the region, no. %d"), position);
}

/* On several lists of a kind the best position counts; lists come in any order. */
static void
take(struct vs_arena *arena, struct candidates *all, const json_t *candidacy, size_t kind)
{
	int64_t person = record_integer(candidacy, "person");
	int position = (int)record_integer(candidacy, "position");
	int rank = (int)kind * RANK_STEP + position;
	struct candidate *known = candidates_find(all, person);
	const char *standing = standing_text(arena, kind, position);
	if (!known) {
		all->all = vs_arena_grow(arena, all->all, all->count, sizeof *all->all);
		all->all[all->count++] = (struct candidate){ .person = person,
			.name = vs_arena_text(arena, record_string(candidacy, "name")),
			.standing = standing,
			.rank = rank };
	} else if (known->rank / RANK_STEP != (int)kind) {
		if (!strstr(known->standing, "; "))
			known->standing = vs_arena_printf(
				arena, "%s; %s", known->standing, standing);
	} else if (rank < known->rank) {
		known->rank = rank;
		known->standing = standing;
	}
}

static bool
read_list(struct vs_db *db, struct vs_arena *arena, int64_t list, size_t kind,
	const struct field_people *people, struct candidates *all, struct vs_error *err)
{
	json_t *candidacies = list_candidates(db, list, err), *candidacy;
	size_t i;
	json_array_foreach (candidacies, i, candidacy) {
		const struct field_person *person =
			field_person_of(people, record_integer(candidacy, "person"));
		if (person && !person->restricted)
			take(arena, all, candidacy, kind);
	}
	json_decref(candidacies);
	return candidacies != NULL;
}

bool
candidates_read(struct vs_db *db, struct vs_arena *arena,
	const struct field_people *people, struct candidates *ret_candidates,
	struct vs_error *err)
{
	struct candidates all = { 0 };
	bool ok = true;
	for (size_t kind = 0; ok && kind < sizeof kinds / sizeof *kinds; kind++) {
		json_t *filters = json_pack("{s:b, s:s}", "own", 1, "kind", kinds[kind]);
		json_t *lists = vs_record_list(db, &vs_list_type, filters, err), *list;
		size_t i;
		ok = lists != NULL;
		json_array_foreach (lists, i, list)
			ok = ok &&
				read_list(db, arena, record_integer(list, "id"), kind,
					people, &all, err);
		json_decref(lists);
		json_decref(filters);
	}
	if (all.count)
		qsort(all.all, all.count, sizeof *all.all, compare);
	*ret_candidates = all;
	return ok;
}
