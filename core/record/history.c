/* The history as a record type: read-only, newest first. */
#include "record/record.h"

#include "base/i18n.h"

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no."), NULL },
	{ "at", VS_FIELD_MOMENT, VS_READONLY, N_("time"), NULL },
	{ "actor", VS_FIELD_TEXT, VS_READONLY | VS_FILTER, N_("by"), NULL },
	{ "command", VS_FIELD_TEXT, VS_READONLY | VS_FILTER, N_("command"), NULL },
	{ "noun", VS_FIELD_TEXT, VS_READONLY | VS_FILTER, N_("what"), NULL },
	{ "object", VS_FIELD_TEXT, VS_READONLY | VS_FILTER, N_("which"), NULL },
	{ "summary", VS_FIELD_TEXT, VS_READONLY, N_("summary"), NULL },
};

const struct vs_record_type vs_history_type = {
	.noun = N_("history"),
	.label = N_("history"),
	.about = N_(
		"Who did what, when: one line for every command that changed something."),
	FIELDS(fields),
	.select = SQL("SELECT id, at, actor, command, noun, object, summary FROM history"
		      " ORDER BY id DESC"),
};
