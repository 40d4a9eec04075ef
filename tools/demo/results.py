"""Results per valdistrikt, in the comma separated layouts: three elections, invented votes.

Those of 2022 are drawn, those of 2026 are what 2022's became: a swing for each party, one for us
in each kommun, and chance in each district.
"""

PARTIES = ["M", "C", "L", "KD", "MP", "S", "V", "SD", "ÖVR", "EX"]
SHARES = {"M": 17, "C": 7, "L": 3.5, "KD": 5.5, "MP": 3.5, "S": 31, "V": 5.5, "SD": 17, "ÖVR": 1.5, "EX": 8.5}
WEAK = {"Eda", "Torsby", "Storfors", "Grums"}  # EX won no seat in the council there
# What became of the parties' shares until 2026, and of ours in each kommun.
SWING = {"M": 0.96, "C": 0.93, "L": 0.9, "KD": 1.0, "MP": 1.05, "S": 1.03, "V": 1.04, "SD": 0.99, "ÖVR": 1.1, "EX": 1.0}
OURS = {
    "Karlstad": 1.16, "Arvika": 1.21, "Kristinehamn": 1.1, "Säffle": 1.08, "Sunne": 1.12, "Filipstad": 1.02,
    "Hammarö": 1.13, "Hagfors": 0.98, "Kil": 1.04, "Forshaga": 0.95, "Torsby": 0.93, "Årjäng": 0.9, "Eda": 0.97,
    "Grums": 1.01, "Munkfors": 0.88, "Storfors": 0.94,
}
REDRAWN = {"17800113": 1.34, "17800114": 0.7}  # what one district got, its neighbour lost
UNDISTRIBUTED = ("9800", "Förtidsröster ej fördelade efter valdistrikt")


class Row:
    """One valdistrikt in one election. eligible is 0 for the votes that came too late to distribute."""

    def __init__(self, kommun, code, name, eligible, foreign, voted, spoilt, blank, votes):
        self.kommun, self.code, self.name = kommun, code, name
        self.eligible, self.foreign, self.voted = eligible, foreign, voted
        self.spoilt, self.blank, self.votes = spoilt, blank, votes
        self.valid = sum(votes.values())

    def turnout(self, decimals=None):
        if not self.eligible:
            return ""
        percent = 100 * self.voted / self.eligible
        text = f"{percent:.{decimals}f}" if decimals else f"{percent:.15g}"
        return text if "." in text else text + ".0"


