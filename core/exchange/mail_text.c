/* The texts of mails: a shipped template, or the user's own in its place, and a view. */
#include <string.h>
#include <unistd.h>

#include <valstuga/template.h>
#include <valstuga/text.h>

#include "base/embedded.h"
#include "base/i18n.h"
#include "exchange/mail.h"
#include "record/record.h"

/* Made at build time from templates/mail/; names are "confirmation.sv". */
extern const struct embedded mail_templates[];

static const char subject_mark[] = "Subject:";

struct source {
	struct vs_arena *arena;
	const char *language, *folder;
	struct vs_error *err;
};

/* Only a name: no way out of the folder. */
static bool
plain_name(const char *name)
{
	size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");
	return length > 0 && length < 64 && !name[length];
}

/* The template's text, NULL when there is none; a file that cannot be read sets the error. */
static const char *
find_text(const struct source *source, const char *name)
{
	const char *full =
		vs_arena_printf(source->arena, "%s.%s", name, source->language);
	if (!plain_name(name) || !plain_name(source->language))
		return NULL;
	if (source->folder) {
		const char *path =
			vs_arena_printf(source->arena, "%s/%s.txt", source->folder, full);
		char *text = NULL;
		size_t length = 0, bad = 0;
		if (access(path, F_OK) == 0) {
			if (!vs_file_read(
				    source->arena, path, &text, &length, source->err))
				return NULL;
			if (vs_text_check(text, length, &bad))
				return text;
			vs_fail(source->err, VS_INVALID, _("%s is not UTF-8"), path);
			return NULL;
		}
	}
	for (const struct embedded *at = mail_templates; at->name; at++)
		if (strcmp(at->name, full) == 0)
			return at->text;
	return NULL;
}

static const char *
find_partial(const char *name, void *context)
{
	return find_text(context, name);
}

static bool
fail_unknown(const struct vs_mail_template *template, struct vs_error *err)
{
	VS_AUTO(vs_buffer) names = { 0 };
	vs_buffer_text(&names, "");
	for (const struct embedded *at = mail_templates; at->name; at++)
		if (strncmp(at->text, subject_mark, strlen(subject_mark)) == 0)
			vs_buffer_printf(
				&names, "%s%s", names.length ? ", " : "", at->name);
	return vs_fail(err, VS_NOT_FOUND,
		_("there is no mail text %.64s.%.16s; the texts are: %s"), template->name,
		template->language, names.data);
}

static bool
check_view(const struct vs_mail_template *template, struct vs_error *err)
{
	static const char *const required[] = { "what", "sender", "controller",
		"controller_contact" };
	for (size_t i = 0; i < sizeof required / sizeof *required; i++) {
		const char *text = record_string(template->view, required[i]);
		if (!text || !*text)
			return vs_fail(err, VS_INVALID,
				_("mail text %s: %s is missing; a mail says who answers for it "
				  "and where to object ('valstuga campaign set')"),
				template->name, required[i]);
	}
	return true;
}

/* The lines without blanks at the ends of the whole, and one empty line for many. */
static const char *
tidy_lines(struct vs_arena *arena, const char *text)
{
	char *tidy = vs_arena_alloc(arena, strlen(text) + 2), *to = tidy;
	for (int breaks = 2; *text; text++) {
		if (*text == '\r')
			continue;
		breaks = *text == '\n' ? breaks + 1 : 0;
		if (breaks <= 2)
			*to++ = *text;
	}
	while (to > tidy && to[-1] == '\n')
		to--;
	*to++ = '\n';
	*to = '\0';
	return tidy;
}

static bool
render(struct source *source, const struct vs_mail_template *template, const char *text,
	const char **ret_text)
{
	VS_AUTO(vs_buffer) out = { 0 };
	struct vs_template_options options = { .partial = find_partial,
		.context = source };
	vs_buffer_text(&out, "");
	if (!vs_template_render(
		    template->name, text, template->view, &options, &out, source->err) ||
		source->err->code != VS_OK)
		return false;
	*ret_text = vs_arena_copy(source->arena, out.data, out.length);
	return true;
}

bool
vs_mail_render(const struct vs_mail_template *template, struct vs_arena *arena,
	struct vs_mail_text *ret_text, struct vs_error *err)
{
	struct source source = { arena, template->language, template->folder, err };
	const char *text = find_text(&source, template->name);
	if (!text)
		return err->code == VS_OK ? fail_unknown(template, err) : false;
	size_t line = strcspn(text, "\n"), mark = strlen(subject_mark);
	if (strncmp(text, subject_mark, mark) != 0 || !text[line])
		return vs_fail(err, VS_INVALID,
			_("mail text %s.%s: its first line must be \"Subject: …\""),
			template->name, template->language);
	const char *subject, *body;
	if (!check_view(template, err) ||
		!render(&source, template, vs_arena_copy(arena, text + mark, line - mark),
			&subject) ||
		!render(&source, template, text + line, &body))
		return false;
	ret_text->subject = vs_text_clean(arena, subject);
	ret_text->body = tidy_lines(arena, body);
	return true;
}
