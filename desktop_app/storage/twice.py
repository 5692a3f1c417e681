"""What two PCs of a union gave or entered twice: both stand until a person says which holds."""

from __future__ import annotations

import itertools

from desktop_app.storage.book import Book

_GIVEN = "FROM vouchers WHERE number <> '' AND posted = 1 AND retired = 0"


def numbers(book: Book) -> list[tuple[str, ...]]:
    """The ids of posted vouchers that have one number of one kind and year, smallest first; a tuple for each number.

    Read from the index vouchers_given alone; a book of one PC, where a number is refused as taken, is not asked.
    """
    if book.db.execute("SELECT count(*) FROM devices").fetchone()[0] < 2:
        return []
    doubled = book.db.execute(
        f"SELECT kind, number {_GIVEN} GROUP BY kind, number"
        " HAVING count(*) > count(DISTINCT substr(day, 1, 4))"
    ).fetchall()
    found: list[tuple[str, ...]] = []
    for key in doubled:
        same = f"SELECT substr(day, 1, 4), id {_GIVEN} AND kind = ? AND number = ? ORDER BY 1, 2"
        for _, group in itertools.groupby(book.db.execute(same, key).fetchall(), key=lambda row: row[0]):
            ids = tuple(id_ for _, id_ in group)
            found += [ids] if len(ids) > 1 else []
    return found


def people(book: Book, number: str = "cccd") -> list[tuple[str, ...]]:
    """The ids of people who have one CCCD (or "card") number, smallest first; a tuple for each number.

    Read from the index people_cccd (people_card) alone. At one PC another's number is refused.
    """
    column = {"cccd": "cccd", "card": "card"}[number]
    if book.db.execute("SELECT count(*) FROM devices").fetchone()[0] < 2:
        return []
    doubled = book.db.execute(
        f"SELECT {column} FROM people WHERE {column} <> '' AND retired = 0 GROUP BY {column} HAVING count(*) > 1"  # noqa: S608
    ).fetchall()
    same = f"SELECT id FROM people WHERE {column} <> '' AND {column} = ? AND retired = 0 ORDER BY id"  # noqa: S608
    return sorted(tuple(id_ for (id_,) in book.db.execute(same, key).fetchall()) for key in doubled)
