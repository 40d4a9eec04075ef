/*
 * Answers of the associations: once per association and question. On paper and in files a
 * value is what people write; the table keeps 2, 1, 0 for yes, partly, no, and 1 to 5.
 */
#include "campaign/answer.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"
#include "field/field.h"

/* Swedish in files, as ja and nej are elsewhere. */
static const struct word {
	const char *typed, *value;
} words[] = {
	{ "ja", "ja" },
	{ "j", "ja" },
	{ "yes", "ja" },
	{ "y", "ja" },
	{ "delvis", "delvis" },
	{ "d", "delvis" },
	{ "partly", "delvis" },
	{ "nej", "nej" },
	{ "n", "nej" },
	{ "no", "nej" },
};

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "association", VS_FIELD_REF, VS_REQUIRED | VS_FIXED | VS_FILTER | VS_HIDDEN,
		N_("association"), .refers = &vs_association_type },
	{ "association_name", VS_FIELD_TEXT, VS_READONLY, N_("association") },
	{ "question", VS_FIELD_REF, VS_REQUIRED | VS_FIXED | VS_FILTER, N_("question"),
		.refers = &vs_question_type },
	{ "question_text", VS_FIELD_TEXT, VS_READONLY | VS_HIDDEN, N_("question") },
	/* Few stand behind an association's words: who said them is no secret. */
	{ "value", VS_FIELD_TEXT, VS_REQUIRED | VS_PERSONAL, N_("answer"),
		N_("ja, delvis, nej; 1 to 5; own words"), .max_length = 2000 },
	{ "answered_on", VS_FIELD_DATE, 0, N_("answered"), N_("default today") },
};

static bool
read_kind(struct vs_db *db, struct vs_arena *arena, const char *question,
	const char **ret_kind, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, SQL("SELECT kind FROM question WHERE key = ?"), err))
		return false;
	stmt_bind(&q, question);
	*ret_kind = stmt_row(&q, err) ? stmt_copy(&q, 0, arena) : NULL;
	return *ret_kind != NULL;
}

static bool
read_word(json_t *record, const char *question, const char *folded, struct vs_error *err)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i].typed, folded) == 0) {
			record_put(record, "value", words[i].value);
			return true;
		}
	return vs_fail(err, VS_INVALID,
		_("question %s: \"%.40s\" is none of the answers: ja, delvis, nej"),
		question, record_string(record, "value"));
}

static bool
read_scale(json_t *record, const char *question, struct vs_error *err)
{
	int64_t value;
	const char *typed = record_string(record, "value");
	char text[2] = "";
	if (!vs_text_to_integer(typed, &value) || value < 1 || value > 5)
		return vs_fail(err, VS_INVALID,
			_("question %s: \"%.40s\" is no number from 1 to 5"), question,
			typed);
	text[0] = (char)('0' + value);
	record_put(record, "value", text);
	return true;
}

/* What was typed, in the one spelling that is kept. */
static bool
read_value(struct vs_db *db, json_t *record, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *question = record_string(record, "question"), *kind;
	const char *typed = record_string(record, "value");
	if (!question || !typed)
		return true; /* what is missing is told by others */
	if (!read_kind(db, scratch.arena, question, &kind, err))
		return false;
	if (strcmp(kind, "yes_partly_no") == 0)
		return read_word(
			record, question, vs_text_fold(scratch.arena, typed), err);
	return strcmp(kind, "scale") != 0 || read_scale(record, question, err);
}

/* The answer of an association to a question; NULL without error: none yet. */
static json_t *
answer_of(
	struct vs_db *db, int64_t association, const char *question, struct vs_error *err)
{
	json_t *filters = json_pack("{s:I, s:s}", "association", (json_int_t)association,
		"question", question);
	json_t *all = vs_record_list(db, &vs_answer_type, filters, err);
	json_t *answer = json_incref(json_array_get(all, 0));
	json_decref(filters);
	json_decref(all);
	return answer;
}

