/* Flyers for paper: a sheet per batch. Fields: docs/PAPER.md. */
#include "field/flyer.h"
#include "field/sheet.h"
#include "field/shift.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"

#define BLEED 3 /* mm; what printing houses here want */

/* What is the same for all flyers of a run. */
struct run {
	struct field_sheet *s;
	struct vs_arena *arena;
	json_t *campaign;
	const char *size, *paper;
	int up;
	const char *colour, *ink, *party, *election, *sender, *consent;
	json_t *advert; /* or null */
};

/* The paper ---------------------------------------------------------------------------------*/

/* As many as an A4 takes, unless it is said how many. */
static bool
read_paper(struct run *r, struct vs_error *err)
{
	static const struct {
		const char *size;
		int fill;
	} sizes[] = { { "A4", 1 }, { "A5", 2 }, { "A6", 4 } };
	const struct vs_field_sheet_options *o = r->s->options;
	const char *size = o->size ? o->size : "A5", *up = o->up;
	int fill = 4;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		if (strcasecmp(size, sizes[i].size) != 0)
			continue;
		r->size = sizes[i].size;
		fill = sizes[i].fill;
		r->up = up ? atoi(up) : o->bleed ? 1 : sizes[i].fill;
		r->paper = r->up == sizes[i].fill && !o->bleed ? "A4" : "";
	}
	if (!r->size)
		return vs_fail(err, VS_INVALID,
			_("a flyer is A6, A5 or A4 large, not \"%s\""), size);
	if (up && !((r->up == 1 || r->up == 2 || r->up == 4) && !up[1]))
		return vs_fail(err, VS_INVALID,
			_("a paper takes 1, 2 or 4 flyers, not \"%s\""), up);
	return o->bleed || r->up <= 2 * fill ||
		vs_fail(err, VS_INVALID,
			_("%d flyers of %s are more than an A3 takes; choose a smaller --size "
			  "or --up"),
			r->up, r->size);
}

static void
put_paper(const struct run *r, json_t *sheet)
{
	bool bleed = r->s->options->bleed;
	record_put(sheet, "size", r->size);
	record_put(sheet, "paper", r->paper);
	json_object_set_new(sheet, "up", json_integer(r->up));
	json_object_set_new(sheet, "bleed", json_integer(bleed ? BLEED : 0));
	json_object_set_new(sheet, "marks", json_boolean(bleed));
	record_put(sheet, "colour", r->colour);
	record_put(sheet, "ink", r->ink);
}

/* Who is behind it --------------------------------------------------------------------------*/

/* Whoever reads a flyer must know whose it is and where to turn. */
static bool
read_sender(struct run *r, struct vs_error *err)
{
	const char *contact = flyer_contact(r->arena, r->campaign);
	r->sender = record_string(r->campaign, "sender");
	if (!r->sender && !*contact)
		return vs_fail(err, VS_REFUSED,
			_("the campaign does not say who is behind its flyers; say it with "
			  "'valstuga campaign set --sender …', name and how to reach you"));
	if (!r->sender)
		r->sender = vs_arena_printf(r->arena, "%s, %s", r->party, contact);
	return true;
}

static bool
read_advert(struct run *r, struct vs_error *err)
{
	const char *sponsor = record_string(r->campaign, "ad_sponsor");
	const char *notice = record_string(r->campaign, "ad_notice_url");
	r->advert = NULL;
	if (!sponsor && !r->s->options->advert)
		return true;
	if (!sponsor || !notice)
		return vs_fail(err, VS_REFUSED,
			_("political advertising names who pays and where its notice is; say it "
			  "with 'valstuga campaign set --ad-sponsor … --ad-notice-url …'"));
	r->advert = json_pack("{s:s, s:s, s:s}", "sponsor", sponsor, "election",
		r->election, "notice", notice);
	return true;
}

/* The newest words that people agree to, in the language of the flyer's own words. */
static bool
read_consent(struct run *r, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, r->s->frame.db,
		    SQL("SELECT text FROM wording WHERE name = 'pass'"
			" ORDER BY language <> ?, version DESC LIMIT 1"),
		    err))
		return false;
	stmt_bind(&q, vs_language());
	r->consent = stmt_row(&q, err) ? stmt_copy(&q, 0, r->arena) : "";
	return err->code == VS_OK;
}

static bool
read_run(struct run *r, struct vs_error *err)
{
	const struct vs_campaign *c = &r->s->frame.campaign;
	const char *election;
	if (!sheet_election_name(r->s->frame.db, r->arena, c, &election, err))
		return false;
	const char *colour = record_string(r->campaign, "colour");
	r->colour = colour ? colour : "";
	r->ink = colour ? vs_colour_ink(colour) : "";
	r->party = vs_arena_printf(r->arena, "%s %s", c->party_name, c->district);
	r->election = vs_arena_printf(r->arena, _("%s on %s"), election,
		vs_date_text(r->arena, c->election_date, VS_DATE_DAY));
	return read_paper(r, err) && read_sender(r, err) && read_advert(r, err) &&
		read_consent(r, err);
}

/* One flyer ---------------------------------------------------------------------------------*/

static void
add_fact(json_t *facts, const char *label, const char *value)
{
	if (value && *value)
		json_array_append_new(
			facts, json_pack("{s:s, s:s}", "label", label, "value", value));
}

