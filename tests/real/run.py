#!/usr/bin/env python3
"""Every ballot to its place: the whole of advance voting and election day on real places.

    run.py VALSTUGA [FOLDER]

Värmland 2022 from the authority's files, the party's order quantities of 2018, 24 carriers,
eight associations with depots, a hand-over rule for every kommun (those of Arvika are real,
the others invented after the kinds there are). Everything is received, allocated, planned,
packed, delivered and printed by the program; what came out is checked here from outside,
with the authority's files and arithmetic of its own. Prints TAP, and what took how long.
With FOLDER everything is left there to be looked at.
"""
import collections
import csv
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
DATA = os.environ.get("VALSTUGA_REAL_DATA") or os.path.join(ROOT, "..", "shared", "data")
FILES = os.path.join(DATA, "valmyndigheten")

# Association: its kommuner, members, depot's coordinates.
ASSOCIATIONS = {
    "Karlstad": (["Karlstad", "Hammarö"], 210, 59.3790, 13.5040),
    "Kristinehamn": (["Kristinehamn", "Storfors"], 60, 59.3098, 14.1081),
    "Filipstad": (["Filipstad"], 25, 59.7123, 14.1683),
    "Hagfors": (["Hagfors", "Munkfors"], 30, 60.0250, 13.6950),
    "Torsby": (["Torsby", "Sunne"], 45, 60.1370, 13.0130),
    "Arvika": (["Arvika", "Eda"], 80, 59.6550, 12.5850),
    "Säffle": (["Säffle", "Årjäng"], 20, 59.1320, 12.9290),
    "Kil": (["Kil", "Forshaga", "Grums"], 40, 59.5040, 13.3140),
}
SEATS = {"Karlstad": (59.3793, 13.5036), "Hammarö": (59.3170, 13.5200),
         "Arvika": (59.6553, 12.5852), "Kristinehamn": (59.3098, 14.1081),
         "Torsby": (60.1370, 13.0130)}  # where receptions are


class Scene:
    def __init__(self, program, folder):
        self.program = program
        self.folder = folder
        self.now = "2022-06-01T09:00"
        self.times = collections.OrderedDict()
        self.number = 0
        self.failed = 0

    def run(self, *args, what=None, ok=True):
        environment = dict(os.environ, VALSTUGA_NOW=self.now, VALSTUGA_USER="prov",
                           VALSTUGA_LANG="sv",
                           VALSTUGA_CAMPAIGN=os.path.join(self.folder, "varmland.valstuga"))
        begun = time.monotonic()
        done = subprocess.run([self.program, *map(str, args)], env=environment,
                              cwd=self.folder, capture_output=True, text=True)
        if what:
            self.times[what] = self.times.get(what, 0) + time.monotonic() - begun
        if ok and done.returncode != 0:
            raise SystemExit(f"Bail out! {' '.join(map(str, args))}: {done.stderr}{done.stdout[-2000:]}")
        return done

    def json(self, *args, what=None):
        return json.loads(self.run("--json", *args, what=what).stdout)

    def check(self, name, wrong):
        self.number += 1
        self.failed += bool(wrong)
        print(f"{'not ok' if wrong else 'ok'} {self.number} - {name}")
        for line in list(wrong)[:8] if wrong else []:
            print(f"#   {line}")


def make_campaign(s):
    s.run("new", "varmland.valstuga", "--party", "0005", "--district", "Värmland", "--lan", 17,
          "--election", "2022-09-11")
    place_files = [os.path.join(FILES, name) for name in sorted(os.listdir(FILES))]
    wanted = [p for p in place_files if os.path.isfile(p) and os.path.basename(p).startswith(
        ("vallokaler", "rostningslokaler", "riksdag_2022", "region_2022", "kommun_2022"))
        and p.endswith(".csv")]
    s.run("import", *wanted, what="import")
    lists = [p for p in place_files if "kandidaturer" in os.path.basename(p)]
    s.run("import", "--election", "2022-09-11", *lists, what="import")


