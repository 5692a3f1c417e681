"""Which months are shut, and of each the set of entries that it counts.

A closing freezes {device: last number}; so does a settlement that was handed in, until it is returned. A month that
has none of its own is counted with the next one that has. All of it follows from the records alone: two books that
hold the same entries say the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from desktop_app.domain.dates import add_months
from desktop_app.storage import closings, filings, journal
from desktop_app.storage.book import Book

_KEPT = "shut"
Frozen = Mapping[str, int]
"""{device: the number of the last entry that counts}."""


@dataclass(frozen=True)
class Shut:
    """The months in order, each with its set; a later set holds every earlier one. `last` is the last month that
    refuses vouchers, "" if none.
    """

    months: tuple[str, ...] = ()
    sets: tuple[Frozen, ...] = ()
    last: str = ""

    def since(self, device: str, dseq: int) -> int:
        """The place of the first month that counts an entry; one past the last if none does."""
        return bisect_left(self.sets, dseq, key=lambda frozen: frozen.get(device, 0))

    def opens(self, place: int) -> str:
        """The first month that was open while only the months before a place were shut."""
        return add_months(self.months[place - 1] if place < len(self.months) else self.last, 1)


def kept(book: Book) -> Shut:
    """As `look` said it when the records last changed."""
    known = book.about(_KEPT)
    return msgspec.msgpack.decode(known, type=Shut) if known else Shut()


def keep(book: Book, now: Shut) -> None:
    """Remember it, as a part of the caller's commit."""
    book.note(_KEPT, msgspec.msgpack.encode(now))


def look(book: Book) -> Shut:
    """Read it from the records. A closing or settlement that tells no set freezes nothing.

    A settlement keeps the figures it was signed with: in its months only those closings count that its signer knew,
    and of their sets only what was known. Of several settlements over a month the one that knew least was first.
    """
    records = closings.records(book)
    held = [
        (until, frozen, closings.winning(one for one in records if _knew(book, frozen, one.id)))
        for until, frozen in sorted(
            ((until, _set(sent.through)) for until, sent in filings.holding(book)),
            key=lambda one: (sum(one[1].values()), one[0]),
        )
        if frozen
    ]
    told = closings.winning(records)
    months, sets, before = list[str](), list[Frozen](), dict[str, int]()
    for month in sorted({*told, *(until for until, _, _ in held)}):
        until, signed, known = next((one for one in held if month <= one[0]), ("", {}, told))
        closing = known.get(month)
        frozen = _set(closing.through) if closing is not None and closing.closed else {}
        if signed:
            frozen = {device: min(last, signed.get(device, 0)) for device, last in frozen.items()}
            frozen = frozen or (signed if month == until else {})
        if frozen:
            before = {device: max(frozen.get(device, 0), before.get(device, 0)) for device in {*frozen, *before}}
            months.append(month)
            sets.append(before)
    return Shut(tuple(months), tuple(sets), closings.shut_through(book))


def _knew(book: Book, frozen: Frozen, record: str) -> bool:
    """Whether an entry of a record is in a set."""
    found = book.db.execute(
        "SELECT d.device, j.dseq FROM journal j JOIN devices d ON d.no = j.device WHERE j.record = ?",
        [journal.raw_id(record)],
    )
    return any(dseq <= frozen.get(device, 0) for device, dseq in found)


def changed(before: Shut, now: Shut) -> list[int]:
    """The places of months whose set is new or another one."""
    known = dict(zip(before.months, before.sets, strict=True))
    return [at for at, month in enumerate(now.months) if known.get(month) != now.sets[at]]


def _set(told: Mapping[str, Any]) -> dict[str, int]:
    return {device: last for device, last in told.items() if isinstance(last, int) and last > 0}
