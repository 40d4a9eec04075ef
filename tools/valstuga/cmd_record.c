/* What every record type can: list, show, add, set, remove. */
#include <stdlib.h>
#include <string.h>

#include "tool.h"

/* Lists and files leave out who wants to be left alone, unless all are asked for. */
void
leave_out_hidden(struct call *call, json_t *wanted)
{
	const char *hides = call->type->hides;
	if (hides && !flag(call, "all") && !json_object_get(wanted, hides))
		json_object_set_new(wanted, hides, json_false());
}

bool
cmd_record_list(struct call *call)
{
	const char *usual = call->type->usual;
	if (usual && !flag(call, "all") && !json_object_get(call->values, usual))
		json_object_set_new(call->values, usual, json_true());
	/* Asking for a party, an election, a list or a state asks beyond the usual. */
	static const char *const wider[] = { "party", "election_day", "list", "state" };
	if (usual && strcmp(usual, "live") == 0 &&
		json_object_get(call->values, "status"))
		json_object_del(call->values, usual);
	for (size_t i = 0; usual && i < sizeof wider / sizeof *wider; i++)
		if (json_object_get(call->values, wider[i]))
			json_object_del(call->values, usual);
	leave_out_hidden(call, call->values);
	json_t *records = vs_record_list(call->db, call->type, call->values, &call->err);
	if (!records)
		return false;
	print_records(call, records);
	json_decref(records);
	return true;
}

bool
cmd_record_show(struct call *call)
{
	json_t *record = vs_record_get(call->db, call->type, call->args[0], &call->err);
	if (!record)
		return false;
	print_record(call, record);
	json_decref(record);
	return true;
}

bool
cmd_record_add(struct call *call)
{
	const char *key;
	if (!vs_record_add(
		    call->db, call->type, call->values, call->arena, &key, &call->err))
		return false;
	printf(_("%s %s added\n"), _(call->type->noun), key);
	return true;
}

static bool
need_values(struct call *call)
{
	return json_object_size(call->values) > 0 ||
		vs_fail(&call->err, VS_USAGE,
			_("nothing to change; 'valstuga %s set --help' lists "
			  "the fields"),
			call->type->noun);
}

bool
cmd_record_set(struct call *call)
{
	if (!need_values(call) ||
		!vs_record_set(
			call->db, call->type, call->args[0], call->values, &call->err))
		return false;
	printf(_("%s %s changed\n"), _(call->type->noun), call->args[0]);
	return true;
}

bool
cmd_record_remove(struct call *call)
{
	if (!vs_record_remove(call->db, call->type, call->args[0], &call->err))
		return false;
	printf(_("%s %s removed\n"), _(call->type->noun), call->args[0]);
	return true;
}

bool
cmd_campaign_show(struct call *call)
{
	json_t *record = vs_record_get(call->db, call->type, "1", &call->err);
	if (!record)
		return false;
	print_record(call, record);
	json_decref(record);
	return true;
}

bool
cmd_campaign_set(struct call *call)
{
	if (!need_values(call) ||
		!vs_record_set(call->db, call->type, "1", call->values, &call->err))
		return false;
	printf(_("the campaign is changed\n"));
	return true;
}

bool
cmd_history(struct call *call)
{
	const char *limit = option(call, "limit");
	json_t *records = vs_record_list(call->db, &vs_history_type, NULL, &call->err);
	if (!records)
		return false;
	char *end = NULL;
	unsigned long most = limit ? strtoul(limit, &end, 10) : 0;
	bool ok = !limit || (*limit >= '0' && *limit <= '9' && !*end) ||
		vs_fail(&call->err, VS_USAGE, _("--limit: \"%s\" is not a number"),
			limit);
	while (ok && most && json_array_size(records) > most)
		json_array_remove(records, json_array_size(records) - 1);
	call->type = &vs_history_type;
	if (ok)
		print_records(call, records);
	json_decref(records);
	return ok;
}
