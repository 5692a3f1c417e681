"""What a person may ask of the data kept of them: a copy of it all, and its erasure when the time has come.

Luật 91/2025/QH15 art. 4 and 25; answered within 2 working days. Every request is a record of its own in the journal.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from desktop_app.actions import sensitive, users
from desktop_app.domain import dates
from desktop_app.domain.errors import Problem, Refused, Trouble
from desktop_app.domain.fields import build
from desktop_app.domain.records import DataRequest, Person
from desktop_app.storage import attachments, payroll, person_file, same
from desktop_app.storage import sensitive as facts
from desktop_app.storage.book import Book, Transaction, new_id
from desktop_app.storage.rules import rules


def hand_over(
    book: Book, id_: str, folder: Path, *, reason: str, day: date, by: str, password: str = ""
) -> tuple[Path, Path]:
    """Note the request, and write everything the book holds of a person into a folder, as PDF and as JSON.

    The files kept with the person's records lie beside them. Answers the two paths.
    Raises `Refused` if the person is gone, `Trouble` if a file cannot be written.
    """
    from desktop_app.reports import pdf, person_papers  # a question without paper need not wait for it

    _known(book, id_)
    private = facts.any_of(book, id_)
    if private:
        users.admit(book, by, password)
    with book.transact("members.hand_over", by) as transaction:
        asked = {"id": new_id(), "person": id_, "day": day, "kind": "xem", "reason": reason}
        transaction.save(build(DataRequest, asked))
        if private:
            sensitive.note(transaction, id_, "Trả hồ sơ dữ liệu theo yêu cầu", reason or "Yêu cầu của người đó", by)
        held = person_file.person_file(book, id_, private=True)
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


def holds_private(book: Book, id_: str) -> bool:
    """Whether a person's file holds what only who has the right may hand over."""
    return facts.any_of(book, id_)


def why_kept(book: Book, id_: str, today: date) -> str:
    """Why a person may not be erased yet, as a sentence that says when; "" if they may be."""
    person, law = _known(book, id_), rules(book)
    if person.left is None or person.left > today:
        return f"{person.name} còn sinh hoạt nên chưa xóa được. Hãy ghi Thôi trước."
    free = years_after(person.left, law.person_keep_years(today))
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

    Whoever was made one with the person goes too. The id and card number stay with the request, and so do the kinds of
    record the dated rule keeps (dues, movements); the files kept with any of them go, for they show the name.
    Raises `Refused` without a reason, or while something still needs the name (`why_kept`).
    """
    if not reason.strip():
        raise Refused([Problem("reason", "Hãy ghi lý do xóa.")])
    if kept := why_kept(book, id_, today):
        raise Refused(kept)
    person, law = _known(book, id_), rules(book)
    id_, stays = person.id, law.person_kept(today)
    with book.transact("members.erase", by) as transaction:
        wordless = _without_words(book, transaction, id_, stays, law.person_free_text(today))
        asked = {"id": new_id(), "person": id_, "day": today, "kind": "xóa", "reason": reason, "card": person.card}
        transaction.save(build(DataRequest, asked))
        gone = person_file.every_file_of(book, id_)
        gone += [one for other in same.merged_into(book.db, id_) if (one := same.entered(book.db, other))]
        gone += [
            one
            for declared in person_file.naming()
            if declared.private and declared.name not in stays
            for one in person_file.every_record_of(book, declared, id_)
        ]
        for one in (*gone, person):
            transaction.erase(one)
    return len(gone) + len(wordless) + 1


def _without_words(
    book: Book, transaction: Transaction, person: str, stays: Collection[str], names: Collection[str]
) -> list[Any]:
    """What stays of an erased person loses its free words: erased, and said again without them under another id.

    One that was ended, or corrected by another of them, keeps its place by the new id. Answers what was erased.
    """
    gone: list[Any] = []
    for declared in person_file.naming():
        free = [field.name for field in declared.fields if field.name in names]
        if declared.name not in stays or not declared.private or not free:
            continue
        here = person_file.records_of(book, declared, person)
        written = [one for one in here if any(getattr(one, name) for name in free)]
        known = {one.id for one in here}
        written += [one for one in person_file.every_record_of(book, declared, person) if one.id not in known]
        renamed = {one.id: new_id() for one in written if one.id in known}
        for one in written:
            transaction.erase(one)
        for one in here:
            values = {n: renamed[v] for n in ("corrects",) if (v := getattr(one, n, "")) in renamed}
            if one.id in renamed:
                transaction.save(replace(one, id=renamed[one.id], **dict.fromkeys(free, ""), **values))
            elif values:
                transaction.save(replace(one, **values))
        gone += written
    return gone


def _known(book: Book, id_: str) -> Person:
    person = book.get(Person, id_)
    if person is None:
        raise Refused("Không tìm thấy người này. Hãy mở lại danh sách.")
    return person


def years_after(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
