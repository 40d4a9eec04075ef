/* The register: new campaigns, what ships with the program, voters, deadlines, problems. */
#include "scene.h"

#include "register/register.h"

/* New campaigns ---------------------------------------------------------------------------- */

static bool
create(struct scene *s, const struct vs_campaign_options *options)
{
	vs_db_close(s->db);
	unlink(s->path);
	s->db = vs_campaign_create(s->path, options, "anna", &s->err);
	return s->db != NULL;
}

static void
is_refused(struct scene *s, struct vs_campaign_options options, const char *part)
{
	assert_refused(s, create(s, &options), VS_INVALID, part);
	assert_int_equal(access(s->path, F_OK), -1);
}

static void
a_campaign_knows_party_district_and_day(void **state)
{
	struct scene *s = *state;
	struct vs_campaign c;
	assert_done(s, vs_campaign_get(s->db, s->arena, &c, &s->err));
	assert_string_equal(c.title, "Värmland 2026");
	assert_string_equal(c.party_name, "Vänsterpartiet");
	assert_string_equal(c.party_short, "V");
	assert_string_equal(c.kinds, "RD,RF,KF");
	assert_string_equal(c.keep_until, "2026-12-12");
	assert_true(c.quota_factor == 3.0);
	assert_int_equal(c.election_date.month, 9);
}

static void
wrong_options_are_refused_and_leave_no_file(void **state)
{
	struct scene *s = *state;
	struct vs_campaign_options o;
	static const char *const parties[] = { NULL, "", "5", "00005", "V", "000x" };
	for (size_t i = 0; i < sizeof parties / sizeof *parties; i++) {
		o = scene_varmland();
		o.party_code = parties[i];
		is_refused(s, o, "--party");
	}
	static const char *const regions[] = { NULL, "1", "99", "Värmland", "170" };
	for (size_t i = 0; i < sizeof regions / sizeof *regions; i++) {
		o = scene_varmland();
		o.region_code = regions[i];
		is_refused(s, o, "--lan");
	}
	static const char *const days[] = { NULL, "2026-09-14", "2026-09-31", "13/9",
		"" };
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		o = scene_varmland();
		o.election_day = days[i];
		is_refused(s, o, days[i] && *days[i] ? days[i] : "");
	}
	static const char *const kinds[] = { "", "RD,XX", "RD,RD", "RDRF", "rd", "RD,",
		",RD" };
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		o = scene_varmland();
		o.kinds = kinds[i];
		is_refused(s, o, "--kinds");
	}
	o = scene_varmland();
	o.party_code = "1234";
	is_refused(s, o, "--party-name");
}

static void
names_of_a_campaign_are_texts_within_limits(void **state)
{
	struct scene *s = *state;
	char endless[10001];
	memset(endless, 'x', sizeof endless - 1);
	endless[sizeof endless - 1] = '\0';
	static const char *const districts[] = { NULL, "", "  " };
	struct vs_campaign_options o = scene_varmland();
	for (size_t i = 0; i < sizeof districts / sizeof *districts; i++) {
		o.district = districts[i];
		is_refused(s, o, "district");
	}
	o.district = endless;
	is_refused(s, o, "district");
	o.district = "V\xe4rmland";
	is_refused(s, o, "district");
	o = scene_varmland();
	o.title = endless;
	is_refused(s, o, "title");
	o.title = "\xff";
	is_refused(s, o, "title");
	o = scene_varmland();
	o.party_code = "1234";
	o.party_name = endless;
	is_refused(s, o, "name");
	o.party_name = " ";
	is_refused(s, o, "name");
}

static void
an_existing_file_stays(void **state)
{
	struct scene *s = *state;
	struct vs_campaign_options options = scene_varmland();
	assert_refused(s, vs_campaign_create(s->path, &options, "anna", &s->err) != NULL,
		VS_EXISTS, s->path);
	assert_int_equal(access(s->path, F_OK), 0);
}

