#!/usr/bin/env python3
"""Calendars and cards as a strict reader sees them. Usage: test_calendar.py OUTLET VALSTUGA. Prints TAP."""
import os
import random
import re
import tempfile
import unicodedata

import lines
import out

MADE = 1776412800  # 2026-04-17 08:00 UTC


def calendar(*events, **more):
    return {"name": "Pass för Åsa", "made_at": MADE, "events": list(events), **more}


def event(**more):
    return {"uid": "shift-17@2026-17-0005.valstuga", "starts_at": 1787382000, "ends_at": 1787396400,
            "summary": "Valstuga", **more}


def read(*events, **more):
    return lines.read_calendar(out.make("calendar", view=calendar(*events, **more)))


def clean(text):
    """What vs_text_clean_lines() keeps."""
    kept = "".join(c for c in unicodedata.normalize("NFC", text)
                   if c == "\n" or unicodedata.category(c) != "Cc")
    return "\n".join(" ".join(line.split()) for line in kept.split("\n")).strip()


def an_event_has_all_that_it_was_given():
    one = read(event(sequence=3, description="Ta med väst.\nFråga efter Bo; han vet, \\ kanske",
                     location="Stora torget, Karlstad", latitude=59.3793, longitude=13.5036,
                     contact="Bo, 070-123 45 67", url="https://example.org/a;b,c", status="TENTATIVE",
                     categories=["valstuga", "a,b"], created_at=MADE - 86400, modified_at=MADE))
    assert lines.texts(one, "X-WR-CALNAME") == ["Pass för Åsa"]
    got = one[2][0]
    assert lines.one(got, "DTSTART") == "20260822T070000Z"
    assert lines.one(got, "DTEND") == "20260822T110000Z"
    assert lines.one(got, "DTSTAMP") == "20260417T080000Z"
    assert lines.one(got, "CREATED") == "20260416T080000Z"
    assert lines.one(got, "LAST-MODIFIED") == "20260417T080000Z"
    assert lines.one(got, "SEQUENCE") == "3" and lines.one(got, "STATUS") == "TENTATIVE"
    assert lines.texts(got, "DESCRIPTION") == ["Ta med väst.\nFråga efter Bo; han vet, \\ kanske"]
    assert lines.texts(got, "LOCATION") == ["Stora torget, Karlstad"]
    assert lines.texts(got, "CONTACT") == ["Bo, 070-123 45 67"]
    assert lines.one(got, "GEO") == "59.379300;13.503600"
    assert lines.one(got, "URL") == "https://example.org/a;b,c"
    assert lines.one(got, "CATEGORIES") == "valstuga,a\\,b"
    assert lines.one(got, "TRANSP") == "OPAQUE"


def the_same_view_gives_the_same_bytes():
    assert out.make("calendar", view=calendar(event())) == out.make("calendar", view=calendar(event()))


def an_empty_calendar_is_a_calendar():
    assert read()[2] == []


def whole_days_end_on_the_next_day():
    day = {"uid": "a@b", "summary": "Valdag", "date": "2026-09-13", "free": True}
    got = read(day)[2][0]
    assert lines.one(got, "DTSTART") == "20260913" and lines.one(got, "DTEND") == "20260914"
    assert lines.one(got, "TRANSP") == "TRANSPARENT"
    got = read({**day, "date": "2026-12-30", "last_date": "2026-12-31"})[2][0]
    assert lines.one(got, "DTEND") == "20270101"


def the_night_of_the_clock_change_is_told_in_utc():
    # 2026-10-25 02:30 exists twice in Sweden.
    first, second = (read(event(starts_at=at, ends_at=at + 1800))[2][0]
                     for at in (1792888200, 1792891800))
    assert lines.one(first, "DTSTART") == "20261025T003000Z"
    assert lines.one(second, "DTSTART") == "20261025T013000Z"


def what_takes_no_time_has_no_end():
    got = read(event(ends_at=1787382000))[2][0]
    assert not [key for key, _, _ in got[1] if key == "DTEND"]


def a_cancelled_event_stays_and_says_so():
    assert lines.one(read(event(status="CANCELLED", sequence=4))[2][0], "STATUS") == "CANCELLED"


