/* What each command may be told with --NAME. */
#include "options.h"

const struct option new_options[] = {
	{ "party", N_("CODE"), N_("the party's code, 4 digits (V is 0005)") },
	{ "party-name", N_("NAME"), N_("the party's registered name") },
	{ "party-short", N_("ABBREVIATION"), N_("the party's abbreviation") },
	{ "district", N_("NAME"), N_("the party district's name") },
	{ "lan", N_("CODE"), N_("the county's code, 2 digits") },
	{ "election", N_("DATE"), N_("election day, YYYY-MM-DD") },
	{ "election-type", N_("TYPE"),
		N_("general, eu, extra or rerun; default seen from the day") },
	{ "called-on", N_("DATE"), N_("the day that an extra election was called") },
	{ "kinds", N_("RD,RF,KF"), N_("which elections") },
	{ "kommun", N_("CODE"), N_("only these kommuner; may be repeated") },
	{ "title", N_("TEXT"), N_("the campaign's title") },
	{ 0 },
};

const struct option activity_list_options[] = {
	{ "all", NULL, N_("also what is over or cancelled") },
	{ "from", N_("DATE"), N_("from this day on") },
	{ "until", N_("DATE"), N_("to this day") },
	{ "kind", N_("SORT"), N_("only this sort of activity") },
	{ "association", N_("ASSOCIATION"), N_("only what this association holds") },
	{ "kommun", N_("KOMMUN"), N_("only this kommun") },
	{ 0 },
};

const struct option activity_copy_options[] = {
	{ "days", N_("DATES"), N_("to these days, with commas") },
	{ "weekly", NULL, N_("once a week, to --until") },
	{ "every", N_("DAYS"), N_("each so many days, to --until") },
	{ "until", N_("DATE"), N_("the last possible day") },
	{ "dry-run", NULL, N_("look at the plan, change nothing") },
	{ "plan", N_("PLAN"), N_("write only if the plan is still this one") },
	{ 0 },
};

const struct option activity_cancel_options[] = {
	{ "reason", N_("TEXT"), N_("why; those who are told will ask") },
	{ "dry-run", NULL, N_("who would have to be told; change nothing") },
	{ 0 },
};

const struct option calendar_list_options[] = {
	{ "from", N_("DATE"), N_("from this day on") },
	{ "until", N_("DATE"), N_("to this day") },
	{ "association", N_("ASSOCIATION"),
		N_("what concerns it, its kommuner, or all") },
	{ "kommun", N_("KOMMUN"), N_("what concerns it or all") },
	{ "kind", N_("KINDS"),
		N_("of law, decision, kommun, own, activity; several with commas") },
	{ "open", NULL, N_("without what is done or over") },
	{ 0 },
};

const struct option calendar_filter_options[] = {
	{ "association", N_("ASSOCIATION"),
		N_("what concerns it, its kommuner, or all") },
	{ "kommun", N_("KOMMUN"), N_("what concerns it or all") },
	{ "kind", N_("KINDS"),
		N_("of law, decision, kommun, own, activity; several with commas") },
	{ "open", NULL, N_("without what is done or over") },
	{ 0 },
};

const struct option deadline_done_options[] = {
	{ "on", N_("DATE"), N_("the day that it was done; default today") },
	{ 0 },
};

const struct option saturday_options[] = {
	{ "from", N_("DATE"), N_("from this day on; default today") },
	{ "until", N_("DATE"), N_("to this day; default election day") },
	{ 0 },
};

const struct option visit_options[] = {
	{ "limit", N_("N"), N_("at most so many; default 5") },
	{ 0 },
};

const struct option attendance_options[] = {
	{ "kind", N_("SORT"), N_("sort of activity; default valskola") },
	{ 0 },
};

const struct option booking_add_options[] = {
	{ "role", N_("ROLE"), N_("as what; default the only one that fits") },
	{ "state", N_("STATE"), N_("offered, signed_up or booked; default booked") },
	{ "override", N_("REASON"), N_("why a rule may be broken") },
	{ "wait", NULL, N_("on the waiting list, if no place is free") },
	{ 0 },
};

const struct option booking_cancel_options[] = {
	{ "by", N_("WHO"), N_("person or organiser; default organiser") },
	{ "reason", N_("TEXT"), N_("why") },
	{ 0 },
};

