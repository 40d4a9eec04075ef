/* Writing CSV that Swedish spreadsheets open with a double click. */
#include <valstuga/csv.h>

#include <string.h>
#include <strings.h>

#include "base/csv_parts.h"

#define BYTE_ORDER_MARK "\ufeff"

void
vs_csv_begin(struct vs_buffer *out)
{
	vs_buffer_text(out, BYTE_ORDER_MARK);
}

static void
append_quoted(struct vs_buffer *out, const char *text)
{
	for (const char *quote; (quote = strchr(text, '"')); text = quote + 1) {
		vs_buffer_append(out, text, (size_t)(quote - text) + 1);
		vs_buffer_append(out, "\"", 1);
	}
	vs_buffer_text(out, text);
}

void
vs_csv_field(struct vs_buffer *out, const char *text)
{
	if (!text)
		text = "";
	text += strspn(
		text, " "); /* lest a formula hides behind them; readers trim, too */
	bool formula = csv_is_formula(text, text + strlen(text));
	/* Every separator that might be found in the first line, and "sep=" before one. */
	bool quoted =
		strpbrk(text, ";,\t\"\r\n") != NULL || strcasecmp(text, "sep=") == 0;
	if (quoted)
		vs_buffer_append(out, "\"", 1);
	if (formula)
		vs_buffer_append(out, "'", 1);
	if (quoted)
		append_quoted(out, text);
	else
		vs_buffer_text(out, text);
	vs_buffer_text(out, quoted ? "\";" : ";");
}

void
vs_csv_number(struct vs_buffer *out, const char *number)
{
	vs_buffer_text(out, number);
	vs_buffer_append(out, ";", 1);
}

void
vs_csv_end_row(struct vs_buffer *out)
{
	/* Every field was followed by a separator; the last one ends the row instead. */
	if (out->length && out->data[out->length - 1] == ';')
		out->data[--out->length] = '\0';
	/* A single empty field would be an empty line, which readers skip. */
	bool only_mark = out->length == 3 && memcmp(out->data, BYTE_ORDER_MARK, 3) == 0;
	if (out->length == 0 || only_mark || out->data[out->length - 1] == '\n')
		vs_buffer_text(out, "\"\"");
	vs_buffer_text(out, "\r\n");
}
