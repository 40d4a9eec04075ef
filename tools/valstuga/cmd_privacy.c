/* Data protection: what is known about a person, right, restricted, erased; retention. */
#include <stdlib.h>
#include <string.h>

#include <valstuga/privacy.h>
#include <valstuga/text.h>

#include "tool.h"

/* The extract -------------------------------------------------------------------------------*/

static void
print_section(const json_t *section)
{
	json_t *labels = json_object_get(section, "labels"), *row, *value;
	const char *column;
	size_t i;
	printf("\n%s\n", text_of(section, "title"));
	json_array_foreach (json_object_get(section, "rows"), i, row) {
		if (i)
			printf("\n");
		json_object_foreach (row, column, value) {
			printf("  %s: ", text_of(labels, column));
			if (json_is_string(value))
				printf("%s\n", json_string_value(value));
			else if (json_is_real(value))
				printf("%g\n", json_real_value(value));
			else
				printf("%lld\n", (long long)json_integer_value(value));
		}
	}
}

static void
print_extract(const json_t *extract)
{
	json_t *section;
	size_t i;
	printf("%s (%lld), %s\n", text_of(extract, "name"), integer_of(extract, "person"),
		text_of(extract, "made_at"));
	json_array_foreach (json_object_get(extract, "sections"), i, section)
		print_section(section);
	printf("\n%s\n", text_of(extract, "legal"));
}

static bool
write_json(struct call *call, const char *path, const json_t *extract)
{
	char *text = json_dumps(extract, JSON_INDENT(1));
	size_t length = strlen(text);
	text[length] = '\n'; /* in the place of the NUL */
	bool ok = write_output(call, path, text, length + 1);
	free(text);
	return ok;
}

static void
remind(const char *path)
{
	printf(_("%s: read it through before you hand it over; notes may speak of others, "
		 "too\n"),
		path);
}

static bool
extract_to_paper(struct call *call, const char *path)
{
	json_t *view = vs_extract_sheet_view(call->db, call->args[0], &call->err);
	if (!view)
		return false;
	bool ok = render_sheet(call, "extract", view, path);
	json_decref(view);
	return ok;
}

static bool
extract_to_json(struct call *call, const char *path)
{
	json_t *extract = vs_person_extract(call->db, call->args[0], &call->err);
	if (!extract)
		return false;
	bool ok = true;
	if (path)
		ok = write_json(call, path, extract);
	else if (call->json)
		print_json(extract);
	else
		print_extract(extract);
	json_decref(extract);
	return ok;
}

bool
cmd_person_extract(struct call *call)
{
	const char *path = option(call, "output");
	if (path && !ends_with(path, ".pdf") && !ends_with(path, ".json"))
		return vs_fail(&call->err, VS_USAGE,
			_("%s: an extract is a PDF or JSON; give the file a name that ends in .pdf "
			  "or .json"),
			path);
	if (path && ends_with(path, ".pdf")) {
		if (!extract_to_paper(call, path))
			return false;
	} else if (!extract_to_json(call, path))
		return false;
	if (path)
		remind(path);
	return true;
}

/* Right, restricted -------------------------------------------------------------------------*/

bool
cmd_person_correct(struct call *call)
{
	const char *source = option(call, "source");
	if (!vs_person_correct(call->db, call->args[0], call->values,
		    source ? source : "", &call->err))
		return false;
	printf(_("person %s corrected\n"), call->args[0]);
	return true;
}

bool
cmd_person_restrict(struct call *call)
{
	bool off = flag(call, "off");
	if (!vs_person_restrict(
		    call->db, call->args[0], !off, option(call, "reason"), &call->err))
		return false;
	printf(off ? _("person %s is not restricted any more\n")
		   : _("person %s is restricted: in no list, nothing changes\n"),
		call->args[0]);
	return true;
}

/* Erasing -----------------------------------------------------------------------------------*/

