/*
 * Coordinates that can be trusted. The authority's files have some that are missing, some
 * where longitude and latitude are the same or have changed places, and a few that lie in
 * another part of the country.
 *
 * The last kind is judged by the kommun's own places in the file. Remote villages are real
 * (Karesuando lies 150 km from Kiruna), so only a place is doubted that is far from the
 * middle (over 60 km and eight times the median distance) and at the same time more than
 * 60 km from every other place of its kommun. On the files of 2022 this doubts exactly one
 * place in the whole country.
 */
#include "exchange/exchange.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

#define FAR_KM	      60.0
#define FAR_MEDIANS   8.0
#define JUDGED_PLACES 4 /* fewer say nothing about where a kommun lies */
#define DEGREE_KM     111.2

/* What is wrong with the figures by themselves; NULL: nothing. */
static const char *
judge_alone(struct position *p)
{
	if (!*p->given_latitude && !*p->given_longitude)
		return _("no coordinates in the file");
	if (!vs_text_to_real(p->given_latitude, &p->latitude) ||
		!vs_text_to_real(p->given_longitude, &p->longitude) ||
		!isfinite(p->latitude) || !isfinite(p->longitude))
		return _("coordinates that cannot be read");
	if (p->latitude == p->longitude)
		return _("latitude and longitude are the same");
	if (p->latitude < 55 || p->latitude > 69.5 || p->longitude < 10.5 ||
		p->longitude > 24.5)
		return _("the coordinates lie outside Sweden");
	return NULL;
}

static void
doubt(struct import *run, struct position *p, const char *why)
{
	p->note = vs_arena_printf(run->arena, "%s (%.40s; %.40s)", why, p->given_latitude,
		p->given_longitude);
	if (!*p->given_latitude && !*p->given_longitude)
		p->note = why; /* told once per place by the importer */
	else
		tally_problem(run, SEVERITY_WARNING, p->line, "LATITUD",
			_("look the place up on a map and set --latitude and --longitude"),
			"%s (%s): %s", p->name, p->kommun, p->note);
}

static double
distance_km(double latitude, double longitude, const struct position *to)
{
	double north = (latitude - to->latitude) * DEGREE_KM;
	double east = (longitude - to->longitude) * DEGREE_KM *
		cos((latitude + to->latitude) / 2 * 3.14159265358979 / 180);
	return sqrt(north * north + east * east);
}

static int
compare_numbers(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double
median(double *numbers, size_t count)
{
	qsort(numbers, count, sizeof *numbers, compare_numbers);
	return (numbers[(count - 1) / 2] + numbers[count / 2]) / 2;
}

static bool
is_lonely(const struct position *p, struct position *const *group, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		double km = distance_km(p->latitude, p->longitude, group[i]);
		if (!group[i]->note && group[i] != p && km > 0.001 && km <= FAR_KM)
			return false;
	}
	return true;
}

/* The usable positions of one kommun. */
static void
judge_kommun(struct import *run, struct position **group, size_t count)
{
	if (count < JUDGED_PLACES)
		return;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	double *numbers = vs_arena_alloc(scratch.arena, count * sizeof *numbers);
	for (size_t i = 0; i < count; i++)
		numbers[i] = group[i]->latitude;
	double latitude = median(numbers, count);
	for (size_t i = 0; i < count; i++)
		numbers[i] = group[i]->longitude;
	double longitude = median(numbers, count);
	for (size_t i = 0; i < count; i++)
		numbers[i] = distance_km(latitude, longitude, group[i]);
	double limit = FAR_MEDIANS * median(numbers, count);
	limit = limit > FAR_KM ? limit : FAR_KM;
	for (size_t i = 0; i < count; i++)
		if (distance_km(latitude, longitude, group[i]) > limit &&
			is_lonely(group[i], group, count))
			doubt(run, group[i],
				_("far from every other place of the kommun"));
}

static int
compare_positions(const void *a, const void *b)
{
	const struct position *const *p = a, *const *q = b;
	int order = strcmp((*p)->kommun, (*q)->kommun);
	return order ? order : ((*p)->line > (*q)->line) - ((*p)->line < (*q)->line);
}

void
position_judge(struct import *run, struct position **positions, size_t count)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct position **usable =
		vs_arena_alloc(scratch.arena, (count + 1) * sizeof *usable);
	size_t left = 0;
	for (size_t i = 0; i < count; i++) {
		const char *why = judge_alone(positions[i]);
		if (why)
			doubt(run, positions[i], why);
		else
			usable[left++] = positions[i];
	}
	qsort(usable, left, sizeof *usable, compare_positions);
	for (size_t from = 0, to; from < left; from = to) {
		for (to = from; to < left &&
			strcmp(usable[to]->kommun, usable[from]->kommun) == 0;)
			to++;
		judge_kommun(run, usable + from, to - from);
	}
}
