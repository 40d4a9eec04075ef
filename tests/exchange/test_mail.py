#!/usr/bin/env python3
"""Mail texts and messages, read back by Python's mail parser. Usage: test_mail.py OUTLET VALSTUGA. Prints TAP."""
import email
import email.header
import email.policy
import email.utils
import os
import random
import re
import stat
import tempfile

import lines
import out

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
NAMES = ["confirmation", "day-before", "changed", "cancelled", "thanks"]
DATE = 1776412800  # 2026-04-17 10:00 +0200


def mail(**more):
    return {"from": "v@example.org", "from_name": "Vänsterpartiet Värmland", "to": "asa@example.org",
            "to_name": "Åsa Öberg", "subject": "Du är bokad", "body": "Hej Åsa!\n", "date": DATE,
            "message_id": "booking-17@2026-17-0005.valstuga", **more}


def read(**more):
    data = out.make("message", view=mail(**more))
    assert data.endswith(b"\r\n")
    for line in data[:-2].split(b"\r\n"):
        assert b"\r" not in line and b"\n" not in line
        assert len(line) <= 998 and line.isascii(), line
        assert len(line) <= 78 or b" " not in line.strip(), line
    return email.message_from_bytes(data, policy=email.policy.default)


def body(message):
    part = message.get_body(("plain",))
    return part.get_content().replace("\r\n", "\n")


def view(**more):
    return {"what": "valstuga lördag 22 augusti", "name": "Åsa", "sender": "Vänsterpartiet Värmland",
            "contact": "Bo Ek, 070-123 45 67", "calendar": True, "code": "B7KQ-2",
            "shifts": [{"title": "Valstuga & kaffe", "when": "lördag 22 augusti kl. 9–12", "role": "värd",
                        "place": "Stora torget, Karlstad", "meet": "vid fontänen kl. 8.45",
                        "instructions": "Ta med väst.", "url": "https://example.org/a?b=1&c=2"}],
            "changes": [{"what": "Tid", "before": "kl. 9–12", "after": "kl. 10–13"}],
            "reason": "Det blåser för mycket.", "controller": "Vänsterpartiet Värmland",
            "controller_contact": "data@example.org", "unsubscribe": "https://example.org/av/17", **more}


def text(which, language="sv", **more):
    subject, rest = out.make("text", which, language, view=view(**more)).decode().split("\n", 1)
    return subject, rest


def a_message_is_read_back_as_it_was():
    got = read(reply_to="bo@example.org", unsubscribe="https://example.org/av?x=1")
    assert got["Subject"] == "Du är bokad" and body(got) == "Hej Åsa!\n"
    assert got["From"].addresses[0].display_name == "Vänsterpartiet Värmland"
    assert got["From"].addresses[0].addr_spec == "v@example.org"
    assert got["To"].addresses[0].display_name == "Åsa Öberg"
    assert got["To"].addresses[0].addr_spec == "asa@example.org"
    assert got["Reply-To"] == "bo@example.org" and got["MIME-Version"] == "1.0"
    assert got["Message-ID"] == "<booking-17@2026-17-0005.valstuga>"
    assert got["List-Unsubscribe"] == "<https://example.org/av?x=1>"
    assert got["Auto-Submitted"] == "auto-generated"
    assert got["Date"] == "Fri, 17 Apr 2026 10:00:00 +0200", got["Date"]
    assert got.get_content_type() == "text/plain" and got.get_content_charset() == "utf-8"
    assert not got.defects, got.defects


def winter_has_its_own_offset():
    assert read(date=1767225600)["Date"] == "Thu, 01 Jan 2026 01:00:00 +0100"


def the_same_mail_gives_the_same_bytes():
    assert out.make("message", view=mail()) == out.make("message", view=mail(), env={"TZ": "Asia/Tokyo"})


def headers_of_every_length_come_back():
    dice = random.Random(11)
    for i in range(400):
        letters = dice.choice(["abc d", "åäö", "aå 😀,.;\"\\<>=?_", "日本語 ", "=?utf-8?Q?x?= "])
        wanted = "".join(dice.choice(letters) for _ in range(dice.randrange(1, 220)))
        wanted = " ".join(wanted.split()) or "x"
        got = read(subject=wanted, from_name=wanted, to_name=wanted)
        assert got["Subject"] == wanted, (wanted, got["Subject"])
        # Python's newer parser puts blanks between encoded words of a display name; RFC 2047 does not.
        raw = email.message_from_bytes(out.make("message", view=mail(from_name=wanted, to_name=wanted)))
        for name in "From", "To":
            shown, address = email.utils.parseaddr("".join(raw[name].splitlines()))
            shown = str(email.header.make_header(email.header.decode_header(shown)))
            assert shown == wanted and address.endswith("@example.org"), (wanted, shown)


