/* The PDF engine through its public face: layouts, refusals, and that nothing crashes it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <valstuga/paper.h>

/* libharu loses 136 bytes when it fails to save a subset; see pdf_unlucky(). */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:HPDF_GetMem";
}

#define HEAD \
	"{\"page\": {\"size\": \"A6\", \"margins\": [10, 10, 10, 10]}," \
	" \"styles\": {\"body\": {\"font\": \"regular\", \"size\": 10, \"leading\": 12}}," \
	" \"texts\": {\"sv\": {\"hello\": \"Hej {{name}}\"}, \"en\": {\"hello\": \"Hi {{name}}\"}},"

struct result {
	bool good;
	int pages, missing;
	struct vs_buffer pdf;
	struct vs_error err;
};

/* `body` is the layout behind HEAD. */
static struct result
render(const char *body, const char *view_text)
{
	struct result result = { 0 };
	struct vs_buffer layout = { 0 };
	vs_buffer_printf(&layout, "%s%s", HEAD, body);
	json_t *view = json_loads(view_text, 0, NULL);
	assert_non_null(view);
	struct vs_paper_job job = { .layout_name = "test",
		.layout = layout.data,
		.view = view,
		.language = "sv",
		.created_at = 1786000000 };
	result.good = vs_paper_render(
		&job, &result.pdf, &result.pages, &result.missing, &result.err);
	json_decref(view);
	vs_buffer_done(&layout);
	return result;
}

static void
expect_pages(const char *body, const char *view, int pages)
{
	struct result r = render(body, view);
	if (!r.good)
		fail_msg("%s", r.err.text);
	assert_int_equal(r.pages, pages);
	assert_memory_equal(r.pdf.data, "%PDF-1.", 7);
	vs_buffer_done(&r.pdf);
}

static void
expect_refusal(const char *body, const char *view, const char *text)
{
	struct result r = render(body, view);
	assert_false(r.good);
	assert_int_equal(r.err.code, VS_INVALID);
	assert_string_equal(r.err.text, text);
	assert_int_equal(r.pdf.length, 0);
	vs_buffer_done(&r.pdf);
}

#define ONE "{\"sheets\": [{\"name\": \"Åsa\"}]}"

static void
every_sheet_starts_a_new_page(void **state)
{
	(void)state;
	expect_pages("\"body\": [{\"type\": \"text\", \"text\": \"{{t.hello}}\"}]}",
		"{\"sheets\": [{}, {}, {}]}", 3);
}

static void
a_page_break_opens_no_empty_page(void **state)
{
	(void)state;
	const char *body =
		"\"body\": [{\"type\": \"page_break\"}, "
		"{\"type\": \"text\", \"text\": \"a\"}, {\"type\": \"page_break\"}, "
		"{\"type\": \"text\", \"text\": \"b\"}]}";
	expect_pages(body, ONE, 2);
}

static void
a_long_text_goes_on_over_pages(void **state)
{
	(void)state;
	/* 30 lines of 12 points on 128 mm. */
	struct vs_buffer view = { 0 };
	vs_buffer_text(&view, "{\"sheets\": [{\"name\": \"");
	for (int i = 0; i < 61; i++)
		vs_buffer_text(&view, "rad\\n");
	vs_buffer_text(&view, "rad\"}]}");
	expect_pages("\"body\": [{\"type\": \"text\", \"text\": \"{{name}}\"}]}",
		view.data, 3);
	vs_buffer_done(&view);
}

static void
a_heading_never_stands_alone_at_the_foot(void **state)
{
	(void)state;
	const char *body =
		"\"body\": [{\"type\": \"spacer\", \"height\": 1},"
		"{\"type\": \"rule\"}, {\"type\": \"spacer\", \"height\": 121},"
		"{\"type\": \"heading\", \"text\": \"H\"}, {\"type\": \"text\", \"text\": \"T\"}]}";
	const char *alone =
		"\"body\": [{\"type\": \"rule\"}, {\"type\": \"spacer\", \"height\": 121},"
		"{\"type\": \"heading\", \"text\": \"H\"}]}";
	expect_pages(body, ONE, 2);
	expect_pages(alone, ONE, 1);
}

#define GROUP(keep) \
	"\"body\": [{\"type\": \"rule\"}, {\"type\": \"spacer\", \"height\": 110}," \
	"{\"type\": \"group\", \"keep\": " keep ", \"blocks\": [" \
	"{\"type\": \"text\", \"text\": \"a\"}," \
	"{\"type\": \"form\", \"height\": 120, \"cells\": [{}]}]}," \
	"{\"type\": \"text\", \"text\": \"b\"}]}"

