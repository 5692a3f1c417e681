"""Forms as they were last typed, on disk within a second: of this PC alone, never in the journal, never sent.

A form that cannot be a record yet (no amount, half a date) is kept as it stands, in the encrypted book.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlcipher3 import dbapi2

from desktop_app.domain.errors import Trouble
from desktop_app.storage.book import Book


def keep(book: Book, form: str, id_: str, values: Mapping[str, Any]) -> None:
    """Keep what stands in a form: `form` names the page, `id_` the record it will be; days become text.

    Raises `Trouble` while another window or a synchronisation writes; the form tries again.
    """
    content = json.dumps(dict(values), ensure_ascii=False, default=str)
    _write(
        book,
        "INSERT INTO unfinished (form, id, content) VALUES (?, ?, ?)"
        " ON CONFLICT (form, id) DO UPDATE SET content = excluded.content",
        [form, id_, content],
    )


def forget(book: Book, form: str, id_: str) -> None:
    """The form was finished or thrown away. Raises `Trouble` as `keep` does."""
    _write(book, "DELETE FROM unfinished WHERE form = ? AND id = ?", [form, id_])


def _write(book: Book, sql: str, values: list[str]) -> None:
    try:
        book.db.execute(sql, values)
    except dbapi2.OperationalError as error:
        raise Trouble("Sổ đang được ghi ở cửa sổ khác. Hãy thử lại sau ít giây.") from error


def kept(book: Book, form: str) -> dict[str, dict[str, Any]]:
    """What is unfinished in a form's page, by the record's id, oldest first."""
    found = book.db.execute("SELECT id, content FROM unfinished WHERE form = ? ORDER BY rowid", [form])
    return {id_: json.loads(content) for id_, content in found}
