"""Make and open a book: the profile folder, its key and its recovery code."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop_app.domain.errors import Problem, Refused, Trouble
from desktop_app.domain.fields import build
from desktop_app.domain.records import Union
from desktop_app.storage import backup, secrets, space
from desktop_app.storage.book import Book, new_id
from desktop_app.storage.places import BOOK, KEYS

ROLES: Mapping[str, str] = {"Kế toán": "accountant", "Chủ tịch": "chair", "Thủ quỹ": "cashier"}
"""Who may sit at the book, and where the union's record keeps that name."""

_STAGED = "khoi-phuc"


@dataclass(frozen=True)
class Door:
    """The way into a book: its folder and its key. Calling it opens the book, once more each time."""

    profile: Path
    key: bytes = field(repr=False)

    def __call__(self) -> Book:
        """Open the book. Raises `Trouble`."""
        return Book(self.profile / BOOK, self.key)


@dataclass(frozen=True)
class Made:
    """A new book: its file, its device id and the recovery code to print and keep."""

    book: Path
    device: str
    recovery_code: str


def make_book(
    profile: Path,
    *,
    code: str,
    name: str,
    actor: str,
    group: int = 3,
    first_year: int = 0,
    upper: str = "",
    role: str = "",
    passphrase: str | None = None,
) -> Made:
    """Make the book of a union in a profile folder; `role` writes the actor among the union's signers.

    Raises `Refused` if there is one already or a value is wrong, `Trouble` if the key can be kept nowhere.
    """
    values: dict[str, Any] = {
        "id": new_id(), "code": code, "name": name, "dues_group": group, "first_year": first_year, "upper": upper,
    }  # fmt: skip
    if role in ROLES:
        values[ROLES[role]] = actor
    union = build(Union, values)
    if group not in (1, 2, 3, 4):
        raise Refused(f"Nhóm đoàn phí {group} không có. Hãy chọn nhóm 1, 2, 3 hoặc 4.")
    if has_book(profile):
        raise Refused("Ở đây đã có một sổ. Hãy chọn thư mục khác.")
    if first_year and not 2000 <= first_year <= 2100:
        raise Refused([Problem("first_year", f"Năm bắt đầu {first_year} không đúng. Hãy ghi năm như 2026.")])
    _make_folder(profile)
    key, recovery = secrets.new_key(), secrets.new_recovery_code()
    unfinished = _unfinished(profile)
    book = Book.create(unfinished, key, union.code)
    try:
        with book.transact("setup.make", actor) as transaction:
            transaction.save(union)
        device = book.device
    finally:
        book.close()
    _move_in(profile, unfinished, key, recovery, passphrase)
    return Made(profile / BOOK, device, recovery)


def open_book(profile: Path, passphrase: str | None = None, key: Callable[[], bytes] | None = None) -> Book:
    """Open the book of a profile folder. Raises `Refused` (wrong passphrase) or `Trouble`."""
    return door(profile, passphrase, key)()


def door(profile: Path, passphrase: str | None = None, key: Callable[[], bytes] | None = None) -> Door:
    """The way into the book of a profile folder; `key` is its `secrets.fetch_ahead`, if that was begun.

    Raises `Refused` (wrong passphrase) or `Trouble`.
    """
    return Door(profile, key() if key else secrets.fetch(profile / KEYS, passphrase))


def door_by_code(profile: Path, recovery_code: str, passphrase: str | None = None) -> Door:
    """The way in when the passphrase is forgotten or the system's key store is lost; keeps the key anew.

    Raises `Refused` for a wrong code, `Trouble` if there is neither key store nor passphrase.
    """
    key = secrets.fetch_by_code(profile / KEYS, recovery_code)
    secrets.keep(profile / KEYS, key, recovery_code, passphrase)
    return Door(profile, key)


def has_book(profile: Path) -> bool:
    """Whether there is a book in this folder."""
    return (profile / BOOK).exists()


def needs_passphrase(profile: Path) -> bool:
    """Whether its book opens by a passphrase only, and none was given to this process. Raises `Trouble`."""
    return not os.environ.get(secrets.PASSPHRASE_VARIABLE) and secrets.needs_passphrase(profile / KEYS)


def must_set_passphrase() -> bool:
    """Whether a book made here needs a passphrase: the system has no key store, and this process was given none."""
    return not os.environ.get(secrets.PASSPHRASE_VARIABLE) and not secrets.has_keyring()


