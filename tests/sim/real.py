"""`python -m tests.sim.real N [FIRST] [--broken RULE]`: run N storms on real books and the real server, on every core.

`python -m tests.sim.real seeds 3,14` runs those seeds. Each one that fails is printed with its fewest steps; with a rule
broken on purpose it stops at the first seed that finds it.
"""

from __future__ import annotations

import argparse
import atexit
import functools
import logging
import multiprocessing
import os
import sys
import tempfile
from pathlib import Path

from tests.sim.province import Province
from tests.sim.rules import IN_PROGRAM
from tests.sim.storms import run


@functools.cache
def _server() -> Province:
    """Django is set up once in a process and stays."""
    logging.disable(logging.CRITICAL)  # every refused half of a request would be a line
    folder = tempfile.TemporaryDirectory(prefix="sim")
    atexit.register(folder.cleanup)
    return Province(Path(folder.name))


def look(seed: int, broken: str = "") -> tuple[int, list[str]]:
    """A seed and what is wrong after its storm."""
    return seed, run(seed, _server(), broken)[0]


def shrunk(seed: int) -> list[str]:
    """What the fewest steps (one by one left out) that still fail do."""
    _, steps, told = run(seed, _server())
    for number in list(steps):
        fewer = [each for each in steps if each != number]
        found, _, did = run(seed, _server(), steps=fewer)
        if found:
            steps, told = fewer, did
    return told


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.sim.real", description=__doc__)
    asked.add_argument("count")
    asked.add_argument("first", nargs="?", default="0")
    asked.add_argument("--broken", choices=IN_PROGRAM, default="")
    options = asked.parse_args()
    if options.count == "seeds":
        seeds = [int(seed) for seed in options.first.split(",")]
    else:
        seeds = list(range(int(options.first), int(options.first) + int(options.count)))
    failed = 0
    with multiprocessing.get_context("spawn").Pool(os.cpu_count()) as pool:
        for seed, found in pool.imap_unordered(functools.partial(look, broken=options.broken), seeds, chunksize=1):
            if found and options.broken:
                print(f"{options.broken}: found by seed {seed}: {found[0]}", flush=True)
                return 0
            if found:
                failed += 1
                print(f"seed {seed}: {found[0]}\n  " + "; ".join(shrunk(seed)), flush=True)
    print(f"{len(seeds)} schedules, {failed} failed")
    return int(failed > 0 or bool(options.broken))


if __name__ == "__main__":
    sys.exit(main())
