/* What reading and writing CSV must agree on. */
#ifndef BASE_CSV_PARTS_H
#define BASE_CSV_PARTS_H

#include <stdbool.h>
#include <string.h>

/*
 * True for a cell that starts with an apostrophe or none, then with a character that makes
 * a spreadsheet run it. The writer puts one apostrophe before such a cell, the reader takes
 * one off where one stands, so that every text comes back as it was: "=1" travels as "'=1",
 * "'=1" as "''=1", and "'s-Hertogenbosch" as it is.
 */
static inline bool
csv_is_formula(const char *at, const char *end)
{
	while (at < end && *at == '\'')
		at++;
	return at < end && *at && strchr("=+-@\t\r", *at);
}

#endif
