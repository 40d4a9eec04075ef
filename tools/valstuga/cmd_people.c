/* People: lists of them in, who may be the same, who stand together; consents. */
#include <string.h>

#include <valstuga/exchange.h>
#include <valstuga/person.h>

#include "tool.h"

const struct option person_list_options[] = {
	{ "skill", N_("SKILL"), N_("only who has this skill") },
	{ "all", NULL, N_("also what lists usually leave out") },
	{ 0 },
};

const struct option person_import_options[] = {
	{ "map", N_("COLUMN=FIELD,..."),
		N_("what columns are: head or number = field; - leaves one out") },
	{ "dry-run", NULL, N_("look at the plan, change nothing") },
	{ "plan", N_("PLAN"), N_("write only if the plan is still this one") },
	{ "update", NULL, N_("people who are known take over what the list says") },
	{ "source", N_("TEXT"), N_("where the list comes from") },
	{ "consent", N_("WORDING"), N_("all on the list agreed to these words") },
	{ 0 },
};

const struct option person_together_options[] = {
	{ "apart", NULL, N_("no longer") },
	{ 0 },
};

const struct option consent_withdraw_options[] = {
	{ "purpose", N_("PURPOSE"), N_("only for this; default for everything") },
	{ "how", N_("TEXT"), N_("how it was taken back: by phone, in a letter") },
	{ 0 },
};

bool
cmd_person_list(struct call *call)
{
	const char *skill = option(call, "skill");
	if (skill)
		json_object_set_new(call->values, "skills", json_string(skill));
	return cmd_record_list(call);
}

/* Import ----------------------------------------------------------------------------------*/

static const char *
how_known(const char *by)
{
	static const char *const words[][2] = { { "given", N_("as you said") },
		{ "remembered", N_("as last time") }, { "head", N_("by its head") },
		{ "content", N_("by what stands in it") } };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i][0], by) == 0)
			return _(words[i][1]);
	return "";
}

static void
print_columns(struct call *call, const json_t *report)
{
	const struct column columns[] = { { _("column"), false }, { _("becomes"), false },
		{ _("known"), false }, { _("example"), false } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *column;
	json_array_foreach (json_object_get(report, "columns"), i, column) {
		const char *label = text_of(column, "label");
		table_cell(table, text_of(column, "head"));
		table_cell(table, *label ? label : "–");
		table_cell(table, how_known(text_of(column, "by")));
		table_cell(table, text_of(column, "sample"));
	}
	table_print(call, table);
}

static const char *
what_text(const char *what)
{
	static const char *const words[][2] = { { "new", N_("new") },
		{ "changed", N_("changed") }, { "unchanged", N_("unchanged") },
		{ "known", N_("known") }, { "left_out", N_("left out") } };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i][0], what) == 0)
			return _(words[i][1]);
	return what;
}

static const struct {
	const char *name, *head;
} shown[] = { { "name", N_("name") }, { "phone", N_("phone") }, { "email", N_("e-mail") },
	{ "kommun", N_("kommun") }, { "association", N_("association") },
	{ "membership", N_("membership") }, { "note", N_("note") } };

#define SHOWN (sizeof shown / sizeof *shown)

static void
print_preview(struct call *call, const json_t *report)
{
	struct column columns[SHOWN + 2] = { { _("line"), true }, { _("what"), false } };
	for (size_t i = 0; i < SHOWN; i++)
		columns[i + 2].head = _(shown[i].head);
	struct table *table = table_new(columns, SHOWN + 2);
	size_t i;
	json_t *row;
	json_array_foreach (json_object_get(report, "preview"), i, row) {
		table_cell(table, number_of(call, row, "line"));
		table_cell(table, what_text(text_of(row, "what")));
		for (size_t k = 0; k < SHOWN; k++)
			table_cell(table, text_of(row, shown[k].name));
	}
	table_print(call, table);
}

static void
print_problem(const json_t *problem)
{
	long long line = integer_of(problem, "line");
	printf("%s",
		strcmp(text_of(problem, "severity"), "notice") == 0 ? "  - " : "  ! ");
	if (line)
		printf(_("line %lld, "), line);
	if (*text_of(problem, "column"))
		printf(_("column %s: "), text_of(problem, "column"));
	printf("%s", text_of(problem, "text"));
	if (*text_of(problem, "todo"))
		printf("; %s", text_of(problem, "todo"));
	printf("\n");
}

