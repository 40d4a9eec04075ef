/* Appearances in media: one line to note one, the steps of its life, lists, own channels. */
#include <string.h>

#include <valstuga/media.h>

#include "tool.h"

const struct option media_add_options[] = {
	{ "by", N_("PERSON"), N_("spokesperson, as --person") },
	{ "area", N_("AREA"), N_("policy area, as --policy-area") },
	{ "anyway", NULL, N_("also when it looks like one that is there already") },
	{ 0 },
};

const struct option media_short_options[] = {
	{ "by", N_("PERSON"), N_("spokesperson, as --person") },
	{ "area", N_("AREA"), N_("policy area, as --policy-area") },
	{ 0 },
};

const struct option media_list_options[] = {
	{ "from", N_("DATE"), N_("first day") },
	{ "until", N_("DATE"), N_("last day") },
	{ "by", N_("PERSON"), N_("only this spokesperson's") },
	{ "area", N_("AREA"), N_("only this policy area") },
	{ "open", NULL, N_("only what is planned, submitted or booked") },
	{ "overdue", NULL, N_("only open ones whose day has passed") },
	{ 0 },
};

const struct option media_move_options[] = {
	{ "date", N_("DATE"), N_("when it is, or was, to be seen") },
	{ "title", N_("TEXT"), N_("title") },
	{ "link", N_("LINK"), N_("where it can be read, heard or seen") },
	{ "clipping", N_("TEXT"), N_("where it stands: page, folder") },
	{ "reach", N_("N"), N_("people, if known") },
	{ "reason", N_("TEXT"), N_("why; kept with the time and your name") },
	{ 0 },
};

const struct option media_content_options[] = {
	{ "from", N_("DATE"), N_("first day; default Monday of this week") },
	{ "until", N_("DATE"), N_("last day; default six weeks on") },
	{ 0 },
};

static const char *
field_text(struct call *call, const json_t *record, const char *name)
{
	return vs_record_text(call->arena, vs_record_field(&vs_appearance_type, name),
		json_object_get(record, name));
}

/* "onsdag 12 augusti 2026 (v. 33)" */
static const char *
day_text(struct call *call, const char *text)
{
	struct vs_date date;
	struct vs_error none = { 0 };
	if (!vs_date_parse(text, &date, &none))
		return text;
	return vs_arena_printf(call->arena, "%s (%s)",
		vs_date_text(call->arena, date, VS_DATE_LONG),
		vs_date_text(call->arena, date, VS_DATE_WEEK));
}

static void
print_line(struct call *call, const json_t *record)
{
	const char *title = text_of(record, "title");
	printf(_("media %lld: %s, %s%s%s, %s: %s\n"), integer_of(record, "id"),
		text_of(record, "outlet_name"), field_text(call, record, "kind"),
		*title ? ", " : "", title, day_text(call, text_of(record, "date")),
		field_text(call, record, "state"));
}

/* What became of the article that it was. */
static bool
print_article(struct call *call, const json_t *record)
{
	if (!integer_of(record, "article"))
		return true;
	json_t *article = vs_record_get(call->db, &vs_article_type,
		vs_arena_printf(call->arena, "%lld", integer_of(record, "article")),
		&call->err);
	if (article)
		printf(_("  article %lld, %s: %s\n"), integer_of(article, "id"),
			text_of(article, "title"),
			vs_record_text(call->arena,
				vs_record_field(&vs_article_type, "state"),
				json_object_get(article, "state")));
	json_decref(article);
	return article != NULL;
}

static bool
tell(struct call *call, const char *appearance)
{
	json_t *view = vs_appearance_view(call->db, appearance, &call->err);
	if (!view)
		return false;
	bool ok = true;
	if (call->json)
		print_json(view);
	else {
		print_line(call, view);
		ok = print_article(call, view);
	}
	json_decref(view);
	return ok;
}

