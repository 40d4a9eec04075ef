#!/usr/bin/env python3
"""Makes the demonstration district's files, in the layouts of Valmyndigheten's own files.

    make_demo.py OUTDIR            write the files
    make_demo.py --check OUTDIR    exit 1 if a file there differs from what would be written
    make_demo.py --avoid FILE ...  exit 1 if a candidate's name is in a real file of candidacies
    make_demo.py --count           print what the files hold

Everything is invented but the kommuner and their codes. The same version makes the same bytes.
"""

import csv
import io
import random
import sys
from pathlib import Path

import borders
import field
import geography
import lists as candidate_lists
import year
from geography import ADVANCE_DAYS, ELECTION_DAY, KOMMUNER
from lists import PARTY, REGION_AREA, RIKSDAG_AREA, RIVAL, Nomination
from people import check_names
from results import Later, Results, pieces_2022
from volunteers import ASSOCIATIONS, Volunteers

BOM = "\ufeff"
LAN = ("17", "Värmlands län")
BYGDE = ("Bygdelistan Provet", " ", "9903")


def table(rows, delimiter=";", tail=""):
    """Rows as CSV text with LF; `tail` ends every row but the header (the authority's trailing ';')."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerow(rows[0])
    csv.writer(text, delimiter=delimiter, lineterminator=tail + "\n").writerows(rows[1:])
    return text.getvalue()


def contact(index, kommun):
    """Election committee, web site and phone. The numbers are ones set aside for fiction."""
    site = kommun.name.lower().translate(str.maketrans("åäö", "aao")) + ".example/val2026"
    return [f"Valnämnden i {kommun.genitive} kommun", site, f"070-174 06 {10 + index}"]


def polling_stations():
    header = ("LÄNSKOD;LÄN;KOMMUNKOD;KOMMUN;VALNÄMND;HEMSIDA;TELNR;VALDISTRIKTKOD;VALDISTRIKT;KOMMUNVALKRETSKOD;"
              "KOMMUNVALKRETS;LOKAL;ADRESS1;ADRESS2;TILLGÄNGL;LATITUD;LONGITUD;VALDAG;ÖPPETTID").split(";")
    rows = [header]
    for index, kommun in enumerate(KOMMUNER):
        for venue, district in kommun.districts():
            latitude, longitude = kommun.position(venue.offset)
            rows.append([*LAN, kommun.code[2:], kommun.name, *contact(index, kommun), district.code, district.name,
                         kommun.code + "00", kommun.name, venue.name, district.room, venue.street, venue.access,
                         latitude, latitude if venue.broken else longitude, ELECTION_DAY.isoformat(), district.hours])
    return rows


def advance_places():
    header = ("LÄNSKOD;LÄN;KOMMUNKOD;KOMMUN;VALNÄMND;HEMSIDA;TELNR;LOKALID;LOKAL;ADRESS1;ADRESS2;TILLGÄNGL;"
              "BEGRTILLT;LATITUD;LONGITUD").split(";")
    rows = [header + [day.isoformat() for day in ADVANCE_DAYS]]
    for index, kommun in enumerate(KOMMUNER):
        for place in kommun.advance:
            rows.append([*LAN, kommun.code[2:], kommun.name, *contact(index, kommun), f"{kommun.code}{place.number:03}",
                         place.name, place.room, place.street, place.access, "J" if place.restricted else "N",
                         *kommun.position(place.offset), *(place.hours.get(day, "") for day in ADVANCE_DAYS)])
    return rows


def yes(condition):
    return "J" if condition else "N"


def person_fields(entry, candidacy, empty):
    """NAMN, ÅLDER, KÖN, FOLKBOKFÖRING: empty when the authority hides the person."""
    person = candidacy.person
    if candidacy.hidden:
        return ["[inte lämnat samtycke]", empty, empty, empty]
    name = person.name if candidacy.position else person.turned()
    return [name, str(person.age_in(entry.year)), person.sex, empty if person.secret else person.home]


def ballot_text(entry, candidacy, empty):
    if candidacy.hidden or not candidacy.position:
        return empty
    return candidacy.person.ballot_text(entry.year) or empty


def consent_and_declaration(entry, candidacy):
    if entry.open:
        return [yes(candidacy.declared), "I"]
    return ["I", yes(candidacy.declared)]


def candidacies_2022(lists):
    header = ("VALTYP;VALOMRÅDESKOD;VALOMRÅDESNAMN;VALKRETSKOD;VALKRETSNAMN;PARTIBETECKNING;PARTIFÖRKORTNING;PARTIKOD;"
              "VALSEDELSSTATUS;LISTNUMMER;ORDNING;ANMKAND;ANMDELTAGANDE;SAMTYCKE;FÖRKLARING;KANDIDATNUMMER;NAMN;"
              "ÅLDER_PÅ_VALDAGEN;KÖN;FOLKBOKFÖRINGSORT;VALSEDELSUPPGIFT;ANT_BEST_VALS;VALBAR_PÅ_VALDAGEN;GILTIG").split(";")
    rows = [header]
    for entry in lists:
        for candidacy in entry.candidacies:
            rows.append([entry.kind, *entry.area, *entry.party, entry.status, entry.number, candidacy.position,
                         yes(not entry.open), "J", *consent_and_declaration(entry, candidacy),
                         candidacy.person.numbers[2022], *person_fields(entry, candidacy, ""),
                         ballot_text(entry, candidacy, ""), entry.pieces, "", yes(candidacy.declared)])
    return rows


def candidacies_2026(lists):
    header = ("VALTYP;VALOMRÅDESKOD;VALOMRÅDESNAMN;VALKRETSKOD;VALKRETSNAMN;PARTIBETECKNING;PARTIFÖRKORTNING;PARTIKOD;"
              "VALSEDELSSTATUS;LISTNUMMER;VALKRETSBETECKNING PÅ VALSEDELN;ORDNING;ANMÄLDAKANDIDATER;SAMTYCKE;FÖRKLARING;"
              "KANDIDATNUMMER;NAMN;ÅLDER_PÅ_VALDAGEN;KÖN;FOLKBOKFÖRINGSKOMMUN;VALSEDELSUPPGIFT;"
              "ANTAL VALSEDLAR FÖR DEN SPECIFIKA LISTAN;GILTIG").split(";")
    rows = []
    for entry in lists:
        for candidacy in entry.candidacies:
            listed = candidacy.position > 0
            pieces = str(entry.pieces) if entry.pieces else ("0" if entry.kind == "RF" else " ")
            rows.append([entry.kind, *entry.area, *entry.party, entry.status or " ",
                         entry.number if listed else " ", entry.area[3] if listed else " ",
                         str(candidacy.position) if listed else " ", yes(not entry.open),
                         *consent_and_declaration(entry, candidacy), candidacy.person.numbers[2026],
                         *person_fields(entry, candidacy, " "), ballot_text(entry, candidacy, " "),
                         pieces if listed else " ", yes(candidacy.declared)])
    # The authority sorts by text: position 10 comes before position 2.
    order = {"RD": 0, "RF": 1, "KF": 2}
    return [header] + sorted(rows, key=lambda row: (order[row[0]], row[1], row[5], row[11]))


def participation_rows(kind, area, lan, party, basis, notified):
    """One row per ground; R: represented since 2022, K: has notified candidates, A: has applied."""
    dates = {"R": ("2022-09-11", "2022-09-11", " "), "K": ("2026-04-14", "2026-04-14", " "),
             "A": ("2026-02-03", "2026-02-24", "VAL-2026-118")}
    return [[kind, *area, *lan, *party, *dates[ground], "J", yes(notified), ground] for ground in basis]


def participants(lists):
    header = ("VALTYP;VALOMRÅDESKOD;VALOMRÅDESNAMN;VALKRETSKOD;VALKRETSNAMN;LÄNSKOD;LÄNSNAMN;PARTIBETECKNING;"
              "PARTIFÖRKORTNING;PARTIKOD;ANMÄLNINGSDATUM;BESLUTSDATUM;DIARIENUMMER;REGISTRERADPARTIBETECKNING;"
              "ANMÄLDAKANDIDATER;DELTAGANDEGRUND").split(";")
    rows = [header]
    lan = ("17", "Värmland")
    notified = {entry.area[0] for entry in lists if entry.party is PARTY and not entry.open}
    new = {"Eda", "Torsby", "Storfors", "Grums"}  # not in the assembly: takes part by its candidates
    for index, kommun in enumerate(KOMMUNER):
        area = (kommun.code, kommun.name, kommun.code + "00", kommun.name)
        ground = "K" if kommun.name in new else "RK" if kommun.name == "Karlstad" else "R"
        rows += participation_rows("KF", area, lan, PARTY, ground, kommun.code in notified)
        rows += participation_rows("KF", area, lan, RIVAL, "RK" if kommun.name == "Karlstad" else "A",
                                   kommun.name == "Karlstad")
        if index % 5 == 0:
            rows += participation_rows("KF", area, lan, BYGDE, "A", False)
    for kind, area in (("RF", REGION_AREA), ("RD", RIKSDAG_AREA)):
        rows += participation_rows(kind, area, lan, PARTY, "RK", True)
        rows += participation_rows(kind, area, lan, RIVAL, "AK" if kind == "RF" else "A", kind == "RF")
    return rows


def annual_meeting(nomination):
    """What the kommun's annual meeting sends in: a spreadsheet saved as text, some papers missing."""
    rows = ["position;name;ballot_text;declaration;consent".split(";")]
    declarations = ["2026-02-14", "2026-02-14", "", "2026-02-14", "2026-03-02", "", "2026-02-14", ""]
    consents = ["2026-02-14", "2026-02-14", "2026-02-14", "", "2026-03-02", "", "2026-02-14", "2026-02-21"]
    for i, person in enumerate(nomination.meeting):
        rows.append([i + 1, person.name, person.ballot_text(2026), declarations[i], consents[i]])
    return rows


