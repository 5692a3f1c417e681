"""What a run of journal entries brought into the book, and what leans on it since: for undoing an import."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from desktop_app.storage.book import Book
from sync import protocol


def last_entry(book: Book) -> int:
    """The sequence number of this device's last entry."""
    found = book.db.execute("SELECT dseq FROM devices WHERE device = ?", [book.device]).fetchone()
    return int(found[0])


def created_between(book: Book, device: str, first: int, last: int) -> list[tuple[str, str]]:
    """Which records (entity, id) did entries first..last of a device bring in, in that order?"""
    found = book.db.execute(
        "SELECT d.device, j.op, j.payload FROM journal j JOIN devices d ON d.no = j.device"
        " WHERE d.device = ? AND j.dseq BETWEEN ? AND ? ORDER BY j.dseq",
        [device, first, last],
    )
    ops = (protocol.decode(device, raw, payload) for device, raw, payload in found)
    return [(op.entity, op.record) for op in ops if op.kind == "set" and not op.base]


def changed_since(book: Book, records: Iterable[str], device: str, last: int) -> set[str]:
    """Which of these records have entries other than those of the device up to `last`?"""
    sql = (
        "SELECT 1 FROM journal j JOIN devices d ON d.no = j.device"
        " WHERE j.record = ? AND NOT (d.device = ? AND j.dseq <= ?) LIMIT 1"
    )
    return {id_ for id_ in records if book.db.execute(sql, [UUID(id_).bytes, device, last]).fetchone()}


def leaning_on(book: Book, person: str) -> bool:
    """Has this person dues paid, an exemption, an office, a movement or a line of career in the book?"""
    asked = " UNION ALL ".join(
        f"SELECT 1 FROM {table} WHERE person = :person AND retired = 0"  # noqa: S608
        for table in ("dues", "exemptions", "offices", "movements", "careers")
    )
    return book.db.execute(f"SELECT 1 FROM ({asked}) LIMIT 1", {"person": person}).fetchone() is not None  # noqa: S608
