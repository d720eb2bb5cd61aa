#!/usr/bin/env python3
"""Makes two projects of one made-up state, to measure what its schools cost.

    state_of_schools.py FOLDER [--districts 1000] [--schools 9000] [--years 12]

FOLDER/schools has a table for each year with a row for each school, FOLDER/districts the sums of the same tables with a row
for each district. Both have 60 measures: enrollment of all students and of 9 groups and 14 grades, and, for all students and
5 groups, how many students were tested and met the standard in 3 subjects. Then:

    time retreat build FOLDER/districts --format svg
    time retreat build FOLDER/schools --format svg

Remove .retreat from both before each measurement. The same arguments make the same bytes.
"""

import argparse
import pathlib
import random

RACES = ["black", "hispanic", "asian", "two-or-more", "white"]
GROUPS = RACES + ["female", "male", "low-income", "english-learners"]
TESTED = ["all", "black", "hispanic", "white", "low-income", "english-learners"]
GRADES = ["KG"] + [f"{grade:02}" for grade in range(1, 13)] + ["PK"]
SUBJECTS = ["mathematics", "reading", "science"]
SPANS = [("KG-05", 1), ("KG-05", 1), ("06-08", 2), ("09-12", 4)]

LAYOUT = """id = "{id}"
label = "Made-up {id}"
authority = "made up"
public = true
level = "{id}"
{roll_up}
[year]
from = "column"
column = ["Year"]
means = "end"

[district]
id = ["District ID"]
id-width = 6
name = ["District"]

[[column]]
matching = '^Students (?P<group>[a-z-]+)$'
measure = "enrollment"

[[column]]
matching = '^Grade (?P<grade>\\w+)$'
measure = "enrollment"

[[column]]
matching = '^Tested (?P<subject>[a-z]+) (?P<group>[a-z-]+)$'
measure = "proficiency-rate"
stat = "denominator"

[[column]]
matching = '^Met (?P<subject>[a-z]+) (?P<group>[a-z-]+)$'
measure = "proficiency-rate"
stat = "numerator"
"""

SCHOOLS = """roll-up = "sum"
school = ["School ID", "School"]

[[school-attribute]]
id = "grade-span"
column = ["Grades"]
"""

PROJECT = """[retreat]
title = "A made-up state"
state = "none"
district = "000001"

[peers]
match = ["enrollment", "low-income"]
within = []

[[source]]
path = "*.csv"
layout = "{id}.toml"
"""


def headings():
    names = ["Students all"] + [f"Students {group}" for group in GROUPS] + [f"Grade {grade}" for grade in GRADES]
    for subject in SUBJECTS:
        for group in TESTED:
            names += [f"Tested {subject} {group}", f"Met {subject} {group}"]
    return names


class School:
    def __init__(self, number, district, source):
        self.number, self.district = number, district
        self.span, size = SPANS[number % len(SPANS)]
        self.students = source.randint(180, 420) * size
        self.growth = source.uniform(-0.02, 0.02)
        self.shares = {group: source.uniform(0.05, 0.23) for group in RACES[:-1]}
        self.shares |= {group: source.uniform(0.1, 0.6) for group in ["low-income", "english-learners"]}
        self.level = source.uniform(0.25, 0.75)

    def values(self, year, source):
        """The numbers of a year, in the order of the headings."""
        students = max(30, round(self.students * (1 + self.growth * year)))
        groups = {group: round(students * share) for group, share in self.shares.items()}
        groups |= {"all": students, "female": students // 2, "male": students - students // 2}
        groups["white"] = students - sum(groups[group] for group in RACES[:-1])
        values = [groups[group] for group in ["all"] + GROUPS]
        first, last = (GRADES.index(grade) for grade in self.span.split("-"))
        per_grade, rest = divmod(students, last - first + 1)
        grades = [per_grade if first <= place <= last else 0 for place in range(len(GRADES))]
        grades[first] += rest
        values += grades
        for place in range(len(SUBJECTS)):
            for group in TESTED:
                tested = groups[group] * (90 - place) // 100
                level = min(0.95, max(0.05, self.level + source.uniform(-0.05, 0.05)))
                values += [tested, round(tested * level)]
        return values


def write(path, names, rows):
    with open(path, "w", newline="") as file:
        file.write(",".join(names) + "\n")
        for row in rows:
            file.write(",".join(map(str, row)) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    for name, default in [("districts", 1000), ("schools", 9000), ("years", 12)]:
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    source = random.Random(22)
    schools = [School(number, number % asked.districts + 1, source) for number in range(asked.schools)]
    schools.sort(key=lambda school: (school.district, school.number))
    folders = {}
    for name, extra in [("district", ""), ("school", SCHOOLS)]:
        folders[name] = asked.folder / f"{name}s"
        folders[name].mkdir(parents=True, exist_ok=True)
        (folders[name] / f"{name}.toml").write_text(LAYOUT.format(id=name, roll_up=extra))
        (folders[name] / "retreat.toml").write_text(PROJECT.format(id=name))
    for year in range(asked.years):
        ending, of_schools, sums = 2025 - asked.years + 1 + year, [], {}
        for school in schools:
            values = school.values(year, source)
            own = [f"{school.district:06}", f"District {school.district}", ending]
            of_schools.append(own + [f"{school.number:05}", f"School {school.number}", school.span] + values)
            known = sums.setdefault(school.district, [0] * len(values))
            sums[school.district] = [one + other for one, other in zip(known, values)]
        begin = ["District ID", "District", "Year"]
        write(folders["school"] / f"{ending}.csv", begin + ["School ID", "School", "Grades"] + headings(), of_schools)
        of_districts = [[f"{number:06}", f"District {number}", ending] + values for number, values in sums.items()]
        write(folders["district"] / f"{ending}.csv", begin + headings(), of_districts)


if __name__ == "__main__":
    main()
