/* How texts travel in messages: encoded words (RFC 2047), quoted-printable, base64. */
#include "exchange/mail.h"

#include <string.h>

#include <valstuga/text.h>

#define LINE_BYTES  76
#define WORD_BYTES  75	/* of an encoded word, all included */
#define PLAIN_BYTES 200 /* longer ASCII is cut into encoded words */

static const char word_start[] = "=?utf-8?Q?", word_end[] = "?=";

bool
mail_plain(const char *text)
{
	size_t bad;
	if (!vs_text_check(text, strlen(text), &bad))
		return false;
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f ||
			/* U+0080 to U+009F are control characters, too. */
			((unsigned char)*text == 0xC2 && (unsigned char)text[1] < 0xA0))
			return false;
	return true;
}

/* Can stand in a header as it is. */
static bool
needs_no_words(const char *text)
{
	size_t length = strlen(text);
	if (length > PLAIN_BYTES || strstr(text, "=?"))
		return false;
	/* Blanks at the ends or in a row do not survive folding. */
	if (length && (text[0] == ' ' || text[length - 1] == ' ' || strstr(text, "  ")))
		return false;
	for (; *text; text++)
		if (*text < ' ' || *text > '~')
			return false;
	return true;
}

/* What may stand in an encoded word anywhere, display names included. */
static bool
is_safe(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
		(c >= 'a' && c <= 'z') || c == '!' || c == '*' || c == '+' || c == '-' ||
		c == '/';
}

static size_t
encoded_size(const char *bytes, size_t length)
{
	size_t size = 0;
	for (size_t i = 0; i < length; i++)
		size += is_safe((unsigned char)bytes[i]) || bytes[i] == ' ' ? 1 : 3;
	return size;
}

static void
encode(struct vs_buffer *out, const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)bytes[i];
		if (c == ' ')
			vs_buffer_text(out, "_");
		else if (is_safe(c))
			vs_buffer_append(out, bytes + i, 1);
		else
			vs_buffer_printf(out, "=%02X", c);
	}
}

/* The bytes of the character at `text`, which is UTF-8. */
static size_t
character(const char *text)
{
	size_t length = 1;
	while (((unsigned char)text[length] & 0xC0) == 0x80)
		length++;
	return length;
}

/* Encoded words, no character cut in two; `*column` is where the line stands. */
static void
add_words(struct vs_buffer *out, const char *text, size_t *column)
{
	const size_t frame = sizeof word_start + sizeof word_end - 2;
	while (*text) {
		size_t room = LINE_BYTES - *column, taken = 0, size = 0;
		if (room > WORD_BYTES)
			room = WORD_BYTES;
		while (text[taken]) {
			size_t next = character(text + taken);
			size_t more = encoded_size(text + taken, next);
			if (frame + size + more > room)
				break;
			taken += next;
			size += more;
		}
		if (taken) {
			vs_buffer_text(out, word_start);
			encode(out, text, taken);
			vs_buffer_text(out, word_end);
			*column += frame + size;
			text += taken;
		}
		if (*text) {
			vs_buffer_text(out, "\r\n ");
			*column = 1;
		}
	}
}

/* Plain ASCII, a new line before the blank where the next word does not fit. */
static void
add_plain(struct vs_buffer *out, const char *text, size_t *column)
{
	while (*text) {
		size_t length = 1 + strcspn(text + 1, " ");
		if (*text == ' ' && *column + length > LINE_BYTES) {
			vs_buffer_text(out, "\r\n");
			*column = 0;
		}
		vs_buffer_append(out, text, length);
		*column += length;
		text += length;
	}
}

void
mail_header_text(struct vs_buffer *out, const char *name, const char *text)
{
	size_t column = strlen(name) + 2;
	vs_buffer_printf(out, "%s: ", name);
	if (needs_no_words(text))
		add_plain(out, text, &column);
	else
		add_words(out, text, &column);
	vs_buffer_text(out, "\r\n");
}

/* "Bo \"Bosse\" Ek": a quoted string, as full stops and commas would be read as something. */
static void
add_quoted(struct vs_buffer *out, const char *text, size_t *column)
{
	size_t start = out->length;
	vs_buffer_text(out, "\"");
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			vs_buffer_text(out, "\\");
		vs_buffer_append(out, text, 1);
	}
	vs_buffer_text(out, "\"");
	*column += out->length - start;
}

void
mail_header_address(
	struct vs_buffer *out, const char *name, const char *display, const char *address)
{
	size_t column = strlen(name) + 2;
	vs_buffer_printf(out, "%s: ", name);
	if (display && *display) {
		if (needs_no_words(display) && strlen(display) < 50)
			add_quoted(out, display, &column);
		else
			add_words(out, display, &column);
		bool fits = column + strlen(address) + 3 <= LINE_BYTES;
		vs_buffer_printf(out, "%s <%s>\r\n", fits ? "" : "\r\n", address);
	} else {
		vs_buffer_printf(out, "%s\r\n", address);
	}
}

/* A byte that travels as it is; a blank does not at the end of a line. */
static bool
travels(const char *at)
{
	unsigned char c = (unsigned char)*at;
	if (c == ' ' || c == '\t')
		return at[1] && at[1] != '\n' && !(at[1] == '\r' && at[2] == '\n');
	return c > ' ' && c <= '~' && c != '=';
}

void
mail_quoted_printable(struct vs_buffer *out, const char *text)
{
	size_t column = 0;
	for (const char *at = text; *at; at++) {
		if (*at == '\r' && at[1] == '\n')
			continue;
		if (*at == '\n') {
			vs_buffer_text(out, "\r\n");
			column = 0;
			continue;
		}
		size_t size = travels(at) ? 1 : 3;
		/* One place is kept for the = of a line that goes on. */
		if (column + size > LINE_BYTES - 1) {
			vs_buffer_text(out, "=\r\n");
			column = 0;
		}
		if (size == 1)
			vs_buffer_append(out, at, 1);
		else
			vs_buffer_printf(out, "=%02X", (unsigned char)*at);
		column += size;
	}
	if (column)
		vs_buffer_text(out, "\r\n");
}

void
mail_base64(struct vs_buffer *out, const char *bytes, size_t length)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < length; i += 3) {
		uint32_t word = 0;
		for (size_t j = 0; j < 3; j++)
			word = word << 8 |
				(i + j < length ? (unsigned char)bytes[i + j] : 0);
		char four[4];
		for (int j = 0; j < 4; j++)
			four[j] = digits[word >> (18 - 6 * j) & 63];
		if (i + 2 >= length)
			four[3] = '=';
		if (i + 1 >= length)
			four[2] = '=';
		vs_buffer_append(out, four, 4);
		if (i % 57 == 54 || i + 3 >= length)
			vs_buffer_text(out, "\r\n");
	}
}
