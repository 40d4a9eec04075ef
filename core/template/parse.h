/* The parsed form of a template, shared by the parser and the renderer. */
#ifndef TEMPLATE_PARSE_H
#define TEMPLATE_PARSE_H

#include "template/template.h"

enum node_kind {
	NODE_TEXT,
	NODE_VALUE,
	NODE_RAW,
	NODE_SECTION,
	NODE_INVERTED,
	NODE_PARTIAL
};

struct node {
	enum node_kind kind;
	int line;
	const char *text; /* the literal, or the name */
	size_t length;
	const char *indent; /* of a partial that stands alone on its line */
	struct node *children;
	struct node *next;
};

struct template
{
	const char *name;
	struct node *nodes;
};

#endif
