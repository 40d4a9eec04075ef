/* What a person who is made one with another has on lists and on the road. */
#include "ballots/ballots.h"

#include "base/i18n.h"
#include "register/people.h"

/* The first name that a query of two people finds; NULL when it finds none. */
static bool
find_text(struct vs_db *db, const char *sql, int64_t keep, int64_t drop,
	struct vs_arena *arena, const char **ret_text, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_text = NULL;
	if (!stmt_open(&q, db, sql, err))
		return false;
	stmt_bind(&q, keep);
	stmt_bind(&q, drop);
	if (stmt_row(&q, err))
		*ret_text = stmt_copy(&q, 0, arena);
	return err->code == VS_OK;
}

static bool
check_lists(struct vs_db *db, int64_t keep, int64_t drop, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *name;
	if (!find_text(db,
		    SQL(LIST_STANDS
			    " SELECT " LIST_NAME " FROM candidacy c"
			    " JOIN candidacy d ON d.list_id = c.list_id"
			    " AND d.person_id = ?2 JOIN list l ON l.id = c.list_id"
			    " LEFT JOIN stands s ON s.list_id = l.id"
			    " WHERE c.person_id = ?1"),
		    keep, drop, scratch.arena, &name, err))
		return false;
	return !name ||
		vs_fail(err, VS_REFUSED,
			_("people %lld and %lld both stand on the list %s: they are two; if not, strike "
			  "one of the candidacies first"),
			(long long)keep, (long long)drop, name);
}

static bool
check_carriers(struct vs_db *db, int64_t keep, int64_t drop, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *carrier;
	if (!find_text(db,
		    SQL("SELECT d.id FROM carrier k JOIN carrier d ON d.person_id = ?2"
			" WHERE k.person_id = ?1"),
		    keep, drop, scratch.arena, &carrier, err))
		return false;
	return !carrier ||
		vs_fail(err, VS_REFUSED,
			_("people %lld and %lld are both carriers; remove one first: valstuga carrier "
			  "remove %s"),
			(long long)keep, (long long)drop, carrier);
}

#define ELECTIONS_OF(person) \
	"SELECT l.election_day FROM candidacy c JOIN list l ON l.id = c.list_id" \
	" WHERE c.person_id = " person \
	" UNION SELECT election_day FROM open_consent WHERE person_id = " person

bool
ballots_elections_apart(
	struct vs_db *db, int64_t a, int64_t b, bool *ret_apart, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT EXISTS (" ELECTIONS_OF("?1") ") AND EXISTS (" ELECTIONS_OF(
			    "?2") ")"
				  " AND NOT EXISTS (SELECT * FROM (" ELECTIONS_OF(
					  "?1") ") INTERSECT SELECT * FROM (" ELECTIONS_OF("?2") "))"),
		    err))
		return false;
	stmt_bind(&q, a);
	stmt_bind(&q, b);
	*ret_apart = stmt_row(&q, err) && stmt_int(&q, 0);
	return err->code == VS_OK;
}

static const char *const moves[] = {
	SQL("UPDATE candidacy SET person_id = ?1 WHERE person_id = ?2"),
	SQL("UPDATE OR IGNORE open_consent SET person_id = ?1 WHERE person_id = ?2"),
	SQL("DELETE FROM open_consent WHERE person_id = ?2 AND ?1 <> ?2"),
	SQL("UPDATE carrier SET person_id = ?1 WHERE person_id = ?2"),
};

bool
ballots_person_move(struct vs_db *db, int64_t keep, int64_t drop, struct vs_error *err)
{
	if (!check_lists(db, keep, drop, err) || !check_carriers(db, keep, drop, err))
		return false;
	return register_move_rows(
		db, moves, sizeof moves / sizeof *moves, keep, drop, err);
}
