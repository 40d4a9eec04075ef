/*
 * The view behind the list proof (korrekturunderlag): the list as it will stand on the
 * ballot paper, with every paper that is in or missing, and a preview of front and back.
 */
#include "ballots/ballots.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

struct source {
	struct vs_db *db;
	struct vs_arena *arena;
	struct vs_campaign campaign;
	json_t *kinds; /* array of election kind records */
};

static const json_t *
kind_of(const struct source *s, const json_t *list)
{
	size_t i;
	json_t *kind;
	json_array_foreach (s->kinds, i, kind)
		if (strcmp(record_string(kind, "code"), record_string(list, "kind")) == 0)
			return kind;
	return NULL;
}

/* "2026-02-03, digitalt i Valid", or in words why there is no date. */
static const char *
paper_text(struct vs_arena *arena, const json_t *candidate, const char *paper)
{
	const char *given = record_string(candidate, paper);
	const char *date =
		record_string(candidate, vs_arena_printf(arena, "%s_on", paper));
	const char *from =
		record_string(candidate, vs_arena_printf(arena, "%s_source", paper));
	if (date && from)
		return vs_arena_printf(arena, "%s, %s", date, from);
	if (date || (from && strcmp(given, "yes") == 0))
		return date ? date : from;
	return strcmp(given, "yes") == 0 ? _("yes, undated")
					 : record_choice(ballots_given, given);
}

static json_t *
candidate_row(struct source *s, const json_t *candidate, bool locked)
{
	json_t *row = json_object();
	const char *text = record_string(candidate, "ballot_text");
	const char *problem = "";
	json_object_set(row, "position", json_object_get(candidate, "position"));
	record_put(row, "name", record_string(candidate, "name"));
	record_put(row, "text", text);
	record_put(row, "declaration", record_string(candidate, "declaration"));
	record_put(
		row, "declaration_text", paper_text(s->arena, candidate, "declaration"));
	record_put(row, "consent", record_string(candidate, "consent"));
	record_put(row, "consent_text", paper_text(s->arena, candidate, "consent"));
	if (!candidate_complete(candidate, locked))
		problem = locked ? _("the declaration is missing")
				 : _("declaration or consent is missing");
	else if (!text)
		problem = _("no text on the ballot paper");
	record_put(row, "problem", problem);
	return row;
}

/* The two texts of valförordningen 5 a §, by the kind of list. */
static const char *
instruction(bool locked)
{
	return locked
		? _("You may cast a personal vote by marking one candidate with a cross.")
		: _("You may cast a personal vote by marking one candidate with a cross, or "
		    "by writing a name.");
}

static json_t *
ballot_preview(struct source *s, const json_t *list, const json_t *kind,
	const json_t *candidates)
{
	json_t *front = json_array(), *back = json_array(), *candidate;
	const char *designation = record_string(list, "designation");
	size_t i, count = json_array_size(candidates);
	json_array_foreach (candidates, i, candidate) {
		json_t *line = json_object();
		json_object_set(line, "position", json_object_get(candidate, "position"));
		record_put(line, "name", record_string(candidate, "name"));
		record_put(line, "text", record_string(candidate, "ballot_text"));
		if (i < VS_NAMES_FRONT)
			json_array_append_new(front, line);
		else if (i < VS_NAMES_USUAL_MAX)
			json_array_append_new(back, line);
		else
			json_decref(line);
	}
	json_t *ballot = json_pack("{s:o, s:o}", "front", front, "back", back);
	record_put(ballot, "party_heading", s->campaign.party_name);
	record_put(ballot, "election_line",
		vs_arena_printf(
			s->arena, _("Election to %s"), record_string(kind, "adjective")));
	record_put(ballot, "area_line",
		designation ? designation : record_string(list, "constituencies"));
	record_put(ballot, "instruction", instruction(record_true(list, "locked")));
	record_put(ballot, "list_number", record_string(list, "number"));
	json_object_set_new(ballot, "over",
		json_integer(count > VS_NAMES_USUAL_MAX
				? (json_int_t)(count - VS_NAMES_USUAL_MAX)
				: 0));
	return ballot;
}

/* When and by whom the list got its newest version; nothing for a list without history. */
static bool
put_changed(struct source *s, json_t *sheet, int64_t list, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	char time[17];
	record_put(sheet, "changed", "");
	if (!stmt_open(&q, s->db,
		    SQL("SELECT at, actor FROM list_version WHERE list_id = ?"
			" ORDER BY version DESC"),
		    err))
		return false;
	stmt_bind(&q, list);
	if (stmt_row(&q, err))
		record_put(sheet, "changed",
			vs_arena_printf(s->arena, _("%s by %s"),
				vs_time_format_local(stmt_int(&q, 0), time),
				stmt_text(&q, 1)));
	return err->code == VS_OK;
}

/* Pieces of the list's order, else what the authority's file says. */
static bool
put_pieces(struct source *s, json_t *sheet, int64_t list, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	record_put(sheet, "pieces", "–");
	if (!stmt_open(&q, s->db,
		    SQL("SELECT coalesce(o.pieces, nullif(l.authority_pieces, 0)) FROM list l"
			" LEFT JOIN ballot_order o ON o.list_id = l.id AND o.status <> 'cancelled'"
			" WHERE l.id = ?"),
		    err))
		return false;
	stmt_bind(&q, list);
	if (stmt_row(&q, err) && !stmt_null(&q, 0))
		record_put(sheet, "pieces", vs_text_number(s->arena, stmt_int(&q, 0)));
	return err->code == VS_OK;
}

