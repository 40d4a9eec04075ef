"""A small SMTP server (RFC 5321) on localhost that does as the receiver's name says.

nobody@  550 at RCPT        full@   452 at RCPT       closing@ 421 at RCPT, then closed
slow@    no answer to RCPT  spam@   554 after the text mute@    takes the text, never answers
lost@    takes the text, then closes without a word   drop@    closes in the middle of the text
"""
import base64
import socket
import ssl
import threading
import time

SILENCE = 30


class Server:
    def __init__(self, certificate=None, implicit=False, starttls=True, login=None, sender=None, greeting="220"):
        self.context = None
        if certificate:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(certificate)
        self.implicit, self.starttls = implicit, starttls and certificate
        self.login, self.sender, self.greeting = login, sender, greeting
        self.taken = []       # (sender, receiver, data) of what was answered with 250
        self.seen = []        # the same of every text that came
        self.commands = []    # every line, of all connections
        self.connections = 0
        self.stop = threading.Event()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop.set()
        self.socket.close()

    def serve(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self.guard, args=(connection,), daemon=True).start()

    def guard(self, connection):
        try:
            Session(self, connection).run()
        except (OSError, EOFError, ssl.SSLError, ValueError):
            pass
        finally:
            connection.close()


class Session:
    def __init__(self, server, connection):
        self.server, self.connection, self.pending = server, connection, b""
        self.secure = self.known = False
        self.sender = self.receiver = None

    def say(self, *lines):
        for line in lines:
            self.connection.sendall(line.encode() + b"\r\n")

    def line(self):
        while b"\r\n" not in self.pending:
            got = self.connection.recv(65536)
            if not got:
                raise EOFError
            self.pending += got
        line, self.pending = self.pending.split(b"\r\n", 1)
        return line

    def wrap(self):
        self.connection = self.server.context.wrap_socket(self.connection, server_side=True)
        self.secure = True

    def run(self):
        if self.server.greeting is None:
            time.sleep(SILENCE)
        if self.server.implicit:
            self.wrap()
        self.say(f"{self.server.greeting} localhost ESMTP")
        while True:
            line = self.line().decode()
            self.server.commands.append(line)
            verb = line.split(" ")[0].upper()
            answer = getattr(self, "do_" + verb.lower(), None)
            if not answer:
                self.say("500 what?")
            elif answer(line) is False:
                return

    def do_ehlo(self, _line):
        can = ["8BITMIME"]
        if self.server.starttls and not self.secure:
            can.append("STARTTLS")
        if self.server.login:
            can.append("AUTH PLAIN LOGIN")
        self.say("250-localhost", *[f"250-{word}" for word in can[:-1]], f"250 {can[-1]}")

    def do_starttls(self, _line):
        self.say("220 go")
        self.wrap()

    def do_auth(self, line):
        words = line.split(" ")
        if len(words) < 3:
            self.say("334 ")
            words.append(self.line().decode())
        _, user, password = base64.b64decode(words[2]).decode().split("\0")
        self.known = (user, password) == self.server.login
        self.say("235 welcome" if self.known else "535 5.7.8 wrong user or password")

    def do_mail(self, line):
        self.sender = line.split("<")[1].split(">")[0]
        if self.server.login and not self.known:
            self.say("530 5.7.0 log in first")
        elif self.server.sender and self.server.sender != self.sender:
            self.say("553 5.7.1 not your address")
        else:
            self.say("250 ok")

    def do_rcpt(self, line):
        self.receiver = line.split("<")[1].split(">")[0]
        name = self.receiver.split("@")[0]
        if name == "slow":
            self.server.stop.wait(SILENCE)
            return False
        if name == "closing":
            self.say("421 4.3.2 closing")
            return False
        self.say({"nobody": "550 5.1.1 No such user \x1b[31m å", "full": "452 4.2.2 Mailbox full"}.get(name, "250 ok"))
        return None

    def do_data(self, _line):
        name = self.receiver.split("@")[0]
        self.say("354 go on")
        data = []
        while True:
            line = self.line()
            if name == "drop":
                return False
            if line == b".":
                break
            data.append(line[1:] if line.startswith(b".") else line)
        mail = (self.sender, self.receiver, b"\r\n".join(data) + b"\r\n")
        self.server.seen.append(mail)
        if name == "mute":
            self.server.stop.wait(SILENCE)
        if name in ("mute", "lost"):
            return False
        if name == "spam":
            self.say("554 5.7.1 looks like spam")
            return None
        self.server.taken.append(mail)
        self.say("250 2.0.0 taken")
        return None

    def do_rset(self, _line):
        self.say("250 ok")

    def do_quit(self, _line):
        self.say("221 bye")
        return False
