#!/usr/bin/env python3
"""Are the documents true? TAP.

    run.py VALSTUGA SOURCE              run the handbook, compare falt.md, read the manual pages
    run.py --update VALSTUGA SOURCE     write what the program says now into handbook and falt.md

The handbook's ```console blocks run in order in one new folder, with the demonstration
district in demo-filer/. A line "$ COMMAND" runs, the lines after it are what it shows:
"..." stands for any number of lines, and no lines at all for "not shown here". After the
line "# misslyckas" the commands of the block must fail, otherwise they must succeed.
<!-- klockan 2026-03-16 09:00 --> sets the time from there on. Standard output is a terminal
of 96 columns, as for the reader; what comes on standard error stands after it.

Shown output is compared only when the program speaks Swedish (its catalogue is built).
"""
import fcntl
import os
import pathlib
import pty
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import termios

COLUMNS = 96
TIMEOUT = 120


class Command:
    def __init__(self, line, text, fails, clock):
        self.line, self.text, self.fails, self.clock = line, text, fails, clock
        self.shown = []  # (line number, text)


class Block:
    def __init__(self, line):
        self.line = line
        self.commands = []


def parse(text):
    """The console blocks of a document."""
    blocks, inside, fails, clock = [], None, False, None
    for number, line in enumerate(text.splitlines(), 1):
        if inside is None:
            if found := re.fullmatch(r"<!-- klockan (.+) -->", line):
                clock = found.group(1)
            elif line == "```console":
                inside, fails = Block(number), False
        elif line == "```":
            blocks.append(inside)
            inside = None
        elif line == "# misslyckas":
            fails = True
        elif line.startswith("$ "):
            inside.commands.append(Command(number, line[2:], fails, clock))
        elif inside.commands:
            inside.commands[-1].shown.append((number, line))
    return blocks


