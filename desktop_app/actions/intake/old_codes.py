"""The mã of old cash and bank books (before HD 47/HD-TLĐ), turned into those of today as old settlements are.

The codes were the other way round (22 was the union fee, 23 the dues), so that a row of those years is read by the old
set unless its file uses a mã that this set has not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import resources


class OldCodes:
    """The old set for a file whose rows carry these mã; it answers nothing where the file is written in today's."""

    def __init__(self, codes: Iterable[str]) -> None:
        used = {code.partition(".")[0] if _whole(code) else code for code in codes if code}
        self._forms = [form for form in _forms() if used and used <= {row["code"] for row in form["rows"]}]
        self.turned: dict[str, str] = {}

    def today(self, code: str, day: date) -> str:
        """The mã of today for one of a day, "" if the old set does not hold for it."""
        for form in self._forms:
            if day <= form["until"]:
                row = next((row for row in form["rows"] if row["code"] == code.partition(".")[0]), None)
                if row is not None:
                    self.turned[code] = str(row.get("post", row["to"]))
                    return self.turned[code]
        return ""

    def note(self) -> str:
        """What was turned into what, as a sentence; "" if nothing was."""
        told = ", ".join(f"{old} → {new}" for old, new in sorted(self.turned.items()))
        return f"Mã mục của mẫu cũ đã đổi sang mã hiện nay: {told}." if told else ""


def _whole(code: str) -> bool:
    """Whether a mã with a part below it is one of the old set with a union's own sub-number ("31.2")."""
    return not any(code == known for known in _today())


@cache
def _forms() -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = resources.read("catalogues/old_settlements.toml")["form"]
    return found


@cache
def _today() -> frozenset[str]:
    catalogues = resources.read("catalogues/items.toml")["catalogue"]
    return frozenset(row["code"] for catalogue in catalogues for row in catalogue["item"] if "." in row["code"])
