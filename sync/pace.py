"""How much goes in one round trip: larger pages while the line is quick and whole, smaller ones where it breaks."""

from __future__ import annotations

LEAST_PAGE, LARGEST_PAGE = 4 << 10, 1 << 20
"""Bytes of entries sent, and asked for, in one round trip."""
_QUICK_SECONDS, _SLOW_SECONDS = 3.0, 8.0
_FEW, _MANY = 3, 16


class Pace:
    """The pages of one exchange.

    A line that breaks after fewer than three whole pages of a size gets half of it; one that carries more between its
    breaks would break as often with any. Either way pages grow no further until sixteen of a size came whole.
    """

    def __init__(self) -> None:
        self._most, self._size, self._whole = LARGEST_PAGE, 0, 0

    def broke(self, page: int) -> int:
        """A page of this size was cut; answers the next one's."""
        self._most = page if self._size == page and self._whole >= _FEW else max(LEAST_PAGE, page // 2)
        self._whole = 0
        return self._most

    def came(self, page: int, seconds: float, used: bool) -> int:
        """A page came whole in so long (`used`: it held more than one entry); answers the next one's size."""
        self._whole = used + (self._whole if page == self._size else 0)
        self._size = page
        if self._whole >= _MANY and self._most < LARGEST_PAGE:
            self._most, self._whole = self._most * 2, 0
        if seconds > _SLOW_SECONDS:
            return max(LEAST_PAGE, page // 2)
        return min(self._most, page * 2) if used and seconds < _QUICK_SECONDS else page