static void
print_left(const json_t *answer)
{
	json_t *left = json_object_get(answer, "left"), *one;
	size_t i, count = json_array_size(left);
	if (!count)
		return;
	printf(P_("%zu text is left, which may be about somebody else or a place; look at it:\n",
		       "%zu texts are left, which may be about somebody else or a place; look at "
		       "them:\n",
		       (int64_t)count),
		count);
	json_array_foreach (left, i, one)
		printf("  %s %s: %s\n", text_of(one, "table"), text_of(one, "id"),
			text_of(one, "field"));
}

static void
print_copies(const json_t *answer, bool dry_run)
{
	json_t *copy;
	size_t i;
	json_array_foreach (json_object_get(answer, "copies"), i, copy)
		printf(dry_run ? _("%s would be removed: it holds what is erased\n")
			       : _("%s is removed: it held what is erased\n"),
			json_string_value(copy));
}

/* What was erased is erased, but without the rewriting the work is not done. */
static bool
finish(struct call *call, const json_t *answer)
{
	const char *problem = text_of(answer, "problem");
	if (!*problem)
		return true;
	return vs_fail(&call->err, VS_IO,
		_("erased, but the file could not be rewritten (%s); run 'valstuga retention "
		  "--rewrite'"),
		problem);
}

bool
cmd_person_erase(struct call *call)
{
	bool dry_run = flag(call, "dry-run");
	json_t *answer = vs_person_erase(call->db, call->args[0], dry_run, &call->err);
	if (!answer)
		return false;
	if (call->json)
		print_json(answer);
	else {
		printf(dry_run ? _("person %lld would be erased (rows: %s, texts: %s)\n")
			       : _("person %lld is erased (rows: %s, texts: %s)\n"),
			integer_of(answer, "person"), number_of(call, answer, "rows"),
			number_of(call, answer, "texts"));
		print_left(answer);
		print_copies(answer, dry_run);
		printf("%s\n", text_of(answer, "backups"));
	}
	bool ok = finish(call, answer);
	json_decref(answer);
	return ok;
}

/* Retention ---------------------------------------------------------------------------------*/

static void
print_people(const struct call *call, const json_t *people, const char *why)
{
	const struct column columns[] = {
		{ _("no."), true },
		{ _("name"), false },
		{ _("keep until"), false },
		{ why, false },
	};
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	json_t *person;
	size_t i;
	json_array_foreach (people, i, person) {
		table_cell(table,
			vs_arena_printf(
				call->arena, "%lld", integer_of(person, "person")));
		table_cell(table, text_of(person, "name"));
		table_cell(table, text_of(person, "keep_until"));
		table_cell(table, text_of(person, "reason"));
	}
	table_print(call, table);
}

static void
print_kept(const struct call *call, const json_t *answer)
{
	json_t *kept = json_object_get(answer, "kept");
	if (!json_array_size(kept))
		return;
	printf(_("\nkept, although their day has passed:\n"));
	print_people(call, kept, _("why"));
}

static void
print_entries(const json_t *answer)
{
	long long entries = integer_of(answer, "signups");
	if (entries)
		printf(P_("%lld sign-up that nobody took up\n",
			       "%lld sign-ups that nobody took up\n", entries),
			entries);
}

static void
print_dry(struct call *call, const json_t *answer)
{
	long long people = integer_of(answer, "people");
	if (people)
		print_people(call, json_object_get(answer, "due"), _("as"));
	print_kept(call, answer);
	printf(P_("%lld person is due on %s (rows: %s, texts: %s)\n",
		       "%lld people are due on %s (rows: %s, texts: %s)\n", people),
		people, text_of(answer, "on"), number_of(call, answer, "rows"),
		number_of(call, answer, "texts"));
	print_entries(answer);
	print_left(answer);
	print_copies(answer, true);
	if (people || integer_of(answer, "signups"))
		printf(_(
			"nothing is changed yet. Erasing cannot be undone: make sure that whoever "
			"wants to stay has a later --keep-until, then run 'valstuga retention "
			"--yes'\n"));
}

