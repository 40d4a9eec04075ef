/* A new campaign file. */
#include <string.h>

#include "tool.h"

/* Words after the file name and every --kommun. Arena. */
static const char *const *
kommuner(struct call *call, size_t *ret_count)
{
	json_t *given = option_values(call, "kommun"), *value;
	size_t room = json_array_size(given) + (size_t)call->arg_count;
	const char **names = vs_arena_alloc(call->arena, room * sizeof *names);
	size_t i;
	*ret_count = 0;
	json_array_foreach (given, i, value)
		names[(*ret_count)++] =
			vs_arena_text(call->arena, json_string_value(value));
	for (int k = 1; k < call->arg_count; k++)
		names[(*ret_count)++] = call->args[k];
	json_decref(given);
	return names;
}

/* What was seen from the day, where the day alone does not make it certain. */
static bool
say_type(struct call *call)
{
	struct vs_campaign campaign;
	if (!vs_campaign_get(call->db, call->arena, &campaign, &call->err))
		return false;
	if (strcmp(campaign.election_type, "extra") == 0)
		printf(_("%s is no day of a general election, so it is taken for an extra "
			 "election: the calendar is that of one; else say --election-type.\n"),
			campaign.election_day);
	return true;
}

bool
cmd_new(struct call *call)
{
	struct vs_campaign_options options = {
		.title = option(call, "title"),
		.party_code = option(call, "party"),
		.party_name = option(call, "party-name"),
		.party_short = option(call, "party-short"),
		.district = option(call, "district"),
		.region_code = option(call, "lan"),
		.election_day = option(call, "election"),
		.election_type = option(call, "election-type"),
		.called_on = option(call, "called-on"),
		.kinds = option(call, "kinds"),
	};
	options.kommuner = kommuner(call, &options.kommun_count);
	call->db = vs_campaign_create(call->args[0], &options, NULL, &call->err);
	if (!call->db)
		return false;
	printf(_("%s is made. Next: 'valstuga import' the authority's files.\n"),
		call->args[0]);
	if (!options.election_type && !say_type(call))
		return false;
	if (!ends_with(call->args[0], ".valstuga"))
		printf("%s",
			_("Give the file a name that ends in .valstuga, and the program finds it by "
			  "itself.\n"));
	return true;
}
