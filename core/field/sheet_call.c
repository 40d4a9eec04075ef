/*
 * The call list (ringlista): whom to ring for what. First who must confirm a shift, then who
 * could take what is open, then those who are to be contacted. Every row has a code that is
 * typed back with what was answered.
 */
#include "field/sheet.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

#define DAYS_AHEAD 14 /* of a list without a period */
#define CALLS	   3  /* people to ring for an open place */

struct call_list {
	struct field_sheet sheet; /* first */
	json_t *rows;
};

static json_t *
row_new(struct call_list *list, const char *group, const char *code, const char *name,
	const char *phone, const char *where, const char *why)
{
	json_t *row = json_object();
	struct vs_arena *arena = list->sheet.frame.arena;
	json_array_append_new(list->rows, row);
	record_put(row, "group", group);
	record_put(row, "number",
		vs_arena_printf(arena, "%zu", json_array_size(list->rows)));
	record_put(row, "code", code);
	record_put(row, "name", name);
	record_put(row, "phone", phone ? vs_phone_text(arena, phone) : "");
	record_put(row, "where", where);
	record_put(row, "why", why);
	record_put(row, "earlier", "");
	return row;
}

static const char *
shift_text(struct vs_arena *arena, const struct field_shift *shift)
{
	return sheet_join(arena, shift->activity->title, ", ",
		field_span_text(arena, shift->starts_at, shift->ends_at));
}

static const char *
role_of(const struct field_shift *shift, int64_t id)
{
	for (size_t i = 0; i < shift->role_count; i++)
		if (shift->roles[i].id == id)
			return shift->roles[i].name;
	return "";
}

/* Asked, or signed up and not confirmed. */
static bool
is_unconfirmed(const struct field_booking *b)
{
	return b->person &&
		(strcmp(b->state, "offered") == 0 || strcmp(b->state, "signed_up") == 0);
}

static void
add_unconfirmed(struct call_list *list)
{
	struct field_sheet *s = &list->sheet;
	struct vs_arena *arena = s->frame.arena;
	for (size_t i = 0; i < s->world.shift_count; i++) {
		const struct field_shift *shift = &s->world.shifts[i];
		for (size_t k = 0; k < shift->booking_count && !shift->cancelled; k++) {
			const struct field_booking *b = &shift->bookings[k];
			const struct field_person *p = is_unconfirmed(b)
				? field_person_of(&s->people, b->person)
				: NULL;
			if (p && p->may_call && !p->restricted && p->phone)
				row_new(list, _("Confirm a shift"),
					field_code(arena, b->id), p->name, p->phone,
					shift->activity->kommun_name,
					sheet_join(arena, shift_text(arena, shift), ", ",
						role_of(shift, b->role)));
		}
	}
}

static bool
add_candidates(struct call_list *list, const struct field_shift *shift,
	const struct field_role *role, struct vs_error *err)
{
	struct field_sheet *s = &list->sheet;
	struct vs_arena *arena = s->frame.arena;
	json_t *view = vs_shift_candidates(s->frame.db,
		vs_arena_printf(arena, "%lld", (long long)shift->id), role->name, CALLS,
		err);
	json_t *call;
	size_t i;
	const char *group =
		vs_arena_printf(arena, _("Fill %s"), shift_text(arena, shift));
	json_array_foreach (json_object_get(view, "people"), i, call) {
		const struct field_person *p =
			field_person_of(&s->people, record_integer(call, "person"));
		if (!p || !p->phone || !p->may_call ||
			!json_is_true(json_object_get(call, "can")))
			continue;
		row_new(list, group, field_call_code(arena, role->id, p->id), p->name,
			p->phone, shift->activity->kommun_name,
			vs_arena_printf(arena, _("%s, %d missing"), role->name,
				role->wanted - role->taken));
	}
	json_decref(view);
	return err->code == VS_OK;
}

static bool
add_open(struct call_list *list, struct vs_error *err)
{
	const struct field_world *w = &list->sheet.world;
	for (size_t i = 0; i < w->shift_count; i++)
		for (size_t r = 0; r < w->shifts[i].role_count; r++) {
			const struct field_role *role = &w->shifts[i].roles[r];
			if (!w->shifts[i].cancelled && w->shifts[i].ends_at > w->now &&
				role->taken < role->wanted &&
				!add_candidates(list, &w->shifts[i], role, err))
				return false;
		}
	return true;
}

