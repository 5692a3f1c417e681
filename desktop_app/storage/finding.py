"""What the find box asks of the book at every keystroke: people by any part of a name or number, vouchers too."""

from __future__ import annotations

from desktop_app.domain import vietnamese
from desktop_app.storage.book import Book

_READ_BACK = 1000  # vouchers whose words are read, newest first; numbers are found in all years


def people(book: Book, query: str, most: int = 6) -> list[tuple[str, str, str, str]]:
    """Whose name, initials, card or CCCD has these words? (id, name, team, card), words that begin so first."""
    words = vietnamese.fold(query).split()
    if not words:
        return []
    holds = " AND ".join(["folded LIKE ?"] * len(words))
    begins = " + ".join(["(' ' || folded LIKE ?)"] * len(words))
    found: list[tuple[str, str, str, str]] = book.db.execute(
        f"SELECT id, name, team, card FROM people WHERE {holds} AND retired = 0"  # noqa: S608
        f" ORDER BY {begins} DESC, sort_key LIMIT ?",
        [*(f"%{word}%" for word in words), *(f"% {word}%" for word in words), most],
    ).fetchall()
    return found


def vouchers(book: Book, query: str, most: int = 6) -> list[tuple[str, str, str, int]]:
    """Which vouchers have this number, or these words in text or party? (id, number, text, amount), newest first."""
    asked = query.strip()
    amount = "(SELECT max(sum(amount_in), sum(amount_out)) FROM vouchers_lines WHERE owner = v.id)"
    columns = f"v.id, v.number, v.text, {amount}"
    found: list[tuple[str, str, str, int]] = book.db.execute(
        f"SELECT {columns} FROM vouchers v WHERE v.number <> '' AND v.number BETWEEN ? AND ?"  # noqa: S608
        " AND v.retired = 0 ORDER BY v.day DESC LIMIT ?",
        [asked.upper(), asked.upper() + "\uffff", most],
    ).fetchall()
    if len(found) >= most or len(asked) < 2:
        return found
    newest = book.db.execute(
        "SELECT id, text || ' ' || party || ' ' || number FROM vouchers WHERE retired = 0 ORDER BY day DESC LIMIT ?",
        [_READ_BACK],
    )
    known = {row[0] for row in found}
    wanted = vietnamese.fold(asked).split()
    for id_, words in newest.fetchall():
        folded = vietnamese.fold(words)
        if id_ not in known and all(word in folded for word in wanted):
            found += book.db.execute(f"SELECT {columns} FROM vouchers v WHERE v.id = ?", [id_]).fetchall()  # noqa: S608
            if len(found) >= most:
                break
    return found
