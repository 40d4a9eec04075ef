/* Questions and answers as the room's other files see them. */
#ifndef CAMPAIGN_ANSWER_H
#define CAMPAIGN_ANSWER_H

#include <valstuga/evaluation.h>

#include "register/register.h"

extern const struct vs_choice question_kinds[];

#define EVALUATION_SHEET "UV-0001" /* the number of the report */

/* The number of an association's questionnaire, and what is typed in with its answers: "EN-12",
 * "E12-7". Arena. */
const char *questionnaire_number(struct vs_arena *arena, int64_t association);
const char *questionnaire_code(struct vs_arena *arena, int64_t association);

/* The association of a name, a number, a questionnaire's code or number. */
bool questionnaire_association(struct vs_db *db, const char *text,
	int64_t *ret_association, struct vs_error *err) VS_CHECKED;

#endif
