/* Mustache: the official specification's cases, and what it leaves to us. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <valstuga/template.h>

static const char *
partial_of(const char *name, void *context)
{
	return json_string_value(json_object_get(context, name));
}

/* Renders with HTML escaping; the text or the error's text, to be freed. */
static char *
render(const char *text, const json_t *view, json_t *partials, struct vs_error *err)
{
	struct vs_template_options options = {
		.escape = VS_ESCAPE_HTML, .partial = partial_of, .context = partials
	};
	struct vs_buffer out = { 0 };
	if (!vs_template_render("test", text, view, &options, &out, err)) {
		vs_buffer_done(&out);
		return strdup(err->text);
	}
	return out.data ? out.data : strdup("");
}

static void
expect(const char *text, const char *view_text, const char *expected)
{
	json_t *view = json_loads(view_text, 0, NULL);
	struct vs_error err = { 0 };
	char *got = render(text, view, NULL, &err);
	assert_string_equal(got, expected);
	free(got);
	json_decref(view);
}

static void
run_specification(const char *name, size_t count)
{
	char path[4096];
	snprintf(path, sizeof(path), "%s/tests/fixtures/mustache/%s.json",
		getenv("VALSTUGA_SOURCE"), name);
	json_t *root = json_load_file(path, 0, NULL);
	const json_t *cases = json_object_get(root, "tests");
	assert_int_equal(json_array_size(cases), count);
	for (size_t i = 0; i < count; i++) {
		const json_t *one = json_array_get(cases, i);
		struct vs_error err = { 0 };
		char *got = render(json_string_value(json_object_get(one, "template")),
			json_object_get(one, "data"), json_object_get(one, "partials"),
			&err);
		const char *expected =
			json_string_value(json_object_get(one, "expected"));
		if (strcmp(got, expected) != 0)
			fail_msg("%s, %s: got <%s>, expected <%s>", name,
				json_string_value(json_object_get(one, "name")), got,
				expected);
		free(got);
	}
	json_decref(root);
}

static void
specification_interpolation(void **state)
{
	(void)state;
	run_specification("interpolation", 31);
}

static void
specification_sections(void **state)
{
	(void)state;
	run_specification("sections", 33);
}

static void
specification_inverted(void **state)
{
	(void)state;
	run_specification("inverted", 21);
}

static void
specification_comments(void **state)
{
	(void)state;
	run_specification("comments", 11);
}

static void
specification_delimiters(void **state)
{
	(void)state;
	run_specification("delimiters", 14);
}

static void
specification_partials(void **state)
{
	(void)state;
	run_specification("partials", 11);
}

static void
empty_text_and_zero_are_false(void **state)
{
	(void)state;
	const char *text = "{{#a}}yes{{/a}}{{^a}}no{{/a}}";
	expect(text, "{\"a\": \"\"}", "no");
	expect(text, "{\"a\": 0}", "no");
	expect(text, "{\"a\": 0.0}", "no");
	expect(text, "{\"a\": \"0\"}", "yes");
	expect(text, "{\"a\": {}}", "yes");
}

static void
booleans_are_written_and_objects_are_not(void **state)
{
	(void)state;
	expect("{{a}} {{b}} [{{c}}{{d}}{{e}}]",
		"{\"a\": true, \"b\": 0.1, \"c\": {\"x\": 1}, \"d\": [1], \"e\": null}",
		"true 0.1 []");
}

static void
html_cannot_break_out_of_an_attribute(void **state)
{
	(void)state;
	expect("<a title='{{x}}'>", "{\"x\": \"'><script>&\\\"\"}",
		"<a title='&#39;&gt;&lt;script&gt;&amp;&quot;'>");
}

static void
expect_failure(const char *text, const char *part)
{
	json_t *view = json_pack("{s:[i,i]}", "list", 1, 2);
	struct vs_error err = { 0 };
	char *got = render(text, view, NULL, &err);
	assert_int_equal(err.code, VS_INVALID);
	if (!strstr(err.text, part))
		fail_msg("\"%s\" does not hold \"%s\"", err.text, part);
	free(got);
	json_decref(view);
}

static void
mistakes_name_template_line_and_tag(void **state)
{
	(void)state;
	expect_failure("one\ntwo {{name", "test, line 2: the tag {{name is not closed");
	expect_failure(
		"\n\n{{#list}}\n", "test, line 3: the section {{#list}} is not closed");
	expect_failure("{{#list}}\n{{/lost}}",
		"line 2: {{/lost}} stands where {{/list}} should");
	expect_failure("{{/list}}", "{{/list}} closes a section that is not open");
	expect_failure("{{ }}", "line 1: a tag has no name");
	expect_failure("{{=<=}}", "must name two delimiters");
}

static void
nesting_is_limited(void **state)
{
	(void)state;
	struct vs_buffer text = { 0 };
	for (int i = 0; i < 65; i++)
		vs_buffer_text(&text, "{{#a}}");
	for (int i = 0; i < 65; i++)
		vs_buffer_text(&text, "{{/a}}");
	expect_failure(text.data, "is nested too deep");
	vs_buffer_done(&text);
}

static void
a_partial_that_holds_itself_is_stopped(void **state)
{
	(void)state;
	json_t *partials =
		json_pack("{s:s, s:s}", "one", "{{>one}}", "two", "{{>two}}{{>two}}x");
	struct vs_error err = { 0 }, twice = { 0 };
	free(render("{{>one}}", json_null(), partials, &err));
	assert_non_null(strstr(err.text, "nested too deep"));
	free(render("{{>two}}", json_null(), partials, &twice));
	assert_int_equal(twice.code, VS_INVALID);
	json_decref(partials);
}

static void
lists_inside_lists_do_not_run_for_ever(void **state)
{
	(void)state;
	struct vs_buffer text = { 0 };
	for (int i = 0; i < 40; i++)
		vs_buffer_text(&text, "{{#list}}");
	for (int i = 0; i < 40; i++)
		vs_buffer_text(&text, "{{/list}}");
	expect_failure(text.data, "takes too long");
	vs_buffer_done(&text);
}

static void
lookup_follows_dots(void **state)
{
	(void)state;
	json_t *view = json_loads("{\"order\": {\"list\": {\"kind\": \"KF\"}}}", 0, NULL);
	assert_string_equal(
		json_string_value(vs_template_lookup(view, "order.list.kind")), "KF");
	assert_null(vs_template_lookup(view, "order.kind"));
	assert_null(vs_template_lookup(view, "order..kind"));
	assert_null(vs_template_lookup(view, ""));
	assert_ptr_equal(vs_template_lookup(view, "."), view);
	json_decref(view);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(specification_interpolation),
		cmocka_unit_test(specification_sections),
		cmocka_unit_test(specification_inverted),
		cmocka_unit_test(specification_comments),
		cmocka_unit_test(specification_delimiters),
		cmocka_unit_test(specification_partials),
		cmocka_unit_test(empty_text_and_zero_are_false),
		cmocka_unit_test(booleans_are_written_and_objects_are_not),
		cmocka_unit_test(html_cannot_break_out_of_an_attribute),
		cmocka_unit_test(mistakes_name_template_line_and_tag),
		cmocka_unit_test(nesting_is_limited),
		cmocka_unit_test(a_partial_that_holds_itself_is_stopped),
		cmocka_unit_test(lists_inside_lists_do_not_run_for_ever),
		cmocka_unit_test(lookup_follows_dots),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