def change_recovery_code(way: Door, code: str) -> None:
    """Take a new recovery code (see `new_recovery_code`), once it was printed. Raises `Trouble`."""
    try:
        secrets.change_recovery_code(way.profile / KEYS, way.key, code)
    except OSError as error:
        told = "Không ghi được tệp khóa của sổ. Hãy kiểm tra ổ đĩa rồi thử lại."
        raise space.trouble_of(error, way.profile / KEYS, "chưa ghi được tệp khóa của sổ", told) from error


new_recovery_code = secrets.new_recovery_code


def restore(source: Path, profile: Path, recovery_code: str, passphrase: str | None = None) -> Book:
    """Open a backup on this PC by its recovery code; the book takes a new device id before its next write.

    Raises `Refused` for a wrong code or an occupied folder, `Trouble` for a file that is no backup. Nothing of a
    refused backup stays in the folder.
    """
    if has_book(profile):
        raise Refused("Ở đây đã có một sổ. Hãy khôi phục vào thư mục khác.")
    try:
        key = secrets.unwrap(backup.keys_of(source)["recovery"], recovery_code, "Mã khôi phục")
    except (OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
        raise Trouble(f"{source.name} không phải bản sao lưu của sổ, hoặc đã bị hỏng. Hãy chọn tệp khác.") from error
    _make_folder(profile)
    unfinished = _unfinished(profile)
    try:
        backup.unpack(source, unfinished)
        book = Book(unfinished, key)
        try:
            if fault := book.verify().first_fault:
                raise Trouble(f"Bản sao lưu {source.name} bị hỏng: {fault} Hãy dùng bản sao lưu khác.")
            book.take_new_device()
        finally:
            book.close()
        _move_in(profile, unfinished, key, recovery_code, passphrase)
    except zipfile.BadZipFile as error:
        raise Trouble(f"Bản sao lưu {source.name} bị hỏng. Hãy dùng bản sao lưu khác.") from error
    except OSError as error:
        told, needed = "Không ghi được sổ vào máy này. Hãy kiểm tra ổ đĩa rồi thử lại.", 2 * source.stat().st_size
        raise space.trouble_of(error, unfinished, "chưa ghi được sổ vào máy này", told, needed) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return Book(profile / BOOK, key)


def stage_restore(source: Path, profile: Path, recovery_code: str, passphrase: str | None = None) -> None:
    """Prove a backup and lay it beside the open book; `finish_restore` puts it in its place at the next start.

    Raises as `restore`; the open book is not touched.
    """
    staged = profile / _STAGED
    shutil.rmtree(staged, ignore_errors=True)
    restore(source, staged, recovery_code, passphrase).close()


def finish_restore(profile: Path, now: datetime) -> Path | None:
    """Put a staged book in the place of the old one, which is set aside; answers where, None if nothing was staged.

    The staged book moves last: cut short anywhere, it is finished at the next start. Raises OSError.
    """
    staged = profile / _STAGED
    if not (staged / BOOK).exists():
        return None
    aside = profile / f"truoc-khoi-phuc-{now:%Y%m%d-%H%M%S}"
    aside.mkdir()
    for name in (BOOK, BOOK + "-wal", BOOK + "-shm"):
        if (profile / name).exists():
            os.replace(profile / name, aside / name)
    if (staged / KEYS).exists():
        if (profile / KEYS).exists():
            os.replace(profile / KEYS, aside / KEYS)
        os.replace(staged / KEYS, profile / KEYS)
    os.replace(staged / BOOK, profile / BOOK)
    shutil.rmtree(staged, ignore_errors=True)
    return aside


def _make_folder(profile: Path) -> None:
    try:
        profile.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(f"Không tạo được thư mục {profile.name}. Hãy chọn thư mục khác.") from error


def _unfinished(profile: Path) -> Path:
    """Where a book is made before it takes its place; what a power cut left there is thrown away."""
    for name in (BOOK + ".moi", BOOK + ".moi-wal", BOOK + ".moi-shm"):
        (profile / name).unlink(missing_ok=True)
    return profile / (BOOK + ".moi")


def _move_in(profile: Path, made: Path, key: bytes, recovery_code: str, passphrase: str | None) -> None:
    secrets.keep(profile / KEYS, key, recovery_code, passphrase)
    os.replace(made, profile / BOOK)
