/*
 * Output: aligned tables on a terminal, tab-separated in a pipe, JSON and CSV on request.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <valstuga/csv.h>
#include <valstuga/text.h>

#include "tool.h"

struct table {
	struct vs_arena *arena;
	const struct column *columns;
	size_t count;
	const char **cells;
	size_t filled, room;
};

struct table *
table_new(const struct column *columns, size_t count)
{
	struct vs_arena *arena = vs_arena_new();
	struct table *table = vs_arena_alloc(arena, sizeof *table);
	table->arena = arena;
	table->columns = columns;
	table->count = count;
	return table;
}

/* Line breaks and tabs would break the table. */
static const char *
one_line(struct vs_arena *arena, const char *text)
{
	char *copy = vs_arena_text(arena, text ? text : "");
	for (char *c = copy; *c; c++)
		if (*c == '\n' || *c == '\t' || *c == '\r')
			*c = ' ';
	return copy;
}

void
table_cell(struct table *table, const char *text)
{
	if (table->filled == table->room) {
		table->room = table->room ? 2 * table->room : 256;
		table->cells = realloc(table->cells, table->room * sizeof *table->cells);
		if (!table->cells)
			vs_abort("out of memory");
	}
	table->cells[table->filled++] = one_line(table->arena, text);
}

static size_t
terminal_width(void)
{
	struct winsize size;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20)
		return size.ws_col;
	return 80;
}

static void
print_tabbed(const struct table *table)
{
	for (size_t i = 0; i < table->count; i++)
		printf("%s%s", i ? "\t" : "", table->columns[i].head);
	putchar('\n');
	for (size_t i = 0; i < table->filled; i++)
		printf("%s%c", table->cells[i], (i + 1) % table->count ? '\t' : '\n');
}

/* The widest text columns give way until the table fits. */
static void
fit(const struct table *table, size_t *widths, size_t total)
{
	size_t limit = terminal_width();
	while (total > limit) {
		size_t widest = 0;
		for (size_t i = 0; i < table->count; i++)
			if (!table->columns[i].right && widths[i] > widths[widest])
				widest = i;
		if (widths[widest] <= 12)
			return;
		widths[widest]--;
		total--;
	}
}

static void
print_padded(const char *text, size_t width, bool right, bool last)
{
	size_t columns = vs_text_columns(text);
	if (columns > width) {
		/* Cut at a character, with an ellipsis in the last column. */
		const char *end = text;
		for (size_t left = width - 1; left > 0 && *end; left--)
			do
				end++;
			while (((unsigned char)*end & 0xc0) == 0x80);
		printf("%.*s…", (int)(end - text), text);
		columns = width;
	} else
		printf("%*s%s", right ? (int)(width - columns) : 0, "", text);
	if (!last)
		printf("%*s", right ? 2 : (int)(width - columns) + 2, "");
}

static void
print_aligned(const struct table *table)
{
	size_t *widths = vs_arena_alloc(table->arena, table->count * sizeof *widths);
	size_t total = 2 * (table->count - 1);
	for (size_t i = 0; i < table->count; i++)
		widths[i] = vs_text_columns(table->columns[i].head);
	for (size_t i = 0; i < table->filled; i++) {
		size_t columns = vs_text_columns(table->cells[i]);
		if (columns > widths[i % table->count])
			widths[i % table->count] = columns;
	}
	for (size_t i = 0; i < table->count; i++)
		total += widths[i];
	fit(table, widths, total);
	printf("\033[1m");
	for (size_t i = 0; i < table->count; i++)
		print_padded(table->columns[i].head, widths[i], table->columns[i].right,
			i + 1 == table->count);
	printf("\033[0m\n");
	for (size_t i = 0; i < table->filled; i++) {
		bool last = (i + 1) % table->count == 0;
		print_padded(table->cells[i], widths[i % table->count],
			table->columns[i % table->count].right, last);
		if (last)
			putchar('\n');
	}
}

static void
print_csv(const struct table *table)
{
	struct vs_buffer out = { 0 };
	vs_csv_begin(&out);
	for (size_t i = 0; i < table->count; i++)
		vs_csv_field(&out, table->columns[i].head);
	vs_csv_end_row(&out);
	for (size_t i = 0; i < table->filled; i++) {
		vs_csv_field(&out, table->cells[i]);
		if ((i + 1) % table->count == 0)
			vs_csv_end_row(&out);
	}
	fwrite(out.data, 1, out.length, stdout);
	vs_buffer_done(&out);
}

void
table_print(const struct call *call, struct table *table)
{
	if (call->csv)
		print_csv(table);
	else if (isatty(STDOUT_FILENO))
		print_aligned(table);
	else
		print_tabbed(table);
	free(table->cells);
	vs_arena_free(table->arena);
}

