/* Shifts as records, and lists of a period. */
#include "field/shift.h"

#include <string.h>

#include "base/i18n.h"

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY | VS_FILTER, N_("no.") },
	{ "activity", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("activity"),
		.refers = &vs_activity_type },
	{ "title", VS_FIELD_TEXT, VS_READONLY, N_("title") },
	{ "kind", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN,
		N_("sort of activity"), .refers = &vs_activity_kind_type },
	{ "association", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN,
		N_("association"), .refers = &vs_association_type },
	{ "kommun", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("kommun"),
		.refers = &vs_kommun_type },
	{ "kommun_name", VS_FIELD_TEXT, VS_READONLY | VS_HIDDEN, N_("kommun") },
	{ "place_name", VS_FIELD_TEXT, VS_READONLY, N_("where") },
	{ "starts_at", VS_FIELD_MOMENT, VS_READONLY, N_("starts") },
	{ "ends_at", VS_FIELD_MOMENT, VS_READONLY, N_("ends") },
	{ "live", VS_FIELD_BOOLEAN, VS_READONLY | VS_HIDDEN, N_("not cancelled") },
	{ "roles", VS_FIELD_TEXT, VS_READONLY, N_("roles"),
		N_("name/skill:least-wanted-most") },
	{ "taken", VS_FIELD_INTEGER, VS_READONLY, N_("taken"),
		N_("people who have a place") },
	{ "offered", VS_FIELD_INTEGER, VS_READONLY | VS_HIDDEN, N_("offered"),
		N_("people who were asked and have not answered") },
	{ "waiting", VS_FIELD_INTEGER, VS_READONLY, N_("waiting") },
	{ "missing", VS_FIELD_INTEGER, VS_READONLY, N_("missing"),
		N_("people who are needed and not there") },
	{ "break", VS_FIELD_INTEGER, VS_READONLY | VS_HIDDEN, N_("break"), N_("minutes"),
		.max = 1440 },
	{ "pair", VS_FIELD_BOOLEAN, VS_READONLY | VS_HIDDEN, N_("two at least"),
		N_("nobody is to be alone") },
	{ "tolerance", VS_FIELD_INTEGER, VS_READONLY | VS_HIDDEN, N_("hand-over"),
		N_("minutes that may overlap at the same place"), .max = 240 },
	{ "rest", VS_FIELD_INTEGER, VS_READONLY | VS_HIDDEN, N_("rest"),
		N_("minutes between shifts at different places, besides the way"),
		.max = 1440 },
	{ "cancelled_at", VS_FIELD_MOMENT, VS_READONLY | VS_HIDDEN, N_("called off") },
	{ "bulk", VS_FIELD_INTEGER, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("bulk"),
		N_("what was made at once") },
	{ "note", VS_FIELD_TEXT, VS_READONLY | VS_HIDDEN, N_("note") },
};

#define SEATED(row) \
	" (SELECT count(*) FROM booking b WHERE b." row \
	" AND b.state IN ('signed_up', 'booked', 'attended', 'no_show'))"

#define COLUMNS \
	"SELECT t.id, t.activity_id AS activity, a.title, a.kind," \
	" a.association_id AS association, a.kommun_code AS kommun, m.name AS kommun_name," \
	" coalesce(p.name, a.venue) AS place_name, t.starts_at, t.ends_at," \
	" t.cancelled_at IS NULL AND a.cancelled_at IS NULL AS live," \
	" (SELECT group_concat(text, ';') FROM (SELECT r.name || coalesce('/' || s.name, '')" \
	"  || ':' || r.least || '-' || r.wanted || '-' || r.most AS text FROM shift_role r" \
	"  LEFT JOIN skill s ON s.id = r.skill_id WHERE r.shift_id = t.id ORDER BY r.id))" \
	"  AS roles," SEATED( \
		"shift_id = t.id") " AS taken," \
				   " (SELECT count(*) FROM booking b WHERE b.shift_id = t.id" \
				   "  AND b.state = 'offered') AS offered," \
				   " (SELECT count(*) FROM booking b WHERE b.shift_id = t.id" \
				   "  AND b.state = 'waiting') AS waiting," \
				   " max((SELECT coalesce(sum(max(0, r.least -" SEATED( \
					   "role_id = r.id") ")), 0)" \
							     "  FROM shift_role r WHERE r.shift_id = t.id)," \
							     "  iif(coalesce(t.pair, k.pair), 2 -" SEATED( \
								     "shift_id = t.id") ", 0)) AS missing," \
											" t.break_minutes AS break, coalesce(t.pair, k.pair) AS pair," \
											" coalesce(t.tolerance, k.tolerance) AS tolerance, coalesce(t.rest, k.rest) AS rest," \
											" t.cancelled_at, t.bulk_id AS bulk, t.note FROM shift t" \
											" JOIN activity a ON a.id = t.activity_id JOIN activity_kind k ON k.code = a.kind" \
											" LEFT JOIN kommun m ON m.code = a.kommun_code" \
											" LEFT JOIN place p ON p.id = a.place_id"