static void
a_june_election_is_to_the_european_parliament(void **state)
{
	struct scene *s = *state;
	struct vs_campaign_options o = scene_varmland();
	o.election_day = "2024-06-09";
	assert_done(s, create(s, &o));
	struct vs_campaign c;
	assert_done(s, vs_campaign_get(s->db, s->arena, &c, &s->err));
	assert_string_equal(c.kinds, "EP");
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM constituency")), 1);
	o.kinds = "KF,RD";
	assert_done(s, create(s, &o));
	assert_done(s, vs_campaign_get(s->db, s->arena, &c, &s->err));
	assert_string_equal(c.kinds, "RD,KF");
	assert_true(vs_kinds_include(c.kinds, "KF"));
	assert_false(vs_kinds_include(c.kinds, "RF"));
	assert_false(vs_kinds_include("RDX,XKF", "KF"));
}

static void
a_small_party_brings_its_name(void **state)
{
	struct scene *s = *state;
	struct vs_campaign_options o = scene_varmland();
	o.party_code = "1234";
	o.party_name = "Sjukvårdspartiet i Värmland";
	assert_done(s, create(s, &o));
	struct vs_campaign c;
	assert_done(s, vs_campaign_get(s->db, s->arena, &c, &s->err));
	assert_string_equal(c.party_short, "Sjukvårdspartiet i Värmland");
}

static void
a_district_may_be_some_kommuner_of_several_counties(void **state)
{
	struct scene *s = *state;
	struct vs_campaign_options o = scene_varmland();
	static const char *const some[] = { "1780", "hammarö", "1860" };
	o.kommuner = some;
	o.kommun_count = 3;
	assert_done(s, create(s, &o));
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM kommun WHERE in_district")), 3);
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM constituency WHERE kind = 'RD'")),
		2);
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM constituency WHERE kind = 'RF'")),
		2);
	static const char *const wrong[] = { "1780", "Atlantis" };
	o.kommuner = wrong;
	o.kommun_count = 2;
	assert_refused(s, create(s, &o), VS_NOT_FOUND, "Atlantis");
	assert_int_equal(access(s->path, F_OK), -1);
}

static void
gotland_has_no_regional_election(void **state)
{
	struct scene *s = *state;
	struct vs_campaign_options o = scene_varmland();
	o.region_code = "09";
	assert_done(s, create(s, &o));
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM constituency WHERE kind = 'RF'")),
		0);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM constituency")), 2);
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM campaign WHERE kinds = 'RD,KF'")),
		1);
}

/* What ships with the program -------------------------------------------------------------- */

static void
sweden_has_29_constituencies_290_kommuner_and_21_counties(void **state)
{
	struct scene *s = *state;
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM riksdag_constituency")), 29);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM kommun")), 290);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM region")), 21);
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM region WHERE has_regional_election")),
		20);
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM kommun WHERE"
				     " substr(code, 1, 2) <> region_code")),
		0);
	assert_int_equal(
		count_of(s, SQL("SELECT count(DISTINCT riksdag_code) FROM kommun")), 29);
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM kommun k JOIN riksdag_constituency r"
			    " ON r.code = k.riksdag_code WHERE r.region_code <> k.region_code")),
		0);
}

static void
varmland_is_16_kommuner_in_constituency_21(void **state)
{
	struct scene *s = *state;
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM kommun WHERE in_district"
				     " AND region_code = '17' AND riksdag_code = '21'")),
		16);
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM constituency WHERE kind = 'RD'"
				     " AND area_code = '00' AND code = '21'")),
		1);
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM constituency WHERE kind = 'RF'"
				     " AND area_code = '17' AND code = '1700'")),
		1);
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM constituency WHERE kind = 'KF'"
				     " AND code = area_code || '00'")),
		16);
}

static void
paper_is_yellow_blue_and_white(void **state)
{
	struct scene *s = *state;
	static const char *const colours[][2] = { { "RD", "gul" }, { "RF", "blå" },
		{ "KF", "vit" }, { "EP", "vit" } };
	for (size_t i = 0; i < 4; i++) {
		json_t *kind = vs_record_get(
			s->db, &vs_election_kind_type, colours[i][0], &s->err);
		assert_string_equal(text_at(kind, "colour_name"), colours[i][1]);
		json_decref(kind);
	}
}

