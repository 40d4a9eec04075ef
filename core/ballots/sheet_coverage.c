/*
 * The coverage board (täckningstavla): one sheet per kommun, day by day what each destination
 * needs and what has become of it, gaps first.
 *
 * A row is what a round has allotted to a destination, on the day of its first delivery, or,
 * while there is none, on the first day that it is open. A delivery outside the rounds is
 * needed because somebody reported a shortage; it fills up what the place has. What comes on
 * another day has a row of its own there, so that no day with a delivery is left out.
 */
#include "ballots/sheet_parts.h"

#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

struct row {
	int64_t round, location, place;
	const char *kommun, *kommun_name, *date, *name, *kind, *hours, *responsible;
	bool refill;  /* the round is one of refills */
	bool touched; /* something outside the rounds was booked for the destination */
	bool moved;   /* some of its need stands on another day */
	/* Pieces: those booked are all, those packed all that are packed or have left. */
	int64_t needed, booked, packed, delivered, refilled;
};

struct board {
	struct sheet_source *s;
	struct row *rows;
	size_t count;
};

/* Gathering ------------------------------------------------------------------------------*/

static void
read_row(struct board *b, const struct stmt *q)
{
	struct sheet_source *s = b->s;
	const char *phase = stmt_text(q, 7);
	b->rows[b->count++] = (struct row){ .round = stmt_int(q, 0),
		.location = stmt_int(q, 1),
		.place = stmt_int(q, 2),
		.kommun = stmt_copy(q, 3, s->arena),
		.kommun_name = stmt_copy(q, 4, s->arena),
		.date = stmt_copy(q, 5, s->arena),
		.name = stmt_copy(q, 6, s->arena),
		.kind = strcmp(stmt_text(q, 8), "reception") == 0
			? _("reception")
			: record_choice(rule_phases, round_rule_phase(phase)),
		.hours = "",
		.responsible = "",
		.refill = strcmp(phase, "refill") == 0,
		.needed = stmt_int(q, 9) };
}

/*
 * What the rounds have allotted, on the first open day of each destination; in a kommun
 * where nothing is allotted every place that opens is a destination.
 */
static bool
read_needs(struct board *b, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, b->s->db,
		    SQL("WITH need AS (SELECT round_id, location_id, sum(pieces) AS pieces"
			"  FROM allocation GROUP BY 1, 2 HAVING sum(pieces) > 0),"
			" planned AS (SELECT DISTINCT coalesce(o.kommun_code, p.kommun_code) AS code"
			"  FROM need n JOIN location o ON o.id = n.location_id"
			"  LEFT JOIN place p ON p.id = o.place_id)"
			" SELECT n.round_id, n.location_id, coalesce(o.place_id, 0), k.code,"
			" k.name, coalesce((SELECT min(h.date) FROM opening h"
			"  WHERE h.place_id = o.place_id"
			"  AND h.date BETWEEN r.from_date AND r.until_date), r.from_date),"
			" coalesce(o.name, p.name), r.phase, o.kind, n.pieces FROM need n"
			" JOIN round r ON r.id = n.round_id JOIN location o ON o.id = n.location_id"
			" LEFT JOIN place p ON p.id = o.place_id"
			" JOIN kommun k ON k.code = coalesce(o.kommun_code, p.kommun_code)"
			" WHERE k.in_district"
			" UNION ALL SELECT 0, o.id, p.id, k.code, k.name, min(h.date), p.name,"
			" iif(h.purpose = 'polling', 'election_day', 'advance'), o.kind, 0"
			" FROM place p JOIN location o ON o.place_id = p.id"
			" JOIN kommun k ON k.code = p.kommun_code"
			" JOIN opening h ON h.place_id = p.id WHERE k.in_district"
			" AND k.code NOT IN (SELECT code FROM planned)"
			" GROUP BY o.id ORDER BY 1, 2"),
		    err))
		return false;
	while (stmt_row(&q, err))
		read_row(b, &q);
	return err->code == VS_OK;
}

static int
by_round(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	if (x->round != y->round)
		return x->round < y->round ? -1 : 1;
	return x->location < y->location ? -1 : x->location > y->location;
}

/* Of a destination: the newest row that is not later than the day, else its first. */
static struct row *
row_at(struct board *b, const struct sheet_delivery *d, size_t needs)
{
	struct row *best = NULL;
	for (size_t i = 0; i < needs; i++) {
		struct row *r = &b->rows[i];
		if (r->location != d->to_location)
			continue;
		r->touched = true;
		if (!best ||
			(strcmp(r->date, d->date) <= 0 &&
				strcmp(r->date, best->date) > 0))
			best = r;
	}
	return best;
}

