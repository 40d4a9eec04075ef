"""Who stands where: the candidate lists of two invented parties in 2022 and 2026."""

from dataclasses import dataclass, field

from people import BEYOND_LATIN_1, Crowd

PARTY = ("Exempelpartiet", "EX", "9901")
RIVAL = ("Påhittspartiet", "PÅH", "9902")

# How many names each kommun's list had or has. Two kommuner have no list yet in 2026: Hagfors's
# comes from its annual meeting as a spreadsheet, Munkfors's is still to be found.
SIZES = {  # kommun: (2026, 2022, the rival in 2022)
    "Kil": (7, 6, 3), "Eda": (5, 5, 2), "Torsby": (7, 6, 2), "Storfors": (4, 4, 1),
    "Hammarö": (9, 8, 3), "Munkfors": (0, 3, 1), "Forshaga": (8, 6, 3), "Grums": (5, 5, 2),
    "Årjäng": (6, 4, 2), "Sunne": (8, 7, 3), "Karlstad": (22, 20, 8), "Kristinehamn": (12, 10, 4),
    "Filipstad": (7, 6, 2), "Hagfors": (0, 6, 2), "Arvika": (12, 11, 4), "Säffle": (9, 8, 3),
}
MEETING = "Hagfors"
OPEN_LIST = "Årjäng"


@dataclass
class Candidacy:
    person: object
    position: int = 0  # 0: consent to an open list, without a place on it
    declared: bool = True  # locked list: FÖRKLARING; open list: SAMTYCKE
    hidden: bool = False  # the authority shows '[inte lämnat samtycke]' instead of the name


@dataclass
class CandidateList:
    year: int
    kind: str  # RD RF KF
    area: tuple  # VALOMRÅDESKOD, VALOMRÅDESNAMN, VALKRETSKOD, VALKRETSNAMN
    party: tuple
    number: str
    open: bool = False
    status: str = ""  # "" not ordered, B ordered, S sent to the printer
    pieces: int = 0
    candidacies: list = field(default_factory=list)

    def fill(self, people):
        self.candidacies = [Candidacy(person, i + 1) for i, person in enumerate(people)]
        return self


def kommun_area(kommun):
    return kommun.code, kommun.name, kommun.code + "00", kommun.name


REGION_AREA = ("17", "Värmland", "1700", "Region Värmland")
RIKSDAG_AREA = ("00", "Riket", "21", "Värmlands län")


def printed(kind, area, party, number, pieces, people):
    """A list of 2022, as it went to the printer: who was too young then is left out."""
    entry = CandidateList(2022, kind, area, party, number, status="S", pieces=pieces)
    return entry.fill([person for person in people if person.age_in(2022) >= 18])


