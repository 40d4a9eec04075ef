"""What the tests of the exchange room share: running the outlet, and TAP."""
import json
import os
import subprocess
import sys

OUTLET = os.path.abspath(sys.argv[1])
VALSTUGA = os.path.abspath(sys.argv[2])

_count = 0
_failed = 0


class Refused(Exception):
    """The outlet said no; its text begins with the number of the error's code."""


def run(*words, view=None, env=None):
    """(exit status, standard output, standard error) in bytes, bytes and text."""
    done = subprocess.run([OUTLET, *words], input=json.dumps(view).encode(), capture_output=True,
                          check=False, timeout=120, env={**os.environ, **(env or {})})
    return done.returncode, done.stdout, done.stderr.decode()


def make(*words, view, env=None):
    status, out, said = run(*words, view=view, env=env)
    if status:
        raise Refused(said.strip())
    return out


def refusal(*words, view, env=None):
    """What is said; "" when it was not refused."""
    status, _, said = run(*words, view=view, env=env)
    return said.strip() if status == 1 else ""


def valstuga(*words, cwd, lang="en"):
    return subprocess.run([VALSTUGA, "--lang", lang, *words], cwd=cwd, capture_output=True, check=False,
                          timeout=120, env={**os.environ, "VALSTUGA_NOW": "2026-04-17T10:00",
                                            "VALSTUGA_USER": "test"})


def check(name, good, *more):
    global _count, _failed
    _count += 1
    _failed += not good
    print(f"{'ok' if good else 'not ok'} {_count} - {name}")
    for line in () if good else more:
        for text in str(line).splitlines() or [""]:
            print(f"# {text}")
    sys.stdout.flush()


def tests(*functions):
    """Each is a test named for what it shows; it fails by assert."""
    for function in functions:
        name = function.__name__.replace("_", " ")
        try:
            function()
            check(name, True)
        except Exception as error:  # a test that breaks has failed, the others go on
            import traceback
            check(name, False, repr(error)[:2000], traceback.format_exc())
    print(f"1..{_count}")
    sys.exit(_failed != 0)