def in_the_field(volunteers):
    """Who helps, what is on, where they walk."""
    leaders = {}
    for row in volunteers.rows:
        if "Passledare" in row["skills"]:
            leaders.setdefault(row["home"], row["name"])
    tables = {
        "volontarer": volunteers.register(), "nya-medlemmar": volunteers.new_members(),
        "kandidater-i-falt": volunteers.candidates(), "kan-och-kan-inte": volunteers.presence(),
        "onskemal": volunteers.wishes(), "kunskaper": volunteers.skills(), "tillsammans": volunteers.together(),
        "aktiviteter": field.activities(leaders, ASSOCIATIONS), "pass": field.shifts(),
        "upprepningar": field.copies(), "promenader": field.walks(), "gator": field.streets(),
    }
    return {f"{name}.csv": table(rows).encode() for name, rows in tables.items()}


def in_the_year(results):
    """Media, readings and answers; what was counted in 2026, and a map to show it on."""
    later = Later(results, random.Random("Valresultat 2026"))
    counted = {"riksdag": later.riksdag(), "region": later.region(), "kommun": later.kommun()}
    files = {f"{name}.csv": table(rows).encode() for name, rows in year.tables().items()}
    files |= {f"{name}_2026.csv": table(rows, ",").encode() for name, rows in counted.items()}
    return files | {"kommungranser.geojson": borders.geojson().encode()}


