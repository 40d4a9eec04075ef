/*
 * Who may be the same person. People are put in order by phone, by e-mail, by name and by
 * surname, and each is compared with the few that stand next to it: near linear in their
 * number. What people said no to is left out.
 */
#include "register/people.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

#define NEIGHBOURS 12
#define LIKELY	   0.5
#define SIMILAR	   0.8 /* of two names, 0-1 */

struct human {
	int64_t id;
	const char *name, *phone, *email, *number, *area;
	int64_t age;	     /* -1: not known */
	const char *sorted;  /* words of the name in order, folded, without accents */
	const char *initial; /* surname and first letter */
};

struct pair {
	int64_t a, b;
	const struct human *first, *second;
	double score;
	const char *why;
};

struct search {
	struct vs_arena *arena;
	struct human *people;
	struct pair *pairs;
	size_t count, pair_count;
};

/* Reading ---------------------------------------------------------------------------------*/

static int
compare_words(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

#define WORDS_MAX 12

static void
name_keys(struct vs_arena *arena, struct human *human)
{
	char *words[WORDS_MAX];
	size_t count = 0;
	char *rest = vs_arena_text(arena, vs_text_fold(arena, human->name)), *word;
	while ((word = strsep(&rest, " -,.")))
		if (*word && count < WORDS_MAX)
			words[count++] = word;
	if (!count) {
		human->sorted = human->initial = "";
		return;
	}
	bool reversed = strchr(human->name, ',');
	human->initial = vs_arena_printf(arena, "%s %.1s",
		words[reversed ? 0 : count - 1], words[reversed && count > 1 ? 1 : 0]);
	qsort(words, count, sizeof *words, compare_words);
	const char *sorted = words[0];
	for (size_t i = 1; i < count; i++)
		sorted = vs_arena_printf(arena, "%s %s", sorted, words[i]);
	human->sorted = sorted;
}

static bool
read_people(struct vs_db *db, struct search *search, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct vs_arena *arena = search->arena;
	if (!stmt_open(&q, db,
		    SQL("SELECT id, name, coalesce(phone, ''), coalesce(email, ''),"
			" coalesce(candidate_number, ''), coalesce(kommun_code, home, ''),"
			" coalesce(age, -1) FROM person WHERE NOT restricted ORDER BY id"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		search->people = vs_arena_grow(
			arena, search->people, search->count, sizeof *search->people);
		struct human *human = &search->people[search->count++];
		*human = (struct human){ .id = stmt_int(&q, 0),
			.name = stmt_copy(&q, 1, arena),
			.phone = stmt_copy(&q, 2, arena),
			.email = vs_text_fold(arena, stmt_text(&q, 3)),
			.number = stmt_copy(&q, 4, arena),
			.area = vs_text_fold(arena, stmt_text(&q, 5)),
			.age = stmt_int(&q, 6) };
		name_keys(arena, human);
	}
	return err->code == VS_OK;
}

/* Comparing -------------------------------------------------------------------------------*/

#define LENGTH_MAX 96

/* 1 - (changed characters / length): "eva strom" and "eva ström" are nearly the same. */
static double
similarity(const char *a, const char *b)
{
	unsigned char row[LENGTH_MAX + 1];
	size_t long_a = strnlen(a, LENGTH_MAX), long_b = strnlen(b, LENGTH_MAX);
	size_t longer = long_a > long_b ? long_a : long_b;
	if (longer == 0)
		return 0;
	for (size_t k = 0; k <= long_b; k++)
		row[k] = (unsigned char)k;
	for (size_t i = 1; i <= long_a; i++) {
		unsigned char corner = row[0];
		row[0] = (unsigned char)i;
		for (size_t k = 1; k <= long_b; k++) {
			unsigned char above = row[k];
			unsigned best = corner + (a[i - 1] != b[k - 1]);
			best = above + 1u < best ? above + 1u : best;
			best = row[k - 1] + 1u < best ? row[k - 1] + 1u : best;
			row[k] = (unsigned char)best;
			corner = above;
		}
	}
	return 1 - (double)row[long_b] / (double)longer;
}

static bool
same(const char *a, const char *b)
{
	return *a && strcmp(a, b) == 0;
}

static bool
differ(const char *a, const char *b)
{
	return *a && *b && strcmp(a, b) != 0;
}

/* Between 0 and 1, and why; the same mailbox or phone alone is a family. */
static double
judge(struct vs_arena *arena, const struct human *a, const struct human *b,
	const char **ret_why)
{
	double names = similarity(a->sorted, b->sorted);
	bool phone = same(a->phone, b->phone), email = same(a->email, b->email);
	bool area = same(a->area, b->area);
	bool age = a->age >= 0 && b->age >= 0 && llabs(a->age - b->age) > 1;
	if (differ(a->number, b->number) || names < SIMILAR - 0.2 || age ||
		(names < SIMILAR && !phone && !email))
		return 0;
	double score = 0.45 * names + 0.35 * phone + 0.3 * email + 0.15 * area;
	score -= 0.1 * differ(a->area, b->area);
	score -= 0.2 * (differ(a->phone, b->phone) && differ(a->email, b->email));
	*ret_why = vs_arena_printf(arena, "%s%s%s%s",
		names == 1 ? _("same name") : _("similar name"),
		phone ? _(", same phone") : "", email ? _(", same e-mail") : "",
		area ? _(", same place") : "");
	/* A name alone is enough to ask, when it is the same and nothing speaks against it. */
	bool against = differ(a->area, b->area) || differ(a->phone, b->phone) ||
		differ(a->email, b->email);
	if (names == 1 && !against && score < LIKELY)
		score = LIKELY;
	return score > 0.99 ? 0.99 : score;
}

static void
compare_pair(struct search *search, const struct human *a, const struct human *b)
{
	const char *why = NULL;
	double score = judge(search->arena, a, b, &why);
	if (score < LIKELY)
		return;
	bool ordered = a->id < b->id;
	search->pairs = vs_arena_grow(
		search->arena, search->pairs, search->pair_count, sizeof *search->pairs);
	search->pairs[search->pair_count++] = (struct pair){
		.a = ordered ? a->id : b->id,
		.b = ordered ? b->id : a->id,
		.first = ordered ? a : b,
		.second = ordered ? b : a,
		.score = round(score * 100) / 100,
		.why = why,
	};
}

/* Neighbours ------------------------------------------------------------------------------*/

struct entry {
	const char *key;
	const struct human *human;
};

static int
compare_entries(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = strcmp(x->key, y->key);
	order = order ? order : strcmp(x->human->sorted, y->human->sorted);
	return order ? order : x->human->id < y->human->id ? -1 : 1;
}

static const char *
key_of(const struct human *human, int which)
{
	const char *const keys[] = { human->phone, human->email, human->sorted,
		human->initial };
	return keys[which];
}

#define KEYS 4

static void
compare_by(struct search *search, int which)
{
	struct entry *entries =
		vs_arena_alloc(search->arena, (search->count + 1) * sizeof *entries);
	size_t count = 0;
	for (size_t i = 0; i < search->count; i++)
		if (*key_of(&search->people[i], which))
			entries[count++] =
				(struct entry){ key_of(&search->people[i], which),
					&search->people[i] };
	qsort(entries, count, sizeof *entries, compare_entries);
	for (size_t i = 0; i < count; i++)
		for (size_t k = i + 1; k < count && k <= i + NEIGHBOURS &&
			strcmp(entries[i].key, entries[k].key) == 0;
			k++)
			compare_pair(search, entries[i].human, entries[k].human);
}

/* Result ----------------------------------------------------------------------------------*/

static int
by_numbers(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return x->b < y->b ? -1 : x->b > y->b;
}

static int
best_first(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return by_numbers(a, b);
}

/* Found by several keys a pair is one; those that are distinct go. */
static bool
sift(struct vs_db *db, struct search *search, struct vs_error *err)
{
	size_t kept = 0;
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT 1 FROM person_distinct WHERE a_id = ? AND b_id = ?"),
		    err))
		return false;
	if (search->pair_count)
		qsort(search->pairs, search->pair_count, sizeof *search->pairs,
			by_numbers);
	for (size_t i = 0; i < search->pair_count; i++) {
		const struct pair *pair = &search->pairs[i];
		if (kept && by_numbers(&search->pairs[kept - 1], pair) == 0)
			continue;
		stmt_bind(&q, pair->a);
		stmt_bind(&q, pair->b);
		bool distinct = false;
		while (stmt_row(&q, err))
			distinct = true;
		if (err->code != VS_OK)
			return false;
		if (!distinct)
			search->pairs[kept++] = *pair;
	}
	search->pair_count = kept;
	if (kept)
		qsort(search->pairs, kept, sizeof *search->pairs, best_first);
	return true;
}

static json_t *
pairs_view(const struct search *search)
{
	json_t *pairs = json_array();
	for (size_t i = 0; i < search->pair_count; i++) {
		const struct pair *pair = &search->pairs[i];
		json_array_append_new(pairs,
			json_pack("{s:I, s:I, s:s, s:s, s:f, s:s}", "a",
				(json_int_t)pair->a, "b", (json_int_t)pair->b, "a_name",
				pair->first->name, "b_name", pair->second->name, "score",
				pair->score, "why", pair->why));
	}
	return json_pack("{s:o}", "pairs", pairs);
}

json_t *
vs_person_duplicates(struct vs_db *db, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	struct search search = { .arena = scratch.arena };
	if (!snapshot_begin(&snapshot, db, err) || !read_people(db, &search, err))
		return NULL;
	for (int which = 0; which < KEYS; which++)
		compare_by(&search, which);
	return sift(db, &search, err) ? pairs_view(&search) : NULL;
}
