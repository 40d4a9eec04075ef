/* Rows of any table in words: what tables and columns are called, what values mean. */
#include "campaign/privacy.h"

#include <string.h>

#include <valstuga/campaign.h>
#include <valstuga/date.h>
#include <valstuga/text.h>

#include "base/i18n.h"

/* Tables whose records go by another noun, and those that are no records; what became of a
 * record is told in the words of that. */
static const struct {
	const char *table, *noun, *title, *words;
} tables[] = {
	{ "appearance", "media", NULL },
	{ "appearance_event", NULL, N_("what happened to appearances"), "media" },
	{ "article_event", NULL, N_("what happened to articles"), "article" },
	{ "ballot_order", "order", NULL },
	{ "booking_event", NULL, N_("what happened to bookings"), "booking" },
	{ "candidacy", "candidate", NULL },
	{ "canvass_street", "street", NULL },
	{ "contact_attempt", NULL, N_("attempts to reach you") },
	{ "delivery_event", NULL, N_("what happened to deliveries"), "delivery" },
	{ "handover_rule", "rule", NULL },
	{ "list_version", NULL, N_("versions of lists") },
	{ "person", "person", N_("about you") },
	{ "open_consent", NULL, N_("consent to stand without a list") },
	{ "order_event", NULL, N_("what happened to orders"), "order" },
	{ "person_alias", NULL, N_("old numbers") },
	{ "person_distinct", NULL, N_("people who are not the same") },
	{ "person_skill", "qualification", NULL },
	{ "person_together", NULL, N_("wants to be with") },
	{ "policy_area", "policy-area", NULL },
	{ "signup", NULL, N_("sign-ups") },
};

const struct vs_record_type *
privacy_type(const char *table)
{
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		if (strcmp(tables[i].table, table) == 0)
			return tables[i].noun ? vs_record_type_of(tables[i].noun) : NULL;
	return vs_record_type_of(table);
}

const struct vs_record_type *
privacy_worded(const char *table)
{
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		if (strcmp(tables[i].table, table) == 0 && tables[i].words)
			return vs_record_type_of(tables[i].words);
	return privacy_type(table);
}

/* "contact_attempt" as words. */
static const char *
spaced(struct vs_arena *arena, const char *name)
{
	char *copy = vs_arena_text(arena, name);
	for (char *c = copy; (c = strchr(c, '_'));)
		*c = ' ';
	return copy;
}

const char *
privacy_title(struct vs_arena *arena, const char *table)
{
	const struct vs_record_type *type = privacy_type(table);
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		if (strcmp(tables[i].table, table) == 0 && tables[i].title)
			return _(tables[i].title);
	return type ? _(type->label) : spaced(arena, table);
}

const char *
privacy_plain(struct vs_arena *arena, const char *column)
{
	size_t length = strlen(column);
	if (length > 3 && strcmp(column + length - 3, "_id") == 0)
		length -= 3;
	else if (length > 5 && strcmp(column + length - 5, "_code") == 0)
		length -= 5;
	return vs_arena_copy(arena, column, length);
}

static const struct vs_field *
field_of(struct vs_arena *arena, const struct vs_record_type *type, const char *column)
{
	const struct vs_field *field = type ? vs_record_field(type, column) : NULL;
	return field || !type ? field
			      : vs_record_field(type, privacy_plain(arena, column));
}

/* Columns that many tables have. */
static const struct {
	const char *column, *label;
} labels[] = {
	{ "a_id", N_("person") },
	{ "active", N_("drives") },
	{ "actor", N_("by") },
	{ "appearance", N_("media") },
	{ "article", N_("article") },
	{ "at", N_("time") },
	{ "b_id", N_("with person") },
	{ "booking_id", N_("booking") },
	{ "by_hand", N_("planned by hand") },
	{ "can", N_("can come") },
	{ "channel", N_("channel") },
	{ "contact_id", N_("contact") },
	{ "date", N_("date") },
	{ "email", N_("e-mail") },
	{ "from_date", N_("from") },
	{ "message", N_("message") },
	{ "name", N_("name") },
	{ "note", N_("note") },
	{ "outcome", N_("outcome") },
	{ "phone", N_("phone") },
	{ "reason", N_("reason") },
	{ "source", N_("source") },
	{ "role", N_("role") },
	{ "state", N_("state") },
	{ "until_date", N_("until") },
	{ "wants", N_("would like") },
};

