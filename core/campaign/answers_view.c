/* What the associations answered, added up; who has not answered, and whom to ring. */
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"
#include "campaign/answer.h"

static bool
is_kind(const json_t *question, const char *kind)
{
	return strcmp(record_string(question, "kind"), kind) == 0;
}

static void
add_one(json_t *object, const char *name)
{
	json_object_set_new(object, name, json_integer(record_integer(object, name) + 1));
}

static const char *const said[] = { "yes", "partly", "no" };

static json_t *
summary_of(const json_t *question)
{
	json_t *summary = json_pack("{s:s, s:s, s:s, s:i}", "key",
		record_string(question, "key"), "text", record_string(question, "text"),
		"kind", record_string(question, "kind"), "answers", 0);
	if (is_kind(question, "yes_partly_no"))
		for (size_t i = 0; i < 3; i++)
			json_object_set_new(summary, said[i], json_integer(0));
	else if (is_kind(question, "scale")) {
		json_object_set_new(summary, "mean", json_null());
		json_object_set_new(
			summary, "counts", json_pack("[i, i, i, i, i]", 0, 0, 0, 0, 0));
	} else
		json_object_set_new(summary, "texts", json_array());
	return summary;
}

/* The mean again, of the counts. */
static void
add_mark(json_t *summary, size_t mark)
{
	json_t *counts = json_object_get(summary, "counts"), *count;
	double sum = 0, answers = 0;
	size_t i;
	json_array_set_new(counts, mark - 1,
		json_integer(json_integer_value(json_array_get(counts, mark - 1)) + 1));
	json_array_foreach (counts, i, count) {
		answers += (double)json_integer_value(count);
		sum += (double)json_integer_value(count) * (double)(i + 1);
	}
	json_object_set_new(summary, "mean", json_real(sum / answers));
}

static void
add_answer(json_t *summary, const json_t *answer)
{
	const char *value = record_string(answer, "value");
	add_one(summary, "answers");
	if (is_kind(summary, "scale"))
		add_mark(summary, (size_t)(*value - '0'));
	else if (is_kind(summary, "text"))
		json_array_append_new(json_object_get(summary, "texts"),
			json_pack("{s:s, s:s}", "association",
				record_string(answer, "association_name"), "text",
				value));
	else
		add_one(summary, said[*value == 'j' ? 0 : *value == 'd' ? 1 : 2]);
}

static json_t *
summaries(const json_t *questions, const json_t *answers)
{
	json_t *all = json_array(), *question, *answer;
	size_t i, k;
	json_array_foreach (questions, i, question) {
		json_t *summary = summary_of(question);
		json_array_foreach (answers, k, answer)
			if (strcmp(record_string(answer, "question"),
				    record_string(question, "key")) == 0)
				add_answer(summary, answer);
		json_array_append_new(all, summary);
	}
	return all;
}

static bool
has_answered(const json_t *answers, int64_t association)
{
	size_t i;
	json_t *answer;
	json_array_foreach (answers, i, answer)
		if (record_integer(answer, "association") == association)
			return true;
	return false;
}

/* As it is dialled; what is no number as it stands. */
static const char *
phone_of(struct vs_arena *arena, const json_t *association)
{
	char number[VS_PHONE_SIZE];
	struct vs_error ignored = { 0 };
	const char *phone = record_string(association, "contact_phone");
	if (!phone || !vs_phone_parse(phone, number, &ignored))
		return phone ? phone : "";
	return vs_phone_text(arena, number);
}

static json_t *
waiting_of(const json_t *associations, const json_t *answers)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	json_t *waiting = json_array(), *association;
	size_t i;
	json_array_foreach (associations, i, association) {
		if (has_answered(answers, record_integer(association, "id")))
			continue;
		const char *name = record_string(association, "contact_name");
		json_array_append_new(waiting,
			json_pack("{s:I, s:s, s:s, s:s}", "association",
				(json_int_t)record_integer(association, "id"), "name",
				record_string(association, "name"), "contact_name",
				name ? name : "", "contact_phone",
				phone_of(scratch.arena, association)));
	}
	return waiting;
}

json_t *
vs_answers_view(struct vs_db *db, struct vs_error *err)
{
	VS_AUTO(snapshot) snapshot = { 0 };
	if (!snapshot_begin(&snapshot, db, err))
		return NULL;
	json_t *view = NULL;
	json_t *associations = vs_record_list(db, &vs_association_type, NULL, err);
	json_t *questions = vs_record_list(db, &vs_question_type, NULL, err);
	json_t *answers = vs_record_list(db, &vs_answer_type, NULL, err);
	if (associations && questions && answers) {
		json_t *waiting = waiting_of(associations, answers);
		size_t all = json_array_size(associations);
		view = json_pack("{s:I, s:I, s:o, s:o}", "associations", (json_int_t)all,
			"answered", (json_int_t)(all - json_array_size(waiting)),
			"questions", summaries(questions, answers), "waiting", waiting);
	}
	json_decref(associations);
	json_decref(questions);
	json_decref(answers);
	return view;
}
