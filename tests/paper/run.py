#!/usr/bin/env python3
"""Renders every view in tests/fixtures/paper with its shipped layout and looks at the PDF from
outside: qpdf, poppler, zbar. Usage: run.py RENDER. Prints TAP."""
import json
import os
import re
import subprocess
import sys
import tempfile

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
}
HEADS = {"order-sheet": "Förra valet", "list-proof": "Text på valsedeln"}

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


def codes_of(view):
    with open(view, encoding="utf-8") as file:
        return [sheet["code"] for sheet in json.load(file)["sheets"]]


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
    check_codes(name, view, work)


def check_codes(name, view, work):
    images = sorted(f for f in os.listdir(work) if re.fullmatch(re.escape(name) + r"-\d+\.pgm", f))
    read = set()
    silent = []
    for image in images:
        found = run("zbarimg", "--nodbus", "-q", "--raw", os.path.join(work, image))
        lines = found.stdout.split()
        if len(lines) != 1:
            silent.append(image)
        read.update(lines)
        os.remove(os.path.join(work, image))
    check(not silent and read == set(codes_of(view)),
          f"{name} has a readable QR code on every page", f"{silent} {read}")


def check_text(name, layout, path, texts, heads):
    done = run("pdftotext", "-layout", path, "-")
    text = " ".join(done.stdout.split())
    lost = [t for t in texts if " ".join(t.split()) not in text]
    check(not done.stderr and not lost, f"{name} can be searched for Swedish text", lost or done.stderr)
    on = sum(HEADS[layout] in page for page in done.stdout.split("\f"))
    check(on == heads, f"{name} has its table's head on {heads} pages", f"found on {on}")


def main():
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
            check_text(name, layout, path, texts, heads)
            check(render(layout, view, "en", again)[0] is not None, f"{name} renders in English")
    print(f"1..{count}")
    return failed != 0


sys.exit(main())
