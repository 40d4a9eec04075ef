/* Our own list layout: position;name;ballot_text;declaration;consent. */
#include "exchange/exchange.h"

#include <string.h>

#include "base/i18n.h"

static const char *const heads[] = { "position", "name", "ballottext", "declaration",
	"consent" };

/* "position" and "name" must be there, and nothing but these five. */
bool
own_list_recognise(const struct rows *rows)
{
	unsigned found = 0;
	for (size_t i = 0; i < rows->head_count; i++) {
		const char *folded = heads_fold(rows->run->arena, rows->heads[i]);
		size_t at = 0;
		while (at < sizeof heads / sizeof *heads &&
			strcmp(heads[at], folded) != 0)
			at++;
		if (at == sizeof heads / sizeof *heads || (found & 1u << at))
			return false;
		found |= 1u << at;
	}
	return (found & 3u) == 3u;
}

bool
own_list_import(struct rows *rows, struct vs_error *err)
{
	return vs_fail(err, VS_REFUSED,
		_("%s: lists in this layout cannot be imported yet; add the candidates by hand"),
		rows->name);
}
