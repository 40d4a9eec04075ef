/*
 * mottagna-fortidsroster: how many advance votes a place received on each day. What was
 * received last time says where ballots will be needed this time.
 */
#include "exchange/model.h"

#include <string.h>
#include <strings.h>

#include <valstuga/date.h>

#include "base/i18n.h"

struct day {
	size_t head;
	const char *date;
};

#define VOTES_MAX 100000 /* of a place on a day: more is another column's number */
#define ADVANCE	  24	 /* days before election day that advance voting may begin */

/*
 * Heads that are dates. The election is this campaign's when they lead to it, else the Sunday
 * that the last of them leads to: a file from the middle of advance voting ends before its own.
 */
struct days {
	struct day *items;
	size_t count;
	const char *election;
};

static bool
find_days(struct rows *rows, struct days *days, struct vs_error *err)
{
	struct import *run = rows->run;
	struct vs_date last, ours;
	char text[11];
	days->items =
		vs_arena_alloc(run->arena, (rows->head_count + 1) * sizeof(struct day));
	days->election = "";
	for (size_t i = 0; i < rows->head_count; i++)
		if (codes_is_date(rows->heads[i])) {
			const char *date = vs_arena_copy(run->arena, rows->heads[i], 10);
			days->items[days->count++] = (struct day){ i, date };
			if (strcmp(date, days->election) > 0)
				days->election = date;
		}
	if (!days->count)
		return vs_fail(err, VS_INVALID,
			_("%s: no head is a date, so no votes are of a day; is it the right "
			  "file?"),
			rows->name);
	if (run->options->election_day) {
		days->election = run->options->election_day;
		return true;
	}
	if (!vs_date_parse(days->election, &last, err) ||
		!vs_date_parse(run->campaign.election_day, &ours, err))
		return false;
	int64_t left = vs_date_to_days(ours) - vs_date_to_days(last);
	vs_date_format(left >= 0 && left <= ADVANCE
			? ours
			: vs_date_add(last, 7 - vs_date_weekday(last)),
		text);
	days->election = vs_arena_copy(run->arena, text, 10);
	return true;
}

static void
take(struct import *run, const struct received *given)
{
	const char *key = vs_arena_printf(
		run->arena, "%s\x1f%s\x1f%s", given->election, given->code, given->date);
	struct received *r = names_get(&run->model->received, key);
	if (!r) {
		r = vs_arena_alloc(run->arena, sizeof *r);
		*r = *given;
		r->key = key;
		thing_add(run, &r->thing, NOUN_RECEIVED);
		names_put(&run->model->received, key, r);
		return;
	}
	thing_hold(run, &r->thing);
	if (r->votes != given->votes) {
		r->votes = given->votes;
		thing_change(run, &r->thing);
	}
	thing_text(run, &r->thing, &r->place, given->place);
}

/* A column that has moved shows in the sum. */
static void
check_sum(struct rows *rows, const struct received *r, int64_t sum)
{
	int64_t total;
	if (!codes_count(rows_get(rows, COL_TOTAL), &total) || total < 0 || total == sum)
		return;
	tally_problem(rows->run, SEVERITY_WARNING, rows->line, rows_head(rows, COL_TOTAL),
		_("compare the row with the authority's file"),
		_("%s: the days are %lld votes together, the total says %lld"), r->place,
		(long long)sum, (long long)total);
}

static void
take_days(struct rows *rows, const struct days *days, struct received *r)
{
	int64_t sum = 0;
	for (size_t i = 0; i < days->count; i++) {
		const char *cell = rows_cell(rows, days->items[i].head);
		if (!*cell)
			continue;
		if (!codes_count(cell, &r->votes) || r->votes < 0 ||
			r->votes > VOTES_MAX) {
			tally_problem(rows->run, SEVERITY_WARNING, rows->line,
				days->items[i].date, _("correct the number"),
				_("%s: \"%.40s\" is not a number of votes"), r->place,
				cell);
			continue;
		}
		r->date = days->items[i].date;
		sum += r->votes;
		take(rows->run, r);
	}
	check_sum(rows, r, sum);
}

/* The file ends with a sum over all places, which is no place. */
static bool
is_sum(const struct rows *rows)
{
	return !*rows_get(rows, COL_PLACE_CODE) ||
		strcasecmp(rows_get(rows, COL_PLACE), "summa") == 0 ||
		strcasecmp(rows_get(rows, COL_PLACE_CODE), "summa") == 0;
}

static bool
take_row(struct rows *rows, const struct days *days)
{
	struct import *run = rows->run;
	const char *code = rows_get(rows, COL_PLACE_CODE);
	const char *area = codes_kommun(
		run->arena, rows_get(rows, COL_LAN), rows_get(rows, COL_KOMMUN));
	struct received r = { .election = days->election };
	r.kommun = area ? names_get(&run->model->kommuner, area) : NULL;
	if (!r.kommun)
		return tally_refuse(run, rows->line, rows_head(rows, COL_KOMMUN),
			_("correct the code"), _("\"%.20s%.20s\" is no kommun"),
			rows_get(rows, COL_LAN), rows_get(rows, COL_KOMMUN));
	if (!r.kommun->in_district && !run->options->all) {
		run->tally.outside++;
		return true;
	}
	r.code = codes_pad(run->arena, code, 7);
	if (!r.code)
		return tally_refuse(run, rows->line, rows_head(rows, COL_PLACE_CODE),
			_("correct the code"),
			_("\"%.40s\" is not a place id of at most 7 digits"), code);
	r.place = codes_limit(run->arena, rows_get(rows, COL_PLACE), 120);
	run->tally.taken++;
	take_days(rows, days, &r);
	return true;
}

bool
received_import(struct rows *rows, struct vs_error *err)
{
	struct days days = { 0 };
	if (!find_days(rows, &days, err) || !model_received(rows->run, err))
		return false;
	while (rows_next(rows, err))
		if (!is_sum(rows))
			take_row(rows, &days);
	if (err->code != VS_OK)
		return false;
	if (!rows->run->options->election_day)
		tally_problem(rows->run, SEVERITY_NOTICE, 0, NULL,
			_("give --election if it is another one"),
			_("the votes were taken for the election of %s"), days.election);
	return true;
}
