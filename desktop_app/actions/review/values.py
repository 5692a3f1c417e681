"""One field that two PCs wrote differently: each value with who and when, and the choice between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any

from desktop_app.actions.review import telling
from desktop_app.actions.review.task import Choice, Done, Kind, Said, Task
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import entities
from desktop_app.storage import incoming, journal
from desktop_app.storage.book import Book, Changes

_POSTED = "Phiếu đã ghi sổ không sửa bằng cách chọn. Hãy dùng Sửa phiếu, Hủy phiếu hoặc phiếu điều chỉnh."


@dataclass(frozen=True)
class Question:
    """One field of one record: the value in use for now, and another that was written beside it.

    `money` marks what a choice cannot settle: a posted voucher is corrected by a voucher (Luật Kế toán art. 27).
    """

    entity: str
    record: str
    field: str
    what: str
    label: str
    now: Said
    other: Said
    money: bool


def questions(book: Book) -> list[Question]:
    """Every value that stands beside the one in use."""
    return [question for id_, entity in incoming.overlapped(book) for question in _of_record(book, id_, entity)]


def settle(book: Book, question: Question, chosen: Said, by: str) -> Changes:
    """Say which value holds. The other stays in the history. Raises `Refused` for money, or if it is settled."""
    if question.money:
        raise Refused(_POSTED)
    with book.transact("review.settle", by) as transaction:
        open_ = {(each.record, each.field) for each in _of_record(book, question.record, question.entity)}
        if (question.record, question.field) not in open_:
            raise Refused("Mục này đã được xem lại rồi.")
        transaction.settle(entities()[question.entity], question.record, question.field, chosen.wire)
        return transaction.changes


def tasks(book: Book) -> Iterator[Task]:
    """A task for each field; who wrote a third value beside it stands among the others."""
    for (entity, record, field), group in groupby(questions(book), attrgetter("entity", "record", "field")):
        asked = list(group)
        first, values = asked[0], (asked[0].now, *(each.other for each in asked))
        choices = () if first.money else tuple(
            Choice(_word(place, len(values)), partial(_choose, question=first, chosen=value))
            for place, value in enumerate(values)
        )  # fmt: skip
        told = _POSTED if first.money else _third(values)
        key = ("value", entity, record, field)
        yield Task(key, first.what, first.label, first.now, values[1:], choices, told, telling.page_of(entity, record))


def _word(place: int, many: int) -> str:
    if place == 0:
        return "Giữ giá trị đang dùng"
    return "Lấy giá trị kia" if many == 2 else f"Lấy giá trị {place + 1}"


def _third(values: tuple[Said, ...]) -> str:
    """Only where there are more than two do they need to be told apart from the columns."""
    if len(values) == 2:
        return ""
    told = (f"{place}: {said.text[:60]} ({said.who})" for place, said in enumerate(values, 1))
    return "Nhiều máy cùng sửa ô này. " + "; ".join(told) + "."


def _choose(book: Book, _: Any, by: str, *, question: Question, chosen: Said) -> Done:
    changes = settle(book, question, chosen, by)
    return Done(f"{question.what}: {question.label} là {chosen.text}.", changes.entities)


def _of_record(book: Book, id_: str, entity: str) -> Iterator[Question]:
    declared = entities()[entity]
    history = journal.history(book.db, id_)
    if history is None or history.hidden:
        return
    record, _ = journal.told(declared, id_, history.state.values)
    for name, ops in history.state.overlaps.items():
        field = next((known for known in declared.fields if known.name == name), None)
        if field is None or field.merge not in ("identity", "fixed"):
            continue
        said = [(op, (op.fields or {})[name]) for op in ops]
        now, *others = [telling.side(book, telling.shown(book, field, wire), op, wire) for op, wire in said]
        told = [now.wire]
        for other in others:
            if other.wire not in told:
                told.append(other.wire)
                # A number is an attribute of a voucher: choosing between two moves no money.
                money = field.merge == "fixed" and (entity, name) != ("voucher", "number")
                yield Question(entity, id_, name, telling.named(book, declared, record), field.label, now, other, money)


KIND = Kind(tasks, incoming.overlapping)
