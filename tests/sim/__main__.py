"""`python -m tests.sim N [FIRST]`: run N schedules from seed FIRST (0); every seed that fails is printed."""

from __future__ import annotations

import sys

from tests.sim.world import faults


def main() -> int:
    count, first = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    failed = [seed for seed in range(first, first + count) if (found := faults(seed)) and not print(seed, found[0])]
    print(f"{count} schedules, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
