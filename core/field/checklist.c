/* Points of the checklists that people carry; the shipped ones may be changed and removed. */
#include "field/field.h"

#include "base/i18n.h"

const struct vs_choice checklist_phases[] = {
	{ "before", N_("before") },
	{ "during", N_("during") },
	{ "after", N_("after") },
	{ 0 },
};

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "kind", VS_FIELD_REF, VS_FILTER, N_("sort of activity"),
		N_("empty: every activity has the point"),
		.refers = &vs_activity_kind_type },
	{ "phase", VS_FIELD_CHOICE, VS_REQUIRED | VS_FILTER, N_("when"),
		.choices = checklist_phases },
	{ "days", VS_FIELD_INTEGER, VS_REQUIRED, N_("days"),
		N_("that many days before or after; 0: the same day"), .min = 0,
		.max = 365 },
	{ "text", VS_FIELD_TEXT, VS_REQUIRED, N_("point"), .max_length = 200 },
};

const struct vs_record_type vs_checklist_type = {
	.noun = N_("checklist"),
	.label = N_("points of checklists"),
	.about = N_("What must be done before, during and after an activity of a kind."),
	FIELDS(fields),
	.select = SQL(
		"SELECT id, kind, phase, days, text FROM checklist"
		" ORDER BY CASE phase WHEN 'before' THEN 0 WHEN 'during' THEN 1 ELSE 2 END,"
		" iif(phase = 'before', -days, days), kind, id"),
	.insert = SQL(
		"INSERT INTO checklist (kind, phase, days, text) VALUES (?, ?, ?, ?)"),
	.update = SQL("UPDATE checklist SET kind = ?, phase = ?, days = ?, text = ?"
		      " WHERE id = ?"),
	.remove = SQL("DELETE FROM checklist WHERE id = ?"),
};
