#!/usr/bin/env python3
"""Checks whether two packs contain the same numbers: python3 tools/same_numbers.py OLD_OUT NEW_OUT

Compares data/*.csv cell by cell, and swot/candidates.json and report.json value by value. Numbers must be equal. Texts may
differ, and are counted if they do. File sizes may differ, because they depend on the texts. Use it before and after a
change of structure or words. Exit code 0: the same numbers; 1: different numbers.
"""
import csv
import json
import pathlib
import sys

JSON_FILES = ["swot/candidates.json", "report.json"]
# A size is the size of a text, and so is not a number in the pack.
SIZES = {"bytes"}


def number(text):
    """The number in a cell, or None if it contains text or nothing."""
    try:
        return float(text)
    except ValueError:
        return None


class Comparison:
    def __init__(self):
        self.numbers = self.texts = 0
        self.faults = []

    def fault(self, place, old, new):
        self.faults.append(f"{place}: {str(old)[:60]!r} is now {str(new)[:60]!r}")

    def cell(self, place, old, new):
        """Compares two cells of a table."""
        if number(old) is None and number(new) is None:
            self.texts += old != new
            return
        self.numbers += 1
        if old != new and number(old) != number(new):
            self.fault(place, old, new)

    def value(self, place, old, new):
        """Compares two values of a JSON file, and everything in them."""
        if isinstance(old, dict) and isinstance(new, dict):
            for key in sorted((old.keys() | new.keys()) - SIZES):
                if key in old and key in new:
                    self.value(f"{place}.{key}", old[key], new[key])
                else:
                    self.fault(f"{place}.{key}", old.get(key, "absent"), new.get(key, "absent"))
        elif isinstance(old, list) and isinstance(new, list):
            if len(old) != len(new):
                self.fault(place, f"{len(old)} items", f"{len(new)} items")
            for i, (one, other) in enumerate(zip(old, new)):
                self.value(f"{place}[{i}]", one, other)
        elif isinstance(old, str) and isinstance(new, str):
            self.texts += old != new
        else:
            self.numbers += 1
            if old != new:
                self.fault(place, old, new)

    def tables(self, old, new):
        for name in sorted({p.name for p in old.glob("data/*.csv")} | {p.name for p in new.glob("data/*.csv")}):
            paths = [old / "data" / name, new / "data" / name]
            if not all(path.exists() for path in paths):
                self.fault(name, *[path.exists() for path in paths])
                continue
            rows = [list(csv.reader(path.open(newline="", encoding="utf-8-sig"))) for path in paths]
            if len(rows[0]) != len(rows[1]):
                self.fault(name, f"{len(rows[0])} rows", f"{len(rows[1])} rows")
            for line, (one, other) in enumerate(zip(*rows), start=1):
                if len(one) != len(other):
                    self.fault(f"{name}:{line}", f"{len(one)} cells", f"{len(other)} cells")
                for column, (a, b) in enumerate(zip(one, other), start=1):
                    self.cell(f"{name}:{line}:{column}", a, b)

    def json_files(self, old, new):
        for name in JSON_FILES:
            self.value(name, *[json.loads((folder / name).read_text(encoding="utf-8")) for folder in (old, new)])


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    old, new = map(pathlib.Path, sys.argv[1:])
    comparison = Comparison()
    comparison.tables(old, new)
    comparison.json_files(old, new)
    print(f"{comparison.numbers} numbers compared, {len(comparison.faults)} differ; {comparison.texts} texts differ")
    for fault in comparison.faults[:20]:
        print(f"  {fault}")
    sys.exit(1 if comparison.faults or not comparison.numbers else 0)


if __name__ == "__main__":
    main()
