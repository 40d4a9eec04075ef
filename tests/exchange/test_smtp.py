#!/usr/bin/env python3
"""Mails sent to a real, small SMTP server. Usage: test_smtp.py OUTLET VALSTUGA. Prints TAP."""
import email
import email.policy
import os
import shutil
import socket
import subprocess
import tempfile
import time

import out
from smtp_server import Server

FOLDER = tempfile.mkdtemp()
NO_SETTINGS = {name: "" for name in ("VALSTUGA_SMTP", "VALSTUGA_SMTP_USER", "VALSTUGA_SMTP_PASSWORD",
                                     "VALSTUGA_SMTP_FROM")}


def mails(*names):
    return [{"from": "v@example.org", "from_name": "V Värmland", "to": f"{name}@example.org", "subject": "Hej å",
             "body": f"Hej {name}!\n.\n..två\n", "date": 1776412800, "message_id": f"m{i}-{name}@x.y"}
            for i, name in enumerate(names)]


def settings(own, mode=0o600, **more):
    """A settings file for the server; the values that are None are left out."""
    lines = {"server": f"smtp://localhost:{own.port}" if own else None, "timeout": "2",
             "from": "V Värmland <v@example.org>", **more}
    path = os.path.join(FOLDER, "smtp")
    with open(path, "w", encoding="utf-8") as file:
        file.write("# om posten\n\n" + "".join(f"{name} = {value}\n" for name, value in lines.items() if value))
    os.chmod(path, mode)
    return path


def send(path, names, *more, env=None):
    """(exit status, lines of results, the last line, what was said)"""
    status, got, said = out.run("send", path, *more, view=mails(*names), env={**NO_SETTINGS, **(env or {})})
    lines = got.decode().splitlines()
    return status, [" ".join(line.split()[1:3]) for line in lines if not line.startswith("all")], \
        (lines or [""])[-1], said.strip()


def certificate():
    """A certificate of localhost that only its own file vouches for."""
    path = os.path.join(FOLDER, "localhost.pem")
    if not os.path.exists(path):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                        "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", path + ".key", "-out",
                        path + ".crt"], check=True, capture_output=True)
        with open(path, "wb") as file:
            for ending in ".key", ".crt":
                with open(path + ending, "rb") as part:
                    file.write(part.read())
    return path


def each_mail_is_a_transaction_of_its_own():
    with Server() as server:
        status, results, total, said = send(settings(server), ["a", "b", "c"])
        assert (status, said) == (0, ""), said
        assert results == ["sent 250"] * 3 and total.endswith("sent 3"), (results, total)
        assert [(one[0], one[1]) for one in server.taken] == \
            [("v@example.org", f"{name}@example.org") for name in "abc"]
        got = email.message_from_bytes(server.taken[1][2], policy=email.policy.default)
        assert got["To"] == "b@example.org" and got.get_content().split() == ["Hej", "b!", ".", "..två"]
        assert server.connections == 1, "one connection for all"
        greetings = {line for line in server.commands if line.startswith("EHLO")}
        assert greetings == {"EHLO example.org"}, "the machine's name stays at home"


def a_wrong_receiver_does_not_hold_up_the_others():
    with Server() as server:
        status, results, total, said = send(settings(server), ["a", "nobody", "full", "b", "spam", "c"])
        assert results == ["sent 250", "refused 550", "later 452", "sent 250", "refused 554", "sent 250"], results
        assert status == 1 and said.startswith("4 3 of 6 mails were sent; the server did not take 3"), said
        assert "nobody@example.org" in said and "550 5.1.1 No such user [31m" in said and "\x1b" not in said, said
        assert total == "all: 0 not sent, 3 sent, 1 later, 2 refused, 0 unsure; sent 3", total
        assert [one[1][0] for one in server.taken] == ["a", "b", "c"]


def a_server_that_hangs_ends_the_run():
    with Server() as server:
        began = time.monotonic()
        status, results, total, said = send(settings(server), ["a", "slow", "b"])
        assert time.monotonic() - began < 10
        assert status == 1 and results == ["sent 250", "not-sent 0"], results
        assert said == "7 1 of 3 mails were sent, then localhost: it did not answer in time; " \
            "the others were not sent", said
        assert total == "all: 2 not sent, 1 sent, 0 later, 0 refused, 0 unsure; sent 1", total


