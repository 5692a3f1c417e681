"""Files of records after the entries: sent and fetched while nothing else waits, within the day's bounds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from desktop_app.domain.errors import Trouble
from desktop_app.storage import carrying, enrolment
from desktop_app.storage.book import Book
from desktop_app.storage.rules import shipped
from sync import blobs
from sync.blobs import Content
from sync.link import Offline

_GATHER = 128 << 10
AFTER_ENTRIES = "Thay đổi mới được gửi trước, rồi đến tệp kèm."


class Store:
    """What `sync.blobs` asks of a book."""

    def __init__(self, book: Book) -> None:
        self._book, self.union, self.device = book, book.union_code, book.device
        self._sha256, self._offset, self._gathered = "", 0, bytearray()

    def waiting(self) -> Sequence[Content]:
        return [Content(*one) for one in carrying.waiting(self._book)]

    def wanted(self) -> Sequence[Content]:
        return [Content(*one) for one in carrying.wanted(self._book)]

    def read(self, content: Content, offset: int, most: int) -> bytes:
        return carrying.read(self._book, content.sha256, offset, most)

    def here(self, content: Content) -> int:
        self._keep()
        return carrying.here(self._book, content.sha256)

    def add(self, content: Content, offset: int, piece: bytes) -> None:
        """Gathered for a commit of its own; what was not kept when the power goes comes again."""
        if not self._gathered:
            self._sha256, self._offset = content.sha256, offset
        self._gathered += piece
        if len(self._gathered) >= _GATHER:
            self._keep()

    def sent(self, content: Content) -> None:
        carrying.carried(self._book, [content.sha256])

    def came(self, content: Content) -> None:
        if carrying.is_right(self._book, content.sha256):
            carrying.carried(self._book, [content.sha256])

    def _keep(self) -> None:
        if self._gathered:
            carrying.add(self._book, self._sha256, self._offset, bytes(self._gathered))
            self._gathered.clear()


def carry(book: Book, link: blobs.Carrier, seed: bytes, server_key: bytes, watch: Callable[[], None]) -> str:
    """Send and fetch files until all is level, new entries wait, the user pauses or stops, or the day's bound is met.

    Answers a sentence about what is left to do, `AFTER_ENTRIES` if entries go first, "" if nothing is worth saying. A
    bad line is no trouble here: the entries are level, and the files go on next time where they stopped.
    """
    if carrying.is_paused(book) or not (carrying.waiting(book) or carrying.wanted(book)):
        return ""
    today = date.today()  # noqa: DTZ011 - the user's own day
    most, went, before = shipped().attachment_daily(today), carrying.went_today(book, today), link.sent + link.received
    entries = enrolment.waiting(book)

    def go() -> bool:
        watch()
        spent = went + link.sent + link.received - before
        return spent < most and not carrying.is_paused(book) and enrolment.waiting(book) == entries

    try:
        blobs.carry(link, Store(book), seed, server_key, go)
    except Offline:
        return "Mạng bị ngắt khi đang gửi, nhận tệp kèm; lần sau sẽ tiếp từ chỗ dừng."
    except Trouble as trouble:  # a full disk, a refusal
        return f"Tệp kèm chưa đi hết: {trouble}"
    finally:
        spent = link.sent + link.received - before
        if spent:
            carrying.count_today(book, today, went + spent)
    if went + spent >= most:
        return "Tệp kèm đã đủ dung lượng của hôm nay; phần còn lại gửi, nhận vào ngày mai."
    return AFTER_ENTRIES if enrolment.waiting(book) > entries else ""
