/* The error object: code and message are set together, and the first one wins. */
#include <valstuga/base.h>

#include <stdio.h>
#include <stdlib.h>

bool
vs_fail(struct vs_error *err, enum vs_code code, const char *format, ...)
{
	if (err->code != VS_OK)
		return false;
	err->code = code;
	va_list args;
	va_start(args, format);
	vsnprintf(err->text, sizeof err->text, format, args);
	va_end(args);
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
