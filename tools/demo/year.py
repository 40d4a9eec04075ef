"""The demonstration district's year in the media: who speaks on what, where, and what came of it.

Newspapers, stations and their people are invented; their numbers are set aside for fiction. The
appearances are those of a diary that somebody keeps by hand, in the weeks of `DIARY_WEEKS`.
"""

from datetime import date

YEAR = 2026
DIARY_WEEKS = range(9, 35)  # 26 weeks, to the Sunday before the demonstration's last days

SPEAKERS = [
    ("Julia Mårdaklev", "vård"), ("Kjell Åkerbråt", "skola"), ("Gunnar Forsmyra", "landsbygd"),
    ("Viktor Vitsand-Ek", "klimat"), ("Carina Kolbotten Vinterhed", "bostäder"), ("Jenny Backelund", "arbete"),
    ("Carina Hultebro", "äldreomsorg"), ("Yusuf Abdikarimow", "kollektivtrafik"), ("Magnus Källsätra", "skola"),
    ("Emma Flodmark", "kultur"), ("Jenny Backelund", "vård"),
]
AREAS = ["vård", "skola", "landsbygd", "klimat", "bostäder", "arbete", "äldreomsorg", "kollektivtrafik", "kultur",
         "jämställdhet"]  # nobody speaks on the last one

KB, GT, BE, FK = "Klarälvsbladet", "Glafsfjordens Tidning", "Bergslagsekot", "Frykenkuriren"
NP, LR, RA, TV, PO = "Näspostillan", "Länsrösten", "Radio Älvdalen", "TV Vänerkusten", "Podden Bro och älv"
OUTLETS = [  # name, kind, reaches, how many, who, phone, deadline, characters
    (KB, "tidning", "Karlstad, Hammarö, Kil, Forshaga, Munkfors, Hagfors", 31000, "Rakel Spaltmyra", "01", "onsdag kl. 15 för lördag", 3500),
    (GT, "tidning", "Arvika, Eda, Årjäng", 9800, "Göte Notisberg-Lid", "02", "måndag kl. 12 för onsdag", 3000),
    (BE, "tidning", "Kristinehamn, Filipstad, Storfors", 8200, "Majken Rubrikfors", "03", "torsdag kl. 10 för lördag", 2500),
    (FK, "tidning", "Sunne, Torsby", 6400, "Assar Tryckmo", "04", "tisdag kl. 15 för fredag", 2800),
    (NP, "tidning", "Säffle, Grums", 4100, "Tyra Bläckhult", "05", "måndag kl. 9 för torsdag", 2500),
    (LR, "webb", "", 12000, "Debattredaktionen", "06", "", 5000),
    (RA, "radio", "", 45000, "Morgonredaktionen", "07", "", ""),
    (TV, "tv", "", 60000, "Nyhetsdesken", "08", "", ""),
    (PO, "podd", "", 900, "Ivar Mikmyr", "09", "", ""),
    ("Facebook", "egen kanal", "", 868, "", "", "", ""),
    ("Instagram", "egen kanal", "", 365, "", "", "", ""),
    ("Nyhetsbrevet", "egen kanal", "", 420, "", "", "", ""),
]

