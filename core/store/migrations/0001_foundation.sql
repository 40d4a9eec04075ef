-- The campaign file, part one: who and where, candidate lists, orders.
--
-- Conventions: STRICT everywhere; dates TEXT YYYY-MM-DD; moments INTEGER seconds UTC; clock
-- times INTEGER minutes after midnight, Swedish wall clock; money INTEGER öre; booleans
-- INTEGER 0/1; NULL means "not known". Codes are text: leading zeros matter. What paper or a
-- person may name by its number has AUTOINCREMENT: a number is never given twice.

-- What ships with the program (filled by 0002) --------------------------------------------

CREATE TABLE region (
	code TEXT PRIMARY KEY CHECK (length(code) = 2),
	name TEXT NOT NULL,                             -- Värmlands län
	region_name TEXT NOT NULL,                      -- Region Värmland
	has_regional_election INTEGER NOT NULL CHECK (has_regional_election IN (0, 1))
) STRICT;

CREATE TABLE riksdag_constituency (                -- the 29 of vallagen 4:2
	code TEXT PRIMARY KEY CHECK (length(code) = 2),
	name TEXT NOT NULL,
	region_code TEXT NOT NULL REFERENCES region (code)
) STRICT;
CREATE INDEX riksdag_constituency_region ON riksdag_constituency (region_code);

CREATE TABLE election_kind (
	code TEXT PRIMARY KEY,                          -- RD RF KF EP
	name TEXT NOT NULL,
	adjective TEXT NOT NULL,                        -- as in "Val till riksdagen"
	colour_name TEXT NOT NULL,
	colour TEXT NOT NULL CHECK (colour GLOB '#[0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f]'),
	signal_lines INTEGER NOT NULL CHECK (signal_lines BETWEEN 0 AND 2),
	free_quota_base TEXT NOT NULL CHECK (free_quota_base IN ('constituency', 'area')),
	source TEXT NOT NULL,
	position INTEGER NOT NULL UNIQUE                -- order in lists and racks
) STRICT;

CREATE TABLE party (
	code TEXT PRIMARY KEY CHECK (length(code) = 4),
	name TEXT NOT NULL,
	short TEXT
) STRICT;

-- The campaign ----------------------------------------------------------------------------

