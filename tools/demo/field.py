"""The demonstration district's activities in the eight weeks before election day, with shifts.

A row of SERIES is an activity of the file, then on which days it is copied. Roles are written as
`valstuga shift add` reads them: least-wanted-most, a skill after a slash.
"""

from geography import KOMMUNER

FIRST_DAY, LAST_DAY = "2026-07-20", "2026-09-13"

STAND = "värd:2-5-6;passledare/Passledare:1"
BIG_STAND = "värd:2-4-6"
WALK = "knackare:4-17-20;passledare/Passledare:1-2-2"
PAPERS = "utdelare:2-5-6"
RED = "riksdagskandidat/Riksdagskandidat:1-2-3;regionkandidat/Regionkandidat:1-2-4;funktionär:4-14-16"

STAND_TEXT = ("De första på dagen öppnar stugan. Nyckeln finns i kodlåset, koden har kontaktpersonen. "
              "Kaffe och flygblad står innanför dörren. Ingen står ensam.")
WALK_TEXT = ("Vi samlas kvart i för en kort genomgång och går två och två. Anteckna bara antal. "
             "Alla lämnar in gatulistan innan de går hem.")
PAPERS_TEXT = ("Fyll på valsedelsstället och fråga röstmottagarna hur mycket som finns kvar. "
               "Inga partisymboler i lokalen eller vid ingången.")