# Week and day of it; outlet; kind; state ("": the day says it); title; who; area; association; kommun.
# What was sent as an article or was booked beforehand is in the file when the diary comes: the
# same row is the same appearance.
DIARY = [
    (9, 3, KB, "debattartikel", "", "Vår plan för en vård i hela länet", "Julia Mårdaklev", "vård", "", ""),
    (9, 4, KB, "pressmeddelande", "", "Exempelpartiets lista är klar", "Kjell Åkerbråt", "", "", ""),
    (11, 1, RA, "radio", "", "Morgonsamtal om bruksorterna", "Gunnar Forsmyra", "landsbygd", "", ""),
    (11, 6, BE, "insändare", "", "Lägg inte ned industriprogrammet", "Jenny Backelund", "arbete", "EX Bergslagen", "Kristinehamn"),
    (12, 2, GT, "nyhet", "", "Exempelpartiet: rusta upp vägen till gränsen", "Gunnar Forsmyra", "landsbygd", "EX Västra Värmland", "Eda"),
    (14, 5, KB, "debattartikel", "", "Fler lärare gör större skillnad än fler prov", "Kjell Åkerbråt", "skola", "", ""),
    (15, 4, LR, "utspel", "", "Gratis buss för unga på sommarlovet", "Yusuf Abdikarimow", "kollektivtrafik", "", ""),
    (16, 4, FK, "nyhet", "", "Hemtjänsten ska hinna stanna", "Carina Hultebro", "äldreomsorg", "EX Fryksdalen", "Sunne"),
    (17, 1, KB, "debattartikel", "", "Bygg hyresrätter vid stationerna", "Carina Kolbotten Vinterhed", "bostäder", "EX Karlstad", "Karlstad"),
    (17, 4, TV, "tv", "", "Inslag om vårdköerna", "Julia Mårdaklev", "vård", "", ""),
    (18, 5, KB, "nyhet", "", "Första maj i Karlstad", "Carina Kolbotten Vinterhed", "arbete", "EX Karlstad", "Karlstad"),
    (19, 3, NP, "insändare", "", "Sista bussen går för tidigt", "Yusuf Abdikarimow", "kollektivtrafik", "", "Säffle"),
    (20, 2, PO, "podd", "avböjd", "Om klimatet och skogen", "Viktor Vitsand-Ek", "klimat", "", ""),
    (21, 4, RA, "radio", "", "Studiosamtal om skogen", "Viktor Vitsand-Ek", "klimat", "", ""),
    (22, 3, BE, "debattartikel", "", "Ungdomsjobben är en investering", "Jenny Backelund", "arbete", "EX Bergslagen", "Filipstad"),
    (23, 2, KB, "nyhet", "", "Skolans elevhälsa på agendan", "Magnus Källsätra", "skola", "EX Nedre Klarälven", "Forshaga"),
    (23, 5, KB, "debattartikel", "", "Ingen ska behöva vänta på vårdcentralen", "Julia Mårdaklev", "vård", "", ""),
    (25, 4, BE, "debattartikel", "", "Ingen ska behöva vänta på vårdcentralen", "Jenny Backelund", "vård", "EX Bergslagen", ""),
    (29, 3, RA, "radio", "inställd", "Sommarsamtal", "Emma Flodmark", "kultur", "", ""),
    (30, 4, GT, "nyhet", "", "Sjukstugan får ha öppet i sommar", "Gunnar Forsmyra", "landsbygd", "EX Västra Värmland", "Arvika"),
    (31, 4, LR, "debattartikel", "", "Landsbygden behöver mer än vackra ord", "Gunnar Forsmyra", "landsbygd", "", ""),
    (32, 3, KB, "intervju", "", "Sommarintervjun: sjuksköterskan som vill in i regionen", "Julia Mårdaklev", "vård", "", ""),
    (32, 5, GT, "debattartikel", "", "Ingen ska behöva vänta på vårdcentralen", "Gunnar Forsmyra", "vård", "EX Västra Värmland", ""),
    (33, 3, TV, "tv", "", "Valduellen: klimatet", "Viktor Vitsand-Ek", "klimat", "", ""),
    (33, 5, GT, "debattartikel", "", "Bussen som inte kommer", "Yusuf Abdikarimow", "kollektivtrafik", "", "Årjäng"),
    (34, 2, RA, "radio", "", "Morgonsamtal: hyrorna", "Carina Kolbotten Vinterhed", "bostäder", "", ""),
    (34, 5, BE, "nyhet", "", "Torgmötet om vården drog folk", "Jenny Backelund", "vård", "EX Bergslagen", "Kristinehamn"),
    (34, 5, LR, "pressmeddelande", "", "Partiledaren kommer till Karlstad", "Kjell Åkerbråt", "", "", ""),
]

CONTENT = [  # week and day of it, channel, subject, who: before the diary ends they are out
    (31, 4, "Facebook", "Möt vår toppkandidat till regionen", "Viktor Sälgmo"),
    (32, 2, "Instagram", "En dag i valstugan, i bilder", "Linnea Finnsätra"),
    (32, 5, "Nyhetsbrevet", "Augusti: allt som är på gång", "Elis Furubäcken"),
    (33, 1, "Facebook", "Så röstar du i förtid", "Viktor Sälgmo"),
    (33, 4, "Instagram", "Affischerna är uppe", "Linnea Finnsätra"),
    (34, 3, "Facebook", "Följ med till torgmötet i Kristinehamn", "Viktor Sälgmo"),
    (34, 6, "Instagram", "Röd lördag i sex bilder", "Linnea Finnsätra"),
    (35, 5, "Facebook", "Fråga oss om vården", "Viktor Sälgmo"),
    (35, 6, "Instagram", "Partiledaren på Stora torget", "Linnea Finnsätra"),
    (36, 2, "Nyhetsbrevet", "Sista två veckorna: så kan du hjälpa till", "Elis Furubäcken"),
    (36, 4, "Facebook", "Tre frågor om skolan", "Viktor Sälgmo"),
    (37, 4, "Instagram", "Varför jag röstar", "Linnea Finnsätra"),
    (37, 7, "Facebook", "Vallokalen är öppen till klockan 20", "Viktor Sälgmo"),
]

