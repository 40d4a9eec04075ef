/*
 * The document: everything that calls libharu, and all its errors.
 *
 * libharu 2.3.0 reports errors through a callback, keeps failing afterwards, and its return
 * values cannot be trusted (a failed call may return 0). So the callback sets a flag, the
 * flag decides, and the first error ends the document. Memory that runs out aborts.
 *
 * Text is two-byte Identity-H. libharu writes an invalid ToUnicode map and a width table of
 * the whole face for it; both are replaced with ones of the used characters when saving.
 */
#include <assert.h>
#include <hpdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"
#include "paper/paper.h"

#ifndef VS_FONT_DIR
#	define VS_FONT_DIR "/usr/share/fonts/truetype/roboto/unhinted/RobotoTTF"
#endif

/* A character that has been asked for: its width + 1, or -1 when it has no glyph. */
struct font {
	HPDF_Font font;
	HPDF_FontDef definition;
	int16_t width[65536];
};

struct pdf {
	HPDF_Doc doc;
	const char *font_dir;
	unsigned long error; /* of libharu; 0 = none */
	int pages;
	bool saving;
	struct font *fonts[FACE_COUNT];
};

static void
note_error(HPDF_STATUS number, HPDF_STATUS detail, void *user)
{
	(void)detail;
	struct pdf *pdf = user;
	if (!pdf->error)
		pdf->error = number;
}

static void *
take_memory(HPDF_UINT size)
{
	void *memory = malloc(size);
	if (!memory)
		vs_abort("out of memory");
	return memory;
}

/* Internal calls note an error in the document without telling the callback. */
static bool
sound(struct pdf *pdf, struct vs_error *err)
{
	if (!pdf->error)
		pdf->error = HPDF_GetError(pdf->doc);
	if (!pdf->error)
		return true;
	return vs_fail(err, VS_INVALID,
		_("The PDF could not be made (libharu error 0x%04lX)"), pdf->error);
}

static void
set_info(struct pdf *pdf, HPDF_InfoType type, const json_t *view, const char *key)
{
	const char *text = json_string_value(json_object_get(view, key));
	if (!text || !*text)
		return;
	char clipped[1024];
	size_t length = strnlen(text, sizeof(clipped) - 1);
	while (text[length] && ((unsigned char)text[length] & 0xC0) == 0x80)
		length--; /* not in the middle of a character */
	memcpy(clipped, text, length);
	clipped[length] = '\0';
	HPDF_SetInfoAttr(pdf->doc, type, clipped);
}

static void
set_dates(struct pdf *pdf, int64_t created_at)
{
	time_t seconds = created_at;
	struct tm utc = { 0 };
	if (!gmtime_r(&seconds, &utc) || utc.tm_year < 0 || utc.tm_year > 8099)
		return;
	HPDF_Date date = { utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday, utc.tm_hour,
		utc.tm_min, utc.tm_sec < 60 ? utc.tm_sec : 59, '+', 0, 0 };
	HPDF_SetInfoDateAttr(pdf->doc, HPDF_INFO_CREATION_DATE, date);
	HPDF_SetInfoDateAttr(pdf->doc, HPDF_INFO_MOD_DATE, date);
}

/* The natural language, for screen readers, and the title in the window's bar. */
static void
set_catalogue(struct pdf *pdf, const char *language)
{
	HPDF_MMgr memory = pdf->doc->mmgr;
	const char *tag = language && strcmp(language, "en") == 0 ? "en-GB" : "sv-SE";
	HPDF_Dict_Add(pdf->doc->catalog, "Lang", HPDF_String_New(memory, tag, NULL));
	HPDF_Dict preferences = HPDF_Dict_New(memory);
	HPDF_Dict_AddBoolean(preferences, "DisplayDocTitle", HPDF_TRUE);
	HPDF_Dict_Add(pdf->doc->catalog, "ViewerPreferences", preferences);
}

