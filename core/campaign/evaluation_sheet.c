/* The evaluation on paper, for the annual meeting: views, arranged; a summary in sentences. */
#include "campaign/evaluation_sheet.h"

#include <math.h>
#include <string.h>

#include <valstuga/goal.h>
#include <valstuga/text.h>

#include "base/i18n.h"

const char *
report_signed(struct vs_arena *arena, const json_t *value, int decimals)
{
	double number = json_number_value(value), scale = pow(10, decimals);
	if (!json_is_number(value))
		return "–";
	number = round(number * scale) / scale;
	if (number == 0)
		number = 0; /* without a sign */
	return vs_arena_printf(arena, "%s%s", number > 0 ? "+" : "",
		vs_text_decimal(arena, number, decimals));
}

const char *
report_decimal(
	struct vs_arena *arena, const json_t *object, const char *name, int decimals)
{
	const json_t *value = json_object_get(object, name);
	return json_is_number(value)
		? vs_text_decimal(arena, json_number_value(value), decimals)
		: "–";
}

const char *
report_number(struct vs_arena *arena, const json_t *object, const char *name)
{
	return report_decimal(arena, object, name, 0);
}

/* Reading ------------------------------------------------------------------------------------*/

static bool
read_result(struct report *r, const json_t *kind, struct vs_error *err)
{
	struct report_result *result = &r->results[r->result_count];
	const char *code = record_string(kind, "code");
	if (r->result_count == REPORT_KINDS ||
		!vs_kinds_include(r->frame.campaign.kinds, code))
		return true;
	*result = (struct report_result){ .code = code,
		.name = record_string(kind, "name"),
		.adjective = record_string(kind, "adjective"),
		.view = vs_evaluation_result_view(r->frame.db, code, VS_BY_KOMMUN, err) };
	if (!result->view)
		return false;
	result->counted = json_is_object(
		json_object_get(json_object_get(result->view, "total"), "now"));
	if (strcmp(code, "KF") == 0)
		r->leading = r->result_count;
	r->result_count++;
	return true;
}

static bool
read_views(struct report *r, struct vs_error *err)
{
	struct vs_db *db = r->frame.db;
	size_t i;
	json_t *kind;
	if (!(r->kinds = vs_record_list(db, &vs_election_kind_type, NULL, err)))
		return false;
	json_array_foreach (r->kinds, i, kind)
		if (!read_result(r, kind, err))
			return false;
	return (r->usage = vs_usage_view(db, NULL, err)) &&
		(r->answers = vs_answers_view(db, err)) &&
		(r->goals = vs_goal_view(db, NULL, NULL, err)) &&
		(r->steps = vs_evaluation_steps(db, err));
}

static void
forget_views(struct report *r)
{
	for (size_t i = 0; i < r->result_count; i++)
		json_decref(r->results[i].view);
	json_decref(r->kinds);
	json_decref(r->usage);
	json_decref(r->answers);
	json_decref(r->goals);
	json_decref(r->steps);
}

/* Summary ------------------------------------------------------------------------------------*/

static void
say(json_t *texts, const char *text)
{
	json_array_append_new(texts, json_pack("{s:s}", "text", text));
}

/* How it went, in the district and in how many kommuner. */
static void
sum_result(const struct report *r, json_t *texts)
{
	struct vs_arena *arena = r->frame.arena;
	const struct report_result *result = &r->results[r->leading];
	const json_t *total = json_object_get(result->view, "total");
	const json_t *change = json_object_get(total, "change");
	size_t up = 0, down = 0, unknown = 0, i;
	json_t *area;
	if (!result->counted) {
		say(texts, _("The results of the election are not imported yet."));
		return;
	}
	const char *since = json_is_number(change)
		? vs_arena_printf(arena, _(" (%s percentage points since last time)"),
			  report_signed(arena, change, 1))
		: "";
	say(texts,
		vs_arena_printf(arena, _("%s got %s %% of the votes for %s%s."),
			r->frame.campaign.party_name,
			report_decimal(arena, json_object_get(total, "now"), "share", 1),
			result->adjective, since));
	json_array_foreach (json_object_get(result->view, "areas"), i, area) {
		const json_t *points = json_object_get(area, "change");
		if (!json_is_number(points))
			unknown++;
		else if (json_number_value(points) >= 0.05)
			up++;
		else
			down += json_number_value(points) <= -0.05;
	}
	const char *text = vs_arena_printf(
		arena, _("The share grew in %zu kommuner and fell in %zu"), up, down);
	if (unknown)
		text = vs_arena_printf(
			arena, _("%s; %zu cannot be compared"), text, unknown);
	if (up + down)
		say(texts, vs_arena_printf(arena, "%s.", text));
}