def the_organizer_is_the_calendars_unless_the_event_has_one():
    own = event(uid="b@b", organizer='Bo "Bosse" Ek; chef', organizer_email="bo@example.org")
    got = read(event(), own, organizer="V Värmland", organizer_email="v@example.org")[2]
    cn = [(p, v) for key, p, v in got[0][1] + got[1][1] if key == "ORGANIZER"]
    assert cn == [({"CN": '"V Värmland"'}, "mailto:v@example.org"),
                  ({"CN": "\"Bo 'Bosse' Ek; chef\""}, "mailto:bo@example.org")], cn


def an_organizer_without_address_is_a_contact():
    got = read(event(), organizer="V Värmland")[2][0]
    assert lines.texts(got, "CONTACT") == ["V Värmland"]
    assert not [key for key, _, _ in got[1] if key == "ORGANIZER"]


def no_text_can_make_a_line_of_its_own():
    evil = "a\r\nATTENDEE:mailto:x@example.org\rEND:VEVENT\u2028b\x07\x1b[31m\x00"
    got = read(event(summary=evil[:-1], description=evil[:-1], location=evil[:-1], contact=evil[:-1],
                     organizer=evil[:-1], organizer_email="a@b.se", categories=[evil[:-1]]),
               name=evil[:-1])
    assert len(got[2]) == 1
    keys = {key for key, _, _ in got[2][0][1]}
    assert "ATTENDEE" not in keys, keys
    assert lines.texts(got[2][0], "SUMMARY")[0].startswith("a ATTENDEE:mailto:x@example.org END")


def long_texts_come_back_whatever_their_letters():
    for text in ("å" * 500, "x" + "ö" * 300, "👩‍👩‍👧" * 60, "a, b; c\\n" * 50, "é\u0301 " * 99,
                 "rad\n" * 200, "ä," * 100, "\\" * 150, "日本語" * 50):
        got = read(event(summary="s" + text.replace("\n", " "), description=text))[2][0]
        assert lines.texts(got, "DESCRIPTION") == [clean(text)], text[:20]


def folding_never_cuts_a_character():
    """Random texts of all widths, at every offset to the fold."""
    dice = random.Random(7)
    letters = "aå,;\\ö€😀 \n日x" + "e\u0301"
    events, wanted = [], []
    for i in range(1500):
        text = "".join(dice.choice(letters) for _ in range(dice.randrange(1, 160)))
        events.append(event(uid=f"e{i}@x", description=text))
        wanted.append(clean(text))
    for got, text in zip(read(*events)[2], wanted):
        assert lines.texts(got, "DESCRIPTION") == ([text] if text else []), (text, got)


def what_is_no_event_is_refused_by_name():
    for change, words in (({"uid": None}, "uid"), ({"uid": "a b"}, "uid"), ({"summary": " \n"}, "summary"),
                          ({"ends_at": 1}, "ends_at"), ({"ends_at": None}, "starts_at and ends_at"),
                          ({"date": "2026-09-13"}, "either"), ({"status": "MAYBE"}, "status"),
                          ({"latitude": 59.0}, "latitude"), ({"latitude": 91, "longitude": 0}, "coordinates"),
                          ({"url": "javascript alert"}, "url"), ({"summary": 7}, "summary"),
                          ({"sequence": -1}, "sequence"), ({"categories": "a"}, "categories"),
                          ({"organizer_email": "a@b\r\nX:y"}, "organizer_email"),
                          ({"starts_at": 10**15}, "moment")):
        said = out.refusal("calendar", view=calendar(event(uid="ok@x"), {**event(), **change}))
        assert said.startswith("1 event ") and words in said, (change, said)
    assert "twice" in out.refusal("calendar", view=calendar(event(), event()))
    assert out.refusal("calendar", view={"events": []}).startswith("1 ")
    bad = {"uid": "a@b", "summary": "x", "date": "2026-02-30"}
    assert "2026-02-30" in out.refusal("calendar", view=calendar(bad))


def card(**more):
    return {"name": "Åsa Öberg", **more}


