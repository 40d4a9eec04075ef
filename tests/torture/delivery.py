#!/usr/bin/env python3
"""Kills the program while deliveries are packed, sent and received, and lets two organisers
enter the same receipts at once. Usage: delivery.py VALSTUGA

After every kill -9 the balances, done anew from the deliveries' states, are those of the file to
the piece; a command that said it was done is done; a half one is nowhere. Whoever enters a
receipt, however often, it counts once. The seed is fixed; TORTURE_ROUNDS and TORTURE_SEED say
otherwise. Prints TAP.
"""
import os
import random
import sys
import threading
import time

import torture
from torture import SEED, ask, begin, check, new_campaign, one, run

ROUNDS = int(os.environ.get("TORTURE_ROUNDS", "160"))
BOTH = 20  # deliveries that two organisers receipt at once
PLACES = [f"Plats {number}, Kil" for number in range(3)]
ITEM = "Flygblad"
torture.NOW = "2026-08-28T10:00"


def make_campaign():
    new_campaign()
    for number in range(len(PLACES)):
        run("place", "add", "--name", f"Plats {number}", "--kommun", "Kil", "--street",
            f"Gatan {number}")
    run("item", "add", "--kind", "material", "--material", ITEM, "--unit-mg", "3000")
    run("stock", "receive", "--item", ITEM, "--pieces", "100000")
    for name in "Anna Ek", "Bo Alm":
        run("carrier", "add", "--person", name)


def add_deliveries(number):
    for _ in range(number):
        carrier = random.choice(([], ["--carrier", "Anna Ek"], ["--carrier", "Bo Alm"]))
        run("deliver", "add", "--date", "2026-08-28", "--from", "Distriktslagret", "--to",
            random.choice(PLACES), "--lines", f"{ITEM}={random.randint(1, 400)}", *carrier)


class State:
    """What the file holds: of each delivery, and how many lines of history."""

    def __init__(self):
        self.history = one("SELECT count(*) FROM history")
        self.received = one("SELECT coalesce(sum(pieces), 0) FROM movement WHERE kind = 'print'")
        self.deliveries = {row[0]: row[1:] for row in ask(
            "SELECT d.id, d.status, l.pieces, l.counted FROM delivery d"
            " JOIN delivery_line l ON l.delivery_id = d.id")}


def expected_balances():
    """{location: pieces} by the states of the deliveries alone."""
    depot = one("SELECT id FROM location WHERE name = 'Distriktslagret'")
    sums = {depot: one("SELECT coalesce(sum(pieces), 0) FROM movement WHERE kind = 'print'")}

    def move(spot, pieces):
        sums[spot] = sums.get(spot, 0) + pieces

    for status, start, end, car, pieces, counted in ask(
            "SELECT d.status, d.from_id, d.to_id, c.id, l.pieces, l.counted FROM delivery d"
            " JOIN delivery_line l ON l.delivery_id = d.id"
            " LEFT JOIN location c ON c.carrier_id = d.carrier_id"):
        if status == "underway" and car:
            move(start, -pieces)
            move(car, pieces)
        if status == "delivered":
            given = min(pieces, counted)
            move(start, -(pieces if car else given))
            if car:
                move(car, pieces - given)
            move(end, counted)
    return {spot: pieces for spot, pieces in sums.items() if pieces}


def faults():
    expected = expected_balances()
    kept = dict(ask("SELECT location_id, pieces FROM balance WHERE pieces <> 0"))
    for spot in set(expected) | set(kept):
        if expected.get(spot, 0) != kept.get(spot, 0):
            yield f"location {spot}: {kept.get(spot, 0)} pieces, not {expected.get(spot, 0)}"
    for number, *_ in ask("SELECT id FROM delivery d WHERE status <> (SELECT status FROM"
                          " delivery_event v WHERE v.delivery_id = d.id"
                          " ORDER BY v.id DESC LIMIT 1)"):
        yield f"delivery {number}: its last event is another state"
    if one("PRAGMA integrity_check") != "ok":
        yield "the file is damaged"
    if ask("PRAGMA foreign_key_check"):
        yield "a row refers to nothing"


# Killed ----------------------------------------------------------------------------------


def some_command(state):
    """Words, and how the state looks when they are done: (delivery, status, counted)."""
    by_status = {}
    for number, (status, *_) in state.deliveries.items():
        by_status.setdefault(status, []).append(number)
    alive = [n for s in ("planned", "packed", "underway") for n in by_status.get(s, [])]
    what = random.random()
    if what < 0.15 or not alive:
        return ["stock", "receive", "--item", ITEM, "--pieces", "100"], None
    if what < 0.4 and by_status.get("planned"):
        number = random.choice(by_status["planned"])
        return ["deliver", "pack", str(number)], (number, "packed", None)
    waiting = by_status.get("planned", []) + by_status.get("packed", [])
    if what < 0.6 and waiting:
        number = random.choice(waiting)
        return ["deliver", "depart", str(number)], (number, "underway", None)
    number = random.choice(alive)
    if what < 0.7:
        return (["deliver", "fail", str(number), "--reason", "stängt"],
                (number, "failed", None))
    counted = max(0, state.deliveries[number][1] + random.choice((0, 0, -7, 5)))
    return (["deliver", "receipt", str(number), "--counted", f"{ITEM}={counted}"],
            (number, "delivered", counted))


