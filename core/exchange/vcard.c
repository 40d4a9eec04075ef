/* vCard 3.0 out: the version that every telephone reads. */
#include <valstuga/calendar.h>

#include <string.h>
#include <strings.h>

#include <valstuga/text.h>

#include "base/i18n.h"
#include "exchange/content.h"

/* Words that belong to the family's name after them. */
static bool
is_particle(const char *word, size_t length)
{
	static const char *const particles[] = { "af", "av", "von", "van", "de", "der",
		"den", "du", "la", "le", "da", "dos", "di", "el", "al", "bin", "ben" };
	for (size_t i = 0; i < sizeof particles / sizeof *particles; i++)
		if (strlen(particles[i]) == length &&
			strncasecmp(particles[i], word, length) == 0)
			return true;
	return false;
}

/* Where the family's name begins in "Åsa von der Öberg"; the name has one blank between
 * words. A single word is the given name. */
static const char *
family_name(const char *name)
{
	const char *family = strrchr(name, ' ');
	if (!family)
		return name + strlen(name);
	while (family > name) {
		const char *before = family;
		while (before > name && before[-1] != ' ')
			before--;
		if (before == name || !is_particle(before, (size_t)(family - before)))
			break;
		family = before - 1;
	}
	return family + 1;
}

static bool
write_name(const struct content *c, const json_t *card)
{
	const char *name, *given, *family;
	if (!content_text(c, card, "name", &name) ||
		!content_text(c, card, "given", &given) ||
		!content_text(c, card, "family", &family))
		return false;
	name = name ? vs_text_clean(c->arena, name) : "";
	if (!*name)
		return vs_fail(c->err, VS_INVALID, _("%s: the name is missing"), c->what);
	if (!given && !family) {
		family = family_name(name);
		given = vs_text_clean(
			c->arena, vs_arena_copy(c->arena, name, (size_t)(family - name)));
	}
	content_line(c, "FN:%s", content_escape(c->arena, name));
	content_line(c, "N:%s;%s;;;",
		content_escape(c->arena, vs_text_clean(c->arena, family ? family : "")),
		content_escape(c->arena, vs_text_clean(c->arena, given ? given : "")));
	return true;
}

/* Swedish mobile numbers begin with 07. */
static const char *
phone_type(const char *phone)
{
	bool mobile = strncmp(phone, "+467", 4) == 0 || strncmp(phone, "07", 2) == 0;
	return mobile ? "CELL" : "VOICE";
}

/* Each of several; the first one is the preferred one. */
static bool
write_each(
	const struct content *c, const json_t *card, const char *member, const char *name)
{
	const json_t *texts;
	if (!content_array(c, card, member, &texts))
		return false;
	size_t i;
	json_t *text;
	json_array_foreach (texts, i, text) {
		const char *value = vs_text_clean(c->arena, json_string_value(text));
		if (*value)
			content_line(c, "%s;TYPE=%s%s:%s", name,
				strcmp(name, "TEL") == 0 ? phone_type(value) : "INTERNET",
				i ? "" : ",PREF", content_escape(c->arena, value));
	}
	return true;
}

static bool
write_organization(const struct content *c, const json_t *card)
{
	const char *organization, *unit;
	if (!content_text(c, card, "organization", &organization) ||
		!content_text(c, card, "unit", &unit))
		return false;
	if (organization && unit)
		content_line(c, "ORG:%s;%s", content_escape(c->arena, organization),
			content_escape(c->arena, unit));
	else if (organization || unit)
		content_line(c, "ORG:%s",
			content_escape(c->arena, organization ? organization : unit));
	return content_member(c, card, "title", "TITLE");
}

static bool
write_card(const struct content *c, const json_t *card)
{
	const json_t *categories;
	const char *uid;
	if (!content_array(c, card, "categories", &categories) ||
		!content_ascii(c, card, "uid", &uid))
		return false;
	content_line(c, "BEGIN:VCARD");
	content_line(c, "VERSION:3.0");
	if (!write_name(c, card) || !write_organization(c, card) ||
		!write_each(c, card, "phones", "TEL") ||
		!write_each(c, card, "emails", "EMAIL") ||
		!content_member(c, card, "note", "NOTE"))
		return false;
	const char *joined = content_join(c->arena, categories);
	if (*joined)
		content_line(c, "CATEGORIES:%s", joined);
	if (uid)
		content_line(c, "UID:%s", uid);
	if (!content_moment_member(c, card, "modified_at", "REV"))
		return false;
	content_line(c, "END:VCARD");
	return true;
}

bool
vs_vcard_write(const json_t *cards, struct vs_buffer *out, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(vs_buffer) text = { 0 };
	struct content c = { .arena = scratch.arena, .out = &text, .err = err };
	const json_t *list = json_object_get(cards, "cards");
	if (!json_is_array(list))
		return vs_fail(err, VS_INVALID, _("these are no cards"));
	size_t i;
	json_t *card;
	json_array_foreach (list, i, card) {
		c.what = vs_arena_printf(scratch.arena, _("card %zu"), i + 1);
		if (!write_card(&c, card))
			return false;
	}
	vs_buffer_append(out, text.data, text.length);
	return true;
}