static void
what_is_kept_together_moves_to_the_next_page(void **state)
{
	(void)state;
	/* 128 mm of room: 110 are taken, a line needs 4.2, the form 120. */
	/* Kept, "a" and the form fill page 2 so that "b" needs a third one. */
	expect_pages(GROUP("true"), ONE, 3);
	expect_pages(GROUP("false"), ONE, 2);
}

static void
a_language_that_is_not_given_is_swedish(void **state)
{
	(void)state;
	json_t *view = json_loads(ONE, 0, NULL);
	struct vs_paper_job job = { .layout_name = "test",
		.layout = HEAD
		"\"body\": [{\"type\": \"text\", \"text\": \"{{t.hello}}\"}]}",
		.view = view };
	struct vs_buffer out = { 0 };
	struct vs_error err = { 0 };
	assert_true(vs_paper_render(&job, &out, NULL, NULL, &err));
	assert_non_null(memmem(out.data, out.length, "(sv-SE)", 7));
	vs_buffer_done(&out);
	json_decref(view);
}

/* libharu fails to save a face whose subset fills its last block; found by fuzzing. */
static void
a_subset_that_fills_its_block_is_saved(void **state)
{
	(void)state;
	char path[4096];
	snprintf(path, sizeof(path), "%s/tests/fuzz/corpus/layout/subset-ends-at-a-block",
		getenv("VALSTUGA_SOURCE"));
	struct vs_arena *arena = vs_arena_new();
	struct vs_error err = { 0 };
	struct vs_buffer out = { 0 };
	char *layout = NULL;
	size_t length = 0;
	int pages = 0;
	assert_true(vs_file_read(arena, path, &layout, &length, &err));
	json_t *view = json_loads(
		"{\"title\": \"Å\", \"sheets\": [{\"name\": \"Łukasz\", \"rows\": [{\"a\": \"1 234\","
		"\"b\": \"yes\"}, {\"a\": \"x y-z\", \"b\": \"no\"}], \"code\": \"VSBU17R3-7K3M\","
		"\"colour\": \"#FFE\"}]}",
		0, NULL);
	struct vs_paper_job job = {
		.layout_name = "unlucky", .layout = layout, .view = view
	};
	if (!vs_paper_render(&job, &out, &pages, NULL, &err))
		fail_msg("%s", err.text);
	assert_int_equal(pages, 2);
	vs_buffer_done(&out);
	json_decref(view);
	vs_arena_free(arena);
}

static void
characters_without_glyph_are_counted(void **state)
{
	(void)state;
	const char *body = "\"body\": [{\"type\": \"text\", \"text\": \"{{name}}\"}]}";
	struct result r = render(body, "{\"sheets\": [{\"name\": \"漢字 😀 ✓ → ☐ å\"}]}");
	assert_true(r.good);
	assert_int_equal(r.missing, 3);
	vs_buffer_done(&r.pdf);
}

static void
the_same_job_gives_the_same_bytes(void **state)
{
	(void)state;
	const char *body = "\"body\": [{\"type\": \"text\", \"text\": \"{{t.hello}}\"}]}";
	struct result one = render(body, ONE), two = render(body, ONE);
	assert_int_equal(one.pdf.length, two.pdf.length);
	assert_memory_equal(one.pdf.data, two.pdf.data, one.pdf.length);
	vs_buffer_done(&one.pdf);
	vs_buffer_done(&two.pdf);
}

static void
mistakes_name_the_element_and_the_key(void **state)
{
	(void)state;
	expect_refusal(
		"\"body\": [{\"type\": \"text\", \"text\": \"a\", \"colour\": \"#000\"}]}",
		ONE, "test: body[0]: \"colour\" is not known here");
	expect_refusal(
		"\"body\": [{\"type\": \"box\", \"blocks\": [{\"type\": \"spacer\", "
		"\"height\": \"tall\"}]}]}",
		ONE, "test: body[0].blocks[0]: \"height\" must be a number");
	expect_refusal("\"body\": [{\"type\": \"text\", \"text\": \"{{t.gone}}\"}]}", ONE,
		"test: body[0]: \"text\" uses the text t.gone, which is not in \"texts\"");
	expect_refusal("\"body\": [{\"type\": \"text\", \"text\": \"{{a\"}]}", ONE,
		"test: body[0]: \"text\", line 1: the tag {{a is not closed");
	expect_refusal(
		"\"body\": [{\"type\": \"text\", \"text\": \"a\", \"style\": \"big\"}]}",
		ONE,
		"test: body[0]: \"style\" names the style big, which is not in \"styles\"");
	expect_refusal("\"body\": 3}", ONE, "test: body: must be a list of blocks");
	expect_refusal("\"body\": []}", "{}", "test: there is nothing to print");
}

