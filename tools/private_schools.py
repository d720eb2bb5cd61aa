#!/usr/bin/env python3
"""Makes a project of one district whose schools are private, to measure disclosure control.

    private_schools.py FOLDER [--schools 30] [--years 8] [--counts-only]

Each school has 10 groups and 6 grades, and a row for each group in each grade: enrollment, and how many students were
counted and chronically absent (with --counts-only, the layout reads enrollment alone). Then:

    time retreat build FOLDER --format svg

Remove .retreat before each measurement. The same arguments make the same bytes.
"""

import argparse
import pathlib
import random

RACES = {"black": 10, "hispanic": 25, "white": 50, "asian": 6, "two-or-more": 6, "american-indian": 1}
GROUPS = ["all", *RACES, "female", "male", "low-income", "english-learners"]
GRADES = ["KG", "01", "02", "03", "04", "05"]

LAYOUT = """id = "schools"
label = "Schools"
authority = "made up"
level = "school"
roll-up = "sum"
school = ["School ID", "School"]
public = false

[year]
from = "column"
column = ["Year"]
means = "end"

[district]
id = ["ID"]
name = ["District"]

[[part]]
part = "group"
column = ["Group"]

[[part]]
part = "grade"
column = ["Grade"]

[[column]]
name = ["Students"]
measure = "enrollment"
"""

RATES = """
[[column]]
name = ["Counted"]
measure = "chronic-absenteeism-rate"
stat = "denominator"

[[column]]
name = ["Absent"]
measure = "chronic-absenteeism-rate"
stat = "numerator"
"""

PROJECT = """[retreat]
title = "A made-up district"
state = "none"
district = "1"

[[source]]
path = "schools.csv"
layout = "schools.toml"
"""


def groups_of_a_student(source):
    groups = ["all", source.choices(list(RACES), list(RACES.values()))[0]]
    groups.append("female" if source.random() < 0.49 else "male")
    groups += [group for group, share in [("low-income", 0.4), ("english-learners", 0.1)] if source.random() < share]
    return groups


def school(source):
    """Students and absent students by group and grade."""
    cells = {}
    for grade in GRADES:
        for _ in range(source.randint(30, 80)):
            absent = source.random() < 0.22
            for group in groups_of_a_student(source):
                for place in [(group, grade), (group, "all")]:
                    students, missing = cells.get(place, (0, 0))
                    cells[place] = (students + 1, missing + absent)
    return cells


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--schools", type=int, default=30)
    parser.add_argument("--years", type=int, default=8)
    parser.add_argument("--counts-only", action="store_true")
    asked = parser.parse_args()
    source = random.Random(22)
    asked.folder.mkdir(parents=True, exist_ok=True)
    (asked.folder / "schools.toml").write_text(LAYOUT + ("" if asked.counts_only else RATES))
    (asked.folder / "retreat.toml").write_text(PROJECT)
    with open(asked.folder / "schools.csv", "w", newline="") as file:
        file.write("ID,District,Year,School ID,School,Group,Grade,Students,Counted,Absent\n")
        for year in range(2026 - asked.years, 2026):
            for number in range(asked.schools):
                cells = school(source)
                for group in GROUPS:
                    for grade in ["all", *GRADES]:
                        students, absent = cells.get((group, grade), (0, 0))
                        row = [1, "Ash", year, 100 + number, f"School {number}", group, grade, students, students, absent]
                        file.write(",".join(map(str, row)) + "\n")


if __name__ == "__main__":
    main()
