"""What the find box asks of the book: vouchers by number or by words of their text."""

from __future__ import annotations

from desktop_app.domain import vietnamese
from desktop_app.storage.book import Book

_READ_BACK = 2000  # vouchers whose words are read, newest first; numbers are found in all years


def vouchers(book: Book, query: str, most: int = 6) -> list[tuple[str, str, str, int]]:
    """Which vouchers have this number, or these words in text or party? (id, number, text, amount), newest first."""
    asked = query.strip()
    amount = "(SELECT max(sum(amount_in), sum(amount_out)) FROM vouchers_lines WHERE owner = v.id)"
    columns = f"v.id, v.number, v.text, {amount}"
    found: list[tuple[str, str, str, int]] = book.db.execute(
        f"SELECT {columns} FROM vouchers v WHERE v.number LIKE ? AND v.retired = 0 ORDER BY v.day DESC LIMIT ?",  # noqa: S608
        [f"{asked}%", most],
    ).fetchall()
    if len(found) >= most or len(asked) < 2:
        return found
    newest = book.db.execute(
        "SELECT id, text || ' ' || party || ' ' || number FROM vouchers WHERE retired = 0 ORDER BY day DESC LIMIT ?",
        [_READ_BACK],
    )
    known = {row[0] for row in found}
    for id_, words in newest.fetchall():
        if id_ not in known and vietnamese.matches(asked, words):
            found += book.db.execute(f"SELECT {columns} FROM vouchers v WHERE v.id = ?", [id_]).fetchall()  # noqa: S608
            if len(found) >= most:
                break
    return found
