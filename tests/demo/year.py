"""What the demonstration's year must show: the diary counted by hand, the plan's goals, the calendar,
the evaluation. Nothing here asks the program how it counts.
"""
import csv
import datetime
import json
import pathlib
import re
import sqlite3
import struct
import subprocess

AFTER = "2026-10-19T10:30"
SEEN = {"debattartikel", "insändare", "nyhet", "intervju", "radio", "tv", "podd"}
FIRST, LAST = datetime.date(2026, 2, 23), datetime.date(2026, 8, 23)  # the diary's 26 weeks
WISHES = {"media", "spokespersons_seen", "likes", "followers", "new_members", "active_people", "lists_decided", "top_names_met",
          "support_answers", "evenness", "evaluation_steps"}  # likes and followers are one wish
PAGES = {"medievecka": 1, "malrapport": 4, "valkalender": 4, "lagesrapport": 1, "frageformular": 6, "utvardering": 7,
         "malrapport-efter-valet": 4}


def fixture(demo, name):
    text = (pathlib.Path(demo.source) / "tests/fixtures/demo" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter=";" if ";" in text.splitlines()[0] else ","))


def run(*words):
    return subprocess.run(words, check=True, capture_output=True).stdout


def text_of(demo, name, *options):
    return " ".join(run("pdftotext", *options, demo.file(name), "-").decode().split())


def rows(demo, sql, after=False):
    path = demo.file("varmland-2026-efter.valstuga") if after else demo.path
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True).execute(sql).fetchall()


def counted_by_hand(demo):
    """Monday of each of the 26 weeks: how often we were seen."""
    weeks = {FIRST + datetime.timedelta(weeks=n): 0 for n in range(26)}
    for row in fixture(demo, "mediedagbok.csv"):
        day = datetime.date.fromisoformat(row["Datum"])
        if row["Typ"] in SEEN and not row["Läge"]:
            weeks[day - datetime.timedelta(days=day.weekday())] += 1
    return weeks


def the_diary_gives_the_weeks_that_a_hand_counts(demo):
    by_hand = counted_by_hand(demo)
    assert max(by_hand) + datetime.timedelta(days=6) == LAST
    week = demo.ask("media", "week", "34")
    shown = {datetime.date.fromisoformat(w["from"]): w for w in week["weeks"]}
    total = 0
    for number, (monday, seen) in enumerate(sorted(by_hand.items()), 1):
        total += seen
        entry = shown[monday]
        iso = monday.isocalendar()
        assert (entry["week"], entry["done"]) == (f"{iso.year}-W{iso.week:02}", seen), entry
        assert abs(entry["average"] - total / number) < 1e-9 and entry["reached"] == (seen >= 1), entry
    span = week["span"]
    assert (span["past"], span["done"], span["weeks"], span["target"]) == (26, total, 29, 29), span
    assert abs(span["average"] - total / 26) < 1e-9 and abs(span["needed"] - (29 - total) / 3) < 1e-9, span
    # What was an article, or booked, before the diary came is one appearance, not two.
    usual = "kind IN ('debate_article', 'letter', 'news', 'interview', 'radio', 'tv', 'podcast')"
    assert rows(demo, f"SELECT count(*) FROM appearance WHERE date <= '{LAST}' AND {usual}"
                " AND state IN ('published', 'broadcast')") == [(total,)]


def the_week_is_a_close_race(demo):
    week = demo.ask("media", "week")
    assert (week["week"], week["done"], week["planned"], week["gap"]) == ("2026-W35", 1, 1, 0)
    chance = week["forecast"]["probability"]
    print(f"# {100 * chance:.0f} % to be seen once a week")
    assert 0.25 < chance < 0.85
    assert {e["state"]: e["count"] for e in week["forecast"]["open"]} == {"booked": 2, "submitted": 1, "planned": 2}
    assert week["unseen"]["people"][0]["name"] == "Emma Flodmark" and not week["unseen"]["people"][0]["last"]
    sheet = text_of(demo, "medievecka.pdf")
    assert f"{100 * chance:.0f} %" in sheet and "Emma Flodmark" in sheet and "MV-2026-35" in sheet, sheet


