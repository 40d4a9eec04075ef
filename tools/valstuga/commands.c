/* The table of commands. What every record type has stands in record_commands. */
#include <string.h>

#include "tool.h"

static const struct option new_options[] = {
	{ "party", N_("CODE"), N_("the party's code, 4 digits (V is 0005)") },
	{ "party-name", N_("NAME"), N_("the party's registered name") },
	{ "party-short", N_("ABBREVIATION"), N_("the party's abbreviation") },
	{ "district", N_("NAME"), N_("the party district's name") },
	{ "lan", N_("CODE"), N_("the county's code, 2 digits") },
	{ "election", N_("DATE"), N_("election day, YYYY-MM-DD") },
	{ "kinds", N_("RD,RF,KF"), N_("which elections") },
	{ "kommun", N_("CODE"), N_("only these kommuner; may be repeated") },
	{ "title", N_("TEXT"), N_("the campaign's title") },
	{ 0 },
};

static const struct option activity_list_options[] = {
	{ "all", NULL, N_("also what is over or cancelled") },
	{ "from", N_("DATE"), N_("from this day on") },
	{ "until", N_("DATE"), N_("to this day") },
	{ "kind", N_("SORT"), N_("only this sort of activity") },
	{ "association", N_("ASSOCIATION"), N_("only what this association holds") },
	{ "kommun", N_("KOMMUN"), N_("only this kommun") },
	{ 0 },
};

static const struct option activity_copy_options[] = {
	{ "days", N_("DATES"), N_("to these days, with commas") },
	{ "weekly", NULL, N_("once a week, to --until") },
	{ "every", N_("DAYS"), N_("each so many days, to --until") },
	{ "until", N_("DATE"), N_("the last possible day") },
	{ "dry-run", NULL, N_("look at the plan, change nothing") },
	{ "plan", N_("PLAN"), N_("write only if the plan is still this one") },
	{ 0 },
};

static const struct option activity_cancel_options[] = {
	{ "reason", N_("TEXT"), N_("why; those who are told will ask") },
	{ "dry-run", NULL, N_("who would have to be told; change nothing") },
	{ 0 },
};

static const struct option saturday_options[] = {
	{ "from", N_("DATE"), N_("from this day on; default today") },
	{ "until", N_("DATE"), N_("to this day; default election day") },
	{ 0 },
};

static const struct option visit_options[] = {
	{ "limit", N_("N"), N_("at most so many; default 5") },
	{ 0 },
};

static const struct option attendance_options[] = {
	{ "kind", N_("SORT"), N_("sort of activity; default valskola") },
	{ 0 },
};

static const struct option booking_add_options[] = {
	{ "role", N_("ROLE"), N_("as what; default the only one that fits") },
	{ "state", N_("STATE"), N_("offered, signed_up or booked; default booked") },
	{ "override", N_("REASON"), N_("why a rule may be broken") },
	{ "wait", NULL, N_("on the waiting list, if no place is free") },
	{ 0 },
};

static const struct option booking_cancel_options[] = {
	{ "by", N_("WHO"), N_("person or organiser; default organiser") },
	{ "reason", N_("TEXT"), N_("why") },
	{ 0 },
};

static const struct option booking_role_options[] = {
	{ "role", N_("ROLE"), N_("as what; default the only one") },
	{ 0 },
};

static const struct option booking_override_options[] = {
	{ "override", N_("REASON"), N_("why a rule may be broken") },
	{ 0 },
};

static const struct option booking_reason_options[] = {
	{ "reason", N_("TEXT"), N_("kept with the time and your name") },
	{ 0 },
};

static const struct option booking_walk_in_options[] = {
	{ "person", N_("PERSON"), N_("who came, if in the register") },
	{ "name", N_("NAME"), N_("who came; found by name and phone, else added") },
	{ "phone", N_("PHONE"), N_("their phone") },
	{ "email", N_("ADDRESS"), N_("their e-mail") },
	{ "kommun", N_("KOMMUN"), N_("where they live") },
	{ "role", N_("ROLE"), N_("as what; default the only one that fits") },
	{ "override", N_("REASON"), N_("why a rule may be broken") },
	{ 0 },
};

static const struct option booking_list_options[] = {
	{ "from", N_("DATE"), N_("from this day on") },
	{ "until", N_("DATE"), N_("to this day") },
	{ "shift", N_("SHIFT"), N_("only this shift") },
	{ "person", N_("PERSON"), N_("only this person") },
	{ "activity", N_("ACTIVITY"), N_("only this activity") },
	{ "state", N_("STATE"), N_("only in this state") },
	{ "late", NULL, N_("only what the person cancelled within a day before") },
	{ 0 },
};

static const struct option shift_add_options[] = {
	{ "activity", N_("ACTIVITY"), N_("what the shifts belong to") },
	{ "starts", N_("TIME"),
		N_("\"2026-08-22 10.00\", or 10.00 of the activity's day") },
	{ "ends", N_("TIME"), N_("the same; default the activity's") },
	{ "roles", N_("ROLES"),
		N_("\"värd:2-3-4;kandidat/SKILL:1\": least-wanted-most") },
	{ "each", N_("MINUTES"), N_("cuts the span into shifts of that length") },
	{ "handover", N_("MINUTES"), N_("each begins so long before the last one ends") },
	{ "break", N_("MINUTES"), N_("of a shift, not counted as hours") },
	{ "pair", N_("YES"), N_("nobody is to be alone; default as the kind says") },
	{ "tolerance", N_("MINUTES"), N_("may overlap at the same place") },
	{ "rest", N_("MINUTES"),
		N_("between shifts at different places, besides the way") },
	{ "note", N_("TEXT"), N_("note") },
	{ 0 },
};