def bodies_of_every_kind_come_back():
    dice = random.Random(13)
    for wanted in ["x" * 5000, "å" * 3000, "rad slutar med blank \n\tflik\t\n.\n..\n-- \nslut", "a=b=20\n",
                   "😀" * 400, "From here\n", "=" * 300, "utan radslut"] + \
            ["".join(dice.choice("abå 😀=.\t\n") for _ in range(dice.randrange(1, 400))) for _ in range(200)]:
        if not wanted.strip():
            continue
        got = body(read(body=wanted))
        assert got.rstrip("\n") == wanted.rstrip("\n"), (wanted, got)


def a_calendar_goes_along():
    calendar = out.make("calendar", view={"name": "Pass", "made_at": DATE, "events": [
        {"uid": f"a{i}@b", "summary": "Valstuga å", "date": "2026-08-22"} for i in range(20)]}).decode()
    got = read(calendar=calendar, calendar_name="pass.ics")
    assert got.get_content_type() == "multipart/mixed" and body(got) == "Hej Åsa!\n"
    part = next(got.iter_attachments())
    assert part.get_content_type() == "text/calendar" and part.get_filename() == "pass.ics"
    assert part.get_param("method") == "PUBLISH" and part.get_param("charset") == "utf-8"
    assert part.get_payload(decode=True) == calendar.encode()
    assert len(lines.read_calendar(part.get_payload(decode=True))[2]) == 20
    assert next(read(calendar=calendar).iter_attachments()).get_filename() == "kalender.ics"


def nothing_can_add_a_header():
    for field in ("subject", "from_name", "to_name", "from", "to", "reply_to", "message_id", "unsubscribe",
                  "calendar_name"):
        for evil in ("\r\nBcc: x@example.org", "\nBcc: x@example.org", "\r", "\x00x"[:1] + "\x07", "\x85",
                     "\x7f"):
            base = mail(calendar="x", reply_to="r@e.se", unsubscribe="https://e.se", calendar_name="a.ics")
            said = out.refusal("message", view={**base, field: base[field] + evil})
            if evil.startswith("\x00"):
                continue
            assert said.startswith("1 mail to "), (field, evil, said)


def what_is_no_address_is_refused():
    for bad in ("", "asa", "@b.se", "a@", "a@b@c.se", "a b@c.se", "a@c,d@e.se", "<a@b.se>", "åsa@b.se",
                "a@räk.se", "a@b..se", "a@.se", "a@b.se.", ".a@b.se", "a.@b.se", "a@" + "x" * 260,
                "a;b@c.se", 'a"@b.se'):
        assert out.refusal("message", view=mail(to=bad)).startswith("1 "), bad
        assert out.refusal("message", view=mail(**{"from": bad})).startswith("1 "), bad
    for good in ("a@b", "förnamn".replace("ö", "o") + "+valstuga@mail.example.org", "x_y-z'q@b.se"):
        read(to=good)
    for missing in ("to", "from", "subject", "body", "message_id"):
        assert out.refusal("message", view=mail(**{missing: None})).startswith("1 mail to "), missing


def every_text_is_there_in_both_languages():
    for language in "sv", "en":
        for name in NAMES:
            subject, got = text(name, language)
            assert "valstuga lördag 22 augusti" in subject and "\n" not in subject
            for word in ("Åsa", "Vänsterpartiet Värmland", "data@example.org", "https://example.org/av/17",
                         "Valstuga & kaffe", "lördag 22 augusti kl. 9–12"):
                assert word in got, (name, language, word)
            assert "{{" not in got and "\n\n\n" not in got and "\n-- \n" in got and not got.startswith("\n")
            read(subject=subject, body=got)
        assert "kl. 9–12" in text("changed", language)[1] and "kl. 10–13" in text("changed", language)[1]
        for name in "changed", "cancelled":
            assert "Det blåser för mycket." in text(name, language)[1]


def what_is_not_known_leaves_no_hole():
    bare = {"name": None, "contact": None, "calendar": None, "code": None, "reason": None, "changes": None,
            "unsubscribe": None, "shifts": [{"title": "Valstuga", "when": "i dag"}]}
    for language in "sv", "en":
        for which in NAMES:
            got = text(which, language, **bare)[1]
            assert not re.search(r"[^ ]: *\n[^\n]|  | [,.]|\(\)|null|\n\n\n", got), (which, got)
            first = got.splitlines()[0]
            assert first in ("Hej!", "Hello!"), first
            for line in got.splitlines():
                assert not re.search(r"^\s|\s$", line) or line == "-- ", (which, line)


