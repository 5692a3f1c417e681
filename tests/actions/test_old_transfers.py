"""Old books: money between two funds is one voucher whichever book comes first; mã of before HD 47 are turned; dues above
the rate are told apart."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop_app.actions import dues_terms
from desktop_app.actions.importing import undo
from desktop_app.actions.intake.old_books import Options, Request, carry_out_book, plan_book
from desktop_app.domain.dates import Period
from desktop_app.domain.fields import build
from desktop_app.domain.records import Dues, Fund, Person, Voucher
from desktop_app.exchange.lists import Shape
from desktop_app.reports.settlement import settle
from desktop_app.storage import ledger
from desktop_app.storage.book import Book, new_id
from tests.exchange.books import workbook
from tests.unions import found_union, hire

CASH: list[list[Any]] = [
    ["Ngày", "Số phiếu thu", "Số phiếu chi", "Diễn giải", "Thu", "Chi", "Tồn"],
    ["", "", "", "Số dư đầu năm", "", "", 1_000_000],
    ["05/01/2026", "PT01", "", "Rút TGNH nhập quỹ", 5_000_000, "", 6_000_000],
    ["06/01/2026", "", "PC01", "Văn phòng phẩm", "", 200_000, 5_800_000],
    ["20/01/2026", "", "PC02", "Nộp tiền mặt vào tài khoản", "", 800_000, 5_000_000],
]
BANK: list[list[Any]] = [
    ["Ngày", "Số chứng từ", "Diễn giải", "Gửi vào", "Rút ra", "Còn lại"],
    ["05/01/2026", "UNC03", "Rút tiền mặt", "", 5_000_000, 15_000_000],
    ["21/01/2026", "BC07", "Nộp tiền mặt vào tài khoản", 800_000, "", 15_800_000],
    ["25/01/2026", "BN04", "Phí ngân hàng", "", 22_000, 15_778_000],
]


@pytest.fixture
def funds(book: Book) -> Book:
    found_union(book)
    told = (("TM", "Tiền mặt", 1_000_000, ""), ("NH", "Tiền gửi", 20_000_000, "Agribank"))
    with book.transact("setup", "Hoa") as transaction:
        for code, kind, opening, bank in told:
            facts = {"code": code, "kind": kind, "opening": opening, "bank": bank, "opened": "01/01/2026"}
            transaction.save(build(Fund, {"id": new_id(), **facts}))
    return book


def take(book: Book, path: Path, fund: str, year: int = 2026) -> dict[str, int]:
    plan = plan_book(book, Request(path, "cash", Shape(), Options(year, fund, "25.02", "33")))
    carry_out_book(book, plan, "Hoa")
    return {kind: count for kind, count in plan.counts.items() if count}


def papers(book: Book) -> list[tuple[str, str, str, str]]:
    return [(v.kind, v.number, v.counterpart, v.lines[0].item) for v in book.all(Voucher)]


@pytest.mark.parametrize("first", ["TM", "NH"])
def test_a_move_that_both_books_tell_is_one_voucher_and_no_income(funds: Book, tmp_path: Path, first: str) -> None:
    files = {"TM": workbook(tmp_path / "tm.xlsx", {"S11": CASH}), "NH": workbook(tmp_path / "nh.xlsx", {"S12": BANK})}
    second = "NH" if first == "TM" else "TM"
    assert take(funds, files[first], first) == {"new": 3}
    assert take(funds, files[second], second) == {"new": 1, "same": 2}
    assert {(fund, take(funds, files[fund], fund)["same"]) for fund in files} == {("TM", 3), ("NH", 3)}
    numbers = {fund.id: fund.code for fund in funds.all(Fund)}
    held = {numbers[id_]: amount for id_, amount in ledger.balances(funds, date(2026, 1, 31)).items()}
    assert held == {"TM": 5_000_000, "NH": 15_778_000}
    cells = settle(funds, Period.parse("2026-01")).cells
    assert (cells["tong_thu"], cells["tong_chi"], cells["33"]) == (0, 222_000, 222_000)
    moved = sorted(row for row in papers(funds) if not row[3])
    expected = [("PC", "PC02", "BC07"), ("UNC", "UNC/PT01", "PT01")] if first == "TM" else [
        ("PC", "PC/BC07", "BC07"), ("UNC", "UNC03", "PT01")]  # fmt: skip
    assert [row[:3] for row in moved] == expected
    assert funds.verify().first_fault is None


def test_two_alike_moves_stay_two_and_an_unclear_end_goes_back(funds: Book, tmp_path: Path) -> None:
    rows = [CASH[0], *[[f"0{day}/01/2026", f"PT0{day}", "", "Rút tiền gửi", 2_000_000, "", ""] for day in (5, 6)]]
    path = workbook(tmp_path / "tm.xlsx", {"S11": rows})
    assert take(funds, path, "TM") == {"new": 2}
    assert take(funds, path, "TM") == {"same": 2}
    with funds.transact("setup", "Hoa") as transaction:
        transaction.save(build(Fund, {"id": new_id(), "code": "NH2", "kind": "Tiền gửi", "bank": "BIDV"}))
    rows = [CASH[0], ["09/01/2026", "PT09", "", "Rút tiền gửi", 1_000_000, "", ""],
            ["10/01/2026", "PT10", "", "Rút tiền gửi BIDV", 1_000_000, "", ""]]  # fmt: skip
    plan = plan_book(funds, Request(workbook(tmp_path / "2.xlsx", {"S": rows}), "cash", Shape(), Options(2026, "TM")))
    assert (plan.counts["new"], [row.problem for row in plan.rows]) == (
        1, ["Chuyển tiền với quỹ tiền gửi, nhưng có nhiều quỹ như vậy. Hãy ghi thêm tên ngân hàng vào nội dung."],
    )  # fmt: skip


def test_codes_of_before_2022_are_turned_by_their_day_and_kept_in_the_text(funds: Book, tmp_path: Path) -> None:
    head = ["Ngày", "Số", "Diễn giải", "Mục", "Thu", "Chi"]
    old = [head, ["05/03/2021", "1", "Đoàn phí quý I", "23", 3_000_000, ""], ["06/03/2021", "2", "Cấp trên cấp", "25", 1_000_000, ""],
           ["07/03/2021", "3", "Thăm hỏi", "33", "", 500_000], ["08/03/2021", "4", "Nộp cấp trên", "37", "", 900_000]]  # fmt: skip
    for fund in list(funds.all(Fund)):
        with funds.transact("setup", "Hoa") as transaction:
            transaction.save(build(Fund, {"id": fund.id, "code": fund.code, "kind": fund.kind, "opened": "01/01/2021"}))
    path = workbook(tmp_path / "2021.xlsx", {"TM": old})
    plan = plan_book(funds, Request(path, "cash", Shape(), Options(2021, "TM")))
    assert plan.notes == ("Mã mục của mẫu cũ đã đổi sang mã hiện nay: 23 → 22, 25 → 28.01, 33 → 31, 37 → 39.",)
    done = carry_out_book(funds, plan, "Hoa").done
    assert [(v.lines[0].item, v.text) for v in funds.all(Voucher)] == [
        ("22", "Đoàn phí quý I (mục cũ 23)"), ("28.01", "Cấp trên cấp (mục cũ 25)"), ("31", "Thăm hỏi (mục cũ 33)"),
        ("39", "Nộp cấp trên (mục cũ 37)"),
    ]  # fmt: skip
    cells = settle(funds, Period.of_year(2021)).cells
    assert (cells["22"], cells["28"], cells["31"], cells["39"]) == (3_000_000, 1_000_000, 500_000, 900_000)
    undo(funds, done.undo or "", "Hoa")
    new = [head, ["05/03/2021", "1", "Đoàn phí", "22", 3_000_000, ""], ["06/03/2021", "2", "Phụ cấp", "34.02", "", 500_000]]
    plan = plan_book(funds, Request(workbook(tmp_path / "moi.xlsx", {"TM": new}), "cash", Shape(), Options(2021, "TM")))
    carry_out_book(funds, plan, "Hoa")
    assert (plan.notes, [v.lines[0].item for v in funds.all(Voucher)]) == ((), ["22", "34.02"])


def test_a_grid_of_dues_tells_the_part_above_the_rate(book: Book, tmp_path: Path) -> None:
    found_union(book)
    hire(book, "Hồ Thị An", 8_200_000)
    (person,) = book.all(Person)
    given = {"from_month": "10/2026", "percent": "1 %", "basis": "Lương đóng BHXH", "document": "NQ 05"}
    dues_terms.resolve(book, given, "Hoa")
    rows = [["Họ và tên", "T9", "T10", "T11", "T12"], [person.name, 41_000, 82_000, 60_000, 30_000]]
    path = workbook(tmp_path / "dp.xlsx", {"2026": rows})
    carry_out_book(book, plan_book(book, Request(path, "dues", Shape(), Options(2026))), "Hoa")
    assert sorted((one.month[5:], one.amount, one.above) for one in book.all(Dues)) == [
        ("09", 41_000, 0), ("10", 82_000, 41_000), ("11", 60_000, 19_000), ("12", 30_000, 0),
    ]  # fmt: skip
