"""How a record, a value and who wrote it are told in *Cần xem lại*."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desktop_app.actions.review.task import Said
from desktop_app.domain.fields import Entity, Field
from desktop_app.domain.records import Person, PersonPair
from desktop_app.domain.wire import value_from_wire
from desktop_app.storage import person_file, same
from desktop_app.storage.book import Book
from sync.protocol import Op

_PAGES = {"voucher": "vouchers", "person": "members"}


def side(book: Book, text: str, op: Op, wire: Any = None) -> Said:
    """What an entry says, by whom, at which PC and when."""
    when = datetime.fromtimestamp((op.hlc >> 16) / 1000).astimezone()
    return Said(text, f"{op.actor} ({'máy này' if op.device == book.device else 'máy khác'})", when, wire)


def shown(book: Book, field: Field, wire: Any) -> str:
    """A value as it is read; what cannot be read as it stands."""
    try:
        value = value_from_wire(field, wire)
    except ValueError:
        return str(wire)
    if field.kind == "flag":
        return "Có" if value else "Không"
    return person_file.said(book, field, value) or ("0" if field.kind in ("money", "whole") else "(trống)")


def named(book: Book, declared: Entity, record: Any) -> str:
    """What a person would call it: a name or a number; of what belongs to a person, the person's too."""
    if isinstance(record, PersonPair):
        both = (same.entered(book.db, id_) for id_ in (record.one, record.other))
        return f"{declared.label} {', '.join(person.name for person in both if person)}"
    own = next((str(text) for part in ("name", "number", "text", "form") if (text := getattr(record, part, ""))), "")
    person: str = getattr(record, "person", "")
    if not own and person:
        of = book.get(Person, person)
        own = of.name if of else ""
    return f"{declared.label} {own}".strip()


def page_of(entity: str, record: str) -> tuple[str, Any] | None:
    """The page that opens a record, and its target there."""
    page = _PAGES.get(entity)
    return (page, record) if page else None
