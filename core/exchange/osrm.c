/*
 * Roads from an OSRM server: its table service, block by block. Every block is kept when it
 * has come, so a broken connection loses nothing and the next try goes on.
 */
#include <valstuga/exchange.h>

#include <math.h>
#include <string.h>

#include <valstuga/delivery.h>

#include "base/i18n.h"
#include "exchange/http.h"

#define BLOCK 50

struct point {
	const char *key; /* "59.37930,13.50370" */
	double latitude, longitude;
	int64_t depot;
	const char *name;
};

/* The points of one depot, each building once. */
struct group {
	struct point *points;
	size_t count;
	const char *name;
};

static struct point
read_point(struct vs_arena *arena, const json_t *record)
{
	struct point p = {
		.latitude = json_number_value(json_object_get(record, "latitude")),
		.longitude = json_number_value(json_object_get(record, "longitude")),
		.depot = json_integer_value(json_object_get(record, "depot")),
		.name = json_string_value(json_object_get(record, "name")),
	};
	p.key = vs_road_point(arena, p.latitude, p.longitude);
	return p;
}

static bool
has(const struct group *group, const char *key)
{
	for (size_t i = 0; i < group->count; i++)
		if (strcmp(group->points[i].key, key) == 0)
			return true;
	return false;
}

/* The points from `*at` on that share a depot; *at moves behind them. */
static struct group
next_group(struct vs_arena *arena, const json_t *records, size_t *at)
{
	size_t total = json_array_size(records);
	struct group group = { .points = vs_arena_alloc(
				       arena, (total - *at) * sizeof(struct point)) };
	int64_t depot = 0;
	for (; *at < total; ++*at) {
		struct point p = read_point(arena, json_array_get(records, *at));
		if (group.count && p.depot != depot)
			break;
		depot = p.depot;
		group.name = group.name ? group.name : p.name;
		if (!has(&group, p.key))
			group.points[group.count++] = p;
	}
	return group;
}

/* A block of the table: rows from..from_end, columns to..to_end of the group's points. */
struct block {
	const struct group *group;
	size_t from, from_end, to, to_end;
};

static bool
block_known(
	struct vs_db *db, const struct block *b, bool *ret_known, struct vs_error *err)
{
	*ret_known = true;
	for (size_t i = b->from; i < b->from_end && *ret_known; i++)
		for (size_t j = b->to; j < b->to_end && *ret_known; j++)
			if (i != j &&
				!vs_roads_known(db, b->group->points[i].key,
					b->group->points[j].key, ret_known, err))
				return false;
	return true;
}

static void
add_points(struct vs_buffer *url, const struct block *b, size_t from, size_t end)
{
	for (size_t i = from; i < end; i++)
		vs_buffer_printf(url, "%s%.5f,%.5f",
			url->data[url->length - 1] == '/' ? "" : ";",
			b->group->points[i].longitude, b->group->points[i].latitude);
}

static void
add_numbers(struct vs_buffer *url, const char *name, size_t from, size_t end)
{
	vs_buffer_printf(url, "&%s=", name);
	for (size_t i = from; i < end; i++)
		vs_buffer_printf(url, "%s%zu", i > from ? ";" : "", i);
}

/* The first points are the rows, the rest the columns. */
static void
make_url(struct vs_buffer *url, const struct vs_roads_fetch *fetch, const struct block *b)
{
	size_t rows = b->from_end - b->from, columns = b->to_end - b->to;
	size_t length = strlen(fetch->url);
	while (length && fetch->url[length - 1] == '/')
		length--;
	vs_buffer_printf(url, "%.*s/table/v1/%s/", (int)length, fetch->url,
		fetch->profile ? fetch->profile : "driving");
	add_points(url, b, b->from, b->from_end);
	add_points(url, b, b->to, b->to_end);
	vs_buffer_text(url, "?annotations=duration,distance");
	add_numbers(url, "sources", 0, rows);
	add_numbers(url, "destinations", rows, rows + columns);
}

/* One figure of the answer: false when there is no way. */
static bool
figure(const json_t *table, size_t i, size_t j, int64_t *ret_value)
{
	const json_t *cell = json_array_get(json_array_get(table, i), j);
	double value = json_number_value(cell);
	if (!json_is_number(cell) || !(value >= 0 && value < 1e8))
		return false;
	*ret_value = (int64_t)llround(value);
	return true;
}

