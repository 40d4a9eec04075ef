-- The law as data: deadlines as offsets from election day or as decisions with a date, and
-- the price list. Everything here can be edited; the history shows who did.

-- Dates that were decided for one election. A new campaign takes those of its own day.
CREATE TABLE dated_decision (
	election_day TEXT NOT NULL,
	key TEXT NOT NULL,
	date TEXT NOT NULL,
	source TEXT NOT NULL,
	verified_on TEXT NOT NULL,
	PRIMARY KEY (election_day, key)
) STRICT, WITHOUT ROWID;

INSERT INTO dated_decision (election_day, key, date, source, verified_on) VALUES
	('2018-09-09', 'order_date', '2018-04-10', 'Valmyndigheten, valkalender 2018', '2026-11-20'),
	('2018-09-09', 'party_ballots_request', '2017-11-10', 'Valmyndigheten, valkalender 2018', '2026-11-20'),
	('2022-09-11', 'order_date', '2022-04-29', 'Valmyndigheten, valkalender för partier 2022 (ändrad från 8 och 22 april)', '2026-11-20'),
	('2022-09-11', 'party_ballots_request', '2021-11-12', 'Valmyndigheten, valkalender för partier 2022', '2026-11-20'),
	('2024-06-09', 'order_date', '2024-02-29', 'Valmyndigheten, valkalender för EU-valet 2024', '2026-11-20');

INSERT INTO deadline (key, name, offset_days, source, verified_on) VALUES
	('party_ballots_request', 'Sista dag att begära utläggning av partivalsedlar', NULL, 'Beslutas av Valmyndigheten, normalt i november året före valet', '2026-11-20'),
	('order_date', 'Sista dag för beställning och kandidatanmälan med leveransgaranti', NULL, 'Beslutas av Valmyndigheten (vallagen 2:13), normalt i april', '2026-11-20'),
	('guaranteed_delivery', 'Beställda namnvalsedlar ska vara levererade', -45, 'val.se, beställning och kandidatlista: senast 45 dagar före valdagen', '2026-11-20'),
	('places_reported', 'Kommunen har anmält lokaler och öppettider', -32, 'Vallagen 3:3', '2026-11-20'),
	('participation', 'Sista dag att anmäla deltagande i valet', -30, 'Vallagen 2:17', '2026-11-20'),
	('advance_voting', 'Förtidsröstningen börjar', -18, 'Vallagen 10:2', '2026-11-20'),
	('last_consent', 'Sista dag för samtycke på öppna listor', -2, 'Vallagen 2:20', '2026-11-20'),
	('election_day', 'Valdagen', 0, 'Vallagen 1:3', '2026-11-20');

INSERT INTO tariff (name, valid_from, start_black_ore, start_colour_ore, thousand_ore, piece_mg, source, verified_on) VALUES
	('Valmyndighetens priser 2022', '2022-01-01', 24000, 47000, 5300, 1240, 'val.se, kostnad för namnvalsedlar (2022); vikt: A6 på 80 g/m²', '2026-11-20');

PRAGMA user_version = 3;
