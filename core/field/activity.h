/* What the files of activities share. */
#ifndef FIELD_ACTIVITY_H
#define FIELD_ACTIVITY_H

#include "field/field.h"

/* Why an activity cannot just vanish, translated; NULL when it can. */
bool activity_in_use(struct vs_db *db, int64_t activity, const char **ret_what,
	struct vs_error *err) VS_CHECKED;

/* Refuses a moment that is more than a year from election day. */
bool activity_check_year(
	struct vs_db *db, int64_t starts, struct vs_error *err) VS_CHECKED;

#endif
