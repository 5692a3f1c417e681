"""A cash count against the book: what lies in the box, what should, and what is over or missing (đồng)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.domain.amounts import format_amount
from desktop_app.domain.records import Notes


@dataclass(frozen=True)
class Counting:
    """What was counted beside what the book says."""

    counted: int
    booked: int

    @property
    def difference(self) -> int:
        """Above 0 there is more than the book says, below 0 less."""
        return self.counted - self.booked

    @property
    def words(self) -> str:
        """ "khớp sổ", "thừa 5.000" or "thiếu 5.000"."""
        if not self.difference:
            return "khớp sổ"
        return f"{'thừa' if self.difference > 0 else 'thiếu'} {format_amount(abs(self.difference))}"


def count(notes: Iterable[Notes], booked: int) -> Counting:
    """A count of notes against the balance of the book."""
    return Counting(sum(note.value * note.count for note in notes), booked)
