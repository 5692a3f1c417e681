"""Save and post a voucher with its journal entry and fsync, against the same rows by plain SQL.

All three write into the same 100,000 vouchers, with the same indexes, WAL and synchronous=FULL: our own verb; plain
`sqlite3` on a copy without encryption, checks and guards; plain SQL on an encrypted copy without checks and guards.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from sqlcipher3 import dbapi2

from desktop_app.actions import setup, vouchers
from desktop_app.domain.records import Fund, Voucher
from desktop_app.storage.book import Book
from tests.bench.clock import Times, in_turns
from tests.bench.sample import YEAR

_TABLES = ("vouchers", "vouchers_lines", "journal")


class Saved(NamedTuple):
    """Seconds a voucher: our verb, plain sqlite3, and plain SQL on an encrypted file."""

    ours: float
    plain: float
    encrypted: float


def saving(profile: Path, rounds: int) -> Saved:
    """The medians over `rounds` vouchers, each its own commit."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(profile, Path(folder, "so"))
        book = setup.open_book(Path(folder, "so"))
        try:
            copies = [_plain(book, Path(folder, "plain.db")), _encrypted(book, Path(folder, "encrypted.db"))]
            fund = next(book.all(Fund))
            written: list[Voucher] = []

            def ours() -> Times:
                values = _values(len(written), fund.id)
                started = time.perf_counter()
                written.append(vouchers.write(book, values, "Bench"))
                return (time.perf_counter() - started,)

            def theirs(copy: Any) -> Times:
                rows = _rows(book, written[-1].id)
                started = time.perf_counter()
                _insert(copy, rows)
                return (time.perf_counter() - started,)

            times = in_turns([ours, lambda: theirs(copies[0]), lambda: theirs(copies[1])], rounds)
            return Saved(*(median for (median,) in times))
        finally:
            book.close()


def _values(number: int, fund: str) -> dict[str, Any]:
    return {
        "kind": "PC", "day": date(YEAR, 10, 1 + number % 28), "month": f"{YEAR}-10", "party": "Nguyễn Văn Thắng",
        "text": f"Văn phòng phẩm, nước họp ban chấp hành {number}",
        "lines": [{"item": "33", "fund": fund, "amount_out": 640_000 + number}],
    }  # fmt: skip


def _plain(book: Book, file: Path) -> Any:
    """A copy of the book without encryption, opened by Python's own sqlite3."""
    book.db.execute("ATTACH DATABASE ? AS plain KEY ''", [str(file)])
    book.db.execute("SELECT sqlcipher_export('plain')").fetchall()
    book.db.execute("DETACH DATABASE plain")
    return _bare(sqlite3.connect(file, isolation_level=None))


def _encrypted(book: Book, file: Path) -> Any:
    """A copy of the book under a key of its own, written by plain SQL."""
    key = "x'" + "17" * 32 + "'"
    book.db.execute(f'ATTACH DATABASE ? AS encrypted KEY "{key}"', [str(file)])
    book.db.execute("SELECT sqlcipher_export('encrypted')").fetchall()
    book.db.execute("DETACH DATABASE encrypted")
    connection = dbapi2.connect(str(file), isolation_level=None)
    connection.execute(f'PRAGMA key = "{key}"')
    return _bare(connection)


def _bare(connection: Any) -> Any:
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _rows(book: Book, id_: str) -> list[tuple[str, Sequence[Any]]]:
    """The statements that write a voucher of the book again: its row, its lines, its journal entry, head and clock."""
    made: list[tuple[str, Sequence[Any]]] = []
    newest = "(SELECT max(pos) FROM journal)"
    for table, where in zip(_TABLES, ("id = :id", "owner = :id", f"pos = {newest}"), strict=True):
        found = book.db.execute(f"SELECT * FROM {table} WHERE {where}", {"id": id_}).fetchall()
        made += [(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row) for row in found]
    head = book.db.execute("SELECT dseq, hash, no FROM devices WHERE device = ?", [book.device]).fetchone()
    made.append(("UPDATE devices SET dseq = ?, hash = ? WHERE no = ?", head))
    made.append(("UPDATE about SET value = ? WHERE name = 'clock'", [book.about("clock")]))
    return made


def _insert(connection: Any, rows: Sequence[tuple[str, Sequence[Any]]]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for statement, values in rows:
        connection.execute(statement, values)
    connection.execute("COMMIT")
