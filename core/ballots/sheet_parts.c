/* The frame of a view of sheets of stock and delivery, and what its options name. */
#include "ballots/sheet_parts.h"

/* The view --------------------------------------------------------------------------------*/

/* The number of what an option names; 0 for no option. */
static bool
find_number(struct sheet_source *s, const struct vs_record_type *type, const char *text,
	int64_t *ret_id, struct vs_error *err)
{
	if (!text)
		return true;
	json_t *record = vs_record_get(s->db, type, text, err);
	if (!record)
		return false;
	*ret_id = record_integer(record, "id");
	json_decref(record);
	return true;
}

static bool
find_kommun(struct sheet_source *s, const char *text, struct vs_error *err)
{
	if (!text)
		return true;
	json_t *record = vs_record_get(s->db, &vs_kommun_type, text, err);
	if (!record)
		return false;
	s->kommun = vs_arena_text(s->arena, record_string(record, "code"));
	json_decref(record);
	return true;
}

static bool
read_options(struct sheet_source *s, struct vs_error *err)
{
	const struct vs_delivery_sheet_options *o = s->options;
	struct vs_date day;
	if (o->day && !vs_date_parse(o->day, &day, err))
		return false;
	s->day = o->day;
	return find_number(s, &vs_round_type, o->round, &s->round, err) &&
		find_number(s, &vs_carrier_type, o->carrier, &s->carrier, err) &&
		find_number(s, &vs_place_type, o->place, &s->place, err) &&
		find_kommun(s, o->kommun, err) &&
		(!o->delivery || delivery_find(s->db, o->delivery, &s->delivery, err));
}

static bool
read_phone(struct sheet_source *s, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, s->db, SQL("SELECT controller_phone FROM campaign"), err))
		return false;
	if (stmt_row(&q, err))
		s->office_phone = stmt_copy(&q, 0, s->arena);
	return err->code == VS_OK;
}

static bool
is_filtered(const struct vs_delivery_sheet_options *o)
{
	return o->day || o->kommun || o->round || o->carrier || o->place;
}

/* The frame of a form of sheets, with what it is filled from. */
struct filling {
	struct sheet_frame frame;
	struct sheet_source *source;
	const struct sheet_form *form;
};

static bool
fill(struct sheet_frame *frame, json_t *sheets, struct vs_error *err)
{
	struct filling *filling = (struct filling *)frame;
	struct sheet_source *s = filling->source;
	s->campaign = frame->campaign;
	return read_phone(s, err) && read_options(s, err) && sheet_items(s, err) &&
		filling->form->fill(s, sheets, err);
}

json_t *
sheet_view(struct vs_db *db, const struct vs_delivery_sheet_options *options,
	const struct sheet_form *form, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct sheet_source source = {
		.db = db, .arena = scratch.arena, .options = options
	};
	struct filling filling = { .source = &source,
		.form = form,
		.frame = { .db = db,
			.arena = scratch.arena,
			.name = form->name,
			.title = form->title,
			.nothing = form->nothing,
			.filtered = is_filtered(options),
			.fill = fill } };
	json_t *view = sheet_frame_view(&filling.frame, err);
	stmt_done(&source.ordered);
	return view;
}
