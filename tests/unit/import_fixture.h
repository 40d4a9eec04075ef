/*
 * What the tests of imports share: a campaign in a folder of its own, small files, and looking
 * into reports. Everything is static: each program has its copy.
 */
#ifndef IMPORT_FIXTURE_H
#define IMPORT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <valstuga/exchange.h>
#include <valstuga/register.h>

#include "store/store.h"

#define POLLING_HEADS \
	"LÄNSKOD;LÄN;KOMMUNKOD;KOMMUN;VALNÄMND;HEMSIDA;TELNR;VALDISTRIKTKOD;VALDISTRIKT;" \
	"KOMMUNVALKRETSKOD;KOMMUNVALKRETS;LOKAL;ADRESS1;ADRESS2;TILLGÄNGL;LATITUD;LONGITUD;" \
	"VALDAG;ÖPPETTID\n"
#define POLLING(kommun, code, name, place, inside, street, where, hours) \
	"17;Värmlands län;" kommun ";K;Valnämnden;v.example;054-1;" code ";" name \
	";17" kommun "00;K;" place ";" inside ";" street ";;" where ";2022-09-11;" hours \
	"\n"
#define KIL \
	POLLING("15", "0101", "Norra", "Lärkskolan", "Foajén", "Lärkvägen 1", \
		"59,5;13,3", "08:00-20:00") \
	POLLING("15", "0102", "Södra", "lärkskolan ", "Aulan", "Lärkvägen 1", \
		"59,5;13,3", "08:00-20:00") \
	POLLING("15", "0103", "Västra", "Bygdegården", " ", "Byvägen 2", "59,6;13,2", \
		"09:00-13:00,17:00-20:00")
#define ADVANCE_HEADS \
	"LÄNSKOD;LÄN;KOMMUNKOD;KOMMUN;VALNÄMND;HEMSIDA;TELNR;LOKALID;LOKAL;ADRESS1;ADRESS2;" \
	"TILLGÄNGL;BEGRTILLT;LATITUD;LONGITUD;2022-08-24;2022-08-25 00:00:00\n"
#define ADVANCE(code, place, inside, street, days) \
	"17;Värmlands län;15;Kil;Valnämnden;v.example;054-1;" code ";" place ";" inside \
	";" street ";;N;59,5;13,31;" days "\n"
#define LIST_HEADS \
	"VALTYP;VALOMRÅDESKOD;VALOMRÅDESNAMN;VALKRETSKOD;VALKRETSNAMN;PARTIBETECKNING;" \
	"PARTIFÖRKORTNING;PARTIKOD;VALSEDELSSTATUS;LISTNUMMER;ORDNING;ANMKAND;ANMDELTAGANDE;" \
	"SAMTYCKE;FÖRKLARING;KANDIDATNUMMER;NAMN;ÅLDER_PÅ_VALDAGEN;KÖN;FOLKBOKFÖRINGSORT;" \
	"VALSEDELSUPPGIFT;ANT_BEST_VALS;VALBAR_PÅ_VALDAGEN;GILTIG\n"
#define CANDIDATE(list, order, locked, number, name) \
	"K;1715;Kil;00;Kil;Vänsterpartiet;V;5;S;" list ";" order ";" locked \
	";J;I;J;" number ";" name ";40;K;Kil;40 år, Kil;28000;;J\n"

struct fixture {
	char folder[64];
	char path[96];
	struct vs_db *db;
	int files;
};

/* A new campaign file at f->path; the first one is kept and copied, as making one takes long. */
static inline void
new_campaign(struct fixture *f, struct vs_error *err)
{
	static char bytes[4 << 20];
	static size_t length;
	const struct vs_campaign_options options = { .party_code = "0005",
		.district = "Värmland",
		.region_code = "17",
		.election_day = "2022-09-11" };
	if (length && vs_file_write(f->path, bytes, length, err)) {
		f->db = vs_db_open(f->path, VS_WRITE, "test", err);
		return;
	}
	f->db = vs_campaign_create(f->path, &options, "test", err);
	FILE *file = fopen(f->path, "rb");
	assert_non_null(file);
	length = fread(bytes, 1, sizeof bytes, file);
	assert_true(length > 0 && length < sizeof bytes);
	fclose(file);
}

static inline int
set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	struct vs_error err = { 0 };
	const char *parent = getenv("TMPDIR");
	snprintf(f->folder, sizeof f->folder, "%s/valstuga-import-XXXXXX",
		parent ? parent : "/tmp");
	assert_non_null(mkdtemp(f->folder));
	snprintf(f->path, sizeof f->path, "%s/c.valstuga", f->folder);
	new_campaign(f, &err);
	assert_string_equal(err.text, "");
	*state = f;
	return 0;
}

static inline int
tear_down(void **state)
{
	struct fixture *f = *state;
	char command[128];
	vs_db_close(f->db);
	snprintf(command, sizeof command, "rm -r '%s'", f->folder);
	assert_int_equal(system(command), 0);
	free(f);
	return 0;
}

/* Path of a new file with these bytes; lives as long as the test's static buffers. */
static inline const char *
write_bytes(struct fixture *f, const char *bytes, size_t length)
{
	static char paths[32][96];
	char *path = paths[f->files % 32];
	snprintf(path, sizeof paths[0], "%s/%d.csv", f->folder, f->files++);
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
	return path;
}

