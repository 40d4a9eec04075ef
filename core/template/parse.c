/*
 * The parser: template text to a tree of nodes. Tags that stand alone on a line take the
 * whole line with them, as the mustache specification demands.
 */
#include <assert.h>
#include <string.h>

#include "base/i18n.h"
#include "template/parse.h"

struct parser {
	struct vs_arena *arena;
	const char *name;
	const char *start; /* of the whole text */
	const char *at;
	const char *end;
	int line;
	char open[16];
	char close[16];
	struct node **tail[TEMPLATE_DEPTH + 1]; /* where the next node goes, per level */
	struct node *section[TEMPLATE_DEPTH + 1];
	int depth;
	struct vs_error *err;
};

struct tag {
	const char *start; /* first byte of the opening delimiter */
	const char *after; /* first byte after the closing one */
	char type;	   /* one of "#^/!>=&{" or 0 */
	const char *body;
	size_t length;
	int line;
};

static bool
blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool
space(char c)
{
	return blank(c) || c == '\n' || c == '\r';
}

static int
shown(size_t length)
{
	return length > 40 ? 40 : (int)length;
}

static struct node *
add_node(struct parser *p, enum node_kind kind, const char *text, size_t length)
{
	struct node *node = vs_arena_alloc(p->arena, sizeof(*node));
	node->kind = kind;
	node->line = p->line;
	node->text = vs_arena_copy(p->arena, text, length);
	node->length = length;
	*p->tail[p->depth] = node;
	p->tail[p->depth] = &node->next;
	return node;
}

static void
count_lines(struct parser *p, const char *from, const char *to)
{
	for (; from < to; from++) {
		if (*from == '\n')
			p->line++;
	}
}

static void
trim(const char **body, size_t *length)
{
	while (*length > 0 && space(**body)) {
		(*body)++;
		(*length)--;
	}
	while (*length > 0 && space((*body)[*length - 1]))
		(*length)--;
}

static const char *
find(const char *from, const char *end, const char *text)
{
	return memmem(from, (size_t)(end - from), text, strlen(text));
}

/* Reads the tag that opens at `start`. */
static bool
read_tag(struct parser *p, const char *start, struct tag *ret_tag)
{
	struct tag tag = {
		.start = start, .body = start + strlen(p->open), .line = p->line
	};
	while (tag.body < p->end && space(*tag.body))
		tag.body++;
	if (tag.body < p->end && strchr("#^/!>=&{", *tag.body) && *tag.body)
		tag.type = *tag.body++;
	char close[20] = { 0 };
	if (tag.type == '=' || tag.type == '{')
		close[0] = tag.type == '=' ? '=' : '}';
	strcat(close, p->close);
	const char *stop = find(tag.body, p->end, close);
	if (!stop) {
		size_t rest = (size_t)(p->end - start);
		const char *newline = memchr(start, '\n', rest);
		return vs_fail(p->err, VS_INVALID,
			_("%s, line %d: the tag %.*s is not closed"), p->name, p->line,
			shown(newline ? (size_t)(newline - start) : rest), start);
	}
	tag.length = (size_t)(stop - tag.body);
	tag.after = stop + strlen(close);
	trim(&tag.body, &tag.length);
	if (tag.length == 0 && tag.type != '!')
		return vs_fail(p->err, VS_INVALID, _("%s, line %d: a tag has no name"),
			p->name, p->line);
	*ret_tag = tag;
	return true;
}

/* The start of the line when only blanks stand before the tag, else NULL. */
static const char *
line_start(const struct parser *p, const struct tag *tag)
{
	const char *at = tag->start;
	while (at > p->start && blank(at[-1]))
		at--;
	return at == p->start || at[-1] == '\n' ? at : NULL;
}

/* The end of the line, newline included, when only blanks stand behind the tag. */
static const char *
line_end(const struct parser *p, const struct tag *tag)
{
	const char *at = tag->after;
	while (at < p->end && blank(*at))
		at++;
	if (at == p->end)
		return at;
	if (*at == '\r' && at + 1 < p->end && at[1] == '\n')
		at++;
	return *at == '\n' ? at + 1 : NULL;
}