static void
print_run(struct call *call, const json_t *answer)
{
	long long people = integer_of(answer, "people");
	if (people)
		printf(P_("certificate %lld: %lld person erased (rows: %s, texts: %s)\n",
			       "certificate %lld: %lld people erased (rows: %s, texts: %s)\n",
			       people),
			integer_of(answer, "number"), people,
			number_of(call, answer, "rows"),
			number_of(call, answer, "texts"));
	else
		printf(_("nobody is due\n"));
	print_entries(answer);
	print_kept(call, answer);
	print_left(answer);
	print_copies(answer, false);
	if (people)
		printf("%s\n", text_of(answer, "backups"));
}

static bool
print_certificate(struct call *call, const json_t *certificate, const char *path)
{
	json_t *view = vs_certificate_sheet_view(call->db, certificate, &call->err);
	if (!view)
		return false;
	bool ok = render_sheet(call, "certificate", view, path);
	json_decref(view);
	return ok;
}

/* The stored certificate of that number. New reference. */
static json_t *
stored_certificate(struct call *call, const char *number)
{
	int64_t wanted;
	if (!vs_text_to_integer(number, &wanted)) {
		vs_fail(&call->err, VS_USAGE, _("--certificate: \"%s\" is not a number"),
			number);
		return NULL;
	}
	json_t *runs = vs_retention_runs(call->db, &call->err), *run, *found = NULL;
	size_t i;
	json_array_foreach (runs, i, run)
		if (integer_of(run, "number") == wanted)
			found = json_incref(run);
	if (runs && !found)
		vs_fail(&call->err, VS_NOT_FOUND,
			_("there is no certificate %s; 'valstuga retention --past' lists them"),
			number);
	json_decref(runs);
	return found;
}

static bool
show_certificate(struct call *call, const char *number)
{
	const char *path = option(call, "output");
	json_t *certificate = stored_certificate(call, number);
	if (!certificate)
		return false;
	bool ok = true;
	if (path)
		ok = print_certificate(call, certificate, path);
	else
		print_json(certificate);
	json_decref(certificate);
	return ok;
}

static bool
list_past(struct call *call)
{
	json_t *runs = vs_retention_runs(call->db, &call->err), *run;
	size_t i;
	if (!runs)
		return false;
	if (call->json)
		print_json(runs);
	else
		json_array_foreach (runs, i, run)
			printf(P_("%lld  %s  %s: %lld person erased\n",
				       "%lld  %s  %s: %lld people erased\n",
				       integer_of(run, "people")),
				integer_of(run, "number"), text_of(run, "at"),
				text_of(run, "actor"), integer_of(run, "people"));
	json_decref(runs);
	return true;
}

static bool
rewrite(struct call *call)
{
	if (!vs_rewrite(call->db, &call->err))
		return false;
	printf(_("%s is rewritten\n"), vs_db_path(call->db));
	return true;
}

static bool
retain(struct call *call)
{
	bool dry_run = !flag(call, "yes") || flag(call, "dry-run");
	const char *path = option(call, "output");
	if (path && dry_run)
		return vs_fail(&call->err, VS_USAGE,
			_("there is no certificate before --yes; leave --output out"));
	json_t *answer = vs_retention(call->db, option(call, "on"), dry_run, &call->err);
	if (!answer)
		return false;
	if (call->json)
		print_json(answer);
	else if (dry_run)
		print_dry(call, answer);
	else
		print_run(call, answer);
	bool ok = (!path || !integer_of(answer, "people") ||
			  print_certificate(call, answer, path)) &&
		finish(call, answer);
	json_decref(answer);
	return ok;
}

bool
cmd_retention(struct call *call)
{
	const char *certificate = option(call, "certificate");
	if (certificate)
		return show_certificate(call, certificate);
	if (flag(call, "past"))
		return list_past(call);
	return flag(call, "rewrite") ? rewrite(call) : retain(call);
}
