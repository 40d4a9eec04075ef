/*
 * The roster (passlista): one activity and day. The stand's copy has first names and the last
 * digits of numbers; the shift leader's copy is marked with the leader's name and has what is
 * needed to ring people.
 */
#include "field/sheet.h"

#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

#define WALK_IN_LINES 3
#define KEPT_DAYS     7 /* a filled-in roster, until it is destroyed */

/* A shift on the day's list of its activity. */
struct turn {
	const char *day;
	const struct field_shift *shift;
};

static int
compare_turns(const void *a, const void *b)
{
	const struct turn *x = a, *y = b;
	const struct field_activity *p = x->shift->activity, *q = y->shift->activity;
	int days = strcmp(x->day, y->day);
	if (days)
		return days;
	if (p != q)
		return p->starts_at != q->starts_at
			? (p->starts_at > q->starts_at) * 2 - 1
			: (p->id > q->id) * 2 - 1;
	if (x->shift->starts_at != y->shift->starts_at)
		return (x->shift->starts_at > y->shift->starts_at) * 2 - 1;
	return (x->shift->id > y->shift->id) - (x->shift->id < y->shift->id);
}

/* A night that began before the first day of the list stands on that first day. */
static struct turn *
turns(struct field_sheet *s, size_t *ret_count)
{
	const char *from = s->options->filter.from;
	struct turn *all =
		vs_arena_alloc(s->frame.arena, (s->world.shift_count + 1) * sizeof *all);
	size_t count = 0;
	for (size_t i = 0; i < s->world.shift_count; i++) {
		const struct field_shift *shift = &s->world.shifts[i];
		if (shift->cancelled || shift->activity->cancelled)
			continue;
		const char *day = field_day(s->frame.arena, shift->starts_at);
		if (from && strcmp(day, from) < 0)
			day = from;
		all[count++] = (struct turn){ day, shift };
	}
	qsort(all, count, sizeof *all, compare_turns);
	*ret_count = count;
	return all;
}

/* "··· 06 05": enough to know the right one of two. */
static const char *
last_digits(struct vs_arena *arena, const char *phone)
{
	const char *text = vs_phone_text(arena, phone);
	char digits[5] = { 0 };
	size_t found = 4;
	for (const char *c = text + strlen(text); c > text && found;)
		if (*--c >= '0' && *c <= '9')
			digits[--found] = *c;
	return found
		? ""
		: vs_arena_printf(arena, "···\u00a0%.2s\u00a0%.2s", digits, digits + 2);
}

static const char *
mark_of(const struct field_booking *booking)
{
	if (strcmp(booking->state, "waiting") == 0)
		return _("reserve");
	if (strcmp(booking->state, "offered") == 0)
		return _("asked");
	return strcmp(booking->state, "signed_up") == 0 ? _("not confirmed") : "";
}

/* Who stands on the list: a seat, a question that is open, or a place in the queue. */
static bool
is_listed(const struct field_booking *booking)
{
	return booking->person && strcmp(booking->state, "cancelled") != 0;
}

static json_t *
row_new(struct field_sheet *s, json_t *rows, const struct field_shift *shift,
	const struct field_role *role)
{
	struct vs_arena *arena = s->frame.arena;
	json_t *row = json_object();
	json_array_append_new(rows, row);
	record_put(
		row, "time", field_clock_span(arena, shift->starts_at, shift->ends_at));
	record_put(row, "role", role->name);
	record_put(row, "need",
		vs_arena_printf(arena, _("%d of %d"), role->taken,
			role->taken > role->wanted ? role->taken : role->wanted));
	record_put(row, "number", vs_arena_printf(arena, "%zu", json_array_size(rows)));
	record_put(row, "code", "");
	record_put(row, "name", "");
	record_put(row, "phone", "");
	record_put(row, "mark", "");
	record_put(row, "note", "");
	json_object_set_new(row, "open", json_true());
	return row;
}

static void
put_person(struct field_sheet *s, json_t *row, const struct field_booking *booking)
{
	struct vs_arena *arena = s->frame.arena;
	const struct field_person *p = field_person_of(&s->people, booking->person);
	bool leader = s->holder != NULL;
	json_object_set_new(row, "open", json_false());
	record_put(row, "code", field_code(arena, booking->id));
	record_put(row, "mark", mark_of(booking));
	if (!p || p->restricted) {
		record_put(row, "name", "–");
		return;
	}
	record_put(row, "name", leader ? p->name : p->short_name);
	if (p->phone)
		record_put(row, "phone",
			leader ? vs_phone_text(arena, p->phone)
			       : last_digits(arena, p->phone));
}

static void
add_role(struct field_sheet *s, json_t *rows, const struct field_shift *shift,
	const struct field_role *role)
{
	for (int waiting = 0; waiting < 2; waiting++)
		for (size_t i = 0; i < shift->booking_count; i++) {
			const struct field_booking *b = &shift->bookings[i];
			if (b->role == role->id && is_listed(b) &&
				(strcmp(b->state, "waiting") == 0) == waiting)
				put_person(s, row_new(s, rows, shift, role), b);
		}
	for (int open = role->taken; open < role->wanted; open++)
		row_new(s, rows, shift, role);
}

