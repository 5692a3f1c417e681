"""The words of forms and papers in this book: as shipped, with what the province sent and the union corrected since.

They are kept as dated figures are (`storage/rules`), under names like "B07/title".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import resources
from desktop_app.domain import form_texts
from desktop_app.domain.form_texts import Entry, Source, Text
from desktop_app.storage import rules
from desktop_app.storage.book import Book


def changed(book: Book, id_: str, since: date, day: date) -> Mapping[str, Any]:
    """The corrected texts of a form in force on a day, by path: those of since its version is in force (`since`)."""
    found = {}
    for name, entries in rules.worded(book, id_).items():
        fitting = [entry for entry in entries if since <= entry["from"] <= day]
        if fitting:
            found[name.partition("/")[2]] = fitting[-1]["value"]
    return found


def of(book: Book, id_: str, entry: Entry, day: date) -> Entry:
    """An entry of a data file with its corrected texts of a day."""
    mine = changed(book, id_, entry["from"], day)
    return form_texts.with_texts(entry, mine) if mine else entry


@cache
def declared() -> Mapping[str, Any]:
    """Which texts can be corrected, and how they are called."""
    return resources.read("catalogues/texts.toml")


@cache
def sources() -> Mapping[str, Source]:
    """Every form and paper whose texts can be corrected, by id."""
    return {source.id: source for source in form_texts.sources(declared(), resources.read, resources.names)}


def text(name: str, day: date) -> tuple[Source, Text] | None:
    """The text of a name like "B07/title" in the version of a day, as shipped; None if there is none."""
    id_, _, path = name.partition("/")
    source = sources().get(id_)
    if source is None:
        return None
    found = next((one for one in form_texts.texts(declared(), source.on(day)) if one.path == path), None)
    return (source, found) if found else None