/* Short options become the fields that they stand for. */
static bool
take_short(struct call *call)
{
	static const char *const names[] = { "by", "area" };
	static const char *const fields[] = { "person", "policy_area" };
	for (size_t i = 0; i < 2; i++) {
		const char *given = option(call, names[i]);
		if (given && json_object_get(call->values, fields[i]))
			return vs_fail(&call->err, VS_USAGE,
				_("--%s and --%s are the same; give one of them"),
				names[i], i ? "policy-area" : "person");
		if (given)
			json_object_set_new(call->values, fields[i], json_string(given));
	}
	return true;
}

/* OUTLET KIND DATE stand for the options that are not given, in that order. */
static bool
take_words(struct call *call)
{
	static const char *const fields[] = { "outlet", "kind", "date" };
	int at = 0;
	for (size_t i = 0; i < 3 && at < call->arg_count; i++)
		if (!json_object_get(call->values, fields[i]))
			json_object_set_new(
				call->values, fields[i], json_string(call->args[at++]));
	return at == call->arg_count ||
		vs_fail(&call->err, VS_USAGE, _("one argument too many: \"%s\""),
			call->args[at]);
}

bool
cmd_media_add(struct call *call)
{
	const char *key;
	return take_words(call) && take_short(call) &&
		vs_appearance_add(call->db, call->values, flag(call, "anyway"),
			call->arena, &key, &call->err) &&
		tell(call, key);
}

bool
cmd_media_set(struct call *call)
{
	return take_short(call) && cmd_record_set(call);
}

bool
cmd_article_add(struct call *call)
{
	return take_short(call) && cmd_record_add(call);
}

/* Steps ------------------------------------------------------------------------------------ */

static json_t *
values_of_step(struct call *call)
{
	static const char *const names[] = { "date", "title", "link", "clipping",
		"reach" };
	json_t *values = json_object();
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (option(call, names[i]))
			json_object_set_new(
				values, names[i], json_string(option(call, names[i])));
	return values;
}

/* Of several each is done or not done by itself; the last line says how many were not. */
static bool
move_several(struct call *call, const char *state, const json_t *values)
{
	int refused = 0;
	json_t *all = json_array();
	for (int i = 0; i < call->arg_count; i++) {
		struct vs_error err = { 0 };
		const char *which = call->args[i];
		json_t *one = vs_appearance_move(call->db, which, state, values,
				      option(call, "reason"), &err)
			? vs_appearance_view(call->db, which, &err)
			: NULL;
		refused += !one;
		if (!call->json && one)
			print_line(call, one);
		else if (!call->json)
			printf("%s: %s\n", which, err.text);
		json_array_append_new(all,
			one ? one
			    : json_pack("{s:s, s:s}", "media", which, "error", err.text));
	}
	if (call->json)
		print_json(all);
	json_decref(all);
	return refused == 0 ||
		vs_fail(&call->err, VS_REFUSED, _("%d of %d were not done"), refused,
			call->arg_count);
}

static bool
move_all(struct call *call, const char *state)
{
	json_t *values = values_of_step(call);
	bool ok = call->arg_count > 1
		? move_several(call, state, values)
		: vs_appearance_move(call->db, call->args[0], state, values,
			  option(call, "reason"), &call->err) &&
			tell(call, call->args[0]);
	json_decref(values);
	return ok;
}

bool
cmd_media_submit(struct call *call)
{
	return move_all(call, "submitted");
}

bool
cmd_media_book(struct call *call)
{
	return move_all(call, "booked");
}

bool
cmd_media_publish(struct call *call)
{
	return move_all(call, "published");
}

bool
cmd_media_broadcast(struct call *call)
{
	return move_all(call, "broadcast");
}

bool
cmd_media_decline(struct call *call)
{
	return move_all(call, "declined");
}

bool
cmd_media_cancel(struct call *call)
{
	return move_all(call, "cancelled");
}

/* Lists ------------------------------------------------------------------------------------ */

static bool
is_open(const json_t *record)
{
	const char *state = text_of(record, "state");
	return strcmp(state, "planned") == 0 || strcmp(state, "submitted") == 0 ||
		strcmp(state, "booked") == 0;
}

