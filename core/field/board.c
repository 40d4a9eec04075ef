/* The board: shifts of a period with who is there and who is missing. */
#include "field/field.h"

#include <string.h>

#include "base/i18n.h"

struct totals {
	int64_t shifts, least, wanted, taken, missing, alone;
};

struct board {
	struct vs_arena *arena;
	struct stmt names;
	struct totals totals;
	bool only_missing;
};

static void
board_done(struct board *board)
{
	stmt_done(&board->names);
}

/* Who is restricted is on no list; who was erased has no name any more. */
static bool
put_name(struct board *board, json_t *row, int64_t person, struct vs_error *err)
{
	const char *name = NULL;
	stmt_bind(&board->names, person);
	while (stmt_row(&board->names, err))
		name = stmt_copy(&board->names, 0, board->arena);
	json_object_set_new(row, "name", name ? json_string(name) : json_null());
	return err->code == VS_OK;
}

static bool
put_people(struct board *board, const struct field_shift *shift,
	const struct field_role *role, json_t *people, struct vs_error *err)
{
	for (size_t i = 0; i < shift->booking_count; i++) {
		const struct field_booking *b = &shift->bookings[i];
		if (b->role != role->id)
			continue;
		json_t *row = json_pack("{s:I, s:s, s:o, s:s, s:b}", "booking",
			(json_int_t)b->id, "code", field_code(board->arena, b->id),
			"person", record_id_or_null(b->person), "state", b->state,
			"holds", b->holds);
		json_array_append_new(people, row);
		if (!put_name(board, row, b->person, err))
			return false;
	}
	return true;
}

static bool
put_role(struct board *board, const struct field_shift *shift,
	const struct field_role *role, json_t *roles, struct vs_error *err)
{
	json_t *row = json_pack("{s:I, s:s, s:i, s:i, s:i, s:i, s:i, s:[]}", "role",
		(json_int_t)role->id, "name", role->name, "least", role->least, "wanted",
		role->wanted, "most", role->most, "taken", role->taken, "waiting",
		role->waiting, "people");
	record_put(row, "skill_name", role->skill_name);
	json_array_append_new(roles, row);
	return put_people(board, shift, role, json_object_get(row, "people"), err);
}

/* How many are needed that are not there: of each role, and two where nobody is alone. */
static struct totals
count(const struct field_shift *shift)
{
	struct totals t = { .shifts = 1 };
	for (size_t i = 0; i < shift->role_count; i++) {
		const struct field_role *role = &shift->roles[i];
		t.least += role->least;
		t.wanted += role->wanted;
		t.taken += role->taken;
		t.missing += role->taken < role->least ? role->least - role->taken : 0;
	}
	if (shift->pair && t.taken + t.missing < 2)
		t.missing = 2 - t.taken;
	t.alone = shift->pair && t.taken == 1;
	return t;
}

static bool
is_full(const struct field_shift *shift)
{
	for (size_t i = 0; i < shift->role_count; i++)
		if (shift->roles[i].taken < shift->roles[i].most)
			return false;
	return shift->role_count > 0;
}

static const char *
state_of(const struct field_shift *shift, const struct totals *t)
{
	return t->taken == 0	 ? "empty"
		: t->missing > 0 ? "missing"
		: is_full(shift) ? "full"
				 : "enough";
}

static json_t *
shift_row(struct board *board, const struct field_shift *shift, const struct totals *t)
{
	const struct field_activity *a = shift->activity;
	json_t *row = json_pack(
		"{s:I, s:I, s:s, s:s, s:s, s:b, s:s, s:I, s:I, s:b, s:[]}", "shift",
		(json_int_t)shift->id, "activity", (json_int_t)a->id, "title", a->title,
		"kind", a->kind, "kind_name", a->kind_name, "cancelled", shift->cancelled,
		"state", state_of(shift, t), "taken", (json_int_t)t->taken, "missing",
		(json_int_t)t->missing, "alone", (int)t->alone, "roles");
	record_put(row, "place_name", a->place_name);
	record_put(row, "kommun_name", a->kommun_name);
	field_put_span(board->arena, row, shift->starts_at, shift->ends_at);
	return row;
}

static void
sum(struct totals *all, const struct totals *one)
{
	all->shifts += one->shifts;
	all->least += one->least;
	all->wanted += one->wanted;
	all->taken += one->taken;
	all->missing += one->missing;
	all->alone += one->alone;
}

static bool
put_shift(struct board *board, const struct field_shift *shift, json_t *shifts,
	struct vs_error *err)
{
	struct totals t = count(shift);
	if (board->only_missing && (t.missing == 0 || shift->cancelled))
		return true;
	json_t *row = shift_row(board, shift, &t), *roles = json_object_get(row, "roles");
	json_array_append_new(shifts, row);
	if (!shift->cancelled)
		sum(&board->totals, &t);
	for (size_t i = 0; i < shift->role_count; i++)
		if (!put_role(board, shift, &shift->roles[i], roles, err))
			return false;
	return true;
}

static json_t *
total_object(const struct totals *t)
{
	return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I}", "shifts",
		(json_int_t)t->shifts, "least", (json_int_t)t->least, "wanted",
		(json_int_t)t->wanted, "taken", (json_int_t)t->taken, "missing",
		(json_int_t)t->missing, "alone", (json_int_t)t->alone);
}

json_t *
vs_shift_board(
	struct vs_db *db, const struct vs_shift_filter *filter, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	VS_AUTO(board)
	board = { .arena = scratch.arena, .only_missing = filter->missing };
	struct field_world world;
	if (!snapshot_begin(&snapshot, db, err) ||
		!field_world_read(db, scratch.arena, filter, &world, err) ||
		!stmt_open(&board.names, db,
			SQL("SELECT name FROM person WHERE id = ? AND NOT restricted"),
			err))
		return NULL;
	json_t *shifts = json_array();
	for (size_t i = 0; i < world.shift_count && err->code == VS_OK; i++)
		if (!put_shift(&board, &world.shifts[i], shifts, err))
			break;
	if (err->code == VS_OK)
		return json_pack("{s:o, s:o}", "shifts", shifts, "total",
			total_object(&board.totals));
	json_decref(shifts);
	return NULL;
}
