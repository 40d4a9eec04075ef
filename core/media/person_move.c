/* What a person who is made one with another has in media. */
#include "media/media.h"

#include "register/people.h"

/* ?1 keeps, ?2 goes. */
static const char *const moves[] = {
	SQL("DELETE FROM spokesperson WHERE person_id = ?2 AND EXISTS (SELECT 1"
	    " FROM spokesperson k WHERE k.person_id = ?1"
	    " AND k.policy_area_id = spokesperson.policy_area_id)"),
	SQL("UPDATE spokesperson SET person_id = ?1 WHERE person_id = ?2"),
	SQL("UPDATE article SET person_id = ?1 WHERE person_id = ?2"),
	SQL("UPDATE appearance SET person_id = ?1 WHERE person_id = ?2"),
};

bool
media_person_move(struct vs_db *db, int64_t keep, int64_t drop, struct vs_error *err)
{
	return register_move_rows(
		db, moves, sizeof moves / sizeof *moves, keep, drop, err);
}
