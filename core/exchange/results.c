/*
 * Results and eligible voters per district: the authority's three files of results and
 * plain files of eligible voters.
 *
 * Districts that are not known yet are made without a place; the file of polling stations
 * fills it in, and its name and constituency of a district go before those of these files.
 * Where only results are known their names differ a little from file to file ("m.m" or
 * not); the longest is kept, whichever file comes first.
 *
 * What is of this campaign's own election goes to a table of its own (struct outcome), with the
 * districts as they were then: ballots are allocated by the districts and figures of before.
 */
#include "exchange/model.h"

#include <string.h>

#include "base/i18n.h"

#define COLLECTION_FROM 9800 /* last four digits of late advance votes' districts */

struct source {
	enum layout layout;
	const char *kind; /* NULL: each row has its own */
	int votes_head;	  /* -1: no column for the campaign's party */
	bool now;	  /* of this campaign's own election */
};

struct figures {
	int64_t eligible, voted, valid, votes;
};

static int
kind_index(const char *kind)
{
	return kind[0] == 'E'	 ? RESULT_EP
		: kind[0] == 'K' ? RESULT_KF
		: kind[1] == 'D' ? RESULT_RD
				 : RESULT_RF;
}

/* The column that is headed by the party's short name; the Liberals were FP before. */
static int
find_votes(struct rows *rows)
{
	struct import *run = rows->run;
	const char *own = run->campaign.party_short;
	if (!own || !rows_has(rows, COL_VOTED))
		return -1;
	own = codes_fold(run->arena, own);
	for (size_t i = 0; i < rows->head_count; i++) {
		const char *head = codes_fold(run->arena, rows->heads[i]);
		if (strcmp(head, own) == 0 ||
			(strcmp(own, "l") == 0 && strcmp(head, "fp") == 0))
			return (int)i;
	}
	tally_problem(run, SEVERITY_NOTICE, 0, NULL,
		_("nothing need be done if the party did not stand then"),
		_("no column for %s: votes for the campaign's party are not known"),
		run->campaign.party_short);
	return -1;
}

static bool
begin(struct rows *rows, struct source *source, struct vs_error *err)
{
	static const char *const kinds[LAYOUT_COUNT] = {
		[LAYOUT_REGION] = "RF", [LAYOUT_KOMMUN] = "KF", [LAYOUT_RIKSDAG] = "RD"
	};
	if (!results_are_now(rows, &source->now, err))
		return false;
	source->layout = rows->layout;
	source->kind = kinds[rows->layout];
	source->votes_head = find_votes(rows);
	if (source->kind || rows_has(rows, COL_KIND))
		return true;
	source->kind = rows->run->options->kind;
	return source->kind ||
		vs_fail(err, VS_USAGE,
			_("%s does not say which election its eligible voters are counted for; say "
			  "it with --kind RD, RF, KF or EP"),
			rows->name);
}

/* Eight digits: as given, or put together from län, kommun and four. */
static const char *
district_code(struct rows *rows)
{
	struct vs_arena *arena = rows->run->arena;
	const char *given = rows_get(rows, COL_DISTRICT);
	if (strlen(given) > 4 || !rows_has(rows, COL_KOMMUN))
		return codes_pad(arena, given, 8);
	const char *lan = rows_get(rows, rows_has(rows, COL_LAN) ? COL_LAN : COL_REGION);
	const char *kommun = codes_kommun(arena, lan, rows_get(rows, COL_KOMMUN));
	const char *last = codes_pad(arena, given, 4);
	if (!kommun || !last)
		return NULL;
	char *code = vs_arena_alloc(arena, 9);
	memcpy(code, kommun, 4);
	memcpy(code + 4, last, 4);
	return code;
}

static bool
read_figure(struct rows *rows, enum column column, int64_t *ret_value)
{
	const char *text = rows_get(rows, column);
	if (codes_count(text, ret_value))
		return true;
	tally_problem(rows->run, SEVERITY_WARNING, rows->line, rows_head(rows, column),
		_("correct the figure"), _("\"%.40s\" is not a number; it was left out"),
		text);
	return false;
}

