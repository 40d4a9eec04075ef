/* Sheets as PDF: a view, a layout, a file. */
#include <stdlib.h>
#include <string.h>

#include <valstuga/delivery.h>
#include <valstuga/evaluation.h>
#include <valstuga/flyer.h>
#include <valstuga/goal.h>
#include <valstuga/media.h>
#include <valstuga/paper.h>
#include <valstuga/privacy.h>
#include <valstuga/text.h>

#include "tool.h"

static json_t *
extract_view(struct vs_db *db, const struct vs_field_sheet_options *options,
	struct vs_error *err)
{
	if (options->filter.person)
		return vs_extract_sheet_view(db, options->filter.person, err);
	vs_fail(err, VS_USAGE, _("whose extract? Say --person"));
	return NULL;
}

static json_t *
evaluation_view(struct vs_db *db, const struct vs_field_sheet_options *options,
	struct vs_error *err)
{
	(void)options;
	return vs_evaluation_sheet_view(db, err);
}

static json_t *
questionnaire_view(struct vs_db *db, const struct vs_field_sheet_options *options,
	struct vs_error *err)
{
	return vs_questionnaire_view(db, options->filter.association, err);
}

/* Lists and orders are chosen by one set of options, what is delivered by another, people in
 * the field by a third. */
static const struct sheet {
	const char *name;
	const char *about;
	const char *options; /* those that it takes, besides the output */
	json_t *(*lists)(
		struct vs_db *, const struct vs_sheet_options *, struct vs_error *);
	json_t *(*goods)(struct vs_db *, const struct vs_delivery_sheet_options *,
		struct vs_error *);
	json_t *(*field)(
		struct vs_db *, const struct vs_field_sheet_options *, struct vs_error *);
	json_t *(*media)(struct vs_db *, const char *, const struct vs_media_scope *,
		struct vs_error *);
	json_t *(*calendar)(
		struct vs_db *, const struct vs_calendar_options *, struct vs_error *);
	json_t *(*whole)(struct vs_db *, struct vs_error *); /* nothing is chosen */
} sheets[] = {
	{ "box-labels", N_("a label for every box, with the code of its delivery note"),
		"day round kommun carrier delivery format start adjust",
		.goods = vs_box_labels_view },
	{ "calendar", N_("the election calendar: a page per month, then the list"),
		"from until association kommun kind",
		.calendar = vs_calendar_sheet_view },
	{ "call-list", N_("whom to ring for what, with a code to type the answer back"),
		"day from until association kommun activity kind holder",
		.field = vs_call_list_view },
	{ "canvass-sheet", N_("a walk from door to door: streets, counts, no names"),
		"day from until kommun activity canvass",
		.field = vs_canvass_sheet_view },
	{ "checklist", N_("what must be done before, during and after an activity"),
		"day from until association kommun activity kind",
		.field = vs_checklist_view },
	{ "coverage-board", N_("what every place of a kommun needs and has, gaps first"),
		"day round kommun", .goods = vs_coverage_sheet_view },
	{ "day-plan", N_("everything of a day, what is missing first"), "day",
		.field = vs_day_plan_view },
	{ "delivery-note", N_("what a receiver gets, with a receipt to tear off"),
		"day round kommun carrier delivery place",
		.goods = vs_delivery_note_view },
	{ "evaluation-report", N_("how the election went, for the annual meeting"), "",
		.field = evaluation_view },
	{ "extract", N_("all that the file knows about one person"), "person",
		.field = extract_view },
	{ "flyer", N_("flyers with a code that leads people to us, a batch a page"),
		"day from until association kommun activity flyer text size up bleed slip "
		"advert",
		.field = vs_flyer_view },
	{ "goal-report", N_("all goals of the plan: how they stand, why, where they go"),
		"", .whole = vs_goal_sheet_view },
	{ "jour-list", N_("who answers the telephone, day by day"), "day",
		.goods = vs_jour_list_view },
	{ "list-proof", N_("a candidate list as it will stand on the ballot paper"),
		"kommun kind list", .lists = vs_list_proof_view },
	{ "media-week", N_("a week in the media: done, ahead, forecast, unseen"),
		"week goal target kinds association by area from until",
		.media = vs_media_sheet_view },
	{ "order-sheet", N_("what to order, for a kommun or the whole district"),
		"kommun kind whole", .lists = vs_order_sheet_view },
	{ "pick-list", N_("what to take from which shelf, for a route or a delivery"),
		"day round kommun carrier delivery place", .goods = vs_pick_list_view },
	{ "place-sheet", N_("a place's page for the binder"), "round kommun place",
		.goods = vs_place_sheet_view },
	{ "questionnaire", N_("questions to an association, to fill in by pen"),
		"association", .field = questionnaire_view },
	{ "roster", N_("who stands where when, to tick off, with lines for walk-ins"),
		"day from until association kommun activity kind holder",
		.field = vs_roster_view },
	{ "route-sheet", N_("where a carrier drives, stop by stop"),
		"day round kommun carrier place", .goods = vs_route_sheet_view },
	{ "saturday-sheet", N_("which candidates are where on which Saturday"),
		"from until", .field = vs_saturday_sheet_view },
	{ "status-report", N_("how things stand, one page for the board"), "",
		.whole = vs_status_sheet_view },
};

static bool
list_sheets(void)
{
	for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
		printf("%-18s %s\n", sheets[i].name, _(sheets[i].about));
	return true;
}

static const struct sheet *
find_sheet(struct call *call)
{
	for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
		if (strcmp(sheets[i].name, call->args[0]) == 0)
			return &sheets[i];
	vs_fail(&call->err, VS_USAGE,
		_("there is no sheet \"%s\"; 'valstuga print' lists them"),
		call->args[0]);
	return NULL;
}

