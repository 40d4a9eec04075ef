"""What the lint scripts share: where the project is, and TAP."""
import os
import subprocess
import sys

ROOT = os.path.realpath(os.environ.get("VALSTUGA_SOURCE")
                        or os.path.join(os.path.dirname(__file__), "..", ".."))
BUILD = os.path.realpath(os.environ.get("VALSTUGA_BUILD") or os.path.join(ROOT, "build"))

_count = 0
_failed = 0


def check(found, name):
    """One test: `found` is the list of what is wrong, a line each."""
    global _count, _failed
    _count += 1
    _failed += bool(found)
    print(f"{'not ok' if found else 'ok'} {_count} - {name}")
    for line in found:
        print(f"# {line}")


def skip(name, reason):
    global _count
    _count += 1
    print(f"ok {_count} - {name} # SKIP {reason}")


def done():
    print(f"1..{_count}")
    sys.exit(_failed != 0)


def files(*folders, endings=(".c", ".h")):
    """Paths from the project's root, sorted; build folders are not looked into."""
    for folder in folders:
        for at, inside, names in os.walk(os.path.join(ROOT, folder)):
            inside.sort()
            for name in sorted(names):
                if name.endswith(endings):
                    yield os.path.relpath(os.path.join(at, name), ROOT)


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def run(*words, **options):
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, **options)
