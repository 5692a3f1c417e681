"""In which month a voucher counts, and what for: the one rule behind every book, sum and settlement (invariant I7).

A month that is shut counts each voucher as the entries of its set tell it, for ever. What later entries say otherwise
(a voucher posted by a PC without a network, one that it cancelled, or one that two PCs posted differently) counts at
once in the first month that was open then: the new is added there, and what the shut month holds is taken off.

So the lines of a voucher have a day on which they are booked: its own, or the first of that month. Where a voucher
stands in two months, lines below 0 hold what its own do not say. Everything that adds up reads the booked lines.
`late_booked` names the vouchers that are not booked simply by their own day.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from desktop_app.domain.dates import first_day, month_of
from desktop_app.domain.fields import entity_of
from desktop_app.domain.records import Line, Voucher
from desktop_app.storage import journal, shut
from desktop_app.storage.book import Book
from desktop_app.storage.shut import Shut
from sync import merge
from sync.protocol import Op

POSTED, CANCELLED, CHANGED = "ghi sổ", "hủy", "đổi"
_OUTSIDE = (
    "SELECT DISTINCT j.record FROM journal j JOIN devices d ON d.no = j.device WHERE j.entity = 'voucher'"
    " AND d.device = ? AND j.dseq > ?"
    " AND (EXISTS (SELECT 1 FROM journal o WHERE o.record = j.record AND o.pos <> j.pos) OR EXISTS"
    " (SELECT 1 FROM vouchers v WHERE v.day < ? AND v.id = lower(substr(hex(j.record), 1, 8) || '-' ||"
    " substr(hex(j.record), 9, 4) || '-' || substr(hex(j.record), 13, 4) || '-' || substr(hex(j.record), 17, 4) || '-'"
    " || substr(hex(j.record), 21))))"
)


_BY_OWN_DAY = (
    "SELECT l.owner FROM vouchers_lines l JOIN vouchers v ON v.id = l.owner WHERE NOT EXISTS"
    " (SELECT 1 FROM late_booked t WHERE t.voucher = v.id) AND (l.no < 0 OR l.day IS NOT v.day"
    " OR l.counts <> (v.posted AND NOT v.cancelled AND NOT v.retired)) LIMIT 1"
)


@dataclass(frozen=True)
class Booked:
    """Lines that count on a day; `less`: they are taken off."""

    day: date
    lines: tuple[Line, ...]
    less: bool = False


@dataclass(frozen=True)
class Late:
    """A voucher of month `home` whose present form is booked in month `booked`; `what` came late."""

    voucher: str
    home: str
    booked: str
    what: str


def settle(book: Book, vouchers: Mapping[str, date | None], *, shuts: bool) -> None:
    """After rows were written, inside the commit: book these vouchers (with the day of one that has a single entry,
    else None); `shuts`: records were touched that may have shut or opened a month, so book what that moves.
    """
    before = shut.kept(book)
    now = shut.look(book) if shuts else before
    known = max((shut_.months[-1] for shut_ in (before, now) if shut_.months), default="")
    wanted = {id_ for id_, day in vouchers.items() if known and (day is None or month_of(day) <= known)}
    if now != before:
        shut.keep(book, now)
        wanted |= {id_ for (id_,) in book.db.execute("SELECT voucher FROM late_booked")}
        for place in shut.changed(before, now):
            wanted |= _outside(book, now, place)
    for id_ in sorted(wanted):
        history = journal.history(book.db, id_)
        if history is not None:
            _write(book.db, now, id_, history)


def of(now: Shut, id_: str, history: journal.History) -> tuple[Booked, ...]:
    """On which days a voucher counts, in order, and what for; () if it counts nowhere."""
    made: list[Booked] = []
    held: tuple[Line, ...] = ()
    came = [(now.since(op.device, op.dseq), op) for op in history.ops]
    places = sorted({place for place, _ in came if place < len(now.months)})
    for at, place in enumerate(places):
        end = places[at + 1] if at + 1 < len(places) else len(now.months)
        day, lines = _effect(id_, [op for since, op in came if since <= place])
        own = bisect_left(now.months, month_of(day)) if day else end
        counts = max(place, own)
        if held and (counts > place or lines != held):
            made.append(Booked(first_day(now.opens(place)), held, less=True))
            held = ()
        if lines and not held and counts < end and day:
            made.append(Booked(day if own >= place else first_day(now.opens(place)), lines))
            held = lines
    day, lines = _effect(id_, history.ops, history.state)
    if lines != held:
        opens = first_day(now.opens(len(now.months))) if now.last else None
        if held and opens:
            made.append(Booked(opens, held, less=True))
        if lines and day:
            stays = opens is None or day >= opens or not places_after(now, day)
            made.append(Booked(day if stays or opens is None else opens, lines))
    return tuple(made)


def places_after(now: Shut, day: date) -> bool:
    """Whether a month that is shut with a set counts vouchers of a day."""
    return bool(now.months) and month_of(day) <= now.months[-1]


def late(book: Book) -> list[Late]:
    """The vouchers that came after their month was closed and are booked in a month still open, not left there yet."""
    found = book.db.execute(
        "SELECT voucher, home, booked, what FROM late_booked t WHERE booked > ? AND NOT EXISTS (SELECT 1 FROM"
        " late_entries e WHERE e.voucher = t.voucher AND e.booked = t.booked AND e.what = t.what AND e.retired = 0)"
        " ORDER BY home, voucher",
        [shut.kept(book).last],
    )
    return [Late(*row) for row in found]


def any_late(book: Book) -> bool:
    """Whether any voucher of the book stands in another month than its own."""
    return book.db.execute("SELECT 1 FROM late_booked LIMIT 1").fetchone() is not None


def _effect(id_: str, ops: Sequence[Op], known: merge.State | None = None) -> tuple[date | None, tuple[Line, ...]]:
    """The day and the counting lines of a voucher as these entries tell it; no lines if it does not count."""
    state = known or merge.resolve(ops)
    if state.erased or state.retired:
        return None, ()
    voucher, _ = journal.told(entity_of(Voucher), id_, state.values)
    counts = voucher.posted and not voucher.cancelled and voucher.day is not None
    return (voucher.day, voucher.lines) if counts else (voucher.day, ())


def _outside(book: Book, now: Shut, place: int) -> set[str]:
    """The vouchers with entries outside a month's set that could be of that month or an earlier one."""
    frozen, end = now.sets[place], first_day(now.opens(place + 1)).isoformat()
    found: set[str] = set()
    for (device,) in book.db.execute("SELECT device FROM devices").fetchall():
        rows = book.db.execute(_OUTSIDE, [device, frozen.get(device, 0), end])
        found |= {str(UUID(bytes=record)) for (record,) in rows}
    return found


