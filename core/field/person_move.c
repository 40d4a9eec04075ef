/* What a person who is made one with another has on shifts and activities. */
#include "field/field.h"

#include "base/i18n.h"
#include "register/people.h"

/* How far a booking got: what happened goes before what was planned. */
#define GOT(booking) \
	"CASE " booking ".state WHEN 'attended' THEN 6 WHEN 'no_show' THEN 5" \
	" WHEN 'booked' THEN 4 WHEN 'signed_up' THEN 3 WHEN 'waiting' THEN 2" \
	" WHEN 'offered' THEN 1 ELSE 0 END"

/* ?1 keeps, ?2 goes. Of two bookings of a shift the one that got further stays. */
static const char *const moves[] = {
	SQL("DELETE FROM booking WHERE id IN (SELECT CASE WHEN " GOT("d") " > " GOT(
		"k") " THEN k.id ELSE d.id END FROM booking k JOIN booking d"
		     " ON d.shift_id = k.shift_id AND d.person_id = ?2 WHERE k.person_id = ?1)"),
	SQL("UPDATE booking SET person_id = ?1 WHERE person_id = ?2"),
	SQL("DELETE FROM wish WHERE person_id = ?2 AND EXISTS (SELECT 1 FROM wish k"
	    " WHERE k.person_id = ?1 AND k.shift_id IS wish.shift_id"
	    " AND k.activity_id IS wish.activity_id AND k.kind IS wish.kind)"),
	SQL("UPDATE wish SET person_id = ?1 WHERE person_id = ?2"),
	SQL("DELETE FROM presence WHERE person_id = ?2 AND EXISTS (SELECT 1 FROM presence k"
	    " WHERE k.person_id = ?1 AND (k.can, k.from_date, k.until_date, k.starts, k.ends)"
	    " = (presence.can, presence.from_date, presence.until_date, presence.starts,"
	    " presence.ends) AND k.weekdays IS presence.weekdays)"),
	SQL("UPDATE presence SET person_id = ?1 WHERE person_id = ?2"),
	SQL("UPDATE activity SET contact_id = ?1 WHERE contact_id = ?2"),
	SQL("UPDATE signup SET person_id = ?1 WHERE person_id = ?2"),
};

bool
field_person_move(struct vs_db *db, int64_t keep, int64_t drop, struct vs_error *err)
{
	return register_move_rows(
		db, moves, sizeof moves / sizeof *moves, keep, drop, err);
}
