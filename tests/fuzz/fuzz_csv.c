/* Whatever the CSV reader accepts, the writer can write and the reader reads back the same. */
#include <valstuga/csv.h>
#include <valstuga/text.h>

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Rows as one run of bytes that tells every field from its neighbours. */
static void
remember(struct vs_buffer *rows, const struct vs_csv_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		vs_buffer_append(rows, row->fields[i], strlen(row->fields[i]) + 1);
	vs_buffer_append(rows, "\n", 2);
}

static void
check_row(const struct vs_csv_row *row, size_t *line)
{
	if (row->count < 1 || row->count > VS_CSV_FIELDS_MAX)
		vs_abort("a row of %zu fields", row->count);
	if (row->line < *line + 1)
		vs_abort("line %zu after line %zu", row->line, *line);
	*line = row->line;
	size_t bad;
	for (size_t i = 0; i < row->count; i++)
		if (!vs_text_check(row->fields[i], strlen(row->fields[i]), &bad))
			vs_abort("a field that is not UTF-8");
}

/* Reads everything up to the first error; `out` gets it written again. */
static void
read_rows(struct vs_arena *arena, const char *bytes, size_t length,
	struct vs_buffer *rows, struct vs_buffer *out, struct vs_error *err)
{
	char *copy = vs_arena_alloc(arena, length);
	memcpy(copy, bytes, length);
	struct vs_csv *csv = vs_csv_open(arena, "fuzz", copy, length, err);
	vs_csv_begin(out);
	vs_buffer_text(rows, "");
	struct vs_csv_row row;
	size_t line = 0, total;
	while (csv && vs_csv_next(csv, &row, err)) {
		check_row(&row, &line);
		remember(rows, &row);
		for (size_t i = 0; i < row.count; i++)
			vs_csv_field(out, row.fields[i]);
		vs_csv_end_row(out);
	}
	if (csv && vs_csv_position(csv, &total) != total)
		vs_abort("stopped before the end");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(vs_buffer) rows = { 0 };
	VS_AUTO(vs_buffer) out = { 0 };
	VS_AUTO(vs_buffer) rows_again = { 0 };
	VS_AUTO(vs_buffer) out_again = { 0 };
	struct vs_error err = { 0 }, err_again = { 0 };
	read_rows(scratch.arena, (const char *)data, size, &rows, &out, &err);
	if (!rows.length)
		return 0;
	read_rows(
		scratch.arena, out.data, out.length, &rows_again, &out_again, &err_again);
	if (err_again.code != VS_OK)
		vs_abort("what was written is refused: %s", err_again.text);
	if (rows.length != rows_again.length ||
		memcmp(rows.data, rows_again.data, rows.length) != 0)
		vs_abort("the rows changed on the way");
	if (out.length != out_again.length ||
		memcmp(out.data, out_again.data, out.length) != 0)
		vs_abort("the file changed on the way");
	return 0;
}
