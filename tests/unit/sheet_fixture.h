/*
 * What the tests of the sheets of delivery share: a small plan in Kil and Arvika, and looking
 * into views. Everything is static: each program has its copy.
 */
#ifndef SHEET_FIXTURE_H
#define SHEET_FIXTURE_H

#include "scene.h"

#include <valstuga/delivery.h>
#include <valstuga/text.h>

#include "ballots/sheet_parts.h"

#define RUN(s, text) run((s), SQL(text))

static inline void
run(struct scene *s, const char *sql)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s, stmt_open(&q, s->db, sql, &s->err));
	assert_done(s, stmt_run(&q, &s->err));
}

/* Two places in Kil and one in Arvika, a list for each and one for the riksdag. */
static inline void
add_places_and_lists(struct scene *s)
{
	RUN(s,
		"INSERT INTO place (id, kommun_code, name, street, detail, latitude, longitude,"
		" advance_code) VALUES (1, '1715', 'Kils bibliotek', 'Storgatan 1', 'Foajén',"
		" 59.5, 13.3, '171501'), (2, '1715', 'Vikskolan', 'Vikvägen 2', NULL, 59.6,"
		" 13.2, NULL), (3, '1784', 'Ritz', 'Torget 3', NULL, NULL, NULL, NULL)");
	RUN(s,
		"INSERT INTO opening (place_id, purpose, date, opens, closes) VALUES"
		" (1, 'advance', '2026-08-26', 600, 1080), (1, 'advance', '2026-08-27', 600, 1080),"
		" (1, 'advance', '2026-08-28', 600, 1080), (1, 'advance', '2026-08-29', 600, 780),"
		" (1, 'advance', '2026-08-29', 840, 960), (1, 'advance', '2026-09-01', 600, 1080),"
		" (2, 'polling', '2026-09-13', 480, 1200), (3, 'polling', '2026-09-13', 480, 1200)");
	RUN(s,
		"INSERT INTO district (code, name, kommun_code, place_id) VALUES"
		" ('17150101', 'Norra', '1715', 2), ('17150102', 'Södra', '1715', 2),"
		" ('17840101', 'Centrum', '1784', 3)");
	RUN(s,
		"INSERT INTO district_result (district_code, kind, eligible) VALUES"
		" ('17150101', 'KF', 1200), ('17150102', 'KF', 900)");
	RUN(s,
		"INSERT INTO list (id, election_day, kind, party_code, number, status) VALUES"
		" (1, '2026-09-13', 'RD', '0005', '11001', 'ordered'),"
		" (2, '2026-09-13', 'KF', '0005', '12002', 'ordered'),"
		" (3, '2026-09-13', 'KF', '0005', '12003', 'ordered')");
	RUN(s,
		"INSERT INTO list_constituency SELECT 1, id FROM constituency"
		" WHERE kind = 'RD' AND code = '21' UNION ALL SELECT 2, id FROM constituency"
		" WHERE kind = 'KF' AND area_code = '1715' UNION ALL SELECT 3, id"
		" FROM constituency WHERE kind = 'KF' AND area_code = '1784'");
	RUN(s,
		"INSERT INTO item (id, kind, list_id, unit_mg, bundle, box, shelf) VALUES"
		" (1, 'ballot', 1, 1240, 100, 2000, 'B10'), (2, 'ballot', 2, 1240, 100, 2000, 'B9'),"
		" (3, 'ballot', 3, 1240, 100, 2000, 'A1')");
}

/* One round of the library and the reception, on one route. */
static inline void
add_deliveries(struct scene *s)
{
	RUN(s,
		"INSERT INTO round (id, name, phase, from_date, until_date) VALUES"
		" (1, 'Start', 'advance', '2026-08-26', '2026-09-01'),"
		" (2, 'Valdagen', 'election_day', '2026-09-13', '2026-09-13')");
	RUN(s,
		"INSERT INTO allocation (round_id, location_id, item_id, pieces, reason)"
		" SELECT 1, id, 1, 1500, 'x' FROM location WHERE place_id = 1 UNION ALL"
		" SELECT 1, id, 2, 1050, 'x' FROM location WHERE place_id = 1 UNION ALL"
		" SELECT 1, 90, 3, 4500, 'x' UNION ALL"
		" SELECT 2, id, 2, 800, 'x' FROM location WHERE place_id = 2");
	RUN(s,
		"INSERT INTO route (id, date, carrier_id, from_id, leaves, ends, driving_minutes,"
		" metres) SELECT 7, '2026-08-26', 1, id, 510, 720, 120, 84400 FROM location"
		" WHERE name = 'Distriktslagret'");
	RUN(s,
		"INSERT INTO delivery (id, round_id, date, from_id, to_id, carrier_id, route_id,"
		" position, arrives, opens, closes) SELECT 17, 1, '2026-08-26', d.id, p.id, 1, 7,"
		" 1, 575, 570, 1080 FROM location d, location p"
		" WHERE d.name = 'Distriktslagret' AND p.place_id = 1");
	RUN(s,
		"INSERT INTO delivery (id, round_id, date, from_id, to_id, carrier_id, route_id,"
		" position, arrives, opens, closes) SELECT 18, 1, '2026-08-26', id, 90, 1, 7,"
		" 2, 650, 480, 900 FROM location WHERE name = 'Distriktslagret'");
	RUN(s,
		"INSERT INTO delivery_line (delivery_id, item_id, pieces) VALUES"
		" (17, 1, 1000), (17, 2, 1050), (18, 3, 4500)");
}

