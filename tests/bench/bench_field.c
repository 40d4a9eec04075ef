/*
 * Shifts and bookings of files of growing size: 1 000, 10 000 and 100 000 bookings, a fifth as
 * many people, over eight weeks. Measures a week's board, a day's (as a roster reads it), a
 * week's list, one person's list, what hinders a booking, and bookings that are committed.
 *
 *	bench-field [BOOKINGS...]
 *
 * A period's board grows with what is in the period; the check of one booking must not grow
 * with the file. Prints one line per size and what; the last says whether the checks did.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <valstuga/campaign.h>

#include "store/store.h"

#define WEEKS 8

static double
clock_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool
run(struct vs_db *db, const char *sql, int64_t number, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, sql, err))
		return false;
	if (stmt_parameters(&q))
		stmt_bind(&q, number);
	return stmt_run(&q, err);
}

/* 20 seats a shift, 16 of them taken; 5 shifts an activity and day. */
static bool
fill(struct vs_db *db, int64_t bookings, struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	int64_t shifts = bookings / 16, activities = (shifts + 4) / 5;
	if (!change_begin(&change, db, "bench", err) ||
		!run(db,
			SQL("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
			    " WHERE i < ?) INSERT INTO person (id, name, keep_until, phone,"
			    " volunteer) SELECT i, 'Person ' || i || ' Ek', '2027-01-01',"
			    " '+467' || substr('00000000' || i, -8), 1 FROM n"),
			bookings / 5, err) ||
		!run(db,
			SQL("INSERT INTO presence (person_id, can, from_date, until_date)"
			    " SELECT id, 0, '2026-07-01', '2026-07-10' FROM person"),
			0, err) ||
		!run(db,
			SQL("WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n"
			    " WHERE i < ? - 1) INSERT INTO activity (id, kind, title, kommun_code,"
			    " venue, latitude, longitude, starts_at, ends_at) SELECT i + 1,"
			    " 'valstuga', 'Stuga ' || i, '1780', 'Torg ' || (i % 40),"
			    " 59 + (i % 40) / 40.0, 13.5, 1784707200 + (i % 56) * 86400,"
			    " 1784707200 + (i % 56) * 86400 + 36000 FROM n"),
			activities, err) ||
		!run(db,
			SQL("WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n"
			    " WHERE i < ? - 1) INSERT INTO shift (id, activity_id, starts_at,"
			    " ends_at) SELECT i + 1, i / 5 + 1, a.starts_at + (i % 5) * 7200,"
			    " a.starts_at + (i % 5) * 7200 + 7200 FROM n"
			    " JOIN activity a ON a.id = i / 5 + 1"),
			shifts, err) ||
		!run(db,
			SQL("INSERT INTO shift_role (shift_id, name, least, wanted, most)"
			    " SELECT id, 'värd', 2, 16, 20 FROM shift"),
			0, err) ||
		!run(db,
			SQL("WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n"
			    " WHERE i < 15) INSERT OR IGNORE INTO booking (shift_id, role_id,"
			    " person_id, state, source, changed_at) SELECT r.shift_id, r.id,"
			    " (r.shift_id * 16 + i) % ? + 1, 'booked', 'organiser', 1 FROM shift_role"
			    " r, n"),
			bookings / 5, err))
		return false;
	change_say(&change, NULL, NULL, "bench");
	return change_commit(&change, err);
}

/* What is measured: times of one thing, the least of several runs. */
struct measure {
	struct vs_db *db;
	struct vs_arena *arena;
	int64_t bookings;
	struct vs_error err;
};

typedef json_t *view(struct measure *m);

static json_t *
week_board(struct measure *m)
{
	const struct vs_shift_filter filter = { .from = "2026-08-10",
		.until = "2026-08-16" };
	return vs_shift_board(m->db, &filter, &m->err);
}

static json_t *
day_board(struct measure *m)
{
	const struct vs_shift_filter filter = { .from = "2026-08-15",
		.until = "2026-08-15" };
	return vs_shift_board(m->db, &filter, &m->err);
}

