/* Deliveries as sheets need them: one question for the rows, one statement for their lines. */
#include "ballots/sheet_parts.h"

#include <string.h>

#include "base/i18n.h"

static const char *const rows_sql = SQL(
	"WITH asked (delivery, day, carrier, every) AS (SELECT ?, ?, ?, ?)"
	" SELECT d.id, coalesce(d.round_id, 0), coalesce(d.route_id, 0),"
	" coalesce(d.carrier_id, 0), coalesce(o.place_id, 0),"
	" (SELECT min(e.at) FROM delivery_event e WHERE e.delivery_id = d.id),"
	" d.date, d.status, r.name, coalesce(r.phase, iif(d.date >= g.election_day,"
	"  'election_day', 'advance')), d.override, d.note,"
	" coalesce(d.position, 0), coalesce(t.leaves, -1), coalesce(d.arrives, -1),"
	" coalesce(d.opens, -1), coalesce(d.closes, -1), coalesce(d.packages, 0),"
	" f.name, fw.name, coalesce(f.street, fp.street, h.delivery_street),"
	" coalesce(fp.postcode, h.delivery_postcode),"
	" coalesce(f.town, fp.town, h.delivery_town), fp.name,"
	" o.name, p.name, w.name, coalesce(o.street, p.street), p.postcode,"
	" coalesce(o.town, p.town, k.name), o.kind, p.detail, k.code, k.name,"
	" iif(a.id IS NULL, g.delivery_contact, a.contact_name),"
	" iif(a.id IS NULL, g.delivery_mobile, a.contact_phone), cw.name,"
	" coalesce(o.latitude, p.latitude), coalesce(o.longitude, p.longitude),"
	" oa.contact_name, oa.contact_phone, d.to_id,"
	" EXISTS (SELECT 1 FROM shortage z WHERE z.delivery_id = d.id), d.from_id"
	" FROM asked x JOIN campaign g JOIN delivery d JOIN location f ON f.id = d.from_id"
	/* The district's depot without a street of its own is where the orders go. */
	" LEFT JOIN campaign h ON f.kind = 'depot' AND f.association_id IS NULL"
	"  AND f.street IS NULL"
	" LEFT JOIN place fp ON fp.id = f.place_id LEFT JOIN carrier fc ON fc.id = f.carrier_id"
	" LEFT JOIN person fw ON fw.id = fc.person_id"
	" LEFT JOIN association a ON a.id = f.association_id"
	" JOIN location o ON o.id = d.to_id LEFT JOIN place p ON p.id = o.place_id"
	" LEFT JOIN carrier oc ON oc.id = o.carrier_id LEFT JOIN person w ON w.id = oc.person_id"
	" LEFT JOIN association oa ON oa.id = o.association_id"
	" LEFT JOIN kommun k ON k.code = coalesce(o.kommun_code, p.kommun_code)"
	" LEFT JOIN round r ON r.id = d.round_id LEFT JOIN route t ON t.id = d.route_id"
	" LEFT JOIN carrier c ON c.id = d.carrier_id LEFT JOIN person cw ON cw.id = c.person_id"
	" WHERE (x.delivery = 0 OR d.id = x.delivery) AND (x.day IS NULL OR d.date = x.day)"
	" AND (x.carrier = 0 OR d.carrier_id = x.carrier)"
	" AND (x.every OR d.status NOT IN ('cancelled', 'failed'))"
	" ORDER BY d.date, d.route_id IS NULL, d.route_id, d.position, d.id");

static void
read_ids(const struct stmt *q, struct vs_arena *arena, struct sheet_delivery *d)
{
	const char *phase = stmt_copy(q, 9, arena);
	d->id = stmt_int(q, 0);
	d->round = stmt_int(q, 1);
	d->route = stmt_int(q, 2);
	d->carrier = stmt_int(q, 3);
	d->place = stmt_int(q, 4);
	d->ordered_at = stmt_int(q, 5);
	d->date = stmt_copy(q, 6, arena);
	d->status = stmt_copy(q, 7, arena);
	d->round_name = stmt_copy(q, 8, arena);
	d->phase = d->round ? round_rule_phase(phase) : phase;
	d->refill = strcmp(phase, "refill") == 0;
	d->override = stmt_copy(q, 10, arena);
	d->note = stmt_copy(q, 11, arena);
	d->position = (int)stmt_int(q, 12);
	d->leaves = (int)stmt_int(q, 13);
	d->arrives = (int)stmt_int(q, 14);
	d->opens = (int)stmt_int(q, 15);
	d->closes = (int)stmt_int(q, 16);
	d->packages = (int)stmt_int(q, 17);
}