/*
 * Kil and Arvika: Kil takes ballots at each place, Arvika at its reception. Anna Berg drives
 * to Kil's library and school, then to Arvika. Items 1 RD, 2 KF Kil, 3 KF Arvika.
 */
static inline int
open_scene(void **state)
{
	if (scene_open(state) != 0)
		return -1;
	struct scene *s = *state;
	assert_done(s, store_fast(s));
	RUN(s,
		"UPDATE campaign SET delivery_street = 'Tingvallagatan 17',"
		" delivery_postcode = '652 24', delivery_town = 'Karlstad',"
		" delivery_contact = 'Eva Ekdahl', delivery_mobile = '070-100 20 30',"
		" controller_phone = '054-10 20 30'");
	add_places_and_lists(s);
	RUN(s,
		"INSERT INTO handover_rule (kommun_code, phase, channel, address, earliest,"
		" deadline, cap, contact_name, contact_phone, our_contact, source, verified_on)"
		" VALUES ('1715', 'advance', 'direct', NULL, '30 minuter före öppning', NULL,"
		" 1500, 'Karin Kommun', '0554-19 100', 'Eva Ekdahl', 'mejl', '2026-02-01'),"
		" ('1784', 'advance', 'central', 'Stadshuset, Kundcenter', NULL,"
		" '2026-08-26 15:00', NULL, 'Lena Lund', '0570-81 600', NULL, 'mejl',"
		" '2026-02-01')");
	RUN(s,
		"INSERT INTO location (id, kind, name, kommun_code, street) VALUES"
		" (90, 'reception', 'Valnämnden, Arvika', '1784', 'Esplanaden 5')");
	RUN(s,
		"UPDATE location SET latitude = 59.38, longitude = 13.5"
		" WHERE name = 'Distriktslagret'");
	RUN(s,
		"INSERT INTO person (id, name, keep_until) VALUES"
		" (1, 'Anna Maria Bergqvist', '2027-03-13')");
	RUN(s,
		"INSERT INTO carrier (id, person_id, phone, kg, boxes)"
		" VALUES (1, 1, '070-999 88 77', 200, 40)");
	add_deliveries(s);
	RUN(s,
		"INSERT INTO duty (date, starts, ends, name, phone, role, area, deputy_name,"
		" deputy_phone) VALUES ('2026-08-26', 480, 1200, 'Bo Alman', '054-12 00 00',"
		" 'valsedelsjour', '', 'Ulla Ekdahl', '070-222')");
	return 0;
}

typedef json_t *view_function(
	struct vs_db *, const struct vs_delivery_sheet_options *, struct vs_error *);

static inline json_t *
make(struct scene *s, view_function *view,
	const struct vs_delivery_sheet_options *options)
{
	static const struct vs_delivery_sheet_options all = { 0 };
	json_t *made = view(s->db, options ? options : &all, &s->err);
	assert_done(s, made != NULL);
	return made;
}

static inline const json_t *
sheet_at(const json_t *view, size_t index)
{
	const json_t *sheet = json_array_get(json_object_get(view, "sheets"), index);
	assert_non_null(sheet);
	return sheet;
}

static inline const json_t *
row_at(const json_t *sheet, const char *rows, size_t index)
{
	const json_t *row = json_array_get(json_object_get(sheet, rows), index);
	if (!row)
		fail_msg("%s has no row %zu", rows, index);
	return row;
}

static inline size_t
rows_in(const json_t *sheet, const char *rows)
{
	return json_array_size(json_object_get(sheet, rows));
}

/* A number as it is written, with plain spaces. */
static inline void
assert_says(struct scene *s, const json_t *object, const char *name, const char *wanted)
{
	struct vs_buffer plain = { 0 };
	for (const char *c = text_at(object, name); *c; c++)
		if (strncmp(c, "\u00a0", 2) == 0) {
			vs_buffer_text(&plain, " ");
			c++;
		} else {
			vs_buffer_append(&plain, c, 1);
		}
	const char *text = plain.data ? vs_arena_text(s->arena, plain.data) : "";
	vs_buffer_done(&plain);
	if (strcmp(text, wanted) != 0)
		fail_msg("%s is \"%s\", not \"%s\"", name, text, wanted);
}

static inline bool
warns(const json_t *sheet, const char *part)
{
	size_t i;
	json_t *warning;
	json_array_foreach (json_object_get(sheet, "warnings"), i, warning)
		if (strstr(text_at(warning, "text"), part))
			return true;
	return false;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_scene, scene_close)

#endif
