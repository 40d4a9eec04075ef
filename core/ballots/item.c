/* Items: what the ledger counts, a list's ballots or campaign material. */
#include "ballots/stock.h"

#include <string.h>

#include "base/i18n.h"

static const struct vs_choice kinds[] = {
	{ "ballot", N_("ballot papers") },
	{ "material", N_("material") },
	{ 0 },
};

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "kind", VS_FIELD_CHOICE, VS_REQUIRED | VS_FIXED | VS_FILTER, N_("sort of item"),
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
	{ "pieces", VS_FIELD_INTEGER, VS_READONLY, N_("in stock"),
		N_("without what is taken or scrapped") },
	{ "shelf", VS_FIELD_TEXT, 0, N_("shelf"), .max_length = 40 },
	{ "note", VS_FIELD_TEXT, VS_HIDDEN, N_("note") },
};

/* Ballots weigh what the price list says; nobody can guess what a poster weighs. */
static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	(void)db;
	(void)before;
	bool ballot = strcmp(record_string(record, "kind"), "ballot") == 0;
	bool has_list = !json_is_null(json_object_get(record, "list"));
	if (ballot != has_list || ballot == (record_string(record, "material") != NULL))
		return vs_fail(err, VS_INVALID,
			_("item: ballot papers need --list, material needs --material, and neither "
			  "takes the other's"));
	if (!ballot && json_is_null(json_object_get(record, "unit_mg")))
		return vs_fail(err, VS_INVALID,
			_("item %s: what does one piece weigh? Say it with --unit-mg, in milligrams"),
			record_string(record, "material"));
	return true;
}

const struct vs_record_type vs_item_type = {
	.noun = N_("item"),
	.label = N_("items"),
	.about = N_(
		"What is counted in the stock: the ballot papers of a list, and campaign "
		"material; weight, bundle and box as they came from the printer."),
	FIELDS(fields),
	.select = SQL(
		"SELECT i.id, i.kind, i.name AS material, i.list_id AS list, " ITEM_NAME
		" AS name, l.number AS list_number, i.unit_mg, i.bundle, i.box,"
		" (SELECT coalesce(sum(b.pieces), 0) FROM balance b"
		"  JOIN location o ON o.id = b.location_id WHERE b.item_id = i.id"
		"  AND o.kind NOT IN ('voters', 'scrap')) AS pieces,"
		" i.shelf, i.note" ITEM_FROM
		" LEFT JOIN election_kind e ON e.code = l.kind"
		" ORDER BY i.kind, l.election_day DESC, e.position,"
		" " ITEM_NAME " COLLATE swedish, i.id"),
	.insert = SQL(
		"INSERT INTO item (kind, name, list_id, unit_mg, bundle, box, shelf, note)"
		" VALUES (?, ?, ?, coalesce(?, " TARIFF_PIECE_MG
		", 1240), coalesce(?, 100), coalesce(?, 2000), ?, ?)"),
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
	VS_AUTO(stmt) add = { 0 };
	if (err->code != VS_OK ||
		!stmt_open(&add, db,
			SQL("INSERT INTO item (kind, list_id, unit_mg)"
			    " VALUES ('ballot', ?, coalesce(" TARIFF_PIECE_MG ", 1240))"),
			err))
		return false;
	stmt_bind(&add, list);
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
	if (!stmt_open(&q, db, SQL("SELECT " ITEM_NAME ITEM_FROM " WHERE i.id = ?"),
		    &ignored))
		return "?";
	stmt_bind(&q, item);
	return stmt_row(&q, &ignored) ? stmt_copy(&q, 0, arena) : "?";
}

/* A list's own name finds its ballots, too, and says so when there are none yet. */
static bool
find_by_list(struct vs_db *db, const char *text, int64_t *ret_item, struct vs_error *err)
{
	struct vs_error why = { 0 };
	json_t *list = vs_record_get(db, &vs_list_type, text, &why);
	if (!list)
		return why.code == VS_INVALID && vs_fail(err, why.code, "%s", why.text);
	VS_AUTO(stmt) q = { 0 };
	bool ok = stmt_open(&q, db, SQL("SELECT id FROM item WHERE list_id = ?"), err);
	if (ok) {
		stmt_bind(&q, record_integer(list, "id"));
		ok = stmt_row(&q, err);
		if (ok)
			*ret_item = stmt_int(&q, 0);
		else
			vs_fail(err, VS_NOT_FOUND,
				_("no ballots of %s have come yet; 'valstuga stock receive' takes "
				  "them in"),
				record_string(list, "name"));
	}
	json_decref(list);
	return ok;
}

bool
item_find(struct vs_db *db, const char *text, int64_t *ret_item, struct vs_error *err)
{
	struct vs_error why = { 0 };
	json_t *record = vs_record_get(db, &vs_item_type, text, &why);
	if (record) {
		*ret_item = record_integer(record, "id");
		json_decref(record);
		return true;
	}
	/* A number is an item's; a list's would be another one by chance. */
	bool number = text[strspn(text, "0123456789")] == '\0';
	if (why.code == VS_NOT_FOUND && !number && find_by_list(db, text, ret_item, err))
		return true;
	return vs_fail(err, why.code, "%s", why.text);
}
