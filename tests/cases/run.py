#!/usr/bin/env python3
"""Runs the case files: commands with the output and exit status that they must have.

    run.py [--update] VALSTUGA FILE-OR-FOLDER...

A case file NAME.test is a conversation with a shell in a fresh folder:

    # A comment. Empty lines between commands are for the reader.
    $ valstuga order show 99
    valstuga: there is no order "99"
    [1]

- `$ ` begins a command, `> ` continues it on the next line; all commands of a file are run
  by one sh, so `cd`, variables and `export` last.
- What follows is its output, stdout and stderr together in the order written. An empty
  output is no line at all; empty lines at the end of the output count for nothing.
- `[N]` last: the exit status, when it is not 0.
- A line that ends in ` (re)` is a regular expression for the whole line, ` (glob)` a pattern
  with * and ?, ` (no-eol)` the last line when it does not end. ` (cr)` stands for a CR before
  the line's end, \\x1b and the like for other control characters, \\ufeff for a BOM.
- The first line may be `#requires DATA` (or another word below): else the case is skipped.
- Paths of the fixtures, the real data and the folder are seen as $FIXTURES, $DATA, $TMP.

The environment is made anew: VALSTUGA_NOW, VALSTUGA_USER=test, LC_ALL=C.UTF-8,
VALSTUGA_LANG=en, TZ far from Sweden, PATH with the program first, FIXTURES, DATA if it is
there. A case that wants Swedish says `--lang sv` or `export VALSTUGA_LANG=sv`.

One TAP test per file. --update writes what came instead into the files: read the diff.
"""
import concurrent.futures
import fnmatch
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, "..", ".."))
NOW = "2026-04-17T10:00"
SECONDS = 120  # for one file


class Command:
    def __init__(self, line, text):
        self.line = line      # in the file, from 0
        self.text = text
        self.expected = []
        self.status = 0
        self.first = self.last = 0  # lines of the expectation: [first, last)


def parse(lines):
    commands = []
    for number, line in enumerate(lines):
        current = commands[-1] if commands else None
        if line.startswith("$ "):
            commands.append(Command(number, line[2:]))
            commands[-1].first = commands[-1].last = number + 1
        elif line.startswith("> ") and current and current.last == number and not current.expected:
            current.text += "\n" + line[2:]
            current.first = current.last = number + 1
        elif line.startswith("#"):
            continue
        elif re.fullmatch(r"\[\d+\]", line) and current:
            current.status = int(line[1:-1])
            current.last = number + 1
        elif current:
            current.expected.append(line)
            if line:
                current.last = number + 1
        elif line:
            raise ValueError(f"line {number + 1}: output before the first command")
    for command in commands:
        while command.expected and not command.expected[-1]:
            command.expected.pop()
    return commands


def fits(expected, actual):
    if expected == actual:
        return True
    ending = " (no-eol)"
    if expected.endswith(ending) and actual.endswith(ending):
        return fits(expected[:-len(ending)], actual[:-len(ending)])
    if expected.endswith(" (re)"):
        return re.fullmatch(expected[:-5], actual) is not None
    if expected.endswith(" (glob)"):
        pattern = expected[:-7].replace("[", "[[]")
        return fnmatch.fnmatchcase(actual, pattern)
    return False


def agrees(command, output, status):
    return (status == command.status and len(output) == len(command.expected)
            and all(map(fits, command.expected, output)))


def data_folder():
    named = os.environ.get("DATA")
    for path in [named] if named else [os.path.join(ROOT, "..", "shared", "data")]:
        if os.path.isdir(path):
            return os.path.realpath(path)
    return None


def reason_to_skip(lines):
    words = lines[0].split() if lines else []
    if not words or words[0] != "#requires":
        return None
    for word in words[1:]:
        if word == "DATA" and not data_folder():
            return "the real data is not here"
        if word == "sv_SE" and not has_locale("sv_SE.utf8"):
            return "the locale sv_SE.UTF-8 is not generated"
        if word == "mount" and not can_mount():
            return "mounting is not allowed here"
        if word not in ("DATA", "sv_SE", "mount"):
            raise ValueError(f"nobody knows what '#requires {word}' is")
    return None


def has_locale(name):
    found = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False)
    return name in found.stdout.lower().replace("utf-8", "utf8").replace("sv_se", "sv_SE").split()


def can_mount():
    """In a name space of its own: nobody else sees the mount."""
    tried = subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"],
                           capture_output=True, check=False)
    return tried.returncode == 0


