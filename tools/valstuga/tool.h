/*
 * The command-line tool's own few parts: one table of commands, options, output.
 *
 * A command gets a struct call and returns false with call->err set, or true. Only main.c
 * prints errors and chooses the exit status: 0 done, 1 refused or failed, 2 wrong usage.
 */
#ifndef TOOL_H
#define TOOL_H

#include <stdio.h>

#include <valstuga/campaign.h>
#include <valstuga/language.h>

#define _(text)		     vs_translate(text)
#define P_(one, many, count) vs_translate_plural(one, many, count)
#define N_(text)	     text

enum needs { NEEDS_NOTHING, NEEDS_READ, NEEDS_WRITE };

struct option {
	const char *name;  /* without the dashes */
	const char *value; /* what the value is called in the help; NULL: a flag */
	const char *help;  /* translated where shown */
	char letter;	   /* 0: none */
};

struct call;

struct command {
	const char *noun;
	const char *verb; /* NULL: the noun alone is the command */
	const char *args; /* "LIST [FILE...]", for the help */
	const char *summary;
	enum needs needs;
	int min_args, max_args; /* max -1: any number */
	bool (*run)(struct call *call);
	const struct option *options; /* ended by a NULL name; NULL: none */
	/* Field options: a record type's filters or writable fields, too. */
	enum { NO_FIELDS, FILTER_FIELDS, VALUE_FIELDS } fields;
	const struct vs_record_type *type; /* whose, when not the noun's own */
};

struct call {
	const struct command *command;
	const struct vs_record_type *type; /* of the noun; NULL: no record */
	struct vs_db *db;
	struct vs_arena *arena;
	const char *const *args;
	int arg_count;
	json_t *options; /* name -> string, true for a flag, array when repeated */
	json_t *values;	 /* field name -> string */
	bool json, csv;
	const char *campaign; /* --campaign, NULL: found by itself */
	struct vs_error err;
};

/* commands.c: the table, ended by a NULL noun; record verbs are in record_commands. */
extern const struct command commands[];
extern const struct command record_commands[];

/* Finds the command for the first words; *ret_type when the noun is a record type. */
const struct command *find_command(
	const char *noun, const char *verb, const struct vs_record_type **ret_type);

/* True for what the program has commands for, record or not. */
bool is_noun(const char *noun);

/* args.c */
bool parse_args(
	struct call *call, int argc, char **argv, const char **ret_noun, bool *ret_help);
const char *option(const struct call *call, const char *name); /* last value, or NULL */
bool flag(const struct call *call, const char *name);
json_t *option_values(
	const struct call *call, const char *name); /* array, new reference */

/* main.c: the campaign file by --campaign, $VALSTUGA_CAMPAIGN or the only one here. */
const char *find_campaign(struct call *call);

/* Opens it as call->db; for commands that need it only sometimes. */
bool open_campaign(struct call *call, enum vs_access access);

/* cmd_calendar.c: the calendar's filters among the options; `kinds` is --kind. */
struct vs_calendar_options calendar_options(const struct call *call);

/* output.c */
struct column {
	const char *head;
	bool right;
};
struct table;
struct table *table_new(const struct column *columns, size_t count);
void table_cell(struct table *table, const char *text);		/* row by row */
void table_print(const struct call *call, struct table *table); /* and frees it */
void print_json(const json_t *value);
void print_records(struct call *call, const json_t *records);
void print_record(struct call *call, const json_t *record);
const char *text_of(const json_t *object, const char *name);  /* "" when there is none */
long long integer_of(const json_t *object, const char *name); /* 0 when there is none */
/* As people read them; "" when there is none. Arena of the call. */
const char *number_of(struct call *call, const json_t *object, const char *name);
const char *money_of(struct call *call, const json_t *object, const char *name);
/* A small bar of so many characters, "██▌··": part of a whole. Arena of the call. */
const char *bar_of(struct call *call, double part, double whole, int width);
/* cmd_goal.c: the media week and the goals of a status view, with small bars. */
void print_presence(struct call *call, const json_t *view);
bool ends_with(const char *text, const char *ending);	       /* case does not matter */
void print_bookings(struct call *call, const json_t *records); /* cmd_booking.c */
bool write_output(struct call *call, const char *path, const void *bytes, size_t length);

/* render.c: a view by the layout of that name, the user's own or the shipped one, to a PDF. */
bool render_sheet(
	struct call *call, const char *name, const json_t *view, const char *path);