static inline const char *
write_text(struct fixture *f, const char *text)
{
	return write_bytes(f, text, strlen(text));
}

/* Imports and hands over the report of the last file. */
static inline json_t *
import_all(struct fixture *f, const char *const *files, size_t count,
	const struct vs_import_options *options)
{
	struct vs_error err = { 0 };
	json_t *report = vs_import(f->db, files, count, options, &err);
	assert_string_equal(err.text, "");
	assert_non_null(report);
	json_t *last =
		json_incref(json_array_get(json_object_get(report, "files"), count - 1));
	json_object_set(last, "all_changed", json_object_get(report, "changed"));
	json_decref(report);
	return last;
}

static inline json_t *
import_text(struct fixture *f, const char *text)
{
	const char *path = write_text(f, text);
	return import_all(f, &path, 1, NULL);
}

static inline void
take_text(struct fixture *f, const char *text)
{
	json_decref(import_text(f, text));
}

static inline void
refuse_bytes(struct fixture *f, const char *bytes, size_t length, const char *said)
{
	struct vs_error err = { 0 };
	const char *path = write_bytes(f, bytes, length);
	assert_null(vs_import(f->db, &path, 1, NULL, &err));
	assert_int_not_equal(err.code, VS_OK);
	if (!strstr(err.text, said))
		fail_msg("'%s' does not say '%s'", err.text, said);
	assert_non_null(strstr(err.text, ".csv"));
}

static inline int64_t
number(struct fixture *f, const char *sql)
{
	struct vs_error err = { 0 };
	int64_t value = -1;
	assert_true(db_int(f->db, sql, &value, &err));
	return value;
}

static inline int64_t
noun(const json_t *report, const char *name, const char *what)
{
	size_t i;
	json_t *each;
	json_array_foreach (json_object_get(report, "nouns"), i, each)
		if (strcmp(json_string_value(json_object_get(each, "noun")), name) == 0)
			return json_integer_value(json_object_get(each, what));
	return 0;
}

/* Of the first problem that says so; NULL: none does. */
static inline const char *
severity(const json_t *report, const char *said)
{
	size_t i;
	json_t *each;
	json_array_foreach (json_object_get(report, "problems"), i, each)
		if (strstr(json_string_value(json_object_get(each, "text")), said))
			return json_string_value(json_object_get(each, "severity"));
	return NULL;
}

static inline bool
has_problem(const json_t *report, const char *said)
{
	return severity(report, said) != NULL;
}

static inline const char *
gone(const json_t *report, size_t index)
{
	const char *text =
		json_string_value(json_array_get(json_object_get(report, "gone"), index));
	return text ? text : "";
}

/* Everything that imports write, without row ids. */
static inline char *
dump(struct fixture *f)
{
	VS_AUTO(stmt) q = { 0 };
	struct vs_error err = { 0 };
	struct vs_buffer text = { 0 };
	assert_true(stmt_open(&q, f->db,
		SQL("SELECT 'place', concat FROM (SELECT kommun_code || '|' || name || '|' ||"
		    " street || '|' || coalesce(detail, '-') || '|' || coalesce(latitude, '-')"
		    " || '|' || coalesce(longitude, '-') || '|' || coalesce(position_note, '-')"
		    " || '|' || coalesce(advance_code, '-') || restricted AS concat FROM place)"
		    " UNION ALL SELECT 'district', d.code || d.name || coalesce(p.name, '-') ||"
		    " coalesce(d.kf_constituency, '-') || d.collection FROM district d"
		    " LEFT JOIN place p ON p.id = d.place_id"
		    " UNION ALL SELECT 'opening', p.name || o.purpose || o.date || o.opens ||"
		    " '-' || o.closes FROM opening o JOIN place p ON p.id = o.place_id"
		    " UNION ALL SELECT 'result', district_code || kind || eligible || '|' ||"
		    " coalesce(party_votes, '-') FROM district_result"
		    " UNION ALL SELECT 'party', code || name || coalesce(short, '-') FROM party"
		    " UNION ALL SELECT 'part', kind || constituency_code || party_code || basis"
		    " || notified_on FROM participation"
		    " UNION ALL SELECT 'candidacy', l.number || l.status || c.position || c.name"
		    " || p.name || coalesce(p.candidate_number, '-') || c.declaration FROM"
		    " candidacy c JOIN list l ON l.id = c.list_id JOIN person p ON p.id ="
		    " c.person_id UNION ALL SELECT 'constituency', kind || code || name FROM"
		    " constituency UNION ALL SELECT 'consent', kind || area_code || p.name ||"
		    " consent FROM open_consent o JOIN person p ON p.id = o.person_id"
		    " UNION ALL SELECT 'kommun', code || coalesce(committee_phone, '-') FROM"
		    " kommun ORDER BY 1, 2"),
		&err));
	while (stmt_row(&q, &err))
		vs_buffer_printf(&text, "%s %s\n", stmt_text(&q, 0), stmt_text(&q, 1));
	assert_int_equal(err.code, VS_OK);
	return text.data;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
