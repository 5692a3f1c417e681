"""An open connection to a book's file, as the rest of storage asks it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from desktop_app.domain.errors import Trouble
from desktop_app.storage import space

DAMAGED = "Tệp sổ bị hỏng. Hãy khôi phục từ bản sao lưu gần nhất."
_SENTENCES = {
    "malformed": DAMAGED,
    "not a database": DAMAGED,
    "disk is full": space.sentence("chưa lưu được"),
    "disk I/O error": "Không đọc hoặc ghi được ổ đĩa chứa sổ. Hãy kiểm tra ổ đĩa rồi làm lại.",
    "readonly": "Thư mục chứa sổ không cho ghi. Hãy cấp quyền ghi hoặc chuyển sổ sang thư mục khác.",
    "unable to open": "Không mở được tệp sổ. Hãy kiểm tra thư mục chứa sổ rồi thử lại.",
    "locked": "Sổ đang được ghi ở cửa sổ khác. Hãy thử lại sau ít giây.",
}


_MAY_BE_FULL = ("disk I/O error", "unable to open")
"""What SQLite says as well where there is no room for the files it lays beside a book."""


def trouble(error: BaseException, path: Path | None = None) -> Trouble | None:
    """What SQLite says of a damaged file, a full disk or a locked book, as a sentence; None if it is a bug of ours.

    `path` is the book's file, if known.
    """
    if not isinstance(error, dbapi2.DatabaseError):
        return None
    if path is not None and any(sign in str(error) for sign in _MAY_BE_FULL) and space.is_full(error, path.parent):
        return Trouble(_SENTENCES["disk is full"])
    return next((Trouble(told) for sign, told in _SENTENCES.items() if sign in str(error)), None)


class Connection:
    """A SQLCipher connection. `sqlite_utils.Database` would do the same, but takes longer to load than a book to open;
    it comes in where it earns that, when a book is brought up to date (`steps`)."""

    def __init__(self, conn: Any) -> None:
        self.conn = conn

    def execute(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> Any:
        """Run one statement; answers its cursor."""
        return self.conn.execute(sql, parameters)