def make_people(s):
    for name, (kommuner, members, latitude, longitude) in ASSOCIATIONS.items():
        s.run("association", "add", "--name", f"V {name}", "--members", members)
        for kommun in kommuner:
            s.run("kommun", "set", kommun, "--association", f"V {name}")
        s.run("location", "add", "--kind", "depot", "--own-name", f"Förråd {name}",
              "--association", f"V {name}", "--latitude", latitude, "--longitude", longitude)
    s.run("location", "set", "Distriktslagret", "--latitude", 59.3850, "--longitude", 13.5200)
    bases = ["Distriktslagret"] * 4 + [f"Förråd {n}" for n in ASSOCIATIONS] * 2 + \
        ["Förråd Karlstad"] * 4
    for i, base in enumerate(bases):
        s.run("carrier", "add", "--person", f"Förare Nr{i + 1}", "--phone",
              f"070-174 06 {i:02d}", "--base", base, "--kg", 250, "--boxes", 40,
              "--starts", "06.30", "--ends", "19.00")
    return len(bases)


def make_rules(s):
    """Arvika as it was in 2022; the others one of four kinds, by their order."""
    kommuner = sorted(k for kommuner, *_ in ASSOCIATIONS.values() for k in kommuner)
    checked = ["--source", "Valnämndens besked", "--verified-on", "2022-06-01"]
    for i, kommun in enumerate(kommuner):
        if kommun in SEATS:
            s.run("location", "add", "--kind", "reception", "--kommun", kommun, "--own-name",
                  f"Valnämnden i {kommun}", "--latitude", SEATS[kommun][0], "--longitude",
                  SEATS[kommun][1], "--opens", "08.00", "--closes", "16.00")
        central = kommun in SEATS
        cap = 1500 if kommun == "Arvika" else 4000 + 500 * (i % 3)
        s.run("rule", "add", "--kommun", kommun, "--phase", "advance", "--channel",
              "central" if central else "direct", *checked, "--refill", "party",
              *(["--deadline", "2022-08-22 15:00" if kommun != "Arvika" else "2022-08-17 15:00"]
                if central else []),
              *(["--cap", cap] if central else []),
              *([] if central else ["--earliest", "30 minuter före öppning"]))
        s.run("rule", "add", "--kommun", kommun, "--phase", "election_day", "--channel", "direct",
              *checked, "--earliest", ["07:00", "06:45", "60 minuter före öppning"][i % 3])


def receive_all(s):
    s.run("orderer", "add", "--name", "Behörig Beställare", "--minutes-on", "2022-02-01")
    s.run("campaign", "set", "--delivery-street", "Sågverksgatan 4", "--delivery-postcode",
          "652 24", "--delivery-town", "Karlstad", "--delivery-mobile", "070-174 06 41",
          "--orderer", 1)
    for row in s.json("list", "list"):
        if row["own"] and row["status"] == "submitted":
            s.run("list", "decide", row["id"], "--minutes", "Årsmötet")
    s.run("order", "propose")
    pieces = {row["id"]: row["authority_pieces"] for row in s.json("list", "list") if row["own"]}
    for order in s.json("order", "list"):
        wanted = pieces.get(order["list"])
        if wanted:
            s.run("order", "set", order["id"], "--pieces", wanted)
        s.run("order", "ordered", order["id"])
    s.now = "2022-07-27T09:00"
    s.run("stock", "receive", "--all-ordered", what="receive")
    return sum(p or 0 for p in pieces.values())


ROUNDS = [("Förtidsröstningens start", "advance", "2022-08-24", "2022-08-30", "2022-08-08T09:00"),
          ("Påfyllning", "refill", "2022-08-31", "2022-09-10", "2022-08-29T09:00"),
          ("Valdagen", "election_day", "2022-09-11", "2022-09-11", "2022-09-05T09:00")]


def balance(s):
    rows = s.json("stock", "balance")
    return {item["item"]: item for item in rows["items"]}


