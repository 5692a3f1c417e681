"""`python -m tests.bench.first_sync BOOK`: the first exchange of an enrolled book in a process of its own.

Prints seconds, entries read, and the most memory it ever held (KiB, as Linux counts it since the program's start;
`getrusage` would tell the most of whoever started it, if that is more).
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from desktop_app.actions import sync
from desktop_app.storage.book import Book
from tests.bench.pcs import KEY


def main() -> None:
    book = Book(Path(sys.argv[1]), KEY)
    started = time.perf_counter()
    done = sync.sync_now(book)
    print(time.perf_counter() - started, done.received, _most())


def _most() -> int:
    told = Path("/proc/self/status").read_text("ascii")
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("VmHWM"))


if __name__ == "__main__":
    main()
