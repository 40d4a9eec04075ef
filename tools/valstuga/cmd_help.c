/* Help from the same tables that the program runs by. */
#include <string.h>

#include <valstuga/text.h>

#include "tool.h"

#ifndef VS_VERSION
#	define VS_VERSION "0"
#endif

static void
print_summary(FILE *out, const char *noun, const struct command *c)
{
	char words[96];
	snprintf(words, sizeof words, "%s%s%s%s%s", noun, c->verb ? " " : "",
		c->verb ? c->verb : "", *c->args ? " " : "", *c->args ? _(c->args) : "");
	fprintf(out, "  %s%*s %s\n", words, (int)(30 - vs_text_columns(words)), "",
		_(c->summary));
}

static void
print_noun(FILE *out, const struct vs_record_type *type, const char *noun)
{
	if (type)
		fprintf(out, "%s\n\n", _(type->about));
	for (const struct command *c = commands; c->noun; c++)
		if (strcmp(c->noun, noun) == 0)
			print_summary(out, noun, c);
	for (const struct command *c = record_commands; type && c->noun; c++) {
		const struct vs_record_type *same;
		if (find_command(noun, c->verb, &same) == c)
			print_summary(out, noun, c);
	}
}

static void
print_options(FILE *out, const struct option *options)
{
	for (const struct option *o = options; o && o->name; o++) {
		char words[64];
		snprintf(words, sizeof words, "%s%s%s--%s%s%s", o->letter ? "-" : "",
			o->letter ? (char[]){ o->letter, 0 } : "", o->letter ? ", " : "",
			o->name, o->value ? " " : "", o->value ? _(o->value) : "");
		fprintf(out, "  %s%*s %s\n", words, (int)(30 - vs_text_columns(words)),
			"", _(o->help));
	}
}

/* "choice: a, b, c" and the like, after a field's label. */
static void
print_field_form(FILE *out, const struct vs_field *field)
{
	if (field->type == VS_FIELD_CHOICE) {
		fprintf(out, " (");
		for (const struct vs_choice *c = field->choices; c->value; c++) {
			bool same = strcmp(c->value, _(c->label)) == 0;
			fprintf(out, "%s%s%s%s", c == field->choices ? "" : ", ",
				c->value, same ? "" : " = ", same ? "" : _(c->label));
		}
		fprintf(out, ")");
	} else if (field->type == VS_FIELD_BOOLEAN)
		fprintf(out, " (ja, nej)");
	else if (field->type == VS_FIELD_DATE)
		fprintf(out, " (%s)", _("YYYY-MM-DD"));
	else if (field->type == VS_FIELD_TIME)
		fprintf(out, " (%s)", _("HH:MM"));
	else if (field->type == VS_FIELD_REF)
		fprintf(out, " (%s)", _("number, code or name"));
}

static void
print_fields(FILE *out, const struct vs_record_type *type, bool filters)
{
	for (size_t i = 0; i < type->field_count; i++) {
		const struct vs_field *field = &type->fields[i];
		char name[48];
		if (filters ? !(field->flags & VS_FILTER) : field->flags & VS_READONLY)
			continue;
		snprintf(name, sizeof name, "--%s", field->name);
		for (char *c = name; *c; c++)
			if (*c == '_')
				*c = '-';
		fprintf(out, "  %-30s %s%s", name, _(field->label),
			!filters && field->flags & VS_REQUIRED ? " *" : "");
		print_field_form(out, field);
		fprintf(out, "%s%s\n", field->help ? ": " : "",
			field->help ? _(field->help) : "");
	}
}

static void
print_command(FILE *out, const struct command *c, const struct vs_record_type *type,
	const char *noun)
{
	bool options = c->options || c->fields;
	fprintf(out, "%s valstuga %s%s%s%s%s%s%s\n", _("usage:"), noun,
		c->verb ? " " : "", c->verb ? c->verb : "", *c->args ? " " : "",
		*c->args ? _(c->args) : "", options ? " " : "",
		options ? _("[OPTION...]") : "");
	fprintf(out, "%s\n", _(c->summary));
	if (c->options || c->fields)
		fprintf(out, "\n");
	print_options(out, c->options);
	if (c->fields && type)
		print_fields(out, type, c->fields == FILTER_FIELDS);
}

