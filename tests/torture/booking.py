#!/usr/bin/env python3
"""Many book the last places at once, and are killed meanwhile. Usage: booking.py VALSTUGA

Of 50 processes that book the last 3 places exactly 3 get one, the others are told that it is
full; the same when each wants one person on two shifts at once. A killed booking is there whole,
with its event and its line of history, or not at all. The seed is fixed; TORTURE_ROUNDS and
TORTURE_SEED say otherwise. Prints TAP.
"""
import os
import random
import sqlite3
import sys
import time

import torture
from torture import ask, begin, check, new_campaign, one, run

ROUNDS = int(os.environ.get("TORTURE_ROUNDS", "3"))
KILLS = 25 * ROUNDS
PROCESSES, PLACES = 50, 3
torture.NOW = "2026-08-10T10:00"

HOLDS = "state IN ('signed_up', 'booked', 'attended', 'no_show')"


def write(sql, *values):
    """What no command does: many people at once, a race's traces away."""
    db = sqlite3.connect("t.valstuga", timeout=30)
    db.execute("PRAGMA foreign_keys = ON")
    with db:
        db.execute(sql, values)
    db.close()


def make_campaign():
    new_campaign()
    run("person", "add", "--name", "Person 1", "--keep-until", "2026-12-31")
    write("INSERT INTO person (name, keep_until) WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL"
          f" SELECT i + 1 FROM n WHERE i < {PROCESSES}) SELECT 'Person ' || i, '2026-12-31' FROM n")
    run("activity", "add", "--kind", "mote", "--title", "Mötet", "--kommun", "Kil",
        "--venue", "Folkets hus", "--starts", "2026-08-22 10.00", "--ends", "12.00")


def add_shift(roles):
    run("shift", "add", "--activity", "1", "--roles", roles)
    return one("SELECT max(id) FROM shift")


def faults():
    """What must never be in the file."""
    for role, most, held in ask(
            f"SELECT r.id, r.most, count(b.id) FROM shift_role r LEFT JOIN booking b"
            f" ON b.role_id = r.id AND b.{HOLDS} GROUP BY r.id"):
        if held > most:
            yield f"role {role}: {held} of {most}"
    for person, count in ask(
            f"SELECT a.person_id, count(*) FROM booking a JOIN booking b ON b.person_id ="
            f" a.person_id AND b.id > a.id JOIN shift s ON s.id = a.shift_id JOIN shift t"
            f" ON t.id = b.shift_id WHERE a.{HOLDS} AND b.{HOLDS} AND s.starts_at < t.ends_at"
            f" AND t.starts_at < s.ends_at GROUP BY a.person_id"):
        yield f"person {person} is at {count + 1} places at once"
    for (booking,) in ask(
            "SELECT b.id FROM booking b WHERE b.state IS NOT (SELECT e.state FROM booking_event e"
            " WHERE e.booking_id = b.id ORDER BY e.id DESC LIMIT 1)"):
        yield f"booking {booking}: its last event says something else"
    events, lines = ask("SELECT (SELECT count(*) FROM booking_event WHERE reason IS NOT"
                        " 'a seat is free'), (SELECT count(*) FROM history"
                        " WHERE command LIKE 'booking %')")[0]
    if events != lines:
        yield f"{events} events, {lines} lines of history"
    if ask("PRAGMA integrity_check") != [("ok",)] or ask("PRAGMA foreign_key_check"):
        yield "the file is damaged"


def all_at_once(commands):
    processes = [begin(*words) for words in commands]
    return [(process.communicate()[1].strip(), process.returncode) for process in processes]


def until_free(commands):
    """All at once; who was told to try again does, as a person would."""
    todo, answers = list(commands), []
    while todo:
        found = all_at_once(todo)
        busy = [words for words, (err, _) in zip(todo, found) if "another program" in err]
        answers += [answer for answer in found if "another program" not in answer[0]]
        todo = busy
    return answers


