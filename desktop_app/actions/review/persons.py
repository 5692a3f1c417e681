"""One person entered twice (one CCCD on two records), and a merged record that another PC wrote on since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from desktop_app.actions import one_person
from desktop_app.actions.review import telling
from desktop_app.actions.review.task import Choice, Done, Kind, Said, Task
from desktop_app.domain.fields import entity_of
from desktop_app.domain.records import Person
from desktop_app.storage import payroll, person_file, rows, same, twice
from desktop_app.storage.book import Book

MERGE = "merge"
"""`Choice.asks`: the page shows both records side by side; `given` says by field which side holds."""


def tasks(book: Book) -> Iterator[Task]:
    """A task for each record beside the first of its number, then one for each merged record that was written on."""
    pairs = _pairs(twice.people(book))
    many = len(one_person.alike(book)) if len(pairs) > 1 else 0
    cards = _of_one_card(book, pairs)
    paid = payroll.months_paid(book, {id_ for pair in (*pairs, *cards) for id_ in pair}) if pairs or cards else {}
    for first, other in pairs:
        yield _doubled(book, first, other, many, paid)
    for first, other in cards:
        yield _same_card(book, first, other, paid)
    for other in same.edited_since(book.db):
        yield _edited(book, rows.survivor(book.db, other), other)


def count(book: Book) -> int:
    """How many of both are there?"""
    pairs = _pairs(twice.people(book))
    return len(pairs) + len(_of_one_card(book, pairs)) + len(same.edited_since(book.db))


def _pairs(groups: list[tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(first, other) for first, *others in groups for other in others]


def _of_one_card(book: Book, known: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Who has one card number, and is not shown for one CCCD number already?"""
    return [pair for pair in _pairs(twice.people(book, "card")) if pair not in known]


def _same_card(book: Book, first: str, other: str, paid: Mapping[str, int]) -> Task:
    now, beside = _told(book, first, paid), _told(book, other, paid)
    person = book.get(Person, first)
    assert person is not None
    told = f"Hai hồ sơ cùng số thẻ {person.card}. Một người thì gộp (1); hai người thì mở hồ sơ và sửa số thẻ sai."
    choices = (
        Choice("Gộp…", partial(_merge, first=first, other=other), MERGE),
        Choice("Mở hồ sơ bên trái", opens=("members", first)), Choice("Mở hồ sơ bên phải", opens=("members", other)),
    )  # fmt: skip
    return Task(
        ("card", first, other), f"Người lao động {person.name}", "Trùng số thẻ", now, (beside,), choices, told,
        ("members", first), about=(first, other), lead=0,
    )  # fmt: skip


def _doubled(book: Book, first: str, other: str, many: int, paid: Mapping[str, int]) -> Task:
    now, beside = _told(book, first, paid), _told(book, other, paid)
    person = book.get(Person, first)
    assert person is not None
    if one_person.told_apart(book, first, other):
        told = f"Đã xác nhận là hai người, nhưng cùng số CCCD {person.cccd}: hãy mở hồ sơ của một người và sửa số."
        choices = tuple(
            Choice(f"Mở hồ sơ bên {where}", opens=("members", id_)) for where, id_ in (("trái", first), ("phải", other))
        )
    else:
        told = (
            f"Hai hồ sơ cùng số CCCD {person.cccd}. 1: xem hai hồ sơ cạnh nhau rồi gộp; đoàn phí, biến động, chức vụ"
            " của cả hai tính cho một người. 2: giữ là hai người."
        )
        choices = (
            Choice("Gộp…", partial(_merge, first=first, other=other), MERGE),
            Choice("Không phải một người", partial(_apart, first=first, other=other)),
            *((Choice(f"Gộp cả {many} cặp giống nhau", _all_alike),) if many > 1 else ()),
        )
        told += f" 3: gộp cả {many} cặp có họ tên, ngày sinh, số thẻ không khác nhau." if many > 1 else ""
    return Task(
        ("person", first, other), f"Người lao động {person.name}", "Trùng số CCCD", now, (beside,), choices, told,
        ("members", first), about=(first, other), lead=0,
    )  # fmt: skip


def _edited(book: Book, into: str, other: str) -> Task:
    told = "Hồ sơ đã gộp được sửa ở máy chưa biết việc gộp. 1: xem hai hồ sơ cạnh nhau, chọn ô nào giữ."
    now, beside = _told(book, into), _told(book, other)
    person = book.get(Person, into)
    choices = (Choice("Xem và chọn…", partial(_merge, first=into, other=other), MERGE),)
    return Task(
        ("merged", into, other), f"Người lao động {person.name if person else ''}", "Sửa hồ sơ đã gộp", now, (beside,),
        choices, told, ("members", into), about=(into, other), lead=0,
    )  # fmt: skip


def _told(book: Book, id_: str, paid: Mapping[str, int] | None = None) -> Said:
    """A record as it is told from its twin, and who wrote on it last."""
    person = same.entered(book.db, id_)
    op = max((op for op in book.ops_of(id_) if op.kind == "set"), key=lambda op: op.hlc)
    if person is None:
        return telling.side(book, "", op)
    birth = next(field for field in entity_of(Person).fields if field.name == "birth")
    card = f"thẻ {person.card}" if person.card else ""
    parts = [person.name, person_file.said(book, birth, person.birth), card, person.team]
    if paid is not None:
        parts.append(f"{paid.get(id_, 0)} tháng đoàn phí")
    return telling.side(book, ", ".join(part for part in parts if part), op)


def _merge(book: Book, given: Any, by: str, *, first: str, other: str) -> Done:
    changes = one_person.merge(book, first, other, given, by)
    kept = book.get(Person, first)
    return Done(f"Đã gộp thành một người: {kept.name if kept else ''}.", changes.entities)


def _all_alike(book: Book, _: Any, by: str) -> Done:
    count, changes = one_person.merge_alike(book, by)
    return Done(f"Đã gộp {count} người được nhập hai lần.", changes.entities)


def _apart(book: Book, _: Any, by: str, *, first: str, other: str) -> Done:
    changes = one_person.tell_apart(book, first, other, by)
    return Done("Đã ghi là hai người khác nhau. Hãy sửa số CCCD của một người.", changes.entities)


KIND = Kind(tasks, count)