static const struct option shift_set_options[] = {
	{ "starts", N_("TIME"), N_("\"2026-08-22 10.00\", or 10.00 of the shift's day") },
	{ "ends", N_("TIME"), N_("the same") },
	{ "roles", N_("ROLES"),
		N_("\"värd:2-3-4;kandidat/SKILL:1\": all that it has then") },
	{ "break", N_("MINUTES"), N_("of the shift, not counted as hours") },
	{ "pair", N_("YES"), N_("nobody is to be alone; empty: as the kind says") },
	{ "tolerance", N_("MINUTES"), N_("may overlap at the same place") },
	{ "rest", N_("MINUTES"),
		N_("between shifts at different places, besides the way") },
	{ "note", N_("TEXT"), N_("note") },
	{ "override", N_("REASON"),
		N_("why those who are booked may break a rule then") },
	{ 0 },
};

static const struct option shift_cancel_options[] = {
	{ "reason", N_("TEXT"), N_("why; those who are told will ask") },
	{ "dry-run", NULL, N_("who would have to be told; change nothing") },
	{ 0 },
};

#define SHIFT_FILTERS \
	{ "from", N_("DATE"), N_("from this day on") }, \
		{ "until", N_("DATE"), N_("to this day") }, \
		{ "activity", N_("ACTIVITY"), N_("only this activity") }, \
		{ "kind", N_("SORT"), N_("only this sort of activity") }, \
		{ "association", N_("ASSOCIATION"), \
			N_("only what this association holds") }, \
		{ "kommun", N_("KOMMUN"), N_("only this kommun") }, \
		{ "person", N_("PERSON"), N_("only where this person is booked") }, \
	{ \
		"missing", NULL, N_("only where people are missing") \
	}

static const struct option shift_list_options[] = {
	{ "all", NULL, N_("also what is cancelled") },
	SHIFT_FILTERS,
	{ 0 },
};

static const struct option shift_board_options[] = {
	SHIFT_FILTERS,
	{ 0 },
};

static const struct option import_options[] = {
	{ "dry-run", NULL, N_("say what would be done, change nothing") },
	{ "all", NULL, N_("the whole country, not only the district's kommuner") },
	{ "party", N_("CODE"),
		N_("lists of this party; may be repeated; 'all' for every party") },
	{ "election", N_("DATE"),
		N_("the election that candidates or received votes belong to") },
	{ "list", N_("LIST"), N_("the list that our own list file fills") },
	{ "kind", N_("KIND"), N_("kind of our own list: RD, RF, KF") },
	{ "kommun", N_("KOMMUN"), N_("kommun of our own list") },
	{ 0 },
};

static const struct option restore_options[] = {
	{ "force", NULL, N_("replace the file even if it is newer than the backup") },
	{ 0 },
};

static const struct option history_options[] = {
	{ "limit", N_("N"), N_("at most so many lines") },
	{ 0 },
};

static const struct option print_options[] = {
	{ "output", N_("FILE.pdf"), N_("where the PDF goes"), 'o' },
	{ "kommun", N_("KOMMUN"), N_("only this kommun") },
	{ "kind", N_("KIND"), N_("only this kind of election, or of activity") },
	{ "list", N_("LIST"), N_("only this list") },
	{ "whole", NULL, N_("one sheet for the whole district") },
	{ "day", N_("DATE"), N_("only this day") },
	{ "from", N_("DATE"), N_("from this day on") },
	{ "until", N_("DATE"), N_("to this day") },
	{ "association", N_("ASSOCIATION"), N_("only this association") },
	{ "activity", N_("ACTIVITY"), N_("only this activity") },
	{ "canvass", N_("WALK"), N_("only this walk") },
	{ "flyer", N_("CODE"), N_("only this batch of flyers") },
	{ "text", N_("TEXT"), N_("only flyers with this text") },
	{ "size", N_("SIZE"), N_("of a flyer: A6, A5 or A4; default A5") },
	{ "up", N_("N"),
		N_("flyers on a paper: 1, 2 or 4; default as many as an A4 takes") },
	{ "bleed", NULL,
		N_("flyers for a printing house: ink 3 mm beyond the cut, marks") },
	{ "slip", NULL, N_("flyers with a slip to tear off") },
	{ "advert", NULL, N_("flyers with the block of political advertising") },
	{ "holder", N_("NAME"),
		N_("the copy of this leader, with whole names and numbers") },
	{ "round", N_("ROUND"), N_("only this round") },
	{ "carrier", N_("CARRIER"), N_("only this carrier") },
	{ "delivery", N_("DELIVERY"), N_("only this delivery, by number or code") },
	{ "place", N_("PLACE"), N_("only this place") },
	{ "format", N_("FORMAT"), N_("label sheets: 3x8, 3x8-36, 2x8 or 2x7") },
	{ "start", N_("NUMBER"), N_("first free label on the first sheet, from 1") },
	{ "adjust", N_("DX,DY"), N_("labels so many mm to the right and down") },
	{ 0 },
};

static const struct option export_options[] = {
	{ "output", N_("FILE"),
		N_("FILE.csv, .json, .xlsx, .ics or .vcf; without it CSV is printed"),
		'o' },
	{ "all", NULL, N_("also what lists usually leave out") },
	{ "kind", N_("KIND"), N_("only this kind of election") },
	{ "kommun", N_("KOMMUN"), N_("only this kommun") },
	{ "party", N_("PARTY"), N_("only this party") },
	{ "person", N_("PERSON"), N_("only this person") },
	{ "association", N_("ASSOCIATION"), N_("only this association") },
	{ "activity", N_("ACTIVITY"), N_("only this activity") },
	{ "from", N_("DATE"), N_("calendars: from this day") },
	{ "until", N_("DATE"), N_("calendars: until this day") },
	{ 0 },
};

static const struct option help_options[] = {
	{ "markdown", NULL, N_("tables of every record's fields, for the handbook") },
	{ "words", NULL, N_("nouns and verbs, for shell completion") },
	{ 0 },
};

