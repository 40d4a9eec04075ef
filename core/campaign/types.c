/* Every record type, in one table. */
#include <valstuga/campaign.h>
#include <valstuga/evaluation.h>
#include <valstuga/flyer.h>
#include <valstuga/goal.h>
#include <valstuga/media.h>
#include <valstuga/person.h>

#include <string.h>

const struct vs_record_type *const vs_record_types[] = {
	&vs_activity_type,
	&vs_activity_kind_type,
	&vs_allocation_type,
	&vs_answer_type,
	&vs_article_type,
	&vs_association_type,
	&vs_attendance_type,
	&vs_availability_type,
	&vs_booking_type,
	&vs_border_type,
	&vs_bulk_type,
	&vs_campaign_type,
	&vs_candidate_type,
	&vs_canvass_type,
	&vs_carrier_type,
	&vs_checklist_type,
	&vs_consent_type,
	&vs_constituency_type,
	&vs_contact_type,
	&vs_deadline_type,
	&vs_delivery_type,
	&vs_district_type,
	&vs_duty_type,
	&vs_flyer_type,
	&vs_flyer_text_type,
	&vs_goal_type,
	&vs_history_type,
	&vs_incident_type,
	&vs_item_type,
	&vs_election_kind_type,
	&vs_kommun_type,
	&vs_list_type,
	&vs_location_type,
	&vs_appearance_type,
	&vs_movement_type,
	&vs_office_type,
	&vs_opening_type,
	&vs_order_type,
	&vs_orderer_type,
	&vs_outlet_type,
	&vs_party_type,
	&vs_person_type,
	&vs_place_type,
	&vs_policy_area_type,
	&vs_presence_type,
	&vs_person_skill_type,
	&vs_question_type,
	&vs_reading_type,
	&vs_region_type,
	&vs_result_type,
	&vs_round_type,
	&vs_rule_type,
	&vs_shift_type,
	&vs_shortage_type,
	&vs_signup_type,
	&vs_skill_type,
	&vs_road_speed_type,
	&vs_spokesperson_type,
	&vs_canvass_street_type,
	&vs_tariff_type,
	&vs_usage_type,
	&vs_wish_type,
	&vs_wording_type,
	NULL,
};

const struct vs_record_type *
vs_record_type_of(const char *noun)
{
	for (size_t i = 0; vs_record_types[i]; i++)
		if (strcmp(vs_record_types[i]->noun, noun) == 0)
			return vs_record_types[i];
	return NULL;
}
