"""What a list says of a person beside the register's own fields: details that fit are kept, the rest is noted."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from desktop_app.actions.intake.counter import Intake
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import build, entity_of
from desktop_app.domain.records import PersonDetail
from desktop_app.exchange.lists import DETAILS
from desktop_app.storage import person_more
from desktop_app.storage.book import new_id

_NOBODY = "00000000-0000-0000-0000-000000000000"


def fitting(values: dict[str, Any]) -> None:
    """Make the details among a row's values what the record keeps; what does not fit moves to the note.

    A BHXH number always has ten digits: one of nine has lost its 0 in Excel.
    """
    told = {name: values.pop(name) for name in DETAILS if name in values}
    if not told:
        return
    number = str(told.get("insurance", ""))
    if number.isdecimal() and len(number) == 9:
        told["insurance"] = f"0{number}"
    while told:
        try:
            made = build(PersonDetail, {**told, "id": _NOBODY, "person": _NOBODY})
        except Refused as refused:
            for problem in refused.problems:
                label = entity_of(PersonDetail).field(problem.field).label
                aside(values, f"{label}: {told.pop(problem.field)}")
        else:
            values.update({name: getattr(made, name) for name in told})
            return


def aside(values: dict[str, Any], said: str) -> None:
    """Add to the note what is no value of its field."""
    values["note"] = "; ".join(part for part in (str(values.get("note", "")), said) if part)


class Details:
    """The details of everybody in the book, kept up to date while rows come in."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._of: dict[str, list[PersonDetail]] = {}
        for one in intake.book.all(PersonDetail):
            self._of.setdefault(one.person, []).append(one)

    def kind(self, person: str, told: Mapping[str, Any]) -> str:
        """What a row's details are to those kept: "same", "fills" what is empty, or "differs"."""
        if self.merged(person, told, fill=False) == self.of(person):
            return "same"
        return "fills" if self.merged(person, told, fill=True) == self.merged(person, told, fill=False) else "differs"

    def differs(self, person: str, told: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
        """Where a row says otherwise: label, what is kept, what it says."""
        known = self.of(person)
        return [
            (field.label, getattr(known, field.name), told[field.name])
            for field in entity_of(PersonDetail).fields
            if field.name in told and told[field.name] != getattr(known, field.name)
        ]

    def of(self, person: str) -> PersonDetail:
        """The details of a person as one; empty ones where nothing is kept."""
        empty: Any = PersonDetail
        found = self._of.get(person) or [empty(id="", person=person)]
        return person_more.together(found)

    def merged(self, person: str, told: Mapping[str, Any], *, fill: bool) -> PersonDetail:
        """The details with what a row says, only where they are empty if `fill`."""
        known, empty = self.of(person), entity_of(PersonDetail).defaults
        new = {name: value for name, value in told.items() if not fill or getattr(known, name) == empty[name]}
        return dataclasses.replace(known, **new)

    def keep(self, person: str, told: Mapping[str, Any], *, fill: bool) -> bool:
        """Store what a row says; False if it says nothing new."""
        if not told:
            return False
        known, made = self.of(person), self.merged(person, told, fill=fill)
        if made == known:
            return False
        if known.id:
            self._intake.transaction.save(made)
        else:
            made = dataclasses.replace(made, id=new_id())
            self._intake.transaction.add(made)
        self._of[person] = [made, *self._of.get(person, ())[1:]]
        return True
