/*
 * Build-time helper: turns text files into one C source with a table of them, in the order
 * given. `embed SYMBOL OUTPUT FILE...` makes `const struct embedded SYMBOL[]`, ended by a
 * NULL name; a file's name in the table is its base name without the last ending.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
write_name(FILE *out, const char *path)
{
	const char *base = strrchr(path, '/');
	base = base ? base + 1 : path;
	const char *dot = strrchr(base, '.');
	fprintf(out, "\"%.*s\"", (int)(dot ? dot - base : (long)strlen(base)), base);
}

static void
write_file(FILE *out, const char *path)
{
	FILE *in = fopen(path, "rb");
	if (!in) {
		perror(path);
		exit(1);
	}
	fprintf(out, "\t{ ");
	write_name(out, path);
	fprintf(out, ", (const char[]){\n");
	int column = 0;
	for (int byte = getc(in); byte != EOF; byte = getc(in)) {
		/* Bytes over 127 as negative numbers: `char` is signed where we build. */
		column += fprintf(out, "%d,", (signed char)byte);
		if (column > 90) {
			putc('\n', out);
			column = 0;
		}
	}
	fprintf(out, "0 } },\n");
	fclose(in);
}

int
main(int argc, char **argv)
{
	if (argc < 3) {
		fprintf(stderr, "usage: embed SYMBOL OUTPUT FILE...\n");
		return 2;
	}
	FILE *out = fopen(argv[2], "wb");
	if (!out) {
		perror(argv[2]);
		return 1;
	}
	fprintf(out, "#include \"base/embedded.h\"\n\nconst struct embedded %s[] = {\n",
		argv[1]);
	for (int i = 3; i < argc; i++)
		write_file(out, argv[i]);
	fprintf(out, "\t{ 0 },\n};\n");
	return fclose(out) == 0 ? 0 : 1;
}
