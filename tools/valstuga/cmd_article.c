/* Articles: written, signed, sent to one outlet at a time, spread to sister associations. */
#include <string.h>

#include <valstuga/media.h>

#include "tool.h"

const struct option article_person_options[] = {
	{ "reason", N_("TEXT"), N_("why; kept with the time and your name") },
	{ 0 },
};

const struct option article_send_options[] = {
	{ "date", N_("DATE"), N_("the day it is hoped for; default in a week") },
	{ "anyway", N_("REASON"), N_("why another outlet gets it while one has it") },
	{ 0 },
};

static const char *
field_text(struct call *call, const json_t *record, const char *name)
{
	return vs_record_text(call->arena, vs_record_field(&vs_article_type, name),
		json_object_get(record, name));
}

static bool
tell(struct call *call, const char *article)
{
	json_t *view = vs_article_view(call->db, article, &call->err);
	if (!view)
		return false;
	const char *who = text_of(view, "person_name");
	if (call->json)
		print_json(view);
	else
		printf(_("article %lld, %s: %s%s%s\n"), integer_of(view, "id"),
			text_of(view, "title"), field_text(call, view, "state"),
			*who ? ", " : "", who);
	json_decref(view);
	return true;
}

static bool
move(struct call *call, const char *state, const char *person)
{
	return vs_article_move(call->db, call->args[0], state, person,
		       option(call, "reason"), &call->err) &&
		tell(call, call->args[0]);
}

bool
cmd_article_idea(struct call *call)
{
	return move(call, "idea", NULL);
}

bool
cmd_article_draft(struct call *call)
{
	return move(call, "draft", NULL);
}

bool
cmd_article_spokesperson(struct call *call)
{
	return move(call, "spokesperson", call->arg_count > 1 ? call->args[1] : NULL);
}

bool
cmd_article_drop(struct call *call)
{
	return move(call, "dropped", NULL);
}

/* Sending ---------------------------------------------------------------------------------- */

/* What the outlet asks of a text: until when, how long, to whom. */
static void
print_rules(struct call *call, const json_t *outlet)
{
	const char *deadline = text_of(outlet, "deadline");
	const char *name = text_of(outlet, "contact_name");
	const char *email = text_of(outlet, "contact_email");
	if (*deadline)
		printf(_("  deadline: %s\n"), deadline);
	if (integer_of(outlet, "max_characters"))
		printf(_("  at most %s characters\n"),
			number_of(call, outlet, "max_characters"));
	if (*name || *email)
		printf(_("  to: %s%s%s\n"), name, *name && *email ? ", " : "", email);
}

static bool
print_sent(struct call *call, const char *appearance, const char *warning)
{
	json_t *media = vs_appearance_view(call->db, appearance, &call->err);
	json_t *outlet = media ? vs_record_get(call->db, &vs_outlet_type,
					 vs_arena_printf(call->arena, "%lld",
						 integer_of(media, "outlet")),
					 &call->err)
			       : NULL;
	if (outlet && call->json) {
		json_object_set_new(media, "warning", json_string(warning));
		print_json(media);
	} else if (outlet) {
		printf(_("article %lld is sent to %s (media %s), hoped for on %s\n"),
			integer_of(media, "article"), text_of(outlet, "name"), appearance,
			text_of(media, "date"));
		print_rules(call, outlet);
		if (*warning)
			printf(_("  ! %s\n"), warning);
	}
	bool ok = outlet != NULL;
	json_decref(media);
	json_decref(outlet);
	return ok;
}

bool
cmd_article_send(struct call *call)
{
	const char *appearance, *warning;
	return vs_article_send(call->db, call->args[0], call->args[1],
		       option(call, "date"), option(call, "anyway"), call->arena,
		       &appearance, &warning, &call->err) &&
		print_sent(call, appearance, warning);
}

static void
print_spread(const json_t *rows, const char *how)
{
	size_t i;
	json_t *row;
	json_array_foreach (rows, i, row)
		printf("%s: %s %lld\n", text_of(row, "name"), how,
			integer_of(row, "article"));
}

bool
cmd_article_spread(struct call *call)
{
	json_t *view = vs_article_spread(call->db, call->args[0], call->args + 1,
		(size_t)call->arg_count - 1, &call->err);
	if (!view)
		return false;
	if (call->json)
		print_json(view);
	else {
		print_spread(json_object_get(view, "made"), _("a draft of their own,"));
		print_spread(json_object_get(view, "had"), _("has it already,"));
	}
	json_decref(view);
	return true;
}

/* Views ------------------------------------------------------------------------------------ */

static void
pipeline_row(struct call *call, struct table *table, const json_t *state,
	const json_t *article)
{
	table_cell(table, text_of(state, "state_name"));
	table_cell(
		table, vs_arena_printf(call->arena, "%lld", integer_of(article, "id")));
	table_cell(table, text_of(article, "title"));
	table_cell(table, field_text(call, article, "kind"));
	table_cell(table, text_of(article, "association_name"));
	table_cell(table, text_of(article, "person_name"));
	table_cell(table, text_of(article, "responsible"));
	table_cell(table, text_of(article, "due_on"));
	table_cell(table, text_of(article, "outlet_name"));
	table_cell(table,
		vs_arena_printf(call->arena, "%lld%s", integer_of(article, "days"),
			json_is_true(json_object_get(article, "late")) ? " !" : ""));
}

bool
cmd_article_pipeline(struct call *call)
{
	const struct column columns[] = { { _("state"), false }, { _("no."), true },
		{ _("title"), false }, { _("sort"), false }, { _("association"), false },
		{ _("signed by"), false }, { _("responsible"), false },
		{ _("due on"), false }, { _("outlet"), false }, { _("days"), true } };
	json_t *view = vs_article_pipeline(call->db, &call->err), *state, *article;
	if (!view)
		return false;
	if (call->json) {
		print_json(view);
		json_decref(view);
		return true;
	}
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i, j;
	json_array_foreach (json_object_get(view, "states"), i, state)
		json_array_foreach (json_object_get(state, "articles"), j, article)
			pipeline_row(call, table, state, article);
	table_print(call, table);
	json_decref(view);
	return true;
}

static void
print_life(const json_t *view)
{
	size_t i;
	json_t *each;
	json_array_foreach (json_object_get(view, "events"), i, each) {
		const char *reason = text_of(each, "reason");
		printf("- %s, %s: %s%s%s\n", text_of(each, "at"), text_of(each, "actor"),
			text_of(each, "state_name"), *reason ? "; " : "", reason);
	}
}

static void
print_family(struct call *call, const json_t *view)
{
	size_t i;
	json_t *each;
	json_array_foreach (json_object_get(view, "sent"), i, each)
		printf(_("media %lld: %s, %s, %s\n"), integer_of(each, "id"),
			text_of(each, "outlet_name"), text_of(each, "date"),
			vs_record_text(call->arena,
				vs_record_field(&vs_appearance_type, "state"),
				json_object_get(each, "state")));
	json_array_foreach (json_object_get(view, "variants"), i, each)
		printf(_("variant %lld: %s, %s\n"), integer_of(each, "id"),
			text_of(each, "association_name"),
			field_text(call, each, "state"));
}

bool
cmd_article_show(struct call *call)
{
	json_t *view = vs_article_view(call->db, call->args[0], &call->err);
	if (!view)
		return false;
	print_record(call, view);
	if (!call->json) {
		print_life(view);
		print_family(call, view);
	}
	json_decref(view);
	return true;
}
