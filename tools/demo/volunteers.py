"""The demonstration district's people in the field: volunteers, new members, what they can.

Names are invented as the candidates' are. Phone numbers are out of the series that PTS has set
aside for fiction; mail goes to .example, which nobody can own.
"""

import unicodedata
from datetime import date, timedelta

from people import Crowd

# Kommun: how many volunteers.
VOLUNTEERS = {
    "Karlstad": 42, "Hammarö": 10, "Arvika": 18, "Kristinehamn": 16, "Säffle": 10, "Hagfors": 7, "Sunne": 7,
    "Filipstad": 7, "Forshaga": 6, "Kil": 6, "Torsby": 5, "Grums": 4, "Årjäng": 4, "Munkfors": 3, "Eda": 3,
    "Storfors": 2,
}
NEW_MEMBERS = {"Karlstad": 5, "Kristinehamn": 2, "Årjäng": 2, "Grums": 1, "Sunne": 1, "Munkfors": 1, "Arvika": 2}

# On the lists to the riksdag and the region, with a place in the field. They are in the register
# already, so what is new about them is added to them.
CANDIDATES = [
    ("Emma Flodmark", "Riksdagskandidat"), ("Annika Stenlöv", "Riksdagskandidat"),
    ("Malin Norrbråt Torpvall", "Riksdagskandidat"), ("Ulrika Mossbräck", "Riksdagskandidat"),
    ("Hampus Stubbelid", "Riksdagskandidat"), ("Julia Mårdaklev", "Regionkandidat"),
    ("Viktor Vitsand-Ek", "Regionkandidat"), ("Magnus Källsätra", "Regionkandidat"),
    ("Yusuf Abdikarimow", "Regionkandidat"), ("Jenny Backelund", "Regionkandidat"),
    ("Gunnar Forsmyra", "Regionkandidat"), ("Carina Hultebro", "Regionkandidat"),
]

ASSOCIATIONS = {
    "EX Klarälvsdalen": ("Hagfors", "Munkfors"), "EX Karlstad": ("Karlstad", "Hammarö"),
    "EX Västra Värmland": ("Arvika", "Eda"), "EX Bergslagen": ("Kristinehamn", "Filipstad", "Storfors"),
    "EX Fryksdalen": ("Sunne", "Torsby"), "EX Nedre Klarälven": ("Kil", "Forshaga"),
}  # Grums, Säffle and Årjäng have none

FROM_AFAR = [
    ("Abshir Guleedwaal", "M", "somaliska"), ("Ladan Xirsimoge", "K", "somaliska"),
    ("Tareq Sabbaghlan", "M", "arabiska"), ("Rima Khouryate", "K", "arabiska"),
    ("Nasrin Rostampur-Lid", "K", "persiska"), ("Kaveh Daryabandi", "M", "persiska"),
    ("Sirpa Kontiovaara", "K", "finska"), ("Veikko Salmiharju", "M", "finska"),
    ("Freweini Tesfazgiorgis", "K", "tigrinja"), ("Oleksandr Hrynchukovy", "M", "ukrainska, engelska"),
    ("Małgorzata Zielonkówna", "K", "polska"), ("Esperanza Villarroyola de la Encarnación", "K", "spanska"),
    ("Øystein Skogstadmoen", "M", "norska"), ("Bà Ngọc Trầnvu", "K", "vietnamesiska"),
]

SERIES = [  # what stands before the last two digits, and how many ways a number is written
    ("070", "1740605 1740699"), ("031", "3900600 3900699"), ("040", "6280400 6280499"),
    ("08", "46500400 46500499"), ("0980", "319200 319299"),
]
TAKEN = {*range(10, 26), 31, 32, 33, *range(40, 46), 61, 62}  # 070-174 06 xx that somebody has already


def numbers():
    """Phone numbers, mobile ones first, written as people write them."""
    count = 0
    for area, span in SERIES:
        first, last = span.split()
        for value in range(int(first), int(last) + 1):
            if area == "070" and value % 100 in TAKEN:
                continue
            digits = str(value)
            yield [f"{area}-{digits}", f"{area}-{digits[:-4]} {digits[-4:-2]} {digits[-2:]}", f"{area}{digits}",
                   f"+46 {area[1:]} {digits}", f"{area} - {digits[:-4]} {digits[-4:]}"][count % 5]
            count += 1


