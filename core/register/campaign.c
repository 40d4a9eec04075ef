/* The campaign: the file's one row. */
#include "register/deadline.h"
#include "register/people.h"

#include <string.h>

#include "base/i18n.h"

static const struct vs_choice ways[] = {
	{ "server", N_("the sign-up server") },
	{ "sms", N_("text message") },
	{ "mail", N_("e-mail") },
	{ "slip", N_("paper slip") },
	{ 0 },
};

const struct vs_choice register_election_types[] = {
	{ "general", N_("general election") },
	{ "eu", N_("election to the European Parliament") },
	{ "extra", N_("extra election") },
	{ "rerun", N_("re-election") },
	{ 0 },
};

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY | VS_HIDDEN, N_("no.") },
	{ "title", VS_FIELD_TEXT, VS_REQUIRED | VS_NAME, N_("title"), .max_length = 100 },
	{ "party", VS_FIELD_REF, VS_READONLY, N_("party"), .refers = &vs_party_type },
	{ "party_name", VS_FIELD_TEXT, VS_READONLY, N_("party") },
	{ "district", VS_FIELD_TEXT, VS_REQUIRED, N_("party district"),
		.max_length = 100 },
	{ "region", VS_FIELD_REF, VS_READONLY, N_("county"), .refers = &vs_region_type },
	{ "election_day", VS_FIELD_DATE, VS_REQUIRED, N_("election day"),
		N_("when an election is moved: deadlines and lists follow") },
	{ "election_type", VS_FIELD_CHOICE, VS_REQUIRED, N_("type of election"),
		N_("deadlines follow"), .choices = register_election_types },
	{ "called_on", VS_FIELD_DATE, 0, N_("called on"),
		N_("the day that an extra election's day was decided; deadlines count from it") },
	{ "kinds", VS_FIELD_TEXT, VS_READONLY, N_("elections") },
	{ "quota_factor", VS_FIELD_REAL, VS_REQUIRED, N_("ballots per voter"),
		N_("ballots to propose per eligible voter; the free quota is 3"),
		.min = 0, .max = 20 },
	{ "keep_until", VS_FIELD_DATE, VS_REQUIRED, N_("keep people until"),
		N_("given to new people; those already in the file keep theirs") },
	{ "controller_name", VS_FIELD_TEXT, 0, N_("data controller") },
	{ "controller_email", VS_FIELD_TEXT, 0, N_("controller's e-mail") },
	{ "controller_phone", VS_FIELD_TEXT, 0, N_("controller's phone") },
	{ "delivery_recipient", VS_FIELD_TEXT, 0, N_("deliver to"),
		N_("the address that new orders get"), .max_length = 100 },
	{ "delivery_street", VS_FIELD_TEXT, 0, N_("street address"), .max_length = 100 },
	{ "delivery_postcode", VS_FIELD_TEXT, 0, N_("postcode"), .max_length = 6 },
	{ "delivery_town", VS_FIELD_TEXT, 0, N_("town"), .max_length = 60 },
	{ "delivery_contact", VS_FIELD_TEXT, VS_PERSONAL, N_("delivery contact"),
		.max_length = 90 },
	{ "delivery_mobile", VS_FIELD_TEXT, VS_PERSONAL, N_("mobile number"),
		.max_length = 20 },
	{ "orderer", VS_FIELD_INTEGER, 0, N_("authorised orderer"),
		N_("number from 'orderer list'; new orders get it") },
	{ "colour", VS_FIELD_TEXT, 0, N_("colour"), N_("of flyers, as in #DA291C"),
		.max_length = 7 },
	{ "signup_way", VS_FIELD_CHOICE, 0, N_("sign-up by"),
		N_("what a flyer's code holds"), .choices = ways },
	{ "signup_url", VS_FIELD_TEXT, 0, N_("sign-up address"),
		N_("the sign-up server's, as in https://exempel.se/v/"),
		.max_length = 80 },
	{ "signup_phone", VS_FIELD_TEXT, VS_PHONE, N_("sign-up phone"),
		N_("for text messages and calls") },
	{ "signup_email", VS_FIELD_TEXT, 0, N_("sign-up e-mail"), .max_length = 80 },
	{ "sender", VS_FIELD_TEXT, 0, N_("sender"),
		N_("who is behind a flyer, in one line"), .max_length = 150 },
	{ "ad_sponsor", VS_FIELD_TEXT, 0, N_("ad sponsor"),
		N_("who pays, for the block on political advertising"),
		.max_length = 150 },
	{ "ad_notice_url", VS_FIELD_TEXT, 0, N_("ad notice"),
		N_("web address of the transparency notice"), .max_length = 200 },
};