Rows = tuple[Late, tuple[Any, ...], list[tuple[Any, ...]]]


def expected(now: Shut, id_: str, history: journal.History) -> Rows | None:
    """What stands in the book of a voucher that is not booked simply by its own day: what is late of it, (day, counts)
    of its own lines, and its lines below 0 (no, item, party, fund, in, out, day). None for any other.
    """
    told = of(now, id_, history)
    day, lines = _effect(id_, history.ops, history.state)
    if not told or told == (Booked(day or date.min, lines),):
        return None
    home = month_of(day) if day else month_of(told[0].day)
    what = CANCELLED if not lines else POSTED if len(told) == 1 else CHANGED
    shown = bool(lines) and not told[-1].less
    apart = told[:-1] if shown else told
    own = (told[-1].day.isoformat(), 1) if shown else (day.isoformat() if day else None, 0)
    below = [
        (line.item, line.party, line.fund, -line.amount_in if one.less else line.amount_in,
         -line.amount_out if one.less else line.amount_out, one.day.isoformat())
        for one in apart for line in one.lines
    ]  # fmt: skip
    return Late(id_, home, month_of(told[-1].day), what), own, [(-no, *rest) for no, rest in enumerate(below, 1)]


class Check:
    """Proves the bookings of a book, voucher by voucher (`proof.verify`)."""

    def __init__(self, book: Book) -> None:
        self._book, self._now = book, shut.look(book)
        self._odd: dict[str, Rows] = {}

    def meet(self, id_: str, history: journal.History) -> None:
        """One voucher as its journal tells it."""
        if self._now.months and (odd := expected(self._now, id_, history)):
            self._odd[id_] = odd

    def fault(self) -> str | None:
        """The first voucher that is booked otherwise than the closed months say, as a sentence."""
        db = self._book.db
        if self._now != shut.kept(self._book):
            return "Các kỳ đã khóa khác với nhật ký."
        held = {row[0]: Late(*row) for row in db.execute("SELECT voucher, home, booked, what FROM late_booked")}
        if held != {id_: odd[0] for id_, odd in self._odd.items()}:
            return "Chứng từ đến sau khóa sổ khác với nhật ký."
        for id_, (_, own, below) in self._odd.items():
            lines = "FROM vouchers_lines WHERE owner = ? AND no"
            kept = db.execute(f"SELECT DISTINCT day, counts {lines} > 0", [id_]).fetchall()
            less = db.execute(
                f"SELECT no, item, party, fund, amount_in, amount_out, day {lines} < 0 ORDER BY no DESC", [id_]
            ).fetchall()
            if kept != [own] or less != below:
                return f"Phiếu {id_} ghi sổ ở kỳ khác với nhật ký."
        found = db.execute(_BY_OWN_DAY).fetchone()
        return f"Dòng của phiếu {found[0]} khác với phiếu." if found else None


def _write(db: Any, now: Shut, id_: str, history: journal.History) -> None:
    odd = expected(now, id_, history)
    was = db.conn.execute("DELETE FROM late_booked WHERE voucher = ? RETURNING 1", [id_]).fetchall()
    if odd is None and not was:
        return
    db.conn.execute("DELETE FROM vouchers_lines WHERE owner = ? AND no < 0", [id_])
    if odd is None:
        day, lines = _effect(id_, history.ops, history.state)
        own: tuple[Any, ...] = (day.isoformat() if day else None, int(bool(lines)))
    else:
        said, own, below = odd
        db.conn.execute("INSERT INTO late_booked VALUES (?, ?, ?, ?)", [id_, said.home, said.booked, said.what])
        db.conn.executemany(
            "INSERT INTO vouchers_lines (owner, no, item, party, fund, amount_in, amount_out, day, counts)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)",
            [(id_, *row) for row in below],
        )
    db.conn.execute("UPDATE vouchers_lines SET day = ?, counts = ? WHERE owner = ? AND no > 0", [*own, id_])