bool
pdf_open(const struct vs_paper_job *job, struct pdf **ret_pdf, struct vs_error *err)
{
	struct pdf *pdf = calloc(1, sizeof(*pdf));
	if (!pdf)
		vs_abort("out of memory");
	pdf->font_dir = job->font_dir ? job->font_dir : getenv("VALSTUGA_FONTS");
	if (!pdf->font_dir || !*pdf->font_dir)
		pdf->font_dir = VS_FONT_DIR;
	/* Without its memory pool, which hands out addresses that are not aligned. */
	pdf->doc = HPDF_NewEx(note_error, take_memory, free, 0, pdf);
	if (!pdf->doc) {
		pdf_free(pdf);
		return vs_fail(err, VS_IO, _("The PDF library could not be started"));
	}
	HPDF_SetCompressionMode(pdf->doc, HPDF_COMP_ALL);
	HPDF_UseUTFEncodings(pdf->doc);
	HPDF_SetCurrentEncoder(pdf->doc, "UTF-8");
	set_info(pdf, HPDF_INFO_TITLE, job->view, "title");
	set_info(pdf, HPDF_INFO_AUTHOR, job->view, "author");
	set_info(pdf, HPDF_INFO_SUBJECT, job->view, "subject");
	HPDF_SetInfoAttr(pdf->doc, HPDF_INFO_CREATOR, "Valstuga");
	set_dates(pdf, job->created_at);
	set_catalogue(pdf, job->language);
	if (!sound(pdf, err)) {
		pdf_free(pdf);
		return false;
	}
	*ret_pdf = pdf;
	return true;
}

void
pdf_free(struct pdf *pdf)
{
	if (!pdf)
		return;
	if (pdf->doc)
		HPDF_Free(pdf->doc);
	for (int i = 0; i < FACE_COUNT; i++)
		free(pdf->fonts[i]);
	free(pdf);
}

/* Debian keeps the condensed faces one directory above the others. */
static bool
find_file(const struct pdf *pdf, const char *file, char *ret_path, size_t size)
{
	static const char *const places[] = { "", "/..", "/RobotoTTF" };
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		int length = snprintf(
			ret_path, size, "%s%s/%s", pdf->font_dir, places[i], file);
		if (length > 0 && (size_t)length < size && access(ret_path, R_OK) == 0)
			return true;
	}
	return false;
}

/*
 * HPDF_GetFont() looks up and measures all 65 536 characters, 7 ms a face, to fill tables
 * that pdf_save() replaces. With a character map that has nothing it is done at once.
 */
static HPDF_Font
get_font(struct pdf *pdf, const char *name)
{
	HPDF_FontDef definition = HPDF_Doc_FindFontDef(pdf->doc, name);
	if (!definition || pdf->error)
		return NULL;
	HPDF_TTFontDefAttr attributes = definition->attr;
	HPDF_TTF_CmapRange whole = attributes->cmap;
	HPDF_UINT16 last[] = { 0xFFFF }, none[] = { 0 };
	HPDF_INT16 one[] = { 1 };
	attributes->cmap.format = 4;
	attributes->cmap.seg_count_x2 = 2;
	attributes->cmap.end_count = last;
	attributes->cmap.start_count = last;
	attributes->cmap.id_delta = one;
	attributes->cmap.id_range_offset = none;
	HPDF_Font font = HPDF_GetFont(pdf->doc, name, "UTF-8");
	attributes->cmap = whole;
	return font;
}

bool
pdf_load(struct pdf *pdf, enum face face, struct vs_error *err)
{
	static const char *const files[FACE_COUNT] = {
		[FACE_REGULAR] = "Roboto-Regular.ttf",
		[FACE_BOLD] = "Roboto-Bold.ttf",
		[FACE_CONDENSED] = "RobotoCondensed-Regular.ttf",
		[FACE_CONDENSED_BOLD] = "RobotoCondensed-Bold.ttf",
	};
	if (pdf->fonts[face])
		return true;
	char path[4096];
	if (!find_file(pdf, files[face], path, sizeof(path)))
		return vs_fail(err, VS_IO,
			_("The font %s is not in %s: install fonts-roboto-unhinted or set "
			  "VALSTUGA_FONTS"),
			files[face], pdf->font_dir);
	const char *name = HPDF_LoadTTFontFromFile(pdf->doc, path, HPDF_TRUE);
	HPDF_Font font = name && !pdf->error ? get_font(pdf, name) : NULL;
	if (!font || pdf->error)
		return vs_fail(err, VS_IO,
			_("The font %s cannot be used (libharu error 0x%04lX)"), path,
			pdf->error);
	struct font *made = calloc(1, sizeof(*made));
	if (!made)
		vs_abort("out of memory");
	made->font = font;
	made->definition = ((HPDF_FontAttr)font->attr)->fontdef;
	pdf->fonts[face] = made;
	return true;
}

int
pdf_width(struct pdf *pdf, enum face face, uint16_t character)
{
	struct font *font = pdf->fonts[face];
	assert(font);
	int known = font->width[character];
	if (known == 0) {
		/* Asking for the width is what puts a glyph into the subset. */
		known = HPDF_TTFontDef_GetGlyphid(font->definition, character) == 0
			? -1
			: HPDF_TTFontDef_GetCharWidth(font->definition, character) + 1;
		font->width[character] = (int16_t)known;
	}
	return known > 0 ? known - 1 : 0;
}

