"""Contents of files in the encrypted book: named by their SHA-256 (hex), cut in pieces, beside the journal."""

from __future__ import annotations

import hashlib
from typing import Any

PIECE = 256 << 10
"""Bytes of a piece; the last of a content has what is left."""


def put(db: Any, sha256: str, data: bytes) -> None:
    """Keep a content (inside the caller's commit); one that is here already is not written again."""
    held = {no for (no,) in db.execute("SELECT no FROM pieces WHERE sha256 = ?", [sha256]).fetchall()}
    db.conn.executemany(
        "INSERT INTO pieces (sha256, no, piece) VALUES (?, ?, ?)",
        (
            (sha256, no, data[start : start + PIECE])
            for no, start in enumerate(range(0, len(data), PIECE))
            if no not in held
        ),
    )


def whole(db: Any, sha256: str, size: int) -> bytes | None:
    """A content of this size, None while a part of it is not here."""
    found = db.execute("SELECT piece FROM pieces WHERE sha256 = ? ORDER BY no", [sha256])
    data = b"".join(piece for (piece,) in found)
    return data if len(data) == size else None


def sweep(db: Any) -> None:
    """Drop every content that no file's record names any more (inside the caller's commit)."""
    db.execute(
        "DELETE FROM pieces WHERE sha256 IN"
        " (SELECT sha256 FROM pieces EXCEPT SELECT sha256 FROM attachments WHERE retired = 0)"
    )


def fault(db: Any) -> str | None:
    """The first content that is whole but not what its name says, as a sentence."""
    named = db.execute("SELECT sha256, max(size), min(name) FROM attachments WHERE retired = 0 GROUP BY sha256")
    for sha256, size, name in named.fetchall():
        digest, length = hashlib.sha256(), 0
        for (piece,) in db.execute("SELECT piece FROM pieces WHERE sha256 = ? ORDER BY no", [sha256]):
            digest.update(piece)
            length += len(piece)
        if length > size or (length == size and digest.hexdigest() != sha256):
            return f"Nội dung tệp kèm “{name}” không khớp mã băm."
    return None
