/* Until activity.c and activity_kind.c are here: whoever brings them deletes this file. */
#include "field/field.h"

#include "base/i18n.h"

static const struct vs_field activity_fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "title", VS_FIELD_TEXT, VS_NAME | VS_READONLY, N_("title") },
};

const struct vs_record_type vs_activity_type = {
	.noun = "activity",
	FIELDS(activity_fields),
	.select = SQL("SELECT id, title FROM activity ORDER BY starts_at, id"),
};

static const struct vs_field kind_fields[] = {
	{ "code", VS_FIELD_TEXT, VS_KEY | VS_READONLY, N_("code") },
	{ "name", VS_FIELD_TEXT, VS_NAME | VS_READONLY, N_("name") },
};

const struct vs_record_type vs_activity_kind_type = {
	.noun = "activity-kind",
	FIELDS(kind_fields),
	.select = SQL("SELECT code, name FROM activity_kind ORDER BY name"),
};
