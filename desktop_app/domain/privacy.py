"""Marks on fields of sensitive records: which text is a key of the catalogue, which a value told by its list."""

from __future__ import annotations

NOT_FOR_ALL = frozenset({"sensitive", "access"})
"""Wire names of the entities that lists, sheets and histories leave out unless somebody with the right asks."""


def check_key(given: str) -> str:
    """A key of the catalogue of sensitive fields, as it is."""
    return given


def check_value(given: str) -> str:
    """A value: "list/code" or plain words, as it is."""
    return given