static void
a_block_higher_than_a_page_is_refused(void **state)
{
	(void)state;
	expect_refusal(
		"\"body\": [{\"type\": \"canvas\", \"height\": 150, \"items\": []}]}",
		ONE,
		"test: body[0]: is higher than a page: shorten its text or let it break");
}

static void
too_long_for_a_qr_code_is_refused(void **state)
{
	(void)state;
	struct vs_buffer view = { 0 };
	vs_buffer_text(&view, "{\"sheets\": [{\"name\": \"");
	for (int i = 0; i < 5000; i++)
		vs_buffer_text(&view, "x");
	vs_buffer_text(&view, "\"}]}");
	expect_refusal("\"body\": [{\"type\": \"qr\", \"text\": \"{{name}}\"}]}",
		view.data, "test: body[0]: the text is too long for a QR code");
	vs_buffer_done(&view);
}

static void
a_missing_font_says_what_to_install(void **state)
{
	(void)state;
	json_t *view = json_loads(ONE, 0, NULL);
	struct vs_paper_job job = { .layout_name = "test",
		.layout = HEAD "\"body\": []}",
		.view = view,
		.language = "sv",
		.font_dir = "/nowhere" };
	struct vs_buffer out = { 0 };
	struct vs_error err = { 0 };
	assert_false(vs_paper_render(&job, &out, NULL, NULL, &err));
	assert_int_equal(err.code, VS_IO);
	assert_non_null(strstr(err.text, "/nowhere: install fonts-roboto-unhinted"));
	json_decref(view);
}

static void
an_override_directory_wins_and_unknown_names_list_the_known(void **state)
{
	(void)state;
	struct vs_arena *arena = vs_arena_new();
	struct vs_error err = { 0 };
	const char *text = NULL;
	assert_true(vs_paper_layout(arena, "order-sheet", NULL, &text, &err));
	const char *shipped = text;
	assert_true(vs_paper_layout(arena, "order-sheet", "/nowhere", &text, &err));
	assert_ptr_equal(text, shipped);
	char dir[] = "/tmp/vs-paper-XXXXXX";
	assert_non_null(mkdtemp(dir));
	const char *path = vs_arena_printf(arena, "%s/order-sheet.json", dir);
	FILE *file = fopen(path, "w");
	fputs("{}", file);
	fclose(file);
	assert_true(vs_paper_layout(arena, "order-sheet", dir, &text, &err));
	assert_string_equal(text, "{}");
	remove(path);
	remove(dir);
	assert_false(vs_paper_layout(arena, "../order-sheet", NULL, &text, &err));
	assert_int_equal(err.code, VS_NOT_FOUND);
	assert_non_null(strstr(err.text, "list-proof, media-week, order-sheet"));
	vs_arena_free(arena);
}

#define FOOT(height) \
	"\"body\": [{\"type\": \"rule\"}, {\"type\": \"spacer\", \"height\": 60}," \
	"{\"type\": \"group\", \"bottom\": true, \"blocks\": [" \
	"{\"type\": \"form\", \"height\": " height ", \"cells\": [{}]}," \
	"{\"type\": \"form\", \"height\": " height ", \"cells\": [{}]}]}]}"

static void
the_foot_of_the_last_page_is_kept_together(void **state)
{
	(void)state;
	/* 128 mm of room, 60 are taken: two forms of 30 fit, two of 40 turn the page, two of
	 * 70 fit on no page together and go on where they stand. */
	expect_pages(FOOT("30"), ONE, 1);
	expect_pages(FOOT("40"), ONE, 2);
	expect_pages(FOOT("70"), ONE, 3);
	expect_refusal(
		"\"body\": [{\"type\": \"group\", \"bottom\": true, \"blocks\": []},"
		"{\"type\": \"rule\"}]}",
		ONE, "test: body[0]: \"bottom\" is for the last block of the body");
	expect_refusal(
		"\"body\": [{\"type\": \"box\", \"blocks\": [{\"type\": \"group\", "
		"\"bottom\": true, \"blocks\": []}]}]}",
		ONE,
		"test: body[0].blocks[0]: \"bottom\" is for the last block of the body");
}