static const struct option enter_options[] = {
	{ "sheet", N_("CODE"), N_("the sheet's code, of any revision") },
	{ "correct", NULL, N_("change what was entered before") },
	{ "dry-run", NULL, N_("say what would be done, change nothing") },
	{ 0 },
};

static const struct option flyer_all_options[] = {
	{ "text", N_("TEXT"), N_("which flyer text; must be given") },
	{ "pieces", N_("N"), N_("how many of each are printed") },
	{ "expires-on", N_("DATE"), N_("the last day that the codes are valid") },
	{ "note", N_("TEXT"), N_("note") },
	{ "from", N_("DATE"), N_("activities from this day on") },
	{ "until", N_("DATE"), N_("activities to this day") },
	{ "kind", N_("KIND"), N_("only this kind of activity") },
	{ "association", N_("ASSOCIATION"), N_("only this association") },
	{ "kommun", N_("KOMMUN"), N_("only this kommun") },
	{ "again", NULL, N_("also where there is one with that text") },
	{ "dry-run", NULL, N_("say what would be made, change nothing") },
	{ 0 },
};

static const struct option signup_add_options[] = {
	{ "no-consent", NULL, N_("the consent is not ticked: refused, nothing is kept") },
	{ 0 },
};

static const struct option signup_accept_options[] = {
	{ "person", N_("PERSON"), N_("who it is; default somebody new") },
	{ "new", NULL, N_("somebody new, although a person looks the same") },
	{ "shift", N_("SHIFT"), N_("the shift; default the one asked for") },
	{ "without-shift", NULL, N_("not on the shift that was asked for") },
	{ "role", N_("ROLE"), N_("role on the shift; default the only one that fits") },
	{ "wait", NULL, N_("on the waiting list when it is full") },
	{ "override", N_("REASON"), N_("why a rule may be broken") },
	{ 0 },
};

static const struct option list_add_options[] = {
	{ "kind", N_("KIND"), N_("RD, RF, KF or EP") },
	{ "kommun", N_("KOMMUN"), N_("for KF: the kommun") },
	{ "constituency", N_("NAMES"),
		N_("constituencies, names or numbers with commas") },
	{ "number", N_("NUMBER"), N_("the authority's five digits") },
	{ "designation", N_("TEXT"),
		N_("words for the constituency on the ballot paper") },
	{ "note", N_("TEXT"), N_("note") },
	{ 0 },
};

static const struct option decide_options[] = {
	{ "minutes", N_("TEXT"), N_("the meeting that decided") },
	{ "on", N_("DATE"), N_("day of the decision; default today") },
	{ 0 },
};

static const struct option reason_options[] = {
	{ "reason", N_("TEXT"), N_("why; goes into the history") },
	{ 0 },
};

static const struct option extract_options[] = {
	{ "output", N_("FILE"), N_("FILE.pdf or FILE.json; without it it is printed"),
		'o' },
	{ 0 },
};

static const struct option correct_options[] = {
	{ "source", N_("TEXT"), N_("where the right value comes from") },
	{ 0 },
};

static const struct option restrict_options[] = {
	{ "off", NULL, N_("lift the restriction") },
	{ "reason", N_("TEXT"), N_("why; goes into the history") },
	{ 0 },
};

static const struct option erase_options[] = {
	{ "dry-run", NULL, N_("say what would be done, change nothing") },
	{ 0 },
};

static const struct option retention_options[] = {
	{ "on", N_("DATE"), N_("who is due on this day; default today") },
	{ "yes", NULL, N_("erase them; without it they are only listed") },
	{ "dry-run", NULL, N_("only list them, as without --yes") },
	{ "output", N_("FILE.pdf"), N_("the certificate as a sheet"), 'o' },
	{ "past", NULL, N_("the certificates there are") },
	{ "certificate", N_("N"), N_("a certificate again") },
	{ "rewrite", NULL, N_("write the file anew, when that was not done") },
	{ 0 },
};

static const struct option candidate_options[] = {
	{ "list", N_("LIST"), N_("number or name of the list") },
	{ "position", N_("N"), N_("where on the list; default last") },
	{ "person", N_("PERSON"), N_("a person who is in the register") },
	{ 0 },
};

static const struct option move_options[] = {
	{ "to", N_("N"), N_("the new position") },
	{ 0 },
};

static const struct option propose_options[] = {
	{ "dry-run", NULL, N_("look at the plan, change nothing") },
	{ "plan", N_("PLAN"), N_("write only if the plan is still this one") },
	{ "factor", N_("N"),
		N_("ballots per eligible voter; default the kommun's or campaign's") },
	{ "kind", N_("KIND"), N_("only this kind of election") },
	{ "kommun", N_("KOMMUN"), N_("only this kommun") },
	{ 0 },
};

static const struct option deliver_plan_options[] = {
	{ "dry-run", NULL, N_("look at the plan, change nothing") },
	{ "plan", N_("PLAN"), N_("write only if the plan is still this one") },
	{ "day", N_("DATE"), N_("only this day of the round") },
	{ "without", N_("CARRIER"), N_("carriers not to be used, with commas") },
	{ "override", N_("REASON"), N_("why hand-over rules may be broken") },
	{ "seconds", N_("N"),
		N_("search so long per depot and day; such a plan is not repeatable") },
	{ "seed", N_("N"), N_("begin the search elsewhere") },
	{ 0 },
};

static const struct option deliver_replan_options[] = {
	{ "dry-run", NULL, N_("look at the plan, change nothing") },
	{ "plan", N_("PLAN"), N_("write only if the plan is still this one") },
	{ "without", N_("CARRIER"), N_("carriers who dropped out, with commas") },
	{ "seconds", N_("N"),
		N_("search so long per depot and day; such a plan is not repeatable") },
	{ "seed", N_("N"), N_("begin the search elsewhere") },
	{ 0 },
};

