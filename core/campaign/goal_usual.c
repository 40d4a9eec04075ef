/* The goals of an election year's plan, as a district set them; each with its usual measure. */
#include "campaign/goal.h"

#include <string.h>

#include <valstuga/evaluation.h>

#include "ballots/ballots.h"
#include "base/i18n.h"

/* The target is a text; NULL: all kommuner, all steps. */
static const struct usual {
	const char *name, *measure, *target, *per, *curve;
	bool year_end; /* else the measure's usual day */
} usuals[] = {
	{ N_("Seen in the media once a week"), "media", "1", "week_average", NULL,
		false },
	{ N_("Top candidates known, each in their policy area"), "spokespersons_seen",
		"100", NULL, NULL, false },
	{ N_("1 000 likes on Facebook"), "likes", "1000", NULL, NULL, true },
	{ N_("500 followers on Instagram"), "followers", "500", NULL, NULL, true },
	{ N_("200 new members"), "new_members", "200", NULL, NULL, true },
	{ N_("150 active in the campaign"), "active_people", "150", NULL, NULL, false },
	{ N_("Lists to every kommunfullmäktige"), "lists_decided", NULL, NULL, NULL,
		false },
	{ N_("A meeting with all top names"), "top_names_met", "100", NULL, NULL, false },
	{ N_("Every association got the support it needed"), "support_answers", "100",
		NULL, NULL, false },
	{ N_("Even chances for the associations"), "evenness", "80", NULL, NULL, false },
	{ N_("Follow-up, evaluation and analysis"), "evaluation_steps", NULL, NULL, NULL,
		false },
};

/* As many as there are. */
static bool
whole_of(struct vs_db *db, const char *measure, size_t *ret_count, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	if (strcmp(measure, "lists_decided") == 0) {
		struct ballots_since *all;
		return ballots_lists_decided(db, scratch.arena, 0, &all, ret_count, err);
	}
	json_t *steps = vs_evaluation_steps(db, err);
	*ret_count = json_array_size(steps);
	json_decref(steps);
	return steps != NULL;
}

static bool
is_there(struct vs_db *db, const char *name, bool *ret_there, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, SQL("SELECT 1 FROM goal WHERE name = ?"), err))
		return false;
	stmt_bind(&q, name);
	*ret_there = stmt_row(&q, err);
	return err->code == VS_OK;
}

static json_t *
values_of(struct vs_arena *arena, const struct usual *usual, size_t whole,
	const char *year_end, const char *source)
{
	json_t *values = json_pack("{s:s, s:s, s:s}", "name", _(usual->name), "measure",
		usual->measure, "source", source);
	record_put(values, "target",
		usual->target ? usual->target : vs_arena_printf(arena, "%zu", whole));
	if (usual->per)
		record_put(values, "per", usual->per);
	if (usual->curve)
		record_put(values, "curve", usual->curve);
	if (usual->year_end)
		record_put(values, "until", year_end);
	return values;
}

/* An EU election has no kommunfullmäktige to have lists for: such a goal is left out. */
static bool
add_usual(struct vs_db *db, const struct usual *usual, const char *year_end,
	const char *source, json_t *made, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	bool there;
	size_t whole = 1;
	if (!is_there(db, _(usual->name), &there, err) ||
		(!usual->target && !whole_of(db, usual->measure, &whole, err)))
		return false;
	if (there || whole == 0)
		return true;
	json_t *values = values_of(scratch.arena, usual, whole, year_end, source);
	json_t *record = record_prepare(db, &vs_goal_type, NULL, values, err);
	bool ok = record && record_write(db, &vs_goal_type, NULL, record, err);
	if (ok)
		json_array_append_new(made,
			json_pack("{s:I, s:s}", "id", (json_int_t)db_last_id(db), "name",
				record_string(record, "name")));
	json_decref(values);
	json_decref(record);
	return ok;
}

json_t *
vs_goal_usual(struct vs_db *db, const char *source, struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_campaign campaign;
	if (!source || !*source) {
		vs_fail(err, VS_INVALID,
			_("goals: say with --source which plan they are of, which meeting decided it"));
		return NULL;
	}
	if (!change_begin(&change, db, "goal usual", err) ||
		!vs_campaign_get(db, scratch.arena, &campaign, err))
		return NULL;
	const char *year_end =
		vs_arena_printf(scratch.arena, "%04d-12-31", campaign.election_date.year);
	json_t *made = json_array();
	bool ok = true;
	for (size_t i = 0; ok && i < sizeof usuals / sizeof *usuals; i++)
		ok = add_usual(db, &usuals[i], year_end, source, made, err);
	change_say(&change, "goal", NULL,
		P_("%zu goal added", "%zu goals added", (int64_t)json_array_size(made)),
		json_array_size(made));
	if (ok && change_commit(&change, err))
		return made;
	json_decref(made);
	return NULL;
}
