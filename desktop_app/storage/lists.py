"""The list of people as it is asked for: the first rows at once, the whole line-up as numbers, rows page by page.

A line-up is eight bytes a person; rows are read only where they are seen, so that 100,000 people fit in any window.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from desktop_app.domain import amounts, dates
from desktop_app.storage import finding, quality, rows, sieves
from desktop_app.storage.book import Book
from desktop_app.storage.words import Words


class Listed(NamedTuple):
    """One line of the list of people: days as ISO text or None, `wage` the insured wage in force (đồng, 0 unknown).

    `gaps` is what the record lacks by the definition of a complete one ("CCCD, lương").
    """

    id: str
    name: str
    birth: str
    sex: str
    cccd: str
    card: str
    team: str
    joined: str | None
    left: str | None
    until: str | None
    paused: bool
    member: bool
    wage: int
    sort_key: str
    no: int
    gaps: str

    def status(self, today: str) -> str:
        """ "đang sinh hoạt", "tạm dừng", "chưa gia nhập" (a worker, no member), "đã ra công đoàn" or "đã thôi"."""
        if self.left and self.left <= today:
            return "đã thôi"
        if self.member and self.until and self.until <= today:
            return "đã ra công đoàn"
        if self.member and self.paused:
            return "tạm dừng"
        return "đang sinh hoạt" if self.member else "chưa gia nhập"


@dataclass(frozen=True)
class Asked:
    """What is asked of the list. `typed` holds the texts of the filter row by column.

    `order` "" is the rank of a search, then the order of names; else the key of a column, `down` the other way round.
    """

    query: str = ""
    sieve: sieves.Sieve = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    order: str = ""
    down: bool = False

    @property
    def quick(self) -> bool:
        """Is it answered at a keystroke: by the indexes of names and words alone?"""
        return not (self.order or self.typed) and sieves.quick(self.sieve)


_ROW = (
    'p.id, p.name, p.birth, p.sex, p.cccd, p.card, p.team, p.joined, p."left", p.until,'
    f" {sieves.PAUSED}, p.member, {sieves.WAGE}, p.sort_key, p.no"
)
_FULL_DAY = "ltrim(substr({0}, 9, 2) || '/' || substr({0}, 6, 2) || '/' || substr({0}, 1, 4), '/')"
_SHOWN = {
    "birth": _FULL_DAY.format("p.birth"), "sex": "p.sex", "cccd": "p.cccd", "card": "p.card", "team": "p.team",
    "joined": _FULL_DAY.format("p.joined"), "state": sieves.STATUS,
    "retires": "substr(retires(p.birth, p.sex), 6) || '/' || substr(retires(p.birth, p.sex), 1, 4)",
}  # fmt: skip
_ORDERS = {
    "name": "p.sort_key", "birth": "p.birth", "sex": "p.sex", "cccd": "p.cccd", "card": "p.card",
    "team": "reading_order(p.team)", "joined": "p.joined", "wage": sieves.WAGE, "state": sieves.STATUS,
    "retires": "retires(p.birth, p.sex)",
}  # fmt: skip


def first(book: Book, asked: Asked, today: date, most: int) -> list[int]:
    """The numbers of the first people of a quick question, within a keystroke."""
    condition, params = sieves.passed(asked.sieve, today)
    return finding.seek(book, Words(asked.query), condition, {**_days(today), **params}, most)


def line_up(book: Book, asked: Asked, today: date) -> array[int]:
    """The numbers of everybody who is asked for, in order."""
    words = Words(asked.query)
    if not words:
        return _lined_up(book, asked, today, words, "1")
    return _lined_up(book, asked, today, words, words.answered()) or (
        _lined_up(book, asked, today, words, words.parts()) if words.has_parts else array("q")
    )


def _lined_up(book: Book, asked: Asked, today: date, words: Words, answered: str) -> array[int]:
    if words and (merged := finding.merged(book, words)):
        answered = f"({answered} OR p.no IN ({', '.join(map(str, merged))}))"
    condition, params = sieves.passed(asked.sieve, today)
    conditions, values = [answered, condition], {**_days(today), **params, **words.params()}
    for key, text in asked.typed.items():
        told, given = _typed(key, text, today)
        conditions.append(told)
        values |= given
    if "retires" in (asked.order, *asked.typed):
        book.db.conn.create_function("retires", 2, sieves.retires, deterministic=True)
    order = ["p.sort_key", "p.no"]
    if asked.order in _ORDERS:
        by = _ORDERS[asked.order]
        order = [f"ifnull({by}, '') IN ('', 0)", f"{by} {'DESC' if asked.down else 'ASC'}", *order]
    elif words:
        ranks = " ".join(f"WHEN {group.condition} THEN {rank}" for rank, group in enumerate(words.groups()))
        order.insert(0, f"CASE {ranks} ELSE 9 END")
    found = book.db.execute(
        f"SELECT p.no FROM people p INDEXED BY people_seek WHERE {' AND '.join(conditions)}"  # noqa: S608
        f" ORDER BY {', '.join(order)}",
        values,
    )
    return array("q", (no for (no,) in found))


def page(book: Book, numbers: Sequence[int], today: date) -> list[Listed]:
    """The rows of these numbers, in their order; who was erased meanwhile is left out."""
    told = book.db.execute(
        f"SELECT {_ROW}, {quality.lacks(today)} FROM json_each(:numbers) j"  # noqa: S608
        " CROSS JOIN people p ON p.no = j.value ORDER BY j.key",
        {**_days(today), "numbers": json.dumps(list(numbers))},
    )
    return [Listed._make(row) for row in told]


def people(book: Book, query: str = "", *, everyone: bool = False, today: date | None = None) -> list[Listed]:
    """Members (workers too with `everyone`) in Vietnamese name order; with a query those a forgiving search finds,
    the best first.
    """
    today = today or date.today()  # noqa: DTZ011
    found = page(book, line_up(book, Asked(query), today), today)
    return found if everyone else [one for one in found if one.member]


def number_of(book: Book, id_: str) -> int:
    """The number of a person (of who was made one with another, the survivor's), 0 if there is none."""
    found = book.db.execute(
        "SELECT no FROM people WHERE id = ? AND retired = 0", [rows.survivor(book.db, id_)]
    ).fetchone()
    return found[0] if found else 0


def more_than(book: Book, many: int) -> bool:
    """Are there more people than this?"""
    return book.db.execute("SELECT 1 FROM people LIMIT 1 OFFSET ?", [many]).fetchone() is not None


def _days(today: date) -> Mapping[str, object]:
    return {"day": today.isoformat(), "month": dates.month_of(today)}


def _typed(key: str, text: str, today: date) -> tuple[str, Mapping[str, object]]:
    """The condition of one line of the filter row."""
    if key == "name":
        words = Words(text, "q")
        return words.answered(), words.params()
    if key == "wage":
        return _compared(text)
    shown = quality.lacks(today) if key == "gaps" else _SHOWN.get(key, "''")
    return f"instr(fold({shown}), fold(:typed_{key})) > 0", {f"typed_{key}": text}


def _compared(text: str) -> tuple[str, Mapping[str, object]]:
    sign = text[0] if text[:1] in ("<", ">", "=") else ""
    if not sign:
        return f"instr({sieves.WAGE}, :typed_wage) > 0", {"typed_wage": text.replace(".", "").strip()}
    try:
        bound = amounts.parse_amount(text[1:].strip())
    except ValueError:
        return "1", {}  # half typed
    return f"{sieves.WAGE} {sign}{'=' if sign != '=' else ''} :bound", {"bound": bound}
