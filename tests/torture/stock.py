#!/usr/bin/env python3
"""Many move stock in one file at once, and are killed meanwhile. Usage: stock.py VALSTUGA

Afterwards every acknowledged movement stands in the ledger as it was asked for, none that was
refused does, a killed one at most once; the sums, done here anew, are those of the balances;
nothing was ever below zero; and `valstuga check` finds nothing wrong with the ledger. The seed
is fixed; TORTURE_COMMANDS and TORTURE_SEED say otherwise. Prints TAP.
"""
import json
import os
import random
import sys
import threading
import time

import torture
from torture import SEED, ask, begin, check, new_campaign, run

COMMANDS = int(os.environ.get("TORTURE_COMMANDS", "60"))
WRITERS, RACES, RECEIPTS = 6, 6, 60
PLACES = [f"Plats {number}, Kil" for number in range(4)]
SPOTS = ["Distriktslagret"] + PLACES
ITEMS = ["Flygblad", "Affisch"]
EXPECTED = ("there are", "are left there", "reversed already", "another program is writing",
            "to itself")
torture.NOW = "2026-07-17T10:00"


def make_campaign():
    new_campaign()
    for number in range(len(PLACES)):
        run("place", "add", "--name", f"Plats {number}", "--kommun", "Kil", "--street",
            f"Gatan {number}")
    for item in ITEMS:
        run("item", "add", "--kind", "material", "--material", item, "--unit-mg", "3000")
        run("stock", "receive", "--item", item, "--pieces", "2000")


def ledger():
    return ask("SELECT id, kind, item_id, from_id, to_id, pieces, document, reason, reverses"
               " FROM movement ORDER BY id")


def faults():
    """Conservation, done anew from the movements; and what the program itself says."""
    sums, total = {}, {}
    for number, _, item, start, end, pieces, *_ in ledger():
        for spot, change in (start, -pieces), (end, pieces):
            total[item] = total.get(item, 0) + (change if spot is None else 0)
            if spot is None:
                continue
            sums[spot, item] = sums.get((spot, item), 0) + change
            if sums[spot, item] < 0:
                yield f"movement {number}: {sums[spot, item]} left"
    kept = {(spot, item): pieces for spot, item, pieces in
            ask("SELECT location_id, item_id, pieces FROM balance")}
    for key in set(sums) | set(kept):
        if sums.get(key, 0) != kept.get(key, 0):
            yield f"location {key[0]}, item {key[1]}: {kept.get(key, 0)}, not {sums.get(key, 0)}"
    for item, below in total.items():
        held = sum(pieces for (_, other), pieces in kept.items() if other == item)
        if held + below != 0:
            yield f"item {item}: {held} pieces, {-below} came in"
    if ask("PRAGMA integrity_check") != [("ok",)]:
        yield "the file is damaged"
    for problem in json.loads(run("check", "--json"))["problems"]:
        if problem["severity"] == "error" and problem["noun"] in ("item", "movement"):
            yield problem["text"]


# Many at once ----------------------------------------------------------------------------


class Asked:
    """One command: what it must leave in the ledger when it is done."""

    def __init__(self, words, kind, pieces, undoes=None):
        self.words, self.kind, self.pieces, self.undoes = words, kind, pieces, undoes
        self.state = self.error = self.movement = None


