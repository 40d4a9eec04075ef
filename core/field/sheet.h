/* What the sheets of the field share. Fields of the views: docs/PAPER.md. */
#ifndef FIELD_SHEET_H
#define FIELD_SHEET_H

#include "field/field.h"
#include "register/sheet.h"

struct field_sheet {
	struct sheet_frame frame; /* first */
	const struct vs_field_sheet_options *options;
	struct field_world world;
	struct field_people people;
	const char *holder; /* field_sheet_holder() */
};

/* A view of the sheets that `fill` makes of the options' world. Caller owns. */
json_t *field_sheet_view(struct vs_db *db, const struct vs_field_sheet_options *options,
	const struct sheet_frame *frame, struct vs_error *err) VS_CHECKED;

/* Sets who holds the copy with whole numbers, somebody of the register; NULL: nobody does. */
bool field_sheet_holder(struct field_sheet *s, struct vs_error *err) VS_CHECKED;

/* An activity's place as an address object; the digital one's link stands as its street. */
json_t *field_sheet_place(const struct field_activity *activity);

/* "Lördag 22 augusti 2026" as a heading, of "2026-08-22". Arena. */
const char *field_heading_date(struct vs_arena *arena, const char *date);

/* "10.00–14.00" of the day on which it begins. Arena. */
const char *field_clock_span(struct vs_arena *arena, int64_t starts_at, int64_t ends_at);

/* "2026-08-22", the Swedish day of a moment. Arena. */
const char *field_day(struct vs_arena *arena, int64_t moment);

#endif
