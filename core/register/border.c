/* Borders for maps: a kommun's or a district's rings, from GeoJSON. */
#include "register/register.h"

#include "base/i18n.h"

static const struct vs_choice kinds[] = {
	{ "kommun", N_("kommun") },
	{ "district", N_("electoral district") },
	{ 0 },
};

static const struct vs_field fields[] = {
	{ "code", VS_FIELD_TEXT, VS_KEY | VS_READONLY | VS_REQUIRED, N_("code"),
		N_("of the kommun, 4 digits, or of the district, 8") },
	{ "kind", VS_FIELD_CHOICE, VS_READONLY | VS_FILTER, N_("border of"),
		.choices = kinds },
	{ "area_name", VS_FIELD_TEXT, VS_READONLY, N_("name") },
	{ "kommun", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("kommun"),
		.refers = &vs_kommun_type },
	{ "kommun_name", VS_FIELD_TEXT, VS_READONLY, N_("kommun") },
	{ "rings", VS_FIELD_INTEGER, VS_READONLY, N_("rings"), N_("parts and holes") },
	{ "points", VS_FIELD_INTEGER, VS_READONLY, N_("points") },
	{ "source", VS_FIELD_TEXT, VS_READONLY, N_("from file") },
};

/* A point is a list within a ring within the rings: as many as begin, less those around. */
const struct vs_record_type vs_border_type = {
	.noun = N_("border"),
	.label = N_("borders"),
	.about = N_(
		"Borders of kommuner and districts, for maps. They come in as GeoJSON."),
	FIELDS(fields),
	.select = SQL(
		"SELECT b.code, b.kind, coalesce(d.name, (SELECT max(r.name)"
		" FROM election_result r WHERE r.district_code = b.code),"
		" iif(b.kind = 'kommun', k.name, NULL)) AS area_name,"
		" k.code AS kommun, k.name AS kommun_name,"
		" json_array_length(b.rings) AS rings, length(b.rings)"
		" - length(replace(b.rings, '[', '')) - 1 - 2 * json_array_length(b.rings)"
		" AS points, b.source FROM border b JOIN kommun k"
		" ON k.code = substr(b.code, 1, 4) LEFT JOIN district d ON d.code = b.code"
		" ORDER BY b.kind DESC, k.name COLLATE swedish, b.code"),
};

json_t *
register_borders(struct vs_db *db, const char *kind, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT code, rings FROM border WHERE kind = ? ORDER BY code"),
		    err))
		return NULL;
	stmt_bind(&q, kind);
	json_t *borders = json_object();
	while (stmt_row(&q, err)) {
		json_t *rings = json_loads(stmt_text(&q, 1), 0, NULL);
		if (rings)
			json_object_set_new(borders, stmt_text(&q, 0), rings);
	}
	if (err->code == VS_OK)
		return borders;
	json_decref(borders);
	return NULL;
}