const struct option booking_role_options[] = {
	{ "role", N_("ROLE"), N_("as what; default the only one") },
	{ 0 },
};

const struct option booking_override_options[] = {
	{ "override", N_("REASON"), N_("why a rule may be broken") },
	{ 0 },
};

const struct option booking_reason_options[] = {
	{ "reason", N_("TEXT"), N_("kept with the time and your name") },
	{ 0 },
};

const struct option booking_walk_in_options[] = {
	{ "person", N_("PERSON"), N_("who came, if in the register") },
	{ "name", N_("NAME"), N_("who came; found by name and phone, else added") },
	{ "phone", N_("PHONE"), N_("their phone") },
	{ "email", N_("ADDRESS"), N_("their e-mail") },
	{ "kommun", N_("KOMMUN"), N_("where they live") },
	{ "role", N_("ROLE"), N_("as what; default the only one that fits") },
	{ "override", N_("REASON"), N_("why a rule may be broken") },
	{ 0 },
};

const struct option booking_list_options[] = {
	{ "from", N_("DATE"), N_("from this day on") },
	{ "until", N_("DATE"), N_("to this day") },
	{ "shift", N_("SHIFT"), N_("only this shift") },
	{ "person", N_("PERSON"), N_("only this person") },
	{ "activity", N_("ACTIVITY"), N_("only this activity") },
	{ "state", N_("STATE"), N_("only in this state") },
	{ "late", NULL, N_("only what the person cancelled within a day before") },
	{ 0 },
};

