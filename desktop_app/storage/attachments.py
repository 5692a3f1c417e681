"""Files of records: kept in the commit of their record, found by it, gone with the last record that names them.

To take one away, `transaction.retire(attachment)`; the content goes in the same commit.
"""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import PurePath
from typing import Any

from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Attachment
from desktop_app.storage import pieces, rows
from desktop_app.storage.book import Book, Transaction, new_id
from desktop_app.storage.rules import shipped

_OF = "owner = ? AND owner_entity = ?"


def keep(transaction: Transaction, owner_entity: str, owner: str, name: str, data: bytes) -> Attachment:
    """Keep a file with a record (its wire name and id), in the record's own commit. The same file again is the same.

    Raises `Refused` (field "file") for an empty or too large file, or one of a kind that is not kept.
    """
    law, today = shipped(), date.today()  # noqa: DTZ011 - a limit of the program, not of a period
    kinds, largest = law.attachment_kinds(today), law.attachment_largest(today)
    name = PurePath(name.replace("\\", "/")).name
    mime = kinds.get(PurePath(name).suffix.lower().removeprefix("."))
    if mime is None:
        raise _refused(f"“{name}” không phải loại tệp giữ được. Hãy chọn ảnh, PDF, Word, Excel hoặc tệp nén .zip.")
    if not data:
        raise _refused(f"“{name}” không có nội dung. Hãy mở tệp ra xem lại rồi chọn lại.")
    if len(data) > largest:
        raise _refused(
            f"“{name}” nặng {_megabytes(len(data))}, nhiều nhất là {_megabytes(largest)}."
            " Hãy quét lại ở độ nét thấp hơn hoặc tách làm nhiều tệp."
        )
    sha256 = hashlib.sha256(data).hexdigest()
    for held in of(transaction.book, owner_entity, owner):
        if held.sha256 == sha256:
            return held
    told = {"id": new_id(), "owner_entity": owner_entity, "owner": owner, "name": _short(name), "mime": mime,
            "size": len(data), "sha256": sha256}  # fmt: skip
    attachment = transaction.add(build(Attachment, told))
    pieces.put(transaction.book.db, sha256, data)
    return attachment


def content(book: Book, sha256: str) -> bytes | None:
    """The content of a file, None if it is not here yet: the record came by sync, the file still waits."""
    found = book.db.execute(
        "SELECT size FROM attachments WHERE sha256 = ? AND retired = 0 LIMIT 1", [sha256]
    ).fetchone()
    return pieces.whole(book.db, sha256, found[0]) if found else None


def of(book: Book, owner_entity: str, owner: str) -> tuple[Attachment, ...]:
    """The files of a record, in the order they were kept."""
    return tuple(rows.find(book.db, Attachment, _OF, [owner, owner_entity]))


def every_of(book: Book, owner_entity: str, owner: str) -> list[Attachment]:
    """Bare records (id alone) of a record's files, those taken away too: all that an erasure must reach."""
    found = book.db.execute(f"SELECT id FROM attachments WHERE {_OF}", [owner, owner_entity])  # noqa: S608
    make: Any = Attachment
    return [make(id=id_) for (id_,) in found.fetchall()]


def file_name(attachment: Attachment) -> str:
    """Its name as a file of any system: no folder, nothing that a disk refuses, whatever another PC wrote."""
    name = PurePath(attachment.name.replace("\\", "/")).name
    plain = "".join("_" if letter in '<>:"|?*' or ord(letter) < 32 else letter for letter in name).strip(" .")
    return plain or attachment.id


def _refused(sentence: str) -> Refused:
    return Refused([Problem("file", sentence)])


def _short(name: str) -> str:
    """A name of at most 200 letters; the ending stays."""
    pure = PurePath(name)
    return pure.stem[: 200 - len(pure.suffix)] + pure.suffix


def _megabytes(size: int) -> str:
    """Rounded up to a tenth: what is a byte too large is not shown as just as large."""
    tenths = -(-size * 10 // (1 << 20))
    return f"{tenths // 10},{tenths % 10}".removesuffix(",0") + " MB"