static struct row *
new_row(struct board *b, const struct sheet_delivery *d)
{
	struct row *r = &b->rows[b->count++];
	*r = (struct row){ .round = d->round,
		.location = d->to_location,
		.place = d->place,
		.kommun = d->kommun,
		.kommun_name = d->kommun_name,
		.date = d->date,
		.name = d->to.name,
		.kind = strcmp(d->to_kind, "reception") == 0
			? _("reception")
			: record_choice(rule_phases, d->phase),
		.hours = "",
		.responsible = "",
		.refill = d->refill };
	return r;
}

static int64_t
pieces_of(const struct sheet_delivery *d)
{
	int64_t pieces = 0;
	for (size_t i = 0; i < d->line_count; i++)
		pieces += d->lines[i].pieces;
	return pieces;
}

static void
count_delivery(struct board *b, struct row *r, const struct sheet_delivery *d)
{
	int64_t pieces = pieces_of(d), counted = 0;
	bool done = strcmp(d->status, "delivered") == 0;
	for (size_t i = 0; i < d->line_count; i++)
		counted += d->lines[i].counted;
	if (d->refill)
		r->refilled += done ? counted : 0;
	if (d->carrier_name && !strstr(r->responsible, d->carrier_name))
		r->responsible =
			sheet_join(b->s->arena, r->responsible, ", ", d->carrier_name);
	if (d->refill && !r->refill)
		return; /* besides what was needed */
	r->booked += done ? counted : pieces;
	r->packed += done ? counted : strcmp(d->status, "planned") == 0 ? 0 : pieces;
	r->delivered += done ? counted : 0;
}

/*
 * The row of a delivery that comes on another day than row `r`, whose need it meets: what `r`
 * still lacks of it moves along. A refill of what was needed is needed besides.
 */
static struct row *
row_on_day(struct board *b, struct row *r, const struct sheet_delivery *d, size_t needs)
{
	struct row *own = NULL;
	for (size_t i = needs; i < b->count && !own; i++)
		if (b->rows[i].location == d->to_location &&
			b->rows[i].round == d->round && b->rows[i].refill == d->refill &&
			strcmp(b->rows[i].date, d->date) == 0)
			own = &b->rows[i];
	if (!own)
		own = new_row(b, d);
	own->touched = true;
	int64_t pieces = pieces_of(d), lack = r->needed - r->booked;
	if (r->refill || !d->refill) {
		pieces = lack < 0 ? 0 : lack < pieces ? lack : pieces;
		r->needed -= pieces;
		r->moved = true;
	}
	own->needed += pieces;
	return own;
}

/* Deliveries come day by day: a row's day is that of its first one. */
static void
take_deliveries(struct board *b, const struct sheet_delivery *all, size_t count)
{
	size_t needs = b->count;
	bool *dated = vs_arena_alloc(b->s->arena, needs + 1);
	for (size_t i = 0; i < count; i++) {
		const struct sheet_delivery *d = &all[i];
		if (!d->kommun)
			continue; /* between depots */
		const struct row key = { .round = d->round, .location = d->to_location };
		struct row *r = bsearch(&key, b->rows, needs, sizeof *r, by_round);
		if (r && !dated[r - b->rows]) {
			dated[r - b->rows] = true;
			r->date = d->date;
		}
		if (!r && !d->round)
			r = row_at(b, d, needs);
		if (!r) {
			r = new_row(b, d);
			r->needed = pieces_of(d);
		} else if (strcmp(r->date, d->date) != 0)
			r = row_on_day(b, r, d, needs);
		count_delivery(b, r, d);
	}
}

static bool
read_hours(struct board *b, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, b->s->db,
		    SQL("SELECT opens, closes FROM opening WHERE place_id = ? AND date = ?"
			" ORDER BY opens"),
		    err))
		return false;
	for (size_t i = 0; i < b->count; i++) {
		struct row *r = &b->rows[i];
		if (!r->place)
			continue;
		stmt_bind(&q, r->place);
		stmt_bind(&q, r->date);
		while (stmt_row(&q, err))
			r->hours = sheet_join(b->s->arena, r->hours, ", ",
				sheet_span(b->s->arena, (int)stmt_int(&q, 0),
					(int)stmt_int(&q, 1)));
		if (err->code != VS_OK)
			return false;
	}
	return true;
}

/* The sheets -----------------------------------------------------------------------------*/

static int64_t
missing_of(const struct row *r)
{
	return r->needed > r->booked ? r->needed - r->booked : 0;
}

static bool
is_gap(const struct row *r)
{
	return r->booked == 0 && !r->touched;
}

/* By kommun and day; there the gaps, then what lacks most. */
static int
by_urgency(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int order = vs_text_compare(x->kommun_name, y->kommun_name);
	if (order == 0)
		order = strcmp(x->date, y->date);
	if (order == 0)
		order = is_gap(y) - is_gap(x);
	if (order == 0 && missing_of(x) != missing_of(y))
		return missing_of(x) > missing_of(y) ? -1 : 1;
	if (order == 0)
		order = vs_text_compare_natural(x->name, y->name);
	return order ? order : by_round(a, b);
}

