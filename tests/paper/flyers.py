#!/usr/bin/env python3
"""Flyers for all kommuner as the program itself makes them: every code is read back from the page, in every
way that people may answer. Usage: flyers.py VALSTUGA. Prints TAP."""
import json
import os
import re
import subprocess
import sys
import tempfile

VALSTUGA = os.path.abspath(sys.argv[1])
WAYS = {
    "server": (["--signup-url", "https://exempelparti.se/v/"], r"HTTPS://EXEMPELPARTI\.SE/V/(\w{11})"),
    "sms": (["--signup-phone", "070-174 06 05"], r"SMSTO:\+46701740605:PASS (\w{4}-\w{4}-\w{3})"),
    "mail": (["--signup-email", "anmalan@varmland.exempelparti.se"],
             r"mailto:anmalan@varmland\.exempelparti\.se\?subject=PASS%20(\w{4}-\w{4}-\w{3})"),
    "slip": ([], r"(\w{11})"),
}
# How they are printed, and how many stand on a page.
PAPERS = [(["--size", "A6"], 4), (["--size", "A5", "--slip"], 2), (["--size", "A6", "--bleed"], 1), (["--size", "A4"], 1)]

count = 0
failed = 0


def check(good, name, detail=""):
    global count, failed
    count += 1
    failed += not good
    print(f"{'ok' if good else 'not ok'} {count} - {name}")
    if not good:
        print("\n".join("# " + line for line in str(detail).splitlines()))


def do(folder, *words):
    environment = dict(os.environ, VALSTUGA_NOW="2026-08-20 12:00", VALSTUGA_USER="test", VALSTUGA_LANG="sv",
                       VALSTUGA_RANDOM="flyers", LC_ALL="C.UTF-8")
    done = subprocess.run([VALSTUGA, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)}: {done.stderr}")
    return done.stdout


def make(folder):
    do(folder, "new", "c.valstuga", "--party", "0005", "--district", "Värmland", "--lan", "17",
       "--election", "2026-09-13")
    do(folder, "campaign", "set", "--colour", "#B3001B", "--sender",
       "Exempelpartiet Värmland, Tingvallagatan 17, Karlstad, info@exempelparti.se")
    do(folder, "flyer", "add-all", "kommuner", "--text", "forening", "--pieces", "200")
    return {row["code"]: row["target"] for row in json.loads(do(folder, "flyer", "list", "--json"))}


def read_back(folder, pdf):
    """What zbarimg reads at 150 dpi, page by page."""
    image = os.path.join(folder, "page")
    subprocess.run(["pdftoppm", "-r", "150", "-gray", os.path.join(folder, pdf), image], check=True)
    pages = sorted(name for name in os.listdir(folder) if re.fullmatch(r"page-\d+\.pgm", name))
    for name in pages:
        path = os.path.join(folder, name)
        done = subprocess.run(["zbarimg", "--nodbus", "-q", "--raw", path], capture_output=True, text=True, check=False)
        os.remove(path)
        yield done.stdout.splitlines()


def check_codes(folder, way, options, copies, codes):
    name = f"{way}, {' '.join(options)}"
    do(folder, "print", "flyer", *options, "-o", "flyers.pdf")
    found, wrong = set(), []
    for lines in read_back(folder, "flyers.pdf"):
        match = re.fullmatch(WAYS[way][1], lines[0]) if lines else None
        if not match or lines != [lines[0]] * copies:
            wrong.append(str(lines))
            continue
        plain = match[1].replace("-", "")
        found.add(f"{plain[:4]}-{plain[4:8]}-{plain[8:]}")
    check(not wrong and found == set(codes), f"{len(codes)} codes are read back: {name}",
          "\n".join(wrong) or set(codes) ^ found)


def check_finds(folder, codes):
    """What was scanned leads to its batch, when somebody signs up by it."""
    codes = sorted(codes)
    for i, code in enumerate(codes):
        do(folder, "signup", "add", "--flyer", f"HTTPS://EXEMPELPARTI.SE/V/{code.replace('-', '')}",
           "--name", f"Person {i}", "--phone", f"070-174 06 {i:02}", "--source", "paper")
    rows = json.loads(do(folder, "flyer", "list", "--json"))
    check([row["signups"] for row in rows] == [1] * len(codes), "each batch counts who came by it", rows)


def check_texts(folder, codes):
    """Each page names its kommun and has its own code in letters."""
    text = subprocess.run(["pdftotext", "-layout", os.path.join(folder, "flyers.pdf"), "-"], capture_output=True,
                          text=True, check=True).stdout.split("\f")[:-1]
    wrong = [f"{code}: {kommun}" for code, kommun in codes.items()
             if not any(code in page and kommun in page for page in text)]
    check(len(text) == len(codes) and not wrong, "each flyer names its kommun beside its code", "\n".join(wrong))


def main():
    with tempfile.TemporaryDirectory() as folder:
        codes = make(folder)
        check(len(codes) == 16, "16 kommuner have 16 codes", codes)
        for way, (settings, _) in WAYS.items():
            do(folder, "campaign", "set", *settings, "--signup-way", way)
            for options, copies in PAPERS if way in ("server", "mail") else PAPERS[:2]:
                check_codes(folder, way, options, copies, codes)
        check_texts(folder, codes)
        check_finds(folder, codes)
    print(f"1..{count}")
    sys.exit(failed > 0)


main()
