#!/usr/bin/env python3
"""Kills the program while it writes, and lets many write at once. Usage: kill.py VALSTUGA

After every kill -9 the file must be sound, hold as many effects as lines of history (no half
command), and hold every command that said it was done (nothing acknowledged is lost). The
seed is fixed; TORTURE_ROUNDS and TORTURE_SEED say otherwise. Prints TAP.
"""
import os
import random
import shutil
import sys
import threading
import time

import torture
from torture import ask, begin, check, new_campaign, one, run

ROUNDS = int(os.environ.get("TORTURE_ROUNDS", "500"))
WRITERS, COMMANDS = 8, 25
FIXTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "fixtures", "demo")


def make_campaign():
    new_campaign()
    for name in "Hagfors", "Torsby":
        run("list", "add", "--kind", "KF", "--kommun", name)
        run("candidate", "add", "--list", "KF " + name, "--name", name + " Första")
        run("list", "decide", "KF " + name, "--minutes", "möte")
    run("import", os.path.join(FIXTURES, "kommun_2022.csv"))
    run("order", "propose")
    for name in "Hagfors", "Torsby":
        run("list", "reopen", "KF " + name, "--reason", "fler namn")


class State:
    """What must be in the file, and in how many lines of history."""

    def __init__(self):
        self.history = one("SELECT count(*) FROM history")
        self.candidates = one("SELECT count(*) FROM candidacy")
        self.places = one("SELECT count(*) FROM place")
        self.note = one("SELECT coalesce(note, '') FROM ballot_order WHERE id = ?", ORDER)


ORDER = 0


def candidate_add(number):
    name = random.choice(("Hagfors", "Torsby"))
    return (["candidate", "add", "--list", "KF " + name, "--name", f"Person {number}",
             "--position", "1"],
            lambda before, after: after.candidates == before.candidates + 1
            and one("SELECT count(*) FROM person WHERE name = ?", f"Person {number}") == 1
            and after.note == before.note,
            lambda before, after: after.candidates == before.candidates
            and one("SELECT count(*) FROM person WHERE name = ?", f"Person {number}") == 0
            and after.note == before.note)


def order_set(number):
    return (["order", "set", str(ORDER), "--note", f"round {number}"],
            lambda before, after: after.note == f"round {number}"
            and after.candidates == before.candidates,
            lambda before, after: after.note == before.note
            and after.candidates == before.candidates)


def place_add(number):
    return (["place", "add", "--name", f"Plats {number}", "--kommun", "Hagfors", "--street",
             f"Gatan {number}"],
            lambda before, after: after.places == before.places + 1,
            lambda before, after: after.places == before.places)


def positions():
    return ask("SELECT list_id FROM candidacy GROUP BY list_id"
               " HAVING min(position) <> 1 OR max(position) <> count(*)"
               " OR count(DISTINCT position) <> count(*)")


def judge(before, done_fits, not_done_fits, acknowledged):
    sound = one("PRAGMA integrity_check")
    if sound != "ok":
        return f"integrity_check: {sound}"
    if ask("PRAGMA foreign_key_check"):
        return "foreign_key_check: a row refers to nothing"
    after = State()
    if positions():
        return "positions of a list have gaps"
    if after.history == before.history:
        if acknowledged:
            return "acknowledged and lost"
        return None if not_done_fits(before, after) else "an effect without a line of history"
    if after.history != before.history + 1:
        return f"{after.history - before.history} lines of history"
    return None if done_fits(before, after) else "a line of history without its effect"


def usual_seconds(commands):
    """How long a command takes when nobody kills it: where in it the kill may fall."""
    started = time.monotonic()
    for number, command in enumerate(commands):
        run(*command(-1 - number)[0])
    return (time.monotonic() - started) / len(commands)