static bool
check_colour(const char *colour, struct vs_error *err)
{
	bool good = !colour ||
		(*colour == '#' && strspn(colour + 1, "0123456789abcdefABCDEF") == 6 &&
			strlen(colour) == 7);
	return good ||
		vs_fail(err, VS_INVALID,
			_("campaign, field colour: \"%s\" is no colour; write it as #DA291C"),
			colour);
}

/* What a telephone's browser opens: a scheme, a host with a dot, no spaces. */
static bool
check_url(const json_t *record, const char *field, struct vs_error *err)
{
	const char *url = record_string(record, field);
	size_t scheme = !url			       ? 0
		: strncasecmp(url, "https://", 8) == 0 ? 8
		: strncasecmp(url, "http://", 7) == 0  ? 7
						       : 0;
	if (!url)
		return true;
	size_t host = strcspn(url + scheme, "/?#");
	bool good = scheme && host > 2 && memchr(url + scheme, '.', host) &&
		url[scheme] != '.' && !strpbrk(url, " \t\n\"<>\\");
	for (const char *c = url; *c && good; c++)
		good = (unsigned char)*c > ' ' && (unsigned char)*c < 127;
	return good ||
		vs_fail(err, VS_INVALID,
			_("campaign, field %s: \"%s\" is no web address; write it as https://exempel.se/v/"),
			field, url);
}

/* The way that the flyers' codes go needs somewhere to go to. */
static bool
check_way(const json_t *record, struct vs_error *err)
{
	static const char *const needs[][2] = { { "server", "signup_url" },
		{ "sms", "signup_phone" }, { "mail", "signup_email" } };
	const char *way = record_string(record, "signup_way");
	for (size_t i = 0; way && i < sizeof needs / sizeof *needs; i++)
		if (strcmp(way, needs[i][0]) == 0 && !record_string(record, needs[i][1]))
			return vs_fail(err, VS_INVALID,
				_("campaign, field signup_way: \"%s\" needs field %s; give both"),
				way, needs[i][1]);
	return true;
}

static bool
check_flyers(const json_t *record, struct vs_error *err)
{
	return check_colour(record_string(record, "colour"), err) &&
		check_url(record, "signup_url", err) &&
		check_url(record, "ad_notice_url", err) &&
		register_check_email("campaign", "signup_email",
			record_string(record, "signup_email"), err) &&
		check_way(record, err);
}

static bool
same(const json_t *a, const json_t *b, const char *name)
{
	return json_equal(json_object_get(a, name), json_object_get(b, name));
}

/* An older file may hold an election that could not be made now; it is left in peace. */
static bool
check_election(const json_t *record, const json_t *before, struct vs_error *err)
{
	if (same(record, before, "election_day") &&
		same(record, before, "election_type") &&
		same(record, before, "called_on"))
		return true;
	return register_check_election(record_string(record, "election_type"),
		record_string(record, "kinds"), record_string(record, "election_day"),
		record_string(record, "called_on"), err);
}