static bool
set_delimiters(struct parser *p, const struct tag *tag)
{
	const char *body = tag->body;
	size_t first = 0;
	while (first < tag->length && !space(body[first]))
		first++;
	size_t second = first;
	while (second < tag->length && space(body[second]))
		second++;
	size_t last = tag->length - second;
	bool fits = first > 0 && first < sizeof(p->open) && last > 0 &&
		last < sizeof(p->close) && !memchr(body + second, ' ', last);
	if (!fits)
		return vs_fail(p->err, VS_INVALID,
			_("%s, line %d: the tag %.*s must name two delimiters"), p->name,
			tag->line, shown(tag->length), body);
	memset(p->open, 0, sizeof(p->open));
	memset(p->close, 0, sizeof(p->close));
	memcpy(p->open, body, first);
	memcpy(p->close, body + second, last);
	return true;
}

static bool
open_section(struct parser *p, const struct tag *tag)
{
	if (p->depth == TEMPLATE_DEPTH)
		return vs_fail(p->err, VS_INVALID,
			_("%s, line %d: the section %.*s is nested too deep"), p->name,
			p->line, shown(tag->length), tag->body);
	struct node *node = add_node(p, tag->type == '#' ? NODE_SECTION : NODE_INVERTED,
		tag->body, tag->length);
	p->depth++;
	p->section[p->depth] = node;
	p->tail[p->depth] = &node->children;
	return true;
}

static bool
close_section(struct parser *p, const struct tag *tag)
{
	const struct node *open = p->section[p->depth];
	if (!open)
		return vs_fail(p->err, VS_INVALID,
			_("%s, line %d: {{/%.*s}} closes a section that is not open"),
			p->name, p->line, shown(tag->length), tag->body);
	if (open->length != tag->length ||
		memcmp(open->text, tag->body, tag->length) != 0)
		return vs_fail(p->err, VS_INVALID,
			_("%s, line %d: {{/%.*s}} stands where {{/%.*s}} should"),
			p->name, p->line, shown(tag->length), tag->body,
			shown(open->length), open->text);
	p->depth--;
	return true;
}

/* Acts on one tag; `indent` is what stands before a partial alone on its line. */
static bool
take_tag(struct parser *p, const struct tag *tag, const char *indent)
{
	switch (tag->type) {
	case '#':
	case '^':
		return open_section(p, tag);
	case '/':
		return close_section(p, tag);
	case '=':
		return set_delimiters(p, tag);
	case '!':
		return true;
	case '>':
		add_node(p, NODE_PARTIAL, tag->body, tag->length)->indent = indent;
		return true;
	case '&':
	case '{':
		add_node(p, NODE_RAW, tag->body, tag->length);
		return true;
	default:
		add_node(p, NODE_VALUE, tag->body, tag->length);
		return true;
	}
}

static bool
parse_tag(struct parser *p, const char *start)
{
	struct tag tag = { 0 };
	count_lines(p, p->at, start);
	if (!read_tag(p, start, &tag))
		return false;
	const char *before = NULL;
	const char *behind = NULL;
	if (tag.type && tag.type != '&' && tag.type != '{') {
		before = line_start(p, &tag);
		behind = line_end(p, &tag);
	}
	bool alone = before && behind;
	const char *stop = alone ? before : tag.start;
	const char *indent = NULL;
	if (alone && before < tag.start)
		indent = vs_arena_copy(p->arena, before, (size_t)(tag.start - before));
	if (stop > p->at)
		add_node(p, NODE_TEXT, p->at, (size_t)(stop - p->at));
	p->at = alone ? behind : tag.after;
	if (!take_tag(p, &tag, indent))
		return false;
	count_lines(p, tag.start, p->at);
	return true;
}

bool
template_compile(struct vs_arena *arena, const char *name, const char *text,
	struct template **ret_template, struct vs_error *err)
{
	assert(name && text);
	struct template *made = vs_arena_alloc(arena, sizeof(*made));
	made->name = vs_arena_text(arena, name);
	struct parser p = { .arena = arena,
		.name = made->name,
		.start = text,
		.at = text,
		.end = text + strlen(text),
		.line = 1,
		.open = "{{",
		.close = "}}",
		.err = err };
	p.tail[0] = &made->nodes;
	for (const char *tag = NULL; (tag = find(p.at, p.end, p.open)) != NULL;) {
		if (!parse_tag(&p, tag))
			return false;
	}
	if (p.at < p.end)
		add_node(&p, NODE_TEXT, p.at, (size_t)(p.end - p.at));
	if (p.depth > 0)
		return vs_fail(err, VS_INVALID,
			_("%s, line %d: the section {{#%.*s}} is not closed"), name,
			p.section[p.depth]->line, shown(p.section[p.depth]->length),
			p.section[p.depth]->text);
	*ret_template = made;
	return true;
}
