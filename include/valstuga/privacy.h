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
 * has them as text (history, versions of lists, notes, receipts) become "raderad N"; then the
 * file is rewritten, so that no page or journal holds them. Counts stay. Refused while the
 * person stands on a list of an election that is not over, or drives a delivery that is not
 * finished. Text that another person of the same name may own is left and told:
 *	{ "person", "rows": n, "texts": n, "left": [ { "table", "id", "field" } ],
 *	  "backups": text }
 * `dry_run` counts and changes nothing. Caller owns.
 */
VS_API VS_CHECKED json_t *vs_person_erase(
	struct vs_db *db, const char *person, bool dry_run, struct vs_error *err);

/*
 * Erases all whose day has passed (`on`, NULL: today): dry run lists them, otherwise the
 * certificate: { "number", "at", "actor", "on", "people": n, "kept": [ { "person", "name",
 * "reason" } ], "rows", "texts", "by_reason": {...} }; counts only, no names of the erased.
 */
VS_API VS_CHECKED json_t *vs_retention(
	struct vs_db *db, const char *on, bool dry_run, struct vs_error *err);
VS_API VS_CHECKED json_t *vs_certificate_sheet_view(
	struct vs_db *db, const json_t *certificate, struct vs_error *err);

#endif
