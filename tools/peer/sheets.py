"""Reading sheets as text, the same way for the layout and for the peer."""

import csv
import pathlib

import fastexcel
import polars


def letters_to_index(letters):
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def normal_id(text):
    return (text or "").strip().strip("'").lstrip("0")


def frame(path, sheet, reader=None):
    """A sheet as columns of text."""
    path = pathlib.Path(path)
    if path.suffix == ".csv":
        return polars.read_csv(
            path, has_header=False, infer_schema=False, truncate_ragged_lines=True, encoding="utf8-lossy"
        )
    reader = reader or fastexcel.read_excel(path)
    loaded = reader.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string")
    return loaded.to_polars()


def cells(path, sheet):
    """A sheet as a list of rows, in which row 0 is the first row of the sheet."""
    if pathlib.Path(path).suffix == ".csv":
        with open(path, encoding="utf-8", errors="replace", newline="") as file:
            return list(csv.reader(file))
    return [["" if cell is None else cell for cell in row] for row in frame(path, sheet).rows()]
