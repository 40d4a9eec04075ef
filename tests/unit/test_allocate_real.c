/* Allocation over the authority's real files of Värmland, with the ballots V ordered in 2018. */
#include "import_fixture.h"

#include <valstuga/delivery.h>

#include "ballots/stock.h"

#define FILE_COUNT 6

/* $VALSTUGA_REAL_DATA, else beside the project. */
static void
find_files(const char *files[FILE_COUNT])
{
	static const char *const names[FILE_COUNT] = { "kommun_2022.csv",
		"rostningslokaler-2022.csv", "vallokaler-2022.csv",
		"kandidaturer-2018-varmland.skv", "riksdag_2022.csv", "region_2022.csv" };
	static char paths[FILE_COUNT][400];
	const char *folder = getenv("VALSTUGA_REAL_DATA"),
		   *source = getenv("VALSTUGA_SOURCE");
	for (int i = 0; i < FILE_COUNT; i++) {
		snprintf(paths[i], sizeof paths[i], "%s%s/valmyndigheten/%s",
			folder		 ? folder
				: source ? source
					 : ".",
			folder ? "" : "/../shared/data", names[i]);
		files[i] = paths[i];
	}
}

static void
run(struct fixture *f, const char *sql)
{
	VS_AUTO(stmt) q = { 0 };
	struct vs_error err = { 0 };
	if (!stmt_open(&q, f->db, sql, &err) || !stmt_run(&q, &err))
		fail_msg("%s", err.text);
}

/*
 * A list of 2022 for every area that had one in 2018, and a riksdag list, whose quantity is
 * the whole quota: the county's file does not have it.
 */
static void
make_lists(struct fixture *f)
{
	run(f,
		SQL("INSERT INTO list (election_day, kind, party_code, status, authority_pieces,"
		    " note) SELECT '2022-09-11', l.kind, '0005', 'ordered', l.authority_pieces,"
		    " l.id FROM list l WHERE l.election_day = '2018-09-09'"
		    " AND l.party_code = '0005'"));
	run(f,
		SQL("INSERT INTO list_constituency SELECT l.id, o.constituency_id FROM list l"
		    " JOIN list_constituency o ON o.list_id = l.note"
		    " WHERE l.election_day = '2022-09-11'"));
	run(f,
		SQL("INSERT INTO list (election_day, kind, party_code, status, authority_pieces)"
		    " VALUES ('2022-09-11', 'RD', '0005', 'ordered', 649000)"));
	run(f,
		SQL("INSERT INTO list_constituency SELECT max(l.id), (SELECT id FROM constituency"
		    " WHERE kind = 'RD' AND code = '21') FROM list l"));
}

/* Everything that was ordered lies in the district's depot. */
static void
receive_everything(struct fixture *f)
{
	VS_AUTO(change) change = { 0 };
	VS_AUTO(stmt) q = { 0 };
	struct vs_error err = { 0 };
	int64_t depot, ids[64][2];
	size_t count = 0;
	assert_true(change_begin(&change, f->db, "receive", &err));
	assert_true(location_of_kind(f->db, "depot", &depot, &err));
	assert_true(stmt_open(&q, f->db,
		SQL("SELECT id, authority_pieces FROM list WHERE election_day = '2022-09-11'"),
		&err));
	while (stmt_row(&q, &err)) {
		ids[count][0] = stmt_int(&q, 0);
		ids[count++][1] = stmt_int(&q, 1);
	}
	for (size_t i = 0; i < count; i++) {
		struct movement m = { .kind = "print", .to = depot, .pieces = ids[i][1] };
		int64_t id;
		assert_true(item_of_list(f->db, ids[i][0], &m.item, &err));
		assert_true(stock_write(f->db, &m, &id, &err));
	}
	change_say(&change, "stock", NULL, "received");
	assert_true(change_commit(&change, &err));
}

static void
add_rounds(struct fixture *f)
{
	static const char *const phases[] = { "advance", "refill", "institution",
		"election_day" };
	struct vs_error err = { 0 };
	for (size_t i = 0; i < 4; i++) {
		json_t *values =
			json_pack("{s:s, s:s}", "name", phases[i], "phase", phases[i]);
		assert_true(
			vs_record_add(f->db, &vs_round_type, values, NULL, NULL, &err));
		json_decref(values);
	}
}