bool
pdf_has(struct pdf *pdf, enum face face, uint16_t character)
{
	pdf_width(pdf, face, character);
	return pdf->fonts[face]->width[character] > 0;
}

/* The page's resources name the faces F0 to F3, whatever libharu would call them. */
static void
name_fonts(struct pdf *pdf, HPDF_Page page)
{
	HPDF_PageAttr attributes = page->attr;
	for (int i = 0; i < FACE_COUNT; i++) {
		if (!pdf->fonts[i])
			continue;
		if (!attributes->fonts) {
			HPDF_Dict resources = HPDF_Page_GetInheritableItem(
				page, "Resources", HPDF_OCLASS_DICT);
			attributes->fonts = HPDF_Dict_New(page->mmgr);
			HPDF_Dict_Add(resources, "Font", attributes->fonts);
		}
		char name[4] = { 'F', (char)('0' + i), '\0' };
		HPDF_Dict_Add(attributes->fonts, name, pdf->fonts[i]->font);
	}
}

bool
pdf_page(struct pdf *pdf, double width, double height, const struct vs_buffer *content,
	struct vs_error *err)
{
	HPDF_Page page = HPDF_AddPage(pdf->doc);
	if (!page || pdf->error)
		return sound(pdf, err) &&
			vs_fail(err, VS_INVALID, _("The PDF has no room"));
	HPDF_Page_SetWidth(page, (HPDF_REAL)width);
	HPDF_Page_SetHeight(page, (HPDF_REAL)height);
	name_fonts(pdf, page);
	HPDF_PageAttr attributes = page->attr;
	HPDF_Stream_Write(attributes->stream, (const HPDF_BYTE *)content->data,
		(HPDF_UINT)content->length);
	pdf->pages++;
	return sound(pdf, err);
}

/* libharu 2.3.0 can only change boxes that are there, and has none but the media box. */
static void
set_box(HPDF_Page page, const char *name, double left, double bottom, double right,
	double top)
{
	HPDF_Box box = { (HPDF_REAL)left, (HPDF_REAL)bottom, (HPDF_REAL)right,
		(HPDF_REAL)top };
	HPDF_Dict_Add(page, name, HPDF_Box_Array_New(page->mmgr, box));
}

void
pdf_trim(struct pdf *pdf, double x, double y, double width, double height, double bleed)
{
	HPDF_Page page = HPDF_GetCurrentPage(pdf->doc);
	if (!page)
		return;
	double top = (double)HPDF_Page_GetHeight(page) - y, bottom = top - height;
	set_box(page, "TrimBox", x, bottom, x + width, top);
	set_box(page, "BleedBox", x - bleed, bottom - bleed, x + width + bleed,
		top + bleed);
}

int
pdf_pages(const struct pdf *pdf)
{
	return pdf->pages;
}

/* The next run of at most 100 used characters from *at; the number found. */
static int
next_used(const struct font *font, uint32_t *at, uint16_t *ret_units)
{
	int count = 0;
	for (; *at < 65536 && count < 100; (*at)++) {
		if (font->width[*at] > 0)
			ret_units[count++] = (uint16_t)*at;
	}
	return count;
}

static bool
used(const struct font *font)
{
	uint32_t at = 0;
	uint16_t units[100];
	return next_used(font, &at, units) > 0;
}

/*
 * libharu's map has `begincidrange` where `beginbfchar` belongs, which poppler reports and
 * macOS garbles. The ranges of beginbfrange are misread by Ghostscript, so one line per
 * character.
 */
