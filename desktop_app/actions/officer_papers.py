"""Papers of officers written to a file, as PDF or as Excel by the file's ending; each whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from desktop_app.actions.member_papers import write_report
from desktop_app.domain import dates
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.officers import Held
from desktop_app.domain.records import Person, Term
from desktop_app.storage import officers, overview, payroll
from desktop_app.storage.book import Book


def write_roster(book: Book, term: str, path: Path, day: date) -> None:
    """Danh sách trích ngang of a term. Raises `Refused` if nobody is elected in it, `Trouble` of the disk."""
    from desktop_app.reports import officer_papers

    of = book.get(Term, term)
    if of is None or not any(one.office.term == term for one in officers.held(book, day)):
        raise Refused("Nhiệm kỳ này chưa có ai. Hãy ghi những người trúng cử rồi in lại.")
    write_report(officer_papers.roster(book, payroll.union(book), of, day), path)


def write_list(book: Book, held: Sequence[Held], path: Path, day: date) -> None:
    """The offices shown as a list. Raises as `write_roster` does."""
    from desktop_app.reports import officer_papers

    if not held:
        raise Refused("Danh sách đang trống. Hãy bỏ bớt điều kiện lọc rồi in lại.")
    write_report(officer_papers.officer_list(book, payroll.union(book), held, day), path)


def write_file(book: Book, person: str, path: Path, day: date) -> None:
    """Lý lịch trích ngang of one officer. Raises `Refused` if the person is gone, `Trouble` of the disk."""
    from desktop_app.reports import officer_papers

    found = book.get(Person, person)
    if found is None:
        raise Refused("Không tìm thấy người này. Hãy mở lại danh sách.")
    write_report(officer_papers.officer_file(book, payroll.union(book), found, day), path)


def write_allowances(book: Book, month: str, payers: int, path: Path) -> None:
    """The allowances of a month ("2026-10"). Raises as `refuse_allowances` does, and `Trouble` of the disk."""
    from desktop_app.reports.allowance_paper import allowance_paper

    refuse_allowances(book, month, payers)
    write_report(allowance_paper(book, payroll.union(book), month, payers), path)


def refuse_allowances(book: Book, month: str, payers: int) -> None:
    """Raises `Refused` without a month, a number of payers, or anybody to pay."""
    if not month:
        raise Refused([Problem("month", "Hãy nhập tháng, ví dụ 10/2026.")])
    if payers <= 0:
        raise Refused([Problem("payers", "Hãy nhập số đoàn viên đóng đoàn phí năm trước.")])
    if not officers.allowances(book, dates.last_day(month), payers):
        raise Refused([Problem("month", f"Tháng {dates.show_month(month)} chưa ghi ai giữ chức vụ có phụ cấp.")])


def payers_for(book: Book, month: str) -> int:
    """Members who paid dues in the year before a month; where the book knows none, the members of that day."""
    return officers.dues_payers(book, int(month[:4]) - 1) or overview.heads(book, dates.last_day(month)).members
