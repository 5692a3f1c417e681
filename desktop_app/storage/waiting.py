"""What waits to be sent, and what the province said lately."""

from __future__ import annotations

from typing import NamedTuple

from desktop_app.domain.fields import entities
from desktop_app.storage import carrying
from desktop_app.storage.book import Book


class Waiting(NamedTuple):
    """Entries of one kind of record the server has not confirmed; `size`: bytes in the journal, about what goes."""

    label: str
    entries: int
    size: int


class Said(NamedTuple):
    """The province's word on a report: day (ISO, "" unknown), form, period, state and note."""

    day: str
    form: str
    period: str
    state: str
    note: str


def by_kind(book: Book) -> list[Waiting]:
    """How many entries of each kind of record wait, the most first; then the files that wait to go, and to come?"""
    known = entities()
    found = book.db.execute(
        "SELECT j.entity, count(*), sum(length(j.op) + coalesce(length(j.payload), 0))"
        " FROM devices d JOIN journal j ON j.device = d.no AND j.dseq > d.confirmed"
        " WHERE d.own = 1 AND d.dseq > d.confirmed GROUP BY j.entity ORDER BY 2 DESC, 1"
    )
    kinds = [Waiting(known[name].label if name in known else name, entries, size) for name, entries, size in found]
    files, missing = carrying.waiting(book), carrying.wanted(book)
    if files:
        kinds.append(Waiting("Nội dung tệp kèm", len(files), sum(one.size for one in files)))
    if missing:
        kinds.append(Waiting("Tệp kèm chưa về máy này", len(missing), sum(one.size for one in missing)))
    return kinds


def verdicts(book: Book, most: int = 20) -> list[Said]:
    """What did the province answer to reports handed in, the latest first?"""
    found = book.db.execute(
        "SELECT coalesce(v.day, ''), s.form, s.period, v.state, v.note FROM verdicts v"
        " JOIN submissions s ON s.id = v.submission WHERE v.retired = 0 ORDER BY v.id DESC LIMIT ?",
        [most],
    )
    return [Said(*row) for row in found]
