/* Outlets: newspapers, radio, TV, the web, and channels of our own. */
#include "media/media.h"

#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"
#include "register/people.h"

static const struct vs_choice kinds[] = {
	{ "newspaper", N_("newspaper"), "tidning,dagstidning" },
	{ "radio", N_("radio"), "radio" },
	{ "tv", N_("TV"), "tv" },
	{ "web", N_("web"), "webb,webben,nät" },
	{ "podcast", N_("podcast"), "podd,poddradio" },
	{ "own", N_("own channel"), "egen kanal,egen" },
	{ 0 },
};

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "name", VS_FIELD_TEXT, VS_REQUIRED | VS_NAME, N_("outlet"), .max_length = 80 },
	{ "kind", VS_FIELD_CHOICE, VS_REQUIRED | VS_FILTER, N_("sort of outlet"),
		.choices = kinds },
	{ "kommuner", VS_FIELD_TEXT, VS_HIDDEN, N_("reaches"),
		N_("kommuner, names or codes with commas; empty: the whole district"),
		.max_length = 2000 },
	{ "kommun_names", VS_FIELD_TEXT, VS_READONLY, N_("reaches") },
	{ "reach", VS_FIELD_INTEGER, 0, N_("readers or followers"),
		N_("people, by its own figure"), .min = 0, .max = 100000000 },
	{ "contact_name", VS_FIELD_TEXT, VS_PERSONAL, N_("contact"), .max_length = 100 },
	{ "contact_phone", VS_FIELD_TEXT, VS_PERSONAL | VS_PHONE, N_("phone") },
	{ "contact_email", VS_FIELD_TEXT, VS_PERSONAL, N_("e-mail"), .max_length = 100 },
	{ "deadline", VS_FIELD_TEXT, 0, N_("deadline"),
		N_("for letters and articles: onsdag kl. 15 för lördag"),
		.max_length = 120 },
	{ "max_characters", VS_FIELD_INTEGER, 0, N_("characters at most"), .min = 1,
		.max = 1000000 },
	{ "active", VS_FIELD_BOOLEAN, VS_HIDDEN, N_("in use"),
		N_("no: it is closed, or we do not use it; default yes") },
	{ "note", VS_FIELD_TEXT, VS_HIDDEN, N_("note"), .max_length = 2000 },
};

static const struct vs_head heads[] = {
	{ "namn", "name" },
	{ "medium", "name" },
	{ "typ", "kind" },
	{ "slag", "kind" },
	{ "räckvidd", "reach" },
	{ "kontakt", "contact_name" },
	{ "telefon", "contact_phone" },
	{ "e-post", "contact_email" },
	{ "tecken", "max_characters" },
	{ "aktiv", "active" },
	{ "anteckning", "note" },
	{ 0 },
};

static bool
add_code(struct vs_db *db, json_t *codes, const char *kommun, struct vs_error *err)
{
	json_t *record = vs_record_get(db, &vs_kommun_type, kommun, err);
	if (!record)
		return false;
	json_object_set_new(codes, record_string(record, "code"), json_true());
	json_decref(record);
	return true;
}

static int
by_code(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The codes in their order, once each, with commas. */
static void
put_codes(struct vs_arena *arena, json_t *values, json_t *codes)
{
	size_t count = 0;
	const char **sorted =
		vs_arena_alloc(arena, (json_object_size(codes) + 1) * sizeof *sorted);
	const char *code, *all = "";
	json_t *ignored;
	json_object_foreach (codes, code, ignored)
		sorted[count++] = code;
	qsort(sorted, count, sizeof *sorted, by_code);
	for (size_t i = 0; i < count; i++)
		all = vs_arena_printf(arena, "%s%s%s", all, i ? "," : "", sorted[i]);
	record_put(values, "kommuner", all);
}

/* "Karlstad, Kil; 1784" becomes "1715,1780,1784". */
static bool
typed(struct vs_db *db, json_t *values, const json_t *before, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *given = record_string(values, "kommuner");
	json_t *active = json_object_get(values, "active");
	if (active ? json_is_string(active) && !*json_string_value(active) : !before)
		json_object_set_new(values, "active", json_true());
	if (!given)
		return true;
	char *rest = vs_arena_text(scratch.arena, given), *each;
	json_t *codes = json_object();
	bool ok = true;
	while (ok && (each = strsep(&rest, ",;"))) {
		const char *kommun = vs_text_clean(scratch.arena, each);
		ok = !*kommun || add_code(db, codes, kommun, err);
	}
	if (ok)
		put_codes(scratch.arena, values, codes);
	json_decref(codes);
	return ok;
}

/* An outlet does not become our own, or somebody else's, with what was seen in it. */
static bool
check_own(struct vs_db *db, const json_t *record, const json_t *before,
	struct vs_error *err)
{
	bool own = strcmp(record_string(record, "kind"), "own") == 0;
	VS_AUTO(stmt) q = { 0 };
	if (!before || own == (strcmp(record_string(before, "kind"), "own") == 0))
		return true;
	if (!stmt_open(&q, db, SQL("SELECT count(*) FROM appearance WHERE outlet_id = ?"),
		    err))
		return false;
	stmt_bind(&q, record_integer(before, "id"));
	if (!stmt_row(&q, err) || stmt_int(&q, 0) == 0)
		return err->code == VS_OK;
	return vs_fail(err, VS_REFUSED,
		own ? _("outlet %s: it has appearances, which are not of an own channel; add a "
			"channel of another name")
		    : _("outlet %s: it has posts of an own channel; add an outlet of another "
			"name"),
		record_string(before, "name"));
}

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	return register_check_email("outlet", "contact_email",
		       record_string(record, "contact_email"), err) &&
		check_own(db, record, before, err);
}

#define SELECT_OUTLET \
	"SELECT o.id, o.name, o.kind, o.kommuner," \
	" (SELECT group_concat(name, ', ') FROM (SELECT k.name FROM kommun k" \
	"  WHERE instr(',' || o.kommuner || ',', ',' || k.code || ',')" \
	"  ORDER BY k.name COLLATE swedish)) AS kommun_names, o.reach, o.contact_name," \
	" o.contact_phone, o.contact_email, o.deadline, o.max_characters, o.active, o.note" \
	" FROM outlet o"

const struct vs_record_type vs_outlet_type = {
	.noun = N_("outlet"),
	.label = N_("outlets"),
	.about = N_("Where we can be seen: newspapers, radio, TV, the web, own channels; "
		    "whom they reach, how and until when they take a text."),
	FIELDS(fields),
	.usual = "active",
	.select = SQL(SELECT_OUTLET " ORDER BY o.name COLLATE swedish"),
	.find = SQL(SELECT_OUTLET " WHERE o.id = ?"),
	.insert = SQL(
		"INSERT INTO outlet (name, kind, kommuner, reach, contact_name,"
		" contact_phone, contact_email, deadline, max_characters, active, note)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
	.update = SQL(
		"UPDATE outlet SET name = ?, kind = ?, kommuner = ?, reach = ?,"
		" contact_name = ?, contact_phone = ?, contact_email = ?, deadline = ?,"
		" max_characters = ?, active = ?, note = ? WHERE id = ?"),
	.remove = SQL("DELETE FROM outlet WHERE id = ?"),
	.typed = typed,
	.check = check,
	.heads = heads,
};
