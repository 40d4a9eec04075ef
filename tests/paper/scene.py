"""A campaign made with the program itself: so many places, planned and printed as users do it."""
import json
import os
import subprocess

SHEETS = ["box-labels", "coverage-board", "delivery-note", "jour-list", "pick-list", "place-sheet",
          "route-sheet"]
DAYS = ["2026-08-26", "2026-08-27", "2026-08-28"]


class Scene:
    def __init__(self, valstuga, folder, places):
        self.valstuga = os.path.abspath(valstuga)
        self.folder = folder
        self.environment = dict(os.environ, VALSTUGA_NOW="2026-08-20 12:00", VALSTUGA_USER="test",
                                VALSTUGA_LANG="sv", LC_ALL="C.UTF-8")
        self.make(places)

    def do(self, *words, binary=False):
        done = subprocess.run([self.valstuga, *words], cwd=self.folder, env=self.environment,
                              capture_output=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(words)}: {done.stderr.decode()}")
        return done.stdout if binary else done.stdout.decode()

    def take(self, name, heads, rows):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            for row in [heads, *rows]:
                file.write(";".join(map(str, row)) + "\n")
        self.do("import", name)

    def make(self, places):
        self.do("new", "c.valstuga", "--party", "0005", "--district", "Värmland", "--lan", "17",
                "--election", "2026-09-13")
        self.do("campaign", "set", "--delivery-street", "Tingvallagatan 17", "--delivery-postcode", "652 24",
                "--delivery-town", "Karlstad", "--delivery-contact", "Eva Ekdahl",
                "--delivery-mobile", "070-174 06 05", "--controller-phone", "054-10 20 30")
        for kind, where in [("KF", ["--kommun", "Kil"]), ("RD", ["--constituency", "Värmlands län"]),
                            ("RF", ["--constituency", "Region Värmland"])]:
            self.do("list", "add", "--kind", kind, *where)
        for number, name in enumerate(json.loads(self.do("list", "list", "--json")), 1):
            self.do("item", "add", "--kind", "ballot", "--list", str(name["id"]), "--shelf", f"A{number}")
            self.do("stock", "receive", "--item", str(number), "--pieces", "400000", "--reason", "prov")
        self.add_places(places)
        self.do("location", "set", "Distriktslagret", "--latitude", "59,38", "--longitude", "13,50")
        self.do("rule", "add", "--kommun", "Kil", "--phase", "advance", "--channel", "direct", "--cap", "3000",
                "--earliest", "30 minuter före öppning", "--packaging", "buntar om 100", "--refill", "party",
                "--contact-name", "Karin Kommun", "--contact-phone", "0554-191 00", "--source", "mejl",
                "--verified-on", "2026-08-01")
        for name in ["Anna Bergqvist", "Łukasz Wójcik"]:
            self.do("carrier", "add", "--person", name, "--phone", "070-999 88 77", "--kg", "900",
                    "--boxes", "500", "--starts", "06:00", "--ends", "22:00")
        self.take("duty.csv", ["date", "starts", "ends", "name", "phone", "role"],
                  [(day, "08:00", "20:00", "Bo Alman", "054-12 00 00", "valsedelsjour") for day in DAYS])
        self.plan(places)

    def add_places(self, places):
        names = [f"Östra Åsens skola {n}" for n in range(1, places + 1)]
        self.take("place.csv", ["kommun", "name", "street", "detail", "latitude", "longitude"],
                  [("1715", name, f"Ängsvägen {n}", "Foajén", f"{59.4 + n % 8 / 50:.3f}".replace(".", ","),
                    f"{13.2 + n // 8 / 50:.3f}".replace(".", ",")) for n, name in enumerate(names)])
        self.take("opening.csv", ["place", "purpose", "date", "opens", "closes"],
                  [(n, "advance", day, "08:00", "20:00") for n in range(1, places + 1) for day in DAYS])

    def plan(self, places):
        self.do("round", "add", "--name", "Start", "--phase", "advance", "--from-date", DAYS[0],
                "--until-date", DAYS[-1])
        for n in range(1, places + 1):
            self.do("allocate", "set", "Start", f"Östra Åsens skola {n}, Kil", "1", str(500 + 50 * n % 2000),
                    "--reason", "prov")
        self.do("allocate", "set", "Start", "Östra Åsens skola 1, Kil", "2", "1250", "--reason", "prov")
        self.do("deliver", "plan", "Start")

    def print(self, sheet, places):
        """Name, view and PDF of a sheet as the program makes them."""
        view = os.path.join(self.folder, f"{sheet}.json")
        path = os.path.join(self.folder, f"{sheet}.pdf")
        with open(view, "wb") as file:
            file.write(self.do("--json", "print", sheet, binary=True))
        self.do("print", sheet, "-o", path)
        return f"{sheet}-own-{places}", view, path