static const struct option deliver_add_options[] = {
	{ "date", N_("DATE"), N_("day of the delivery") },
	{ "to", N_("LOCATION"), N_("a place, a reception, a depot") },
	{ "lines", N_("LINES"), N_("what it takes: \"ITEM=PIECES; ITEM=PIECES\"") },
	{ "from", N_("LOCATION"),
		N_("where it comes from; default the depot that supplies it") },
	{ "carrier", N_("CARRIER"), N_("who drives") },
	{ "round", N_("ROUND"), N_("the round that it belongs to") },
	{ "override", N_("REASON"), N_("why a hand-over rule may be broken") },
	{ "note", N_("TEXT"), N_("note") },
	{ 0 },
};

static const struct option authority_options[] = {
	{ "through-authority", N_("REASON"),
		N_("for what is ordered: how and when the authority was told") },
	{ 0 },
};

static const struct option note_options[] = {
	{ "note", N_("TEXT"), N_("kept with the time and your name") },
	{ 0 },
};

static const struct option road_options[] = {
	{ "again", NULL, N_("ask for known roads, too") },
	{ "profile", N_("NAME"), N_("the server's profile; default driving") },
	{ 0 },
};

static const struct option all_options[] = {
	{ "all", NULL, N_("also what lists usually leave out") },
	{ 0 },
};

static const struct option pack_options[] = {
	{ "day", N_("DATE"), N_("all of this day") },
	{ "route", N_("ROUTE"), N_("all of this route") },
	{ "packages", N_("N"), N_("packages; default computed from the boxes") },
	{ "override", N_("TEXT"), N_("why it goes although it breaks a hand-over rule") },
	{ 0 },
};

static const struct option depart_options[] = {
	{ "day", N_("DATE"), N_("all of this day") },
	{ "route", N_("ROUTE"), N_("all of this route") },
	{ 0 },
};

static const struct option receipt_options[] = {
	{ "by", N_("NAME"), N_("who received it, name or role") },
	{ "at", N_("TIME"), N_("when, YYYY-MM-DD HH:MM; default now") },
	{ "counted", N_("ITEM=N;..."), N_("where it differs from what was sent") },
	{ "note", N_("TEXT"), N_("kept with the time and your name") },
	{ 0 },
};

static const struct option board_options[] = {
	{ "kommun", N_("KOMMUN"), N_("only this kommun, day by day") },
	{ 0 },
};

static const struct option shortage_options[] = {
	{ "list", N_("LIST"), N_("which list, or material; default every list there") },
	{ "level", N_("LEVEL"), N_("low or empty; default empty") },
	{ "by", N_("TEXT"), N_("who reported it") },
	{ "note", N_("TEXT"), N_("note") },
	{ "refill", NULL, N_("plan a delivery even where the kommun refills") },
	{ "dry-run", NULL, N_("say what would be done, change nothing") },
	{ 0 },
};

static const struct option receive_options[] = {
	{ "pieces", N_("N"), N_("how many were counted") },
	{ "to", N_("LOCATION"), N_("where they were put; default the district's depot") },
	{ "last", NULL, N_("nothing more of the order is awaited") },
	{ "item", N_("ITEM"), N_("what has no order: material, ballots that are lent") },
	{ "all-ordered", NULL, N_("everything that is ordered has come complete") },
	{ "document", N_("TEXT"), N_("delivery note, minutes, sheet") },
	{ "reason", N_("TEXT"), N_("why; stands in the ledger") },
	{ "override", N_("REASON"),
		N_("ballots that nobody can use there: why all the same") },
	{ 0 },
};

static const struct option stock_move_options[] = {
	{ "from", N_("LOCATION"), N_("where they are taken") },
	{ "to", N_("LOCATION"), N_("where they are put") },
	{ "document", N_("TEXT"), N_("delivery note, minutes, sheet") },
	{ "reason", N_("TEXT"), N_("why; stands in the ledger") },
	{ "override", N_("REASON"),
		N_("ballots that nobody can use there: why all the same") },
	{ 0 },
};

static const struct option stock_count_options[] = {
	{ "at", N_("LOCATION"), N_("where they were counted") },
	{ "pieces", N_("N"), N_("how many were counted") },
	{ "document", N_("TEXT"), N_("delivery note, minutes, sheet") },
	{ "reason", N_("TEXT"), N_("why; stands in the ledger") },
	{ "override", N_("REASON"),
		N_("ballots that nobody can use there: why all the same") },
	{ 0 },
};

static const struct option stock_scrap_options[] = {
	{ "at", N_("LOCATION"), N_("where they were") },
	{ "document", N_("TEXT"), N_("delivery note, minutes, sheet") },
	{ "reason", N_("TEXT"), N_("why; stands in the ledger") },
	{ 0 },
};

static const struct option stock_reverse_options[] = {
	{ "reason", N_("TEXT"), N_("why; stands in the ledger") },
	{ 0 },
};

static const struct option stock_balance_options[] = {
	{ "item", N_("ITEM"), N_("only this item") },
	{ "location", N_("LOCATION"), N_("only this location") },
	{ "kommun", N_("KOMMUN"), N_("only this kommun's places, reception and depot") },
	{ "totals", NULL, N_("only where all of each item is") },
	{ 0 },
};

static const struct option stock_trace_options[] = {
	{ "item", N_("ITEM"), N_("only this item") },
	{ "location", N_("LOCATION"), N_("only this location") },
	{ 0 },
};

static const struct option allocate_options[] = {
	{ "dry-run", NULL, N_("look at the plan, change nothing") },
	{ "plan", N_("PLAN"), N_("write only if the plan is still this one") },
	{ 0 },
};

static const struct option allocate_set_options[] = {
	{ "reason", N_("TEXT"), N_("why; shown with the number") },
	{ 0 },
};

static const struct option kommun_options[] = {
	{ "kommun", N_("KOMMUN"), N_("only this kommun") },
	{ 0 },
};

