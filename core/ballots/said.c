/* What a command is told: a reason, a name, a note; a day. */
#include "ballots/ballots.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"
#include "base/text_parts.h"

#define TEXT_MAX 500

bool
said_text(struct vs_arena *arena, const char *given, const char **ret_text,
	struct vs_error *err)
{
	size_t bad;
	*ret_text = NULL;
	if (!given)
		return true;
	if (!vs_text_check(given, strlen(given), &bad))
		return vs_fail(err, VS_INVALID,
			_("a reason, a name or a note is not valid UTF-8; type it again"));
	const char *clean = vs_text_clean(arena, given);
	if (vs_text_length(clean) > TEXT_MAX)
		return vs_fail(err, VS_INVALID,
			_("\"%.*s…\" is longer than %d characters; shorten it"),
			text_excerpt(clean, 40), clean, TEXT_MAX);
	*ret_text = *clean ? clean : NULL;
	return true;
}

bool
said_date(struct vs_db *db, const char *date, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT ?1 BETWEEN date(election_day, '-1 year')"
			" AND date(election_day, '+1 year'), election_day FROM campaign"),
		    err))
		return false;
	stmt_bind(&q, date);
	if (!stmt_row(&q, err) || stmt_int(&q, 0))
		return err->code == VS_OK;
	return vs_fail(err, VS_INVALID,
		_("%s is more than a year from election day, %s; look at the year"), date,
		stmt_text(&q, 1));
}
