-- The campaign file, part five: seen every week. Media, goals, the election calendar, what the
-- work gave.

-- The election calendar ---------------------------------------------------------------------

ALTER TABLE campaign ADD COLUMN election_type TEXT NOT NULL DEFAULT 'general'
	CHECK (election_type IN ('general', 'eu', 'extra', 'rerun'));
ALTER TABLE campaign ADD COLUMN last_results TEXT;  -- year in the names of last time's result files
ALTER TABLE campaign ADD COLUMN called_on TEXT;     -- extra election, re-election: decided on
UPDATE campaign SET election_type = CASE
	WHEN instr(kinds, 'EP') THEN 'eu'
	WHEN election_day GLOB '????-09-*' AND substr(election_day, 9) BETWEEN '08' AND '14'
		AND substr(election_day, 1, 4) % 4 = 2 THEN 'general'
	ELSE 'extra' END;

-- What the law says of each type of election, in one of four forms: days from election day
-- (and, when it was called, not before so many days from then: the later counts), days from
-- when it was called, a day of the year counted from the election's (day 0: the month's last),
-- or nothing: somebody decides. What passes by itself is nobody's task and never late.
CREATE TABLE law_rule (
	election_type TEXT NOT NULL CHECK (election_type IN ('general', 'eu', 'extra', 'rerun')),
	key TEXT NOT NULL,
	name TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('law', 'decision', 'own')),
	offset_days INTEGER,
	called_days INTEGER,
	years INTEGER,                                  -- 0: the election's year, -1: before
	month INTEGER CHECK (month BETWEEN 1 AND 12),
	day INTEGER CHECK (day BETWEEN 0 AND 31),
	passes INTEGER NOT NULL CHECK (passes IN (0, 1)),
	source TEXT NOT NULL,
	verified_on TEXT NOT NULL,
	PRIMARY KEY (election_type, key),
	CHECK (month IS NULL OR (offset_days IS NULL AND called_days IS NULL)),
	CHECK ((month IS NULL) = (years IS NULL) AND (month IS NULL) = (day IS NULL))
) STRICT, WITHOUT ROWID;

ALTER TABLE deadline ADD COLUMN kind TEXT NOT NULL DEFAULT 'own'
	CHECK (kind IN ('law', 'decision', 'own'));
ALTER TABLE deadline ADD COLUMN called_days INTEGER;
ALTER TABLE deadline ADD COLUMN years INTEGER;
ALTER TABLE deadline ADD COLUMN month INTEGER CHECK (month BETWEEN 1 AND 12);
ALTER TABLE deadline ADD COLUMN day INTEGER CHECK (day BETWEEN 0 AND 31)
	CHECK ((month IS NULL) = (years IS NULL) AND (month IS NULL) = (day IS NULL))
	CHECK ((date IS NOT NULL) + (coalesce(offset_days, called_days) IS NOT NULL)
		+ (month IS NOT NULL) <= 1);            -- one form, as in law_rule, or a date
ALTER TABLE deadline ADD COLUMN passes INTEGER NOT NULL DEFAULT 0 CHECK (passes IN (0, 1));
ALTER TABLE deadline ADD COLUMN responsible TEXT;
ALTER TABLE deadline ADD COLUMN kommun_code TEXT REFERENCES kommun (code);
ALTER TABLE deadline ADD COLUMN association_id INTEGER REFERENCES association (id) ON DELETE SET NULL;
CREATE INDEX deadline_kommun ON deadline (kommun_code);
CREATE INDEX deadline_association ON deadline (association_id);

CREATE TABLE deadline_change (                      -- what a deadline was before, and who changed it
	id INTEGER PRIMARY KEY,
	deadline_id INTEGER NOT NULL REFERENCES deadline (id) ON DELETE CASCADE,
	at INTEGER NOT NULL,
	actor TEXT NOT NULL,
	fell_on TEXT,                                   -- before
	falls_on TEXT,                                  -- after
	source TEXT NOT NULL                            -- who decided the new day
) STRICT;
CREATE INDEX deadline_change_deadline ON deadline_change (deadline_id);

-- Media -------------------------------------------------------------------------------------

CREATE TABLE policy_area (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	name TEXT NOT NULL UNIQUE COLLATE NOCASE,       -- vård
	note TEXT
) STRICT;