static void
repair_unicode_map(const struct font *font)
{
	HPDF_FontAttr attributes = font->font->attr;
	HPDF_Dict map = attributes->cmap_stream;
	if (!map)
		return;
	static const char *const keys[] = { "Type", "CMapName", "CIDSystemInfo",
		"WMode" };
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		HPDF_Dict_RemoveElement(map, keys[i]);
	HPDF_MemStream_FreeData(map->stream);
	VS_AUTO(vs_buffer) text = { 0 };
	vs_buffer_text(&text,
		"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
		"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
	uint16_t units[100];
	int count = 0;
	for (uint32_t at = 0; (count = next_used(font, &at, units)) > 0;) {
		vs_buffer_printf(&text, "%d beginbfchar\n", count);
		for (int i = 0; i < count; i++)
			vs_buffer_printf(&text, "<%04X> <%04X>\n", units[i], units[i]);
		vs_buffer_text(&text, "endbfchar\n");
	}
	vs_buffer_text(&text,
		"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
	HPDF_Stream_Write(
		map->stream, (const HPDF_BYTE *)text.data, (HPDF_UINT)text.length);
}

/* Which glyph draws a character: two bytes each, up to the last used one. */
static void
write_glyph_map(const struct font *font)
{
	HPDF_FontAttr attributes = font->font->attr;
	HPDF_Dict map = HPDF_Dict_GetItem(
		attributes->descendant_font, "CIDToGIDMap", HPDF_OCLASS_DICT);
	if (!map)
		return; /* an error is noted in the document */
	uint32_t count = 65536;
	while (count > 1 && font->width[count - 1] <= 0)
		count--;
	VS_AUTO(vs_buffer) bytes = { 0 };
	for (uint32_t at = 0; at < count; at++) {
		HPDF_UINT16 glyph = 0;
		if (font->width[at] > 0)
			glyph = HPDF_TTFontDef_GetGlyphid(
				font->definition, (HPDF_UINT16)at);
		vs_buffer_append(
			&bytes, (uint8_t[]){ (uint8_t)(glyph >> 8), (uint8_t)glyph }, 2);
	}
	HPDF_MemStream_FreeData(map->stream);
	HPDF_Stream_Write(
		map->stream, (const HPDF_BYTE *)bytes.data, (HPDF_UINT)bytes.length);
}

/* The widths of the used characters instead of all: the table is not compressed. */
static void
trim_widths(const struct font *font)
{
	HPDF_FontAttr attributes = font->font->attr;
	HPDF_Array all = HPDF_Array_New(font->font->mmgr);
	HPDF_Array run = NULL;
	uint32_t previous = 0;
	for (uint32_t at = 0; all && at < 65536; at++) {
		if (font->width[at] <= 0)
			continue;
		if (!run || at != previous + 1) {
			run = HPDF_Array_New(font->font->mmgr);
			HPDF_Array_AddNumber(all, (HPDF_INT32)at);
			HPDF_Array_Add(all, run);
		}
		HPDF_Array_AddNumber(run, font->width[at] - 1);
		previous = at;
	}
	HPDF_Dict_Add(attributes->descendant_font, "W", all);
}

static bool
copy_out(struct pdf *pdf, struct vs_buffer *out, struct vs_error *err)
{
	HPDF_Stream stream = pdf->doc->stream;
	HPDF_UINT blocks = stream ? HPDF_MemStream_GetBufCount(stream) : 0;
	for (HPDF_UINT i = 0; i < blocks; i++) {
		HPDF_UINT length = 0;
		const HPDF_BYTE *bytes = HPDF_MemStream_GetBufPtr(stream, i, &length);
		if (!bytes)
			return vs_fail(err, VS_INVALID, _("The PDF could not be made"));
		vs_buffer_append(out, bytes, length);
	}
	return sound(pdf, err);
}

/*
 * libharu cannot seek to the end of a memory stream that fills its last block: when a
 * face's subset is a multiple of 4096 bytes, one in a thousand is, saving fails (0x1033).
 * One more glyph in the subset and it works. (136 bytes that libharu forgets are lost.)
 */
bool
pdf_unlucky(const struct pdf *pdf)
{
	return pdf->saving && pdf->error == HPDF_INVALID_OBJECT;
}

void
pdf_pad(struct pdf *pdf, int attempt)
{
	static const uint16_t extra[] = { 0xA7, 0xD8, 0xDE, 0xB6, 0x3A9 };
	for (int i = 0; i < FACE_COUNT; i++) {
		for (int n = 0; pdf->fonts[i] && n < attempt && n < 5; n++)
			pdf_width(pdf, (enum face)i, extra[n]);
	}
}

bool
pdf_save(struct pdf *pdf, struct vs_buffer *out, struct vs_error *err)
{
	for (int i = 0; i < FACE_COUNT; i++) {
		if (!pdf->fonts[i])
			continue;
		if (!used(pdf->fonts[i])) /* readers complain of a map with nothing in it */
			pdf_width(pdf, (enum face)i, ' ');
		repair_unicode_map(pdf->fonts[i]);
		write_glyph_map(pdf->fonts[i]);
		trim_widths(pdf->fonts[i]);
	}
	if (!sound(pdf, err))
		return false;
	pdf->saving = true;
	HPDF_SaveToStream(pdf->doc);
	return sound(pdf, err) && copy_out(pdf, out, err);
}
