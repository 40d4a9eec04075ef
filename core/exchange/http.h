/* Asking a server over HTTP. */
#ifndef EXCHANGE_HTTP_H
#define EXCHANGE_HTTP_H

#include <valstuga/base.h>

/*
 * GET of an http or https address: the answer's body, at most 64 MiB, within 60 seconds.
 * Fails with VS_IO naming `server`, as the user wrote it, when there is no answer or its
 * status is not 200.
 */
bool http_get(const char *url, const char *server, struct vs_buffer *body,
	struct vs_error *err) VS_CHECKED;

#endif
