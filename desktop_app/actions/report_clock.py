"""By when the yearly reports are handed in: what the first page says of them before and after that day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from desktop_app.domain import dates
from desktop_app.domain.errors import Refused
from desktop_app.storage import filings, overview
from desktop_app.storage.book import Book
from desktop_app.storage.rules import rules

_BEFORE, _AFTER = 30, 90  # days
_NAMES = {"B07": "Quyết toán", "B14": "Dự toán"}


@dataclass(frozen=True)
class Due:
    """A yearly report that is not handed in: its form and year, and the days left (below 0: over)."""

    form: str
    year: int
    day: date
    left: int

    @property
    def words(self) -> str:
        """As the first page says it."""
        named = f"{_NAMES[self.form]} năm {self.year} chưa nộp: hạn {dates.show_day(self.day)}"
        if self.left < 0:
            return f"{named}, đã quá {-self.left} ngày."
        return f"{named}, còn {self.left} ngày." if self.left else f"{named}, là hôm nay."


def waiting(book: Book, today: date) -> Iterator[Due]:
    """The reports of money whose day is near or over and that nobody has handed in."""
    if not (first := overview.begun(book)):
        return
    begun = int(first[:4])
    for form, years in (("B07", (-1, 0)), ("B14", (0, 1))):
        for year in (today.year + step for step in years):
            with suppress(Refused):
                day = rules(book).report_due(form, year)
                kept = begun <= year if form == "B07" else begun < year
                if day is None or not kept or not -_AFTER <= (left := (day - today).days) <= _BEFORE:
                    continue
                if filings.state(book, form, str(year)).state == filings.DRAFT:
                    yield Due(form, year, day, left)
