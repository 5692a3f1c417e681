"""The exchange, measured: what goes over the wire and how long it takes, on good lines, far ones and broken ones."""

from __future__ import annotations

import contextlib
import statistics
import time
from collections.abc import Iterator
from typing import NamedTuple

from desktop_app.actions import review, sync
from desktop_app.domain.errors import Trouble
from desktop_app.domain.records import Person
from desktop_app.storage import journal
from desktop_app.storage.book import Book
from tests.bench.line import Line, line
from tests.bench.pcs import Province, edit, fill, province

MEMBERS = 10_000
CUTS = (300_000, 100_000, 50_000, 20_000)
CONTESTED = 500


class Told(NamedTuple):
    """An exchange: seconds, bytes both ways with HTTP headers, round trips."""

    seconds: float
    size: int
    requests: int


class Exchange(NamedTuple):
    """A union of `MEMBERS` sent up, read by another PC, edited, and asked for when there is nothing new."""

    push: Told
    pull: Told
    edits: Told
    quiet: Told


def exchange(kind: str) -> Exchange:
    """On one database: all of the table's columns over the good line of this machine."""
    with province(kind) as made, contextlib.ExitStack() as opened:
        union = made.union()
        office, home = (opened.enter_context(contextlib.closing(made.pc(union))) for _ in range(2))
        people = fill(office, MEMBERS)
        push, pull = once(office), once(home)
        edit(office, people[:100], phone="0912 345 678")
        edits = once(office)
        quiet = [once(office) for _ in range(9)]
        middle = Told(statistics.median(told.seconds for told in quiet), quiet[-1].size, quiet[-1].requests)
        return Exchange(push, pull, edits, middle)


def once(book: Book, url: str | None = None) -> Told:
    """One exchange of a book."""
    started = time.perf_counter()
    done = sync.sync_now(book, url)
    return Told(time.perf_counter() - started, done.bytes_up + done.bytes_down, done.round_trips)


class Far(NamedTuple):
    """Over a far line, with real waiting: members sent, members read by another PC, nothing new."""

    members: int
    push: Told
    pull: Told
    quiet: Told


def far(round_trip: float, rate: int, members: int) -> Far:
    """`round_trip` in seconds, `rate` in bits a second each way."""
    with province() as made, contextlib.ExitStack() as opened:
        union = made.union()
        office, home = (opened.enter_context(contextlib.closing(made.pc(union))) for _ in range(2))
        fill(office, members)
        with line(made.server.url, round_trip=round_trip, rate=rate) as wire:
            return Far(members, once(office, wire.url), once(home, wire.url), once(office, wire.url))


class Broken(NamedTuple):
    """Over a line that breaks: whether everything came, how often it broke, how much more went than over a whole one."""

    cut: int
    whole: bool
    cuts: int
    seconds: float
    twice: float


def broken() -> Iterator[Broken]:
    """`MEMBERS` sent over lines cut ever more often."""
    with province() as made:
        clean = _sent(made, 0)[1].up
        for cut in CUTS:
            whole, wire, seconds = _sent(made, cut)
            yield Broken(cut, whole, wire.cuts, seconds, wire.up / clean - 1)


def _sent(made: Province, cut: int) -> tuple[bool, Line, float]:
    with contextlib.closing(made.pc(made.union())) as office:
        fill(office, MEMBERS)
        started = time.perf_counter()
        with line(made.server.url, cut=cut) as wire:
            try:
                whole = sync.sync_now(office, wire.url).sent == MEMBERS
            except Trouble:
                whole = False
        return whole, wire, time.perf_counter() - started


class Contest(NamedTuple):
    """Two PCs that edited the same records off line: values of theirs, how many were lost, how many nobody is shown."""

    values: int
    lost: int
    unshown: int
    same: bool


def contest() -> Contest:
    """Each PC gives each of the records another name (identity: must be asked) and another team (must be in history).

    Lost = a value that the history of the record lacks on either PC. Unshown = one that a PC shows neither in the
    record nor as a question (a name), nor in the history with its author (a team).
    """
    with province() as made, contextlib.ExitStack() as opened:
        union = made.union()
        office, home = books = [opened.enter_context(contextlib.closing(made.pc(union))) for _ in range(2)]
        people = fill(office, CONTESTED)
        sync.sync_now(office)
        sync.sync_now(home)
        said = [[(person.id, f"{person.name} {pc}", f"Tổ máy {pc}") for person in people] for pc in ("An", "Bình")]
        for book, values in zip(books, said, strict=True):
            for person, (_, name, team) in zip(people, values, strict=True):
                edit(book, [person], name=name, team=team)
        for book in (office, home, office):
            sync.sync_now(book)
        wanted = [value for values in said for value in values]
        lost, unshown = (sum(counts) for counts in zip(*(_missing(book, wanted) for book in books), strict=True))
        return Contest(2 * len(wanted), lost, unshown, _rows(office) == _rows(home))


def _missing(book: Book, wanted: list[tuple[str, str, str]]) -> tuple[int, int]:
    asked = {(each.record, text) for each in review.questions(book) for text in (each.now.text, each.other.text)}
    lost = unshown = 0
    for id_, name, team in wanted:
        history, shown = journal.history(book.db, id_), book.get(Person, id_)
        assert history is not None
        assert shown is not None
        held = [(op.fields or {}, op.actor) for op in history.ops]
        lost += not any(fields.get("name") == name for fields, _ in held)
        lost += not any(fields.get("team") == team for fields, _ in held)
        unshown += shown.name != name and (id_, name) not in asked
        unshown += shown.team != team and not any(fields.get("team") == team and by for fields, by in held)
    return lost, unshown


def _rows(book: Book) -> list[str]:
    return sorted(map(repr, book.all(Person)))
