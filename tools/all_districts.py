"""Times `retreat build --all-districts`: wall and processor time after 10, 100, … packs, and how they grow, as exponents.

    python3 all_districts.py RETREAT PROJECT OUT [--format svg] [--most 100]

PROJECT must have been read before, so that reading is not measured. `--format data` leaves out everything but tables and candidates.
`--most` stops after that many packs.
"""

import argparse
import math
import os
import signal
import subprocess
import sys
import time

CLOCK = os.sysconf("SC_CLK_TCK")
MARKS = [10, 30, 100, 300, 1000]


def used(process):
    """Processor time in seconds, and memory in MiB."""
    with open(f"/proc/{process}/stat", encoding="ascii") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    with open(f"/proc/{process}/status", encoding="ascii") as file:
        peak = next((line for line in file if line.startswith("VmHWM")), "VmHWM: 0 kB")
    return (int(fields[11]) + int(fields[12])) / CLOCK, int(peak.split()[1]) / 1024


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("retreat")
    arguments.add_argument("project")
    arguments.add_argument("out")
    arguments.add_argument("--format", default="svg")
    arguments.add_argument("--most", type=int, default=100_000)
    arguments = arguments.parse_args()
    command = [arguments.retreat, "build", arguments.project, "--all-districts", "--out", arguments.out]
    build = subprocess.Popen([*command, "--format", arguments.format], stderr=subprocess.PIPE, text=True)
    start, packs, marks = time.monotonic(), 0, []
    began = None
    for line in build.stderr:
        if line.startswith("Read ") and began is None:
            began = (time.monotonic(), used(build.pid)[0])
        if not line.startswith("Built "):
            continue
        packs += 1
        processor, peak = used(build.pid)
        if packs in MARKS or packs >= arguments.most:
            marks.append((packs, processor - (began or (start, 0))[1]))
            wall = time.monotonic() - (began or (start, 0))[0]
            print(f"{packs} packs: {wall:.1f} s, {marks[-1][1]:.1f} s of processor time, peak {peak:.0f} MiB", flush=True)
        if packs >= arguments.most:
            build.send_signal(signal.SIGINT)
            break
    build.stderr.close()
    build.wait()
    if packs not in [packs for packs, _ in marks]:
        print(f"{packs} packs in all: {time.monotonic() - start:.1f} s")
    for (few, less), (many, more) in zip(marks, marks[1:]):
        print(f"exponent from {few} to {many}: {math.log(more / less) / math.log(many / few):.2f}")
    sys.exit(0)


main()
