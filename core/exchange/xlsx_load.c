/* Finding libxlsxwriter. Never unloaded: its cryptography does not survive that. */
#include "exchange/xlsx.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

#include "base/i18n.h"

/* Where each function's address goes. */
static const struct {
	const char *name;
	size_t offset;
} functions[] = {
	{ "workbook_new_opt", offsetof(struct xlsx_library, new_workbook) },
	{ "workbook_add_worksheet", offsetof(struct xlsx_library, add_worksheet) },
	{ "workbook_add_format", offsetof(struct xlsx_library, add_format) },
	{ "workbook_set_properties", offsetof(struct xlsx_library, set_properties) },
	{ "workbook_close", offsetof(struct xlsx_library, close) },
	{ "format_set_bold", offsetof(struct xlsx_library, set_bold) },
	{ "format_set_num_format", offsetof(struct xlsx_library, set_num_format) },
	{ "worksheet_write_string", offsetof(struct xlsx_library, write_string) },
	{ "worksheet_write_number", offsetof(struct xlsx_library, write_number) },
	{ "worksheet_set_column", offsetof(struct xlsx_library, set_column) },
	{ "worksheet_autofilter", offsetof(struct xlsx_library, autofilter) },
	{ "worksheet_freeze_panes", offsetof(struct xlsx_library, freeze_panes) },
	{ "worksheet_ignore_errors", offsetof(struct xlsx_library, ignore_errors) },
	{ "worksheet_set_landscape", offsetof(struct xlsx_library, set_landscape) },
	{ "worksheet_set_paper", offsetof(struct xlsx_library, set_paper) },
	{ "worksheet_fit_to_pages", offsetof(struct xlsx_library, fit_to_pages) },
	{ "worksheet_repeat_rows", offsetof(struct xlsx_library, repeat_rows) },
};

/* By way of bytes: ISO C has no cast from void * to a function. */
static bool
find_all(struct xlsx_library *library)
{
	for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
		void *symbol = dlsym(library->handle, functions[i].name);
		if (!symbol)
			return false;
		memcpy((char *)library + functions[i].offset, &symbol, sizeof symbol);
	}
	return true;
}

bool
xlsx_load(struct xlsx_library *ret_library, struct vs_error *err)
{
	struct xlsx_library library = { .handle = dlopen("libxlsxwriter.so.4",
						RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE) };
	if (!library.handle || !find_all(&library))
		return vs_fail(err, VS_IO,
			_("libxlsxwriter is not installed, so no .xlsx can be made; install "
			  "libxlsxwriter4, or export .csv"));
	*ret_library = library;
	return true;
}
