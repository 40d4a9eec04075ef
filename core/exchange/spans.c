/* Opening hours as the authority writes them: "09:00-13:00,17:00-20:00". */
#include "exchange/exchange.h"

#include <string.h>

static const char *
skip_blanks(const char *at)
{
	while (*at == ' ' || *at == '\t')
		at++;
	return at;
}

/* "8", "8:00", "08.00", "24:00"; moves *at past it. */
static bool
parse_clock(const char **at, int *ret_minutes)
{
	const char *p = skip_blanks(*at);
	int hour = 0, minute = 0, digits = 0;
	for (; *p >= '0' && *p <= '9' && digits < 3; p++, digits++)
		hour = hour * 10 + *p - '0';
	if (digits == 0 || digits > 2)
		return false;
	if (*p == ':' || *p == '.') {
		p++;
		if (p[0] < '0' || p[0] > '5' || p[1] < '0' || p[1] > '9' ||
			(p[2] >= '0' && p[2] <= '9'))
			return false;
		minute = (p[0] - '0') * 10 + p[1] - '0';
		p += 2;
	}
	*ret_minutes = hour * 60 + minute;
	*at = skip_blanks(p);
	return *ret_minutes <= 24 * 60;
}

/* Hyphen, en dash, em dash, minus. */
static bool
skip_dash(const char **at)
{
	static const char *const dashes[] = { "-", "\xe2\x80\x93", "\xe2\x80\x94",
		"\xe2\x88\x92" };
	for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
		size_t length = strlen(dashes[i]);
		if (strncmp(*at, dashes[i], length) == 0) {
			*at += length;
			return true;
		}
	}
	return false;
}

static bool
parse_span(const char **at, struct span *ret_span)
{
	struct span span;
	if (!parse_clock(at, &span.opens) || !skip_dash(at) ||
		!parse_clock(at, &span.closes))
		return false;
	if (span.closes == 0)
		span.closes = 24 * 60;
	if (span.opens >= span.closes || (**at && **at != ',' && **at != ';'))
		return false;
	*ret_span = span;
	return true;
}

/* Inserts in order; spans that overlap become one, spans that only touch stay two. */
static void
insert(struct spans *spans, struct span span)
{
	size_t to = 0;
	for (size_t i = 0; i < spans->count; i++) {
		struct span old = spans->span[i];
		if (old.opens < span.closes && span.opens < old.closes) {
			span.opens = old.opens < span.opens ? old.opens : span.opens;
			span.closes = old.closes > span.closes ? old.closes : span.closes;
		} else {
			spans->span[to++] = old;
		}
	}
	if (to == SPANS_MAX) {
		spans->bad = true;
		return;
	}
	size_t at = to;
	for (; at > 0 && spans->span[at - 1].opens > span.opens; at--)
		spans->span[at] = spans->span[at - 1];
	spans->span[at] = span;
	spans->count = to + 1;
}

void
spans_parse(const char *text, struct spans *ret_spans)
{
	ret_spans->count = 0;
	ret_spans->bad = false;
	for (const char *at = text; *(at = skip_blanks(at));) {
		struct span span;
		if (parse_span(&at, &span)) {
			insert(ret_spans, span);
		} else {
			ret_spans->bad = true;
			at += strcspn(at, ",;");
		}
		if (*at)
			at++;
	}
}

void
spans_union(struct spans *into, const struct spans *more)
{
	for (size_t i = 0; i < more->count; i++)
		insert(into, more->span[i]);
	into->bad = into->bad || more->bad;
}