def articles_stand_in_every_state(demo):
    states = dict(rows(demo, "SELECT state, count(*) FROM article GROUP BY 1"))
    assert set(states) == {"idea", "draft", "spokesperson", "sent", "published", "dropped"}, states
    assert rows(demo, "SELECT count(DISTINCT association_id) FROM article WHERE variant_of = 1") == [(6,)]
    # One was declined, and published by another.
    assert rows(demo, "SELECT m.state FROM appearance m JOIN article a ON a.id = m.article_id WHERE a.title LIKE"
                " 'Landsbygden%' ORDER BY m.id") == [("declined",), ("published",)]
    posts = [post for week in demo.ask("media", "content", "--from", "2026-07-27", "--until", "2026-09-13")["weeks"] for post in week["posts"]]
    assert len(posts) == len(fixture(demo, "innehallsplan.csv"))


def every_wish_is_a_goal_and_is_measured(demo):
    before, after = demo.ask("goal", "list"), demo.ask("goal", "list", after=True)
    assert WISHES <= {goal["measure"] for goal in before}
    waiting = {goal["measure"] for goal in before if goal["value"] is None}
    assert waiting == {"support_answers"}, waiting  # it is asked after the election
    assert all(goal["value"] is not None and goal["arithmetic"] for goal in after)
    sheets = text_of(demo, "malrapport.pdf"), text_of(demo, "malrapport-efter-valet.pdf")
    for goal in before:
        assert all(goal["name"] in sheet for sheet in sheets), goal["name"]
    values = {goal["measure"]: goal for goal in after if goal["id"] != 15}
    assert values["media"]["status"] == "reached" and values["lists_decided"]["value"] == 15
    latest = {}
    for row in fixture(demo, "avlasningar.csv"):
        if row["goal"] == "5":
            latest[row["association"]] = int(row["value"])
    now = next(goal for goal in before if goal["measure"] == "new_members")
    assert now["value"] == sum(latest.values()) and len(now["associations"]) == 6


def all_top_names_were_asked_and_three_are_missing(demo):
    names = demo.ask("goal", "top-names")["names"]
    assert len(names) == 16 and sum(name["met"] for name in names) == 13
    goal = next(goal for goal in demo.ask("goal", "list") if goal["measure"] == "top_names_met")
    assert goal["value"] == 81.25 and sorted(goal["missing"]) == sorted(n["name"] for n in names if not n["met"])


def a_problem_is_told_once(demo):
    found = [json.dumps(problem, sort_keys=True) for problem in demo.ask("check")["problems"]]
    assert len(found) == len(set(found)), [f for f in found if found.count(f) > 1]


def the_calendar_has_sources_and_who_does_it(demo):
    entries = demo.ask("calendar", "list")
    assert all({"date", "name", "rule", "source"} <= set(entry) for entry in entries)
    by_key = {entry["key"]: entry for entry in entries if entry["key"]}
    assert by_key["advance_voting"]["date"] == "2026-08-26" and by_key["election_day"]["date"] == "2026-09-13"
    assert by_key["participation"]["done_on"] == "2026-04-14" and by_key["order_date"]["responsible"] == "Kjell Åkerbråt"
    assert {entry["kommun_name"] for entry in entries if entry["kind"] == "kommun"} == {"Karlstad", "Kristinehamn"}
    ics = pathlib.Path(demo.file("valkalender.ics")).read_text(encoding="utf-8")
    assert ics.count("BEGIN:VEVENT") == sum(bool(entry["date"]) for entry in entries)
    sheet = text_of(demo, "valkalender.pdf")
    assert "KA-260801-260930" in sheet and "Augusti 2026" in sheet and "September 2026" in sheet and "Hedda M." in sheet and "Masmästar" not in sheet


def results_are_what_the_files_say(demo):
    def counted(kind, year):
        found = fixture(demo, f"{kind}_{year}.csv")
        return tuple(sum(int(row[head]) for row in found) for head in ("ANTAL RÖSTBERÄTTIGADE", "ANTAL GILTIGA VALSEDLAR", "EX"))
    for code, kind in (("RD", "riksdag"), ("RF", "region"), ("KF", "kommun")):
        view = demo.ask("evaluation", "result", "--kind", code, after=True)
        for year, when in ((2026, "now"), (2022, "last")):
            eligible, valid, votes = counted(kind, year)
            total = view["total"][when]
            assert (total["eligible"], total["valid"], total["votes"]) == (eligible, valid, votes), (kind, year, total)
            assert sum(area[when]["votes"] for area in view["areas"]) == votes
        now, last = (counted(kind, year) for year in (2026, 2022))
        assert abs(view["total"]["change"] - 100 * (now[2] / now[1] - last[2] / last[1])) < 1e-9
    districts = demo.ask("evaluation", "result", "--by", "district", after=True)["areas"]
    redrawn = {area["code"] for area in districts if area["change"] is None}
    assert redrawn == {"17800113", "17800114"}, redrawn
    # The middle of advance voting knows nothing of it.
    assert rows(demo, "SELECT count(*) FROM election_result") == [(0,)]


