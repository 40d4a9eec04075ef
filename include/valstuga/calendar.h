/*
 * Calendars (iCalendar, RFC 5545) and cards (vCard 3.0) out. A calendar or a set of cards is
 * a view like any other; writing it is a pure function of that view: the same view gives the
 * same bytes, and no database is asked.
 *
 * Texts are cleaned as vs_text_clean_lines() does (control characters go, line breaks stay),
 * escaped, and folded at 75 bytes, never inside a character. Times are written in UTC, so no
 * reader has to know a time zone. Absent, null and "" mean the same. Lines end in CRLF.
 *
 * Names: a calendar of a noun is `json_t *vs_NOUN_calendar(db, filters, err)`, cards are
 * `json_t *vs_NOUN_cards(db, filters, err)`, each a view (caller owns) that never writes.
 */
#ifndef VALSTUGA_CALENDAR_H
#define VALSTUGA_CALENDAR_H

#include <jansson.h>
#include <valstuga/register.h>

/*
 * Appends a calendar:
 *
 *	{ "name": "Pass för Åsa",         -- X-WR-CALNAME
 *	  "made_at": 1776412800,          -- required: now, UTC seconds (DTSTAMP)
 *	  "organizer": "V Värmland",      -- of every event that does not name its own; with an
 *	  "organizer_email": "a@b.se",    --   address ORGANIZER, without one CONTACT
 *	  "events": [ {                   -- required; may be empty
 *	    "uid": "shift-17@2026-17-0005-4c1f0e9b.valstuga", -- required: always the same for the same
 *	                                  --   thing, see vs_campaign_uid(); once per calendar
 *	    "sequence": 3,                -- grows by every change; 0 when absent
 *	    "starts_at": 1789286400,      -- UTC seconds, and
 *	    "ends_at": 1789300800,        --   the moment it is over; or, for whole days,
 *	    "date": "2026-09-13",         --   the first day, and
 *	    "last_date": "2026-09-14",    --   the last one, inclusive; absent: the same day
 *	    "summary": "Valstuga, Stora torget",     -- required: one line
 *	    "description": "Ta med väst.\nFråga efter Bo.",
 *	    "location": "Stora torget, Karlstad",
 *	    "latitude": 59.3793, "longitude": 13.5036, -- both or none
 *	    "organizer", "organizer_email": as above
 *	    "contact": "Bo, 070-123 45 67",
 *	    "url": "https://…",           -- printable ASCII without blanks
 *	    "categories": [ "valstuga" ],
 *	    "status": "CONFIRMED",        -- or TENTATIVE, CANCELLED; absent: CONFIRMED
 *	    "free": true,                 -- does not make anybody busy
 *	    "created_at": …, "modified_at": … } ] }  -- UTC seconds
 *
 * Who has the calendar already sees a change when `sequence` has grown, and a cancelled event
 * only when it is written as CANCELLED: leave it in, do not leave it out.
 *
 * Fails with VS_INVALID naming the event and the field, and then appends nothing.
 */
VS_API VS_CHECKED bool vs_ical_write(
	const json_t *calendar, struct vs_buffer *out, struct vs_error *err);

/* The campaign's deadlines as whole days that make nobody busy; no filters. Caller owns. */
VS_API VS_CHECKED json_t *vs_deadline_calendar(
	struct vs_db *db, const json_t *filters, struct vs_error *err);

/*
 * Appends cards, { "cards": [ … ] }, one for each:
 *
 *	{ "name": "Åsa Öberg",            -- required: as she is called
 *	  "given": "Åsa", "family": "Öberg", -- absent: the last word, with "af", "von", "de" …
 *	                                  --   before it, is taken to be the family's name
 *	  "uid": "person-17@…",           -- the same when the card is exported again
 *	  "phones": [ "+46701234567" ], "emails": [ "a@b.se" ],   -- the preferred one first
 *	  "organization": "V Värmland", "unit": "Kil",
 *	  "title": "Medlemsansvarig",
 *	  "note": "…", "categories": [ "dörrknackning" ],
 *	  "modified_at": … }              -- UTC seconds
 *
 * A card carries what its holder needs and no more; the view decides. Fails as above.
 */
VS_API VS_CHECKED bool vs_vcard_write(
	const json_t *cards, struct vs_buffer *out, struct vs_error *err);

#endif