def environment(valstuga, clock, home):
    keep = {name: os.environ[name] for name in ("VALSTUGA_LOCALEDIR", "VALSTUGA_FONTS",
            "ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ}
    return keep | {
        "PATH": f"{valstuga.parent}:/usr/bin:/bin", "HOME": str(home), "LC_ALL": "C.UTF-8",
        "TZ": "America/New_York", "VALSTUGA_LANG": "sv", "VALSTUGA_USER": "anna",
        "VALSTUGA_RANDOM": "handbok",
        "VALSTUGA_NOW": clock or "2026-03-16 09:00"}


def read_all(master):
    chunks = []
    while True:
        try:
            chunk = os.read(master, 65536)
        except OSError:  # the other end is closed
            break
        if not chunk:
            break
        chunks.append(chunk)
    os.close(master)
    return b"".join(chunks).decode()


def run(command, folder, env):
    """Exit status and the lines that a person at a terminal sees."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(["/bin/sh", "-c", command], cwd=folder, env=env,
            stdin=subprocess.DEVNULL, stdout=slave, stderr=complaints)
        os.close(slave)
        out = read_all(master)
        status = process.wait(TIMEOUT)
        complaints.seek(0)
        out += complaints.read().decode()
    out = re.sub(r"\x1b\[\d*m", "", out).replace("\r\n", "\n")
    lines = [line.replace("\u00a0", " ").rstrip() for line in out.splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    return status, lines


def matches(shown, lines):
    """Does `lines` fit `shown`, where "..." is any run of lines?"""
    if not shown:
        return not lines
    if shown[0] == "...":
        return any(matches(shown[1:], lines[i:]) for i in range(len(lines) + 1))
    return bool(lines) and shown[0] == lines[0] and matches(shown[1:], lines[1:])


def trimmed(shown):
    texts = [text.replace("\u00a0", " ").rstrip() for _, text in shown]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def refilled(shown, lines):
    """As many lines before and after "..." as were shown, but those of today."""
    if "..." not in shown:
        return lines
    first, last = shown.index("..."), shown[::-1].index("...")
    if first + last >= len(lines):
        return lines
    return lines[:first] + ["..."] + (lines[len(lines) - last:] if last else [])


def speaks_swedish(valstuga):
    said = subprocess.run([valstuga, "--lang", "sv", "help"], capture_output=True, text=True,
        env=os.environ | {"VALSTUGA_LANG": "sv"}).stdout
    return not said.startswith("usage:")


class Tap:
    def __init__(self):
        self.count = self.failed = 0

    def result(self, good, name, why=()):
        self.count += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.count} - {name}")
        for line in why:
            print(f"# {line}")

    def skip(self, name, why):
        self.count += 1
        print(f"ok {self.count} - {name} # SKIP {why}")


def faults(command, status, lines, compare):
    if (status != 0) != command.fails:
        yield f"line {command.line}: exit status {status}: {command.text}"
        yield from ("  " + line for line in lines[:20])
    shown = trimmed(command.shown)
    if compare and shown and not matches(shown, lines):
        yield f"line {command.line}: shows something else: {command.text}"
        yield from ("  " + line for line in lines[:40])


def run_handbook(tap, valstuga, source, update):
    path = source / "docs/handbok.md"
    text = path.read_text()
    compare = update or speaks_swedish(valstuga)
    replaced = {}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name) / "kampanj"
        folder.mkdir()
        shutil.copytree(source / "tests/fixtures/demo", folder / "demo-filer")
        for block in parse(text):
            why = []
            for command in block.commands:
                status, lines = run(command.text, folder,
                    environment(valstuga, command.clock, name))
                why += faults(command, status, lines, compare and not update)
                if update and command.shown:
                    replaced[command.line] = (len(command.shown),
                        refilled(trimmed(command.shown), lines))
            first = block.commands[0].text if block.commands else "(empty)"
            tap.result(not why, f"handbok.md:{block.line}: {first}".replace("#", r"\#"), why)
    if update:
        write_back(path, text, replaced)
    elif not compare:
        tap.skip("what the handbook shows", "no Swedish catalogue is built")


def write_back(path, text, replaced):
    lines = text.split("\n")
    for line, (count, shown) in sorted(replaced.items(), reverse=True):
        lines[line:line + count] = shown
    path.write_text("\n".join(lines))


def compare_fields(tap, valstuga, source, update):
    """falt.md is what the program says of its own tables."""
    if not update and not speaks_swedish(valstuga):
        tap.skip("falt.md is what the program says", "no Swedish catalogue is built")
        return
    said = subprocess.run([valstuga, "--lang", "sv", "help", "--markdown"],
        capture_output=True, text=True, check=True).stdout
    path = source / "docs/falt.md"
    if update:
        path.write_text(said)
    tap.result(said == path.read_text(), "falt.md is what the program says",
        [] if said == path.read_text() else ["write it anew with tests/docs/run.py --update"])


def options_of(valstuga, words):
    """Long options of a command, as its help tells them."""
    said = subprocess.run([valstuga, "--lang", "en", *words, "--help"], capture_output=True,
        text=True, check=True).stdout
    return re.findall(r"^  (?:-\w, )?(--[a-z-]+)", said, re.M)


def look_for_options(tap, valstuga, source):
    """Every command's manual page tells all its options, and valstuga(1) tells of the page."""
    words = subprocess.run([valstuga, "help", "--words"], capture_output=True, text=True,
        check=True).stdout
    overview = (source / "docs/man/valstuga.1.scd").read_text()
    for line in words.splitlines():
        noun, *verbs = line.split()
        page = source / f"docs/man/valstuga-{noun}.1.scd"
        text = page.read_text() if page.exists() else ""
        wrong = [f"{option} of {command} is missing" for command in
            ([f"{noun} {verb}" for verb in verbs] or [noun])
            for option in options_of(valstuga, command.split()) if f"*{option}*" not in text]
        if f"*valstuga-{noun}*(1)" not in overview:
            wrong.append("valstuga(1) does not name the page")
        tap.result(not wrong, f"valstuga-{noun}(1) tells every option", wrong)


def main():
    arguments = sys.argv[1:]
    update = arguments[:1] == ["--update"]
    valstuga, source = (pathlib.Path(a).resolve() for a in arguments[update:])
    tap = Tap()
    run_handbook(tap, valstuga, source, update)
    compare_fields(tap, valstuga, source, update)
    look_for_options(tap, valstuga, source)
    print(f"1..{tap.count}")
    sys.exit(0 if not tap.failed else 1)


if __name__ == "__main__":
    main()
