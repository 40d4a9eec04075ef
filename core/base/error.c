/* The error object: code and message are set together, and the first one wins. */
#include <valstuga/base.h>

#include <stdio.h>
#include <stdlib.h>

/* A message too long for its room must not end in the middle of a character. */
static void
trim_cut_character(char *text, size_t length)
{
	size_t start = length;
	while (start > 0 && (text[start - 1] & 0xc0) == 0x80)
		start--;
	if (start > 0 && (text[start - 1] & 0xc0) == 0xc0)
		start--;
	text[start] = '\0';
}

bool
vs_fail(struct vs_error *err, enum vs_code code, const char *format, ...)
{
	if (err->code != VS_OK)
		return false;
	err->code = code;
	va_list args;
	va_start(args, format);
	int length = vsnprintf(err->text, sizeof err->text, format, args);
	va_end(args);
	if (length >= (int)sizeof err->text)
		trim_cut_character(err->text, sizeof err->text - 1);
	return false;
}

void
vs_abort(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fputs("valstuga: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	abort();
}
