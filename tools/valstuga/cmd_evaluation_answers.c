/* After the election: what the associations say, what was used at each place, what is left to
 * do. */
#include <string.h>

#include <valstuga/evaluation.h>
#include <valstuga/text.h>

#include "tool.h"

#define BAR 10 /* characters */

/* Answers --------------------------------------------------------------------------------- */

/* "support=ja" as { question, value }; NULL when it is no answer. */
static json_t *
answer_of(struct call *call, const char *text)
{
	const char *mark = strchr(text, '=');
	if (mark && mark > text)
		return json_pack("{s:s, s:s}", "question",
			vs_arena_copy(call->arena, text, (size_t)(mark - text)), "value",
			mark + 1);
	vs_fail(&call->err, VS_USAGE,
		_("\"%.40s\" is no answer; it is the question's key, \"=\" and what was "
		  "answered, as in support=ja"),
		text);
	return NULL;
}

bool
cmd_evaluation_answer(struct call *call)
{
	json_t *answers = json_array();
	bool ok = true;
	for (int i = 1; ok && i < call->arg_count; i++) {
		json_t *answer = answer_of(call, call->args[i]);
		ok = answer && json_array_append_new(answers, answer) == 0;
	}
	ok = ok &&
		vs_answers_enter(call->db, call->args[0], answers, option(call, "day"),
			&call->err);
	size_t count = json_array_size(answers);
	json_decref(answers);
	if (ok)
		printf(P_("%s: %zu answer entered\n", "%s: %zu answers entered\n", count),
			call->args[0], count);
	return ok;
}

/* "3 yes, 1 partly, 0 no", "mean 3,8", "4 texts". */
static const char *
said_of(struct call *call, const json_t *question)
{
	const char *kind = text_of(question, "kind");
	const json_t *mean = json_object_get(question, "mean");
	if (strcmp(kind, "yes_partly_no") == 0)
		return vs_arena_printf(call->arena, _("%lld yes, %lld partly, %lld no"),
			integer_of(question, "yes"), integer_of(question, "partly"),
			integer_of(question, "no"));
	if (strcmp(kind, "scale") != 0)
		return "";
	return json_is_number(mean)
		? vs_arena_printf(call->arena, _("mean %s of 5"),
			  vs_text_decimal(call->arena, json_number_value(mean), 1))
		: "–";
}

/* The part of the answers that says yes, or of five. */
static const char *
bar(struct call *call, const json_t *question)
{
	const json_t *mean = json_object_get(question, "mean");
	if (strcmp(text_of(question, "kind"), "yes_partly_no") == 0)
		return bar_of(call, (double)integer_of(question, "yes"),
			(double)integer_of(question, "answers"), BAR);
	return json_is_number(mean) ? bar_of(call, json_number_value(mean), 5, BAR) : "";
}

static void
print_questions(struct call *call, const json_t *questions)
{
	const struct column columns[] = { { _("key"), false }, { _("question"), false },
		{ _("answers"), true }, { _("result"), false }, { "", false } };
	struct table *table = table_new(columns, call->csv ? 4 : 5);
	size_t i;
	json_t *question;
	json_array_foreach (questions, i, question) {
		table_cell(table, text_of(question, "key"));
		table_cell(table, text_of(question, "text"));
		table_cell(table, number_of(call, question, "answers"));
		table_cell(table, said_of(call, question));
		if (!call->csv)
			table_cell(table, bar(call, question));
	}
	table_print(call, table);
}

static void
print_texts(const json_t *questions)
{
	size_t i, k;
	json_t *question, *text;
	json_array_foreach (questions, i, question) {
		const json_t *texts = json_object_get(question, "texts");
		if (json_array_size(texts))
			printf("\n%s\n", text_of(question, "text"));
		json_array_foreach (texts, k, text)
			printf("  %s: %s\n", text_of(text, "association"),
				text_of(text, "text"));
	}
}

static void
print_waiting(const json_t *waiting)
{
	size_t i;
	json_t *each;
	if (json_array_size(waiting))
		printf("%s", _("\nNot answered yet:\n"));
	json_array_foreach (waiting, i, each) {
		const char *name = text_of(each, "contact_name");
		const char *phone = text_of(each, "contact_phone");
		printf("  %s%s%s%s%s\n", text_of(each, "name"), *name ? ": " : "", name,
			*phone ? ", " : "", phone);
	}
}

bool
cmd_evaluation_answers(struct call *call)
{
	json_t *view = vs_answers_view(call->db, &call->err);
	if (!view)
		return false;
	const json_t *questions = json_object_get(view, "questions");
	if (call->json)
		print_json(view);
	else {
		print_questions(call, questions);
		if (!call->csv) {
			print_texts(questions);
			printf(_("\n%lld of %lld associations have answered\n"),
				integer_of(view, "answered"),
				integer_of(view, "associations"));
			print_waiting(json_object_get(view, "waiting"));
		}
	}
	json_decref(view);
	return true;
}

/* Usage ----------------------------------------------------------------------------------- */

