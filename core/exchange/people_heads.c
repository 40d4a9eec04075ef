/*
 * What the columns of a list of people are: said, remembered from the last file with the same
 * heads, known by the head, or guessed from what stands in them.
 */
#include "exchange/people.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"
#include "store/store.h"

static const struct people_field fields[] = {
	{ "name", PEOPLE_NAME,
		" namn name fullname fullständigtnamn förochefternamn namnet person "
		"fulltnamn " },
	{ "first_name", PEOPLE_FIRST, " förnamn fornamn firstname givenname fname " },
	{ "last_name", PEOPLE_LAST, " efternamn lastname surname familyname lname " },
	{ "called", PEOPLE_PLAIN, " tilltalsnamn kallas smeknamn called nickname " },
	{ "phone", PEOPLE_PHONE,
		" mobil mobiltelefon mobilnummer mobilnr mobile mobilephone cell cellphone "
		"mobiltfn telmobil telefonmobil telefon tel telefonnummer telefonnr telnr "
		"tfn phone phonenumber telephone hemtelefon telefonhem altphone " },
	{ "email", PEOPLE_EMAIL,
		" epost email mail mejl epostadress mailadress emailaddress emailadress "
		"mejladress " },
	{ "kommun", PEOPLE_KOMMUN,
		" kommun municipality bostadskommun hemkommun folkbokföringskommun "
		"kommunnamn kommunkod " },
	{ "home", PEOPLE_TOWN,
		" ort postort stad city town bostadsort hemort home postadress tätort " },
	{ "association", PEOPLE_ASSOCIATION,
		" förening partiförening lokalförening avdelning lokalavdelning association "
		"localgroup partiforening grundorganisation " },
	{ "membership", PEOPLE_MEMBERSHIP,
		" medlem medlemskap medlemsstatus membership member medlemstyp " },
	{ "member_since", PEOPLE_DATE,
		" medlemsedan medlemfrån inträde inträdesdatum inträdd medlemsdatum "
		"membersince joined startdatum " },
	{ "volunteer", PEOPLE_BOOLEAN,
		" volontär frivillig volunteer hjälpertill villhjälpatill funktionär "
		"valarbetare " },
	{ "languages", PEOPLE_PLAIN, " språk languages language " },
	{ "car", PEOPLE_BOOLEAN, " bil harbil car tillgångtillbil " },
	{ "gender", PEOPLE_PLAIN, " kön gender sex " },
	{ "age", PEOPLE_PLAIN, " ålder age " },
	{ "candidate_number", PEOPLE_PLAIN, " kandidatnummer candidatenumber " },
	{ "hours_week", PEOPLE_PLAIN, " timmarvecka hoursweek " },
	{ "hours_day", PEOPLE_PLAIN, " timmardag hoursday " },
	{ "travel_max", PEOPLE_PLAIN, " restid travelmax " },
	{ "keep_until", PEOPLE_DATE, " keepuntil sparatill gallras gallrasden " },
	{ "note", PEOPLE_NOTE,
		" anteckning anteckningar notering kommentar övrigt note notes comment "
		"comments meddelande " },
	{ "id", PEOPLE_KEY, " " },
	{ "-", PEOPLE_LEFT_OUT,
		" - adress gatuadress gata postnummer postnr co coadress address street zip "
		"zipcode postcode land country födelsedatum födelseår birthdate dateofbirth "
		"medlemsnummer medlemsnr medlemsid nr id extid lists kommunname "
		"associationname skills restricted " },
	{ "personnummer", PEOPLE_PERSONNUMMER,
		" personnummer personnr pnr persnr personid ssn personalnumber "
		"socialsecuritynumber födelsenummer samordningsnummer " },
};

#define FIELDS_COUNT (sizeof fields / sizeof *fields)

static const struct people_field *
field_named(const char *name)
{
	for (size_t i = 0; i < FIELDS_COUNT; i++)
		if (strcmp(fields[i].name, name) == 0)
			return &fields[i];
	return NULL;
}

/* Folded, letters and digits alone: "E-postadress:" is epostadress. */
static const char *
fold_head(struct vs_arena *arena, const char *head)
{
	char *folded = vs_arena_text(arena, vs_text_fold(arena, head)), *to = folded;
	for (const char *from = folded; *from; from++)
		if (isalnum((unsigned char)*from) || (*from & 0x80))
			*to++ = *from;
	*to = '\0';
	return folded;
}

static const struct people_field *
field_of_head(struct vs_arena *arena, const char *head)
{
	const char *folded = fold_head(arena, head);
	const char *word = vs_arena_printf(arena, " %s ", folded);
	for (size_t i = 0; i < FIELDS_COUNT && *folded; i++) {
		const char *name = fold_head(arena, fields[i].name);
		if (strcmp(name, folded) == 0 && fields[i].kind != PEOPLE_KEY)
			return &fields[i];
		if (strstr(fields[i].heads, word))
			return &fields[i];
	}
	return NULL;
}

bool
people_has_heads(const struct people_row *row)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	for (size_t i = 0; i < row->count; i++)
		if (people_is_email(row->cells[i]) ||
			people_is_phone(scratch.arena, row->cells[i]))
			return false;
	return true;
}

