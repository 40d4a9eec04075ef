#!/usr/bin/env python3
"""Charts and maps of areas as the layouts in tests/fixtures/charts draw them, seen from outside with poppler.
Usage: charts.py RENDER. Prints TAP."""
import json
import os
import re
import sys
import tempfile

import chart_views
from look import MM, check, core, finish, overlaps, run, words_on

HERE = os.path.dirname(os.path.abspath(__file__))
LAYOUTS = os.path.join(HERE, "..", "fixtures", "charts")
RENDER = os.path.abspath(sys.argv[1])
NBSP = "\u00a0"

# name: texts that must be there
GALLERIES = {
    "usual": ["mål 1 i veckan", f"1{NBSP}200", "1,5", "−2,9", "Kristinehamn", "nu", "v. 53", "Nyhetsbrev", "mål 500"],
    "empty": ["Inga veckor att visa", "Inga kommuner att visa"],
    "one": ["v. 40", "Arvika"],
    "two": ["v. 41", "−1,5"],
    "sixty": ["v. 40", "Storfors 4"],
    "400": ["v. 40", "Årjäng 24", f"8{NBSP}000"],
}


def draw(folder, layout, sheet, language="sv"):
    """Path of the PDF, pages, missing glyphs."""
    view, path = os.path.join(folder, "view.json"), os.path.join(folder, f"{language}.pdf")
    with open(view, "w", encoding="utf-8") as file:
        json.dump({"title": "Diagram", "author": "Exempelpartiet", "sheets": [sheet]}, file)
    done = run(RENDER, os.path.join(LAYOUTS, layout), view, language, path)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return path, *map(int, done.stdout.split())


def problem(folder, layout, sheet):
    """Why it cannot be drawn, or nothing."""
    try:
        draw(folder, layout, sheet)
    except RuntimeError as error:
        return str(error) or "it was killed"
    return ""


def shrunk(text):
    return " ".join(text.split())


def text_of(path):
    return shrunk(run("pdftotext", "-layout", path, "-").stdout)


def check_sound(name, folder, layout, sheet):
    path, _, missing = draw(folder, layout, sheet)
    with open(path, "rb") as file:
        first = file.read()
    draw(folder, layout, sheet)
    with open(path, "rb") as file:
        check(file.read() == first, f"{name} is the same on the second run")
    check(missing == 0, f"{name} has a glyph for every character", missing)
    said = run("qpdf", "--check", path)
    check(said.returncode == 0, f"{name} is sound for qpdf", said.stdout + said.stderr)
    drawn = run("pdftoppm", "-r", "30", "-gray", path, os.path.join(folder, "image"))
    check(not drawn.stderr, f"{name} makes poppler say nothing", drawn.stderr)
    bad = []
    for number, words in enumerate(words_on(path), 1):
        bad += [f"page {number}: {pair}" for pair in overlaps(words)]
        bad += [f"page {number}: {word[0]} is outside" for word in words
                if word[1] < 14.5 * MM or word[3] > 195.5 * MM or core(word)[1] < 14.5 * MM or core(word)[3] > 282.5 * MM]
    check(not bad, f"{name} has no text on another, none in the margins", "\n".join(bad))
    return path


def check_gallery(name, folder, sheet):
    path = check_sound(name, folder, "gallery.json", sheet)
    text = text_of(path)
    lost = [t for t in GALLERIES[name] if shrunk(t) not in text]
    check(not lost, f"{name} shows its figures and labels", lost)


def week_labels(path):
    """The labels below the first chart, from left to right."""
    words = words_on(path)[0]
    feet = [word for word in words if word[0] == "v."]
    first = min(word[2] for word in feet)
    return [word for word in feet if abs(word[2] - first) < 3]


def check_thinning(folder, sheets):
    """First and last label stay, and between them as many as there is room for, evenly."""
    path = draw(folder, "gallery.json", sheets["400"])[0]
    labels = week_labels(path)
    steps = [b[1] - a[1] for a, b in zip(labels, labels[1:])]
    check(8 < len(labels) < 40, "of 400 weeks some have a label", len(labels))
    check(max(steps[:-1]) - min(steps[:-1]) < 5, "labels are left out evenly", steps)
    words = words_on(path)[0]
    check([w[0] for w in words if abs(w[2] - labels[0][2]) < 3][1] == "40", "the first week has a label")
    usual = draw(folder, "gallery.json", sheets["usual"])[0]
    check(len(week_labels(usual)) == 26, "26 weeks all have a label", len(week_labels(usual)))


def check_language(folder, sheet):
    text = text_of(draw(folder, "gallery.json", sheet, "en")[0])
    check("1.5" in text and "1,5" not in text and "−2.9" in text, "figures in English have a decimal point")


def check_small(folder, sheet):
    """Charts that are low or narrow say less; what they say can still be read."""
    with open(os.path.join(LAYOUTS, "gallery.json"), encoding="utf-8") as file:
        layout = json.load(file)
    common = {"type": "chart", "label": "{{label}}", "unit": "antal", "target": "target", "target_label": "mål", "after": 3}
    for wide, high in (30, 15), (40, 20), (60, 25), (180, 15):
        layout["body"] = [
            {**common, "kind": kind, "rows": "kommuner" if kind == "bars" else "weeks", "width": wide, "height": high,
             "values": ["a", "b"] if kind == "bars" else ["n", "booked"], "value_labels": kind == "bars"}
            for kind in ("columns", "lines", "bars")]
        small = os.path.join(folder, "small.json")
        with open(small, "w", encoding="utf-8") as file:
            json.dump(layout, file)
        words = words_on(draw(folder, small, sheet)[0])[0]
        bad = list(overlaps(words))
        check(not bad and len(words) > 20, f"charts of {wide} by {high} mm can be read", bad or len(words))


