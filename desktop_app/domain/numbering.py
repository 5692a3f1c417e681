"""How voucher numbers are written: "PC10/01" by month, "PC-001/2026" by year; a series counts on without gap.

A pattern is text with {kind}, {MM}, {yyyy}, {yy} and once {n}, {nn}, {nnn} or {nnnn}, the running number with so many
digits at least. It begins anew each month where {MM} stands in it, else each year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

DEFAULT = "{kind}{MM}/{nn}"
VOLUMES = ("", "Theo tháng", "Theo năm", "Theo số phiếu")
"""How *Quyển số* is found: not printed, the month, the year, or so many vouchers a volume."""
_TOKEN = re.compile(r"\{(\w+)\}")
_COUNT = re.compile(r"\{(n{1,4})\}")
_LONGEST = 30


@dataclass(frozen=True)
class Pattern:
    """A pattern that was understood: the texts before and after the running number, and its least digits."""

    before: str
    digits: int
    after: str

    @property
    def monthly(self) -> bool:
        """Whether a series begins anew each month."""
        return "{MM}" in self.before + self.after

    def ends(self, kind: str, month: str) -> tuple[str, str]:
        """What stands before and after the running number in a month ("2026-10")."""
        told = {"kind": kind, "MM": month[5:], "yyyy": month[:4], "yy": month[2:4]}
        return tuple(_TOKEN.sub(lambda found: told[found[1]], text) for text in (self.before, self.after))  # type: ignore[return-value]

    def number(self, kind: str, month: str, count: int) -> str:
        """ "PC10/01" for the first payment of October."""
        before, after = self.ends(kind, month)
        return f"{before}{count:0{self.digits}d}{after}"

    def count(self, kind: str, month: str, number: str) -> int:
        """The running number in a number of this series, 0 if it is of another."""
        before, after = self.ends(kind, month)
        bare = number.removeprefix(before).removesuffix(after) if number.startswith(before) else ""
        return int(bare) if bare.isdecimal() else 0


@cache
def read(pattern: str) -> Pattern:
    """Understand a pattern. Raises `ValueError` with a sentence that says what to mend."""
    counts = _COUNT.findall(pattern)
    if len(counts) != 1:
        raise ValueError("phải có đúng một lần số thứ tự {n}, {nn}, {nnn} hoặc {nnnn}.")
    before, after = _COUNT.split(pattern)[0], _COUNT.split(pattern)[2]
    unknown = [token for token in _TOKEN.findall(before + after) if token not in ("kind", "MM", "yyyy", "yy")]
    if unknown or "{" in _TOKEN.sub("", before + after):
        raise ValueError("chỉ dùng {kind}, {MM}, {yyyy}, {yy} và số thứ tự {nn}.")
    if "{kind}" not in before:
        raise ValueError("phải có {kind} (PT, PC…) đứng trước số thứ tự.")
    plain = _TOKEN.sub("0", before), _TOKEN.sub("0", after)
    if before.endswith("{kind}") or plain[0][-1:].isalnum() or plain[1][:1].isalnum():
        raise ValueError("số thứ tự phải cách chữ và số khác bằng dấu / hoặc dấu -.")
    if len(pattern) > _LONGEST:
        raise ValueError(f"dài {len(pattern)} ký tự, nhiều nhất là {_LONGEST}.")
    return Pattern(before, len(counts[0]), after)


def place(pattern: Pattern, number: str) -> tuple[str, int]:
    """The series a number stands in, with {} for the running number ("PC10/{}"), and its count; ("", 0) if in none."""
    found = re.fullmatch(f"(?P<before>{_any(pattern.before)})(?P<count>\\d+)(?P<after>{_any(pattern.after)})", number)
    if found is None or "{" in number:
        return "", 0
    return f"{found['before']}{{}}{found['after']}", int(found["count"])


@cache
def _any(text: str) -> str:
    """An expression for what may stand in place of a pattern's text."""
    told = {"kind": r"[^\W\d_]+(?:\.[^\W\d_]+)?", "MM": r"\d\d", "yyyy": r"\d{4}", "yy": r"\d\d"}
    parts = _TOKEN.split(text)
    return "".join(told[part] if at % 2 else re.escape(part) for at, part in enumerate(parts))


def checked(pattern: str) -> str:
    """The pattern itself, for the strict door. Raises `ValueError` if it is not understood."""
    read(pattern)
    return pattern


def volume(how: str, size: int, month: str, count: int) -> str:
    """*Quyển số* of a voucher: "10", "2026", the number of its volume of `size` vouchers, or "" where not printed."""
    if how == "Theo tháng":
        return month[5:]
    if how == "Theo năm":
        return month[:4]
    return str((count - 1) // size + 1) if how == "Theo số phiếu" and size and count else ""