static void
constituency_codes_fit_their_kind(void **state)
{
	struct scene *s = *state;
	const char *key;
	static const char *const bad[][3] = { { "kind=RD", "area_code=17", "code=21" },
		{ "kind=RD", "area_code=00", "code=1700" },
		{ "kind=RF", "area_code=17", "code=1800" },
		{ "kind=KF", "area_code=17", "code=1700" },
		{ "kind=KF", "area_code=1780", "code=178100" },
		{ "kind=KF", "area_code=178x", "code=178x00" } };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_refused(s,
			record_add(s, &vs_constituency_type,
				VALUES(bad[i][0], bad[i][1], bad[i][2], "name=X"), &key),
			VS_INVALID, "does not fit");
	assert_done(s,
		record_add(s, &vs_constituency_type,
			VALUES("kind=KF", "area_code=1780", "code=178001", "name=Norra"),
			&key));
	assert_refused(s,
		record_set(s, &vs_constituency_type, key, VALUES("code=178002")),
		VS_USAGE, "code");
}

/* Voters ----------------------------------------------------------------------------------- */

static void
add_district(struct scene *s, const char *code, int eligible)
{
	VS_AUTO(stmt) q = { 0 };
	VS_AUTO(stmt) r = { 0 };
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("INSERT INTO district (code, name, kommun_code, kf_constituency)"
			    " VALUES (?1, 'D', substr(?1, 1, 4), substr(?1, 1, 4) || '00')"),
			&s->err));
	stmt_bind(&q, code);
	assert_done(s, stmt_run(&q, &s->err));
	assert_done(s,
		stmt_open(&r, s->db,
			SQL("INSERT INTO district_result (district_code, kind, eligible)"
			    " SELECT ?1, value, ?2 - (value = 'RD') FROM"
			    " json_each('[\"RD\",\"RF\",\"KF\"]')"),
			&s->err));
	stmt_bind(&r, code);
	stmt_bind(&r, eligible);
	assert_done(s, stmt_run(&r, &s->err));
}

static int64_t
eligible(struct scene *s, const char *kind, const char *area, const char *code)
{
	int64_t voters = -1;
	bool known;
	assert_done(
		s, register_eligible(s->db, kind, area, code, &voters, &known, &s->err));
	return known ? voters : -1;
}

static void
voters_are_counted_from_the_districts(void **state)
{
	struct scene *s = *state;
	assert_int_equal(eligible(s, "KF", "1780", "178000"), -1);
	add_district(s, "17800101", 1000);
	add_district(s, "17800102", 500);
	add_district(s, "17150101", 200);
	assert_int_equal(eligible(s, "KF", "1780", "178000"), 1500);
	assert_int_equal(eligible(s, "KF", "1715", "171500"), 200);
	assert_int_equal(eligible(s, "KF", "1730", "173000"), -1);
	assert_int_equal(eligible(s, "RF", "17", "1700"), 1700);
	assert_int_equal(eligible(s, "RD", "00", "21"), 1697);
	assert_int_equal(eligible(s, "RD", "00", "22"), -1);
	assert_int_equal(eligible(s, "EP", "00", "00"), 1697);
}

static void
entered_figures_go_before_counted_ones(void **state)
{
	struct scene *s = *state;
	const char *key;
	add_district(s, "17800101", 1000);
	assert_done(s,
		record_set(s, &vs_constituency_type, "Karlstad",
			VALUES("eligible=76 730", "eligible_on=2026-03-01")));
	assert_int_equal(eligible(s, "KF", "1780", "178000"), 76730);
	json_t *karlstad =
		vs_record_get(s->db, &vs_constituency_type, "Karlstad", &s->err);
	assert_int_equal(integer_at(karlstad, "quota"), 3 * 76730);
	assert_int_equal(integer_at(karlstad, "eligible_counted"), 1000);
	json_decref(karlstad);
	/* A second constituency without a figure: half an entry is none. */
	assert_done(s,
		record_add(s, &vs_constituency_type,
			VALUES("kind=KF", "area_code=1780", "code=178001", "name=Norra"),
			&key));
	assert_int_equal(eligible(s, "KF", "1780", "178000"), 1000);
	assert_done(s, record_set(s, &vs_constituency_type, key, VALUES("eligible=270")));
	assert_int_equal(eligible(s, "KF", "1780", "178000"), 77000);
	assert_refused(s,
		record_set(s, &vs_constituency_type, key, VALUES("eligible=-1")),
		VS_INVALID, "eligible");
}

