"""What each book of money says by day: how many vouchers stand in it and what they come to. Kept by triggers.

With these a page in the middle of a long book is found, and its balance known, by reading a few hundred days: the page
itself is all that is read of the vouchers. `verify` proves the days against the lines.
"""

from __future__ import annotations

from typing import Any

ALL_ITEMS = "*"
"""The book of all income and spending (S82-TLĐ): every line with a mục, whichever its fund."""


# A voucher with several lines in one book is one row of it: it is counted with its first line and leaves with its last.
_ANOTHER = (
    "EXISTS (SELECT 1 FROM vouchers_lines o WHERE o.owner = {row}.owner AND o.no <> {row}.no AND o.counts = 1"
    " AND o.day = {row}.day AND {same})"
)
_BOOKS = (  # the key of a book, which lines are in it, and which others are in the same one
    ("{row}.fund", "1", "o.fund = {row}.fund"),
    (f"'{ALL_ITEMS}'", "{row}.item <> ''", "o.item <> ''"),
)


def _add() -> str:
    return "".join(
        "INSERT INTO book_days (fund, day, amount_in, amount_out, vouchers, lines)"
        f" SELECT {key}, new.day, new.amount_in, new.amount_out, NOT {_ANOTHER.format(row='new', same=same)}, 1"
        f" WHERE {within} ON CONFLICT (fund, day) DO UPDATE SET amount_in = amount_in + excluded.amount_in,"
        " amount_out = amount_out + excluded.amount_out, vouchers = vouchers + excluded.vouchers, lines = lines + 1;"
        for key, within, same in _of("new")
    )


def _drop() -> str:
    return "".join(
        "UPDATE book_days SET amount_in = amount_in - old.amount_in, amount_out = amount_out - old.amount_out,"  # noqa: S608
        f" vouchers = vouchers - (NOT {_ANOTHER.format(row='old', same=same)}), lines = lines - 1"
        f" WHERE fund = {key} AND day = old.day AND {within};"
        f" DELETE FROM book_days WHERE fund = {key} AND day = old.day AND lines = 0;"
        for key, within, same in _of("old")
    )


def _of(row: str) -> list[tuple[str, ...]]:
    return [tuple(part.format(row=row) for part in book) for book in _BOOKS]


_WHEN = "ON vouchers_lines WHEN {row}.counts = 1 AND {row}.day IS NOT NULL"

# By name. A line that is changed in place leaves its old day and enters its new one.
KEEPERS = {
    "days_lines_insert": f"CREATE TRIGGER days_lines_insert AFTER INSERT {_WHEN.format(row='new')} BEGIN {_add()} END",
    "days_lines_delete": f"CREATE TRIGGER days_lines_delete AFTER DELETE {_WHEN.format(row='old')} BEGIN {_drop()} END",
    "days_lines_leave": f"CREATE TRIGGER days_lines_leave AFTER UPDATE {_WHEN.format(row='old')} BEGIN {_drop()} END",
    "days_lines_enter": f"CREATE TRIGGER days_lines_enter AFTER UPDATE {_WHEN.format(row='new')} BEGIN {_add()} END",
}

_DAYS = "SELECT fund, day, amount_in, amount_out, vouchers, lines FROM book_days"
_SUMS = "day, sum(amount_in), sum(amount_out), count(DISTINCT owner), count(*) FROM vouchers_lines"
_LINES = (
    f"SELECT fund, {_SUMS} WHERE counts = 1 AND day IS NOT NULL GROUP BY fund, day"
    f" UNION ALL SELECT '{ALL_ITEMS}', {_SUMS} WHERE counts = 1 AND item <> '' AND day IS NOT NULL GROUP BY day"
)


def fault(db: Any) -> str | None:
    """The first day that is not what its lines say, as a sentence."""
    found = db.conn.execute(
        f"SELECT day FROM (SELECT * FROM ({_DAYS} EXCEPT SELECT * FROM ({_LINES}))"  # noqa: S608
        f" UNION ALL SELECT * FROM (SELECT * FROM ({_LINES}) EXCEPT {_DAYS})) LIMIT 1"
    ).fetchone()
    return f"Tổng của ngày {found[0]} khác với các dòng chứng từ." if found else None
