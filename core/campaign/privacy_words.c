/* Who is who: the people that go, what they are called and reached by, what everybody is. */
#include "campaign/privacy.h"

#include <string.h>

#include "base/i18n.h"

json_t *
privacy_person(struct vs_db *db, const char *key, struct vs_error *err)
{
	json_t *person = vs_record_get(db, &vs_person_type, key, err);
	const char *until = person ? record_string(person, "keep_until") : NULL;
	if (!until || strcmp(until, PRIVACY_ERASED_UNTIL) != 0 ||
		strncmp(record_string(person, "name"), "raderad ", 8) != 0)
		return person;
	vs_fail(err, VS_REFUSED,
		_("person %lld is erased already; the number stays because a list or a delivery "
		  "needs a row"),
		(long long)record_integer(person, "id"));
	json_decref(person);
	return NULL;
}

/* The last word of a name, as people use it; NULL when there is only one. */
static const char *
surname(const char *name)
{
	const char *space = strrchr(name, ' ');
	return space ? space + 1 : NULL;
}

/* What else somebody is called: the name they use, the first and the last of three. */
static void
add_variants(struct scrub *scrub, const char *name, const char *called, int64_t person)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *last = surname(name);
	size_t first = strcspn(name, " ");
	if (!last)
		return;
	if (called && *called)
		scrub_add(scrub, SCRUB_NAME,
			vs_arena_printf(scratch.arena, "%s %s", called, last), person);
	if (name + first + 1 < last)
		scrub_add(scrub, SCRUB_LIKELY,
			vs_arena_printf(scratch.arena, "%.*s %s", (int)first, name, last),
			person);
}

/* Rows of (person, name, called, phone, e-mail), each of which may be NULL. */
static bool
add_rows(struct vs_db *db, struct scrub *scrub, const char *sql, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, sql, err))
		return false;
	while (stmt_row(&q, err)) {
		int64_t person = stmt_int(&q, 0);
		if (!scrub_is_gone(scrub, person))
			person = 0;
		const char *name = stmt_text(&q, 1);
		scrub_add(scrub, SCRUB_NAME, name, person);
		if (person && name)
			add_variants(scrub, name, stmt_text(&q, 2), person);
		scrub_add(scrub, SCRUB_PHONE, stmt_text(&q, 3), person);
		scrub_add(scrub, SCRUB_EMAIL, stmt_text(&q, 4), person);
	}
	return err->code == VS_OK;
}

bool
privacy_words(struct vs_db *db, struct scrub *scrub, const int64_t *people, size_t count,
	struct vs_error *err)
{
	for (size_t i = 0; i < count; i++)
		scrub_gone(scrub, people[i]);
	return add_rows(db, scrub,
		       SQL("SELECT id, name, called, phone, email FROM person"), err) &&
		add_rows(db, scrub,
			SQL("SELECT person_id, name, NULL, NULL, NULL FROM candidacy"),
			err) &&
		add_rows(db, scrub,
			SQL("SELECT person_id, NULL, NULL, phone, NULL FROM carrier"),
			err) &&
		add_rows(db, scrub,
			SQL("SELECT person_id, name, NULL, phone, email FROM signup"
			    " WHERE person_id IS NOT NULL"),
			err);
}

const char *
privacy_clean(struct vs_arena *arena, const json_t *person, const char *text)
{
	struct scrub *scrub = scrub_new();
	scrub_word(scrub, "person");
	int64_t id = record_integer(person, "id");
	const char *name = record_string(person, "name");
	scrub_add(scrub, SCRUB_NAME, name, id);
	add_variants(scrub, name, record_string(person, "called"), id);
	scrub_add(scrub, SCRUB_PHONE, record_string(person, "phone"), id);
	scrub_add(scrub, SCRUB_EMAIL, record_string(person, "email"), id);
	struct scrub_text clean = scrub_apply(scrub, arena, text);
	scrub_free(scrub);
	return clean.text ? clean.text : text;
}
