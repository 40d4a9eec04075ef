/* People and shifts for `check`: who is missing, who cannot come after all, what is unclear. */
#include "field/rules.h"

#include <string.h>

#include "base/i18n.h"

#define SOON_DAYS  7  /* in which missing people are a problem */
#define AHEAD_DAYS 60 /* in which somebody's absence is told */
#define DAY	   86400
#define OFFER_AGE  (3 * DAY) /* after which a missing answer is told */

struct look {
	struct vs_db *db;
	struct vs_arena *arena;
	json_t *problems;
	struct field_world world;
	struct field_people people;
	int64_t now;
};

static const char *
id_text(const struct look *look, int64_t id)
{
	return vs_arena_printf(look->arena, "%lld", (long long)id);
}

static const char *
shift_text(const struct look *look, const struct field_shift *shift)
{
	return vs_arena_printf(look->arena, "%s, %s", shift->activity->title,
		field_span_text(look->arena, shift->starts_at, shift->ends_at));
}

/* The next days ------------------------------------------------------------------------------*/

static void
check_seats(const struct look *look, const struct field_shift *shift)
{
	const char *todo = vs_arena_printf(look->arena,
		_("see whom to call with 'valstuga shift call %lld'"),
		(long long)shift->id);
	int taken = 0;
	for (size_t i = 0; i < shift->role_count; i++) {
		const struct field_role *role = &shift->roles[i];
		int missing = role->least - role->taken;
		taken += role->taken;
		if (missing > 0)
			register_problem(look->problems, "warning", "shift",
				id_text(look, shift->id),
				vs_arena_printf(look->arena,
					P_("%s: %d is missing as %s",
						"%s: %d are missing as %s", missing),
					shift_text(look, shift), missing, role->name),
				todo);
	}
	if (shift->pair && taken == 1)
		register_problem(look->problems, "warning", "shift",
			id_text(look, shift->id),
			vs_arena_printf(look->arena, _("%s: one person would be alone"),
				shift_text(look, shift)),
			todo);
}

static bool
is_engaged(const struct field_booking *booking)
{
	return strcmp(booking->state, "signed_up") == 0 ||
		strcmp(booking->state, "booked") == 0;
}

/* Said after they were booked; an override knew it. */
static void
check_people(const struct look *look, const struct field_shift *shift)
{
	for (size_t i = 0; i < shift->booking_count; i++) {
		const struct field_booking *booking = &shift->bookings[i];
		const struct field_person *who =
			field_person_of(&look->people, booking->person);
		if (!who || !is_engaged(booking))
			continue;
		bool away = !booking->override &&
			!rule_present(who->presence, who->presence_count,
				shift->starts_at, shift->ends_at);
		if (!who->restricted && !away)
			continue;
		register_problem(look->problems, "warning", "booking",
			id_text(look, booking->id),
			vs_arena_printf(look->arena,
				who->restricted
					? _("%s: person %lld is restricted, but booked")
					: _("%s: person %lld is booked, but cannot then"),
				shift_text(look, shift), (long long)who->id),
			_("cancel it with 'valstuga booking cancel', or ask the person"));
	}
}

static void
check_offers(const struct look *look, const struct field_shift *shift)
{
	for (size_t i = 0; i < shift->booking_count; i++) {
		const struct field_booking *booking = &shift->bookings[i];
		if (strcmp(booking->state, "offered") == 0 &&
			look->now - booking->changed_at > OFFER_AGE)
			register_problem(look->problems, "notice", "booking",
				id_text(look, booking->id),
				vs_arena_printf(look->arena,
					_("%s: an offer has had no answer for days"),
					shift_text(look, shift)),
				_("call, then 'valstuga booking confirm' or 'cancel'"));
	}
}

static void
check_shifts(const struct look *look)
{
	for (size_t i = 0; i < look->world.shift_count; i++) {
		const struct field_shift *shift = &look->world.shifts[i];
		if (shift->cancelled || shift->starts_at <= look->now ||
			strcmp(shift->activity->visibility, "draft") == 0)
			continue;
		if (shift->starts_at < look->now + (int64_t)SOON_DAYS * DAY)
			check_seats(look, shift);
		check_people(look, shift);
		check_offers(look, shift);
	}
}

