#!/usr/bin/env python3
"""Opens a deck as other programs do: python-pptx reads its charts, notes, and alt texts, and LibreOffice draws every slide.

    .ci/check_deck.py sample_data/out/retreat-deck.pptx

Without python-pptx, openpyxl, or LibreOffice, the checks that need them are left out, and it says so.
"""

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

LABELS = ["Say", "Point", "Ask", "If asked", "Source", "Time"]
MOST_WORDS = 120
MOST_BYTES = 10_000_000
SMALLEST = 16
SMALLEST_OF_SOURCE = 12

faults = []


def fault(slide, text):
    faults.append(f"slide {slide}: {text}")


def check_chart(number, frame, load_workbook):
    chart = frame.chart
    plots = list(chart.plots)
    series = [one for plot in plots for one in plot.series]
    if not series:
        fault(number, f"{frame.name} has no series")
    categories = list(plots[0].categories)
    book = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob), data_only=True)
    for one in series:
        values = list(one.values)
        if len(values) != len(categories):
            fault(number, f"{frame.name}: {one.name} has {len(values)} values for {len(categories)} categories")
        reference = one._element.xpath("c:val/c:numRef/c:f")[0].text
        sheet, cells = reference.rsplit("!", 1)
        rows = book[sheet.strip("'")][cells.replace("$", "")]
        rows = rows if isinstance(rows, tuple) else ((rows,),)
        for cell, value in zip([row[0].value for row in rows], values):
            same = cell == value or (cell is not None and value is not None and abs(cell - value) < 1e-9)
            if not same:
                fault(number, f"{frame.name}: {one.name} draws {value}, its workbook holds {cell}")


def check_text(number, shape):
    if not shape.has_text_frame or shape.name == "Source":
        smallest = SMALLEST_OF_SOURCE
    else:
        smallest = SMALLEST
    if shape.has_text_frame and not shape.is_placeholder or (shape.is_placeholder and shape.has_text_frame):
        for paragraph in shape.text_frame.paragraphs:
            for run in paragraph.runs:
                if run.font.size is not None and run.font.size.pt < smallest:
                    fault(number, f"{shape.name}: text of {run.font.size.pt} pt")


def check_notes(number, slide):
    if not slide.has_notes_slide:
        fault(number, "has no notes")
        return
    text = slide.notes_slide.notes_text_frame.text
    if len(text.split()) > MOST_WORDS:
        fault(number, f"notes of {len(text.split())} words")
    labels = [line.split(":")[0] for line in text.splitlines() if line]
    strange = [label for label in labels if label not in LABELS]
    if strange or "Say" not in labels:
        fault(number, f"labels of the notes: {labels}")


def check_with_python(path):
    try:
        from openpyxl import load_workbook
        from pptx import Presentation
    except ImportError as error:
        print(f"left out: {error.name} is not installed, so charts and notes are not read")
        return
    deck = Presentation(path)
    titles = {}
    charts = 0
    for number, slide in enumerate(deck.slides, 1):
        title = slide.shapes.title
        if title is None or not title.text.strip():
            fault(number, "has no title")
        elif title.text in titles:
            fault(number, f"has the title of slide {titles[title.text]}: {title.text}")
        else:
            titles[title.text] = number
        for shape in slide.shapes:
            if shape.shape_type is not None and shape.has_chart:
                charts += 1
                check_chart(number, shape, load_workbook)
            if getattr(shape, "has_chart", False) or getattr(shape, "has_table", False):
                alt = shape._element.xpath("p:nvGraphicFramePr/p:cNvPr/@descr")
                if not alt or not alt[0].strip() or len(alt[0]) > 250:
                    fault(number, f"{shape.name}: alt text {alt}")
            if getattr(shape, "has_table", False) and not shape.table.first_row:
                fault(number, f"{shape.name}: no header row")
            check_text(number, shape)
            right, bottom = shape.left + shape.width, shape.top + shape.height
            if shape.left < 0 or shape.top < 0 or right > deck.slide_width or bottom > deck.slide_height:
                fault(number, f"{shape.name} is not on the slide")
        check_notes(number, slide)
    print(f"read {len(deck.slides)} slides and {charts} charts")


def check_with_libreoffice(path, slides_to):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None or shutil.which("pdfinfo") is None:
        print("left out: LibreOffice or pdfinfo is not installed, so no slide is drawn")
        return
    with tempfile.TemporaryDirectory() as folder:
        out = slides_to or folder
        command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", out, path], check=True, capture_output=True, timeout=300)
        drawn = Path(out) / (Path(path).stem + ".pdf")
        info = subprocess.run(["pdfinfo", drawn], check=True, capture_output=True, text=True).stdout
        pages = int(next(line for line in info.splitlines() if line.startswith("Pages:")).split()[1])
        print(f"LibreOffice drew {pages} slides")
        try:
            from pptx import Presentation
        except ImportError:
            return
        slides = len(Presentation(path).slides)
        if pages != slides:
            faults.append(f"LibreOffice drew {pages} of {slides} slides")


def main():
    path = sys.argv[1]
    slides_to = sys.argv[2] if len(sys.argv) > 2 else None
    size = Path(path).stat().st_size
    if size > MOST_BYTES:
        faults.append(f"the deck has {size} bytes")
    check_with_python(path)
    check_with_libreoffice(path, slides_to)
    for text in faults:
        print(text)
    sys.exit(1 if faults else 0)


main()
