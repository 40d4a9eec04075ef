/*
 * What flyers say: templates that are edited, over the words of a batch. A name that nobody
 * knows, or one that a batch has no word for, would be a hole in five hundred flyers, so it
 * is refused; inside a section ({{#where}}, {{where}}{{/where}}) a word may be missing.
 */
#include "field/flyer.h"

#include <string.h>

#include <valstuga/template.h>

#include "base/i18n.h"
#include "register/sheet.h"

static const char *const known[] = { "what", "when", "where", "kommun", "association",
	"district", "party", "contact", "election_day" };

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "name", VS_FIELD_TEXT, VS_REQUIRED | VS_NAME, N_("name"), .max_length = 40 },
	{ "headline", VS_FIELD_TEXT, VS_REQUIRED, N_("headline"),
		N_("a template, as all of them"), .max_length = 80 },
	{ "body", VS_FIELD_TEXT, VS_REQUIRED | VS_HIDDEN, N_("text"), .max_length = 500 },
	{ "call", VS_FIELD_TEXT, VS_REQUIRED, N_("call to action"),
		N_("the line beside the code"), .max_length = 80 },
	{ "flyers", VS_FIELD_INTEGER, VS_READONLY, N_("flyers"),
		N_("batches with this text") },
};

/* A tag of a template. */
struct tag {
	char kind; /* '#', '^', '/', '!', '>', '=' or 0: a word */
	char name[40];
	const char *end; /* what follows */
};

static bool
next_tag(const char *text, struct tag *ret_tag)
{
	const char *open = strstr(text, "{{");
	if (!open)
		return false;
	const char *c = open + 2 + strspn(open + 2, "{& ");
	*ret_tag = (struct tag){ 0 };
	if (*c && strchr("#^/!>=", *c))
		ret_tag->kind = *c++;
	c += strspn(c, " ");
	size_t length = strcspn(c, " }");
	snprintf(ret_tag->name, sizeof ret_tag->name, "%.*s", (int)length, c);
	const char *close = strstr(c, "}}");
	ret_tag->end = close ? close + 2 : c + strlen(c);
	return true;
}

static bool
is_known(const char *name)
{
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(known[i], name) == 0)
			return true;
	return strcmp(name, ".") == 0;
}

static bool
check_names(const json_t *record, const char *field, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct tag tag;
	const char *text = record_string(record, field), *all = "";
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		all = vs_arena_printf(
			scratch.arena, "%s%s%s", all, i ? ", " : "", known[i]);
	for (; next_tag(text, &tag); text = tag.end)
		if (tag.kind != '!' &&
			(tag.kind == '>' || tag.kind == '=' || !is_known(tag.name)))
			return vs_fail(err, VS_INVALID,
				_("flyer text, field %s: nothing is called {{%s}}; there are %s"),
				field, tag.name, all);
	return true;
}

static bool
render(struct vs_arena *arena, const char *name, const char *template,
	const json_t *words, const char **ret_text, struct vs_error *err)
{
	static const struct vs_template_options plain = { .escape = VS_ESCAPE_NONE };
	VS_AUTO(vs_buffer) out = { 0 };
	if (!vs_template_render(name, template, words, &plain, &out, err))
		return false;
	*ret_text = vs_arena_text(arena, out.data ? out.data : "");
	return true;
}

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	static const char *const templates[] = { "headline", "body", "call" };
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *ignored;
	json_t *nothing = json_object();
	(void)db;
	(void)before;
	for (size_t i = 0; i < 3 && err->code == VS_OK; i++)
		if (check_names(record, templates[i], err) &&
			!render(scratch.arena, templates[i],
				record_string(record, templates[i]), nothing, &ignored,
				err))
			break;
	json_decref(nothing);
	return err->code == VS_OK;
}

const struct vs_record_type vs_flyer_text_type = {
	.noun = N_("flyer-text"),
	.label = N_("flyer texts"),
	.about = N_(
		"What flyers say. {{kommun}}, {{when}} and the like stand for a batch's "
		"own words."),
	FIELDS(fields),
	.select = SQL("SELECT t.id, t.name, t.headline, t.body, t.call,"
		      " (SELECT count(*) FROM flyer f WHERE f.text_id = t.id) AS flyers"
		      " FROM flyer_text t ORDER BY t.name COLLATE swedish"),
	.insert = SQL("INSERT INTO flyer_text (name, headline, body, call)"
		      " VALUES (?, ?, ?, ?)"),
	.update = SQL("UPDATE flyer_text SET name = ?, headline = ?, body = ?, call = ?"
		      " WHERE id = ?"),
	.remove = SQL("DELETE FROM flyer_text WHERE id = ?"),
	.check = check,
};

/* Saying it -------------------------------------------------------------------------------- */

static const char *
where_text(struct vs_arena *arena, const struct flyer_batch *b)
{
	const char *where = sheet_join(arena, b->place_name, ", ", b->street);
	if (b->mode && strcmp(b->mode, "digital") == 0)
		return b->link ? b->link : "";
	return sheet_join(arena, where, ", ", b->town);
}

json_t *
flyer_words(struct vs_db *db, struct vs_arena *arena, const struct flyer_batch *b,
	const json_t *campaign, struct vs_error *err)
{
	struct vs_campaign c;
	if (!vs_campaign_get(db, arena, &c, err))
		return NULL;
	json_t *words = json_object();
	record_put(words, "what", b->title);
	record_put(words, "when",
		b->starts_at ? field_span_words(arena, b->starts_at, b->ends_at) : "");
	record_put(words, "where", where_text(arena, b));
	record_put(words, "kommun", b->kommun_name);
	/* Where nobody is, the whole district is who asks. */
	record_put(words, "association",
		b->association_name
			? b->association_name
			: vs_arena_printf(arena, "%s %s", c.party_name, c.district));
	record_put(words, "district", c.district);
	record_put(words, "party", c.party_name);
	record_put(words, "contact", flyer_contact(arena, campaign));
	record_put(
		words, "election_day", vs_date_text(arena, c.election_date, VS_DATE_DAY));
	return words;
}

bool
flyer_say(struct vs_arena *arena, const struct flyer_batch *b, const char *template,
	const json_t *words, const char **ret_text, struct vs_error *err)
{
	struct tag tag;
	int depth = 0;
	const char *target = flyer_target(arena, b);
	for (const char *c = template; next_tag(c, &tag); c = tag.end) {
		const char *word = record_string(words, tag.name);
		depth += tag.kind == '#' || tag.kind == '^';
		depth -= tag.kind == '/';
		if (depth == 0 && !tag.kind && !(word && *word))
			return vs_fail(err, VS_REFUSED,
				_("the flyer text \"%s\" says {{%s}}, and %s has none; choose another "
				  "text, or what it is for"),
				b->text_name, tag.name,
				*target ? target : _("the whole district"));
	}
	return render(arena, b->text_name, template, words, ret_text, err);
}

bool
flyer_can_say(struct vs_db *db, struct vs_arena *arena, const struct flyer_batch *b,
	struct vs_error *err)
{
	const char *ignored;
	json_t *campaign = vs_record_get(db, &vs_campaign_type, "1", err);
	json_t *words = campaign ? flyer_words(db, arena, b, campaign, err) : NULL;
	bool can = words && flyer_say(arena, b, b->headline, words, &ignored, err) &&
		flyer_say(arena, b, b->body, words, &ignored, err) &&
		flyer_say(arena, b, b->call, words, &ignored, err);
	json_decref(words);
	json_decref(campaign);
	return can;
}