static void
print_people_total(const json_t *report)
{
	const json_t *people = json_object_get(report, "people");
	printf(_("%lld new, %lld changed, %lld unchanged, %lld known and left as they are, %lld left out\n"),
		integer_of(people, "new"), integer_of(people, "changed"),
		integer_of(people, "unchanged"), integer_of(people, "known"),
		integer_of(people, "left_out"));
	if (integer_of(people, "known"))
		printf("%s",
			_("With --update the known take over what the list says.\n"));
	if (integer_of(report, "consents"))
		printf(P_("%lld consent noted\n", "%lld consents noted\n",
			       integer_of(report, "consents")),
			integer_of(report, "consents"));
}

static void
print_people_end(struct call *call, const json_t *report)
{
	if (integer_of(report, "errors"))
		printf(P_("Nothing can be written: %lld row has an error, see above.\n",
			       "Nothing can be written: %lld errors, see above.\n",
			       integer_of(report, "errors")),
			integer_of(report, "errors"));
	else if (flag(call, "dry-run"))
		printf(_("Nothing is written. To write exactly this: the same command with --plan %s "
			 "instead of --dry-run\n"),
			text_of(report, "plan"));
	else if (!json_is_true(json_object_get(report, "changed")))
		printf("%s", _("Nothing has changed.\n"));
}

bool
cmd_person_import(struct call *call)
{
	const struct vs_people_import options = {
		.dry_run = flag(call, "dry-run"),
		.plan = option(call, "plan"),
		.map = option(call, "map"),
		.update = flag(call, "update"),
		.source = option(call, "source"),
		.consent = option(call, "consent"),
	};
	json_t *report = vs_people_import(call->db, call->args[0], &options, &call->err),
	       *problem;
	if (!report)
		return false;
	size_t i;
	if (call->json) {
		print_json(report);
		json_decref(report);
		return true;
	}
	if (options.dry_run) {
		print_columns(call, report);
		printf("\n");
		print_preview(call, report);
		printf("\n");
	}
	json_array_foreach (json_object_get(report, "problems"), i, problem)
		print_problem(problem);
	print_people_total(report);
	print_people_end(call, report);
	json_decref(report);
	return true;
}

/* Two people -------------------------------------------------------------------------------*/

bool
cmd_person_duplicates(struct call *call)
{
	json_t *view = vs_person_duplicates(call->db, &call->err), *pair;
	if (!view)
		return false;
	if (call->json) {
		print_json(view);
		json_decref(view);
		return true;
	}
	const struct column columns[] = { { _("no."), true }, { _("name"), false },
		{ _("no."), true }, { _("name"), false }, { _("likely"), true },
		{ _("why"), false } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_array_foreach (json_object_get(view, "pairs"), i, pair) {
		table_cell(table, number_of(call, pair, "a"));
		table_cell(table, text_of(pair, "a_name"));
		table_cell(table, number_of(call, pair, "b"));
		table_cell(table, text_of(pair, "b_name"));
		table_cell(table,
			vs_arena_printf(call->arena, "%.0f %%",
				100 * json_number_value(json_object_get(pair, "score"))));
		table_cell(table, text_of(pair, "why"));
	}
	table_print(call, table);
	if (i && !call->csv)
		printf("%s",
			_("One person: valstuga person merge KEEP DROP. Two: valstuga person distinct A B.\n"));
	json_decref(view);
	return true;
}

bool
cmd_person_merge(struct call *call)
{
	if (!vs_person_merge(call->db, call->args[0], call->args[1], &call->err))
		return false;
	printf(_("person %s is now also found as %s\n"), call->args[0], call->args[1]);
	return true;
}

bool
cmd_person_distinct(struct call *call)
{
	if (!vs_person_distinct(call->db, call->args[0], call->args[1], &call->err))
		return false;
	printf(_("people %s and %s are two, and that is remembered\n"), call->args[0],
		call->args[1]);
	return true;
}

bool
cmd_person_together(struct call *call)
{
	bool apart = flag(call, "apart");
	if (!vs_person_together(
		    call->db, call->args[0], call->args[1], apart, &call->err))
		return false;
	printf(apart ? _("people %s and %s need not stand together any more\n")
		     : _("people %s and %s are to stand on the same shifts\n"),
		call->args[0], call->args[1]);
	return true;
}

/* Consents ---------------------------------------------------------------------------------*/

bool
cmd_consent_give(struct call *call)
{
	json_object_set_new(call->values, "person", json_string(call->args[0]));
	if (!vs_consent_give(call->db, call->values, &call->err))
		return false;
	printf(_("noted: person %s has agreed\n"), call->args[0]);
	return true;
}

bool
cmd_consent_withdraw(struct call *call)
{
	if (!vs_consent_withdraw(call->db, call->args[0], option(call, "purpose"),
		    option(call, "how"), &call->err))
		return false;
	printf(_("noted: person %s has taken it back, from now on\n"), call->args[0]);
	return true;
}
