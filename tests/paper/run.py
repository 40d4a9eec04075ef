#!/usr/bin/env python3
"""Renders every view in tests/fixtures/paper with its shipped layout, prints a campaign's sheets with the
program, and looks at the PDF from outside: qpdf, poppler, zbar. Usage: run.py RENDER VALSTUGA. Prints TAP."""
import json
import os
import re
import subprocess
import sys
import tempfile

import scene

HERE = os.path.dirname(os.path.abspath(__file__))
VIEWS = os.path.join(HERE, "..", "fixtures", "paper")
RENDER = os.path.abspath(sys.argv[1])

# name: (pages, texts that must be there, table head that is on so many pages)
EXPECTED = {
    "order-sheet-one": (1, ["Karlstads kommun", "Åsgatan 4 B", "652\u00a024 Karlstad"], 1),
    "order-sheet-six": (2, ["Säffle", "Behörig beställare", "76\u00a0730 röstberättigade"], 2),
    "order-sheet-many": (12, ["Listor: 300", "Östra Ämtervik", "Årjäng"], 12),
    "order-sheet-empty": (1, ["Inga listor att beställa"], 1),
    "order-sheet-long": (1, ["Łukasz Wójcik", "Adressen är inte fullständig"], 1),
    "order-sheet-missing": (2, ["KF Östra Ämtervik 12056", "Saknas innan beställning"], 1),
    "list-proof-0": (2, ["Listan har inga kandidater"], 1),
    "list-proof-2": (2, ["Regionfullmäktige", "Österlångströmssundsvallhammarskjöldsberg"], 1),
    "list-proof-30": (4, ["Łukasz Håkansson", "Åsa Öberg", "Şahin", "Đorđe Petrović"], 2),
    "list-proof-72": (5, ["Förklaringen saknas", "Maryam Ängström"], 3),
    "list-proof-90": (5, ["18 namn får inte plats"], 3),
    "pick-list-one": (1, ["A01", "Kontrollräknat av", "Åke A., bil 1"], 1),
    "pick-list-many": (4, ["Sörgårdens förskola", "Summa per transport"], 3),
    "pick-list-sixty": (3, ["H04", "Summa för hela listan"], 3),
    "pick-list-empty": (1, ["Inget att plocka"], 0),
    "pick-list-long": (2, ["Bryt en bunt: 200 lösa", "1\u00a0234\u00a0567"], 1),
    "delivery-note-one": (1, ["F-0042", "Mottagningskvittens", "Kvitto på följesedel F-0042"], 1),
    "delivery-note-six": (1, ["4/4", "Senast 17 augusti kl.\u00a015.00", "Riv av här"], 1),
    "delivery-note-sixty": (3, ["61/61", "Avvikelser"], 2),
    "delivery-note-empty": (1, ["Leveransen innehåller inga valsedlar"], 1),
    "delivery-note-long": (2, ["KF 12345 har 2\u00a0000", "Resten följer med nästa bil"], 1),
    "box-labels-one": (1, ["Kolli 1/1", "Lämnas i receptionen, plan 2", "2,9\u00a0kg"], 0),
    "box-labels-60": (4, ["Kolli 5/5", "Medborgarkontoret"], 0),
    "box-labels-36": (1, ["Kolli 6/6"], 0),
    "box-labels-105": (1, ["Kolli 4/4"], 0),
    "box-labels-99": (1, ["Kolli 7/7"], 0),
    "box-labels-long": (1, ["Kolli 112/160", "12\u00a0345,6\u00a0kg"], 0),
    "place-sheet-one": (2, ["Åhlénsrummet", "Kvar i ställ"], 1),
    "place-sheet-usual": (2, ["Arvika Åmål-Högåsen 3", "Påfyllning 2/9", "levererad"], 1),
    "place-sheet-sixty": (5, ["17840159", "L-0101"], 2),
    "place-sheet-empty": (1, ["Inga öppettider är inlagda", "Ingen inlämningsregel"], 1),
    "place-sheet-long": (2, ["Koordinater saknas", "Ring vaktmästaren före."], 1),
    "route-sheet-one": (1, ["Förarens namnteckning", "Åke A."], 0),
    "route-sheet-six": (2, ["Bygdegården Östra Åsen", "10\u00a0km", "Depå"], 0),
    "route-sheet-sixty": (10, ["och därför inte syns: 3."], 0),
    "route-sheet-empty": (1, ["Inget journummer är inlagt", "Turen har inga stopp"], 0),
    "route-sheet-nomap": (2, ["Inget stopp har koordinater"], 0),
    "route-sheet-long": (2, ["aldrig direkt i stället", "Tanka i Edane."], 0),
    "coverage-board-one": (1, ["saknar 3\u00a0000", "Luckor"], 1),
    "coverage-board-six": (2, ["onsdag 26 augusti", "33\u00a0%"], 2),
    "coverage-board-sixty": (8, ["Mellanskolan, matsalen"], 8),
    "coverage-board-empty": (1, ["Inga platser att täcka"], 1),
    "coverage-board-long": (1, ["saknar 1\u00a0234\u00a0567"], 1),
    "jour-list-one": (1, ["0570-100\u00a020", "06.00–11.00", "hela distriktet"], 1),
    "jour-list-nine": (1, ["fredag 28 augusti", "Länsstyrelsen Värmland"], 1),
    "jour-list-sixty": (5, ["dag 20", "Łukasz W."], 5),
    "jour-list-empty": (1, ["Inga jourpass är inlagda"], 1),
    "jour-list-long": (1, ["+46\u00a070\u00a0174\u00a006\u00a005"], 1),
}
HEADS = {"order-sheet": "Förra valet", "list-proof": "Text på valsedeln", "pick-list": "Valkrets · lista",
         "delivery-note": "Beställt", "box-labels": "Valtyp", "place-sheet": "Valkrets · lista",
         "route-sheet": "Valkrets", "coverage-board": "Ansvarig", "jour-list": "Jourhavande"}
