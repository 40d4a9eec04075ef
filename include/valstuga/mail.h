/*
 * Mail: texts from templates, messages (RFC 5322), to files or to an SMTP server.
 *
 * Who gets which mail and when is not decided here. A caller makes a view, has its text made
 * by vs_mail_render(), fills one `struct vs_mail` per receiver, and hands them all to
 * vs_mail_write() or vs_mail_send(). Where no server is configured the same views make a call
 * list. Nothing here reads or writes a campaign file.
 *
 *	struct vs_mail_text text;
 *	if (!vs_mail_render(&(struct vs_mail_template){ .name = "confirmation",
 *		    .language = "sv", .folder = own_templates, .view = view },
 *		    arena, &text, err))
 *		return false;
 *	mails[n++] = (struct vs_mail){ .from = …, .to = …, .subject = text.subject,
 *		.body = text.body, .message_id = vs_campaign_uid(arena, &campaign,
 *		"booking", "17-confirmation-1"), .date = now };
 */
#ifndef VALSTUGA_MAIL_H
#define VALSTUGA_MAIL_H

#include <jansson.h>
#include <valstuga/base.h>

/*
 * Templates: confirmation (you are booked), day-before (a reminder), changed, cancelled (we
 * have cancelled), thanks; each in sv and en. A template is mustache; its first line is
 * `Subject: …`; {{>footer}} is the text footer.LANGUAGE. They all see:
 *
 *	{ "what": "valstuga lördag 22 augusti",  -- required: of the subject; or "3 pass"
 *	  "name": "Åsa",                 -- whom the mail greets
 *	  "sender": "Vänsterpartiet Värmland",   -- required: who signs
 *	  "contact": "Bo Ek, 070-123 45 67",     -- whom to tell
 *	  "shifts": [ { "title": "Valstuga", "when": "lördag 22 augusti kl. 9.00–12.00",
 *	                "role": "värd", "place": "Stora torget, Karlstad",
 *	                "meet": "vid fontänen kl. 8.45", "instructions": "Ta med väst.",
 *	                "url": "https://…" } ],  -- all but title and when may be absent
 *	  "changes": [ { "what": "Tid", "before": "kl. 9–12", "after": "kl. 10–13" } ], -- changed
 *	  "reason": "Det blåser för mycket.",    -- changed, cancelled
 *	  "calendar": true,              -- a calendar file comes with the mail
 *	  "code": "B7KQ-2",              -- of the booking, to refer to
 *	  "controller": "Vänsterpartiet Värmland",      -- required: personuppgiftsansvarig
 *	  "controller_contact": "data@example.org",     -- required: where to object
 *	  "unsubscribe": "https://…" }   -- a page or an address, when there is one
 *
 * All values are finished texts (dates and times in words, in the mail's language).
 */
struct vs_mail_template {
	const char *name;     /* "confirmation" */
	const char *language; /* "sv" or "en" */
	const char *
		folder; /* NULL, or where NAME.LANGUAGE.txt goes before the shipped one */
	const json_t *view; /* borrowed */
};

struct vs_mail_text {
	const char *subject; /* one line */
	const char *body;    /* lines end in LF; never two empty lines together */
};

/*
 * Fails with VS_NOT_FOUND when there is no such template (it lists those that are), with
 * VS_INVALID when it has no subject or is broken mustache, and when a required field is
 * missing: a mail to a person names who answers for the data and where to object. Arena.
 */
VS_API VS_CHECKED bool vs_mail_render(const struct vs_mail_template *template,
	struct vs_arena *arena, struct vs_mail_text *ret_text, struct vs_error *err);

/* One message to one receiver. Texts are borrowed, UTF-8; NULL where "may be NULL". */
struct vs_mail {
	const char *from;      /* an address */
	const char *from_name; /* may be NULL */
	const char *to;	       /* an address */
	const char *to_name;   /* may be NULL */
	const char *reply_to;  /* an address; may be NULL */
	const char *subject;
	const char *body;	/* lines end in LF or CRLF */
	const char *message_id; /* left@right, always the same for the same mail */
	int64_t date;		/* UTC seconds */
	const char
		*unsubscribe; /* https://… or mailto:…, List-Unsubscribe; may be NULL */
	const char *calendar;	   /* text of vs_ical_write(), attached; may be NULL */
	const char *calendar_name; /* "pass.ics"; NULL: "kalender.ics" */
};

