/* What the mail files of the exchange room share. */
#ifndef EXCHANGE_MAIL_H
#define EXCHANGE_MAIL_H

#include <valstuga/mail.h>

/* mail_code.c: how texts travel in messages. */

/* "NAME: text" with CRLF, in words of RFC 2047 where it is not short plain ASCII. */
void mail_header_text(struct vs_buffer *out, const char *name, const char *text);

/* "NAME: display name <address>" with CRLF; `display` may be NULL. */
void mail_header_address(struct vs_buffer *out, const char *name, const char *display,
	const char *address);

/* A body: lines in CRLF, quoted-printable, no line over 76 bytes. */
void mail_quoted_printable(struct vs_buffer *out, const char *text);

/* Lines of 76, CRLF. */
void mail_base64(struct vs_buffer *out, const char *bytes, size_t length);

/* UTF-8 without any control character. */
bool mail_plain(const char *text);

#endif
