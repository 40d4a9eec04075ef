#!/usr/bin/env python3
"""What the demonstration must show. Usage: run.py VALSTUGA SOURCE. Prints TAP."""
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import time

import rules
import year

NOW = "2026-08-27T10:30"


class Demo:
    def __init__(self, valstuga, source, folder):
        self.valstuga, self.source = os.path.abspath(valstuga), source
        self.folder = pathlib.Path(folder)
        self.path = self.folder / "demo" / "varmland-2026.valstuga"

    def make(self):
        began = time.monotonic()
        environment = {name: value for name, value in os.environ.items() if not name.startswith("VALSTUGA_")}
        done = subprocess.run(["bash", f"{self.source}/tools/demo.sh", "--program", self.valstuga], cwd=self.folder,
                              env=environment | {"LC_ALL": "C.UTF-8"}, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        self.said = done.stdout
        print(f"# the whole demonstration took {time.monotonic() - began:.1f} s")

    def file(self, name):
        return str(self.folder / "demo" / name)

    def ask(self, *words, after=False):
        """`after`: of the copy that goes on until the election is evaluated."""
        environment = {"VALSTUGA_NOW": year.AFTER if after else NOW, "VALSTUGA_LANG": "sv", "LC_ALL": "C.UTF-8",
                       "PATH": os.environ["PATH"]}
        path = self.file("varmland-2026-efter.valstuga") if after else str(self.path)
        return json.loads(run(self.valstuga, "--campaign", path, "--json", *words, env=environment))


def run(*words, env=None):
    return subprocess.run(words, check=True, capture_output=True, env=env).stdout.decode()


def pages(path):
    return int(re.search(r"^Pages: +(\d+)", run("pdfinfo", path), re.M).group(1))


def the_district_is_as_large_as_it_says(demo):
    campaign = rules.Campaign(demo.path)
    # One of the hundred and fifty was erased, one who signed up has come.
    assert campaign.one("SELECT count(*) FROM person WHERE volunteer") == 150
    # In the eight weeks; all top names had met before.
    weeks = "starts_at > unixepoch('2026-07-20')"
    assert campaign.one(f"SELECT count(*) FROM activity WHERE cancelled_at IS NULL AND {weeks}") == 40
    assert campaign.one(f"SELECT sum(wanted) FROM shift_role r JOIN shift s ON s.id = r.shift_id WHERE {weeks}") == 600
    assert campaign.one("SELECT count(DISTINCT kind) FROM activity") == campaign.one("SELECT count(*) FROM activity_kind")


def eight_weeks_are_matched_at_once(demo):
    found = re.search(r"(\d+) platser, (\d+) fyllda, .*; ([\d,]+) s$", demo.said, re.M)
    seconds = float(found.group(3).replace(",", "."))
    print(f"# {found.group(0).strip()}")
    assert int(found.group(1)) == 600 and int(found.group(2)) >= 570, found.group(0)
    assert seconds < 10, found.group(0)


def no_matched_booking_breaks_a_rule(demo):
    campaign = rules.Campaign(demo.path)
    assert sum(b["source"] == "match" for b in campaign.bookings) > 500
    assert campaign.check() == []


def the_checker_finds_what_is_broken(demo):
    """A checker that never finds anything would be no test."""
    copy = demo.folder / "broken.sqlite"
    with sqlite3.connect(demo.path) as whole, sqlite3.connect(copy) as broken:
        whole.backup(broken)
    one = "(SELECT person_id FROM booking WHERE source = 'match' AND state = 'booked' AND person_id IS NOT NULL LIMIT 1)"
    for rule, change in {
            "away": "UPDATE presence SET can = 0",
            "hours_week": "UPDATE person SET hours_week = 1",
            "hours_day": "UPDATE person SET hours_day = 1",
            "far": "UPDATE person SET travel_max = 1",
            "skill": "DELETE FROM person_skill",
            "seat": "UPDATE shift_role SET most = wanted, wanted = 1, least = 1; UPDATE shift_role SET most = 1",
            "refused": "UPDATE wish SET wants = 0",
            "asked": f"UPDATE person SET restricted = 1 WHERE id = {one}",
            "overlap or rest": "UPDATE shift SET starts_at = starts_at - 3600 * 5",
    }.items():
        with sqlite3.connect(copy) as broken:
            broken.executescript("BEGIN; " + change)
            broken.commit()
        found = {line.split(":")[0] for line in rules.Campaign(copy).check()}
        assert rule in found, f"{rule} is not among {found}"


def every_flyer_is_read_back_from_the_page(demo):
    flyers = {f["target"]: f["code"] for f in demo.ask("flyer", "list") if f["kommun"] and not f["activity"]}
    path = demo.file("flygblad-16-kommuner.pdf")
    assert pages(path) == 16 == len(set(flyers.values())), (pages(path), flyers)
    run("pdftoppm", "-r", "150", "-gray", path, str(demo.folder / "flyer"))
    seen = set()
    for number, page in enumerate(sorted(demo.folder.glob("flyer-*.pgm")), 1):
        codes = run("zbarimg", "--raw", "-q", str(page)).split()
        text = run("pdftotext", "-f", str(number), "-l", str(number), path, "-")
        kommun = [name for name in flyers if f"fler i {name}" in " ".join(text.split())]
        assert len(codes) == 2 and len(kommun) == 1, (number, codes, kommun)
        plain = flyers[kommun[0]].replace("-", "")
        assert codes == [f"HTTPS://VARMLAND.EXAMPLE/V/{plain}"] * 2, (codes, plain)
        seen.add(kommun[0])
    assert seen == set(flyers)


def the_roster_of_a_day_is_one_page(demo):
    for name in ("passlista-stora-torget.pdf", "passlista-stora-torget-ledare.pdf"):
        path = demo.file(name)
        assert pages(path) == 1 and "(A4)" in run("pdfinfo", path), name
    stand, leader = (run("pdftotext", "-layout", demo.file(name), "-")
                     for name in ("passlista-stora-torget.pdf", "passlista-stora-torget-ledare.pdf"))
    campaign = rules.Campaign(demo.path)
    # Of the four shifts of four; the stand's copy has neither surnames nor whole numbers.
    assert len(re.findall(r"^ +\d+ .*\d{3}-[0-9A-Z]$", stand, re.M)) == 16, stand
    there = campaign.rows(
        "SELECT p.name, p.phone FROM booking b JOIN person p ON p.id = b.person_id JOIN shift s ON s.id = b.shift_id"
        " JOIN activity a ON a.id = s.activity_id WHERE a.title = 'Valstugan på Stora torget' AND b.source = 'match'"
        " AND date(s.starts_at, 'unixepoch') = '2026-08-22'")
    assert len(there) == 16
    digits = re.sub(r"[^0-9]", "", leader)
    for person in there:
        assert person["name"] in leader and person["phone"][3:] in digits
        assert person["name"].split()[0] in stand and person["name"] not in stand


def what_came_back_on_paper_is_in_the_file(demo):
    campaign = rules.Campaign(demo.path)
    states = dict(campaign.rows(
        "SELECT b.state, count(*) FROM booking b JOIN shift s ON s.id = b.shift_id JOIN activity a ON a.id = s.activity_id"
        " WHERE a.title = 'Valstugan på Stora torget' AND date(s.starts_at, 'unixepoch') = '2026-08-22' GROUP BY 1"))
    assert states == {"attended": 15, "no_show": 2}, states  # with who walked in
    assert campaign.one("SELECT sum(doors) FROM canvass_street") == 31 + 29 + 46 + 18 + 12
    assert campaign.one("SELECT count(*) FROM signup WHERE state = 'accepted'") == 1


def who_was_erased_is_nowhere_in_the_file(demo):
    secret = ("Skogstadmoen", "skogstadmoen", "SKOGSTADMOEN")
    for path in (demo.folder / "demo").glob("*.valstuga*"):
        content = path.read_bytes()
        for name in secret:
            for encoding in ("utf-8", "utf-16-le"):
                assert name.encode(encoding) not in content, (path, name)
    # It was there before: the extract has it.
    assert "Skogstadmoen" in run("pdftotext", demo.file("utdrag.pdf"), "-")
    assert "kampanjfilen: ingenting" in demo.said


TESTS = (the_district_is_as_large_as_it_says, eight_weeks_are_matched_at_once, no_matched_booking_breaks_a_rule,
         the_checker_finds_what_is_broken, every_flyer_is_read_back_from_the_page, the_roster_of_a_day_is_one_page,
         what_came_back_on_paper_is_in_the_file, who_was_erased_is_nowhere_in_the_file, *year.TESTS)


def main(valstuga, source):
    print(f"1..{len(TESTS) + 1}")
    failed = 0
    with tempfile.TemporaryDirectory(prefix="valstuga-demo-") as folder:
        demo = Demo(valstuga, source, folder)
        try:
            demo.make()
        except AssertionError as why:
            print("not ok 1 - the demonstration is made\n# " + str(why).replace("\n", "\n# "))
            return 1
        print("ok 1 - the demonstration is made")
        for number, test in enumerate(TESTS, 2):
            name = test.__name__.replace("_", " ")
            try:
                test(demo)
                print(f"ok {number} - {name}", flush=True)
            except (AssertionError, subprocess.CalledProcessError, KeyError, sqlite3.Error) as why:
                failed += 1
                print(f"not ok {number} - {name}\n# " + f"{type(why).__name__}: {why}".replace("\n", "\n# "), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
