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

json_t *
vs_check_view(struct vs_db *db, struct vs_error *err)
{
	VS_AUTO(snapshot) snapshot = { 0 };
	if (!snapshot_begin(&snapshot, db, err))
		return NULL;
	json_t *places = vs_register_problems(db, err);
	json_t *ballots = places ? vs_ballots_problems(db, err) : NULL;
	json_t *view = NULL;
	if (ballots) {
		json_t *problems = json_array();
		for (size_t i = 0; i < sizeof severities / sizeof *severities; i++) {
			take(problems, ballots, severities[i]);
			take(problems, places, severities[i]);
		}
		view = json_pack("{s:o}", "problems", problems);
	}
	json_decref(places);
	json_decref(ballots);
	return view;
}