/* An option that a sheet does not look at would be a filter that does not filter. */
static bool
check_options(struct call *call, const struct sheet *sheet)
{
	const char *name;
	json_t *value;
	json_object_foreach (call->options, name, value) {
		const char *found = strstr(sheet->options, name);
		size_t length = strlen(name);
		if (strcmp(name, "output") == 0 ||
			(found && (found[length] == ' ' || !found[length])))
			continue;
		if (!*sheet->options)
			return vs_fail(&call->err, VS_USAGE,
				_("the sheet %s is whole; it takes --output only"),
				sheet->name);
		return vs_fail(&call->err, VS_USAGE,
			_("the sheet %s is not chosen by --%s; it takes: %s"),
			sheet->name, name, sheet->options);
	}
	return true;
}

/* "1.5,-2" or "1,5;-2": millimetres to the right and down. */
static bool
read_adjust(struct call *call, struct vs_delivery_sheet_options *goods)
{
	const char *text = option(call, "adjust");
	if (!text)
		return true;
	const char *mark = strchr(text, ';') ? strchr(text, ';') : strchr(text, ',');
	if (mark && (*mark == ';' || !strchr(mark + 1, ',')) &&
		vs_text_to_real(vs_arena_copy(call->arena, text, (size_t)(mark - text)),
			&goods->adjust_x) &&
		vs_text_to_real(mark + 1, &goods->adjust_y))
		return true;
	return vs_fail(&call->err, VS_USAGE,
		_("--adjust is millimetres to the right and down, such as 1.5,-2; not \"%s\""),
		text);
}

static bool
read_start(struct call *call, struct vs_delivery_sheet_options *goods)
{
	const char *text = option(call, "start");
	int64_t start = 1;
	if (text && (!vs_text_to_integer(text, &start) || start < 1 || start > 100))
		return vs_fail(&call->err, VS_USAGE,
			_("--start is the number of the first free label, from 1; not \"%s\""),
			text);
	goods->start = (int)start;
	return true;
}

static json_t *
goods_view(struct call *call, const struct sheet *sheet)
{
	struct vs_delivery_sheet_options goods = { .day = option(call, "day"),
		.round = option(call, "round"),
		.kommun = option(call, "kommun"),
		.carrier = option(call, "carrier"),
		.delivery = option(call, "delivery"),
		.place = option(call, "place"),
		.format = option(call, "format") };
	if (!read_adjust(call, &goods) || !read_start(call, &goods) ||
		!open_campaign(call, VS_WRITE))
		return NULL;
	return sheet->goods(call->db, &goods, &call->err);
}

static json_t *
lists_view(struct call *call, const struct sheet *sheet)
{
	const struct vs_sheet_options lists = { .kommun = option(call, "kommun"),
		.kind = option(call, "kind"),
		.list = option(call, "list"),
		.whole = flag(call, "whole") };
	if (!open_campaign(call, VS_WRITE))
		return NULL;
	return sheet->lists(call->db, &lists, &call->err);
}

static json_t *
field_view(struct call *call, const struct sheet *sheet)
{
	const char *day = option(call, "day");
	const struct vs_field_sheet_options field = {
		.filter = { .from = day ? day : option(call, "from"),
			.until = day ? day : option(call, "until"),
			.association = option(call, "association"),
			.kommun = option(call, "kommun"),
			.activity = option(call, "activity"),
			.kind = option(call, "kind"),
			.person = option(call, "person") },
		.holder = option(call, "holder"),
		.canvass = option(call, "canvass"),
		.flyer = option(call, "flyer"),
		.text = option(call, "text"),
		.size = option(call, "size"),
		.up = option(call, "up"),
		.bleed = flag(call, "bleed"),
		.slip = flag(call, "slip"),
		.advert = flag(call, "advert")
	};
	if (!open_campaign(call, VS_WRITE))
		return NULL;
	return sheet->field(call->db, &field, &call->err);
}

static json_t *
media_view(struct call *call, const struct sheet *sheet)
{
	struct vs_media_scope scope;
	const char *day;
	if (!open_campaign(call, VS_WRITE) || !media_scope(call, &scope) ||
		!media_day(call, option(call, "week"), &scope, &day))
		return NULL;
	return sheet->media(call->db, day, &scope, &call->err);
}

static json_t *
calendar_view(struct call *call, const struct sheet *sheet)
{
	const struct vs_calendar_options calendar = calendar_options(call);
	if (!open_campaign(call, VS_WRITE))
		return NULL;
	return sheet->calendar(call->db, &calendar, &call->err);
}

static json_t *
whole_view(struct call *call, const struct sheet *sheet)
{
	return open_campaign(call, VS_WRITE) ? sheet->whole(call->db, &call->err) : NULL;
}

static json_t *
sheet_view(struct call *call, const struct sheet *sheet)
{
	if (sheet->whole)
		return whole_view(call, sheet);
	if (sheet->media)
		return media_view(call, sheet);
	if (sheet->calendar)
		return calendar_view(call, sheet);
	if (sheet->field)
		return field_view(call, sheet);
	return sheet->goods ? goods_view(call, sheet) : lists_view(call, sheet);
}

bool
cmd_print(struct call *call)
{
	if (call->arg_count == 0)
		return list_sheets();
	const struct sheet *sheet = find_sheet(call);
	if (!sheet || !check_options(call, sheet))
		return false;
	const char *path = option(call, "output");
	if (!path)
		path = vs_arena_printf(call->arena, "%s.pdf", sheet->name);
	json_t *view = sheet_view(call, sheet);
	if (!view)
		return false;
	bool ok = true;
	if (call->json)
		print_json(view);
	else
		ok = render_sheet(call, sheet->name, view, path);
	json_decref(view);
	return ok;
}
