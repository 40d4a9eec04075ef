"""What the tests of the paper share: TAP, poppler's view of a PDF."""
import re
import subprocess
import sys

MM = 72 / 25.4

_count = 0
_failed = 0


def check(good, name, detail=""):
    global _count, _failed
    _count += 1
    _failed += not good
    print(f"{'ok' if good else 'not ok'} {_count} - {name}")
    if not good and detail:
        for line in str(detail).strip().splitlines()[:20]:
            print(f"# {line}")


def finish():
    print(f"1..{_count}")
    sys.exit(_failed != 0)


def run(*words, encoding="utf-8"):
    return subprocess.run(words, capture_output=True, encoding=encoding, check=False)


def words_on(path):
    """For each page its words: (text, left, top, right, bottom), in points."""
    pages = []
    for line in run("pdftotext", "-bbox", path, "-").stdout.splitlines():
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
