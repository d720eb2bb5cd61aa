"""Fills in the ballots of a simulated retreat (6 tables, 45 people) the way people do. Writes tests/room/day/.

    npm install --prefix FOLDER xlsx && NODE_PATH=FOLDER/node_modules python3 tools/room_ballots.py

Needs openpyxl, LibreOffice, and SheetJS. tests/it/room.rs counts the same answers by hand. The blank ballot is tests/room/ballot.xlsx, from
a build of the sample. tests/room/notes.xls is its sheet of table 2 with yes at W2 and two notes, which LibreOffice saved in the old format.
"""

import csv
import pathlib
import subprocess
import tempfile

import openpyxl

ROOM = pathlib.Path(__file__).parent.parent / "tests" / "room"
DAY = ROOM / "day"
HEADER = 8
KEEP, MOVE, WORDS, DOTS, OBJECTION, NOTE = range(5, 11)


def ballot(table, only=True):
    """The workbook, and the sheet of a table."""
    book = openpyxl.load_workbook(ROOM / "ballot.xlsx")
    sheet = book[f"Table {table}"]
    if only:
        for other in book.worksheets:
            if other.title.startswith("Table ") and other is not sheet:
                book.remove(other)
    sheet.protection.sheet = False
    return book, sheet


def row_of(sheet, item):
    for row in range(HEADER + 1, sheet.max_row + 1):
        if sheet.cell(row, 1).value == item:
            return row
    raise KeyError(item)


def fill(sheet, answers):
    for item, cells in answers.items():
        for column, value in cells.items():
            sheet.cell(row_of(sheet, item), column).value = value


def people(sheet, number):
    sheet.cell(6, 3).value = number


def own(sheet, item, quadrant, statement, dots=None):
    row = row_of(sheet, item)
    sheet.cell(row, 2).value = quadrant
    sheet.cell(row, 3).value = statement
    sheet.cell(row, DOTS).value = dots


def office(book, name, ending):
    """Saves a workbook with LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / f"{name}.xlsx"
        book.save(path)
        subprocess.run(
            ["soffice", "--headless", "--convert-to", ending, "--outdir", str(DAY), str(path)],
            check=True, capture_output=True)


def sheet_js(book, name):
    """Saves a workbook with SheetJS."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "ballot.xlsx"
        book.save(path)
        code = "const x = require('xlsx'); x.writeFile(x.readFile(process.argv[1]), process.argv[2], {compression: true})"
        subprocess.run(["node", "-e", code, str(path), str(DAY / name)], check=True)


def table_1():
    """As it should be, with the empty sheets of the other tables."""
    book, sheet = ballot(1, only=False)
    people(sheet, 8)
    fill(sheet, {
        "S1": {KEEP: "yes", DOTS: 4, NOTE: "Check the new test."},
        "S2": {KEEP: "yes"}, "S3": {KEEP: "no"}, "S4": {KEEP: "yes"},
        "W2": {KEEP: "yes", DOTS: 10}, "W3": {KEEP: "yes", DOTS: 8},
        "W5": {KEEP: "change", WORDS: "Our teachers are paid less than in almost every district of the state.",
               OBJECTION: "Pay is set by the state schedule."},
        "W6": {KEEP: "yes", DOTS: 6}, "T1": {KEEP: "no"}, "T3": {KEEP: "yes", DOTS: 8},
    })
    own(sheet, "A1-1", "Weakness", "Buildings are old and need repair", 4)
    book.save(DAY / "table 1.xlsx")


def table_2():
    """Saved by SheetJS. The sheet has another name, its rows are sorted by dots, and a filter hides most of them."""
    book, sheet = ballot(2)
    people(sheet, 7)
    fill(sheet, {
        "S1": {KEEP: "yes", DOTS: 5}, "S2": {MOVE: "Opportunity"},
        "W2": {KEEP: "yes", DOTS: 9}, "W3": {KEEP: "yes", DOTS: 12},
        "W6": {KEEP: "no", OBJECTION: "One bad year."}, "T3": {KEEP: "yes", DOTS: 9},
    })
    own(sheet, "A2-1", "Weakness", "Old buildings need repairs")
    own(sheet, "A2-2", None, "Parents trust our schools")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEADER + 1)]
    rows.sort(key=lambda row: -(row[DOTS - 1] or 0))
    for number, row in enumerate(rows, HEADER + 1):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
        sheet.row_dimensions[number].hidden = not row[DOTS - 1]
    sheet.title = "The Blue Group"
    sheet_js(book, "blue.xlsx")


