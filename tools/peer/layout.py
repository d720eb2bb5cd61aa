"""Learns from one of retreat's packs where its numbers are, as somebody who writes their own script would know.

    python3 layout.py PACK DATA_FOLDER [--within FILE SHEET COLUMN] [--masks=TEXT,TEXT] > layout.json

For each sheet: the column of the district ids, the first row of data, and for each column of numbers what it contains. A
year, group, grade, subject, or measure that differs by row is looked up in the column whose texts give it. This is not
part of any time that is measured.
"""

import argparse
import collections
import csv
import json
import pathlib
import re

from sheets import cells, letters_to_index, normal_id

PARTS = ["school_year", "measure", "group", "grade", "subject"]


def observations(pack):
    with open(pack / "data" / "observations.csv", encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found = re.fullmatch(r"([A-Z]+)(\d+)", row["source_cell"])
            if found and row["level"] == "district":
                yield {**row, "column": letters_to_index(found[1]), "row": int(found[2]) - 1}


def id_column(table, rows):
    """The column that holds each row's district id."""
    wanted = {(row["row"], normal_id(row["district_id"])) for row in rows}
    for column in range(max(len(cells) for cells in table)):
        if all(column < len(table[at]) and normal_id(table[at][column]) == own for at, own in wanted):
            return column
    return None


def telling_column(table, rows, part):
    """A column whose text decides a part of the key, with what each text means."""
    for column in range(max(len(table[row["row"]]) for row in rows)):
        meanings = {}
        for row in rows:
            line = table[row["row"]]
            text = line[column].strip() if column < len(line) else ""
            if not text or meanings.setdefault(text, row[part]) != row[part]:
                break
        else:
            if len(meanings) < len(rows):
                return {"column": column, "meanings": meanings}
    return None


def scale(table, rows):
    """The factor from the number in a cell to the value: a percent may be written as a share."""
    times = set()
    for row in rows:
        text = re.sub(r"[,$%' ]", "", table[row["row"]][row["column"]])
        if row["value"] and re.fullmatch(r"-?[0-9.]+", text) and float(text) != 0:
            times.add(round(float(row["value"]) / float(text), 6))
    return times.pop() if len(times) == 1 else 1.0


def layout_of(table, rows):
    own_ids = id_column(table, rows)
    if own_ids is None:
        return None
    by_column = collections.defaultdict(list)
    for row in rows:
        by_column[row["column"]].append(row)
    columns = []
    for column, own in sorted(by_column.items()):
        key = {}
        for part in PARTS:
            values = {row[part] for row in own}
            if len(values) == 1:
                key[part] = values.pop()
                continue
            told = telling_column(table, own, part)
            if told is None:
                break
            key[part] = told
        else:
            columns.append({"column": column, "key": key, "scale": scale(table, own)})
    first = min(row["row"] for row in rows)
    while first > 0 and own_ids < len(table[first - 1]) and re.fullmatch(r"'?\d+", table[first - 1][own_ids].strip()):
        first -= 1
    return {"id": own_ids, "first_row": first, "columns": columns}


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("pack", type=pathlib.Path)
    arguments.add_argument("data", type=pathlib.Path)
    arguments.add_argument("--within", nargs=3, metavar=("FILE", "SHEET", "COLUMN"))
    arguments.add_argument("--masks", default="", help="texts of masked cells, separated by commas")
    arguments = arguments.parse_args()
    by_sheet = collections.defaultdict(list)
    total = 0
    for row in observations(arguments.pack):
        by_sheet[row["source_file"], row["source_sheet"]].append(row)
        total += 1
    sheets = []
    for (file, sheet), rows in sorted(by_sheet.items()):
        layout = layout_of(cells(arguments.data / file, sheet), rows)
        if layout:
            sheets.append({"file": file, "sheet": sheet, **layout})
    with open(arguments.pack / "report.json", encoding="utf-8") as file:
        report = json.load(file)
    order = {source["path"]: at for at, source in enumerate(report["sources"])}
    sheets.sort(key=lambda sheet: order.get(sheet["file"], 0))
    charts = len(list(arguments.pack.glob("charts/*/*.png")))
    district = next(row for row in csv.DictReader(open(arguments.pack / "data" / "peers.csv", encoding="utf-8-sig")))
    print(
        json.dumps(
            {
                "district": report["district"]["id"],
                "peer_year": district["school_year"],
                "charts": charts,
                "within": arguments.within,
                "masks": [text for text in arguments.masks.split(",") if text],
                "sheets": sheets,
            }
        )
    )


main()
