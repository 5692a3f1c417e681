"""What the page *Đồng bộ* shows of a book: where it is enrolled, what waits, what came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop_app.actions import sync
from desktop_app.storage import adopting, enrolment, incoming, waiting
from desktop_app.storage.book import Book
from desktop_app.storage.waiting import Said, Waiting


@dataclass(frozen=True)
class Exchange:
    """The state of the exchange. `server` is "" if this PC is not enrolled; `synced` when all was level last.

    `adopted`: how many changes of a restored or copied book were taken over under this PC's own id.
    """

    line: str
    tone: str
    trouble: str
    server: str
    name: str
    synced: datetime | None
    confirmed: int
    entries: int
    waits: tuple[Waiting, ...]
    said: tuple[Said, ...]
    conflicts: int
    adopted: int


def is_enrolled(book: Book) -> bool:
    """Whether this PC may exchange with a province."""
    return enrolment.of(book) is not None


def look(book: Book) -> Exchange:
    """Read the state of the exchange."""
    known, standing = enrolment.of(book), enrolment.standing(book)
    text, tone = sync.line(book)
    return Exchange(
        line=text,
        tone=tone,
        trouble=sync.last_trouble(book),
        server=known.url if known else "",
        name=known.name if known else "",
        synced=datetime.fromtimestamp(standing.synced / 1000).astimezone() if standing.synced else None,
        confirmed=standing.confirmed,
        entries=enrolment.head(book),
        waits=tuple(waiting.by_kind(book)),
        said=tuple(waiting.verdicts(book)),
        conflicts=incoming.overlapping(book),
        adopted=adopting.count(book),
    )
