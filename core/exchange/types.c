/*
 * The record types, until a room that knows all of them defines the same table; this copy
 * yields to that one.
 */
#include "exchange/exchange.h"

__attribute__((weak))
const struct vs_record_type *const vs_record_types[] = { &vs_campaign_type,
	&vs_deadline_type, &vs_region_type, &vs_election_kind_type, &vs_party_type,
	&vs_kommun_type, &vs_constituency_type, &vs_place_type, &vs_opening_type,
	&vs_district_type, &vs_association_type, &vs_person_type, NULL };
