/* Flyers: batches with codes that lead people to us. */
#include <valstuga/flyer.h>

#include "tool.h"

bool
cmd_flyer_add(struct call *call)
{
	const char *code;
	if (!vs_flyer_add(call->db, call->values, call->arena, &code, &call->err))
		return false;
	printf(_("flyer %s added\n"), code);
	return true;
}

static void
print_made(struct call *call, const json_t *view)
{
	const struct column columns[] = { { _("code"), false }, { _("for"), false } };
	struct table *table = table_new(columns, 2);
	size_t i;
	json_t *row;
	json_array_foreach (json_object_get(view, "flyers"), i, row) {
		table_cell(table, text_of(row, "code"));
		table_cell(table, text_of(row, "target"));
	}
	table_print(call, table);
}

static void
print_all_made(struct call *call, const json_t *view)
{
	size_t made = json_array_size(json_object_get(view, "flyers"));
	long long left = integer_of(view, "left_out");
	if (made || call->csv)
		print_made(call, view);
	if (call->csv)
		return;
	if (flag(call, "dry-run"))
		printf(P_("%zu flyer would be made\n", "%zu flyers would be made\n",
			       made),
			made);
	else
		printf(P_("%zu flyer made\n", "%zu flyers made\n", made), made);
	if (left)
		printf(P_("%lld is left out, it has one with that text; --again makes "
			  "another\n",
			       "%lld are left out, they have one with that text; --again makes "
			       "another\n",
			       left),
			left);
}

bool
cmd_flyer_add_all(struct call *call)
{
	static const char *const taken[] = { "text", "pieces", "expires-on", "note" };
	static const char *const fields[] = { "text", "pieces", "expires_on", "note" };
	const struct vs_shift_filter filter = { .from = option(call, "from"),
		.until = option(call, "until"),
		.association = option(call, "association"),
		.kommun = option(call, "kommun"),
		.kind = option(call, "kind") };
	json_t *values = json_object();
	for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
		if (option(call, taken[i]))
			json_object_set_new(
				values, fields[i], json_string(option(call, taken[i])));
	json_t *view = vs_flyer_add_all(call->db, call->args[0], values, &filter,
		flag(call, "again"), flag(call, "dry-run"), &call->err);
	json_decref(values);
	if (!view)
		return false;
	if (call->json)
		print_json(view);
	else
		print_all_made(call, view);
	json_decref(view);
	return true;
}

bool
cmd_flyer_off(struct call *call)
{
	for (int i = 0; i < call->arg_count; i++) {
		if (!vs_flyer_off(
			    call->db, call->args[i], option(call, "reason"), &call->err))
			return false;
		printf(_("flyer %s is off\n"), call->args[i]);
	}
	return true;
}

/* By the code as it is typed or scanned. */
bool
cmd_flyer_show(struct call *call)
{
	json_t *record = vs_flyer_get(call->db, call->args[0], &call->err);
	if (!record)
		return false;
	print_record(call, record);
	json_decref(record);
	return true;
}