#define LABELS(more) \
	"\"labels\": {\"rows\": \"rows\", \"format\": \"{{format}}\", \"start\": \"{{start}}\"," \
	"\"adjust_x\": \"{{dx}}\", \"formats\": {\"2x2\": {\"columns\": 2, \"rows\": 2," \
	"\"width\": 50, \"height\": 70, \"x0\": 2, \"y0\": 4, \"pitch_x\": 51, \"pitch_y\": 70}}," \
	"\"blocks\": [{\"type\": \"text\", \"text\": \"{{a}}\"}" more "]}}"
#define FIVE "\"rows\": [{\"a\": 1}, {\"a\": 2}, {\"a\": 3}, {\"a\": 4}, {\"a\": 5}]"

static void
labels_begin_where_the_sheet_says(void **state)
{
	(void)state;
	expect_pages(LABELS(""), "{\"sheets\": [{\"format\": \"2x2\", " FIVE "}]}", 2);
	expect_pages(LABELS(""),
		"{\"sheets\": [{\"format\": \"2x2\", \"start\": 4, \"rows\": [{}, {}]}]}",
		2);
	expect_pages(LABELS(""),
		"{\"sheets\": [{\"format\": \"2x2\", \"start\": \"\", \"rows\": [{}, {}]}]}",
		1);
	expect_pages(LABELS(""),
		"{\"sheets\": [{\"format\": \"2x2\", \"start\": 4, \"dx\": -1.5, " FIVE
		"}, {\"format\": \"2x2\", \"rows\": [{}]}]}",
		3);
}

static void
what_is_wrong_with_labels_is_named(void **state)
{
	(void)state;
	expect_refusal(LABELS(""), "{\"sheets\": [{\"format\": \"3x3\", " FIVE "}]}",
		"test: labels: there is no format \"3x3\"; the formats are: 2x2");
	expect_refusal(LABELS(""),
		"{\"sheets\": [{\"format\": \"2x2\", \"start\": 5, " FIVE "}]}",
		"test: labels: \"start\" is 5 and must be a number between 1 and 4");
	expect_refusal(LABELS(""),
		"{\"sheets\": [{\"format\": \"2x2\", \"dx\": \"left\", " FIVE "}]}",
		"test: labels: \"adjust_x\" is left and must be a number between -20 and 20");
	expect_refusal(LABELS(""), "{\"sheets\": [{\"format\": \"2x2\", \"rows\": []}]}",
		"test: labels: there are no labels to print");
	expect_refusal(LABELS(", {\"type\": \"canvas\", \"items\": []}"), ONE,
		"test: labels.blocks[1]: a canvas cannot stand on a canvas or a label");
	expect_refusal("\"body\": [], \"labels\": {}}", ONE,
		"test: the layout: \"body\" cannot stand beside \"labels\"");
	expect_refusal(
		"\"labels\": {\"rows\": \"a\", \"format\": \"b\", \"formats\": "
		"{\"b\": {\"columns\": 3, \"rows\": 1, \"width\": 50, \"height\": 9, "
		"\"x0\": 0, \"y0\": 0, \"pitch_x\": 50, \"pitch_y\": 9}}}}",
		ONE, "test: labels.formats.b: has labels outside the paper");
	expect_refusal("\"labels\": {\"rows\": \"a\", \"format\": \"b\", \"formats\": "
		       "{\"b\": {\"columns\": 3}}}}",
		ONE, "test: labels.formats.b: \"rows\" is missing");
}

#define MAP \
	"\"body\": [{\"type\": \"map\", \"rows\": \"rows\", \"height\": 100, \"line\": true}]}"

static void
a_map_takes_one_point_or_bad_ones_but_not_too_many(void **state)
{
	(void)state;
	expect_pages(MAP,
		"{\"sheets\": [{\"rows\": [{\"latitude\": 59.6, \"longitude\": 12.6}]}]}",
		1);
	expect_pages(MAP,
		"{\"sheets\": [{\"rows\": [{\"latitude\": \"x\"}, 3, null, {\"latitude\": 1e300,"
		"\"longitude\": 0}, {\"latitude\": -89, \"longitude\": -180, \"label\": 7},"
		"{\"latitude\": 89, \"longitude\": 180, \"kind\": \"depot\"}]}]}",
		1);
	expect_pages(MAP, ONE, 1);
	struct vs_buffer view = { 0 };
	vs_buffer_text(&view, "{\"sheets\": [{\"rows\": [{}");
	for (int i = 0; i < 500; i++)
		vs_buffer_text(&view, ", {}");
	vs_buffer_text(&view, "]}]}");
	expect_refusal(MAP, view.data, "test: body[0]: has more than 500 points");
	vs_buffer_done(&view);
	expect_refusal("\"body\": [{\"type\": \"map\"}]}", ONE,
		"test: body[0]: \"rows\" is missing");
}

