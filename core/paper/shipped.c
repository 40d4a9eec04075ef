/* The layouts that come with the program, and those that a directory puts in their place. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/embedded.h"
#include "base/i18n.h"
#include "paper/paper.h"

/* Made at build time from templates/paper/. */
extern const struct embedded paper_layouts[];

/* Only a name: no way out of the directory. */
static bool
plain_name(const char *name)
{
	size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");
	return length > 0 && length < 64 && !name[length];
}

static bool
fail_unknown(const char *name, struct vs_error *err)
{
	VS_AUTO(vs_buffer) names = { 0 };
	for (const struct embedded *at = paper_layouts; at->name; at++)
		vs_buffer_printf(
			&names, "%s%s", at == paper_layouts ? "" : ", ", at->name);
	return vs_fail(err, VS_NOT_FOUND,
		_("There is no sheet %.64s; the sheets are: %s"), name,
		names.data ? names.data : "");
}

bool
vs_paper_layout(struct vs_arena *arena, const char *name, const char *override_dir,
	const char **ret_layout, struct vs_error *err)
{
	if (!plain_name(name))
		return fail_unknown(name, err);
	if (override_dir) {
		const char *path =
			vs_arena_printf(arena, "%s/%s.json", override_dir, name);
		char *text = NULL;
		size_t length = 0;
		if (access(path, F_OK) == 0) {
			if (!vs_file_read(arena, path, &text, &length, err))
				return false;
			*ret_layout = text;
			return true;
		}
	}
	for (const struct embedded *at = paper_layouts; at->name; at++) {
		if (strcmp(at->name, name) == 0) {
			*ret_layout = at->text;
			return true;
		}
	}
	return fail_unknown(name, err);
}
