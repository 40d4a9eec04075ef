-- The campaign file, part four: people in the field. Who helps and what they agreed to, what
-- is on, who stands where when, what comes back on paper, and how new people find us.
--
-- A booking keeps its row when the person is erased: person_id becomes NULL, the count stays.

-- The campaign's face towards people ------------------------------------------------------

ALTER TABLE campaign ADD COLUMN colour TEXT         -- of flyers: #DA291C
	CHECK (colour GLOB '#[0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f]');
ALTER TABLE campaign ADD COLUMN signup_way TEXT     -- what a flyer's QR code holds
	CHECK (signup_way IN ('server', 'sms', 'mail', 'slip'));
ALTER TABLE campaign ADD COLUMN signup_url TEXT;    -- HTTPS://EXEMPEL.SE/V/
ALTER TABLE campaign ADD COLUMN signup_phone TEXT;  -- E.164, for SMS and calls
ALTER TABLE campaign ADD COLUMN signup_email TEXT;
ALTER TABLE campaign ADD COLUMN sender TEXT;        -- who is behind a flyer, in one line
ALTER TABLE campaign ADD COLUMN ad_sponsor TEXT;    -- political advertising, EU 2024/900
ALTER TABLE campaign ADD COLUMN ad_notice_url TEXT; -- where its transparency notice is

-- People ----------------------------------------------------------------------------------

ALTER TABLE person ADD COLUMN called TEXT;          -- what they are called, if not the first name
ALTER TABLE person ADD COLUMN phone TEXT            -- E.164
	CHECK (phone GLOB '+[1-9][0-9]*' AND length(phone) BETWEEN 8 AND 16
		AND substr(phone, 2) NOT GLOB '*[^0-9]*');
ALTER TABLE person ADD COLUMN email TEXT;           -- may be shared
ALTER TABLE person ADD COLUMN kommun_code TEXT REFERENCES kommun (code);
ALTER TABLE person ADD COLUMN association_id INTEGER REFERENCES association (id) ON DELETE SET NULL;
ALTER TABLE person ADD COLUMN membership TEXT CHECK (membership IN ('member', 'former', 'friend'));
ALTER TABLE person ADD COLUMN member_since TEXT;
ALTER TABLE person ADD COLUMN volunteer INTEGER NOT NULL DEFAULT 0 CHECK (volunteer IN (0, 1));
ALTER TABLE person ADD COLUMN languages TEXT;       -- "svenska, arabiska"
ALTER TABLE person ADD COLUMN car INTEGER CHECK (car IN (0, 1));
ALTER TABLE person ADD COLUMN hours_week INTEGER CHECK (hours_week BETWEEN 1 AND 168);
ALTER TABLE person ADD COLUMN hours_day INTEGER CHECK (hours_day BETWEEN 1 AND 24);
ALTER TABLE person ADD COLUMN travel_max INTEGER CHECK (travel_max > 0);  -- minutes from home
ALTER TABLE person ADD COLUMN note TEXT;
ALTER TABLE person ADD COLUMN restricted INTEGER NOT NULL DEFAULT 0       -- GDPR article 18
	CHECK (restricted IN (0, 1));
CREATE INDEX person_phone ON person (phone);
CREATE INDEX person_email ON person (email COLLATE NOCASE);
CREATE INDEX person_kommun ON person (kommun_code);
CREATE INDEX person_association ON person (association_id);

