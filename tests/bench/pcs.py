"""PCs and a province for the benches of the exchange: real encrypted books, a real server process, real enrolment."""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import random
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from desktop_app.actions import sync
from desktop_app.domain.fields import build
from desktop_app.domain.records import Person
from desktop_app.storage.book import Book, new_id
from tests.bench.many import names
from tests.server.running import Postgres, Running, running

KEY = bytes(range(32))
DATABASES = ("SQLite", "PostgreSQL")
_A_COMMIT = 5_000
_numbers = itertools.count(1)


@dataclasses.dataclass(frozen=True)
class Province:
    """A server, what it stands on, and a folder for the books of its PCs."""

    server: Running
    database: str | None
    folder: Path

    def union(self) -> str:
        """The code of one more unit."""
        code = f"40-{next(_numbers):03}"
        self.server.command("unit", "add", "--code", code, "--name", f"CĐCS Công ty số {code}")
        return code

    def pc(self, union: str) -> Book:
        """One more PC of a unit, enrolled, with an empty book."""
        book = Book.create(self.folder / f"may-{next(_numbers)}" / "book.db", KEY, union)
        sync.enrol(book, self.server.url, self.server.enrolment_code(union))
        return book


@contextlib.contextmanager
def province(kind: str = "SQLite") -> Iterator[Province]:
    """A fresh province on SQLite or PostgreSQL, gone afterwards."""
    with contextlib.ExitStack() as kept:
        folder = Path(kept.enter_context(tempfile.TemporaryDirectory(prefix="scd")))
        database = None
        if kind == "PostgreSQL":
            (folder / "pg").mkdir(0o700)
            made = Postgres(folder / "pg")
            kept.callback(made.stop)
            database = made.database()
        server = kept.enter_context(running(folder / "server", database))
        yield Province(server, database, folder)


def fill(book: Book, people: int, seed: int = 7) -> list[Person]:
    """Bring members in as an import does: one verb a few thousand, each with what a list of an employer tells."""
    pick, made = random.Random(seed), []
    for number, called in enumerate(names(people, seed)):
        made.append(build(Person, {
            "id": new_id(), "name": called, "sex": pick.choice(("Nam", "Nữ")),
            "birth": date(pick.randint(1966, 2006), pick.randint(1, 12), pick.randint(1, 28)).isoformat(),
            "cccd": f"040{pick.randint(0, 3)}{number:08}", "card": f"NA{number:06}",
            "team": f"Tổ {pick.randint(1, 300)}", "joined": f"{pick.randint(2001, 2025)}-05-01", "member": True,
        }))  # fmt: skip
    for start in range(0, people, _A_COMMIT):
        with book.transact("bench.make", "Trần Thị Hoa") as transaction:
            for person in made[start : start + _A_COMMIT]:
                transaction.add(person)
    return made


def edit(book: Book, people: list[Person], **values: str) -> None:
    """The same change of each, saved one by one as a user does."""
    for person in people:
        with book.transact("members.edit", "Trần Thị Hoa") as transaction:
            transaction.save(dataclasses.replace(person, **values))