def judge(before, after, aim, acknowledged):
    done = after.history == before.history + 1
    if not done and after.history != before.history:
        return f"{after.history - before.history} lines of history"
    if acknowledged and not done:
        return "acknowledged and lost"
    changed = {n for n in after.deliveries if after.deliveries[n] != before.deliveries.get(n)}
    if not done:
        if changed or after.received != before.received:
            return "an effect without a line of history"
        return None
    if aim is None:
        return None if after.received == before.received + 100 else "nothing was received"
    number, status, counted = aim
    if changed != {number} or after.deliveries[number][0] != status:
        return f"delivery {number} is not {status}"
    return None if after.deliveries[number][2] == counted else "another count"


def kill_rounds():
    make_campaign()
    add_deliveries(12)
    started = time.monotonic()
    for _ in range(5):
        run("stock", "receive", "--item", ITEM, "--pieces", "1")
    usual = (time.monotonic() - started) / 5
    wrong, tally = [], {"killed": 0, "killed, done": 0, "ended": 0}
    for number in range(ROUNDS):
        before = State()
        if not any(row[0] in ("planned", "packed") for row in before.deliveries.values()):
            add_deliveries(8)
            before = State()
        words, aim = some_command(before)
        process = begin(*words)
        time.sleep(random.uniform(0, 1.4) * usual)
        process.kill()
        _, err = process.communicate()
        if process.returncode not in (0, -9):
            wrong.append(f"round {number}: {' '.join(words)}: {err.strip()}")
        after = State()
        problem = judge(before, after, aim, process.returncode == 0)
        wrong += [f"round {number}: {' '.join(words)}: {what}"
                  for what in [problem, *faults()] if what]
        done = after.history > before.history
        tally["ended" if process.returncode == 0 else "killed, done" if done else "killed"] += 1
    check(wrong, f"{ROUNDS} kills leave no half delivery and lose none, balances exact")
    print("# " + ", ".join(f"{what} {n}" for what, n in tally.items()))
    check([] if tally["killed"] >= ROUNDS / 10 and tally["ended"] + tally["killed, done"] > 0
          else [str(tally)], "kills fell before and after the commit")


# Two organisers ---------------------------------------------------------------------------


def enter(who, numbers, answers):
    """The same paper again and again; some with another count, some killed on the way."""
    chance = random.Random(SEED + who)
    for number, pieces in numbers:
        counted = pieces - (who if number % 4 == 0 else 0)
        for _ in range(2):
            process = begin("deliver", "receipt", str(number), "--counted",
                            f"{ITEM}={counted}", user=f"organiser {who}")
            if chance.random() < 0.2:
                time.sleep(chance.uniform(0, 0.05))
                process.kill()
            out, err = process.communicate()
            answers.append((number, counted, process.returncode, out, err.strip()))
    process = begin("deliver", "receipt", *(str(number) for number, _ in numbers
                                            if number % 4), user=f"organiser {who}")
    out, err = process.communicate()
    answers.append((None, None, process.returncode, out, err.strip()))


def two_at_once():
    make_campaign()
    add_deliveries(BOTH)
    numbers = ask("SELECT delivery_id, pieces FROM delivery_line ORDER BY delivery_id")
    answers = [[], []]
    threads = [threading.Thread(target=enter, args=(who, numbers, answers[who]))
               for who in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    everything = answers[0] + answers[1]
    counted = dict(ask("SELECT delivery_id, counted FROM delivery_line"))
    first = sum("is received" in out for *_, out, _ in everything)
    again = sum("received before" in out for *_, out, _ in everything)
    print(f"# {first} said received, {again} said received before")
    check([f"delivery {n}: {status}" for n, status in
           ask("SELECT id, status FROM delivery WHERE status <> 'delivered'")],
          "every delivery is delivered")
    check([f"delivery {n}: {k} movements, {h} lines of history" for n, k, h in ask(
        "SELECT d.id, (SELECT count(*) FROM movement m WHERE m.delivery_id = d.id"
        "  AND m.to_id = d.to_id) AS k, (SELECT count(*) FROM history h"
        "  WHERE h.command = 'deliver receipt' AND h.object = d.id) AS h"
        " FROM delivery d WHERE k <> 1 OR h <> 1")], "each counts once")
    check([f"delivery {n}: {said} was accepted, {counted[n]} is recorded"
           for n, said, status, *_ in everything
           if n and status == 0 and counted[n] != said],
          "a receipt that was accepted is the one that is recorded")
    check([f"{n}: {err}" for n, _, status, _, err in everything if status not in (0, -9)
           and "was received" not in err and "another program is writing" not in err],
          "a receipt is refused only for another one, or a busy file")
    check([] if sum("was received" in err for *_, err in everything) >= BOTH // 4 - 1
          else ["no conflict was told"], "who counted otherwise is told what is recorded")
    check(list(faults()), "balances exact")


sys.exit(torture.torture(kill_rounds, two_at_once))