CREATE TABLE person_alias (                         -- an id that was merged into another
	old_id INTEGER PRIMARY KEY,
	person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX person_alias_person ON person_alias (person_id);

CREATE TABLE person_distinct (                      -- looked alike, but somebody said no
	a_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	b_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	PRIMARY KEY (a_id, b_id),
	CHECK (a_id < b_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_distinct_b ON person_distinct (b_id);

CREATE TABLE person_together (                      -- asked to stand on the same shifts
	a_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	b_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	PRIMARY KEY (a_id, b_id),
	CHECK (a_id < b_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_together_b ON person_together (b_id);

CREATE TABLE skill (                                -- what a role may ask for
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	name TEXT NOT NULL UNIQUE,
	confirmed INTEGER NOT NULL DEFAULT 0 CHECK (confirmed IN (0, 1)), -- must be confirmed
	note TEXT
) STRICT;

CREATE TABLE person_skill (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	skill_id INTEGER NOT NULL REFERENCES skill (id),
	confirmed_on TEXT,                              -- NULL: only said so
	confirmed_by TEXT,
	UNIQUE (person_id, skill_id)
) STRICT;
CREATE INDEX person_skill_skill ON person_skill (skill_id);

CREATE TABLE office (                               -- a function in an association
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	association_id INTEGER NOT NULL REFERENCES association (id) ON DELETE CASCADE,
	person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	role TEXT NOT NULL,                             -- chair, member_contact, ..., or own words
	since TEXT,
	until TEXT,
	UNIQUE (association_id, person_id, role)
) STRICT;
CREATE INDEX office_person ON office (person_id);

CREATE TABLE wording (                              -- what people agree to; never changed
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	name TEXT NOT NULL,                             -- "pass"
	version INTEGER NOT NULL CHECK (version > 0),
	language TEXT NOT NULL DEFAULT 'sv',
	text TEXT NOT NULL,
	UNIQUE (name, version, language)
) STRICT;

CREATE TABLE consent (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	purpose TEXT NOT NULL CHECK (purpose IN ('shifts', 'contact', 'news', 'membership')),
	channel TEXT NOT NULL CHECK (channel IN ('any', 'phone', 'sms', 'email', 'post')),
	wording_id INTEGER REFERENCES wording (id),     -- NULL: the source's own words
	given_at INTEGER NOT NULL,
	source TEXT NOT NULL,                           -- "slip of flyer 7K3M…", "phone"
	withdrawn_at INTEGER,
	withdrawn_how TEXT,
	CHECK ((withdrawn_at IS NULL) = (withdrawn_how IS NULL))
) STRICT;
CREATE INDEX consent_person ON consent (person_id);
CREATE INDEX consent_wording ON consent (wording_id);

CREATE TABLE presence (                             -- when somebody can, or cannot
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	can INTEGER NOT NULL CHECK (can IN (0, 1)),     -- any "can": only then
	from_date TEXT NOT NULL,
	until_date TEXT NOT NULL,
	weekdays TEXT,                                  -- "1,6,7"; NULL: every day
	starts INTEGER NOT NULL DEFAULT 0 CHECK (starts BETWEEN 0 AND 1439),
	ends INTEGER NOT NULL DEFAULT 1440 CHECK (ends BETWEEN 1 AND 1440),
	CHECK (from_date <= until_date),
	CHECK (starts < ends)
) STRICT;
CREATE INDEX presence_person ON presence (person_id);

CREATE TABLE contact (                              -- somebody who is to be contacted
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	person_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
	reason TEXT NOT NULL CHECK (reason IN ('new_member', 'sign_up', 'other')),
	opened_at INTEGER NOT NULL,
	association_id INTEGER REFERENCES association (id) ON DELETE SET NULL, -- who does it
	next_step TEXT,
	next_on TEXT,
	result TEXT CHECK (result IN ('joined_in', 'invited', 'later', 'no', 'not_reached')),
	closed_at INTEGER,
	note TEXT,
	CHECK ((closed_at IS NULL) = (result IS NULL))
) STRICT;
CREATE INDEX contact_person ON contact (person_id);
CREATE INDEX contact_association ON contact (association_id);
CREATE UNIQUE INDEX contact_open ON contact (person_id) WHERE closed_at IS NULL;

CREATE TABLE contact_attempt (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
	at INTEGER NOT NULL,
	actor TEXT NOT NULL,
	channel TEXT NOT NULL CHECK (channel IN ('phone', 'sms', 'email', 'met', 'post')),
	outcome TEXT NOT NULL
		CHECK (outcome IN ('reached', 'no_answer', 'message', 'wrong_number')),
	note TEXT
) STRICT;
CREATE INDEX contact_attempt_contact ON contact_attempt (contact_id);

CREATE TABLE import_mapping (                       -- what the columns of a file of people were
	heads TEXT PRIMARY KEY,                         -- the file's heads, folded
	mapping TEXT NOT NULL,                          -- field of each, with commas; - is left out
	at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Activities and shifts -------------------------------------------------------------------

CREATE TABLE bulk (                                 -- what was made at once, to be undone at once
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	at INTEGER NOT NULL,
	actor TEXT NOT NULL,
	what TEXT NOT NULL,
	undone_at INTEGER
) STRICT;

CREATE TABLE activity_kind (
	code TEXT PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	pair INTEGER NOT NULL DEFAULT 0 CHECK (pair IN (0, 1)),   -- never alone on a shift
	tolerance INTEGER NOT NULL DEFAULT 0                     -- minutes of hand-over that may overlap
		CHECK (tolerance BETWEEN 0 AND 240),
	rest INTEGER NOT NULL DEFAULT 0 CHECK (rest BETWEEN 0 AND 1440), -- minutes between places
	shipped INTEGER NOT NULL DEFAULT 0 CHECK (shipped IN (0, 1))
) STRICT;

INSERT INTO activity_kind (code, name, pair, tolerance, rest, shipped) VALUES
	('valstuga', 'valstuga', 1, 15, 0, 1),
	('dorrknackning', 'dörrknackning', 1, 0, 0, 1),
	('valsedelsutdelning', 'valsedelsutdelning', 0, 15, 0, 1),
	('flygbladsutdelning', 'flygbladsutdelning', 0, 0, 0, 1),
	('affischering', 'affischering', 1, 0, 0, 1),
	('torgmote', 'torgmöte', 1, 0, 0, 1),
	('valskola', 'valskola', 0, 0, 0, 1),
	('centralt_besok', 'centralt besök', 0, 0, 0, 1),
	('rod_lordag', 'röd lördag', 0, 0, 0, 1),
	('toppnamnstraff', 'toppnamnsträff', 0, 0, 0, 1),
	('mote', 'möte', 0, 0, 0, 1),
	('fest', 'fest', 0, 0, 0, 1);

CREATE TABLE activity (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	kind TEXT NOT NULL REFERENCES activity_kind (code),
	title TEXT NOT NULL,
	association_id INTEGER REFERENCES association (id) ON DELETE SET NULL, -- host; NULL: the district
	kommun_code TEXT REFERENCES kommun (code),
	place_id INTEGER REFERENCES place (id),         -- a place of the register, or
	venue TEXT,                                     -- what it is called, and
	street TEXT,
	town TEXT,
	latitude REAL CHECK (latitude BETWEEN 55 AND 70),
	longitude REAL CHECK (longitude BETWEEN 10 AND 25),
	mode TEXT NOT NULL DEFAULT 'physical' CHECK (mode IN ('physical', 'digital', 'both')),
	link TEXT,                                      -- where a digital one is
	starts_at INTEGER NOT NULL,
	ends_at INTEGER NOT NULL,
	contact_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
	visitor TEXT,                                   -- of a central visit
	instructions TEXT,
	visibility TEXT NOT NULL DEFAULT 'members'
		CHECK (visibility IN ('draft', 'members', 'public')),
	cancelled_at INTEGER,
	cancel_reason TEXT,
	bulk_id INTEGER REFERENCES bulk (id),
	sequence INTEGER NOT NULL DEFAULT 0,            -- of calendar files: raised when it changes
	note TEXT,
	CHECK (starts_at < ends_at),
	CHECK ((latitude IS NULL) = (longitude IS NULL)),
	CHECK ((cancelled_at IS NULL) = (cancel_reason IS NULL))
) STRICT;
CREATE INDEX activity_kind_code ON activity (kind);
CREATE INDEX activity_association ON activity (association_id);
CREATE INDEX activity_kommun ON activity (kommun_code);
CREATE INDEX activity_place ON activity (place_id);
CREATE INDEX activity_contact ON activity (contact_id);
CREATE INDEX activity_bulk ON activity (bulk_id);
CREATE INDEX activity_starts ON activity (starts_at);

CREATE TABLE attendance (                           -- how many came, per association
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	activity_id INTEGER NOT NULL REFERENCES activity (id) ON DELETE CASCADE,
	association_id INTEGER NOT NULL REFERENCES association (id) ON DELETE CASCADE,
	people INTEGER NOT NULL DEFAULT 0 CHECK (people >= 0),    -- in the room
	digital INTEGER NOT NULL DEFAULT 0 CHECK (digital >= 0),
	UNIQUE (activity_id, association_id)
) STRICT;
CREATE INDEX attendance_association ON attendance (association_id);

CREATE TABLE shift (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	activity_id INTEGER NOT NULL REFERENCES activity (id) ON DELETE CASCADE,
	starts_at INTEGER NOT NULL,
	ends_at INTEGER NOT NULL,
	break_minutes INTEGER NOT NULL DEFAULT 0 CHECK (break_minutes >= 0),
	pair INTEGER CHECK (pair IN (0, 1)),            -- NULL: as the kind says
	tolerance INTEGER CHECK (tolerance BETWEEN 0 AND 240),    -- NULL: as the kind says
	rest INTEGER CHECK (rest BETWEEN 0 AND 1440),             -- NULL: as the kind says
	cancelled_at INTEGER,
	bulk_id INTEGER REFERENCES bulk (id),
	sequence INTEGER NOT NULL DEFAULT 0,
	note TEXT,
	CHECK (starts_at < ends_at),
	CHECK (ends_at - starts_at <= 604800)
) STRICT;
CREATE INDEX shift_activity ON shift (activity_id);
CREATE INDEX shift_starts ON shift (starts_at);
CREATE INDEX shift_bulk ON shift (bulk_id);

CREATE TABLE shift_role (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	shift_id INTEGER NOT NULL REFERENCES shift (id) ON DELETE CASCADE,
	name TEXT NOT NULL,                             -- "värd", "kandidat"
	skill_id INTEGER REFERENCES skill (id),         -- NULL: anybody
	least INTEGER NOT NULL CHECK (least >= 0),
	wanted INTEGER NOT NULL,
	most INTEGER NOT NULL CHECK (most BETWEEN 1 AND 1000),
	UNIQUE (shift_id, name),
	CHECK (least <= wanted AND wanted <= most)
) STRICT;
CREATE INDEX shift_role_skill ON shift_role (skill_id);

CREATE TABLE booking (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	shift_id INTEGER NOT NULL REFERENCES shift (id) ON DELETE CASCADE,
	role_id INTEGER NOT NULL REFERENCES shift_role (id) ON DELETE CASCADE,
	person_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
	state TEXT NOT NULL CHECK (state IN ('offered', 'waiting', 'signed_up', 'booked',
		'attended', 'no_show', 'cancelled')),
	cancelled_by TEXT CHECK (cancelled_by IN ('person', 'organiser')),
	source TEXT NOT NULL
		CHECK (source IN ('organiser', 'match', 'sign_up', 'walk_in', 'swap')),
	offered_until INTEGER,                          -- a seat from the waiting list, kept so long
	override TEXT,                                  -- why a rule may be broken
	changed_at INTEGER NOT NULL,
	note TEXT,
	UNIQUE (shift_id, person_id),
	CHECK ((state = 'cancelled') = (cancelled_by IS NOT NULL))
) STRICT;
CREATE INDEX booking_role ON booking (role_id);
CREATE INDEX booking_person ON booking (person_id, state);
CREATE INDEX booking_offered ON booking (offered_until) WHERE offered_until IS NOT NULL;

-- The last word against one seat too many: these states hold a seat, as does an offer from
-- the waiting list while it lasts. No override passes the limit; `most` can be raised.
CREATE TRIGGER booking_has_a_seat AFTER INSERT ON booking
WHEN new.state IN ('signed_up', 'booked', 'attended', 'no_show')
BEGIN
	SELECT raise(ABORT, 'no seat left') WHERE (SELECT count(*) FROM booking b
		WHERE b.role_id = new.role_id AND (b.state IN ('signed_up', 'booked', 'attended', 'no_show')
			OR b.state = 'offered' AND b.offered_until > new.changed_at))
		> (SELECT r.most FROM shift_role r WHERE r.id = new.role_id);
END;
CREATE TRIGGER booking_gets_a_seat AFTER UPDATE OF state, role_id ON booking
WHEN new.state IN ('signed_up', 'booked', 'attended', 'no_show')
	AND (old.state NOT IN ('signed_up', 'booked', 'attended', 'no_show') OR old.role_id <> new.role_id)
BEGIN
	SELECT raise(ABORT, 'no seat left') WHERE (SELECT count(*) FROM booking b
		WHERE b.role_id = new.role_id AND (b.state IN ('signed_up', 'booked', 'attended', 'no_show')
			OR b.state = 'offered' AND b.offered_until > new.changed_at))
		> (SELECT r.most FROM shift_role r WHERE r.id = new.role_id);
END;

CREATE TABLE booking_event (                        -- when and by whom a state was reached
	id INTEGER PRIMARY KEY,
	booking_id INTEGER NOT NULL REFERENCES booking (id) ON DELETE CASCADE,
	state TEXT NOT NULL,
	at INTEGER NOT NULL,
	actor TEXT NOT NULL,
	reason TEXT
) STRICT;
CREATE INDEX booking_event_booking ON booking_event (booking_id);

CREATE TABLE message (                              -- what somebody was told of a booking, and as
	id INTEGER PRIMARY KEY,                         -- it was then; what differs is told again
	booking_id INTEGER NOT NULL REFERENCES booking (id) ON DELETE CASCADE,
	kind TEXT NOT NULL CHECK (kind IN ('confirmation', 'day-before', 'changed', 'cancelled',
		'thanks')),
	at INTEGER NOT NULL,
	channel TEXT NOT NULL CHECK (channel IN ('email', 'sms', 'phone')),
	actor TEXT NOT NULL,
	event_id INTEGER NOT NULL,                      -- the booking's last event
	sequence INTEGER NOT NULL,                      -- of shift and activity
	starts_at INTEGER NOT NULL,
	ends_at INTEGER NOT NULL,
	place TEXT
) STRICT;
CREATE INDEX message_booking ON message (booking_id);

CREATE TABLE wish (                                 -- what somebody would like, or will not do
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	wants INTEGER NOT NULL CHECK (wants IN (0, 1)), -- 0: will not
	shift_id INTEGER REFERENCES shift (id) ON DELETE CASCADE,
	activity_id INTEGER REFERENCES activity (id) ON DELETE CASCADE,
	kind TEXT REFERENCES activity_kind (code),
	CHECK ((shift_id IS NOT NULL) + (activity_id IS NOT NULL) + (kind IS NOT NULL) = 1)
) STRICT;
CREATE INDEX wish_person ON wish (person_id);
CREATE INDEX wish_shift ON wish (shift_id);
CREATE INDEX wish_activity ON wish (activity_id);
CREATE INDEX wish_kind ON wish (kind);

-- Canvassing: counts of streets, never of a household or a person ---------------------------

CREATE TABLE canvass (                              -- a walk
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	activity_id INTEGER REFERENCES activity (id) ON DELETE SET NULL,
	kommun_code TEXT NOT NULL REFERENCES kommun (code),
	area TEXT NOT NULL,
	meets_at TEXT,                                  -- where
	team TEXT,
	walked_on TEXT,
	note TEXT
) STRICT;
CREATE INDEX canvass_activity ON canvass (activity_id);
CREATE INDEX canvass_kommun ON canvass (kommun_code);

CREATE TABLE canvass_street (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	canvass_id INTEGER NOT NULL REFERENCES canvass (id) ON DELETE CASCADE,
	position INTEGER NOT NULL CHECK (position > 0),
	street TEXT NOT NULL,
	first INTEGER CHECK (first > 0),                -- numbers; NULL: all of the street
	last INTEGER CHECK (last >= first),
	side TEXT NOT NULL DEFAULT 'both' CHECK (side IN ('both', 'odd', 'even')),
	doors INTEGER CHECK (doors >= 0),               -- knocked on
	opened INTEGER CHECK (opened BETWEEN 0 AND doors),
	talks INTEGER CHECK (talks BETWEEN 0 AND opened),
	leaflets INTEGER CHECK (leaflets >= 0),
	wants_contact INTEGER CHECK (wants_contact >= 0), -- left a slip; no names here
	UNIQUE (canvass_id, position),
	CHECK ((first IS NULL) = (last IS NULL))
) STRICT;

CREATE TABLE checklist (                            -- points of the lists that people carry
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	kind TEXT REFERENCES activity_kind (code),      -- NULL: of every activity
	phase TEXT NOT NULL CHECK (phase IN ('before', 'during', 'after')),
	days INTEGER NOT NULL DEFAULT 0 CHECK (days BETWEEN 0 AND 365), -- that many before, or after
	text TEXT NOT NULL
) STRICT;
CREATE INDEX checklist_kind ON checklist (kind);

INSERT INTO checklist (kind, phase, days, text) VALUES
	(NULL, 'before', 7, 'Kontaktperson och passledare är utsedda och vet om det'),
	(NULL, 'before', 3, 'Alla på passen har fått tid, plats och telefonnummer'),
	(NULL, 'before', 1, 'Passlistan är utskriven, passledarens exemplar är lämnat'),
	('valstuga', 'before', 14, 'Markupplåtelse eller tillstånd från polisen finns, kopia i stugan'),
	('valstuga', 'before', 1, 'Nycklar, el och lås är kontrollerade'),
	('valstuga', 'before', 1, 'Valsedlar, flygblad och anmälningslappar är påfyllda'),
	('valstuga', 'during', 0, 'Någon bär väst eller knapp så att det syns vem man frågar'),
	('valstuga', 'during', 0, 'Kaffe, vatten och solskydd eller regnskydd finns'),
	('valstuga', 'after', 0, 'Stugan är städad och låst, kassan är tömd'),
	('dorrknackning', 'before', 1, 'Gator är fördelade, inget område är dubbelt'),
	('dorrknackning', 'during', 0, 'Gå två och två, anteckna bara antal'),
	('dorrknackning', 'after', 0, 'Alla är tillbaka, gatulistorna är insamlade'),
	('valsedelsutdelning', 'during', 0, 'Kontrollera valsedelsstället och fråga röstmottagarna hur mycket som finns kvar'),
	('valsedelsutdelning', 'during', 0, 'Inga partisymboler inne i lokalen eller vid ingången'),
	('affischering', 'before', 14, 'Kommunens regler för affischering är lästa, datum för nedtagning är antecknat'),
	('affischering', 'after', 7, 'Alla affischer är nedtagna'),
	('torgmote', 'before', 14, 'Tillstånd för offentlig tillställning och för högtalare finns'),
	('torgmote', 'before', 1, 'Högtalare, mikrofon och laddade batterier är provade'),
	('valskola', 'before', 7, 'Lokal, teknik och material är bokade, länken är utskickad'),
	('valskola', 'after', 0, 'Närvaron är räknad per förening'),
	(NULL, 'after', 0, 'Passlistan är ifylld och lämnad till valombudsmannen'),
	(NULL, 'after', 1, 'Alla som hjälpte till har fått ett tack');

-- Flyers and sign-ups -----------------------------------------------------------------------

CREATE TABLE flyer_text (                           -- editable templates; {{kommun}}, {{when}} ...
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	name TEXT NOT NULL UNIQUE,
	headline TEXT NOT NULL,
	body TEXT NOT NULL,
	call TEXT NOT NULL                              -- the line beside the code
) STRICT;

CREATE TABLE flyer (                                -- a batch
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	code TEXT NOT NULL UNIQUE CHECK (length(code) = 11),
	text_id INTEGER NOT NULL REFERENCES flyer_text (id),
	shift_id INTEGER REFERENCES shift (id) ON DELETE SET NULL,
	activity_id INTEGER REFERENCES activity (id) ON DELETE SET NULL,
	association_id INTEGER REFERENCES association (id) ON DELETE SET NULL,
	kommun_code TEXT REFERENCES kommun (code),
	pieces INTEGER CHECK (pieces > 0),
	expires_on TEXT,
	off_at INTEGER,
	off_reason TEXT,
	created_at INTEGER NOT NULL,
	note TEXT,
	CHECK ((off_at IS NULL) = (off_reason IS NULL))
) STRICT;
CREATE INDEX flyer_text_id ON flyer (text_id);
CREATE INDEX flyer_shift ON flyer (shift_id);
CREATE INDEX flyer_activity ON flyer (activity_id);
CREATE INDEX flyer_association ON flyer (association_id);
CREATE INDEX flyer_kommun ON flyer (kommun_code);

CREATE TABLE signup (                               -- the inbox: the same entry twice is one
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	fingerprint TEXT NOT NULL UNIQUE,               -- of what came in; kept when it is erased
	at INTEGER NOT NULL,
	source TEXT NOT NULL CHECK (source IN ('paper', 'phone', 'sms', 'email', 'server')),
	flyer_id INTEGER REFERENCES flyer (id) ON DELETE SET NULL,
	shift_id INTEGER REFERENCES shift (id) ON DELETE SET NULL,
	kommun_code TEXT REFERENCES kommun (code),
	name TEXT,
	phone TEXT,
	email TEXT,
	message TEXT,
	wording_id INTEGER REFERENCES wording (id),     -- what was agreed to
	state TEXT NOT NULL DEFAULT 'inbox' CHECK (state IN ('inbox', 'accepted', 'rejected')),
	person_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
	handled_at INTEGER,
	reason TEXT
) STRICT;
CREATE INDEX signup_flyer ON signup (flyer_id);
CREATE INDEX signup_shift ON signup (shift_id);
CREATE INDEX signup_kommun ON signup (kommun_code);
CREATE INDEX signup_wording ON signup (wording_id);
CREATE INDEX signup_person ON signup (person_id);

INSERT INTO wording (name, version, language, text) VALUES
	('pass', 1, 'sv', 'Jag vill hjälpa till i valrörelsen. Partiet får spara mina uppgifter och kontakta mig om pass och aktiviteter. Jag kan när som helst ta tillbaka mitt samtycke.'),
	('pass', 1, 'en', 'I want to help in the campaign. The party may keep my details and contact me about shifts and activities. I can withdraw my consent at any time.');

INSERT INTO flyer_text (name, headline, body, call) VALUES
	('pass', 'Hjälp oss att nå fler!',
		'Vi söker dig som vill stå i valstugan, knacka dörr eller dela ut flygblad. Du behöver inte kunna allt – vi visar hur man gör, och ingen står ensam.',
		'Anmäl dig till ett pass'),
	('aktivitet', 'Kom till {{what}}!',
		'Alla är välkomna. Ta gärna med en vän!',
		'Säg att du kommer'),
	('forening', 'Vi behöver bli fler i {{kommun}}',
		'{{association}} bygger en valrörelse där alla kan göra något. En timme räcker långt.',
		'Berätta vad du vill göra');

-- Data protection ---------------------------------------------------------------------------

CREATE TABLE retention_run (                        -- certificates: counts, never a name
	number INTEGER PRIMARY KEY AUTOINCREMENT,
	at INTEGER NOT NULL,
	actor TEXT NOT NULL,
	day TEXT NOT NULL,                              -- whose day had passed on this day
	people INTEGER NOT NULL CHECK (people >= 0),
	certificate TEXT NOT NULL                       -- JSON
) STRICT;
CREATE TRIGGER retention_run_stays BEFORE DELETE ON retention_run BEGIN
	SELECT RAISE (ABORT, 'a certificate is kept');
END;

CREATE TABLE rewrite_due (                          -- a row: somebody was erased, and the file
	id INTEGER PRIMARY KEY CHECK (id = 1),          -- is not rewritten since
	since INTEGER NOT NULL
) STRICT;

PRAGMA user_version = 5;