/* The usual time after an election that moves is counted from the new day. */
static bool
complete(struct vs_db *db, json_t *record, const json_t *before, struct vs_error *err)
{
	struct vs_date day, old;
	char keep_until[11];
	(void)db;
	if (!record_string(record, "election_day") ||
		same(record, before, "election_day") ||
		!same(record, before, "keep_until"))
		return true;
	if (!vs_date_parse(record_string(before, "election_day"), &old, err) ||
		!vs_date_parse(record_string(record, "election_day"), &day, err))
		return false;
	vs_date_format(vs_date_add(old, REGISTER_KEEP_DAYS), keep_until);
	if (strcmp(record_string(record, "keep_until"), keep_until) == 0)
		record_put(record, "keep_until",
			vs_date_format(vs_date_add(day, REGISTER_KEEP_DAYS), keep_until));
	return true;
}

static bool
written(struct vs_db *db, const json_t *record, const json_t *before,
	struct vs_error *err)
{
	return deadline_follow(db, before, record, err);
}

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	(void)db;
	return check_election(record, before, err) &&
		register_check_factor("campaign", record, err) &&
		register_check_address("campaign", "delivery_", record, err) &&
		check_flyers(record, err);
}

const struct vs_record_type vs_campaign_type = {
	.noun = N_("campaign"),
	.label = N_("campaign"),
	.about = N_("The campaign that this file is for."),
	FIELDS(fields),
	.select = SQL(
		"SELECT c.id, c.title, c.party_code AS party, p.name AS party_name,"
		" c.district, c.region_code AS region, c.election_day, c.election_type,"
		" c.called_on, c.kinds,"
		" c.quota_factor, c.keep_until, c.controller_name, c.controller_email,"
		" c.controller_phone, c.delivery_recipient, c.delivery_street,"
		" c.delivery_postcode, c.delivery_town, c.delivery_contact,"
		" c.delivery_mobile, c.orderer_id AS orderer, c.colour, c.signup_way,"
		" c.signup_url, c.signup_phone, c.signup_email, c.sender, c.ad_sponsor,"
		" c.ad_notice_url FROM campaign c JOIN party p ON p.code = c.party_code"),
	.update =
		SQL("UPDATE campaign SET title = ?, district = ?, election_day = ?,"
		    " election_type = ?, called_on = ?, quota_factor = ?,"
		    " keep_until = ?, controller_name = ?, controller_email = ?,"
		    " controller_phone = ?, delivery_recipient = ?, delivery_street = ?,"
		    " delivery_postcode = ?, delivery_town = ?, delivery_contact = ?,"
		    " delivery_mobile = ?, orderer_id = ?, colour = ?, signup_way = ?,"
		    " signup_url = ?, signup_phone = ?, signup_email = ?, sender = ?,"
		    " ad_sponsor = ?, ad_notice_url = ? WHERE id = ?"),
	.complete = complete,
	.check = check,
	.written = written,
};

bool
vs_campaign_get(struct vs_db *db, struct vs_arena *arena,
	struct vs_campaign *ret_campaign, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT c.title, c.party_code, p.name, coalesce(p.short, p.name),"
			" c.district, c.region_code, c.kinds, c.election_day, c.keep_until,"
			" c.quota_factor, c.election_type, c.called_on FROM campaign c JOIN party p ON p.code = c.party_code"),
		    err))
		return false;
	if (!stmt_row(&q, err))
		return vs_fail(err, VS_CORRUPT,
			_("%s holds no campaign; restore a backup or make a new file"),
			vs_db_path(db));
	*ret_campaign = (struct vs_campaign){
		.title = stmt_copy(&q, 0, arena),
		.party_code = stmt_copy(&q, 1, arena),
		.party_name = stmt_copy(&q, 2, arena),
		.party_short = stmt_copy(&q, 3, arena),
		.district = stmt_copy(&q, 4, arena),
		.region_code = stmt_copy(&q, 5, arena),
		.kinds = stmt_copy(&q, 6, arena),
		.election_day = stmt_copy(&q, 7, arena),
		.keep_until = stmt_copy(&q, 8, arena),
		.quota_factor = stmt_real(&q, 9),
		.election_type = stmt_copy(&q, 10, arena),
		.called_on = stmt_copy(&q, 11, arena),
	};
	return vs_date_parse(
		ret_campaign->election_day, &ret_campaign->election_date, err);
}
