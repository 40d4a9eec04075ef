/* Fuzz target: a template with a fixed view and itself as its partial "p". */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <valstuga/template.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *
partial_of(const char *name, void *context)
{
	return strcmp(name, "p") == 0 ? context : NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	if (!text)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	json_t *view = json_loads(
		"{\"a\":\"<x>\",\"l\":[1,{\"a\":2}],\"o\":{\"a\":{\"b\":true}}}", 0,
		NULL);
	struct vs_template_options options = {
		.escape = VS_ESCAPE_HTML, .partial = partial_of, .context = text
	};
	struct vs_buffer out = { 0 };
	struct vs_error err = { 0 };
	if (!vs_template_render("fuzz", text, view, &options, &out, &err) && !err.text[0])
		abort(); /* a refusal must say why */
	vs_buffer_done(&out);
	json_decref(view);
	free(text);
	return 0;
}
