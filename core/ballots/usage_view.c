/* What was delivered against what was used and voted, told per place and summed per kommun. */
#include "ballots/usage.h"

#include <math.h>
#include <string.h>

#include <valstuga/text.h>
#include <valstuga/usage.h>

#include "base/i18n.h"

/* Figures of one row, or of several. */
struct sum {
	int64_t delivered, used, left, votes, ran_out;
	int64_t used_of_votes; /* used where votes are known, too */
	bool any_votes;
};

static void
add_to(struct sum *sum, const struct usage_row *row)
{
	sum->delivered += row->came; /* what is carried came before */
	sum->used += row->used;
	sum->left = sum->delivered - sum->used;
	sum->ran_out += row->ran_out;
	if (!row->votes_known)
		return;
	sum->any_votes = true;
	sum->votes += llround(row->votes);
	sum->used_of_votes += row->used;
}

static void
put_figures(json_t *object, const struct sum *sum)
{
	bool rate = sum->any_votes && sum->votes > 0;
	json_object_set_new(object, "delivered", json_integer(sum->delivered));
	json_object_set_new(object, "used", json_integer(sum->used));
	json_object_set_new(object, "left", json_integer(sum->left));
	json_object_set_new(
		object, "votes", sum->any_votes ? json_integer(sum->votes) : json_null());
	json_object_set_new(object, "per_vote",
		rate ? json_real((double)sum->used_of_votes / (double)sum->votes)
		     : json_null());
}

/* Rows --------------------------------------------------------------------------------------*/

static json_t *
row_head(const struct usage_row *row)
{
	return json_pack("{s:o, s:s, s:s, s:s, s:s, s:s, s:s}", "place",
		record_id_or_null(row->place), "place_name", row->place_name, "kommun",
		row->kommun, "kommun_name", row->kommun_name, "phase",
		usage_phases[row->phase], "phase_name",
		record_choice(rule_phases, usage_phases[row->phase]), "kind", row->kind);
}

static const char *
votes_text(struct vs_arena *arena, const struct usage_row *row)
{
	int64_t votes = llround(row->votes);
	if (!row->votes_known)
		return _("; the votes are not known");
	if (votes <= 0)
		return _("; it answers for no votes");
	return vs_arena_printf(arena,
		row->votes_last ? _("; %s votes last time: %s per vote")
				: _("; %s votes: %s per vote"),
		vs_text_number(arena, votes),
		vs_text_decimal(arena, (double)row->used / (double)votes, 2));
}

static const char *
arithmetic(struct vs_arena *arena, const struct usage_row *row)
{
	const char *carried = row->carried
		? vs_arena_printf(arena, _(" + %s left from before"),
			  vs_text_number(arena, row->carried))
		: "";
	const char *returned = row->returned
		? vs_arena_printf(arena, _(" (%s sent on or scrapped)"),
			  vs_text_number(arena, row->returned))
		: "";
	return vs_arena_printf(arena, _("%s delivered%s − %s left%s = %s used%s%s"),
		vs_text_number(arena, row->came), carried,
		vs_text_number(arena, row->left), returned,
		vs_text_number(arena, row->used), votes_text(arena, row),
		row->ran_out		? _("; it ran out")
			: row->all_gone ? _("; nothing was left")
					: "");
}

static json_t *
known_row(struct vs_arena *arena, const struct usage_row *row)
{
	struct sum sum = { 0 };
	add_to(&sum, row);
	sum.delivered += row->carried;
	sum.left = row->left;
	json_t *object = row_head(row);
	put_figures(object, &sum);
	json_object_set_new(object, "carried", json_integer(row->carried));
	json_object_set_new(
		object, "ran_out", json_boolean(row->ran_out || row->all_gone));
	record_put(object, "arithmetic", arithmetic(arena, row));
	return object;
}

static const char *
doubt_text(enum usage_doubt doubt)
{
	switch (doubt) {
	case USAGE_KNOWN:
		return "";
	case USAGE_NOT_COUNTED:
		return _("nobody has counted what was left");
	case USAGE_MIXED:
		return _("pieces for two phases lay together");
	case USAGE_TOO_MANY:
		return _(
			"more was left than had come; what lay there before was not counted");
	}
	return "";
}

static json_t *
unknown_row(const struct usage_row *row)
{
	json_t *object = row_head(row);
	json_object_set_new(object, "delivered", json_integer(row->came));
	record_put(object, "reason", doubt_text(row->doubt));
	return object;
}

/* Sums --------------------------------------------------------------------------------------*/

static json_t *
sum_of(const struct usage *usage, const char *kommun, const char *kind)
{
	struct sum sum = { 0 };
	bool any = false;
	json_t *object = json_object();
	for (size_t i = 0; i < usage->count; i++) {
		const struct usage_row *row = &usage->rows[i];
		if (row->doubt != USAGE_KNOWN ||
			(kommun && strcmp(row->kommun, kommun) != 0) ||
			(kind && strcmp(row->kind, kind) != 0))
			continue;
		any = true;
		add_to(&sum, row);
		if (kommun)
			record_put(object, "kommun_name", row->kommun_name);
	}
	if (kommun) {
		record_put(object, "kommun", kommun);
		record_put(object, "kind", kind);
	}
	put_figures(object, &sum);
	json_object_set_new(object, "ran_out", json_integer(sum.ran_out));
	if (any || !kommun)
		return object;
	json_decref(object);
	return NULL;
}

