/* Items on sheets: what a list's ballots look like, and what is taken from the shelf. */
#include "ballots/sheet_parts.h"

#include <stdlib.h>

#include <valstuga/text.h>

#include "base/i18n.h"

static void
read_item(const struct stmt *q, struct vs_arena *arena, struct sheet_item *item)
{
	*item = (struct sheet_item){
		.item = stmt_int(q, 0),
		.list = stmt_int(q, 1),
		.own = stmt_int(q, 2),
		.name = stmt_copy(q, 3, arena),
		.number = stmt_copy(q, 4, arena),
		.constituency = stmt_copy(q, 5, arena),
		.shelf = stmt_copy(q, 6, arena),
		.kind = stmt_copy(q, 7, arena),
		.kind_name = stmt_copy(q, 8, arena),
		.colour = stmt_copy(q, 9, arena),
		.colour_name = stmt_int(q, 1) ? stmt_copy(q, 10, arena) : _("material"),
		.signal_lines = (int)stmt_int(q, 11),
		.unit_mg = stmt_int(q, 12),
		.bundle = stmt_int(q, 13),
		.box = stmt_int(q, 14),
	};
}

/* Items, and the campaign's lists that have none yet. */
bool
sheet_items(struct sheet_source *s, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	int64_t room = 0;
	if (!db_int(s->db,
		    SQL("SELECT (SELECT count(*) FROM item) + (SELECT count(*) FROM list)"),
		    &room, err) ||
		!stmt_open(&q, s->db,
			SQL(LIST_STANDS
				", shown AS (SELECT id AS item, list_id AS list FROM item"
				" UNION ALL SELECT NULL, l.id FROM list l JOIN campaign c"
				" ON l.election_day = c.election_day AND l.party_code = c.party_code"
				" WHERE NOT EXISTS (SELECT 1 FROM item i WHERE i.list_id = l.id))"
				" SELECT x.item, x.list, coalesce(l.election_day = c.election_day"
				"  AND l.party_code = c.party_code, 0),"
				" coalesce(i.name, " LIST_NAME
				"  || iif(l.election_day = c.election_day, '',"
				"  ' ' || substr(l.election_day, 1, 4))),"
				" coalesce(l.number, '–'), coalesce(i.name, s.names, l.designation, '?'),"
				" coalesce(i.shelf, ''), coalesce(l.kind, ''), coalesce(e.adjective, ''),"
				" coalesce(e.colour, ''), coalesce(e.colour_name, ''),"
				" coalesce(e.signal_lines, 0), coalesce(i.unit_mg, 1240),"
				" coalesce(i.bundle, 100), coalesce(i.box, 2000)"
				" FROM shown x JOIN campaign c LEFT JOIN item i ON i.id = x.item"
				" LEFT JOIN list l ON l.id = x.list LEFT JOIN stands s ON s.list_id = l.id"
				" LEFT JOIN election_kind e ON e.code = l.kind"
				" ORDER BY l.id IS NULL, e.position, s.names COLLATE swedish, l.number,"
				" i.name COLLATE swedish, l.id"),
			err))
		return false;
	struct sheet_item *items =
		vs_arena_alloc(s->arena, ((size_t)room + 1) * sizeof *items);
	while (s->item_count < (size_t)room && stmt_row(&q, err))
		read_item(&q, s->arena, &items[s->item_count++]);
	s->items = items;
	return err->code == VS_OK;
}

const struct sheet_item *
sheet_item_get(const struct sheet_source *s, int64_t item)
{
	for (size_t i = 0; i < s->item_count; i++)
		if (s->items[i].item == item)
			return &s->items[i];
	vs_abort("no item %lld on the sheets", (long long)item);
}

const struct sheet_item *
sheet_list_get(const struct sheet_source *s, int64_t list)
{
	for (size_t i = 0; i < s->item_count; i++)
		if (s->items[i].list == list)
			return &s->items[i];
	vs_abort("no list %lld on the sheets", (long long)list);
}

json_t *
sheet_ballot(const struct sheet_item *item)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:s}", "list", item->number,
		"kind", item->kind, "kind_name", item->kind_name, "colour", item->colour,
		"colour_name", item->colour_name, "signal_lines", item->signal_lines,
		"constituency", item->constituency);
}

void
sheet_sum_add(struct sheet_sum *sum, const struct sheet_line *line)
{
	int64_t rest = line->pieces % line->item->box;
	sum->pieces += line->pieces;
	sum->boxes += line->pieces / line->item->box;
	sum->bundles += rest / line->item->bundle;
	sum->loose += rest % line->item->bundle;
	sum->weight_mg += line->pieces * line->item->unit_mg;
}

void
sheet_sum_delivery(struct sheet_sum *sum, const struct sheet_delivery *delivery)
{
	sum->deliveries++;
	for (size_t i = 0; i < delivery->line_count; i++)
		sheet_sum_add(sum, &delivery->lines[i]);
}

void
sheet_sum_put(struct vs_arena *arena, json_t *object, const struct sheet_sum *sum)
{
	record_put(object, "pieces", vs_text_number(arena, sum->pieces));
	record_put(object, "boxes", sheet_count(arena, sum->boxes));
	record_put(object, "bundles", sheet_count(arena, sum->bundles));
	record_put(object, "weight", sheet_weight(arena, sum->weight_mg / 1000));
	record_put(object, "deliveries", vs_text_number(arena, sum->deliveries));
}