CREATE TABLE spokesperson (                         -- who speaks for us on what
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	policy_area_id INTEGER NOT NULL REFERENCES policy_area (id),
	note TEXT,
	UNIQUE (person_id, policy_area_id)
) STRICT;
CREATE INDEX spokesperson_area ON spokesperson (policy_area_id);

CREATE TABLE outlet (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	name TEXT NOT NULL UNIQUE COLLATE NOCASE,       -- NWT
	kind TEXT NOT NULL CHECK (kind IN ('newspaper', 'radio', 'tv', 'web', 'podcast', 'own')),
	kommuner TEXT,                                  -- that it reaches, codes with commas; NULL: all
	reach INTEGER CHECK (reach >= 0),               -- readers, listeners, followers; its own figure
	contact_name TEXT,
	contact_phone TEXT,
	contact_email TEXT,
	deadline TEXT,                                  -- for letters: "onsdag kl. 15 för lördag"
	max_characters INTEGER CHECK (max_characters > 0),
	active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
	note TEXT
) STRICT;

CREATE TABLE article (                              -- a text on its way: debate article, letter …
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	title TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('debate_article', 'letter', 'initiative', 'press_release',
		'motion')),
	state TEXT NOT NULL DEFAULT 'idea' CHECK (state IN ('idea', 'draft', 'spokesperson', 'sent',
		'published', 'dropped')),
	person_id INTEGER REFERENCES person (id) ON DELETE SET NULL,  -- who signs it
	policy_area_id INTEGER REFERENCES policy_area (id),
	association_id INTEGER REFERENCES association (id) ON DELETE SET NULL, -- NULL: the district
	variant_of INTEGER REFERENCES article (id) ON DELETE SET NULL, -- spread to a sister association
	responsible TEXT,                               -- who writes
	due_on TEXT,
	link TEXT,                                      -- where the text is
	note TEXT,
	CHECK (variant_of <> id)
) STRICT;
CREATE INDEX article_person ON article (person_id);
CREATE INDEX article_area ON article (policy_area_id);
CREATE INDEX article_association ON article (association_id);
CREATE INDEX article_variant ON article (variant_of);

CREATE TABLE article_event (
	id INTEGER PRIMARY KEY,
	article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
	at INTEGER NOT NULL,
	actor TEXT NOT NULL,
	state TEXT NOT NULL,
	reason TEXT
) STRICT;
CREATE INDEX article_event_article ON article_event (article_id);

CREATE TABLE appearance (                           -- where and when we are seen; own channels, too
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	kind TEXT NOT NULL CHECK (kind IN ('debate_article', 'letter', 'news', 'interview', 'radio',
		'tv', 'podcast', 'initiative', 'press_release', 'own')),
	state TEXT NOT NULL CHECK (state IN ('planned', 'submitted', 'booked', 'published',
		'broadcast', 'declined', 'cancelled')),
	date TEXT NOT NULL,                             -- planned for, or when it was seen
	time INTEGER CHECK (time BETWEEN 0 AND 1439),
	outlet_id INTEGER NOT NULL REFERENCES outlet (id),
	title TEXT,
	person_id INTEGER REFERENCES person (id) ON DELETE SET NULL,  -- spokesperson
	policy_area_id INTEGER REFERENCES policy_area (id),
	association_id INTEGER REFERENCES association (id) ON DELETE SET NULL, -- NULL: the district
	kommun_code TEXT REFERENCES kommun (code),      -- that it is about
	article_id INTEGER REFERENCES article (id) ON DELETE SET NULL,
	responsible TEXT,                               -- who sees to it that it happens
	link TEXT,
	clipping TEXT,                                  -- where it stands: page, folder
	reach INTEGER CHECK (reach >= 0),               -- if known
	note TEXT
) STRICT;
CREATE INDEX appearance_date ON appearance (date);
CREATE INDEX appearance_outlet ON appearance (outlet_id);
CREATE INDEX appearance_person ON appearance (person_id);
CREATE INDEX appearance_area ON appearance (policy_area_id);
CREATE INDEX appearance_association ON appearance (association_id);
CREATE INDEX appearance_kommun ON appearance (kommun_code);
CREATE INDEX appearance_article ON appearance (article_id);

