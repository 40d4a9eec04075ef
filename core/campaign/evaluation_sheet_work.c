/* The report's ballots, racks that ran out, what the associations say, goals. */
#include "campaign/evaluation_sheet.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <valstuga/goal.h>
#include <valstuga/text.h>

#include "base/i18n.h"

#define NAMES_MOST 20

/* "A, B and 3 more" of so many names; `name` of each object. Arena. */
static const char *
names_text(struct vs_arena *arena, const json_t *items, const char *name)
{
	const char *text = "";
	size_t count = json_array_size(items), i;
	json_t *item;
	json_array_foreach (items, i, item) {
		if (i == NAMES_MOST)
			break;
		text = sheet_join(arena, text, ", ", record_string(item, name));
	}
	if (count <= NAMES_MOST)
		return vs_arena_text(arena, text);
	return vs_arena_printf(arena, _("%s and %zu more"), text, count - NAMES_MOST);
}

/* Ballots ------------------------------------------------------------------------------------*/

static const char *
kind_name(const struct report *r, const char *code)
{
	for (size_t i = 0; code && i < r->result_count; i++)
		if (strcmp(r->results[i].code, code) == 0)
			return r->results[i].adjective;
	return code;
}

static json_t *
ballot_row(const struct report *r, const json_t *sum, const char *area, const char *kind)
{
	static const char *const figures[] = { "delivered", "used", "left", "votes" };
	struct vs_arena *arena = r->frame.arena;
	json_t *row = json_object();
	record_put(row, "area", area);
	record_put(row, "kind", kind);
	for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
		record_put(row, figures[i], report_number(arena, sum, figures[i]));
	record_put(row, "per_vote", report_decimal(arena, sum, "per_vote", 1));
	json_object_set_new(row, "bar",
		json_pack("{s:I, s:I, s:I}", "used",
			(json_int_t)record_integer(sum, "used"), "left",
			(json_int_t)record_integer(sum, "left"), "total",
			(json_int_t)record_integer(sum, "delivered")));
	return row;
}

/* Each place once. */
static const char *
uncounted_text(const struct report *r)
{
	struct vs_arena *arena = r->frame.arena;
	json_t *places = json_array(), *row;
	const char *last = "";
	size_t i;
	json_array_foreach (json_object_get(r->usage, "uncounted"), i, row) {
		const char *name = vs_arena_printf(arena, "%s (%s)",
			record_string(row, "place_name"),
			record_string(row, "kommun_name"));
		if (strcmp(name, last) != 0)
			json_array_append_new(places, json_pack("{s:s}", "name", name));
		last = name;
	}
	const char *text = names_text(arena, places, "name");
	json_decref(places);
	return text;
}

/* "2026-09-08 14:20" of the view. */
static const char *
moment_text(struct vs_arena *arena, const char *when)
{
	const char *date = vs_arena_copy(arena, when, 10);
	int minutes = atoi(when + 11) * 60 + atoi(when + 14);
	return sheet_moment(arena, date, minutes);
}

static json_t *
empty_row(const struct report *r, const json_t *empty)
{
	struct vs_arena *arena = r->frame.arena;
	const json_t *minutes = json_object_get(empty, "minutes");
	return json_pack("{s:s, s:s, s:s, s:s, s:s}", "when",
		moment_text(arena, record_string(empty, "when")), "place",
		record_string(empty, "place_name"), "kommun",
		record_string(empty, "kommun_name"), "list", record_string(empty, "list"),
		"lasted",
		json_is_integer(minutes)
			? sheet_duration(arena, (int)json_integer_value(minutes))
			: _("never refilled"));
}

void
report_put_ballots(const struct report *r, json_t *sheet)
{
	json_t *rows = json_array(), *empty = json_array(), *each;
	size_t i;
	json_array_foreach (json_object_get(r->usage, "kommuner"), i, each)
		json_array_append_new(rows,
			ballot_row(r, each, record_string(each, "kommun_name"),
				kind_name(r, record_string(each, "kind"))));
	json_array_foreach (json_object_get(r->usage, "ran_out"), i, each)
		json_array_append_new(empty, empty_row(r, each));
	json_object_set_new(sheet, "ballots", rows);
	json_object_set_new(sheet, "ballots_total",
		ballot_row(r, json_object_get(r->usage, "total"), "", ""));
	record_put(sheet, "uncounted", uncounted_text(r));
	json_object_set_new(sheet, "ran_out", empty);
}

/* Answers ------------------------------------------------------------------------------------*/

static json_t *
question_row(const struct report *r, const json_t *question, size_t number)
{
	json_t *row = json_object();
	record_put(row, "number", vs_arena_printf(r->frame.arena, "%zu", number));
	record_put(row, "text", record_string(question, "text"));
	record_put(row, "count", report_number(r->frame.arena, question, "answers"));
	return row;
}

static void
put_support(const struct report *r, json_t *row, const json_t *question)
{
	static const char *const said[] = { "yes", "partly", "no" };
	for (int i = 0; i < 3; i++)
		json_object_set(row, said[i], json_object_get(question, said[i]));
	json_object_set(row, "total", json_object_get(question, "answers"));
	record_put(row, "summary",
		vs_arena_printf(r->frame.arena, _("%lld yes, %lld partly, %lld no"),
			(long long)record_integer(question, "yes"),
			(long long)record_integer(question, "partly"),
			(long long)record_integer(question, "no")));
}