static const struct option shift_match_options[] = {
	{ "from", N_("DATE"), N_("first day") },
	{ "until", N_("DATE"), N_("last day") },
	{ "association", N_("ASSOCIATION"), N_("only this association's activities") },
	{ "kommun", N_("KOMMUN"), N_("only this kommun") },
	{ "activity", N_("ACTIVITY"), N_("only this activity") },
	{ "kind", N_("KIND"), N_("only this kind of activity") },
	{ "dry-run", NULL, N_("look at the plan, change nothing") },
	{ "plan", N_("PLAN"), N_("write only if the plan is still this one") },
	{ "offered", NULL, N_("ask people instead of booking them") },
	{ "seconds", N_("N"), N_("search so long; such a plan is not repeatable") },
	{ "seed", N_("N"), N_("begin the search elsewhere") },
	{ 0 },
};

static const struct option shift_call_options[] = {
	{ "role", N_("ROLE"), N_("which of the shift's roles") },
	{ "limit", N_("N"), N_("at most so many people; default 10, 0 for all") },
	{ 0 },
};

static const struct option mail_options[] = {
	{ "from", N_("DATE"), N_("only shifts from this day") },
	{ "until", N_("DATE"), N_("only shifts until this day") },
	{ "activity", N_("ACTIVITY"), N_("only this activity") },
	{ "association", N_("ASSOCIATION"), N_("only this association's activities") },
	{ "output", N_("FOLDER"), N_("a new folder that the mails are written to"), 'o' },
	{ "send", NULL, N_("send them through the mail server") },
	{ "told", N_("PERSON"), N_("this person was called; may be repeated") },
	{ "server", N_("FILE"),
		N_("how to reach the mail server; see valstuga-mail(1)") },
	{ "templates", N_("FOLDER"),
		N_("own texts, NAME.sv.txt, before the shipped ones") },
	{ 0 },
};

