#!/usr/bin/env python3
"""Opens a pack's retreat-data.xlsx with programs that are not ours: openpyxl reads it, and LibreOffice recalculates it.

    .ci/check_workbook.py OUT/retreat-data.xlsx

What is checked: the sheets can be printed and navigated; charts refer to cells with numbers; the drop-down lists are there;
LibreOffice gives the numbers that the file already has, and other medians once other peers are chosen. Without openpyxl or
LibreOffice, the checks that need it are left out, with a clear message.
"""
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

FAULTS = []


def expect(holds, what):
    if not holds:
        FAULTS.append(what)


def check_sheets(book):
    for sheet in book:
        setup = sheet.page_setup
        name = sheet.title
        expect(setup.orientation == "landscape", f"{name}: not in landscape")
        expect(sheet.sheet_properties.pageSetUpPr.fitToPage, f"{name}: not fitted to a page")
        # A sheet that is too wide to read on one page repeats its first columns on the next.
        is_readable = setup.fitToWidth in (None, 1) or setup.fitToWidth <= 3 and sheet.print_title_cols
        expect(is_readable and setup.fitToHeight == 0, f"{name}: neither one page wide nor with its first columns on each")
        expect(sheet.freeze_panes, f"{name}: nothing stays in view")
        expect(sheet.print_title_rows, f"{name}: no row is repeated on each page")
        expect(not sheet.merged_cells.ranges, f"{name}: merged cells")
    expect(book.properties.title, "the file has no title")
    expect(book.properties.created.year == 2000, "the file has its real creation date")


def series_of(chart):
    return [series for part in [chart, *getattr(chart, "_charts", [])] for series in part.series]


def check_charts(book):
    charts = 0
    for sheet in book:
        for chart in sheet._charts:
            charts += 1
            expect(series_of(chart), f"{sheet.title}: a chart without series")
            for series in series_of(chart):
                reference = series.val.numRef.f
                place, cells = reference.rsplit("!", 1)
                target = book[place.strip("'").replace("''", "'")][cells.replace("$", "")]
                flat = [cell for row in (target if isinstance(target, tuple) else ((target,),)) for cell in (row if isinstance(row, tuple) else (row,))]
                values = [cell.value for cell in flat]
                # A word would be drawn as zero.
                words = [value for value in values if isinstance(value, str)]
                expect(not words, f"{reference}: draws words {words[:3]}")
                expect(any(value is not None for value in values), f"{reference}: draws nothing")
    expect(charts > 0, "no charts")
    return charts


def check_validations(book):
    def lists(sheet):
        return {rule.formula1 for rule in book[sheet].data_validations.dataValidation if rule.type == "list"}

    if book["Peers"].max_row > 6:
        expect('"yes,no"' in lists("Peers"), "Peers: no list of yes and no")
    quadrants = '"Strength,Weakness,Opportunity,Threat"'
    expect(quadrants in lists("SWOT"), "SWOT: no list of quadrants")
    expect('"keep,drop,not sure"' in lists("SWOT"), "SWOT: no list of what to do")
    expect(quadrants in lists("Merge and votes"), "Merge and votes: no list of quadrants")


def numbers(book):
    """The values of all cells by sheet and cell."""
    return {(sheet.title, cell.coordinate): cell.value for sheet in book for row in sheet.iter_rows() for cell in row}


def recalculated(path, folder, openpyxl):
    """The workbook as LibreOffice computes it, without the largest sheet, which has no formula."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    out = folder / f"out-{path.stem}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return openpyxl.load_workbook(out / path.name, data_only=True)


def with_formulas_blank(path, target, change=None):
    """A copy whose formulas have no results, so that the program that opens it must compute them; `change` edits the part of a sheet."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text = data.decode()
                if change:
                    text = change(name, text)
                data = re.sub(r"(</f>)<v>[^<]*</v>", r"\1", text).encode()
            copy.writestr(name, data)


def formulas(book):
    found = {}
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    found[(sheet.title, cell.coordinate)] = cell.value
    return found


def same(a, b):
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return abs(a - b) <= 1e-9 * max(1.0, abs(a))
    return (a or "") == (b or "")


def check_recalculation(path, openpyxl, folder):
    live = formulas(openpyxl.load_workbook(path))
    cached = numbers(openpyxl.load_workbook(path, data_only=True))
    blank = folder / "blank.xlsx"
    with_formulas_blank(path, blank)
    computed = numbers(recalculated(blank, folder, openpyxl))
    for place in live:
        expect(same(cached[place], computed.get(place)), f"{place}: holds {cached[place]!r}, LibreOffice gives {computed.get(place)!r}")
    return len(live)


def check_other_peers(path, openpyxl, folder):
    """Takes the nearest peer out and the farthest candidate in."""
    book = openpyxl.load_workbook(path, data_only=True)
    peers, glance = book["Peers"], book["At a glance"]
    header = next(row for row in range(1, 20) if peers.cell(row, 1).value == "use?") if peers.max_row > 6 else None
    if header is None:
        print("left out: this pack has no peers to choose")
        return 0
    rows = range(header + 3, peers.max_row + 1)
    use = {row: peers.cell(row, 1).value for row in rows}
    out, into = next(row for row in rows if use[row] == "yes"), max((row for row in rows if use[row] == "no"), default=None)
    if into is None:
        print("left out: every candidate is a peer")
        return 0
    use[out], use[into] = "no", "yes"

    changed = folder / "changed.xlsx"
    edited = openpyxl.load_workbook(path)
    for row, value in use.items():
        edited["Peers"].cell(row, 1).value = value
    for name in edited.sheetnames:
        if name not in ("Peers", "At a glance", "Baselines"):
            del edited[name]
    edited.save(changed)
    computed = recalculated(changed, folder, openpyxl)["At a glance"]
    start = next(c for c in range(5, peers.max_column + 1) if peers.cell(header, c).value is None) + 1
    first = next(row for row in range(1, 20) if glance.cell(row, 1).value == "Domain") + 1
    column = next(c for c in range(1, 20) if glance.cell(first - 1, c).value == "Peer median")
    moved = 0
    for place, row in enumerate(range(first, glance.max_row + 1)):
        values = [peers.cell(r, start + place).value for r in rows if use[r] == "yes"]
        values = [value for value in values if isinstance(value, (int, float))]
        wanted = statistics.median(values) if len(values) >= 5 else None
        found = computed.cell(row, column).value
        name = glance.cell(row, 2).value
        expect(same(wanted, found), f"{name}: with other peers {found!r} instead of {wanted!r}")
        moved += not same(wanted, glance.cell(row, column).value)
    expect(moved > 0, "no median moved with the choice of peers")
    return moved


def main():
    path = Path(sys.argv[1]).resolve()
    try:
        import openpyxl
    except ImportError:
        print("LEFT OUT: openpyxl is not installed, so the workbook is not checked")
        return 0
    book = openpyxl.load_workbook(path)
    check_sheets(book)
    check_validations(book)
    print(f"{len(book.sheetnames)} sheets, {check_charts(book)} charts")
    if shutil.which("soffice") is None:
        print("LEFT OUT: LibreOffice is not installed, so nothing is recalculated")
    else:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            print(f"{check_recalculation(path, openpyxl, folder)} formulas give what they hold")
            print(f"{check_other_peers(path, openpyxl, folder)} medians move with other peers")
    for fault in FAULTS[:30]:
        print(f"FAULT {fault}")
    return 1 if FAULTS else 0


if __name__ == "__main__":
    sys.exit(main())
