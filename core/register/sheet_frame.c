/* Sheets of paper as views: the frame, and the texts and objects that all rooms use. */
#include "register/sheet.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

/* Texts -----------------------------------------------------------------------------------*/

const char *
sheet_clock(struct vs_arena *arena, int minutes)
{
	return minutes < 0
		? ""
		: vs_arena_printf(arena, "%02d.%02d", minutes / 60, minutes % 60);
}

const char *
sheet_span(struct vs_arena *arena, int opens, int closes)
{
	return opens < 0 || closes < 0
		? ""
		: vs_arena_printf(arena, "%s–%s", sheet_clock(arena, opens),
			  sheet_clock(arena, closes));
}

const char *
sheet_duration(struct vs_arena *arena, int minutes)
{
	return minutes < 60 ? vs_arena_printf(arena, "%d\u00a0min", minutes)
			    : vs_arena_printf(arena, "%d\u00a0h %d\u00a0min",
				      minutes / 60, minutes % 60);
}

/* A stack of fifty weighs something, too. */
const char *
sheet_weight(struct vs_arena *arena, int64_t grams)
{
	double kg = grams > 0 && grams < 50 ? 0.1 : (double)grams / 1000;
	return vs_arena_printf(arena, "%s\u00a0kg", vs_text_decimal(arena, kg, 1));
}

const char *
sheet_count(struct vs_arena *arena, int64_t count)
{
	return count ? vs_text_number(arena, count) : "–";
}

const char *
sheet_day(struct vs_arena *arena, const char *date, enum vs_date_style style)
{
	struct vs_date day;
	struct vs_error ignored = { 0 };
	return date && vs_date_parse(date, &day, &ignored)
		? vs_date_text(arena, day, style)
		: "";
}

const char *
sheet_moment(struct vs_arena *arena, const char *date, int minutes)
{
	const char *day = sheet_day(arena, date, VS_DATE_SHORT);
	return minutes < 0
		? day
		: vs_arena_printf(arena, _("%s at %s"), day, sheet_clock(arena, minutes));
}

/* A sentence goes on behind a semicolon without its stop; the stop of "H." is its own. */
static size_t
length_before(const char *text, const char *mark)
{
	size_t length = strlen(text);
	bool sentence = length > 2 && text[length - 1] == '.' &&
		text[length - 2] != '.' && text[length - 2] != ' ' &&
		text[length - 3] != ' ';
	if (*mark == ';' && (sentence || text[length - 1] == ';'))
		length--;
	return length;
}

const char *
sheet_join(struct vs_arena *arena, const char *a, const char *mark, const char *b)
{
	if (!a || !*a)
		return b ? b : "";
	return b && *b ? vs_arena_printf(arena, "%.*s%s%s", (int)length_before(a, mark),
				 a, mark, b)
		       : a;
}

bool
sheet_election_name(struct vs_db *db, struct vs_arena *arena,
	const struct vs_campaign *campaign, const char **ret_text, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT code, adjective FROM election_kind ORDER BY position"),
		    err))
		return false;
	const char *text = "", *last = NULL;
	while (stmt_row(&q, err)) {
		if (!vs_kinds_include(campaign->kinds, stmt_text(&q, 0)))
			continue;
		text = sheet_join(arena, text, ", ", last);
		last = stmt_copy(&q, 1, arena);
	}
	text = sheet_join(arena, text, _(" and "), last);
	*ret_text = vs_arena_printf(arena, _("Election to %s"), text);
	return err->code == VS_OK;
}

/* Objects ---------------------------------------------------------------------------------*/

static const char *
or_empty(const char *text)
{
	return text ? text : "";
}

json_t *
sheet_address(const struct sheet_address *a)
{
	return json_pack("{s:s, s:s, s:s, s:s}", "name", or_empty(a->name), "street",
		or_empty(a->street), "postcode", or_empty(a->postcode), "town",
		or_empty(a->town));
}

json_t *
sheet_party(const struct sheet_address *address, const char *contact, const char *phone)
{
	json_t *party = sheet_address(address);
	record_put(party, "contact", contact);
	record_put(party, "phone", phone);
	return party;
}

json_t *
sheet_new(json_t *sheets, const char *heading, const char *subheading, const char *holder)
{
	json_t *sheet = json_pack("{s:[], s:n}", "warnings", "source");
	record_put(sheet, "heading", heading);
	record_put(sheet, "subheading", subheading);
	record_put(sheet, "holder", holder);
	json_array_append_new(sheets, sheet);
	return sheet;
}

void
sheet_warn(json_t *sheet, const char *text)
{
	json_t *warnings = json_object_get(sheet, "warnings"), *warning;
	size_t i;
	json_array_foreach (warnings, i, warning)
		if (strcmp(record_string(warning, "text"), text) == 0)
			return;
	json_array_append_new(warnings, json_pack("{s:s}", "text", text));
}

/* The frame -------------------------------------------------------------------------------*/

static bool
fill_frame(struct sheet_frame *f, json_t *view, struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	const char *election;
	if (!change_begin(&change, f->db, "print", err) ||
		!vs_campaign_get(f->db, f->arena, &f->campaign, err) ||
		!register_sheet_head(f->arena, &f->campaign, view, err) ||
		!sheet_election_name(f->db, f->arena, &f->campaign, &election, err))
		return false;
	json_t *sheets = json_array();
	json_object_set_new(view, "sheets", sheets);
	record_put(view, "title",
		vs_arena_printf(f->arena, "%s, %s", _(f->title), f->campaign.title));
	record_put(view, "subject", f->name);
	record_put(view, "election_name", election);
	if (!f->fill(f, sheets, err))
		return false;
	size_t count = json_array_size(sheets);
	if (count == 0)
		return vs_fail(err, VS_NOT_FOUND, "%s",
			f->filtered
				? _("there is nothing to print of what was chosen; leave "
				    "options out to get more")
				: _(f->nothing));
	change_say(&change, "sheet", f->name,
		P_("%zu sheet", "%zu sheets", (int64_t)count), count);
	return change_commit(&change, err);
}

json_t *
sheet_frame_view(struct sheet_frame *frame, struct vs_error *err)
{
	json_t *view = json_object();
	if (fill_frame(frame, view, err))
		return view;
	json_decref(view);
	return NULL;
}
