/*
 * Any text as subject, name, address and body of a mail: it is refused with a reason, or the
 * message is ASCII in lines that a server takes, with the headers it should have and no more.
 */
#include <string.h>

#include <valstuga/mail.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t
check_lines(const char *text, size_t length)
{
	size_t headers = 0;
	bool head = true;
	for (const char *at = text, *end; at < text + length; at = end + 2) {
		end = strstr(at, "\r\n");
		if (!end || end - at > 998)
			vs_abort("a line does not end");
		head = head && end > at;
		headers += head && *at != ' ';
		for (; at < end; at++)
			if ((*at < ' ' || *at > '~') && *at != '\t')
				vs_abort("a byte that does not travel");
	}
	return headers;
}

static void
check_mail(const struct vs_mail *mail, size_t headers)
{
	VS_AUTO(vs_buffer) out = { 0 };
	struct vs_error err = { 0 };
	if (!vs_mail_message(mail, &out, &err)) {
		if (err.code != VS_INVALID || out.length)
			vs_abort("no reason is given");
	} else if (check_lines(out.data, out.length) != headers) {
		vs_abort("a header too many or too few");
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *text = vs_arena_copy(scratch.arena, (const char *)data, size);
	const struct vs_mail plain = { .from = "a@b",
		.to = "c@d",
		.subject = "x",
		.body = "y",
		.message_id = "m@x",
		.date = 1776412800 };
	struct vs_mail mail = plain;
	mail.body = text;
	check_mail(&mail, 9);
	mail.subject = mail.from_name = mail.to_name = text;
	check_mail(&mail, 9);
	mail = plain;
	mail.to = mail.message_id = text;
	check_mail(&mail, 9);
	mail = plain;
	mail.unsubscribe = text;
	mail.calendar = text;
	check_mail(&mail, 9);
	return 0;
}