def environment(program, folder):
    kept = {name: value for name, value in os.environ.items()
            if name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS")}
    made = {
        "PATH": os.path.dirname(program) + ":/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
        "HOME": folder, "TMP": folder, "TZ": "America/New_York", "LC_ALL": "C.UTF-8",
        "VALSTUGA_NOW": NOW, "VALSTUGA_USER": "test", "VALSTUGA_LANG": "en",
        "FIXTURES": os.path.join(ROOT, "tests", "fixtures"),
    }
    if data_folder():
        made["DATA"] = data_folder()
    return {**kept, **made}


def clean(text, env):
    """The output without what differs from machine to machine."""
    for name in ("FIXTURES", "DATA", "TMP"):
        if name in env:
            text = text.replace(env[name], "$" + name)
    return text


def converse(commands, program):
    """[(output lines, status)] for the commands that got to their end."""
    salt = "--8<-- " + os.urandom(8).hex()
    with tempfile.TemporaryDirectory(prefix="valstuga-case-") as folder:
        folder = os.path.realpath(folder)
        work = os.path.join(folder, "work")
        os.mkdir(work)
        script = os.path.join(folder, "script")
        with open(script, "w", encoding="utf-8") as out:
            for command in commands:
                out.write(f"{command.text}\nprintf '\\n{salt} %d\\n' $?\n")
        env = environment(program, work)
        with open(os.path.join(folder, "output"), "w+b") as output:
            try:
                subprocess.run(["sh", script], cwd=work, env=env, stdin=subprocess.DEVNULL,
                               stdout=output, stderr=subprocess.STDOUT, timeout=SECONDS,
                               check=False)
            except subprocess.TimeoutExpired:
                pass
            output.seek(0)
            text = output.read().decode("utf-8", "backslashreplace")
        # A case may have taken write permission away.
        subprocess.run(["chmod", "-R", "u+rwX", folder], check=False)
    parts = re.split(r"\n" + re.escape(salt) + r" (\d+)\n", clean(text, env))
    return [(as_lines(parts[i]), int(parts[i + 1])) for i in range(0, len(parts) - 1, 2)], \
        parts[-1]


def visible(line):
    """A line that an editor shows: line ends of CSV as (cr), other control characters as \\x."""
    ending = " (cr)" if line.endswith("\r") else ""
    line = line[:-1] if ending else line
    return re.sub("[\x00-\x08\x0b-\x1f\x7f\ufeff]",
                  lambda m: m[0].encode("unicode_escape").decode(), line) + ending


def as_lines(text):
    ended = text.endswith("\n") or not text
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    lines = [visible(line) for line in lines]
    if not ended:
        lines[-1] += " (no-eol)"
    while lines and not lines[-1]:
        lines.pop()
    return lines


def differences(commands, answers, rest):
    for command, (output, status) in zip(commands, answers):
        if agrees(command, output, status):
            continue
        yield f"line {command.line + 1}: $ {command.text.splitlines()[0]}"
        for i in range(max(len(output), len(command.expected))):
            wanted = command.expected[i] if i < len(command.expected) else None
            came = output[i] if i < len(output) else None
            if wanted is None or came is None or not fits(wanted, came):
                if wanted is not None:
                    yield f"  - {wanted}"
                if came is not None:
                    yield f"  + {came}"
        if status != command.status:
            yield f"  exit status {status}, expected {command.status}"
    if len(answers) < len(commands):
        yield f"line {commands[len(answers)].line + 1}: did not end"
        yield from rest.splitlines()[-5:]


def update(path, lines, commands, answers):
    for command, (output, status) in reversed(list(zip(commands, answers))):
        if not agrees(command, output, status):
            came = output + ([f"[{status}]"] if status else [])
            lines[command.first:command.last] = came
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        out.write("\n".join(lines) + "\n")


def run(path, program, updating):
    """(reason to skip or None, list of differences)"""
    with open(path, encoding="utf-8", newline="\n") as file:
        lines = file.read().split("\n")[:-1]
    try:
        reason = reason_to_skip(lines)
        commands = parse(lines)
        if reason:
            return reason, []
        if not commands:
            return None, ["there is no command in the file"]
        answers, rest = converse(commands, program)
    except ValueError as error:
        return None, [str(error)]
    found = list(differences(commands, answers, rest))
    if found and updating:
        update(path, lines, commands, answers)
    return None, found


def case_files(words):
    for word in words:
        if os.path.isfile(word):
            yield os.path.abspath(word)
        for folder, _, names in os.walk(word):
            yield from (os.path.join(os.path.abspath(folder), n) for n in names
                        if n.endswith(".test"))


def main():
    words = sys.argv[1:]
    updating = "--update" in words
    words = [word for word in words if word != "--update"]
    if len(words) < 2:
        sys.exit(__doc__)
    program = shutil.which(words[0])
    if not program:
        sys.exit(f"{words[0]}: there is no such program")
    files = sorted(case_files(words[1:]))
    if not files:
        sys.exit("there are no case files")
    failed = 0
    print(f"1..{len(files)}")
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda p: run(p, os.path.abspath(program), updating), files)
        for number, (path, (reason, found)) in enumerate(zip(files, results), 1):
            name = os.path.basename(path)[:-len(".test")]
            failed += bool(found)
            print(f"{'not ok' if found else 'ok'} {number} - {name}"
                  + (f" # SKIP {reason}" if reason else ""))
            for line in found[:60]:
                print(f"# {line}")
            sys.stdout.flush()
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
