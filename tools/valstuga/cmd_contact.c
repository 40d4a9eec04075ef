/* The queue of those who are to be contacted, and what is done about them. */
#include <string.h>

#include <valstuga/person.h>

#include "tool.h"

const struct option contact_queue_options[] = {
	{ "association", N_("ASSOCIATION"), N_("only this association's") },
	{ 0 },
};

const struct option contact_attempt_options[] = {
	{ "channel", N_("CHANNEL"), N_("phone, sms, email, met or post") },
	{ "outcome", N_("OUTCOME"), N_("reached, no_answer, message or wrong_number") },
	{ "at", N_("TIME"), N_("when, YYYY-MM-DD HH:MM; default now") },
	{ "note", N_("TEXT"), N_("note") },
	{ 0 },
};

const struct option contact_next_options[] = {
	{ "on", N_("DATE"), N_("when, YYYY-MM-DD") },
	{ 0 },
};

const struct option contact_close_options[] = {
	{ "note", N_("TEXT"), N_("note") },
	{ 0 },
};

static void
queue_rows(struct call *call, struct table *table, const json_t *group)
{
	size_t i;
	json_t *person;
	json_array_foreach (json_object_get(group, "people"), i, person) {
		const char *name = text_of(group, "name");
		json_t *phone = json_object_get(person, "phone");
		const char *next = text_of(person, "next_step");
		table_cell(table, number_of(call, person, "contact"));
		table_cell(table, *name ? name : "–");
		table_cell(table, text_of(group, "contact"));
		table_cell(table, text_of(person, "name"));
		table_cell(table, vs_phone_text(call->arena, json_string_value(phone)));
		table_cell(table, text_of(person, "kommun"));
		table_cell(table,
			vs_arena_printf(call->arena, "%lld%s", integer_of(person, "days"),
				json_is_true(json_object_get(person, "late")) ? " !"
									      : ""));
		table_cell(table, number_of(call, person, "attempts"));
		table_cell(table, text_of(person, "last"));
		table_cell(table,
			vs_arena_printf(call->arena, "%s%s%s", next,
				*next && *text_of(person, "next_on") ? ", " : "",
				text_of(person, "next_on")));
	}
}

static void
print_queue_total(struct call *call, const json_t *view)
{
	const json_t *total = json_object_get(view, "total");
	printf(_("%lld open, %lld closed; %lld of them within seven days"),
		integer_of(total, "open"), integer_of(total, "closed"),
		integer_of(total, "within_goal"));
	if (integer_of(total, "closed"))
		printf(_(", %s days on average"),
			vs_text_decimal(call->arena,
				json_number_value(json_object_get(total, "mean_days")),
				1));
	printf("\n");
}

bool
cmd_contact_queue(struct call *call)
{
	const struct column columns[] = { { _("no."), true }, { _("association"), false },
		{ _("who does it"), false }, { _("name"), false }, { _("phone"), false },
		{ _("kommun"), false }, { _("days"), true }, { _("attempts"), true },
		{ _("last"), false }, { _("next step"), false } };
	json_t *view = vs_contact_queue(
		       call->db, option(call, "association"), &call->err),
	       *group;
	if (!view)
		return false;
	if (call->json) {
		print_json(view);
		json_decref(view);
		return true;
	}
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_array_foreach (json_object_get(view, "associations"), i, group)
		queue_rows(call, table, group);
	table_print(call, table);
	if (!call->csv)
		print_queue_total(call, view);
	json_decref(view);
	return true;
}

bool
cmd_contact_show(struct call *call)
{
	json_t *view = vs_contact_view(call->db, call->args[0], &call->err), *each;
	if (!view)
		return false;
	print_record(call, view);
	size_t i;
	if (!call->json)
		json_array_foreach (json_object_get(view, "tries"), i, each)
			printf("- %s, %s: %s, %s%s%s\n", text_of(each, "at"),
				text_of(each, "actor"), text_of(each, "channel_name"),
				text_of(each, "outcome_name"),
				*text_of(each, "note") ? "; " : "",
				text_of(each, "note"));
	json_decref(view);
	return true;
}

bool
cmd_contact_open(struct call *call)
{
	json_object_set_new(call->values, "person", json_string(call->args[0]));
	if (!vs_contact_open(call->db, call->values, &call->err))
		return false;
	printf(_("person %s is in the contact queue\n"), call->args[0]);
	return true;
}

bool
cmd_contact_attempt(struct call *call)
{
	if (!vs_contact_attempt(call->db, call->args[0], call->options, &call->err))
		return false;
	printf(_("contact %s: the attempt is noted\n"), call->args[0]);
	return true;
}

bool
cmd_contact_next(struct call *call)
{
	if (!vs_contact_next(call->db, call->args[0], call->args[1], option(call, "on"),
		    &call->err))
		return false;
	printf(_("contact %s: the next step is noted\n"), call->args[0]);
	return true;
}

bool
cmd_contact_close(struct call *call)
{
	if (!vs_contact_close(call->db, call->args[0], call->args[1],
		    option(call, "note"), &call->err))
		return false;
	printf(_("contact %s is closed\n"), call->args[0]);
	return true;
}
