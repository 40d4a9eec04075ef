/* Kinds and states in words; references by name, with what they are like when they fail. */
#include "media/media.h"

#include <string.h>

#include <valstuga/person.h>
#include <valstuga/text.h>

#include "base/i18n.h"
#include "register/people.h"

const char vs_media_kinds_usual[] =
	"debate_article,letter,news,interview,radio,tv,podcast";

const struct vs_choice media_kinds[] = {
	{ "debate_article", N_("debate article"), "debattartikel,debatt" },
	{ "letter", N_("letter to the editor"), "insändare" },
	{ "news", N_("news item"), "nyhet,nyheter,nyhetsartikel,news" },
	{ "interview", N_("interview"), "intervju" },
	{ "radio", N_("radio"), "radio" },
	{ "tv", N_("TV"), "tv" },
	{ "podcast", N_("podcast"), "podd,poddradio" },
	{ "initiative", N_("initiative"), "utspel" },
	{ "press_release", N_("press release"), "pressmeddelande" },
	{ "own", N_("own channel"), "egen kanal,egen,eget inlägg" },
	{ 0 },
};

const struct vs_choice media_states[] = {
	{ "planned", N_("planned"), "planerad,planerat" },
	{ "submitted", N_("sent in"), "inskickad,inskickat,skickad" },
	{ "booked", N_("booked"), "bokad,bokat" },
	{ "published", N_("published"), "publicerad,publicerat" },
	{ "broadcast", N_("broadcast"), "sänd,sänt" },
	{ "declined", N_("turned down"), "avböjd,avböjt,refuserad,nej" },
	{ "cancelled", N_("called off"), "inställd,inställt" },
	{ 0 },
};

const struct vs_choice media_article_kinds[] = {
	{ "debate_article", N_("debate article"), "debattartikel,debatt" },
	{ "letter", N_("letter to the editor"), "insändare" },
	{ "initiative", N_("initiative"), "utspel" },
	{ "press_release", N_("press release"), "pressmeddelande" },
	{ "motion", N_("motion"), "motion" },
	{ 0 },
};

const struct vs_choice media_article_states[] = {
	{ "idea", N_("idea"), "idé" },
	{ "draft", N_("draft"), "utkast" },
	{ "spokesperson", N_("with the spokesperson"), "talesperson,hos talesperson" },
	{ "sent", N_("sent"), "skickad,inskickad" },
	{ "published", N_("published"), "publicerad" },
	{ "dropped", N_("dropped"), "nedlagd,struken" },
	{ 0 },
};

bool
media_is_done(const char *state)
{
	return strcmp(state, "published") == 0 || strcmp(state, "broadcast") == 0;
}

bool
media_is_open(const char *state)
{
	return strcmp(state, "planned") == 0 || strcmp(state, "submitted") == 0 ||
		strcmp(state, "booked") == 0;
}

bool
media_changed(const json_t *record, const json_t *before, const char *name)
{
	return !json_equal(json_object_get(record, name), json_object_get(before, name));
}

bool
media_today(char day[11], struct vs_error *err)
{
	struct vs_date today;
	if (!vs_clock_today(&today, err))
		return false;
	vs_date_format(today, day);
	return true;
}

bool
media_check_person(struct vs_db *db, const char *noun, const json_t *record,
	const json_t *before, struct vs_error *err)
{
	int64_t person = record_integer(record, "person");
	return !person || (before && !media_changed(record, before, "person")) ||
		register_person_open(db, person, noun, err);
}

/* Names that are alike --------------------------------------------------------------------- */

