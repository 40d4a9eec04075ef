/* The campaign file: what is opened and refused, migrations, commands, backup, restore. */
#include "scene.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "store/internal.h"

static struct scene *
made(void **state)
{
	struct scene *s = *state;
	s->db = vs_db_create(s->path, "anna", &s->err);
	assert_non_null(s->db);
	return s;
}

static void
close_file(struct scene *s)
{
	vs_db_close(s->db);
	s->db = NULL;
}

static bool
reopen(struct scene *s, enum vs_access access)
{
	close_file(s);
	s->db = vs_db_open(s->path, access, "bo", &s->err);
	return s->db != NULL;
}

static bool
exists(struct scene *s, const char *name)
{
	return access(scene_path(s, name), F_OK) == 0;
}

static void
write_bytes(const char *path, const char *bytes, size_t length)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, length), length);
	close(fd);
}

static bool
add_association(struct scene *s, const char *name, bool commit)
{
	VS_AUTO(change) change = { 0 };
	VS_AUTO(stmt) q = { 0 };
	if (!change_begin(&change, s->db, "add", &s->err) ||
		!stmt_open(&q, s->db, SQL("INSERT INTO association (name) VALUES (?)"),
			&s->err))
		return false;
	stmt_bind(&q, name);
	if (!stmt_run(&q, &s->err))
		return false;
	change_say(&change, "association", "7", "name: %s", name);
	return !commit || change_commit(&change, &s->err);
}

/* Opening ---------------------------------------------------------------------------------- */

