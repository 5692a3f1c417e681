"""Where the exchange stands, as the window says it at every change: nothing of the wire is loaded for that."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desktop_app.actions import review
from desktop_app.domain.amounts import format_amount
from desktop_app.domain.records import Union
from desktop_app.storage import enrolment, filings, snapshot
from desktop_app.storage.book import Book

OFFLINE, REFUSED, COPY, REVOKED = b"o", b"r", b"c", b"k"
"""How the last exchange ended badly: no way to the server, refused by it, a copied book, a PC the province revoked."""


def status(book: Book) -> dict[str, Any]:
    """What waits, when all was level last, what came back; the hash chains are recomputed."""
    union = next(book.all(Union), None)
    standing = enrolment.standing(book)
    return {
        "union": book.union_code,
        "year": max(union.first_year if union else 0, datetime.now().astimezone().year),
        "pending": enrolment.waiting(book),
        "last_sync": _moment(standing.synced).isoformat(timespec="seconds") if standing.synced else None,
        "returned": returned(book),
        "conflicts": review.count(book),
        "chain_ok": book.chain_fault() is None,
    }


def returned(book: Book) -> list[dict[str, Any]]:
    """The reports the province returned and that were not handed in again."""
    return [
        {"form": filing.form, "period": filing.period, "note": filing.note}
        for filing in filings.states(book)
        if filing.state == filings.RETURNED
    ]


def last_trouble(book: Book) -> str:
    """Why the last exchange did not end well, as a sentence; "" if it did."""
    return book.about("sync_trouble").decode()[1:]


def still_reading(book: Book) -> str:
    """What a new PC that has not read all of its union's book yet says of its figures; "" if it has."""
    read, entries = snapshot.read(book)
    if not entries:
        return ""
    return (
        f"Máy mới này đã nhận {format_amount(read)}/{format_amount(entries)} mục trong sổ của đơn vị; số liệu trên máy"
        " chưa đủ. Lần đồng bộ sau nhận tiếp từ chỗ dừng."
    )


def line(book: Book) -> tuple[str, str]:
    """The one truthful line about sync, and its tone: ok, warn (offline, not enrolled), bad (returned, refused)."""
    waits, back = enrolment.waiting(book), len(returned(book))
    tail = f" · {format_amount(waits)} thay đổi chờ gửi" if waits else ""
    if back:
        return f"LĐLĐ tỉnh trả lại {back} báo cáo", "bad"
    if enrolment.of(book) is None:
        before = enrolment.last_known(book)
        return ("Cần đăng ký lại máy này" if before else "Chưa đăng ký với LĐLĐ tỉnh") + tail, "warn"
    trouble, synced = book.about("sync_trouble")[:1], enrolment.standing(book).synced
    if trouble == REVOKED:
        return "LĐLĐ tỉnh đã thu hồi máy này" + tail.replace("chờ gửi", "chưa được nhận"), "bad"
    if trouble in (REFUSED, COPY):
        return f"Chưa đồng bộ được{tail}", "bad"
    if not synced:
        read, entries = snapshot.read(book)
        if entries:
            return f"Mới nhận {read * 100 // entries} % sổ của đơn vị{tail}", "warn"
        return f"Chưa đồng bộ lần nào{tail}", "warn"
    when = _when(_moment(synced), datetime.now().astimezone())
    if trouble == OFFLINE:
        return f"Ngoại tuyến từ {when}{tail}", "warn"
    return f"Đã đồng bộ {when}{tail}", "ok"


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000).astimezone()


def _when(moment: datetime, now: datetime) -> str:
    """14:05 today, 20/11 this year, 20/11/2025 before."""
    if moment.date() == now.date():
        return f"{moment:%H:%M}"
    return f"{moment:%d/%m}" if moment.year == now.year else f"{moment:%d/%m/%Y}"
