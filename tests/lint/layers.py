#!/usr/bin/env python3
"""Every #include goes where the table of rooms allows, and libraries stay in their room."""
import os
import re

import tap

# Room: the rooms whose headers it may include, of core/ or of include/valstuga/.
LOW = {"base", "store", "plan", "record", "template"}
MAY_USE = {
    "base": set(),
    "store": {"base"},
    "plan": {"base"},
    "record": {"base", "store"},
    "template": {"base"},
    "register": LOW,
    "ballots": LOW | {"register"},
    "field": LOW | {"register"},
    "media": LOW | {"register"},
    "campaign": LOW | {"register", "ballots", "field", "media"},
    "exchange": {"base", "store", "record", "template", "register", "ballots", "field", "media",
                 "campaign"},
    "paper": {"base", "template"},
    "web": LOW | {"register", "ballots", "field", "media", "campaign", "exchange", "paper"},
}
# Of these rooms it may include the public header only.
PUBLIC_ONLY = {"exchange": {"register", "ballots", "field", "media", "campaign"}}

# Public header: its room, when it is not the room's own name.
ROOM_OF = {"text": "base", "csv": "base", "date": "base", "language": "base",
           "stock": "ballots", "delivery": "ballots", "usage": "ballots", "allot": "plan",
           "match": "plan", "person": "register", "flyer": "field",
           "privacy": "campaign", "goal": "campaign", "evaluation": "campaign",
           "calendar": "exchange", "mail": "exchange", "spreadsheet": "exchange",
           "forecast": "plan", "trend": "plan", "rank": "plan"}

# Library header (a pattern): the rooms that may include it.
LIBRARIES = {
    r"sqlite3\.h": {"store"},
    r"hpdf\.h|qrencode\.h": {"paper"},
    r"uni(?!std)[a-z]+\.h": {"base"},
    r"jansson\.h": set(MAY_USE) - {"base", "store", "plan"},
    r"microhttpd\.h|sodium\.h|seccomp\.h": {"web"},
    r"curl/curl\.h": {"exchange"},
    r"xlsxwriter\.h|zip\.h|expat\.h": {"exchange"},
}
LIBC = set("""assert complex ctype dirent dlfcn endian errno fcntl fenv float fnmatch getopt glob grp
    inttypes iso646 langinfo libgen libintl limits locale math netdb poll pthread pwd regex sched
    setjmp signal spawn stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn
    string strings syslog termios threads time uchar unistd wchar wctype arpa/inet net/if
    netinet/in netinet/tcp""".split())


def includes(path):
    for number, line in enumerate(tap.read(path).splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if found:
            yield f"{path}:{number}", found[1], found[2]


def is_libc(header):
    name = header[:-2]
    return name in LIBC or name.startswith(("sys/", "linux/"))


def room_of_public(header):
    name = header[len("valstuga/"):-2]
    room = ROOM_OF.get(name, name)
    return room if room in MAY_USE else None


def library_rooms(header):
    for pattern, rooms in LIBRARIES.items():
        if re.fullmatch(pattern, header):
            return rooms
    return None


def judge(room, header):
    """What is wrong with `room` including `header`; None: nothing."""
    if header.startswith("valstuga/"):
        other = room_of_public(header)
        if not other:
            return f"{header}: no room; add it to ROOM_OF in tests/lint/layers.py"
        return None if other == room or other in MAY_USE[room] else f"{room} may not use {other}"
    if "/" in header and header.split("/")[0] in MAY_USE:
        other = header.split("/")[0]
        if other != room and other not in MAY_USE[room]:
            return f"{room} may not use {other}"
        if other in PUBLIC_ONLY.get(room, ()):
            return f"{room} may use {other}'s public header only"
        return None
    rooms = library_rooms(header)
    if rooms is not None:
        return None if room in rooms else f"{header} is not for {room}"
    return None if is_libc(header) else f"{header}: neither ours, nor libc, nor a known library"


def check_room(room):
    found = []
    for path in tap.files(f"core/{room}"):
        for place, kind, header in includes(path):
            if kind == '"' and "/" not in header:
                found.append(f'{place}: write "{room}/{header}"')
                continue
            wrong = judge(room, header)
            if wrong:
                found.append(f"{place}: {wrong}")
    tap.check(found, f"{room} includes only what it may")


def check_public():
    found = []
    for path in tap.files("include/valstuga"):
        room = room_of_public("valstuga/" + os.path.basename(path))
        for place, kind, header in includes(path):
            wrong = (f"{path}: which room is it of?" if not room
                     else "a public header includes <...> only" if kind == '"'
                     else judge(room, header))
            # What our users need to compile is the standard library and jansson.
            if not wrong and library_rooms(header) is not None and header != "jansson.h":
                wrong = f"{header} in a public header"
            if wrong:
                found.append(f"{place}: {wrong}")
    tap.check(found, "public headers include only what their room may")


def check_tools():
    found = []
    for path in tap.files("tools"):
        for place, kind, header in includes(path):
            beside = os.path.join(tap.ROOT, os.path.dirname(path), header)
            if kind == '"' and not os.path.exists(beside):
                found.append(f"{place}: {header} is not a header of this tool")
            elif kind == "<" and not (header.startswith("valstuga/") or is_libc(header)):
                found.append(f"{place}: {header}: tools use <valstuga/...> and libc")
    tap.check(found, "tools see the public headers only")


def check_table():
    """The table itself: no room may reach itself."""
    found = []
    for room, seen in ((room, set()) for room in MAY_USE):
        todo = list(MAY_USE[room])
        while todo:
            other = todo.pop()
            if other not in seen:
                seen.add(other)
                todo += MAY_USE[other]
        if room in seen:
            found.append(f"{room} uses itself in a circle")
    tap.check(found, "the table of rooms has no circle")


def main():
    check_table()
    rooms = sorted(os.listdir(os.path.join(tap.ROOT, "core")))
    rooms = [room for room in rooms if os.path.isdir(os.path.join(tap.ROOT, "core", room))]
    tap.check([f"core/{room} is not in the table" for room in rooms if room not in MAY_USE],
              "every room is in the table")
    for room in rooms:
        if room in MAY_USE:
            check_room(room)
    check_public()
    check_tools()
    tap.done()


main()
