/* The options of commands, for the table of commands; each is ended by a NULL name. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "tool.h"

extern const struct option activity_cancel_options[];
extern const struct option activity_copy_options[];
extern const struct option activity_list_options[];
extern const struct option all_options[];
extern const struct option allocate_options[];
extern const struct option allocate_set_options[];
extern const struct option attendance_options[];
extern const struct option authority_options[];
extern const struct option board_options[];
extern const struct option booking_add_options[];
extern const struct option booking_cancel_options[];
extern const struct option booking_list_options[];
extern const struct option booking_override_options[];
extern const struct option booking_reason_options[];
extern const struct option booking_role_options[];
extern const struct option booking_walk_in_options[];
extern const struct option calendar_filter_options[];
extern const struct option calendar_list_options[];
extern const struct option candidate_options[];
extern const struct option deadline_done_options[];
extern const struct option correct_options[];
extern const struct option decide_options[];
extern const struct option deliver_add_options[];
extern const struct option deliver_plan_options[];
extern const struct option deliver_replan_options[];
extern const struct option depart_options[];
extern const struct option enter_options[];
extern const struct option erase_options[];
extern const struct option evaluation_answer_options[];
extern const struct option evaluation_result_options[];
extern const struct option export_options[];
extern const struct option extract_options[];
extern const struct option flyer_all_options[];
extern const struct option help_options[];
extern const struct option history_options[];
extern const struct option import_options[];
extern const struct option kommun_options[];
extern const struct option list_add_options[];
extern const struct option mail_options[];
extern const struct option move_options[];
extern const struct option new_options[];
extern const struct option note_options[];
extern const struct option pack_options[];
extern const struct option print_options[];
extern const struct option propose_options[];
extern const struct option reason_options[];
extern const struct option receipt_options[];
extern const struct option receive_options[];
extern const struct option restore_options[];
extern const struct option restrict_options[];
extern const struct option retention_options[];
extern const struct option road_options[];
extern const struct option saturday_options[];
extern const struct option shift_add_options[];
extern const struct option shift_board_options[];
extern const struct option shift_call_options[];
extern const struct option shift_cancel_options[];
extern const struct option shift_list_options[];
extern const struct option shift_match_options[];
extern const struct option shift_set_options[];
extern const struct option shortage_options[];
extern const struct option signup_accept_options[];
extern const struct option signup_add_options[];
extern const struct option stock_balance_options[];
extern const struct option stock_count_options[];
extern const struct option stock_move_options[];
extern const struct option stock_reverse_options[];
extern const struct option stock_scrap_options[];
extern const struct option stock_trace_options[];
extern const struct option visit_options[];

#endif