static void
figures_count_each_area_once(void **state)
{
	struct scene *s = *state;
	const char *key, *school;
	add_district(s, "17800101", 1000);
	add_district(s, "17800102", 500);
	assert_done(s,
		record_add(s, &vs_place_type,
			VALUES("kommun=1780", "name=Skolan", "street=Nygatan 1"),
			&school));
	assert_done(
		s, record_set(s, &vs_district_type, "17800101", VALUES("place=Skolan")));
	assert_done(
		s, record_set(s, &vs_district_type, "17800102", VALUES("place=Skolan")));
	static const char *const passes[][3] = {
		{ "date=2026-08-26", "opens=08:00", "closes=12:00" },
		{ "date=2026-08-26", "opens=13:00", "closes=24:00" },
		{ "date=2026-08-27", "opens=8.00", "closes=12.00" },
	};
	for (size_t i = 0; i < 3; i++)
		assert_done(s,
			record_add(s, &vs_opening_type,
				VALUES("place=Skolan", "purpose=advance", passes[i][0],
					passes[i][1], passes[i][2]),
				&key));
	assert_refused(s,
		record_add(s, &vs_opening_type,
			VALUES("place=Skolan", "purpose=advance", "date=2026-08-28",
				"opens=12:00", "closes=12:00"),
			&key),
		VS_INVALID, "closes before it opens");
	json_t *figures = vs_register_figures(s->db, &s->err);
	assert_done(s, figures != NULL);
	assert_int_equal(integer_at(figures, "districts"), 2);
	assert_int_equal(integer_at(figures, "polling_places"), 1);
	assert_int_equal(integer_at(figures, "advance_places"), 1);
	assert_int_equal(integer_at(figures, "place_days"), 2);
	const json_t *voters = json_object_get(figures, "eligible");
	const json_t *quota = json_object_get(figures, "quota");
	assert_int_equal(json_object_size(voters), 3);
	assert_int_equal(integer_at(voters, "KF"), 1500);
	assert_int_equal(integer_at(voters, "RD"), 1498);
	assert_int_equal(integer_at(quota, "RF"), 4500);
	json_decref(figures);
}

/* Kommuner, districts ---------------------------------------------------------------------- */

static void
a_factor_must_be_more_than_nothing(void **state)
{
	struct scene *s = *state;
	assert_done(s,
		record_set(s, &vs_kommun_type, "Karlstad", VALUES("quota_factor=1,73")));
	assert_done(
		s, record_set(s, &vs_kommun_type, "Karlstad", VALUES("quota_factor=")));
	assert_refused(s,
		record_set(s, &vs_kommun_type, "Karlstad", VALUES("quota_factor=0")),
		VS_INVALID, "more than 0");
	assert_refused(s,
		record_set(s, &vs_kommun_type, "Karlstad", VALUES("quota_factor=21")),
		VS_INVALID, "between 0 and 20");
	assert_refused(s, record_set(s, &vs_campaign_type, "1", VALUES("quota_factor=0")),
		VS_INVALID, "more than 0");
}

static void
an_association_covers_and_is_lent(void **state)
{
	struct scene *s = *state;
	const char *key;
	assert_done(s, record_add(s, &vs_association_type, VALUES("name=V Kil"), &key));
	assert_done(
		s, record_set(s, &vs_kommun_type, "Kil", VALUES("association=V Kil")));
	assert_done(s,
		record_set(s, &vs_kommun_type, "Forshaga",
			VALUES("association=v kil", "association_lent=ja")));
	json_t *association = vs_record_get(s->db, &vs_association_type, key, &s->err);
	assert_string_equal(text_at(association, "kommuner"), "Forshaga, Kil");
	json_decref(association);
}

static void
the_campaigns_delivery_address_is_one_that_orders_may_have(void **state)
{
	struct scene *s = *state;
	assert_done(s,
		record_set(s, &vs_campaign_type, "1",
			VALUES("delivery_street=Västra Torggatan 1",
				"delivery_postcode=652 24", "delivery_town=Karlstad",
				"delivery_mobile=070-123 45 67")));
	assert_refused(s,
		record_set(s, &vs_campaign_type, "1", VALUES("delivery_street=Box 12")),
		VS_INVALID, "delivery_street");
	assert_refused(s,
		record_set(s, &vs_campaign_type, "1", VALUES("delivery_postcode=6522")),
		VS_INVALID, "delivery_postcode");
	assert_refused(s,
		record_set(s, &vs_campaign_type, "1",
			VALUES("delivery_mobile=054-12 34 56")),
		VS_INVALID, "delivery_mobile");
}

