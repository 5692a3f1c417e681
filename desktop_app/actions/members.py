"""Members and workers: add one, list them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Person, Wage
from desktop_app.storage import members
from desktop_app.storage.book import Book, Changes, new_id


def add(book: Book, values: Mapping[str, Any], by: str) -> tuple[Person, Changes]:
    """Add a worker or member, with a first wage if `wage` (đồng a month) is given.

    Raises `Refused` for wrong values, and for a CCCD or card number another person already has.
    """
    person = build(Person, {**values, "id": new_id()})
    with book.transact("members.add", by) as transaction:
        problems = [
            Problem(field, f"{label} {number} đã là của {owner}. Hãy kiểm tra lại.")
            for field, label, number in (("cccd", "Số CCCD", person.cccd), ("card", "Số thẻ", person.card))
            if number and (owner := members.owner_of(book, field, number))
        ]
        if problems:
            raise Refused(problems)
        transaction.save(person)
        if values.get("wage"):
            wage = {"id": new_id(), "person": person.id, "insured": values["wage"]}
            transaction.save(build(Wage, wage))
        changes = transaction.changes
    return person, changes


def listed(book: Book, query: str = "", *, everyone: bool = False) -> list[dict[str, Any]]:
    """The members (workers too with `everyone`) in Vietnamese name order, as the command line answers them."""
    return [
        {
            "id": person.id, "name": person.name, "birth": person.birth, "sex": person.sex, "cccd": person.cccd,
            "card": person.card, "team": person.team, "joined": person.joined.isoformat() if person.joined else None,
            "member": person.member, "status": "đã thôi" if person.left else "đang sinh hoạt", "wage": wage,
        }
        for person, wage in members.people(book, query, everyone=everyone)
    ]  # fmt: skip
