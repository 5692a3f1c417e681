"""The rates in force: the tables shipped with the program, one file an area under `resources/rates`."""

from __future__ import annotations

from functools import cache

import resources
from desktop_app.domain.rules import Rules
from desktop_app.storage.book import Book


def rules(book: Book) -> Rules:
    """The rules this book counts with; every book counts with the shipped ones until its province sends others."""
    return shipped()


@cache
def shipped() -> Rules:
    """The tables of the installed program; they never change while it runs."""
    tables = {}
    for name in resources.names("rates"):
        tables.update(resources.read(name))
    return Rules(tables)
