/* iCalendar out: a view of events becomes a VCALENDAR that others may subscribe to. */
#include <valstuga/calendar.h>

#include <math.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"
#include "exchange/content.h"
#include "exchange/exchange.h"

struct calendar {
	struct content content;
	const json_t *object;
	const char *stamp;
	struct names uids;
};

static bool
fail_event(const struct calendar *c, const char *why)
{
	return vs_fail(c->content.err, VS_INVALID, _("%s: %s"), c->content.what, why);
}

/* A parameter's value in quotes; there is no escape for a quote inside. */
static const char *
quoted(struct vs_arena *arena, const char *text)
{
	char *clean = vs_arena_text(arena, vs_text_clean(arena, text));
	for (char *at = clean; *at; at++)
		if (*at == '"')
			*at = '\'';
	return clean;
}

/* An address that can stand in a line as it is. */
static bool
is_address(const char *text)
{
	const char *at = strchr(text, '@');
	if (!at || at == text || !at[1] || strchr(at + 1, '@'))
		return false;
	for (; *text; text++)
		if (*text <= ' ' || *text > '~' || strchr("<>\"\\,;:?%", *text))
			return false;
	return true;
}

static bool
write_organizer(const struct calendar *c, const json_t *event)
{
	const char *name, *email;
	const json_t *from = event;
	if (!content_text(&c->content, event, "organizer", &name) ||
		!content_text(&c->content, event, "organizer_email", &email))
		return false;
	if (!name && !email)
		from = c->object;
	if (!content_text(&c->content, from, "organizer", &name) ||
		!content_text(&c->content, from, "organizer_email", &email))
		return false;
	if (email && !is_address(email))
		return fail_event(c, _("organizer_email is not an e-mail address"));
	if (email && name)
		content_line(&c->content, "ORGANIZER;CN=\"%s\":mailto:%s",
			quoted(c->content.arena, name), email);
	else if (email)
		content_line(&c->content, "ORGANIZER:mailto:%s", email);
	else if (name)
		return content_member(&c->content, from, "organizer", "CONTACT");
	return true;
}

static bool
write_days(const struct calendar *c, const char *first, const char *last)
{
	struct vs_date from, to;
	char text[11];
	if (!vs_date_parse(first, &from, c->content.err) ||
		!vs_date_parse(last ? last : first, &to, c->content.err))
		return false;
	if (vs_date_to_days(to) < vs_date_to_days(from))
		return fail_event(c, _("last_date is before date"));
	vs_date_format(from, text);
	content_line(
		&c->content, "DTSTART;VALUE=DATE:%.4s%.2s%.2s", text, text + 5, text + 8);
	/* The end is the first day that is free again. */
	vs_date_format(vs_date_add(to, 1), text);
	content_line(
		&c->content, "DTEND;VALUE=DATE:%.4s%.2s%.2s", text, text + 5, text + 8);
	return true;
}

static bool
write_time(const struct calendar *c, const json_t *event)
{
	bool starts, ends;
	int64_t from = 0, to = 0;
	const char *first, *last;
	if (!content_moment(&c->content, event, "starts_at", &starts, &from) ||
		!content_moment(&c->content, event, "ends_at", &ends, &to) ||
		!content_text(&c->content, event, "date", &first) ||
		!content_text(&c->content, event, "last_date", &last))
		return false;
	if (first && !starts && !ends)
		return write_days(c, first, last);
	if (first || last || !starts || !ends)
		return fail_event(c, _("give either starts_at and ends_at, or date"));
	if (to < from)
		return fail_event(c, _("ends_at is before starts_at"));
	content_line(&c->content, "DTSTART:%s", content_utc(c->content.arena, from));
	/* DTEND must be later than DTSTART: what takes no time has none. */
	if (to > from)
		content_line(&c->content, "DTEND:%s", content_utc(c->content.arena, to));
	return true;
}

static bool
write_place(const struct calendar *c, const json_t *event)
{
	const json_t *latitude = json_object_get(event, "latitude");
	const json_t *longitude = json_object_get(event, "longitude");
	if (!content_member(&c->content, event, "location", "LOCATION"))
		return false;
	if ((!latitude || json_is_null(latitude)) &&
		(!longitude || json_is_null(longitude)))
		return true;
	double north = json_number_value(latitude), east = json_number_value(longitude);
	if (!json_is_number(latitude) || !json_is_number(longitude) ||
		!(fabs(north) <= 90) || !(fabs(east) <= 180))
		return fail_event(c, _("latitude and longitude are no coordinates"));
	content_line(&c->content, "GEO:%.6f;%.6f", north, east);
	return true;
}