/* The day that is not said is today; of an answer that is there already, its own. */
static bool
set_day(struct vs_db *db, json_t *record, const json_t *before, struct vs_error *err)
{
	struct vs_date today;
	char text[11];
	if (record_string(record, "answered_on"))
		return true;
	if (!vs_clock_today(&today, err))
		return false;
	record_put(record, "answered_on", vs_date_format(today, text));
	json_t *there = before ? NULL
			       : answer_of(db, record_integer(record, "association"),
					 record_string(record, "question"), err);
	if (json_equal(json_object_get(there, "value"), json_object_get(record, "value")))
		json_object_set(
			record, "answered_on", json_object_get(there, "answered_on"));
	json_decref(there);
	return err->code == VS_OK;
}

static bool
complete(struct vs_db *db, json_t *record, const json_t *before, struct vs_error *err)
{
	if (!read_value(db, record, err))
		return false;
	return !record_string(record, "question") || set_day(db, record, before, err);
}

static bool
check_day(const json_t *record, struct vs_error *err)
{
	struct vs_date today;
	char text[11];
	if (!vs_clock_today(&today, err))
		return false;
	return strcmp(record_string(record, "answered_on"),
		       vs_date_format(today, text)) <= 0 ||
		vs_fail(err, VS_INVALID,
			_("answer: %s has not been yet; look at the day"),
			record_string(record, "answered_on"));
}

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	if (!check_day(record, err))
		return false;
	json_t *there = before ? NULL
			       : answer_of(db, record_integer(record, "association"),
					 record_string(record, "question"), err);
	bool same = !there ||
		json_equal(json_object_get(there, "value"),
			json_object_get(record, "value"));
	if (!same)
		vs_fail(err, VS_EXISTS,
			_("%s has answered \"%s\" already, and otherwise; 'valstuga evaluation "
			  "answer' replaces it"),
			record_string(there, "association_name"),
			record_string(there, "question"));
	json_decref(there);
	return err->code == VS_OK;
}

/* As typed, and as the table keeps it, by the question's kind q.kind. */
#define VALUE_TEXT \
	"CASE q.kind WHEN 'yes_partly_no' THEN CASE a.value WHEN 2 THEN 'ja'" \
	" WHEN 1 THEN 'delvis' ELSE 'nej' END WHEN 'scale' THEN '' || a.value" \
	" ELSE a.text END"
#define VALUE_KEPT(typed) \
	"CASE q.kind WHEN 'yes_partly_no' THEN CASE " typed " WHEN 'ja' THEN 2" \
	" WHEN 'delvis' THEN 1 ELSE 0 END WHEN 'scale' THEN CAST(" typed \
	" AS INTEGER) END"
#define TEXT_KEPT(typed) "iif(q.kind = 'text', " typed ", NULL)"

const struct vs_record_type vs_answer_type = {
	.noun = N_("answer"),
	.label = N_("answers"),
	.about = N_("What associations answered after the election, once per question."),
	FIELDS(fields),
	.select = SQL("SELECT a.id, a.association_id AS association,"
		      " x.name AS association_name, a.question_key AS question,"
		      " q.text AS question_text, " VALUE_TEXT
		      " AS value, a.answered_on FROM answer a"
		      " JOIN association x ON x.id = a.association_id"
		      " JOIN question q ON q.key = a.question_key"
		      " ORDER BY x.name COLLATE swedish, q.position"),
	.insert = SQL("INSERT INTO answer (association_id, question_key, value, text,"
		      " answered_on) SELECT ?1, q.key, " VALUE_KEPT("?3") ", " TEXT_KEPT(
			      "?3") ", ?4 FROM question q WHERE q.key = ?2"),
	.update = SQL("UPDATE answer SET (value, text) = (SELECT " VALUE_KEPT(
		"?1") ", " TEXT_KEPT("?1") " FROM question q WHERE q.key = question_key),"
					   " answered_on = ?2 WHERE id = ?3"),
	.remove = SQL("DELETE FROM answer WHERE id = ?"),
	.complete = complete,
	.check = check,
};

/* Who answers ------------------------------------------------------------------------------*/

const char *
questionnaire_number(struct vs_arena *arena, int64_t association)
{
	return vs_arena_printf(arena, "EN-%" PRId64, association);
}

const char *
questionnaire_code(struct vs_arena *arena, int64_t association)
{
	return field_code_of(arena, vs_arena_printf(arena, "E%" PRId64, association));
}

