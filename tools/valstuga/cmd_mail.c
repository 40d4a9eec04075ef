/*
 * Telling people what they are booked on, that it changed, that it is off, and thanks: as
 * mails to a folder or a server, otherwise as a list of whom to call. What was told is
 * remembered.
 */
#include <stdlib.h>
#include <string.h>

#include <valstuga/calendar.h>
#include <valstuga/date.h>
#include <valstuga/field.h>
#include <valstuga/mail.h>

#include "tool.h"

/* All mails of a run, with the message that each tells. */
struct post {
	struct call *call;
	const char *kind;
	struct vs_campaign campaign;
	struct vs_mail_server server;
	int64_t now;
	struct vs_mail *mails;
	const json_t **messages; /* by mail */
	size_t count;
};

/* A number that is typed back: without blanks. */
static const char *
id_of(struct call *call, const json_t *message)
{
	return vs_arena_printf(call->arena, "%lld", integer_of(message, "person"));
}

/* The list ---------------------------------------------------------------------------------*/

static const char *
way_text(const json_t *message)
{
	const char *way = text_of(message, "by");
	bool known = *text_of(message, "phone") || *text_of(message, "email");
	return strcmp(way, "email") == 0    ? _("e-mail")
		: strcmp(way, "sms") == 0   ? _("sms")
		: strcmp(way, "phone") == 0 ? _("call")
		: known			    ? _("has not agreed to it")
					    : _("no way is known");
}

