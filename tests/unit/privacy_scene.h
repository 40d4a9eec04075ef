/* The scene of tests about data protection: a file that says everything about Zefyra. */
#ifndef UNIT_PRIVACY_SCENE_H
#define UNIT_PRIVACY_SCENE_H

#include "scene.h"

#include <valstuga/privacy.h>

#define ZEFYRA "1" /* the number of Zefyra Rarström */

static inline void
run_sql(struct scene *s, const char *sql)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s, stmt_open(&q, s->db, sql, &s->err) && stmt_run(&q, &s->err));
}

/* Every table that can speak of somebody does. */
static const char *const zefyra_sql[] = {
	"INSERT INTO association (name, contact_name, contact_phone, contact_email) VALUES"
	" ('Arvika', 'Zefyra Rarström', '070-111 22 33', 'Zefyra@rar.example'),"
	" ('Kil', 'Bo Ask', '070-222 33 44', NULL)",
	"INSERT INTO person (name, called, phone, email, kommun_code, association_id, volunteer,"
	" note, keep_until) VALUES ('Zefyra Rarström', 'Zeffi', '+46701112233',"
	" 'zefyra@rar.example', '1784', 1, 1, 'Gift med Bo', '2026-12-12')",
	"INSERT INTO person (name, phone, volunteer, note, keep_until) VALUES"
	" ('Bo Ask', '+46702223344', 1, 'Gift med ZEFYRA RARSTRÖM', '2026-12-12')",
	"INSERT INTO person_alias VALUES (77, 1, 1)",
	"INSERT INTO person_together VALUES (1, 2)",
	"INSERT INTO skill (name) VALUES ('förstahjälp')",
	"INSERT INTO person_skill (person_id, skill_id, confirmed_by) VALUES (1, 1, 'Bo'),"
	" (2, 1, 'Rarström, Zefyra')",
	"INSERT INTO office (association_id, person_id, role) VALUES (1, 1, 'chair')",
	"INSERT INTO consent (person_id, purpose, channel, wording_id, given_at, source) VALUES"
	" (1, 'shifts', 'sms', 1, 1780000000, 'flygblad')",
	"INSERT INTO presence (person_id, can, from_date, until_date) VALUES"
	" (1, 0, '2026-08-01', '2026-08-09')",
	"INSERT INTO contact (person_id, reason, opened_at, next_step, result, closed_at) VALUES"
	" (1, 'new_member', 1780000000, 'Zefyra ska ringas', 'joined_in', 1780100000)",
	"INSERT INTO contact (person_id, reason, opened_at) VALUES (1, 'other', 1780200000)",
	"INSERT INTO contact_attempt (contact_id, at, actor, channel, outcome, note) VALUES"
	" (1, 1780000100, 'Rarström, Zefyra', 'phone', 'reached', 'Zeffi Rarström hade feber')",
	"INSERT INTO activity (kind, title, contact_id, starts_at, ends_at, instructions) VALUES"
	" ('valstuga', 'Torget', 1, 1772000000, 1772030000, 'Nyckel hos Zefyra Rarström, 0701112233'),"
	" ('valstuga', 'Stora torget', NULL, 1788000000, 1788030000, NULL)",
	"INSERT INTO shift (activity_id, starts_at, ends_at) VALUES"
	" (1, 1772000000, 1772010000), (2, 1788000000, 1788010000)",
	"INSERT INTO shift_role (shift_id, name, least, wanted, most) VALUES"
	" (1, 'värd', 1, 2, 3), (2, 'värd', 1, 2, 3)",
	"INSERT INTO booking (shift_id, role_id, person_id, state, source, override, changed_at,"
	" note) VALUES (1, 1, 1, 'attended', 'organiser', 'Zefyra ville', 1772000000, 'kom sent'),"
	" (2, 2, 1, 'booked', 'organiser', NULL, 1772000000, NULL),"
	" (2, 2, 2, 'booked', 'organiser', NULL, 1772000000, 'byter med Zefyra Rarström')",
	"INSERT INTO booking_event (booking_id, state, at, actor, reason) VALUES"
	" (1, 'booked', 1771000000, 'anna', 'Zefyra Rarström ringde')",
	"INSERT INTO wish (person_id, wants, kind) VALUES (1, 1, 'valstuga')",
	"INSERT INTO signup (fingerprint, at, source, name, phone, email, message, person_id,"
	" state) VALUES ('f1', 1, 'paper', 'Zefyra Rarstrom', '0701112233',"
	" 'zefyra@rar.example', 'Hej!', 1, 'accepted')",
	"INSERT INTO signup (fingerprint, at, source, name, phone, email, message) VALUES"
	" ('f2', 1, 'paper', 'zefyra rarström', '0046 70 111 22 33', 'ZEFYRA@RAR.EXAMPLE', 'Hej')",
	/* The past: a list, with its versions, and an open list. */
	"INSERT INTO list (election_day, kind, party_code, number, status, note) VALUES"
	" ('2022-09-11', 'KF', '0005', '12345', 'ordered', 'Zefyra Rarström drog sig inte ur')",
	"INSERT INTO candidacy (list_id, position, person_id, name, ballot_text, consent,"
	" consent_source) VALUES (1, 1, 2, 'Bo Ask', '50 år', 'yes', NULL),"
	" (1, 2, 1, 'Zefyra von Rarström', '43 år, lärare', 'yes', 'brev')",
	"INSERT INTO list_version VALUES (1, 1, 1660000000, 'anna', 'add',"
	" '[{\"position\":1,\"name\":\"Bo Ask\",\"text\":\"50 år\",\"person\":2},"
	"{\"position\":2,\"name\":\"Zefyra von Rarström\",\"text\":\"43 år, lärare\",\"person\":1}]')",
	"INSERT INTO open_consent (election_day, kind, area_code, party_code, person_id, consent)"
	" VALUES ('2022-09-11', 'KF', '1784', '0005', 1, 'yes')",
	/* A car, with a delivery behind it. */
	"INSERT INTO carrier (person_id, phone, note) VALUES (1, '070-111 22 33', 'röd skåpbil')",
	"INSERT INTO availability (carrier_id, date, starts, ends) VALUES (1, '2026-02-01', 1, 2)",
	"INSERT INTO item (kind, name, unit_mg) VALUES ('material', 'flagga', 1)",
	"INSERT INTO delivery (date, from_id, to_id, carrier_id, status, received_at,"
	" received_by, note) VALUES ('2026-02-01', 1, 2, 1, 'delivered', 1,"
	" 'Zefyra Rarström', 'ring +46 (0)70 111 22 33')",
	"INSERT INTO delivery_event (delivery_id, at, actor, status, note) VALUES"
	" (1, 1, 'anna', 'delivered', 'till Zefyra Rarströms dörr')",
	"INSERT INTO movement (at, actor, kind, item_id, to_id, pieces, document, reason) VALUES"
	" (1, 'anna', 'print', 1, 1, 5, 'följesedel, Zefyra Rarström', 'räknat av Rarström Zefyra')",
	/* Seen: what was written and said stays without her. */
	"INSERT INTO policy_area (name) VALUES ('vård')",
	"INSERT INTO goal (name, measure, target, from_date, until_date, curve, person_id,"
	" source) VALUES ('Syns varje vecka', 'media', 1, '2026-01-01', '2026-09-13', 'level',"
	" 1, 'planen')",
	"INSERT INTO spokesperson (person_id, policy_area_id, note) VALUES (1, 1, 'lärare')",
	"INSERT INTO outlet (name, kind, contact_name, contact_phone) VALUES"
	" ('NWT', 'newspaper', 'Zefyra Rarström', '+46701112233')",
	"INSERT INTO article (title, kind, state, person_id, responsible, note) VALUES"
	" ('Rarström, Zefyra: nu räcker det', 'letter', 'sent', 1, 'Zefyra Rarström', '070-1112233')",
	"INSERT INTO article_event (article_id, at, actor, state, reason) VALUES"
	" (1, 1, 'anna', 'sent', 'Zefyra Rarström ville')",
	"INSERT INTO appearance (kind, state, date, outlet_id, title, person_id, article_id,"
	" responsible, clipping, note) VALUES ('letter', 'submitted', '2026-02-03', 1,"
	" 'Zefyra Rarström svarar', 1, 1, 'Zefyra Rarström', 's. 4 zefyra rarström', 'ring 0701112233')",
	"INSERT INTO appearance_event (appearance_id, at, actor, state, date, reason) VALUES"
	" (1, 1, 'Zefyra Rarström', 'submitted', '2026-02-03', 'Zefyra Rarströms mejl')",
	/* Contacts by word. */
	"INSERT INTO incident (at, kind, what, witness, witness_phone) VALUES"
	" (1, 'late', 'Zefyra Rarström såg det', 'Zefyra Rarström', '070-111 22 33')",
	"INSERT INTO duty (date, starts, ends, name, phone, role, deputy_name, deputy_phone) VALUES"
	" ('2026-02-01', 1, 2, 'Zefyra Rarström', '070-111 22 33', 'jour', NULL, NULL)",
	"INSERT INTO orderer (name, minutes_on, mobile, email) VALUES"
	" ('Zefyra Rarström', '2026-01-01', '070-111 22 33', 'zefyra@rar.example')",
	"UPDATE campaign SET delivery_contact = 'Zefyra Rarström',"
	" delivery_mobile = '070-111 22 33', signup_phone = '+46701112233'",
	"INSERT INTO handover_rule (kommun_code, phase, channel, our_contact, note) VALUES"
	" ('1784', 'advance', 'central', 'Zefyra Rarström 070-1112233', 'Z\u00e9fyra är en annan')",
	"INSERT INTO history (at, actor, command, noun, object, summary) VALUES"
	" (1, 'anna', 'add', 'association', '1', 'contact_name: Zefyra Rarström'),"
	" (2, 'Zefyra Rarström', 'set', 'person', '1', 'phone'),"
	" (3, 'anna', 'set', 'person', '77', 'name'),"
	" (4, 'anna', 'x', 'round', 'Zefyra Rarström', 'till Zefyra Rarstro\u0308m')",
};