void
print_json(const json_t *value)
{
	json_dumpf(value, stdout, JSON_INDENT(2) | JSON_ENSURE_ASCII * 0);
	putchar('\n');
}

static bool
is_right(const struct vs_field *field)
{
	return field->type == VS_FIELD_INTEGER || field->type == VS_FIELD_REAL ||
		field->type == VS_FIELD_MONEY;
}

static void
print_record_table(struct call *call, const json_t *records)
{
	const struct vs_record_type *type = call->type;
	struct column *columns =
		vs_arena_alloc(call->arena, type->field_count * sizeof *columns);
	const struct vs_field **shown =
		vs_arena_alloc(call->arena, type->field_count * sizeof *shown);
	size_t count = 0;
	for (size_t i = 0; i < type->field_count; i++)
		if (!(type->fields[i].flags & VS_HIDDEN)) {
			shown[count] = &type->fields[i];
			columns[count++] = (struct column){ _(type->fields[i].label),
				is_right(&type->fields[i]) };
		}
	struct table *table = table_new(columns, count);
	size_t row;
	json_t *record;
	json_array_foreach (records, row, record)
		for (size_t i = 0; i < count; i++)
			table_cell(table,
				vs_record_text(call->arena, shown[i],
					json_object_get(record, shown[i]->name)));
	table_print(call, table);
}

void
print_records(struct call *call, const json_t *records)
{
	if (call->json)
		print_json(records);
	else if (call->csv) {
		struct vs_buffer out = { 0 };
		vs_record_write_csv(call->type, records, &out);
		fwrite(out.data, 1, out.length, stdout);
		vs_buffer_done(&out);
	} else
		print_record_table(call, records);
}

void
print_record(struct call *call, const json_t *record)
{
	const struct vs_record_type *type = call->type;
	size_t widest = 0;
	if (call->json) {
		print_json(record);
		return;
	}
	for (size_t i = 0; i < type->field_count; i++) {
		size_t columns = vs_text_columns(_(type->fields[i].label));
		widest = columns > widest ? columns : widest;
	}
	for (size_t i = 0; i < type->field_count; i++) {
		const struct vs_field *field = &type->fields[i];
		const char *label = _(field->label);
		printf("%s:%*s %s\n", label, (int)(widest - vs_text_columns(label)), "",
			vs_record_text(call->arena, field,
				json_object_get(record, field->name)));
	}
}

const char *
text_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	return text ? text : "";
}

long long
integer_of(const json_t *object, const char *name)
{
	return json_integer_value(json_object_get(object, name));
}

const char *
number_of(struct call *call, const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);
	return json_is_integer(value)
		? vs_text_number(call->arena, json_integer_value(value))
		: "";
}

const char *
money_of(struct call *call, const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);
	return json_is_integer(value)
		? vs_text_money(call->arena, json_integer_value(value))
		: "";
}

bool
ends_with(const char *text, const char *ending)
{
	size_t length = strlen(text), tail = strlen(ending);
	return length >= tail && strcasecmp(text + length - tail, ending) == 0;
}

/* No output takes the place of a campaign file, this one or another. */
static bool
is_campaign(struct call *call, const char *path)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_error ignored = { 0 };
	char *bytes;
	size_t length;
	static const char magic[] = "SQLite format 3";
	if (!vs_file_read(scratch.arena, path, &bytes, &length, &ignored) ||
		length < sizeof magic || memcmp(bytes, magic, sizeof magic) != 0)
		return false;
	vs_fail(&call->err, VS_REFUSED,
		_("%s is a campaign file and is left as it is; give the output another name"),
		path);
	return true;
}

bool
write_output(struct call *call, const char *path, const void *bytes, size_t length)
{
	if (!path) {
		fwrite(bytes, 1, length, stdout);
		return true;
	}
	if (is_campaign(call, path))
		return false;
	return vs_file_write(path, bytes, length, &call->err);
}

const char *
bar_of(struct call *call, double part, double whole, int width)
{
	static const char *const eighths[] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
	double share = whole > 0 && part > 0 ? part / whole : 0;
	int filled = (int)((share > 1 ? 1 : share) * width * 8 + 0.5);
	const char *bar = "";
	for (int i = 0; i < filled / 8; i++)
		bar = vs_arena_printf(call->arena, "%s█", bar);
	bar = vs_arena_printf(call->arena, "%s%s", bar, eighths[filled % 8]);
	for (int i = (filled + 7) / 8; i < width; i++)
		bar = vs_arena_printf(call->arena, "%s·", bar);
	return bar;
}
