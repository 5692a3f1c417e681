"""What an exchange and a book cost as they grow: entries held, units served, memory, bytes on the disk."""

from __future__ import annotations

import contextlib
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from sqlcipher3 import dbapi2

from desktop_app.actions import sync
from desktop_app.domain.fields import entity_of
from desktop_app.domain.records import Dues, Person
from desktop_app.storage import enrolment
from desktop_app.storage.book import Book, new_id
from tests.bench.exchanging import once
from tests.bench.many import names
from tests.bench.pcs import KEY, Province, edit, fill, province

EDITS = 60
ROUNDS = 7
_PEOPLE_AT_FIRST = 25_000
_A_COMMIT = 20_000


class Grown(NamedTuple):
    """Medians, in seconds: `EDITS` changes handed over, an exchange with nothing new, the book opened."""

    size: int
    edits: float
    quiet: float
    opening: float = 0.0
    entry: float = 0.0
    """Bytes on the disk that one entry of the journal takes, with its indexes."""


def books_of(sizes: Sequence[int]) -> list[Grown]:
    """Books whose journals hold so many entries, all handed over; measured in turns, for the machine may be busy.

    The first entries are members brought in and handed over as ever. The rest, members and dues in turn, are real
    entries of the same chain, but have no rows, and the server is only told that it holds them: it would take most of
    an hour.
    """
    with province() as made, contextlib.ExitStack() as kept:
        books = [kept.enter_context(contextlib.closing(made.pc(made.union()))) for _ in sizes]
        people = []
        for book, size in zip(books, sizes, strict=True):
            people.append(fill(book, EDITS * (ROUNDS + 1)))
            sync.sync_now(book)
            _write_on(book, size - EDITS * (ROUNDS + 1))
            _tell_held(made, book)
            book.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        turns = [[_turn(book, known[n * EDITS :][:EDITS]) for book, known in zip(books, people, strict=True)]
                 for n in range(ROUNDS + 1)]  # fmt: skip
        grown = []
        for place, (book, size) in enumerate(zip(books, sizes, strict=True)):
            medians = [statistics.median(times) for times in zip(*(turn[place] for turn in turns[1:]), strict=True)]
            grown.append(Grown(size, *medians, _bytes_an_entry(book, made.folder / f"copy-{size}.db")))
        return grown


def _turn(book: Book, people: list[Person]) -> tuple[float, float, float]:
    """Seconds: changes handed over, nothing new, the book opened once more."""
    edit(book, people, phone="0912 345 678")
    return once(book).seconds, statistics.median(once(book).seconds for _ in range(3)), _clocked(lambda: Book(book.path, KEY).close())


def _write_on(book: Book, entries: int) -> None:
    dues, person, pick, called = entity_of(Dues), entity_of(Person), random.Random(5), names(entries)
    for start in range(0, entries, _A_COMMIT):
        with book.transact("dues.collect", "Trần Thị Hoa") as transaction:
            for n in range(start, min(start + _A_COMMIT, entries)):
                declared, values = dues, {"person": pick.randbytes(16), "month": f"20{n % 30:02}-07", "amount": 50_000 + n,
                                          "voucher": pick.randbytes(16)}  # fmt: skip
                if n % 2:
                    declared, values = person, {
                        "name": next(called), "sex": "Nam", "birth": f"19{70 + n % 30}-0{1 + n % 9}-15", "member": True,
                        "cccd": f"0400{n:08}", "card": f"NA{n:06}", "team": f"Tổ {n % 300}", "joined": "2020-05-01",
                    }  # fmt: skip
                transaction._pen.append(declared, new_id(), "set", values, None)


def _tell_held(made: Province, book: Book) -> None:
    """Server and book agree that everything was handed over."""
    last = enrolment.head(book)
    told = [str(made.server.data), made.database or "", book.device, str(last), enrolment.hash_at(book, last).hex()]
    subprocess.run([sys.executable, "-m", "tests.bench.held", *told], check=True)
    enrolment.step(book, confirmed=last)


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
