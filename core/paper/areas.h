/* What the files of the map of areas share. */
#ifndef PAPER_AREAS_H
#define PAPER_AREAS_H

#include "paper/map.h"

#define AREA_CLASSES 5
#define AREA_NONE    AREA_CLASSES /* no data */

/* One row: its rings on the paper, points from the upper left corner of the map. */
struct area {
	const json_t *rings;
	const char *label;
	int class;     /* 0 to 4, or AREA_NONE */
	float *points; /* x and y in turn; NAN between the rings */
	size_t count;
	double left, top, right, bottom;
	/* The label: its middle, and how far from the border that is when heights count as
	 * many times as the label is wider than high. */
	double x, y, room;
	struct paragraph text;
	bool labelled, numbered;
	int number;
};

struct areas {
	const struct block *block;
	struct area *list;
	size_t count;
	double south, west, north, east;       /* degrees */
	double width, height;		       /* of the part for areas, points */
	double metre;			       /* points per metre */
	const char *classes[AREA_CLASSES + 1]; /* what they mean; the last: no data */
	int numbers;
};

/* Is this a place on earth? 0, 0 lies in the sea and means none. */
bool areas_place(const json_t *point, double *ret_latitude, double *ret_longitude);
/* Brings all areas to the paper, without points that cannot be told apart there. */
void areas_project(struct lay *l, struct areas *map);
/* Square points. */
double areas_extent(const struct area *area);
/* Where a text so wide and high stands best. */
void areas_middle(struct area *area, double wide, double high);

/* Names where they fit, or numbers. */
void areas_label(struct lay *l, struct areas *map);
void areas_draw_labels(struct lay *l, const struct areas *map);

/* A patch or an area in its class. */
void areas_fill(struct lay *l, const float *points, size_t count, int class);
/* Classes and numbers below each other beside the map, as many as there is room for; true
 * when all had room. */
bool areas_panel(
	struct lay *l, const struct areas *map, double x, double width, double height);
bool areas_has_legend(const struct areas *map);
/* The same in lines below the map. */
void areas_below(struct lay *l, const struct areas *map, double width, struct flow *flow,
	bool legend, bool numbers);

#endif
