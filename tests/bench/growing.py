"""What an exchange and a book cost as they grow: entries held, units served, memory, bytes on the disk."""

from __future__ import annotations

import contextlib
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from sqlcipher3 import dbapi2

from desktop_app.actions import sync
from desktop_app.storage.book import Book
from tests.bench.exchanging import once
from tests.bench.pcs import KEY, Province, edit, fill, province

EDITS = 60
ROUNDS = 7
_PEOPLE_AT_FIRST = 25_000


class Grown(NamedTuple):
    """Medians, in seconds: `EDITS` changes handed over, an exchange with nothing new, the book opened."""

    size: int
    edits: float
    quiet: float
    opening: float = 0.0
    entry: float = 0.0
    """Bytes on the disk that one entry of the journal takes, with its indexes."""


def book_of(entries: int) -> Grown:
    """A book whose journal holds so many entries, all handed over."""
    with province() as made, contextlib.closing(made.pc(made.union())) as office:
        people = fill(office, entries)[: EDITS * (ROUNDS + 1)]
        sync.sync_now(office)

        def opened() -> None:
            Book(office.path, KEY).close()

        opening = statistics.median(_clocked(opened) for _ in range(ROUNDS))
        handed, quiet = _handed_over(office, people)
        return Grown(entries, handed, quiet, opening, _bytes_an_entry(office, made.folder / "copy.db"))


def server_of(kind: str, units: int, ops: int = 20) -> Grown:
    """A server that holds so many other units with some entries each."""
    with province(kind) as made:
        crowd = [sys.executable, "-m", "tests.bench.crowd", str(made.server.data), made.database or "", str(units), str(ops)]
        subprocess.run(crowd, check=True)
        with contextlib.closing(made.pc(made.union())) as office:
            people = fill(office, EDITS * (ROUNDS + 1))
            sync.sync_now(office)
            return Grown(units, *_handed_over(office, people))


def _handed_over(book: Book, people: list[object]) -> tuple[float, float]:
    handed = []
    for turn in range(ROUNDS + 1):
        edit(book, people[turn * EDITS : (turn + 1) * EDITS], phone="0912 345 678")  # type: ignore[arg-type]
        handed.append(once(book).seconds)
    return statistics.median(handed[1:]), statistics.median(once(book).seconds for _ in range(20))


def _clocked(does: Callable[[], object]) -> float:
    started = time.perf_counter()
    does()
    return time.perf_counter() - started


def _bytes_an_entry(book: Book, copy: Path) -> float:
    """The file with its journal less the file without it, by entry."""
    book.copy_to(copy)
    (entries,) = book.db.execute("SELECT count(*) FROM journal").fetchone()
    with contextlib.closing(dbapi2.connect(str(copy), isolation_level=None)) as bare:
        bare.execute("PRAGMA cipher_default_hmac_algorithm = HMAC_SHA256")
        bare.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
        bare.execute("PRAGMA foreign_keys = OFF")
        before = _size(bare)
        for (name,) in bare.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            bare.execute(f'DROP TRIGGER "{name}"')
        bare.execute("DROP TABLE journal")
        bare.execute("VACUUM")
        return (before - _size(bare)) / int(entries)


def _size(connection: object) -> int:
    pages, page = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))  # type: ignore[attr-defined]
    return int(pages) * int(page)


class First(NamedTuple):
    """A first exchange in a process of its own: people read, seconds, MiB over what an empty union's takes."""

    people: int
    seconds: float
    own: float
    over: float


def first_sync() -> First:
    """`_PEOPLE_AT_FIRST` members into an empty book."""
    with province() as made:
        union = made.union()
        with contextlib.closing(made.pc(union)) as office:
            fill(office, _PEOPLE_AT_FIRST)
            sync.sync_now(office)
        _, _, own = _alone(made, made.union())
        seconds, people, most = _alone(made, union)
        return First(int(people), seconds, own / 1024, (most - own) / 1024)


def _alone(made: Province, union: str) -> tuple[float, float, float]:
    with contextlib.closing(made.pc(union)) as fresh:
        path = fresh.path
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.first_sync", str(path)], check=True, capture_output=True, env={**os.environ}
    ).stdout.split()
    seconds, read, most, *_ = map(float, told)
    return seconds, read, most