/* By content ------------------------------------------------------------------------------*/

static bool
fits_personnummer(const struct people_file *file, const char *cell)
{
	(void)file;
	return people_is_personnummer(cell);
}

static bool
fits_email(const struct people_file *file, const char *cell)
{
	(void)file;
	return people_is_email(cell);
}

static bool
fits_phone(const struct people_file *file, const char *cell)
{
	return people_is_phone(file->arena, cell);
}

static bool
fits_association(const struct people_file *file, const char *cell)
{
	return names_get(&file->associations,
		vs_text_fold(file->arena, vs_text_clean(file->arena, cell)));
}

static bool
fits_kommun(const struct people_file *file, const char *cell)
{
	return people_kommun(file, cell);
}

/* Two words or more, and neither digits nor marks. */
static bool
fits_name(const struct people_file *file, const char *cell)
{
	(void)file;
	return strpbrk(cell, " ,") && !strpbrk(cell, "0123456789@/:;()");
}

/* Four of five values that are not empty must fit. */
static bool
mostly(const struct people_file *file, size_t column,
	bool (*fits)(const struct people_file *file, const char *cell))
{
	size_t filled = 0, fitting = 0;
	for (size_t i = 0; i < file->row_count; i++) {
		const struct people_row *row = &file->rows[i];
		const char *cell = column < row->count ? row->cells[column] : "";
		filled += *cell != '\0';
		fitting += *cell && fits(file, cell);
	}
	return filled && fitting * 5 >= filled * 4;
}

static bool
is_taken(const struct people_file *file, const struct people_field *field)
{
	for (size_t i = 0; i < file->column_count; i++)
		if (file->columns[i].field == field)
			return true;
	return false;
}

static void
guess_by_content(struct people_file *file, size_t column)
{
	static const struct {
		const char *field;
		bool (*fits)(const struct people_file *file, const char *cell);
	} guesses[] = { { "personnummer", fits_personnummer }, { "email", fits_email },
		{ "phone", fits_phone }, { "association", fits_association },
		{ "kommun", fits_kommun }, { "name", fits_name } };
	bool named = is_taken(file, field_named("name")) ||
		is_taken(file, field_named("last_name"));
	for (size_t i = 0; i < sizeof guesses / sizeof *guesses; i++) {
		const struct people_field *field = field_named(guesses[i].field);
		if ((field->kind != PEOPLE_PERSONNUMMER && is_taken(file, field)) ||
			(field->kind == PEOPLE_NAME && named) ||
			!mostly(file, column, guesses[i].fits))
			continue;
		file->columns[column].field = field;
		file->columns[column].by = "content";
		return;
	}
}

/* What was said, and what is remembered ----------------------------------------------------*/

static struct people_column *
column_named(struct people_file *file, const char *name)
{
	struct vs_arena *arena = file->arena;
	const char *folded = fold_head(arena, name);
	char *end;
	for (size_t i = 0; i < file->column_count && !file->headless && *folded; i++)
		if (strcmp(fold_head(arena, file->columns[i].head), folded) == 0)
			return &file->columns[i];
	unsigned long number = strtoul(name, &end, 10);
	return *name && !*end && number >= 1 && number <= file->column_count
		? &file->columns[number - 1]
		: NULL;
}

static bool
take_given(struct people_file *file, const char *pair, struct vs_error *err)
{
	struct vs_arena *arena = file->arena;
	const char *equals = strrchr(pair, '=');
	const char *left = vs_text_clean(
		arena, vs_arena_copy(arena, pair, equals ? (size_t)(equals - pair) : 0));
	const char *right = equals ? vs_text_clean(arena, equals + 1) : "";
	struct people_column *column = equals ? column_named(file, left) : NULL;
	const struct people_field *field = field_named(right);
	if (!equals)
		return vs_fail(err, VS_USAGE,
			_("--map: \"%s\" is no COLUMN=FIELD, as in \"Mobil=phone, 3=email\""),
			pair);
	if (!column)
		return vs_fail(err, VS_USAGE,
			_("--map: %s has no column \"%s\"; give a head, or the column's number from 1"),
			file->name, left);
	if (!field)
		field = field_of_head(arena, right);
	if (!field || field->kind == PEOPLE_PERSONNUMMER)
		return vs_fail(err, VS_USAGE,
			_("--map: there is no field \"%s\"; take name, first_name, last_name, phone, "
			  "email, kommun, home, association, membership, member_since, volunteer, "
			  "languages, car, note, or - for none"),
			right);
	column->field = field;
	column->by = "given";
	return true;
}

static bool
take_all_given(struct people_file *file, struct vs_error *err)
{
	const char *given = file->options->map;
	char *rest = given ? vs_arena_text(file->arena, given) : NULL, *pair;
	while ((pair = strsep(&rest, ",")))
		if (*vs_text_clean(file->arena, pair) && !take_given(file, pair, err))
			return false;
	return true;
}

static const char *
all_heads(const struct people_file *file)
{
	const char *heads = "";
	for (size_t i = 0; i < file->column_count; i++)
		heads = vs_arena_printf(file->arena, "%s|%s", heads,
			fold_head(file->arena, file->columns[i].head));
	return heads;
}