def build():
    """Returns the files (name -> bytes), and what they were made from."""
    geography.check()
    nomination = Nomination(KOMMUNER)
    volunteers = Volunteers(nomination.crowd.names)
    results = Results(KOMMUNER, random.Random("Valresultat 2022"))
    lists = nomination.lists_2022(pieces_2022(results)) + nomination.lists_2026()
    candidate_lists.check(lists)
    old = [entry for entry in lists if entry.year == 2022]
    new = [entry for entry in lists if entry.year == 2026]
    files = {
        "vallokaler-2026.csv": (BOM + table(polling_stations())).encode(),
        "rostningslokaler-2026.csv": (BOM + table(advance_places())).encode(),
        "kandidaturer-2022.csv": table(candidacies_2022(old)).encode("iso-8859-1"),
        "kandidaturer-2026.csv": (BOM + table(candidacies_2026(new))).encode(),
        "deltagande-partier-2026.csv": (BOM + table(participants(new), tail=";")).encode(),
        "lista-arsmote-hagfors.csv": table(annual_meeting(nomination)).encode(),
        "riksdag_2022.csv": table(results.riksdag(), ",").encode(),
        "region_2022.csv": table(results.region(), ",").encode(),
        "kommun_2022.csv": table(results.kommun(), ",").encode(),
    }
    files |= in_the_field(volunteers) | in_the_year(results)
    nomination.crowd.people += volunteers.people
    return files, nomination, lists, results


