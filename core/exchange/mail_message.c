/* A message as RFC 5322 and MIME want it. Whatever could break a header is refused. */
#include "exchange/mail.h"

#include <string.h>

#include <valstuga/date.h>
#include <valstuga/text.h>

#include "base/i18n.h"

/* Never in quoted-printable, where "=" is followed by a digit, nor in base64. */
#define BOUNDARY "=_valstuga"

#define ADDRESS_MAX 254
#define HEADER_MAX  900 /* of what is not folded: a line may have 998 */

static bool
is_ascii(const char *text, const char *without)
{
	for (const char *at = text; *at; at++)
		if (*at <= ' ' || *at > '~' || strchr(without, *at))
			return false;
	return *text != '\0';
}

bool
vs_mail_is_address(const char *text)
{
	const char *at = strchr(text, '@');
	if (!at || at == text || strchr(at + 1, '@') || strlen(text) > ADDRESS_MAX ||
		!is_ascii(text, "<>()[]\"\\,;:"))
		return false;
	/* A domain has no empty part, and a name neither begins nor ends with a full stop. */
	return at[1] && at[1] != '.' && text[strlen(text) - 1] != '.' &&
		!strstr(text, "..") && text[0] != '.' && at[-1] != '.';
}

static bool
fail_mail(const struct vs_mail *mail, const char *what, struct vs_error *err)
{
	bool known = mail->to && mail_plain(mail->to);
	return vs_fail(err, VS_INVALID, _("mail to %.100s: %s"),
		known ? mail->to : _("nobody"), what);
}

static bool
check_addresses(const struct vs_mail *mail, struct vs_error *err)
{
	if (!mail->to || !vs_mail_is_address(mail->to))
		return fail_mail(
			mail, _("this is not an e-mail address that can be used"), err);
	if (!mail->from || !vs_mail_is_address(mail->from))
		return fail_mail(mail,
			_("the sender has no usable address; say from = … where the server is "
			  "configured"),
			err);
	if (mail->reply_to && !vs_mail_is_address(mail->reply_to))
		return fail_mail(mail, _("the address for replies cannot be used"), err);
	return true;
}

static bool
check_line(const struct vs_mail *mail, const char *text, const char *what,
	struct vs_error *err)
{
	if (!text || (mail_plain(text) && strlen(text) <= HEADER_MAX))
		return true;
	return vs_fail(err, VS_INVALID,
		_("mail to %.100s: %s must be one line of text without control characters"),
		mail->to, what);
}

static bool
check_body(const struct vs_mail *mail, struct vs_error *err)
{
	size_t bad;
	if (!mail->body || !*mail->body)
		return fail_mail(mail, _("it has no text"), err);
	if (!vs_text_check(mail->body, strlen(mail->body), &bad))
		return fail_mail(mail, _("its text is not UTF-8"), err);
	return true;
}

static bool
check(const struct vs_mail *mail, struct vs_error *err)
{
	if (!check_addresses(mail, err) ||
		!check_line(mail, mail->from_name, _("the sender's name"), err) ||
		!check_line(mail, mail->to_name, _("the receiver's name"), err) ||
		!check_line(mail, mail->subject, _("the subject"), err) ||
		!check_body(mail, err))
		return false;
	if (!mail->subject || !*mail->subject)
		return fail_mail(mail, _("it has no subject"), err);
	const char *id = mail->message_id;
	if (!id || !vs_mail_is_address(id))
		return fail_mail(mail, _("its Message-ID must be left@right"), err);
	if (mail->unsubscribe &&
		(!is_ascii(mail->unsubscribe, "<>") ||
			strlen(mail->unsubscribe) > HEADER_MAX ||
			(strncmp(mail->unsubscribe, "https://", 8) != 0 &&
				strncmp(mail->unsubscribe, "mailto:", 7) != 0)))
		return fail_mail(mail,
			_("where to unsubscribe must begin with https:// or mailto:"),
			err);
	if (mail->calendar_name && !is_ascii(mail->calendar_name, "\"\\/"))
		return fail_mail(mail,
			_("the calendar file's name must be ASCII without blanks"), err);
	return true;
}

/* "Sat, 22 Aug 2026 14:05:00 +0200": the Swedish clock, and English words by the standard. */
static void
add_date(struct vs_buffer *out, int64_t utc)
{
	static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat",
		"Sun" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
		"Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct vs_local local = vs_local_from_utc(utc);
	int64_t wall = vs_date_to_days(local.date) * 86400 + local.hour * 3600 +
		local.minute * 60 + local.second;
	int offset = (int)((wall - utc) / 60);
	vs_buffer_printf(out, "Date: %s, %d %s %d %02d:%02d:%02d +%02d%02d\r\n",
		days[vs_date_weekday(local.date) - 1], local.date.day,
		months[local.date.month - 1], local.date.year, local.hour, local.minute,
		local.second, offset / 60, offset % 60);
}

static void
add_head(const struct vs_mail *mail, struct vs_buffer *out)
{
	add_date(out, mail->date);
	mail_header_address(out, "From", mail->from_name, mail->from);
	mail_header_address(out, "To", mail->to_name, mail->to);
	if (mail->reply_to)
		mail_header_address(out, "Reply-To", NULL, mail->reply_to);
	mail_header_text(out, "Subject", mail->subject);
	vs_buffer_printf(out, "Message-ID: <%s>\r\n", mail->message_id);
	if (mail->unsubscribe)
		vs_buffer_printf(out, "List-Unsubscribe: <%s>\r\n", mail->unsubscribe);
	vs_buffer_text(out, "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n");
}

static void
add_text(const struct vs_mail *mail, struct vs_buffer *out)
{
	vs_buffer_text(out,
		"Content-Type: text/plain; charset=utf-8\r\n"
		"Content-Transfer-Encoding: quoted-printable\r\n\r\n");
	mail_quoted_printable(out, mail->body);
}

static void
add_parts(const struct vs_mail *mail, struct vs_buffer *out)
{
	const char *name = mail->calendar_name ? mail->calendar_name : "kalender.ics";
	vs_buffer_text(out,
		"Content-Type: multipart/mixed; boundary=\"" BOUNDARY "\"\r\n\r\n"
		"--" BOUNDARY "\r\n");
	add_text(mail, out);
	vs_buffer_printf(out,
		"\r\n--" BOUNDARY "\r\n"
		"Content-Type: text/calendar; charset=utf-8; method=PUBLISH\r\n"
		"Content-Transfer-Encoding: base64\r\n"
		"Content-Disposition: attachment; filename=\"%s\"\r\n\r\n",
		name);
	mail_base64(out, mail->calendar, strlen(mail->calendar));
	vs_buffer_text(out, "\r\n--" BOUNDARY "--\r\n");
}

bool
vs_mail_message(const struct vs_mail *mail, struct vs_buffer *out, struct vs_error *err)
{
	if (!check(mail, err))
		return false;
	add_head(mail, out);
	if (mail->calendar)
		add_parts(mail, out);
	else
		add_text(mail, out);
	return true;
}
