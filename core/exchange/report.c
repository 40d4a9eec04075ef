/* What an import tells: counts per noun, problems, what is gone. */
#include "exchange/exchange.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

#define PROBLEMS_MAX 1000 /* a file; the rest is only counted */

static const char *const nouns[NOUN_COUNT] = {
	[NOUN_PARTY] = N_("party"),
	[NOUN_KOMMUN] = N_("kommun"),
	[NOUN_CONSTITUENCY] = N_("constituency"),
	[NOUN_PLACE] = N_("place"),
	[NOUN_DISTRICT] = N_("district"),
	[NOUN_OPENING] = N_("opening"),
	[NOUN_RESULT] = N_("last_result"),
	[NOUN_OUTCOME] = N_("result"),
	[NOUN_PARTICIPATION] = N_("participation"),
	[NOUN_PERSON] = N_("person"),
	[NOUN_LIST] = N_("list"),
	[NOUN_CANDIDACY] = N_("candidacy"),
	[NOUN_OPEN_CONSENT] = N_("open_consent"),
	[NOUN_RECEIVED] = N_("advance_received"),
	[NOUN_BORDER] = N_("border"),
};

static const char *const severities[] = { "error", "warning", "notice" };

void
tally_begin(struct import *run, const char *file)
{
	run->stamp++;
	run->tally = (struct tally){ .file = file, .encoding = "UTF-8" };
	run->tally.problems = json_array();
	run->tally.gone = json_array();
	for (size_t i = 0; i < NOUN_COUNT; i++)
		run->tally.counts[i].noun = nouns[i];
}

static void
add_problem(struct import *run, enum severity severity, size_t line, const char *field,
	const char *todo, const char *text)
{
	struct tally *tally = &run->tally;
	if (json_array_size(tally->problems) >= PROBLEMS_MAX) {
		tally->left_out++;
		return;
	}
	json_t *record = json_null();
	if (line && tally->lines) {
		record = json_integer((json_int_t)line);
		line = tally->lines[line - 1];
	}
	json_array_append_new(tally->problems,
		json_pack("{s:s, s:o, s:o, s:s?, s:s, s:s}", "severity",
			severities[severity], "line",
			line ? json_integer((json_int_t)line) : json_null(), "record",
			record, "field", field, "text", text, "todo", todo));
}

char *
tally_say(const char *format, va_list args)
{
	char *said;
	size_t bad;
	int length = vasprintf(&said, format, args);
	if (length < 0)
		vs_abort("out of memory");
	for (size_t left = (size_t)length; !vs_text_check(said, left, &bad); left--)
		memmove(said + bad, said + bad + 1, left - bad);
	return said;
}

const char *
tally_where(const struct import *run, size_t line)
{
	return run->tally.lines ? vs_arena_printf(run->arena, _("record %zu"), line)
				: vs_arena_printf(run->arena, _("line %zu"), line);
}

void
tally_problem(struct import *run, enum severity severity, size_t line, const char *field,
	const char *todo, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *said = tally_say(format, args);
	va_end(args);
	add_problem(run, severity, line, field, todo, said);
	free(said);
}

bool
tally_refuse(struct import *run, size_t line, const char *field, const char *todo,
	const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *said = tally_say(format, args);
	va_end(args);
	run->tally.refused++;
	add_problem(run, SEVERITY_ERROR, line, field, todo, said);
	free(said);
	return true;
}

void
tally_gone(struct import *run, size_t noun, const char *format, ...)
{
	va_list args;
	run->tally.counts[noun].gone++;
	if (json_array_size(run->tally.gone) >= PROBLEMS_MAX) {
		run->tally.left_out++;
		return;
	}
	va_start(args, format);
	char *said = tally_say(format, args);
	va_end(args);
	json_array_append_new(run->tally.gone, json_string(said));
	free(said);
}

bool
tally_changed(const struct tally *tally)
{
	for (size_t i = 0; i <= NOUN_COUNT; i++)
		if (tally->counts[i].added || tally->counts[i].changed)
			return true;
	return false;
}

static json_t *
report_counts(const struct tally *tally)
{
	json_t *list = json_array();
	for (size_t i = 0; i <= NOUN_COUNT; i++) {
		const struct count *c = &tally->counts[i];
		size_t touched = c->added + c->changed;
		size_t same = c->held > touched ? c->held - touched : 0;
		if (c->noun && (touched || same || c->gone))
			json_array_append_new(list,
				json_pack("{s:s, s:I, s:I, s:I, s:I}", "noun", c->noun,
					"new", (json_int_t)c->added, "changed",
					(json_int_t)c->changed, "unchanged",
					(json_int_t)same, "gone", (json_int_t)c->gone));
	}
	return list;
}

json_t *
tally_report(struct tally *tally)
{
	json_t *report = json_pack("{s:s, s:s, s:s, s:s}", "file", tally->file, "format",
		tally->format, "format_name", tally->format_name, "encoding",
		tally->encoding);
	if (tally->election)
		json_object_set_new(report, "election", json_string(tally->election));
	json_object_set_new(report, "rows", json_integer((json_int_t)tally->rows));
	json_object_set_new(report, "taken", json_integer((json_int_t)tally->taken));
	json_object_set_new(report, "outside", json_integer((json_int_t)tally->outside));
	json_object_set_new(
		report, "other_parties", json_integer((json_int_t)tally->other_parties));
	json_object_set_new(report, "nouns", report_counts(tally));
	json_object_set_new(report, "refused", json_integer((json_int_t)tally->refused));
	json_object_set(report, "problems", tally->problems);
	json_object_set(report, "gone", tally->gone);
	json_object_set_new(
		report, "problems_left_out", json_integer((json_int_t)tally->left_out));
	return report;
}

void
tally_done(struct tally *tally)
{
	json_decref(tally->problems);
	json_decref(tally->gone);
	tally->problems = tally->gone = NULL;
}
