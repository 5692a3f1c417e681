"""A real encrypted book of 100,000 people, made once through the real write path, with names as frequent as in life."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from desktop_app.actions import setup
from desktop_app.domain.fields import build
from desktop_app.domain.records import Person, Wage
from desktop_app.storage.book import new_id
from tests.bench.sample import version

PEOPLE = 100_000
_A_COMMIT = 5_000
_FAMILIES = {
    "Nguyễn": 38, "Trần": 11, "Lê": 10, "Phạm": 7, "Hoàng": 5, "Phan": 5, "Vũ": 4, "Võ": 3, "Đặng": 2, "Bùi": 2, "Đỗ": 2,
    "Hồ": 2, "Ngô": 2, "Dương": 1, "Lý": 1, "Đinh": 1, "Cao": 1, "Thái": 1, "Lô": 1, "Vi": 1,
}  # fmt: skip
_MIDDLES = ("Văn", "Thị", "Đình", "Quốc", "Thanh", "Ngọc", "Minh", "Hữu", "Thị Thu", "Thị Bích", "Xuân", "Đức", "")
_GIVEN = (
    "An", "Anh", "Ánh", "Ân", "Bảo", "Bình", "Châu", "Chiến", "Cường", "Dung", "Dũng", "Duy", "Đào", "Đạt", "Đức", "Giang",
    "Hà", "Hải", "Hạnh", "Hằng", "Hiền", "Hiếu", "Hoa", "Hòa", "Hoàng", "Hồng", "Hùng", "Huyền", "Hương", "Hường", "Khánh",
    "Kiên", "Lan", "Linh", "Loan", "Long", "Lộc", "Mai", "Mạnh", "Mận", "Minh", "My", "Nam", "Nga", "Ngân", "Ngọc", "Nhung",
    "Oanh", "Phúc", "Phương", "Quân", "Quang", "Quý", "Sơn", "Sương", "Tâm", "Thanh", "Thảo", "Thắng", "Thành", "Thơm",
    "Thu", "Thủy", "Thúy", "Tiến", "Trang", "Trung", "Tuấn", "Tùng", "Vân", "Vinh", "Vượng", "Xuân", "Yến",
)  # fmt: skip


def many(people: int = PEOPLE) -> Path:
    """The profile folder of the book, made now or kept from last time."""
    kept = Path(tempfile.gettempdir()) / f"socongdoan-bench-people-{people}-{version(Path(__file__))}"
    if not kept.exists():
        making = Path(tempfile.mkdtemp(prefix="socongdoan-bench-"))
        _make(making, people)
        try:
            making.rename(kept)
        except OSError:  # somebody made the same meanwhile
            shutil.rmtree(making)
    return kept


def names(count: int, seed: int = 2026) -> Iterator[str]:
    """Names drawn as often as they are met."""
    pick = random.Random(seed)
    families = pick.choices(list(_FAMILIES), list(_FAMILIES.values()), k=count)
    return (" ".join(f"{family} {pick.choice(_MIDDLES)} {pick.choice(_GIVEN)}".split()) for family in families)


def _make(profile: Path, people: int) -> None:
    setup.make_book(profile, code="40-001", name="CĐCS Công ty CP Điện tử Nam Đàn", actor="Bench", first_year=2026)
    book, pick = setup.open_book(profile), random.Random(7)
    try:
        called = list(names(people))
        for start in range(0, people, _A_COMMIT):
            with book.transact("bench.make", "Bench") as transaction:
                for number in range(start, min(start + _A_COMMIT, people)):
                    person = {
                        "id": new_id(), "name": called[number], "sex": pick.choice(("Nam", "Nữ")),
                        "birth": date(pick.randint(1966, 2006), pick.randint(1, 12), pick.randint(1, 28)).isoformat(),
                        "cccd": f"040{pick.randint(0, 3)}{number:08}", "card": f"NA{number:06}",
                        "team": f"Tổ {number % 300 + 1}", "joined": "2020-05-01", "member": number % 20 > 0,
                    }  # fmt: skip
                    transaction.add(build(Person, person))
                    wage = {"id": new_id(), "person": person["id"], "from_month": "2026-01", "insured": 5_000_000 + number}
                    transaction.add(build(Wage, wage))
    finally:
        book.close()