def kill_rounds():
    global ORDER
    make_campaign()
    ORDER = one("SELECT min(id) FROM ballot_order")
    commands = (candidate_add, order_set, place_add)
    usual = usual_seconds(commands)
    wrong, tally = [], {"killed": 0, "killed, done": 0, "ended": 0}
    for number in range(ROUNDS):
        before = State()
        words, done_fits, not_done_fits = random.choice(commands)(number)
        process = begin(*words)
        time.sleep(random.uniform(0, 1.3) * usual)
        process.kill()
        _, err = process.communicate()
        acknowledged = process.returncode == 0
        if process.returncode not in (0, -9):
            wrong.append(f"round {number}: {' '.join(words)}: {err.strip()}")
        problem = judge(before, done_fits, not_done_fits, acknowledged)
        if problem:
            wrong.append(f"round {number}: {' '.join(words)}: {problem}")
        done = one("SELECT count(*) FROM history") > before.history
        tally["ended" if acknowledged else "killed, done" if done else "killed"] += 1
    check(wrong, f"{ROUNDS} kills leave no half command and lose none")
    print("# " + ", ".join(f"{what} {n}" for what, n in tally.items()))
    # A kill that always comes too early or too late shows nothing.
    check([] if tally["killed"] >= ROUNDS / 10 and tally["ended"] + tally["killed, done"] > 0
          else [str(tally)], "kills fell before and after the commit")
    check([] if run("candidate", "add", "--list", "KF Hagfors", "--name", "Sist Kommen")
          else ["no answer"], "the file can be worked on afterwards")


def kill_imports():
    """A long transaction: all of a file or nothing of it."""
    wrong, seen = [], set()
    rounds = max(8, ROUNDS // 10)
    make_campaign()
    shutil.copy("t.valstuga", "copy")
    run("import", os.path.join(FIXTURES, "vallokaler-2026.csv"))
    whole = one("SELECT count(*) FROM place")
    shutil.copy("copy", "t.valstuga")
    started = time.monotonic()
    run("import", os.path.join(FIXTURES, "vallokaler-2026.csv"))
    usual = time.monotonic() - started
    for number in range(rounds):
        if os.path.exists("t.valstuga-journal"):
            os.remove("t.valstuga-journal")
        shutil.copy("copy", "t.valstuga")
        process = begin("import", os.path.join(FIXTURES, "vallokaler-2026.csv"))
        time.sleep(random.uniform(0, 1.2) * usual)
        process.kill()
        process.communicate()
        places, sound = one("SELECT count(*) FROM place"), one("PRAGMA integrity_check")
        lines = one("SELECT count(*) FROM history WHERE command = 'import'")
        seen.add(places)
        if sound != "ok" or (places, lines) not in ((0, 1), (whole, 2)):
            wrong.append(f"round {number}: {places} places, {lines} imports, {sound}")
        if process.returncode == 0 and places != whole:
            wrong.append(f"round {number}: acknowledged and lost")
    check(wrong, f"{rounds} killed imports take all of a file or nothing")


def writer(who, done, refused):
    for number in range(COMMANDS):
        name = f"Writer {who} no. {number}"
        process = begin("association", "add", "--name", name)
        _, err = process.communicate()
        if process.returncode == 0:
            done.append(name)
        else:
            refused.append((name, err.strip()))


def many_writers():
    make_campaign()
    lines = one("SELECT count(*) FROM history")
    done, refused = [], []
    threads = [threading.Thread(target=writer, args=(who, done, refused))
               for who in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    names = [row[0] for row in ask("SELECT name FROM association")]
    print(f"# {len(done)} done, {len(refused)} refused")
    check(sorted(set(done) - set(names)), f"{WRITERS} writers lose nothing that was acknowledged")
    check(sorted(set(names) - set(done)), "nothing is there that was refused")
    check([f"{name}: {err}" for name, err in refused
           if "another program is writing" not in err], "a refusal says that another is writing")
    check([] if len(done) >= WRITERS * COMMANDS * 0.9
          else [f"{len(refused)} of {WRITERS * COMMANDS} refused"], "nearly all get their turn")
    check([] if len(names) == len(set(names)) == one("SELECT count(*) FROM history") - lines
          else ["lines of history and associations differ"], "one line of history each")
    check([] if one("PRAGMA integrity_check") == "ok" else ["damaged"], "the file is sound")


sys.exit(torture.torture(kill_rounds, kill_imports, many_writers))