static void
print_list(struct call *call, const json_t *messages, bool all)
{
	const struct column columns[] = { { _("no."), true }, { _("person"), false },
		{ _("how"), false }, { _("phone"), false }, { _("e-mail"), false },
		{ _("what"), false }, { _("when"), false } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *message;
	json_array_foreach (messages, i, message) {
		if (!all && strcmp(text_of(message, "by"), "email") == 0)
			continue;
		table_cell(table, id_of(call, message));
		table_cell(table, text_of(message, "name"));
		table_cell(table, way_text(message));
		table_cell(table, text_of(message, "phone"));
		table_cell(table, text_of(message, "email"));
		table_cell(table, text_of(json_object_get(message, "view"), "what"));
		table_cell(table, text_of(message, "when"));
	}
	table_print(call, table);
}

static size_t
count_way(const json_t *messages, bool mail)
{
	size_t i, count = 0;
	json_t *message;
	json_array_foreach (messages, i, message)
		count += (strcmp(text_of(message, "by"), "email") == 0) == mail;
	return count;
}

static void
print_rest(struct call *call, const json_t *messages)
{
	size_t rest = count_way(messages, false);
	if (!rest || call->csv)
		return;
	printf(P_("%zu person gets no mail:\n", "%zu people get no mail:\n",
		       (int64_t)rest),
		rest);
	print_list(call, messages, false);
	printf(_("When you have told them: valstuga mail %s --told NUMBER\n"),
		call->args[0]);
}

/* Mails --------------------------------------------------------------------------------------*/

static bool
is_of(const char *uid, const json_t *bookings)
{
	size_t i;
	json_t *booking;
	char *rest;
	if (strncmp(uid, "booking-", 8) != 0)
		return false;
	long long id = strtoll(uid + 8, &rest, 10);
	json_array_foreach (bookings, i, booking)
		if (*rest == '@' && json_integer_value(booking) == id)
			return true;
	return false;
}

/* The calendar of the message's bookings; reminders and thanks need none. */
static bool
attach_calendar(struct post *post, const json_t *message, struct vs_mail *mail)
{
	struct call *call = post->call;
	VS_AUTO(vs_buffer) out = { 0 };
	if (strcmp(post->kind, "day-before") == 0 || strcmp(post->kind, "thanks") == 0)
		return true;
	json_t *filters = json_pack("{s:s, s:s, s:s}", "person", id_of(call, message),
		"from", text_of(message, "from"), "until", text_of(message, "until"));
	json_t *calendar = vs_person_calendar(call->db, filters, &call->err);
	json_decref(filters);
	if (!calendar)
		return false;
	json_t *events = json_object_get(calendar, "events");
	for (size_t i = json_array_size(events); i-- > 0;)
		if (!is_of(text_of(json_array_get(events, i), "uid"),
			    json_object_get(message, "bookings")))
			json_array_remove(events, i);
	bool ok = vs_ical_write(calendar, &out, &call->err);
	if (ok)
		mail->calendar = vs_arena_text(call->arena, out.data);
	json_decref(calendar);
	return ok;
}

static bool
make_mail(struct post *post, const json_t *message, struct vs_mail *ret_mail)
{
	struct call *call = post->call;
	struct vs_mail_text text;
	struct vs_mail mail = { .from = post->server.from,
		.from_name = post->server.from_name,
		.to = text_of(message, "email"),
		.to_name = text_of(message, "name"),
		.message_id = vs_campaign_uid(
			call->arena, &post->campaign, "booking", text_of(message, "key")),
		.date = post->now };
	if (!attach_calendar(post, message, &mail))
		return false;
	json_t *view = json_copy(json_object_get(message, "view"));
	json_object_set_new(view, "calendar", json_boolean(mail.calendar != NULL));
	const struct vs_mail_template template = { .name = post->kind,
		.language = vs_language(),
		.folder = option(call, "templates"),
		.view = view };
	bool ok = vs_mail_render(&template, call->arena, &text, &call->err);
	json_decref(view);
	mail.subject = ok ? text.subject : NULL;
	mail.body = ok ? text.body : NULL;
	*ret_mail = mail;
	return ok;
}

static bool
make_mails(struct post *post, const json_t *messages)
{
	struct call *call = post->call;
	size_t i, count = json_array_size(messages) + 1;
	json_t *message;
	post->mails = vs_arena_alloc(call->arena, count * sizeof *post->mails);
	post->messages = vs_arena_alloc(call->arena, count * sizeof *post->messages);
	json_array_foreach (messages, i, message) {
		if (strcmp(text_of(message, "by"), "email") != 0)
			continue;
		post->messages[post->count] = message;
		if (!make_mail(post, message, &post->mails[post->count]))
			return false;
		post->count++;
	}
	return true;
}

/* Who sends: the server's address, else the data controller's. */
static bool
read_sender(struct post *post)
{
	struct call *call = post->call;
	if (!vs_clock_now(&post->now, &call->err) ||
		!vs_campaign_get(call->db, call->arena, &post->campaign, &call->err) ||
		!vs_mail_server_read(
			option(call, "server"), call->arena, &post->server, &call->err))
		return false;
	if (!post->server.from) {
		json_t *campaign =
			vs_record_get(call->db, &vs_campaign_type, "1", &call->err);
		if (!campaign)
			return false;
		const char *email = text_of(campaign, "controller_email");
		post->server.from = *email ? vs_arena_text(call->arena, email) : NULL;
		json_decref(campaign);
	}
	if (!post->server.from_name)
		post->server.from_name = vs_arena_printf(call->arena, "%s %s",
			post->campaign.party_name, post->campaign.district);
	return post->server.from ||
		vs_fail(&call->err, VS_REFUSED,
			_("nobody sends the mails; give an address with 'valstuga campaign set "
			  "--controller-email'"));
}

/* Written and sent ---------------------------------------------------------------------------*/

static bool
remember(struct post *post, size_t mail)
{
	return vs_field_told(post->call->db, post->kind,
		json_object_get(post->messages[mail], "bookings"), "email",
		&post->call->err);
}

static bool
write_mails(struct post *post, const char *folder)
{
	struct call *call = post->call;
	json_t *bookings = json_array();
	bool ok = vs_mail_write(folder, post->mails, post->count, &call->err);
	for (size_t i = 0; ok && i < post->count; i++)
		json_array_extend(
			bookings, json_object_get(post->messages[i], "bookings"));
	ok = ok && vs_field_told(call->db, post->kind, bookings, "email", &call->err);
	json_decref(bookings);
	if (ok)
		printf(P_("%zu mail in %s\n", "%zu mails in %s\n", (int64_t)post->count),
			post->count, folder);
	return ok;
}

/* As soon as the server has it: a broken run never sends twice. */
static bool
mark(size_t index, const struct vs_mail_result *result, void *context)
{
	struct post *post = context;
	if (result->state == VS_MAIL_SENT || result->state == VS_MAIL_UNSURE)
		return remember(post, index);
	fprintf(stderr, _("%s: not sent: %s\n"), post->mails[index].to, result->answer);
	return true;
}

static bool
send_mails(struct post *post)
{
	struct call *call = post->call;
	if (!post->server.url)
		return vs_fail(&call->err, VS_REFUSED,
			_("no mail server is known; name it in a file with --server, see "
			  "valstuga-mail(1), or write the mails with -o FOLDER"));
	struct vs_mail_run run = { .mails = post->mails,
		.count = post->count,
		.results = vs_arena_alloc(
			call->arena, (post->count + 1) * sizeof *run.results),
		.told = mark,
		.context = post };
	bool ok = vs_mail_send(&post->server, &run, &call->err);
	printf(P_("%zu mail sent\n", "%zu mails sent\n", (int64_t)run.sent), run.sent);
	return ok;
}

static bool
post_mails(struct call *call, const json_t *messages)
{
	struct post post = { .call = call, .kind = call->args[0] };
	const char *folder = option(call, "output");
	if (!read_sender(&post) || !make_mails(&post, messages))
		return false;
	if (!post.count) {
		printf(_("There is no mail to send.\n"));
		return true;
	}
	return folder ? write_mails(&post, folder) : send_mails(&post);
}

/* Told by telephone --------------------------------------------------------------------------*/

/* A number or a name of the list. */
static const json_t *
message_to(const json_t *messages, const char *person)
{
	size_t i;
	json_t *message;
	char *end;
	long long number = strtoll(person, &end, 10);
	json_array_foreach (messages, i, message)
		if (*end ? strcmp(text_of(message, "name"), person) == 0
			 : integer_of(message, "person") == number)
			return message;
	return NULL;
}

static bool
take_told(struct call *call, const json_t *messages, json_t *bookings)
{
	json_t *people = option_values(call, "told"), *person;
	size_t i;
	bool ok = true;
	json_array_foreach (people, i, person) {
		const json_t *message = message_to(messages, json_string_value(person));
		if (!message) {
			ok = vs_fail(&call->err, VS_NOT_FOUND,
				_("there is nothing to tell \"%s\"; 'valstuga mail %s' lists "
				  "whom"),
				json_string_value(person), call->args[0]);
			break;
		}
		json_array_extend(bookings, json_object_get(message, "bookings"));
	}
	json_decref(people);
	return ok;
}

static bool
mark_told(struct call *call, const json_t *messages)
{
	json_t *bookings = json_array();
	bool ok = take_told(call, messages, bookings) &&
		vs_field_told(call->db, call->args[0], bookings, "phone", &call->err);
	size_t count = json_array_size(bookings);
	json_decref(bookings);
	if (ok)
		printf(P_("%zu booking is told\n", "%zu bookings are told\n",
			       (int64_t)count),
			count);
	return ok;
}

static bool
run(struct call *call, const json_t *view)
{
	const json_t *messages = json_object_get(view, "messages");
	if (option(call, "told"))
		return mark_told(call, messages);
	if (option(call, "output") || flag(call, "send")) {
		bool ok = post_mails(call, messages);
		if (ok)
			print_rest(call, messages);
		return ok;
	}
	if (call->json)
		print_json(view);
	else if (json_array_size(messages) || call->csv)
		print_list(call, messages, true);
	else
		printf(_("There is nobody to tell.\n"));
	return true;
}

/* A reminder says "tomorrow", and so it is about no other day. */
static bool
check_days(struct call *call)
{
	struct vs_date today;
	char tomorrow[11];
	const char *from = option(call, "from"), *until = option(call, "until");
	if (strcmp(call->args[0], "day-before") != 0 || (!from && !until))
		return true;
	if (!vs_clock_today(&today, &call->err))
		return false;
	vs_date_format(vs_date_add(today, 1), tomorrow);
	if ((!from || strcmp(from, tomorrow) == 0) &&
		(!until || strcmp(until, tomorrow) == 0))
		return true;
	return vs_fail(&call->err, VS_USAGE,
		_("the day before is told for tomorrow, %s, only; leave out the days"),
		tomorrow);
}

bool
cmd_mail(struct call *call)
{
	const struct vs_shift_filter filter = { .from = option(call, "from"),
		.until = option(call, "until"),
		.activity = option(call, "activity"),
		.association = option(call, "association") };
	if (option(call, "output") && flag(call, "send"))
		return vs_fail(
			&call->err, VS_USAGE, _("either -o FOLDER or --send, not both"));
	if (!check_days(call))
		return false;
	json_t *view = vs_field_messages(call->db, call->args[0], &filter, &call->err);
	if (!view)
		return false;
	bool ok = run(call, view);
	json_decref(view);
	return ok;
}