# kind; title; day and hours; kommun; venue, street, offset (km north, east of the main town) or the
# name of a place in the register; shifts [(starts, ends, minutes each, roles)]; more fields; copies.
S = "valstuga"
ACTIVITIES = [
    (S, "Valstugan på Stora torget", "2026-08-08", "10.00", "18.00", "Karlstad",
     ("Stora torget", "Stora torget 1", (0.0, 0.0)), [("10.00", "18.00", 120, BIG_STAND)],
     {"instructions": STAND_TEXT, "visibility": "public"}, "2026-08-15,2026-08-22,2026-08-29,2026-09-05,2026-09-12"),
    (S, "Valstugan på Arvika torg", "2026-08-15", "10.00", "14.00", "Arvika",
     ("Arvika torg", "Torget 3", (0.0, 0.1)), [("10.00", "14.00", 120, STAND)],
     {"instructions": STAND_TEXT, "visibility": "public"}, "2026-08-22,2026-08-29,2026-09-05"),
    (S, "Valstugan på Södra torget", "2026-08-22", "10.00", "15.00", "Kristinehamn",
     ("Södra torget", "Södra torget 2", (0.0, 0.1)), [("10.00", "15.00", 150, STAND)],
     {"instructions": STAND_TEXT, "visibility": "public"}, "2026-09-05,2026-09-12"),
    (S, "Valstugan vid kanalen", "2026-09-05", "10.00", "14.00", "Säffle",
     ("Kanaltorget", "Kanalplan 2", (0.1, 0.2)), [("10.00", "14.00", 120, STAND)],
     {"instructions": STAND_TEXT, "visibility": "public"}, ""),
    (S, "Valstugan i Hagfors", "2026-09-04", "15.00", "19.00", "Hagfors",
     ("Folkets park", "Parkvägen 1", (0.3, -0.2)), [("15.00", "19.00", 120, STAND)],
     {"instructions": STAND_TEXT, "visibility": "public"}, ""),
    ("dörrknackning", "Dörrknackning på Björkåsen", "2026-08-18", "17.30", "20.00", "Karlstad",
     ("Björkåsens skola", "Björkåsvägen 4", (2.1, -0.9)), [("17.30", "20.00", 0, WALK)],
     {"instructions": WALK_TEXT}, "2026-09-01"),
    ("dörrknackning", "Dörrknackning på Tallmon", "2026-08-22", "11.00", "14.00", "Karlstad",
     ("Tallmovallens sporthall", "Tallmovägen 31", (1.3, 2.4)), [("11.00", "14.00", 0, WALK)],
     {"instructions": WALK_TEXT}, ""),
    ("dörrknackning", "Dörrknackning i Tallåsen", "2026-08-25", "17.30", "20.00", "Arvika",
     ("Tallåsens skola", "Tallåsgatan 10", (0.9, -0.6)), [("17.30", "20.00", 0, "knackare:4-10-12;passledare/Passledare:1")],
     {"instructions": WALK_TEXT}, ""),
    ("dörrknackning", "Dörrknackning i Marieholm", "2026-08-27", "17.30", "20.00", "Kristinehamn",
     ("Marieholmens idrottshall", "Idrottsgränd 5", (0.8, 0.4)), [("17.30", "20.00", 0, "knackare:4-10-12;passledare/Passledare:1")],
     {"instructions": WALK_TEXT}, ""),
    ("valsedelsutdelning", "Valsedlar vid Stadsbiblioteket Källan", "2026-08-26", "10.00", "19.00", "Karlstad",
     "Stadsbiblioteket Källan", [("10.00", "19.00", 180, PAPERS)], {"instructions": PAPERS_TEXT}, "2026-09-11"),
    ("valsedelsutdelning", "Valsedlar i Björkåsens skola", "2026-09-13", "8.00", "20.00", "Karlstad",
     "Björkåsens skola", [("8.00", "20.00", 120, PAPERS)], {"instructions": PAPERS_TEXT}, ""),
    ("valsedelsutdelning", "Valsedlar i Ritsalen", "2026-09-13", "8.00", "20.00", "Arvika",
     "Ritsalens kulturhus", [("8.00", "20.00", 120, PAPERS)], {"instructions": PAPERS_TEXT}, ""),
    ("valsedelsutdelning", "Valsedlar i Djurgårdssalen", "2026-09-13", "8.00", "20.00", "Kristinehamn",
     "Djurgårdssalen", [("8.00", "20.00", 120, PAPERS)], {"instructions": PAPERS_TEXT}, ""),
    ("valsedelsutdelning", "Valsedlar i Näsuddens skola", "2026-09-13", "8.00", "20.00", "Hammarö",
     "Näsuddens skola", [("8.00", "20.00", 240, PAPERS)], {"instructions": PAPERS_TEXT}, ""),
    ("flygbladsutdelning", "Flygblad vid tågstationen", "2026-09-08", "6.30", "9.00", "Karlstad",
     ("Karlstads station", "Hamngatan 40", (-0.4, -0.3)), [("6.30", "9.00", 0, "utdelare:2-16-18")], {}, ""),
    ("affischering", "Affischerna upp", "2026-08-16", "13.00", "17.00", "Karlstad",
     ("Distriktslagret", "Sågverksgatan 4", (0.7, 1.1)), [("13.00", "17.00", 0, "affischör:4-16-20")],
     {"instructions": "Stegar, buntband och karta hämtas på lagret. Läs kommunens regler på baksidan."}, ""),
    ("torgmöte", "Torgmöte om vården", "2026-08-20", "17.00", "19.00", "Kristinehamn",
     ("Södra torget", "Södra torget 2", (0.0, 0.1)), [("17.00", "19.00", 0, "funktionär:4-6-8;ljud/Ljud:1")],
     {"visibility": "public"}, ""),
    ("valskola", "Valskola: samtalet vid stugan", "2026-07-25", "10.00", "15.00", "Karlstad",
     ("Föreningarnas hus", "Ågatan 9", (0.3, -0.4)), [("10.00", "15.00", 0, "studieledare/Studieledare:1-2;värd:2-4-4")],
     {}, ""),
    ("valskola", "Valskola på nätet", "2026-07-29", "18.30", "20.00", "",
     None, [("18.30", "20.00", 0, "studieledare/Studieledare:1;värd:1-2-2")],
     {"mode": "digital", "link": "https://mote.example/valskola"}, "2026-08-05"),
    ("centralt besök", "Partiledaren på Stora torget", "2026-08-29", "13.00", "14.30", "Karlstad",
     ("Stora torget, scenen", "Stora torget 1", (0.02, 0.02)),
     [("13.00", "14.30", 0, "funktionär:6-14-18;ljud/Ljud:1;passledare/Passledare:2")],
     {"visitor": "Partiledaren", "visibility": "public"}, ""),
    ("röd lördag", "Röd lördag i centrum", "2026-08-22", "11.00", "15.00", "Karlstad",
     ("Järnvägstorget", "Järnvägsgatan 2", (-0.3, -0.2)), [("11.00", "15.00", 0, RED)], {"visibility": "public"}, ""),
    ("röd lördag", "Röd lördag i Sunne", "2026-08-29", "10.00", "13.00", "Sunne",
     ("Sunne torg", "Torggatan 1", (0.0, 0.0)), [("10.00", "13.00", 0, RED)], {"visibility": "public"}, ""),
    ("röd lördag", "Röd lördag i Säffle", "2026-09-05", "10.00", "14.00", "Säffle",
     ("Medborgarplatsen", "Sundsgatan 3", (0.1, 0.1)), [("10.00", "14.00", 0, RED)], {"visibility": "public"}, ""),
    ("röd lördag", "Röd lördag i Filipstad", "2026-09-05", "10.00", "14.00", "Filipstad",
     ("Stora torget", "Stora torget 2", (0.0, 0.0)), [("10.00", "14.00", 0, RED)], {"visibility": "public"}, ""),
    ("toppnamnsträff", "Toppnamnen svarar", "2026-09-02", "18.00", "20.30", "Arvika",
     ("Ritsalens foajé", "Hamnplan 10", (-0.2, 0.3)),
     [("18.00", "20.30", 0, "värd:4-8-10;riksdagskandidat/Riksdagskandidat:1-2;regionkandidat/Regionkandidat:1-2")],
     {"visibility": "public"}, ""),
    ("möte", "Upptakt för alla volontärer", "2026-08-12", "18.00", "20.30", "Karlstad",
     ("Föreningarnas hus", "Ågatan 9", (0.3, -0.4)), [("18.00", "20.30", 0, "värd:2-4-6;kök:2-4-4")],
     {"mode": "both", "link": "https://mote.example/upptakt"}, ""),
    ("fest", "Valvaka", "2026-09-13", "20.00", "2026-09-14 1.00", "Karlstad",
     ("Föreningarnas hus", "Ågatan 9", (0.3, -0.4)),
     [("20.00", "2026-09-14 1.00", 0, "värd:6-16-20;kök:2-6-6")], {}, ""),
]

