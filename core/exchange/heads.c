/*
 * What the columns are called. One table of names for every layout there has been, so that
 * several layouts are one parser; one table of what each kind of file must have.
 */
#include "exchange/exchange.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"
#include "base/text_parts.h"

#define NAMES_MAX 4

/* Folded, without blanks and underscores, as heads_fold() makes them. */
static const char *const names[COL_COUNT][NAMES_MAX] = {
	[COL_LAN] = { "länskod" },
	[COL_REGION] = { "regionkod" },
	[COL_KOMMUN] = { "kommunkod" },
	[COL_COMMITTEE] = { "valnämnd" },
	[COL_WEBSITE] = { "hemsida", "webbplats" },
	[COL_PHONE] = { "telnr", "telefon" },
	[COL_DISTRICT] = { "valdistriktkod", "valdistriktskod" },
	[COL_DISTRICT_NAME] = { "valdistrikt", "valdistriktsnamn", "valdistriktnamn" },
	[COL_KF_CODE] = { "kommunvalkretskod" },
	[COL_KF_NAME] = { "kommunvalkrets", "kommunvalkretsnamn" },
	[COL_PLACE_CODE] = { "lokalid" },
	[COL_PLACE] = { "lokal" },
	[COL_DETAIL] = { "adress1" },
	[COL_STREET] = { "adress2" },
	[COL_ACCESS] = { "tillgängl", "tillgänglighet" },
	[COL_RESTRICTED] = { "begrtillt" },
	[COL_LATITUDE] = { "latitud", "lat" },
	[COL_LONGITUDE] = { "longitud", "lon", "long" },
	[COL_DAY] = { "valdag" },
	[COL_HOURS] = { "öppettid", "öppettider" },
	[COL_KIND] = { "valtyp" },
	[COL_AREA] = { "valområdeskod" },
	[COL_AREA_NAME] = { "valområdesnamn" },
	[COL_CONSTITUENCY] = { "valkretskod" },
	[COL_CONSTITUENCY_NAME] = { "valkretsnamn" },
	[COL_PARTY_NAME] = { "partibeteckning" },
	[COL_PARTY_SHORT] = { "partiförkortning" },
	[COL_PARTY_CODE] = { "partikod" },
	[COL_LIST_STATUS] = { "valsedelsstatus" },
	[COL_LIST_NUMBER] = { "listnummer" },
	[COL_DESIGNATION] = { "valkretsbeteckningpåvalsedeln" },
	[COL_POSITION] = { "ordning" },
	[COL_LOCKED] = { "anmkand", "anmäldakandidater" },
	[COL_CONSENT] = { "samtycke" },
	[COL_DECLARATION] = { "förklaring" },
	[COL_CANDIDATE] = { "kandidatnummer" },
	[COL_NAME] = { "namn" },
	[COL_AGE] = { "ålderpåvaldagen" },
	[COL_GENDER] = { "kön" },
	[COL_HOME] = { "folkbokföringsort", "folkbokföringskommun" },
	[COL_BALLOT_TEXT] = { "valsedelsuppgift" },
	[COL_PIECES] = { "antbestvals", "antalvalsedlarfördenspecifikalistan" },
	[COL_VALID] = { "giltig" },
	[COL_NOTIFIED_ON] = { "anmälningsdatum" },
	[COL_BASIS] = { "deltagandegrund" },
	[COL_ELIGIBLE] = { "antalröstberättigade" },
	[COL_VOTED] = { "antalröstande" },
	[COL_VALID_VOTES] = { "antalgiltigavalsedlar" },
	[COL_TOTAL] = { "total", "totalt", "summa" },
};

/* Known to stand in the files and not needed. */
static const char *const unneeded[] = { "län", "länsnamn", "kommun", "kommunnamn",
	"regionnamn", "anmdeltagande", "valbarpåvaldagen", "beslutsdatum", "diarienummer",
	"registreradpartibeteckning" };

#define REQUIRED_MAX 10
#define NEEDS(...) \
	.required = { __VA_ARGS__ }, \
	.required_count = sizeof((enum column[]){ __VA_ARGS__ }) / sizeof(enum column)

struct description {
	const char *name, *label;
	enum column required[REQUIRED_MAX];
	size_t required_count;
	bool without_kommun; /* a kommun column makes it another kind */
	bool has_days;	     /* needs at least one column that is a date */
	bool has_parties;    /* a column per party: no head is unknown */
};