def count_field(files):
    def rows(name):
        return len(files[name + ".csv"].splitlines()) - 1
    activities, shifts, places = field.count()
    print(f"volunteers {rows('volontarer') + rows('kandidater-i-falt')}, new members {rows('nya-medlemmar')}, "
          f"activities {activities}, shifts {shifts}, places {places}")


def count(files, nomination, lists, results):
    count_field(files)
    venues = {(k.code, v.name, v.street) for k in KOMMUNER for v in k.venues}
    advance = {(k.code, a.name, a.street) for k in KOMMUNER for a in k.advance}
    print(f"districts {sum(len(k.districts()) for k in KOMMUNER)}, venues {len(venues)}, "
          f"advance places {sum(len(k.advance) for k in KOMMUNER)} in {len(advance)} buildings, "
          f"both {len(venues & advance)}, buildings in all {len(venues | advance)}, "
          f"place-days {sum(len(a.hours) for k in KOMMUNER for a in k.advance)}")
    for year in (2022, 2026):
        for party in (PARTY, RIVAL):
            chosen = [entry for entry in lists if entry.year == year and entry.party is party]
            standing = [c for entry in chosen for c in entry.candidacies]
            print(f"{year} {party[1]}: lists {len(chosen)}, candidacies {len(standing)}, "
                  f"people {len({c.person for c in standing})}, "
                  f"not declared or consented {sum(not c.declared for c in standing)}, "
                  f"pieces {sum(entry.pieces for entry in chosen)}")
    then, now = ({c.person for entry in lists if entry.year == year and entry.party is PARTY
                  for c in entry.candidacies} for year in (2022, 2026))
    print(f"people who stood both times {len(then & now)}, "
          f"people on any list {len({c.person for entry in lists for c in entry.candidacies})}")
    for kind in ("RD", "RF", "KF"):
        print(f"2022 {kind}: eligible {results.eligible(kind)}, {PARTY[1]} votes {results.votes(kind, 'EX')}")
    for name, content in files.items():
        print(f"{name}: {len(content.splitlines())} lines, {len(content)} bytes")


def real_names(path):
    text = Path(path).read_bytes()
    try:
        decoded = text.decode("utf-8-sig")
    except UnicodeDecodeError:
        decoded = text.decode("iso-8859-1")
    reader = csv.DictReader(io.StringIO(decoded.replace("\r\n", "\n").replace("\r", "\n")), delimiter=";")
    return {row["NAMN"].strip() for row in reader}


def main(arguments):
    files, nomination, lists, results = build()
    match arguments:
        case ["--count"]:
            count(files, nomination, lists, results)
        case ["--avoid", *paths] if paths:
            taken = check_names(nomination.crowd.people, set().union(*map(real_names, paths)))
            print(*taken, sep="\n", end="\n" if taken else "")
            return 1 if taken else 0
        case ["--check", directory]:
            stale = [name for name, content in files.items() if (Path(directory) / name).read_bytes() != content]
            print(*stale, sep="\n", end="\n" if stale else "")
            return 1 if stale else 0
        case [directory] if not directory.startswith("-"):
            Path(directory).mkdir(parents=True, exist_ok=True)
            for name, content in files.items():
                (Path(directory) / name).write_bytes(content)
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
