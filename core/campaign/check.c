/* Everything inconsistent, unlikely or missing in all rooms, worst first. */
#include <valstuga/campaign.h>

#include <string.h>

#include "store/store.h"

static const char *const severities[] = { "error", "warning", "notice" };

static void
take(json_t *to, const json_t *from, const char *severity)
{
	size_t i;
	json_t *problem;
	json_array_foreach (from, i, problem)
		if (strcmp(json_string_value(json_object_get(problem, "severity")),
			    severity) == 0)
			json_array_append(to, problem);
}

static json_t *(*const finders[])(struct vs_db *db, struct vs_error *err) = {
	vs_ballots_problems,
	vs_register_problems,
};
#define FINDERS (sizeof finders / sizeof *finders)

json_t *
vs_check_view(struct vs_db *db, struct vs_error *err)
{
	VS_AUTO(snapshot) snapshot = { 0 };
	json_t *found[FINDERS] = { 0 }, *problems = json_array();
	bool ok = snapshot_begin(&snapshot, db, err);
	for (size_t i = 0; ok && i < FINDERS; i++)
		ok = (found[i] = finders[i](db, err)) != NULL;
	for (size_t i = 0; ok && i < sizeof severities / sizeof *severities; i++)
		for (size_t k = 0; k < FINDERS; k++)
			take(problems, found[k], severities[i]);
	for (size_t i = 0; i < FINDERS; i++)
		json_decref(found[i]);
	if (ok)
		return json_pack("{s:o}", "problems", problems);
	json_decref(problems);
	return NULL;
}
