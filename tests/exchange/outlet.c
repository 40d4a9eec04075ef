/*
 * What goes out, by hand: a view from standard input, the result to standard output.
 *
 *	outlet calendar|cards|xlsx|message
 *	outlet text NAME LANGUAGE [FOLDER]
 *	outlet files FOLDER
 *	outlet send SETTINGS [STOP-AFTER]
 *
 * An error goes to standard error with its code's number, and the exit status is 1.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <valstuga/calendar.h>
#include <valstuga/language.h>
#include <valstuga/mail.h>
#include <valstuga/spreadsheet.h>

#define MAILS_MAX 1000

static const char *
text_of(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

static struct vs_mail
read_mail(const json_t *view)
{
	return (struct vs_mail){ .from = text_of(view, "from"),
		.from_name = text_of(view, "from_name"),
		.to = text_of(view, "to"),
		.to_name = text_of(view, "to_name"),
		.reply_to = text_of(view, "reply_to"),
		.subject = text_of(view, "subject"),
		.body = text_of(view, "body"),
		.message_id = text_of(view, "message_id"),
		.date = json_integer_value(json_object_get(view, "date")),
		.unsubscribe = text_of(view, "unsubscribe"),
		.calendar = text_of(view, "calendar"),
		.calendar_name = text_of(view, "calendar_name") };
}

static size_t
read_mails(const json_t *view, struct vs_mail mails[MAILS_MAX])
{
	size_t count = json_array_size(view);
	for (size_t i = 0; i < count && i < MAILS_MAX; i++)
		mails[i] = read_mail(json_array_get(view, i));
	return count < MAILS_MAX ? count : MAILS_MAX;
}

static bool
make_text(int count, char **words, const json_t *view, struct vs_buffer *out,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_mail_template template = { words[0], count > 1 ? words[1] : "sv",
		count > 2 ? words[2] : NULL, view };
	struct vs_mail_text text;
	if (!vs_mail_render(&template, scratch.arena, &text, err))
		return false;
	vs_buffer_printf(out, "%s\n%s", text.subject, text.body);
	return true;
}

static bool
tell(size_t index, const struct vs_mail_result *result, void *context)
{
	static const char *const names[] = { "not-sent", "sent", "later", "refused",
		"unsure" };
	int *left = context;
	printf("%zu %s %d %s\n", index + 1, names[result->state], result->status,
		result->answer);
	fflush(stdout);
	return --*left != 0;
}

static bool
send_mails(int count, char **words, const json_t *view, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	static struct vs_mail mails[MAILS_MAX];
	static struct vs_mail_result results[MAILS_MAX];
	struct vs_mail_server server;
	int left = count > 1 ? atoi(words[1]) : -1;
	struct vs_mail_run run = { .mails = mails,
		.count = read_mails(view, mails),
		.results = results,
		.told = tell,
		.context = &left };
	if (!vs_mail_server_read(words[0], scratch.arena, &server, err))
		return false;
	bool good = vs_mail_send(&server, &run, err);
	size_t states[VS_MAIL_UNSURE + 1] = { 0 };
	for (size_t i = 0; i < run.count; i++)
		states[results[i].state]++;
	printf("all: %zu not sent, %zu sent, %zu later, %zu refused, %zu unsure; sent %zu\n",
		states[VS_MAIL_NOT_SENT], states[VS_MAIL_SENT], states[VS_MAIL_LATER],
		states[VS_MAIL_REFUSED], states[VS_MAIL_UNSURE], run.sent);
	return good;
}

static bool
run(int count, char **words, const json_t *view, struct vs_buffer *out,
	struct vs_error *err)
{
	static struct vs_mail mails[MAILS_MAX];
	const char *what = words[0];
	if (strcmp(what, "calendar") == 0)
		return vs_ical_write(view, out, err);
	if (strcmp(what, "cards") == 0)
		return vs_vcard_write(view, out, err);
	if (strcmp(what, "xlsx") == 0)
		return vs_xlsx_write(view, out, err);
	if (strcmp(what, "message") == 0) {
		struct vs_mail mail = read_mail(view);
		return vs_mail_message(&mail, out, err);
	}
	if (count > 1 && strcmp(what, "text") == 0)
		return make_text(count - 1, words + 1, view, out, err);
	if (count > 1 && strcmp(what, "files") == 0)
		return vs_mail_write(words[1], mails, read_mails(view, mails), err);
	if (count > 1 && strcmp(what, "send") == 0)
		return send_mails(count - 1, words + 1, view, err);
	return vs_fail(err, VS_USAGE, "usage: see the head of outlet.c");
}

int
main(int argc, char **argv)
{
	struct vs_error err = { 0 };
	struct vs_buffer out = { 0 };
	json_error_t bad;
	vs_language_set("en");
	json_t *view = json_loadf(stdin, 0, &bad);
	bool good = argc > 1 && view && run(argc - 1, argv + 1, view, &out, &err);
	if (good)
		fwrite(out.data, 1, out.length, stdout);
	else
		fprintf(stderr, "%d %s\n", (int)err.code, view ? err.text : bad.text);
	vs_buffer_done(&out);
	json_decref(view);
	return good ? 0 : 1;
}
