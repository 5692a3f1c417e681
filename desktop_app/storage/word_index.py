"""The index of the words of names: derived from `people` by triggers, so that no path into the table misses it.

Measured on 100,000 people in an encrypted book: reading all of the covering index `people_seek` takes 25 to 50 ms, too
long for a keystroke whose words are rare; an index of three-letter parts takes 5 s to build and answers no sooner; this
one, of words with their first one, two and three letters, takes 0.3 s to build and answers in 1 to 5 ms. FTS5 folds no
đ and knows no first letters: the words are folded and told apart before (`vietnamese.search_words`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlcipher3 import dbapi2

from desktop_app.domain.fields import entities
from desktop_app.storage import rows

_ADD = "INSERT INTO people_words (rowid, folded) VALUES (new.no, new.folded);"
_DROP = "INSERT INTO people_words (people_words, rowid, folded) VALUES ('delete', old.no, old.folded);"

# By name. A word leaves the index with its person (the index is set to 'secure-delete'): an erased name stays nowhere.
KEEPERS = {
    "words_people_insert": (
        f"CREATE TRIGGER words_people_insert AFTER INSERT ON people WHEN writing() <> 4 BEGIN {_ADD} END"
    ),
    "words_people_update": (
        "CREATE TRIGGER words_people_update AFTER UPDATE OF folded ON people WHEN old.folded <> new.folded"
        f" BEGIN {_DROP} {_ADD} END"
    ),
    "words_people_delete": f"CREATE TRIGGER words_people_delete AFTER DELETE ON people BEGIN {_DROP} END",
}


def last(db: Any) -> int:
    """The number of the newest row of the table."""
    return int(db.conn.execute("SELECT coalesce(max(no), 0) FROM people").fetchone()[0])


def index_after(db: Any, number: int) -> None:
    """Take in the rows that were written after a number while the index stood still (`writing()` 4), all at once.

    One by one each would be a piece of the index of its own: half the time of an import of thousands.
    """
    db.conn.execute("INSERT INTO people_words (rowid, folded) SELECT no, folded FROM people WHERE no > ?", [number])


def fault(db: Any) -> str | None:
    """The first row whose search columns, or the index over them, are not what its record says; as a sentence."""
    for declared in entities().values():
        found: Iterator[tuple[Any, tuple[Any, ...]]] = rows.with_derived(db, declared.record)
        for record, kept in found:
            if kept != rows.derive(record):
                return f"{declared.label} {record.id} có cột tìm kiếm khác với tên."
    try:
        db.conn.execute("INSERT INTO people_words (people_words, rank) VALUES ('integrity-check', 1)")
    except dbapi2.DatabaseError as error:
        if "fts5" not in str(error) and "malformed" not in str(error):
            raise
        return "Chỉ mục tìm tên khác với danh sách."
    return None
