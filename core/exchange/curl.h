/* libcurl, loaded when it is first needed; only http.c and mail_send.c speak through it. */
#ifndef EXCHANGE_CURL_H
#define EXCHANGE_CURL_H

#include <curl/curl.h>

#include <valstuga/base.h>

/* What is used of the library. */
struct curl_library {
	void *handle;
	CURL *(*init)(void);
	CURLcode (*setopt)(CURL *, CURLoption, ...);
	CURLcode (*perform)(CURL *);
	CURLcode (*getinfo)(CURL *, CURLINFO, ...);
	void (*cleanup)(CURL *);
	struct curl_slist *(*slist_append)(struct curl_slist *, const char *);
	void (*slist_free_all)(struct curl_slist *);
};

/* Fails with VS_IO saying what to install. */
bool curl_load(struct curl_library *ret_library, struct vs_error *err) VS_CHECKED;

#endif
