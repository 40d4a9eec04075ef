-- Every ballot to its place: stock as a ledger, allocation rounds, deliveries, what runs out.
-- Conventions as in 0001.

-- Stock -----------------------------------------------------------------------------------

CREATE TABLE item (                                -- what is counted: a list's ballots, material
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	kind TEXT NOT NULL CHECK (kind IN ('ballot', 'material')),
	name TEXT UNIQUE,                               -- material; a list's ballots go by the list
	list_id INTEGER UNIQUE REFERENCES list (id),
	unit_mg INTEGER NOT NULL CHECK (unit_mg > 0),   -- one piece
	bundle INTEGER NOT NULL DEFAULT 100 CHECK (bundle > 0), -- pieces in a bundle
	box INTEGER NOT NULL DEFAULT 2000 CHECK (box > 0),      -- pieces in a full box
	shelf TEXT,                                     -- where in the store-room
	note TEXT,
	CHECK ((kind = 'ballot') = (list_id IS NOT NULL)),
	CHECK ((kind = 'material') = (name IS NOT NULL))
) STRICT;

CREATE TABLE carrier (                             -- a person with a car
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	person_id INTEGER NOT NULL UNIQUE REFERENCES person (id),
	phone TEXT,
	association_id INTEGER REFERENCES association (id) ON DELETE SET NULL,
	base_id INTEGER REFERENCES location (id),       -- the depot it loads at; NULL: the district's
	kg INTEGER NOT NULL DEFAULT 200 CHECK (kg > 0),
	boxes INTEGER NOT NULL DEFAULT 40 CHECK (boxes > 0),
	starts INTEGER NOT NULL DEFAULT 480 CHECK (starts BETWEEN 0 AND 1439),
	ends INTEGER NOT NULL DEFAULT 1080 CHECK (ends BETWEEN 1 AND 1440),
	longest INTEGER CHECK (longest > 0),            -- minutes away on one day
	active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
	note TEXT,
	CHECK (starts < ends)
) STRICT;
CREATE INDEX carrier_association ON carrier (association_id);
CREATE INDEX carrier_base ON carrier (base_id);

CREATE TABLE availability (                        -- days of a carrier; none: every day
	id INTEGER PRIMARY KEY,
	carrier_id INTEGER NOT NULL REFERENCES carrier (id) ON DELETE CASCADE,
	date TEXT NOT NULL,
	starts INTEGER NOT NULL CHECK (starts BETWEEN 0 AND 1439),
	ends INTEGER NOT NULL CHECK (ends BETWEEN 1 AND 1440),
	UNIQUE (carrier_id, date),
	CHECK (starts < ends)
) STRICT;

CREATE TABLE location (                            -- anywhere that pieces can be
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	kind TEXT NOT NULL CHECK (kind IN
		('printer', 'depot', 'carrier', 'place', 'reception', 'voters', 'scrap')),
	name TEXT,                                      -- NULL: the place's or the carrier's
	place_id INTEGER REFERENCES place (id) ON DELETE CASCADE,
	carrier_id INTEGER REFERENCES carrier (id) ON DELETE CASCADE,
	kommun_code TEXT REFERENCES kommun (code),      -- a reception's
	association_id INTEGER REFERENCES association (id) ON DELETE SET NULL, -- a depot's
	street TEXT,
	town TEXT,
	latitude REAL CHECK (latitude BETWEEN 55 AND 70),
	longitude REAL CHECK (longitude BETWEEN 10 AND 25),
	opens INTEGER CHECK (opens BETWEEN 0 AND 1439), -- on weekdays; a place has openings
	closes INTEGER CHECK (closes BETWEEN 1 AND 1440),
	service INTEGER CHECK (service BETWEEN 0 AND 600), -- minutes a stop takes
	note TEXT,
	CHECK ((kind = 'place') = (place_id IS NOT NULL)),
	CHECK ((kind = 'carrier') = (carrier_id IS NOT NULL)),
	CHECK ((kind = 'reception') = (kommun_code IS NOT NULL)),
	CHECK ((name IS NULL) = (kind IN ('place', 'carrier'))),
	CHECK (association_id IS NULL OR kind = 'depot'),
	CHECK ((latitude IS NULL) = (longitude IS NULL)),
	CHECK (opens IS NULL OR closes IS NULL OR opens < closes)
) STRICT;
-- Partial, so that an import of thousands of places writes one of them and not five.
CREATE UNIQUE INDEX location_name ON location (name) WHERE name IS NOT NULL;
CREATE UNIQUE INDEX location_place ON location (place_id) WHERE place_id IS NOT NULL;
CREATE UNIQUE INDEX location_carrier ON location (carrier_id) WHERE carrier_id IS NOT NULL;
CREATE UNIQUE INDEX location_reception ON location (kommun_code)
	WHERE kommun_code IS NOT NULL;
