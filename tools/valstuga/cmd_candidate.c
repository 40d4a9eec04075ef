/* Candidates on lists: add, move, strike. */
#include <stdlib.h>

#include "tool.h"

bool
cmd_candidate_add(struct call *call)
{
	const char *key;
	json_object_update(call->values, call->options);
	if (!vs_candidate_add(call->db, call->values, call->arena, &key, &call->err))
		return false;
	printf(_("candidate %s added\n"), key);
	return true;
}

bool
cmd_candidate_move(struct call *call)
{
	const char *to = option(call, "to");
	char *end = NULL;
	long position = to ? strtol(to, &end, 10) : 0;
	if (!to || !*to || *end || position < 1 || position > 10000)
		return vs_fail(
			&call->err, VS_USAGE, _("--to: give the new position, from 1"));
	if (!vs_candidate_move(call->db, call->args[0], (int)position, &call->err))
		return false;
	printf(_("candidate %s is number %ld\n"), call->args[0], position);
	return true;
}

bool
cmd_candidate_strike(struct call *call)
{
	if (!vs_candidate_strike(
		    call->db, call->args[0], option(call, "reason"), &call->err))
		return false;
	printf(_("candidate %s is struck off the list\n"), call->args[0]);
	return true;
}
