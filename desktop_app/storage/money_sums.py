"""Sums of the lines that count by mục, fund and month: derived by triggers, so that no path into the table misses them.

A question about a late year of a long book needs what ran before it: with these it reads a few thousand sums, not the
lines of nine years. Days in the middle of a month are answered from the lines of that month alone. `verify` proves the
sums against the lines.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from desktop_app.domain.dates import month_of

_OWN = "item = {row}.item AND fund = {row}.fund AND month = substr({row}.day, 1, 7)"
_ADD = (
    "INSERT INTO money_sums (item, fund, month, amount_in, amount_out, lines)"
    " VALUES (new.item, new.fund, substr(new.day, 1, 7), new.amount_in, new.amount_out, 1)"
    " ON CONFLICT (item, fund, month) DO UPDATE SET amount_in = amount_in + excluded.amount_in,"
    " amount_out = amount_out + excluded.amount_out, lines = lines + 1;"
)
_DROP = (
    "UPDATE money_sums SET amount_in = amount_in - old.amount_in, amount_out = amount_out - old.amount_out,"  # noqa: S608
    f" lines = lines - 1 WHERE {_OWN.format(row='old')};"
    f" DELETE FROM money_sums WHERE {_OWN.format(row='old')} AND lines = 0;"
)
_OF = "ON vouchers_lines WHEN {row}.counts = 1 AND {row}.day IS NOT NULL"

# By name. A line that is changed in place leaves its old sum and enters its new one.
KEEPERS = {
    "sums_lines_insert": f"CREATE TRIGGER sums_lines_insert AFTER INSERT {_OF.format(row='new')} BEGIN {_ADD} END",
    "sums_lines_delete": f"CREATE TRIGGER sums_lines_delete AFTER DELETE {_OF.format(row='old')} BEGIN {_DROP} END",
    "sums_lines_leave": f"CREATE TRIGGER sums_lines_leave AFTER UPDATE {_OF.format(row='old')} BEGIN {_DROP} END",
    "sums_lines_enter": f"CREATE TRIGGER sums_lines_enter AFTER UPDATE {_OF.format(row='new')} BEGIN {_ADD} END",
}

_SUMS = "SELECT item, fund, month, amount_in, amount_out, lines FROM money_sums"
_LINES = (
    "SELECT item, fund, substr(day, 1, 7), sum(amount_in), sum(amount_out), count(*) FROM vouchers_lines"
    " INDEXED BY lines_money WHERE counts = 1 AND day IS NOT NULL GROUP BY 1, 2, 3"
)


def money(first: date, last: date, *more: tuple[date, date]) -> str:
    """SQL of a table (item, fund, day, amount_in, amount_out) that is exact for a period and for all before it, and so
    for `more` periods.

    `day` stands for its month where no period cuts that month: ask of it only `day < first`, `day >= first`,
    `day <= last` and its year.
    """
    cut = set()
    for begins, ends in ((first, last), *more):
        if begins.day != 1:
            cut.add(month_of(begins))
        if ends != date.max and (ends + timedelta(days=1)).day != 1:
            cut.add(month_of(ends))
    cuts = ", ".join(f"'{month}'" for month in sorted(cut))
    columns = "item, fund, month || '-01' AS day, amount_in, amount_out"
    whole = f"SELECT {columns} FROM money_sums WHERE month NOT IN ({cuts})"  # noqa: S608
    if not cut:
        return f"({whole})"
    return (
        f"({whole} UNION ALL SELECT l.item, l.fund, l.day, l.amount_in, l.amount_out FROM money_sums s"  # noqa: S608
        " CROSS JOIN vouchers_lines l ON l.counts = 1 AND l.item = s.item AND l.fund = s.fund"
        f" AND l.day BETWEEN s.month || '-01' AND s.month || '-31' WHERE s.month IN ({cuts}))"
    )


def fault(db: Any) -> str | None:
    """The first sum that is not what its lines say, as a sentence."""
    found = db.conn.execute(
        f"SELECT item, month FROM (SELECT * FROM ({_SUMS} EXCEPT {_LINES})"  # noqa: S608
        f" UNION ALL SELECT * FROM ({_LINES} EXCEPT {_SUMS})) LIMIT 1"
    ).fetchone()
    return f"Tổng của mục {found[0] or '(không mục)'} tháng {found[1]} khác với các dòng chứng từ." if found else None