#define NAME_MAX_BYTES 48
#define LIKE_MAX       3

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* How many bytes must be changed, left out, put in or changed places. */
static size_t
distance(const char *a, const char *b)
{
	size_t n = strnlen(a, NAME_MAX_BYTES), m = strnlen(b, NAME_MAX_BYTES);
	size_t rows[3][NAME_MAX_BYTES + 1];
	for (size_t j = 0; j <= m; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t *now = rows[i % 3], *above = rows[(i + 2) % 3];
		now[0] = i;
		for (size_t j = 1; j <= m; j++) {
			now[j] = least(above[j - 1] + (a[i - 1] != b[j - 1]),
				least(above[j], now[j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
				a[i - 2] == b[j - 1])
				now[j] = least(now[j], rows[(i + 1) % 3][j - 2] + 1);
		}
	}
	return rows[n % 3][m];
}

/* 0: the one holds the other, or begins so; NAME_MAX_BYTES: not alike. */
static size_t
likeness(const char *typed, const char *name)
{
	size_t short_one = least(strlen(typed), strlen(name));
	if (short_one > 2 && (strstr(name, typed) || strstr(typed, name)))
		return 0;
	if (short_one > 1 && strncmp(typed, name, short_one) == 0)
		return 0;
	size_t away = distance(typed, name), most = strlen(typed) / 3;
	return away <= (most ? most : 1) ? away : NAME_MAX_BYTES;
}

/* Lower case without rings and dots: "vard" is like "vård". */
static const char *
plain(struct vs_arena *arena, const char *text)
{
	static const char *const letters[] = { "åa", "äa", "öo", "ée", "èe", "üu", "æa",
		"øo" };
	const char *folded = vs_text_fold(arena, text);
	char *to = vs_arena_text(arena, folded), *start = to;
	for (const char *at = folded; *at; at++) {
		char letter = *at;
		for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
			if (strncmp(at, letters[i], 2) == 0) {
				letter = letters[i][2];
				at++;
				break;
			}
		*to++ = letter;
	}
	*to = '\0';
	return start;
}

static const char *
name_of(const struct vs_record_type *type, const json_t *record)
{
	for (size_t i = 0; i < type->field_count; i++)
		if (type->fields[i].flags & VS_NAME)
			return record_string(record, type->fields[i].name);
	return NULL;
}

/* The names that a text is most like, with commas; "" when there is none. Arena. */
static bool
find_alike(struct vs_db *db, struct vs_arena *arena, const struct vs_record_type *type,
	const char *typed, const char **ret_names, struct vs_error *err)
{
	const char *folded = plain(arena, typed), *names = "", *last = "";
	json_t *all = vs_record_list(db, type, NULL, err), *record;
	size_t i, found = 0;
	for (size_t away = 0; away < NAME_MAX_BYTES && found < LIKE_MAX; away++)
		json_array_foreach (all, i, record) {
			const char *name = name_of(type, record);
			if (found == LIKE_MAX || !name ||
				(type->hides && record_true(record, type->hides)) ||
				likeness(folded, plain(arena, name)) != away ||
				strcmp(name, last) == 0) /* two of a name say no more */
				continue;
			names = vs_arena_printf(
				arena, "%s%s%s", names, found++ ? ", " : "", name);
			last = name;
		}
	json_decref(all);
	*ret_names = names;
	return all != NULL;
}

static bool
refuse_unknown(struct vs_db *db, const struct vs_record_type *type, const char *typed,
	const char *add, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *names;
	if (!find_alike(db, scratch.arena, type, typed, &names, err))
		return false;
	const char *like = *names
		? vs_arena_printf(scratch.arena, _("; names like it: %s"), names)
		: "";
	if (!add)
		return vs_fail(err, VS_NOT_FOUND,
			_("no %s \"%.80s\"%s; 'valstuga %s list' shows what there is"),
			_(type->noun), typed, like, type->noun);
	/* What a shell would read as more than a name is not made a command to copy. */
	return vs_fail(err, VS_NOT_FOUND,
		_("no %s \"%.80s\"%s; a new one is added with 'valstuga %s \"%.80s\"'"),
		_(type->noun), typed, like, add,
		strpbrk(typed, "\"$`\\!'") ? "..." : typed);
}

/* The key of the only one of exactly that name: a sheet names the same people and outlets
 * again and again. */
static bool
find_exact(struct vs_db *db, struct vs_arena *arena, const struct vs_record_type *type,
	const char *name, const char **ret_key, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_key = NULL;
	if (!stmt_open(&q, db,
		    type == &vs_outlet_type
			    ? SQL("SELECT min(id), count(*) FROM outlet WHERE name = ?")
			    : type == &vs_policy_area_type
			    ? SQL("SELECT min(id), count(*) FROM policy_area WHERE name = ?")
			    : type == &vs_person_type
			    ? SQL("SELECT min(id), count(*) FROM person WHERE name = ?")
			    : SQL("SELECT min(id), count(*) FROM association WHERE name = ?"),
		    err))
		return false;
	stmt_bind(&q, name);
	if (stmt_row(&q, err) && stmt_int(&q, 1) == 1)
		*ret_key = stmt_copy(&q, 0, arena);
	return err->code == VS_OK;
}

bool
media_find(struct vs_db *db, json_t *values, const char *field,
	const struct vs_record_type *type, const char *add, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_error why = { 0 };
	const char *given = record_string(values, field);
	const char *typed = given ? vs_text_clean(scratch.arena, given) : "";
	const char *key;
	if (!*typed)
		return true;
	if (!find_exact(db, scratch.arena, type, typed, &key, err))
		return false;
	if (key) {
		record_put(values, field, key);
		return true;
	}
	json_t *record = vs_record_get(db, type, typed, &why);
	if (!record && why.code == VS_NOT_FOUND)
		return refuse_unknown(db, type, typed, add, err);
	if (!record) {
		*err = why;
		return false;
	}
	record_put(values, field, record_key_text(scratch.arena, type, record));
	json_decref(record);
	return true;
}

bool
media_find_all(struct vs_db *db, json_t *values, struct vs_error *err)
{
	return media_find(db, values, "outlet", &vs_outlet_type,
		       "outlet add --kind newspaper --name", err) &&
		media_find(db, values, "policy_area", &vs_policy_area_type,
			"policy-area add --name", err) &&
		media_find(db, values, "person", &vs_person_type, NULL, err) &&
		media_find(db, values, "association", &vs_association_type, NULL, err);
}
