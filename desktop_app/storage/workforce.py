"""Questions about all workers on a day: how many, how many women, members, insured, and what they earn."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from desktop_app.domain import dates
from desktop_app.storage import payroll
from desktop_app.storage.book import Book


class Workforce(NamedTuple):
    """Heads on a day, and the wages of that month (đồng) of the `waged` whose wage is known."""

    workers: int
    women: int
    members: int
    member_women: int
    insured: int
    waged: int
    wages: int


def on(book: Book, day: date) -> Workforce:
    """Who works here on a day? *Ngày thôi* is the first day out; a member counts from *Ngày vào công đoàn*.

    A wage is the insured one, else the net one, of the latest row whose month has come. Where the book has no
    persons, the typed totals of the month stand.
    """
    found = book.db.execute(
        "WITH here AS (SELECT p.sex = 'Nữ' AS woman, p.member = 1 AND (p.joined IS NULL OR p.joined <= :day)"
        "  AND (p.until IS NULL OR p.until > :day) AS member,"
        "  (SELECT CASE WHEN w.insured > 0 THEN w.insured ELSE -w.net END FROM wages w WHERE w.person = p.id"
        "   AND w.retired = 0 AND w.from_month <= :month ORDER BY w.from_month DESC, w.id DESC LIMIT 1) AS wage"
        '  FROM people p WHERE p.retired = 0 AND (p."left" IS NULL OR p."left" > :day))'
        " SELECT count(*), count(*) FILTER (WHERE woman), count(*) FILTER (WHERE member),"
        " count(*) FILTER (WHERE member AND woman), count(*) FILTER (WHERE wage > 0),"
        " count(*) FILTER (WHERE wage <> 0), coalesce(sum(abs(wage)), 0) FROM here",
        {"day": day.isoformat(), "month": dates.month_of(day)},
    ).fetchone()
    people = Workforce(*found)
    if not people.workers and (typed := payroll.typed(book, dates.month_of(day))):
        return Workforce(typed.workers, 0, typed.members, 0, typed.workers, typed.workers, typed.fee_fund)
    return people
