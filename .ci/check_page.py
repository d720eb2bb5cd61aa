#!/usr/bin/env python3
"""Checks a page with axe-core in headless Chromium, in every view and at several widths.

Usage: check_page.py AXE.js PAGE.html...   Exit code 1 if axe finds a violation, or a view is wider than its window.
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

WIDTHS = [(1366, 768), (390, 844), (320, 640)]
# What is done before the check: nothing, presenting, presenting with the finding, everything unfolded, a search.
VIEWS = {
    "page": "",
    "presenting": "document.getElementById('present').click();",
    "revealed": "document.getElementById('present').click(); document.getElementById('reveal').click();",
    "numbers": "document.getElementById('present').click(); document.querySelector('#slide .numbers summary').click();",
    "all charts": "document.getElementById('present').click(); document.getElementById('grid-open').click();",
    "unfolded": "document.querySelectorAll('details').forEach((one) => { one.open = true; });",
    "search": "const s = document.getElementById('search'); s.value = 'budget'; s.dispatchEvent(new Event('input'));",
}
RUN = """
<pre id="axe-result"></pre><script>addEventListener('load', async () => {
  ACTION
  await new Promise((done) => setTimeout(done, 300));
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const found = await axe.run(document, { resultTypes: ['violations'] });
  const list = found.violations.map((one) => [one.id, one.nodes.length, one.nodes[0].html.slice(0, 200), one.nodes[0].failureSummary]);
  document.getElementById('axe-result').textContent = '@@' + JSON.stringify({ wide, list }) + '@@';
});</script>
"""
FRAME = """<!doctype html><title>frame</title><iframe src="page.html" width="WIDTH" height="HEIGHT"></iframe><pre id="out"></pre>
<script>const wait = setInterval(() => {
  const inner = document.querySelector('iframe').contentDocument;
  const result = inner && inner.getElementById('axe-result');
  if (!result || !result.textContent) return;
  clearInterval(wait);
  document.getElementById('out').textContent = result.textContent;
}, 100);</script>"""


def check(chromium, axe, page, size, action):
    """What axe finds in one view."""
    text = page.read_text(encoding="utf-8")
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    parts = f"<script>{axe}</script>" + RUN.replace("ACTION", action)
    at = text.rindex("</body>")
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "page.html"
        # The axe result is read from the page itself; it must not be hidden with the rest of it.
        copy.write_text(text[:at] + parts + text[at:], encoding="utf-8")
        # A window cannot be as narrow as a phone; a frame can.
        frame = pathlib.Path(folder) / "frame.html"
        frame.write_text(FRAME.replace("WIDTH", str(size[0])).replace("HEIGHT", str(size[1])), encoding="utf-8")
        command = [
            chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", f"--user-data-dir={folder}/profile",
            "--allow-file-access-from-files", f"--window-size={size[0] + 100},{size[1] + 100}", "--virtual-time-budget=60000",
            "--dump-dom", frame.as_uri(),
        ]
        dom = subprocess.run(command, capture_output=True, text=True, timeout=180).stdout
    found = re.search(r"@@(\{.*?\})@@", dom, re.S)
    if not found:
        return None
    return json.loads(found[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


def main():
    axe_file, *pages = sys.argv[1:]
    chromium = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
    if chromium is None:
        print("left out: Chromium or Chrome is not installed")
        return 0
    axe = pathlib.Path(axe_file).read_text(encoding="utf-8")
    failed = False
    for page in map(pathlib.Path, pages):
        for size in WIDTHS:
            for view, action in VIEWS.items():
                result = check(chromium, axe, page, size, action)
                problems = ["axe did not finish"] if result is None else result["list"]
                if result is not None and result["wide"] > 0:
                    problems = problems + [f"wider than the window by {result['wide']} px"]
                print(f"{page.name} {size[0]}x{size[1]} {view}: {len(problems)} problems")
                for problem in problems:
                    print("   ", problem)
                failed = failed or bool(problems)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
