/* Goals of the district's own work: that help is even, that it was enough, that it is evaluated. */
#include "campaign/goal.h"

#include <string.h>

#include <valstuga/evaluation.h>
#include <valstuga/text.h>

#include "base/i18n.h"

static void
set_last(struct measuring *m, double value)
{
	m->values[m->count - 1] = value;
}

/* Evenness --------------------------------------------------------------------------------- */

/* The row of the least help, or of the goal's own association; NULL: nothing is measured. */
static const json_t *
least_of(const json_t *view, int64_t association)
{
	const json_t *least = NULL;
	size_t i;
	json_t *row;
	json_array_foreach (json_object_get(view, "rows"), i, row) {
		int64_t id = record_integer(row, "association");
		/* An association without a kommun of the district has no voters to compare by. */
		if (!id || json_is_null(json_object_get(row, "support")) ||
			!*record_string(row, "kommuner") ||
			(association && id != association))
			continue;
		if (!least ||
			record_integer(row, "support") < record_integer(least, "support"))
			least = row;
	}
	return least;
}

static void
miss_below(struct measuring *m, const json_t *view)
{
	size_t i;
	json_t *row;
	json_array_foreach (json_object_get(view, "rows"), i, row) {
		const json_t *support = json_object_get(row, "support");
		if (record_integer(row, "association") && json_is_integer(support) &&
			*record_string(row, "kommuner") &&
			(double)json_integer_value(support) < m->goal->target)
			measuring_miss(m,
				vs_arena_printf(m->arena, _("%s %lld %%"),
					record_string(row, "name"),
					(long long)json_integer_value(support)));
	}
}

bool
measure_evenness(struct measuring *m, struct vs_error *err)
{
	json_t *view = vs_support_view(m->db, err);
	const json_t *least = least_of(view, m->goal->association);
	if (least) {
		set_last(m, (double)record_integer(least, "support"));
		m->how = vs_arena_printf(m->arena, _("%s has the least: %s"),
			record_string(least, "name"), record_string(least, "arithmetic"));
		if (!m->goal->association)
			miss_below(m, view);
	}
	json_decref(view);
	return view != NULL;
}

/* Answers ---------------------------------------------------------------------------------- */

static const json_t *
question_of(const json_t *view, const char *key)
{
	size_t i;
	json_t *question;
	json_array_foreach (json_object_get(view, "questions"), i, question)
		if (strcmp(record_string(question, "key"), key) == 0)
			return question;
	return NULL;
}

bool
measure_support_answers(struct measuring *m, struct vs_error *err)
{
	json_t *view = vs_answers_view(m->db, err), *waiting;
	int64_t all = record_integer(view, "associations");
	int64_t answered = record_integer(view, "answered");
	int64_t yes = record_integer(question_of(view, "support"), "yes");
	size_t i;
	if (all && answered) {
		set_last(m, measuring_share((double)yes, (double)all));
		m->of = (double)all;
		m->how = vs_arena_printf(m->arena,
			_("%lld yes of %lld associations, %lld have answered"),
			(long long)yes, (long long)all, (long long)answered);
	}
	json_array_foreach (json_object_get(view, "waiting"), i, waiting)
		measuring_miss(m, record_string(waiting, "name"));
	json_decref(view);
	return view != NULL;
}

/* Evaluation ------------------------------------------------------------------------------- */

bool
measure_evaluation(struct measuring *m, struct vs_error *err)
{
	json_t *steps = vs_evaluation_steps(m->db, err), *step;
	size_t i, done = 0, count = json_array_size(steps);
	json_array_foreach (steps, i, step) {
		done += record_true(step, "done");
		if (!record_true(step, "done"))
			measuring_miss(m, record_string(step, "name"));
	}
	json_decref(steps);
	if (!steps)
		return false;
	if (count) {
		set_last(m, (double)done);
		m->of = (double)count;
	}
	return true;
}