static bool
write_status(const struct calendar *c, const json_t *event)
{
	const char *status;
	if (!content_text(&c->content, event, "status", &status))
		return false;
	if (!status)
		status = "CONFIRMED";
	if (strcmp(status, "CONFIRMED") != 0 && strcmp(status, "TENTATIVE") != 0 &&
		strcmp(status, "CANCELLED") != 0)
		return fail_event(
			c, _("status is not CONFIRMED, TENTATIVE or CANCELLED"));
	content_line(&c->content, "STATUS:%s", status);
	content_line(&c->content, "TRANSP:%s",
		json_is_true(json_object_get(event, "free")) ? "TRANSPARENT" : "OPAQUE");
	return true;
}

static bool
write_texts(const struct calendar *c, const json_t *event)
{
	const char *summary, *url;
	const json_t *categories;
	if (!content_text(&c->content, event, "summary", &summary) ||
		!content_ascii(&c->content, event, "url", &url) ||
		!content_array(&c->content, event, "categories", &categories))
		return false;
	summary = summary ? vs_text_clean(c->content.arena, summary) : "";
	if (!*summary)
		return fail_event(c, _("the summary is missing"));
	content_line(
		&c->content, "SUMMARY:%s", content_escape(c->content.arena, summary));
	if (!content_member(&c->content, event, "description", "DESCRIPTION") ||
		!content_member(&c->content, event, "contact", "CONTACT"))
		return false;
	if (url)
		content_line(&c->content, "URL:%s", url);
	const char *joined = content_join(c->content.arena, categories);
	if (*joined)
		content_line(&c->content, "CATEGORIES:%s", joined);
	return true;
}

/* Names the event for messages, and sees to it that it stands here once. */
static bool
take_uid(struct calendar *c, const json_t *event, size_t number, const char **ret_uid)
{
	struct vs_arena *arena = c->content.arena;
	c->content.what = vs_arena_printf(arena, _("event %zu"), number);
	if (!json_is_object(event))
		return fail_event(c, _("it is not an object"));
	if (!content_ascii(&c->content, event, "uid", ret_uid))
		return false;
	if (!*ret_uid)
		return fail_event(c, _("the uid is missing"));
	c->content.what = vs_arena_printf(arena, _("event %.80s"), *ret_uid);
	if (names_get(&c->uids, *ret_uid))
		return fail_event(c, _("it stands there twice"));
	names_put(&c->uids, *ret_uid, c);
	return true;
}

static bool
write_event(struct calendar *c, const json_t *event, size_t number)
{
	const char *uid;
	const json_t *sequence = json_object_get(event, "sequence");
	if (!take_uid(c, event, number, &uid))
		return false;
	if (sequence && !json_is_null(sequence) &&
		(!json_is_integer(sequence) || json_integer_value(sequence) < 0 ||
			json_integer_value(sequence) > INT32_MAX))
		return fail_event(c, _("sequence is not a number from 0"));
	content_line(&c->content, "BEGIN:VEVENT");
	content_line(&c->content, "UID:%s", uid);
	content_line(&c->content, "DTSTAMP:%s", c->stamp);
	content_line(&c->content, "SEQUENCE:%d", (int)json_integer_value(sequence));
	if (!content_moment_member(&c->content, event, "created_at", "CREATED") ||
		!content_moment_member(
			&c->content, event, "modified_at", "LAST-MODIFIED") ||
		!write_time(c, event) || !write_texts(c, event) ||
		!write_place(c, event) || !write_organizer(c, event) ||
		!write_status(c, event))
		return false;
	content_line(&c->content, "END:VEVENT");
	return true;
}

static bool
write_calendar(struct calendar *c)
{
	bool given;
	int64_t made_at = 0;
	const json_t *events = json_object_get(c->object, "events");
	if (!content_moment(&c->content, c->object, "made_at", &given, &made_at))
		return false;
	if (!given || !json_is_array(events))
		return fail_event(c, _("made_at and events must be there"));
	c->stamp = content_utc(c->content.arena, made_at);
	content_line(&c->content, "BEGIN:VCALENDAR");
	content_line(&c->content, "VERSION:2.0");
	content_line(&c->content, "PRODID:-//Valstuga//Valstuga//SV");
	content_line(&c->content, "CALSCALE:GREGORIAN");
	content_line(&c->content, "METHOD:PUBLISH");
	if (!content_member(&c->content, c->object, "name", "X-WR-CALNAME"))
		return false;
	size_t i;
	json_t *event;
	json_array_foreach (events, i, event)
		if (!write_event(c, event, i + 1))
			return false;
	content_line(&c->content, "END:VCALENDAR");
	return true;
}

bool
vs_ical_write(const json_t *calendar, struct vs_buffer *out, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(vs_buffer) text = { 0 };
	struct calendar c = { .content = { .arena = scratch.arena,
				      .out = &text,
				      .what = _("calendar"),
				      .err = err },
		.object = calendar,
		.uids = { .arena = scratch.arena } };
	if (!write_calendar(&c))
		return false;
	vs_buffer_append(out, text.data, text.length);
	return true;
}
