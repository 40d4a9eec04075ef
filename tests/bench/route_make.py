"""Writes random CVRP instances in the manner of Uchoa et al. (EJOR 257, 2017): `route_make.py
FOLDER [COUNT [SEED]]`. Customers scattered, in clusters or both; depot in the middle, in a
corner or anywhere; seven kinds of demand; 3 to 25 customers in a round; 110 to 950 of them."""
import math
import os
import random
import sys

KINDS = ("unit", (1, 10), (5, 10), (1, 100), (50, 100), "quadrant", "few large")


def near_seed(draw, seeds):
    while True:
        x, y = draw.randint(0, 1000), draw.randint(0, 1000)
        if draw.random() < sum(math.exp(-math.dist((x, y), seed) / 40) for seed in seeds):
            return x, y


def customers(draw, count, layout):
    seeds = [(draw.randint(0, 1000), draw.randint(0, 1000)) for _ in range(draw.randint(3, 8))]
    scattered = {"scattered": count, "both": count // 2, "clusters": 0}[layout]
    places = []
    while len(places) < count:
        if len(places) < scattered:
            place = draw.randint(0, 1000), draw.randint(0, 1000)
        else:
            place = near_seed(draw, seeds)
        if place not in places:
            places.append(place)
    return places


def demand(draw, kind, place, share):
    if kind == "unit":
        return 1
    if kind == "quadrant":
        even = (place[0] < 500) == (place[1] < 500)
        return draw.randint(1, 50) if even else draw.randint(51, 100)
    if kind == "few large":
        return draw.randint(1, 10) if draw.random() < share else draw.randint(50, 100)
    return draw.randint(*kind)


def instance(draw, count, turn):
    depot = [(500, 500), (0, 0), (draw.randint(0, 1000), draw.randint(0, 1000))][turn % 3]
    places = customers(draw, count, draw.choice(("scattered", "both", "clusters")))
    kind, share = KINDS[turn % len(KINDS)], draw.uniform(0.7, 0.95)
    demands = [demand(draw, kind, place, share) for place in places]
    length = draw.triangular(3, 25, 6)
    capacity = max(math.ceil(length * sum(demands) / count), max(demands))
    return [depot] + places, [0] + demands, capacity


def main():
    folder = sys.argv[1]
    wanted = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    draw = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    os.makedirs(folder, exist_ok=True)
    for turn in range(wanted):
        count = round(110 * (950 / 110) ** (turn / max(wanted - 1, 1)))
        places, demands, capacity = instance(draw, count, turn)
        with open(f"{folder}/R-n{count + 1:04}.vrp", "w", encoding="ascii") as file:
            print(f"NAME : R-n{count + 1:04}\nTYPE : CVRP\nDIMENSION : {count + 1}\n"
                  f"EDGE_WEIGHT_TYPE : EUC_2D\nCAPACITY : {capacity}\nNODE_COORD_SECTION",
                  file=file)
            for i, (x, y) in enumerate(places, 1):
                print(i, x, y, file=file)
            print("DEMAND_SECTION", file=file)
            for i, load in enumerate(demands, 1):
                print(i, load, file=file)
            print("DEPOT_SECTION\n1\n-1\nEOF", file=file)


main()
