#!/usr/bin/env python3
"""libvalstuga.so shows the public functions and nothing else."""
import os
import re

import tap

LIBRARY = os.path.join(tap.BUILD, "core", "libvalstuga.so")


def exported():
    done = tap.run("nm", "-D", "--defined-only", "--format=posix", LIBRARY)
    return {line.split()[0].split("@")[0] for line in done.stdout.splitlines()}


def declared():
    """Names in `VS_API ... name(` and `VS_API extern ... name;`."""
    names = set()
    for path in tap.files("include/valstuga"):
        text = re.sub(r"/\*.*?\*/", " ", tap.read(path), flags=re.S)
        text = re.sub(r"^\s*#(?:.*\\\n)*.*$", "", text, flags=re.M)
        for declaration in re.findall(r"\bVS_API\b([^;{]*)", text):
            declaration = re.sub(r"\bVS_PRINTF\s*\([^)]*\)|__attribute__.*", "", declaration)
            function = re.search(r"(\w+)\s*\(", declaration)
            names.add(function[1] if function else re.findall(r"\w+", declaration)[-1])
    return names


def main():
    if not os.path.exists(LIBRARY):
        tap.skip("exported symbols", f"{LIBRARY} is not built")
        tap.done()
    shown, public = exported(), declared()
    tap.check([] if len(shown) > 50 else [f"only {len(shown)} symbols: is nm looking at it?"],
              "the library has symbols")
    tap.check(sorted(name for name in shown if not name.startswith("vs_")),
              "every exported symbol begins with vs_")
    tap.check(sorted(shown - public), "every exported symbol is declared in a public header")
    tap.check(sorted(public - shown), "every declared function is in the library")
    tap.done()


main()