const struct command commands[] = {
	{ "activity", "add", "", N_("a new activity"), NEEDS_WRITE, 0, 0,
		cmd_activity_add, NULL, VALUE_FIELDS },
	{ "activity", "attendance", "",
		N_("which associations have been at a valskola, and which not"),
		NEEDS_READ, 0, 0, cmd_activity_attendance, attendance_options },
	{ "activity", "cancel", N_("ACTIVITY"),
		N_("calls it off with its shifts, and says whom to tell"), NEEDS_WRITE, 1,
		1, cmd_activity_cancel, activity_cancel_options },
	{ "activity", "copy", N_("ACTIVITY"),
		N_("the same on other days, with its shifts but no people"), NEEDS_WRITE,
		1, 1, cmd_activity_copy, activity_copy_options },
	{ "activity", "list", "", N_("what is on, and how well it is filled"), NEEDS_READ,
		0, 0, cmd_activity_list, activity_list_options },
	{ "activity", "saturdays", "",
		N_("which candidates are where on which Saturday, and who is free"),
		NEEDS_READ, 0, 0, cmd_activity_saturdays, saturday_options },
	{ "activity", "show", N_("ACTIVITY"), N_("one activity with its shifts"),
		NEEDS_READ, 1, 1, cmd_activity_show },
	{ "activity", "visits", "",
		N_("where the next central visits should go, and why"), NEEDS_READ, 0, 0,
		cmd_activity_visits, visit_options },
	{ "allocate", "clear", N_("ROUND LOCATION ITEM"),
		N_("a number is no longer by hand"), NEEDS_WRITE, 3, 3,
		cmd_allocate_clear },
	{ "allocate", "equalise", "", N_("what each association has, needs and can lend"),
		NEEDS_READ, 0, 0, cmd_allocate_equalise },
	{ "allocate", "propose", N_("ROUND"),
		N_("how many pieces go where in a round, and why"), NEEDS_WRITE, 1, 1,
		cmd_allocate_propose, allocate_options },
	{ "allocate", "set", N_("ROUND LOCATION ITEM PIECES"),
		N_("a number by hand, which stays when the round is proposed again"),
		NEEDS_WRITE, 4, 4, cmd_allocate_set, allocate_set_options },
	{ "allocate", "show", N_("ROUND"), N_("what is written, with the arithmetic"),
		NEEDS_READ, 1, 1, cmd_allocate_show, kommun_options },
	{ "association", "support", "",
		N_("who got how much of the campaign's help, in proportion to the voters"),
		NEEDS_READ, 0, 0, cmd_association_support },
	{ "backup", NULL, N_("FILE"),
		N_("a complete, verified copy of the campaign file"), NEEDS_READ, 1, 1,
		cmd_backup },
	{ "booking", "accept", N_("BOOKING..."), N_("they take the place offered"),
		NEEDS_WRITE, 1, -1, cmd_booking_accept, booking_reason_options },
	{ "booking", "add", N_("SHIFT PERSON"),
		N_("books, offers or puts on the waiting list"), NEEDS_WRITE, 2, 2,
		cmd_booking_add, booking_add_options },
	{ "booking", "attend", N_("BOOKING..."), N_("they came"), NEEDS_WRITE, 1, -1,
		cmd_booking_attend, booking_reason_options },
	{ "booking", "cancel", N_("BOOKING..."),
		N_("they do not come; the next who waits is asked"), NEEDS_WRITE, 1, -1,
		cmd_booking_cancel, booking_cancel_options },
	{ "booking", "check", N_("SHIFT PERSON"),
		N_("what hinders somebody from a shift"), NEEDS_READ, 2, 2,
		cmd_booking_check, booking_role_options },
	{ "booking", "confirm", N_("BOOKING..."), N_("who signed up is expected"),
		NEEDS_WRITE, 1, -1, cmd_booking_confirm, booking_reason_options },
	{ "booking", "decline", N_("BOOKING..."),
		N_("they do not take the place offered"), NEEDS_WRITE, 1, -1,
		cmd_booking_decline, booking_reason_options },
	{ "booking", "give", N_("BOOKING PERSON"), N_("somebody else takes the place"),
		NEEDS_WRITE, 2, 2, cmd_booking_give, booking_override_options },
	{ "booking", "list", "", N_("who is booked where"), NEEDS_READ, 0, 0,
		cmd_booking_list, booking_list_options },
	{ "booking", "no-show", N_("BOOKING..."), N_("they did not come"), NEEDS_WRITE, 1,
		-1, cmd_booking_no_show, booking_reason_options },
	{ "booking", "show", N_("BOOKING"), N_("a booking with its life"), NEEDS_READ, 1,
		1, cmd_booking_show },
	{ "booking", "swap", N_("BOOKING BOOKING"), N_("two change places"), NEEDS_WRITE,
		2, 2, cmd_booking_swap, booking_override_options },
	{ "booking", "walk-in", N_("SHIFT"), N_("somebody came without a booking"),
		NEEDS_WRITE, 1, 1, cmd_booking_walk_in, booking_walk_in_options },
	{ "bulk", "undo", N_("BULK"), N_("takes back what was made at once"), NEEDS_WRITE,
		1, 1, cmd_bulk_undo },
	{ "campaign", "set", "", N_("changes what the campaign file says of itself"),
		NEEDS_WRITE, 0, 0, cmd_campaign_set, NULL, VALUE_FIELDS },
	{ "campaign", "show", "", N_("the campaign that this file is for"), NEEDS_READ, 0,
		0, cmd_campaign_show },
	{ "candidate", "add", "", N_("a candidate on a list"), NEEDS_WRITE, 0, 0,
		cmd_candidate_add, candidate_options, VALUE_FIELDS },
	{ "candidate", "move", N_("CANDIDATE"), N_("to another position of the list"),
		NEEDS_WRITE, 1, 1, cmd_candidate_move, move_options },
	{ "candidate", "remove", N_("CANDIDATE"), N_("strikes a candidate off the list"),
		NEEDS_WRITE, 1, 1, cmd_candidate_strike, reason_options },
	{ "candidate", "strike", N_("CANDIDATE"), N_("strikes a candidate off the list"),
		NEEDS_WRITE, 1, 1, cmd_candidate_strike, reason_options },
	{ "carrier", "add", "", N_("a person with a car"), NEEDS_WRITE, 0, 0,
		cmd_carrier_add, NULL, VALUE_FIELDS },
	{ "canvass", "tally", "", N_("what the walks have counted, per kommun and area"),
		NEEDS_READ, 0, 0, cmd_canvass_tally, kommun_options },
	{ "check", NULL, "",
		N_("everything inconsistent, unlikely or missing, worst first"),
		NEEDS_READ, 0, 0, cmd_check },
	{ "day", NULL, N_("[DATE]"),
		N_("the organiser's day: who is there, who is missing, whom to call"),
		NEEDS_READ, 0, 1, cmd_day },
	{ "deliver", "add", "", N_("one delivery by hand"), NEEDS_WRITE, 0, 0,
		cmd_deliver_add, deliver_add_options },
	{ "deliver", "board", "", N_("what is booked, packed, delivered, per kommun"),
		NEEDS_READ, 0, 0, cmd_deliver_board, board_options },
	{ "deliver", "cancel", N_("DELIVERY..."), N_("takes them off the plan"),
		NEEDS_WRITE, 1, -1, cmd_deliver_cancel, reason_options },
	{ "deliver", "depart", N_("[DELIVERY...]"), N_("they have left"), NEEDS_WRITE, 0,
		-1, cmd_deliver_depart, depart_options },
	{ "deliver", "fail", N_("DELIVERY..."), N_("not handed over; the pieces go back"),
		NEEDS_WRITE, 1, -1, cmd_deliver_fail, reason_options },
	{ "deliver", "list", "", N_("lists deliveries"), NEEDS_READ, 0, 0,
		cmd_record_list, all_options, FILTER_FIELDS, &vs_delivery_type },
	{ "deliver", "pack", N_("[DELIVERY...]"), N_("they are packed"), NEEDS_WRITE, 0,
		-1, cmd_deliver_pack, pack_options },
	{ "deliver", "plan", N_("ROUND"),
		N_("legs and routes of a round: who drives what where, when"),
		NEEDS_WRITE, 1, 1, cmd_deliver_plan, deliver_plan_options },
	{ "deliver", "receipt", N_("CODE..."),
		N_("they were received, and what was counted"), NEEDS_WRITE, 1, -1,
		cmd_deliver_receipt, receipt_options },
	{ "deliver", "replan", N_("DAY"),
		N_("a day's routes again, when a carrier dropped out"), NEEDS_WRITE, 1, 1,
		cmd_deliver_replan, deliver_replan_options },
	{ "deliver", "show", N_("DELIVERY"), N_("a delivery with its lines and its life"),
		NEEDS_READ, 1, 1, cmd_deliver_show },
	{ "delivery", "show", N_("DELIVERY"),
		N_("a delivery with its lines and its life"), NEEDS_READ, 1, 1,
		cmd_deliver_show },
	{ "export", NULL, N_("NOUN"), N_("records to a file, by the file's ending"),
		NEEDS_READ, 1, 1, cmd_export, export_options },
	{ "field", "enter", N_("ROW=RESULT..."),
		N_("types in what was written on a roster, a call list or a canvass sheet"),
		NEEDS_WRITE, 1, -1, cmd_field_enter, enter_options },
	{ "flyer", "add", "", N_("a batch with a code of its own"), NEEDS_WRITE, 0, 0,
		cmd_flyer_add, NULL, VALUE_FIELDS },
	{ "flyer", "add-all", N_("kommuner|activities"),
		N_("a batch for each kommun, or each public activity of a period"),
		NEEDS_WRITE, 1, 1, cmd_flyer_add_all, flyer_all_options },
	{ "flyer", "off", N_("CODE..."), N_("the code leads nowhere any more"),
		NEEDS_WRITE, 1, -1, cmd_flyer_off, reason_options },
	{ "flyer", "show", N_("CODE"), N_("a batch, and how many signed up by it"),
		NEEDS_READ, 1, 1, cmd_flyer_show },
	{ "help", NULL, N_("[NOUN [VERB]]"), N_("what the program can do"), NEEDS_NOTHING,
		0, 2, cmd_help, help_options },
	{ "history", NULL, "", N_("who did what, when"), NEEDS_READ, 0, 0, cmd_history,
		history_options },
	{ "import", NULL, N_("FILE..."), N_("the authority's files and our own"),
		NEEDS_WRITE, 1, -1, cmd_import, import_options },
	{ "list", "add", "", N_("a new, empty list"), NEEDS_WRITE, 0, 0, cmd_list_add,
		list_add_options },
	{ "list", "coverage", "", N_("which areas have a list, decided, ordered"),
		NEEDS_READ, 0, 0, cmd_list_coverage },
	{ "list", "decide", N_("LIST..."), N_("the meeting has decided"), NEEDS_WRITE, 1,
		-1, cmd_list_decide, decide_options },
	{ "list", "lock", N_("LIST..."),
		N_("all candidates are notified to the authority"), NEEDS_WRITE, 1, -1,
		cmd_list_lock },
	{ "list", "remove", N_("LIST"), N_("removes a draft"), NEEDS_WRITE, 1, 1,
		cmd_list_remove },
	{ "list", "reopen", N_("LIST"), N_("makes a decided list a draft again"),
		NEEDS_WRITE, 1, 1, cmd_list_reopen, reason_options },
	{ "list", "show", N_("LIST"), N_("a list with its candidates and problems"),
		NEEDS_READ, 1, 1, cmd_list_show },
	{ "list", "submit", N_("LIST..."), N_("to the meeting that decides"), NEEDS_WRITE,
		1, -1, cmd_list_submit },
	{ "list", "unlock", N_("LIST"), N_("the notification is withdrawn"), NEEDS_WRITE,
		1, 1, cmd_list_unlock, reason_options },
	{ "mail", NULL, N_("KIND"),
		N_("tells people: confirmation, day-before, changed, cancelled, thanks"),
		NEEDS_WRITE, 1, 1, cmd_mail, mail_options },
	{ "new", NULL, N_("FILE [KOMMUN...]"), N_("a new campaign file"), NEEDS_NOTHING,
		1, -1, cmd_new, new_options },
	{ "order", "cancel", N_("ORDER..."), N_("cancels orders"), NEEDS_WRITE, 1, -1,
		cmd_order_cancel, authority_options },
	{ "order", "delivered", N_("ORDER..."), N_("the ballots have come"), NEEDS_WRITE,
		1, -1, cmd_order_delivered, note_options },
	{ "order", "ordered", N_("ORDER..."),
		N_("placed with the authority; must be complete"), NEEDS_WRITE, 1, -1,
		cmd_order_ordered, note_options },
	{ "order", "printing", N_("ORDER..."), N_("sent to the printer"), NEEDS_WRITE, 1,
		-1, cmd_order_printing, note_options },
	{ "order", "propose", "", N_("how many ballots to order for every list, and why"),
		NEEDS_WRITE, 0, 0, cmd_order_propose, propose_options },
	{ "order", "ready", N_("ORDER..."), N_("complete, to be placed"), NEEDS_WRITE, 1,
		-1, cmd_order_ready, note_options },
	{ "order", "set", N_("ORDER"), N_("changes an order"), NEEDS_WRITE, 1, 1,
		cmd_order_set, authority_options, VALUE_FIELDS },
	{ "order", "show", N_("ORDER"),
		N_("an order with its arithmetic and what is missing"), NEEDS_READ, 1, 1,
		cmd_order_show },
	{ "person", "distinct", N_("PERSON PERSON"),
		N_("they look alike and are two; remembered"), NEEDS_WRITE, 2, 2,
		cmd_person_distinct },
	{ "person", "duplicates", "", N_("who may be the same person"), NEEDS_READ, 0, 0,
		cmd_person_duplicates },
	{ "person", "import", N_("FILE"),
		N_("a list of people, whatever its columns are called"), NEEDS_WRITE, 1,
		1, cmd_person_import, person_import_options },
	{ "person", "list", "", N_("lists people"), NEEDS_READ, 0, 0, cmd_person_list,
		person_list_options, FILTER_FIELDS },
	{ "person", "merge", N_("KEEP DROP"),
		N_("two people are one; the second number finds the first"), NEEDS_WRITE,
		2, 2, cmd_person_merge },
	{ "person", "together", N_("PERSON PERSON"), N_("they want the same shifts"),
		NEEDS_WRITE, 2, 2, cmd_person_together, person_together_options },
	{ "print", NULL, N_("[SHEET]"), N_("a sheet as PDF; alone it lists the sheets"),
		NEEDS_NOTHING, 0, 1, cmd_print, print_options },
	{ "restore", NULL, N_("BACKUP"), N_("puts a backup in the campaign file's place"),
		NEEDS_NOTHING, 1, 1, cmd_restore, restore_options },
	{ "retention", NULL, "", N_("erases those whose day has passed"), NEEDS_WRITE, 0,
		0, cmd_retention, retention_options },
	{ "road", "fetch", N_("URL"),
		N_("asks an OSRM server for the roads between depots and places"),
		NEEDS_WRITE, 1, 1, cmd_road_fetch, road_options },
	{ "road", "forget", "", N_("forgets all known roads"), NEEDS_WRITE, 0, 0,
		cmd_road_forget },
	{ "road", "import", N_("FILE"), N_("roads from a file: from;to;minutes;km"),
		NEEDS_WRITE, 1, 1, cmd_road_import },
	{ "road", "list", "", N_("how many roads are known, and from where"), NEEDS_READ,
		0, 0, cmd_road_list },
	{ "shift", "add", "", N_("a new shift, or a row of them"), NEEDS_WRITE, 0, 0,
		cmd_shift_add, shift_add_options },
	{ "shift", "board", "", N_("who is there and who is missing; default this week"),
		NEEDS_READ, 0, 0, cmd_shift_board, shift_board_options },
	{ "shift", "call", N_("SHIFT"), N_("whom to call for a shift, the best first"),
		NEEDS_READ, 1, 1, cmd_shift_call, shift_call_options },
	{ "shift", "cancel", N_("SHIFT"), N_("calls it off, and says whom to tell"),
		NEEDS_WRITE, 1, 1, cmd_shift_cancel, shift_cancel_options },
	{ "shift", "list", "", N_("lists shifts"), NEEDS_READ, 0, 0, cmd_shift_list,
		shift_list_options },
	{ "shift", "match", "", N_("who takes which open place in a period, and why"),
		NEEDS_WRITE, 0, 0, cmd_shift_match, shift_match_options },
	{ "shift", "set", N_("SHIFT"), N_("changes one, with a look at who is booked"),
		NEEDS_WRITE, 1, 1, cmd_shift_set, shift_set_options },
	{ "shift", "show", N_("SHIFT"), N_("one with its people"), NEEDS_READ, 1, 1,
		cmd_shift_show },
	{ "shortage", "report", N_("PLACE"), N_("a rack is low or empty: plans a refill"),
		NEEDS_WRITE, 1, 1, cmd_shortage_report, shortage_options },
	{ "shortage", "resolve", N_("SHORTAGE..."), N_("it has been seen to"),
		NEEDS_WRITE, 1, -1, cmd_shortage_resolve, note_options },
	{ "signup", "accept", N_("SIGNUP"),
		N_("becomes a person with consent, a contact to make, and a booking"),
		NEEDS_WRITE, 1, 1, cmd_signup_accept, signup_accept_options },
	{ "signup", "add", "", N_("somebody wants to help: by slip, phone, text, mail"),
		NEEDS_WRITE, 0, 0, cmd_signup_add, signup_add_options, VALUE_FIELDS },
	{ "signup", "inbox", "", N_("who waits, whom they may be, what hinders"),
		NEEDS_READ, 0, 0, cmd_signup_inbox },
	{ "signup", "reject", N_("SIGNUP..."),
		N_("says no; what they said of themselves is forgotten"), NEEDS_WRITE, 1,
		-1, cmd_signup_reject, reason_options },
	{ "status", NULL, "", N_("what is on today, what is late, what is missing"),
		NEEDS_READ, 0, 0, cmd_status },
	{ "stock", "balance", "", N_("what is where, and how much of it is free"),
		NEEDS_READ, 0, 0, cmd_stock_balance, stock_balance_options },
	{ "stock", "count", N_("ITEM"), N_("there are so many, whatever the ledger says"),
		NEEDS_WRITE, 1, 1, cmd_stock_count, stock_count_options },
	{ "stock", "move", N_("ITEM PIECES"), N_("from one location to another"),
		NEEDS_WRITE, 2, 2, cmd_stock_move, stock_move_options },
	{ "stock", "receive", N_("[ORDER]"),
		N_("takes in what the printer sent, counted; or what has no order"),
		NEEDS_WRITE, 0, 1, cmd_stock_receive, receive_options },
	{ "stock", "reverse", N_("MOVEMENT"), N_("undoes a movement by its opposite"),
		NEEDS_WRITE, 1, 1, cmd_stock_reverse, stock_reverse_options },
	{ "stock", "scrap", N_("ITEM PIECES"),
		N_("destroyed: old, wet, wrong, left over"), NEEDS_WRITE, 2, 2,
		cmd_stock_scrap, stock_scrap_options },
	{ "stock", "trace", N_("[ITEM|LOCATION]"),
		N_("every movement of an item or at a location"), NEEDS_READ, 0, 1,
		cmd_stock_trace, stock_trace_options },
	{ "version", NULL, "", N_("the program's version"), NEEDS_NOTHING, 0, 0,
		cmd_version },
	{ 0 },
};

