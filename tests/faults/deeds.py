"""What a PC does while it may be killed at any moment: each deed opens the book of a folder and works on it."""

from __future__ import annotations

import random
import shutil
from datetime import date
from pathlib import Path
from typing import Any

from desktop_app.actions import backups, exporting, importing, member_papers, packets, setup, sync
from desktop_app.domain.fields import build
from desktop_app.domain.records import Attachment, Fund, Person, Wage
from desktop_app.storage import attachments, carrying, enrolment, lists, secrets
from desktop_app.storage.book import Book, new_id
from tests.conftest import KEY

secrets._ARGON.update(iterations=1, memory_cost=64)  # how long a passphrase is stretched is not what is tried here


def copy_in(source: str, target: str) -> None:
    """A scene into a disk that only these deeds see."""
    shutil.copytree(source, target)


def make_folder(folder: str) -> None:
    """A folder on that disk."""
    Path(folder).mkdir()


def remove(file: str) -> None:
    """What is not wanted there any more."""
    Path(file).unlink()


def first_person(folder: str) -> str:
    """The id of somebody in a book."""
    book = Book(Path(folder) / "book.db", KEY)
    try:
        return next(book.all(Person)).id
    finally:
        book.close()


def files(folder: str) -> list[str]:
    """What lies in a folder and below it."""
    return sorted(str(file.relative_to(folder)) for file in Path(folder).rglob("*") if file.is_file())


def make_profile(profile: str) -> str:
    """A new book of a new union; answers its recovery code."""
    made = setup.make_book(
        Path(profile), code="40-001", name="CĐCS May Hưng Lộc", actor="Hoa", role="Kế toán", passphrase="mat khau thu"
    )
    return made.recovery_code


def write(folder: str, count: int, note: str) -> int:
    """So many verbs of two records each; every one that was committed is noted in a file."""
    book = Book(Path(folder) / "book.db", KEY)
    with open(note, "ab", buffering=0) as said:
        for number in range(count):
            with book.transact("members.add", "Hoa") as transaction:
                person = transaction.save(build(Person, {"id": new_id(), "name": f"Đậu Thị Số {number}"}))
                transaction.save(build(Wage, {"id": new_id(), "person": person.id, "insured": 6_500_000}))
            said.write(b".")
    return count


def look(folder: str) -> dict[str, Any]:
    """What a book holds; `fault` is the first thing that is wrong with it."""
    book = Book(Path(folder) / "book.db", KEY)
    try:
        found = book.verify()
        return {
            "fault": found.first_fault,
            "entries": found.entries,
            "people": sorted(person.name for person in book.all(Person)),
            "wages": len(list(book.all(Wage))),
            "funds": len(list(book.all(Fund))),
            "files": [attachments.content(book, one.sha256) is not None for one in book.all(Attachment)],
            "waiting": enrolment.waiting(book),
            "files_wait": len(carrying.waiting(book)),
        }
    finally:
        book.close()


def exchange(folder: str, url: str) -> dict[str, Any]:
    """Entries and files both ways, until all is level."""
    book = Book(Path(folder) / "book.db", KEY)
    try:
        done = sync.sync_now(book, url)
        return {**done.answer(), "notices": done.notices}
    finally:
        book.close()


def export(folder: str, file: str, to: str = packets.PROVINCE) -> dict[str, Any]:
    """A packet to the province, or to the other PCs."""
    book = Book(Path(folder) / "book.db", KEY)
    try:
        return packets.export(book, Path(file), to).answer()
    finally:
        book.close()


def take(folder: str, file: str) -> dict[str, Any]:
    """The province's reply, or another PC's packet."""
    book = Book(Path(folder) / "book.db", KEY)
    try:
        return packets.take(book, Path(file)).answer()
    finally:
        book.close()


def attach(folder: str, person: str, size: int, seed: int) -> str:
    """A scan kept with a person."""
    book = Book(Path(folder) / "book.db", KEY)
    data = random.Random(seed).randbytes(size)
    try:
        with book.transact("members.attach", "Hoa") as transaction:
            return attachments.keep(transaction, "person", person, "quyet-dinh.pdf", data).sha256
    finally:
        book.close()


def bring_in(folder: str, workbook: str) -> dict[str, int]:
    """A union's workbook."""
    book = Book(Path(folder) / "book.db", KEY)
    try:
        return importing.import_workbook(book, Path(workbook), "Hoa").stored
    finally:
        book.close()


def paper(folder: str, file: str) -> int:
    """A PDF of everybody."""
    book = Book(Path(folder) / "book.db", KEY)
    try:
        people = lists.people(book)
        member_papers.write_list(book, people, ["name", "birth", "team"], Path(file), date(2026, 10, 31))
        return len(people)
    finally:
        book.close()


def workbook(folder: str, file: str) -> dict[str, int]:
    """The union's workbook, written out."""
    book = Book(Path(folder) / "book.db", KEY)
    try:
        return exporting.export_workbook(book, Path(file))
    finally:
        book.close()


def back_up(profile: str, target: str) -> int:
    """The daily copy of a real profile (its passphrase is in the environment)."""
    way = setup.door(Path(profile))
    book = way()
    try:
        return backups.back_up(book, Path(target))
    finally:
        book.close()


def restore(profile: str, source: str, code: str) -> int:
    """A backup opened in an empty folder."""
    if setup.has_book(Path(profile)):
        return 0
    setup.restore(Path(source), Path(profile), code, "mat khau thu").close()
    return 1


def open_profile(profile: str) -> str | None:
    """Open a profile's book; answers its first fault."""
    book = setup.open_book(Path(profile))
    try:
        return book.verify().first_fault
    finally:
        book.close()