#define DAY "{\"day\": \"31\", \"entries\": [{\"text\": \"Å\", \"kind\": \"a\"}, {}, 7]}"
#define WEEK \
	"{\"days\": [" DAY ", {}, {}, null, 3, " DAY \
	", {\"big\": true, \"more\": \"+3\"}]}"
#define MONTH(heads, more) \
	"\"body\": [{\"type\": \"month\", \"rows\": \"weeks\", \"height\": 90, \"heads\": [" heads \
	"], \"marks\": [{\"of\": \"a\", \"label\": \"A\"}" more "]}]}"
#define HEADS "\"m\", \"t\", \"o\", \"t\", \"f\", \"l\", \"s\""

static void
a_month_takes_damaged_days_but_always_seven(void **state)
{
	(void)state;
	const char *good = MONTH(HEADS, "");
	expect_pages(good, ONE, 1);
	expect_pages(
		good, "{\"sheets\": [{\"weeks\": [" WEEK ", " WEEK ", " WEEK "]}]}", 1);
	expect_refusal(good, "{\"sheets\": [{\"weeks\": [{\"days\": [{}, {}]}]}]}",
		"test: body[0]: a week must have seven days");
	struct vs_buffer view = { 0 };
	vs_buffer_text(&view, "{\"sheets\": [{\"weeks\": [{}");
	for (int i = 0; i < 20; i++)
		vs_buffer_text(&view, ", " WEEK);
	vs_buffer_text(&view, "]}]}");
	expect_refusal(good, view.data,
		"test: body[0]: has no room for so many weeks or such days");
	vs_buffer_done(&view);
	expect_refusal(MONTH("\"m\"", ""), ONE,
		"test: body[0]: \"heads\" must be a list with a text per column");
	expect_refusal(MONTH(HEADS, ", {\"label\": \"B\"}"), ONE,
		"test: body[0]: \"marks\" must be at most five, each with \"of\"");
}

#define BAR(more) \
	"\"body\": [{\"type\": \"table\", \"rows\": \"rows\", \"columns\": [{\"kind\": " more \
	"}]}]}"

static void
a_bar_needs_its_numbers_and_takes_any(void **state)
{
	(void)state;
	const char *good = BAR("\"bar\", \"values\": [\"a\", \"b\"], \"of\": \"c\"");
	expect_pages(good, ONE, 1);
	expect_pages(good,
		"{\"sheets\": [{\"rows\": [{\"a\": -1, \"b\": 1e300, \"c\": 0}, {\"a\": \"x\"},"
		"{\"a\": 5, \"b\": 5, \"c\": 1}, {\"a\": 0, \"b\": 0, \"c\": 0}]}]}",
		1);
	expect_refusal(BAR("\"bar\", \"of\": \"c\""), ONE,
		"test: body[0].columns[0]: \"values\" must be a list of 1 to 4 names");
	expect_refusal(BAR("\"bar\", \"values\": [\"a\", 1], \"of\": \"c\""), ONE,
		"test: body[0].columns[0]: \"values\" must be a list of 1 to 4 names");
	expect_refusal(BAR("\"bar\", \"values\": [\"a\"]"), ONE,
		"test: body[0].columns[0]: \"of\" is missing");
	expect_refusal(BAR("\"text\", \"of\": \"c\""), ONE,
		"test: body[0].columns[0]: \"of\" is for cells of the kind \"bar\"");
	expect_refusal(
		"\"body\": [{\"type\": \"legend\", \"labels\": [\"\", \"\", \"\", \"\", "
		"\"\", \"\"]}]}",
		ONE, "test: body[0]: \"labels\" must be a list of at most 5 texts");
}

#define BLANK(count) \
	"\"body\": [{\"type\": \"table\", \"blank\": " count ", \"blank_height\": 10," \
	"\"columns\": [{\"header\": \"A\"}]}]}"

