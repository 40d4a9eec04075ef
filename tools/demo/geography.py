"""The demonstration district's places: real kommuner, invented districts, venues and hours.

Coordinates are offsets in kilometres (north, east) from the kommun's main town, so that a venue
can be thought up without a map. Codes and names of the kommuner are Valmyndigheten's.
"""

import math
from dataclasses import dataclass, field
from datetime import date, timedelta

ELECTION_DAY = date(2026, 9, 13)
ADVANCE_DAYS = [ELECTION_DAY - timedelta(days=18 - i) for i in range(19)]
ALL_DAY = "08:00-20:00"
SPLIT_DAY = "09:00-13:00,17:00-20:00"


@dataclass
class District:
    code: str  # four digits within the kommun
    name: str
    room: str = ""  # ADRESS1: where in the building
    hours: str = ALL_DAY


@dataclass
class Venue:
    name: str
    street: str
    offset: tuple  # km north, km east; None: the authority has no coordinates
    districts: list
    access: str = ""
    broken: bool = False  # LONGITUD repeats LATITUD, as one real row of 2022 does


@dataclass
class Advance:
    number: int  # the last three digits of LOKALID
    name: str
    street: str
    offset: tuple
    hours: dict  # date -> "HH:MM-HH:MM[,HH:MM-HH:MM]"
    room: str = ""
    access: str = ""
    restricted: bool = False


@dataclass
class Kommun:
    code: str
    name: str
    genitive: str  # as the authority writes it: "Valnämnden i Karlstads kommun", but "i Eda kommun"
    centre: tuple  # latitude, longitude of the main town
    venues: list
    advance: list = field(default_factory=list)

    def position(self, offset):
        """Latitude and longitude as the authority prints them, or empty strings."""
        if offset is None:
            return "", ""
        latitude = self.centre[0] + offset[0] / 111.2
        longitude = self.centre[1] + offset[1] / (111.2 * math.cos(math.radians(self.centre[0])))
        return tuple(f"{x:.6f}".rstrip("0").replace(".", ",") for x in (latitude, longitude))

    def districts(self):
        return [(venue, district) for venue in self.venues for district in venue.districts]

    def venue(self, name):
        return next(venue for venue in self.venues if venue.name == name)


def days(pattern, last=""):
    """Hours for every day from seven entries, Monday first; `last` replaces election day's."""
    hours = {day: pattern[day.weekday()] for day in ADVANCE_DAYS}
    hours[ELECTION_DAY] = last
    return {day: text for day, text in hours.items() if text}


def only(*entries):
    """Hours for single days: ("08-29", "11:00-14:00")."""
    return {date.fromisoformat(f"2026-{day}"): text for day, text in entries}


LIBRARY = ["10:00-19:00"] * 4 + ["10:00-18:00", "10:00-15:00", "11:00-14:00"]
VILLAGE = ["12:00-18:00"] * 4 + ["12:00-16:00", "10:00-13:00", "10:00-13:00"]
OFFICE = ["08:00-12:00,13:00-16:00"] * 5 + ["", ""]
SHOPS = ["10:00-18:00"] * 5 + ["10:00-16:00", "11:00-16:00"]

RAMP = "Ramp och dörröppnare finns."
STEP = "Ett trappsteg vid entrén; ring på klockan så hjälper vi till."
LIFT = "Hiss från parkeringen."

D = District
V = Venue