def something(chance, mark, own):
    item, (start, end) = chance.choice(ITEMS), chance.sample(SPOTS, 2)
    pieces = chance.randint(1, 900)
    what = chance.random()
    if what < 0.2 and own:
        undoes = chance.choice(own)
        return Asked(["stock", "reverse", str(undoes), "--reason", mark], "reverse", None, undoes)
    if what < 0.3:
        return Asked(["stock", "scrap", item, str(pieces // 9 + 1), "--at", start, "--reason",
                      mark], "scrap", pieces // 9 + 1)
    if what < 0.4:
        return Asked(["stock", "receive", "--item", item, "--pieces", str(pieces), "--reason",
                      mark], "print", pieces)
    return Asked(["stock", "move", item, str(pieces), "--from", start, "--to", end, "--reason",
                  mark], "move", pieces)


def work(who, done):
    chance = random.Random(SEED + who)
    own = []
    for number in range(COMMANDS):
        mark = f"w{who}-{number}"
        asked = something(chance, mark, own)
        process = begin(*asked.words, "--json")
        kill = chance.random() < 0.25
        if kill:
            time.sleep(chance.uniform(0, 0.08))
            process.kill()
        out, err = process.communicate()
        asked.error = err.strip()
        asked.state = {0: "done", 1: "refused", -9: "killed"}.get(process.returncode, "odd")
        if asked.state == "done" and asked.kind != "scrap":
            asked.movement = json.loads(out)["movement"]
            if asked.kind == "move":
                own.append(asked.movement)
        done[mark] = asked


def many_writers():
    before, lines = len(ledger()), ask("SELECT count(*) FROM history")[0][0]
    done = {}
    threads = [threading.Thread(target=work, args=(who, done)) for who in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = {}
    for row in ledger()[before:]:
        rows.setdefault(row[7], []).append(row)
    states = [asked.state for asked in done.values()]
    print("# " + ", ".join(f"{states.count(state)} {state}" for state in sorted(set(states))))
    check(list(faults()), f"{WRITERS} writers at once leave a ledger that adds up")
    check([mark for mark, asked in done.items() if asked.state == "done" and not fits(asked,
           rows.get(mark, []))], "what was acknowledged is there, once, as it was asked for")
    check([mark for mark, asked in done.items() if asked.state == "refused" and mark in rows],
          "what was refused is not there")
    check([mark for mark, asked in done.items() if asked.state == "killed" and
           len(rows.get(mark, [])) > 1], "what was killed is there at most once")
    check([f"{mark}: {asked.error}" for mark, asked in done.items() if asked.state == "odd" or
           asked.state == "refused" and not any(word in asked.error for word in EXPECTED)],
          "every refusal says why")
    check([] if len(ledger()) - before == ask("SELECT count(*) FROM history")[0][0] - lines
          else ["movements and lines of history differ"], "one line of history each")
    check([] if min(states.count(state) for state in ("done", "refused", "killed")) >= 5
          else [str(states)], "some were done, some refused, some killed")


def fits(asked, rows):
    if len(rows) != 1:
        return False
    number, kind, _, _, _, pieces, _, _, undoes = rows[0]
    return (kind == asked.kind and undoes == asked.undoes
            and asked.pieces in (None, pieces) and asked.movement in (None, number))


def race():
    """The last box: several take it at once, one gets it."""
    wrong = []
    for number in range(RACES):
        run("stock", "receive", "--item", ITEMS[0], "--pieces", "1000", "--to", PLACES[0])
        there = int(ask("SELECT pieces FROM balance b JOIN item i ON i.id = b.item_id JOIN location"
                        " o ON o.id = b.location_id JOIN place p ON p.id = o.place_id"
                        " WHERE i.name = ? AND p.name = 'Plats 0'", ITEMS[0])[0][0])
        together = [begin("stock", "move", ITEMS[0], str(there), "--from", PLACES[0], "--to",
                          place) for place in PLACES[1:]]
        codes = sorted((process.communicate(), process.returncode)[1] for process in together)
        if codes != [0, 1, 1]:
            wrong.append(f"race {number}: {codes}")
    check(wrong + list(faults()), f"of {len(PLACES) - 1} who take the last box, one gets it")


# Receipts that are killed ------------------------------------------------------------------


def place_order():
    run("list", "add", "--kind", "KF", "--kommun", "Kil")
    run("candidate", "add", "--list", "KF Kil", "--name", "Anna Berg")
    run("list", "decide", "KF Kil", "--minutes", "möte")
    run("constituency", "set", "Kil", "--eligible", "9475")
    run("orderer", "add", "--name", "Eva Ek", "--minutes-on", "2026-01-10")
    run("order", "propose")
    run("order", "set", "KF Kil", "--street", "Gatan 1", "--postcode", "665 30", "--town", "Kil",
        "--mobile", "070-1234567", "--orderer", "Eva Ek")
    run("order", "ordered", "KF Kil")


def received():
    """What the order has, as a sum over receipts that stand; its state; lines of history."""
    return ask("SELECT coalesce(sum(m.pieces), 0), (SELECT status FROM ballot_order), (SELECT"
               " count(*) FROM history) FROM movement m WHERE m.kind = 'receive' AND NOT EXISTS"
               " (SELECT 1 FROM movement v WHERE v.reverses = m.id)")[0]


def kill_receipts():
    place_order()
    wrong, tally = [], {"done": 0, "killed": 0, "killed, done": 0}
    started = time.monotonic()
    run("stock", "receive", "KF Kil", "--pieces", "500")
    usual = time.monotonic() - started
    for number in range(RECEIPTS):
        pieces, _, lines = received()
        rest = 28000 - pieces
        counted = rest if number % 5 == 4 else min(rest, random.randint(100, 4000))
        process = begin("stock", "receive", "KF Kil", "--pieces", str(counted), "--reason",
                        f"receipt {number}")
        time.sleep(random.uniform(0, 1.3) * usual)
        process.kill()
        _, err = process.communicate()
        after, status, now = received()
        done = now == lines + 1
        tally["done" if process.returncode == 0 else "killed, done" if done else "killed"] += 1
        if process.returncode not in (0, -9):
            wrong.append(f"receipt {number}: {err.strip()}")
        if process.returncode == 0 and not done:
            wrong.append(f"receipt {number}: acknowledged and lost")
        if after != pieces + (counted if done else 0) or now > lines + 1:
            wrong.append(f"receipt {number}: {pieces} + {counted} is {after}")
        if (status == "delivered") != (after == 28000):
            wrong.append(f"receipt {number}: {after} of 28000, {status}")
        if after == 28000:
            last = ask("SELECT max(id) FROM movement WHERE kind = 'receive'")[0][0]
            run("stock", "reverse", str(last), "--reason", "again")
    print("# " + ", ".join(f"{what} {n}" for what, n in tally.items()))
    check(wrong + list(faults()), f"{RECEIPTS} killed receipts leave no half one and lose none")
    check([] if tally["killed"] and tally["done"] + tally["killed, done"] else [str(tally)],
          "kills fell before and after the commit")


sys.exit(torture.torture(make_campaign, many_writers, race, kill_receipts))
