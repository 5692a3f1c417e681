"""A new PC reads the union's history in large parts: what `sync.snapshot` asks of a book, and when it is worth it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from desktop_app.storage import enrolment, snapshot
from desktop_app.storage.book import Book
from sync.parts import Part
from sync.snapshot import Carrier, gather

_GATHER = 64 << 10

Arriving = Callable[[int, int, int], None]
"""(entries of the union's history that are here, of how many, bytes that came for it in this round).

It may raise to stop.
"""


class Reading:
    """Parts into one book, in one round of the exchange. `entities` are those that were touched."""

    def __init__(self, book: Book, entities: set[str]) -> None:
        self.union, self.device = book.union_code, book.device
        self.wanted = False
        self._book, self._entities = book, entities
        self._part: Part | None = None
        self._offset, self._gathered = 0, bytearray()

    def is_worth(self, top: int) -> bool:
        """Whether the rest comes sooner by parts, the union's history having so many entries."""
        self.wanted = snapshot.is_worth(self._book, top)
        return self.wanted

    def read(self, link: Carrier, seed: bytes, server_key: bytes, arriving: Arriving | None) -> tuple[int, int]:
        """All that parts bring; answers how many entries were new, and round trips.

        Raises `Trouble`; what came until then stays.
        """
        before = link.received

        def watch() -> None:
            if arriving:
                arriving(*snapshot.read(self._book, len(self._gathered)), link.received - before)

        return gather(link, self, seed, server_key, watch)

    def cursor(self) -> tuple[int, int]:
        return enrolment.standing(self._book).cursor

    def under_way(self) -> Part | None:
        return snapshot.under_way(self._book)

    def begin(self, part: Part) -> None:
        snapshot.begin(self._book, part)

    def here(self) -> int:
        return snapshot.here(self._book)

    def add(self, part: Part, offset: int, piece: bytes) -> None:
        """Gathered for a commit of its own; what was not kept when the power goes comes again."""
        if not self._gathered:
            self._part, self._offset = part, offset
        self._gathered += piece
        if len(self._gathered) >= _GATHER:
            self.keep()

    def keep(self) -> None:
        if self._gathered and self._part:
            gathered, self._gathered = bytes(self._gathered), bytearray()
            snapshot.add(self._book, self._part, self._offset, gathered)

    def take(self, part: Part) -> Iterator[int]:
        for done in snapshot.take(self._book, part):
            self._entities |= done.entities
            yield done.entries

    def end(self, *, log_to: int = 0) -> None:
        snapshot.end(self._book, log_to)