class Results:
    def __init__(self, kommuner, rng):
        self.rng = rng
        self.rows = {"RD": [], "RF": [], "KF": []}
        for kommun in kommuner:
            town = [(district, self._eligible()) for _, district in kommun.districts()]
            for district, (citizens, foreign) in town:
                for kind in self.rows:
                    eligible = citizens if kind == "RD" else citizens + foreign
                    self._count(kind, kommun, district.code, district.name, eligible, 0 if kind == "RD" else foreign)
            for kind in self.rows:
                late = round(0.018 * sum(citizens for _, (citizens, _) in town))
                self._count(kind, kommun, *UNDISTRIBUTED, 0, 0, late)

    def _eligible(self):
        citizens = 620 + int(1010 * self.rng.random())
        return citizens, int(citizens * (0.02 + 0.06 * self.rng.random()))

    def _count(self, kind, kommun, code, name, eligible, foreign, voted=None):
        if voted is None:
            voted = int((eligible - foreign) * (0.76 + 0.12 * self.rng.random())) + foreign // 3
        spoilt = int(voted * (0.006 + 0.012 * self.rng.random()))
        blank = int(spoilt * (0.6 + 0.4 * self.rng.random()))
        votes = self._votes(voted - spoilt, kind, kommun)
        self.rows[kind].append(Row(kommun, kommun.code + code, name, eligible, foreign, voted, spoilt, blank, votes))

    def _votes(self, valid, kind, kommun):
        weights = {party: share * (0.7 + 0.6 * self.rng.random()) for party, share in SHARES.items()}
        if kind == "KF" and kommun.name in WEAK:
            weights["EX"] *= 0.2
        total = sum(weights.values())
        votes = {party: int(valid * weight / total) for party, weight in weights.items()}
        votes["S"] += valid - sum(votes.values())
        return votes

    def eligible(self, kind, kommun=None):
        return sum(row.eligible for row in self.rows[kind] if kommun in (None, row.kommun.name))

    def votes(self, kind, party):
        return sum(row.votes[party] for row in self.rows[kind])

    def riksdag(self):
        # 'UNNAMED: 10' is what the real file calls an empty column that slipped in.
        header = ["VALKRETSKOD", "VALKRETSNAMN", "VALDISTRIKTSKOD", "VALDISTRIKTSNAMN", "ANTAL RÖSTBERÄTTIGADE",
                  "ANTAL RÖSTANDE", "VALDELTAGANDE", "ANTAL OGILTIGA VALSEDLAR", "VARAV BLANKA VALSEDLAR",
                  "ANTAL GILTIGA VALSEDLAR", "UNNAMED: 10", *PARTIES]
        return [header] + [["21", "Värmlands län", row.code, row.name, row.eligible, row.voted, row.turnout(),
                            row.spoilt, row.blank, row.valid, "", *row.votes.values()] for row in self.rows["RD"]]

    def region(self):
        header = ["REGIONKOD", "REGIONNAMN", "KOMMUNKOD", "KOMMUNNAMN", "VALKRETSKOD", "VALKRETSNAMN",
                  "KOMMUN VALKRETSKOD", "KOMMUN VALKRETSNAMN", "VALDISTRIKTSKOD", "VALDISTRIKTSNAMN",
                  "ANTAL RÖSTBERÄTTIGADE", "VARAV UTLÄNDSKA MEDBORGARE", "ANTAL RÖSTANDE", "VALDELTAGANDE",
                  "ANTAL OGILTIGA VALSEDLAR", "VARAV BLANKA VALSEDLAR", "ANTAL GILTIGA VALSEDLAR", *PARTIES]
        return [header] + [["17", "Värmlands läns", row.kommun.code, row.kommun.name, "0", "Region Värmland", "0",
                            row.kommun.name, row.code, row.name, row.eligible, row.foreign, row.voted, row.turnout(1),
                            row.spoilt, row.blank, row.valid, *row.votes.values()] for row in self.rows["RF"]]

    def kommun(self):
        # This one file still calls L by its old name, FP, and writes MP's votes as decimals.
        header = ["LÄNSKOD", "LÄNSNAMN", "KOMMUNKOD", "KOMMUNNAMN", "VALKRETSKOD", "VALKRETSNAMN", "VALDISTRIKTSKOD",
                  "VALDISTRIKTSNAMN", "ANTAL RÖSTBERÄTTIGADE", "VARAV UTLÄNDSKA MEDBORGARE", "ANTAL RÖSTANDE",
                  "VALDELTAGANDE", "ANTAL OGILTIGA VALSEDLAR", "VARAV BLANKA VALSEDLAR", "ANTAL GILTIGA VALSEDLAR",
                  *("FP" if party == "L" else party for party in PARTIES)]
        return [header] + [["17", "Värmlands län", row.kommun.code, row.kommun.name, "0" if row.eligible else "99",
                            row.kommun.name, row.code, row.name, row.eligible, row.foreign, row.voted, row.turnout(),
                            row.spoilt, row.blank, row.valid,
                            *(f"{n}.0" if party == "MP" else n for party, n in row.votes.items())]
                           for row in self.rows["KF"]]


class Later(Results):
    """The next election: `before` with other voters. Districts have the names and codes they had."""

    def __init__(self, before, rng):
        self.rng = rng
        self.rows = {kind: [] for kind in before.rows}
        grown = {}
        for kind, rows in before.rows.items():
            for row in rows:
                if row.code not in grown:
                    grown[row.code] = REDRAWN.get(row.code, self._about(1.005, 0.025))
                self._count_again(kind, row, grown[row.code])

    def _about(self, middle, spread):
        return middle + spread * (2 * self.rng.random() - 1)

    def _count_again(self, kind, row, grown):
        eligible, foreign = round(row.eligible * grown), round(row.foreign * grown)
        voted = round(row.voted * grown * self._about(0.995, 0.02))
        voted = min(voted, eligible) if eligible else voted
        spoilt = round(row.spoilt * self._about(1.1, 0.3))
        blank = min(round(row.blank * self._about(1.1, 0.2)), spoilt)
        weights = {party: n * SWING[party] * self._about(1, 0.06) for party, n in row.votes.items()}
        weights["EX"] *= 1 + (OURS[row.kommun.name] - 1) * (1 if kind == "KF" else 0.5)
        total = sum(weights.values()) or 1
        votes = {party: int((voted - spoilt) * weight / total) for party, weight in weights.items()}
        votes["S"] += voted - spoilt - sum(votes.values())
        self.rows[kind].append(Row(row.kommun, row.code, row.name, eligible, foreign, voted, spoilt, blank, votes))


def pieces_2022(results):
    """Ballots ordered per kommun in 2022: about twice the eligible voters, in thousands."""
    kommuner = {row.kommun.name for row in results.rows["KF"]}
    return {name: 2.1 * results.eligible("KF", name) for name in kommuner}