static inline int
zefyra_open(void **state)
{
	if (scene_open(state) != 0)
		return -1;
	for (size_t i = 0; i < sizeof zefyra_sql / sizeof *zefyra_sql; i++)
		run_sql(*state, zefyra_sql[i]);
	return 0;
}

/* How often the bytes stand in any file of the scene's folder. */
static inline int
bytes_in_folder(struct scene *s, const char *bytes)
{
	int found = 0;
	DIR *directory = opendir(s->directory);
	for (struct dirent *entry; directory && (entry = readdir(directory));) {
		char *data;
		size_t length;
		if (entry->d_name[0] == '.')
			continue;
		assert_done(s,
			vs_file_read(s->arena, scene_path(s, entry->d_name), &data,
				&length, &s->err));
		for (char *at = data; (at = memmem(at, length - (size_t)(at - data),
					       bytes, strlen(bytes)));
			at++)
			found++;
	}
	closedir(directory);
	return found;
}

/* Everything that was known of her, in whatever spelling. */
static const char *const traces[] = { "Zefyra", "zefyra", "ZEFYRA", "ZEFYRA RARSTRÖM",
	"Rarström", "rarström", "Rarstro\u0308m", "Zeffi", "111 22 33", "1112233",
	"lärare", "feber", "skåpbil", "kom sent", NULL };

static inline void
assert_gone(struct scene *s)
{
	for (size_t i = 0; traces[i]; i++)
		if (bytes_in_folder(s, traces[i]))
			fail_msg("\"%s\" is still there", traces[i]);
	VS_AUTO(stmt) q = { 0 };
	assert_done(s, stmt_open(&q, s->db, SQL("PRAGMA foreign_key_check"), &s->err));
	assert_false(stmt_row(&q, &s->err));
}

#endif
