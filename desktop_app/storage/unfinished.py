"""Forms as they were last typed, on disk within a second: of this PC alone, never in the journal, never sent.

A form that cannot be a record yet (no amount, half a date) is kept as it stands, in the encrypted book.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from desktop_app.storage.book import Book


def keep(book: Book, form: str, id_: str, values: Mapping[str, Any]) -> None:
    """Keep what stands in a form: `form` names the page, `id_` the record it will be; days become text."""
    content = json.dumps(dict(values), ensure_ascii=False, default=str)
    book.db.execute(
        "INSERT INTO unfinished (form, id, content) VALUES (?, ?, ?)"
        " ON CONFLICT (form, id) DO UPDATE SET content = excluded.content",
        [form, id_, content],
    )


def forget(book: Book, form: str, id_: str) -> None:
    """The form was finished or thrown away."""
    book.db.execute("DELETE FROM unfinished WHERE form = ? AND id = ?", [form, id_])


def kept(book: Book, form: str) -> dict[str, dict[str, Any]]:
    """What is unfinished in a form's page, by the record's id, oldest first."""
    found = book.db.execute("SELECT id, content FROM unfinished WHERE form = ? ORDER BY rowid", [form])
    return {id_: json.loads(content) for id_, content in found}
