/* Renders one view: `render LAYOUT VIEW.json LANGUAGE OUT.pdf`; prints pages and missing
 * glyphs. LAYOUT is a shipped name or a path that ends in .json. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <valstuga/paper.h>

static bool
read_layout(struct vs_arena *arena, const char *name, const char **ret_text,
	struct vs_error *err)
{
	if (!strstr(name, ".json"))
		return vs_paper_layout(arena, name, NULL, ret_text, err);
	char *text = NULL;
	size_t length = 0;
	if (!vs_file_read(arena, name, &text, &length, err))
		return false;
	*ret_text = text;
	return true;
}

static bool
render(struct vs_arena *arena, char **argv, const json_t *view, struct vs_error *err)
{
	VS_AUTO(vs_buffer) out = { 0 };
	struct vs_paper_job job = { .layout_name = argv[1],
		.view = view,
		.language = argv[3],
		.created_at = 1786000000 };
	int pages = 0, missing = 0;
	if (!read_layout(arena, argv[1], &job.layout, err) ||
		!vs_paper_render(&job, &out, &pages, &missing, err))
		return false;
	FILE *file = fopen(argv[4], "wb");
	if (!file || fwrite(out.data, 1, out.length, file) != out.length ||
		fclose(file) != 0)
		return vs_fail(err, VS_IO, "cannot write %s", argv[4]);
	printf("%d %d\n", pages, missing);
	return true;
}

int
main(int argc, char **argv)
{
	if (argc != 5) {
		fprintf(stderr, "usage: render LAYOUT VIEW.json LANGUAGE OUT.pdf\n");
		return 2;
	}
	json_error_t problem;
	json_t *view = json_load_file(argv[2], 0, &problem);
	if (!view) {
		fprintf(stderr, "%s: %s\n", argv[2], problem.text);
		return 1;
	}
	struct vs_error err = { 0 };
	struct vs_arena *arena = vs_arena_new();
	bool good = render(arena, argv, view, &err);
	if (!good)
		fprintf(stderr, "%s\n", err.text);
	vs_arena_free(arena);
	json_decref(view);
	return good ? 0 : 1;
}
