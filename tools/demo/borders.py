"""Invented borders of the kommuner, for maps: none of them is where it really is.

Each kommun is what lies nearest to its main town within a frame around them all (a Voronoi
diagram), and every border between two corners is wobbled like a shore, the same for both
neighbours. WGS 84, with the properties of the file that everybody uses for the country's kommuner.
"""

import json
import math
import random

from geography import KOMMUNER

MIDDLE = 59.7  # the latitude where a degree is as wide as it is high, once stretched
STRETCH = math.cos(math.radians(MIDDLE))

# A frame around the sixteen towns, longitude and latitude; convex, so that no kommun falls apart.
FRAME = [(11.72, 59.35), (12.05, 58.98), (12.75, 58.86), (13.6, 59.08), (14.32, 59.16), (14.62, 59.45), (14.58, 60.02),
         (14.05, 60.6), (13.3, 60.98), (12.62, 60.96), (11.98, 60.3), (11.72, 59.8)]
PIECES = 8  # of a border of 40 km


def flat(point):
    return point[0] * STRETCH, point[1]


def nearer(polygon, own, other):
    """The part of the polygon that is nearer to one point than to another."""
    middle = [(a + b) / 2 for a, b in zip(own, other)]
    away = [b - a for a, b in zip(own, other)]

    def beyond(point):
        return sum((x - m) * d for x, m, d in zip(point, middle, away))

    kept = []
    for i, point in enumerate(polygon):
        before = polygon[i - 1]
        here, there = beyond(point), beyond(before)
        if (here > 0) != (there > 0):
            share = there / (there - here)
            kept.append(tuple(b + share * (p - b) for b, p in zip(before, point)))
        if here <= 0:
            kept.append(point)
    return kept


def corner(point):
    """One number for what several kommuner call the same corner."""
    return round(point[0], 6), round(point[1], 6)


def wobble(start, end):
    """Points between two corners, exclusive; the same backwards."""
    if start > end:
        return wobble(end, start)[::-1]
    rng = random.Random(repr((start, end)))
    length = math.dist(start, end)
    count = max(2, round(PIECES * length / 0.36))
    away = (end[1] - start[1]) / length, (start[0] - end[0]) / length
    points, drift = [], 0.0
    for i in range(1, count):
        drift = 0.7 * drift + length / count * 0.5 * (2 * rng.random() - 1)
        share = i / count
        held = drift * min(1, 3 * share, 3 * (1 - share))
        points.append(tuple(s + share * (e - s) + held * a for s, e, a in zip(start, end, away)))
    return points


def ring(cell):
    corners = []
    for point in map(corner, cell):
        if not corners or math.dist(corners[-1], point) > 1e-4:
            corners.append(point)
    points = []
    for i, point in enumerate(corners):
        points += [point, *wobble(point, corners[(i + 1) % len(corners)])]
    points.append(points[0])
    return [[round(x / STRETCH, 5), round(y, 5)] for x, y in points]


def area(points):
    """Twice the area with its sign: more than 0 when it goes against the clock, as GeoJSON wants."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:]))


def cells():
    towns = {kommun.code: flat(kommun.centre[::-1]) for kommun in KOMMUNER}
    for kommun in KOMMUNER:
        cell = [flat(point) for point in FRAME]
        for code, town in towns.items():
            if code != kommun.code:
                cell = nearer(cell, towns[kommun.code], town)
        yield kommun, ring(cell)


def geojson():
    features = []
    for kommun, points in cells():
        points = points if area(points) > 0 else points[::-1]
        features.append({"type": "Feature", "id": kommun.code,
                         "properties": {"kom_namn": kommun.name, "id": kommun.code, "lan_code": kommun.code[:2]},
                         "geometry": {"type": "Polygon", "coordinates": [points]}})
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features)
    return '{"type":"FeatureCollection","features":[\n' + lines + "\n]}\n"
