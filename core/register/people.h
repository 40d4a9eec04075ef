/* People in the register, for the files of this room and the rooms above. */
#ifndef REGISTER_PEOPLE_H
#define REGISTER_PEOPLE_H

#include <valstuga/person.h>

#include "register/register.h"

/* Refuses what cannot be an e-mail address; NULL passes. */
bool register_check_email(const char *noun, const char *field, const char *email,
	struct vs_error *err) VS_CHECKED;

/* Refuses when the person is restricted: nothing about them is changed. */
bool register_person_open(struct vs_db *db, int64_t person, const char *noun,
	struct vs_error *err) VS_CHECKED;

#endif
