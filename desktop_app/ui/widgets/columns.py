"""The columns of a table: what a row's value is, and how each kind is read, sorted, found and copied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from PySide6.QtCore import Qt

from desktop_app.domain import amounts, dates, vietnamese

Kind = Literal["text", "name", "money", "whole", "day", "month", "state", "flag", "glyph"]

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class State:
    """A state to show as a pill; tones: ok, warn, bad, info, quiet."""

    text: str
    tone: str = "quiet"


@dataclass(frozen=True)
class Glyph:
    """A small picture (mdi6 name) that says `text`, which is its tooltip and what is copied and found."""

    name: str
    text: str
    tone: str = "muted"


@dataclass(frozen=True)
class Column:
    """One typed column. `value` takes a row; None shows nothing. Widths are at 100 % of the font size.

    A "day" with `short` shows day and month where the year is plain. Kind "name" sorts a person's name by given name,
    in Vietnamese order. `right` sets words at the right edge. `total` adds the column at the foot;
    `counts` of the table says which rows are added. `tone` colours the text of a cell (ok, warn, bad, muted).
    Where a table is narrow, columns with the highest `gives_way` are hidden first; those of 0 stay.
    """

    key: str
    heading: str
    value: Callable[[Any], Any]
    kind: Kind = "text"
    width: int = 110
    total: bool = False
    stretch: bool = False
    shown: bool = True
    hint: str = ""
    short: bool = False
    right: bool = False
    gives_way: int = 0
    tone: Callable[[Any], str] | None = None
    bold: Callable[[Any], bool] | None = None

    @property
    def is_figure(self) -> bool:
        return self.kind in ("money", "whole")

    @property
    def align(self) -> Qt.AlignmentFlag:
        return _RIGHT if self.is_figure or self.right else _LEFT


def shown(column: Column, value: Any) -> str:
    """The value as it is read on the screen."""
    if value is None or value == "":
        return ""
    if column.is_figure:
        return amounts.format_amount(value)
    if column.kind == "day":
        full = dates.show_day(value) if isinstance(value, date) else str(value)
        return full[:5] if column.short else full
    if column.kind == "month":
        return dates.show_month(str(value))
    if column.kind == "state":
        return value.text if isinstance(value, State) else str(value)
    if column.kind == "glyph":
        return value.text if isinstance(value, Glyph) else str(value)
    if column.kind == "flag":
        return "✓" if value else ""
    return str(value)


def copied(column: Column, value: Any) -> str:
    """The value as a cell of Excel takes it: bare digits, dates dd/MM/yyyy, no tabs or line ends."""
    if column.is_figure and value is not None:
        return str(value)
    if column.kind == "flag":
        return "x" if value else ""
    if column.kind == "day" and isinstance(value, date):
        return dates.show_day(value)
    return " ".join(shown(column, value).split())


def sorted_by(column: Column, value: Any) -> tuple[bool, Any]:
    """The key by which the column sorts; empty cells come last."""
    if value is None or value == "":
        return (True, 0 if column.is_figure else "")
    if column.is_figure:
        return (False, value)
    if column.kind == "flag":
        return (False, "0" if value else "1")
    if column.kind == "name":
        return (False, vietnamese.sort_key(str(value)))
    if column.kind == "day" and isinstance(value, date):
        return (False, value.isoformat())
    if column.kind == "month":
        return (False, str(value))
    return (False, vietnamese.fold(shown(column, value)))
