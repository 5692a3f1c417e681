"""What the page *Đồng bộ* shows of a book: where it is enrolled, what waits, what came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop_app.actions import lease, review, sync_state
from desktop_app.storage import adopting, carrying, enrolment, peers, waiting
from desktop_app.storage.book import Book
from desktop_app.storage.waiting import Said, Waiting


@dataclass(frozen=True)
class Exchange:
    """The state of the exchange. `server` is "" if there is no address: `enrolled` by a packet, or not at all; `synced`
    when all was level last.

    `adopted`: how many changes of a restored or copied book were taken over under this PC's own id; `others`: how many
    other PCs of the union are known; `reading` what a new PC says that has not read all of its union's
    book yet, "" if it has.
    """

    line: str
    tone: str
    trouble: str
    enrolled: bool
    server: str
    name: str
    synced: datetime | None
    confirmed: int
    entries: int
    waits: tuple[Waiting, ...]
    said: tuple[Said, ...]
    conflicts: int
    adopted: int
    others: int
    reading: str
    lease: lease.Standing
    files_wait: bool
    files_paused: bool


def is_enrolled(book: Book) -> bool:
    """Whether this PC may exchange with a province by network."""
    known = enrolment.of(book)
    return known is not None and bool(known.url)


def look(book: Book) -> Exchange:
    """Read the state of the exchange."""
    known, standing = enrolment.of(book), enrolment.standing(book)
    text, tone = sync_state.line(book)
    return Exchange(
        line=text,
        tone=tone,
        trouble=sync_state.last_trouble(book),
        enrolled=known is not None,
        server=known.url if known else "",
        name=known.name if known else "",
        synced=datetime.fromtimestamp(standing.synced / 1000).astimezone() if standing.synced else None,
        confirmed=standing.confirmed,
        entries=enrolment.head(book),
        waits=tuple(waiting.by_kind(book)),
        said=tuple(waiting.verdicts(book)),
        conflicts=review.count(book),
        adopted=adopting.count(book),
        files_wait=bool(carrying.waiting(book) or carrying.wanted(book)),
        files_paused=carrying.is_paused(book),
        reading=sync_state.still_reading(book),
        others=len(peers.others(book)) if known else 0,
        lease=lease.look(book),
    )


def pause_files(book: Book, on: bool) -> None:
    """Stop files from going and coming, or let them; entries are not touched by it."""
    carrying.pause(book, on)