const struct option shift_add_options[] = {
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

const struct option shift_set_options[] = {
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

const struct option shift_cancel_options[] = {
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

const struct option shift_list_options[] = {
	{ "all", NULL, N_("also what is cancelled") },
	SHIFT_FILTERS,
	{ 0 },
};

const struct option shift_board_options[] = {
	SHIFT_FILTERS,
	{ 0 },
};

const struct option import_options[] = {
	{ "dry-run", NULL, N_("say what would be done, change nothing") },
	{ "all", NULL, N_("the whole country, not only the district's kommuner") },
	{ "party", N_("CODE"),
		N_("lists of this party; may be repeated; 'all' for every party") },
	{ "election", N_("DATE"),
		N_("the election that candidates, received votes or results belong to") },
	{ "list", N_("LIST"), N_("the list that our own list file fills") },
	{ "kind", N_("KIND"), N_("kind of our own list: RD, RF, KF") },
	{ "kommun", N_("KOMMUN"), N_("kommun of our own list") },
	{ 0 },
};

const struct option evaluation_answer_options[] = {
	{ "day", N_("DATE"), N_("when they answered; default today") },
	{ 0 },
};

const struct option evaluation_result_options[] = {
	{ "kind", N_("KIND"), N_("which election: RD, RF, KF; default KF") },
	{ "by", N_("kommun|district"),
		N_("a row per kommun or per district; default kommun") },
	{ 0 },
};

const struct option restore_options[] = {
	{ "force", NULL, N_("replace the file even if it is newer than the backup") },
	{ 0 },
};

const struct option history_options[] = {
	{ "limit", N_("N"), N_("at most so many lines") },
	{ 0 },
};

const struct option print_options[] = {
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
	{ "person", N_("PERSON"), N_("the person of the extract") },
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
	{ "week", N_("WEEK"), N_("this week: 2026-W34, 34, or a day of it") },
	{ "goal", N_("GOAL"), N_("for this goal") },
	{ "target", N_("N"), N_("so many a week") },
	{ "kinds", N_("KINDS"), N_("only these sorts, with commas") },
	{ "by", N_("PERSON"), N_("only this spokesperson's") },
	{ "area", N_("AREA"), N_("only this policy area") },
	{ 0 },
};

const struct option export_options[] = {
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
	{ "open", NULL, N_("calendar: without what is done or over") },
	{ 0 },
};

const struct option help_options[] = {
	{ "markdown", NULL, N_("tables of every record's fields, for the handbook") },
	{ "words", NULL, N_("nouns and verbs, for shell completion") },
	{ 0 },
};

const struct option enter_options[] = {
	{ "sheet", N_("CODE"), N_("the sheet's code, of any revision") },
	{ "correct", NULL, N_("change what was entered before") },
	{ "dry-run", NULL, N_("say what would be done, change nothing") },
	{ 0 },
};

const struct option flyer_all_options[] = {
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

const struct option signup_add_options[] = {
	{ "no-consent", NULL, N_("the consent is not ticked: refused, nothing is kept") },
	{ 0 },
};

const struct option signup_accept_options[] = {
	{ "person", N_("PERSON"), N_("who it is; default somebody new") },
	{ "new", NULL, N_("somebody new, although a person looks the same") },
	{ "shift", N_("SHIFT"), N_("the shift; default the one asked for") },
	{ "without-shift", NULL, N_("not on the shift that was asked for") },
	{ "role", N_("ROLE"), N_("role on the shift; default the only one that fits") },
	{ "wait", NULL, N_("on the waiting list when it is full") },
	{ "override", N_("REASON"), N_("why a rule may be broken") },
	{ 0 },
};

const struct option list_add_options[] = {
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

const struct option decide_options[] = {
	{ "minutes", N_("TEXT"), N_("the meeting that decided") },
	{ "on", N_("DATE"), N_("day of the decision; default today") },
	{ 0 },
};

const struct option reason_options[] = {
	{ "reason", N_("TEXT"), N_("why; goes into the history") },
	{ 0 },
};

const struct option extract_options[] = {
	{ "output", N_("FILE"), N_("FILE.pdf or FILE.json; without it it is printed"),
		'o' },
	{ 0 },
};

const struct option correct_options[] = {
	{ "source", N_("TEXT"), N_("where the right value comes from") },
	{ 0 },
};

const struct option restrict_options[] = {
	{ "off", NULL, N_("lift the restriction") },
	{ "reason", N_("TEXT"), N_("why; goes into the history") },
	{ 0 },
};

const struct option erase_options[] = {
	{ "dry-run", NULL, N_("say what would be done, change nothing") },
	{ 0 },
};

const struct option retention_options[] = {
	{ "on", N_("DATE"), N_("who is due on this day; default today") },
	{ "yes", NULL, N_("erase them; without it they are only listed") },
	{ "dry-run", NULL, N_("only list them, as without --yes") },
	{ "output", N_("FILE.pdf"), N_("the certificate as a sheet"), 'o' },
	{ "past", NULL, N_("the certificates there are") },
	{ "certificate", N_("N"), N_("a certificate again") },
	{ "rewrite", NULL, N_("write the file anew, when that was not done") },
	{ 0 },
};

const struct option candidate_options[] = {
	{ "list", N_("LIST"), N_("number or name of the list") },
	{ "position", N_("N"), N_("where on the list; default last") },
	{ "person", N_("PERSON"), N_("a person who is in the register") },
	{ 0 },
};

const struct option move_options[] = {
	{ "to", N_("N"), N_("the new position") },
	{ 0 },
};

const struct option propose_options[] = {
	{ "dry-run", NULL, N_("look at the plan, change nothing") },
	{ "plan", N_("PLAN"), N_("write only if the plan is still this one") },
	{ "factor", N_("N"),
		N_("ballots per eligible voter; default the kommun's or campaign's") },
	{ "kind", N_("KIND"), N_("only this kind of election") },
	{ "kommun", N_("KOMMUN"), N_("only this kommun") },
	{ 0 },
};

const struct option deliver_plan_options[] = {
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

const struct option deliver_replan_options[] = {
	{ "dry-run", NULL, N_("look at the plan, change nothing") },
	{ "plan", N_("PLAN"), N_("write only if the plan is still this one") },
	{ "without", N_("CARRIER"), N_("carriers who dropped out, with commas") },
	{ "seconds", N_("N"),
		N_("search so long per depot and day; such a plan is not repeatable") },
	{ "seed", N_("N"), N_("begin the search elsewhere") },
	{ 0 },
};

const struct option deliver_add_options[] = {
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

const struct option authority_options[] = {
	{ "through-authority", N_("REASON"),
		N_("for what is ordered: how and when the authority was told") },
	{ 0 },
};

const struct option note_options[] = {
	{ "note", N_("TEXT"), N_("kept with the time and your name") },
	{ 0 },
};

const struct option road_options[] = {
	{ "again", NULL, N_("ask for known roads, too") },
	{ "profile", N_("NAME"), N_("the server's profile; default driving") },
	{ 0 },
};

const struct option all_options[] = {
	{ "all", NULL, N_("also what lists usually leave out") },
	{ 0 },
};

const struct option pack_options[] = {
	{ "day", N_("DATE"), N_("all of this day") },
	{ "route", N_("ROUTE"), N_("all of this route") },
	{ "packages", N_("N"), N_("packages; default computed from the boxes") },
	{ "override", N_("TEXT"), N_("why it goes although it breaks a hand-over rule") },
	{ 0 },
};

const struct option depart_options[] = {
	{ "day", N_("DATE"), N_("all of this day") },
	{ "route", N_("ROUTE"), N_("all of this route") },
	{ 0 },
};

const struct option receipt_options[] = {
	{ "by", N_("NAME"), N_("who received it, name or role") },
	{ "at", N_("TIME"), N_("when, YYYY-MM-DD HH:MM; default now") },
	{ "counted", N_("ITEM=N;..."), N_("where it differs from what was sent") },
	{ "note", N_("TEXT"), N_("kept with the time and your name") },
	{ 0 },
};

const struct option board_options[] = {
	{ "kommun", N_("KOMMUN"), N_("only this kommun, day by day") },
	{ 0 },
};

const struct option shortage_options[] = {
	{ "list", N_("LIST"), N_("which list, or material; default every list there") },
	{ "level", N_("LEVEL"), N_("low or empty; default empty") },
	{ "by", N_("TEXT"), N_("who reported it") },
	{ "note", N_("TEXT"), N_("note") },
	{ "refill", NULL, N_("plan a delivery even where the kommun refills") },
	{ "dry-run", NULL, N_("say what would be done, change nothing") },
	{ 0 },
};

const struct option receive_options[] = {
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

const struct option stock_move_options[] = {
	{ "from", N_("LOCATION"), N_("where they are taken") },
	{ "to", N_("LOCATION"), N_("where they are put") },
	{ "document", N_("TEXT"), N_("delivery note, minutes, sheet") },
	{ "reason", N_("TEXT"), N_("why; stands in the ledger") },
	{ "override", N_("REASON"),
		N_("ballots that nobody can use there: why all the same") },
	{ 0 },
};

const struct option stock_count_options[] = {
	{ "at", N_("LOCATION"), N_("where they were counted") },
	{ "pieces", N_("N"), N_("how many were counted") },
	{ "document", N_("TEXT"), N_("delivery note, minutes, sheet") },
	{ "reason", N_("TEXT"), N_("why; stands in the ledger") },
	{ "override", N_("REASON"),
		N_("ballots that nobody can use there: why all the same") },
	{ 0 },
};

const struct option stock_scrap_options[] = {
	{ "at", N_("LOCATION"), N_("where they were") },
	{ "document", N_("TEXT"), N_("delivery note, minutes, sheet") },
	{ "reason", N_("TEXT"), N_("why; stands in the ledger") },
	{ 0 },
};

const struct option stock_reverse_options[] = {
	{ "reason", N_("TEXT"), N_("why; stands in the ledger") },
	{ 0 },
};

const struct option stock_balance_options[] = {
	{ "item", N_("ITEM"), N_("only this item") },
	{ "location", N_("LOCATION"), N_("only this location") },
	{ "kommun", N_("KOMMUN"), N_("only this kommun's places, reception and depot") },
	{ "totals", NULL, N_("only where all of each item is") },
	{ 0 },
};

const struct option stock_trace_options[] = {
	{ "item", N_("ITEM"), N_("only this item") },
	{ "location", N_("LOCATION"), N_("only this location") },
	{ 0 },
};

const struct option allocate_options[] = {
	{ "dry-run", NULL, N_("look at the plan, change nothing") },
	{ "plan", N_("PLAN"), N_("write only if the plan is still this one") },
	{ 0 },
};

const struct option allocate_set_options[] = {
	{ "reason", N_("TEXT"), N_("why; shown with the number") },
	{ 0 },
};

const struct option kommun_options[] = {
	{ "kommun", N_("KOMMUN"), N_("only this kommun") },
	{ 0 },
};

const struct option shift_match_options[] = {
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

const struct option shift_call_options[] = {
	{ "role", N_("ROLE"), N_("which of the shift's roles") },
	{ "limit", N_("N"), N_("at most so many people; default 10, 0 for all") },
	{ 0 },
};

const struct option mail_options[] = {
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