def a_mail_without_controller_is_refused():
    for field in "controller", "controller_contact", "sender", "what":
        for value in None, "":
            said = out.refusal("text", "confirmation", "sv", view=view(**{field: value}))
            assert said.startswith("1 ") and field in said, said


def a_folder_goes_before_the_shipped_texts():
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "thanks.sv.txt"), "w", encoding="utf-8") as file:
            file.write("Subject:  {{what}} åter\nHej {{name}} {{>footer}}\n")
        got = out.make("text", "thanks", "sv", folder, view=view()).decode()
        assert got.startswith("valstuga lördag 22 augusti åter\nHej Åsa"), got
        assert "data@example.org" in got
        assert "Thank you" in out.make("text", "thanks", "en", folder, view=view()).decode()
        with open(os.path.join(folder, "footer.sv.txt"), "w", encoding="utf-8") as file:
            file.write("egen fot {{controller}}\n")
        assert "egen fot" in out.make("text", "confirmation", "sv", folder, view=view()).decode()
        for broken, words in (("Hej\n", "Subject"), ("Subject: x", "Subject"), ("Subject: {{x\ny\n", "not closed"),
                              ("Subject: x\n{{#a}}", "not closed"), ("Subject: {{^sender}}x{{/sender}}\ny", "")):
            with open(os.path.join(folder, "thanks.sv.txt"), "w", encoding="utf-8") as file:
                file.write(broken)
            if words:
                said = out.refusal("text", "thanks", "sv", folder, view=view())
                assert said.startswith("1 ") and words in said, said
        with open(os.path.join(folder, "thanks.sv.txt"), "wb") as file:
            file.write("Subject: x\nå".encode("latin-1"))
        assert "UTF-8" in out.refusal("text", "thanks", "sv", folder, view=view())


def an_unknown_text_lists_those_that_are():
    for words in (("nope", "sv"), ("../confirmation", "sv"), ("thanks", "de"), ("thanks", "../sv")):
        said = out.refusal("text", *words, view=view())
        assert said.startswith("2 ") and "confirmation.sv" in said and "footer" not in said, said


def a_subject_stays_one_line():
    subject, got = text("confirmation", what="rad\r\nBcc: x@example.org\nslut")
    assert subject == "Du är bokad: rad Bcc: x@example.org slut"
    assert "Bcc" not in read(subject=subject, body=got)


def files_are_complete_and_private():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "ut")
        mails = [mail(message_id=f"booking-{i}-thanks@x.y", to=f"p{i}@example.org") for i in range(12)]
        mails[3]["message_id"] = "etc/passwd/a@x"
        out.make("files", path + "/", view=mails)
        names = sorted(os.listdir(path))
        assert names[0] == "0001-booking-0-thanks.eml" and len(names) == 12, names
        assert names[3] == "0004-etc-passwd-a.eml", names[3]
        assert stat.S_IMODE(os.stat(path).st_mode) == 0o700
        for i, name in enumerate(names):
            assert stat.S_IMODE(os.stat(os.path.join(path, name)).st_mode) == 0o600
            with open(os.path.join(path, name), "rb") as file:
                got = email.message_from_bytes(file.read(), policy=email.policy.default)
            assert got["To"].addresses[0].addr_spec == f"p{i}@example.org"
        said = out.refusal("files", path, view=mails)
        assert said.startswith("3 ") and os.listdir(folder) == ["ut"], (said, os.listdir(folder))


def one_bad_mail_leaves_no_folder():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "ut")
        said = out.refusal("files", path, view=[mail(), mail(to="nobody")])
        assert said.startswith("1 ") and "nobody" in said and os.listdir(folder) == [], said
        assert out.refusal("files", os.path.join(folder, "a", "b"), view=[mail()]).startswith("7 ")
        os.mkdir(path)
        out.make("files", path, view=[mail()])
        assert len(os.listdir(path)) == 1


out.tests(a_message_is_read_back_as_it_was, winter_has_its_own_offset, the_same_mail_gives_the_same_bytes,
          headers_of_every_length_come_back, bodies_of_every_kind_come_back, a_calendar_goes_along,
          nothing_can_add_a_header, what_is_no_address_is_refused, every_text_is_there_in_both_languages,
          what_is_not_known_leaves_no_hole, a_mail_without_controller_is_refused,
          a_folder_goes_before_the_shipped_texts, an_unknown_text_lists_those_that_are,
          a_subject_stays_one_line, files_are_complete_and_private, one_bad_mail_leaves_no_folder)
