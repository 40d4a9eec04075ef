"""The demonstration district's people: invented names, and the lists they stand on.

Surnames are mostly ones nobody bears; `make_demo.py --avoid FILE` proves against a real file of
candidacies that no full name is anybody's.
"""

import random
from dataclasses import dataclass

WOMEN = """Agneta Alva Anna-Karin Annika Astrid Barbro Birgitta Britt-Marie Carina Cecilia Desirée Ebba Edit
Elin Elsa Emma Eva Frida Gun Gunilla Hanna Hedvig Helena Ingrid Irene Jenny Johanna Julia Karin Kerstin
Klara Kristina Lena Linnea Lisbeth Lotta Maj Majken Malin Margareta Maria Märta Nathalie Pernilla Rebecka
Sara Signe Sofia Solveig Stina Susanne Tove Tuva Ulla Ulrika Vera Veronica Viola Ylva Åsa""".split()
MEN = """Albin Anders Andreas Anton Arne Axel Bengt Bertil Bo Börje Christer Daniel Dennis Elis Emil Erik
Filip Fredrik Gunnar Gustav Göran Hampus Hans Henrik Håkan Ingvar Jan-Erik Jens Jesper Joakim Johan Jonas
Jörgen Karl-Gustav Kent Kjell Lars Leif Linus Magnus Marcus Mats Mikael Nils Ola Olle Oskar Patrik Per
Per-Åke Peter Robin Rolf Rune Sixten Stefan Sven Tage Thomas Tobias Torbjörn Ulf Viktor Åke""".split()
SURNAMES = """Alnelid Askmyra Backelund Barkfors Björkmyr Blankås Bockmo Bråtelid Brännelov Dalsjöö Ekfalla
Ekmossen Ekskalle Fallberga Finnsätra Flodmark Forsmyra Furubäcken Fällmo Glimmås Granfalk Granlövs
Gräsbråt Gädderud Hagelmyr Hallonås Hasselkvarn Hedsjöö Hultebro Hyttfors Hällmark Häggkulla Isbråten
Järnlid Kallmyr Klarälvs Klockmo Knappvik Kolbotten Kornvall Kvarnlöv Källsätra Lakebäck Lillskog Lindbråt
Ljungfalla Lomtjärn Lövkvarn Malmstig Mossbräck Myrefors Mårdaklev Norrbråt Näckros Odensmyr Ormbunk
Porsmyr Ripsjöö Roslid Råggärde Rönnbråt Sandkulla Skarpmo Skogvakt Slaggfors Smedmyr Snöbohm Sotarås
Spelmyr Stenlöv Storfalla Stubbelid Sågmark Sälgmo Tallbråt Tjädermo Torpvall Trollsätra Tranebråt
Uddeklint Ugglemark Vargklo Vasskärr Videbråt Vinterhed Vitsand-Ek Vågmyr Åkerbråt Ålkista Åsbergh-Lind
Ängsmyra Älgmark Ödeskog Örnbråt Östmyr""".split()

# Names the pools above would never make: (name, sex). The first group has letters that ISO-8859-1
# lacks, so these people stand only in the files of 2026, which are UTF-8.
BEYOND_LATIN_1 = [
    ("Łukasz Dąbrowczyk", "M"), ("Şahin Demirtepeli", "M"), ("Đorđe Milovacki", "M"), ("Ağca Yıldızhanlı", "K"),
    ("Živa Hrastovec", "K"), ("Oțelia Bălănescova", "K"),
]
FROM_AFAR = [
    ("Amina Warfaanle", "K"), ("Reza Kohanvand", "M"), ("Hodan Jimaalow", "K"), ("Tigist Gebrehanna", "K"),
    ("Nour Haddadini", "K"), ("Yusuf Abdikarimow", "M"), ("Samira Barzanjiani", "K"), ("Bashir Nooristan", "M"),
    ("Päivi Korpimäntylä", "K"), ("Jukka Väärälampi", "M"), ("Thi Lan Phamvu", "K"), ("Mihail Corneanov", "M"),
    ("Ingebjørg Fjellskaug", "K"), ("José Montealban", "M"), ("Zainab Al-Rubaiyat", "K"), ("Farhad Zamanlou", "M"),
    ("Selam Woldemeskal", "K"), ("Bozena Kwiecinska-Ek", "K"), ("Ibrahim Touréba", "M"),
    ("Günther Seelhofer", "M"), ("Maria de los Ángeles Fuenmayor Ekmossen", "K"), ("Ana Luísa Carvalhinha", "K"),
]

WORK = """undersköterska lärare elektriker pensionär studerande lokförare butikssäljare sjuksköterska lantbrukare
snickare bibliotekarie förskollärare busschaufför ingenjör kurator barnskötare svetsare skogsarbetare
personlig~assistent vaktmästare fritidsledare distriktssköterska kock ekonom fastighetsskötare brevbärare
journalist socionom kyrkvaktmästare musiklärare industriarbetare egenföretagare systemutvecklare
ombudsman arbetsterapeut tandsköterska f.d.~rektor processoperatör djurskötare logoped""".split()


@dataclass(eq=False)
class Person:
    name: str
    sex: str
    age: int  # on election day 2026
    home: str  # kommun's name
    work: str
    numbers: dict  # election year -> KANDIDATNUMMER
    secret: bool = False  # protected address: the authority leaves the home kommun out
    terse: bool = False  # nothing but the name on the ballot

    def age_in(self, year):
        return self.age - (2026 - year)

    def ballot_text(self, year):
        return "" if self.terse else f"{self.age_in(year)} år, {self.home}, {self.work.replace('~', ' ')}"

    def turned(self):
        """The name as the authority writes a consent to an open list: 'Efternamn, Förnamn'."""
        first, _, last = self.name.rpartition(" ")
        return f"{last}, {first}"


class Crowd:
    """Makes people, each name once; `same_name` makes the exceptions."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.names = set()
        self.people = []
        self.rare = self._spread(FROM_AFAR)

    def _spread(self, names):
        return sorted(names, key=lambda entry: self.rng.random())

    def pick(self, sequence):
        # Only random() is promised to give the same sequence in every Python version.
        return sequence[int(self.rng.random() * len(sequence))]

    def _name(self):
        if self.rare and self.rng.random() < 0.12:
            return self.rare.pop()
        while True:
            sex = self.pick("KM")
            last = self.pick(SURNAMES)
            if self.rng.random() < 0.06:
                last += " " + self.pick(SURNAMES)
            name = self.pick(WOMEN if sex == "K" else MEN) + " " + last
            if name not in self.names:
                return name, sex

    def add(self, home, name=None, sex=None):
        if name is None:
            name, sex = self._name()
        self.names.add(name)
        serial = len(self.people)
        age = 22 + int(self.rng.random() * 57)
        numbers = {2022: str(61000 + 7 * serial), 2026: str(4100 + 13 * serial)}
        person = Person(name, sex, age, home, self.pick(WORK), numbers)
        person.secret = self.rng.random() < 0.02
        person.terse = self.rng.random() < 0.07
        self.people.append(person)
        return person

    def same_name(self, person, home):
        """Somebody else who happens to have the same name."""
        return self.add(home, person.name, person.sex)


def check_names(people, real_names):
    """Returns the people whose full name, in either order, is in a set of real ones."""
    return [person.name for person in people if {person.name, person.turned()} & real_names]