def read_cards(*cards):
    found = lines.components(out.make("cards", view={"cards": list(cards)}))
    for one in found:
        assert one[0] == "VCARD" and one[1][0] == ("VERSION", {}, "3.0")
        assert len(lines.texts(one, "FN")) == 1
    return found


def a_card_has_all_that_it_was_given():
    got = read_cards(card(phones=["+46701234567", "0570-100 20"], emails=["a@b.se", "c@d.se"],
                          organization="V Värmland; väst", unit="Kil", title="Medlemsansvarig",
                          note="Rad 1\nRad 2, slut", categories=["kör bil", "a,b"], uid="person-17@x",
                          modified_at=MADE))[0]
    assert ("TEL", {"TYPE": "CELL,PREF"}, "+46701234567") in got[1]
    assert ("TEL", {"TYPE": "VOICE"}, "0570-100 20") in got[1]
    assert [value for key, _, value in got[1] if key == "EMAIL"] == ["a@b.se", "c@d.se"]
    assert lines.one(got, "ORG") == "V Värmland\\; väst;Kil"
    assert lines.texts(got, "NOTE") == ["Rad 1\nRad 2, slut"]
    assert lines.one(got, "CATEGORIES") == "kör bil,a\\,b"
    assert lines.one(got, "UID") == "person-17@x" and lines.one(got, "REV") == "20260417T080000Z"


def names_are_taken_apart_with_their_particles():
    for name, wanted in (("Åsa Öberg", "Öberg;Åsa;;;"), ("Bo von der Esch", "von der Esch;Bo;;;"),
                         ("Eva Brita af Ugglas", "af Ugglas;Eva Brita;;;"), ("Cher", ";Cher;;;"),
                         ("  Anna   Li ", "Li;Anna;;;"), ("De Geer", "Geer;De;;;")):
        assert lines.one(read_cards(card(name=name))[0], "N") == wanted, name
    got = read_cards(card(name="Åsa Öberg Ek", given="Åsa", family="Öberg Ek"))[0]
    assert lines.one(got, "N") == "Öberg Ek;Åsa;;;"


def several_cards_stand_in_one_file():
    assert len(read_cards(*[card(name=f"Person {i}", note="ö" * i) for i in range(100)])) == 100


def a_card_without_name_is_refused():
    assert "card 2" in out.refusal("cards", view={"cards": [card(), {"name": " "}]})
    assert "phones" in out.refusal("cards", view={"cards": [card(phones="070")]})
    assert out.refusal("cards", view=[]).startswith("1 ")


def deadlines_of_a_campaign_are_a_calendar():
    with tempfile.TemporaryDirectory() as folder:
        made = out.valstuga("new", "ex.valstuga", "--party", "9901", "--party-name", "Exempelpartiet",
                            "--district", "Värmland", "--lan", "17", "--election", "2026-09-13",
                            cwd=folder)
        assert made.returncode == 0, made.stderr
        path = os.path.join(folder, "d.ics")

        def export():
            done = out.valstuga("export", "deadline", "-o", "d.ics", cwd=folder, lang="sv")
            assert done.returncode == 0, done.stderr
            with open(path, "rb") as file:
                return lines.read_calendar(file.read())
        before = {lines.one(one, "UID"): one for one in export()[2]}
        assert len(before) > 5
        uid = next(uid for uid in before if uid.startswith("deadline-election_day@"))
        assert re.fullmatch(r"deadline-election_day@2026-17-9901-[0-9a-f]{8}\.valstuga", uid), uid
        assert lines.one(before[uid], "DTSTART") == "20260913", before[uid]
        key = uid.replace("election_day", "guaranteed_delivery")
        done = out.valstuga("deadline", "set", "guaranteed_delivery", "--date", "2026-05-01", "--offset-days", "",
                            "--source", "beslut", cwd=folder)
        assert done.returncode == 0, done.stderr
        after = {lines.one(one, "UID"): one for one in export()[2]}
        assert after.keys() == before.keys(), "a changed deadline is the same event"
        assert lines.one(after[key], "DTSTART") == "20260501"
        assert int(lines.one(after[key], "SEQUENCE")) > int(lines.one(before[key], "SEQUENCE"))
        assert lines.one(after[uid], "SEQUENCE") == lines.one(before[uid], "SEQUENCE")