/* In the order of trying: what another contains stands before it. */
static const struct description layouts[LAYOUT_COUNT] = {
	[LAYOUT_POLLING] = { "vallokaler", N_("polling stations"),
		NEEDS(COL_LAN, COL_KOMMUN, COL_DISTRICT, COL_DISTRICT_NAME, COL_PLACE,
			COL_STREET, COL_DAY, COL_HOURS) },
	[LAYOUT_RECEIVED] = { "mottagna-fortidsroster", N_("advance votes received"),
		NEEDS(COL_LAN, COL_KOMMUN, COL_PLACE_CODE, COL_PLACE, COL_TOTAL),
		.has_days = true },
	[LAYOUT_ADVANCE] = { "rostningslokaler", N_("advance voting places"),
		NEEDS(COL_LAN, COL_KOMMUN, COL_PLACE_CODE, COL_PLACE, COL_STREET),
		.has_days = true },
	[LAYOUT_CANDIDATES] = { "kandidaturer", N_("candidates"),
		NEEDS(COL_KIND, COL_AREA, COL_CONSTITUENCY, COL_PARTY_NAME,
			COL_PARTY_CODE, COL_LIST_NUMBER, COL_POSITION, COL_CANDIDATE,
			COL_NAME) },
	[LAYOUT_PARTICIPATION] = { "deltagande-partier", N_("participating parties"),
		NEEDS(COL_KIND, COL_AREA, COL_CONSTITUENCY, COL_PARTY_NAME,
			COL_PARTY_CODE, COL_NOTIFIED_ON, COL_BASIS) },
	[LAYOUT_REGION] = { "region", N_("results of the regional election"),
		NEEDS(COL_REGION, COL_DISTRICT, COL_ELIGIBLE, COL_VOTED),
		.has_parties = true },
	[LAYOUT_KOMMUN] = { "kommun", N_("results of the kommun election"),
		NEEDS(COL_LAN, COL_KOMMUN, COL_CONSTITUENCY, COL_DISTRICT, COL_ELIGIBLE,
			COL_VOTED),
		.has_parties = true },
	[LAYOUT_RIKSDAG] = { "riksdag", N_("results of the riksdag election"),
		NEEDS(COL_CONSTITUENCY, COL_DISTRICT, COL_ELIGIBLE, COL_VOTED),
		.without_kommun = true, .has_parties = true },
	[LAYOUT_ELIGIBLE] = { "eligible", N_("eligible voters per district"),
		NEEDS(COL_DISTRICT, COL_ELIGIBLE), .has_parties = true },
};

const char *
heads_name(enum layout layout)
{
	return layouts[layout].name;
}

const char *
heads_label(enum layout layout)
{
	return _(layouts[layout].label);
}

const char *
heads_fold(struct vs_arena *arena, const char *head)
{
	const char *folded = codes_fold(arena, codes_clean(arena, head));
	char *bare = vs_arena_alloc(arena, strlen(folded) + 1), *to = bare;
	for (; *folded; folded++)
		if (*folded != ' ' && *folded != '_')
			*to++ = *folded;
	return bare;
}

static int
column_of(const char *folded)
{
	for (int column = 0; column < COL_COUNT; column++)
		for (int i = 0; i < NAMES_MAX && names[column][i]; i++)
			if (strcmp(names[column][i], folded) == 0)
				return column;
	return -1;
}

static bool
is_unneeded(const char *folded)
{
	for (size_t i = 0; i < sizeof unneeded / sizeof *unneeded; i++)
		if (strcmp(unneeded[i], folded) == 0)
			return true;
	return false;
}

/* Fills rows->at; *ret_days counts the heads that are dates, `unknown` the rest. */
static bool
place_heads(struct rows *rows, size_t *ret_days, struct vs_buffer *unknown,
	struct vs_error *err)
{
	for (int column = 0; column < COL_COUNT; column++)
		rows->at[column] = -1;
	*ret_days = 0;
	for (size_t i = 0; i < rows->head_count; i++) {
		const char *folded = heads_fold(rows->run->arena, rows->heads[i]);
		int column = column_of(folded);
		if (column >= 0 && rows->at[column] >= 0)
			return vs_fail(err, VS_INVALID,
				_("%s: the heads \"%s\" and \"%s\" mean the same; remove one of the "
				  "columns"),
				rows->name, rows->heads[rows->at[column]],
				rows->heads[i]);
		if (column >= 0)
			rows->at[column] = (int)i;
		else if (codes_is_date(rows->heads[i]))
			++*ret_days;
		else if (*folded && !is_unneeded(folded))
			vs_buffer_printf(unknown, "%s%.60s", unknown->length ? ", " : "",
				rows->heads[i]);
	}
	return true;
}

static size_t
count_missing(const struct rows *rows, const struct description *layout, size_t days)
{
	size_t missing = layout->has_days && !days;
	for (size_t i = 0; i < layout->required_count; i++)
		missing += rows->at[layout->required[i]] < 0;
	return missing;
}

/* A name as the authority prints it, for messages: the table's, in capitals. */
static void
say_column(struct vs_buffer *text, enum column column)
{
	vs_buffer_text(text, text->length ? ", " : "");
	for (const char *c = names[column][0]; *c; c++) {
		char upper = *c >= 'a' && *c <= 'z' ? (char)(*c - 32) : *c;
		bool latin = c > names[column][0] && (unsigned char)c[-1] == 0xc3;
		if (latin)
			upper = (char)((unsigned char)*c - 0x20);
		vs_buffer_append(text, &upper, 1);
	}
}