def check_rude_numbers(folder):
    """What no axis can hold is left out, what is no number is a gap."""
    wrong = []
    rude = [1e300, -1e300, 1e12, -1e12, 1e-300, 0, None, "7", True, [], {}, 4.9e-324, -3.25]
    for count in range(1, len(rude) + 1):
        rows = [{"label": f"r{i}", "n": value, "booked": value, "target": rude[-1 - i], "average": value, "followers": value,
                 "a": value, "b": rude[i // 2], "aim": value, "change": value, "mark": value, "now": value}
                for i, value in enumerate(rude[:count])]
        wrong.append(problem(folder, "gallery.json", {"weeks": rows, "kommuner": rows, "changes": rows, "aim_text": "mål",
                                                      "small": [{"name": "x", "series": rows, "weeks": [*rude]}]}))
    check(not any(wrong), "numbers beyond reason, and what is none, are drawn around", "\n".join(wrong))
    rows = [{"label": str(i), "n": value} for i, value in enumerate([3, 1e300, None, -2])]
    words = [w[0] for w in words_on(draw(folder, "gallery.json", {"weeks": rows})[0])[0]]
    check("−2" in words and "4" in words and not [w for w in words if len(w) > 12],
          "the axis is for the numbers that make sense", words)


def grey_at(path, folder):
    """A function: how dark the page is around a point in mm, 0 to 1."""
    image = os.path.join(folder, "grey")
    run("pdftoppm", "-r", "150", "-gray", "-singlefile", path, image)
    with open(image + ".pgm", "rb") as file:
        _, size, _, dots = file.read().split(b"\n", 3)
    wide = int(size.split()[0])

    def dark(x, y, reach=2.5):
        left, top, side = (round((v) / 25.4 * 150) for v in (x - reach, y - reach, 2 * reach))
        taken = [dots[row * wide + at] for row in range(top, top + side) for at in range(left, left + side)]
        return 1 - sum(taken) / len(taken) / 255
    return dark


def check_greys(folder):
    sheet = chart_views.squares()
    path = check_sound("areas", folder, "areas.json", sheet)
    text = text_of(path)
    told = ["under 5 %", "5–10 %", "10–15 %", "15–20 %", "20 % och mer", "uppgift saknas", "Ön", "10 km"]
    check(not [t for t in told if t not in text], "areas have legend, names and scale", text)
    words = {word[0]: word for word in words_on(path)[0] if word[2] < 150 * MM}
    dark = grey_at(path, folder)
    # Below the name: in the large map half a square is some 17 mm.
    greys = [dark((words[name][1] + words[name][3]) / 2 / MM, words[name][4] / MM + 4) for name in "ABCDE"]
    check(greys[0] < 0.01 and all(b - a > 0.12 for a, b in zip(greys, greys[1:])),
          "the five classes are five greys, darker and darker", greys)
    none = dark((words["F"][1] + words["F"][3]) / 2 / MM, words["F"][4] / MM + 4)
    check(0.03 < none < greys[1], "no data is neither white nor a class", (none, greys))
    check("ingenting" not in text, "an area without rings is nowhere")


def check_hole(folder):
    """The black square has a hole of a sixteenth: white in the middle of it."""
    rows = [{"class": 4, "label": "", "rings": [chart_views.square(13, 59, 0.4), chart_views.square(13.15, 59.15, 0.1)]}]
    path = draw(folder, "areas.json", {"areas": rows, "heading": ""})[0]
    dark = grey_at(path, folder)
    column = [dark(15 + 35, y, 1) for y in range(20, 150, 3)]
    inside = [i for i, v in enumerate(column) if v > 0.8]
    check(any(v < 0.1 for v in column[inside[0]:inside[-1]]), "a ring within a ring is a hole", column)


def check_size(folder):
    sheet = chart_views.coasts(179, 3000)
    path = draw(folder, "areas.json", sheet)[0]
    size = os.path.getsize(path)
    check(size < 300000, "half a million points make a small PDF", f"{size} bytes")
    sheet["areas"][1:] = []
    path = draw(folder, "areas.json", sheet)[0]
    content = run("qpdf", "--qdf", "--object-streams=disable", path, "-", encoding="latin-1").stdout
    points = [tuple(map(float, p)) for p in re.findall(r"^([\d.]+) ([\d.]+) l$", content, re.MULTILINE)]
    near = [1 for a, b in zip(points, points[1:]) if abs(a[0] - b[0]) < 0.15 and abs(a[1] - b[1]) < 0.15]
    check(points and not near, "no two points are nearer than can be seen", len(near))


def check_empty_areas(folder):
    for sheet in {"heading": "", "areas": []}, {"heading": "", "areas": [{"rings": [[[0, 0], [1]], 7]}, 3, None]}:
        text = text_of(draw(folder, "areas.json", sheet)[0])
        check("Inga gränser är inlästa" in text, f"no place says so: {sheet['areas']}")
    flat = [{"class": 1, "label": "a", "rings": [[[13, 59]] * 5, [[13, 59], [13, 60], [13, 61]]]}]
    said = problem(folder, "areas.json", {"heading": "", "areas": flat})
    check(not said, "areas without an extent are drawn around", said)


def main():
    sheets = dict(chart_views.galleries())
    with tempfile.TemporaryDirectory() as folder:
        for name, sheet in sheets.items():
            check_gallery(name, folder, sheet)
        check_thinning(folder, sheets)
        check_language(folder, sheets["usual"])
        check_small(folder, sheets["usual"])
        check_rude_numbers(folder)
        check_greys(folder)
        check_hole(folder)
        check_size(folder)
        check_empty_areas(folder)
    finish()


main()
