/* Files in, with a report that a person can act on. */
#include <string.h>
#include <unistd.h>

#include <valstuga/exchange.h>
#include <valstuga/text.h>

#include "tool.h"

static void
show_progress(const char *file, size_t done, size_t total, void *context)
{
	(void)context;
	int percent = total ? (int)(100.0 * (double)done / (double)total) : 100;
	int bars = percent / 5;
	fprintf(stderr, "\r%.*s%.*s %3d %% %.40s\033[K", bars, "####################",
		20 - bars, "....................", percent, file);
	if (done >= total)
		fprintf(stderr, "\r\033[K");
}

/* What a noun is called when there are several. */
static const char *
plural_of(const char *noun)
{
	const struct vs_record_type *type = vs_record_type_of(noun);
	return type ? _(type->label) : _(noun);
}

static void
print_nouns(const json_t *file)
{
	size_t i;
	json_t *noun;
	json_array_foreach (json_object_get(file, "nouns"), i, noun)
		printf(_("  %s: %lld new, %lld changed, %lld unchanged, %lld gone\n"),
			plural_of(text_of(noun, "noun")), integer_of(noun, "new"),
			integer_of(noun, "changed"), integer_of(noun, "unchanged"),
			integer_of(noun, "gone"));
}

static void
print_problem(const json_t *file, const json_t *problem)
{
	const char *field = text_of(problem, "field");
	long long line = integer_of(problem, "line"),
		  record = integer_of(problem, "record");
	printf("  ! %s", text_of(file, "file"));
	if (record)
		printf(_(", record %lld"), record);
	/* A JSON file is often one line, which says nothing. */
	if (line > (record ? 1 : 0))
		printf(_(", line %lld"), line);
	if (*field)
		printf(", %s", field);
	printf(": %s", text_of(problem, "text"));
	if (*text_of(problem, "todo"))
		printf("; %s", text_of(problem, "todo"));
	printf("\n");
}

/* Each number has its own words, so that each language can put them in the plural. */
static void
print_rows(const json_t *file)
{
	long long rows = integer_of(file, "rows"), taken = integer_of(file, "taken"),
		  outside = integer_of(file, "outside"),
		  others = integer_of(file, "other_parties"),
		  refused = integer_of(file, "refused");
	printf("%s: %s, ", text_of(file, "file"), text_of(file, "format_name"));
	printf(P_("%lld row", "%lld rows", rows), rows);
	printf(P_(", %lld taken", ", %lld taken", taken), taken);
	printf(P_(", %lld outside the district", ", %lld outside the district", outside),
		outside);
	if (others)
		printf(P_(", %lld of another party", ", %lld of other parties", others),
			others);
	printf(P_(", %lld refused\n", ", %lld refused\n", refused), refused);
}

static void
print_file(const json_t *file)
{
	size_t i;
	json_t *item;
	print_rows(file);
	print_nouns(file);
	json_array_foreach (json_object_get(file, "gone"), i, item)
		printf(_("  gone from the file, kept here: %s\n"),
			json_string_value(item));
	json_array_foreach (json_object_get(file, "problems"), i, item)
		print_problem(file, item);
	if (integer_of(file, "problems_left_out"))
		printf(_("  ! and %lld problems more\n"),
			integer_of(file, "problems_left_out"));
}

static void
print_report(const json_t *report)
{
	size_t i;
	json_t *file;
	long long refused = 0;
	json_array_foreach (json_object_get(report, "files"), i, file) {
		print_file(file);
		refused += integer_of(file, "refused");
	}
	if (refused)
		printf(P_("%lld row could not be used and is left out: see above.\n",
			       "%lld rows could not be used and are left out: see above.\n",
			       refused),
			refused);
	if (json_is_true(json_object_get(report, "dry_run")))
		printf("%s", _("Nothing is written: this was --dry-run.\n"));
	else if (!json_is_true(json_object_get(report, "changed")))
		printf("%s", _("Nothing has changed.\n"));
}

/* Every --party, unless one of them is "all". Arena. */
static void
take_parties(struct call *call, struct vs_import_options *options)
{
	json_t *given = option_values(call, "party"), *value;
	const char **parties = vs_arena_alloc(
		call->arena, (json_array_size(given) + 1) * sizeof *parties);
	size_t i;
	json_array_foreach (given, i, value) {
		const char *party = json_string_value(value);
		if (strcmp(party, "all") == 0 || strcmp(party, "alla") == 0)
			options->all_parties = true;
		else
			parties[options->party_count++] =
				vs_arena_text(call->arena, party);
	}
	options->parties = parties;
	json_decref(given);
}

bool
cmd_import(struct call *call)
{
	struct vs_import_options options = { .dry_run = flag(call, "dry-run"),
		.all = flag(call, "all"),
		.election_day = option(call, "election"),
		.list = option(call, "list"),
		.kind = option(call, "kind"),
		.kommun = option(call, "kommun") };
	take_parties(call, &options);
	if (isatty(STDERR_FILENO))
		options.progress = show_progress;
	json_t *report = vs_import(
		call->db, call->args, (size_t)call->arg_count, &options, &call->err);
	if (!report)
		return false;
	if (call->json)
		print_json(report);
	else
		print_report(report);
	json_decref(report);
	return true;
}