def the_election_calendar_is_read_by_a_strict_reader():
    with tempfile.TemporaryDirectory() as folder:
        def do(*words):
            done = out.valstuga(*words, cwd=folder, lang="sv")
            assert done.returncode == 0, done.stderr

        def export(*filters):
            do("export", "calendar", "-o", "k.ics", *filters)
            with open(os.path.join(folder, "k.ics"), "rb") as file:
                name, properties, events = lines.read_calendar(file.read())
            return {lines.one(one, "UID").split("@")[0]: one for one in events}
        do("new", "ex.valstuga", "--party", "9901", "--party-name", "Exempelpartiet", "--district", "Värmland",
           "--lan", "17", "--election", "2026-09-13")
        do("rule", "add", "--kommun", "Kil", "--phase", "advance", "--channel", "central",
           "--deadline", "2026-08-24 15:00", "--source", "brev; med, tecken\\", "--our-contact", "Kim Ek",
           "--verified-on", "2026-06-01")
        do("rule", "add", "--kommun", "Arvika", "--phase", "advance", "--channel", "central",
           "--deadline", "2026-10-26 15:00", "--source", "brev", "--verified-on", "2026-06-01")
        do("activity", "add", "--kind", "valskola", "--title", "Valskola", "--starts", "2026-10-24 15:00",
           "--ends", "2026-10-25 15:00")
        before = export()
        assert lines.one(before["deadline-advance_voting"], "DTSTART") == "20260826"
        assert lines.one(before["deadline-advance_voting"], "DTEND") == "20260827"
        assert "Vallagen 10:2" in lines.one(before["deadline-advance_voting"], "DESCRIPTION")
        # Three in the afternoon, before and after the clocks are put back.
        assert lines.one(before["rule-1"], "DTSTART") == "20260824T130000Z"
        assert lines.one(before["rule-2"], "DTSTART") == "20261026T140000Z"
        assert lines.one(before["activity-1"], "DTSTART") == "20261024T130000Z"
        assert lines.one(before["activity-1"], "DTEND") == "20261025T140000Z"
        assert "brev; med, tecken\\" in lines.texts(before["rule-1"], "DESCRIPTION")[0]
        assert not any("Kim" in value for one in before.values() for _, _, value in one[1]), "a person's name"
        assert "deadline-order_date" not in before, "what has no day is no event"
        do("rule", "set", "1", "--deadline", "2026-08-25")
        do("deadline", "done", "register_name", "participation")
        after = export()
        assert after.keys() == before.keys()
        assert lines.one(after["rule-1"], "DTSTART") == "20260825"
        for key in "rule-1", "deadline-register_name", "deadline-participation":
            assert int(lines.one(after[key], "SEQUENCE")) > int(lines.one(before[key], "SEQUENCE")), key
        assert lines.one(after["rule-2"], "SEQUENCE") == lines.one(before["rule-2"], "SEQUENCE")
        assert export("--kommun", "Kil", "--kind", "kommun").keys() == {"rule-1"}
        assert "rule-2" not in export("--kommun", "Kil")
        assert "deadline-register_name" not in export("--open")


out.tests(an_event_has_all_that_it_was_given, the_same_view_gives_the_same_bytes,
          an_empty_calendar_is_a_calendar, whole_days_end_on_the_next_day,
          the_night_of_the_clock_change_is_told_in_utc, what_takes_no_time_has_no_end,
          a_cancelled_event_stays_and_says_so,
          the_organizer_is_the_calendars_unless_the_event_has_one,
          an_organizer_without_address_is_a_contact, no_text_can_make_a_line_of_its_own,
          long_texts_come_back_whatever_their_letters, folding_never_cuts_a_character,
          what_is_no_event_is_refused_by_name, a_card_has_all_that_it_was_given,
          names_are_taken_apart_with_their_particles, several_cards_stand_in_one_file,
          a_card_without_name_is_refused, deadlines_of_a_campaign_are_a_calendar,
          the_election_calendar_is_read_by_a_strict_reader)
