/*
 * Finding people in a text. Names are sequences of words; phone numbers are digits whatever
 * stands between them. One table holds everybody, so that a text is read once however many
 * people are looked for.
 */
#include "store/scrub_parts.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

/* First byte of a key: what it is a key of. The others mark the gaps of names. */
enum { NAME = 'n', TURNED = 't', PHONE = 'p', EMAIL = 'e', GONE = 'g' };
enum { GAP = '\x1f', COMMA = '\x1e' };

#define KEY_MAX	   512
#define DIGITS_MAX 18
#define DIGITS_MIN 7

struct scrub *
scrub_new(void)
{
	struct scrub *scrub = calloc(1, sizeof *scrub);
	if (!scrub)
		vs_abort("out of memory");
	scrub->arena = vs_arena_new();
	scrub->word = "raderad";
	scrub->room = 64;
	scrub->slots = calloc(scrub->room, sizeof *scrub->slots);
	if (!scrub->slots)
		vs_abort("out of memory");
	return scrub;
}

void
scrub_word(struct scrub *scrub, const char *word)
{
	scrub->word = word;
}

/* The table ---------------------------------------------------------------------------------*/

static uint64_t
hash_of(const char *key)
{
	uint64_t hash = 0xcbf29ce484222325u;
	for (; *key; key++)
		hash = (hash ^ (unsigned char)*key) * 0x100000001b3u;
	return hash ^ hash >> 29;
}

static struct scrub_entry *
slot_of(struct scrub_entry *slots, size_t room, const char *key)
{
	size_t at = hash_of(key) & (room - 1);
	while (slots[at].key && strcmp(slots[at].key, key) != 0)
		at = (at + 1) & (room - 1);
	return &slots[at];
}

static const struct scrub_entry *
find(const struct scrub *scrub, const char *key)
{
	const struct scrub_entry *entry = slot_of(scrub->slots, scrub->room, key);
	return entry->key ? entry : NULL;
}

static void
grow(struct scrub *scrub)
{
	size_t room = scrub->room * 2;
	struct scrub_entry *slots = calloc(room, sizeof *slots);
	if (!slots)
		vs_abort("out of memory");
	for (size_t i = 0; i < scrub->room; i++)
		if (scrub->slots[i].key)
			*slot_of(slots, room, scrub->slots[i].key) = scrub->slots[i];
	free(scrub->slots);
	scrub->slots = slots;
	scrub->room = room;
}

/* The entry of the key, made when there is none. */
static struct scrub_entry *
enter(struct scrub *scrub, const char *key)
{
	if (scrub->count * 2 >= scrub->room)
		grow(scrub);
	struct scrub_entry *entry = slot_of(scrub->slots, scrub->room, key);
	if (!entry->key) {
		entry->key = vs_arena_text(scrub->arena, key);
		scrub->count++;
	}
	return entry;
}

static void
mark(struct scrub_entry *entry, enum scrub_kind kind, int64_t person)
{
	if (kind == SCRUB_LIKELY)
		entry->likely = true;
	else if (person == 0)
		entry->stays = true;
	else if (entry->person == 0 || person < entry->person)
		entry->person = person;
}

void
scrub_gone(struct scrub *scrub, int64_t person)
{
	char key[24];
	snprintf(key, sizeof key, "%c%lld", GONE, (long long)person);
	enter(scrub, key)->person = person;
}

bool
scrub_is_gone(const struct scrub *scrub, int64_t person)
{
	char key[24];
	snprintf(key, sizeof key, "%c%lld", GONE, (long long)person);
	return find(scrub, key) != NULL;
}

/* Words -------------------------------------------------------------------------------------*/

/* How many bytes of white space or dash of more than one byte stand here; 0: none. */
static size_t
wide_gap(const char *at)
{
	const unsigned char *u = (const unsigned char *)at;
	if (u[0] == 0xc2 && (u[1] == 0xa0 || u[1] == 0xad))
		return 2;
	if (u[0] == 0xe2 && u[1] == 0x80 &&
		((u[2] >= 0x80 && u[2] <= 0x95) || u[2] == 0x99 || u[2] == 0xaf))
		return 3;
	return 0;
}

/* Other punctuation of more than one byte: quotation marks, ellipses, bullets. */
static size_t
wide_mark(const char *at)
{
	const unsigned char *u = (const unsigned char *)at;
	if (u[0] == 0xc2 && u[1] >= 0xa1 && u[1] <= 0xbf && u[1] != 0xaa && u[1] != 0xba)
		return 2;
	if (u[0] == 0xe2 && u[1] >= 0x80 && u[1] <= 0x9e && u[2])
		return 3;
	return 0;
}