const char *
people_mapping(const struct people_file *file)
{
	const char *mapping = "";
	for (size_t i = 0; i < file->column_count; i++)
		mapping = vs_arena_printf(file->arena, "%s%s%s", mapping, i ? "," : "",
			file->columns[i].field ? file->columns[i].field->name : "-");
	return mapping;
}

static bool
recall(struct people_file *file, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, file->db,
		    SQL("SELECT mapping FROM import_mapping WHERE heads = ?"), err))
		return false;
	stmt_bind(&q, all_heads(file));
	if (file->headless || !stmt_row(&q, err))
		return err->code == VS_OK;
	char *rest = vs_arena_text(file->arena, stmt_text(&q, 0)), *name;
	for (size_t i = 0; i < file->column_count && (name = strsep(&rest, ",")); i++) {
		if (file->columns[i].field)
			continue;
		file->columns[i].field = field_named(name);
		file->columns[i].by = "remembered";
	}
	return true;
}

/* Heads of a file without heads may be people. */
bool
people_remember(struct people_file *file, bool *ret_new, struct vs_error *err)
{
	int64_t now;
	VS_AUTO(stmt) q = { 0 };
	*ret_new = false;
	if (file->headless)
		return true;
	if (!vs_clock_now(&now, err) ||
		!stmt_open(&q, file->db,
			SQL("INSERT INTO import_mapping (heads, mapping, at) VALUES (?1, ?2, ?3)"
			    " ON CONFLICT (heads) DO UPDATE SET mapping = ?2, at = ?3"
			    " WHERE mapping <> ?2"),
			err))
		return false;
	stmt_bind(&q, all_heads(file));
	stmt_bind(&q, people_mapping(file));
	stmt_bind(&q, now);
	if (!stmt_run(&q, err))
		return false;
	*ret_new = db_changes(file->db) > 0;
	return true;
}

/* All of them -----------------------------------------------------------------------------*/

/* Several columns may be phones, e-mails or notes; else the first one counts. */
static bool
may_repeat(const struct people_field *field)
{
	switch (field->kind) {
	case PEOPLE_PHONE:
	case PEOPLE_EMAIL:
	case PEOPLE_NOTE:
	case PEOPLE_LEFT_OUT:
	case PEOPLE_PERSONNUMMER:
		return true;
	case PEOPLE_PLAIN:
	case PEOPLE_FIRST:
	case PEOPLE_LAST:
	case PEOPLE_NAME:
	case PEOPLE_KOMMUN:
	case PEOPLE_TOWN:
	case PEOPLE_ASSOCIATION:
	case PEOPLE_MEMBERSHIP:
	case PEOPLE_DATE:
	case PEOPLE_BOOLEAN:
	case PEOPLE_KEY:
		return false;
	}
	return false;
}

/* Our own export: then `id` is our number. */
static bool
is_ours(const struct people_file *file)
{
	static const char *const heads[] = { "id", "candidate_number", "keep_until",
		"restricted" };
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		bool found = false;
		for (size_t k = 0; k < file->column_count; k++)
			found = found || strcmp(file->columns[k].head, heads[i]) == 0;
		if (!found)
			return false;
	}
	return true;
}

static void
guess_by_head(struct people_file *file, struct people_column *column, bool ours)
{
	const struct people_field *field = ours && strcmp(column->head, "id") == 0
		? field_named("id")
		: field_of_head(file->arena, column->head);
	if (!field || (is_taken(file, field) && !may_repeat(field)))
		return;
	column->field = field;
	column->by = "head";
}

/* Whatever was said: numbers of people are not stored. */
static void
drop_personnummer(struct people_file *file)
{
	for (size_t i = 0; i < file->column_count; i++) {
		struct people_column *column = &file->columns[i];
		bool phone = column->field && column->field->kind == PEOPLE_PHONE;
		if (!phone && mostly(file, i, fits_personnummer))
			column->field = field_named("personnummer");
		if (column->field && column->field->kind == PEOPLE_PERSONNUMMER)
			people_problem(file, "notice", 0, column->head,
				_("holds personnummer and is left out: the program stores no personnummer"),
				_("take the column out of the file, too"));
	}
}

bool
people_map(struct people_file *file, struct vs_error *err)
{
	bool ours = is_ours(file);
	if (!take_all_given(file, err) || !recall(file, err))
		return false;
	for (size_t i = 0; i < file->column_count && !file->headless; i++)
		if (!file->columns[i].field)
			guess_by_head(file, &file->columns[i], ours);
	for (size_t i = 0; i < file->column_count; i++)
		if (!file->columns[i].field)
			guess_by_content(file, i);
	drop_personnummer(file);
	if (is_taken(file, field_named("name")) ||
		is_taken(file, field_named("first_name")) ||
		is_taken(file, field_named("last_name")) ||
		is_taken(file, field_named("id")))
		return true;
	return vs_fail(err, VS_INVALID,
		_("%s: no column is a name; say which one is, as in --map \"%s=name\""),
		file->name, file->headless ? "1" : file->columns[0].head);
}