static void
set_head(struct source *s, json_t *sheet, const json_t *list, const json_t *kind)
{
	bool locked = record_true(list, "locked");
	record_put(sheet, "heading",
		vs_arena_printf(s->arena, "%s – %s", record_string(kind, "name"),
			record_string(list, "constituencies")));
	record_put(sheet, "number",
		record_string(list, "number") ? record_string(list, "number") : "–");
	record_put(sheet, "kind", record_string(kind, "code"));
	record_put(sheet, "kind_name", record_string(kind, "adjective"));
	record_put(sheet, "colour", record_string(kind, "colour"));
	json_object_set(sheet, "signal_lines", json_object_get(kind, "signal_lines"));
	record_put(sheet, "constituencies", record_string(list, "constituencies"));
	json_object_set_new(sheet, "locked", json_boolean(locked));
	record_put(sheet, "lock_text",
		locked ? _("Locked list (all candidates notified)") : _("Open list"));
	record_put(sheet, "state",
		record_choice(ballots_list_status, record_string(list, "status")));
	json_object_set(sheet, "version", json_object_get(list, "version"));
	record_put(sheet, "election_name",
		vs_arena_printf(
			s->arena, _("Election to %s"), record_string(kind, "adjective")));
	record_put(sheet, "holder",
		_("the district's election organiser, authorised orderers and the association"));
	record_put(sheet, "source", _("Source: Valmyndigheten"));
}

static bool
fill_sheet(struct source *s, json_t *sheet, const json_t *list, const json_t *candidates,
	struct vs_error *err)
{
	const json_t *kind = kind_of(s, list);
	int64_t id = record_integer(list, "id");
	json_t *problems = list_problems(s->db, list, candidates, err);
	if (!problems)
		return false;
	json_object_set_new(sheet, "problems", problems);
	json_t *rows = json_array(), *candidate;
	json_object_set_new(sheet, "candidates", rows);
	size_t i;
	json_array_foreach (candidates, i, candidate)
		json_array_append_new(
			rows, candidate_row(s, candidate, record_true(list, "locked")));
	set_head(s, sheet, list, kind);
	json_object_set_new(sheet, "ballot", ballot_preview(s, list, kind, candidates));
	return put_changed(s, sheet, id, err) && put_pieces(s, sheet, id, err) &&
		register_sheet(s->db, vs_arena_printf(s->arena, "KU-%lld", (long long)id),
			sheet, err);
}

static bool
add_sheet(struct source *s, json_t *sheets, const json_t *list, struct vs_error *err)
{
	json_t *candidates = list_candidates(s->db, record_integer(list, "id"), err);
	if (!candidates)
		return false;
	json_t *sheet = json_object();
	json_array_append_new(sheets, sheet);
	bool ok = fill_sheet(s, sheet, list, candidates, err);
	json_decref(candidates);
	return ok;
}

/* The lists asked for; a named list may also be of an earlier election. */
static json_t *
find_lists(struct source *s, const struct vs_sheet_options *options, struct vs_error *err)
{
	if (options->list) {
		json_t *list = list_get(s->db, options->list, err);
		return list ? json_pack("[o]", list) : NULL;
	}
	json_t *filters = json_pack("{s:b}", "own", 1);
	if (options->kind)
		json_object_set_new(filters, "kind", json_string(options->kind));
	if (options->kommun)
		json_object_set_new(filters, "kommun", json_string(options->kommun));
	json_t *lists = vs_record_list(s->db, &vs_list_type, filters, err);
	json_decref(filters);
	return lists;
}

static bool
make_sheets(struct source *s, const struct vs_sheet_options *options, json_t *sheets,
	struct vs_error *err)
{
	json_t *lists = find_lists(s, options, err), *list;
	size_t i;
	bool ok = lists &&
		(json_array_size(lists) > 0 ||
			vs_fail(err, VS_NOT_FOUND,
				_("there is no list to print a proof of; import lists or make one with "
				  "'valstuga list add'")));
	json_array_foreach (lists, i, list)
		ok = ok && add_sheet(s, sheets, list, err);
	json_decref(lists);
	return ok;
}

static bool
fill_view(struct source *s, const struct vs_sheet_options *options, json_t *view,
	struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	if (!change_begin(&change, s->db, "print", err) ||
		!vs_campaign_get(s->db, s->arena, &s->campaign, err))
		return false;
	json_t *sheets = json_array();
	json_object_set_new(view, "sheets", sheets);
	record_put(view, "title",
		vs_arena_printf(s->arena, _("List proofs, %s"), s->campaign.title));
	record_put(view, "subject", "list-proof");
	s->kinds = vs_record_list(s->db, &vs_election_kind_type, NULL, err);
	if (!s->kinds || !register_sheet_head(s->arena, &s->campaign, view, err) ||
		!make_sheets(s, options, sheets, err))
		return false;
	change_say(&change, "sheet", "list-proof",
		P_("%zu sheet", "%zu sheets", (int64_t)json_array_size(sheets)),
		json_array_size(sheets));
	return change_commit(&change, err);
}

json_t *
vs_list_proof_view(
	struct vs_db *db, const struct vs_sheet_options *options, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct source source = { .db = db, .arena = scratch.arena };
	json_t *view = json_object();
	bool ok = fill_view(&source, options, view, err);
	json_decref(source.kinds);
	if (ok)
		return view;
	json_decref(view);
	return NULL;
}
