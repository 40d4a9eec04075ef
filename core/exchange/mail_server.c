/* Which SMTP server sends our mail: a small file of the user's, and the environment. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <valstuga/text.h>

#include "base/i18n.h"
#include "exchange/mail.h"

struct setting {
	struct vs_arena *arena;
	const char *path;
	int line;
	struct vs_mail_server *server;
	struct vs_error *err;
};

static bool
fail_setting(const struct setting *s, const char *why)
{
	return vs_fail(s->err, VS_INVALID, _("%s, line %d: %s"), s->path, s->line, why);
}

/* "V Värmland <v@example.org>", or the address alone. */
static bool
read_from(struct vs_arena *arena, const char *text, struct vs_mail_server *server)
{
	const char *open = strrchr(text, '<');
	size_t length = strlen(text);
	if (!open) {
		server->from = text;
		return vs_mail_is_address(text);
	}
	if (text[length - 1] != '>')
		return false;
	server->from =
		vs_arena_copy(arena, open + 1, length - 1 - (size_t)(open + 1 - text));
	const char *name =
		vs_text_clean(arena, vs_arena_copy(arena, text, (size_t)(open - text)));
	server->from_name = *name ? name : NULL;
	return vs_mail_is_address(server->from);
}

/* What others on the machine can read is no secret. */
static bool
check_secret(const struct setting *s)
{
	struct stat state;
	if (stat(s->path, &state) == 0 && !(state.st_mode & 077) &&
		(state.st_uid == geteuid() || state.st_uid == 0))
		return true;
	return vs_fail(s->err, VS_REFUSED,
		_("%s holds a password, but others can read it; run: chmod 600 %s"),
		s->path, s->path);
}

static bool
read_setting(const struct setting *s, const char *name, const char *value)
{
	int64_t seconds;
	if (strcmp(name, "server") == 0) {
		s->server->url = value;
	} else if (strcmp(name, "user") == 0) {
		s->server->user = value;
	} else if (strcmp(name, "password") == 0) {
		s->server->password = value;
		return check_secret(s);
	} else if (strcmp(name, "from") == 0) {
		return read_from(s->arena, value, s->server) ||
			fail_setting(s, _("from must be an address, or: Name <address>"));
	} else if (strcmp(name, "ca_file") == 0) {
		s->server->ca_file = value;
	} else if (strcmp(name, "tls") == 0) {
		s->server->tls_always = strcmp(value, "always") == 0;
		return s->server->tls_always || fail_setting(s, _("tls can be: always"));
	} else if (strcmp(name, "timeout") == 0) {
		if (!vs_text_to_integer(value, &seconds) || seconds < 1 || seconds > 3600)
			return fail_setting(s, _("timeout is 1 to 3600 seconds"));
		s->server->timeout_seconds = (long)seconds;
	} else {
		return fail_setting(s,
			_("this is none of server, user, password, from, ca_file, tls, "
			  "timeout"));
	}
	return true;
}

/* One line without its end; `password` keeps all blanks but those at its ends. */
static bool
read_line(const struct setting *s, const char *line)
{
	line += strspn(line, " \t");
	if (!*line || *line == '#')
		return true;
	const char *equals = strchr(line, '=');
	if (!equals)
		return fail_setting(s, _("write it as: name = value"));
	const char *name = vs_text_clean(
		s->arena, vs_arena_copy(s->arena, line, (size_t)(equals - line)));
	const char *value = equals + 1 + strspn(equals + 1, " \t");
	size_t length = strlen(value);
	while (length && strchr(" \t", value[length - 1]))
		length--;
	if (!length)
		return fail_setting(s, _("the value is missing"));
	return read_setting(s, name, vs_arena_copy(s->arena, value, length));
}

static bool
read_file(struct setting *s)
{
	char *text;
	size_t length, bad;
	if (!vs_file_read(s->arena, s->path, &text, &length, s->err))
		return false;
	if (!vs_text_check(text, length, &bad))
		return vs_fail(s->err, VS_INVALID, _("%s is not UTF-8"), s->path);
	while (*text) {
		size_t end = strcspn(text, "\r\n");
		s->line++;
		if (!read_line(s, vs_arena_copy(s->arena, text, end)))
			return false;
		text += end;
		text += strncmp(text, "\r\n", 2) == 0 ? 2 : *text != '\0';
	}
	return true;
}

static const char *
environment(const char *name)
{
	const char *value = getenv(name);
	return value && *value ? value : NULL;
}

/* The environment goes before the file. */
static bool
read_environment(struct setting *s)
{
	const char *url = environment("VALSTUGA_SMTP");
	const char *user = environment("VALSTUGA_SMTP_USER");
	const char *password = environment("VALSTUGA_SMTP_PASSWORD");
	const char *from = environment("VALSTUGA_SMTP_FROM");
	if (url)
		s->server->url = vs_arena_text(s->arena, url);
	if (user)
		s->server->user = vs_arena_text(s->arena, user);
	if (password)
		s->server->password = vs_arena_text(s->arena, password);
	if (!from)
		return true;
	s->server->from_name = NULL;
	return read_from(s->arena, vs_arena_text(s->arena, from), s->server) ||
		vs_fail(s->err, VS_INVALID,
			_("$VALSTUGA_SMTP_FROM must be an address, or: Name <address>"));
}

bool
vs_mail_server_read(const char *path, struct vs_arena *arena,
	struct vs_mail_server *ret_server, struct vs_error *err)
{
	struct vs_mail_server server = { 0 };
	struct setting s = {
		.arena = arena, .path = path, .server = &server, .err = err
	};
	if (path && (access(path, F_OK) == 0 || errno != ENOENT) && !read_file(&s))
		return false;
	if (!read_environment(&s))
		return false;
	*ret_server = server;
	return true;
}
