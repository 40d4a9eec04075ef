/* Who cannot be erased yet: an election or a delivery still needs them. */
#include "campaign/privacy.h"

#include <string.h>

#include <valstuga/date.h>

#include "base/i18n.h"

static void
add(struct vs_arena *arena, struct privacy_stays *stays, size_t most, int64_t person,
	const char *reason, const char *todo)
{
	for (size_t i = 0; i < stays->count; i++)
		if (stays->all[i].person == person)
			return;
	if (!stays->all)
		stays->all = vs_arena_alloc(arena, most * sizeof *stays->all);
	stays->all[stays->count++] = (struct privacy_stay){ person, reason, todo };
}

/* What a kind of reason asks, and what the number is that it finds. */
struct question {
	const char *sql; /* (person, number); ?1 is today */
	const char *reason, *number, *todo;
};

static const struct question questions[] = {
	{ SQL("SELECT c.person_id, c.id FROM candidacy c JOIN list l ON l.id = c.list_id"
	      " WHERE l.election_day >= ?1 AND gone(c.person_id)"
	      " ORDER BY c.person_id, c.id"),
		N_("stands on a list of an election that is not over"), N_("candidate"),
		N_("strike the candidacy with 'valstuga candidate strike' first, or wait until the "
		   "election is over") },
	{ SQL("SELECT person_id, id FROM open_consent WHERE election_day >= ?1"
	      " AND gone(person_id) ORDER BY person_id, id"),
		N_("has consented to stand in an election that is not over"),
		N_("consent"), N_("wait until the election is over") },
	{ SQL("SELECT c.person_id, d.id FROM delivery d JOIN carrier c"
	      " ON c.id = d.carrier_id WHERE d.status IN ('planned', 'packed', 'underway')"
	      " AND gone(c.person_id) ORDER BY c.person_id, d.id"),
		N_("drives what is not delivered"), N_("delivery"),
		N_("let somebody else drive with 'valstuga deliver replan DAY --without', or cancel "
		   "the delivery, first") },
	{ SQL("SELECT c.person_id, sum(b.pieces) FROM balance b"
	      " JOIN location l ON l.id = b.location_id JOIN carrier c"
	      " ON c.id = l.carrier_id WHERE b.pieces > 0 AND gone(c.person_id)"
	      " GROUP BY c.person_id"),
		N_("has ballots in the car"), N_("pieces"),
		N_("move them with 'valstuga stock move' first") },
};

bool
privacy_stays(struct vs_db *db, struct vs_arena *arena, size_t most,
	struct privacy_stays *ret_stays, struct vs_error *err)
{
	char today_text[11];
	struct vs_date today;
	*ret_stays = (struct privacy_stays){ 0 };
	if (!vs_clock_today(&today, err))
		return false;
	vs_date_format(today, today_text);
	for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
		VS_AUTO(stmt) q = { 0 };
		if (!stmt_open(&q, db, questions[i].sql, err))
			return false;
		if (stmt_parameters(&q) > 0)
			stmt_bind(&q, (const char *)today_text);
		while (stmt_row(&q, err))
			add(arena, ret_stays, most, stmt_int(&q, 0),
				vs_arena_printf(arena, "%s (%s %lld)",
					_(questions[i].reason), _(questions[i].number),
					(long long)stmt_int(&q, 1)),
				_(questions[i].todo));
		if (err->code != VS_OK)
			return false;
	}
	return true;
}