static void
put_facts(json_t *sheet, const json_t *words)
{
	json_t *facts = json_array();
	add_fact(facts, _("What"), record_string(words, "what"));
	add_fact(facts, _("When"), record_string(words, "when"));
	add_fact(facts, _("Where"), record_string(words, "where"));
	add_fact(facts, _("Ask"), record_string(words, "contact"));
	json_object_set_new(sheet, "facts", facts);
}

static bool
put_words(const struct run *r, json_t *sheet, const struct flyer_batch *b,
	const json_t *words, bool slip, struct vs_error *err)
{
	const char *headline, *text, *call;
	const char *kommun = record_string(words, "kommun");
	if (!flyer_say(r->arena, b, b->headline, words, &headline, err) ||
		!flyer_say(r->arena, b, b->body, words, &text, err) ||
		!flyer_say(r->arena, b, b->call, words, &call, err))
		return false;
	record_put(sheet, "kicker",
		vs_arena_printf(r->arena,
			*kommun ? _("Election %d · %s") : _("Election %d"),
			r->s->frame.campaign.election_date.year, kommun));
	record_put(sheet, "headline", headline);
	record_put(sheet, "text", text);
	record_put(sheet, "action",
		slip ? vs_arena_printf(
			       r->arena, _("%s. Fill in the slip and hand it in."), call)
		     : call);
	return true;
}

/* A slip to tear off, when it is wanted or nothing else leads to us. */
static void
put_slip(const struct run *r, json_t *sheet, bool slip)
{
	if (!slip) {
		json_object_set_new(sheet, "slip", json_null());
		return;
	}
	json_object_set_new(sheet, "slip",
		json_pack("{s:s, s:s, s:o}", "heading", _("I want to help"), "consent",
			r->consent, "return_to",
			json_sprintf(
				_("Hand it in at one of our stands, or send it to: %s"),
				r->sender)));
}

static bool
fill_sheet(const struct run *r, json_t *sheet, const struct flyer_batch *b,
	const json_t *words, struct vs_error *err)
{
	struct flyer_way way;
	bool slip = r->s->options->slip;
	if (!flyer_way(r->arena, r->campaign, b->code, slip, &way, err) ||
		!put_words(r, sheet, b, words, way.slip, err))
		return false;
	put_paper(r, sheet);
	put_facts(sheet, words);
	put_slip(r, sheet, slip || way.slip);
	record_put(sheet, "party", r->party);
	record_put(sheet, "qr", way.qr);
	record_put(sheet, "address", way.address);
	record_put(sheet, "code", flyer_code_text(r->arena, b->code));
	record_put(sheet, "valid_until", sheet_day(r->arena, b->expires_on, VS_DATE_DAY));
	record_put(sheet, "sender", r->sender);
	json_object_set_new(
		sheet, "advert", r->advert ? json_incref(r->advert) : json_null());
	return true;
}

static bool
add_sheet(const struct run *r, json_t *sheets, const struct flyer_batch *b,
	struct vs_error *err)
{
	json_t *words = flyer_words(r->s->frame.db, r->arena, b, r->campaign, err);
	if (!words)
		return false;
	json_t *sheet = json_object();
	json_array_append_new(sheets, sheet);
	bool ok = fill_sheet(r, sheet, b, words, err);
	json_decref(words);
	return ok;
}

/* Which -------------------------------------------------------------------------------------*/

static bool
find_id(const struct run *r, const struct vs_record_type *type, const char *text,
	int64_t *ret_id, struct vs_error *err)
{
	const char *key;
	if (!shift_find_key(r->s->frame.db, r->arena, type, text, &key, err))
		return false;
	*ret_id = key ? strtoll(key, NULL, 10) : 0;
	return true;
}

/* One that is asked for by its code is refused when it is off; of all, those are left out. */
static bool
choose(const struct run *r, struct flyer_batch **ret_batches, size_t *ret_count,
	struct vs_error *err)
{
	const struct vs_field_sheet_options *o = r->s->options;
	struct vs_db *db = r->s->frame.db;
	struct flyer_choice choice = { .from = o->filter.from, .until = o->filter.until };
	if ((o->flyer && !vs_flyer_find(db, o->flyer, &choice.id, err)) ||
		!find_id(r, &vs_flyer_text_type, o->text, &choice.text, err) ||
		!find_id(r, &vs_activity_type, o->filter.activity, &choice.activity,
			err) ||
		!find_id(r, &vs_association_type, o->filter.association,
			&choice.association, err) ||
		!shift_find_key(db, r->arena, &vs_kommun_type, o->filter.kommun,
			&choice.kommun, err))
		return false;
	return flyer_batches(db, r->arena, &choice, ret_batches, ret_count, err);
}

static bool
fill(struct sheet_frame *frame, json_t *sheets, struct vs_error *err)
{
	struct run r = { .s = (struct field_sheet *)frame, .arena = frame->arena };
	struct flyer_batch *batches = NULL;
	size_t count = 0;
	r.campaign = vs_record_get(frame->db, &vs_campaign_type, "1", err);
	bool ok = r.campaign && choose(&r, &batches, &count, err) && read_run(&r, err);
	for (size_t i = 0; ok && i < count; i++)
		ok = add_sheet(&r, sheets, &batches[i], err);
	json_decref(r.advert);
	json_decref(r.campaign);
	return ok;
}

json_t *
vs_flyer_view(struct vs_db *db, const struct vs_field_sheet_options *options,
	struct vs_error *err)
{
	static const struct sheet_frame frame = { .name = "flyer",
		.title = N_("Flyers"),
		.nothing = N_("no flyer is on; add one with 'valstuga flyer add'"),
		.fill = fill };
	return field_sheet_view(db, options, &frame, err);
}
