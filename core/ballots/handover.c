/*
 * Hand-over rules as plans need them: what a kommun's committee has said, read into times that
 * can be kept. What cannot be read stays as words for people; nothing is guessed.
 */
#include "ballots/delivery.h"

#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

/* Reading `earliest` -----------------------------------------------------------------------*/

/* What has been understood so far of the words of one rule. */
struct reading {
	struct handover *rule;
	int number;  /* a whole number that waits for its unit, or -1 */
	int minutes; /* before opening, or -1 */
	bool hour;   /* "kl" was said: a number is an hour */
	bool before; /* "före" was said */
	bool strange;
};

static bool
one_of(const char *word, const char *const *words)
{
	for (; *words; words++)
		if (strcmp(word, *words) == 0)
			return true;
	return false;
}

/* "07:30", "7.30". */
static bool
clock_time(const char *word, int *ret_minutes)
{
	size_t hours = strspn(word, "0123456789");
	if (hours < 1 || hours > 2 || (word[hours] != ':' && word[hours] != '.') ||
		!vs_text_is_code(word + hours + 1, 2))
		return false;
	int hour = atoi(word), minute = atoi(word + hours + 1);
	if (hour > 23 || minute > 59)
		return false;
	*ret_minutes = hour * 60 + minute;
	return true;
}

static bool
take_unit(struct reading *r, const char *unit)
{
	static const char *const minutes[] = { "min", "minut", "minuter", "minute",
		"minutes", NULL };
	static const char *const hours[] = { "h", "tim", "timme", "timmar", "hour",
		"hours", NULL };
	int scale = one_of(unit, minutes) ? 1 : one_of(unit, hours) ? 60 : 0;
	if (!scale || r->number < 0)
		return false;
	r->minutes = r->number * scale;
	r->number = -1;
	return true;
}

/* "30", "30min", and after "kl" an hour. */
static bool
take_number(struct reading *r, const char *word)
{
	size_t digits = strspn(word, "0123456789");
	if (digits < 1 || digits > 3 || r->number >= 0)
		return false;
	int number = atoi(word);
	if (!word[digits] && r->hour && number < 24) {
		r->rule->earliest = number * 60;
		r->hour = false;
		return true;
	}
	r->number = number;
	return !word[digits] || take_unit(r, word + digits);
}

static void
take_word(struct vs_arena *arena, struct reading *r, const char *word)
{
	static const char *const clock[] = { "kl", "klockan", NULL };
	static const char *const before[] = { "före", "innan", "before", NULL };
	static const char *const empty[] = { "från", "fr", "fr.o.m", "from", "and", "och",
		"tidigast", "earliest", "not", "at", "den", "the", "dagen", "öppning",
		"öppningen", "opening", "öppnar", "opens", "lokalen", "det", NULL };
	struct vs_date date;
	struct vs_error ignored = { 0 };
	if (vs_date_parse(word, &date, &ignored))
		r->rule->from_date = vs_arena_text(arena, word);
	else if (clock_time(word, &r->rule->earliest))
		r->hour = false;
	else if (take_unit(r, word))
		return;
	else if (one_of(word, clock))
		r->hour = true;
	else if (one_of(word, before))
		r->before = true;
	else if (!one_of(word, empty) && !take_number(r, word))
		r->strange = true;
}

/*
 * Free text by people: a clock time, minutes before opening, a date; in any order and mixed
 * with small words. With a word that is not known the whole text is kept for people, and
 * minutes count only if "before" was said: they may be minutes after something.
 */
static void
read_earliest(struct vs_arena *arena, const char *text, struct handover *rule)
{
	struct reading r = { .rule = rule, .number = -1, .minutes = -1 };
	char *folded = vs_arena_text(arena, vs_text_fold(arena, text)), *rest;
	for (char *word = strtok_r(folded, " ,;\t\n", &rest); word;
		word = strtok_r(NULL, " ,;\t\n", &rest)) {
		size_t length = strlen(word);
		if (length > 1 && word[length - 1] == '.')
			word[length - 1] = '\0';
		take_word(arena, &r, word);
	}
	r.strange = r.strange || r.number >= 0 || r.hour;
	if (r.before || !r.strange)
		rule->before_opening = r.minutes;
	if (r.strange)
		rule->words = vs_arena_text(arena, text);
}

/* "YYYY-MM-DD[ HH:MM]", as the record type has checked. */
static void
read_deadline(struct vs_arena *arena, const char *text, struct handover *rule)
{
	rule->deadline_date = vs_arena_copy(arena, text, strnlen(text, 10));
	if (strlen(text) < 16 || !clock_time(text + 11, &rule->deadline))
		rule->deadline = 1440;
}

/* The rule ---------------------------------------------------------------------------------*/