/* cmd_media_week.c: whose appearances the options mean; the day of a week (NULL: *ret_day is
 * NULL) in their span. */
struct vs_media_scope;
bool media_scope(struct call *call, struct vs_media_scope *ret_scope);
bool media_day(struct call *call, const char *week, const struct vs_media_scope *scope,
	const char **ret_day);

/* cmd_*.c, each named for what it does */
bool cmd_new(struct call *call);
bool cmd_import(struct call *call);
bool cmd_status(struct call *call);
bool cmd_check(struct call *call);
bool cmd_history(struct call *call);
bool cmd_backup(struct call *call);
bool cmd_restore(struct call *call);
bool cmd_print(struct call *call);
bool cmd_export(struct call *call);
bool cmd_help(struct call *call);
bool cmd_version(struct call *call);
bool cmd_record_list(struct call *call);
void leave_out_hidden(struct call *call, json_t *wanted);
bool cmd_record_show(struct call *call);
bool cmd_record_add(struct call *call);
bool cmd_record_set(struct call *call);
bool cmd_record_remove(struct call *call);
bool cmd_campaign_show(struct call *call);
bool cmd_campaign_set(struct call *call);
bool cmd_activity_add(struct call *call);
bool cmd_activity_attendance(struct call *call);
bool cmd_activity_cancel(struct call *call);
bool cmd_activity_copy(struct call *call);
bool cmd_activity_list(struct call *call);
bool cmd_activity_saturdays(struct call *call);
bool cmd_activity_show(struct call *call);
bool cmd_activity_visits(struct call *call);
bool cmd_article_add(struct call *call);
bool cmd_article_draft(struct call *call);
bool cmd_article_drop(struct call *call);
bool cmd_article_idea(struct call *call);
bool cmd_article_pipeline(struct call *call);
bool cmd_article_send(struct call *call);
bool cmd_article_show(struct call *call);
bool cmd_article_spokesperson(struct call *call);
bool cmd_article_spread(struct call *call);
bool cmd_association_support(struct call *call);
bool cmd_bulk_undo(struct call *call);
bool cmd_allocate_clear(struct call *call);
bool cmd_allocate_equalise(struct call *call);
bool cmd_allocate_propose(struct call *call);
bool cmd_allocate_set(struct call *call);
bool cmd_allocate_show(struct call *call);
bool cmd_canvass_tally(struct call *call);
bool cmd_carrier_add(struct call *call);
bool cmd_deliver_add(struct call *call);
bool cmd_day(struct call *call);
bool cmd_deliver_plan(struct call *call);
bool cmd_deliver_replan(struct call *call);
bool cmd_evaluation_answer(struct call *call);
bool cmd_evaluation_answers(struct call *call);
bool cmd_evaluation_learn(struct call *call);
bool cmd_evaluation_result(struct call *call);
bool cmd_evaluation_steps(struct call *call);
bool cmd_evaluation_usage(struct call *call);
bool cmd_field_enter(struct call *call);
bool cmd_mail(struct call *call);
bool cmd_media_add(struct call *call);
bool cmd_media_book(struct call *call);
bool cmd_media_broadcast(struct call *call);
bool cmd_media_cancel(struct call *call);
bool cmd_media_content(struct call *call);
bool cmd_media_decline(struct call *call);
bool cmd_media_list(struct call *call);
bool cmd_media_publish(struct call *call);
bool cmd_media_set(struct call *call);
bool cmd_media_show(struct call *call);
bool cmd_media_submit(struct call *call);
bool cmd_media_week(struct call *call);
bool cmd_flyer_add(struct call *call);
bool cmd_flyer_add_all(struct call *call);
bool cmd_flyer_off(struct call *call);
bool cmd_flyer_show(struct call *call);
bool cmd_goal_list(struct call *call);
bool cmd_goal_read(struct call *call);
bool cmd_goal_show(struct call *call);
bool cmd_goal_top_names(struct call *call);
bool cmd_goal_usual(struct call *call);
bool cmd_list_show(struct call *call);
bool cmd_list_add(struct call *call);
bool cmd_list_remove(struct call *call);
bool cmd_list_submit(struct call *call);
bool cmd_list_decide(struct call *call);
bool cmd_list_reopen(struct call *call);
bool cmd_list_lock(struct call *call);
bool cmd_list_unlock(struct call *call);
bool cmd_list_coverage(struct call *call);
bool cmd_calendar_late(struct call *call);
bool cmd_calendar_list(struct call *call);
bool cmd_calendar_month(struct call *call);
bool cmd_calendar_next(struct call *call);
bool cmd_calendar_week(struct call *call);
bool cmd_candidate_add(struct call *call);
bool cmd_candidate_move(struct call *call);
bool cmd_candidate_strike(struct call *call);
bool cmd_consent_give(struct call *call);
bool cmd_consent_withdraw(struct call *call);
bool cmd_contact_attempt(struct call *call);
bool cmd_contact_close(struct call *call);
bool cmd_contact_next(struct call *call);
bool cmd_contact_open(struct call *call);
bool cmd_contact_queue(struct call *call);
bool cmd_contact_show(struct call *call);
bool cmd_deadline_done(struct call *call);
bool cmd_deadline_show(struct call *call);
bool cmd_deliver_board(struct call *call);
bool cmd_deliver_cancel(struct call *call);
bool cmd_deliver_depart(struct call *call);
bool cmd_deliver_fail(struct call *call);
bool cmd_deliver_pack(struct call *call);
bool cmd_deliver_receipt(struct call *call);
bool cmd_deliver_show(struct call *call);
bool cmd_booking_accept(struct call *call);
bool cmd_booking_add(struct call *call);
bool cmd_booking_attend(struct call *call);
bool cmd_booking_cancel(struct call *call);
bool cmd_booking_check(struct call *call);
bool cmd_booking_confirm(struct call *call);
bool cmd_booking_decline(struct call *call);
bool cmd_booking_give(struct call *call);
bool cmd_booking_list(struct call *call);
bool cmd_booking_no_show(struct call *call);
bool cmd_booking_show(struct call *call);
bool cmd_booking_swap(struct call *call);
bool cmd_booking_walk_in(struct call *call);
bool cmd_shift_add(struct call *call);
bool cmd_shift_board(struct call *call);
bool cmd_shift_call(struct call *call);
bool cmd_shift_cancel(struct call *call);
bool cmd_shift_list(struct call *call);
bool cmd_shift_match(struct call *call);
bool cmd_shift_set(struct call *call);
bool cmd_shift_show(struct call *call);
bool cmd_shortage_report(struct call *call);
bool cmd_shortage_resolve(struct call *call);
bool cmd_order_propose(struct call *call);
bool cmd_order_show(struct call *call);
bool cmd_order_set(struct call *call);
bool cmd_order_ready(struct call *call);
bool cmd_order_ordered(struct call *call);
bool cmd_order_printing(struct call *call);
bool cmd_order_delivered(struct call *call);
bool cmd_order_cancel(struct call *call);
bool cmd_person_correct(struct call *call);
bool cmd_person_erase(struct call *call);
bool cmd_person_extract(struct call *call);
bool cmd_person_restrict(struct call *call);
bool cmd_retention(struct call *call);
bool cmd_person_distinct(struct call *call);
bool cmd_person_duplicates(struct call *call);
bool cmd_person_import(struct call *call);
bool cmd_person_list(struct call *call);
bool cmd_person_merge(struct call *call);
bool cmd_person_together(struct call *call);
bool cmd_road_fetch(struct call *call);
bool cmd_road_forget(struct call *call);
bool cmd_road_import(struct call *call);
bool cmd_road_list(struct call *call);
bool cmd_signup_accept(struct call *call);
bool cmd_signup_add(struct call *call);
bool cmd_signup_inbox(struct call *call);
bool cmd_signup_reject(struct call *call);
bool cmd_stock_balance(struct call *call);
bool cmd_stock_count(struct call *call);
bool cmd_stock_move(struct call *call);
bool cmd_stock_receive(struct call *call);
bool cmd_stock_reverse(struct call *call);
bool cmd_stock_scrap(struct call *call);
bool cmd_stock_trace(struct call *call);

/* cmd_goal.c, cmd_people.c, cmd_contact.c: options of their commands. */
extern const struct option goal_list_options[], goal_read_options[], goal_usual_options[],
	person_list_options[], person_import_options[], person_together_options[],
	consent_withdraw_options[], contact_queue_options[], contact_attempt_options[],
	contact_next_options[], contact_close_options[];

/* cmd_media.c, cmd_article.c: options of their commands. */
extern const struct option media_add_options[], media_list_options[],
	media_short_options[], media_move_options[], media_content_options[],
	media_week_options[], article_person_options[], article_send_options[];

/* cmd_help.c: what goes with a usage error, on stderr. */
void print_usage(FILE *out, const struct command *command,
	const struct vs_record_type *type, const char *noun);

#endif
