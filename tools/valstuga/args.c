/* Reading the command line: options anywhere, values checked against the command's table. */
#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

#include "tool.h"

/* The command line while it is being read. */
struct reader {
	int argc;
	char **argv;
	int at;
	const char *name;  /* the option just read, without dashes */
	const char *value; /* after '=', or NULL */
};

/* Reads argv[at] as an option: "--name", "--name=value", "-o". */
static void
read_option(struct reader *r, struct vs_arena *arena)
{
	const char *arg = r->argv[r->at];
	const char *equals = strchr(arg, '=');
	r->name = arg + strspn(arg, "-");
	r->value = equals ? equals + 1 : NULL;
	if (equals)
		r->name = vs_arena_copy(arena, r->name, (size_t)(equals - r->name));
}

static bool
is_option(const struct reader *r)
{
	return r->at < r->argc && r->argv[r->at][0] == '-' && r->argv[r->at][1];
}

static const char *
need_value(struct reader *r, struct call *call)
{
	if (!r->value && r->at + 1 < r->argc)
		r->value = r->argv[++r->at];
	if (!r->value)
		vs_fail(&call->err, VS_USAGE, _("option --%s needs a value"), r->name);
	return r->value;
}

static bool
choose_language(struct call *call, const char *language)
{
	if (!language)
		return false;
	if (strcmp(language, "sv") != 0 && strcmp(language, "en") != 0)
		return vs_fail(&call->err, VS_USAGE, _("--lang is sv or en, not \"%s\""),
			language);
	vs_language_set(language);
	return true;
}

/* Options that every command takes; *ret_used is false for any other. */
static bool
take_global(struct reader *r, struct call *call, bool *ret_help, bool *ret_used)
{
	*ret_used = true;
	if (strcmp(r->name, "json") == 0)
		return call->json = true;
	if (strcmp(r->name, "csv") == 0)
		return call->csv = true;
	if (strcmp(r->name, "help") == 0 || strcmp(r->name, "h") == 0)
		return *ret_help = true;
	if (strcmp(r->name, "campaign") == 0)
		return (call->campaign = need_value(r, call)) != NULL;
	if (strcmp(r->name, "lang") == 0)
		return choose_language(call, need_value(r, call));
	*ret_used = false;
	return true;
}

static const struct option *
find_option(const struct command *command, const char *name)
{
	for (const struct option *o = command->options; o && o->name; o++)
		if (strcmp(o->name, name) == 0 || (o->letter == *name && !name[1]))
			return o;
	return NULL;
}

static const struct vs_field *
find_field(const struct call *call, const char *name)
{
	if (!call->type || call->command->fields == NO_FIELDS)
		return NULL;
	const struct vs_field *field = vs_record_field(call->type, name);
	if (!field)
		return NULL;
	bool fits = call->command->fields == FILTER_FIELDS
		? field->flags & VS_FILTER
		: !(field->flags & VS_READONLY);
	return fits ? field : NULL;
}

static void
keep(json_t *options, const char *name, json_t *value)
{
	json_t *before = json_object_get(options, name);
	if (!before)
		json_object_set_new(options, name, value);
	else if (json_is_array(before))
		json_array_append_new(before, value);
	else
		json_object_set_new(options, name, json_pack("[O, o]", before, value));
}

static bool
take_option(struct reader *r, struct call *call)
{
	const struct option *o = find_option(call->command, r->name);
	const struct vs_field *field = o ? NULL : find_field(call, r->name);
	if (!o && !field)
		return vs_fail(&call->err, VS_USAGE,
			_("there is no option --%s here; 'valstuga %s%s%s --help' lists them"),
			r->name, call->type ? call->type->noun : call->command->noun,
			call->command->verb ? " " : "",
			call->command->verb ? call->command->verb : "");
	if (o && !o->value) {
		json_object_set_new(call->options, o->name, json_true());
		return true;
	}
	if (!need_value(r, call))
		return false;
	json_t *text = json_string(r->value);
	if (!text)
		return vs_fail(&call->err, VS_USAGE,
			_("the value of --%s is not valid UTF-8; type it again"),
			r->name);
	if (o)
		keep(call->options, o->name, text);
	else
		json_object_set_new(call->values, field->name, text);
	return true;
}

/* Names and numbers are UTF-8 as options are; what a file is called is the system's affair. */
static bool
check_words(struct call *call)
{
	if (strstr(call->command->args, "FILE"))
		return true;
	for (int i = 0; i < call->arg_count; i++) {
		size_t bad;
		if (!vs_text_check(call->args[i], strlen(call->args[i]), &bad))
			return vs_fail(&call->err, VS_USAGE,
				_("argument %d is not valid UTF-8; type it again"),
				i + 1);
	}
	return true;
}

/* Options and arguments after the command's own words, in any order. */
static bool
read_rest(struct reader *r, struct call *call, bool *ret_help)
{
	const char **args =
		vs_arena_alloc(call->arena, sizeof *args * (size_t)(r->argc + 1));
	call->args = args;
	for (bool only_words = false; r->at < r->argc; r->at++) {
		bool used;
		if (only_words || !is_option(r)) {
			args[call->arg_count++] = r->argv[r->at];
			continue;
		}
		if (strcmp(r->argv[r->at], "--") == 0) {
			only_words = true;
			continue;
		}
		read_option(r, call->arena);
		if (!take_global(r, call, ret_help, &used) ||
			(!used && call->command && !take_option(r, call)))
			return false;
	}
	return true;
}

static bool
read_globals(struct reader *r, struct call *call, bool *ret_help)
{
	for (; is_option(r); r->at++) {
		bool used;
		read_option(r, call->arena);
		if (!take_global(r, call, ret_help, &used))
			return false;
		if (!used)
			return vs_fail(&call->err, VS_USAGE,
				_("--%s stands before the command; 'valstuga help' shows the order"),
				r->name);
	}
	return true;
}

bool
parse_args(
	struct call *call, int argc, char **argv, const char **ret_noun, bool *ret_help)
{
	struct reader r = { .argc = argc, .argv = argv, .at = 1 };
	*ret_noun = NULL;
	if (!read_globals(&r, call, ret_help))
		return false;
	if (r.at == argc)
		return true;
	*ret_noun = argv[r.at++];
	const char *verb = r.at < argc && !is_option(&r) ? argv[r.at] : NULL;
	call->command = find_command(*ret_noun, verb, &call->type);
	if (call->command && call->command->verb)
		r.at++;
	if (!read_rest(&r, call, ret_help) || *ret_help || !call->command)
		return call->err.code == VS_OK;
	if (call->json && call->csv)
		return vs_fail(
			&call->err, VS_USAGE, _("--json and --csv: choose one of them"));
	if (call->arg_count < call->command->min_args)
		return vs_fail(&call->err, VS_USAGE, _("an argument is missing: %s"),
			_(call->command->args));
	if (call->command->max_args >= 0 && call->arg_count > call->command->max_args)
		return vs_fail(&call->err, VS_USAGE, _("one argument too many: \"%s\""),
			call->args[call->command->max_args]);
	return check_words(call);
}

const char *
option(const struct call *call, const char *name)
{
	const json_t *value = json_object_get(call->options, name);
	if (json_is_array(value))
		value = json_array_get(value, json_array_size(value) - 1);
	return json_string_value(value);
}

bool
flag(const struct call *call, const char *name)
{
	return json_is_true(json_object_get(call->options, name));
}

json_t *
option_values(const struct call *call, const char *name)
{
	json_t *value = json_object_get(call->options, name);
	if (json_is_array(value))
		return json_incref(value);
	return value ? json_pack("[O]", value) : json_array();
}