static bool
read_figures(struct rows *rows, const struct source *source, struct figures *ret)
{
	struct import *run = rows->run;
	const char *eligible = rows_get(rows, COL_ELIGIBLE);
	*ret = (struct figures){ -1, -1, -1, -1 };
	if (!codes_count(eligible, &ret->eligible) || ret->eligible < 0) {
		tally_refuse(run, rows->line, rows_head(rows, COL_ELIGIBLE),
			_("correct the figure"),
			_("\"%.40s\" is not a number of eligible voters"), eligible);
		return false;
	}
	read_figure(rows, COL_VOTED, &ret->voted);
	read_figure(rows, COL_VALID_VOTES, &ret->valid);
	if (source->votes_head >= 0 &&
		!codes_count(rows_cell(rows, (size_t)source->votes_head), &ret->votes))
		tally_problem(run, SEVERITY_WARNING, rows->line,
			rows->heads[source->votes_head], _("correct the figure"),
			_("\"%.40s\" is not a number; it was left out"),
			rows_cell(rows, (size_t)source->votes_head));
	return true;
}

static bool
is_collection(const char *code, const char *name)
{
	int last = (code[4] - '0') * 1000 + (code[5] - '0') * 100 + (code[6] - '0') * 10 +
		code[7] - '0';
	return last >= COLLECTION_FROM ||
		strncmp(name, "Förtidsröster ej fördelade",
			strlen("Förtidsröster ej fördelade")) == 0;
}

static void
take_name(struct import *run, struct district *d, const char *name)
{
	size_t length = strlen(name), known = strlen(d->name);
	if (d->place || !length)
		return;
	if (length > known || (length == known && strcmp(name, d->name) > 0) ||
		strcmp(d->name, d->code) == 0)
		thing_text(run, &d->thing, &d->name, name);
}

/* "0" is undivided, 99 the late advance votes of a divided kommun. */
static void
take_constituency(struct rows *rows, struct district *d)
{
	const char *given = "", *area, *code;
	if (rows->layout == LAYOUT_KOMMUN)
		given = rows_get(rows, COL_CONSTITUENCY);
	else if (rows->layout == LAYOUT_REGION)
		given = rows_get(rows, COL_KF_CODE);
	if (!*given || strcmp(given, "99") == 0 || d->collection)
		return;
	if (codes_area(rows->run, "KF", d->kommun->code, given, &area, &code))
		thing_fill(rows->run, &d->thing, &d->kf_constituency, code);
}

static struct district *
find_district(
	struct rows *rows, struct kommun *kommun, const char *code, const char *name)
{
	struct import *run = rows->run;
	struct district *d = names_get(&run->model->districts, code);
	if (d) {
		thing_hold(run, &d->thing);
		take_name(run, d, name);
	} else {
		d = model_district_new(run, kommun, code, *name ? name : code);
		d->collection = is_collection(code, d->name);
	}
	take_constituency(rows, d);
	return d;
}

static void
set_figure(struct import *run, struct thing *thing, int64_t *field, int64_t value)
{
	if (value < 0 || *field == value)
		return;
	*field = value;
	thing_change(run, thing);
}

static int64_t
add_known(int64_t a, int64_t b)
{
	return a < 0 ? b : b < 0 ? a : a + b;
}

/* Rows of one collection district, one per riksdag constituency, are added together. */
struct seen {
	size_t line;
	const char *code, *name;
	struct kommun *kommun;
	struct district *district; /* NULL: of this campaign's election */
	bool collection;
	const char *kind;
	struct figures sum;
};

static void
take_result(struct import *run, const struct seen *seen)
{
	struct district *d = seen->district;
	const struct figures *given = &seen->sum;
	struct result **at = &d->results[kind_index(seen->kind)];
	if (!*at) {
		*at = vs_arena_alloc(run->arena, sizeof **at);
		**at = (struct result){ .district = d,
			.eligible = given->eligible,
			.voted = given->voted,
			.valid = given->valid,
			.votes = given->votes };
		thing_add(run, &(*at)->thing, NOUN_RESULT);
		return;
	}
	struct result *r = *at;
	thing_hold(run, &r->thing);
	set_figure(run, &r->thing, &r->eligible, given->eligible);
	set_figure(run, &r->thing, &r->voted, given->voted);
	set_figure(run, &r->thing, &r->valid, given->valid);
	set_figure(run, &r->thing, &r->votes, given->votes);
}