# Texts that lie on each other are a mistake, except these: what is under a watermark.
LAYERED = {"list-proof"}
MM = 72 / 25.4

count = 0
failed = 0


def check(good, name, detail=""):
    global count, failed
    count += 1
    failed += not good
    print(f"{'ok' if good else 'not ok'} {count} - {name}")
    if not good and detail:
        for line in str(detail).strip().splitlines()[:20]:
            print(f"# {line}")


def run(*words):
    return subprocess.run(words, capture_output=True, text=True, check=False)


def render(layout, view, language, path):
    done = run(RENDER, layout, view, language, path)
    if done.returncode != 0:
        return None, None, done.stderr
    pages, missing = done.stdout.split()
    return int(pages), int(missing), ""


def sheets_of(view):
    with open(view, encoding="utf-8") as file:
        return json.load(file)["sheets"]


def words_on(path):
    """For each page its words: (text, left, top, right, bottom), in points."""
    done = run("pdftotext", "-bbox", path, "-")
    pages = []
    for line in done.stdout.splitlines():
        if "<page " in line:
            pages.append([])
        found = re.search(r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)</word', line)
        if found:
            pages[-1].append((found[5], *map(float, found.groups()[:4])))
    return pages


def core(word):
    """A word's box without the room above capitals and below the line."""
    _, left, top, right, bottom = word
    high = bottom - top
    return left + 0.3, top + high * 0.28, right - 0.3, bottom - high * 0.25


def overlaps(words):
    """Pairs of words that lie on each other."""
    rows = sorted((core(word), word[0]) for word in words)
    for i, (a, name) in enumerate(rows):
        for b, other in rows[i + 1:]:
            if b[0] >= a[2]:
                break
            if a[1] < b[3] and b[1] < a[3]:
                yield f"{name} / {other}"


