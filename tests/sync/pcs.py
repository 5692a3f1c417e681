"""PCs of a union: real encrypted books in folders of their own, and what their users do."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from desktop_app.actions import sync
from desktop_app.domain.fields import build, entities
from desktop_app.domain.records import Fund, Person
from desktop_app.storage.book import Book, new_id
from tests.conftest import KEY
from tests.server.running import Running

UNION, NAME = "40-001", "Công đoàn Công ty May Sông Lam"


def new_book(folder: Path, union: str = UNION) -> Book:
    """A fresh book in a folder of its own."""
    return Book.create(folder / "book.db", KEY, union)


def enrolled(folder: Path, server: Running, *, first: bool = False) -> Book:
    """A fresh book whose PC the server knows (`first`: the unit is added)."""
    book = new_book(folder)
    sync.enrol(book, server.url, server.enrolment_code(UNION, NAME if first else ""))
    return book


def save(book: Book, record: Any) -> Any:
    """One verb that saves one record."""
    with book.transact("members.edit", "Trần Thị Hoa") as transaction:
        return transaction.save(record)


def edit(book: Book, record: Any, **values: Any) -> Any:
    """Change fields of a record as the book holds it now."""
    held = book.get(type(record), record.id)
    assert held is not None
    return save(book, dataclasses.replace(held, **values))


def a_person(name: str = "Nguyễn Văn Thắng", **values: Any) -> Person:
    return build(Person, {"id": new_id(), "name": name, **values})


def a_fund(code: str = "TM") -> Fund:
    return build(Fund, {"id": new_id(), "code": code, "kind": "Tiền mặt"})


def dump(book: Book) -> dict[str, list[Any]]:
    """Every row of a book, in order of id: equal in two books that hold the same."""
    assert book.verify().first_fault is None
    return {name: sorted(map(repr, book.all(declared.record))) for name, declared in entities().items()}