# Goals by their numbers: `valstuga goal usual` makes 1 to 11, tools/demo/year.sh the others.
LIKES, FOLLOWERS, NEW, RENEWED, ACTIVE = 3, 4, 5, 12, 13
ASSOCIATIONS = ["EX Klarälvsdalen", "EX Karlstad", "EX Västra Värmland", "EX Bergslagen", "EX Fryksdalen", "EX Nedre Klarälven"]
WHOLE = {
    LIKES: [("01-02", 612), ("02-01", 637), ("03-01", 655), ("04-01", 690), ("05-02", 748), ("06-01", 771), ("07-01", 790),
            ("08-01", 824), ("08-24", 868)],
    FOLLOWERS: [("01-02", 288), ("02-01", 291), ("03-01", 297), ("04-01", 310), ("05-02", 318), ("06-01", 322), ("07-01", 331),
                ("08-01", 346), ("08-24", 365)],
}
NEW_MEMBERS = {  # since the first of January
    "01-31": (1, 6, 2, 1, 0, 1), "02-28": (2, 11, 4, 3, 1, 2), "03-31": (4, 17, 6, 5, 1, 4), "04-30": (6, 22, 9, 6, 2, 5),
    "05-31": (7, 31, 12, 8, 4, 6), "06-30": (9, 37, 15, 10, 4, 8), "07-31": (10, 45, 19, 13, 5, 9), "08-24": (12, 58, 25, 17, 6, 11),
}
RENEWALS = {  # how many of how many
    "04-30": ((48, 62), (151, 201), (60, 84), (41, 55), (27, 40), (30, 38)),
    "08-01": ((57, 62), (181, 201), (77, 84), (46, 55), (36, 40), (35, 38)),
}
MEMBERS_ACTIVE = {"03-31": (48, 160, 66, 44, 30, 29), "06-30": (55, 178, 74, 50, 33, 32), "08-24": (61, 203, 84, 56, 38, 37)}


def day(week, weekday):
    return date.fromisocalendar(YEAR, week, weekday).isoformat()


def areas():
    return [["Politikområde", "Anteckning"]] + [[name, ""] for name in AREAS]


def speakers():
    return [["Talesperson", "Politikområde"]] + [list(row) for row in SPEAKERS]


def outlets():
    rows = [["Namn", "Typ", "kommuner", "Räckvidd", "Kontakt", "Telefon", "E-post", "deadline", "Tecken"]]
    for name, kind, kommuner, reach, who, phone, deadline, characters in OUTLETS:
        plain = name.lower().translate(str.maketrans("åäö ", "aao-"))
        rows.append([name, kind, kommuner, reach, who, phone and f"08-465 004 {phone}",
                     f"redaktionen@{plain}.example" if phone else "", deadline, characters])
    return rows


def diary():
    rows = [["Datum", "Tidning", "Typ", "Läge", "Rubrik", "Vem", "Område", "Förening", "Kommun", "Räckvidd"]]
    reach = {outlet[0]: outlet[3] for outlet in OUTLETS}
    for week, weekday, outlet, kind, state, *rest in DIARY:
        assert week in DIARY_WEEKS, week
        rows.append([day(week, weekday), outlet, kind, state, *rest, "" if state else reach[outlet]])
    return rows


def content():
    rows = [["Datum", "Kanal", "Typ", "Rubrik", "Ansvarig"]]
    return rows + [[day(week, weekday), channel, "egen kanal", title, who] for week, weekday, channel, title, who in CONTENT]


def readings():
    rows = [["goal", "date", "value", "base", "association"]]
    rows += [[goal, f"{YEAR}-{when}", value, "", ""] for goal, values in WHOLE.items() for when, value in values]
    for goal, values in ((NEW, NEW_MEMBERS), (ACTIVE, MEMBERS_ACTIVE)):
        rows += [[goal, f"{YEAR}-{when}", value, "", name] for when, each in values.items() for name, value in zip(ASSOCIATIONS, each)]
    return rows + [[RENEWED, f"{YEAR}-{when}", value, base, name]
                   for when, each in RENEWALS.items() for name, (value, base) in zip(ASSOCIATIONS, each)]


def answers():
    """What one association sent in through a form on the web."""
    rows = [["association", "question", "value"]]
    for question, value in (("support", "delvis"), ("ballots", "nej"), ("material", "3"), ("people", "2"), ("information", "4"),
                            ("worked", "Bilen med valsedlar kom alltid när den skulle"),
                            ("lacked", "Folk till stugan i Hagfors, och en reserv till biblioteket i Munkfors")):
        rows.append(["EX Klarälvsdalen", question, value])
    return rows


def tables():
    return {"politikomraden": areas(), "talespersoner": speakers(), "medier": outlets(), "mediedagbok": diary(),
            "innehallsplan": content(), "avlasningar": readings(), "utvarderingssvar": answers()}