static void
blank_rows_are_drawn_without_a_list_and_go_on_over_pages(void **state)
{
	(void)state;
	/* A head of 5.6 mm and rows of 10: twelve on a page of 128. */
	expect_pages(BLANK("12"), ONE, 1);
	expect_pages(BLANK("13"), ONE, 2);
	/* As many more as the last page has room for. */
	expect_pages(BLANK("1, \"blank_fill\": true"), ONE, 1);
	expect_pages(BLANK("13, \"blank_fill\": true"), ONE, 2);
	expect_pages(BLANK("36, \"across\": 3"), ONE, 1);
	expect_pages(BLANK("37, \"across\": 3"), ONE, 2);
	expect_refusal(BLANK("2, \"across\": 2, \"group\": \"a\""), ONE,
		"test: body[0]: \"across\" cannot stand with \"group\", \"total\" or \"blank_fill\"");
}

/* A reproducible random number below `limit`. */
static size_t
pick(uint64_t *seed, size_t limit)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return limit ? (size_t)(*seed >> 33) % limit : 0;
}

static json_t *
odd_value(uint64_t *seed)
{
	static const char *const texts[] = { "", "{{", "{{#a}}", "✓😀\u0301", "-", "#FFF",
		"body", "a\n\n\nb", "2", "{{sheets}}" };
	switch (pick(seed, 8)) {
	case 0:
		return json_null();
	case 1:
		return json_integer((json_int_t)pick(seed, 2000) - 100);
	case 2:
		return json_real(1e300);
	case 3:
		return json_array();
	case 4:
		return json_object();
	case 5:
		return json_true();
	default:
		return json_string(texts[pick(seed, 10)]);
	}
}

/* Changes, removes or doubles one value somewhere below `value`. */
static void
mutate(json_t *value, uint64_t *seed)
{
	if (json_is_object(value) && json_object_size(value) > 0) {
		void *at = json_object_iter(value);
		for (size_t i = pick(seed, json_object_size(value)); i > 0; i--)
			at = json_object_iter_next(value, at);
		json_t *child = json_object_iter_value(at);
		bool deeper =
			(json_is_object(child) || json_is_array(child)) && pick(seed, 8);
		if (deeper)
			mutate(child, seed);
		else if (pick(seed, 3))
			json_object_iter_set_new(value, at, odd_value(seed));
		else
			json_object_del(value, json_object_iter_key(at));
	} else if (json_is_array(value) && json_array_size(value) > 0) {
		size_t i = pick(seed, json_array_size(value));
		json_t *child = json_array_get(value, i);
		if (pick(seed, 8) && (json_is_object(child) || json_is_array(child)))
			mutate(child, seed);
		else if (pick(seed, 2))
			json_array_set_new(value, i, odd_value(seed));
		else
			json_array_append(value, child);
	}
}

static json_t *
fixture(const char *name)
{
	char path[4096];
	snprintf(path, sizeof(path), "%s/tests/fixtures/paper/%s.json",
		getenv("VALSTUGA_SOURCE"), name);
	json_t *view = json_load_file(path, 0, NULL);
	assert_non_null(view);
	return view;
}

#define SHEET \
	"\"sheet\": {\"page\": \"{{size}}\", \"paper\": \"{{paper}}\", \"up\": \"{{up}}\"," \
	"\"bleed\": \"{{bleed}}\", \"marks\": \"{{marks}}\"}, \"body\": [" \
	"{\"type\": \"text\", \"text\": \"a\"}]}"
#define SHEET_OF(fields) "{\"sheets\": [{" fields "}]}"

/* The size that a box of the first page has, mm, rounded. */
static void
expect_box(const char *view, const char *name, int width, int height)
{
	struct result r = render(SHEET, view);
	if (!r.good)
		fail_msg("%s", r.err.text);
	const char *at = memmem(r.pdf.data, r.pdf.length, name, strlen(name));
	assert_non_null(at);
	double box[4] = { 0 };
	char *end = strchr(at, '[') + 1;
	for (int i = 0; i < 4; i++)
		box[i] = strtod(end, &end);
	assert_int_equal((int)((box[2] - box[0]) / 72 * 25.4 + 0.5), width);
	assert_int_equal((int)((box[3] - box[1]) / 72 * 25.4 + 0.5), height);
	vs_buffer_done(&r.pdf);
}

