/*
 * Finding libcurl. Linked, it and its cryptography would make every command of the program
 * start four times slower, and few ever ask a server. Never unloaded: its cryptography does
 * not survive that.
 */
#include "exchange/curl.h"

#include <dlfcn.h>
#include <string.h>

#include "base/i18n.h"

/* A function's address, by way of bytes: ISO C has no cast from void * to it. */
static bool
find(struct curl_library *lib, const char *name, void *ret_function)
{
	void *symbol = dlsym(lib->handle, name);
	memcpy(ret_function, &symbol, sizeof symbol);
	return symbol != NULL;
}

bool
curl_load(struct curl_library *ret_library, struct vs_error *err)
{
	struct curl_library lib = { 0 };
	lib.handle = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	if (!lib.handle || !find(&lib, "curl_easy_init", &lib.init) ||
		!find(&lib, "curl_easy_setopt", &lib.setopt) ||
		!find(&lib, "curl_easy_perform", &lib.perform) ||
		!find(&lib, "curl_easy_getinfo", &lib.getinfo) ||
		!find(&lib, "curl_easy_cleanup", &lib.cleanup) ||
		!find(&lib, "curl_slist_append", &lib.slist_append) ||
		!find(&lib, "curl_slist_free_all", &lib.slist_free_all))
		return vs_fail(err, VS_IO,
			_("libcurl is not installed, so no server can be asked; install libcurl4, "
			  "or use a file"));
	*ret_library = lib;
	return true;
}
