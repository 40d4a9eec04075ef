/*
 * Reads routing instances as they are published: CVRPLIB (.vrp, EUC_2D), Solomon's VRPTW
 * (.txt) and Cordeau's MDVRP and MDVRPTW files, recognised by their content.
 */
#ifndef TESTS_ROUTE_FILE_H
#define TESTS_ROUTE_FILE_H

#include <valstuga/plan.h>

enum route_file_kind { ROUTE_FILE_CVRPLIB, ROUTE_FILE_SOLOMON, ROUTE_FILE_CORDEAU };

struct route_file {
	enum route_file_kind kind;
	int32_t stops; /* nodes 0..stops-1; the depots follow */
	int32_t depots;
	int32_t vehicles; /* of each depot; 0 = as many as one likes */
	double capacity;  /* 0 = no limit (Cordeau) */
	double longest;	  /* of a round; 0 = no limit */
	double *x;	  /* stops + depots */
	double *y;
	double *demand; /* stops */
	double *service;
	double *opens; /* stops + depots; NULL = no windows */
	double *closes;
};

/* `text` is NUL-terminated. Everything: arena. */
VS_CHECKED bool route_file_read(struct vs_arena *arena, const char *text,
	struct route_file *ret_file, struct vs_error *err);

/* Distance as the set counts it: rounded, cut to one decimal, or exact. */
double route_file_distance(const struct route_file *file, int32_t from, int32_t to);

/* The instance as a problem; one unit of its `metres` and `seconds` is 1 / *ret_scale. */
void route_file_problem(const struct route_file *file, struct vs_arena *arena,
	struct vs_route_problem *ret_problem, double *ret_scale);

#endif
