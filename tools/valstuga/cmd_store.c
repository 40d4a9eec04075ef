/* The care of the file: backup and restore. */
#include "tool.h"

bool
cmd_backup(struct call *call)
{
	if (!vs_db_backup(call->db, call->args[0], &call->err))
		return false;
	printf(_("%s is a complete copy of %s, verified by opening it\n"), call->args[0],
		vs_db_path(call->db));
	return true;
}

bool
cmd_restore(struct call *call)
{
	const char *path = find_campaign(call);
	if (!path || !vs_db_restore(path, call->args[0], flag(call, "force"), &call->err))
		return false;
	printf(_("%s is restored from %s\n"), path, call->args[0]);
	return true;
}