#define ORDER " ORDER BY t.starts_at, t.ends_at, t.id"

const struct vs_record_type vs_shift_type = {
	.noun = N_("shift"),
	.label = N_("shifts"),
	.about = N_("Spans of an activity, with how many are needed in which role."),
	FIELDS(fields),
	.guarded = true,
	.usual = "live",
	.narrow = "id",
	.select = SQL(COLUMNS " WHERE t.id = coalesce(?, t.id)" ORDER),
	.find = SQL(COLUMNS " WHERE t.id = ?"),
};

/* A period -------------------------------------------------------------------------------- */

bool
shift_find_key(struct vs_db *db, struct vs_arena *arena,
	const struct vs_record_type *type, const char *text, const char **ret_key,
	struct vs_error *err)
{
	*ret_key = NULL;
	if (!text)
		return true;
	json_t *record = vs_record_get(db, type, text, err);
	if (!record)
		return false;
	*ret_key = vs_arena_text(arena, record_key_text(arena, type, record));
	json_decref(record);
	return true;
}

/* What is asked for, as keys; NULL: everything. */
struct wanted {
	int64_t from, until;
	const char *association, *kommun, *activity, *kind, *person;
};

static bool
read_filter(struct vs_db *db, struct vs_arena *arena, const struct vs_shift_filter *f,
	struct wanted *w, struct vs_error *err)
{
	int64_t person;
	if (!field_period(f->from, f->until, &w->from, &w->until, err) ||
		!shift_find_key(db, arena, &vs_association_type, f->association,
			&w->association, err) ||
		!shift_find_key(db, arena, &vs_kommun_type, f->kommun, &w->kommun, err) ||
		!shift_find_key(
			db, arena, &vs_activity_type, f->activity, &w->activity, err) ||
		!shift_find_key(
			db, arena, &vs_activity_kind_type, f->kind, &w->kind, err))
		return false;
	if (!f->person)
		return true;
	if (!rule_person_find(db, f->person, &person, err))
		return false;
	w->person = vs_arena_printf(arena, "%lld", (long long)person);
	return true;
}

/* No shift is longer than a week, so that the index finds both ends of the period. */
#define WEEK 604800

static bool
open_list(struct stmt *q, struct vs_db *db, const struct wanted *w, struct vs_error *err)
{
	if (!stmt_open(q, db,
		    SQL(COLUMNS
			    " WHERE t.starts_at >= ?1 AND t.starts_at < ?2 AND t.ends_at > ?3"
			    " AND (?4 IS NULL OR a.association_id = CAST(?4 AS INTEGER))"
			    " AND (?5 IS NULL OR a.kommun_code = ?5)"
			    " AND (?6 IS NULL OR a.id = CAST(?6 AS INTEGER))"
			    " AND (?7 IS NULL OR a.kind = ?7)"
			    " AND (?8 IS NULL OR EXISTS (SELECT 1 FROM booking b"
			    "  WHERE b.shift_id = t.id AND b.person_id = CAST(?8 AS INTEGER)"
			    "  AND b.state <> 'cancelled'))" ORDER),
		    err))
		return false;
	stmt_bind(q, w->from > INT64_MIN ? w->from - WEEK : w->from);
	stmt_bind(q, w->until);
	stmt_bind(q, w->from);
	stmt_bind(q, w->association);
	stmt_bind(q, w->kommun);
	stmt_bind(q, w->activity);
	stmt_bind(q, w->kind);
	stmt_bind(q, w->person);
	return true;
}

json_t *
vs_shift_list(struct vs_db *db, const struct vs_shift_filter *filter, bool all,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	VS_AUTO(stmt) q = { 0 };
	struct wanted wanted = { 0 };
	if (!snapshot_begin(&snapshot, db, err) ||
		!read_filter(db, scratch.arena, filter, &wanted, err) ||
		!open_list(&q, db, &wanted, err))
		return NULL;
	json_t *records = json_array();
	while (stmt_row(&q, err)) {
		json_t *record = record_row(&vs_shift_type, &q);
		if ((all || record_true(record, "live")) &&
			(!filter->missing || record_integer(record, "missing") > 0))
			json_array_append(records, record);
		json_decref(record);
	}
	if (err->code == VS_OK)
		return records;
	json_decref(records);
	return NULL;
}
