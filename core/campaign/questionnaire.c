/*
 * The questions on paper (enkät), one sheet per association, with a code that says whose
 * answers they are: by pen, typed in with 'evaluation answer', or as a mail from the square
 * code.
 */
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"
#include "campaign/answer.h"
#include "register/sheet.h"

/* Longer, and the squares are too small for a telephone. */
#define MAILTO_MOST 700

struct form {
	struct sheet_frame frame; /* first */
	const char *association;  /* as asked for, or NULL */
	const json_t *campaign;	  /* its record */
	json_t *questions;	  /* records */
	const char *by;
};

/* Questions ---------------------------------------------------------------------------------*/

static json_t *
paper_questions(const json_t *questions)
{
	static const char *const kinds[][2] = { { "yes_partly_no", "yes_partly_no" },
		{ "scale", "scale" }, { "words", "text" } };
	json_t *rows = json_array(), *question;
	size_t i;
	json_array_foreach (questions, i, question) {
		json_t *row =
			json_pack("{s:o, s:s}", "number", json_sprintf("%zu", i + 1),
				"text", record_string(question, "text"));
		for (int k = 0; k < 3; k++)
			json_object_set_new(row, kinds[k][0],
				json_boolean(strcmp(record_string(question, "kind"),
						     kinds[k][1]) == 0));
		json_array_append_new(rows, row);
	}
	return rows;
}

static const char *
hint_of(const json_t *question)
{
	const char *kind = record_string(question, "kind");
	if (strcmp(kind, "yes_partly_no") == 0)
		return _("yes/partly/no");
	return strcmp(kind, "scale") == 0 ? "1–5" : "";
}

/* The square code -------------------------------------------------------------------------- */

/* RFC 6068: everything but unreserved characters as %XX of its UTF-8; `also` stays, too. */
static const char *
encoded(struct vs_arena *arena, const char *text, const char *also)
{
	char *to = vs_arena_alloc(arena, 3 * strlen(text) + 1), *end = to;
	for (const char *c = text; *c; c++) {
		bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
			(*c >= '0' && *c <= '9') || strchr("-._~", *c) ||
			strchr(also, *c);
		if (plain)
			*end++ = *c;
		else
			end += sprintf(end, "%%%02X", (unsigned char)*c);
	}
	return to;
}

/* "1 Fick ni stöd? (ja/delvis/nej): ", a line each; without the words when they are long. */
static const char *
body_text(struct vs_arena *arena, const struct form *f, const char *heading, bool words)
{
	const char *text = heading;
	json_t *question;
	size_t i;
	json_array_foreach (f->questions, i, question) {
		const char *hint = hint_of(question);
		text = vs_arena_printf(arena, "%s\r\n%zu%s%s%s%s%s: ", text, i + 1,
			words ? " " : "", words ? record_string(question, "text") : "",
			*hint ? " (" : "", hint, *hint ? ")" : "");
	}
	return text;
}

static const char *
mailto(struct vs_arena *arena, const struct form *f, const char *email, const char *name,
	const char *code)
{
	const char *heading = vs_arena_printf(arena, "%s, %s", code, name);
	const char *address = NULL;
	for (int words = 1; words >= 0; words--) {
		address = vs_arena_printf(arena, "mailto:%s?subject=%s&body=%s",
			encoded(arena, email, "@"),
			encoded(arena, vs_arena_printf(arena, _("Answers %s"), code), ""),
			encoded(arena, body_text(arena, f, heading, words), ""));
		if (strlen(address) <= MAILTO_MOST)
			break;
	}
	return address;
}

/* Sheets ------------------------------------------------------------------------------------*/

static const char *
return_to(struct vs_arena *arena, const struct form *f)
{
	const char *sender = record_string(f->campaign, "sender");
	if (sender)
		return vs_arena_text(arena, sender);
	return vs_arena_printf(arena, _("the election organiser, %s %s"),
		f->frame.campaign.party_name, f->frame.campaign.district);
}

static bool
add_sheet(struct form *f, json_t *sheets, const json_t *association, struct vs_error *err)
{
	struct vs_arena *arena = f->frame.arena;
	int64_t id = record_integer(association, "id");
	const char *name = record_string(association, "name");
	const char *email = record_string(f->campaign, "signup_email");
	const char *code = questionnaire_code(arena, id);
	json_t *sheet = sheet_new(sheets, name, "", _("the association's board"));
	json_object_set_new(sheet, "questions", paper_questions(f->questions));
	record_put(sheet, "form", code);
	record_put(sheet, "qr", email ? mailto(arena, f, email, name, code) : code);
	record_put(sheet, "email", email);
	record_put(sheet, "return_to", return_to(arena, f));
	record_put(sheet, "by", f->by);
	record_put(sheet, "notes", "");
	return register_sheet(f->frame.db, questionnaire_number(arena, id), sheet, err);
}

static bool
add_sheets(
	struct form *f, json_t *sheets, const json_t *associations, struct vs_error *err)
{
	int64_t only = 0;
	json_t *association;
	size_t i;
	if (f->association &&
		!questionnaire_association(f->frame.db, f->association, &only, err))
		return false;
	json_array_foreach (associations, i, association)
		if ((!only || record_integer(association, "id") == only) &&
			!add_sheet(f, sheets, association, err))
			return false;
	return true;
}

/* The day that somebody has set as a deadline of the key `evaluation_answers`. */
static bool
read_day(struct form *f, struct vs_error *err)
{
	struct vs_date day;
	bool known;
	if (!register_deadline(f->frame.db, "evaluation_answers", &day, &known, err))
		return false;
	f->by = known ? vs_date_text(f->frame.arena, day, VS_DATE_DAY) : "";
	return true;
}

static bool
fill(struct sheet_frame *frame, json_t *sheets, struct vs_error *err)
{
	struct form *f = (struct form *)frame;
	json_t *campaign = vs_record_get(frame->db, &vs_campaign_type, "1", err);
	json_t *associations = vs_record_list(frame->db, &vs_association_type, NULL, err);
	f->questions = vs_record_list(frame->db, &vs_question_type, NULL, err);
	f->campaign = campaign;
	bool ok = campaign && associations && f->questions && read_day(f, err) &&
		add_sheets(f, sheets, associations, err);
	json_decref(campaign);
	json_decref(associations);
	json_decref(f->questions);
	return ok;
}

json_t *
vs_questionnaire_view(struct vs_db *db, const char *association, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct form f = {
		.frame = {
			.db = db,
			.arena = scratch.arena,
			.name = "questionnaire",
			.title = N_("Questions to the associations"),
			.nothing = N_("there is no association to ask; add them with 'valstuga "
				      "association add'"),
			.fill = fill,
		},
		.association = association,
	};
	return sheet_frame_view(&f.frame, err);
}