static void
sum_answers(const struct report *r, json_t *texts)
{
	struct vs_arena *arena = r->frame.arena;
	long long all = (long long)record_integer(r->answers, "associations");
	long long answered = (long long)record_integer(r->answers, "answered");
	size_t i;
	json_t *question;
	json_array_foreach (json_object_get(r->answers, "questions"), i, question)
		if (strcmp(record_string(question, "key"), "support") == 0 &&
			record_integer(question, "answers"))
			say(texts,
				vs_arena_printf(arena,
					_("%lld of %lld associations that answered got the "
					  "support they needed; %lld have not answered."),
					(long long)record_integer(question, "yes"),
					(long long)record_integer(question, "answers"),
					all - answered));
}

static void
sum_ballots(const struct report *r, json_t *texts)
{
	struct vs_arena *arena = r->frame.arena;
	const json_t *total = json_object_get(r->usage, "total");
	size_t empty = json_array_size(json_object_get(r->usage, "ran_out"));
	const json_t *rate = json_object_get(total, "per_vote");
	if (record_integer(total, "delivered"))
		say(texts,
			vs_arena_printf(arena,
				_("Of %s ballots at places that were counted %s were used%s."),
				report_number(arena, total, "delivered"),
				report_number(arena, total, "used"),
				json_is_number(rate)
					? vs_arena_printf(arena, _(", %s per vote"),
						  report_decimal(
							  arena, total, "per_vote", 1))
					: ""));
	if (empty)
		say(texts,
			vs_arena_printf(arena,
				P_("A rack was reported empty %zu time.",
					"Racks were reported empty %zu times.", empty),
				empty));
}

static json_t *
summary_of(const struct report *r)
{
	json_t *texts = json_array();
	sum_result(r, texts);
	sum_answers(r, texts);
	sum_ballots(r, texts);
	return texts;
}

/* Steps and remarks --------------------------------------------------------------------------*/

/* That the report is printed, who reads it knows. */
static json_t *
steps_of(const struct report *r)
{
	json_t *rows = json_array(), *step;
	size_t i;
	json_array_foreach (r->steps, i, step) {
		if (strcmp(record_string(step, "key"), "report") == 0)
			continue;
		bool done = record_true(step, "done");
		json_array_append_new(rows,
			json_pack("{s:s, s:s, s:s}", "name", record_string(step, "name"),
				"done", done ? "yes" : "no", "detail",
				record_string(step, "detail")));
	}
	return rows;
}

static void
remark_once(json_t *remarks, const char *text)
{
	size_t i;
	json_t *remark;
	json_array_foreach (remarks, i, remark)
		if (strcmp(record_string(remark, "text"), text) == 0)
			return;
	say(remarks, text);
}

static json_t *
remarks_of(const struct report *r)
{
	json_t *remarks = json_array(), *text;
	size_t k;
	for (size_t i = 0; i < r->result_count; i++)
		json_array_foreach (
			json_object_get(r->results[i].view, "remarks"), k, text)
			if (r->results[i].counted)
				remark_once(remarks, json_string_value(text));
	return remarks;
}

/* The sheet ----------------------------------------------------------------------------------*/

static bool
fill_sheet(const struct report *r, json_t *sheets, struct vs_error *err)
{
	struct vs_arena *arena = r->frame.arena;
	json_t *sheet = sheet_new(sheets,
		vs_arena_printf(arena, _("Evaluation of the election %.4s"),
			r->frame.campaign.election_day),
		_("For the district's annual meeting"), _("the annual meeting"));
	record_put(sheet, "source", _("Sources: Valmyndigheten, the campaign file"));
	record_put(sheet, "notes", "");
	json_object_set_new(sheet, "summary", summary_of(r));
	json_object_set_new(sheet, "steps", steps_of(r));
	json_object_set_new(sheet, "remarks", remarks_of(r));
	report_put_effort(r, sheet);
	report_put_ballots(r, sheet);
	report_put_answers(r, sheet);
	report_put_goals(r, sheet);
	return report_put_results(r, sheet, err) &&
		register_sheet(r->frame.db, EVALUATION_SHEET, sheet, err);
}

static bool
fill(struct sheet_frame *frame, json_t *sheets, struct vs_error *err)
{
	struct report *r = (struct report *)frame;
	bool ok = read_views(r, err) && fill_sheet(r, sheets, err);
	forget_views(r);
	return ok;
}

json_t *
vs_evaluation_sheet_view(struct vs_db *db, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct report r = {
		.frame = {
			.db = db,
			.arena = scratch.arena,
			.name = "evaluation-report",
			.title = N_("Evaluation"),
			.nothing = N_("there is nothing to evaluate"),
			.fill = fill,
		},
	};
	return sheet_frame_view(&r.frame, err);
}