def last_places():
    wrong = []
    for number in range(ROUNDS):
        shift = add_shift("värd:3")
        answers = until_free([("booking", "add", str(shift), str(person), "--override", "race")
                              for person in range(1, PROCESSES + 1)])
        done = [err for err, code in answers if code == 0]
        told = [err for err, code in answers if code == 1 and "is full: 3 of 3 places" in err]
        rows = one(f"SELECT count(*) FROM booking WHERE shift_id = ? AND {HOLDS}", shift)
        if (len(done), len(told), rows) != (PLACES, PROCESSES - PLACES, PLACES):
            wrong.append(f"round {number}: {len(done)} got one, {len(told)} were told, {rows}"
                         f" rows; {[err for err, code in answers if code != 0][:3]}")
        wrong += list(faults())
        write("DELETE FROM history WHERE command LIKE 'booking %'")
        write("DELETE FROM shift WHERE id = ?", shift)
    check(wrong, f"of {PROCESSES} who book the last {PLACES} places, {PLACES}"
          " get one and the others are told")


def waiting():
    wrong = []
    shift = add_shift("värd:3")
    answers = until_free([("booking", "add", str(shift), str(person), "--wait")
                          for person in range(1, 21)])
    states = dict(ask("SELECT state, count(*) FROM booking WHERE shift_id = ? GROUP BY state",
                      shift))
    if any(code for _, code in answers) or states != {"booked": 3, "waiting": 17}:
        wrong.append(f"{states}: {[err for err, code in answers if code][:3]}")
    booked = [row[0] for row in ask("SELECT id FROM booking WHERE shift_id = ? AND state ="
                                    " 'booked'", shift)]
    first = {row[0] for row in ask("SELECT id FROM booking WHERE shift_id = ? AND state ="
                                   " 'waiting' ORDER BY id LIMIT 3", shift)}
    until_free([("booking", "cancel", str(booking), "--by", "person") for booking in booked])
    offered = {row[0] for row in ask("SELECT id FROM booking WHERE shift_id = ? AND state ="
                                     " 'offered'", shift)}
    if offered != first:
        wrong.append(f"offered to {offered}, not {first}")
    check(wrong + list(faults()), "those who wait longest are asked when several cancel at once")


def one_person():
    wrong = []
    shifts = [add_shift("värd:9") for _ in range(8)]
    answers = until_free([("booking", "add", str(shift), "50") for shift in shifts])
    done = sum(code == 0 for _, code in answers)
    told = sum("Person 50 is on shift" in err for err, _ in answers)
    if (done, told) != (1, 7):
        wrong.append(f"{done} done, {told} told: {answers}")
    check(wrong + list(faults()), "one person who is booked on 8 shifts at once gets one")


def kill_bookings():
    shift = add_shift("värd:5")
    wrong, tally = [], {"done": 0, "refused": 0, "killed": 0, "killed, done": 0}
    started = time.monotonic()
    run("shift", "set", str(shift), "--note", "how long a change takes")
    usual = time.monotonic() - started
    for number in range(KILLS):
        person = str(random.randint(21, 40))
        own = ask("SELECT id, state FROM booking WHERE shift_id = ? AND person_id = ?", shift,
                  person)
        if own and own[0][1] != "cancelled":
            words = ("booking", random.choice(["cancel", "attend", "confirm"]), str(own[0][0]))
        else:
            words = ("booking", "add", str(shift), person, "--wait")
        lines = one("SELECT count(*) FROM history")
        process = begin(*words)
        time.sleep(random.uniform(0, 2.5) * usual)
        process.kill()
        _, err = process.communicate()
        done = one("SELECT count(*) FROM history") == lines + 1
        if process.returncode not in (0, 1, -9):
            wrong.append(f"{words}: {err.strip()}")
        tally["refused" if process.returncode == 1 else "done" if process.returncode == 0
              else "killed, done" if done else "killed"] += 1
        wrong += list(faults())
    print("# " + ", ".join(f"{what} {n}" for what, n in tally.items()))
    check(wrong, f"{KILLS} killed bookings leave no half one")
    check([] if tally["killed"] and tally["done"] + tally["killed, done"] else [str(tally)],
          "kills fell before and after the commit")


sys.exit(torture.torture(make_campaign, last_places, waiting, one_person, kill_bookings))
