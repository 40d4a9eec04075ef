/* A view and its layout to a PDF. */
#include <stdlib.h>

#include <valstuga/date.h>
#include <valstuga/paper.h>

#include "tool.h"

/* The user's own layouts: $VALSTUGA_TEMPLATES/paper, else ~/.config/valstuga/paper. */
static const char *
own_layouts(struct call *call)
{
	const char *templates = getenv("VALSTUGA_TEMPLATES");
	if (templates)
		return vs_arena_printf(call->arena, "%s/paper", templates);
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	if (config && *config)
		return vs_arena_printf(call->arena, "%s/valstuga/paper", config);
	return home ? vs_arena_printf(call->arena, "%s/.config/valstuga/paper", home)
		    : NULL;
}

bool
render_sheet(struct call *call, const char *name, const json_t *view, const char *path)
{
	struct vs_paper_job job = {
		.layout_name = name, .view = view, .language = vs_language()
	};
	struct vs_buffer pdf = { 0 };
	if (!ends_with(path, ".pdf"))
		return vs_fail(&call->err, VS_USAGE,
			_("%s: a sheet is a PDF; give the file a name that ends in .pdf"),
			path);
	int pages = 0, missing = 0;
	bool ok = vs_clock_now(&job.created_at, &call->err) &&
		vs_paper_layout(
			call->arena, name, own_layouts(call), &job.layout, &call->err) &&
		vs_paper_render(&job, &pdf, &pages, &missing, &call->err) &&
		write_output(call, path, pdf.data, pdf.length);
	vs_buffer_done(&pdf);
	if (ok)
		printf(P_("%s: %d page\n", "%s: %d pages\n", pages), path, pages);
	if (ok && missing)
		fprintf(stderr,
			_("valstuga: %d characters have no letter in the font and are boxes on the "
			  "paper\n"),
			missing);
	return ok;
}
