"""What is sensitive of a person: looked at with the right and a reason, each time noted; kept fact by fact.

Luật 91/2025/QH15; NĐ 356/2025 art. 4. Everything that shows such a fact, or whole CCCD numbers of many, passes here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from desktop_app.actions import members, users
from desktop_app.domain import dates, extras
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Access, Sensitive
from desktop_app.storage import codes, sensitive
from desktop_app.storage.book import Book, Changes, Transaction, new_id
from desktop_app.storage.sensitive import Known

YES = "Có"
accesses = sensitive.accesses


def kinds(book: Book | None = None) -> Sequence[Known]:
    """The kinds of sensitive facts, in the order shown: of the law, then (of a book) those that the province asks."""
    return sensitive.kinds(book, date.today()) if book is not None else sensitive.catalogue()[0]  # noqa: DTZ011


def bases() -> Mapping[str, str]:
    """The grounds on which a fact may be kept, by code."""
    return sensitive.catalogue()[1]


def view(book: Book, person: str, reason: str, by: str, *, password: str = "") -> dict[str, Sensitive]:
    """The sensitive facts of a person by kind; that `by` looked, and why, is noted first.

    Raises `Refused` without the right, the own password (`own_password`) or a reason; then nothing is shown.
    """
    users.admit(book, by, password)
    _reason(reason)
    members.person_of(book, person)
    with book.transact("access.view", by) as transaction:
        note(transaction, person, "Xem thông tin riêng tư", reason, by)
    return {what: found[0] for what, found in sensitive.of(book, person).items()}


def save(
    book: Book, person: str, facts: Mapping[str, Mapping[str, Any]], by: str, *, password: str = ""
) -> Changes:
    """Change facts of a person, by kind: `value`, `day`, `note` and `basis` of each; without value and day it is
    erased for good.

    Raises `Refused` without the right, or with a problem a fact ("ethnicity"); then nothing is stored.
    """
    users.admit(book, by, password)
    members.person_of(book, person)
    held, problems = sensitive.of(book, person), []
    with book.transact("sensitive.save", by) as transaction:
        for known in kinds(book):
            if known.key not in facts:
                continue
            before = held.get(known.key, [])
            try:
                _put(transaction, person, known, facts[known.key], before)
            except Refused as refused:
                problems += [Problem(known.key, p.problem) for p in refused.problems]
        if problems:
            raise Refused(problems)
        return transaction.changes


def of_many(
    book: Book, people: Collection[str], what: Collection[str], reason: str, *, by: str, password: str = ""
) -> dict[str, dict[str, Sensitive]]:
    """The facts of these kinds of these people (ids), by kind and person; the look is noted for each who has one.

    Raises as `view` does.
    """
    users.admit(book, by, password)
    _reason(reason)
    wanted = [known for known in kinds(book) if known.key in what]
    asked = set(people)
    facts = {k.key: {p: f for p, f in sensitive.of_kind(book, k.key).items() if p in asked} for k in wanted}
    label = ", ".join(known.label for known in wanted)[:180]
    with book.transact("access.list", by) as transaction:
        for person in sorted({person for of in facts.values() for person in of}):
            note(transaction, person, f"Lập danh sách: {label}", reason, by)
    return facts


def note(transaction: Transaction, person: str, what: str, why: str, by: str) -> Access:
    """Note inside an open transaction that somebody looked; `person` "" for a list of many."""
    at = datetime.now().astimezone().isoformat(timespec="seconds")[:19]
    given = {"id": new_id(), "at": at, "who": by, "what": what, "why": why}
    return transaction.save(build(Access, {**given, **({"person": person} if person else {})}))


def note_whole_numbers(book: Book, count: int, why: str, by: str) -> None:
    """Note that a list with whole CCCD numbers was printed or taken out."""
    with book.transact("access.list", by) as transaction:
        note(transaction, "", f"Danh sách có đủ số CCCD ({count} người)", why or "In danh sách", by)


def note_paper(book: Book, person: str, what: str, by: str) -> None:
    """Note that a paper with the whole CCCD number of one person was printed."""
    with book.transact("access.paper", by) as transaction:
        note(transaction, person, what, "In giấy tờ của người đó", by)


def shown(fact: Sensitive) -> str:
    """A fact as it is read: "Tày", "Bệnh thận", a day where the day is the fact."""
    return dates.show_day(fact.day) if fact.value == YES and fact.day else codes.name_of(fact.value)


def _put(
    transaction: Transaction, person: str, known: Known, given: Mapping[str, Any], before: Sequence[Sensitive]
) -> None:
    value, day = str(given.get("value") or "").strip(), given.get("day")
    if known.kind == "code" and value:
        if not codes.code_of(value, known.list) and codes.name_of(value) == value:
            raise Refused(f"“{value}” không có trong danh mục {known.label.lower()}. Hãy chọn trong danh sách.")
        value = codes.code_of(value, known.list) or value
    if known.field is not None and known.kind == "extra" and value:
        choices = known.field.choices.get("of", ())
        try:
            value = extras.read(known.field.kind, choices, value, date.today())  # noqa: DTZ011
        except ValueError as error:
            raise Refused(f"{known.label}: {error}") from None
    if known.kind == "day" and (day or given.get("note")):
        value = YES
    for gone in before[1:] if value else before:
        transaction.erase(gone)  # nobody keeps in a history what a person took back
    if not value:
        return
    basis = str(given.get("basis") or known.basis)
    if basis not in bases():
        raise Refused("Hãy chọn căn cứ lưu giữ trong danh sách.")
    told = {"value": value, "day": day, "note": given.get("note"), "basis": basis}
    made = build(Sensitive, {**told, "id": before[0].id if before else new_id(), "person": person, "what": known.key})
    if not before or dataclasses.replace(made, id=before[0].id) != before[0]:
        transaction.save(made)


def _reason(reason: str) -> None:
    if not reason.strip():
        raise Refused([Problem("reason", "Hãy ghi lý do xem, ví dụ: xét trợ cấp khó khăn.")])

