#!/usr/bin/env python3
"""Prints every document of a pack with a browser and checks the pages as a printer would get them.

    .ci/check_paper.py OUT

OUT is a pack with `print/*.html`. Needs Chrome or Chromium, poppler's pdftoppm and pdftohtml, and the Python packages pikepdf and
Pillow. If one is missing, it says so and checks nothing.
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

BROWSERS = ["google-chrome-stable", "google-chrome", "chromium", "chromium-browser", "microsoft-edge", "msedge"]
# Sizes in inches, (letter, a4); and the least and most pages. `None`: any number.
PAGE, MAT, POSTER, TILE = [(8.5, 11), (8.27, 11.69)], [(17, 11), (16.54, 11.69)], [(24, 36), (23.39, 33.11)], [(11, 8.5), (11.69, 8.27)]
DOCUMENTS = {
    "pre-read": (PAGE, 4, 12),
    "participant-book": (PAGE, 8, 24),
    "placemats": (MAT, 1, None),
    "posters": (POSTER, 3, None),
    "posters-tiled": (TILE, 24, None),
    "stations": (PAGE, 0, None),
    "worksheets": (PAGE + TILE, 6, None),
    "facilitator-guide": (PAGE, 3, None),
    "data-appendix": (PAGE, 2, None),
    "orientation": (PAGE, 1, 1),
    "vision-brief": (PAGE, 1, 1),
    "menu-poster": (MAT, 1, 1),
}
# The smallest size of letters in points, with half a point of rounding.
LEAST = {"posters": 23.5, "posters-tiled": 8.5}
# The tags of every document: a heading, a chart with its text, a table with its header cells; and what some do not have.
WANTED = {"/H1", "/Figure", "/Table", "/TH"}
WITHOUT = {
    "data-appendix": {"/Figure"},
    "menu-poster": {"/Figure"},
    "orientation": {"/Figure", "/Table", "/TH"},
    "vision-brief": {"/Figure", "/Table", "/TH"},
}
# The margins at the sides, in inches.
MARGINS = {"posters": 0, "posters-tiled": 0}
# A page is as full as its lowest ink above the footer.
QUARTER = 0.25
FOOTER = 0.92
DPI = 40
# Lists the pages of fixed content whose content is cut off, by their headings.
CUT = """
<pre id="cut"></pre><script>addEventListener('load', async () => {
  await document.fonts.ready;
  const cut = [...document.querySelectorAll('.sheet')].filter((sheet) => sheet.scrollHeight > sheet.clientHeight + 1);
  const name = (sheet) => (sheet.querySelector('h1, h2, h3') || sheet).textContent.trim().slice(0, 60);
  document.getElementById('cut').textContent = '@@' + JSON.stringify(cut.map(name)) + '@@';
});</script>
"""


def missing_tools():
    missing = [tool for tool in ("pdftoppm", "pdftohtml") if not shutil.which(tool)]
    if not any(shutil.which(name) for name in BROWSERS):
        missing.append("Chrome or Chromium")
    for package in ("pikepdf", "PIL"):
        try:
            __import__(package)
        except ImportError:
            missing.append(f"Python's {package}")
    return missing


def print_pdf(html, folder):
    browser = next(name for name in BROWSERS if shutil.which(name))
    pdf = folder / (html.stem + ".pdf")
    subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={folder}/profile",
         f"--print-to-pdf={pdf}", html.resolve().as_uri()],
        check=True, timeout=120, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return pdf


def check_cut(html, width, folder):
    """The pages of fixed content, so many inches wide, that do not hold all of it."""
    browser = next(name for name in BROWSERS if shutil.which(name))
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>|@media screen[^\n]*', "", html.read_text(encoding="utf-8"))
    at = text.rindex("</body>")
    copy = folder / "cut.html"
    copy.write_text(text[:at] + CUT + text[at:], encoding="utf-8")
    dom = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile", f"--window-size={round(96 * width)},1400",
         "--virtual-time-budget=30000", "--dump-dom", copy.resolve().as_uri()],
        capture_output=True, text=True, timeout=120).stdout
    found = re.findall(r"@@(\[.*?\])@@", dom, re.S)
    if not found:
        return ["it is not known whether a page is cut off"]
    return [f"a page is cut off: {name!r}" for name in json.loads(found[-1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))]


def tags(root):
    """The structure of a PDF: its tags, and the figures without a text."""
    import pikepdf
    found, silent, open_nodes = set(), 0, [root]
    while open_nodes:
        node = open_nodes.pop()
        if isinstance(node, pikepdf.Array):
            open_nodes += list(node)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.add(str(node["/S"]))
                silent += str(node["/S"]) == "/Figure" and not str(node.get("/Alt", ""))
            if "/K" in node:
                open_nodes.append(node["/K"])
    return found, silent


def check_structure(pdf, sizes, least, most):
    import pikepdf
    faults = []
    with pikepdf.open(pdf) as document:
        root = document.Root
        if "/StructTreeRoot" not in root:
            return ["it has no tags"]
        if str(root.get("/Lang", "")) not in ("en", "en-US"):
            faults.append(f"its language is {root.get('/Lang')}")
        found, silent = tags(root.StructTreeRoot)
        wanted = WANTED - WITHOUT.get(pdf.stem, set())
        if silent:
            faults.append(f"{silent} figures have no alternative text")
        faults += [f"it has no {tag}" for tag in sorted(wanted - found)]
        count = len(document.pages)
        if count < least or (most and count > most):
            faults.append(f"it has {count} pages")
        for number, page in enumerate(document.pages, 1):
            box = [float(value) / 72 for value in page.mediabox]
            size = (box[2] - box[0], box[3] - box[1])
            if not any(abs(size[0] - w) < 0.05 and abs(size[1] - h) < 0.05 for w, h in sizes):
                faults.append(f"page {number} is {size[0]:.2f} × {size[1]:.2f} in")
    return faults


def check_letters(pdf, least, folder):
    xml = folder / "text"
    subprocess.run(["pdftohtml", "-xml", "-i", "-zoom", "1", "-q", pdf, xml], check=True)
    text = xml.with_suffix(".xml").read_text(errors="replace")
    sizes = dict(re.findall(r'<fontspec id="(\d+)" size="([\d.]+)"', text))
    small = set()
    for font, words in re.findall(r'<text [^>]*font="(\d+)"[^>]*>(.*?)</text>', text):
        words = re.sub(r"<[^>]*>", "", words).strip()
        if words and float(sizes[font]) < least:
            small.add((float(sizes[font]), words[:40]))
    return [f"letters of {size} pt: {words!r}" for size, words in sorted(small)[:5]]


def check_ink(pdf, name, folder):
    from PIL import Image
    faults = []
    subprocess.run(["pdftoppm", "-r", str(DPI if "poster" not in name else 12), "-gray", "-png", pdf, folder / "page"], check=True)
    for page in sorted(folder.glob("page-*.png")):
        image = Image.open(page)
        body = image.crop((0, 0, image.width, int(image.height * FOOTER)))
        box = body.point(lambda value: 255 if value < 200 else 0).getbbox()
        if name != "posters-tiled" and (not box or box[3] < QUARTER * image.height):
            faults.append(f"{page.stem} is less than a quarter full")
        page.unlink()
    return faults


def main():
    out = pathlib.Path(sys.argv[1])
    missing = missing_tools()
    if missing:
        print(f"LEFT OUT: the printed documents are not checked, because there is no {', no '.join(missing)}")
        return 0
    failed = False
    for name, (sizes, least, most) in DOCUMENTS.items():
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            pdf = print_pdf(out / "print" / f"{name}.html", folder)
            faults = check_structure(pdf, sizes, least, most)
            faults += check_letters(pdf, LEAST.get(name, 8.5), folder)
            faults += check_ink(pdf, name, folder)
            faults += check_cut(out / "print" / f"{name}.html", sizes[0][0] - 2 * MARGINS.get(name, 0.5), folder)
        print(f"{name}: {'; '.join(faults) if faults else 'good'}")
        failed = failed or bool(faults)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
