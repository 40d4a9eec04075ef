/* Records to a file, by the file's ending. */
#include <stdlib.h>
#include <string.h>

#include "tool.h"

static bool
write_json(struct call *call, const char *path, const json_t *records)
{
	char *text = json_dumps(records, JSON_INDENT(2));
	bool ok = write_output(call, path, text, strlen(text));
	free(text);
	return ok;
}

static bool
write_csv(struct call *call, const char *path, const json_t *records)
{
	struct vs_buffer out = { 0 };
	vs_record_write_csv(call->type, records, &out);
	bool ok = write_output(call, path, out.data, out.length);
	vs_buffer_done(&out);
	return ok;
}

static json_t *
filters(struct call *call)
{
	static const char *const names[] = { "kind", "kommun", "party" };
	json_t *wanted = json_object();
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (option(call, names[i]))
			json_object_set(wanted, names[i],
				json_object_get(call->options, names[i]));
	if (call->type->usual && !flag(call, "all") && !option(call, "party"))
		json_object_set_new(wanted, call->type->usual, json_true());
	return wanted;
}

bool
cmd_export(struct call *call)
{
	const char *path = option(call, "output");
	call->type = vs_record_type_of(call->args[0]);
	if (!call->type)
		return vs_fail(&call->err, VS_USAGE,
			_("there is no noun \"%s\"; 'valstuga help' lists them"),
			call->args[0]);
	bool as_json = call->json || (path && ends_with(path, ".json"));
	if (path && !as_json && !ends_with(path, ".csv"))
		return vs_fail(&call->err, VS_USAGE,
			_("%s: the file's ending says the form; use .csv or .json"),
			path);
	json_t *wanted = filters(call);
	json_t *records = vs_record_list(call->db, call->type, wanted, &call->err);
	json_decref(wanted);
	if (!records)
		return false;
	bool ok = as_json ? write_json(call, path, records)
			  : write_csv(call, path, records);
	if (ok && path)
		printf(P_("%zu record in %s\n", "%zu records in %s\n",
			       (int64_t)json_array_size(records)),
			json_array_size(records), path);
	json_decref(records);
	return ok;
}
