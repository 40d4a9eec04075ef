/* Batches of flyers with what they are for, read by one question. */
#include "field/flyer.h"

#include <string.h>

#include <valstuga/date.h>

#include "base/i18n.h"

/* A batch's kommun is its own, its activity's, or the only one of its association. */
#define ALL_OF_A_BATCH \
	"SELECT f.id, f.code, x.name, x.headline, x.body, x.call, f.expires_on," \
	" f.off_reason, s.id, a.id, a.title, a.mode, a.link, coalesce(p.name, a.venue)," \
	" coalesce(p.street, a.street), coalesce(p.town, a.town), k.code," \
	" coalesce(k.name, (SELECT group_concat(name, ', ') FROM (SELECT name FROM kommun" \
	"  WHERE association_id = f.association_id AND NOT association_lent" \
	"  ORDER BY name COLLATE swedish))), g.id, g.name," \
	" coalesce(s.starts_at, a.starts_at), coalesce(s.ends_at, a.ends_at)," \
	" s.cancelled_at IS NOT NULL OR a.cancelled_at IS NOT NULL" \
	" FROM flyer f JOIN flyer_text x ON x.id = f.text_id" \
	" LEFT JOIN shift s ON s.id = f.shift_id" \
	" LEFT JOIN activity a ON a.id = coalesce(f.activity_id, s.activity_id)" \
	" LEFT JOIN place p ON p.id = a.place_id" \
	" LEFT JOIN kommun k ON k.code = coalesce(f.kommun_code, a.kommun_code," \
	"  (SELECT iif(count(*) = 1, max(code), NULL) FROM kommun" \
	"   WHERE association_id = f.association_id AND NOT association_lent))" \
	" LEFT JOIN association g ON g.id =" \
	"  coalesce(f.association_id, a.association_id, k.association_id)"

static struct flyer_batch
row_of(struct vs_arena *arena, const struct stmt *q)
{
	return (struct flyer_batch){
		.id = stmt_int(q, 0),
		.code = stmt_copy(q, 1, arena),
		.text_name = stmt_copy(q, 2, arena),
		.headline = stmt_copy(q, 3, arena),
		.body = stmt_copy(q, 4, arena),
		.call = stmt_copy(q, 5, arena),
		.expires_on = stmt_copy(q, 6, arena),
		.off_reason = stmt_copy(q, 7, arena),
		.shift = stmt_int(q, 8),
		.activity = stmt_int(q, 9),
		.title = stmt_copy(q, 10, arena),
		.mode = stmt_copy(q, 11, arena),
		.link = stmt_copy(q, 12, arena),
		.place_name = stmt_copy(q, 13, arena),
		.street = stmt_copy(q, 14, arena),
		.town = stmt_copy(q, 15, arena),
		.kommun = stmt_copy(q, 16, arena),
		.kommun_name = stmt_copy(q, 17, arena),
		.association = stmt_int(q, 18),
		.association_name = stmt_copy(q, 19, arena),
		.starts_at = stmt_int(q, 20),
		.ends_at = stmt_int(q, 21),
		.cancelled = stmt_int(q, 22),
	};
}

static bool
open_batches(struct stmt *q, struct vs_db *db, const struct flyer_choice *c,
	const char *today, struct vs_error *err)
{
	int64_t from, until;
	if (!field_period(c->from, c->until, &from, &until, err) ||
		!stmt_open(q, db,
			SQL(ALL_OF_A_BATCH
				" WHERE iif(?1 > 0, f.id = ?1, f.off_at IS NULL"
				"  AND coalesce(f.expires_on, '9') >= ?2"
				"  AND s.cancelled_at IS NULL AND a.cancelled_at IS NULL)"
				" AND (?3 = 0 OR a.id = ?3) AND (?4 = 0 OR g.id = ?4)"
				" AND (?5 IS NULL OR k.code = ?5) AND (?9 = 0 OR x.id = ?9)"
				" AND (?8"
				"  OR coalesce(s.starts_at, a.starts_at) < ?7"
				"  AND coalesce(s.ends_at, a.ends_at) > ?6)"
				" ORDER BY k.name COLLATE swedish,"
				"  coalesce(s.starts_at, a.starts_at), f.id"),
			err))
		return false;
	stmt_bind(q, c->id);
	stmt_bind(q, today);
	stmt_bind(q, c->activity);
	stmt_bind(q, c->association);
	stmt_bind(q, c->kommun);
	stmt_bind(q, from);
	stmt_bind(q, until);
	stmt_bind(q, !c->from && !c->until);
	stmt_bind(q, c->text);
	return true;
}

bool
flyer_batches(struct vs_db *db, struct vs_arena *arena, const struct flyer_choice *choice,
	struct flyer_batch **ret_batches, size_t *ret_count, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct vs_date today;
	char day[11];
	struct flyer_batch *batches = NULL;
	size_t count = 0;
	if (!vs_clock_today(&today, err) ||
		!open_batches(&q, db, choice, vs_date_format(today, day), err))
		return false;
	while (stmt_row(&q, err)) {
		batches = vs_arena_grow(arena, batches, count, sizeof *batches);
		batches[count++] = row_of(arena, &q);
	}
	*ret_batches = batches;
	*ret_count = count;
	return err->code == VS_OK;
}

const char *
flyer_target(struct vs_arena *arena, const struct flyer_batch *b)
{
	if (b->title)
		return vs_arena_printf(arena, "%s, %s", b->title,
			field_span_text(arena, b->starts_at, b->ends_at));
	if (b->kommun_name)
		return b->kommun_name;
	return b->association_name ? b->association_name : "";
}

bool
flyer_is_on(const struct flyer_batch *b, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *code = flyer_code_text(scratch.arena, b->code);
	struct vs_date today;
	char day[11];
	if (!vs_clock_today(&today, err))
		return false;
	if (b->off_reason)
		return vs_fail(err, VS_REFUSED, _("flyer %s is switched off: %s"), code,
			b->off_reason);
	if (b->cancelled)
		return vs_fail(err, VS_REFUSED,
			_("flyer %s is for what is cancelled: %s"), code, b->title);
	if (b->expires_on && strcmp(b->expires_on, vs_date_format(today, day)) < 0)
		return vs_fail(err, VS_REFUSED, _("flyer %s was valid until %s"), code,
			b->expires_on);
	return true;
}

bool
vs_flyer_find(struct vs_db *db, const char *code, int64_t *ret_id, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	struct flyer_choice choice = { 0 };
	struct flyer_batch *batch;
	size_t count;
	if (!snapshot_begin(&snapshot, db, err) ||
		!flyer_code_find(db, code, &choice.id, err) ||
		!flyer_batches(db, scratch.arena, &choice, &batch, &count, err) ||
		!flyer_is_on(batch, err))
		return false;
	*ret_id = choice.id;
	return true;
}