/*
 * Appends the message: ASCII only, CRLF, no line over 78 bytes but what cannot be broken, text
 * as UTF-8 in quoted-printable, Auto-Submitted so that nobody's holiday answers. The same mail
 * gives the same bytes.
 *
 * Fails with VS_INVALID, naming the receiver: a line break or control character in anything
 * but the body, an address that is none or has other letters than ASCII.
 */
VS_API VS_CHECKED bool vs_mail_message(
	const struct vs_mail *mail, struct vs_buffer *out, struct vs_error *err);

/* True for an address that vs_mail_message() takes. */
VS_API bool vs_mail_is_address(const char *text);

/*
 * Writes every mail to a new folder, as 0001-booking-17-confirmation-1.eml (its Message-ID
 * before the @), which any mail program opens. All or nothing: the folder appears when all
 * mails are in it. Fails with VS_EXISTS when something is there already (an empty folder may
 * be). Folder 0700, files 0600.
 */
VS_API VS_CHECKED bool vs_mail_write(const char *folder, const struct vs_mail *mails,
	size_t count, struct vs_error *err);

/*
 * An SMTP server. Anything but localhost is spoken to with TLS 1.2 or newer, or not at all;
 * its certificate must be good.
 */
struct vs_mail_server {
	const char *url;      /* smtp://HOST[:PORT] (STARTTLS) or smtps://HOST[:PORT] */
	const char *user;     /* NULL: without login */
	const char *password; /* never from the command line */
	const char *from;     /* the address that sends; NULL: not configured */
	const char *from_name;
	const char *
		ca_file; /* certificates to trust instead of the machine's; may be NULL */
	bool tls_always; /* on localhost, too */
	long timeout_seconds; /* for connecting, and for each mail; 0: 60 */
};

/*
 * Reads what is configured: the file `path` (NULL, or not there: none), lines of `name =
 * value`, # for comments:
 *
 *	server = smtp://mail.example.org:587
 *	user = valstuga@example.org
 *	password = …                     -- then the file must be its owner's alone (0600)
 *	from = Vänsterpartiet Värmland <valstuga@example.org>
 *	ca_file = /etc/ssl/own.pem
 *	tls = always
 *	timeout = 60
 *
 * $VALSTUGA_SMTP, $VALSTUGA_SMTP_USER, $VALSTUGA_SMTP_PASSWORD and $VALSTUGA_SMTP_FROM go
 * before the file. ret_server->url is NULL when no server is configured. Texts: arena.
 */
VS_API VS_CHECKED bool vs_mail_server_read(const char *path, struct vs_arena *arena,
	struct vs_mail_server *ret_server, struct vs_error *err);

/* What became of a mail. */
enum vs_mail_state {
	VS_MAIL_NOT_SENT, /* nobody has it; send it again */
	VS_MAIL_SENT,	  /* the server has taken it */
	VS_MAIL_LATER,	  /* the server does not take it now; send it again later */
	VS_MAIL_REFUSED,  /* the server never takes it: a wrong address, mostly */
	VS_MAIL_UNSURE,	  /* all was handed over but never confirmed: it may have gone */
};

struct vs_mail_result {
	enum vs_mail_state state;
	int status;	  /* of SMTP; 0: no answer */
	char answer[200]; /* the server's own words, cleaned; "" */
};

struct vs_mail_run {
	const struct vs_mail *mails;
	size_t count;
	struct vs_mail_result *results; /* of the caller, one for each mail; filled */
	size_t sent;			/* filled */
	/*
	 * Called as soon as a mail's result is known, so that the caller can mark it at once
	 * and a broken run never sends twice. May be NULL. Returning false ends the run: the
	 * mails after it stay VS_MAIL_NOT_SENT. Mails that were not tried are not told.
	 */
	bool (*told)(size_t index, const struct vs_mail_result *result, void *context);
	void *context;
};

/*
 * Sends the mails in order, each as a transaction of its own. All are checked before the
 * first one is sent. A receiver whom the server does not take does not hold up the others; a
 * server that is lost, does not answer in time, refuses login or sender, or has no TLS ends
 * the run. True when every mail was sent. Otherwise false, and the message says how many were
 * and why it ended (VS_REFUSED: some receivers were refused, all others were sent; VS_IO: the
 * run ended early; VS_INVALID: nothing was sent); `results` says it of each, whatever
 * happens. libcurl is loaded when it is needed.
 */
VS_API VS_CHECKED bool vs_mail_send(const struct vs_mail_server *server,
	struct vs_mail_run *run, struct vs_error *err);

#endif
