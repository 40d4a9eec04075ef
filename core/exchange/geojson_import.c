/*
 * Borders of kommuner and districts, for maps. Which an area is says its code: four digits are
 * a kommun, eight a district. Only the campaign's kommuner are kept.
 */
#include "exchange/geojson.h"

#include <inttypes.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"
#include "exchange/model.h"

#define KOMMUN_POINTS	200
#define DISTRICT_POINTS 100

struct reading {
	struct rows *rows;
	struct geo geo;
	struct names seen; /* codes of the file: the feature's number as text */
	const char *first_wrong;
};

/* Names that the code of an area has gone by, folded. */
static const char *const code_names[] = { "lkfv", "valdistriktkod", "valdistriktskod",
	"id", "kommunkod", "knkod", "kom_kod" };

static const char *
code_text(struct vs_arena *arena, const json_t *value)
{
	if (json_is_string(value))
		return vs_arena_text(arena, codes_clean(arena, json_string_value(value)));
	if (!json_is_integer(value) || json_integer_value(value) < 0)
		return "";
	int64_t number = json_integer_value(value);
	return vs_arena_printf(
		arena, number < 10000 ? "%04" PRId64 : "%08" PRId64, number);
}

/* The area's code; NULL: the properties have none. */
static const char *
find_code(struct vs_arena *arena, json_t *properties)
{
	const char *name;
	json_t *value;
	for (size_t i = 0; i < sizeof code_names / sizeof *code_names; i++)
		json_object_foreach (properties, name, value) {
			if (strcmp(codes_fold(arena, name), code_names[i]) != 0)
				continue;
			const char *code = code_text(arena, value);
			if (vs_text_is_code(code, 4) || vs_text_is_code(code, 8))
				return code;
		}
	return NULL;
}

static bool
refuse(struct reading *r, size_t feature, const char *code, const char *wrong)
{
	const char *text =
		code ? vs_arena_printf(r->geo.arena, "%s: %s", code, wrong) : wrong;
	if (!r->first_wrong)
		r->first_wrong =
			vs_arena_printf(r->geo.arena, _("area %zu: %s"), feature, text);
	return tally_refuse(r->rows->run, 0, NULL,
		_("fetch the file again, as GeoJSON in WGS 84 or SWEREF 99 TM"),
		_("area %zu: %s"), feature, text);
}

static bool
take_area(struct reading *r, size_t feature, const json_t *value, const char *code)
{
	struct import *run = r->rows->run;
	struct geo_area area = {
		.kind = code[4] ? "district" : "kommun", .code = code, .feature = feature
	};
	const char *before = names_get(&r->seen, code);
	if (before)
		return refuse(r, feature, code,
			vs_arena_printf(run->arena,
				_("stands in the file already (area %s)"), before));
	const char *wrong =
		geojson_rings(&r->geo, json_object_get(value, "geometry"), &area);
	if (wrong)
		return refuse(r, feature, code, wrong);
	names_put(&r->seen, code, vs_arena_printf(run->arena, "%zu", feature));
	r->geo.areas = vs_arena_grow(
		run->arena, r->geo.areas, r->geo.area_count, sizeof *r->geo.areas);
	r->geo.areas[r->geo.area_count++] = area;
	run->tally.taken++;
	return true;
}

static bool
take_feature(void *context, size_t feature, const json_t *value, struct vs_error *err)
{
	struct reading *r = context;
	struct import *run = r->rows->run;
	char kommun_code[5] = "";
	(void)err;
	run->tally.rows++;
	const char *code = find_code(run->arena, json_object_get(value, "properties"));
	if (!code)
		return refuse(r, feature, NULL,
			_("no code of a kommun or a district among its properties (id, "
			  "kommunkod, Lkfv, valdistriktkod)"));
	memcpy(kommun_code, code, 4);
	const struct kommun *kommun = model_kommun(run, kommun_code);
	if (!kommun)
		return refuse(r, feature, code, _("there is no such kommun"));
	if (!kommun->in_district && !run->options->all) {
		run->tally.outside++;
		return true;
	}
	return take_area(r, feature, value, code);
}

static size_t
most_points(const struct geo_area *area)
{
	return area->kind[0] == 'k' ? KOMMUN_POINTS : DISTRICT_POINTS;
}

/* Five decimals of a degree: a metre. */
static void
write_number(struct vs_buffer *text, int32_t value)
{
	int32_t rounded = (value + 50) / 100;
	vs_buffer_printf(
		text, "%" PRId32 ".%05" PRId32, rounded / 100000, rounded % 100000);
}

/* As in GeoJSON, but the rings of all parts after each other; the first point comes last, too. */
static const char *
write_rings(const struct geo *geo, const struct geo_area *area)
{
	struct vs_buffer text = { 0 };
	for (size_t r = area->first; r < area->first + area->count; r++) {
		const struct geo_ring *ring = &geo->rings[r];
		vs_buffer_text(&text, r == area->first ? "[[" : ",[");
		for (size_t i = 0; i <= ring->count; i++) {
			const struct geo_point *p =
				&geo->points[ring->first + i % ring->count];
			vs_buffer_text(&text, i ? ",[" : "[");
			write_number(&text, p->x);
			vs_buffer_text(&text, ",");
			write_number(&text, p->y);
			vs_buffer_text(&text, "]");
		}
		vs_buffer_text(&text, "]");
	}
	vs_buffer_text(&text, "]");
	const char *kept = vs_arena_text(geo->arena, text.data);
	vs_buffer_done(&text);
	return kept;
}

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash && slash[1] ? slash + 1 : path;
}

static void
store(struct reading *r, const struct geo_area *area)
{
	struct import *run = r->rows->run;
	const char *rings = write_rings(&r->geo, area);
	const char *source = codes_limit(run->arena, base_name(r->rows->name), 120);
	struct border *b = names_get(&run->model->borders, area->code);
	if (!b) {
		b = vs_arena_alloc(run->arena, sizeof *b);
		*b = (struct border){ .kind = area->kind,
			.code = area->code,
			.rings = rings,
			.source = source };
		thing_add(run, &b->thing, NOUN_BORDER);
		names_put(&run->model->borders, area->code, b);
		return;
	}
	thing_hold(run, &b->thing);
	/* The same border by another file's name is the same. */
	if (strcmp(b->rings, rings) != 0) {
		thing_text(run, &b->thing, &b->rings, rings);
		thing_text(run, &b->thing, &b->source, source);
	}
}

static bool
check_taken(const struct reading *r, struct vs_error *err)
{
	const struct tally *tally = &r->rows->run->tally;
	if (tally->refused && !tally->taken)
		return vs_fail(err, VS_INVALID,
			_("%s: no area could be used; %s; fetch the file again, as GeoJSON in "
			  "WGS 84 or SWEREF 99 TM"),
			r->rows->name, r->first_wrong);
	if (tally->rows && !tally->taken)
		tally_problem(r->rows->run, SEVERITY_WARNING, 0, NULL,
			_("fetch the file of the campaign's own county"),
			_("none of its areas is in the campaign's kommuner"));
	return true;
}

bool
geojson_import(struct rows *rows, struct vs_error *err)
{
	struct reading r = { .rows = rows, .geo.arena = rows->run->arena };
	r.seen.arena = rows->run->arena;
	if (!model_borders(rows->run, err) ||
		!geojson_read(rows->name, rows->borders, rows->border_bytes, take_feature,
			&r, err) ||
		!check_taken(&r, err))
		return false;
	geojson_thin(&r.geo, most_points);
	for (size_t i = 0; i < r.geo.area_count; i++)
		store(&r, &r.geo.areas[i]);
	return true;
}
