"""What must go when its time has come: of people who left, first what is private and of the family, later all of it.

Luật 91/2025/QH15 art. 25; how many years is dated data (`resources/rates/personal.toml`), ours until the province says.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from desktop_app.actions import data_requests
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build, entities
from desktop_app.domain.records import DataRequest
from desktop_app.storage import expiry, person_file
from desktop_app.storage.book import Book, new_id
from desktop_app.storage.rules import rules


@dataclass(frozen=True)
class Due:
    """A person of whom something must go: all of it (`whole`), or what is private and of the family."""

    person: str
    name: str
    left: date
    whole: bool


def due(book: Book, today: date) -> list[Due]:
    """Of whom the time has come, those who left first come first."""
    law = rules(book)
    years, parts = law.person_parts(today)
    holders = expiry.holders(book, parts)
    long_ago = data_requests.years_after(today, -law.person_keep_years(today))
    found = []
    for person, name, left in expiry.gone_since(book, data_requests.years_after(today, -years)):
        whole = left <= long_ago and not data_requests.why_kept(book, person, today)
        if whole or person in holders:
            found.append(Due(person, name, left, whole))
    return found


def carry_out(book: Book, people: Collection[str], reason: str, by: str, today: date) -> int:
    """Erase for good what is due of these people (ids), on every PC at the next exchanges; answers how many records.

    Each erasure is noted as a request of its own. Raises `Refused` without a reason.
    """
    if not reason.strip():
        raise Refused([Problem("reason", "Hãy ghi lý do xóa, ví dụ: hết thời hạn lưu giữ.")])
    count = 0
    for one in due(book, today):
        if one.person in people:
            count += (
                data_requests.erase(book, one.person, reason, by, today)
                if one.whole
                else _erase_parts(book, one.person, reason, by, today)
            )
    return count


def _erase_parts(book: Book, person: str, reason: str, by: str, today: date) -> int:
    _, parts = rules(book).person_parts(today)
    with book.transact("members.erase_parts", by) as transaction:
        known = entities()
        gone = [one for name in parts for one in person_file.every_record_of(book, known[name], person)]
        for one in gone:
            transaction.erase(one)
        asked = {"id": new_id(), "person": person, "day": today, "kind": "xóa", "reason": f"Phần riêng: {reason}"}
        transaction.save(build(DataRequest, asked))
    return len(gone)
