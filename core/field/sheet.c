/* The frame of the field's sheets, and what several of them say. */
#include "field/sheet.h"

#include <string.h>

#include "base/i18n.h"

const char *
field_day(struct vs_arena *arena, int64_t moment)
{
	char text[11];
	return vs_arena_text(arena, vs_date_format(vs_local_from_utc(moment).date, text));
}

const char *
field_clock_span(struct vs_arena *arena, int64_t starts_at, int64_t ends_at)
{
	struct vs_local starts = vs_local_from_utc(starts_at);
	struct vs_local ends = vs_local_from_utc(ends_at);
	return sheet_span(
		arena, starts.hour * 60 + starts.minute, ends.hour * 60 + ends.minute);
}

bool
field_sheet_holder(struct field_sheet *s, struct vs_error *err)
{
	const char *wanted = s->options->holder;
	if (!wanted)
		return true;
	json_t *person = vs_record_get(s->frame.db, &vs_person_type, wanted, err);
	if (person)
		s->holder = vs_arena_text(s->frame.arena, record_string(person, "name"));
	json_decref(person);
	return person != NULL;
}

json_t *
field_sheet_place(const struct field_activity *a)
{
	const char *street = a->address ? a->address : a->link;
	bool told = street && a->kommun_name && strstr(street, a->kommun_name);
	struct sheet_address address = { a->place_name, street, NULL,
		told ? NULL : a->kommun_name };
	return sheet_address(&address);
}

const char *
field_heading_date(struct vs_arena *arena, const char *date)
{
	char *text = vs_arena_text(arena, sheet_day(arena, date, VS_DATE_LONG));
	if (*text >= 'a' && *text <= 'z') /* a weekday's first letter is never å, ä, ö */
		*text = (char)(*text - 'a' + 'A');
	return text;
}

static bool
is_filtered(const struct vs_field_sheet_options *o)
{
	const struct vs_shift_filter *f = &o->filter;
	return f->from || f->until || f->association || f->kommun || f->activity ||
		f->kind || f->person || o->canvass || o->flyer || o->text;
}

json_t *
field_sheet_view(struct vs_db *db, const struct vs_field_sheet_options *options,
	const struct sheet_frame *frame, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct field_sheet s = { .frame = *frame, .options = options };
	s.frame.db = db;
	s.frame.arena = scratch.arena;
	s.frame.filtered = is_filtered(options);
	return sheet_frame_view(&s.frame, err);
}