def dark(path, box):
    """The share of pixels in a part of a page (of its width and height) that are not white."""
    data = pathlib.Path(path).read_bytes()
    width, height = map(int, re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data).groups())
    pixels = data[-width * height:]
    left, top, right, bottom = (round(part * size) for part, size in zip(box, (width, height, width, height)))
    rows_ = [pixels[y * width + left:y * width + right] for y in range(top, bottom)]
    return sum(value < 250 for row in rows_ for value in struct.unpack(f"{len(row)}B", row)) / sum(map(len, rows_))


def the_report_has_a_map_of_every_kommun(demo):
    assert rows(demo, "SELECT count(*) FROM border WHERE kind = 'kommun'", after=True) == [(16,)]
    page = str(demo.folder / "map")
    run("pdftoppm", "-r", "60", "-gray", "-f", "2", "-l", "2", demo.file("utvardering.pdf"), page)
    image = next(demo.folder.glob("map-*.pgm"))
    filled = dark(image, (0.55, 0.15, 0.8, 0.42))
    assert filled > 0.7, filled  # shades; a page of text has a tenth of that
    words = run("pdftotext", "-f", "2", "-l", "2", "-x", "270", "-y", "100", "-W", "330", "-H", "300",
                demo.file("utvardering.pdf"), "-").decode()
    names = [name for name, in rows(demo, "SELECT name FROM kommun WHERE in_district")]
    assert len(names) == 16 and not [name for name in names if name not in words], words


def what_was_used_is_known_and_goes_on(demo):
    usage = demo.ask("evaluation", "usage", after=True)
    waiting = {row["kommun_name"] for row in usage["uncounted"]}
    assert waiting == {"Torsby", "Eda"}, waiting
    assert usage["total"]["delivered"] - usage["total"]["left"] == usage["total"]["used"]
    assert sum(row["used"] for row in usage["rows"]) == usage["total"]["used"]
    content = pathlib.Path(demo.file("forbrukning.csv")).read_text(encoding="utf-8-sig")
    kept = list(csv.DictReader(content.splitlines(), delimiter=";"))
    learned = [row for row in usage["rows"] if row["place"]]
    assert len(kept) == len(learned) > 200
    assert sum(int(row["used"]) for row in kept) == sum(row["used"] for row in learned)


def four_of_six_associations_have_answered(demo):
    view = demo.ask("evaluation", "answers", after=True)
    assert (view["associations"], view["answered"]) == (6, 4)
    support = next(q for q in view["questions"] if q["key"] == "support")
    assert (support["yes"], support["partly"], support["no"]) == (3, 1, 0)
    report = text_of(demo, "utvardering.pdf")
    assert "Har inte svarat: EX Fryksdalen, EX Nedre Klarälven" in report
    assert all(text in report for text in ("Stugan på torget", "en reserv till biblioteket i Munkfors"))
    forms = text_of(demo, "frageformular.pdf")
    assert len(set(re.findall(r"\bE\d+-\w\b", forms))) == 6


def sheets_have_their_pages(demo):
    for name, wanted in PAGES.items():
        found = int(re.search(rb"Pages: +(\d+)", run("pdfinfo", demo.file(f"{name}.pdf"))).group(1))
        assert found == wanted, (name, found)
        assert f"demo/{name}.pdf" in demo.said
    assert "17 dagar kvar till valdagen" in demo.said  # and not those after it


TESTS = (the_diary_gives_the_weeks_that_a_hand_counts, the_week_is_a_close_race, articles_stand_in_every_state,
         every_wish_is_a_goal_and_is_measured, all_top_names_were_asked_and_three_are_missing, a_problem_is_told_once,
         the_calendar_has_sources_and_who_does_it, results_are_what_the_files_say, the_report_has_a_map_of_every_kommun,
         what_was_used_is_known_and_goes_on, four_of_six_associations_have_answered, sheets_have_their_pages)
