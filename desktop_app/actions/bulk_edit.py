"""One value for one field of many people, in one transaction, and the way back from it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from desktop_app.actions import members, movements
from desktop_app.domain.amounts import format_amount
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import Field, build, entity_of
from desktop_app.domain.records import Person
from desktop_app.storage import movements as written
from desktop_app.storage.book import Book, Transaction

FIELDS = ("team", "workplace", "job", "contract", "hired", "education", "joined", "registered", "sex", "note")
"""What many people may share. Names and numbers are of one person each; whether somebody is a member, paused or gone,
movements say."""

_ASKS_BEYOND = 10  # per cent of everybody


@dataclass(frozen=True)
class Done:
    """What was changed: the field, the value given, and of each person (id) who had another one the old and the new."""

    field: Field
    value: Any
    changed: tuple[tuple[str, Any, Any], ...]


def fields() -> list[Field]:
    """The declarations of `FIELDS`."""
    return [entity_of(Person).field(name) for name in FIELDS]


def asks(many: int, everybody: int) -> bool:
    """Is this so much of the list that the user is asked to say so?"""
    return many > 1 and 100 * many > _ASKS_BEYOND * everybody


def checked(name: str, value: Any) -> Any:
    """The value as a record holds it. Raises `Refused` as the form of one person does, or for another field."""
    if name not in FIELDS:
        raise Refused([Problem("field", "Hãy chọn thông tin cần sửa trong danh sách.")])
    return getattr(build(Person, {"id": "", "name": "?", name: value}), name)


def change(
    book: Book, persons: Sequence[str], name: str, value: Any, by: str, *,
    step: Callable[[int, int], object] | None = None,
) -> Done:
    """Give these people (ids) one value of a field, "" or None empties it; all of them or nobody.

    `step` hears how far it is. Raises `Refused` for a field that is not of `FIELDS`, for a value that the form of one
    person would refuse, and with the person's name if it does not go with the rest of a record.
    """
    declared, probe = entity_of(Person).field(name), checked(name, value)
    changed = []
    with book.transact("members.bulk", by) as transaction:
        for number, id_ in enumerate(persons, 1):
            person = members.person_of(book, id_)
            old = getattr(person, name)
            if old != probe and (new := _set(book, transaction, person, declared, probe)) != old:
                changed.append((id_, old, new))
            if step is not None:
                step(number, len(persons))
    return Done(declared, probe, tuple(changed))


def put_back(book: Book, done: Done, by: str, *, step: Callable[[int, int], object] | None = None) -> int:
    """Give everybody the old value again, but not who was changed since; answers how many. `step` as in `change`."""
    with book.transact("members.bulk_back", by) as transaction:
        still = [
            (person, old)
            for id_, old, new in done.changed
            if (person := book.get(Person, id_)) is not None and getattr(person, done.field.name) == new
        ]
        for number, (person, old) in enumerate(still, 1):
            _set(book, transaction, person, done.field, old)
            if step is not None:
                step(number, len(still))
        return len(still)


def told(done: Done) -> str:
    """What was done, in a sentence."""
    many = f"{format_amount(len(done.changed))} người"
    return f"Đã ghi {done.field.label} cho {many}." if done.value else f"Đã bỏ trống {done.field.label} của {many}."


def _set(book: Book, transaction: Transaction, person: Person, field: Field, value: Any) -> Any:
    """Store the value with the checks of the form; answers it as it was stored."""
    changed = dataclasses.replace(person, **{field.name: value})
    try:
        if field.name == "joined" and written.written(book, person.id):
            changed = movements.move_entry(book, transaction, person, value)
        return getattr(members.enter(book, transaction, changed), field.name)
    except Refused as refused:
        named = [Problem(field.name, f"{person.name}: {problem.problem}") for problem in refused.problems]
        raise Refused(named) from None
