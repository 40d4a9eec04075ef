/* Fuzz target: the bytes are a layout, a line "=====", and a view; or a layout alone. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <valstuga/paper.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* libharu loses 136 bytes when it fails to save a subset; see pdf_unlucky(). */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:HPDF_GetMem";
}

#define VIEW \
	"{\"title\":\"Å\",\"sheets\":[{\"name\":\"Łukasz\",\"rows\":[{\"a\":\"1 234\",\"b\":\"yes\"}," \
	"{\"a\":\"x y-z\",\"b\":\"no\"}],\"code\":\"VSBU17R3-7K3M\",\"colour\":\"#FFE\"}]}"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	if (!text)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	char *second = strstr(text, "\n=====\n");
	if (second) {
		*second = '\0';
		second += 7;
	}
	json_t *view = second ? json_loads(second, 0, NULL) : NULL;
	if (!view)
		view = json_loads(VIEW, 0, NULL);
	struct vs_paper_job job = {
		.layout_name = "fuzz", .layout = text, .view = view, .language = "sv"
	};
	struct vs_buffer out = { 0 };
	struct vs_error err = { 0 };
	if (!vs_paper_render(&job, &out, NULL, NULL, &err) && !err.text[0])
		abort(); /* a refusal must say why */
	vs_buffer_done(&out);
	json_decref(view);
	free(text);
	return 0;
}
