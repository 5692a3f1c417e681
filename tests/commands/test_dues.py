"""`dues` and `fee` on the command line, as scripts drive them: the documented shapes, nothing beside them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop_app.actions import setup
from tests.test_cli import run
from tests.unions import hire_e2, open_funds


@pytest.fixture
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOCONGDOAN_PASSPHRASE", "mat khau thu")
    setup.make_book(tmp_path / "so", code="40-001", name="CĐCS Công ty May Hưng Lộc", actor="Hoa")
    book = setup.open_book(tmp_path / "so", "mat khau thu")
    hire_e2(book)
    open_funds(book)
    book.close()
    return tmp_path / "so"


def test_e2_dues_and_fee_of_october(profile: Path) -> None:
    code, computed = run(profile, "dues", "compute", "--month", "2026-10")
    assert code == 0
    lines = computed.pop("lines")
    assert computed == {"members": 120, "base": 1211200000, "due": 6056000, "keep": 4239200, "up": 1816800}
    assert len(lines) == 120
    assert {name: type(value) for name, value in lines[0].items()} == {
        "person": str, "base": int, "due": int, "exempt": type(None),
    }  # fmt: skip
    assert run(profile, "fee", "--month", "2026-10") == (0, {
        "base": 1271200000, "due": 25424000, "keep": 19068000, "up": 6356000, "received": 0,
        "deadline": "2026-11-30", "late_from": "2026-12-01", "unpaid_from": "2027-01-30",
    })  # fmt: skip


def test_collecting_answers_the_month_and_makes_one_receipt(profile: Path) -> None:
    code, collected = run(profile, "dues", "collect", "--month", "2026-10", "--fund", "NH")
    assert (code, collected) == run(profile, "dues", "compute", "--month", "2026-10")
    assert run(profile, "dues", "collect", "--month", "2026-10")[0] == 0
    (receipt,) = run(profile, "voucher", "list", "--period", "2026-10")[1]["vouchers"]
    day = min(date.today(), date(2026, 10, 31))
    assert (receipt["kind"], receipt["date"]) == ("BC", day.isoformat())
    assert receipt["lines"] == [{"item": "22", "fund": "NH", "in": 6056000, "out": 0}]


@pytest.mark.parametrize(
    ("words", "field"),
    [(("compute", "--month", "10-26"), "month"), (("collect", "--month", "2026-10", "--fund", "XX"), "fund")],
)
def test_what_cannot_be_understood_is_refused_with_its_field(
    profile: Path, words: tuple[str, ...], field: str
) -> None:
    code, answer = run(profile, "dues", *words)
    assert (code, answer["error"]["problems"][0]["field"]) == (1, field)
    assert run(profile, "voucher", "list", "--period", "2026-10")[1]["vouchers"] == []