/* Rows come kommun by kommun. */
static json_t *
kommun_sums(const struct usage *usage, json_t *kinds)
{
	json_t *sums = json_array(), *kind;
	size_t k;
	for (size_t i = 0; i < usage->count; i++) {
		const char *kommun = usage->rows[i].kommun;
		if (i && strcmp(usage->rows[i - 1].kommun, kommun) == 0)
			continue;
		json_array_foreach (kinds, k, kind) {
			json_t *sum = sum_of(usage, kommun, json_string_value(kind));
			if (sum)
				json_array_append_new(sums, sum);
		}
	}
	return sums;
}

static bool
read_kinds(struct vs_db *db, json_t *kinds, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(
		    &q, db, SQL("SELECT code FROM election_kind ORDER BY position"), err))
		return false;
	while (stmt_row(&q, err))
		json_array_append_new(kinds, json_string(stmt_text(&q, 0)));
	return err->code == VS_OK;
}

/* Racks that ran out ------------------------------------------------------------------------*/

/* Refilled by its own delivery; without one by whatever came next. */
static const char *const empty_sql = SQL(WITH_NAMES
	" SELECT h.id, h.at, s.name, s.kommun_name, w.name, coalesce(d.received_at,"
	"  iif(h.delivery_id IS NULL, (SELECT min(m.at) FROM movement m"
	"   WHERE m.to_id = h.location_id AND m.kind IN ('move', 'deliver', 'print',"
	"   'receive') AND m.at > h.at AND m.item_id = coalesce(h.item_id, m.item_id)"
	"   AND m.id NOT IN (SELECT reverses FROM movement WHERE reverses IS NOT NULL)),"
	"  NULL)) FROM shortage h JOIN spot s ON s.id = h.location_id"
	" LEFT JOIN ware w ON w.id = h.item_id"
	" LEFT JOIN delivery d ON d.id = h.delivery_id AND d.status = 'delivered'"
	" WHERE h.level = 'empty' AND (?1 IS NULL OR s.kommun_code = ?1)"
	" ORDER BY h.at, h.id");

static json_t *
empty_row(struct vs_arena *arena, const struct stmt *q)
{
	char when[17];
	int64_t minutes = (stmt_int(q, 5) - stmt_int(q, 1)) / 60;
	size_t name = strlen(stmt_text(q, 2)), kommun = strlen(stmt_text(q, 3)) + 2;
	const char *ending = stmt_text(q, 2) + (name > kommun ? name - kommun + 2 : 0);
	bool named = name > kommun && strcmp(ending, stmt_text(q, 3)) == 0;
	json_t *row = json_pack("{s:I, s:s, s:s, s:s}", "shortage",
		(json_int_t)stmt_int(q, 0), "place_name",
		vs_arena_copy(arena, stmt_text(q, 2), named ? name - kommun : name),
		"kommun_name", stmt_text(q, 3), "when",
		vs_time_format_local(stmt_int(q, 1), when));
	record_put(row, "list", stmt_null(q, 4) ? _("every list") : stmt_text(q, 4));
	json_object_set_new(row, "minutes",
		stmt_null(q, 5) ? json_null() : json_integer(minutes > 0 ? minutes : 0));
	return row;
}

static bool
read_empty(struct vs_db *db, struct vs_arena *arena, const char *kommun, json_t *rows,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, empty_sql, err))
		return false;
	stmt_bind(&q, kommun);
	while (stmt_row(&q, err))
		json_array_append_new(rows, empty_row(arena, &q));
	return err->code == VS_OK;
}

/* The view ----------------------------------------------------------------------------------*/

static json_t *
make_view(struct vs_arena *arena, const struct usage *usage, json_t *kinds)
{
	json_t *rows = json_array(), *uncounted = json_array();
	for (size_t i = 0; i < usage->count; i++) {
		const struct usage_row *row = &usage->rows[i];
		if (row->doubt == USAGE_KNOWN)
			json_array_append_new(rows, known_row(arena, row));
		else
			json_array_append_new(uncounted, unknown_row(row));
	}
	return json_pack("{s:o, s:o, s:o, s:o}", "rows", rows, "kommuner",
		kommun_sums(usage, kinds), "total", sum_of(usage, NULL, NULL),
		"uncounted", uncounted);
}

static bool
find_kommun(struct vs_db *db, struct vs_arena *arena, const char *text,
	const char **ret_code, struct vs_error *err)
{
	*ret_code = NULL;
	if (!text)
		return true;
	json_t *kommun = vs_record_get(db, &vs_kommun_type, text, err);
	if (kommun)
		*ret_code = vs_arena_text(arena, record_string(kommun, "code"));
	json_decref(kommun);
	return kommun != NULL;
}

json_t *
vs_usage_view(struct vs_db *db, const char *kommun, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	struct usage usage;
	const char *code;
	json_t *view = NULL, *kinds = json_array(), *empty = json_array();
	if (snapshot_begin(&snapshot, db, err) &&
		find_kommun(db, scratch.arena, kommun, &code, err) &&
		usage_read_ledger(db, scratch.arena, code, &usage, err) &&
		usage_add_votes(db, scratch.arena, &usage, err) &&
		read_kinds(db, kinds, err) &&
		read_empty(db, scratch.arena, code, empty, err)) {
		view = make_view(scratch.arena, &usage, kinds);
		json_object_set(view, "ran_out", empty);
	}
	json_decref(kinds);
	json_decref(empty);
	return view;
}