const char *
privacy_label(
	struct vs_arena *arena, const struct vs_record_type *type, const char *column)
{
	const struct vs_field *field = field_of(arena, type, column);
	for (size_t i = 0; !field && i < sizeof labels / sizeof *labels; i++)
		if (strcmp(labels[i].column, column) == 0)
			return _(labels[i].label);
	return field ? _(field->label) : spaced(arena, column);
}

static bool
is_moment(const char *column)
{
	size_t length = strlen(column);
	return strcmp(column, "at") == 0 || strcmp(column, "offered_until") == 0 ||
		(length > 3 && strcmp(column + length - 3, "_at") == 0);
}

static json_t *
stored(const struct stmt *q, int column)
{
	switch (stmt_type(q, column)) {
	case STMT_NULL:
		return json_null();
	case STMT_INTEGER:
		return json_integer(stmt_int(q, column));
	case STMT_REAL:
		return json_real(stmt_real(q, column));
	case STMT_TEXT:
		return json_string(stmt_text(q, column));
	}
	return NULL;
}

json_t *
privacy_value(struct vs_arena *arena, const struct vs_record_type *type,
	const struct stmt *q, int column)
{
	const char *name = stmt_column_name(q, column);
	const struct vs_field *field = field_of(arena, type, name);
	json_t *value = stored(q, column);
	bool counted = json_is_integer(value);
	if (counted && (is_moment(name) || (field && field->type == VS_FIELD_TIME))) {
		char moment[17];
		int64_t number = json_integer_value(value);
		const char *text = is_moment(name) ? vs_time_format_local(number, moment)
						   : vs_record_csv(arena, field, value);
		json_decref(value);
		return json_string(text);
	}
	return value;
}

/* Yes or no, in tables whose records have no such field. */
static bool
is_flag(const struct vs_field *field, const char *column)
{
	static const char *const flags[] = { "active", "by_hand", "can", "wants", NULL };
	for (const char *const *flag = flags; *flag; flag++)
		if (strcmp(*flag, column) == 0)
			return true;
	return field && field->type == VS_FIELD_BOOLEAN;
}

const char *
privacy_text(struct vs_arena *arena, const struct vs_record_type *type,
	const char *column, const json_t *value)
{
	const struct vs_field *field = field_of(arena, type, column);
	if (!value || json_is_null(value))
		return "";
	if (json_is_integer(value) && is_flag(field, column))
		return json_integer_value(value) ? _("yes") : _("no");
	if (json_is_integer(value))
		return vs_arena_printf(
			arena, "%lld", (long long)json_integer_value(value));
	if (json_is_real(value))
		return vs_text_decimal(arena, json_real_value(value), 4);
	const char *text = json_string_value(value);
	if (field && field->type == VS_FIELD_CHOICE && field->choices)
		return record_choice(field->choices, text);
	if (strcmp(column, "phone") == 0)
		return vs_phone_text(arena, text);
	return text;
}

/* References ---------------------------------------------------------------------------------*/

/* The shift's time and place, in words. */
static bool
shift_words(struct vs_db *db, struct vs_arena *arena, const char *key,
	const char **ret_words, struct vs_error *err)
{
	char from[17], until[17];
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT s.starts_at, s.ends_at, a.title, coalesce(p.name, a.venue),"
			" coalesce(p.town, a.town) FROM shift s"
			" JOIN activity a ON a.id = s.activity_id"
			" LEFT JOIN place p ON p.id = a.place_id WHERE s.id = ?"),
		    err))
		return false;
	stmt_bind(&q, key);
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	vs_time_format_local(stmt_int(&q, 0), from);
	vs_time_format_local(stmt_int(&q, 1), until);
	const char *words =
		vs_arena_printf(arena, "%s–%s, %s", from, until + 11, stmt_text(&q, 2));
	for (int i = 3; i <= 4; i++)
		if (!stmt_null(&q, i))
			words = vs_arena_printf(arena, "%s, %s", words, stmt_text(&q, i));
	*ret_words = words;
	return true;
}