def what_was_handed_over_but_never_confirmed_is_unsure():
    for name in "mute", "lost":
        with Server() as server:
            status, results, total, said = send(settings(server), ["a", name, "b"])
            assert status == 1 and [one.split()[0] for one in results] == ["sent", "unsure"], (name, results)
            assert f"whether the mail to {name}@example.org went out is not known" in said, said
            assert total == "all: 1 not sent, 1 sent, 0 later, 0 refused, 1 unsure; sent 1", total
            assert len(server.seen) == 2


def a_server_that_leaves_ends_the_run():
    with Server() as server:
        status, results, _, said = send(settings(server), ["a", "closing", "b"])
        assert status == 1 and results == ["sent 250", "later 421"] and said.startswith("7 1 of 3"), (results, said)
        assert "421 4.3.2 closing" in said, said
    with Server() as server:
        big = mails("a", "drop", "b")
        # More than the sockets of both sides hold, so that it cannot be on its way whole.
        big[1]["body"] = "rad\n" * 5000000
        status, got, said = out.run("send", settings(server), view=big, env=NO_SETTINGS)
        words = got.decode().splitlines()[1].split()
        assert status == 1 and words[:2] == ["2", "not-sent"] and "1 of 3" in said, (got, said)


def a_caller_that_cannot_mark_ends_the_run():
    with Server() as server:
        status, results, total, said = send(settings(server), ["a", "b", "c"], "2")
        assert status == 1 and results == ["sent 250"] * 2 and said.startswith("7 2 of 3 mails were sent"), said
        assert total.endswith("sent 2") and len(server.taken) == 2
    with Server() as server:
        assert send(settings(server), ["a", "b"], "2")[0] == 0, "nothing is left: all is well"


def one_bad_mail_stops_all_before_the_first():
    with Server() as server:
        status, results, _, said = send(settings(server), ["a", "b b"])
        assert status == 1 and results == [] and said.startswith("1 mail to b b@example.org"), said
        assert server.connections == 0


def nobody_there_is_told():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    status, results, _, said = send(settings(None, server=f"smtp://127.0.0.1:{port}"), ["a"])
    assert status == 1 and said.startswith("7 0 of 1") and "could not be reached" in said, said
    assert results == ["not-sent 0"], results
    with Server(greeting=None) as server:
        assert "did not answer in time" in send(settings(server), ["a"])[3]
    with Server(greeting="554") as server:
        assert send(settings(server), ["a"])[3].startswith("7 0 of 1")


def a_login_is_used_and_its_refusal_told():
    with Server(login=("v", "hem ligt=å")) as server:
        good = settings(server, user="v", password="hem ligt=å")
        assert send(good, ["a"])[0] == 0 and server.taken
        wrong = send(settings(server, user="v", password="fel"), ["a", "b"])
        assert "does not accept user or password (535" in wrong[3] and len(wrong[1]) == 1, wrong
        none = send(settings(server), ["a", "b"])
        assert "530 5.7.0 log in first" in none[3] and none[1] == ["not-sent 530"], none
        by_environment = send(settings(server, password="fel"), ["a"], env={
            "VALSTUGA_SMTP_USER": "v", "VALSTUGA_SMTP_PASSWORD": "hem ligt=å"})
        assert by_environment[0] == 0, by_environment
    with Server(sender="other@example.org") as server:
        status, results, _, said = send(settings(server), ["a", "b"])
        assert results == ["not-sent 553"] and "553 5.7.1 not your address" in said and status == 1, said


def a_password_others_can_read_is_refused():
    with Server() as server:
        for mode in 0o644, 0o640, 0o604:
            said = send(settings(server, mode=mode, password="x"), ["a"])[3]
            assert said.startswith("4 ") and "chmod 600" in said, said
        assert send(settings(server, mode=0o644), ["a"])[0] == 0, "without password it is no secret"


def tls_is_used_with_a_good_certificate_only():
    pem = certificate()
    for implicit in False, True:
        with Server(certificate=pem, implicit=implicit) as server:
            url = f"smtp{'s' * implicit}://localhost:{server.port}"
            good = settings(server, server=url, tls="always", ca_file=pem + ".crt")
            assert send(good, ["a"])[0] == 0 and len(server.taken) == 1, send(good, ["a"])
            if not implicit:
                assert "STARTTLS" in server.commands
            bad = send(settings(server, server=url, tls="always"), ["a", "b"])
            assert "certificate cannot be trusted" in bad[3] and bad[1] == ["not-sent 0"], bad
            missing = send(settings(server, server=url, tls="always", ca_file="/nonexistent"), ["a"])
            assert "certificate cannot be trusted" in missing[3], missing
            other = send(settings(server, server=url.replace("localhost", "127.0.0.1"), tls="always",
                                  ca_file=pem + ".crt"), ["a"])
            assert "certificate cannot be trusted" in other[3], "the name must be the certificate's"


