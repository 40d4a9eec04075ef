/*
 * The register: the campaign, who and where.
 *
 * Kommuner, regions, riksdag constituencies, election kinds and the parliamentary parties
 * ship with the program. Places, districts and results come from Valmyndigheten's files.
 * Codes are text with leading zeros: region 2 digits, kommun 4, party 4, district 8.
 */
#ifndef VALSTUGA_REGISTER_H
#define VALSTUGA_REGISTER_H

#include <valstuga/date.h>
#include <valstuga/record.h>

VS_API extern const struct vs_record_type vs_campaign_type;
VS_API extern const struct vs_record_type vs_deadline_type;
VS_API extern const struct vs_record_type vs_region_type;
VS_API extern const struct vs_record_type vs_election_kind_type;
VS_API extern const struct vs_record_type vs_party_type;
VS_API extern const struct vs_record_type vs_kommun_type;
VS_API extern const struct vs_record_type vs_constituency_type;
VS_API extern const struct vs_record_type vs_place_type;
VS_API extern const struct vs_record_type vs_opening_type;
VS_API extern const struct vs_record_type vs_district_type;
VS_API extern const struct vs_record_type
	vs_result_type; /* this election's counts; by import of the authority's files */
VS_API extern const struct vs_record_type vs_border_type; /* by import of GeoJSON */
VS_API extern const struct vs_record_type vs_association_type;
VS_API extern const struct vs_record_type vs_person_type;

/* What `valstuga new` is told. Texts are borrowed. */
struct vs_campaign_options {
	const char *title;	  /* NULL: "DISTRICT YEAR" */
	const char *party_code;	  /* 4 digits */
	const char *party_name;	  /* NULL: as shipped, for a parliamentary party */
	const char *party_short;  /* NULL: as shipped */
	const char *district;	  /* name of the party district */
	const char *region_code;  /* län, 2 digits */
	const char *election_day; /* YYYY-MM-DD, a Sunday */
	const char
		*election_type; /* general, eu, extra, rerun; NULL: seen from the day */
	const char *called_on;	/* extra, rerun: the day was decided on; NULL: unknown */
	const char *
		kinds; /* "RD,RF,KF"; NULL: those, or EP alone for eu or a June election */
	const char *const *kommuner; /* codes or names; NULL: every kommun of the län */
	size_t kommun_count;
};

/*
 * Makes a campaign file with its kommuner, constituencies, deadlines and tariff. Fails and
 * leaves no file when an option is wrong. Caller owns the open file.
 */
VS_API VS_CHECKED struct vs_db *vs_campaign_create(const char *path,
	const struct vs_campaign_options *options, const char *actor,
	struct vs_error *err);

/* What every room needs to know of the campaign. Texts: arena. */
struct vs_campaign {
	const char *title;
	const char *party_code, *party_name, *party_short;
	const char *district;
	const char *region_code;
	const char *kinds; /* "RD,RF,KF" */
	const char *election_day;
	struct vs_date election_date;
	const char *election_type; /* "general", "eu", "extra", "rerun" */
	const char *called_on;	   /* NULL when not known */
	const char *keep_until;
	double quota_factor;
};
VS_API VS_CHECKED bool vs_campaign_get(struct vs_db *db, struct vs_arena *arena,
	struct vs_campaign *ret_campaign, struct vs_error *err);

/*
 * "shift-17@2026-17-0005-4c1f0e9b.valstuga": the same for the same record of the same campaign,
 * and never that of another campaign: a calendar event's uid (calendar.h), a card's, and a
 * mail's Message-ID (mail.h). `key` may be any text; what is no letter, digit, "-" or "_" of
 * ASCII becomes "-". Arena.
 */
VS_API const char *vs_campaign_uid(struct vs_arena *arena,
	const struct vs_campaign *campaign, const char *noun, const char *key);

/*
 * A deadline with its life, as `deadline show` shows it: the record's fields and
 *	"rule" ("valdagen − 18 dagar"), "changes": [ { "at", "actor", "fell_on", "falls_on",
 *	  "source" } ] oldest first; days are null when none was known
 * Caller owns.
 */
VS_API VS_CHECKED json_t *vs_deadline_view(
	struct vs_db *db, const char *key, struct vs_error *err);

/* Deadlines are done; `on` NULL: today. Refuses a day that is still to come. */
VS_API VS_CHECKED bool vs_deadline_done(struct vs_db *db, const char *const *keys,
	size_t count, const char *on, struct vs_error *err);

/* True when `kinds` ("RD,RF,KF") holds `kind`. */
VS_API bool vs_kinds_include(const char *kinds, const char *kind);

/*
 * Counts for `status`: districts, polling_places, advance_places, place_days (days on which
 * an advance voting place is open, summed), and per kind `eligible` and `quota` (free
 * ballots, whole areas). Caller owns.
 */
VS_API VS_CHECKED json_t *vs_register_figures(struct vs_db *db, struct vs_error *err);

/* What is missing, unlikely or inconsistent; see campaign.h for the form. Caller owns. */
VS_API VS_CHECKED json_t *vs_register_problems(struct vs_db *db, struct vs_error *err);

#endif