static void
put_scale(const struct report *r, json_t *row, const json_t *question)
{
	json_t *rows = json_array(), *count;
	size_t i;
	record_put(row, "mean", report_decimal(r->frame.arena, question, "mean", 1));
	json_array_foreach (json_object_get(question, "counts"), i, count)
		json_array_append_new(rows,
			json_pack("{s:o, s:O}", "label", json_sprintf("%zu", i + 1),
				"value", count));
	json_object_set_new(row, "rows", rows);
}

static void
add_question(
	const struct report *r, json_t *answers, const json_t *question, size_t number)
{
	const char *kind = record_string(question, "kind"), *list = "words";
	json_t *row = question_row(r, question, number);
	if (strcmp(kind, "yes_partly_no") == 0) {
		list = "support";
		put_support(r, row, question);
	} else if (strcmp(kind, "scale") == 0) {
		list = "scales";
		put_scale(r, row, question);
	} else
		json_object_set(row, "texts", json_object_get(question, "texts"));
	json_array_append_new(json_object_get(answers, list), row);
}

void
report_put_answers(const struct report *r, json_t *sheet)
{
	struct vs_arena *arena = r->frame.arena;
	int64_t all = record_integer(r->answers, "associations");
	size_t i;
	json_t *question;
	json_object_set_new(sheet, "answers", json_null());
	if (!all)
		return;
	json_t *answers = json_pack("{s:[], s:[], s:[]}", "support", "scales", "words");
	record_put(answers, "answered",
		vs_arena_printf(arena, _("%lld of %lld associations have answered"),
			(long long)record_integer(r->answers, "answered"),
			(long long)all));
	record_put(answers, "waiting",
		names_text(arena, json_object_get(r->answers, "waiting"), "name"));
	json_array_foreach (json_object_get(r->answers, "questions"), i, question)
		if (record_integer(question, "answers"))
			add_question(r, answers, question, i + 1);
	json_object_set_new(sheet, "answers", answers);
}

/* Goals --------------------------------------------------------------------------------------*/

static const struct {
	const char *status, *mark;
} marks[] = {
	{ "reached", "✓" },
	{ "ahead", "✓" },
	{ "on", "→" },
	{ "behind", "⚠" },
	{ "missed", "✗" },
	{ "waiting", "–" },
};

static const char *
mark_of(const char *status)
{
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (strcmp(marks[i].status, status) == 0)
			return marks[i].mark;
	return "–";
}

/* "0,9", "71 %", "142". */
static const char *
goal_text(struct vs_arena *arena, const json_t *goal, const char *name)
{
	const json_t *value = json_object_get(goal, name);
	const char *unit = record_string(goal, "unit");
	if (!json_is_number(value))
		return "–";
	double number = json_number_value(value);
	return vs_arena_printf(arena, "%s%s",
		vs_text_decimal(arena, number,
			fabs(number) < 10 && fabs(number - round(number)) > 0.01),
		unit && strcmp(unit, "%") == 0 ? "\u00a0%" : "");
}

static json_t *
bar_of(struct vs_arena *arena, const json_t *goal)
{
	const json_t *value = json_object_get(goal, "value");
	const json_t *percent = json_object_get(goal, "percent");
	double target = json_number_value(json_object_get(goal, "target"));
	if (!json_is_number(value) || !json_is_number(percent) || target <= 0)
		return json_null();
	return json_pack("{s:f, s:f, s:s}", "done", fmax(0, json_number_value(value)),
		"total", target, "text",
		vs_arena_printf(arena, "%s\u00a0%%",
			vs_text_decimal(arena, json_number_value(percent), 0)));
}

static json_t *
goal_row(struct vs_arena *arena, const json_t *goal)
{
	const char *status = record_string(goal, "status");
	bool late = strcmp(status, "behind") == 0 || strcmp(status, "missed") == 0;
	json_t *row = json_object();
	record_put(row, "mark", mark_of(status));
	record_put(row, "name", record_string(goal, "name"));
	record_put(row, "value", goal_text(arena, goal, "value"));
	record_put(row, "target", goal_text(arena, goal, "target"));
	record_put(row, "status", record_string(goal, "status_text"));
	json_object_set_new(row, "late", json_boolean(late));
	json_object_set_new(row, "bar", bar_of(arena, goal));
	return row;
}

/* "6 reached, 1 in step, 3 missed", in the words of the goals themselves. */
static const char *
goals_summary(const struct report *r)
{
	struct vs_arena *arena = r->frame.arena;
	const char *text = "";
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		const char *word = NULL;
		size_t k;
		json_t *goal;
		int64_t count = 0;
		json_array_foreach (json_object_get(r->goals, "goals"), k, goal)
			if (strcmp(record_string(goal, "status"), marks[i].status) == 0) {
				word = record_string(goal, "status_text");
				count++;
			}
		if (count)
			text = sheet_join(arena, text, ", ",
				vs_arena_printf(
					arena, "%lld %s", (long long)count, word));
	}
	return text;
}

void
report_put_goals(const struct report *r, json_t *sheet)
{
	json_t *rows = json_array(), *goal;
	size_t i;
	json_array_foreach (json_object_get(r->goals, "goals"), i, goal)
		json_array_append_new(rows, goal_row(r->frame.arena, goal));
	json_object_set_new(sheet, "goals", rows);
	record_put(sheet, "goals_summary", goals_summary(r));
}