CREATE TABLE appearance_event (                     -- its life, from which the forecast learns
	id INTEGER PRIMARY KEY,
	appearance_id INTEGER NOT NULL REFERENCES appearance (id) ON DELETE CASCADE,
	at INTEGER NOT NULL,
	actor TEXT NOT NULL,
	state TEXT NOT NULL,
	date TEXT NOT NULL,                             -- that it had then
	reason TEXT
) STRICT;
CREATE INDEX appearance_event_appearance ON appearance_event (appearance_id);

-- Goals -------------------------------------------------------------------------------------

CREATE TABLE goal (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	name TEXT NOT NULL UNIQUE COLLATE NOCASE,
	measure TEXT NOT NULL CHECK (measure IN (
		-- typed readings
		'members', 'new_members', 'renewed', 'active_members', 'likes', 'followers', 'number',
		-- measured by the program
		'media', 'spokespersons_seen', 'active_people', 'lists_decided', 'top_names_met',
		'new_contacted', 'places_covered', 'shifts_filled', 'support_answers', 'evenness',
		'evaluation_steps')),
	target REAL NOT NULL,
	per TEXT NOT NULL DEFAULT 'total' CHECK (per IN ('total', 'week_average', 'every_week')),
	unit TEXT,
	from_date TEXT NOT NULL,
	until_date TEXT NOT NULL,
	start REAL NOT NULL DEFAULT 0,                  -- where it began
	curve TEXT NOT NULL CHECK (curve IN ('linear', 'level', 'end')),
	association_id INTEGER REFERENCES association (id),
	person_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
	policy_area_id INTEGER REFERENCES policy_area (id),
	outlet_id INTEGER REFERENCES outlet (id),       -- the channel of likes and followers
	kinds TEXT,                                     -- of appearances, with commas; NULL: as usual
	days INTEGER CHECK (days > 0),                  -- new_contacted: within so many
	owner TEXT,
	source TEXT NOT NULL,                           -- which plan, which decision
	note TEXT,
	CHECK (from_date <= until_date),
	CHECK (per = 'total' OR measure = 'media')
) STRICT;
CREATE INDEX goal_association ON goal (association_id);
CREATE INDEX goal_person ON goal (person_id);
CREATE INDEX goal_area ON goal (policy_area_id);
CREATE INDEX goal_outlet ON goal (outlet_id);

CREATE TABLE reading (                              -- a typed value of a goal
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	goal_id INTEGER NOT NULL REFERENCES goal (id) ON DELETE CASCADE,
	date TEXT NOT NULL,
	value REAL NOT NULL,
	base REAL CHECK (base > 0),                     -- of so many: 40 of 44 renewed
	association_id INTEGER REFERENCES association (id), -- NULL: the whole
	note TEXT
) STRICT;
CREATE UNIQUE INDEX reading_once ON reading (goal_id, date, coalesce(association_id, 0));
CREATE INDEX reading_association ON reading (association_id);

-- Evaluation --------------------------------------------------------------------------------

CREATE TABLE election_result (                      -- this campaign's own election, once counted
	election_day TEXT NOT NULL,
	kind TEXT NOT NULL REFERENCES election_kind (code),
	district_code TEXT NOT NULL CHECK (length(district_code) = 8), -- as it was then
	kommun_code TEXT NOT NULL REFERENCES kommun (code),
	name TEXT NOT NULL,
	eligible INTEGER NOT NULL CHECK (eligible >= 0),
	voted INTEGER CHECK (voted >= 0),
	valid INTEGER CHECK (valid >= 0),
	party_votes INTEGER CHECK (party_votes >= 0),
	PRIMARY KEY (election_day, kind, district_code)
) STRICT, WITHOUT ROWID;

