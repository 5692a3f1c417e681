"""The daily encrypted backup to a folder of the user's choice: once a day if something changed.

It never interrupts anyone: a full disk or a missing stick is a state, kept beside the book and shown on the first
page until a backup goes well again. The last ten are kept, and the last one of each month.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from desktop_app.actions.setup import Door, door
from desktop_app.domain.dates import show_day
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.storage import backup, space
from desktop_app.storage.book import Book
from desktop_app.storage.places import BOOK
from desktop_app.storage.secrets import write_whole

STATE = "backups.json"
KEPT = 10
_LATE_DAYS = 7


@dataclass(frozen=True)
class State:
    """How backups stand: the chosen folder ("" none), the last good one, and what went wrong since ("" nothing)."""

    folder: str = ""
    day: str = ""
    file: str = ""
    entries: int = 0
    trouble: str = ""

    @property
    def last(self) -> date | None:
        """The day of the last good backup."""
        return date.fromisoformat(self.day) if self.day else None


def state(profile: Path) -> State:
    """How the backups of a profile stand; a lost or damaged note counts as none made."""
    try:
        kept = json.loads((profile / STATE).read_text("utf-8"))
        read = State(**kept)
        return read if not read.day or read.last else State()
    except (OSError, ValueError, TypeError):
        return State()


def choose(profile: Path, folder: Path) -> State:
    """From now on backups go to this folder. Raises `Refused` if nothing can be written there."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Refused(f"Không ghi được vào thư mục {folder}. Hãy chọn thư mục khác.") from error
    return _note(profile, replace(state(profile), folder=str(folder), trouble="", entries=0))


def begin_anew(profile: Path) -> State:
    """After a restore: the chosen folder stays, and the next backup is due at once."""
    return _note(profile, State(folder=state(profile).folder))


def changed(book: Book, known: State) -> bool:
    """Whether the book was written to since its last good backup."""
    return backup.entries(book) > known.entries


def due(profile: Path, book: Book, today: date) -> bool:
    """Whether a backup should be made now: a folder is chosen, none was made today, something changed."""
    known = state(profile)
    return bool(known.folder) and known.day != today.isoformat() and changed(book, known)


def concern(profile: Path, book: Book, today: date) -> str:
    """What the user should know about backups, in one sentence; "" if all is well."""
    known = state(profile)
    if not known.folder:
        return "Chưa chọn nơi sao lưu. Hãy chọn một USB hoặc thư mục ngoài máy này."
    if known.trouble:
        return known.trouble
    if known.last is not None and (today - known.last).days > _LATE_DAYS and changed(book, known):
        return f"Bản sao lưu gần nhất làm ngày {show_day(known.last)}. Hãy sao lưu lại."
    return ""


def run(way: Door, today: date) -> State:
    """Make the backup of today in the chosen folder; what goes wrong is noted and answered, never raised."""
    known = state(way.profile)
    if not known.folder:
        return known
    folder = Path(known.folder)
    try:
        if not folder.is_dir():
            raise Trouble(f"Không thấy thư mục sao lưu {folder}. Hãy cắm USB, hoặc chọn thư mục khác.")
        book = way()
        try:
            name = file_name(book, today)
        finally:
            book.close()
        entries = _write(way, folder / name)
    except Trouble as trouble:
        return _note(way.profile, replace(known, trouble=str(trouble)))
    _thin_out(folder, name)
    return _note(way.profile, replace(known, day=today.isoformat(), file=name, entries=entries, trouble=""))


def back_up(book: Book, target: Path) -> int:
    """Write one file that holds the encrypted book and its wrapped keys; answers how many entries it holds.

    The copy is opened and verified before it takes the target's name. Raises `Trouble` if it cannot be written.
    """
    return _write(door(book.path.parent), target)


def file_name(book: Book, today: date) -> str:
    """The name of a day's backup; the device keeps two PCs of one union from overwriting each other's."""
    union = re.sub(r"[^0-9A-Za-z-]+", "-", book.union_code).strip("-") or "cdcs"
    return f"so-cong-doan_{union}_{book.device[:4]}_{today.isoformat()}.saoluu"


def _write(way: Door, target: Path) -> int:
    try:
        return backup.write(way.profile, way.key, target)
    except OSError as error:
        needed, where = 2 * (way.profile / BOOK).stat().st_size, f"chưa ghi được bản sao lưu vào {target.parent}"
        if "full" in str(error) or any(space.is_full(error, folder) for folder in (target.parent, way.profile)):
            raise Trouble(space.sentence(where, needed)) from error
        told = f"Không ghi được bản sao lưu vào {target.parent}. Hãy kiểm tra ổ đĩa, USB rồi thử lại."
        raise Trouble(told) from error


def _thin_out(folder: Path, name: str) -> None:
    """Keep the last ten backups of this book and the last of each month; nobody else's file is touched."""
    series = name[: -len("2026-10-31.saoluu")]
    pattern = re.compile(re.escape(series) + r"(\d{4}-\d\d)-\d\d\.saoluu")
    own = sorted((path for path in folder.iterdir() if pattern.fullmatch(path.name)), key=lambda path: path.name)
    last_of_month = {pattern.fullmatch(path.name)[1]: path for path in own}  # type: ignore[index]
    for path in own[:-KEPT]:
        if path not in last_of_month.values():
            with suppress(OSError):
                os.remove(path)


def _note(profile: Path, now: State) -> State:
    with suppress(OSError):  # the note is for people; a full disk is told by the next backup
        write_whole(profile / STATE, json.dumps(asdict(now), ensure_ascii=False, indent=1).encode())
    return now
