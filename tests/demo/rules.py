"""The rules of booking, checked naively: every booking against every other of the same person.

It knows the file's tables and what field.h says, nothing of the program. All of it lies in the
Swedish summer, so that the wall clock is two hours before UTC.
"""
import datetime
import itertools
import math
import sqlite3

SUMMER = datetime.timezone(datetime.timedelta(hours=2))
HOLDING = ("signed_up", "booked", "attended", "no_show")

SHIFTS = """SELECT s.id, s.starts_at, s.ends_at, s.break_minutes, s.activity_id, a.kind, a.title, a.place_id,
 a.mode, coalesce(a.latitude, p.latitude) AS latitude, coalesce(a.longitude, p.longitude) AS longitude,
 coalesce(s.tolerance, k.tolerance) AS tolerance, coalesce(s.rest, k.rest) AS rest, coalesce(s.pair, k.pair) AS pair
 FROM shift s JOIN activity a ON a.id = s.activity_id JOIN activity_kind k ON k.code = a.kind
 LEFT JOIN place p ON p.id = a.place_id WHERE s.cancelled_at IS NULL AND a.cancelled_at IS NULL"""


def minutes_between(a, b):
    """A car at 60 km/h on a road that is 1.3 times as long as the crow's flight."""
    (north, east), (to_north, to_east) = ([math.radians(x) for x in point] for point in (a, b))
    half = math.sin((to_north - north) / 2) ** 2 + math.cos(north) * math.cos(to_north) * math.sin((to_east - east) / 2) ** 2
    return round(2 * 6371 * math.asin(math.sqrt(half)) * 1.3)


def wall(moment):
    return datetime.datetime.fromtimestamp(moment, SUMMER)


class Campaign:
    def __init__(self, path):
        self.db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.db.row_factory = sqlite3.Row
        self.shifts = {row["id"]: row for row in self.rows(SHIFTS)}
        self.roles = {row["id"]: row for row in self.rows("SELECT * FROM shift_role")}
        self.bookings = self.rows("SELECT * FROM booking WHERE state IN (?, ?, ?, ?)", *HOLDING)
        self.people = {row["id"]: row for row in self.rows("SELECT * FROM person")}
        self.broken = []

    def rows(self, sql, *values):
        return self.db.execute(sql, values).fetchall()

    def one(self, sql, *values):
        return self.rows(sql, *values)[0][0]

    def breaks(self, rule, booking, *about):
        self.broken.append(f"{rule}: booking {booking['id']} {' '.join(map(str, about))}")

    def check(self):
        self.seats()
        for person, bookings in self.by_person().items():
            matched = [b for b in bookings if b["source"] == "match" and not b["override"]]
            for booking in matched:
                self.alone(self.people[person], booking)
            for a, b in itertools.combinations(bookings, 2):
                if a in matched or b in matched:
                    self.together(a, b)
            self.hours(self.people[person], bookings, matched)
        return self.broken

    def by_person(self):
        found = {}
        for booking in self.bookings:
            if booking["person_id"] is not None:
                found.setdefault(booking["person_id"], []).append(booking)
        return found

    def seats(self):
        for role in self.roles.values():
            held = [b for b in self.bookings if b["role_id"] == role["id"]]
            if len(held) > role["most"]:
                self.breaks("seat", held[0], role["name"], len(held), "of", role["most"])

    def point(self, shift):
        return None if shift["latitude"] is None else (shift["latitude"], shift["longitude"])

    def alone(self, person, booking):
        """Skill, consent, presence, refusals, the way from home."""
        shift, role = self.shifts[booking["shift_id"]], self.roles[booking["role_id"]]
        if role["skill_id"] and not self.rows(
                "SELECT 1 FROM person_skill s JOIN skill k ON k.id = s.skill_id WHERE s.person_id = ? AND k.id = ?"
                " AND (NOT k.confirmed OR s.confirmed_on IS NOT NULL)", person["id"], role["skill_id"]):
            self.breaks("skill", booking)
        consent = self.rows("SELECT 1 FROM consent WHERE person_id = ? AND withdrawn_at IS NULL", person["id"])
        if person["restricted"] or not person["volunteer"] or not (consent or person["membership"] == "member"):
            self.breaks("asked", booking)
        if self.rows("SELECT 1 FROM wish WHERE person_id = ? AND NOT wants AND (shift_id = ? OR activity_id = ? OR kind = ?)",
                     person["id"], shift["id"], shift["activity_id"], shift["kind"]):
            self.breaks("refused", booking)
        self.present(person, booking, shift)
        home = self.rows("SELECT avg(latitude), avg(longitude) FROM place WHERE kommun_code = ? AND latitude IS NOT NULL",
                         person["kommun_code"])
        if person["travel_max"] and self.point(shift) and shift["mode"] != "digital" and home:
            # A minute may go either way in the rounding.
            if minutes_between(tuple(home[0]), self.point(shift)) > person["travel_max"] + 1:
                self.breaks("far", booking)

    def present(self, person, booking, shift):
        entries = self.rows("SELECT * FROM presence WHERE person_id = ?", person["id"])
        for moment in range(shift["starts_at"], shift["ends_at"], 900):
            at = wall(moment)
            now = [e for e in entries if e["from_date"] <= at.date().isoformat() <= e["until_date"]
                   and (not e["weekdays"] or str(at.isoweekday()) in e["weekdays"].split(","))
                   and e["starts"] <= at.hour * 60 + at.minute < e["ends"]]
            if any(not e["can"] for e in now) or (any(e["can"] for e in entries) and not any(e["can"] for e in now)):
                self.breaks("away", booking, at)
                return

    def together(self, a, b):
        """Two bookings of one person."""
        first, second = sorted((self.shifts[x["shift_id"]] for x in (a, b)), key=lambda s: (s["starts_at"], s["id"]))
        if first["id"] == second["id"]:
            self.breaks("once", a, "and", b["id"])
            return
        between = (second["starts_at"] - first["ends_at"]) / 60
        places = [self.point(first), self.point(second)]
        here = first["activity_id"] == second["activity_id"] or (None not in places and places[0] == places[1])
        if here:
            handover = second["starts_at"] > first["starts_at"] and second["ends_at"] > first["ends_at"]
            least = -min(first["tolerance"], second["tolerance"]) if handover else 0
        elif "digital" in (first["mode"], second["mode"]) or None in places:
            least = 0
        else:
            least = max(first["rest"], second["rest"]) + minutes_between(*places)
        if between < least:
            self.breaks("overlap or rest", a, "and", b["id"], between, "<", least)

    def hours(self, person, bookings, matched):
        for limit, span in (("hours_day", lambda t: t.date()), ("hours_week", lambda t: t.isocalendar()[:2])):
            spent = {}
            for booking in bookings:
                shift = self.shifts[booking["shift_id"]]
                key = span(wall(shift["starts_at"]))
                spent.setdefault(key, []).append(((shift["ends_at"] - shift["starts_at"]) / 60 - shift["break_minutes"], booking))
            for entries in spent.values():
                if person[limit] and sum(m for m, _ in entries) > person[limit] * 60 and any(b in matched for _, b in entries):
                    self.breaks(limit, entries[0][1])