static void
check_contacts(const struct look *look)
{
	for (size_t i = 0; i < look->world.activity_count; i++) {
		const struct field_activity *a = &look->world.activities[i];
		if (a->cancelled || a->contact || a->ends_at <= look->now ||
			a->starts_at > look->now + 2 * (int64_t)SOON_DAYS * DAY ||
			strcmp(a->visibility, "draft") == 0)
			continue;
		register_problem(look->problems, "notice", "activity",
			id_text(look, a->id),
			vs_arena_printf(look->arena, _("%s, %s: has no contact person"),
				a->title,
				field_span_text(look->arena, a->starts_at, a->ends_at)),
			_("name one with 'valstuga activity set --contact'"));
	}
}

/* What was and what people said ----------------------------------------------------------------*/

static bool
check_past(const struct look *look, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, look->db,
		    SQL("SELECT t.id, a.title, t.starts_at, t.ends_at, count(*) FROM shift t"
			" JOIN activity a ON a.id = t.activity_id"
			" JOIN booking b ON b.shift_id = t.id"
			" WHERE t.ends_at < ? AND t.cancelled_at IS NULL"
			" AND a.cancelled_at IS NULL AND b.state IN ('signed_up', 'booked')"
			" GROUP BY t.id ORDER BY t.starts_at, t.id"),
		    err))
		return false;
	stmt_bind(&q, look->now - DAY);
	while (stmt_row(&q, err)) {
		int people = (int)stmt_int(&q, 4);
		register_problem(look->problems, "notice", "shift", stmt_text(&q, 0),
			vs_arena_printf(look->arena,
				P_("%s, %s: it is not said whether %d person came",
					"%s, %s: it is not said whether %d people came",
					people),
				stmt_text(&q, 1),
				field_span_text(
					look->arena, stmt_int(&q, 2), stmt_int(&q, 3)),
				people),
			_("enter the roster with 'valstuga field enter'"));
	}
	return err->code == VS_OK;
}

/* A "can" of which a "cannot" leaves nothing. */
static bool
check_presence(const struct look *look, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, look->db,
		    SQL("SELECT a.id, a.person_id, b.id FROM presence a JOIN presence b"
			" ON b.person_id = a.person_id AND NOT b.can"
			" AND b.from_date <= a.from_date AND b.until_date >= a.until_date"
			" AND b.starts <= a.starts AND b.ends >= a.ends"
			" AND (b.weekdays IS NULL OR b.weekdays IS a.weekdays)"
			" WHERE a.can ORDER BY a.id"),
		    err))
		return false;
	while (stmt_row(&q, err))
		register_problem(look->problems, "notice", "presence", stmt_text(&q, 0),
			vs_arena_printf(look->arena,
				_("person %lld can then, but presence %lld says that they "
				  "cannot"),
				(long long)stmt_int(&q, 1), (long long)stmt_int(&q, 2)),
			_("ask, and remove the one that is wrong with 'valstuga presence "
			  "remove'"));
	return err->code == VS_OK;
}

json_t *
vs_field_problems(struct vs_db *db, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	struct look look = { .db = db, .arena = scratch.arena };
	struct vs_date today;
	char from[11], until[11];
	if (!vs_clock_now(&look.now, err) || !vs_clock_today(&today, err))
		return NULL;
	const struct vs_shift_filter ahead = { .from = vs_date_format(today, from),
		.until = vs_date_format(vs_date_add(today, AHEAD_DAYS), until) };
	if (!snapshot_begin(&snapshot, db, err) ||
		!field_world_read(db, scratch.arena, &ahead, &look.world, err) ||
		!field_people_read(db, scratch.arena, &look.people, err))
		return NULL;
	look.problems = json_array();
	check_shifts(&look);
	check_contacts(&look);
	if (check_past(&look, err) && check_presence(&look, err))
		return look.problems;
	json_decref(look.problems);
	return NULL;
}
