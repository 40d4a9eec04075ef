/*
 * HTTP by libcurl: http and https only, no redirects, no cookies, limits on size and time.
 */
#include "exchange/http.h"

#include "base/i18n.h"
#include "exchange/curl.h"

#define ANSWER_MAX	(64u << 20)
#define CONNECT_SECONDS 10L
#define ANSWER_SECONDS	60L

static size_t
take_bytes(char *bytes, size_t size, size_t count, void *context)
{
	struct vs_buffer *body = context;
	size_t length = size * count;
	if (body->length + length > ANSWER_MAX)
		return 0;
	vs_buffer_append(body, bytes, length);
	return length;
}

/* The library's own words are English and technical: these are the reasons that differ. */
static bool
fail(const char *server, CURLcode code, struct vs_error *err)
{
	if (code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT)
		return vs_fail(err, VS_IO,
			_("%s is not a server's address; write it like http://127.0.0.1:5000"),
			server);
	if (code == CURLE_OPERATION_TIMEDOUT)
		return vs_fail(err, VS_IO,
			_("%s did not answer in time; is the address right and the server on?"),
			server);
	if (code == CURLE_WRITE_ERROR)
		return vs_fail(err, VS_IO,
			_("%s answered with far too much; is it the right kind of server?"),
			server);
	return vs_fail(err, VS_IO,
		_("%s could not be reached; is the address right and the server on?"),
		server);
}

static bool
perform(const struct curl_library *lib, CURL *curl, const char *server,
	struct vs_error *err)
{
	CURLcode code = lib->perform(curl);
	long status = 0;
	if (code != CURLE_OK)
		return fail(server, code, err);
	lib->getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	if (status != 200)
		return vs_fail(err, VS_IO,
			_("%s answered with status %ld; is it the right kind of server?"),
			server, status);
	return true;
}

bool
http_get(
	const char *url, const char *server, struct vs_buffer *body, struct vs_error *err)
{
	struct curl_library lib;
	if (!curl_load(&lib, err))
		return false;
	CURL *curl = lib.init();
	if (!curl)
		return vs_fail(err, VS_IO, _("libcurl cannot be started"));
	lib.setopt(curl, CURLOPT_URL, url);
	lib.setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	lib.setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	lib.setopt(curl, CURLOPT_NOSIGNAL, 1L);
	lib.setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
	lib.setopt(curl, CURLOPT_TIMEOUT, ANSWER_SECONDS);
	lib.setopt(curl, CURLOPT_USERAGENT, "valstuga");
	lib.setopt(curl, CURLOPT_WRITEFUNCTION, take_bytes);
	lib.setopt(curl, CURLOPT_WRITEDATA, body);
	bool ok = perform(&lib, curl, server, err);
	lib.cleanup(curl);
	return ok;
}
