"""Which rows of a table are looked for, and in which order: its find box, filter row and headings as one question."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop_app.domain import amounts, vietnamese
from desktop_app.ui.widgets.columns import Column, shown, sorted_by

Folded = Callable[[int], str]
"""The words of a row in a column, folded for searching."""


@dataclass(frozen=True)
class Sift:
    """`everywhere` is what stands in the find box, `typed` the filter row by place of the column, `order` the column
    that sorts and whether it goes down (None: as the rows are given)."""

    columns: Sequence[Column]
    everywhere: str = ""
    typed: Mapping[int, str] = field(default_factory=dict)
    order: tuple[int, bool] | None = None

    def __bool__(self) -> bool:
        """Is anything asked?"""
        return bool(self.everywhere or self.typed or self.order)

    def passes(self, row: Any, folded: Folded | None = None) -> bool:
        """Is a row looked for? Every word of the find box is somewhere in it; forgiving."""
        folded = folded or (lambda column: fold(self.columns[column], row))
        for column, text in self.typed.items():
            if not self._holds(row, column, text, folded):
                return False
        return not self.everywhere or self._found(row, folded)

    def line_up(self, rows: Iterable[Any]) -> array[int]:
        """The numbers (`no`) of the rows that are looked for, in the order asked."""
        if self.order is None:
            return array("q", (row.no for row in rows if self.passes(row)))
        place, descending = self.order
        column = self.columns[place]
        kept = [(sorted_by(column, column.value(row)), row.no) for row in rows if self.passes(row)]
        full = sorted((one for one in kept if not one[0][0]), key=lambda one: one[0][1], reverse=descending)
        return array("q", (no for _, no in [*full, *(one for one in kept if one[0][0])]))

    def _found(self, row: Any, folded: Folded) -> bool:
        every = range(len(self.columns))
        return all(any(word in folded(column) for column in every) for word in _parts(self.everywhere)) or any(
            column.kind == "name" and vietnamese.matches(self.everywhere, str(column.value(row) or ""))
            for column in self.columns
        )

    def _holds(self, row: Any, column: int, text: str, folded: Folded) -> bool:
        declared = self.columns[column]
        if declared.is_figure and text[0] in "<>=":
            return _compares(declared.value(row), text)
        return all(word in folded(column) for word in _parts(text))


def fold(column: Column, row: Any) -> str:
    """The words of a row in a column, folded; of an amount its bare digits too."""
    value = column.value(row)
    text = shown(column, value)
    if column.is_figure and value is not None:
        text = f"{text} {value}"
    return vietnamese.fold(text)


def _parts(text: str) -> list[str]:
    return vietnamese.fold(text).split()


def _compares(value: int | None, text: str) -> bool:
    if value is None:
        return False
    try:
        bound = amounts.parse_amount(text.lstrip("<>=").strip())
    except ValueError:
        return True  # half typed
    return {"<": value <= bound, ">": value >= bound, "=": value == bound}[text[0]]