/* "E12-7", or the sheet's number or code "EN-12", "VS-EN-12-R1-7K3M". */
static int64_t
association_of_code(struct vs_db *db, struct vs_arena *arena, const char *text)
{
	const char *body, *number;
	struct vs_error ignored = { 0 };
	if (field_code_body(arena, text, &body, &ignored) && *body == 'E')
		return strtoll(body + 1, NULL, 10);
	ignored = (struct vs_error){ 0 };
	if (register_sheet_number(db, text, arena, &number, &ignored) &&
		strncmp(number, "EN-", 3) == 0)
		return strtoll(number + 3, NULL, 10);
	return 0;
}

bool
questionnaire_association(struct vs_db *db, const char *text, int64_t *ret_association,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_error why = { 0 };
	json_t *record = vs_record_get(db, &vs_association_type, text, &why);
	int64_t coded = !record && why.code == VS_NOT_FOUND
		? association_of_code(db, scratch.arena, text)
		: 0;
	if (coded)
		record = vs_record_get(db, &vs_association_type,
			vs_arena_printf(scratch.arena, "%" PRId64, coded), err);
	else if (!record)
		return vs_fail(err, why.code, "%s", why.text);
	if (!record)
		return false;
	*ret_association = record_integer(record, "id");
	json_decref(record);
	return true;
}

/* Entering ---------------------------------------------------------------------------------*/

/* An answer of no words takes an earlier one away. */
static bool
take_away(struct vs_db *db, const json_t *before, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!before)
		return true;
	if (!stmt_open(&q, db, SQL("DELETE FROM answer WHERE id = ?"), err))
		return false;
	stmt_bind(&q, record_integer(before, "id"));
	return stmt_run(&q, err);
}

static bool
write_answer(struct vs_db *db, const json_t *values, const json_t *before,
	struct vs_error *err)
{
	json_t *record = record_prepare(db, &vs_answer_type, before, values, err);
	bool ok = record && record_write(db, &vs_answer_type, before, record, err);
	json_decref(record);
	return ok;
}

static const json_t *
said(const json_t *answer)
{
	const json_t *text = json_object_get(answer, "text");
	return text ? text : json_object_get(answer, "value");
}

static bool
enter(struct vs_db *db, int64_t association, const json_t *answer, const char *day,
	struct vs_error *err)
{
	const char *key = record_string(answer, "question");
	json_t *question = vs_record_get(db, &vs_question_type, key ? key : "", err);
	if (!question)
		return false;
	key = record_string(question, "key");
	json_t *before = answer_of(db, association, key, err);
	json_t *values = json_pack("{s:O, s:s}", "value",
		(json_t *)(uintptr_t)said(answer), "answered_on", day ? day : "");
	if (!before) {
		json_object_set_new(values, "association", json_integer(association));
		record_put(values, "question", key);
	}
	const char *text = json_string_value(said(answer));
	bool ok = err->code == VS_OK &&
		(text && !*text ? take_away(db, before, err)
				: write_answer(db, values, before, err));
	json_decref(values);
	json_decref(before);
	json_decref(question);
	return ok;
}

/* Of two answers to one question nobody knows which is meant. */
static bool
check_once(const json_t *answers, struct vs_error *err)
{
	size_t i, k;
	json_t *a, *b;
	if (!json_array_size(answers))
		return vs_fail(err, VS_USAGE,
			_("say what was answered, as in support=ja material=4"));
	json_array_foreach (answers, i, a) {
		json_array_foreach (answers, k, b)
			if (k < i &&
				json_equal(json_object_get(a, "question"),
					json_object_get(b, "question")))
				return vs_fail(err, VS_INVALID,
					_("question %s is answered twice; say it once"),
					record_string(a, "question"));
	}
	return true;
}

bool
vs_answers_enter(struct vs_db *db, const char *association, const json_t *answers,
	const char *day, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	int64_t id;
	size_t i;
	json_t *answer;
	if (!check_once(answers, err) ||
		!change_begin(&change, db, "evaluation answer", err) ||
		!questionnaire_association(db, association, &id, err))
		return false;
	json_array_foreach (answers, i, answer)
		if (!enter(db, id, answer, day, err))
			return false;
	change_say(&change, "association", vs_arena_printf(scratch.arena, "%" PRId64, id),
		P_("%zu answer", "%zu answers", json_array_size(answers)),
		json_array_size(answers));
	return change_commit(&change, err);
}
