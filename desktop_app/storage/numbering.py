"""The series of voucher numbers: how they are written in this book, and which is this PC's own.

One PC of a union gives the plain numbers, the one that holds the posting lease; another has a series of its own,
PC.B10/01, so that two PCs without a network never give the same number.
"""

from __future__ import annotations

from desktop_app.domain import numbering
from desktop_app.domain.numbering import Pattern
from desktop_app.domain.records import Numbering
from desktop_app.storage import lease, rows
from desktop_app.storage.book import Book

_SERIES = "series"  # the fact about the book: "B" a series of its own; "-" or none = by the lease


def chosen(book: Book) -> Numbering | None:
    """What was chosen for this union, None where nothing was."""
    return next(rows.find(book.db, Numbering, order="id LIMIT 1"), None)


def pattern(book: Book) -> Pattern:
    """How numbers are written now."""
    known = chosen(book)
    try:
        return numbering.read(known.pattern if known else numbering.DEFAULT)
    except ValueError:  # written by a newer program
        return numbering.read(numbering.DEFAULT)


def own_series(book: Book) -> str:
    """The mark of this PC's own series ("B"), "" where it gives the plain numbers.

    Without the lease it is the letter of its place among the PCs of the union: A for the first, B for the second.
    """
    chosen_here = book.about(_SERIES).decode().strip("-")
    if chosen_here or lease.held(book) is not None:
        return chosen_here
    return _letters(lease.place(book))


def choose_series(book: Book, mark: str) -> None:
    """This PC counts in the series of that mark from now on, "" = by the lease."""
    with book.writing():
        book.note(_SERIES, (mark or "-").encode())


def _letters(place: int) -> str:
    """0 -> "A", 25 -> "Z", 26 -> "AA"."""
    before, last = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def next_number(book: Book, kind: str, month: str) -> str:
    """The next number of this PC's series of a kind, in a month ("2026-10"); cancelled ones keep theirs.

    The other halves of transfers (`counterpart`) stand in the series too.
    """
    written, mark = pattern(book), own_series(book)
    series = f"{kind}.{mark}" if mark else kind
    before, after = written.ends(series, month)
    if before.find("/") == len(before) - 1 and not after:
        last = _last_of_slash(book, before, month[:4])
    else:
        last = _last_of_any(book, before, after, month[:4])
    return written.number(series, month, last + 1)


def _last_of_slash(book: Book, before: str, year: str) -> int:
    """Written exactly as the indexes vouchers_series and vouchers_halves are: the last number is one step away."""
    last = (
        "(SELECT max(CAST(substr({0}, instr({0}, '/') + 1) AS INTEGER)) FROM vouchers WHERE substr(day, 1, 4) = :year"
        " AND substr({0}, 1, instr({0}, '/')) = :prefix AND {0} <> '' AND retired = 0)"
    )
    return _largest(book, last, {"prefix": before, "year": year})


def _last_of_any(book: Book, before: str, after: str, year: str) -> int:
    """The largest running number of a year between two texts: one step into the index for each length of number.

    Numbers of one length are in the order of their figures; what holds more than figures there is of no series.
    """
    return max(_last_by_length(book, column, before, after, year) for column in ("number", "counterpart"))


def _last_by_length(book: Book, column: str, before: str, after: str, year: str) -> int:
    of_year = f"substr(day, 1, 4) = :year AND {column} <> '' AND retired = 0"
    given = {
        "year": year, "prefix": before, "end": before + "\U0010ffff", "after": after, "rest": len(after),
        "from": len(before) + 1,
    }  # fmt: skip
    largest, length = 0, 1000
    while True:
        length = book.db.execute(
            f"SELECT max(length({column})) FROM vouchers WHERE {of_year} AND length({column}) < :length",  # noqa: S608
            {"year": year, "length": length},
        ).fetchone()[0]
        if length is None or length <= len(before) + len(after):
            return largest
        digits = f"substr({column}, :from, :digits)"
        found = book.db.execute(
            f"SELECT CAST({digits} AS INTEGER) FROM vouchers WHERE {of_year} AND length({column}) = :length"  # noqa: S608
            f" AND {column} >= :prefix AND {column} < :end AND substr({column}, length({column}) - :rest + 1) = :after"
            f" AND {digits} NOT GLOB '*[^0-9]*' ORDER BY {column} DESC LIMIT 1",
            given | {"length": length, "digits": length - len(before) - len(after)},
        ).fetchone()
        largest = max(largest, found[0] if found else 0)


def _largest(book: Book, last: str, given: dict[str, object]) -> int:
    found: int = book.db.execute(
        f"SELECT max(coalesce({last.format('number')}, 0), coalesce({last.format('counterpart')}, 0))", given
    ).fetchone()[0]
    return found