static json_t *
allocate(struct fixture *f, const char *round)
{
	struct vs_error err = { 0 };
	const struct vs_plan_options options = { 0 };
	json_t *plan = vs_allocate(f->db, round, &options, &err);
	assert_string_equal(err.text, "");
	return plan;
}

static void
set_up_stock(struct fixture *f)
{
	const char *files[FILE_COUNT];
	find_files(files);
	setenv("VALSTUGA_NOW", "2022-08-01 12:00", 1);
	json_decref(import_all(f, files, FILE_COUNT, NULL));
	make_lists(f);
	receive_everything(f);
	add_rounds(f);
}

static void
every_place_gets_all_three_kinds_and_never_more_than_there_is(void **state)
{
	struct fixture *f = *state;
	set_up_stock(f);
	static const char *const rounds[] = { "advance", "refill", "institution",
		"election_day" };
	json_int_t pieces = 0;
	for (size_t i = 0; i < 4; i++) {
		json_t *plan = allocate(f, rounds[i]);
		pieces += json_integer_value(
			json_object_get(json_object_get(plan, "total"), "pieces"));
		if (getenv("SHOW"))
			json_dumpf(plan, stdout, JSON_INDENT(1));
		json_decref(plan);
	}
	assert_int_equal(number(f, SQL("SELECT sum(pieces) FROM allocation")), pieces);
	/* Never more of an item than 90 % of what lies there: the reserve stays. */
	assert_int_equal(
		number(f,
			SQL("SELECT count(*) FROM (SELECT a.item_id, sum(a.pieces) AS n"
			    " FROM allocation a GROUP BY 1) JOIN balance b USING (item_id)"
			    " WHERE n > b.pieces * 0.9")),
		0);
	/* 179 districts' places, each with riksdag, region and kommun. */
	assert_int_equal(
		number(f,
			SQL("SELECT count(DISTINCT o.place_id || '-' || l.kind) FROM allocation a"
			    " JOIN location o ON o.id = a.location_id JOIN item i"
			    " ON i.id = a.item_id JOIN list l ON l.id = i.list_id"
			    " JOIN round r ON r.id = a.round_id AND r.phase = 'election_day'"
			    " WHERE a.pieces > 0 AND EXISTS (SELECT 1 FROM district d"
			    "  WHERE d.place_id = o.place_id)")),
		163 * 3);
	assert_int_equal(
		number(f,
			SQL("SELECT count(*) FROM (SELECT p.id FROM place p JOIN location o"
			    " ON o.place_id = p.id JOIN allocation a ON a.location_id = o.id"
			    " JOIN item i ON i.id = a.item_id JOIN list l ON l.id = i.list_id"
			    " WHERE a.pieces > 0"
			    " AND p.advance_code IS NOT NULL"
			    " GROUP BY 1 HAVING count(DISTINCT l.kind) = 3)")),
		75);
	/* A kommun's ballots go to its own places alone. */
	assert_int_equal(
		number(f,
			SQL("SELECT count(*) FROM allocation a JOIN location o ON o.id ="
			    " a.location_id JOIN place p ON p.id = o.place_id JOIN item i"
			    " ON i.id = a.item_id JOIN list l ON l.id = i.list_id AND l.kind = 'KF'"
			    " JOIN list_constituency lc ON lc.list_id = l.id JOIN constituency c"
			    " ON c.id = lc.constituency_id WHERE c.area_code <> p.kommun_code")),
		0);
}

int
main(void)
{
	const char *files[FILE_COUNT];
	find_files(files);
	if (access(files[0], R_OK) != 0) {
		puts("1..0 # SKIP the real files are not here");
		return 0;
	}
	setenv("VALSTUGA_LANG", "en", 1);
	const struct CMUnitTest tests[] = {
		TEST(every_place_gets_all_three_kinds_and_never_more_than_there_is),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
