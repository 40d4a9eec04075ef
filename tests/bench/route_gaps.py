"""Runs bench-route over sets of instances; see route.sh. Uses one core."""
import json
import os
import re
import subprocess
import sys

# Solomon's instances with distances cut to one decimal, as in the literature on exact
# methods; the best known lists with full decimals do not compare with that.
SOLOMON = dict(
    C101=827.3, C102=827.3, C103=826.3, C104=822.9, C105=827.3, C106=827.3, C107=827.3,
    C108=827.3, C109=827.3, C201=589.1, C202=589.1, C203=588.7, C204=588.1, C205=586.4,
    C206=586.0, C207=585.8, C208=585.8, R101=1637.7, R102=1466.6, R103=1208.7, R104=971.5,
    R105=1355.3, R106=1234.6, R107=1064.6, R108=932.1, R109=1146.9, R110=1068.0,
    R111=1048.7, R112=948.6, R201=1143.2, R202=1029.6, R203=870.8, R204=731.3, R205=949.8,
    R206=875.9, R207=794.0, R208=701.0, R209=854.8, R210=900.5, R211=746.7, RC101=1619.8,
    RC102=1457.4, RC103=1258.0, RC104=1132.3, RC105=1513.7, RC106=1372.7, RC107=1207.8,
    RC108=1114.2, RC201=1261.8, RC202=1092.3, RC203=923.7, RC204=783.5, RC205=1154.0,
    RC206=1051.1, RC207=962.9, RC208=776.1)

# set -> folder, ending, {seconds: mean gap aimed at, in per cent}
SETS = {
    "classic": ("cvrp-classic", ".vrp", {"1": 0.80, "10": 0.35}),
    "cordeau": ("mdvrp-cordeau", ".txt", {"5": 0.25}),
    "solomon": ("vrptw-solomon", ".txt", {"2.5": 0.20}),
}
ROW = "{:8} {:>7} {:>9} {:>8} {:>8} {:>8}  {:>6}  {}"


def best_known(name, folder):
    if name == "solomon":
        return SOLOMON
    with open(os.path.join(folder, "BKS.json"), encoding="utf-8") as file:
        return {key: value["best_known_cost"] for key, value in json.load(file).items()}


def gap(bench, path, seconds, best):
    run = subprocess.run([bench, path, seconds], capture_output=True, text=True, check=False)
    found = re.search(r"^cost (\S+) routes \d+$", run.stdout, re.MULTILINE)
    if run.returncode or not found:
        print(f"  {path}: {run.stderr.strip()}")
        return None
    return 100 * (float(found.group(1)) / best - 1)


def run_set(bench, data, name, every, seconds):
    folder, ending, usual = SETS[name]
    folder = os.path.join(data, folder)
    best = best_known(name, folder)
    instances = sorted(key for key in best if os.path.exists(os.path.join(folder, key + ending)))
    for limit in seconds or list(usual):
        gaps = {}
        for key in instances[::every]:
            gaps[key] = gap(bench, os.path.join(folder, key + ending), limit, best[key])
        solved = [value for value in gaps.values() if value is not None]
        if not solved:
            continue
        worst = max((key for key in gaps if gaps[key] is not None), key=gaps.get)
        close = sum(value <= 0.05 for value in solved)
        aim = f"{usual[limit]:.2f} %" if limit in usual else "-"
        print(ROW.format(name, limit, f"{len(solved)}/{len(gaps)}",
                         f"{sum(solved) / len(solved):.3f} %", aim, f"{gaps[worst]:.2f} %",
                         close, worst), flush=True)


def main():
    bench, data = sys.argv[1:3]
    seconds = [word for word in sys.argv[3:] if re.fullmatch(r"[0-9.]+", word)]
    sets = [word for word in sys.argv[3:] if word not in seconds] or list(SETS)
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    print(ROW.format("set", "seconds", "solved", "mean", "aim", "max", "<=0.05", "worst"))
    for word in sets:
        name, _, every = word.partition(":")
        run_set(bench, data, name, int(every or 1), seconds)


main()
