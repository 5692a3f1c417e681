"""One file that holds a whole book: the encrypted copy and the keys its recovery code opens.

A zip of `book.db` (SQLCipher, stored as it is) and `book.keys` (without what only this PC can use). It is written
beside its place, read back and renamed: a power cut or a pulled stick leaves the old file or the new, never half.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import time
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from desktop_app.domain.errors import Trouble
from desktop_app.storage.book import Book
from desktop_app.storage.places import BOOK, KEYS

_STAGE = "sao-luu-"
_STALE_SECONDS = 3600


def write(profile: Path, key: bytes, target: Path) -> int:
    """Copy the book of a profile to `target`; answers how many entries the copy holds.

    The copy is opened by the key and its journal and rows are proved before it is packed. Raises `Trouble` if the
    copy is not sound; OSError if it cannot be written.
    """
    _sweep(profile)
    copy = profile / f"{_STAGE}{secrets.token_hex(4)}"
    try:
        entries = _copy(profile / BOOK, key, copy)
        keys = {n: part for n, part in json.loads((profile / KEYS).read_text("utf-8")).items() if n != "keyring"}
        _pack(copy, keys, target)
        return entries
    finally:
        for suffix in ("", "-wal", "-shm"):
            copy.with_name(copy.name + suffix).unlink(missing_ok=True)


def entries(book: Book) -> int:
    """How many entries does the journal hold: the chains have no holes?"""
    found: int = book.db.execute("SELECT sum(dseq) FROM devices").fetchone()[0]
    return found


def keys_of(source: Path) -> Mapping[str, Any]:
    """The wrapped keys of a backup. Raises OSError, KeyError, ValueError or BadZipFile if it is none."""
    with zipfile.ZipFile(source) as packed:
        keys: Mapping[str, Any] = json.loads(packed.read(KEYS))
        packed.getinfo(BOOK)
        return keys


def unpack(source: Path, target: Path) -> None:
    """Write the encrypted book of a backup to `target`, down to the disk. Raises OSError or BadZipFile."""
    with zipfile.ZipFile(source) as packed, packed.open(BOOK) as held, open(target, "wb") as out:
        shutil.copyfileobj(held, out, 1 << 20)
        out.flush()
        os.fsync(out.fileno())


def _copy(path: Path, key: bytes, copy: Path) -> int:
    book = Book(path, key)
    try:
        book.copy_to(copy)
    except dbapi2.Error as error:
        raise OSError(str(error)) from error
    finally:
        book.close()
    copied = Book(copy, key)
    try:
        found = copied.verify()
    finally:
        copied.close()
    if found.first_fault:
        raise Trouble(f"Sổ không khớp với nhật ký nên chưa sao lưu được: {found.first_fault}")
    return found.entries


def _pack(copy: Path, keys: Mapping[str, Any], target: Path) -> None:
    unfinished = target.with_name(target.name + ".moi")
    try:
        with open(unfinished, "wb") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
                packed.write(copy, BOOK)
                packed.writestr(KEYS, json.dumps(keys))
            out.flush()
            os.fsync(out.fileno())
        with zipfile.ZipFile(unfinished) as packed, packed.open(BOOK) as written, open(copy, "rb") as proved:
            same = hashlib.file_digest(written, "sha256").digest() == hashlib.file_digest(proved, "sha256").digest()  # type: ignore[arg-type]
        if not same or keys_of(unfinished) != keys:
            raise OSError("the copy reads back different from what was written")
        os.replace(unfinished, target)
    finally:
        with suppress(OSError):  # the stick may be gone by now
            unfinished.unlink(missing_ok=True)


def _sweep(profile: Path) -> None:
    """Throw away what a power cut left; another process may be at a backup of its own just now."""
    for stale in profile.glob(f"{_STAGE}*"):
        with suppress(OSError):
            if time.time() - stale.stat().st_mtime > _STALE_SECONDS:
                stale.unlink()
