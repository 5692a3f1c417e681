"""`python -m tests.bench.first_sync BOOK [WAY]`: the first exchange of an enrolled book in a process of its own.

Prints seconds, entries read, the most memory it ever held (KiB, as Linux counts it since the program's start;
`getrusage` would tell the most of whoever started it, if that is more), bytes that came, and round trips. WAY `log`:
by pages of the log alone.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from desktop_app.actions import sync
from desktop_app.storage.book import Book
from sync import parts
from tests.bench.pcs import KEY


def main() -> None:
    book = Book(Path(sys.argv[1]), KEY)
    if sys.argv[2:] == ["log"]:
        parts.FEW = 1 << 60
    started = time.perf_counter()
    done = sync.sync_now(book)
    print(time.perf_counter() - started, done.received, _most(), done.bytes_down, done.round_trips)


def _most() -> int:
    told = Path("/proc/self/status").read_text("ascii")
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("VmHWM"))


if __name__ == "__main__":
    main()
