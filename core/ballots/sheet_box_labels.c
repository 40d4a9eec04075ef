/* Box labels (kartongetiketter): one per parcel, with the code of its delivery note. */
#include "ballots/sheet_parts.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

/* The label sheets that are sold; the names of the view are those of docs/PAPER.md. */
static const struct label_format {
	const char *option, *format;
	int labels; /* on a sheet */
} formats[] = {
	{ "3x8", "3x8 70x37", 24 },
	{ "3x8-36", "3x8 70x36", 24 },
	{ "2x8", "2x8 105x37", 16 },
	{ "2x7", "2x7 99.1x38.1", 14 },
};

#define MOST_ADJUST 20 /* mm; more is another label sheet */

static bool
find_format(const struct vs_delivery_sheet_options *o,
	const struct label_format **ret_format, struct vs_error *err)
{
	const char *name = o->format ? o->format : formats[0].option;
	const struct label_format *format = NULL;
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		if (strcmp(formats[i].option, name) == 0)
			format = &formats[i];
	if (!format)
		return vs_fail(err, VS_INVALID,
			_("there are no labels \"%s\"; choose 3x8, 3x8-36, 2x8 or 2x7"),
			name);
	if (o->start < 0 || o->start > format->labels)
		return vs_fail(err, VS_INVALID,
			_("a label sheet %s has the places 1 to %d; there is no place %d"),
			name, format->labels, o->start);
	if (!(o->adjust_x >= -MOST_ADJUST && o->adjust_x <= MOST_ADJUST &&
		    o->adjust_y >= -MOST_ADJUST && o->adjust_y <= MOST_ADJUST))
		return vs_fail(err, VS_INVALID, _("labels are adjusted by at most %d mm"),
			MOST_ADJUST);
	*ret_format = format;
	return true;
}

/* A box of several lists has no colour of its own. */
static json_t *
parcel_ballot(const struct sheet_parcel *parcel)
{
	static const struct sheet_item mixed = { .kind = "",
		.kind_name = "",
		.number = "",
		.colour = "",
		.colour_name = "",
		.constituency = "" };
	return sheet_ballot(parcel->line_count == 1 ? parcel->lines[0].item : &mixed);
}

static void
add_label(struct sheet_source *s, json_t *labels, const json_t *note,
	const struct sheet_parcel *parcel, size_t number, size_t count)
{
	const json_t *rule = json_object_get(note, "rule");
	json_t *label = parcel_ballot(parcel);
	json_object_set(label, "receiver", json_object_get(note, "receiver"));
	json_object_set(label, "sender", json_object_get(note, "sender"));
	json_object_set(label, "our_reference", json_object_get(note, "number"));
	json_object_set(
		label, "their_reference", json_object_get(note, "their_reference"));
	record_put(label, "instruction",
		sheet_join(s->arena, record_string(note, "where"), "; ",
			record_string(rule, "packaging")));
	record_put(label, "parcel", vs_text_number(s->arena, (int64_t)number));
	record_put(label, "parcels", vs_text_number(s->arena, (int64_t)count));
	record_put(label, "weight", sheet_weight(s->arena, parcel->weight_mg / 1000));
	record_put(label, "item", sheet_parcel_text(s->arena, parcel));
	json_object_set(label, "code", json_object_get(note, "code"));
	json_array_append_new(labels, label);
}

/* The notes are made (and numbered) as they would be printed: so their codes are known. */
static bool
add_labels(struct sheet_source *s, json_t *labels, const struct sheet_delivery *d,
	struct vs_error *err)
{
	json_t *notes = json_array();
	const json_t *note = sheet_delivery_note(s, notes, d, err);
	const struct sheet_parcel *parcels;
	size_t count = note ? sheet_parcels(s->arena, d, &parcels) : 0;
	for (size_t i = 0; i < count; i++)
		add_label(s, labels, note, &parcels[i], i + 1, count);
	json_decref(notes);
	return note != NULL;
}

/* How the labels lie on the paper is not what they say: set after the revision. */
static void
put_format(struct sheet_source *s, json_t *sheet, const struct label_format *format,
	bool first)
{
	const struct vs_delivery_sheet_options *o = s->options;
	record_put(sheet, "format", format->format);
	json_object_set_new(
		sheet, "start", json_integer(first && o->start ? o->start : 1));
	json_object_set_new(sheet, "adjust_x", json_real(o->adjust_x));
	json_object_set_new(sheet, "adjust_y", json_real(o->adjust_y));
}

/* The labels of what leaves one depot, one after the other: label sheets cost. */
static bool
add_sheet(struct sheet_source *s, json_t *sheets, const struct sheet_delivery *d,
	size_t count, struct vs_error *err)
{
	int64_t first = 0, last = 0;
	json_t *labels = json_array();
	json_t *sheet = sheet_new(sheets, "", "", _("those who pack at the depot"));
	json_object_set_new(sheet, "labels", labels);
	for (size_t i = 0; i < count; i++) {
		if (!sheet_wanted(s, &d[i]) || d[i].from_location != d->from_location)
			continue;
		if (!add_labels(s, labels, &d[i], err))
			return false;
		first = first && first < d[i].id ? first : d[i].id;
		last = last > d[i].id ? last : d[i].id;
	}
	const char *number = first == last
		? vs_arena_printf(s->arena, "KE-%lld", (long long)first)
		: vs_arena_printf(
			  s->arena, "KE-%lld-%lld", (long long)first, (long long)last);
	return register_sheet(s->db, number, sheet, err);
}

/* True for the first wanted delivery of its depot. */
static bool
begins_depot(const struct sheet_source *s, const struct sheet_delivery *d, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (d[i].from_location == d[index].from_location &&
			sheet_wanted(s, &d[i]))
			return false;
	return sheet_wanted(s, &d[index]);
}

static bool
fill(struct sheet_source *s, json_t *sheets, struct vs_error *err)
{
	const struct label_format *format = NULL;
	const struct sheet_delivery *deliveries;
	size_t count, i;
	json_t *sheet;
	if (!find_format(s->options, &format, err) ||
		!sheet_deliveries(s, false, &deliveries, &count, err))
		return false;
	for (i = 0; i < count; i++)
		if (begins_depot(s, deliveries, i) &&
			!add_sheet(s, sheets, &deliveries[i], count - i, err))
			return false;
	json_array_foreach (sheets, i, sheet)
		put_format(s, sheet, format, i == 0);
	return true;
}

json_t *
vs_box_labels_view(struct vs_db *db, const struct vs_delivery_sheet_options *options,
	struct vs_error *err)
{
	static const struct sheet_form form = { "box-labels", N_("Box labels"),
		N_("there is no delivery to print labels for; plan them with 'valstuga "
		   "deliver plan'"),
		fill };
	return sheet_view(db, options, &form, err);
}