/* Bytes of what is no word. */
static size_t
gap_size(const char *at)
{
	size_t size = wide_gap(at);
	size = size ? size : wide_mark(at);
	return size ? size : 1;
}

static bool
is_word(const char *at)
{
	unsigned char c = (unsigned char)*at;
	if (c < 0x80)
		return isalnum(c);
	return !wide_gap(at) && !wide_mark(at);
}

/* The end of the word at `at`. */
static const char *
word_end(const char *at)
{
	while (*at && is_word(at))
		for (at++; ((unsigned char)*at & 0xc0) == 0x80; at++)
			;
	return at;
}

/* Lower case of ASCII and of letters such as åäöéü; false when that is not enough. */
static bool
fold_plainly(char *room, const char *word, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)word[i];
		if (c < 0x80) {
			room[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
			continue;
		}
		unsigned char next = (unsigned char)word[i + 1];
		if (c != 0xc3 || next == 0x9f)
			return false;
		room[i++] = (char)c;
		room[i] = (char)(next >= 0x80 && next <= 0x9e && next != 0x97 ? next + 32
									      : next);
	}
	room[length] = '\0';
	return true;
}

/* Appends the folded word to the key; 0 when there is no room. */
static size_t
add_word(char key[KEY_MAX], size_t used, const char *word, size_t length)
{
	if (used + length + 2 >= KEY_MAX)
		return 0;
	if (fold_plainly(key + used, word, length))
		return used + length;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *folded =
		vs_text_fold(scratch.arena, vs_arena_copy(scratch.arena, word, length));
	size_t size = strlen(folded);
	if (used + size + 2 >= KEY_MAX)
		return 0;
	memcpy(key + used, folded, size + 1);
	return used + size;
}

/* From the end of a word to the next one of the same name; NULL: the name ends. */
static const char *
next_word(const char *at, bool *ret_comma)
{
	const char *from = at;
	*ret_comma = false;
	if ((*at == '.' || *at == '_') && is_word(at + 1))
		return at + 1;
	for (; *at && !is_word(at) && at - from < 6;) {
		size_t wide = wide_gap(at);
		if (*at == ',' || *at == ';')
			*ret_comma = true;
		else if (!wide && !strchr(" \t\r\n-'", *at))
			return NULL;
		at += wide ? wide : 1;
	}
	return *at && at > from && is_word(at) ? at : NULL;
}

/* Adding ------------------------------------------------------------------------------------*/

struct word {
	const char *at;
	size_t length;
};

static size_t
words_of(const char *text, struct word *words, size_t most)
{
	size_t count = 0;
	while (*text && count < most) {
		const char *end = word_end(text);
		if (end > text)
			words[count++] = (struct word){ text, (size_t)(end - text) };
		text = end > text ? end : text + gap_size(text);
	}
	return count;
}

/* The words in order, with a comma before `comma`; every beginning is entered, too. */
static void
add_words(struct scrub *scrub, char space, const struct word *words, size_t count,
	size_t comma, enum scrub_kind kind, int64_t person)
{
	char key[KEY_MAX] = { space };
	size_t used = 1;
	struct scrub_entry *entry = NULL;
	for (size_t i = 0; i < count; i++) {
		if (i)
			key[used++] = (char)(i == comma ? COMMA : GAP);
		used = add_word(key, used, words[i].at, words[i].length);
		if (!used)
			return;
		entry = enter(scrub, key);
	}
	if (!entry)
		return;
	entry->one_word = count == 1;
	mark(entry, kind, person);
}

#define WORDS_MAX 12

static void
add_name(struct scrub *scrub, const char *name, enum scrub_kind kind, int64_t person)
{
	struct word words[WORDS_MAX] = { 0 }, turned[WORDS_MAX];
	size_t count = words_of(name, words, WORDS_MAX);
	add_words(scrub, NAME, words, count, 0, kind, person);
	/* "Ek, Kim"; "von Ek, Kim", "Lind Ek, Kim Maria". */
	for (size_t last = 1; kind == SCRUB_NAME && last < count && last <= 3; last++) {
		memcpy(turned, words + count - last, last * sizeof *words);
		memcpy(turned + last, words, (count - last) * sizeof *words);
		add_words(scrub, TURNED, turned, count, last, kind, person);
	}
}

