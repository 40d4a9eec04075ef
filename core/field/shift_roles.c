/* Roles of a shift as people type them: "värd:2-3-4;kandidat/KÖRKORT:1". */
#include "field/shift.h"

#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

#define NAME_MAX   40
#define PLACES_MAX 1000

static bool
no_role(const char *text, struct vs_error *err)
{
	return vs_fail(err, VS_INVALID,
		_("shift, roles: \"%s\" is no role; write NAME:LEAST-WANTED-MOST, for example "
		  "\"värd:2-3-4;kandidat:1\", and /SKILL behind the name if one is needed"),
		text);
}

/* "2-3-4", "2-4", "2": what is not said is the number before. */
static bool
read_numbers(const char *text, struct shift_role *role)
{
	int *const numbers[] = { &role->least, &role->wanted, &role->most };
	for (size_t i = 0; i < 3; i++) {
		size_t digits = strspn(text, "0123456789");
		if (digits == 0 && i > 0 && !*text) {
			*numbers[i] = *numbers[i - 1];
			continue;
		}
		if (digits == 0 || digits > 4)
			return false;
		*numbers[i] = atoi(text);
		text += digits;
		if (*text == '-' && text[1] && i < 2)
			text++;
		else if (*text)
			return false;
	}
	return true;
}

static bool
find_skill(struct vs_db *db, struct vs_arena *arena, const char *name, int64_t *ret_skill,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	const char *folded = vs_text_fold(arena, name);
	if (!stmt_open(&q, db, SQL("SELECT id, name FROM skill"), err))
		return false;
	while (stmt_row(&q, err))
		if (strcmp(vs_text_fold(arena, stmt_text(&q, 1)), folded) == 0) {
			*ret_skill = stmt_int(&q, 0);
			return true;
		}
	return err->code == VS_OK &&
		vs_fail(err, VS_NOT_FOUND,
			_("shift, roles: there is no skill \"%s\"; 'valstuga skill list' shows "
			  "them, 'valstuga skill add' makes one"),
			name);
}

static bool
check_role(const struct shift_role *role, struct vs_error *err)
{
	if (vs_text_length(role->name) > NAME_MAX)
		return vs_fail(err, VS_INVALID,
			_("shift, roles: the name \"%.60s…\" is longer than %d characters"),
			role->name, NAME_MAX);
	if (role->most < 1 || role->most > PLACES_MAX)
		return vs_fail(err, VS_INVALID,
			_("shift, roles: as %s between 1 and %d people are let in"),
			role->name, PLACES_MAX);
	return (role->least <= role->wanted && role->wanted <= role->most) ||
		vs_fail(err, VS_INVALID,
			_("shift, roles: %s: %d-%d-%d is not in order; it is at least, "
			  "wanted, at most"),
			role->name, role->least, role->wanted, role->most);
}

static bool
read_role(struct vs_db *db, struct vs_arena *arena, const char *text,
	struct shift_role *ret_role, struct vs_error *err)
{
	struct shift_role role = { 0 };
	const char *colon = strrchr(text, ':'), *slash = strchr(text, '/');
	if (!colon || !read_numbers(vs_text_clean(arena, colon + 1), &role))
		return no_role(text, err);
	const char *end = slash && slash < colon ? slash : colon;
	role.name =
		vs_text_clean(arena, vs_arena_copy(arena, text, (size_t)(end - text)));
	if (!*role.name)
		return no_role(text, err);
	if (end == slash) {
		const char *skill =
			vs_arena_copy(arena, slash + 1, (size_t)(colon - slash - 1));
		if (!find_skill(db, arena, vs_text_clean(arena, skill), &role.skill, err))
			return false;
	}
	*ret_role = role;
	return check_role(&role, err);
}

static bool
check_new(const struct shift_role *roles, size_t count, struct vs_error *err)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(roles[i].name, roles[count].name) == 0)
			return vs_fail(err, VS_INVALID,
				_("shift, roles: %s stands there twice"), roles[i].name);
	return true;
}

bool
shift_roles_read(struct vs_db *db, struct vs_arena *arena, const char *text,
	struct shift_role **ret_roles, size_t *ret_count, struct vs_error *err)
{
	struct shift_role *roles = NULL;
	size_t count = 0, bad;
	char *rest;
	if (!vs_text_check(text, strlen(text), &bad))
		return vs_fail(err, VS_INVALID, _("shift, roles: not valid UTF-8"));
	char *copy = vs_arena_text(arena, text);
	for (char *part = strtok_r(copy, ";\n", &rest); part;
		part = strtok_r(NULL, ";\n", &rest)) {
		const char *clean = vs_text_clean(arena, part);
		if (!*clean)
			continue;
		roles = vs_arena_grow(arena, roles, count, sizeof *roles);
		if (!read_role(db, arena, clean, &roles[count], err) ||
			!check_new(roles, count, err))
			return false;
		count++;
	}
	if (count == 0)
		return no_role(text, err);
	*ret_roles = roles;
	*ret_count = count;
	return true;
}

bool
shift_role_insert(struct vs_db *db, int64_t shift, const struct shift_role *role,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("INSERT INTO shift_role (shift_id, name, skill_id, least, wanted, most)"
			" VALUES (?, ?, nullif(?, 0), ?, ?, ?)"),
		    err))
		return false;
	stmt_bind(&q, shift);
	stmt_bind(&q, role->name);
	stmt_bind(&q, role->skill);
	stmt_bind(&q, role->least);
	stmt_bind(&q, role->wanted);
	stmt_bind(&q, role->most);
	return stmt_run(&q, err);
}

bool
shift_check_pair(
	bool pair, const struct shift_role *roles, size_t count, struct vs_error *err)
{
	int most = 0;
	for (size_t i = 0; i < count; i++)
		most += roles[i].most;
	return !pair || most >= 2 ||
		vs_fail(err, VS_INVALID,
			_("shift, roles: nobody is to be alone on such a shift; let two in at "
			  "least, or say --pair no"));
}
