/*
 * Fragments to pages. Fragments that keep together move to the next page together, unless
 * they are higher than a page; then each goes where it fits. A table's head comes again.
 */
#include <stdlib.h>

#include "base/i18n.h"
#include "paper/paper.h"

#define PAGES_MAX 20000

struct filler {
	struct lay *l;
	const struct flow *flow;
	double height;
	struct pages *pages;
	double y;
	bool fresh; /* nothing on the page yet */
};

static void *
grow(void *memory, size_t count, size_t size)
{
	void *grown = realloc(memory, count * size);
	if (!grown)
		vs_abort("out of memory");
	return grown;
}

void
pages_add(struct pages *pages)
{
	if (pages->count == pages->capacity) {
		pages->capacity = pages->capacity ? pages->capacity * 2 : 8;
		pages->list = grow(pages->list, pages->capacity, sizeof(pages->list[0]));
	}
	pages->list[pages->count++] = (struct page){ 0 };
}

void
pages_put(struct pages *pages, uint32_t first, uint32_t count, double y)
{
	struct page *page = &pages->list[pages->count - 1];
	if (page->count == page->capacity) {
		page->capacity = page->capacity ? page->capacity * 2 : 64;
		page->pieces =
			grow(page->pieces, page->capacity, sizeof(page->pieces[0]));
	}
	page->pieces[page->count++] =
		(struct placed){ .first = first, .count = count, .y = (float)y };
}

static bool
turn(struct filler *f, const struct fragment *at)
{
	if (f->pages->count == PAGES_MAX)
		return vs_fail(f->l->err, VS_INVALID,
			_("%s: %s: the sheet has too many pages"), f->l->layout->name,
			at ? at->path : "body");
	pages_add(f->pages);
	f->y = 0;
	f->fresh = true;
	return true;
}

static void
place(struct filler *f, uint32_t first, uint32_t count, double height)
{
	pages_put(f->pages, first, count, f->y);
	f->y += height;
	f->fresh = false;
}

/* Height of the fragments that must stand with fragment `at`, itself included, and the
 * index behind them. Stops counting above a page's height. */
static double
chain(const struct filler *f, size_t at, size_t *ret_end)
{
	double height = 0;
	bool more = true;
	size_t i = at;
	for (; more && i < f->flow->count && height <= f->height; i++) {
		const struct fragment *fragment = &f->flow->fragments[i];
		if (fragment->page_break || fragment->spring ||
			(fragment->optional && i > at))
			break;
		height += fragment->height;
		if (!fragment->gap)
			more = fragment->keep;
	}
	*ret_end = i;
	return height;
}

static bool
place_one(struct filler *f, const struct fragment *fragment, bool alone)
{
	double head = fragment->repeat ? fragment->repeat->height : 0;
	bool fits = f->y + fragment->height + (f->fresh ? head : 0) <= f->height + 0.05;
	if (!fits && !f->fresh && alone && !turn(f, fragment))
		return false;
	if (f->fresh && fragment->repeat)
		place(f, fragment->repeat->first, fragment->repeat->count, head);
	if (f->y + fragment->height > f->height + 0.05)
		return vs_fail(f->l->err, VS_INVALID,
			_("%s: %s: is higher than a page: shorten its text or let it break"),
			f->l->layout->name, fragment->path);
	place(f, fragment->first, fragment->count, fragment->height);
	return true;
}

static bool
place_chain(struct filler *f, size_t *at)
{
	const struct fragment *first = &f->flow->fragments[*at];
	size_t end = *at + 1;
	double height = chain(f, *at, &end);
	double head = first->repeat ? first->repeat->height : 0;
	if (height + head > f->height) {
		(*at)++;
		return place_one(f, first, true); /* cannot be kept together anyway */
	}
	if (!f->fresh && f->y + height > f->height + 0.05 && !turn(f, first))
		return false;
	for (; *at < end; (*at)++) {
		const struct fragment *fragment = &f->flow->fragments[*at];
		if (fragment->gap && f->fresh)
			continue;
		if (!place_one(f, fragment, false))
			return false;
	}
	return true;
}

/* Goes down so far that the rest of the flow ends at the foot of the page, on a new page if
 * it must. What is higher than a page just goes on. */
static bool
spring(struct filler *f, size_t at)
{
	double rest = 0;
	for (size_t i = at + 1; i < f->flow->count; i++)
		rest += f->flow->fragments[i].height;
	if (rest > f->height)
		return true;
	if (f->y + rest > f->height + 0.05 && !turn(f, &f->flow->fragments[at]))
		return false;
	f->y = f->y > f->height - rest ? f->y : f->height - rest;
	f->fresh = false;
	return true;
}

bool
pages_fill(struct lay *l, const struct flow *flow, double height, struct pages *pages)
{
	struct filler f = { .l = l, .flow = flow, .height = height, .pages = pages };
	if (!turn(&f, NULL))
		return false;
	for (size_t at = 0; at < flow->count;) {
		const struct fragment *fragment = &flow->fragments[at];
		bool good = true;
		if (fragment->page_break) {
			good = f.fresh || turn(&f, fragment);
			at++;
		} else if (fragment->spring) {
			good = spring(&f, at++);
		} else if (fragment->optional && f.y + fragment->height > height + 0.05) {
			at++;
		} else if (fragment->gap) {
			/* White space never opens a page, but a box's piece of it is drawn. */
			if (!f.fresh && f.y + fragment->height <= height)
				place(&f, fragment->first, fragment->count,
					fragment->height);
			at++;
		} else {
			good = place_chain(&f, &at);
		}
		if (!good)
			return false;
	}
	return true;
}