static json_t *
week_list(struct measure *m)
{
	const struct vs_shift_filter filter = { .from = "2026-08-10",
		.until = "2026-08-16" };
	return vs_shift_list(m->db, &filter, false, &m->err);
}

static json_t *
persons_list(struct measure *m)
{
	const struct vs_booking_filter filter = { .person = "77" };
	return vs_booking_list(m->db, &filter, &m->err);
}

static json_t *
hindrances(struct measure *m)
{
	return vs_booking_hindrances(m->db, "25", NULL, "77", &m->err);
}

static double
least(struct measure *m, view *what, int runs)
{
	double best = 1e9;
	for (int i = 0; i < runs; i++) {
		double began = clock_now();
		json_t *found = what(m);
		double took = clock_now() - began;
		if (!found) {
			fprintf(stderr, "%s\n", m->err.text);
			exit(1);
		}
		json_decref(found);
		best = took < best ? took : best;
	}
	return best * 1000;
}

/* Whole commands, each with its commit; the place is left again. */
static double
commands(struct measure *m)
{
	const char *code;
	double best = 1e9;
	for (int i = 0; i < 20; i++) {
		const char *person = vs_arena_printf(m->arena, "%d", 101 + i);
		const struct vs_booking_options options = { .override = "bench" };
		double began = clock_now();
		bool ok = vs_booking_add(m->db, "30", person, &options, m->arena, &code,
				  &m->err) &&
			vs_booking_move(m->db, code, "cancelled", NULL, NULL, &m->err);
		double took = (clock_now() - began) / 2;
		if (!ok) {
			fprintf(stderr, "%s\n", m->err.text);
			exit(1);
		}
		best = took < best ? took : best;
	}
	return best * 1000;
}

static void
clear(const char *folder)
{
	char path[4096];
	DIR *directory = opendir(folder);
	for (struct dirent *entry; directory && (entry = readdir(directory));) {
		snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
		unlink(path);
	}
	if (directory)
		closedir(directory);
	rmdir(folder);
}

static double
measure(const char *folder, int64_t bookings, struct vs_arena *arena)
{
	struct measure m = { .arena = arena, .bookings = bookings };
	const struct vs_campaign_options options = { .party_code = "9901",
		.party_name = "Exempelpartiet",
		.district = "Värmland",
		.region_code = "17",
		.election_day = "2026-09-13" };
	const char *path =
		vs_arena_printf(arena, "%s/%lld.valstuga", folder, (long long)bookings);
	m.db = vs_campaign_create(path, &options, "bench", &m.err);
	if (!m.db || !fill(m.db, bookings, &m.err)) {
		fprintf(stderr, "%s\n", m.err.text);
		exit(1);
	}
	double board = least(&m, week_board, 5), day = least(&m, day_board, 5);
	double list = least(&m, week_list, 5), person = least(&m, persons_list, 20);
	double check = least(&m, hindrances, 50), command = commands(&m);
	printf("%7lld bookings: board of a week %.1f ms, of a day %.1f ms, list of a week "
	       "%.1f ms, a person's %.2f ms, check %.3f ms, booking with commit %.1f ms\n",
		(long long)bookings, board, day, list, person, check, command);
	vs_db_close(m.db);
	return check;
}

int
main(int count, char **words)
{
	static const int64_t usual[] = { 1000, 10000, 100000 };
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *parent = getenv("TMPDIR");
	char *folder = mkdtemp(vs_arena_printf(
		scratch.arena, "%s/valstuga-bench-XXXXXX", parent ? parent : "/tmp"));
	double first = 0, last = 0;
	if (!folder)
		return 1;
	setenv("VALSTUGA_NOW", "2026-08-10 10:00", 1);
	size_t sizes = count > 1 ? (size_t)count - 1 : sizeof usual / sizeof *usual;
	for (size_t i = 0; i < sizes; i++) {
		int64_t bookings = count > 1 ? strtoll(words[i + 1], NULL, 10) : usual[i];
		last = measure(folder, bookings, scratch.arena);
		first = i ? first : last;
	}
	clear(folder);
	printf("the check of one booking grew %.1f times\n", last / first);
	return last > 3 * first;
}