static void
take_outcome(struct import *run, const struct seen *seen)
{
	const struct figures *given = &seen->sum;
	const char *key = vs_arena_printf(run->arena, "%s%s", seen->kind, seen->code);
	struct outcome *o = names_get(&run->model->outcomes, key);
	if (!o) {
		o = vs_arena_alloc(run->arena, sizeof *o);
		*o = (struct outcome){ .key = key,
			.kind = seen->kind,
			.code = seen->code,
			.name = *seen->name ? seen->name : seen->code,
			.kommun = seen->kommun,
			.eligible = given->eligible,
			.voted = given->voted,
			.valid = given->valid,
			.votes = given->votes };
		thing_add(run, &o->thing, NOUN_OUTCOME);
		names_put(&run->model->outcomes, key, o);
		return;
	}
	thing_hold(run, &o->thing);
	thing_text(run, &o->thing, &o->name, seen->name);
	set_figure(run, &o->thing, &o->eligible, given->eligible);
	set_figure(run, &o->thing, &o->voted, given->voted);
	set_figure(run, &o->thing, &o->valid, given->valid);
	set_figure(run, &o->thing, &o->votes, given->votes);
}

static bool
add_seen(struct rows *rows, struct names *index, struct pile *all,
	const struct seen *given)
{
	struct import *run = rows->run;
	const char *key = rows->layout == LAYOUT_ELIGIBLE
		? vs_arena_printf(run->arena, "%s%s", given->code, given->kind)
		: given->code;
	struct seen *seen = names_get(index, key);
	const struct figures *more = &given->sum;
	if (!seen) {
		seen = vs_arena_alloc(run->arena, sizeof *seen);
		*seen = *given;
		names_put(index, key, seen);
		pile_add(run->arena, all, seen);
	} else if (given->collection) {
		seen->sum.eligible = add_known(seen->sum.eligible, more->eligible);
		seen->sum.voted = add_known(seen->sum.voted, more->voted);
		seen->sum.valid = add_known(seen->sum.valid, more->valid);
		seen->sum.votes = add_known(seen->sum.votes, more->votes);
	} else {
		return tally_refuse(run, rows->line, rows_head(rows, COL_DISTRICT),
			_("remove one of the rows"),
			_("district %s stands in the file already (%s)"), given->code,
			tally_where(run, seen->line));
	}
	run->tally.taken++;
	return true;
}

static void
check_figures(struct rows *rows, const struct seen *seen)
{
	const struct figures *f = &seen->sum;
	if (seen->collection || (f->voted <= f->eligible && f->valid <= f->voted))
		return;
	tally_problem(rows->run, SEVERITY_WARNING, rows->line, rows_head(rows, COL_VOTED),
		_("compare with the authority's published result"),
		_("district %s: more voted than were eligible, or more valid votes than votes"),
		seen->code);
}

static bool
take_row(struct rows *rows, const struct source *source, struct names *index,
	struct pile *all)
{
	struct import *run = rows->run;
	struct figures figures;
	const char *code = district_code(rows), *kind = source->kind;
	char kommun_code[5] = "";
	if (code)
		memcpy(kommun_code, code, 4);
	struct kommun *kommun = model_kommun(run, kommun_code);
	if (!kommun)
		return tally_refuse(run, rows->line, rows_head(rows, COL_DISTRICT),
			_("correct the code"),
			_("\"%.40s\" is not the code of a district"),
			rows_get(rows, COL_DISTRICT));
	if (!kommun->in_district && !run->options->all) {
		run->tally.outside++;
		return true;
	}
	if (!kind && !(kind = codes_kind(rows_get(rows, COL_KIND))))
		return tally_refuse(run, rows->line, rows_head(rows, COL_KIND),
			_("it must be RD, RF, KF or EP"),
			_("\"%.40s\" is not a kind of election"),
			rows_get(rows, COL_KIND));
	if (!read_figures(rows, source, &figures))
		return true;
	struct seen seen = { .line = rows->line,
		.code = code,
		.kommun = kommun,
		.kind = kind,
		.sum = figures };
	seen.name = codes_limit(run->arena, rows_get(rows, COL_DISTRICT_NAME), 120);
	seen.collection = is_collection(code, seen.name);
	if (!source->now) {
		seen.district = find_district(rows, kommun, code, seen.name);
		seen.collection = seen.district->collection;
	}
	check_figures(rows, &seen);
	return add_seen(rows, index, all, &seen);
}

bool
results_import(struct rows *rows, struct vs_error *err)
{
	struct import *run = rows->run;
	struct names index = { .arena = run->arena };
	struct pile all = { 0 };
	struct source source;
	if (!begin(rows, &source, err) ||
		!(source.now ? model_outcomes(run, err) : model_results(run, err)))
		return false;
	while (rows_next(rows, err))
		take_row(rows, &source, &index, &all);
	if (err->code != VS_OK)
		return false;
	for (size_t i = 0; i < all.count; i++)
		if (source.now)
			take_outcome(run, all.items[i]);
		else
			take_result(run, all.items[i]);
	return true;
}