static void
read_rule(struct vs_arena *arena, const struct stmt *q, struct handover *rule)
{
	const char *channel = stmt_text(q, 1), *refill = stmt_text(q, 6);
	rule->rule = stmt_int(q, 0);
	rule->central = strcmp(channel, "direct") != 0;
	rule->post = strcmp(channel, "post") == 0;
	rule->channel_text = record_choice(rule_channels, channel);
	rule->address = stmt_copy(q, 2, arena);
	if (!stmt_null(q, 3))
		read_earliest(arena, stmt_text(q, 3), rule);
	if (!stmt_null(q, 4))
		read_deadline(arena, stmt_text(q, 4), rule);
	rule->cap = stmt_int(q, 5);
	rule->refill = refill ? vs_arena_text(arena, refill) : NULL;
	rule->refill_text = refill ? record_choice(rule_refills, refill) : NULL;
	rule->packaging = stmt_copy(q, 7, arena);
	rule->contact_name = stmt_copy(q, 8, arena);
	rule->contact_phone = stmt_copy(q, 9, arena);
	rule->our_contact = stmt_copy(q, 10, arena);
	rule->our_deputy = stmt_copy(q, 11, arena);
	rule->source = stmt_copy(q, 12, arena);
	rule->verified = stmt_int(q, 13);
}

bool
handover_get(struct vs_db *db, struct vs_arena *arena, const char *kommun_code,
	const char *phase, struct handover *ret_rule, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT r.id, r.channel, r.address, r.earliest, r.deadline, r.cap,"
			" r.refill, r.packaging, r.contact_name, r.contact_phone,"
			" r.our_contact, r.our_deputy, r.source, " RULE_VERIFIED
			" FROM handover_rule r JOIN campaign c"
			" WHERE r.kommun_code = ? AND r.phase = ?"),
		    err))
		return false;
	stmt_bind(&q, kommun_code);
	stmt_bind(&q, phase);
	struct handover rule = { .earliest = -1, .before_opening = -1, .deadline = 1440 };
	if (stmt_row(&q, err))
		read_rule(arena, &q, &rule);
	if (err->code != VS_OK)
		return false;
	*ret_rule = rule;
	return true;
}

/* In words ---------------------------------------------------------------------------------*/

/* Adds one part to "a, b, c"; nothing for NULL or "". */
static void
say(struct vs_arena *arena, const char **text, const char *part)
{
	if (part && *part)
		*text = **text ? vs_arena_printf(arena, "%s, %s", *text, part)
			       : vs_arena_text(arena, part);
}

const char *
handover_clock(struct vs_arena *arena, int minutes)
{
	return vs_arena_printf(arena, "%02d:%02d", minutes / 60, minutes % 60);
}

static void
say_earliest(struct vs_arena *arena, const char **text, const struct handover *rule)
{
	if (rule->words) {
		say(arena, text, vs_arena_printf(arena, _("earliest: %s"), rule->words));
		return;
	}
	if (rule->from_date && rule->earliest >= 0)
		say(arena, text,
			vs_arena_printf(arena, _("earliest %s at %s"), rule->from_date,
				handover_clock(arena, rule->earliest)));
	else if (rule->from_date)
		say(arena, text,
			vs_arena_printf(arena, _("earliest %s"), rule->from_date));
	else if (rule->earliest >= 0)
		say(arena, text,
			vs_arena_printf(arena, _("earliest at %s"),
				handover_clock(arena, rule->earliest)));
	if (rule->before_opening >= 0)
		say(arena, text,
			vs_arena_printf(arena,
				P_("earliest %d minute before opening",
					"earliest %d minutes before opening",
					rule->before_opening),
				rule->before_opening));
}

static void
say_deadline(struct vs_arena *arena, const char **text, const struct handover *rule)
{
	if (rule->deadline_date && rule->deadline < 1440)
		say(arena, text,
			vs_arena_printf(arena, _("latest %s at %s"), rule->deadline_date,
				handover_clock(arena, rule->deadline)));
	else if (rule->deadline_date)
		say(arena, text,
			vs_arena_printf(arena, _("latest %s"), rule->deadline_date));
}

const char *
handover_text(struct vs_arena *arena, const struct handover *rule)
{
	const char *text = "";
	if (!rule->rule)
		return _("no hand-over rule is known");
	say(arena, &text, rule->channel_text);
	say(arena, &text, rule->address);
	if (rule->cap)
		say(arena, &text,
			vs_arena_printf(arena, _("at most %s per list"),
				vs_text_number(arena, rule->cap)));
	say_earliest(arena, &text, rule);
	say_deadline(arena, &text, rule);
	say(arena, &text, rule->packaging);
	if (!rule->verified)
		say(arena, &text, _("unverified"));
	return text;
}
