"""What the torture tests share: the program under test in the folder of the moment, its file
t.valstuga seen by SQLite, TAP. A test sets NOW, the program's clock, before it begins."""
import os
import random
import sqlite3
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1])
SEED = int(os.environ.get("TORTURE_SEED", "20260913"))
NOW = "2026-04-17T10:00"

count = 0
failed = 0


def check(found, name):
    global count, failed
    count += 1
    failed += bool(found)
    print(f"{'not ok' if found else 'ok'} {count} - {name}")
    for line in found[:20]:
        print(f"# {line}")
    sys.stdout.flush()


def begin(*words, user="torture"):
    env = dict(os.environ, VALSTUGA_NOW=NOW, VALSTUGA_USER=user, VALSTUGA_LANG="en",
               VALSTUGA_CAMPAIGN="t.valstuga")
    return subprocess.Popen([PROGRAM, *words], env=env, stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def run(*words):
    process = begin(*words)
    out, err = process.communicate()
    if process.returncode != 0:
        sys.exit(f"{' '.join(words)}: {err}")
    return out


def ask(sql, *values):
    """Opened for writing: what was killed may have left a journal to roll back."""
    db = sqlite3.connect("t.valstuga", timeout=30)
    try:
        return db.execute(sql, values).fetchall()
    finally:
        db.close()


def one(sql, *values):
    return ask(sql, *values)[0][0]


def new_campaign():
    for name in os.listdir("."):
        os.remove(name)
    run("new", "t.valstuga", "--party", "9901", "--party-name", "Exempelpartiet", "--district",
        "Värmland", "--lan", "17", "--election", "2026-09-13")


def torture(*parts):
    """Runs the parts in a folder of their own; the exit status."""
    random.seed(SEED)
    with tempfile.TemporaryDirectory(prefix="valstuga-torture-") as folder:
        os.chdir(folder)
        for part in parts:
            part()
        os.chdir("/")
    print(f"1..{count}")
    return failed != 0
