#!/usr/bin/env python3
"""C files look as clang-format 14 would write them. `format.py --fix` writes them so."""
import re
import shutil
import sys

import tap


def folders():
    yield from ("include", "core", "tools", "tests")


def looks_wrong(path):
    done = tap.run("clang-format", "--dry-run", "-Werror", path)
    first = re.search(r":(\d+):\d+: error", done.stderr)
    return f"{path}:{first[1] if first else ''}: run tests/lint/format.py --fix" \
        if done.returncode else None


def main():
    version = tap.run("clang-format", "--version").stdout if shutil.which("clang-format") else ""
    if "--fix" in sys.argv:
        sys.exit(tap.run("clang-format", "-i", *tap.files(*folders())).returncode)
    for folder in folders():
        name = f"C files in {folder} are formatted"
        # Other versions break lines elsewhere.
        if " 14." in version:
            tap.check([line for line in map(looks_wrong, tap.files(folder)) if line], name)
        else:
            tap.skip(name, "clang-format 14 is not installed")
    tap.done()


main()
