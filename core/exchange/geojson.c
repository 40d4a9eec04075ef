/*
 * GeoJSON one feature at a time: the polygons of all districts of a county are some hundred
 * thousand points, those of the country millions, and a tree of them all takes a hundred times
 * the file. Members of the outermost object may come in any order; jansson reads each value.
 */
#include "exchange/geojson.h"

#include <string.h>

#include "base/i18n.h"

struct scan {
	const char *name, *bytes;
	size_t length, at;
	bool is_collection, has_features;
	bool (*take)(
		void *context, size_t feature, const json_t *value, struct vs_error *err);
	void *context;
};

static void
skip_blanks(struct scan *s)
{
	while (s->at < s->length && s->bytes[s->at] && strchr(" \t\r\n", s->bytes[s->at]))
		s->at++;
}

static size_t
line_of(const struct scan *s)
{
	size_t line = 1;
	for (size_t i = 0; i < s->at && i < s->length; i++)
		line += s->bytes[i] == '\n';
	return line;
}

static bool
broken(const struct scan *s, const char *what, struct vs_error *err)
{
	return vs_fail(err, VS_INVALID,
		_("%s, line %zu: not valid JSON (%.200s); fetch the file again"), s->name,
		line_of(s), what);
}

/* One character that must stand here. */
static bool
expect(struct scan *s, char character, struct vs_error *err)
{
	const char what[] = { '\'', character, '\'', ' ', '?', '\0' };
	skip_blanks(s);
	if (s->at >= s->length || s->bytes[s->at] != character)
		return broken(s, what, err);
	s->at++;
	return true;
}

static bool
is_next(struct scan *s, char character)
{
	skip_blanks(s);
	return s->at < s->length && s->bytes[s->at] == character;
}

/* The value that stands here. New reference; NULL: it is none. */
static json_t *
read_value(struct scan *s, struct vs_error *err)
{
	json_error_t at;
	skip_blanks(s);
	json_t *value = s->at < s->length
		? json_loadb(s->bytes + s->at, s->length - s->at,
			  JSON_DECODE_ANY | JSON_DISABLE_EOF_CHECK |
				  JSON_REJECT_DUPLICATES,
			  &at)
		: NULL;
	if (value)
		s->at += (size_t)at.position;
	else
		broken(s, s->at < s->length ? at.text : _("the file ends too early"),
			err);
	return value;
}

static bool
read_features(struct scan *s, struct vs_error *err)
{
	s->has_features = true;
	if (!expect(s, '[', err))
		return false;
	for (size_t feature = 1; !is_next(s, ']'); feature++) {
		if (feature > 1 && !expect(s, ',', err))
			return false;
		json_t *value = read_value(s, err);
		bool ok = value && s->take(s->context, feature, value, err);
		json_decref(value);
		if (!ok)
			return false;
	}
	return expect(s, ']', err);
}

static bool
read_member(struct scan *s, struct vs_error *err)
{
	json_t *key = read_value(s, err), *value = NULL;
	bool ok = key &&
		(json_is_string(key) || broken(s, _("a name is missing"), err)) &&
		expect(s, ':', err);
	if (ok && strcmp(json_string_value(key), "features") == 0 && is_next(s, '[')) {
		ok = s->has_features ? broken(s, _("\"features\" twice"), err)
				     : read_features(s, err);
	} else if (ok) {
		value = read_value(s, err);
		ok = value != NULL;
		if (ok && strcmp(json_string_value(key), "type") == 0 &&
			json_is_string(value))
			s->is_collection = strcmp(json_string_value(value),
						   "FeatureCollection") == 0;
	}
	json_decref(key);
	json_decref(value);
	return ok;
}

bool
geojson_is(const char *bytes, size_t length)
{
	return length && bytes[0] == '{' &&
		(memmem(bytes, length, "\"features\"", 10) ||
			memmem(bytes, length, "\"FeatureCollection\"", 19));
}

bool
geojson_read(const char *name, const char *bytes, size_t length,
	bool (*take)(
		void *context, size_t feature, const json_t *value, struct vs_error *err),
	void *context, struct vs_error *err)
{
	struct scan s = { .name = name,
		.bytes = bytes,
		.length = length,
		.take = take,
		.context = context };
	if (!expect(&s, '{', err))
		return false;
	for (bool first = true; !is_next(&s, '}'); first = false)
		if ((!first && !expect(&s, ',', err)) || !read_member(&s, err))
			return false;
	if (!expect(&s, '}', err))
		return false;
	skip_blanks(&s);
	if (s.at < s.length)
		return broken(&s, _("more after its end"), err);
	return (s.is_collection && s.has_features) ||
		vs_fail(err, VS_INVALID,
			_("%s is no collection of areas (GeoJSON with \"type\": "
			  "\"FeatureCollection\" and \"features\")"),
			name);
}