static void
figure_cells(struct call *call, struct table *table, const json_t *row)
{
	const json_t *rate = json_object_get(row, "per_vote");
	table_cell(table, number_of(call, row, "delivered"));
	table_cell(table, number_of(call, row, "used"));
	if (!call->csv)
		table_cell(table,
			bar_of(call, (double)integer_of(row, "used"),
				(double)integer_of(row, "delivered"), BAR));
	table_cell(table, number_of(call, row, "left"));
	table_cell(table, number_of(call, row, "votes"));
	table_cell(table,
		json_is_number(rate)
			? vs_text_decimal(call->arena, json_number_value(rate), 2)
			: "");
}

static void
usage_row(struct call *call, struct table *table, const json_t *row)
{
	table_cell(table, text_of(row, "kommun_name"));
	table_cell(table, text_of(row, "place_name"));
	table_cell(table, text_of(row, "phase_name"));
	table_cell(table, text_of(row, "kind"));
	figure_cells(call, table, row);
	table_cell(
		table, json_is_true(json_object_get(row, "ran_out")) ? _("ran out") : "");
}

static void
print_usage_rows(struct call *call, const json_t *view)
{
	const struct column with_bar[] = { { _("kommun"), false }, { _("place"), false },
		{ _("phase"), false }, { _("election"), false }, { _("delivered"), true },
		{ _("used"), true }, { "", false }, { _("left"), true },
		{ _("votes"), true }, { _("per vote"), true }, { "", false } };
	const struct column plain[] = { with_bar[0], with_bar[1], with_bar[2],
		with_bar[3], with_bar[4], with_bar[5], with_bar[7], with_bar[8],
		with_bar[9], { _("ran out"), false } };
	struct table *table = call->csv ? table_new(plain, 10) : table_new(with_bar, 11);
	size_t i;
	json_t *row;
	json_array_foreach (json_object_get(view, "rows"), i, row)
		usage_row(call, table, row);
	if (!call->csv) {
		table_cell(table, _("in all"));
		for (i = 0; i < 3; i++)
			table_cell(table, "");
		figure_cells(call, table, json_object_get(view, "total"));
		table_cell(table, "");
	}
	table_print(call, table);
}

static void
print_uncounted(struct call *call, const json_t *rows)
{
	size_t i;
	json_t *row;
	if (json_array_size(rows))
		printf("%s", _("\nNot known what was used:\n"));
	json_array_foreach (rows, i, row)
		printf(_("  %s, %s, %s, %s: %s delivered; %s\n"),
			text_of(row, "place_name"), text_of(row, "kommun_name"),
			text_of(row, "phase_name"), text_of(row, "kind"),
			number_of(call, row, "delivered"), text_of(row, "reason"));
}

static void
print_empty(struct call *call, const json_t *rows)
{
	size_t i;
	json_t *row;
	if (json_array_size(rows))
		printf("%s", _("\nRacks that were empty:\n"));
	json_array_foreach (rows, i, row) {
		bool never = json_is_null(json_object_get(row, "minutes"));
		printf("  %s  %s, %s: %s, %s\n", text_of(row, "when"),
			text_of(row, "place_name"), text_of(row, "kommun_name"),
			text_of(row, "list"),
			never ? _("never refilled")
			      : vs_arena_printf(call->arena,
					P_("refilled after %s minute",
						"refilled after %s minutes",
						integer_of(row, "minutes")),
					number_of(call, row, "minutes")));
	}
}

bool
cmd_evaluation_usage(struct call *call)
{
	json_t *view = vs_usage_view(call->db, option(call, "kommun"), &call->err);
	if (!view)
		return false;
	if (call->json)
		print_json(view);
	else {
		if (json_array_size(json_object_get(view, "rows")) || call->csv)
			print_usage_rows(call, view);
		else
			printf("%s", _("nothing is known to have been used\n"));
		if (!call->csv) {
			print_uncounted(call, json_object_get(view, "uncounted"));
			print_empty(call, json_object_get(view, "ran_out"));
		}
	}
	json_decref(view);
	return true;
}

bool
cmd_evaluation_learn(struct call *call)
{
	int64_t count;
	if (!vs_usage_learn(call->db, &count, &call->err))
		return false;
	printf(P_("%lld row is kept; 'valstuga export usage -o forbrukning.csv' takes it to "
		  "the next campaign\n",
		       "%lld rows are kept; 'valstuga export usage -o forbrukning.csv' takes "
		       "them to the next campaign\n",
		       (unsigned long)count),
		(long long)count);
	return true;
}

/* Steps ----------------------------------------------------------------------------------- */

bool
cmd_evaluation_steps(struct call *call)
{
	json_t *steps = vs_evaluation_steps(call->db, &call->err), *step;
	size_t i;
	if (!steps)
		return false;
	const struct column columns[] = { { _("done"), false }, { _("step"), false },
		{ "", false } };
	struct table *table = table_new(columns, 3);
	json_array_foreach (steps, i, step) {
		table_cell(table,
			json_is_true(json_object_get(step, "done")) ? _("yes") : _("no"));
		table_cell(table, text_of(step, "name"));
		table_cell(table, text_of(step, "detail"));
	}
	if (call->json)
		print_json(steps);
	else
		table_print(call, table);
	json_decref(steps);
	return true;
}