static void
put_counts(struct field_sheet *s, json_t *sheet, const struct turn *first, size_t count)
{
	struct vs_arena *arena = s->frame.arena;
	int64_t wanted = 0, filled = 0;
	for (size_t i = 0; i < count; i++)
		for (size_t r = 0; r < first[i].shift->role_count; r++) {
			const struct field_role *role = &first[i].shift->roles[r];
			wanted += role->wanted;
			filled += role->taken < role->wanted ? role->taken : role->wanted;
		}
	record_put(sheet, "filled", vs_text_number(arena, filled));
	record_put(sheet, "wanted", vs_text_number(arena, wanted));
	record_put(sheet, "missing",
		filled < wanted ? vs_text_number(arena, wanted - filled) : "");
}

static void
put_walk_ins(json_t *sheet)
{
	json_t *lines = json_array();
	for (int i = 1; i <= WALK_IN_LINES; i++)
		json_array_append_new(lines,
			json_pack("{s:o, s:s}", "number", json_sprintf("+%d", i), "code",
				""));
	json_object_set_new(sheet, "walk_ins", lines);
}

/* The newest wording for shifts, in the language of the list. */
static bool
put_consent(struct field_sheet *s, json_t *sheet, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, s->frame.db,
		    SQL("SELECT text FROM wording WHERE name = 'pass'"
			" ORDER BY language <> ?, version DESC LIMIT 1"),
		    err))
		return false;
	stmt_bind(&q, vs_language());
	record_put(sheet, "consent", "");
	if (stmt_row(&q, err))
		record_put(sheet, "consent", stmt_text(&q, 0));
	return err->code == VS_OK;
}

static void
put_head(struct field_sheet *s, json_t *sheet, const struct turn *turn, size_t count)
{
	struct vs_arena *arena = s->frame.arena;
	const struct field_activity *a = turn->shift->activity;
	int64_t ends_at = 0;
	for (size_t i = 0; i < count; i++)
		if (turn[i].shift->ends_at > ends_at)
			ends_at = turn[i].shift->ends_at;
	record_put(sheet, "date", field_heading_date(arena, turn->day));
	record_put(
		sheet, "time", field_clock_span(arena, turn->shift->starts_at, ends_at));
	json_object_set_new(sheet, "place", field_sheet_place(a));
	record_put(sheet, "meeting", "");
	record_put(sheet, "leader", register_short_name(arena, a->contact_name));
	record_put(sheet, "leader_phone",
		a->contact_phone ? vs_phone_text(arena, a->contact_phone) : "");
	record_put(sheet, "instructions", a->instructions);
	record_put(sheet, "copy_for", s->holder);
	record_put(sheet, "copy", "");
	record_put(sheet, "notes", "");
	if (!a->contact_name)
		sheet_warn(sheet, _("Nobody is named as contact for this activity."));
}

/* The day after which the filled-in paper must be gone. */
static void
put_destroy_by(struct field_sheet *s, json_t *sheet, const char *day)
{
	struct vs_date date;
	struct vs_error ignored = { 0 };
	char text[11];
	if (!vs_date_parse(day, &date, &ignored))
		return;
	vs_date_format(vs_date_add(date, KEPT_DAYS), text);
	record_put(sheet, "destroy_by", vs_arena_text(s->frame.arena, text));
}

static bool
add_sheet(struct field_sheet *s, json_t *sheets, const struct turn *first, size_t count,
	struct vs_error *err)
{
	struct vs_arena *arena = s->frame.arena;
	const struct field_activity *a = first->shift->activity;
	bool leader = s->holder != NULL;
	json_t *sheet = sheet_new(sheets, a->title, a->kind_name,
		leader ? s->holder : _("those on the shift; not for outsiders"));
	json_t *rows = json_array();
	json_object_set_new(sheet, "rows", rows);
	for (size_t i = 0; i < count; i++)
		for (size_t r = 0; r < first[i].shift->role_count; r++)
			add_role(s, rows, first[i].shift, &first[i].shift->roles[r]);
	put_head(s, sheet, first, count);
	put_counts(s, sheet, first, count);
	put_walk_ins(sheet);
	put_destroy_by(s, sheet, first->day);
	return put_consent(s, sheet, err) &&
		register_sheet(s->frame.db,
			vs_arena_printf(arena, "PS-%lld-%.4s%.2s%.2s%s", (long long)a->id,
				first->day, first->day + 5, first->day + 8,
				leader ? "L" : ""),
			sheet, err);
}

static bool
fill(struct sheet_frame *frame, json_t *sheets, struct vs_error *err)
{
	struct field_sheet *s = (struct field_sheet *)frame;
	if (!field_sheet_holder(s, err) ||
		!field_world_read(
			frame->db, frame->arena, &s->options->filter, &s->world, err) ||
		!field_people_read(frame->db, frame->arena, &s->people, err))
		return false;
	size_t count;
	const struct turn *all = turns(s, &count);
	for (size_t i = 0, next; i < count; i = next) {
		next = i + 1;
		while (next < count && strcmp(all[next].day, all[i].day) == 0 &&
			all[next].shift->activity == all[i].shift->activity)
			next++;
		if (!add_sheet(s, sheets, &all[i], next - i, err))
			return false;
	}
	return true;
}

json_t *
vs_roster_view(struct vs_db *db, const struct vs_field_sheet_options *options,
	struct vs_error *err)
{
	static const struct sheet_frame frame = { .name = "roster",
		.title = N_("Rosters"),
		.nothing = N_("there are no shifts; add them with 'valstuga shift add'"),
		.fill = fill };
	return field_sheet_view(db, options, &frame, err);
}