static size_t
read_block(const struct block *b, const json_t *answer, struct vs_roads_fetch *fetch,
	struct vs_road *roads)
{
	const json_t *seconds = json_object_get(answer, "durations");
	const json_t *metres = json_object_get(answer, "distances");
	size_t count = 0;
	for (size_t i = b->from; i < b->from_end; i++)
		for (size_t j = b->to; j < b->to_end; j++) {
			struct vs_road road = { b->group->points[i].key,
				b->group->points[j].key, 0, 0 };
			if (i == j)
				continue;
			if (figure(seconds, i - b->from, j - b->to, &road.seconds) &&
				figure(metres, i - b->from, j - b->to, &road.metres))
				roads[count++] = road;
			else
				fetch->no_way++;
		}
	return count;
}

static json_t *
ask(const char *url, const char *server, struct vs_error *err)
{
	struct vs_buffer body = { 0 };
	json_error_t wrong;
	json_t *answer = NULL;
	if (http_get(url, server, &body, err)) {
		answer = json_loadb(body.data ? body.data : "", body.length, 0, &wrong);
		const char *code = json_string_value(json_object_get(answer, "code"));
		if (!code || strcmp(code, "Ok") != 0 ||
			!json_is_array(json_object_get(answer, "durations")) ||
			!json_is_array(json_object_get(answer, "distances"))) {
			vs_fail(err, VS_INVALID,
				_("%s gave no OSRM answer with durations and distances; is it the right "
				  "kind of server?"),
				server);
			json_decref(answer);
			answer = NULL;
		}
	}
	vs_buffer_done(&body);
	return answer;
}

static bool
fetch_block(struct vs_db *db, struct vs_roads_fetch *fetch, const struct block *b,
	struct vs_error *err)
{
	size_t pairs = (b->from_end - b->from) * (b->to_end - b->to), changed;
	bool known = false;
	if (!fetch->again && !block_known(db, b, &known, err))
		return false;
	if (known) {
		fetch->cached += pairs;
		return true;
	}
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_buffer url = { 0 };
	make_url(&url, fetch, b);
	json_t *answer = ask(url.data, fetch->url, err);
	vs_buffer_done(&url);
	if (!answer)
		return false;
	struct vs_road *roads = vs_arena_alloc(scratch.arena, pairs * sizeof *roads);
	size_t count = read_block(b, answer, fetch, roads);
	json_decref(answer);
	fetch->fetched += count;
	return vs_roads_keep(db, roads, count, fetch->url, &changed, err);
}

static size_t
smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

static bool
fetch_group(struct vs_db *db, struct vs_roads_fetch *fetch, const struct group *group,
	struct vs_error *err)
{
	size_t blocks = (group->count + BLOCK - 1) / BLOCK, done = 0;
	for (size_t i = 0; i < group->count; i += BLOCK)
		for (size_t j = 0; j < group->count; j += BLOCK) {
			const struct block b = { group, i,
				smaller(i + BLOCK, group->count), j,
				smaller(j + BLOCK, group->count) };
			if (!fetch_block(db, fetch, &b, err))
				return false;
			if (fetch->progress)
				fetch->progress(group->name, ++done, blocks * blocks,
					fetch->context);
		}
	return true;
}

/* Before anything is sent: a name typed for an address would go out to look for a server. */
static bool
check_address(const struct vs_roads_fetch *fetch, struct vs_error *err)
{
	static const char letters[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
	const char *profile = fetch->profile ? fetch->profile : "driving";
	const char *host = strstr(fetch->url, "://");
	size_t scheme = host ? (size_t)(host - fetch->url) : 0;
	if (!((scheme == 4 && strncmp(fetch->url, "http", 4) == 0) ||
		    (scheme == 5 && strncmp(fetch->url, "https", 5) == 0)) ||
		!host[3] || strpbrk(fetch->url, " \t\n?#"))
		return vs_fail(err, VS_INVALID,
			_("a road server's address begins with http:// or https://, as "
			  "http://localhost:5000"));
	return (*profile && strspn(profile, letters) == strlen(profile)) ||
		vs_fail(err, VS_INVALID,
			_("a profile is a word as driving, not \"%.40s\""), profile);
}

bool
vs_roads_fetch(struct vs_db *db, struct vs_roads_fetch *fetch, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	if (!check_address(fetch, err))
		return false;
	json_t *records = vs_road_points_view(db, err);
	bool ok = records != NULL;
	size_t at = 0;
	fetch->fetched = fetch->cached = fetch->no_way = 0;
	while (ok && at < json_array_size(records)) {
		struct group group = next_group(scratch.arena, records, &at);
		ok = fetch_group(db, fetch, &group, err);
	}
	json_decref(records);
	return ok;
}