KOMMUNER = [
    Kommun("1715", "Kil", "Kils", (59.5036, 13.3167), [
        V("Sädestorpets skola", "Lärkgränd 3", (0.4, 0.6), [D("0101", "Sädestorp", "Matsalen")], RAMP),
        V("Bygdegården i Vallerbyn", "Vallerbyvägen 41", (5.2, -4.1), [D("0102", "Vallerbyn")]),
        V("Gärdets sporthall", "Gärdesvägen 12", (-0.9, -0.7), [D("0103", "Gärdet", "Foajén")], RAMP),
    ], [
        Advance(1, "Biblioteket Läslyktan", "Stationstorget 2", (0.1, 0.1), days(LIBRARY, ALL_DAY), access=RAMP),
    ]),
    Kommun("1730", "Eda", "Eda", (59.8840, 12.3049), [
        V("Gränsbackens skola", "Skolbacken 1", (0.5, -0.4), [D("0001", "Gränsbacken", "Aulan")], RAMP),
        V("Ordenshuset i Hållmyra", "Hållmyra 12", (-11.5, 2.5), [D("0002", "Hållmyra")], STEP),
    ], [
        Advance(1, "Medborgarkontoret i Eda", "Gränsgatan 5", (0.2, 0.3), days(SHOPS, ALL_DAY)),
    ]),
    Kommun("1737", "Torsby", "Torsby", (60.1355, 13.0068), [
        V("Älvstrandens skola", "Älvstrandsvägen 20", (0.6, 0.2), [D("0101", "Älvstranden", "Matsalen")], RAMP),
        V("Skogsgården i Vitfall", "Vitfall 7", None, [D("0102", "Vitfall", hours=SPLIT_DAY)]),
        V("Bygdegården i Finnskalla", "Finnskallavägen 88", (41.0, -3.5), [D("0103", "Finnskalla")]),
    ], [
        Advance(1, "Torsby torghall", "Nya torget 4", (0.0, 0.2), days(VILLAGE, ALL_DAY), access=RAMP),
        Advance(2, "Bygdegården i Finnskalla", "Finnskallavägen 88", (41.0, -3.5), only(("09-03", "14:00-18:00"))),
        Advance(3, "Lanthandeln i Röbjörk", "Röbjörk 30", (22.0, 7.0), only(("09-05", "10:00-12:30"))),
    ]),
    Kommun("1760", "Storfors", "Storfors", (59.5328, 14.2725), [
        V("Folkets hus", "Hyttgatan 8", (0.2, -0.3), [D("0101", "Hyttgatan", "Stora salen", SPLIT_DAY)], RAMP),
    ], [
        Advance(1, "Kommunhuset Masugnen", "Djupadalsgatan 1", (0.1, 0.2), days(VILLAGE, ALL_DAY)),
    ]),
    Kommun("1761", "Hammarö", "Hammarö", (59.3242, 13.4705), [
        V("Folkets hus", "Bruksallén 3", (0.1, 0.1), [D("0101", "Bruket", "Restaurangen")], RAMP),
        V("Näsuddens skola", "Näsuddsvägen 9", (0.9, 1.7), [
            D("0102", "Näsudden västra", "Matsalen"),
            D("0103", "Näsudden östra", "Gymnastiksalen"),
        ], RAMP),
        V("Skärgårdssalen", "Hammarörundan 102", (-2.6, 1.9), [D("0104", "Skärgården")]),
    ], [
        Advance(1, "Biblioteket Fyren", "Bruksallén 15", (0.2, 0.3), days(LIBRARY[:6] + [""], ALL_DAY)),
        Advance(2, "Näsuddens skola", "Näsuddsvägen 9", (0.9, 1.7),
                only(("08-30", "11:00-15:00"), ("09-06", "11:00-15:00")), room="Entréhallen"),
        Advance(3, "Lindgläntans äldreboende", "Lindgläntan 2", (0.7, -0.2),
                only(("09-08", "10:00-12:00,13:00-15:00")), restricted=True),
    ]),
    Kommun("1762", "Munkfors", "Munkfors", (59.8370, 13.5440), [
        V("Smedjans samlingssal", "Smedjebacken 6", (0.3, 0.1), [D("0001", "Smedjan")]),
    ], [
        Advance(1, "Biblioteket Bokbruket", "Smedsgatan 18", (0.0, -0.2), days(VILLAGE, ALL_DAY)),
    ]),
    Kommun("1763", "Forshaga", "Forshaga", (59.5291, 13.4826), [
        V("Lärkans lärcenter danssalen", "Mjölnargatan 2 A", (0.2, -0.2), [
            D("0101", "Forshaga norra", "Danssalen"),
        ], RAMP),
        V("Grindåsens idrottshall", "Åkergatan 12", (-0.9, 0.3), [D("0102", "Grindåsen")], "Dörröppnare saknas."),
        V("Kvarnlidens skola", "Kvarnlidsvägen 30", (6.8, -0.6), [D("0103", "Kvarnliden", "Musiksalen")], RAMP),
    ], [
        # The same building as the danssalen, under another name: a person has to tell them together.
        Advance(1, "Lärkans lärcenter", "Mjölnargatan 2 A", (0.2, -0.2), days(SHOPS, ALL_DAY),
                room="Röstning sker i biblioteket.", access=RAMP),
    ]),
    Kommun("1764", "Grums", "Grums", (59.3521, 13.1095), [
        V("Jättekullens skola", "Gamla landsvägen 122", (0.5, -0.4), [D("0101", "Jättekullen", "Matsalen")], RAMP),
        V("Missionshuset i Malmnäs", "Malmnäs 26", (4.4, -2.2), [D("0102", "Malmnäs")], STEP),
    ], [
        Advance(1, "Biblioteket Vågen", "Sveagränd 85", (0.0, 0.1), days(LIBRARY, ALL_DAY)),
    ]),
    Kommun("1765", "Årjäng", "Årjängs", (59.3919, 12.1332), [
        V("Silbodalens skolmatsal", "Skolrundan 5", (0.3, 0.5), [D("0101", "Silbodalen")], RAMP),
        V("Bygdegården i Lövmon", "Lövmon 14", (12.5, -13.0), [D("0102", "Lövmon")]),
    ], [
        Advance(1, "Årjängs mediatek", "Storgränd 64", (0.1, 0.0), days(VILLAGE, ALL_DAY)),
        Advance(2, "Bygdegården i Lövmon", "Lövmon 14", (12.5, -13.0), only(("09-02", "15:00-18:30"))),
    ]),
    Kommun("1766", "Sunne", "Sunne", (59.8373, 13.1430), [
        V("Frykåsens skola", "Frykåsvägen 18", (0.6, 0.4), [
            D("0101", "Frykåsen norra", "Aulan"),
            D("0102", "Frykåsen södra", "Matsalen"),
        ], RAMP),
        V("Hembygdsgården i Ängsta", "Ängsta 3", (-9.0, 2.0), [D("0103", "Ängsta")]),
        V("Bygdegården i Lysmo", "Lysmovägen 210", (17.5, -1.0), [D("0104", "Lysmo")]),
    ], [
        Advance(1, "Sunne bibliotek och konsthall", "Badhusgränd 14", (0.1, -0.1), days(LIBRARY, ALL_DAY), access=LIFT),
        Advance(2, "Solhagens äldreboende", "Solhagsvägen 1", (0.9, 0.8),
                only(("09-01", "13:30-15:00")), restricted=True),
    ]),
    Kommun("1780", "Karlstad", "Karlstads", (59.3799, 13.5029), [
        V("Björkåsens skola", "Björkåsvägen 4", (2.1, -0.9), [
            D("0101", "Björkåsen västra", "Matsalen"),
            D("0102", "Björkåsen östra", "Gymnastiksalen"),
            D("0103", "Björkåsen norra", "\"Gamla matsalen\""),
        ], RAMP),
        V("Tallmovallens sporthall", "Tallmovägen 31", (1.3, 2.4), [
            D("0104", "Tallmon", "A-hallen"),
            D("0105", "Vallen", "B-hallen"),
        ], RAMP),
        V("Klarhuset", "Västra Ågatan 9", (0.3, -0.4), [
            D("0106", "Klarahamn", "Entréplan"),
            D("0107", "Ågatan", "Plan 2"),
        ], LIFT),
        V("Stenbergsgården", "Stenbergsgränd 2", (-0.5, 1.1), [D("0108", "Stenberget")]),
        V("Romstadsskolan", "Romstadsvägen 44", (2.6, 0.2), [D("0109", "Romstad", "Musiksalen")], RAMP),
        V("Kronolidens samlingslokal", "Kronolidsplan 1", (1.8, -2.3), [D("0110", "Kronoliden")]),
        V("Hultsviks kyrkas församlingshem", "Hultsviksvägen 17", (3.9, -3.6), [D("0111", "Hultsvik", "Lilla salen")], STEP),
        V("Bygdegården i Alsterby", "Alsterby 22", (4.6, 9.8), [D("0112", "Alsterby")]),
        V("Väsmo skola", "Väsmovägen 8", (1.5, 18.5), [D("0113", "Väsmo", "Matsalen")], RAMP),
        V("Nyedens föreningshus", "Nyeden 5", (24.5, 11.5), [D("0114", "Nyeden")]),
    ], [
        Advance(1, "Stadsbiblioteket Källan", "Västra Ågatan 26", (0.4, -0.3),
                days(LIBRARY[:6] + ["11:00-16:00"], ALL_DAY), access=RAMP),
        Advance(2, "Köpladan", "Köpladegatan 50", (1.0, -3.0), days(SHOPS),
                room="Röstningen delar lokal med \"Servicepunkten\".\nIngång från parkeringen.", access=RAMP),
        Advance(3, "Bokbussen Vandraren", "Utgår från Källan", None,
                only(("08-31", "14:00-16:25"), ("09-01", "14:45-15:15"),
                     ("09-03", "08:45-09:30"), ("09-07", "14:10-14:40")),
                room="Särskild turlista, se kommunens webbplats"),
        Advance(4, "Björkåsens skola", "Björkåsvägen 4", (2.1, -0.9),
                only(("08-29", "11:00-15:00"), ("09-05", "11:00-15:00")), room="Entréhallen", access=RAMP),
        Advance(5, "Häktet Norra gården", "Vaktgatan 22", (1.2, -0.7), only(("09-06", "09:00-16:00")), restricted=True),
        Advance(6, "Studentkåren Vinden", "Universitetsgränd 3", (2.9, 4.3), only(("09-09", "11:00-17:00"))),
    ]),
    Kommun("1781", "Kristinehamn", "Kristinehamns", (59.3098, 14.1081), [
        V("Vålösundets skola", "Sundsgatan 40", (-0.9, -1.8), [
            D("0101", "Vålösundet norra", "Matsalen"),
            D("0102", "Vålösundet södra", "Slöjdsalen"),
        ], RAMP),
        V("Marieholmens idrottshall", "Idrottsgränd 5", (0.8, 0.4), [D("0103", "Marieholmen")], RAMP),
        V("Djurgårdssalen", "Parkrundan 11", (0.3, 1.0), [D("0104", "Djurgårdssidan")]),
        V("Björkmons Folkets hus", "Degerleden 6", (-7.2, 8.0), [D("0105", "Björkmon")]),
        V("Ölmeby sockenstuga", "Ölmebyvägen 3", (5.6, -5.2), [D("0106", "Ölmeby")], STEP),
    ], [
        Advance(1, "Kristinehamns medborgarhus", "Kungsgränd 30", (0.1, 0.0), days(SHOPS, ALL_DAY), access=RAMP),
        Advance(2, "Kvarnens vårdboende", "Mjölkudden 3", (-0.4, 0.6),
                only(("09-02", "10:00-10:30")), restricted=True),
        Advance(3, "Strandvillans vårdboende", "Strandvillan 16", (0.5, -0.8),
                only(("09-08", "15:00-15:30")), restricted=True),
    ]),
    Kommun("1782", "Filipstad", "Filipstads", (59.7135, 14.1680), [
        V("Åsgruvans skola", "Gruvvägen 14", (0.7, -0.3), [D("0101", "Åsgruvan", "Matsalen")], RAMP),
        V("Spångens samlingssal", "Spångbergsgränd 2", (-0.5, 0.4), [D("0102", "Spången")]),
        V("Folkets hus i Lesjömon", "Lesjömovägen 15", (26.0, 1.0), [D("0103", "Lesjömon")], RAMP),
    ], [
        Advance(1, "Bergslagsbiblioteket", "Viktorsgränd 8", (0.0, 0.1), days(LIBRARY, ALL_DAY)),
        Advance(2, "Folkets hus i Lesjömon", "Lesjömovägen 15", (26.0, 1.0),
                only(("08-28", "11:00-14:00"), ("09-04", "11:00-14:00"), ("09-11", "11:00-14:00"))),
    ]),
    Kommun("1783", "Hagfors", "Hagfors", (60.0342, 13.6892), [
        V("Brandstationens övningshall", "Järnåsgatan 1", (0.4, 0.2), [D("0101", "Järnåsen")]),
        V("Kyrkhedens skola", "Kyrkhedsvägen 33", (15.0, -10.5), [D("0102", "Kyrkheden", "Aulan")], RAMP),
        V("Bygdegården i Sunnemyra", "Sunnemyra 40", (-15.5, 1.5), [D("0103", "Sunnemyra")]),
    ], [
        Advance(1, "Hagfors bibliotek Malmen", "Dalgränd 2", (0.1, 0.0), days(VILLAGE, ALL_DAY)),
        Advance(2, "Bygdegården i Sunnemyra", "Sunnemyra 40", (-15.5, 1.5), only(("09-06", "12:00-15:00"))),
    ]),
    Kommun("1784", "Arvika", "Arvika", (59.6544, 12.5916), [
        V("Tallåsens skola", "Tallåsgatan 10", (0.9, -0.6), [
            D("0101", "Tallåsen", "Matsalen"),
            D("0102", "Agnesdal", "Gymnastiksalen"),
        ], RAMP),
        V("Ritsalens kulturhus", "Hamnplan 10", (-0.2, 0.3), [D("0103", "Hamnen")], LIFT),
        V("Klässmo skola", "Klädesvägen 13", (-12.6, 8.6), [D("0104", "Klässmo", "Gymnastiksalen")], broken=True),
        V("Bygdegården i Gunnarsmark", "Gunnarsmark 19", (16.5, -1.5), [D("0105", "Gunnarsmark")]),
    ], [
        Advance(1, "Arvika stadsbibliotek Noten", "Kyrkogränd 39", (0.2, -0.2), days(LIBRARY, ALL_DAY), access=RAMP),
        Advance(2, "Ritsalens kulturhus", "Hamnplan 10", (-0.2, 0.3), days(OFFICE), access=LIFT),
        Advance(3, "Mangsmo sockenstuga", "Mangsmo kyrka", (10.5, 12.5), only(("09-06", "12:00-18:00"))),
    ]),
    Kommun("1785", "Säffle", "Säffle", (59.1328, 12.9240), [
        V("Trätäljarens skola", "Täljargatan 7", (0.5, -0.5), [D("0101", "Trätäljaren", "Matsalen")], RAMP),
        V("Kanalhuset", "Kanalplan 1", (0.0, 0.2), [D("0102", "Kanalen", "Foajén, plan 2")], LIFT),
        V("Svanåsens bygdegård", "Svanåsvägen 60", (5.0, -20.5), [D("0103", "Svanåsen")]),
        V("Värmlandsviks skola", "Vikvägen 4", (5.8, 4.8), [D("0104", "Värmlandsvik", "Matsalen")], RAMP),
    ], [
        Advance(1, "Biblioteket Slussen", "Kanalplan 3", (0.0, 0.3), days(LIBRARY, ALL_DAY)),
        Advance(2, "Svanåsens bygdegård", "Svanåsvägen 60", (5.0, -20.5), only(("09-03", "16:00-19:00"))),
    ]),
]


def check():
    """What the law asks of a kommun's advance voting (VL 4:24), and unique keys."""
    for kommun in KOMMUNER:
        open_to_all = [place for place in kommun.advance if not place.restricted]
        for day in ADVANCE_DAYS:
            assert any(day in place.hours for place in open_to_all), (kommun.name, day)
        assert any(place.hours.get(ELECTION_DAY) == ALL_DAY for place in open_to_all), kommun.name
        codes = [district.code for _, district in kommun.districts()]
        assert len(codes) == len(set(codes)), kommun.name
        assert [place.number for place in kommun.advance] == list(range(1, len(kommun.advance) + 1))
