/* Sheets as PDF: a view, a layout, a file. */
#include <stdlib.h>
#include <string.h>

#include <valstuga/date.h>
#include <valstuga/paper.h>

#include "tool.h"

static const struct sheet {
	const char *name;
	const char *about;
	json_t *(*view)(
		struct vs_db *, const struct vs_sheet_options *, struct vs_error *);
} sheets[] = {
	{ "list-proof", N_("a candidate list as it will stand on the ballot paper"),
		vs_list_proof_view },
	{ "order-sheet", N_("what to order, for a kommun or the whole district"),
		vs_order_sheet_view },
};

static bool
list_sheets(void)
{
	for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
		printf("%-14s %s\n", sheets[i].name, _(sheets[i].about));
	return true;
}

static const struct sheet *
find_sheet(struct call *call)
{
	for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
		if (strcmp(sheets[i].name, call->args[0]) == 0)
			return &sheets[i];
	vs_fail(&call->err, VS_USAGE,
		_("there is no sheet \"%s\"; 'valstuga print' lists them"),
		call->args[0]);
	return NULL;
}

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

static bool
render(struct call *call, const struct sheet *sheet, const json_t *view, const char *path)
{
	struct vs_paper_job job = {
		.layout_name = sheet->name, .view = view, .language = vs_language()
	};
	struct vs_buffer pdf = { 0 };
	int pages = 0, missing = 0;
	bool ok = vs_clock_now(&job.created_at, &call->err) &&
		vs_paper_layout(call->arena, sheet->name, own_layouts(call), &job.layout,
			&call->err) &&
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

bool
cmd_print(struct call *call)
{
	if (call->arg_count == 0)
		return list_sheets();
	const struct sheet *sheet = find_sheet(call);
	if (!sheet)
		return false;
	const char *path = option(call, "output");
	if (!path)
		path = vs_arena_printf(call->arena, "%s.pdf", sheet->name);
	if (!ends_with(path, ".pdf"))
		return vs_fail(&call->err, VS_USAGE,
			_("%s: a sheet is a PDF; give the file a name that ends in .pdf"),
			path);
	const struct vs_sheet_options options = { .kommun = option(call, "kommun"),
		.kind = option(call, "kind"),
		.list = option(call, "list"),
		.whole = flag(call, "whole") };
	if (!open_campaign(call, VS_WRITE))
		return false;
	json_t *view = sheet->view(call->db, &options, &call->err);
	if (!view)
		return false;
	bool ok = true;
	if (call->json)
		print_json(view);
	else
		ok = render(call, sheet, view, path);
	json_decref(view);
	return ok;
}
