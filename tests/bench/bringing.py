"""An employer's list of 25,000 people brought into an empty book: tried with the search for duplicates, then stored.

`python -m tests.bench.bringing` prints the seconds of both and the most memory the process held, in MB.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from xlsxwriter import Workbook

from desktop_app.actions.importing import Choices, carry_out, plan_members
from desktop_app.storage.book import Book

PEOPLE = 25_000
_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương")
_MIDDLES = ("Văn", "Thị", "Đình", "Quốc", "Thanh", "Ngọc", "Minh", "Hữu")
_GIVEN = ("An", "Ánh", "Bình", "Đức", "Hường", "Hùng", "Lan", "Yến", "Thắng", "Sương", "Mận", "Quý", "Tuấn", "Vượng")


@dataclass(frozen=True)
class Brought:
    """Seconds to try the list and to store it, and the process's largest memory in MB."""

    tried: float
    stored: float
    memory: int


def in_a_process() -> Brought:
    """What `bringing` takes in a process of its own."""
    done = subprocess.run([sys.executable, "-m", __name__], check=True, stdout=subprocess.PIPE, timeout=300)
    tried, stored, memory = done.stdout.split()
    return Brought(float(tried), float(stored), int(memory))


def bringing(people: int = PEOPLE) -> Brought:
    """Make the list, try it, store it."""
    with tempfile.TemporaryDirectory() as folder:
        path = _made(Path(folder) / "ds.xlsx", people)
        book = Book.create(Path(folder) / "book.db", bytes(32), "40-001")
        try:
            begun = time.perf_counter()
            plan = plan_members(book, path)
            tried = time.perf_counter()
            carry_out(book, plan, Choices(), "Hoa")
            stored = time.perf_counter()
            return Brought(tried - begun, stored - tried, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
        finally:
            book.close()


def _made(path: Path, people: int) -> Path:
    pick = random.Random(2026)
    book = Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("DS")
    sheet.write_row(0, 0, ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Số thẻ", "Tổ", "Mức lương"])
    for number in range(people):
        name = f"{pick.choice(_FAMILIES)} {pick.choice(_MIDDLES)} {pick.choice(_MIDDLES)} {pick.choice(_GIVEN)}"
        birth = f"{pick.randint(1, 28):02}/{pick.randint(1, 12):02}/{pick.randint(1965, 2005)}"
        row = [number + 1, name, birth, pick.choice(("Nam", "Nữ")), f"040{number:09}", f"NA{number:06}"]
        sheet.write_row(number + 1, 0, [*row, f"Tổ {number % 300}", 5_000_000 + number * 100])
    book.close()
    return path


if __name__ == "__main__":
    made = bringing()
    print(made.tried, made.stored, made.memory)