CREATE UNIQUE INDEX location_association ON location (association_id)
	WHERE association_id IS NOT NULL;

INSERT INTO location (kind, name) VALUES
	('printer', 'Tryckeriet'),
	('depot', 'Distriktslagret'),
	('voters', 'Uttaget av väljare'),
	('scrap', 'Makulerat');
INSERT INTO location (kind, place_id) SELECT 'place', id FROM place;

CREATE TRIGGER place_is_a_location AFTER INSERT ON place BEGIN
	INSERT INTO location (kind, place_id) VALUES ('place', NEW.id);
END;
CREATE TRIGGER carrier_is_a_location AFTER INSERT ON carrier BEGIN
	INSERT INTO location (kind, carrier_id) VALUES ('carrier', NEW.id);
END;

-- The ledger. Nothing is edited; what was wrong is reversed by a movement of its own.
CREATE TABLE movement (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	at INTEGER NOT NULL,
	actor TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN
		('print', 'receive', 'move', 'deliver', 'count', 'scrap', 'reverse')),
	item_id INTEGER NOT NULL REFERENCES item (id),
	from_id INTEGER REFERENCES location (id),       -- NULL: printed, bought or found
	to_id INTEGER REFERENCES location (id),         -- NULL: that is undone, they never were
	pieces INTEGER NOT NULL CHECK (pieces > 0),
	order_id INTEGER REFERENCES ballot_order (id),
	delivery_id INTEGER REFERENCES delivery (id),
	reverses INTEGER UNIQUE REFERENCES movement (id),
	document TEXT,                                  -- delivery note, minutes, sheet
	reason TEXT,                                    -- of a count, a scrapping, a reversal
	override TEXT,                                  -- why a rule was set aside
	CHECK (from_id IS NULL OR from_id <> to_id),
	CHECK (from_id IS NOT NULL OR kind IN ('print', 'count')),
	CHECK (to_id IS NOT NULL OR (kind = 'reverse' AND from_id IS NOT NULL)),
	CHECK ((kind = 'reverse') = (reverses IS NOT NULL))
) STRICT;
CREATE INDEX movement_item ON movement (item_id);
CREATE INDEX movement_from ON movement (from_id);
CREATE INDEX movement_to ON movement (to_id);
CREATE INDEX movement_order ON movement (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX movement_delivery ON movement (delivery_id) WHERE delivery_id IS NOT NULL;

CREATE TABLE balance (                             -- sums of the movements, kept by triggers
	location_id INTEGER NOT NULL REFERENCES location (id),
	item_id INTEGER NOT NULL REFERENCES item (id),
	pieces INTEGER NOT NULL CHECK (pieces >= 0),
	PRIMARY KEY (location_id, item_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX balance_item ON balance (item_id);

CREATE TRIGGER movement_moves AFTER INSERT ON movement BEGIN
	INSERT INTO balance (location_id, item_id, pieces) SELECT NEW.to_id, NEW.item_id, 0
		WHERE NEW.to_id IS NOT NULL ON CONFLICT DO NOTHING;
	INSERT INTO balance (location_id, item_id, pieces) SELECT NEW.from_id, NEW.item_id, 0
		WHERE NEW.from_id IS NOT NULL ON CONFLICT DO NOTHING;
	UPDATE balance SET pieces = pieces - NEW.pieces
		WHERE location_id = NEW.from_id AND item_id = NEW.item_id;
	UPDATE balance SET pieces = pieces + NEW.pieces
		WHERE location_id = NEW.to_id AND item_id = NEW.item_id;
END;
CREATE TRIGGER movement_stays BEFORE DELETE ON movement BEGIN
	SELECT RAISE (ABORT, 'a movement is reversed, never removed');
END;
CREATE TRIGGER movement_is_final BEFORE UPDATE OF id, at, kind, item_id, from_id, to_id,
	pieces, order_id, delivery_id, reverses ON movement BEGIN
	SELECT RAISE (ABORT, 'a movement is reversed, never changed');
END;

-- Allocation ------------------------------------------------------------------------------

CREATE TABLE round (                               -- one time of handing out, and its terms
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	name TEXT NOT NULL UNIQUE,
	phase TEXT NOT NULL CHECK (phase IN ('advance', 'refill', 'institution', 'election_day')),
	from_date TEXT NOT NULL,                        -- the days that the pieces must last
	until_date TEXT NOT NULL,
	service REAL NOT NULL DEFAULT 0.98 CHECK (service BETWEEN 0.5 AND 0.9999),
	spread REAL NOT NULL DEFAULT 0.5 CHECK (spread BETWEEN 0 AND 5),
	taken REAL NOT NULL DEFAULT 1.5 CHECK (taken BETWEEN 0.1 AND 20),    -- pieces per vote
	growth REAL NOT NULL DEFAULT 1.0 CHECK (growth BETWEEN 0.1 AND 10),  -- of votes since then
	advance_share REAL NOT NULL DEFAULT 0.45 CHECK (advance_share BETWEEN 0 AND 1),
	least INTEGER NOT NULL DEFAULT 50 CHECK (least >= 0),                -- smallest stack
	reserve REAL NOT NULL DEFAULT 0.1 CHECK (reserve BETWEEN 0 AND 0.9), -- kept at the depots
	plan TEXT,                                      -- code of the plan that was written
	note TEXT,
	CHECK (from_date <= until_date)
) STRICT;

CREATE TABLE allocation (
	round_id INTEGER NOT NULL REFERENCES round (id) ON DELETE CASCADE,
	location_id INTEGER NOT NULL REFERENCES location (id),
	item_id INTEGER NOT NULL REFERENCES item (id),
	pieces INTEGER NOT NULL CHECK (pieces >= 0),
	fixed INTEGER NOT NULL DEFAULT 0 CHECK (fixed IN (0, 1)), -- set by hand; stays
	mean REAL,                                      -- expected to be taken in the round
	risk REAL CHECK (risk BETWEEN 0 AND 1),         -- of running out
	reason TEXT NOT NULL,                           -- the arithmetic
	PRIMARY KEY (round_id, location_id, item_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX allocation_location ON allocation (location_id);
CREATE INDEX allocation_item ON allocation (item_id);

CREATE TABLE advance_received (                    -- votes received at a place on a day
	election_day TEXT NOT NULL,
	place_code TEXT NOT NULL,                       -- LOKALID
	place_name TEXT NOT NULL,
	kommun_code TEXT NOT NULL REFERENCES kommun (code),
	date TEXT NOT NULL,
	votes INTEGER NOT NULL CHECK (votes >= 0),
	PRIMARY KEY (election_day, place_code, date)
) STRICT, WITHOUT ROWID;
CREATE INDEX advance_received_kommun ON advance_received (kommun_code);

-- Deliveries ------------------------------------------------------------------------------

CREATE TABLE route (                               -- one carrier's round on one day
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	date TEXT NOT NULL,
	carrier_id INTEGER NOT NULL REFERENCES carrier (id),
	from_id INTEGER NOT NULL REFERENCES location (id),
	leaves INTEGER NOT NULL,                        -- minutes after midnight
	ends INTEGER NOT NULL,
	driving_minutes INTEGER NOT NULL CHECK (driving_minutes >= 0),
	metres INTEGER NOT NULL CHECK (metres >= 0)
) STRICT;
CREATE INDEX route_carrier ON route (carrier_id);
CREATE INDEX route_from ON route (from_id);

CREATE TABLE delivery (                            -- pieces on the way from one location to another
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	round_id INTEGER REFERENCES round (id),
	date TEXT NOT NULL,
	from_id INTEGER NOT NULL REFERENCES location (id),
	to_id INTEGER NOT NULL REFERENCES location (id),
	carrier_id INTEGER REFERENCES carrier (id),
	route_id INTEGER REFERENCES route (id) ON DELETE SET NULL,
	position INTEGER CHECK (position > 0),          -- of the stop on the route
	arrives INTEGER,                                -- planned, minutes after midnight
	opens INTEGER,                                  -- between these it must be handed over
	closes INTEGER,
	by_hand INTEGER NOT NULL DEFAULT 0 CHECK (by_hand IN (0, 1)), -- no plan replaces it
	status TEXT NOT NULL DEFAULT 'planned' CHECK (status IN
		('planned', 'packed', 'underway', 'delivered', 'failed', 'cancelled')),
	packages INTEGER CHECK (packages > 0),          -- kolli
	received_at INTEGER,
	received_by TEXT,                               -- name or role, as on the receipt
	override TEXT,                                  -- why a hand-over rule was set aside
	reason TEXT,                                    -- why it failed or was cancelled
	note TEXT,
	CHECK (from_id <> to_id),
	CHECK ((status = 'delivered') = (received_at IS NOT NULL))
) STRICT;
CREATE INDEX delivery_round ON delivery (round_id);
CREATE INDEX delivery_from ON delivery (from_id);
CREATE INDEX delivery_to ON delivery (to_id);
CREATE INDEX delivery_carrier ON delivery (carrier_id);
CREATE INDEX delivery_route ON delivery (route_id);
CREATE INDEX delivery_date ON delivery (date);

CREATE TABLE delivery_line (
	delivery_id INTEGER NOT NULL REFERENCES delivery (id) ON DELETE CASCADE,
	item_id INTEGER NOT NULL REFERENCES item (id),
	pieces INTEGER NOT NULL CHECK (pieces > 0),
	counted INTEGER CHECK (counted >= 0),           -- by the receiver
	PRIMARY KEY (delivery_id, item_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_line_item ON delivery_line (item_id);

CREATE TABLE delivery_event (                      -- when and by whom a state was reached
	id INTEGER PRIMARY KEY,
	delivery_id INTEGER NOT NULL REFERENCES delivery (id) ON DELETE CASCADE,
	at INTEGER NOT NULL,
	actor TEXT NOT NULL,
	status TEXT NOT NULL,
	note TEXT
) STRICT;
CREATE INDEX delivery_event_delivery ON delivery_event (delivery_id);

CREATE TABLE road (                                -- known travel between two points
	from_point TEXT NOT NULL,                       -- "59.37930,13.50370"
	to_point TEXT NOT NULL,
	seconds INTEGER NOT NULL CHECK (seconds >= 0),
	metres INTEGER NOT NULL CHECK (metres >= 0),
	source TEXT NOT NULL,
	PRIMARY KEY (from_point, to_point)
) STRICT, WITHOUT ROWID;

CREATE TABLE road_speed (                          -- where no road is known: by the crow's flight
	id INTEGER PRIMARY KEY,
	up_to_km REAL NOT NULL UNIQUE CHECK (up_to_km > 0),
	detour REAL NOT NULL CHECK (detour BETWEEN 1 AND 5), -- road metres per straight metre
	kmh REAL NOT NULL CHECK (kmh BETWEEN 5 AND 130),
	source TEXT
) STRICT;
INSERT INTO road_speed (up_to_km, detour, kmh, source) VALUES
	(3, 1.4, 28, 'Antagande: tätort'),
	(15, 1.35, 48, 'Antagande: tätort och landsväg'),
	(1000, 1.3, 68, 'Antagande: landsväg');

-- What runs out, what goes wrong, who answers the telephone ---------------------------------

CREATE TABLE shortage (                            -- an empty rack that somebody reported
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	at INTEGER NOT NULL,
	actor TEXT NOT NULL,
	location_id INTEGER NOT NULL REFERENCES location (id),
	item_id INTEGER REFERENCES item (id),           -- NULL: every list there
	level TEXT NOT NULL CHECK (level IN ('low', 'empty')),
	reported_by TEXT,
	status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'refilling', 'resolved')),
	delivery_id INTEGER REFERENCES delivery (id),   -- the refill
	unusual TEXT,                                   -- why it looks like theft or a mistake
	note TEXT
) STRICT;
CREATE INDEX shortage_location ON shortage (location_id);
CREATE INDEX shortage_item ON shortage (item_id);
CREATE INDEX shortage_delivery ON shortage (delivery_id);

CREATE TABLE incident (                            -- as evidence, if the result is appealed
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	at INTEGER NOT NULL,                            -- when it happened
	place_id INTEGER REFERENCES place (id),
	kommun_code TEXT REFERENCES kommun (code),
	list_id INTEGER REFERENCES list (id),
	kind TEXT NOT NULL CHECK (kind IN ('missing', 'hidden', 'stolen', 'wrong', 'refused',
		'late', 'campaigning', 'other')),
	what TEXT NOT NULL,
	witness TEXT,
	witness_phone TEXT,
	reported_to TEXT,                               -- röstmottagare, valnämnd, police
	action TEXT,
	status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'closed')),
	note TEXT
) STRICT;
CREATE INDEX incident_place ON incident (place_id);
CREATE INDEX incident_kommun ON incident (kommun_code);
CREATE INDEX incident_list ON incident (list_id);

CREATE TABLE duty (                                -- jour: who answers the telephone
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	date TEXT NOT NULL,
	starts INTEGER NOT NULL CHECK (starts BETWEEN 0 AND 1439),
	ends INTEGER NOT NULL CHECK (ends BETWEEN 1 AND 1440),
	name TEXT NOT NULL,
	phone TEXT NOT NULL,
	role TEXT NOT NULL,                             -- valsedelsjour, kommunansvarig ...
	area TEXT,
	deputy_name TEXT,
	deputy_phone TEXT,
	note TEXT,
	UNIQUE (date, starts, role, area, name),
	CHECK (starts < ends)
) STRICT;

PRAGMA user_version = 4;
