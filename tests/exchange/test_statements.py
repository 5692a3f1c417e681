"""Bank statements: the files of five banks say the same; amounts, days and gaps are read as the bank meant them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.errors import Refused
from desktop_app.domain.statement import gaps, identities
from desktop_app.exchange.source import Source
from desktop_app.exchange.statement_cells import day_of, money_of
from desktop_app.exchange.statements import Unclear, read
from tests.exchange import statements
from tests.exchange.statements import OCTOBER


@pytest.mark.parametrize(
    ("make", "name", "bank", "account"),
    [
        (statements.vietcombank, "a.xlsx", "Vietcombank", "0101000123456"),
        (statements.bidv, "a.xlsx", "BIDV", "51010000123456"),
        (statements.vietinbank, "a.xlsx", "VietinBank", "110000123456"),
        (statements.agribank_csv, "a.csv", "Agribank", "3601205123456"),
        (statements.signed_csv, "a.csv", "", ""),
    ],
)
def test_every_bank_says_the_same(make: Callable[[Path], Path], name: str, bank: str, account: str, tmp_path: Path) -> None:
    found = read(Source(make(tmp_path / name)))
    assert (found.bank, found.account) == (bank, account)
    assert [(line.day.day, line.amount, line.text) for line in found.lines] == [
        (day, came - out, text) for day, came, out, text, _ in OCTOBER
    ]
    if bank != "Agribank":
        assert found.lines[-1].balance == 56_736_650
    assert list(gaps(found)) == []


def test_what_stands_around_the_table_is_read_too(tmp_path: Path) -> None:
    found = read(Source(statements.vietcombank(tmp_path / "a.xlsx")))
    assert (found.opening, found.closing, found.lines[0].reference) == (42_300_000, 56_736_650, "5243.1")
    assert read(Source(statements.vietinbank(tmp_path / "b.xlsx"))).lines[0].party == "LĐLĐ tỉnh Nghệ An"


def test_a_line_that_is_missing_is_told(tmp_path: Path) -> None:
    path = statements.signed_csv(tmp_path / "a.csv")
    path.write_text("\n".join(line for line in path.read_text("utf-8").splitlines() if "HOI THAO" not in line), "utf-8")
    (told,) = gaps(read(Source(path)))
    assert "số dư đáng lẽ là 65.772.300 ₫ nhưng sao kê ghi 58.572.300 ₫" in told


def test_unknown_headings_are_mapped_by_hand_once(tmp_path: Path) -> None:
    source = Source(statements.strange(tmp_path / "a.xlsx"))
    with pytest.raises(Refused) as refused:
        read(source)
    assert isinstance(refused.value, Unclear)
    told = {refused.value.grid.signature: {"day": "Khi nào", "text": "Việc gì", "in": "Vô", "out": "Ra"}}
    assert read(source, lambda form: told.get(form, {})).lines[0].amount == 19_068_000


def test_the_same_line_has_the_same_id_in_every_file_and_twins_differ(tmp_path: Path) -> None:
    lines = read(Source(statements.bidv(tmp_path / "a.xlsx"))).lines
    ids = [id_ for id_, _ in identities("fund", lines)]
    assert ids == [id_ for id_, _ in identities("fund", lines)]
    assert ids != [id_ for id_, _ in identities("other", lines)]
    assert len({id_ for id_, _ in identities("fund", [lines[0], lines[0]])}) == 2


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1,250,000", 1_250_000), ("1.250.000,00", 1_250_000), ("-52.547 VND", -52_547), ("(150,000)", -150_000),
     ("1,250,000.000", 1_250_000), ("22.5", 22), ("", None), ("-", None)],
)  # fmt: skip
def test_amounts_as_banks_write_them(text: str, amount: int | None) -> None:
    assert money_of(text) == amount


def test_days_as_banks_write_them_and_what_is_none() -> None:
    assert day_of("31/10/2023\n5243.65937") == (date(2023, 10, 31), "5243.65937")
    assert day_of("05/10/2026 08:15:00") == (date(2026, 10, 5), "")
    assert day_of("31/02/2026") is day_of("Cộng") is None
    with pytest.raises(ValueError):
        money_of("hai triệu")


@pytest.mark.parametrize("text", ["Họ tên,Lương\nA,5", "Ngày,Nội dung,Ghi nợ,Ghi có\nCộng,,,"])
def test_what_is_no_statement_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(Refused):
        read(Source(path))
