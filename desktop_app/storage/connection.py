"""An open connection to a book's file, as the rest of storage asks it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class Connection:
    """A SQLCipher connection. `sqlite_utils.Database` would do the same, but takes longer to load than a book to open;
    it comes in where it earns that, when a book is brought up to date (`steps`)."""

    def __init__(self, conn: Any) -> None:
        self.conn = conn

    def execute(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> Any:
        """Run one statement; answers its cursor."""
        return self.conn.execute(sql, parameters)
