/* Two people who are one: every room moves what it has about the one to the other. */
#include <valstuga/campaign.h>

#include <string.h>

#include "ballots/ballots.h"
#include "base/i18n.h"
#include "campaign/goal.h"
#include "field/field.h"
#include "media/media.h"
#include "register/people.h"

/* The authority gives everybody a number for each election, a new one for the next. */
static bool
check_numbers(
	struct vs_db *db, const json_t *keep, const json_t *drop, struct vs_error *err)
{
	const char *a = record_string(keep, "candidate_number");
	const char *b = record_string(drop, "candidate_number");
	int64_t stays = record_integer(keep, "id"), goes = record_integer(drop, "id");
	bool apart;
	if (!a || !b || strcmp(a, b) == 0)
		return true;
	return ballots_elections_apart(db, stays, goes, &apart, err) &&
		(apart ||
			vs_fail(err, VS_REFUSED,
				_("people %lld and %lld have different candidate numbers (%s and %s): they "
				  "are two"),
				(long long)stays, (long long)goes, a, b));
}

static bool
merge(struct vs_db *db, const json_t *keep, const json_t *drop, struct change *change,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	int64_t stays = record_integer(keep, "id"), goes = record_integer(drop, "id");
	if (stays == goes)
		return vs_fail(err, VS_INVALID,
			_("person %lld is one person; name two different ones"),
			(long long)stays);
	change_say(change, "person",
		vs_arena_printf(scratch.arena, "%lld", (long long)stays), "%lld → %lld",
		(long long)goes, (long long)stays);
	return check_numbers(db, keep, drop, err) &&
		register_person_open(db, stays, "person", err) &&
		register_person_open(db, goes, "person", err) &&
		ballots_person_move(db, stays, goes, err) &&
		field_person_move(db, stays, goes, err) &&
		media_person_move(db, stays, goes, err) &&
		goal_person_move(db, stays, goes, err) &&
		register_person_move(db, stays, goes, err);
}

bool
vs_person_merge(
	struct vs_db *db, const char *keep, const char *drop, struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	if (!change_begin(&change, db, "person merge", err))
		return false;
	json_t *stays = vs_record_get(db, &vs_person_type, keep, err);
	json_t *goes = stays ? vs_record_get(db, &vs_person_type, drop, err) : NULL;
	bool ok = goes && merge(db, stays, goes, &change, err);
	json_decref(stays);
	json_decref(goes);
	return ok && change_commit(&change, err);
}
