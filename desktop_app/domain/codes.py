"""A value of an official code list, always with the list it is of: "dan-toc-1979/02" is Tày of QĐ 121-TCTK/PPCĐ.

The same thing has other numbers in other lists (the census counts Mường as 04, the list of 1979 as 06), so a bare
code means nothing. The lists themselves are data (`resources/catalogues/codes.toml`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

_FORM = re.compile(r"([a-z0-9-]{2,30})/([A-Za-z0-9.]{1,12})")


class Code(NamedTuple):
    """One entry of a list: the list's id and the code in it."""

    of: str
    code: str

    def __str__(self) -> str:
        return f"{self.of}/{self.code}"


def check_code(given: str) -> str:
    """A list and a code as "list/code". Raises ValueError with a sentence for anything else."""
    if not _FORM.fullmatch(given):
        raise ValueError(f"“{given}” không phải mã trong danh mục. Hãy chọn trong danh sách.")
    return given


def parted(text: str) -> Code | None:
    """The list and the code of a checked value, None of any other text."""
    found = _FORM.fullmatch(text)
    return Code(found[1], found[2]) if found else None