def a_server_without_tls_gets_nothing():
    with Server(login=("v", "hemligt")) as server:
        status, results, _, said = send(settings(server, tls="always", user="v", password="hemligt"), ["a", "b"])
        assert status == 1 and "offers no encryption" in said and results == ["not-sent 0"], (results, said)
        assert not [line for line in server.commands if line.startswith(("AUTH", "MAIL"))], server.commands
    # Any address but localhost is spoken to with TLS, without being told to.
    address = next((one[4][0] for one in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
                    if not one[4][0].startswith("127.")), None)
    if address:
        with Server() as server:
            server.socket.close()
            server.socket = socket.create_server((address, 0))
            server.port = server.socket.getsockname()[1]
            import threading
            threading.Thread(target=server.serve, daemon=True).start()
            said = send(settings(server, server=f"smtp://{address}:{server.port}"), ["a"])[3]
            assert "offers no encryption" in said, said
            assert not [line for line in server.commands if line.startswith("MAIL")]


def what_is_no_server_is_refused():
    for url in ("http://localhost", "file:///etc/passwd", "smtp://", "smtp://a b", "smtp://u:p@localhost",
                "smtp://localhost:25/x", "smtp://localhost:123456", "smtp://localhost:25?x", "localhost:25",
                "smtp://[::1", "smtp://localhost\tx", "smtp://[localhost]", "smtp://a_b"):
        status, results, _, said = send(settings(None, server=url), ["a"])
        assert status == 1 and said.startswith("1 ") and "is not a mail server" in said, (url, said)
        assert results == []
    assert "no mail server is configured" in send(settings(None), ["a"])[3]
    assert "no mail server is configured" in send(os.path.join(FOLDER, "none"), ["a"])[3]
    assert "lack the sender" in send(settings(None, server="smtp://localhost", **{"from": None}), ["a"])[3]


def the_environment_goes_before_the_file():
    with Server() as server:
        path = settings(None, server="smtp://localhost:9", **{"from": "x@example.org"})
        done = send(path, ["a"], env={"VALSTUGA_SMTP": f"smtp://localhost:{server.port}/",
                                      "VALSTUGA_SMTP_FROM": "Bo <bo@example.net>"})
        assert done[0] == 0 and server.taken[0][0] == "bo@example.net", done
        assert "$VALSTUGA_SMTP_FROM" in send(path, ["a"], env={"VALSTUGA_SMTP_FROM": "Bo"})[3]


def a_broken_setting_is_named_with_its_line():
    for more, words in (({"timeout": "0"}, "timeout"), ({"tls": "never"}, "always"), ({"x": "y"}, "none of server"),
                        ({"from": "Bo <bo>"}, "from must be"), ({"user": " "}, "value is missing")):
        said = send(settings(None, **more), ["a"])[3]
        assert said.startswith("1 ") and ", line " in said and words in said, (more, said)
    path = settings(None)
    with open(path, "a", encoding="utf-8") as file:
        file.write("hejsan\n")
    assert "line 5: write it as: name = value" in send(path, ["a"])[3], send(path, ["a"])[3]


TESTS = [each_mail_is_a_transaction_of_its_own, a_wrong_receiver_does_not_hold_up_the_others,
         a_server_that_hangs_ends_the_run, what_was_handed_over_but_never_confirmed_is_unsure,
         a_server_that_leaves_ends_the_run, a_caller_that_cannot_mark_ends_the_run,
         one_bad_mail_stops_all_before_the_first, nobody_there_is_told, a_login_is_used_and_its_refusal_told,
         a_password_others_can_read_is_refused, tls_is_used_with_a_good_certificate_only,
         a_server_without_tls_gets_nothing, what_is_no_server_is_refused, the_environment_goes_before_the_file,
         a_broken_setting_is_named_with_its_line]
try:
    out.tests(*TESTS)
finally:
    shutil.rmtree(FOLDER)
