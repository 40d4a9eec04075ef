/* How fast the roads are where no road is known: per band of distance. */
#include "ballots/delivery.h"

#include "base/i18n.h"

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "up_to_km", VS_FIELD_REAL, VS_REQUIRED, N_("up to km"),
		N_("as the crow flies; the first kilometres of every way go by the "
		   "shortest band, what is beyond by the next"),
		.min = 0, .max = 20000 },
	{ "detour", VS_FIELD_REAL, VS_REQUIRED, N_("detour"),
		N_("metres of road per metre as the crow flies"), .min = 1, .max = 5 },
	{ "kmh", VS_FIELD_REAL, VS_REQUIRED, N_("km/h"), .min = 5, .max = 130 },
	{ "source", VS_FIELD_TEXT, 0, N_("source") },
};

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	(void)db;
	(void)before;
	if (json_number_value(json_object_get(record, "up_to_km")) > 0)
		return true;
	return vs_fail(err, VS_INVALID, _("speed, field up_to_km: must be more than 0"));
}

const struct vs_record_type vs_road_speed_type = {
	.noun = N_("speed"),
	.label = N_("speeds"),
	.about = N_("How fast one drives where no road is known: detour and speed by "
		    "distance as the crow flies."),
	FIELDS(fields),
	.select = SQL("SELECT id, up_to_km, detour, kmh, source FROM road_speed"
		      " ORDER BY up_to_km"),
	.insert = SQL("INSERT INTO road_speed (up_to_km, detour, kmh, source)"
		      " VALUES (?, ?, ?, ?)"),
	.update =
		SQL("UPDATE road_speed SET up_to_km = ?, detour = ?, kmh = ?, source = ?"
		    " WHERE id = ?"),
	.remove = SQL("DELETE FROM road_speed WHERE id = ?"),
	.check = check,
};