def plain(name):
    """The letters of a mail address."""
    letters = unicodedata.normalize("NFKD", name.lower().translate(str.maketrans("łøđ", "lod")))
    return "".join(c for c in letters if c.isascii() and (c.isalnum() or c in " -")).replace(" ", ".")


class Volunteers(Crowd):
    """`taken`: the names of the candidates, none of which is given again."""

    def __init__(self, taken):
        super().__init__("Exempelpartiets volontärer 2026")
        self.names |= set(taken)
        self.rare = []
        self.afar = self._spread(FROM_AFAR)
        self.numbers = numbers()
        self.rows = [self._candidate(name, skill) for name, skill in CANDIDATES]
        for kommun, count in VOLUNTEERS.items():
            wanted = count - sum(row["home"] == kommun for row in self.rows)
            for _ in range(wanted):
                self.rows.append(self._volunteer(kommun))
        self._households()
        self.new = [self._new_member(kommun) for kommun, count in NEW_MEMBERS.items() for _ in range(count)]
        self.pairs = self._pairs()

    def chance(self, share):
        return self.rng.random() < share

    def whole(self, first, last):
        return first + int(self.rng.random() * (last - first + 1))

    def _candidate(self, name, skill):
        homes = {"Emma Flodmark": "Torsby", "Annika Stenlöv": "Hammarö", "Malin Norrbråt Torpvall": "Karlstad",
                 "Ulrika Mossbräck": "Grums", "Hampus Stubbelid": "Eda", "Julia Mårdaklev": "Kil",
                 "Viktor Vitsand-Ek": "Hammarö", "Magnus Källsätra": "Forshaga", "Yusuf Abdikarimow": "Årjäng",
                 "Jenny Backelund": "Kristinehamn", "Gunnar Forsmyra": "Arvika", "Carina Hultebro": "Säffle"}
        row = self._person(name, homes[name])
        row |= {"skills": [skill], "presence": [("can", "2026-07-20", "2026-09-13", "lör,sön", "9.00", "20.00")]}
        if skill == "Riksdagskandidat":
            row |= {"car": "ja", "travel": "", "week": "12"}
        return row

    def _person(self, name, home):
        phone = next(self.numbers)
        return {"name": name, "called": "", "phone": phone, "email": plain(name) + "@post.example", "home": home,
                "association": next((a for a, kommuner in ASSOCIATIONS.items() if home in kommuner), ""),
                "member": "ja" if self.chance(0.8) else "vän", "since": f"{self.whole(1988, 2025)}-{self.whole(1, 12):02}-01",
                "languages": "svenska", "car": "ja" if self.chance(0.55) else "nej", "week": "", "day": "",
                "travel": "", "note": "", "skills": [], "presence": [], "wishes": []}

    def _volunteer(self, home):
        language = ""
        if self.afar and self.chance(0.11):
            name, sex, language = self.afar.pop()
        else:
            name, sex = self._name()
        self.add(home, name, sex)
        row = self._person(name, home)
        row["languages"] += f", {language}" if language else ", engelska" if self.chance(0.3) else ""
        row["week"] = self.pick(["", "4", "6", "6", "8", "8", "10", "12"])
        row["day"] = self.pick(["", "", "4", "5", "6"])
        row["travel"] = self.pick(["", "30", "45", "60", "60", "90"])
        if " " not in name.split(" ")[0] and "-" in name.split(" ")[0] and self.chance(0.6):
            row["called"] = name.split("-")[0]
        if row["member"] == "vän":
            row["since"] = ""
        self._presence(row)
        self._wishes(row)
        return row

    def _presence(self, row):
        kind = self.rng.random()
        first, last = "2026-07-20", "2026-09-13"
        if kind < 0.35:
            row["presence"] += [("can", first, last, "lör,sön", "", ""), ("can", first, last, "mån-fre", "17.00", "21.00")]
        elif kind < 0.5:
            row["presence"].append(("can", first, last, "lör,sön", "9.00", "18.30"))
        elif kind < 0.62:
            row["presence"].append(("can", first, last, "mån-fre", "9.00", "16.30"))
        if self.chance(0.22):
            start = date(2026, 7, 20) + timedelta(weeks=self.whole(0, 4))
            end = start + timedelta(days=self.pick([6, 13]))
            row["presence"].append(("cannot", start.isoformat(), end.isoformat(), "", "", ""))

    def _wishes(self, row):
        kinds = ["valstuga", "dörrknackning", "valsedelsutdelning", "flygbladsutdelning", "torgmöte"]
        if self.chance(0.35):
            row["wishes"].append(("wants", self.pick(kinds)))
        if self.chance(0.2):
            row["wishes"].append(("will_not", self.pick(["dörrknackning", "dörrknackning", "affischering", "fest"])))
            if len(row["wishes"]) == 2 and row["wishes"][0][1] == row["wishes"][1][1]:
                row["wishes"].pop(0)
        if self.chance(0.22):
            row["skills"].append("Passledare")
        if self.chance(0.08):
            row["skills"].append("Studieledare")
        if self.chance(0.06):
            row["skills"].append("Ljud")

    def _households(self):
        """Couples share a surname, a mailbox, sometimes the phone."""
        new = [row for row in self.rows[len(CANDIDATES):] if row["languages"].startswith("svenska")]
        for index in range(3, len(new) - 1, 17):
            first, second = new[index], new[index + 1]
            if first["home"] == second["home"]:
                second["email"] = first["email"] = "familjen." + plain(first["name"].split(" ", 1)[1]) + "@post.example"
                if index % 2:
                    second["phone"] = first["phone"]

    def _new_member(self, home):
        name, sex = self._name()
        self.add(home, name, sex)
        row = self._person(name, home)
        row["since"] = f"2026-0{self.whole(6, 7)}-{self.whole(1, 28):02}" if self.chance(0.4) else \
            f"2026-08-{self.whole(1, 19):02}"
        return row

    def _pairs(self):
        """Who wants to stand beside whom: neighbours in the file, of one kommun."""
        people = self.rows[len(CANDIDATES):]
        return [(people[i]["name"], people[i + 1]["name"]) for i in range(3, len(people) - 1, 17)
                if people[i]["home"] == people[i + 1]["home"]]

    # The files -----------------------------------------------------------------------------

    def register(self):
        """As a spreadsheet of the district's own: heads that a person would write."""
        rows = [["Namn", "Kallas", "Mobil", "E-post", "Bostadskommun", "Förening", "Medlem", "Medlem sedan", "Volontär",
                 "Språk", "Har bil", "Timmar/vecka", "Timmar/dag", "Restid", "Anteckning"]]
        for p in self.rows[len(CANDIDATES):]:
            rows.append([p["name"], p["called"], p["phone"], p["email"], p["home"], p["association"], p["member"],
                         p["since"], "ja", p["languages"], p["car"], p["week"], p["day"], p["travel"], p["note"]])
        return rows

    def candidates(self):
        rows = [["name", "phone", "email", "kommun", "association", "skill", "hours_week"]]
        for p in self.rows[:len(CANDIDATES)]:
            rows.append([p["name"], p["phone"], p["email"], p["home"], p["association"], p["skills"][0], p["week"] or "8"])
        return rows

    def new_members(self):
        """As the party's register of members gives them."""
        rows = [["Förnamn", "Efternamn", "Mobiltelefon", "E-postadress", "Ort", "Kommun", "Medlem sedan"]]
        for p in self.new:
            first, _, last = p["name"].partition(" ")
            rows.append([first, last, p["phone"], p["email"], p["home"], p["home"], p["since"]])
        return rows

    def presence(self):
        rows = [["person", "answer", "from_date", "until_date", "weekdays", "starts", "ends"]]
        return rows + [[p["name"], *entry] for p in self.rows for entry in p["presence"]]

    def wishes(self):
        rows = [["person", "answer", "kind"]]
        return rows + [[p["name"], *entry] for p in self.rows for entry in p["wishes"]]

    def skills(self):
        rows = [["person", "skill", "confirmed_on", "confirmed_by"]]
        for p in self.rows:
            for skill in p["skills"]:
                seen = ["2026-06-10", "Distriktsstyrelsen"] if skill in ("Passledare", "Ljud") else ["", ""]
                rows.append([p["name"], skill, *seen])
        return rows

    def together(self):
        return [["a", "b"]] + [list(pair) for pair in self.pairs]