static void
copies_of_a_page_stand_on_the_paper_that_fits(void **state)
{
	(void)state;
	expect_box(SHEET_OF(""), "/MediaBox", 105, 148);
	expect_box(SHEET_OF("\"size\": \"A4\""), "/MediaBox", 210, 297);
	expect_box(SHEET_OF("\"up\": 4, \"paper\": \"A4\""), "/MediaBox", 210, 297);
	expect_box(SHEET_OF("\"up\": 4, \"paper\": \"A4\""), "/TrimBox", 210, 296);
	expect_box(SHEET_OF("\"up\": 2, \"size\": \"A5\", \"paper\": \"A4\""),
		"/MediaBox", 297, 210);
	expect_box(SHEET_OF("\"up\": 2, \"paper\": \"A5\""), "/TrimBox", 210, 148);
	expect_box(SHEET_OF("\"up\": 3"), "/MediaBox", 315, 148);
}

static void
paper_grows_with_bleed_and_marks(void **state)
{
	(void)state;
	expect_box(SHEET_OF("\"bleed\": 3"), "/MediaBox", 111, 154);
	expect_box(SHEET_OF("\"bleed\": 3"), "/TrimBox", 105, 148);
	expect_box(SHEET_OF("\"bleed\": 3"), "/BleedBox", 111, 154);
	expect_box(SHEET_OF("\"bleed\": 3, \"up\": 4"), "/MediaBox", 222, 308);
	expect_box(SHEET_OF("\"bleed\": 3, \"up\": 4"), "/TrimBox", 216, 302);
	expect_box(SHEET_OF("\"bleed\": 3, \"marks\": \"yes\""), "/MediaBox", 127, 170);
	expect_box(SHEET_OF("\"bleed\": 3, \"up\": 4, \"paper\": \"SRA4\""), "/MediaBox",
		225, 320);
}

static void
what_does_not_fit_on_a_paper_is_refused(void **state)
{
	(void)state;
	expect_refusal(SHEET, SHEET_OF("\"up\": 4, \"size\": \"A5\", \"paper\": \"A4\""),
		"test: sheet: 4 pages of 148 × 210 mm with 0 mm bleed do not fit on a paper of "
		"210 × 297 mm");
	expect_refusal(SHEET, SHEET_OF("\"bleed\": 3, \"up\": 4, \"paper\": \"A4\""),
		"test: sheet: 4 pages of 105 × 148 mm with 3 mm bleed do not fit on a paper of "
		"210 × 297 mm");
	expect_refusal(SHEET, SHEET_OF("\"paper\": \"A7\""),
		"test: sheet: \"paper\" is A7 and must be A3, A4, A5, A6, SRA3 or SRA4");
	expect_refusal(SHEET, SHEET_OF("\"up\": 17"),
		"test: sheet: \"up\" is 17 and must be a number between 1 and 16");
	expect_refusal("\"sheet\": {}, \"labels\": {}}", ONE,
		"test: the layout: \"sheet\" cannot stand beside \"labels\"");
	expect_refusal("\"sheet\": {\"uo\": \"2\"}, \"body\": []}", ONE,
		"test: sheet: \"uo\" is not known here");
}

static void
a_code_never_gets_smaller_modules_than_it_must_have(void **state)
{
	(void)state;
	const char *body =
		"\"body\": [{\"type\": \"qr\", \"text\": \"{{name}}\", \"size\": 5, "
		"\"module\": 5}]}";
	expect_refusal(body, ONE,
		"test: body[0]: \"Åsa\" is too long for a QR code of 85 mm: shorten it, or choose a "
		"larger size");
}

static void
ink_is_what_can_be_read_on_a_colour(void **state)
{
	(void)state;
	assert_string_equal(vs_colour_ink("#B3001B"), "#FFFFFF");
	assert_string_equal(vs_colour_ink("#F2D600"), "#000000");
	assert_string_equal(vs_colour_ink("#FFF"), "#000000");
	assert_string_equal(vs_colour_ink("#000000"), "#FFFFFF");
	assert_string_equal(vs_colour_ink("#777777"), "#000000"); /* 4.69 against 4.48 */
	assert_string_equal(vs_colour_ink("#747474"), "#FFFFFF"); /* 4.71 against 4.46 */
	assert_null(vs_colour_ink("red"));
	assert_null(vs_colour_ink(NULL));
}

