/* What the two files of the sketch map share. */
#ifndef PAPER_MAP_H
#define PAPER_MAP_H

#include "paper/paper.h"

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

#endif
