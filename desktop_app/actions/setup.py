"""Make, open and copy a book: the profile folder, its key and its recovery code."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop_app.domain.errors import Refused, Trouble
from desktop_app.domain.fields import build
from desktop_app.domain.records import Union
from desktop_app.storage import secrets
from desktop_app.storage.book import Book, new_id

BOOK, KEYS = "book.db", "book.keys"


@dataclass(frozen=True)
class Made:
    """A new book: its file, its device id and the recovery code to print and keep."""

    book: Path
    device: str
    recovery_code: str


def make_book(
    profile: Path, *, code: str, name: str, actor: str, group: int = 3, first_year: int = 0, upper: str = ""
) -> Made:
    """Make the book of a union in a profile folder.

    Raises `Refused` if there is one already or a value is wrong, `Trouble` if the key can be kept nowhere.
    """
    union = build(
        Union,
        {"id": new_id(), "code": code, "name": name, "dues_group": group, "first_year": first_year, "upper": upper},
    )
    if group not in (1, 2, 3, 4):
        raise Refused(f"Nhóm đoàn phí {group} không có. Hãy chọn nhóm 1, 2, 3 hoặc 4.")
    if (profile / BOOK).exists() or (profile / KEYS).exists():
        raise Refused("Ở đây đã có một sổ. Hãy chọn thư mục khác.")
    profile.mkdir(parents=True, exist_ok=True)
    key, recovery = secrets.new_key(), secrets.new_recovery_code()
    secrets.keep(profile / KEYS, key, recovery)
    book = Book.create(profile / BOOK, key, union.code)
    try:
        with book.transact("setup.make", actor) as transaction:
            transaction.save(union)
        return Made(book.path, book.device, recovery)
    finally:
        book.close()


def open_book(profile: Path, passphrase: str | None = None) -> Book:
    """Open the book of a profile folder. Raises `Refused` (wrong passphrase) or `Trouble`."""
    return opener(profile, passphrase)()


def opener(profile: Path, passphrase: str | None = None) -> Callable[[], Book]:
    """What opens the book of a profile folder again and again: the key is asked for once.

    Raises `Refused` (wrong passphrase) or `Trouble`; calling the answer raises `Trouble`.
    """
    key = secrets.fetch(profile / KEYS, passphrase)
    return lambda: Book(profile / BOOK, key)


def has_book(profile: Path) -> bool:
    """Whether there is a book in this folder."""
    return (profile / BOOK).exists()


def needs_passphrase(profile: Path) -> bool:
    """Whether its book opens by a passphrase only, and none was given to this process."""
    return not os.environ.get(secrets.PASSPHRASE_VARIABLE) and secrets.needs_passphrase(profile / KEYS)


def back_up(book: Book, target: Path) -> int:
    """Write one file that holds the encrypted book and its wrapped keys; answers how many entries it holds.

    The copy is opened and verified before it takes the target's name. Raises `Trouble` if it cannot be written.
    """
    keys = (book.path.parent / KEYS).read_text("utf-8")
    recovery_only = {name: part for name, part in json.loads(keys).items() if name != "keyring"}
    copy = target.with_name(target.name + ".so")
    partial = target.with_name(target.name + ".moi")
    try:
        copy.unlink(missing_ok=True)
        book.copy_to(copy)
        with zipfile.ZipFile(partial, "w") as packed:
            packed.write(copy, BOOK)
            packed.writestr(KEYS, json.dumps(recovery_only))
        partial.replace(target)
    except OSError as error:
        raise Trouble(f"Không ghi được bản sao lưu vào {target}. Hãy kiểm tra ổ đĩa còn chỗ rồi thử lại.") from error
    finally:
        copy.unlink(missing_ok=True)
    return book.verify().entries


def restore(source: Path, profile: Path, recovery_code: str) -> Book:
    """Open a backup on this PC by its recovery code; the book takes a new device id before its next write.

    Raises `Refused` for a wrong code or an occupied folder, `Trouble` for a file that is no backup.
    """
    if (profile / BOOK).exists():
        raise Refused("Ở đây đã có một sổ. Hãy khôi phục vào thư mục khác.")
    try:
        with zipfile.ZipFile(source) as packed:
            keys, content = json.loads(packed.read(KEYS)), packed.read(BOOK)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise Trouble(f"{source.name} không phải bản sao lưu của sổ, hoặc đã bị hỏng. Hãy chọn tệp khác.") from error
    key = secrets.unwrap(keys["recovery"], recovery_code, "Mã khôi phục")
    profile.mkdir(parents=True, exist_ok=True)
    secrets.keep(profile / KEYS, key, recovery_code)
    secrets.write_whole(profile / BOOK, content)
    book = Book(profile / BOOK, key)
    book.take_new_device()
    return book