class Nomination:
    """Fills the lists in a fixed order, so that the same people come out every time."""

    def __init__(self, kommuner):
        self.kommuner = kommuner
        self.crowd = Crowd("Exempelpartiet i Värmland 2026")
        self.now = {}  # kommun -> our people 2026
        self.then = {}  # kommun -> our people 2022
        self.rivals = {}
        for kommun in kommuner:
            self._kommun(kommun.name)
        self._special_people()
        self.meeting = self._annual_meeting()

    def _kommun(self, name):
        now, then, rivals = SIZES[name]
        crowd = self.crowd
        self.now[name] = [crowd.add(name) for _ in range(now)]
        # Two of three stood last time too, in another order; the rest have left.
        stayed = [p for i, p in enumerate(self.now[name]) if i % 3 != 2 and p.age_in(2022) >= 18][: then - 1]
        left = [crowd.add(name) for _ in range(then - len(stayed))]
        self.then[name] = stayed[1:] + left + stayed[:1]
        self.rivals[name] = [crowd.add(name) for _ in range(rivals)]

    def _special_people(self):
        crowd = self.crowd
        homes = ["Karlstad", "Kristinehamn", "Arvika", "Sunne", "Karlstad", "Säffle"]
        for home, (name, sex) in zip(homes, BEYOND_LATIN_1):
            self.now[home][-1 - (name == BEYOND_LATIN_1[4][0])] = crowd.add(home, name, sex)
        # Two people of one name in two kommuner, and a parent and a child who share theirs on one list.
        self.now["Kil"][4] = crowd.same_name(self.now["Karlstad"][2], "Kil")
        self.now["Forshaga"][6] = crowd.same_name(self.now["Forshaga"][1], "Forshaga")
        self.now["Forshaga"][6].age = 24
        self.now["Forshaga"][1].age = 57
        # A long ballot text, and one with quotation marks in it.
        self.now["Arvika"][3].work = "ordförande i Gunnarsmarks bygdegårdsförening och f.d. verksamhetschef"
        self.now["Sunne"][2].work = "redaktör för \"Frykdalsbladet\""
        for person in (self.now["Arvika"][3], self.now["Sunne"][2]):
            person.terse = False

    def _annual_meeting(self):
        stayed = [person for person in self.then[MEETING] if person.age_in(2022) >= 18][:5]
        return stayed + [self.crowd.add(MEETING) for _ in range(8 - len(stayed))]

    def _wide(self, lists, first, count, extra):
        """The region's and the riksdag's list: the kommuner's first names, and people of its own."""
        heads = [people[i] for i in range(first, first + 2) for people in lists.values() if len(people) > i]
        return heads[:count] + extra

    def lists_2022(self, pieces):
        young = [self.crowd.add(home) for home in ("Karlstad", "Hammarö", "Kil", "Arvika")]
        rivals = [people[0] for people in self.rivals.values()]
        lists = [
            printed("RD", RIKSDAG_AREA, PARTY, "04310", 200000, self._wide(self.then, 1, 8, young[:2])),
            printed("RF", REGION_AREA, PARTY, "15301", 190000, self._wide(self.then, 0, 14, young)),
            printed("RD", RIKSDAG_AREA, RIVAL, "04402", 90000, rivals[:5]),
            printed("RF", REGION_AREA, RIVAL, "15377", 60000, rivals[3:11]),
        ]
        for i, kommun in enumerate(self.kommuner):
            for party, people, base, share in ((PARTY, self.then, 12400, 1.0), (RIVAL, self.rivals, 13900, 0.3)):
                ordered = max(1000, round(pieces[kommun.name] * share / 1000) * 1000)
                number = str(base + 17 * i)
                lists.append(printed("KF", kommun_area(kommun), party, number, ordered, people[kommun.name]))
        # In 2022 the rival did not notify its candidates in Karlstad: an open list, one consent missing.
        rival = next(l for l in lists if l.party is RIVAL and l.area[1] == "Karlstad")
        rival.open = True
        rival.candidacies[5].declared = False
        rival.candidacies[5].hidden = True
        return lists

    def lists_2026(self):
        lists = []
        own = [self.crowd.add(home) for home in ("Karlstad", "Karlstad", "Filipstad", "Eda", "Kristinehamn", "Grums")]
        region = self._wide(self.now, 0, 14, own) + [self.meeting[0]]
        riksdag = self._wide(self.now, 1, 8, own[:2] + [self.crowd.add(h) for h in ("Stockholm", "Torsby")])
        lists.append(CandidateList(2026, "RD", RIKSDAG_AREA, PARTY, "00917").fill(riksdag))
        lists.append(CandidateList(2026, "RF", REGION_AREA, PARTY, "20318").fill(region))
        for i, kommun in enumerate(self.kommuner):
            if self.now[kommun.name]:
                entry = CandidateList(2026, "KF", kommun_area(kommun), PARTY, str(21040 + 23 * i))
                lists.append(entry.fill(self.now[kommun.name]))
        self._missing_declarations(lists)
        self._open_list(next(l for l in lists if l.area[1] == OPEN_LIST))
        lists += self._rival_2026()
        return lists

    @staticmethod
    def _missing_declarations(lists):
        missing = {"Karlstad": (4, 11, 17), "Arvika": (8,), "Säffle": (2, 6), "Värmlands län": (10,),
                   "Region Värmland": (9, 19), "Torsby": (7,)}
        for entry in lists:
            for position in missing.get(entry.area[3], ()):
                entry.candidacies[position - 1].declared = False

    def _open_list(self, entry):
        entry.open = True
        entry.candidacies[3].declared = False  # on the list, has not answered yet
        entry.candidacies[4].declared = False  # has said no: the authority hides the name
        entry.candidacies[4].hidden = True
        entry.candidacies.append(Candidacy(self.crowd.add(OPEN_LIST)))

    def _rival_2026(self):
        region = CandidateList(2026, "RF", REGION_AREA, RIVAL, "20455", status="B", pieces=45000)
        karlstad = next(kommun for kommun in self.kommuner if kommun.name == "Karlstad")
        town = CandidateList(2026, "KF", kommun_area(karlstad), RIVAL, "21977", status="S", pieces=30000)
        return [region.fill([people[0] for people in self.rivals.values()][:6]),
                town.fill(self.rivals["Karlstad"][:5])]


def check(lists):
    """Nobody stands twice on a list, and no number is two lists'."""
    for entry in lists:
        people = [candidacy.person for candidacy in entry.candidacies]
        assert len(set(people)) == len(people), (entry.year, entry.area, entry.party)
    keys = [(entry.year, entry.number) for entry in lists]
    assert len(set(keys)) == len(keys)