def check_places(name, layout, path):
    """Nothing lies on anything else, and nothing is nearer than 4 mm to the paper's edge."""
    size = run("pdfinfo", path).stdout
    width, height = map(float, re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", size).groups())
    bad = []
    for number, words in enumerate(words_on(path), 1):
        if layout not in LAYERED:
            bad += [f"page {number}: {pair}" for pair in overlaps(words)]
        bad += [f"page {number}: {word[0]} is outside" for word in words
                if word[1] < 4 * MM or word[2] < 0 or word[3] > width - 4 * MM or word[4] > height - 3 * MM]
    check(not bad, f"{name} has no text on another, none at the edge", "\n".join(bad))


def label_cells(layout, sheet):
    """(page, left, top, width, height) of every label, mm, as the format says."""
    with open(os.path.join(HERE, "..", "..", "templates", "paper", layout + ".json"), encoding="utf-8") as file:
        f = json.load(file)["labels"]["formats"][sheet["format"]]
    for i in range(len(sheet["labels"])):
        spot = sheet["start"] - 1 + i
        at = spot % (f["columns"] * f["rows"])
        yield (spot // (f["columns"] * f["rows"]), f["x0"] + sheet["adjust_x"] + at % f["columns"] * f["pitch_x"],
               f["y0"] + sheet["adjust_y"] + at // f["columns"] * f["pitch_y"], f["width"], f["height"])


def check_labels(name, layout, view, path, work):
    sheet = sheets_of(view)[0]
    pages = words_on(path)
    cells = list(label_cells(layout, sheet))
    lost = []
    for page, words in enumerate(pages):
        inside = [c for c in cells if c[0] == page]
        lost += [w[0] for w in words if not any(
            w[1] >= x * MM and core(w)[1] >= y * MM and w[3] <= (x + wide) * MM and core(w)[3] <= (y + high) * MM
            for _, x, y, wide, high in inside)]
    check(not lost, f"{name} has all text on its labels", " ".join(lost))
    silent = []
    for label, (page, x, y, wide, high) in zip(sheet["labels"], cells):
        image = os.path.join(work, "label")
        dots = [str(max(0, round(v * 150 / 25.4))) for v in (x, y, wide, high)]
        run("pdftoppm", "-r", "150", "-gray", "-singlefile", "-f", str(page + 1), "-x", dots[0], "-y", dots[1],
            "-W", dots[2], "-H", dots[3], path, image)
        found = run("zbarimg", "--nodbus", "-q", "--raw", image + ".pgm")
        if found.stdout.split() != [label["code"]]:
            silent.append(f"{label['code']}: {found.stdout.strip()}")
    check(not silent, f"{name} has a readable QR code on every label", "\n".join(silent))


def check_outside(name, path, view, work):
    done = run("qpdf", "--check", path)
    check(done.returncode == 0, f"{name} is sound for qpdf", done.stdout + done.stderr)
    fonts = run("pdffonts", path)
    rows = fonts.stdout.splitlines()[2:]
    # Columns from the right: object number (2), uni, sub, emb.
    good = rows and all(row.split()[-5:-2] == ["yes"] * 3 for row in rows)
    check(good, f"{name} has every face embedded, subset and searchable", fonts.stdout)
    info = run("pdfinfo", path)
    check("Title:" in info.stdout and "JavaScript:      no" in info.stdout,
          f"{name} has a title and no script", info.stdout)
    image = os.path.join(work, name)
    drawn = run("pdftoppm", "-r", "150", "-gray", path, image)
    check(not drawn.stderr and not fonts.stderr and not info.stderr,
          f"{name} makes poppler say nothing", drawn.stderr + fonts.stderr + info.stderr)
    if not name.startswith("box-labels"):
        check_codes(name, view, work)


def check_codes(name, view, work):
    """One on each page; on the last page of a delivery note one more, on the receipt."""
    expected = [sheet["code"] for sheet in sheets_of(view)]
    images = sorted(f for f in os.listdir(work) if re.fullmatch(re.escape(name) + r"-\d+\.pgm", f))
    read = set()
    silent = []
    for image in images:
        found = run("zbarimg", "--nodbus", "-q", "--raw", os.path.join(work, image))
        lines = found.stdout.split()
        receipt = name.startswith("delivery-note") and image == images[-1]
        if len(lines) != 1 + receipt:
            silent.append(image)
        read.update(lines)
        os.remove(os.path.join(work, image))
    check(not silent and read == set(expected),
          f"{name} has a readable QR code on every page", f"{silent} {read}")


def check_text(name, layout, path, texts, heads):
    done = run("pdftotext", "-layout", path, "-")
    text = " ".join(done.stdout.split())
    lost = [t for t in texts if " ".join(t.split()) not in text]
    check(not done.stderr and not lost, f"{name} can be searched for Swedish text", lost or done.stderr)
    on = sum(HEADS[layout] in page for page in done.stdout.split("\f"))
    check(on == heads, f"{name} has its table's head on {heads} pages", f"found on {on}")


def check_own_codes(name, view, path, work):
    """The first and last pages: all sheets look alike, and reading codes takes its time."""
    pages = int(re.search(r"Pages:\s+(\d+)", run("pdfinfo", path).stdout)[1])
    known = {sheet["code"] for sheet in sheets_of(view)}
    silent = []
    for page in sorted({1, pages}):
        image = os.path.join(work, "own")
        run("pdftoppm", "-r", "150", "-gray", "-singlefile", "-f", str(page), path, image)
        found = run("zbarimg", "--nodbus", "-q", "--raw", image + ".pgm").stdout.split()
        if not found or not known.issuperset(found):
            silent.append(f"page {page}: {found}")
    check(not silent, f"{name} has its sheet's QR code on a page", "\n".join(silent))


def check_own(valstuga, places):
    """What the program makes of a campaign with so many places."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as work:
        made = scene.Scene(valstuga, folder, places)
        for sheet in scene.SHEETS:
            name, view, path = made.print(sheet, places)
            done = run("qpdf", "--check", path)
            check(done.returncode == 0, f"{name} is sound for qpdf", done.stdout + done.stderr)
            check_places(name, sheet, path)
            with open(view, encoding="utf-8") as file:
                text = file.read() + run("pdftotext", path, "-").stdout
            told = [word for word in ("Bergqvist", "Wójcik", "070-999", "null null") if word in text]
            check(not told, f"{name} tells no surname or number of a carrier", told)
            if sheet == "box-labels":
                check_labels(name, sheet, view, path, work)
            else:
                check_own_codes(name, view, path, work)


def main():
    for places in (1, 60) if len(sys.argv) > 2 else ():
        check_own(sys.argv[2], places)
    names = sorted(EXPECTED)
    with tempfile.TemporaryDirectory() as work:
        for name in names:
            layout = name.rsplit("-", 1)[0]
            view = os.path.join(VIEWS, name + ".json")
            path, again = os.path.join(work, "a.pdf"), os.path.join(work, "b.pdf")
            pages, missing, problem = render(layout, view, "sv", path)
            check(pages is not None, f"{name} renders", problem)
            if pages is None:
                continue
            wanted, texts, heads = EXPECTED[name]
            check(pages == wanted, f"{name} has {wanted} pages", f"has {pages}")
            check(missing == 0, f"{name} has a glyph for every character", f"{missing} lack one")
            render(layout, view, "sv", again)
            with open(path, "rb") as one, open(again, "rb") as two:
                check(one.read() == two.read(), f"{name} is the same on the second run")
            check_outside(name, path, view, work)
            check_places(name, layout, path)
            if layout == "box-labels":
                check_labels(name, layout, view, path, work)
            check_text(name, layout, path, texts, heads)
            check(render(layout, view, "en", again)[0] is not None, f"{name} renders in English")
    print(f"1..{count}")
    return failed != 0


sys.exit(main())