def table_3():
    """Saved by LibreOffice as .ods; the columns of evidence and key are deleted, and two notes are one merged cell."""
    book, sheet = ballot(3)
    people(sheet, "eight")
    fill(sheet, {
        "S1": {KEEP: "Yes"}, "S2": {KEEP: "x", OBJECTION: "<script>alert(1)</script>"}, "S4": {KEEP: "keep"},
        "W2": {KEEP: "YES", DOTS: "ten", NOTE: "Are these the same children?"},
        "W3": {KEEP: "y", DOTS: "●●●●"},
        "W4": {KEEP: "ok", NOTE: "'=HYPERLINK(\"http://example.com\",\"click\")"},
        "W6": {KEEP: "yes", DOTS: "6 dots"}, "O1": {MOVE: "move to T"},
    })
    own(sheet, "A3-1", "O", "Share a bus route with the neighbor district")
    row = row_of(sheet, "W2")
    sheet.merge_cells(start_row=row, end_row=row + 1, start_column=NOTE, end_column=NOTE)
    merged = [str(part) for part in sheet.merged_cells.ranges]
    for part in merged:
        sheet.unmerge_cells(part)
    sheet.delete_cols(11)
    sheet.delete_cols(4)
    sheet.merge_cells(start_row=row, end_row=row + 1, start_column=NOTE - 1, end_column=NOTE - 1)
    office(book, "third table", "ods")


def table_4():
    """No headings, and answers in wrong places."""
    book, sheet = ballot(4)
    people(sheet, 7)
    fill(sheet, {
        "S1": {KEEP: "yes, but only in mathematics"}, "W2": {KEEP: 9}, "W3": {KEEP: "Weakness"},
        "T3": {KEEP: "yes", DOTS: "lots"},
    })
    row = row_of(sheet, "A4-1")
    sheet.cell(row, 1).value = "Buses are late every day"
    sheet.cell(row, 2).value = "Threat"
    sheet.cell(sheet.max_row + 3, 10).value = "We ran out of time."
    sheet.cell(row_of(sheet, "S2"), 13).value = "Is this everybody?"
    sheet.delete_rows(HEADER)
    book.save(DAY / "table 4.xlsx")


def table_5():
    """Saved by LibreOffice; the column of numbers is deleted, and somebody wrote over a statement and a quadrant."""
    book, sheet = ballot(5)
    people(sheet, 8)
    fill(sheet, {
        "S1": {KEEP: "yes"}, "S4": {KEEP: "yes", 3: "Our graduation rate is the best among our peers."},
        "W2": {KEEP: "yes", DOTS: 6}, "W3": {KEEP: "yes"}, "W6": {KEEP: "yes", DOTS: "xxx"},
        "T3": {2: "Weakness"}, "T5": {KEEP: "no"},
    })
    own(sheet, "A5-1", "Strength", "Parents trust our schools!")
    sheet.delete_cols(1)
    office(book, "table 5", "xlsx")


def table_6():
    """Seven people answer a form, as Google Forms exports it."""
    statement = "The share of students proficient in mathematics was 53.7% in 2024-25, higher than in 89% of the state's 52 districts."
    head = ["Timestamp", "Email Address", "Your table", "Should we keep it? [S1]", "Should we keep it? [W2]",
            "Should we keep it? [W3]", "Should we keep it? [T3]", "Which items matter most? (five dots)",
            "Do you object to W6? Objection", "Which strength is missing?", "Anything else?"]
    answers = [
        ["Keep", "Keep", "Keep", "Drop", "W2, W3, S1", "", "", ""],
        ["Keep", "Keep", "Drop", "Drop", "W2, W3", "", "", ""],
        ["Keep", "Keep", "Keep", "Keep", "W2", "One bad year.", "", ""],
        ["Drop", "Keep", "Keep", "", "T3, W2", "", "", ""],
        ["", "Keep", "Drop", "Drop", "", "", "Our music program", ""],
        ["Keep", "Keep", "Drop", "Keep", "W17", "", "", "Thank you for the day!"],
        ["Keep", "Keep", "", "Drop", f"S1: {statement}", "n/a", "", ""],
    ]
    with open(DAY / "Form Responses.csv", "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(head)
        for number, row in enumerate(answers, 1):
            rows.writerow([f"2025/11/03 2:{number:02}:00 PM CST", f"person{number}@example.org", "Table 6", *row])


if __name__ == "__main__":
    DAY.mkdir(parents=True, exist_ok=True)
    for table in (table_1, table_2, table_3, table_4, table_5, table_6):
        table()