static const char *
number(struct sheet_source *s, int64_t value)
{
	return vs_text_number(s->arena, value);
}

static const char *
missing_text(struct sheet_source *s, int64_t missing, bool gap)
{
	if (missing)
		return vs_arena_printf(s->arena, _("lacks %s"), number(s, missing));
	return gap ? _("nothing is booked") : "";
}

static json_t *
bar(struct sheet_source *s, const struct row *r)
{
	int64_t share = r->needed ? 100 * r->delivered / r->needed : 0;
	json_t *bar = json_pack("{s:I, s:I, s:I, s:I}", "delivered",
		(json_int_t)r->delivered, "packed",
		(json_int_t)(r->packed - r->delivered), "booked",
		(json_int_t)(r->booked - r->packed), "total", (json_int_t)r->needed);
	record_put(
		bar, "text", vs_arena_printf(s->arena, "%s\u00a0%%", number(s, share)));
	return bar;
}

static json_t *
place_row(struct sheet_source *s, const struct row *r)
{
	json_t *row = json_object();
	record_put(row, "day", sheet_day(s->arena, r->date, VS_DATE_WEEKDAY));
	record_put(row, "place", r->name);
	record_put(row, "kind", r->kind);
	record_put(row, "hours", r->hours);
	record_put(row, "responsible", r->responsible);
	record_put(row, "needed", number(s, r->needed));
	record_put(row, "booked", number(s, r->booked));
	record_put(row, "packed", number(s, r->packed));
	record_put(row, "delivered", number(s, r->delivered));
	record_put(row, "refilled", number(s, r->refilled));
	record_put(row, "missing", missing_text(s, missing_of(r), is_gap(r)));
	json_object_set_new(row, "gap", json_boolean(is_gap(r)));
	json_object_set_new(row, "bar", bar(s, r));
	return row;
}

/* Sums of rows; what one has too much of does not fill another's gap. */
struct sums {
	struct row all;
	int64_t rows, gaps, missing, covered;
};

static void
sum_row(struct sums *sums, const struct row *r)
{
	sums->all.needed += r->needed;
	sums->all.booked += r->booked;
	sums->all.packed += r->packed;
	sums->all.delivered += r->delivered;
	sums->missing += missing_of(r);
	sums->covered += missing_of(r) == 0 && !is_gap(r);
	sums->gaps += is_gap(r);
	sums->rows++;
}

static void
add_day(struct sheet_source *s, json_t *days, const char *date, const struct sums *sums)
{
	json_t *row = json_object();
	record_put(row, "day", sheet_day(s->arena, date, VS_DATE_WEEKDAY));
	record_put(row, "places", number(s, sums->rows));
	record_put(row, "gaps", number(s, sums->gaps));
	record_put(row, "needed", number(s, sums->all.needed));
	record_put(row, "missing", missing_text(s, sums->missing, sums->gaps > 0));
	json_object_set_new(row, "bar", bar(s, &sums->all));
	json_array_append_new(days, row);
}

/* Destinations, each once however many rows it has; `gaps`: those with a gap. */
static int64_t
count_places(const struct row *rows, size_t count, bool gaps)
{
	int64_t places = 0;
	for (size_t i = 0; i < count; i++) {
		size_t j = 0;
		while (j < i &&
			(rows[j].location != rows[i].location ||
				(gaps && !is_gap(&rows[j]))))
			j++;
		places += j == i && (!gaps || is_gap(&rows[i]));
	}
	return places;
}

static void
put_rows(struct sheet_source *s, json_t *sheet, const struct row *rows, size_t count)
{
	json_t *days = json_array(), *places = json_array(), *summary = json_object();
	struct sums day = { 0 }, whole = { 0 };
	for (size_t i = 0; i < count; i++) {
		json_array_append_new(places, place_row(s, &rows[i]));
		sum_row(&day, &rows[i]);
		if (!rows[i].refill) /* as on the screen: it refills what was needed */
			sum_row(&whole, &rows[i]);
		if (i + 1 == count || strcmp(rows[i].date, rows[i + 1].date) != 0) {
			add_day(s, days, rows[i].date, &day);
			day = (struct sums){ 0 };
		}
	}
	record_put(summary, "places", number(s, count_places(rows, count, false)));
	record_put(summary, "covered",
		vs_arena_printf(s->arena, _("%s of %s"), number(s, whole.covered),
			number(s, whole.rows)));
	record_put(summary, "gaps", number(s, count_places(rows, count, true)));
	record_put(summary, "needed", number(s, whole.all.needed));
	record_put(summary, "delivered", number(s, whole.all.delivered));
	json_object_set_new(sheet, "days", days);
	json_object_set_new(sheet, "places", places);
	json_object_set_new(sheet, "summary", summary);
}