CREATE TABLE border (                               -- for maps: of kommuner and districts
	kind TEXT NOT NULL CHECK (kind IN ('kommun', 'district')),
	code TEXT NOT NULL,
	rings TEXT NOT NULL,                            -- JSON: [[[longitude, latitude], …], …]
	source TEXT NOT NULL,
	PRIMARY KEY (kind, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE usage (                                -- what was taken at a place, for next time
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	place_id INTEGER NOT NULL REFERENCES place (id) ON DELETE CASCADE,
	election_day TEXT NOT NULL,
	phase TEXT NOT NULL CHECK (phase IN ('advance', 'institution', 'election_day')),
	kind TEXT NOT NULL REFERENCES election_kind (code),
	delivered INTEGER NOT NULL CHECK (delivered >= 0),
	used INTEGER NOT NULL CHECK (used BETWEEN 0 AND delivered),
	ran_out INTEGER NOT NULL DEFAULT 0 CHECK (ran_out IN (0, 1)), -- then more would have been used
	votes INTEGER CHECK (votes >= 0),               -- the party's, that the place answers for
	source TEXT NOT NULL,
	UNIQUE (place_id, election_day, phase, kind)
) STRICT;

ALTER TABLE canvass ADD COLUMN district_code TEXT REFERENCES district (code) ON DELETE SET NULL;
CREATE INDEX canvass_district ON canvass (district_code);

CREATE TABLE question (                             -- to the associations, after the election
	key TEXT PRIMARY KEY,
	position INTEGER NOT NULL UNIQUE,
	text TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('yes_partly_no', 'scale', 'text')),
	shipped INTEGER NOT NULL DEFAULT 0 CHECK (shipped IN (0, 1))
) STRICT;

INSERT INTO question (key, position, text, kind, shipped) VALUES
	('support', 1, 'Fick föreningen det stöd av distriktet som den behövde?', 'yes_partly_no', 1),
	('ballots', 2, 'Kom valsedlarna i tid och räckte de?', 'yes_partly_no', 1),
	('material', 3, 'Hur väl fungerade flygblad, affischer och annat material?', 'scale', 1),
	('people', 4, 'Hur väl räckte folket till det som föreningen ville göra?', 'scale', 1),
	('information', 5, 'Hur väl fungerade informationen från distriktet?', 'scale', 1),
	('worked', 6, 'Vad fungerade bäst?', 'text', 1),
	('lacked', 7, 'Vad saknade ni?', 'text', 1);

CREATE TABLE answer (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	association_id INTEGER NOT NULL REFERENCES association (id),
	question_key TEXT NOT NULL REFERENCES question (key),
	value INTEGER CHECK (value BETWEEN 0 AND 5),    -- yes 2, partly 1, no 0; scale 1 to 5
	text TEXT,
	answered_on TEXT NOT NULL,
	UNIQUE (association_id, question_key),
	CHECK ((value IS NULL) <> (text IS NULL))
) STRICT;
CREATE INDEX answer_question ON answer (question_key);

-- Law ---------------------------------------------------------------------------------------
-- The seeds of law_rule, and what an older file's deadlines get of them. Where an election of
-- a type has no such day by law (a re-election has no new notification of participation, 2:16),
-- it has no row.

INSERT INTO law_rule (election_type, key, name, kind, offset_days, called_days, years, month,
	day, passes, source, verified_on)
WITH
	election (type) AS (VALUES ('general'), ('eu'), ('extra'), ('rerun')),
	rule (types, key, name, kind, offset_days, called_days, years, month, day, passes, source) AS (VALUES
	('general', 'constituencies_decided', 'Valkretsindelningen för region och kommun är beslutad', 'law', NULL, NULL, -1, 10, 31, 1, 'Vallagen 4:8 och 4:13'),
	('general', 'party_ballots_request', 'Sista dag att begära utläggning av partivalsedlar', 'decision', NULL, NULL, NULL, NULL, NULL, 0, 'Beslutas av Valmyndigheten (vallagen 6:7), normalt i november året före valet'),
	('eu extra rerun', 'party_ballots_request', 'Sista dag att begära utläggning av partivalsedlar', 'decision', NULL, NULL, NULL, NULL, NULL, 0, 'Beslutas av Valmyndigheten (vallagen 6:7)'),
	('general eu', 'districts_decided', 'Indelningen i valdistrikt är beslutad', 'law', NULL, NULL, -1, 12, 1, 1, 'Vallagen 4:18'),
	('general eu', 'register_name', 'Sista dag att anmäla partibeteckning för registrering', 'law', NULL, NULL, 0, 2, 0, 0, 'Vallagen 2:1'),
	('extra', 'register_name', 'Sista dag att anmäla partibeteckning för registrering', 'law', NULL, 7, NULL, NULL, NULL, 0, 'Vallagen 2:1 (extra val: en vecka efter beslutet om valdag)'),
	('general eu', 'eligible_counted', 'Röstberättigade räknas för den fria kvoten', 'law', NULL, NULL, 0, 3, 1, 1, 'Vallagen 6:8 och 4:1'),
	('general', 'order_date', 'Sista dag för beställning och kandidatanmälan med leveransgaranti', 'decision', NULL, NULL, NULL, NULL, NULL, 0, 'Beslutas av Valmyndigheten (vallagen 2:13), normalt i april'),
	('eu extra rerun', 'order_date', 'Sista dag för beställning och kandidatanmälan med leveransgaranti', 'decision', NULL, NULL, NULL, NULL, NULL, 0, 'Beslutas av Valmyndigheten (vallagen 2:13)'),
	('general', 'fixed_seats', 'Fasta mandat per valkrets är beslutade', 'law', NULL, NULL, 0, 4, 30, 1, 'Vallagen 4:3, 4:10 och 4:15'),
	('general eu', 'guaranteed_delivery', 'Beställda namnvalsedlar ska vara levererade', 'decision', -45, NULL, NULL, NULL, NULL, 0, 'val.se, beställning och kandidatlista: senast 45 dagar före valdagen'),
	('extra', 'guaranteed_delivery', 'Beställda namnvalsedlar ska vara levererade', 'decision', -20, NULL, NULL, NULL, NULL, 0, 'val.se, kalender inför extra val: senast 20 dagar före valdagen'),
	('rerun', 'guaranteed_delivery', 'Beställda namnvalsedlar ska vara levererade', 'decision', NULL, NULL, NULL, NULL, NULL, 0, 'Meddelas av Valmyndigheten för varje omval'),
	('general', 'withdraw', 'Sista dag att återkalla anmälan om deltagande och begäran om utläggning', 'decision', -45, NULL, NULL, NULL, NULL, 1, 'Valmyndighetens valkalender 2022 (28 juli); kontrollera den för detta val'),
	('general eu', 'letter_voting', 'Brevröster får göras i ordning', 'law', -45, NULL, NULL, NULL, NULL, 1, 'Vallagen 7:12'),
	('extra rerun', 'letter_voting', 'Brevröster får göras i ordning', 'law', -45, 0, NULL, NULL, NULL, 1, 'Vallagen 7:12 (andra val: först när valdagen är beslutad)'),
	('general eu extra rerun', 'posters_from', 'Affischer får sättas upp', 'decision', -35, NULL, NULL, NULL, NULL, 1, 'Varje kommun och länsstyrelse beslutar; vanligen från 5 veckor före valdagen'),
	('general eu extra rerun', 'posters_until', 'Affischer ska vara nedtagna', 'decision', 7, NULL, NULL, NULL, NULL, 0, 'Varje kommun och länsstyrelse beslutar; vanligen till 1 vecka efter valdagen'),
	('general eu extra rerun', 'places_reported', 'Kommunen har anmält lokaler och öppettider', 'law', -32, NULL, NULL, NULL, NULL, 1, 'Vallagen 3:3'),
	('general eu', 'participation', 'Sista dag att anmäla deltagande i valet', 'law', -30, NULL, NULL, NULL, NULL, 0, 'Vallagen 2:17'),
	('extra', 'participation', 'Sista dag att anmäla deltagande i valet', 'law', -30, 7, NULL, NULL, NULL, 0, 'Vallagen 2:17 (extra val: inom en vecka från beslutet om valdag, om det är senare)'),
	('general eu extra rerun', 'electoral_roll', 'Röstlängderna grundas på uppgifterna denna dag', 'law', -30, NULL, NULL, NULL, NULL, 1, 'Vallagen 5:1'),
	('general eu', 'messenger_votes', 'Budröster får göras i ordning', 'law', -24, NULL, NULL, NULL, NULL, 1, 'Vallagen 7:6'),
	('extra rerun', 'messenger_votes', 'Budröster får göras i ordning', 'law', -10, NULL, NULL, NULL, NULL, 1, 'Vallagen 7:6 (andra val)'),
	('general eu', 'voting_abroad', 'Röstningen utomlands börjar', 'law', -24, NULL, NULL, NULL, NULL, 1, 'Vallagen 10:2'),
	('extra rerun', 'voting_abroad', 'Röstningen utomlands börjar', 'law', -20, NULL, NULL, NULL, NULL, 1, 'Vallagen 10:2 (andra val)'),
	('general eu', 'advance_voting', 'Förtidsröstningen börjar', 'law', -18, NULL, NULL, NULL, NULL, 1, 'Vallagen 10:2'),
	('extra rerun', 'advance_voting', 'Förtidsröstningen börjar', 'law', -10, NULL, NULL, NULL, NULL, 1, 'Vallagen 10:2 (andra val)'),
	('general eu', 'voting_cards', 'Röstkorten ska ha kommit fram', 'law', -18, NULL, NULL, NULL, NULL, 1, 'Vallagen 5:8'),
	('extra rerun', 'voting_cards', 'Röstkorten ska ha kommit fram', 'law', -10, NULL, NULL, NULL, NULL, 1, 'Vallagen 5:8 (extra val och omval)'),
	('general eu extra rerun', 'roll_corrections', 'Sista dag att begära rättelse i röstlängden', 'law', -12, NULL, NULL, NULL, NULL, 1, 'Vallagen 5:6'),
	('general eu extra rerun', 'last_consent', 'Sista dag för samtycke på öppna listor', 'law', -2, NULL, NULL, NULL, NULL, 0, 'Vallagen 2:20'),
	('general', 'election_day', 'Valdagen', 'law', 0, NULL, NULL, NULL, NULL, 1, 'Vallagen 1:3; vallokalerna är öppna 8–20 (4:21)'),
	('eu', 'election_day', 'Valdagen', 'law', 0, NULL, NULL, NULL, NULL, 1, 'Vallagen 1:3; vallokalerna är öppna 8–21 (4:21)'),
	('extra rerun', 'election_day', 'Valdagen', 'law', 0, NULL, NULL, NULL, NULL, 1, 'Beslutad enligt vallagen 1:3; vallokalerna är öppna 8–20 (4:21)'),
	('general eu extra rerun', 'womens_day', 'Internationella kvinnodagen', 'own', NULL, NULL, 0, 3, 8, 1, 'Egen dag'),
	('general eu extra rerun', 'may_day', 'Första maj', 'own', NULL, NULL, 0, 5, 1, 1, 'Egen dag'))
SELECT election.type, key, name, kind, offset_days, called_days, years, month, day, passes,
	source, '2026-11-20'
	FROM rule JOIN election ON instr(rule.types, election.type) ORDER BY election.type, key;

-- An older file: what nobody has changed since 0003 follows the rule of its type of election,
-- what somebody has set stays and only learns what kind it is, what is missing is added.
UPDATE deadline SET name = r.name, offset_days = r.offset_days, called_days = r.called_days,
	source = r.source, verified_on = max(coalesce(deadline.verified_on, ''), r.verified_on)
	FROM campaign c JOIN law_rule r ON r.election_type = c.election_type
	WHERE r.key = deadline.key AND deadline.date IS NULL
	AND (deadline.key, coalesce(deadline.offset_days, ''), deadline.source) IN (VALUES
		('party_ballots_request', '', 'Beslutas av Valmyndigheten, normalt i november året före valet'),
		('order_date', '', 'Beslutas av Valmyndigheten (vallagen 2:13), normalt i april'),
		('guaranteed_delivery', -45, 'val.se, beställning och kandidatlista: senast 45 dagar före valdagen'),
		('places_reported', -32, 'Vallagen 3:3'),
		('participation', -30, 'Vallagen 2:17'),
		('advance_voting', -18, 'Vallagen 10:2'),
		('last_consent', -2, 'Vallagen 2:20'),
		('election_day', 0, 'Vallagen 1:3'));
UPDATE deadline SET kind = r.kind, passes = r.passes
	FROM campaign c JOIN law_rule r ON r.election_type = c.election_type
	WHERE r.key = deadline.key;
INSERT INTO deadline (key, name, kind, offset_days, called_days, years, month, day, passes,
	source, verified_on)
	SELECT r.key, r.name, r.kind, r.offset_days, r.called_days, r.years, r.month, r.day,
		r.passes, r.source, r.verified_on
	FROM campaign c JOIN law_rule r ON r.election_type = c.election_type
	WHERE NOT EXISTS (SELECT 1 FROM deadline d WHERE d.key = r.key);

-- An election that is moved takes its lists along.
CREATE TRIGGER campaign_moved AFTER UPDATE OF election_day ON campaign
	WHEN NEW.election_day <> OLD.election_day
BEGIN
	UPDATE list SET election_day = NEW.election_day WHERE election_day = OLD.election_day;
	UPDATE open_consent SET election_day = NEW.election_day
		WHERE election_day = OLD.election_day;
END;

PRAGMA user_version = 6;
