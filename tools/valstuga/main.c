/* valstuga: finds the command, opens the campaign file, runs, prints the error, exits. */
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "tool.h"

const char *
find_campaign(struct call *call)
{
	const char *named = call->campaign ? call->campaign : getenv("VALSTUGA_CAMPAIGN");
	if (named && *named)
		return named;
	glob_t found = { 0 };
	const char *path = NULL;
	if (glob("*.valstuga", 0, NULL, &found) == 0 && found.gl_pathc == 1)
		path = vs_arena_text(call->arena, found.gl_pathv[0]);
	else if (found.gl_pathc > 1)
		vs_fail(&call->err, VS_USAGE,
			_("there are %zu campaign files here; say which with --campaign FILE"),
			found.gl_pathc);
	else
		vs_fail(&call->err, VS_NOT_FOUND,
			_("there is no campaign file (*.valstuga) here; go to its folder, name it with "
			  "--campaign FILE, or make one with 'valstuga new'"));
	globfree(&found);
	return path;
}

bool
open_campaign(struct call *call, enum vs_access access)
{
	const char *path = find_campaign(call);
	call->db = path ? vs_db_open(path, access, NULL, &call->err) : NULL;
	return call->db != NULL;
}

static bool
run(struct call *call)
{
	enum needs needs = call->command->needs;
	if (needs != NEEDS_NOTHING &&
		!open_campaign(call, needs == NEEDS_WRITE ? VS_WRITE : VS_READ))
		return false;
	return call->command->run(call);
}

static int
finish(struct call *call, bool ok)
{
	vs_db_close(call->db);
	/* What was printed must have arrived: a full disk is not success. */
	if (fflush(stdout) != 0 && ok)
		ok = vs_fail(&call->err, VS_IO, _("the output could not be written"));
	if (!ok)
		fprintf(stderr, "valstuga: %s\n", call->err.text);
	return ok ? 0 : call->err.code == VS_USAGE ? 2 : 1;
}

static int
unknown(struct call *call, const char *noun, int argc, char **argv)
{
	(void)argc;
	(void)argv;
	if (!noun || is_noun(noun))
		print_usage(stderr, NULL, call->type, noun);
	else
		fprintf(stderr,
			_("valstuga: there is no command \"%s\"; 'valstuga help' lists them\n"),
			noun);
	return 2;
}

int
main(int argc, char **argv)
{
	const char *noun;
	bool help = false;
	vs_language_set(NULL);
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct call call = {
		.arena = scratch.arena, .options = json_object(), .values = json_object()
	};
	bool parsed = parse_args(&call, argc, argv, &noun, &help);
	int status;
	if (help) {
		print_usage(stdout, call.command, call.type, noun);
		status = 0;
	} else if (parsed && !call.command)
		status = unknown(&call, noun, argc, argv);
	else
		status = finish(&call, parsed && run(&call));
	json_decref(call.options);
	json_decref(call.values);
	return status;
}
