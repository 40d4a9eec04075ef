/*
 * Data protection: what the file knows about a person, and forgetting it.
 *
 * Sources: GDPR articles 15 (extract), 16 (correct), 17 (erase), 18 (restrict), 7.3 (consent
 * is withdrawn as easily as it is given).
 */
#ifndef VALSTUGA_PRIVACY_H
#define VALSTUGA_PRIVACY_H

#include <valstuga/field.h>

/*
 * Everything about one person, from every table of the file that refers to them or names
 * them, with the lines of the history:
 *	{ "person", "name", "made_at", "legal": text, "sections": [ { "title", "table",
 *	    "rows": [ { field: value } ], "labels": { field: label } } ] }
 * Caller owns. vs_extract_sheet_view(): the same for paper.
 */
VS_API VS_CHECKED json_t *vs_person_extract(
	struct vs_db *db, const char *person, struct vs_error *err);
VS_API VS_CHECKED json_t *vs_extract_sheet_view(
	struct vs_db *db, const char *person, struct vs_error *err);

/* Corrects fields at the person's wish, with where it came from in the history. */
VS_API VS_CHECKED bool vs_person_correct(struct vs_db *db, const char *person,
	const json_t *values, const char *source, struct vs_error *err);

VS_API VS_CHECKED bool vs_person_restrict(struct vs_db *db, const char *person, bool on,
	const char *reason, struct vs_error *err);

/*
 * Erases: the row and all that belongs to it; name, phone and e-mail wherever else the file
 * has them as text (history, versions of lists, notes, receipts) become "raderad N", a field
 * that held nothing but the phone or the e-mail becomes empty; then the file is rewritten, so
 * that no page or journal holds them. Counts stay: a past list keeps its length, a delivery
 * its driver's number; where one of them needs a row, a row remains that says "raderad N" and
 * nothing else. Seats that were to come are free again. Refused while the person stands on a
 * list of an election that is not over, drives a delivery that is not finished, or has
 * ballots in the car. Text that another person of the same name may own, and names of places,
 * are left and told:
 *	{ "person", "rows": n, "texts": n, "left": [ { "table", "id", "field" } ],
 *	  "copies": [ path ] (the program's own copies beside the file that held the person,
 *	    made before a migration or a restore: removed), "backups": text,
 *	  "dry_run": bool, "rewritten": bool, "problem": text }
 * "rewritten" false although it was no dry run: the person is erased, but the file could not
 * be written anew ("problem" says why); vs_retention() and vs_rewrite() do it, and check says
 * so until then. `dry_run` counts and changes nothing. Caller owns.
 */
VS_API VS_CHECKED json_t *vs_person_erase(
	struct vs_db *db, const char *person, bool dry_run, struct vs_error *err);

/*
 * Erases all whose day has passed (`on`, NULL: today; a later day only as a dry run): dry run
 * lists them, otherwise the certificate: { "number" (null: nobody was due), "at", "actor",
 * "on", "people": n, "before": n (people in the file), "kept": [ { "person", "name",
 * "keep_until", "reason" } ], "rows", "texts", "by_reason": { "volunteer"|"candidate"|
 * "carrier"|"member"|"other": n }, "tables": [ { "table", "field", "before", "erased",
 * "removed": bool (else the row stays without the person) } ], "signups": n (entries of the
 * inbox that nobody took up, forgotten when the campaign's own day has passed), and as for one person "left",
 * "copies", "backups", "dry_run", "rewritten", "problem" }; a dry run has "due", like "kept".
 * Counts only, no names of the erased; what is stored of it (vs_retention_runs(), newest
 * first) has no "kept" but "kept_by_reason": { reason: n }, and numbers for "left", "copies".
 * Kept, besides those that vs_person_erase() refuses: who is restricted, and who consented
 * again after the day had passed. Caller owns.
 */
VS_API VS_CHECKED json_t *vs_retention(
	struct vs_db *db, const char *on, bool dry_run, struct vs_error *err);
VS_API VS_CHECKED json_t *vs_retention_runs(struct vs_db *db, struct vs_error *err);
VS_API VS_CHECKED json_t *vs_certificate_sheet_view(
	struct vs_db *db, const json_t *certificate, struct vs_error *err);

/* Writes the file anew, when that could not be done after erasing. */
VS_API VS_CHECKED bool vs_rewrite(struct vs_db *db, struct vs_error *err);

/* For `check`: an erasing after which the file was not rewritten. Caller owns. */
VS_API VS_CHECKED json_t *vs_privacy_problems(struct vs_db *db, struct vs_error *err);

#endif
