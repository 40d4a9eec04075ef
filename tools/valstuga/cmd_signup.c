/* Sign-ups: what came in, who it may be, yes or no. */
#include <valstuga/flyer.h>
#include <valstuga/text.h>

#include "tool.h"

bool
cmd_signup_add(struct call *call)
{
	const char *key;
	bool is_new;
	if (flag(call, "no-consent"))
		json_object_set_new(call->values, "consent", json_false());
	if (!vs_signup_add(
		    call->db, call->values, call->arena, &key, &is_new, &call->err))
		return false;
	if (is_new)
		printf(_("sign-up %s is in the inbox\n"), key);
	else
		printf(_("the same came in before as sign-up %s; nothing changed\n"),
			key);
	return true;
}

static const char *
joined(struct call *call, const json_t *rows, const char *name)
{
	const char *all = "";
	size_t i;
	json_t *row;
	json_array_foreach (rows, i, row)
		all = vs_arena_printf(
			call->arena, "%s%s%s", all, i ? "; " : "", text_of(row, name));
	return all;
}

/* "17 Kim Ek (same phone)". */
static const char *
duplicates_text(struct call *call, const json_t *entry)
{
	const char *all = "";
	size_t i;
	json_t *one;
	json_array_foreach (json_object_get(entry, "duplicates"), i, one)
		all = vs_arena_printf(call->arena, "%s%s%lld %s (%s)", all, i ? "; " : "",
			integer_of(one, "person"), text_of(one, "name"),
			text_of(one, "why"));
	return all;
}

static void
print_inbox(struct call *call, const json_t *view)
{
	const struct column columns[] = { { _("no."), true }, { _("days"), true },
		{ _("how"), false }, { _("name"), false }, { _("phone"), false },
		{ _("e-mail"), false }, { _("for"), false }, { _("may be"), false },
		{ _("hindered by"), false } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *entry;
	json_array_foreach (json_object_get(view, "entries"), i, entry) {
		const char *shift = text_of(entry, "shift_text");
		table_cell(table, number_of(call, entry, "signup"));
		table_cell(table, number_of(call, entry, "days"));
		table_cell(table, text_of(entry, "source_name"));
		table_cell(table, text_of(entry, "name"));
		table_cell(table, vs_phone_text(call->arena, text_of(entry, "phone")));
		table_cell(table, text_of(entry, "email"));
		table_cell(table, *shift ? shift : text_of(entry, "target"));
		table_cell(table, duplicates_text(call, entry));
		table_cell(table,
			joined(call, json_object_get(entry, "hindrances"), "text"));
	}
	table_print(call, table);
}

bool
cmd_signup_inbox(struct call *call)
{
	json_t *view = vs_signup_inbox(call->db, &call->err);
	if (!view)
		return false;
	if (call->json)
		print_json(view);
	else
		print_inbox(call, view);
	json_decref(view);
	return true;
}

static void
print_accepted(struct call *call, const json_t *view)
{
	const char *caller = text_of(view, "association_name");
	const json_t *differs = json_object_get(view, "differs");
	const char *fields = "";
	size_t i;
	json_t *field;
	printf(json_is_true(json_object_get(view, "new")) ? _("person %lld added: %s\n")
							  : _("person %lld: %s\n"),
		integer_of(view, "person"), text_of(view, "name"));
	json_array_foreach (differs, i, field)
		fields = vs_arena_printf(call->arena, "%s%s%s", fields, i ? ", " : "",
			json_string_value(field));
	if (*fields)
		printf(_("! has otherwise and keeps: %s\n"), fields);
	if (json_is_integer(json_object_get(view, "contact")))
		printf(*caller ? _("contact %lld to make, by %s\n")
			       : _("contact %lld to make, nobody's association yet\n"),
			integer_of(view, "contact"), caller);
	if (*text_of(view, "booking"))
		printf(_("booking %s, %s: %s\n"), text_of(view, "booking"),
			text_of(view, "booking_state"), text_of(view, "shift_text"));
}

bool
cmd_signup_accept(struct call *call)
{
	const struct vs_signup_answer answer = { .person = option(call, "person"),
		.somebody_new = flag(call, "new"),
		.shift = flag(call, "without-shift") ? "" : option(call, "shift"),
		.role = option(call, "role"),
		.override = option(call, "override"),
		.wait = flag(call, "wait") };
	json_t *view = vs_signup_accept(call->db, call->args[0], &answer, &call->err);
	if (!view)
		return false;
	if (call->json)
		print_json(view);
	else
		print_accepted(call, view);
	json_decref(view);
	return true;
}

bool
cmd_signup_reject(struct call *call)
{
	for (int i = 0; i < call->arg_count; i++) {
		if (!vs_signup_reject(
			    call->db, call->args[i], option(call, "reason"), &call->err))
			return false;
		printf(_("sign-up %s is rejected and forgotten\n"), call->args[i]);
	}
	return true;
}
