"""Questions of the first page: which years there are, what is at hand, what the months brought and took."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from desktop_app.domain.records import Fund, Union
from desktop_app.storage import rows
from desktop_app.storage.book import Book


class Moved(NamedTuple):
    """What one fund took in and gave out in a month under one mục ("" a transfer, an advance …), đồng."""

    fund: str
    item: str
    month: str
    came_in: int
    went_out: int


class Heads(NamedTuple):
    """Members at a day, women among them, and all workers with the members."""

    members: int
    women: int
    workers: int


def years(book: Book) -> list[int]:
    """Which years have vouchers, in order? One step of the index on the day a year."""
    found: list[int] = []
    after = "0000"
    while True:
        row = book.db.execute("SELECT min(day) FROM vouchers WHERE day > ?", [after]).fetchone()
        if row[0] is None:
            return found
        found.append(int(row[0][:4]))
        after = f"{row[0][:4]}-99"


def moved(book: Book) -> list[Moved]:
    """What did each fund take in and give out by month and mục, in all years?"""
    found = book.db.execute("SELECT fund, item, month, amount_in, amount_out FROM money_sums")
    return [Moved(*row) for row in found]


def funds(book: Book) -> list[Fund]:
    """Which funds hold money, cash first?"""
    return list(rows.find(book.db, Fund, "kind <> 'Bù trừ'", order="kind <> 'Tiền mặt', rowid"))


def heads(book: Book, day: date) -> Heads:
    """How many members, women members and workers were there on a day?"""
    member = "member AND (joined IS NULL OR joined <= :day) AND (until IS NULL OR until > :day)"
    found = book.db.execute(
        f"SELECT coalesce(sum({member}), 0), coalesce(sum({member} AND sex = 'Nữ'), 0), count(*)"  # noqa: S608
        ' FROM people WHERE retired = 0 AND ("left" IS NULL OR "left" > :day)',
        {"day": day.isoformat()},
    ).fetchone()
    return Heads(*found)


def drafts(book: Book) -> tuple[int, str]:
    """How many drafts wait, and the id of the oldest ("" if none)?"""
    count, oldest = book.db.execute(
        "SELECT count(*), min(id) FROM vouchers INDEXED BY vouchers_drafts WHERE posted = 0 AND retired = 0"
    ).fetchone()
    return count, oldest or ""


def begun(book: Book) -> str:
    """The month the book begins: of its openings or its first voucher that counts ("" of an empty book)."""
    first = book.db.execute(
        "SELECT min(day) FROM (SELECT min(opened) AS day FROM funds WHERE retired = 0"
        " UNION ALL SELECT min(day) FROM vouchers)"
    ).fetchone()[0]
    return first[:7] if first else ""


def union(book: Book) -> Union | None:
    """Whose book is it? None before the union was named."""
    return next(book.all(Union), None)


def fund_is_used(book: Book, fund: str) -> bool:
    """Does any voucher, even a draft, name this fund?"""
    found = book.db.execute("SELECT 1 FROM vouchers_lines WHERE fund = ? LIMIT 1", [fund])
    return found.fetchone() is not None
