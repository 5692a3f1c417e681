"""What a person may ask of the data kept of them: a copy of it all, and its erasure when the time has come.

Luật 91/2025/QH15 art. 4 and 25; answered within 2 working days. Every request is a record of its own in the journal.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from desktop_app.domain import dates
from desktop_app.domain.errors import Problem, Refused, Trouble
from desktop_app.domain.fields import build
from desktop_app.domain.records import DataRequest, Person
from desktop_app.storage import attachments, payroll, person_file
from desktop_app.storage.book import Book, new_id
from desktop_app.storage.rules import rules


def hand_over(book: Book, id_: str, folder: Path, *, reason: str, day: date, by: str) -> tuple[Path, Path]:
    """Note the request, and write everything the book holds of a person into a folder, as PDF and as JSON.

    The files kept with the person's records lie beside them. Answers the two paths.
    Raises `Refused` if the person is gone, `Trouble` if a file cannot be written.
    """
    from desktop_app.reports import pdf, person_papers  # a question without paper need not wait for it

    _known(book, id_)
    with book.transact("members.hand_over", by) as transaction:
        asked = {"id": new_id(), "person": id_, "day": day, "kind": "xem", "reason": reason}
        transaction.save(build(DataRequest, asked))
        held = person_file.person_file(book, id_)
        assert held is not None
        report = person_papers.whole_file(book, payroll.union(book), held, day)
        stem = f"du-lieu-ca-nhan-{day.isoformat()}-{id_[-6:]}"
        answer = json.dumps(person_papers.whole_answer(held, day), ensure_ascii=False, indent=2).encode()
        made = [(folder / f"{stem}.pdf", pdf.draw(report)), (folder / f"{stem}.json", answer)]
        for number, one in enumerate(held.files, 1):
            if (content := attachments.content(book, one.sha256)) is not None:
                made.append((folder / f"{stem}-{number}-{attachments.file_name(one)}", content))
        for path, content in made:
            try:
                path.write_bytes(content)
            except OSError as error:
                raise Trouble(f"Không ghi được {path.name}. Hãy chọn thư mục khác.") from error
    return made[0][0], made[1][0]


def why_kept(book: Book, id_: str, today: date) -> str:
    """Why a person may not be erased yet, as a sentence that says when; "" if they may be."""
    person, law = _known(book, id_), rules(book)
    if person.left is None or person.left > today:
        return f"{person.name} còn sinh hoạt nên chưa xóa được. Hãy ghi Thôi trước."
    free = _years_after(person.left, law.person_keep_years(today))
    if free > today:
        return f"Dữ liệu của {person.name} phải giữ đến hết ngày {dates.show_day(free)}."
    year = today.year - law.money_keep_years(today)
    if person_file.dues_since(book, id_, f"{year:04}-01"):
        return (
            f"Sổ còn đoàn phí của {person.name} từ năm {year} trở lại đây: chứng từ kế toán chưa hết thời hạn lưu trữ,"
            " cần giữ tên."
        )
    return ""


def erase(book: Book, id_: str, reason: str, by: str, today: date) -> int:
    """Erase a person who left long enough ago, for good, on every PC at the next exchanges; answers how many records.

    The id and card number stay with the request, and so do the kinds of record the dated rule keeps (dues, movements);
    the files kept with any of them go, for they show the name.
    Raises `Refused` without a reason, or while something still needs the name (`why_kept`).
    """
    if not reason.strip():
        raise Refused([Problem("reason", "Hãy ghi lý do xóa.")])
    if kept := why_kept(book, id_, today):
        raise Refused(kept)
    person, stays = _known(book, id_), rules(book).person_kept(today)
    with book.transact("members.erase", by) as transaction:
        asked = {"id": new_id(), "person": id_, "day": today, "kind": "xóa", "reason": reason, "card": person.card}
        transaction.save(build(DataRequest, asked))
        gone = person_file.every_file_of(book, id_)
        gone += [
            one
            for declared in person_file.naming()
            if declared.private and declared.name not in stays
            for one in person_file.every_record_of(book, declared, id_)
        ]
        for one in (*gone, person):
            transaction.erase(one)
    return len(gone) + 1


def _known(book: Book, id_: str) -> Person:
    person = book.get(Person, id_)
    if person is None:
        raise Refused("Không tìm thấy người này. Hãy mở lại danh sách.")
    return person


def _years_after(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