CREATE TABLE campaign (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	title TEXT NOT NULL,
	party_code TEXT NOT NULL REFERENCES party (code),
	district TEXT NOT NULL,                         -- name of the party district
	region_code TEXT NOT NULL REFERENCES region (code),
	election_day TEXT NOT NULL,
	kinds TEXT NOT NULL,                            -- comma separated: RD,RF,KF
	quota_factor REAL NOT NULL DEFAULT 3.0,         -- ballots per eligible voter to propose
	keep_until TEXT NOT NULL,                       -- personal data is kept until this day
	controller_name TEXT,                           -- personuppgiftsansvarig
	controller_email TEXT,
	controller_phone TEXT,
	delivery_recipient TEXT,                        -- default for new orders
	delivery_street TEXT,
	delivery_postcode TEXT,
	delivery_town TEXT,
	delivery_contact TEXT,
	delivery_mobile TEXT,
	orderer_id INTEGER REFERENCES orderer (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX campaign_party ON campaign (party_code);
CREATE INDEX campaign_region ON campaign (region_code);
CREATE INDEX campaign_orderer ON campaign (orderer_id);

CREATE TABLE deadline (                            -- the law is data: date or offset, with source
	id INTEGER PRIMARY KEY,
	key TEXT NOT NULL UNIQUE,                       -- order_date, guaranteed_delivery ...
	name TEXT NOT NULL,
	date TEXT,                                      -- a dated decision, or
	offset_days INTEGER,                            -- days from election day (negative: before)
	source TEXT NOT NULL,
	verified_on TEXT,
	done_on TEXT,
	note TEXT,
	CHECK (date IS NULL OR offset_days IS NULL)
) STRICT;

-- Who and where ---------------------------------------------------------------------------

CREATE TABLE association (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	name TEXT NOT NULL UNIQUE,
	members INTEGER CHECK (members >= 0),
	contact_name TEXT,
	contact_phone TEXT,
	contact_email TEXT,
	deputy_name TEXT,
	deputy_phone TEXT,
	note TEXT
) STRICT;

CREATE TABLE kommun (
	code TEXT PRIMARY KEY CHECK (length(code) = 4),
	name TEXT NOT NULL,
	region_code TEXT NOT NULL REFERENCES region (code),
	riksdag_code TEXT NOT NULL REFERENCES riksdag_constituency (code),
	in_district INTEGER NOT NULL DEFAULT 0 CHECK (in_district IN (0, 1)),
	association_id INTEGER REFERENCES association (id) ON DELETE SET NULL,
	association_lent INTEGER NOT NULL DEFAULT 0 CHECK (association_lent IN (0, 1)),
	quota_factor REAL CHECK (quota_factor > 0),     -- NULL: the campaign's
	committee TEXT,                                 -- valnämnd
	committee_website TEXT,
	committee_phone TEXT
) STRICT;
CREATE INDEX kommun_region ON kommun (region_code);
CREATE INDEX kommun_riksdag ON kommun (riksdag_code);
CREATE INDEX kommun_association ON kommun (association_id);

CREATE TABLE constituency (                        -- where a list stands
	id INTEGER PRIMARY KEY,
	kind TEXT NOT NULL REFERENCES election_kind (code),
	area_code TEXT NOT NULL,                        -- RD 00, RF region, KF kommun, EP 00
	code TEXT NOT NULL,                             -- RD 2 digits, RF region+2, KF kommun+2
	name TEXT NOT NULL,
	eligible INTEGER CHECK (eligible >= 0),         -- entered by hand (1 March); NULL: counted
	eligible_on TEXT,
	seats INTEGER CHECK (seats >= 0),
	UNIQUE (kind, area_code, code)
) STRICT;

CREATE TABLE place (                               -- one row per building
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	kommun_code TEXT NOT NULL REFERENCES kommun (code),
	name TEXT NOT NULL,
	street TEXT NOT NULL,
	detail TEXT,                                    -- where inside: "Foajén"
	postcode TEXT,
	town TEXT,
	latitude REAL CHECK (latitude BETWEEN 55 AND 70),
	longitude REAL CHECK (longitude BETWEEN 10 AND 25),
	position_note TEXT,                             -- why there are no coordinates to use
	accessibility TEXT,
	advance_code TEXT UNIQUE,                       -- LOKALID; NULL: no advance voting here
	restricted INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1)),
	note TEXT,
	UNIQUE (kommun_code, name, street),
	CHECK ((latitude IS NULL) = (longitude IS NULL))
) STRICT;

CREATE TABLE opening (                             -- a pass; several a day are usual
	id INTEGER PRIMARY KEY,
	place_id INTEGER NOT NULL REFERENCES place (id) ON DELETE CASCADE,
	purpose TEXT NOT NULL CHECK (purpose IN ('advance', 'polling')),
	date TEXT NOT NULL,
	opens INTEGER NOT NULL CHECK (opens BETWEEN 0 AND 1439),
	closes INTEGER NOT NULL CHECK (closes BETWEEN 1 AND 1440),
	UNIQUE (place_id, purpose, date, opens),
	CHECK (opens < closes)
) STRICT;

CREATE TABLE district (                            -- valdistrikt
	code TEXT PRIMARY KEY CHECK (length(code) = 8),
	name TEXT NOT NULL,
	kommun_code TEXT NOT NULL REFERENCES kommun (code),
	place_id INTEGER REFERENCES place (id),         -- NULL: not known, or a collection district
	kf_constituency TEXT,
	collection INTEGER NOT NULL DEFAULT 0 CHECK (collection IN (0, 1)), -- late advance votes
	CHECK (collection = 0 OR place_id IS NULL)
) STRICT;
CREATE INDEX district_kommun ON district (kommun_code);
CREATE INDEX district_place ON district (place_id);

