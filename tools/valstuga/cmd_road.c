/* Roads: what a file or a road server knows of the way between places. */
#include "tool.h"

#include <unistd.h>

#include <valstuga/exchange.h>

bool
cmd_road_import(struct call *call)
{
	size_t changed;
	if (!vs_roads_import(call->db, call->args[0], &changed, &call->err))
		return false;
	printf(P_("%zu road new or different.\n", "%zu roads new or different.\n",
		       (long long)changed),
		changed);
	return true;
}

static void
show_progress(const char *depot, size_t done, size_t total, void *context)
{
	(void)context;
	fprintf(stderr, "\r\033[K%s: %zu/%zu%s", depot, done, total,
		done == total ? "\n" : "");
}

bool
cmd_road_fetch(struct call *call)
{
	struct vs_roads_fetch fetch = { .url = call->args[0],
		.profile = option(call, "profile"),
		.again = flag(call, "again") };
	if (isatty(STDERR_FILENO))
		fetch.progress = show_progress;
	if (!vs_roads_fetch(call->db, &fetch, &call->err))
		return false;
	printf(_("%zu roads fetched, %zu known before.\n"), fetch.fetched, fetch.cached);
	if (fetch.no_way)
		printf(_("%zu pairs have no way by car; planning uses the straight line there.\n"),
			fetch.no_way);
	return true;
}

bool
cmd_road_forget(struct call *call)
{
	int64_t count;
	if (!vs_roads_forget(call->db, &count, &call->err))
		return false;
	printf(P_("%lld road forgotten.\n", "%lld roads forgotten.\n", count),
		(long long)count);
	return true;
}

bool
cmd_road_list(struct call *call)
{
	const struct column columns[] = { { _("source"), false }, { _("roads"), true },
		{ _("mean km/h"), true } };
	json_t *view = vs_roads_view(call->db, &call->err), *row;
	size_t i;
	if (!view)
		return false;
	if (call->json) {
		print_json(view);
	} else {
		struct table *table = table_new(columns, 3);
		json_array_foreach (json_object_get(view, "rows"), i, row) {
			table_cell(table, text_of(row, "source"));
			table_cell(table, number_of(call, row, "roads"));
			table_cell(table,
				vs_arena_printf(call->arena, "%.0f",
					json_number_value(
						json_object_get(row, "mean_kmh"))));
		}
		table_print(call, table);
	}
	json_decref(view);
	return true;
}
