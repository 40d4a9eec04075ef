/*
 * SMTP by libcurl: one connection, one transaction for each mail, and for each an answer to
 * the question that matters afterwards: has somebody got it, or shall it be sent again?
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <strings.h>

#include <valstuga/text.h>

#include "base/i18n.h"
#include "exchange/curl.h"
#include "exchange/mail.h"

#define TIMEOUT_SECONDS 60L
#define HOST_MAX	253

/* How far a mail has come, by the commands that were sent. */
enum phase { PHASE_CONNECT, PHASE_SENDER, PHASE_RECEIVER, PHASE_DATA, PHASE_DONE };

struct transfer {
	struct curl_library lib;
	CURL *curl;
	const struct vs_mail_server *server;
	char host[HOST_MAX + 1];
	struct vs_buffer message;
	size_t at; /* of the message: what has been handed over */
	enum phase phase;
	struct vs_mail_result *result;
	bool leaving; /* QUIT was said: what follows is not about the mail */
	bool over;    /* the rest would go no better */
	CURLcode code;
};

/* Bytes of the message; after the last one the final full stop goes out. */
static size_t
give_bytes(char *room, size_t size, size_t count, void *context)
{
	struct transfer *t = context;
	size_t length = t->message.length - t->at;
	if (length > size * count)
		length = size * count;
	if (length)
		memcpy(room, t->message.data + t->at, length);
	else
		t->phase = PHASE_DONE;
	t->at += length;
	return length;
}

/* The phase follows the commands; a new phase has no answer yet. */
static void
take_command(struct transfer *t, const char *line, size_t length)
{
	enum phase phase = t->phase;
	if (length >= 4 && strncasecmp(line, "EHLO", 4) == 0)
		t->leaving = false; /* of an older connection */
	if (length >= 4 && strncasecmp(line, "QUIT", 4) == 0)
		t->leaving = true;
	if (t->leaving)
		return;
	if (length >= 5 && strncasecmp(line, "MAIL ", 5) == 0)
		phase = PHASE_SENDER;
	else if (length >= 5 && strncasecmp(line, "RCPT ", 5) == 0)
		phase = PHASE_RECEIVER;
	else if (length >= 4 && strncasecmp(line, "DATA", 4) == 0)
		phase = PHASE_DATA;
	t->phase = phase;
	t->result->status = 0;
	t->result->answer[0] = '\0';
}

/* "550 5.1.1 No such user": kept without what could disturb a terminal. */
static void
take_answer(struct transfer *t, const char *line, size_t length)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_mail_result *result = t->result;
	size_t bad = length;
	if (t->leaving || length < 3 || !strchr("2345", line[0]))
		return;
	if (!vs_text_check(line, length, &bad))
		length = bad;
	const char *clean =
		vs_text_clean(scratch.arena, vs_arena_copy(scratch.arena, line, length));
	size_t most = strlen(clean);
	if (most >= sizeof result->answer) {
		most = sizeof result->answer - 1;
		while (most && ((unsigned char)clean[most] & 0xC0) == 0x80)
			most--;
	}
	memcpy(result->answer, clean, most);
	result->answer[most] = '\0';
	result->status = 0;
	for (int i = 0; i < 3 && clean[i] >= '0' && clean[i] <= '9'; i++)
		result->status = result->status * 10 + (clean[i] - '0');
}

/* The conversation as it goes by. What logs in is not kept. */
static int
overhear(CURL *curl, curl_infotype type, char *bytes, size_t length, void *context)
{
	(void)curl;
	if (type == CURLINFO_HEADER_OUT)
		take_command(context, bytes, length);
	else if (type == CURLINFO_HEADER_IN)
		take_answer(context, bytes, length);
	return 0;
}

/* smtp://HOST[:PORT] and nothing more; *ret_secure for smtps. */
static bool
read_url(struct transfer *t, bool *ret_secure, const char **ret_port)
{
	const char *url = t->server->url, *host = NULL;
	*ret_secure = url && strncmp(url, "smtps://", 8) == 0;
	if (*ret_secure)
		host = url + 8;
	else if (url && strncmp(url, "smtp://", 7) == 0)
		host = url + 7;
	if (!host)
		return false;
	bool bracket = *host == '[';
	size_t length = bracket ? strcspn(host, "]") + 1 : strcspn(host, ":/");
	size_t letters = strspn(host + bracket,
		bracket ? "0123456789abcdefABCDEF:."
			: "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-.");
	if (length == 0 || length > HOST_MAX || length > strlen(host) ||
		letters + 2 * bracket != length)
		return false;
	memcpy(t->host, host, length);
	t->host[length] = '\0';
	const char *port = host + length;
	size_t digits = *port == ':' ? strspn(port + 1, "0123456789") : 0;
	*ret_port = digits ? port : "";
	port += digits ? digits + 1 : 0;
	return digits <= 5 && (!*port || strcmp(port, "/") == 0);
}

