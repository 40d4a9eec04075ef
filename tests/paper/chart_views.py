"""Views for the layouts in tests/fixtures/charts: the same figures every time."""
import math
import random

KOMMUNER = ["Arvika", "Eda", "Filipstad", "Forshaga", "Grums", "Hagfors", "Hammarö", "Karlstad", "Kil",
            "Kristinehamn", "Munkfors", "Storfors", "Sunne", "Säffle", "Torsby", "Årjäng"]


def weeks(dice, count):
    """26 weeks around the turn of a year with a week 53."""
    rows = []
    level = 1000
    for i in range(count):
        week = (40 + i - 1) % 53 + 1
        level += dice.randrange(-20, 45)
        rows.append({"label": f"v. {week}", "n": dice.choice([0, 0, 1, 1, 1, 2, 2, 3]), "booked": 0, "target": 1,
                     "average": round(0.4 + i / 30 + dice.random() / 3, 2), "followers": level, "other": level - 150 + i * 3,
                     "third": level - 260 - i * 2, "fourth": 700 + i * 12, "now": i == count - 5})
    for row in rows[-4:]:
        row.update(booked=row["n"], n=0, average=None)
    return rows


def sheet(dice, count, kommuner):
    rows = weeks(dice, count)
    if count > 12:
        rows[8]["other"] = rows[9]["other"] = None
    parts = [{"label": name, "a": dice.randrange(20, 900), "b": dice.randrange(0, 300), "c": dice.randrange(0, 200),
              "d": dice.randrange(0, 80), "mark": name == "Kil", "change": round(dice.uniform(-3.4, 2.2), 1), "aim": 500}
             for name in kommuner]
    small = [{"name": name, "last": str(dice.randrange(90, 400)), "goal": dice.randrange(200, 300),
              "series": [{"v": 100 + 5 * i + dice.randrange(0, 60), "g": 120 + 6 * i} for i in range(18)],
              "weeks": [{"v": dice.choice([0, 1, 1, 2, 4]), "t": 1} for i in range(26)]} for name in kommuner[:8]]
    return {"weeks": rows, "kommuner": parts, "changes": sorted(parts, key=lambda r: r["change"]), "small": small,
            "aim_text": "mål 1 i veckan"}


def galleries():
    """For gallery.json: name and sheet."""
    yield "usual", sheet(random.Random(5), 26, KOMMUNER)
    yield "empty", sheet(random.Random(5), 0, [])
    yield "one", sheet(random.Random(5), 1, KOMMUNER[:1])
    yield "two", sheet(random.Random(5), 2, KOMMUNER[:2])
    yield "sixty", sheet(random.Random(5), 60, [f"{k} {n}" for n in (1, 2, 3, 4) for k in KOMMUNER][:60])
    yield "400", sheet(random.Random(5), 400, [f"{k} {n}" for n in range(25) for k in KOMMUNER])


def square(west, south, side):
    return [[west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]]


def squares():
    """The five classes and one without data, left to right and down; one has a hole, one bad points."""
    rows = [{"class": None if i == 5 else i, "label": "ABCDEF"[i], "rings": [square(13 + i % 3 * 0.4, 60 - i // 3 * 0.2, 0.2)]}
            for i in range(6)]
    rows[4]["rings"].append(square(13.45, 59.85, 0.05))
    rows[0]["rings"][0][2:2] = [[1e300, 60], [None, None], "?", [0, 0], [13.2, 95]]
    rows.append({"class": 4, "label": "ingenting", "rings": []})
    rows.append({"class": 1, "label": "Ön", "rings": [square(13.95, 59.7, 0.02)]})
    return {"heading": "Rutor", "areas": rows}


def coasts(count, points):
    """So many areas side by side, each with so many points."""
    rows = []
    for i in range(count):
        dice = random.Random(i)
        west, south = 12 + i % 16 * 0.1, 59 + i // 16 * 0.05
        ring = [[west + 0.05 + 0.045 * math.cos(t) * dice.uniform(0.995, 1), south + 0.02 * math.sin(t) * dice.uniform(0.995, 1)]
                for t in (2 * math.pi * k / points for k in range(points))]
        rows.append({"class": i % 5, "label": f"178001{i:02}", "rings": [ring + ring[:1]]})
    return {"heading": "Kuster", "areas": rows}
