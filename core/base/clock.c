/* What time it is: the machine's clock, or the one that $VALSTUGA_NOW has stopped. */
#include <valstuga/date.h>

#include <stdlib.h>
#include <time.h>

#include "base/i18n.h"

bool
vs_clock_now(int64_t *ret_utc, struct vs_error *err)
{
	const char *fixed = getenv("VALSTUGA_NOW");
	if (fixed && *fixed) {
		struct vs_error why = { 0 };
		if (vs_time_parse(fixed, ret_utc, &why))
			return true;
		return vs_fail(
			err, why.code, _("the variable VALSTUGA_NOW: %s"), why.text);
	}
	struct timespec now;
	if (clock_gettime(CLOCK_REALTIME, &now) != 0)
		return vs_fail(err, VS_IO, _("the computer's clock cannot be read"));
	*ret_utc = now.tv_sec;
	return true;
}

bool
vs_clock_today(struct vs_date *ret_date, struct vs_error *err)
{
	int64_t now;
	if (!vs_clock_now(&now, err))
		return false;
	*ret_date = vs_local_from_utc(now).date;
	return true;
}