/* +46701234567 without the plus, from digits as they were written. */
static bool
international(char number[DIGITS_MAX + 4], const char *digits, size_t count, bool plus,
	char key)
{
	const char *code = "";
	if (plus || (count > 2 && digits[0] == '0' && digits[1] == '0')) {
		digits += plus ? 0 : 2;
		count -= plus ? 0 : 2;
	} else if (digits[0] == '0') {
		code = "46";
		digits++;
		count--;
	}
	/* +46 (0)70 */
	bool doubled = !*code && count > 3 && strncmp(digits, "460", 3) == 0;
	if (count < DIGITS_MIN || count > DIGITS_MAX - 2)
		return false;
	if (doubled)
		snprintf(number, DIGITS_MAX + 4, "%c46%.*s", key, (int)count - 3,
			digits + 3);
	else
		snprintf(number, DIGITS_MAX + 4, "%c%s%.*s", key, code, (int)count,
			digits);
	return true;
}

static void
add_phone(struct scrub *scrub, const char *phone, int64_t person)
{
	char digits[DIGITS_MAX + 1], number[DIGITS_MAX + 4];
	size_t count = 0;
	for (const char *c = phone; *c && count < DIGITS_MAX; c++)
		if (*c >= '0' && *c <= '9')
			digits[count++] = *c;
	if (international(number, digits, count, strchr(phone, '+') != NULL, PHONE))
		mark(enter(scrub, number), SCRUB_PHONE, person);
}

static void
add_email(struct scrub *scrub, const char *email, int64_t person)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *folded = vs_text_fold(scratch.arena, email);
	if (strchr(folded, '@') && strlen(folded) < KEY_MAX - 2)
		mark(enter(scrub, vs_arena_printf(scratch.arena, "%c%s", EMAIL, folded)),
			SCRUB_EMAIL, person);
}

void
scrub_add(struct scrub *scrub, enum scrub_kind kind, const char *value, int64_t person)
{
	if (!value || !*value)
		return;
	scrub->kinds[kind] = true;
	switch (kind) {
	case SCRUB_NAME:
	case SCRUB_LIKELY:
		add_name(scrub, value, kind, person);
		return;
	case SCRUB_PHONE:
		add_phone(scrub, value, person);
		return;
	case SCRUB_EMAIL:
		add_email(scrub, value, person);
		return;
	}
}

/* Finding -----------------------------------------------------------------------------------*/

/* The longest thing found so far. */
struct best {
	const struct scrub_entry *entry;
	const char *end;
	enum scrub_kind kind;
};

static bool
ends_here(const struct scrub_entry *entry)
{
	return entry && (entry->person || entry->stays || entry->likely);
}

static void
take(struct best *best, const struct scrub_entry *entry, const char *end)
{
	if (ends_here(entry) && (!best->entry || end > best->end))
		*best = (struct best){ entry, end, SCRUB_NAME };
}

/* Follows the words from `at`; `used` is how much of the key is written. */
static void
follow(const struct scrub *scrub, char key[KEY_MAX], size_t used, const char *at,
	struct best *best)
{
	const char *end = word_end(at);
	size_t size = add_word(key, used, at, (size_t)(end - at));
	if (!size)
		return;
	const struct scrub_entry *entry = find(scrub, key);
	if (!ends_here(entry) && key[size - 1] == 's' && size > used + 1) {
		/* "Kim Eks": the s of a genitive stays. */
		key[size - 1] = '\0';
		take(best, find(scrub, key), end - 1);
		key[size - 1] = 's';
	}
	take(best, entry, end);
	bool comma;
	const char *next = entry ? next_word(end, &comma) : NULL;
	if (!next)
		return;
	char rest[KEY_MAX];
	memcpy(rest, key, size);
	if (!comma) {
		rest[size] = GAP;
		follow(scrub, rest, size + 1, next, best);
	}
	if (key[0] == TURNED) {
		memcpy(rest, key, size);
		rest[size] = COMMA;
		follow(scrub, rest, size + 1, next, best);
	}
}

static struct best
find_name(const struct scrub *scrub, const char *at)
{
	char key[KEY_MAX];
	struct best best = { 0 }, turned = { 0 };
	key[0] = NAME;
	follow(scrub, key, 1, at, &best);
	key[0] = TURNED;
	if (!best.entry || !best.entry->stays)
		follow(scrub, key, 1, at, &turned);
	return turned.entry && (!best.entry || turned.end > best.end) ? turned : best;
}

