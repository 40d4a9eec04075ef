/* Codes of flyers: ten characters by chance and a check character, "7K3M-9QX2-RT4". */
#include "field/flyer.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text_parts.h"

#define LENGTH	 (FLYER_CODE_SIZE - 1)
#define ATTEMPTS 1000
#define SHOWN	 60 /* of what was typed, in a message */

const char *
flyer_code_text(struct vs_arena *arena, const char *code)
{
	return vs_arena_printf(arena, "%.4s-%.4s-%s", code, code + 4, code + 8);
}

/* A blank or hyphen of any kind, also as a web address has it: its length; 0: none. */
static size_t
gap(const char *text)
{
	static const char *const gaps[] = { " ", "-", "\t", "\n", "\r", "%20", "\u00a0",
		"\u2010", "\u2011", "\u2013", "\u202f" };
	for (size_t i = 0; i < sizeof gaps / sizeof *gaps; i++)
		if (strncmp(text, gaps[i], strlen(gaps[i])) == 0)
			return strlen(gaps[i]);
	return 0;
}

/* What a scanner reads off a flyer ends with the code. */
static const char *
last_part(const char *text)
{
	const char *part = text;
	for (const char *c = text; *c; c++)
		if (strchr("/:=", *c))
			part = c + 1;
	return part;
}

static bool
no_character(const char *text, const char *at, struct vs_error *err)
{
	int length = 1;
	while (((unsigned char)at[length] & 0xc0) == 0x80)
		length++;
	return vs_fail(err, VS_INVALID,
		_("\"%.*s\" is no code of a flyer: no code has the character %.*s; look again"),
		text_excerpt(text, SHOWN), text, length, at);
}

bool
flyer_code_read(const char *text, char code[FLYER_CODE_SIZE], struct vs_error *err)
{
	char kept[LENGTH + 5]; /* PASS and the code */
	size_t count = 0, skip;
	for (const char *c = last_part(text); *c; c += skip) {
		if ((skip = gap(c)))
			continue;
		char one = field_code_character(*c);
		if (!strchr(field_code_alphabet, one))
			return no_character(text, c, err);
		if (count < sizeof kept - 1)
			kept[count] = one;
		count++;
		skip = 1;
	}
	size_t word = count == LENGTH + 4 && strncmp(kept, "PASS", 4) == 0 ? 4 : 0;
	if (count - word != LENGTH)
		return vs_fail(err, VS_INVALID,
			_("\"%.*s\" is no code of a flyer: it has %zu characters, a code has %d, as "
			  "7K3M-9QX2-RT4"),
			text_excerpt(text, SHOWN), text, count, LENGTH);
	kept[word + LENGTH] = '\0';
	char check = kept[word + LENGTH - 1];
	kept[word + LENGTH - 1] = '\0';
	if (field_check_character(kept + word) != check)
		return vs_fail(err, VS_INVALID,
			_("flyer %.*s: the last character does not fit the others, so one of them is "
			  "wrong; look again"),
			text_excerpt(text, SHOWN), text);
	memcpy(code, kept + word, LENGTH - 1);
	code[LENGTH - 1] = check;
	code[LENGTH] = '\0';
	return true;
}

static bool
find(struct vs_db *db, const char *code, int64_t *ret_id, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_id = 0;
	if (!stmt_open(&q, db, SQL("SELECT id FROM flyer WHERE code = ?"), err))
		return false;
	stmt_bind(&q, code);
	if (stmt_row(&q, err))
		*ret_id = stmt_int(&q, 0);
	return err->code == VS_OK;
}

bool
flyer_code_find(struct vs_db *db, const char *text, int64_t *ret_id, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	char code[FLYER_CODE_SIZE];
	int64_t id;
	if (!flyer_code_read(text, code, err) || !find(db, code, &id, err))
		return false;
	if (!id)
		return vs_fail(err, VS_NOT_FOUND,
			_("no flyer has the code %s; 'valstuga flyer list' shows them"),
			flyer_code_text(scratch.arena, code));
	*ret_id = id;
	return true;
}

/* 50 bits by chance. */
static bool
draw(uint64_t number, char code[FLYER_CODE_SIZE], struct vs_error *err)
{
	unsigned char bytes[LENGTH - 1];
	if (!vs_random_bytes(number, bytes, sizeof bytes, err))
		return false;
	for (size_t i = 0; i < sizeof bytes; i++)
		code[i] = field_code_alphabet[bytes[i] & 31];
	code[LENGTH - 1] = '\0';
	code[LENGTH - 1] = field_check_character(code);
	code[LENGTH] = '\0';
	return true;
}

bool
flyer_code_new(struct vs_db *db, char code[FLYER_CODE_SIZE], struct vs_error *err)
{
	int64_t last = 0, taken;
	if (!db_int(db, SQL("SELECT seq FROM sqlite_sequence WHERE name = 'flyer'"),
		    &last, err))
		return false;
	for (uint64_t i = 0; i < ATTEMPTS; i++) {
		if (!draw((uint64_t)last + 1 + (i << 32), code, err) ||
			!find(db, code, &taken, err))
			return false;
		if (!taken)
			return true;
	}
	vs_abort("no code of a flyer is free");
}