/* Deadlines -------------------------------------------------------------------------------- */

static const char *
falls_on(struct scene *s, const char *key)
{
	struct vs_date date;
	bool known;
	assert_done(s, register_deadline(s->db, key, &date, &known, &s->err));
	return known ? vs_date_format(date, vs_arena_alloc(s->arena, 11)) : "unknown";
}

static void
deadlines_follow_the_election_day(void **state)
{
	struct scene *s = *state;
	static const struct {
		const char *day, *order, *delivery, *advance, *participation;
	} elections[] = {
		{ "2018-09-09", "2018-04-10", "2018-07-26", "2018-08-22", "2018-08-10" },
		{ "2022-09-11", "2022-04-29", "2022-07-28", "2022-08-24", "2022-08-12" },
		{ "2026-09-13", "unknown", "2026-07-30", "2026-08-26", "2026-08-14" },
		{ "2024-06-09", "2024-02-29", "2024-04-25", "2024-05-22", "2024-05-10" },
		{ "2030-09-08", "unknown", "2030-07-25", "2030-08-21", "2030-08-09" },
	};
	for (size_t i = 0; i < sizeof elections / sizeof *elections; i++) {
		struct vs_campaign_options o = scene_varmland();
		o.election_day = elections[i].day;
		assert_done(s, create(s, &o));
		assert_string_equal(falls_on(s, "order_date"), elections[i].order);
		assert_string_equal(
			falls_on(s, "guaranteed_delivery"), elections[i].delivery);
		assert_string_equal(falls_on(s, "advance_voting"), elections[i].advance);
		assert_string_equal(
			falls_on(s, "participation"), elections[i].participation);
		assert_string_equal(falls_on(s, "election_day"), elections[i].day);
	}
	assert_string_equal(falls_on(s, "no_such_day"), "unknown");
}

static void
a_deadline_is_moved_with_its_history(void **state)
{
	struct scene *s = *state;
	assert_done(s,
		record_set(s, &vs_deadline_type, "order_date",
			VALUES("date=2026-04-08", "source=val.se 2026-01-10")));
	assert_done(s,
		record_set(s, &vs_deadline_type, "order_date",
			VALUES("date=2026-04-22", "source=val.se 2026-03-22")));
	assert_string_equal(falls_on(s, "order_date"), "2026-04-22");
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM history WHERE object = 'order_date'"
			    " AND summary LIKE '%2026-04-08 → 2026-04-22%'")),
		1);
	assert_refused(s,
		record_set(s, &vs_deadline_type, "guaranteed_delivery",
			VALUES("date=2026-08-01")),
		VS_INVALID, "clear the other");
	assert_refused(s,
		record_set(s, &vs_deadline_type, "guaranteed_delivery",
			VALUES("date=2026-08-01", "offset_days=")),
		VS_INVALID, "--source");
	assert_done(s,
		record_set(s, &vs_deadline_type, "guaranteed_delivery",
			VALUES("date=2026-08-01", "offset_days=", "source=val.se")));
	assert_refused(s,
		record_set(s, &vs_deadline_type, "order_date", VALUES("source=")),
		VS_INVALID, "source");
}

/* Status and check ------------------------------------------------------------------------- */

static const json_t *
deadline_of(const json_t *status, const char *key)
{
	size_t i;
	json_t *deadline;
	json_array_foreach (json_object_get(status, "deadlines"), i, deadline)
		if (strcmp(text_at(deadline, "key"), key) == 0)
			return deadline;
	return NULL;
}