/* Tables whose rows are called by more than a name. */
static const struct {
	const char *table, *sql;
} called[] = {
	{ "activity",
		SQL("SELECT title || ', ' || date(starts_at, 'unixepoch')"
		    " FROM activity WHERE id = ?") },
	{ "carrier",
		SQL("SELECT p.name FROM carrier c JOIN person p ON p.id = c.person_id"
		    " WHERE c.id = ?") },
	{ "list",
		SQL("SELECT k.name || coalesce(' ' || l.number, '') || ', '"
		    " || l.election_day FROM list l JOIN election_kind k"
		    " ON k.code = l.kind WHERE l.id = ?") },
	{ "location",
		SQL("SELECT coalesce(l.name, p.name, l.kind) FROM location l"
		    " LEFT JOIN place p ON p.id = l.place_id WHERE l.id = ?") },
	{ "wording", SQL("SELECT text FROM wording WHERE id = ?") },
};

bool
privacy_called(struct vs_db *db, struct vs_arena *arena, const struct scrub_link *link,
	const char *key, const char **ret_words, struct vs_error *err)
{
	*ret_words = NULL;
	if (strcmp(link->refers, "shift") == 0)
		return shift_words(db, arena, key, ret_words, err);
	for (size_t i = 0; i < sizeof called / sizeof *called; i++) {
		VS_AUTO(stmt) q = { 0 };
		if (strcmp(called[i].table, link->refers) != 0)
			continue;
		if (!stmt_open(&q, db, called[i].sql, err))
			return false;
		stmt_bind(&q, key);
		if (stmt_row(&q, err))
			*ret_words = stmt_copy(&q, 0, arena);
		return err->code == VS_OK;
	}
	return scrub_called(db, arena, link->refers, link->to, key, ret_words, err);
}

/* The law -----------------------------------------------------------------------------------*/

static const char *
first_of(const char *a, const char *b)
{
	return a && *a ? a : b ? b : "";
}

const char *
privacy_source(struct vs_arena *arena, const char *keep_until)
{
	return vs_arena_printf(arena, "%s %s",
		_("The data were given by you, by those who work in the campaign, or come from "
		  "the election authority's public files; each row says from where as far as it "
		  "is known. They are used to carry out the election campaign, on the ground of "
		  "your consent or of article 9.2 d of the General Data Protection Regulation, "
		  "and are not given to anybody outside the party without your consent."),
		vs_arena_printf(arena,
			_("They are erased after %s, unless you agree to more."),
			keep_until ? keep_until : "?"));
}

const char *
privacy_legal(struct vs_arena *arena, const json_t *campaign, const char *keep_until)
{
	const char *controller = first_of(record_string(campaign, "controller_name"),
		vs_arena_printf(arena, "%s %s", record_string(campaign, "party_name"),
			record_string(campaign, "district")));
	const char *reach = first_of(record_string(campaign, "controller_email"),
		record_string(campaign, "controller_phone"));
	return vs_arena_printf(arena, "%s%s%s. %s %s %s",
		vs_arena_printf(arena, _("Controller: %s"), controller),
		*reach ? ", " : "", reach, privacy_source(arena, keep_until),
		_("You have the right to have wrong data corrected (article 16), to have them "
		  "erased (17), to have their use restricted (18), to get them in a form that "
		  "computers read (20), to object (21), and to withdraw a consent as easily as "
		  "you gave it (7.3)."),
		_("If you think that we do wrong you can complain to the Swedish Authority for "
		  "Privacy Protection (IMY), imy.se."));
}
