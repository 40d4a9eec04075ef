/* What the two files of the sketch map share. */
#ifndef PAPER_MAP_H
#define PAPER_MAP_H

#include "paper/paper.h"

#define MAP_DEGREE 111320.0 /* metres of latitude */
#define MAP_STRIP  7.0	    /* mm below the points, for scale and north */

/* Points that fall on each other, with one label. x and y are points on the paper. */
struct spot {
	double latitude, longitude;
	double x, y;
	const char *label;
	bool depot, joined; /* joined: part of an earlier one */
	struct paragraph text;
	double left, top, width, height; /* of the label */
	bool placed;
};

struct map {
	const struct block *block;
	double width, height; /* of the part for points */
	double metre;	      /* points per metre */
	struct spot *spots;
	size_t count;
	int missing; /* rows without coordinates */
};

/* Joins what falls on each other, and finds places for the labels: none on another one. */
void map_place(struct lay *l, struct map *map);

/* A round length, with what it is, in a strip below `top`; `metre` in points. */
void map_scale(struct lay *l, const struct style *style, double metre, double top);

#endif
