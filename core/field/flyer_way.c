/* How people answer a flyer: what its QR code holds, and the same for who has no camera. */
#include "field/flyer.h"

#include <ctype.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

/* The characters that a QR code packs two in eleven bits. */
#define DENSE "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

static const char *
in_case(struct vs_arena *arena, const char *text, int (*turn)(int))
{
	char *copy = vs_arena_text(arena, text);
	for (char *c = copy; *c; c++)
		*c = (char)turn((unsigned char)*c);
	return copy;
}

/* In capitals the code is smaller; an address that cannot be written so is left as it is. */
static const char *
dense(struct vs_arena *arena, const char *url)
{
	const char *capitals = in_case(arena, url, toupper);
	return strspn(capitals, DENSE) == strlen(capitals) ? capitals : url;
}

/* To be read and typed: without its scheme, and not shouted. */
static const char *
readable(struct vs_arena *arena, const char *url)
{
	const char *host = strstr(url, "//") ? strstr(url, "//") + 2 : url;
	const char *capitals = in_case(arena, host, toupper);
	return strcmp(capitals, host) == 0 ? in_case(arena, host, tolower) : host;
}

static struct flyer_way
by_server(struct vs_arena *arena, const char *url, const char *code)
{
	const char *slash = strchr("/=?#", url[strlen(url) - 1]) ? "" : "/";
	return (struct flyer_way){
		.qr = vs_arena_printf(arena, "%s%s%s", dense(arena, url), slash, code),
		.address = vs_arena_printf(arena, "%s%s%s", readable(arena, url), slash,
			flyer_code_text(arena, code)),
	};
}

static struct flyer_way
by_sms(struct vs_arena *arena, const char *phone, const char *code)
{
	const char *shown = flyer_code_text(arena, code);
	return (struct flyer_way){
		.qr = vs_arena_printf(arena, "SMSTO:%s:PASS %s", phone, shown),
		.address = vs_arena_printf(arena, _("Text PASS %s to %s"), shown,
			vs_phone_text(arena, phone)),
	};
}

/* What would end the address or begin something else in a mailto: (RFC 6068). */
static const char *
escaped(struct vs_arena *arena, const char *email)
{
	const char *text = "";
	for (const char *c = email; *c; c++)
		text = strchr("%?&#/", *c)
			? vs_arena_printf(arena, "%s%%%02X", text, (unsigned)*c)
			: vs_arena_printf(arena, "%s%c", text, *c);
	return text;
}

static struct flyer_way
by_mail(struct vs_arena *arena, const char *email, const char *code)
{
	const char *shown = flyer_code_text(arena, code);
	return (struct flyer_way){
		.qr = vs_arena_printf(arena, "mailto:%s?subject=PASS%%20%s",
			escaped(arena, email), shown),
		.address = vs_arena_printf(arena, _("Write PASS %s to %s"), shown, email),
	};
}

static bool
need(const char *value, const char *setting, struct vs_error *err)
{
	return value ||
		vs_fail(err, VS_REFUSED,
			_("the campaign does not say where people sign up; say it with 'valstuga "
			  "campaign set --%s …'"),
			setting);
}

bool
flyer_way(struct vs_arena *arena, const json_t *campaign, const char *code, bool slip,
	struct flyer_way *ret_way, struct vs_error *err)
{
	const char *way = record_string(campaign, "signup_way");
	const char *url = record_string(campaign, "signup_url");
	const char *phone = record_string(campaign, "signup_phone");
	const char *email = record_string(campaign, "signup_email");
	if (!way && !slip)
		return vs_fail(err, VS_REFUSED,
			_("the campaign does not say how people sign up; say it with 'valstuga "
			  "campaign set --signup-way server|sms|mail|slip', or give --slip"));
	if (!way || strcmp(way, "slip") == 0) {
		*ret_way = (struct flyer_way){ .qr = code, .address = "", .slip = true };
		return true;
	}
	if (strcmp(way, "server") == 0) {
		if (!need(url, "signup-url", err))
			return false;
		*ret_way = by_server(arena, url, code);
	} else if (strcmp(way, "sms") == 0) {
		if (!need(phone, "signup-phone", err))
			return false;
		*ret_way = by_sms(arena, phone, code);
	} else {
		if (!need(email, "signup-email", err))
			return false;
		*ret_way = by_mail(arena, email, code);
	}
	return true;
}

const char *
flyer_contact(struct vs_arena *arena, const json_t *campaign)
{
	static const char *const phones[] = { "signup_phone", "controller_phone" };
	static const char *const emails[] = { "signup_email", "controller_email" };
	for (int i = 0; i < 2; i++)
		if (record_string(campaign, phones[i]))
			return vs_phone_text(arena, record_string(campaign, phones[i]));
	for (int i = 0; i < 2; i++)
		if (record_string(campaign, emails[i]))
			return vs_arena_text(arena, record_string(campaign, emails[i]));
	return "";
}
