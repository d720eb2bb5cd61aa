"""Times retreat and the peer in pairs, and prints the peer's time over retreat's.

    python3 pairs.py RETREAT PROJECT DATA_FOLDER [--pairs 5] [--within FILE SHEET COLUMN] [--masks=TEXT,TEXT]

PROJECT is copied, so that nothing is left in it. DATA_FOLDER contains the files that its sources name. In each pair, both
build the pack for the first time (nothing is kept, caches of the system are warm) and again. The ratio of a pair
compares two consecutive runs; quote the median over the pairs.
"""

import argparse
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent


def seconds(command, quiet=True):
    start = time.monotonic()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL if quiet else None)
    if done.returncode not in (0, 1):
        sys.exit(f"failed: {command}")
    return time.monotonic() - start


def emptied(*folders):
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("retreat")
    arguments.add_argument("project", type=pathlib.Path)
    arguments.add_argument("data", type=pathlib.Path)
    arguments.add_argument("--pairs", type=int, default=5)
    arguments.add_argument("--within", nargs=3)
    arguments.add_argument("--masks")
    arguments = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        project, peer, cache = folder / "project", folder / "peer", folder / "cache"
        shutil.copytree(arguments.project, project, ignore=shutil.ignore_patterns(".retreat", "out"))
        ours = [arguments.retreat, "build", project, "--format", "html,svg,png", "--out", project / "out", "-q"]
        seconds(ours)
        learn = [sys.executable, HERE / "layout.py", project / "out", arguments.data]
        learn += ["--within", *arguments.within] if arguments.within else []
        learn += [f"--masks={arguments.masks}"] if arguments.masks else []
        layout = folder / "layout.json"
        with open(layout, "wb") as file:
            subprocess.run(learn, stdout=file, check=True)
        theirs = [sys.executable, HERE / "peer.py", layout, arguments.data, peer, "--cache", cache]
        seconds(theirs, quiet=False)
        subprocess.run([sys.executable, HERE / "verify.py", project / "out", peer], check=False)
        ratios = {"first": [], "second": []}
        for pair in range(arguments.pairs):
            emptied(project / "out", project / ".retreat", peer)
            for kept in folder.glob("cache*"):
                kept.unlink()
            for which, found in ratios.items():
                # The program that runs first has a disadvantage, so the order alternates.
                order = [ours, theirs] if pair % 2 == 0 else [theirs, ours]
                times = {id(command): seconds(command) for command in order}
                own, other = times[id(ours)], times[id(theirs)]
                found.append(other / own)
                print(f"{which}: peer {other:.2f} s, retreat {own:.2f} s, ratio {other / own:.2f}", flush=True)
        for which, found in ratios.items():
            print(f"{which}: median ratio {statistics.median(found):.1f} of {len(found)} pairs")


main()