def check_conserved(s, when, received):
    items = balance(s)
    wrong = []
    for item in items.values():
        there = sum(item[k] for k in ("printer", "depots", "carriers", "places", "receptions",
                                      "voters", "scrap"))
        if there != item["printed"]:
            wrong.append(f"{item['item_name']}: {there} of {item['printed']}")
        wrong += [f"{item['item_name']}: {k} {v}" for k, v in item.items()
                  if isinstance(v, int) and v < 0]
    total = sum(item["printed"] for item in items.values())
    if total != received:
        wrong.append(f"{total} pieces, received {received}")
    s.check(f"nothing is lost or made: {when}", wrong)


def minutes(text):
    hour, minute = text.replace(".", ":").split(":")[:2]
    return int(hour) * 60 + int(minute)


def openings(s):
    opened = collections.defaultdict(list)
    for row in s.json("opening", "list"):
        opened[(row["place"], row["date"])].append((row["opens"], row["closes"]))
    return opened


def check_allocation(s, name, plan, rules):
    given = collections.Counter()
    wrong = []
    for line in plan["lines"]:
        given[line["item"]] += line["pieces"]
        cap = rules.get((line["kommun"], plan["phase"]), {}).get("cap")
        if cap and line["pieces"] > cap:
            wrong.append(f"{line['location_name']}: {line['pieces']} above the cap {cap}")
    for item in plan["items"]:
        if given[item["item"]] != item["given"] or item["given"] + item["left"] != item["available"]:
            wrong.append(f"{item['item_name']}: {given[item['item']]} {item}")
    s.check(f"{name}: sums are exact, no cap is broken", wrong)
    s.check(f"{name}: every number says how it came about",
            [line["location_name"] for line in plan["lines"] if not line["reason"]])


def check_routes(s, name, plan, opened, places):
    wrong, twice = [], collections.Counter()
    for day in plan["days"]:
        for route in day["routes"]:
            at = None
            for stop in route["stops"]:
                twice[stop["location"]] += 1
                place = places.get(stop["location"])
                spans = opened.get((place, day["date"]))
                if stop["opens"] is not None and not stop["opens"] <= stop["arrives"] <= stop["closes"]:
                    wrong.append(f"{day['date']} {stop['location_name']}: {stop['arrives']} outside its window")
                if place and spans is None:
                    wrong.append(f"{day['date']} {stop['location_name']}: closed that day")
                if place and spans and stop["arrives"] > max(c for _, c in spans):
                    wrong.append(f"{day['date']} {stop['location_name']}: after closing")
                if at is not None and stop["arrives"] < at:
                    wrong.append(f"{route['carrier_name']}: goes back in time")
                at = stop["arrives"] + stop["service"]
            if route["kg"] > 250 or route["boxes"] > 40:
                wrong.append(f"{route['carrier_name']}: overloaded")
    s.check(f"{name}: every stop inside its window, no car overloaded", wrong)
    s.check(f"{name}: no rule is broken", [f"{r['location_name']}: {r['text']}" for r in plan["rules"]])
    s.check(f"{name}: every destination is served", [f"{u['location_name']}: {u['reason']}" for u in plan["unserved"]])


def do_round(s, name, phase, first, last, now, opened, rules):
    s.now = now
    s.run("round", "add", "--name", name, "--phase", phase, "--from-date", first, "--until-date", last)
    looked = s.json("allocate", "propose", name, "--dry-run", what=f"allocate {phase}")
    check_allocation(s, name, looked, rules)
    s.run("allocate", "propose", name, "--plan", looked["plan"], what=f"allocate {phase}")
    plan = s.json("deliver", "plan", name, "--dry-run", what=f"plan {phase}")
    s.run("deliver", "plan", name, "--plan", plan["plan"], what=f"plan {phase}")
    check_routes(s, name, plan, opened, place_of_location(s))
    return plan