/* Racks that somebody has reported and nobody has filled. */
static bool
warn_shortages(
	struct sheet_source *s, json_t *sheet, const char *kommun, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, s->db,
		    SQL("SELECT coalesce(o.name, p.name), h.item_id, h.level FROM shortage h"
			" JOIN location o ON o.id = h.location_id"
			" LEFT JOIN place p ON p.id = o.place_id WHERE h.status <> 'resolved'"
			" AND coalesce(o.kommun_code, p.kommun_code) = ? ORDER BY h.at, h.id"),
		    err))
		return false;
	stmt_bind(&q, kommun);
	while (stmt_row(&q, err)) {
		const char *item = stmt_null(&q, 1)
			? _("every list")
			: sheet_item_get(s, stmt_int(&q, 1))->name;
		sheet_warn(sheet,
			vs_arena_printf(s->arena,
				strcmp(stmt_text(&q, 2), "empty") == 0
					? _("%s: %s is reported empty")
					: _("%s: %s is reported low"),
				stmt_text(&q, 0), item));
	}
	return err->code == VS_OK;
}

/* What is shown of a kommun is part of the number: half a board is another sheet. */
static const char *
sheet_number(const struct sheet_source *s, const char *kommun)
{
	const char *number = vs_arena_printf(s->arena, "TT-%s", kommun);
	if (s->round)
		number = vs_arena_printf(
			s->arena, "%s-O%lld", number, (long long)s->round);
	return s->day ? vs_arena_printf(s->arena, "%s-%s", number, s->day) : number;
}

static bool
add_board(struct sheet_source *s, json_t *sheets, const struct row *rows, size_t count,
	struct vs_error *err)
{
	const char *first = rows[0].date, *last = rows[count - 1].date;
	struct vs_date from, until;
	if (!vs_date_parse(first, &from, err) || !vs_date_parse(last, &until, err))
		return false;
	json_t *sheet = sheet_new(sheets, rows[0].kommun_name,
		vs_arena_printf(s->arena, _("Kommun %s · %s"), rows[0].kommun,
			vs_date_range_text(s->arena, from, until)),
		_("the election organisers of the district and the association"));
	put_rows(s, sheet, rows, count);
	return warn_shortages(s, sheet, rows[0].kommun, err) &&
		register_sheet(s->db, sheet_number(s, rows[0].kommun), sheet, err);
}

static bool
row_wanted(const struct sheet_source *s, const struct row *r)
{
	return !(r->moved && r->needed == 0 && r->booked == 0) &&
		(!s->round || r->round == s->round) &&
		(!s->day || strcmp(r->date, s->day) == 0) &&
		(!s->kommun || strcmp(r->kommun, s->kommun) == 0);
}

static bool
gather(struct board *b, struct vs_error *err)
{
	struct sheet_source *s = b->s;
	const struct sheet_delivery *deliveries;
	size_t count, kept = 0;
	int64_t needs = 0;
	const char *day = s->day;
	s->day = NULL; /* a row's day is known when all deliveries are */
	bool ok = sheet_deliveries(s, false, &deliveries, &count, err) &&
		db_int(s->db,
			SQL("SELECT (SELECT count(*) FROM place) + (SELECT count(*)"
			    " FROM (SELECT DISTINCT round_id, location_id FROM allocation))"),
			&needs, err);
	s->day = day;
	if (!ok)
		return false;
	b->rows = vs_arena_alloc(s->arena, ((size_t)needs + count + 1) * sizeof *b->rows);
	if (!read_needs(b, err))
		return false;
	take_deliveries(b, deliveries, count);
	if (!read_hours(b, err))
		return false;
	for (size_t i = 0; i < b->count; i++)
		if (row_wanted(s, &b->rows[i]))
			b->rows[kept++] = b->rows[i];
	b->count = kept;
	qsort(b->rows, b->count, sizeof *b->rows, by_urgency);
	return true;
}

static bool
fill(struct sheet_source *s, json_t *sheets, struct vs_error *err)
{
	struct board b = { .s = s };
	size_t next;
	if (!gather(&b, err))
		return false;
	for (size_t i = 0; i < b.count; i = next) {
		for (next = i + 1; next < b.count &&
			strcmp(b.rows[next].kommun, b.rows[i].kommun) == 0;
			next++)
			;
		if (!add_board(s, sheets, &b.rows[i], next - i, err))
			return false;
	}
	return true;
}

json_t *
vs_coverage_sheet_view(struct vs_db *db, const struct vs_delivery_sheet_options *options,
	struct vs_error *err)
{
	static const struct sheet_form form = { "coverage-board", N_("Coverage boards"),
		N_("nothing is allotted or planned yet; see 'valstuga allocate'"), fill };
	return sheet_view(db, options, &form, err);
}
