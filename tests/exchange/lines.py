"""A strict reader of content lines (RFC 5545, RFC 2425): what others make of our files."""
import re


def unfold(data):
    """Lines of text; every physical line is held to the rules."""
    assert data.endswith(b"\r\n"), "the last line ends in CRLF"
    physical = data[:-2].split(b"\r\n")
    lines = []
    for line in physical:
        assert b"\r" not in line and b"\n" not in line, f"a bare line break in {line!r}"
        assert len(line) <= 75, f"{len(line)} bytes: {line!r}"
        line.decode()  # no character is cut in two
        if line.startswith(b" "):
            assert len(line) > 1, "a continued line has something"
            lines[-1] += line[1:]
        else:
            lines.append(line)
    return [line.decode() for line in lines]


def unescape(text):
    out, at = "", 0
    while at < len(text):
        if text[at] == "\\":
            at += 1
            assert text[at] in "\\;,nN", f"unknown escape in {text!r}"
            out += "\n" if text[at] in "nN" else text[at]
        else:
            assert text[at] not in ";,", f"{text[at]} is not escaped in {text!r}"
            out += text[at]
        at += 1
    return out


def parse_line(line):
    """(name, {parameter: value}, raw value)"""
    found = re.match(r'([A-Z-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^";:]*))*):(.*)$', line, re.S)
    assert found, f"no content line: {line!r}"
    assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", line), f"a control character: {line!r}"
    parameters = dict(re.findall(r';([A-Z-]+)=("[^"]*"|[^";:]*)', found[2]))
    return found[1], parameters, found[3]


def components(data):
    """The outer component: (name, [(name, parameters, value)], [inner components])"""
    stack = [("", [], [])]
    for line in unfold(data):
        name, parameters, value = parse_line(line)
        if name == "BEGIN":
            stack.append((value, [], []))
        elif name == "END":
            done = stack.pop()
            assert done[0] == value, f"{done[0]} ends as {value}"
            stack[-1][2].append(done)
        else:
            stack[-1][1].append((name, parameters, value))
    assert len(stack) == 1 and not stack[0][1], "something stands outside"
    return stack[0][2]


def texts(component, name):
    return [unescape(value) for key, _, value in component[1] if key == name]


def one(component, name):
    found = [(parameters, value) for key, parameters, value in component[1] if key == name]
    assert len(found) == 1, f"{len(found)} {name}"
    return found[0][1]


DATE_TIME = re.compile(r"\d{8}T([01]\d|2[0-3])[0-5]\d[0-5]\dZ$")


def check_event(event):
    """What RFC 5545 3.6.1 demands of a VEVENT with METHOD."""
    names = [key for key, _, _ in event[1]]
    for name in ("UID", "DTSTAMP", "DTSTART", "SEQUENCE", "SUMMARY", "STATUS"):
        assert names.count(name) == 1, f"{names.count(name)} {name}"
    for name in ("DTEND", "DESCRIPTION", "LOCATION", "GEO", "ORGANIZER", "URL", "CREATED",
                 "LAST-MODIFIED", "TRANSP"):
        assert names.count(name) <= 1, f"{names.count(name)} {name}"
    start = end = None
    for name, parameters, value in event[1]:
        if name in ("DTSTAMP", "CREATED", "LAST-MODIFIED"):
            assert DATE_TIME.match(value), value
        if name in ("DTSTART", "DTEND"):
            if parameters.get("VALUE") == "DATE":
                assert re.match(r"\d{8}$", value), value
            else:
                assert not parameters and DATE_TIME.match(value), value
            start, end = (value, end) if name == "DTSTART" else (start, value)
    assert end is None or (end > start and len(end) == len(start)), f"{start} to {end}"


def read_calendar(data):
    found = components(data)
    assert len(found) == 1 and found[0][0] == "VCALENDAR"
    calendar = found[0]
    assert one(calendar, "VERSION") == "2.0" and one(calendar, "PRODID")
    assert one(calendar, "METHOD") == "PUBLISH"
    uids = set()
    for event in calendar[2]:
        assert event[0] == "VEVENT"
        check_event(event)
        assert one(event, "UID") not in uids, "a UID twice"
        uids.add(one(event, "UID"))
    return calendar