const struct command record_commands[] = {
	{ "", "list", "", N_("lists them"), NEEDS_READ, 0, 0, cmd_record_list,
		all_options, FILTER_FIELDS },
	{ "", "show", N_("WHICH"), N_("one of them whole"), NEEDS_READ, 1, 1,
		cmd_record_show },
	{ "", "add", "", N_("a new one"), NEEDS_WRITE, 0, 0, cmd_record_add, NULL,
		VALUE_FIELDS },
	{ "", "set", N_("WHICH"), N_("changes one"), NEEDS_WRITE, 1, 1, cmd_record_set,
		NULL, VALUE_FIELDS },
	{ "", "remove", N_("WHICH"), N_("removes one"), NEEDS_WRITE, 1, 1,
		cmd_record_remove },
	{ 0 },
};

/* Only the verbs that the type's description allows. */
static bool
record_can(const struct vs_record_type *type, const char *verb)
{
	if (strcmp(verb, "add") == 0)
		return type->insert;
	if (strcmp(verb, "set") == 0)
		return type->update;
	if (strcmp(verb, "remove") == 0)
		return type->remove;
	return true;
}

const struct command *
find_command(const char *noun, const char *verb, const struct vs_record_type **ret_type)
{
	*ret_type = vs_record_type_of(noun);
	for (const struct command *c = commands; c->noun; c++)
		if (strcmp(c->noun, noun) == 0 &&
			(!c->verb || (verb && strcmp(c->verb, verb) == 0))) {
			if (c->type)
				*ret_type = c->type;
			return c;
		}
	if (*ret_type && verb)
		for (const struct command *c = record_commands; c->noun; c++)
			if (strcmp(c->verb, verb) == 0 && record_can(*ret_type, verb))
				return c;
	return NULL;
}

bool
is_noun(const char *noun)
{
	for (const struct command *c = commands; c->noun; c++)
		if (strcmp(c->noun, noun) == 0)
			return true;
	return vs_record_type_of(noun) != NULL;
}