static void
status_warns_of_late_and_near_deadlines(void **state)
{
	struct scene *s = *state;
	assert_done(s,
		record_set(s, &vs_deadline_type, "order_date",
			VALUES("date=2026-07-28", "source=x")));
	scene_time("2026-07-30 12:00");
	json_t *status = vs_status_view(s->db, &s->err);
	assert_done(s, status != NULL);
	assert_string_equal(text_at(deadline_of(status, "order_date"), "state"), "late");
	assert_int_equal(integer_at(deadline_of(status, "order_date"), "days"), -2);
	assert_string_equal(
		text_at(deadline_of(status, "guaranteed_delivery"), "state"), "today");
	assert_string_equal(
		text_at(deadline_of(status, "advance_voting"), "state"), "soon");
	assert_string_equal(
		text_at(deadline_of(status, "election_day"), "state"), "later");
	assert_string_equal(
		text_at(deadline_of(status, "party_ballots_request"), "state"),
		"unknown");
	assert_int_equal(
		integer_at(json_object_get(status, "campaign"), "days_left"), 45);
	json_decref(status);
	assert_done(s,
		record_set(s, &vs_deadline_type, "order_date",
			VALUES("done_on=2026-07-20")));
	status = vs_status_view(s->db, &s->err);
	assert_null(deadline_of(status, "order_date"));
	json_decref(status);
}

static void
status_has_the_promised_register_figures(void **state)
{
	struct scene *s = *state;
	static const char *const names[] = { "districts", "polling_places",
		"advance_places", "place_days", "lists", "candidates" };
	static const char *const by_kind[] = { "eligible", "quota", "ordered" };
	json_t *status = vs_status_view(s->db, &s->err);
	const json_t *figures = json_object_get(status, "register");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_true(json_is_integer(json_object_get(figures, names[i])));
	for (size_t i = 0; i < sizeof by_kind / sizeof *by_kind; i++) {
		const json_t *kinds = json_object_get(figures, by_kind[i]);
		assert_int_equal(json_object_size(kinds), 3);
		assert_true(json_is_integer(json_object_get(kinds, "RD")));
		assert_true(json_is_integer(json_object_get(kinds, "RF")));
		assert_true(json_is_integer(json_object_get(kinds, "KF")));
	}
	json_decref(status);
}

static void
check_tells_the_worst_first_and_what_to_do(void **state)
{
	struct scene *s = *state;
	static const char *const order[] = { "error", "warning", "notice" };
	add_district(s, "17800101", 1000);
	json_t *check = vs_check_view(s->db, &s->err), *problem;
	size_t i, at = 0;
	assert_done(s, check != NULL);
	assert_true(json_array_size(json_object_get(check, "problems")) > 10);
	json_array_foreach (json_object_get(check, "problems"), i, problem) {
		while (strcmp(text_at(problem, "severity"), order[at]) != 0)
			assert_true(++at < 3);
		assert_non_null(vs_record_type_of(text_at(problem, "noun")));
		assert_true(json_is_string(json_object_get(problem, "id")));
		assert_string_not_equal(text_at(problem, "text"), "");
		assert_string_not_equal(text_at(problem, "todo"), "");
	}
	problem = json_array_get(json_object_get(check, "problems"), 0);
	assert_string_equal(text_at(problem, "id"), "17800101");
	json_decref(check);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, scene_open, scene_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH(a_campaign_knows_party_district_and_day),
		WITH(wrong_options_are_refused_and_leave_no_file),
		WITH(names_of_a_campaign_are_texts_within_limits),
		WITH(an_existing_file_stays),
		WITH(a_june_election_is_to_the_european_parliament),
		WITH(a_small_party_brings_its_name),
		WITH(a_district_may_be_some_kommuner_of_several_counties),
		WITH(gotland_has_no_regional_election),
		WITH(sweden_has_29_constituencies_290_kommuner_and_21_counties),
		WITH(varmland_is_16_kommuner_in_constituency_21),
		WITH(paper_is_yellow_blue_and_white),
		WITH(constituency_codes_fit_their_kind),
		WITH(voters_are_counted_from_the_districts),
		WITH(entered_figures_go_before_counted_ones),
		WITH(figures_count_each_area_once),
		WITH(a_factor_must_be_more_than_nothing),
		WITH(an_association_covers_and_is_lent),
		WITH(the_campaigns_delivery_address_is_one_that_orders_may_have),
		WITH(deadlines_follow_the_election_day),
		WITH(a_deadline_is_moved_with_its_history),
		WITH(status_warns_of_late_and_near_deadlines),
		WITH(status_has_the_promised_register_figures),
		WITH(check_tells_the_worst_first_and_what_to_do),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