static bool
refuse_unknown(const struct rows *rows, struct vs_error *err)
{
	for (size_t i = 0; i < rows->head_count; i++)
		if (strstr(rows->heads[i], "\xc3\x83") ||
			strstr(rows->heads[i], "\xef\xbf\xbd"))
			return vs_fail(err, VS_INVALID,
				_("%s: the head \"%.*s\" shows that the file was saved in the wrong "
				  "encoding; fetch it again, or save it as \"CSV UTF-8\""),
				rows->name, text_excerpt(rows->heads[i], 60),
				rows->heads[i]);
	struct vs_buffer found = { 0 };
	for (size_t i = 0; i < rows->head_count && i < 6; i++)
		vs_buffer_printf(&found, "%s%.*s", i ? ", " : "",
			text_excerpt(rows->heads[i], 40), rows->heads[i]);
	vs_fail(err, VS_INVALID,
		_("%s: the heads (%s ...) are those of no file that the program knows; take the "
		  "authority's file as it is, or one written by 'valstuga export'; a list of "
		  "people comes in by 'valstuga person import'"),
		rows->name, found.data ? found.data : "");
	vs_buffer_done(&found);
	return false;
}

static bool
refuse_incomplete(
	const struct rows *rows, enum layout layout, size_t days, struct vs_error *err)
{
	const struct description *d = &layouts[layout];
	struct vs_buffer missing = { 0 };
	for (size_t i = 0; i < d->required_count; i++)
		if (rows->at[d->required[i]] < 0)
			say_column(&missing, d->required[i]);
	if (d->has_days && !days)
		vs_buffer_printf(&missing, "%s%s", missing.length ? ", " : "",
			_("a column per day, such as 2026-08-26"));
	vs_fail(err, VS_INVALID,
		_("%s looks like %s (%s), but these heads are missing: %s; fetch the file "
		  "again, or correct the heads"),
		rows->name, d->name, _(d->label), missing.data);
	vs_buffer_done(&missing);
	return false;
}

/* The layout that most of the required heads speak for; LAYOUT_COUNT: none. */
static enum layout
likeliest(const struct rows *rows, size_t days)
{
	enum layout best = LAYOUT_COUNT;
	double best_share = 0.49;
	for (int i = 0; i < LAYOUT_COUNT; i++) {
		size_t needed = layouts[i].required_count + layouts[i].has_days;
		size_t there = needed - count_missing(rows, &layouts[i], days);
		double share = (double)there / (double)needed;
		if (there >= 2 && share > best_share) {
			best = (enum layout)i;
			best_share = share;
		}
	}
	return best;
}

bool
heads_recognise(struct rows *rows, struct vs_error *err)
{
	size_t days;
	struct vs_buffer unknown = { 0 };
	bool ok = place_heads(rows, &days, &unknown, err);
	rows->layout = LAYOUT_COUNT;
	for (int i = 0; ok && i < LAYOUT_COUNT && rows->layout == LAYOUT_COUNT; i++)
		if (count_missing(rows, &layouts[i], days) == 0 &&
			!(layouts[i].without_kommun && rows->at[COL_KOMMUN] >= 0))
			rows->layout = (enum layout)i;
	if (ok && rows->layout == LAYOUT_COUNT) {
		enum layout like = likeliest(rows, days);
		ok = like == LAYOUT_COUNT ? refuse_unknown(rows, err)
					  : refuse_incomplete(rows, like, days, err);
	}
	if (ok && unknown.length && !layouts[rows->layout].has_parties)
		tally_problem(rows->run, SEVERITY_NOTICE, 0, NULL,
			_("nothing need be done; the columns are left alone"),
			_("columns that the program does not know: %s"), unknown.data);
	vs_buffer_done(&unknown);
	return ok;
}

/* The heads are exactly the fields; or some of them, among those all that must be given. */
static bool
fits(const struct rows *rows, const struct vs_record_type *type, bool exactly)
{
	size_t found = 0;
	for (size_t i = 0; i < rows->head_count; i++) {
		if (!*rows->heads[i])
			continue;
		const struct vs_field *field = vs_record_head(
			type, codes_fold(rows->run->arena, rows->heads[i]));
		if (!field)
			return false;
		found++;
	}
	if (exactly)
		return found == type->field_count;
	for (size_t i = 0; i < type->field_count; i++) {
		const struct vs_field *field = &type->fields[i];
		bool needed =
			(field->flags & VS_REQUIRED) && !(field->flags & VS_READONLY);
		bool there = false;
		for (size_t j = 0; needed && j < rows->head_count; j++)
			there = there ||
				field ==
					vs_record_head(type,
						codes_fold(rows->run->arena,
							rows->heads[j]));
		if (needed && !there)
			return false;
	}
	return found > 1;
}

const struct vs_record_type *
heads_record_type(const struct rows *rows)
{
	const struct vs_record_type *only = NULL;
	size_t count = 0;
	for (size_t i = 0; vs_record_types[i]; i++)
		if (fits(rows, vs_record_types[i], true))
			return vs_record_types[i];
	for (size_t i = 0; vs_record_types[i]; i++)
		if (fits(rows, vs_record_types[i], false)) {
			only = vs_record_types[i];
			count++;
		}
	return count == 1 ? only : NULL;
}