/* One layout and one view, both changed at random; how many became a PDF. */
static int
render_mutants(const char *layout_name, const char *view_name, int rounds)
{
	struct vs_arena *arena = vs_arena_new();
	struct vs_error err = { 0 };
	const char *text = NULL;
	assert_true(vs_paper_layout(arena, layout_name, NULL, &text, &err));
	json_t *layout = json_loads(text, 0, NULL), *view = fixture(view_name);
	uint64_t seed = 2026;
	int good = 0;
	for (int i = 0; i < rounds; i++) {
		json_t *changed = json_deep_copy(layout), *data = json_deep_copy(view);
		for (size_t n = pick(&seed, 3); n > 0; n--)
			mutate(changed, &seed);
		for (size_t n = pick(&seed, 6); n > 0; n--)
			mutate(data, &seed);
		char *dump = json_dumps(changed, 0);
		struct vs_paper_job job = { .layout_name = "mutant",
			.layout = dump,
			.view = data,
			.language = "en" };
		struct vs_buffer out = { 0 };
		struct vs_error problem = { 0 };
		bool done = vs_paper_render(&job, &out, NULL, NULL, &problem);
		assert_int_equal(done, problem.code == VS_OK);
		assert_int_equal(done, out.length > 0);
		good += done;
		vs_buffer_done(&out);
		free(dump);
		json_decref(changed);
		json_decref(data);
	}
	json_decref(layout);
	json_decref(view);
	vs_arena_free(arena);
	return good;
}

static void
damaged_layouts_and_views_give_an_error_or_a_pdf(void **state)
{
	(void)state;
	const char *given = getenv("VALSTUGA_ROUNDS");
	int rounds = given ? atoi(given) : 150;
	int good = render_mutants("order-sheet", "order-sheet-one", rounds);
	assert_true(good > rounds / 10 && good < rounds);
	good = render_mutants("list-proof", "list-proof-2", rounds);
	assert_true(good > rounds / 10 && good < rounds);
	static const char *const others[][2] = { { "pick-list", "pick-list-one" },
		{ "delivery-note", "delivery-note-six" },
		{ "box-labels", "box-labels-99" }, { "place-sheet", "place-sheet-usual" },
		{ "route-sheet", "route-sheet-six" },
		{ "coverage-board", "coverage-board-six" },
		{ "jour-list", "jour-list-nine" }, { "roster", "roster-leader" },
		{ "flyer", "flyer-press-four" }, { "flyer", "flyer-slips" },
		{ "extract", "extract-long" }, { "calendar", "calendar-long" },
		{ "media-week", "media-week-one" },
		{ "evaluation-report", "evaluation-report-one" } };
	rounds /= 3;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		good = render_mutants(others[i][0], others[i][1], rounds);
		assert_true(good > rounds / 10 && good < rounds);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_sheet_starts_a_new_page),
		cmocka_unit_test(a_page_break_opens_no_empty_page),
		cmocka_unit_test(a_long_text_goes_on_over_pages),
		cmocka_unit_test(a_heading_never_stands_alone_at_the_foot),
		cmocka_unit_test(what_is_kept_together_moves_to_the_next_page),
		cmocka_unit_test(a_language_that_is_not_given_is_swedish),
		cmocka_unit_test(a_subset_that_fills_its_block_is_saved),
		cmocka_unit_test(characters_without_glyph_are_counted),
		cmocka_unit_test(the_same_job_gives_the_same_bytes),
		cmocka_unit_test(mistakes_name_the_element_and_the_key),
		cmocka_unit_test(a_block_higher_than_a_page_is_refused),
		cmocka_unit_test(too_long_for_a_qr_code_is_refused),
		cmocka_unit_test(a_missing_font_says_what_to_install),
		cmocka_unit_test(
			an_override_directory_wins_and_unknown_names_list_the_known),
		cmocka_unit_test(the_foot_of_the_last_page_is_kept_together),
		cmocka_unit_test(labels_begin_where_the_sheet_says),
		cmocka_unit_test(what_is_wrong_with_labels_is_named),
		cmocka_unit_test(a_map_takes_one_point_or_bad_ones_but_not_too_many),
		cmocka_unit_test(a_month_takes_damaged_days_but_always_seven),
		cmocka_unit_test(a_bar_needs_its_numbers_and_takes_any),
		cmocka_unit_test(
			blank_rows_are_drawn_without_a_list_and_go_on_over_pages),
		cmocka_unit_test(copies_of_a_page_stand_on_the_paper_that_fits),
		cmocka_unit_test(paper_grows_with_bleed_and_marks),
		cmocka_unit_test(what_does_not_fit_on_a_paper_is_refused),
		cmocka_unit_test(a_code_never_gets_smaller_modules_than_it_must_have),
		cmocka_unit_test(ink_is_what_can_be_read_on_a_colour),
		cmocka_unit_test(damaged_layouts_and_views_give_an_error_or_a_pdf),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
