/*
 * Files in and out: Valmyndigheten's, and our own.
 *
 * A file is recognised by its heads (CSV) or keys (JSON), never by its name or the order of
 * its columns. Known: vallokaler and rostningslokaler (CSV and JSON, 2022 and 2026),
 * mottagna-fortidsroster,
 * kandidaturer (24 columns of 2018/2022, 23 of 2026), deltagande-partier, results and
 * eligible voters per district (riksdag, region, kommun), borders of kommuner and districts
 * (GeoJSON, WGS 84 or SWEREF 99 TM), the CSV and JSON of any record type
 * as `valstuga export` writes them, and our own list layout
 * (position;name;ballot_text;declaration;consent, or plats;namn;text på valsedeln;förklaring;
 * samtycke). With list, kind or kommun given, names alone make a list, in the rows' order.
 */
#ifndef VALSTUGA_EXCHANGE_H
#define VALSTUGA_EXCHANGE_H

#include <jansson.h>
#include <valstuga/base.h>
#include <valstuga/store.h>

struct vs_import_options {
	bool dry_run; /* say what would be done, write nothing */
	bool all;     /* the whole country, not only the district's kommuner */
	/* Party codes whose lists are taken; none: the campaign's own. */
	const char *const *parties;
	size_t party_count;
	bool all_parties;
	/*
	 * The election a file belongs to. NULL: candidates are the campaign's; results are the
	 * campaign's when the file's name has its year and last time's figures, of another
	 * year, are there; else the last one's, by which ballots are allocated.
	 */
	const char *election_day;
	/* Where a list in our own layout belongs: a list's number or id, or kind and kommun. */
	const char *list;
	const char *kind;
	const char *kommun;
	/* Called now and then with bytes done and in all; may be NULL. */
	void (*progress)(const char *file, size_t done, size_t total, void *context);
	void *context;
};

/*
 * Imports the files in the order given, all in one transaction: all or nothing, and with
 * dry_run nothing. Importing the same file twice changes nothing; what has vanished from a
 * file is reported, never deleted.
 *
 * Returns a report (caller owns):
 *	{ "dry_run": false, "changed": true,
 *	  "files": [ { "file": "vallokaler.csv", "format": "vallokaler",
 *	    "format_name": "polling stations", "encoding": "UTF-8", "rows": 6264,
 *	    "taken": 179, "outside": 6085,      -- rows of other kommuner or areas
 *	    "other_parties": 0,                 -- rows of the district, but other parties
 *	    "nouns": [ { "noun": "place", "new": 163, "changed": 0, "unchanged": 0,
 *	                 "gone": 0 } ],
 *	    "refused": 0,                       -- rows that could not be used
 *	    "election": "2026-09-13" or "last", -- of results only: what they were taken for
 *	    "problems": [ { "severity": "error" | "warning" | "notice", "line": 12,
 *	                    "record": null,     -- of JSON: which record, from 1
 *	                    "field": "LATITUD", "text": "...", "todo": "..." } ],
 *	    "gone": [ "place 17: Björkåsens skola (Kil)" ],
 *	    "problems_left_out": 0 } ] }        -- beyond 1 000 a file
 *
 * Fails (nothing written) when a file cannot be read, is not recognised or is broken as a
 * whole: the message names file, line and field and says what to do. In our own files (records,
 * lists) one bad row is enough for that, VS_INVALID; of the authority's files a row that alone
 * is unusable is refused, told in the report, and the others are taken.
 */
VS_API VS_CHECKED json_t *vs_import(struct vs_db *db, const char *const *files,
	size_t file_count, const struct vs_import_options *options, struct vs_error *err);

/*
 * Roads from a file of ours: CSV with the heads from;to;minutes;km (or seconds, metres), from
 * and to a location's number or name, or "latitude,longitude". A way back that the file does
 * not name is taken to be the same. Any bad row fails the file. *ret_changed: roads that are
 * new or different.
 */
VS_API VS_CHECKED bool vs_roads_import(
	struct vs_db *db, const char *path, size_t *ret_changed, struct vs_error *err);

struct vs_roads_fetch {
	const char *url;		/* of an OSRM server, "http://localhost:5000" */
	const char *profile;		/* NULL: "driving" */
	bool again;			/* ask for known roads, too */
	size_t fetched, cached, no_way; /* what was done */
	void (*progress)(const char *depot, size_t done, size_t total, void *context);
	void *context;
};

/*
 * Asks an OSRM server for the roads between every depot and what it supplies, in tables of at
 * most 50 x 50, and remembers each table when it comes: broken off, it goes on where it
 * stopped. Only coordinates are sent, of places, receptions and depots.
 */
VS_API VS_CHECKED bool vs_roads_fetch(
	struct vs_db *db, struct vs_roads_fetch *fetch, struct vs_error *err);

/*
 * People from any list: CSV as spreadsheets and other programs write it. What a column is, is
 * said (`map`), remembered from the last file with the same heads, known by its head (Swedish
 * or English), or guessed from its content. A column with personnummer is left out; a
 * personnummer in another cell is an error. Who is in the register already (name with phone or
 * e-mail, else with kommun; our own number in our own export) is left as they are, or with
 * `update` takes over what the file says. All or nothing; the same file twice changes nothing.
 */
struct vs_people_import {
	bool dry_run;
	const char *
		plan; /* write only if the plan is still this one; NULL: whatever it is */
	const char *map;    /* "Mobil=phone, 3=email, Ort=-"; or NULL */
	bool update;	    /* take over what differs */
	const char *source; /* where the list comes from; or NULL */
	const char *
		consent; /* name of the wording that all agreed to (for shifts); or NULL */
};

/*
 *	{ "file", "plan", "encoding", "separator", "dry_run", "changed", "headless", "rows": n,
 *	  "columns": [ { "head", "field" ("-": left out), "label", "by" ("given", "remembered",
 *	    "head", "content", ""), "sample" } ],
 *	  "preview": [ { "line", "what" ("new", "changed", "unchanged", "known": differs and is
 *	    left, "left_out"), field: text ... } ],  -- the first five
 *	  "people": { "new", "changed", "unchanged", "known", "left_out" }, "consents": n,
 *	  "errors": n, "problems": [ { "severity", "line", "column", "text", "todo" } ] }
 * Fails on any error unless dry_run. Caller owns.
 */
VS_API VS_CHECKED json_t *vs_people_import(struct vs_db *db, const char *path,
	const struct vs_people_import *options, struct vs_error *err);

#endif