static void
print_all(FILE *out)
{
	fprintf(out, "%s\n\n",
		_("usage: valstuga [--campaign FILE] [--json | --csv] [--lang sv|en] NOUN [VERB] "
		  "[ARGUMENT...]"));
	for (const struct command *c = commands; c->noun; c++)
		if (!vs_record_type_of(c->noun) || !c->verb)
			print_summary(out, c->noun, c);
	fprintf(out, "\n%s\n",
		_("Records; 'valstuga NOUN --help' tells their commands:"));
	for (size_t i = 0; vs_record_types[i]; i++)
		fprintf(out, "  %-14s %s\n", vs_record_types[i]->noun,
			_(vs_record_types[i]->about));
}

void
print_usage(FILE *out, const struct command *command, const struct vs_record_type *type,
	const char *noun)
{
	if (command)
		print_command(out, command, type, noun);
	else if (noun && is_noun(noun))
		print_noun(out, type, noun);
	else
		print_all(out);
}

/* Field tables for the handbook; docs/falt.md is this output, and a test compares. */
static const char *
type_name(const struct vs_field *field)
{
	switch (field->type) {
	case VS_FIELD_TEXT:
		return _("text");
	case VS_FIELD_INTEGER:
		return _("whole number");
	case VS_FIELD_REAL:
		return _("number");
	case VS_FIELD_BOOLEAN:
		return _("yes or no");
	case VS_FIELD_DATE:
		return _("date");
	case VS_FIELD_TIME:
		return _("time of day");
	case VS_FIELD_MOMENT:
		return _("time");
	case VS_FIELD_MONEY:
		return _("kronor");
	case VS_FIELD_CHOICE:
		return _("choice");
	case VS_FIELD_CODE:
		return _("digits");
	case VS_FIELD_REF:
		return field->refers->noun;
	}
	return "";
}

static void
print_markdown_field(const struct vs_field *field)
{
	printf("| `%s` | %s | %s | %s%s |", field->name, _(field->label),
		type_name(field), field->flags & VS_REQUIRED ? _("required") : "",
		field->flags & VS_READONLY ? _("kept by the program") : "");
	if (field->type == VS_FIELD_CHOICE)
		for (const struct vs_choice *c = field->choices; c->value; c++)
			printf("%s`%s` %s", c == field->choices ? " " : ", ", c->value,
				_(c->label));
	printf("%s%s |\n", field->help ? " " : "", field->help ? _(field->help) : "");
}

static void
print_markdown(void)
{
	printf("# %s\n\n%s\n", _("Fields of the records"),
		_("Made by `valstuga help --markdown`; not edited by hand."));
	for (size_t i = 0; vs_record_types[i]; i++) {
		const struct vs_record_type *type = vs_record_types[i];
		printf("\n## %s\n\n%s\n\n| %s | %s | %s | | |\n| --- | --- | --- | --- | --- |\n",
			type->noun, _(type->about), _("field"), _("meaning"),
			_("kind of value"));
		for (size_t k = 0; k < type->field_count; k++)
			print_markdown_field(&type->fields[k]);
	}
}

/* Every noun with its verbs, a line each. */
static void
print_words(void)
{
	const char *previous = "";
	for (const struct command *c = commands; c->noun; c++) {
		if (vs_record_type_of(c->noun))
			continue;
		if (strcmp(previous, c->noun) != 0)
			printf("%s%s", *previous ? "\n" : "", c->noun);
		if (c->verb)
			printf(" %s", c->verb);
		previous = c->noun;
	}
	printf("\n");
	for (size_t i = 0; vs_record_types[i]; i++) {
		const struct vs_record_type *type = vs_record_types[i], *same;
		printf("%s", type->noun);
		for (const struct command *c = commands; c->noun; c++)
			if (strcmp(c->noun, type->noun) == 0 && c->verb)
				printf(" %s", c->verb);
		for (const struct command *c = record_commands; c->noun; c++)
			if (find_command(type->noun, c->verb, &same) == c)
				printf(" %s", c->verb);
		printf("\n");
	}
}

bool
cmd_help(struct call *call)
{
	const struct vs_record_type *type = NULL;
	const char *noun = call->arg_count > 0 ? call->args[0] : NULL;
	const char *verb = call->arg_count > 1 ? call->args[1] : NULL;
	if (flag(call, "markdown"))
		print_markdown();
	else if (flag(call, "words"))
		print_words();
	else {
		const struct command *command =
			noun ? find_command(noun, verb, &type) : NULL;
		if (noun && !command && !type)
			return vs_fail(&call->err, VS_USAGE,
				_("there is no command \"%s\"; 'valstuga help' lists them"),
				noun);
		print_usage(stdout, command, type, noun);
	}
	return true;
}

bool
cmd_version(struct call *call)
{
	(void)call;
	printf("valstuga %s (%s %d)\n", VS_VERSION, _("campaign file version"),
		vs_db_version());
	return true;
}