/* The name of a depot or reception, of a place, or a person's short one. */
static const char *
name_of(const struct stmt *q, struct vs_arena *arena, int own, int place, int person)
{
	const char *name = stmt_text(q, own) ? stmt_text(q, own) : stmt_text(q, place);
	return name ? vs_arena_text(arena, name)
		    : vs_arena_printf(arena, _("with %s"),
			      register_short_name(arena, stmt_text(q, person)));
}

static void
read_ends(const struct stmt *q, struct vs_arena *arena, struct sheet_delivery *d)
{
	d->from = (struct sheet_address){ name_of(q, arena, 18, 23, 19),
		stmt_copy(q, 20, arena), stmt_copy(q, 21, arena),
		stmt_copy(q, 22, arena) };
	d->to = (struct sheet_address){ name_of(q, arena, 24, 25, 26),
		stmt_copy(q, 27, arena), stmt_copy(q, 28, arena),
		stmt_copy(q, 29, arena) };
	d->to_kind = stmt_copy(q, 30, arena);
	d->inside = stmt_copy(q, 31, arena);
	d->kommun = stmt_copy(q, 32, arena);
	d->kommun_name = stmt_copy(q, 33, arena);
	d->our_contact = register_short_name(arena, stmt_text(q, 34));
	d->our_phone = stmt_copy(q, 35, arena);
	d->carrier_name =
		d->carrier ? register_short_name(arena, stmt_text(q, 36)) : NULL;
	d->located = !stmt_null(q, 37);
	d->latitude = stmt_real(q, 37);
	d->longitude = stmt_real(q, 38);
	d->their_contact = register_short_name(arena, stmt_text(q, 39));
	d->their_phone = stmt_copy(q, 40, arena);
	d->to_location = stmt_int(q, 41);
	d->refill = d->refill || stmt_int(q, 42);
	d->from_location = stmt_int(q, 43);
}

static bool
read_lines(struct sheet_source *s, struct stmt *q, struct sheet_delivery *d,
	struct vs_error *err)
{
	struct sheet_line *lines =
		vs_arena_alloc(s->arena, (s->item_count + 1) * sizeof *lines);
	stmt_bind(q, d->id);
	while (stmt_row(q, err)) {
		struct sheet_line line = { sheet_item_get(s, stmt_int(q, 0)),
			stmt_int(q, 1), stmt_int(q, 2) };
		size_t at = d->line_count++;
		for (; at > 0 && lines[at - 1].item > line.item; at--)
			lines[at] = lines[at - 1];
		lines[at] = line;
	}
	d->lines = lines;
	return err->code == VS_OK;
}

static bool
count_rows(struct sheet_source *s, int64_t *ret_count, struct vs_error *err)
{
	*ret_count = 1;
	return s->delivery ||
		db_int(s->db, SQL("SELECT count(*) FROM delivery"), ret_count, err);
}

bool
sheet_deliveries(struct sheet_source *s, bool every,
	const struct sheet_delivery **ret_deliveries, size_t *ret_count,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	VS_AUTO(stmt) lines = { 0 };
	int64_t room;
	size_t count = 0;
	if (!count_rows(s, &room, err) || !stmt_open(&q, s->db, rows_sql, err) ||
		!stmt_open(&lines, s->db,
			SQL("SELECT item_id, pieces, coalesce(counted, pieces) FROM delivery_line"
			    " WHERE delivery_id = ?"),
			err))
		return false;
	struct sheet_delivery *rows =
		vs_arena_alloc(s->arena, (size_t)(room + 1) * sizeof *rows);
	stmt_bind(&q, s->delivery);
	stmt_bind(&q, s->day);
	stmt_bind(&q, s->carrier);
	stmt_bind(&q, every);
	while (count < (size_t)room && stmt_row(&q, err)) {
		struct sheet_delivery *d = &rows[count++];
		read_ids(&q, s->arena, d);
		read_ends(&q, s->arena, d);
		if (!read_lines(s, &lines, d, err))
			return false;
	}
	if (s->delivery && count == 0 && err->code == VS_OK)
		return vs_fail(err, VS_REFUSED,
			_("delivery %lld is cancelled, failed or not of that day and carrier; "
			  "there is nothing to print for it"),
			(long long)s->delivery);
	*ret_deliveries = rows;
	*ret_count = count;
	return err->code == VS_OK;
}

bool
sheet_wanted(const struct sheet_source *s, const struct sheet_delivery *d)
{
	return (!s->round || d->round == s->round) &&
		(!s->place || d->place == s->place) &&
		(!s->kommun || (d->kommun && strcmp(d->kommun, s->kommun) == 0));
}

const char *
sheet_note_number(struct vs_arena *arena, const struct sheet_delivery *d)
{
	return vs_arena_printf(arena, "FS-%lld", (long long)d->id);
}
