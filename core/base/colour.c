/* Colours, and what can be read on them. */
#include "base/colour.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <valstuga/base.h>

int64_t
colour_parse(const char *text)
{
	if (!text || text[0] != '#')
		return -1;
	size_t length = strspn(text + 1, "0123456789abcdefABCDEF");
	if (text[1 + length] || (length != 3 && length != 6))
		return -1;
	unsigned long value = strtoul(text + 1, NULL, 16);
	if (length == 6)
		return (int64_t)value;
	return (int64_t)((value >> 8 & 15) * 0x110000 + (value >> 4 & 15) * 0x1100 +
		(value & 15) * 0x11);
}

const char *
vs_colour_ink(const char *colour)
{
	static const double weights[] = { 0.0722, 0.7152, 0.2126 }; /* blue, green, red */
	int64_t value = colour_parse(colour);
	if (value < 0)
		return NULL;
	double light = 0;
	for (int i = 0; i < 3; i++) {
		double part = (double)(value >> (8 * i) & 255) / 255;
		light += weights[i] *
			(part <= 0.04045 ? part / 12.92
					 : pow((part + 0.055) / 1.055, 2.4));
	}
	double on_white = 1.05 / (light + 0.05), on_black = (light + 0.05) / 0.05;
	return on_white > on_black ? "#FFFFFF" : "#000000";
}
