/* What the files of the evaluation report share: the views, read once, and what each puts. */
#ifndef CAMPAIGN_EVALUATION_SHEET_H
#define CAMPAIGN_EVALUATION_SHEET_H

#include "campaign/answer.h"
#include "register/sheet.h"

#define REPORT_KINDS 4

/* An election's results, as vs_evaluation_result_view() tells them. */
struct report_result {
	const char *code, *name, *adjective; /* "KF", "Kommunval", "kommunfullmäktige" */
	json_t *view;
	bool counted; /* something of it is */
};

struct report {
	struct sheet_frame frame; /* first */
	struct report_result results[REPORT_KINDS];
	size_t result_count;
	size_t leading; /* whose effort and correlations are shown: KF, else the first */
	json_t *kinds, *usage, *answers, *goals, *steps;
};

/* "+1,2", "−0,7", "0,0"; "–" for what is no number. Arena. */
const char *report_signed(struct vs_arena *arena, const json_t *value, int decimals);
/* A number of the object, or "–". Arena. */
const char *report_number(struct vs_arena *arena, const json_t *object, const char *name);
const char *report_decimal(
	struct vs_arena *arena, const json_t *object, const char *name, int decimals);

/* evaluation_sheet_result.c */
bool report_put_results(
	const struct report *r, json_t *sheet, struct vs_error *err) VS_CHECKED;
void report_put_effort(const struct report *r, json_t *sheet);

/* evaluation_sheet_map.c: NULL without error when there are no borders. New reference. */
json_t *report_map(const struct report *r, const struct report_result *result,
	struct vs_error *err) VS_CHECKED;

/* evaluation_sheet_work.c */
void report_put_ballots(const struct report *r, json_t *sheet);
void report_put_answers(const struct report *r, json_t *sheet);
void report_put_goals(const struct report *r, json_t *sheet);

#endif
