/* People as cards for a telephone: those who may be called or written to. */
#include "register/people.h"

#include <inttypes.h>

#include "base/i18n.h"

static json_t *
list_of(const char *text)
{
	return text ? json_pack("[s]", text) : json_array();
}

static json_t *
card(struct vs_arena *arena, const struct vs_campaign *campaign, const struct stmt *q)
{
	json_t *card = json_object();
	const char *key = vs_arena_printf(arena, "%" PRId64, stmt_int(q, 0));
	record_put(card, "uid", vs_campaign_uid(arena, campaign, "person", key));
	record_put(card, "name", stmt_text(q, 1));
	json_object_set_new(card, "phones", list_of(stmt_text(q, 2)));
	json_object_set_new(card, "emails", list_of(stmt_text(q, 3)));
	record_put(card, "organization",
		vs_arena_printf(
			arena, "%s %s", campaign->party_short, campaign->district));
	record_put(card, "unit", stmt_text(q, 4));
	if (!stmt_null(q, 5))
		record_put(card, "title",
			record_choice(register_office_roles, stmt_text(q, 5)));
	return card;
}

static bool
read_cards(struct vs_db *db, struct vs_arena *arena, const char *kommun,
	int64_t association, json_t *cards, struct vs_error *err)
{
	struct vs_campaign campaign;
	VS_AUTO(stmt) q = { 0 };
	if (!vs_campaign_get(db, arena, &campaign, err) ||
		!stmt_open(&q, db,
			SQL("SELECT p.id, p.name, p.phone, p.email, a.name,"
			    " (SELECT o.role FROM office o WHERE o.person_id = p.id"
			    "  ORDER BY o.id LIMIT 1) FROM person p"
			    " LEFT JOIN association a ON a.id = p.association_id"
			    " WHERE NOT p.restricted AND (p.phone IS NOT NULL OR p.email IS NOT NULL)"
			    " AND (?1 IS NULL OR p.kommun_code = ?1)"
			    " AND (?2 = 0 OR p.association_id = ?2)"
			    " ORDER BY p.name COLLATE swedish, p.id"),
			err))
		return false;
	stmt_bind(&q, kommun);
	stmt_bind(&q, association);
	while (stmt_row(&q, err))
		json_array_append_new(cards, card(arena, &campaign, &q));
	return err->code == VS_OK;
}

/* The record that a filter names; NULL in *ret_record when nothing is asked for. */
static bool
find(struct vs_db *db, const struct vs_record_type *type, const json_t *filters,
	const char *name, json_t **ret_record, struct vs_error *err)
{
	const char *text = record_string(filters, name);
	*ret_record = text ? vs_record_get(db, type, text, err) : NULL;
	return err->code == VS_OK;
}

json_t *
vs_person_cards(struct vs_db *db, const json_t *filters, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	json_t *kommun = NULL, *association = NULL, *view = json_pack("{s:[]}", "cards");
	bool ok = find(db, &vs_kommun_type, filters, "kommun", &kommun, err) &&
		find(db, &vs_association_type, filters, "association", &association,
			err) &&
		read_cards(db, scratch.arena,
			kommun ? record_string(kommun, "code") : NULL,
			association ? record_integer(association, "id") : 0,
			json_object_get(view, "cards"), err);
	json_decref(kommun);
	json_decref(association);
	if (ok)
		return view;
	json_decref(view);
	return NULL;
}