def place_of_location(s):
    db = sqlite3.connect(os.path.join(s.folder, "varmland.valstuga"))
    found = dict(db.execute("SELECT id, place_id FROM location WHERE place_id IS NOT NULL"))
    db.close()
    return found


def deliver_day_by_day(s, plan):
    for day in plan["days"]:
        s.now = day["date"] + "T20:00"
        codes = [row["id"] for row in s.json("delivery", "list", "--date", day["date"])
                 if row["status"] == "planned"]
        if codes:
            s.run("deliver", "pack", *codes, what="pack")
            s.run("deliver", "depart", *codes, what="depart")
            s.run("deliver", "receipt", *codes, "--by", "Röstmottagare", what="receipt")
            s.run("deliver", "receipt", *codes[:5], what="receipt")


SHEETS = ["pick-list", "delivery-note", "box-labels", "place-sheet", "route-sheet",
          "coverage-board", "jour-list"]


def print_sheets(s):
    s.run("duty", "add", "--date", "2022-09-11", "--starts", "06.00", "--ends", "21.00", "--name",
          "Jour Jansson", "--phone", "070-174 06 50", "--role", "Valsedelsjour")
    wrong = []
    for sheet in SHEETS:
        done = s.run("print", sheet, "-o", f"{sheet}.pdf", what=f"print {sheet}", ok=False)
        path = os.path.join(s.folder, f"{sheet}.pdf")
        if done.returncode or not os.path.exists(path):
            wrong.append(f"{sheet}: {done.stderr.strip()}")
        else:
            info = subprocess.run(["pdfinfo", path], capture_output=True, text=True).stdout
            pages = [line.split()[1] for line in info.splitlines() if line.startswith("Pages")]
            print(f"# {sheet}: {pages[0] if pages else '?'} pages, {os.path.getsize(path) // 1024} kB")
    s.check("every sheet is printed", wrong)


def whole(s):
    make_campaign(s)
    carriers = make_people(s)
    make_rules(s)
    received = receive_all(s)
    print(f"# {received} pieces received, {carriers} carriers")
    check_conserved(s, "received", received)
    rules = {(r["kommun"], "advance" if p == "refill" else p): r for r in s.json("rule", "list")
             for p in [r["phase"]]}
    rules.update({(k, "refill"): r for (k, p), r in list(rules.items()) if p == "advance"})
    opened = openings(s)
    served = set()
    for name, phase, first, last, now in ROUNDS:
        plan = do_round(s, name, phase, first, last, now, opened, rules)
        total = plan["total"]
        print(f"# {name}: {total['deliveries']} deliveries, {total['routes']} routes, "
              f"{total['carriers']} carriers, {total['pieces']} pieces, {total['km']} km, {total['late']} late")
        served |= {stop["location"] for day in plan["days"] for route in day["routes"]
                   for stop in route["stops"]}
        if phase == "election_day":
            print_sheets(s)
        deliver_day_by_day(s, plan)
        check_conserved(s, name, received)
    places = place_of_location(s)
    served_places = {places[l] for l in served if l in places}
    polling = {row["place"] for row in s.json("district", "list") if row["place"]}
    s.check("every polling place was served", sorted(polling - served_places))
    problems = [p["text"] for p in s.json("check")["problems"] if p["severity"] == "error"
                and p["noun"] in ("stock", "movement", "item", "location")]
    s.check("the ledger has no fault", problems)


def main():
    program = os.path.abspath(sys.argv[1])
    if not os.path.isdir(FILES):
        print("1..0 # SKIP no real data")
        return
    folder = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 else tempfile.mkdtemp(prefix="valstuga-real-")
    os.makedirs(folder, exist_ok=True)
    s = Scene(program, folder)
    try:
        whole(s)
    finally:
        for what, seconds in s.times.items():
            print(f"# {what:28} {seconds:6.2f} s")
        if len(sys.argv) <= 2:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"1..{s.number}")
    sys.exit(s.failed > 0)


main()