static void
a_new_file_is_private_and_of_the_newest_version(void **state)
{
	struct scene *s = made(state);
	struct stat info;
	assert_int_equal(stat(s->path, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	assert_int_equal(count_of(s, "PRAGMA application_id"), 0x56535447);
	assert_int_equal(count_of(s, "PRAGMA user_version"), vs_db_version());
	assert_string_equal(vs_db_path(s->db), s->path);
}

static void
an_existing_file_is_never_overwritten(void **state)
{
	struct scene *s = *state;
	write_bytes(s->path, "mine", 4);
	assert_refused(
		s, vs_db_create(s->path, "anna", &s->err) != NULL, VS_EXISTS, s->path);
	struct stat info;
	assert_int_equal(stat(s->path, &info), 0);
	assert_int_equal(info.st_size, 4);
}

static void
a_link_that_leads_nowhere_is_not_written_through(void **state)
{
	struct scene *s = *state;
	assert_int_equal(symlink(scene_path(s, "elsewhere"), s->path), 0);
	assert_refused(
		s, vs_db_create(s->path, "anna", &s->err) != NULL, VS_EXISTS, s->path);
	assert_false(exists(s, "elsewhere"));
}

static void
a_file_in_a_linked_folder_opens(void **state)
{
	struct scene *s = made(state);
	close_file(s);
	const char *link = scene_path(s, "folder");
	assert_int_equal(symlink(s->directory, link), 0);
	s->db = vs_db_open(vs_arena_printf(s->arena, "%s/varmland.valstuga", link),
		VS_WRITE, "anna", &s->err);
	assert_done(s, s->db != NULL);
}

static void
a_missing_file_is_told_by_name(void **state)
{
	struct scene *s = *state;
	assert_refused(s, vs_db_open(s->path, VS_READ, "anna", &s->err) != NULL,
		VS_NOT_FOUND, s->path);
	assert_false(exists(s, "varmland.valstuga"));
}

static void
what_is_no_campaign_is_refused(void **state)
{
	static const char text[] =
		"this is a letter, not a database, and it is long enough to "
		"fill the hundred bytes that a header of SQLite takes up";
	struct scene *s = *state;
	write_bytes(s->path, text, sizeof text);
	assert_refused(s, vs_db_open(s->path, VS_READ, "anna", &s->err) != NULL,
		VS_CORRUPT, s->path);
	write_bytes(s->path, "", 0);
	assert_refused(s, vs_db_open(s->path, VS_READ, "anna", &s->err) != NULL,
		VS_CORRUPT, s->path);
	assert_refused(s, vs_db_open(s->directory, VS_READ, "anna", &s->err) != NULL,
		VS_CORRUPT, "directory");
	assert_refused(s, vs_db_open("/dev/null", VS_READ, "anna", &s->err) != NULL,
		VS_CORRUPT, "/dev/null");
}

static void
a_database_of_another_program_is_refused(void **state)
{
	struct scene *s = made(state);
	assert_done(s, store_exec(s->db, SQL("PRAGMA application_id = 77"), &s->err));
	assert_refused(s, reopen(s, VS_READ), VS_CORRUPT, "no campaign file");
}

static void
a_newer_file_is_refused_and_left_alone(void **state)
{
	struct scene *s = made(state);
	assert_done(s, store_exec(s->db, SQL("PRAGMA user_version = 9999"), &s->err));
	assert_refused(s, reopen(s, VS_WRITE), VS_TOO_NEW, "9999");
	assert_refused(s, reopen(s, VS_READ), VS_TOO_NEW, "install");
	s->db = store_connect(s->path, SQLITE_OPEN_READONLY, "anna", &s->err);
	assert_int_equal(count_of(s, "PRAGMA user_version"), 9999);
}

static void
a_write_protected_file_can_be_read_but_not_changed(void **state)
{
	struct scene *s = made(state);
	assert_int_equal(chmod(s->path, 0400), 0);
	assert_refused(s, reopen(s, VS_WRITE), VS_REFUSED, "write-protected");
	assert_done(s, reopen(s, VS_READ));
	assert_int_equal(count_of(s, "SELECT count(*) FROM kommun"), 290);
}

static void
a_damaged_file_is_told_with_the_way_out(void **state)
{
	struct scene *s = made(state);
	close_file(s);
	int fd = open(s->path, O_WRONLY);
	char junk[4096];
	memset(junk, 0xa5, sizeof junk);
	for (off_t at = 4096; at < 30 * 4096; at += 4096)
		assert_int_equal(pwrite(fd, junk, sizeof junk, at), sizeof junk);
	close(fd);
	s->db = vs_db_open(s->path, VS_WRITE, "anna", &s->err);
	json_t *records =
		s->db ? vs_record_list(s->db, &vs_kommun_type, NULL, &s->err) : NULL;
	assert_refused(s, records != NULL, VS_CORRUPT, "valstuga restore");
}

/* Settings --------------------------------------------------------------------------------- */

static void
the_journal_rolls_back_and_is_fully_synchronous(void **state)
{
	struct scene *s = made(state);
	VS_AUTO(stmt) q = { 0 };
	assert_done(s, stmt_open(&q, s->db, SQL("PRAGMA journal_mode"), &s->err));
	assert_true(stmt_row(&q, &s->err));
	assert_string_equal(stmt_text(&q, 0), "delete");
	assert_int_equal(count_of(s, "PRAGMA synchronous"), 3);
	assert_int_equal(count_of(s, "PRAGMA secure_delete"), 1);
}

static void
every_table_is_strict(void **state)
{
	struct scene *s = made(state);
	assert_true(count_of(s,
			    "SELECT count(*) FROM pragma_table_list WHERE schema = 'main'"
			    " AND name NOT LIKE 'sqlite%' AND strict") > 20);
	assert_int_equal(count_of(s,
				 "SELECT count(*) FROM pragma_table_list"
				 " WHERE schema = 'main' AND name NOT LIKE 'sqlite%'"
				 " AND NOT strict"),
		0);
	assert_refused(s,
		store_exec(s->db,
			SQL("INSERT INTO association (name, members) VALUES ('A', 'många')"),
			&s->err),
		VS_INVALID, "members");
}

static void
foreign_keys_hold_and_are_indexed(void **state)
{
	struct scene *s = made(state);
	assert_int_equal(count_of(s, "PRAGMA foreign_keys"), 1);
	assert_refused(s,
		store_exec(s->db,
			SQL("INSERT INTO place (kommun_code, name, street) VALUES ('9999', 'A',"
			    " 'B')"),
			&s->err),
		VS_INVALID, "FOREIGN KEY");
}

static void
the_schema_cannot_be_edited_from_within(void **state)
{
	struct scene *s = made(state);
	assert_done(s, store_exec(s->db, SQL("PRAGMA writable_schema = ON"), &s->err));
	assert_false(store_exec(s->db,
		SQL("UPDATE sqlite_schema SET sql = '' WHERE name = 'kommun'"), &s->err));
	s->err = (struct vs_error){ 0 };
	assert_false(
		store_exec(s->db, SQL("SELECT \"no such column\" FROM kommun"), &s->err));
	s->err = (struct vs_error){ 0 };
}

/* Migrations ------------------------------------------------------------------------------- */

/* A file as a program of that version made it, with one association in it. */
static void
make_old(struct scene *s, int version)
{
	s->db = store_connect(
		s->path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, "old", &s->err);
	assert_non_null(s->db);
	for (int i = 0; i < version; i++)
		assert_done(s, store_exec(s->db, store_migrations[i].text, &s->err));
	assert_done(s,
		store_exec(s->db,
			SQL("PRAGMA application_id = 0x56535447;"
			    "INSERT INTO association (name) VALUES ('Ärna')"),
			&s->err));
	assert_int_equal(count_of(s, "PRAGMA user_version"), version);
}

/* Everything that makes the tables what they are. */
static const char *
schema(struct scene *s)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("SELECT group_concat(sql, char(10)) FROM (SELECT sql FROM sqlite_schema"
			    " ORDER BY type, name)"),
			&s->err));
	assert_true(stmt_row(&q, &s->err));
	return stmt_copy(&q, 0, s->arena);
}

