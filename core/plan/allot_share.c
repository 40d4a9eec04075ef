/*
 * The queue for the next bundle. Every bundle that a destination may get has a place in one
 * queue of all, by how needy the destination is before it gets that bundle. A destination's
 * own bundles stand in their order, because each makes it less needy. So giving bundle after
 * bundle to the neediest is giving out the longest beginning of the queue that the pieces
 * suffice for; and where a queue made of sorted lines ends, is found without walking it, as
 * quickselect does: take any bundle, count what stands before it, drop one side.
 */
#include "plan/allot.h"

/* How needy: first by the part of the minimum stack that is there, then by the chance. */
struct need {
	double part;
	double log_chance; /* asked for only where the parts are equal */
	bool asked;
};

/* One bundle. */
struct place {
	int32_t line;
	int64_t bundle;
	struct need need;
};

int64_t
allot_pieces(
	const struct allot_queue *queue, const struct allot_line *line, int64_t bundles)
{
	int64_t pieces = bundles * queue->bundle;
	return pieces < line->target ? pieces : line->target;
}

static int64_t
stack(const struct allot_queue *queue, const struct place *place)
{
	const struct allot_line *line = &queue->lines[place->line];
	return line->have + allot_pieces(queue, line, place->bundle);
}

static double
log_chance(const struct allot_queue *queue, struct place *place)
{
	if (!place->need.asked) {
		place->need.log_chance = demand_log_chance(
			&queue->lines[place->line].demand, stack(queue, place));
		place->need.asked = true;
	}
	return place->need.log_chance;
}

static struct place
place_of(const struct allot_queue *queue, int32_t line, int64_t bundle)
{
	struct place place = { .line = line, .bundle = bundle, .need = { .part = 1 } };
	int64_t least = queue->lines[line].least, there = stack(queue, &place);
	if (there < least)
		place.need.part = (double)there / (double)least;
	return place;
}

/* Does bundle a come before bundle b of another line? */
static bool
comes_before(const struct allot_queue *queue, struct place *a, struct place *b)
{
	if (a->need.part != b->need.part)
		return a->need.part < b->need.part;
	double chance_a = log_chance(queue, a), chance_b = log_chance(queue, b);
	if (chance_a != chance_b)
		return chance_a < chance_b;
	return a->line < b->line;
}

/* How many bundles of a line, of the undecided ones, stand before the pivot. */
static int64_t
cut_at(const struct allot_queue *queue, int32_t line, struct place *pivot)
{
	if (line == pivot->line)
		return pivot->bundle;
	int64_t low = queue->lines[line].low, high = queue->lines[line].high;
	while (low < high) {
		int64_t middle = low + (high - low) / 2;
		struct place place = place_of(queue, line, middle);
		if (comes_before(queue, &place, pivot))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int64_t
undecided(const struct allot_queue *queue)
{
	int64_t sum = 0;
	for (int32_t i = 0; i < queue->count; i++)
		sum += queue->lines[i].high - queue->lines[i].low;
	return sum;
}

/* The undecided bundle with this number, counted line by line. */
static struct place
pick(const struct allot_queue *queue, int64_t number)
{
	int32_t i = 0;
	for (; number >= queue->lines[i].high - queue->lines[i].low; i++)
		number -= queue->lines[i].high - queue->lines[i].low;
	return place_of(queue, i, queue->lines[i].low + number);
}

/* Decides the pivot and all bundles on one side of it. */
static void
decide(struct allot_queue *queue, struct place *pivot, int64_t *cuts)
{
	int64_t before = 0;
	for (int32_t i = 0; i < queue->count; i++) {
		cuts[i] = cut_at(queue, i, pivot);
		before += allot_pieces(queue, &queue->lines[i], cuts[i]);
	}
	const struct allot_line *line = &queue->lines[pivot->line];
	int64_t with = before + allot_pieces(queue, line, pivot->bundle + 1) -
		allot_pieces(queue, line, pivot->bundle);
	for (int32_t i = 0; i < queue->count; i++) {
		if (before <= queue->available)
			queue->lines[i].low = cuts[i] + (i == pivot->line);
		if (with > queue->available)
			queue->lines[i].high = cuts[i];
	}
	/* The queue ends at the pivot itself. */
	if (before <= queue->available && with > queue->available)
		queue->lines[pivot->line].low = pivot->bundle;
}

/* splitmix64: picks that look like chance and are the same every time. */
static uint64_t
next_random(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

void
allot_share(struct allot_queue *queue)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	int64_t *cuts =
		vs_arena_alloc(scratch.arena, (size_t)queue->count * sizeof *cuts);
	for (int32_t i = 0; i < queue->count; i++) {
		int64_t target = queue->lines[i].target;
		queue->lines[i].low = 0;
		queue->lines[i].high =
			target / queue->bundle + (target % queue->bundle > 0);
	}
	uint64_t random = 0;
	for (int64_t left; (left = undecided(queue));) {
		int64_t number = (int64_t)(next_random(&random) % (uint64_t)left);
		struct place pivot = pick(queue, number);
		decide(queue, &pivot, cuts);
	}
}
