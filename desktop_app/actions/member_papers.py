"""Papers of members written to a file: lists, cards, labels, the sheet of one person; each whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.actions import sensitive
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.records import Person
from desktop_app.storage import payroll, person_more, photos, space
from desktop_app.storage.book import Book
from desktop_app.storage.lists import Listed
from desktop_app.storage.person_file import person_file
from desktop_app.storage.rules import rules

if TYPE_CHECKING:
    from desktop_app.reports.model import Report


def write_list(
    book: Book, people: Sequence[Listed], columns: Sequence[str], path: Path, day: date, *,
    told: str = "", whole: bool = False, by: str = "",
) -> None:  # fmt: skip
    """The list as PDF, or as Excel if `path` ends so; that `whole` CCCD numbers went out by whom is noted.

    Raises `Refused` if nobody is in it, `Trouble` of the disk.
    """
    from desktop_app.reports import member_papers

    _some(people)
    report = member_papers.member_list(payroll.union(book), people, columns, day, told=told, whole=whole)
    if whole:
        sensitive.note_whole_numbers(book, len(people), told, by)
    write_report(report, path)


def write_sensitive(
    book: Book, people: Sequence[Listed], what: Sequence[str], path: Path, day: date, *,
    reason: str, by: str, password: str = "",
) -> int:  # fmt: skip
    """These sensitive facts (keys) of those who have one, as PDF or Excel; answers how many people are in it.

    Each look is noted. Raises as `sensitive.view` and `write_report` do.
    """
    from desktop_app.reports import sensitive_list

    facts = sensitive.of_many(book, [one.id for one in people], what, reason, by=by, password=password)
    told = [one for one in people if any(one.id in of for of in facts.values())]
    if not told:
        raise Refused("Không ai trong danh sách có thông tin này.")
    kinds = [known for known in sensitive.kinds(book) if known.key in facts]
    write_report(sensitive_list.report(payroll.union(book), told, kinds, facts, day), path)
    return len(told)


def write_report(report: Report, path: Path) -> None:
    """A report as PDF, or as Excel if `path` ends so, whole or not at all. Raises `Trouble` of the disk."""
    from desktop_app.reports import pdf, xlsx

    if path.suffix == ".xlsx":
        xlsx.write(report, path)
    else:
        write_drawn(path, lambda: pdf.draw(report))


def write_signing(
    book: Book, people: Sequence[Listed], path: Path, day: date, *, title: str, amount: int
) -> None:
    """The list to sign what is handed out, as PDF. Raises as `write_list` does, and `Refused` without a title."""
    from desktop_app.reports import member_papers, pdf

    _some(people)
    if not title.strip():
        raise Refused([Problem("title", "Hãy ghi nội dung nhận, ví dụ: Quà Ngày Phụ nữ Việt Nam 20/10.")])
    if amount < 0:
        raise Refused([Problem("amount", "Số tiền không được âm.")])
    report = member_papers.signing_list(payroll.union(book), people, title.strip(), amount, day)
    write_drawn(path, lambda: pdf.draw(report))


def write_cards(book: Book, people: Sequence[Listed], path: Path, day: date) -> int:
    """Cards of those who have a card number; answers how many people have none. Raises `Refused` if nobody has one."""
    from desktop_app.reports import member_cards

    _some(people)
    known = [one for one in people if one.card]
    if not known:
        raise Refused("Chưa ai trong danh sách có số thẻ. Hãy nhập số thẻ trước khi in thẻ.")
    faces = photos.of_many(book, [one.id for one in known])
    write_drawn(path, lambda: member_cards.cards(payroll.union(book), known, day, faces))
    return len(people) - len(known)


def write_labels(book: Book, people: Sequence[Listed], path: Path, day: date) -> None:
    """A sheet of labels, one a person. Raises as `write_list` does."""
    from desktop_app.reports import member_cards

    _some(people)
    write_drawn(path, lambda: member_cards.labels(payroll.union(book), people, day))


def write_sheet(book: Book, id_: str, year: int, path: Path, day: date, *, by: str = "") -> None:
    """The personal sheet with the dues of a year; that it shows the whole CCCD number to whom (`by`) is noted.

    Raises `Refused` if the person is gone, `Trouble` of the disk.
    """
    from desktop_app.reports import pdf, person_papers

    held = person_file(book, id_, changes=False)
    if held is None:
        raise Refused("Không tìm thấy người này. Hãy mở lại danh sách.")
    if by and held.person.cccd:
        sensitive.note_paper(book, id_, "In phiếu đoàn viên có đủ số CCCD", by)
    write_drawn(path, lambda: pdf.draw(person_papers.personal_sheet(book, payroll.union(book), held, year, day)))


def write_consent(book: Book, id_: str, path: Path, day: date) -> None:
    """The sheet on which a person consents to what is kept. Raises `Refused` if the person is gone, `Trouble`."""
    from desktop_app.reports import family_papers

    person = book.get(Person, id_)
    if person is None:
        raise Refused("Không tìm thấy người này. Hãy mở lại danh sách.")
    write_report(family_papers.consent_sheet(payroll.union(book), person, day), path)


def write_children(book: Book, people: Sequence[Listed], path: Path, day: date) -> int:
    """The list of these members' children for gifts, as PDF or Excel; answers how many. Raises `Refused`, `Trouble`."""
    from desktop_app.reports import family_papers

    _some(people)
    age, parents = rules(book).child_gift_age(day), {one.id for one in people}
    found = [child for child in person_more.young_children(book, day, age) if child.person in parents]
    if not found:
        told = f"Chưa ghi con nào dưới {age} tuổi của những đoàn viên này"
        raise Refused(f"{told}. Hãy ghi con trong Hồ sơ đầy đủ (F4), phần Gia đình.")
    write_report(family_papers.children_list(payroll.union(book), found, age, day), path)
    return len(found)


def _some(people: Sequence[Listed]) -> None:
    if not people:
        raise Refused("Danh sách đang trống. Hãy bỏ bớt điều kiện lọc rồi in lại.")


def write_drawn(path: Path, draw: Callable[[], bytes]) -> None:
    """Write what is drawn, whole or not at all. Raises `Trouble` of the disk."""
    partial = path.with_name(path.name + ".moi")
    made = draw()
    try:
        partial.write_bytes(made)
        partial.replace(path)
    except OSError as error:
        told = f"Không ghi được {path.name}. Nếu tệp đang mở, hãy đóng lại rồi thử lại."
        trouble = space.trouble_of(error, path, f"chưa ghi được {path.name}", told)
        partial.unlink(missing_ok=True)
        raise trouble from error
