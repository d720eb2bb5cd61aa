"""Compares what the peer computed with the tables of retreat's pack, to 1e-9.

    python3 verify.py PACK PEER_OUT

Exit code 1 if more than one in a hundred of any kind of number differs, or one in five of the state's.
"""

import csv
import math
import pathlib
import sys

KEY = ["measure", "group", "grade", "subject"]
TABLES = {
    "observations": (["district_id", *KEY, "school_year"], ["value"]),
    "comparisons": (
        [*KEY, "school_year"],
        ["value", "state_n", "state_median", "state_percentile", "peer_n", "peer_median", "peer_p25", "peer_p75"]
        + ["peer_percentile"],
    ),
    "trends": ([*KEY, "first_year", "last_year", "n_years"], ["slope", "p_value"]),
    "peers": (["district_id"], ["distance"]),
}
# The share of the numbers that must be the same. retreat leaves out values of other districts that cannot be true.
LEAST, LEAST_STATE = 0.99, 0.8
PEER_NAMES = {"district_id": "district", "value": "own"}


def table(path, names, key, columns):
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    if rows and "set" in rows[0]:
        rows = [row for row in rows if row["set"] == "peers"]
    found = {}
    for row in rows:
        at = tuple(row[names(row, part)].lstrip("0") if part == "district_id" else row[part] for part in key)
        found[at] = {column: row[names(row, column)] for column in columns}
    return found


def ours(_, name):
    return name


def theirs(row, name):
    other = PEER_NAMES.get(name, name)
    return other if other in row else name


def is_same(one, other):
    if one == "" or other in ("", "NaN"):
        return (one == "") == (other in ("", "NaN"))
    return math.isclose(float(one), float(other), rel_tol=1e-9, abs_tol=1e-9)


def main():
    pack, peer = map(pathlib.Path, sys.argv[1:3])
    is_good = True
    for name, (key, columns) in TABLES.items():
        own = table(pack / "data" / f"{name}.csv", ours, key, columns)
        other = table(peer / f"{name}.csv", theirs, key, columns)
        shown = {at: row for at, row in own.items() if row[columns[0]] != ""}
        common = shown.keys() & other.keys()
        for column in columns:
            # What is blank in the pack is withheld there, or has too few values.
            stated = [at for at in common if own[at][column] != ""]
            same = sum(is_same(own[at][column], other[at][column]) for at in stated)
            print(f"{name}.{column}: {same} of {len(stated)} same; {len(shown)} in the pack")
            least = LEAST_STATE if column.startswith("state") else LEAST
            is_good &= same >= least * len(stated) and len(stated) > 0
    sys.exit(not is_good)


main()