static struct best
find_phone(const struct scrub *scrub, const char *at)
{
	char digits[DIGITS_MAX + 1], number[DIGITS_MAX + 4];
	struct best best = { 0 };
	bool plus = *at == '+';
	size_t count = 0, gap = 0;
	if (!plus && *at != '0' && *at != '4')
		return best;
	for (const char *c = at + plus; *c && count < DIGITS_MAX && gap <= 3;) {
		size_t wide = wide_gap(c);
		if (*c >= '0' && *c <= '9') {
			digits[count++] = *c++;
			gap = 0;
			const struct scrub_entry *entry = NULL;
			if (!isalnum((unsigned char)*c) &&
				international(number, digits, count, plus, PHONE))
				entry = find(scrub, number);
			if (entry)
				best = (struct best){ entry, c, SCRUB_PHONE };
		} else if (wide || strchr(" -.()/\t", *c)) {
			c += wide ? wide : 1;
			gap++;
		} else
			break;
	}
	return best;
}

static bool
is_local(const char *at)
{
	return is_word(at) || (*at && strchr(".+-_%'", *at));
}

static struct best
find_email(const struct scrub *scrub, const char *at)
{
	const char *c = at;
	while (is_local(c))
		c++;
	if (*c != '@')
		return (struct best){ 0 };
	for (c++; is_word(c) || *c == '.' || *c == '-'; c++)
		;
	while (c[-1] == '.' || c[-1] == '-')
		c--;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *folded = vs_text_fold(
		scratch.arena, vs_arena_copy(scratch.arena, at, (size_t)(c - at)));
	const struct scrub_entry *entry =
		find(scrub, vs_arena_printf(scratch.arena, "%c%s", EMAIL, folded));
	return entry ? (struct best){ entry, c, SCRUB_EMAIL } : (struct best){ 0 };
}

/* What begins at the beginning of a word, or at the plus of a number. */
static struct best
find_here(const struct scrub *scrub, const char *text, const char *at)
{
	struct best best = { 0 };
	bool begins = at == text || !strchr(".+-_%'", at[-1]);
	bool word = is_word(at);
	if (word && begins && scrub->kinds[SCRUB_EMAIL])
		best = find_email(scrub, at);
	if (!best.entry && scrub->kinds[SCRUB_PHONE])
		best = find_phone(scrub, at);
	if (!best.entry && word &&
		(scrub->kinds[SCRUB_NAME] || scrub->kinds[SCRUB_LIKELY]))
		best = find_name(scrub, at);
	return best;
}

/* Replacing ---------------------------------------------------------------------------------*/

static bool
is_blank(const char *from, const char *to)
{
	while (from < to && isspace((unsigned char)*from))
		from++;
	return from == to;
}

/* Whether what was found goes; if not, whether that is a matter of doubt. */
static bool
goes(const struct best *best, bool alone, bool *doubt)
{
	const struct scrub_entry *entry = best->entry;
	bool unsure = entry->stays || (entry->one_word && !alone);
	if (entry->person && !unsure)
		return true;
	if (entry->person || (entry->likely && !entry->stays))
		*doubt = true;
	return false;
}

static const char *
step(const char *at)
{
	return is_word(at) ? word_end(at) : at + gap_size(at);
}

struct scrub_text
scrub_apply(const struct scrub *scrub, struct vs_arena *arena, const char *text)
{
	struct scrub_text result = { 0 };
	struct vs_buffer out = { 0 };
	const char *copied = text;
	for (const char *at = text; *at;) {
		struct best best = { 0 };
		if (is_word(at) || *at == '+')
			best = find_here(scrub, text, at);
		if (!best.entry) {
			at = step(at);
			continue;
		}
		bool alone = is_blank(text, at) && is_blank(best.end, strchr(at, '\0'));
		if (goes(&best, alone, &result.doubt)) {
			vs_buffer_append(&out, copied, (size_t)(at - copied));
			vs_buffer_printf(&out, "%s %lld", scrub->word,
				(long long)best.entry->person);
			copied = best.end;
			result.whole = alone && best.kind != SCRUB_NAME;
		}
		at = best.end;
	}
	if (out.length) {
		vs_buffer_text(&out, copied);
		result.text = vs_arena_copy(arena, out.data, out.length);
	}
	vs_buffer_done(&out);
	return result;
}