static void
check_safety_copy(struct scene *s, int version)
{
	const char *name = vs_arena_printf(
		s->arena, "varmland.valstuga.before-v%d", vs_db_version());
	struct stat info;
	assert_int_equal(stat(scene_path(s, name), &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	close_file(s);
	s->db = store_connect(scene_path(s, name), SQLITE_OPEN_READONLY, "anna", &s->err);
	assert_non_null(s->db);
	assert_int_equal(count_of(s, "PRAGMA user_version"), version);
	assert_int_equal(
		count_of(s, "SELECT count(*) FROM association WHERE name = 'Ärna'"), 1);
	unlink(scene_path(s, name));
}

static void
every_older_version_is_brought_up_to_date_after_a_safety_copy(void **state)
{
	struct scene *s = made(state);
	const char *newest = schema(s);
	for (int version = 1; version < vs_db_version(); version++) {
		close_file(s);
		unlink(s->path);
		make_old(s, version);
		assert_done(s, reopen(s, VS_WRITE));
		assert_int_equal(count_of(s, "PRAGMA user_version"), vs_db_version());
		assert_string_equal(schema(s), newest);
		assert_int_equal(
			count_of(s,
				"SELECT count(*) FROM association WHERE name = 'Ärna'"),
			1);
		assert_int_equal(count_of(s, "SELECT count(*) FROM kommun"), 290);
		assert_int_equal(count_of(s, "PRAGMA foreign_keys"), 1);
		check_safety_copy(s, version);
	}
}

/* A file of version 3 that is in use: the ledger begins empty, with every place in it. */
static void
the_places_of_an_older_file_become_locations(void **state)
{
	struct scene *s = *state;
	make_old(s, 3);
	assert_done(s,
		store_exec(s->db,
			SQL("INSERT INTO place (kommun_code, name, street) VALUES"
			    " ('1715', 'Skolan', 'Gatan 1'), ('1715', 'Kyrkan', 'Gatan 2');"
			    "INSERT INTO party (code, name) VALUES ('9901', 'Exempel')"
			    " ON CONFLICT DO NOTHING;"
			    "INSERT INTO list (election_day, kind, party_code, status)"
			    " VALUES ('2026-09-13', 'KF', '9901', 'ordered');"
			    "INSERT INTO ballot_order (list_id, pieces, reason, status)"
			    " VALUES (1, 28000, '', 'printing')"),
			&s->err));
	assert_done(s, reopen(s, VS_WRITE));
	assert_int_equal(
		count_of(s, "SELECT count(*) FROM location WHERE kind = 'place'"), 2);
	assert_int_equal(count_of(s,
				 "SELECT count(*) FROM location WHERE kind IN"
				 " ('printer', 'depot', 'voters', 'scrap')"),
		4);
	assert_int_equal(count_of(s, "SELECT count(*) FROM movement"), 0);
	assert_int_equal(
		count_of(s, "SELECT pieces FROM ballot_order WHERE status = 'printing'"),
		28000);
	assert_done(s,
		store_exec(s->db,
			SQL("INSERT INTO place (kommun_code, name, street)"
			    " VALUES ('1715', 'Biblioteket', 'Gatan 3')"),
			&s->err));
	assert_int_equal(
		count_of(s, "SELECT count(*) FROM location WHERE kind = 'place'"), 3);
}

static void
without_a_safety_copy_nothing_is_migrated(void **state)
{
	struct scene *s = *state;
	make_old(s, 1);
	const char *name = vs_arena_printf(
		s->arena, "varmland.valstuga.before-v%d", vs_db_version());
	write_bytes(scene_path(s, name), "kept", 4);
	assert_refused(s, reopen(s, VS_WRITE), VS_EXISTS, name);
	s->db = store_connect(s->path, SQLITE_OPEN_READONLY, "anna", &s->err);
	assert_int_equal(count_of(s, "PRAGMA user_version"), 1);
}

static void
a_migration_that_finds_broken_references_changes_nothing(void **state)
{
	struct scene *s = *state;
	make_old(s, 2);
	sqlite3_db_config(s->db->handle, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
	assert_done(s,
		store_exec(s->db,
			SQL("INSERT INTO place (kommun_code, name, street) VALUES ('9999', 'A', 'B')"),
			&s->err));
	assert_refused(s, reopen(s, VS_WRITE), VS_CORRUPT, "place");
	s->db = store_connect(s->path, SQLITE_OPEN_READONLY, "anna", &s->err);
	assert_int_equal(count_of(s, "PRAGMA user_version"), 2);
}

/* Commands --------------------------------------------------------------------------------- */

static void
a_command_leaves_one_line_in_the_history(void **state)
{
	struct scene *s = made(state);
	assert_done(s, add_association(s, "Kil", true));
	json_t *history = vs_record_list(s->db, &vs_history_type, NULL, &s->err);
	assert_int_equal(json_array_size(history), 1);
	const json_t *line = json_array_get(history, 0);
	assert_string_equal(text_at(line, "actor"), "anna");
	assert_string_equal(text_at(line, "command"), "add");
	assert_string_equal(text_at(line, "noun"), "association");
	assert_string_equal(text_at(line, "object"), "7");
	assert_string_equal(text_at(line, "summary"), "name: Kil");
	assert_int_equal(integer_at(line, "at"), 1772449200); /* 12:00 in Stockholm */
	json_decref(history);
}

static void
what_is_not_committed_never_happened(void **state)
{
	struct scene *s = made(state);
	assert_done(s, add_association(s, "Kil", false));
	assert_int_equal(count_of(s, "SELECT count(*) FROM association"), 0);
	assert_int_equal(count_of(s, "SELECT count(*) FROM history"), 0);
	assert_done(s, add_association(s, "Kil", true));
	assert_int_equal(count_of(s, "SELECT count(*) FROM association"), 1);
}

static void
a_command_that_fails_halfway_leaves_nothing(void **state)
{
	struct scene *s = made(state);
	assert_done(s, add_association(s, "Kil", true));
	assert_refused(s, add_association(s, "Kil", true), VS_EXISTS, "association.name");
	assert_int_equal(count_of(s, "SELECT count(*) FROM history"), 1);
}

static void
a_long_summary_is_cut_between_characters(void **state)
{
	struct scene *s = made(state);
	char name[900] = "x";
	for (size_t i = 1; i < sizeof name - 2; i += 2)
		memcpy(name + i, "å", 2);
	name[sizeof name - 1] = '\0';
	for (int shift = 0; shift < 2; shift++)
		assert_done(s, add_association(s, name + shift, true));
	json_t *history = vs_record_list(s->db, &vs_history_type, NULL, &s->err), *line;
	size_t i;
	json_array_foreach (history, i, line)
		assert_true(strlen(text_at(line, "summary")) > 300);
	assert_int_equal(json_array_size(history), 2);
	json_decref(history);
}

static void
a_name_that_is_no_text_does_not_hide_the_line(void **state)
{
	struct scene *s = made(state);
	close_file(s);
	setenv("VALSTUGA_USER", "an\xffna", 1);
	s->db = vs_db_open(s->path, VS_WRITE, NULL, &s->err);
	unsetenv("VALSTUGA_USER");
	assert_done(s, s->db && add_association(s, "Kil", true));
	json_t *history = vs_record_list(s->db, &vs_history_type, NULL, &s->err);
	assert_string_not_equal(text_at(json_array_get(history, 0), "actor"), "");
	json_decref(history);
}

static void
a_second_writer_waits_and_then_is_told(void **state)
{
	struct scene *s = made(state);
	struct vs_db *other = vs_db_open(s->path, VS_WRITE, "bo", &s->err);
	assert_non_null(other);
	{
		VS_AUTO(change) change = { 0 };
		assert_done(s, change_begin(&change, other, "slow", &s->err));
		sqlite3_busy_timeout(s->db->handle, 20);
		assert_refused(s, add_association(s, "Kil", true), VS_BUSY,
			"wait a moment and try again");
	}
	assert_done(s, add_association(s, "Kil", true));
	vs_db_close(other);
}

static void
a_writer_waits_five_seconds(void **state)
{
	struct scene *s = made(state);
	assert_int_equal(count_of(s, "PRAGMA busy_timeout"), 5000);
}

/* Backup and restore ----------------------------------------------------------------------- */

static int64_t
rows_in_all_tables(struct scene *s)
{
	return count_of(s,
		"SELECT (SELECT count(*) FROM kommun) * 1000"
		" + (SELECT count(*) FROM region) * 100"
		" + (SELECT count(*) FROM association) * 10"
		" + (SELECT count(*) FROM history)");
}

static void
a_backup_is_complete_private_and_opens(void **state)
{
	struct scene *s = made(state);
	assert_done(s, add_association(s, "Kil", true));
	int64_t rows = rows_in_all_tables(s);
	const char *tables = schema(s), *copy = scene_path(s, "copy");
	assert_done(s, vs_db_backup(s->db, copy, &s->err));
	struct stat info;
	assert_int_equal(stat(copy, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	close_file(s);
	s->db = vs_db_open(copy, VS_WRITE, "anna", &s->err);
	assert_done(s, s->db != NULL);
	assert_int_equal(rows_in_all_tables(s), rows);
	assert_string_equal(schema(s), tables);
}

static void
a_backup_has_no_trace_of_what_was_deleted(void **state)
{
	struct scene *s = made(state);
	assert_done(s, add_association(s, "Hemligheten", true));
	assert_done(s,
		store_exec(s->db, SQL("DELETE FROM association; DELETE FROM history"),
			&s->err));
	const char *paths[] = { s->path, scene_path(s, "copy") };
	assert_done(s, vs_db_backup(s->db, paths[1], &s->err));
	for (int i = 0; i < 2; i++) {
		char *bytes;
		size_t length;
		assert_done(
			s, vs_file_read(s->arena, paths[i], &bytes, &length, &s->err));
		assert_null(memmem(bytes, length, "Hemligheten", 11));
	}
}

static void
a_backup_never_overwrites(void **state)
{
	struct scene *s = made(state);
	write_bytes(scene_path(s, "copy"), "mine", 4);
	assert_refused(s, vs_db_backup(s->db, scene_path(s, "copy"), &s->err), VS_EXISTS,
		"copy");
	assert_refused(s, vs_db_backup(s->db, s->path, &s->err), VS_EXISTS, s->path);
	assert_true(exists(s, "copy"));
}

static void
an_empty_name_is_no_file(void **state)
{
	struct scene *s = made(state);
	assert_refused(s, vs_db_backup(s->db, "", &s->err), VS_USAGE, "file name");
	assert_refused(
		s, vs_db_restore(s->path, "", true, &s->err), VS_USAGE, "file name");
	assert_refused(
		s, vs_db_create("", "anna", &s->err) != NULL, VS_USAGE, "file name");
	assert_refused(s, vs_db_open("", VS_READ, "anna", &s->err) != NULL, VS_USAGE,
		"file name");
}

static void
a_backup_that_cannot_be_written_leaves_no_file(void **state)
{
	struct scene *s = made(state);
	assert_false(vs_db_backup(s->db, scene_path(s, "nowhere/copy"), &s->err));
	assert_true(
		strstr(s->err.text, "nowhere/copy") || strstr(s->err.text, "varmland"));
	s->err = (struct vs_error){ 0 };
}

/* A campaign with one change, and a backup of it made before the second. */
static struct scene *
with_backup(void **state)
{
	struct scene *s = made(state);
	assert_done(s, add_association(s, "Kil", true));
	assert_done(s, vs_db_backup(s->db, scene_path(s, "copy"), &s->err));
	scene_time("2026-03-02 12:10");
	assert_done(s, add_association(s, "Eda", true));
	close_file(s);
	return s;
}

static int64_t
associations_in(struct scene *s, const char *path)
{
	close_file(s);
	s->db = vs_db_open(path, VS_READ, "anna", &s->err);
	assert_done(s, s->db != NULL);
	int64_t count = count_of(s, "SELECT count(*) FROM association");
	close_file(s);
	return count;
}

static void
a_backup_is_restored_where_no_file_is(void **state)
{
	struct scene *s = with_backup(state);
	const char *fresh = scene_path(s, "fresh.valstuga");
	assert_done(s, vs_db_restore(fresh, scene_path(s, "copy"), false, &s->err));
	assert_int_equal(associations_in(s, fresh), 1);
	assert_false(exists(s, "fresh.valstuga.restoring"));
}

static void
newer_work_is_not_restored_over_without_force(void **state)
{
	struct scene *s = with_backup(state);
	const char *copy = scene_path(s, "copy");
	assert_refused(
		s, vs_db_restore(s->path, copy, false, &s->err), VS_REFUSED, "--force");
	assert_int_equal(associations_in(s, s->path), 2);
	assert_done(s, vs_db_restore(s->path, copy, true, &s->err));
	assert_int_equal(associations_in(s, s->path), 1);
	assert_int_equal(
		associations_in(s, scene_path(s, "varmland.valstuga.before-restore")), 2);
}

static void
a_second_restore_does_not_lose_what_the_first_put_aside(void **state)
{
	struct scene *s = with_backup(state);
	assert_done(s, vs_db_restore(s->path, scene_path(s, "copy"), true, &s->err));
	assert_done(s, vs_db_restore(s->path, scene_path(s, "copy"), true, &s->err));
	assert_int_equal(
		associations_in(s, scene_path(s, "varmland.valstuga.before-restore")), 2);
}

static void
what_is_no_backup_is_not_restored(void **state)
{
	struct scene *s = with_backup(state);
	write_bytes(scene_path(s, "letter"), "Dear all", 8);
	assert_refused(s, vs_db_restore(s->path, scene_path(s, "letter"), true, &s->err),
		VS_CORRUPT, "letter");
	assert_refused(s, vs_db_restore(s->path, scene_path(s, "none"), true, &s->err),
		VS_NOT_FOUND, "none");
	assert_refused(s, vs_db_restore(s->path, s->directory, true, &s->err), VS_CORRUPT,
		s->directory);
	assert_int_equal(associations_in(s, s->path), 2);
}

static void
a_damaged_backup_is_not_restored(void **state)
{
	struct scene *s = with_backup(state);
	const char *copy = scene_path(s, "copy");
	int fd = open(copy, O_WRONLY);
	char junk[4096];
	memset(junk, 0xa5, sizeof junk);
	assert_int_equal(pwrite(fd, junk, sizeof junk, 20 * 4096), sizeof junk);
	close(fd);
	assert_refused(s, vs_db_restore(s->path, copy, true, &s->err), VS_CORRUPT, copy);
	assert_int_equal(associations_in(s, s->path), 2);
	assert_false(exists(s, "varmland.valstuga.before-restore"));
}

static void
a_damaged_campaign_is_replaced_with_force(void **state)
{
	struct scene *s = with_backup(state);
	write_bytes(s->path, "ruined", 6);
	const char *copy = scene_path(s, "copy");
	assert_refused(
		s, vs_db_restore(s->path, copy, false, &s->err), VS_CORRUPT, "--force");
	assert_done(s, vs_db_restore(s->path, copy, true, &s->err));
	assert_int_equal(associations_in(s, s->path), 1);
}

static void
a_file_in_use_is_not_replaced(void **state)
{
	struct scene *s = with_backup(state);
	s->db = vs_db_open(s->path, VS_WRITE, "anna", &s->err);
	VS_AUTO(change) change = { 0 };
	assert_done(s, change_begin(&change, s->db, "slow", &s->err));
	assert_refused(s, vs_db_restore(s->path, scene_path(s, "copy"), true, &s->err),
		VS_BUSY, "another program");
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, scene_open_empty, scene_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH(a_new_file_is_private_and_of_the_newest_version),
		WITH(an_existing_file_is_never_overwritten),
		WITH(a_link_that_leads_nowhere_is_not_written_through),
		WITH(a_file_in_a_linked_folder_opens),
		WITH(a_missing_file_is_told_by_name),
		WITH(what_is_no_campaign_is_refused),
		WITH(a_database_of_another_program_is_refused),
		WITH(a_newer_file_is_refused_and_left_alone),
		WITH(a_write_protected_file_can_be_read_but_not_changed),
		WITH(a_damaged_file_is_told_with_the_way_out),
		WITH(the_journal_rolls_back_and_is_fully_synchronous),
		WITH(every_table_is_strict),
		WITH(foreign_keys_hold_and_are_indexed),
		WITH(the_schema_cannot_be_edited_from_within),
		WITH(every_older_version_is_brought_up_to_date_after_a_safety_copy),
		WITH(the_places_of_an_older_file_become_locations),
		WITH(without_a_safety_copy_nothing_is_migrated),
		WITH(a_migration_that_finds_broken_references_changes_nothing),
		WITH(a_command_leaves_one_line_in_the_history),
		WITH(what_is_not_committed_never_happened),
		WITH(a_command_that_fails_halfway_leaves_nothing),
		WITH(a_long_summary_is_cut_between_characters),
		WITH(a_name_that_is_no_text_does_not_hide_the_line),
		WITH(a_second_writer_waits_and_then_is_told),
		WITH(a_writer_waits_five_seconds),
		WITH(a_backup_is_complete_private_and_opens),
		WITH(a_backup_has_no_trace_of_what_was_deleted),
		WITH(a_backup_never_overwrites),
		WITH(an_empty_name_is_no_file),
		WITH(a_backup_that_cannot_be_written_leaves_no_file),
		WITH(a_backup_is_restored_where_no_file_is),
		WITH(newer_work_is_not_restored_over_without_force),
		WITH(a_second_restore_does_not_lose_what_the_first_put_aside),
		WITH(what_is_no_backup_is_not_restored),
		WITH(a_damaged_backup_is_not_restored),
		WITH(a_damaged_campaign_is_replaced_with_force),
		WITH(a_file_in_use_is_not_replaced),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
