"""How the union writes voucher numbers: a pattern for all, *Quyển số*, and the series of this PC."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop_app.actions import lease
from desktop_app.domain import dates, numbering
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Numbering
from desktop_app.storage import numbering as asked
from desktop_app.storage.book import Book, new_id

COMMON: Mapping[str, str] = {
    "{kind}{MM}/{nn}": "bắt đầu lại mỗi tháng",
    "{kind}-{nnn}/{yyyy}": "bắt đầu lại mỗi năm",
    "{kind}{yyyy}/{nn}": "bắt đầu lại mỗi năm",
    "{kind}-CĐ-{yyyy}-{nnn}": "bắt đầu lại mỗi năm",
}
"""Patterns seen in use, the usual one first."""
_MARK = re.compile(r"[A-Z]")


@dataclass(frozen=True)
class Chosen:
    """How numbers are written now; `series` is this PC's own mark, "" where it gives the plain numbers."""

    pattern: str
    volumes: str
    volume_size: int
    series: str


def chosen(book: Book) -> Chosen:
    """What holds now, chosen or not."""
    known = asked.chosen(book) or build(Numbering, {"id": "", "pattern": numbering.DEFAULT})
    return Chosen(known.pattern, known.volumes, known.volume_size, asked.own_series(book))


def change(book: Book, values: Mapping[str, Any], by: str) -> Chosen:
    """Write numbers so from the next voucher on; those that were given stay. Raises `Refused`.

    `values`: pattern, volumes, volume_size, and `series`, the letter of this PC's own series ("" = the plain one).
    """
    mark = str(values.get("series") or "").strip().upper()
    if mark and not _MARK.fullmatch(mark):
        sentence = "Dãy số riêng của máy là một chữ cái, ví dụ B. Để trống nếu máy này đánh số chính."
        raise Refused([Problem("series", sentence)])
    own = asked.own_series(book)
    if not mark and own and not lease.look(book).here:
        sentence = "Máy này không giữ quyền ghi sổ nên phải có dãy số riêng, ví dụ B, để không trùng số."
        raise Refused([Problem("series", sentence)])
    known = asked.chosen(book)
    with book.transact("numbering.change", by) as transaction:
        given = {name: values.get(name) for name in ("pattern", "volumes", "volume_size")}
        transaction.save(build(Numbering, {**given, "id": known.id if known else new_id()}))
    if mark != own:
        asked.choose_series(book, mark)
    return chosen(book)


def example(pattern: str, series: str, day: date) -> str:
    """What the first payment of a month would be numbered, "" while the pattern is not understood."""
    try:
        written = numbering.read(pattern)
    except ValueError:
        return ""
    return written.number(f"PC.{series}" if series else "PC", dates.month_of(day), 1)
