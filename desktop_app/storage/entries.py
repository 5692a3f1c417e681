"""What a run of journal entries brought into the book, and what leans on it since: for undoing an import."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from desktop_app.domain.fields import entities
from desktop_app.storage import journal
from desktop_app.storage.book import Book
from sync import merge, protocol


def last_entry(book: Book) -> int:
    """The sequence number of this device's last entry."""
    found = book.db.execute("SELECT dseq FROM devices WHERE device = ?", [book.device]).fetchone()
    return int(found[0])


def created_between(book: Book, device: str, first: int, last: int) -> list[tuple[str, str]]:
    """Which records (entity, id) did entries first..last of a device bring in, in that order?"""
    return [(op.entity, op.record) for op in _between(book, device, first, last) if not op.base]


@dataclass(frozen=True)
class Filled:
    """A record that entries changed and did not bring in: what their fields said before, and which changed since."""

    entity: str
    record: str
    before: dict[str, Any]
    since: frozenset[str]


def filled_between(book: Book, device: str, first: int, last: int) -> list[Filled]:
    """Which records that were there already did entries first..last of a device change? Erased ones are left out."""
    named: dict[tuple[str, str], set[str]] = {}
    new = set()
    for op in _between(book, device, first, last):
        if not op.base:
            new.add(op.record)
        elif op.record not in new:
            named.setdefault((op.entity, op.record), set()).update(op.fields or ())
    found = []
    for (entity, record), fields in named.items():
        held = journal.history(book.db, record)
        if held is not None and not held.hidden:
            mine = {op.head for op in held.ops if op.device == device and first <= op.dseq <= last}
            was = merge.resolve(op for op in held.ops if op.head not in mine)
            declared = entities()[entity]
            told, _ = journal.told(declared, record, was.values)
            since = frozenset(name for name in fields if not set(held.state.heads[name]) <= mine)
            found.append(Filled(entity, record, {name: getattr(told, name) for name in fields}, since))
    return found


def _between(book: Book, device: str, first: int, last: int) -> Iterator[protocol.Op]:
    """The entries first..last of a device that say something."""
    found = book.db.execute(
        "SELECT d.device, whole(j.op, j.record), whole(j.payload, j.record)"
        " FROM journal j JOIN devices d ON d.no = j.device"
        " WHERE d.device = ? AND j.dseq BETWEEN ? AND ? ORDER BY j.dseq",
        [device, first, last],
    )
    ops = (protocol.decode(device, raw, payload) for device, raw, payload in found)
    return (op for op in ops if op.kind == "set")


def changed_since(book: Book, records: Iterable[str], device: str, last: int) -> set[str]:
    """Which of these records have entries other than those of the device up to `last`?"""
    sql = (
        "SELECT 1 FROM journal j JOIN devices d ON d.no = j.device"
        " WHERE j.record = ? AND NOT (d.device = ? AND j.dseq <= ?) LIMIT 1"
    )
    return {id_ for id_ in records if book.db.execute(sql, [UUID(id_).bytes, device, last]).fetchone()}


def leaning_on(book: Book, person: str, but: Collection[str] = ()) -> bool:
    """Has this person dues paid, an exemption, an office, a movement or a line of career in the book (`but` these)?"""
    asked = " UNION ALL ".join(
        f"SELECT id FROM {table} WHERE person = :person AND retired = 0"  # noqa: S608
        for table in ("dues", "exemptions", "offices", "movements", "careers")
    )
    return any(id_ not in but for (id_,) in book.db.execute(asked, {"person": person}))