STREETS = [  # the activity's place in the list above, area, where they meet, who walks, streets
    (6, "Björkåsen västra", "Skolans entré, 17.15", "Grupp 1",
     [("Björkåsvägen", 1, 39, "odd"), ("Björkåsvägen", 2, 44, "even"), ("Lönnstigen", 1, 22, "both"), ("Rönnstigen", None, None, "both")]),
    (6, "Björkåsen östra", "Skolans entré, 17.15", "Grupp 2",
     [("Hasselvägen", 1, 30, "both"), ("Alvägen", 2, 28, "even"), ("Alvägen", 1, 31, "odd"), ("Pilgränd", 1, 14, "both")]),
    (7, "Tallmon", "Sporthallens parkering, 10.45", "Grupp 1",
     [("Tallmovägen", 1, 61, "odd"), ("Tallmovägen", 2, 58, "even"), ("Granrundan", 1, 46, "both"), ("Enbacken", 1, 18, "both"),
      ("Kottstigen", None, None, "both")]),
    (7, "Vallen", "Sporthallens parkering, 10.45", "Grupp 2",
     [("Vallgatan", 1, 40, "both"), ("Målgränd", 1, 12, "both"), ("Läktarvägen", 1, 27, "odd"), ("Läktarvägen", 2, 30, "even")]),
    (8, "Tallåsen", "Skolgården, 17.15", "Grupp 1", [("Tallåsgatan", 1, 48, "both"), ("Kvarngränd", 1, 20, "both")]),
    (9, "Marieholm", "Idrottshallen, 17.15", "Grupp 1", [("Idrottsgränd", 1, 16, "both"), ("Marieholmsgatan", 2, 60, "even")]),
]


def kommun_named(name):
    return next(kommun for kommun in KOMMUNER if kommun.name == name)


def activities(leaders, associations):
    """The records. `leaders`: kommun -> who answers for what is held there."""
    heads = ("title kind starts ends association kommun place venue street town latitude longitude mode link contact "
             "visitor instructions visibility").split()
    rows = [heads]
    for kind, title, day, starts, ends, kommun, where, _, more, _ in ACTIVITIES:
        row = {"title": title, "kind": kind, "starts": f"{day} {starts}", "ends": ends if " " in ends else f"{day} {ends}",
               "association": next((a for a, kommuner in associations.items() if kommun in kommuner), ""),
               "kommun": kommun, "contact": leaders.get(kommun) or leaders["Karlstad"], **more}
        if isinstance(where, tuple):
            position = [text.replace(",", ".") for text in kommun_named(kommun).position(where[2])]
            row |= {"venue": where[0], "street": where[1], "town": kommun, "latitude": position[0], "longitude": position[1]}
        elif where:
            row |= {"place": where}
        rows.append([row.get(head, "") for head in heads])
    return rows


def shifts():
    """What `valstuga shift add` is told, an activity by its place in the file."""
    rows = [["activity", "starts", "ends", "each", "roles"]]
    for number, entry in enumerate(ACTIVITIES, 1):
        for starts, ends, each, roles in entry[7]:
            rows.append([number, starts, ends, each or "", roles])
    return rows


def copies():
    return [["activity", "days"]] + [[number, entry[9]] for number, entry in enumerate(ACTIVITIES, 1) if entry[9]]


def walks():
    rows = [["activity", "kommun", "area", "meets_at", "team"]]
    for number, area, meets, team, _ in STREETS:
        entry = ACTIVITIES[number - 1]
        rows.append([number, entry[5], area, meets, team])
    return rows


def streets():
    rows = [["canvass", "position", "street", "first", "last", "side"]]
    for number, entry in enumerate(STREETS, 1):
        for position, (street, first, last, side) in enumerate(entry[4], 1):
            rows.append([number, position, street, first or "", last or "", side])
    return rows


def wanted(roles):
    """How many people a text of roles asks for."""
    total = 0
    for role in roles.split(";"):
        numbers = role.rpartition(":")[2].split("-")
        total += int(numbers[1] if len(numbers) > 1 else numbers[0])
    return total


def minutes(text):
    hour, _, minute = text.rpartition(" ")[2].partition(".")
    return int(hour) * 60 + int(minute) + (1440 if " " in text else 0)


def count():
    """Activities, shifts and places, copies and all."""
    found = [0, 0, 0]
    for entry in ACTIVITIES:
        times = 1 + len([day for day in entry[9].split(",") if day])
        found[0] += times
        for starts, ends, each, roles in entry[7]:
            number = (minutes(ends) - minutes(starts)) // each if each else 1
            found[1] += times * number
            found[2] += times * number * wanted(roles)
    return found
