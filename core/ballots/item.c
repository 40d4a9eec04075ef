/* Items: what the ledger counts, a list's ballots or campaign material. */
#include "ballots/stock.h"

#include "base/i18n.h"

static const struct vs_choice kinds[] = {
	{ "ballot", N_("ballot papers") },
	{ "material", N_("material") },
	{ 0 },
};

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "kind", VS_FIELD_CHOICE, VS_REQUIRED | VS_FIXED | VS_FILTER, N_("kind"),
		.choices = kinds },
	{ "material", VS_FIELD_TEXT, VS_HIDDEN, N_("material"),
		N_("its name: flyers, posters, a ballot paper holder"),
		.max_length = 80 },
	{ "list", VS_FIELD_REF, VS_FIXED | VS_FILTER | VS_HIDDEN, N_("list"),
		N_("for ballot papers: the list"), .refers = &vs_list_type },
	{ "name", VS_FIELD_TEXT, VS_READONLY | VS_NAME, N_("item") },
	{ "list_number", VS_FIELD_TEXT, VS_READONLY | VS_NAME, N_("list number") },
	{ "unit_mg", VS_FIELD_INTEGER, 0, N_("mg each"),
		N_("weight of one piece in milligrams; A6 at 80 g/m² is 1 240"), .min = 1,
		.max = 100000000 },
	{ "bundle", VS_FIELD_INTEGER, 0, N_("in a bundle"), N_("pieces"), .min = 1,
		.max = 100000 },
	{ "box", VS_FIELD_INTEGER, 0, N_("in a box"), N_("pieces"), .min = 1,
		.max = 1000000 },
	{ "shelf", VS_FIELD_TEXT, 0, N_("shelf"), .max_length = 40 },
	{ "note", VS_FIELD_TEXT, VS_HIDDEN, N_("note") },
};

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	(void)db;
	(void)before;
	bool ballot = record_string(record, "kind")[0] == 'b';
	bool has_list = !json_is_null(json_object_get(record, "list"));
	if (ballot != has_list || ballot == (record_string(record, "material") != NULL))
		return vs_fail(err, VS_INVALID,
			_("item: ballot papers need --list, material needs --material, and neither "
			  "takes the other's"));
	return true;
}

const struct vs_record_type vs_item_type = {
	.noun = N_("item"),
	.label = N_("items"),
	.about = N_(
		"What is counted in the stock: the ballot papers of a list, and campaign "
		"material; weight, bundle and box as they came from the printer."),
	FIELDS(fields),
	.select = SQL(LIST_STANDS
		" SELECT i.id, i.kind, i.name AS material, i.list_id AS list,"
		" coalesce(i.name, " LIST_NAME
		" || iif(l.election_day = c.election_day, '',"
		"  ' ' || substr(l.election_day, 1, 4))) AS name,"
		" l.number AS list_number, i.unit_mg, i.bundle, i.box, i.shelf, i.note"
		" FROM item i JOIN campaign c LEFT JOIN list l ON l.id = i.list_id"
		" LEFT JOIN stands s ON s.list_id = l.id"
		" LEFT JOIN election_kind e ON e.code = l.kind"
		" ORDER BY i.kind, e.position, s.names COLLATE swedish,"
		" i.name COLLATE swedish, i.id"),
	.insert = SQL(
		"INSERT INTO item (kind, name, list_id, unit_mg, bundle, box, shelf, note)"
		" VALUES (?, ?, ?, coalesce(?, 1240), coalesce(?, 100),"
		" coalesce(?, 2000), ?, ?)"),
	.update = SQL("UPDATE item SET name = ?, unit_mg = coalesce(?, unit_mg),"
		      " bundle = coalesce(?, bundle), box = coalesce(?, box), shelf = ?,"
		      " note = ? WHERE id = ?"),
	.remove = SQL("DELETE FROM item WHERE id = ?"),
	.check = check,
};

bool
item_of_list(struct vs_db *db, int64_t list, int64_t *ret_item, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, SQL("SELECT id FROM item WHERE list_id = ?"), err))
		return false;
	stmt_bind(&q, list);
	if (stmt_row(&q, err)) {
		*ret_item = stmt_int(&q, 0);
		return true;
	}
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(stmt) add = { 0 };
	struct tariff tariff;
	if (err->code != VS_OK || !tariff_get(db, scratch.arena, &tariff, err) ||
		!stmt_open(&add, db,
			SQL("INSERT INTO item (kind, list_id, unit_mg) VALUES ('ballot', ?, ?)"),
			err))
		return false;
	stmt_bind(&add, list);
	stmt_bind(&add, tariff.piece_mg);
	if (!stmt_run(&add, err))
		return false;
	*ret_item = db_last_id(db);
	return true;
}

const char *
item_name(struct vs_db *db, struct vs_arena *arena, int64_t item)
{
	struct vs_error ignored = { 0 };
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT coalesce(i.name, l.kind || ' ' || coalesce((SELECT"
			" group_concat(name, ', ') FROM (SELECT c.name FROM list_constituency lc"
			" JOIN constituency c ON c.id = lc.constituency_id"
			" WHERE lc.list_id = l.id ORDER BY c.code)), l.designation, '?'))"
			" FROM item i LEFT JOIN list l ON l.id = i.list_id WHERE i.id = ?"),
		    &ignored))
		return "?";
	stmt_bind(&q, item);
	return stmt_row(&q, &ignored) ? stmt_copy(&q, 0, arena) : "?";
}

bool
item_find(struct vs_db *db, const char *text, int64_t *ret_item, struct vs_error *err)
{
	json_t *record = vs_record_get(db, &vs_item_type, text, err);
	if (!record)
		return false;
	*ret_item = record_integer(record, "id");
	json_decref(record);
	return true;
}