/* What is said to this machine goes over no wire. */
static bool
is_local(const char *host)
{
	struct in_addr four;
	if (strcasecmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0)
		return true;
	return inet_pton(AF_INET, host, &four) == 1 && ntohl(four.s_addr) >> 24 == 127;
}

static bool
fail_url(const struct transfer *t, struct vs_error *err)
{
	if (!t->server->url)
		return vs_fail(err, VS_REFUSED,
			_("no mail server is configured; have the mails written to files"));
	return vs_fail(err, VS_INVALID,
		_("%.200s is not a mail server's address; write it like "
		  "smtp://mail.example.org:587"),
		t->server->url);
}

static void
set_login(struct transfer *t, bool tls)
{
	const struct vs_mail_server *server = t->server;
	t->lib.setopt(t->curl, CURLOPT_USE_SSL,
		tls ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_NONE);
	t->lib.setopt(t->curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (server->ca_file)
		t->lib.setopt(t->curl, CURLOPT_CAINFO, server->ca_file);
	if (server->user) {
		t->lib.setopt(t->curl, CURLOPT_USERNAME, server->user);
		t->lib.setopt(t->curl, CURLOPT_PASSWORD,
			server->password ? server->password : "");
	}
}

static bool
set_up(struct transfer *t, struct vs_error *err)
{
	bool secure;
	const char *port;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	if (!read_url(t, &secure, &port))
		return fail_url(t, err);
	if (!t->server->from || !vs_mail_is_address(t->server->from))
		return vs_fail(err, VS_INVALID,
			_("the mail server's settings lack the sender: from = Name <address>"));
	if (!curl_load(&t->lib, err))
		return false;
	t->curl = t->lib.init();
	if (!t->curl)
		return vs_fail(err, VS_IO, _("libcurl cannot be started"));
	long timeout = t->server->timeout_seconds;
	timeout = timeout ? timeout : TIMEOUT_SECONDS;
	/* The path is the name that greets the server: the sender's, not this machine's. */
	const char *url =
		vs_arena_printf(scratch.arena, "%s://%s%s/%s", secure ? "smtps" : "smtp",
			t->host, port, strchr(t->server->from, '@') + 1);
	t->lib.setopt(t->curl, CURLOPT_URL, url);
	t->lib.setopt(t->curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	t->lib.setopt(t->curl, CURLOPT_PROXY, "");
	t->lib.setopt(t->curl, CURLOPT_NOSIGNAL, 1L);
	t->lib.setopt(t->curl, CURLOPT_CONNECTTIMEOUT, timeout);
	t->lib.setopt(t->curl, CURLOPT_TIMEOUT, timeout);
	t->lib.setopt(t->curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, timeout);
	t->lib.setopt(t->curl, CURLOPT_UPLOAD, 1L);
	t->lib.setopt(t->curl, CURLOPT_READFUNCTION, give_bytes);
	t->lib.setopt(t->curl, CURLOPT_READDATA, t);
	t->lib.setopt(t->curl, CURLOPT_VERBOSE, 1L);
	t->lib.setopt(t->curl, CURLOPT_DEBUGFUNCTION, overhear);
	t->lib.setopt(t->curl, CURLOPT_DEBUGDATA, t);
	set_login(t, t->server->tls_always || !is_local(t->host));
	return true;
}

/* What the answers mean for this mail, and whether the others are worth trying. */
static void
judge(struct transfer *t)
{
	struct vs_mail_result *result = t->result;
	bool answered = t->code != CURLE_OPERATION_TIMEDOUT && result->status >= 400;
	if (t->code == CURLE_OK) {
		result->state = VS_MAIL_SENT;
		return;
	}
	/* 421: the server is closing. Before the receiver is named, it is about all mails. */
	t->over = !answered || result->status == 421 || t->phase < PHASE_RECEIVER;
	if (answered && t->phase >= PHASE_RECEIVER)
		result->state = result->status >= 500 ? VS_MAIL_REFUSED : VS_MAIL_LATER;
	else if (t->phase == PHASE_DONE)
		result->state = VS_MAIL_UNSURE;
	if (result->status < 400) {
		/* An answer to something else. */
		result->status = 0;
		result->answer[0] = '\0';
	}
}

static void
send_one(struct transfer *t, const struct vs_mail *mail)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_error ignored = { 0 };
	t->message.length = 0;
	t->at = 0;
	t->phase = PHASE_CONNECT;
	t->leaving = false;
	/* Each was made once before the first one went. */
	if (!vs_mail_message(mail, &t->message, &ignored))
		vs_abort("a checked mail cannot be made");
	struct curl_slist *receiver = t->lib.slist_append(
		NULL, vs_arena_printf(scratch.arena, "<%s>", mail->to));
	t->lib.setopt(t->curl, CURLOPT_MAIL_FROM,
		vs_arena_printf(scratch.arena, "<%s>", t->server->from));
	t->lib.setopt(t->curl, CURLOPT_MAIL_RCPT, receiver);
	t->code = t->lib.perform(t->curl);
	t->leaving = true;
	t->lib.setopt(t->curl, CURLOPT_MAIL_RCPT, NULL);
	t->lib.slist_free_all(receiver);
	judge(t);
}

/* Why the run ended, in words; the library's own are English and technical. */
static const char *
reason(struct vs_arena *arena, const struct transfer *t)
{
	const char *answer = t->result->answer;
	switch ((int)t->code) {
	case CURLE_USE_SSL_FAILED:
		return _("it offers no encryption (TLS)");
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
		return _("its certificate cannot be trusted");
	case CURLE_SSL_CONNECT_ERROR:
		return _("no encrypted connection (TLS) comes about");
	case CURLE_OPERATION_TIMEDOUT:
		return _("it did not answer in time");
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_CONNECT:
		return _("it could not be reached");
	case CURLE_LOGIN_DENIED:
		return vs_arena_printf(
			arena, _("it does not accept user or password (%s)"), answer);
	}
	if (t->result->status >= 400)
		return vs_arena_printf(arena, _("it answered: %s"), answer);
	return _("the connection broke off");
}

/* Says how far it went. `last` is the mail that the run ended with. */
static bool
fail_run(const struct transfer *t, const struct vs_mail_run *run, size_t last,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *why = reason(scratch.arena, t);
	if (run->results[last].state == VS_MAIL_UNSURE)
		return vs_fail(err, VS_IO,
			_("%zu of %zu mails were sent, then %s: %s; whether the mail to %.100s "
			  "went out is not known"),
			run->sent, run->count, t->host, why, run->mails[last].to);
	return vs_fail(err, VS_IO,
		_("%zu of %zu mails were sent, then %s: %s; the others were not sent"),
		run->sent, run->count, t->host, why);
}

static bool
fail_refused(
	const struct vs_mail_run *run, size_t refused, size_t first, struct vs_error *err)
{
	return vs_fail(err, VS_REFUSED,
		P_("%zu of %zu mails were sent; the server did not take %zu: %.100s (%s)",
			"%zu of %zu mails were sent; the server did not take %zu, the first to "
			"%.100s (%s)",
			(int64_t)refused),
		run->sent, run->count, refused, run->mails[first].to,
		run->results[first].answer);
}

/* All of them before the first one is sent. */
static bool
check_mails(const struct vs_mail_run *run, struct vs_error *err)
{
	VS_AUTO(vs_buffer) message = { 0 };
	for (size_t i = 0; i < run->count; i++) {
		message.length = 0;
		if (!vs_mail_message(&run->mails[i], &message, err))
			return false;
	}
	return true;
}

static bool
send_all(struct transfer *t, struct vs_mail_run *run, struct vs_error *err)
{
	size_t refused = 0, first = 0;
	for (size_t i = 0; i < run->count; i++) {
		t->result = &run->results[i];
		send_one(t, &run->mails[i]);
		bool sent = t->result->state == VS_MAIL_SENT;
		run->sent += sent;
		bool go_on = !run->told || run->told(i, t->result, run->context);
		if (t->over)
			return fail_run(t, run, i, err);
		if (!sent && refused++ == 0)
			first = i;
		if (!go_on && i + 1 < run->count)
			return vs_fail(err, VS_IO,
				_("%zu of %zu mails were sent, then the run was ended; the others "
				  "were not sent"),
				run->sent, run->count);
	}
	return refused == 0 || fail_refused(run, refused, first, err);
}

bool
vs_mail_send(const struct vs_mail_server *server, struct vs_mail_run *run,
	struct vs_error *err)
{
	struct transfer t = { .server = server };
	run->sent = 0;
	memset(run->results, 0, run->count * sizeof *run->results);
	bool good = check_mails(run, err) && set_up(&t, err) && send_all(&t, run, err);
	if (t.curl)
		t.lib.cleanup(t.curl);
	vs_buffer_done(&t.message);
	return good;
}