CREATE TABLE district_result (                     -- the last count that was imported
	district_code TEXT NOT NULL REFERENCES district (code) ON DELETE CASCADE,
	kind TEXT NOT NULL REFERENCES election_kind (code),
	eligible INTEGER NOT NULL CHECK (eligible >= 0),
	voted INTEGER CHECK (voted >= 0),
	valid INTEGER CHECK (valid >= 0),
	party_votes INTEGER CHECK (party_votes >= 0),   -- the campaign's party
	PRIMARY KEY (district_code, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE participation (                       -- parties that take part, per area
	kind TEXT NOT NULL REFERENCES election_kind (code),
	area_code TEXT NOT NULL,
	constituency_code TEXT NOT NULL,
	party_code TEXT NOT NULL REFERENCES party (code),
	basis TEXT NOT NULL CHECK (basis IN ('A', 'K', 'R')), -- notice, candidates, represented
	notified_on TEXT NOT NULL,
	candidates_notified INTEGER NOT NULL CHECK (candidates_notified IN (0, 1)),
	PRIMARY KEY (kind, area_code, constituency_code, party_code, basis, notified_on)
) STRICT, WITHOUT ROWID;
-- No index on party_code: parties are never deleted while they take part.

CREATE TABLE person (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	name TEXT NOT NULL,
	gender TEXT CHECK (gender IN ('K', 'M')),
	age INTEGER CHECK (age BETWEEN 0 AND 130),      -- on election day
	home TEXT,                                      -- folkbokföringsort
	candidate_number TEXT,                          -- the authority's, within one election
	keep_until TEXT NOT NULL
) STRICT;
CREATE INDEX person_candidate_number ON person (candidate_number);

-- Candidate lists -------------------------------------------------------------------------

CREATE TABLE list (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	election_day TEXT NOT NULL,                     -- this campaign's, or an earlier one
	kind TEXT NOT NULL REFERENCES election_kind (code),
	party_code TEXT NOT NULL REFERENCES party (code),
	number TEXT CHECK (length(number) = 5),         -- the authority's, once given
	designation TEXT,                               -- words for the constituency on the ballot
	locked INTEGER NOT NULL DEFAULT 0 CHECK (locked IN (0, 1)),
	status TEXT NOT NULL CHECK (status IN ('draft', 'submitted', 'decided', 'ordered')),
	decided_on TEXT,
	minutes TEXT,                                   -- which meeting decided
	authority_status TEXT CHECK (authority_status IN ('B', 'S')),
	authority_pieces INTEGER CHECK (authority_pieces >= 0),
	version INTEGER NOT NULL DEFAULT 1,
	note TEXT,
	UNIQUE (election_day, number)
) STRICT;
CREATE INDEX list_party ON list (party_code);

CREATE TABLE list_constituency (
	list_id INTEGER NOT NULL REFERENCES list (id) ON DELETE CASCADE,
	constituency_id INTEGER NOT NULL REFERENCES constituency (id),
	PRIMARY KEY (list_id, constituency_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX list_constituency_constituency ON list_constituency (constituency_id);

CREATE TABLE candidacy (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	list_id INTEGER NOT NULL REFERENCES list (id) ON DELETE CASCADE,
	position INTEGER NOT NULL CHECK (position > 0),
	person_id INTEGER NOT NULL REFERENCES person (id),
	name TEXT NOT NULL,                             -- as printed
	ballot_text TEXT,                               -- beside the name
	declaration TEXT NOT NULL DEFAULT 'unknown'
		CHECK (declaration IN ('yes', 'no', 'irrelevant', 'unknown')),
	declaration_on TEXT,
	declaration_source TEXT,
	consent TEXT NOT NULL DEFAULT 'unknown'
		CHECK (consent IN ('yes', 'no', 'irrelevant', 'unknown')),
	consent_on TEXT,
	consent_source TEXT,
	valid INTEGER CHECK (valid IN (0, 1)),          -- a personal vote counts; NULL: not known
	UNIQUE (list_id, position),
	UNIQUE (list_id, person_id)
) STRICT;
CREATE INDEX candidacy_person ON candidacy (person_id);

CREATE TABLE open_consent (                        -- stands for the party without a list
	id INTEGER PRIMARY KEY,
	election_day TEXT NOT NULL,
	kind TEXT NOT NULL REFERENCES election_kind (code),
	area_code TEXT NOT NULL,
	party_code TEXT NOT NULL REFERENCES party (code),
	person_id INTEGER NOT NULL REFERENCES person (id),
	consent TEXT NOT NULL CHECK (consent IN ('yes', 'no', 'irrelevant', 'unknown')),
	valid INTEGER CHECK (valid IN (0, 1)),
	UNIQUE (election_day, kind, area_code, party_code, person_id)
) STRICT;
CREATE INDEX open_consent_person ON open_consent (person_id);
CREATE INDEX open_consent_party ON open_consent (party_code);

CREATE TABLE list_version (                        -- what a list was, who made it so
	list_id INTEGER NOT NULL REFERENCES list (id) ON DELETE CASCADE,
	version INTEGER NOT NULL,
	at INTEGER NOT NULL,
	actor TEXT NOT NULL,
	what TEXT NOT NULL,
	candidates TEXT NOT NULL,                       -- JSON array in order
	PRIMARY KEY (list_id, version)
) STRICT, WITHOUT ROWID;

-- Orders ----------------------------------------------------------------------------------

CREATE TABLE orderer (                             -- behörig beställare
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	name TEXT NOT NULL,
	minutes_on TEXT NOT NULL,                       -- date of the minutes that appoint
	mobile TEXT,
	email TEXT
) STRICT;

CREATE TABLE tariff (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	valid_from TEXT NOT NULL UNIQUE,
	start_black_ore INTEGER NOT NULL CHECK (start_black_ore >= 0),
	start_colour_ore INTEGER NOT NULL CHECK (start_colour_ore >= 0),
	thousand_ore INTEGER NOT NULL CHECK (thousand_ore >= 0),
	piece_mg INTEGER NOT NULL DEFAULT 1240 CHECK (piece_mg > 0), -- A6 at 80 g/m2
	source TEXT NOT NULL,
	verified_on TEXT
) STRICT;

CREATE TABLE ballot_order (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	list_id INTEGER NOT NULL REFERENCES list (id),
	pieces INTEGER NOT NULL CHECK (pieces > 0 AND pieces % 1000 = 0),
	reason TEXT NOT NULL,                           -- the arithmetic
	colour INTEGER NOT NULL DEFAULT 0 CHECK (colour IN (0, 1)), -- party name in colour
	recipient TEXT,
	street TEXT,
	postcode TEXT,
	town TEXT,
	contact TEXT,
	mobile TEXT,
	orderer_id INTEGER REFERENCES orderer (id),
	status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN
		('draft', 'ready', 'ordered', 'printing', 'delivered', 'cancelled')),
	reference TEXT,
	note TEXT
) STRICT;
CREATE UNIQUE INDEX ballot_order_live ON ballot_order (list_id) WHERE status <> 'cancelled';
CREATE INDEX ballot_order_list ON ballot_order (list_id);
CREATE INDEX ballot_order_orderer ON ballot_order (orderer_id);

CREATE TABLE order_event (                         -- when and by whom a state was reached
	id INTEGER PRIMARY KEY,
	order_id INTEGER NOT NULL REFERENCES ballot_order (id) ON DELETE CASCADE,
	at INTEGER NOT NULL,
	actor TEXT NOT NULL,
	status TEXT NOT NULL,
	note TEXT
) STRICT;
CREATE INDEX order_event_order ON order_event (order_id);

CREATE TABLE handover_rule (                       -- how one kommun takes ballots in a phase
	id INTEGER PRIMARY KEY,
	kommun_code TEXT NOT NULL REFERENCES kommun (code),
	phase TEXT NOT NULL CHECK (phase IN ('advance', 'institution', 'election_day')),
	channel TEXT NOT NULL CHECK (channel IN ('central', 'direct', 'co_distribution', 'post')),
	address TEXT,
	earliest TEXT,                                  -- local date and time, or words
	deadline TEXT,                                  -- YYYY-MM-DD HH:MM, Swedish wall clock
	cap INTEGER CHECK (cap > 0),                    -- pieces per list
	packaging TEXT,
	refill TEXT CHECK (refill IN ('party', 'kommun_calls', 'kommun')),
	contact_name TEXT,
	contact_phone TEXT,
	contact_email TEXT,
	our_contact TEXT,
	our_deputy TEXT,
	leftovers TEXT,
	distance_m INTEGER CHECK (distance_m >= 0),
	source TEXT,
	verified_on TEXT,
	note TEXT,
	UNIQUE (kommun_code, phase)
) STRICT;

-- Paper: which revision of a sheet said what; an older code still maps ---------------------

CREATE TABLE sheet (
	number TEXT NOT NULL,                           -- BU-1780
	revision INTEGER NOT NULL CHECK (revision > 0),
	fingerprint TEXT NOT NULL,                      -- of its content without the time
	code TEXT NOT NULL UNIQUE,                      -- what the QR says
	at INTEGER NOT NULL,
	actor TEXT NOT NULL,
	PRIMARY KEY (number, revision)
) STRICT, WITHOUT ROWID;

-- Who did what, when ----------------------------------------------------------------------

CREATE TABLE history (
	id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	actor TEXT NOT NULL,
	command TEXT NOT NULL,
	noun TEXT,
	object TEXT,
	summary TEXT NOT NULL
) STRICT;

PRAGMA user_version = 1;
