/* Everything inconsistent, unlikely or missing in all rooms, worst first. */
#include <valstuga/campaign.h>
#include <valstuga/goal.h>

#include <string.h>

#include <valstuga/media.h>
#include <valstuga/privacy.h>

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

/* Each room tells its own; the order here is the order among equals. */
static json_t *(*const rooms[])(struct vs_db *db, struct vs_error *err) = {
	vs_privacy_problems,
	vs_stock_problems,
	vs_delivery_problems,
	vs_field_problems,
	vs_ballots_problems,
	vs_media_problems,
	vs_goal_problems,
	vs_register_problems,
};

#define ROOMS (sizeof rooms / sizeof *rooms)

json_t *
vs_check_view(struct vs_db *db, struct vs_error *err)
{
	VS_AUTO(snapshot) snapshot = { 0 };
	if (!snapshot_begin(&snapshot, db, err))
		return NULL;
	json_t *found[ROOMS] = { 0 }, *problems = json_array();
	bool ok = true;
	for (size_t i = 0; i < ROOMS && ok; i++)
		ok = (found[i] = rooms[i](db, err)) != NULL;
	for (size_t i = 0; ok && i < sizeof severities / sizeof *severities; i++)
		for (size_t room = 0; room < ROOMS; room++)
			take(problems, found[room], severities[i]);
	for (size_t i = 0; i < ROOMS; i++)
		json_decref(found[i]);
	json_t *view = ok ? json_pack("{s:O}", "problems", problems) : NULL;
	json_decref(problems);
	return view;
}