static bool
read_day(struct call *call, const char *name, const char **ret_day)
{
	struct vs_date date;
	*ret_day = option(call, name);
	return !*ret_day || vs_date_parse(*ret_day, &date, &call->err);
}

/* Takes away what is outside the period, not open, not overdue. */
static bool
narrow(struct call *call, json_t *records)
{
	const char *from, *until;
	struct vs_date date;
	char today[11];
	bool overdue = flag(call, "overdue");
	if (!read_day(call, "from", &from) || !read_day(call, "until", &until) ||
		!vs_clock_today(&date, &call->err))
		return false;
	vs_date_format(date, today);
	for (size_t i = json_array_size(records); i-- > 0;) {
		const json_t *record = json_array_get(records, i);
		const char *day = text_of(record, "date");
		if ((from && strcmp(day, from) < 0) ||
			(until && strcmp(day, until) > 0) ||
			((overdue || flag(call, "open")) && !is_open(record)) ||
			(overdue && strcmp(day, today) >= 0))
			json_array_remove(records, i);
	}
	return true;
}

bool
cmd_media_list(struct call *call)
{
	if (!take_short(call))
		return false;
	json_t *records =
		vs_record_list(call->db, &vs_appearance_type, call->values, &call->err);
	bool ok = records && narrow(call, records);
	if (ok)
		print_records(call, records);
	json_decref(records);
	return ok;
}

static void
print_event(const json_t *event)
{
	const char *reason = text_of(event, "reason");
	printf(_("- %s, %s: %s, for %s%s%s\n"), text_of(event, "at"),
		text_of(event, "actor"), text_of(event, "state_name"),
		text_of(event, "date"), *reason ? "; " : "", reason);
}

bool
cmd_media_show(struct call *call)
{
	json_t *view = vs_appearance_view(call->db, call->args[0], &call->err), *event;
	if (!view)
		return false;
	print_record(call, view);
	size_t i;
	if (!call->json)
		json_array_foreach (json_object_get(view, "events"), i, event)
			print_event(event);
	json_decref(view);
	return true;
}

/* Own channels ----------------------------------------------------------------------------- */

static void
content_row(struct call *call, struct table *table, const json_t *week,
	const char *const cells[6])
{
	table_cell(table,
		vs_arena_printf(call->arena, "%s %s", text_of(week, "week_text"),
			text_of(week, "from")));
	for (int i = 0; i < 6; i++)
		table_cell(table, cells[i]);
}

static void
content_week(struct call *call, struct table *table, const json_t *week)
{
	size_t i;
	json_t *each;
	json_array_foreach (json_object_get(week, "posts"), i, each) {
		const char *responsible = text_of(each, "responsible");
		const char *const cells[] = { text_of(each, "outlet_name"),
			text_of(each, "date"), text_of(each, "title"),
			*responsible ? responsible : text_of(each, "person_name"),
			text_of(each, "policy_area_name"),
			field_text(call, each, "state") };
		content_row(call, table, week, cells);
	}
	json_array_foreach (json_object_get(week, "empty"), i, each) {
		const char *const cells[] = { json_string_value(each), "", "", "", "",
			_("nothing") };
		content_row(call, table, week, cells);
	}
}

bool
cmd_media_content(struct call *call)
{
	const struct column columns[] = { { _("week"), false }, { _("channel"), false },
		{ _("date"), false }, { _("subject"), false }, { _("who"), false },
		{ _("policy area"), false }, { _("state"), false } };
	json_t *view = vs_media_content_view(
		       call->db, option(call, "from"), option(call, "until"), &call->err),
	       *week;
	if (!view)
		return false;
	if (call->json) {
		print_json(view);
		json_decref(view);
		return true;
	}
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_array_foreach (json_object_get(view, "weeks"), i, week)
		content_week(call, table, week);
	table_print(call, table);
	json_decref(view);
	return true;
}
