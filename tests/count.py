#!/usr/bin/env python3
"""Counts the test cases in a test log of meson: count.py TITLE TALLY LOG.json

Prints a line, and what failed; adds "passed failed skipped" to the file TALLY. A program that
died counts as one failed case, beside those that it had told of. Exit 1 when there is no log.
"""
import json
import re
import sys

TITLE, TALLY, LOG = sys.argv[1:]
GOOD = {"OK", "EXPECTEDFAIL", "SKIP"}


def cases(test):
    """(name, passed) of every TAP line; passed is None for a skipped one."""
    for line in (test.get("stdout") or "").splitlines():
        found = re.match(r"(not )?ok\b\s*\d*\s*(?:- )?(.*)", line)
        if found:
            name, _, directive = found[2].partition(" #")
            skipped = directive.strip().upper().startswith("SKIP")
            yield name, None if skipped else not found[1]
        elif re.match(r"1\.\.0\b", line):
            yield "everything", None


def main():
    passed = failed = skipped = 0
    wrong = []
    try:
        with open(LOG, encoding="utf-8") as file:
            tests = [json.loads(line) for line in file]
    except OSError:
        tests = []
    for test in tests:
        found = list(cases(test))
        bad = [name for name, good in found if good is False]
        passed += sum(good is True for _, good in found)
        skipped += sum(good is None for _, good in found)
        if test["result"] not in GOOD and not bad:
            bad = [f"{test['result'].lower()}, exit status {test.get('returncode')}"]
        if not found and not bad:
            bad = ["told of no test case"]
        failed += len(bad)
        if bad:
            wrong.append((test, bad))
    print(f"{TITLE}: {passed} passed, {failed} failed, {skipped} skipped")
    for test, bad in wrong:
        for name in bad:
            print(f"  FAILED {test['name']}: {name}")
        tail = (test.get("stdout") or "") + (test.get("stderr") or "")
        told = [line for line in tail.splitlines() if not re.match(r"ok\b|1\.\.", line)]
        for line in told[:60]:
            print(f"    {line}")
    if not tests:
        print("  no test was run")
        failed += 1
    with open(TALLY, "a", encoding="utf-8") as out:
        print(passed, failed, skipped, file=out)
    return not tests


sys.exit(main())