static void
add_contact(struct call_list *list, const json_t *person, const char *association)
{
	struct vs_arena *arena = list->sheet.frame.arena;
	const char *phone = record_string(person, "phone");
	if (!phone || !*phone)
		return;
	json_t *row = row_new(list,
		sheet_join(arena, _("To be contacted"), ", ", association),
		field_code_of(arena,
			vs_arena_printf(arena, "K%lld",
				(long long)record_integer(person, "contact"))),
		record_string(person, "name"), phone, record_string(person, "kommun"),
		sheet_join(arena, record_string(person, "reason_text"), ", ",
			vs_arena_printf(arena,
				P_("%lld day", "%lld days",
					record_integer(person, "days")),
				(long long)record_integer(person, "days"))));
	record_put(row, "earlier", record_string(person, "last"));
}

static bool
add_contacts(struct call_list *list, struct vs_error *err)
{
	const struct field_sheet *s = &list->sheet;
	json_t *queue =
		vs_contact_queue(s->frame.db, s->options->filter.association, err);
	json_t *association, *person;
	size_t i, k;
	json_array_foreach (json_object_get(queue, "associations"), i, association)
		json_array_foreach (json_object_get(association, "people"), k, person)
			add_contact(list, person, record_string(association, "name"));
	json_decref(queue);
	return queue != NULL;
}

static json_t *
words(void)
{
	return json_pack("[{s:s}, {s:s}, {s:s}]", "text",
		_("Say who you are and that you ring for the party; ask whether it suits."),
		"text",
		_("Say the day, the time and the place, and that nobody stands alone."),
		"text",
		_("Thank them whatever they answer. Who wants no more calls is noted: we "
		  "withdraw the consent."));
}

/* What happens during the next days, unless a period is given. */
static bool
read_world(struct field_sheet *s, struct vs_error *err)
{
	struct vs_shift_filter filter = s->options->filter;
	struct vs_date today;
	char from[11], until[11];
	if (!vs_clock_today(&today, err))
		return false;
	if (!filter.from)
		filter.from = vs_date_format(today, from);
	if (!filter.until && !s->options->filter.from)
		filter.until = vs_date_format(vs_date_add(today, DAYS_AHEAD), until);
	return field_world_read(s->frame.db, s->frame.arena, &filter, &s->world, err) &&
		field_people_read(s->frame.db, s->frame.arena, &s->people, err);
}

/* "tors–tors 20–27 aug": the days of the list. */
static const char *
period_text(struct field_sheet *s)
{
	const struct field_world *w = &s->world;
	int64_t first = w->now, last = w->now;
	for (size_t i = 0; i < w->shift_count; i++) {
		if (i == 0 || w->shifts[i].starts_at < first)
			first = w->shifts[i].starts_at;
		if (w->shifts[i].starts_at > last)
			last = w->shifts[i].starts_at;
	}
	return vs_date_range_text(s->frame.arena, vs_local_from_utc(first).date,
		vs_local_from_utc(last).date);
}

/* Contacts belong to associations, not to places and activities. */
static bool
wants_contacts(const struct vs_shift_filter *f)
{
	return !f->kommun && !f->activity && !f->kind;
}

static bool
fill(struct sheet_frame *frame, json_t *sheets, struct vs_error *err)
{
	struct call_list list = { .sheet = *(struct field_sheet *)frame,
		.rows = json_array() };
	const struct vs_shift_filter *f = &list.sheet.options->filter;
	bool ok = field_sheet_holder(&list.sheet, err) && read_world(&list.sheet, err);
	if (ok)
		add_unconfirmed(&list);
	ok = ok && add_open(&list, err) &&
		(!wants_contacts(f) || add_contacts(&list, err));
	if (!ok || json_array_size(list.rows) == 0) {
		json_decref(list.rows);
		return ok;
	}
	json_t *sheet = sheet_new(sheets, period_text(&list.sheet), f->association,
		_("the one who rings; destroyed when it is typed in"));
	json_object_set_new(sheet, "rows", list.rows);
	json_object_set_new(sheet, "words", words());
	record_put(sheet, "caller", list.sheet.holder);
	record_put(sheet, "deadline", "");
	record_put(sheet, "notes", "");
	const char *number = vs_arena_printf(frame->arena, "RL-%016llX",
		(unsigned long long)register_fingerprint(sheet));
	return register_sheet(
		frame->db, vs_arena_copy(frame->arena, number, 9), sheet, err);
}

json_t *
vs_call_list_view(struct vs_db *db, const struct vs_field_sheet_options *options,
	struct vs_error *err)
{
	static const struct sheet_frame frame = { .name = "call-list",
		.title = N_("Call lists"),
		.nothing = N_(
			"there is nobody to ring: nothing to confirm, nothing open, nobody "
			"to contact"),
		.fill = fill };
	return field_sheet_view(db, options, &frame, err);
}
