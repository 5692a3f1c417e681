"""A workbook with scratches in any of its parts is read, refused or trouble; never anything else, nothing half stored."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.actions.importing import import_workbook
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.domain.records import Union
from desktop_app.storage.book import Book
from tests.exchange.books import FUNDS, LAN, PC, PEOPLE_HEAD, PT, UNION, VOUCHER_HEAD, workbook

SHEETS = {"Đơn vị": UNION, "Quỹ": FUNDS, "Người lao động": [PEOPLE_HEAD, LAN], "Chứng từ": [VOUCHER_HEAD, PT, PC]}
STRAY = (b"99999999999", b'<c r="XFD1048576"><v>1</v></c>', b"&#0;", b't="s"', b"-1", b"\0", b"\xff", b"<", b'"')


def scratch(content: bytes, chance: random.Random) -> bytes:
    """Some bytes taken out, put in, or the rest cut off."""
    at = chance.randrange(len(content) + 1)
    way = chance.randrange(3)
    if way == 0:
        return content[:at] + content[at + chance.randint(1, 40) :]
    if way == 1:
        return content[:at] + chance.choice(STRAY) + content[at:]
    return content[:at]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32))
def test_a_scratched_workbook_is_read_refused_or_trouble(seed: int) -> None:
    chance = random.Random(seed)
    with TemporaryDirectory() as name:
        folder = Path(name)
        with zipfile.ZipFile(workbook(folder / "a.xlsx", SHEETS, font=".VnTime")) as packed:
            parts = {part: packed.read(part) for part in packed.namelist()}
        hurt = chance.choice(sorted(parts))
        parts[hurt] = scratch(parts[hurt], chance)
        with zipfile.ZipFile(folder / "b.xlsx", "w") as packed:
            for part, content in parts.items():
                packed.writestr(part, content)
        book = Book.create(folder / "book.db", bytes(32), "40-001")
        try:
            import_workbook(book, folder / "b.xlsx", "Hoa")
            assert len(list(book.all(Union))) == 1
        except (Refused, Trouble):
            assert book.verify().entries == 0
        assert book.verify().first_fault is None
        book.close()
