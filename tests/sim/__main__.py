"""`python -m tests.sim N [FIRST] [--broken RULE]`: run N schedules of the model from seed FIRST (0), on every core.

Each seed that fails is printed with what is wrong and its fewest steps. With a rule broken on purpose it stops at the
first seed that finds it.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys

from tests.sim.many import look, shrunk
from tests.sim.rules import RULES


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.sim", description=__doc__)
    asked.add_argument("count", type=int)
    asked.add_argument("first", type=int, nargs="?", default=0)
    asked.add_argument("--broken", choices=RULES, default="")
    options = asked.parse_args()
    seeds = range(options.first, options.first + options.count)
    if options.broken:
        finder = next((seed for seed in seeds if look(seed, options.broken)[1]), None)
        print(f"{options.broken}: found by seed {finder}")
        return int(finder is None)
    failed = 0
    with multiprocessing.get_context("spawn").Pool(os.cpu_count()) as pool:
        for seed, found in pool.imap_unordered(look, seeds, chunksize=50):
            if found:
                failed += 1
                print(f"seed {seed}: {found[0]}\n  " + "; ".join(shrunk(seed)), flush=True)
    print(f"{options.count} schedules, {failed} failed")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
