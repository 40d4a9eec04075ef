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

json_t *
history_since(struct vs_db *db, const char *noun, int64_t at, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT object, command FROM history WHERE at >= ? AND noun = ?"
			" AND object <> '' ORDER BY id"),
		    err))
		return NULL;
	stmt_bind(&q, at);
	stmt_bind(&q, noun);
	json_t *named = json_object();
	while (stmt_row(&q, err))
		json_object_set_new(
			named, stmt_text(&q, 0), json_string(stmt_text(&q, 1)));
	if (err->code == VS_OK)
		return named;
	json_decref(named);
	return NULL;
}
