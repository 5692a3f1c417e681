"""Old cash books, bank books and grids of dues come in, once, tried first; what is wrong goes back; all can be undone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop_app.actions import members, vouchers
from desktop_app.actions.importing import undo
from desktop_app.actions.intake.old_books import BookPlan, Options, Request, carry_out_book, plan_book
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Dues, Fund, Voucher
from desktop_app.exchange.lists import Shape
from desktop_app.storage.book import Book, new_id
from tests.exchange.books import workbook

S11: list[list[Any]] = [
    ["SỔ QUỸ TIỀN MẶT"], ["Năm 2026"],
    ["Ngày tháng ghi sổ", "Số hiệu chứng từ", "", "Diễn giải", "Số tiền", "", "", "Ghi chú"],
    ["", "Thu", "Chi", "", "Thu", "Chi", "Tồn", ""],
    ["A", "B", "C", "D", 1, 2, 3, "E"],
    ["", "", "", "Số dư đầu năm", "", "", 1_000_000, ""],
    ["05/01", "01", "", "Thu đoàn phí tháng 01", 700_000, "", 1_700_000, ""],
    ["", "", "1", "Thăm hỏi đoàn viên ốm", "", 200_000, 1_500_000, ""],
    [date(2026, 1, 20), "", "2", "Công tác phí đi Vinh", "", 150_000, 1_350_000, ""],
    ["", "", "", "Cộng phát sinh tháng 1", 700_000, 350_000, "", ""],
    ["31/02", "", "3", "Mua nước uống", "", 50_000, 1_300_000, ""],
    ["10/02", "", "4", "Văn phòng phẩm", "", "một trăm", 1_300_000, ""],
]  # fmt: skip


@pytest.fixture
def cash(book: Book) -> Fund:
    fund = build(Fund, {"id": new_id(), "code": "TM", "name": "Tiền mặt", "kind": "Tiền mặt", "opening": 1_000_000, "opened": "01/01/2026"})
    with book.transact("setup", "Hoa") as transaction:
        return transaction.save(fund)


def tried(book: Book, path: Path, subject: str = "cash", **told: Any) -> BookPlan:
    return plan_book(book, Request(path, subject, Shape(), Options(2026, **told)))


def posted(book: Book) -> list[tuple[str, str, str, str, int]]:
    return [
        (v.kind, v.number, v.day.isoformat() if v.day else "", v.lines[0].item, v.lines[0].amount_in - v.lines[0].amount_out)
        for v in book.all(Voucher)
    ]


def test_a_cash_book_becomes_vouchers_with_their_numbers(book: Book, cash: Fund, tmp_path: Path) -> None:
    plan = tried(book, workbook(tmp_path / "s11.xlsx", {"S11": S11}), fund="TM", item_out="33")
    assert plan.counts == {"new": 3, "same": 0, "refused": 2}
    assert [(row.row, row.problem) for row in plan.rows] == [
        (11, "Ngày tháng ghi sổ: “31/02” không phải là ngày. Hãy ghi đủ ngày/tháng/năm, ví dụ 05/10/2026."),
        (12, "Chi: “một trăm” chưa rõ là bao nhiêu đồng, hãy gõ đủ số, ví dụ 1.250.000 hoặc 1tr25."),
    ]  # fmt: skip
    assert plan.notes == ("Cột tồn khớp với thu, chi ở cả 5 dòng.",)
    assert posted(book) == []
    carried = carry_out_book(book, plan, "Hoa")
    assert (carried.done.stored, carried.done.merged, len(carried.done.refused)) == (3, 0, 2)
    assert carried.returned is not None
    assert posted(book) == [
        ("PT", "PT01", "2026-01-05", "22", 700_000),
        ("PC", "PC1", "2026-01-05", "31", -200_000),
        ("PC", "PC2", "2026-01-20", "33", -150_000),
    ]
    again = plan_book(book, plan.request)
    assert again.counts == {"new": 0, "same": 3, "refused": 2}
    assert book.verify().first_fault is None


def test_a_balance_that_does_not_add_up_is_told_and_a_row_without_item_goes_back(
    book: Book, cash: Fund, tmp_path: Path
) -> None:
    rows: list[list[Any]] = [["Ngày", "Diễn giải", "Thu", "Chi", "Tồn"], ["1/1/2026", "Bán giấy vụn", 90_000, "", 1_090_000],
            ["2/1/2026", "Thu khác", 10_000, "", 1_200_000]]  # fmt: skip
    plan = tried(book, workbook(tmp_path / "so.xlsx", {"Sổ": rows}), fund="TM")
    assert plan.notes == ("Dòng 3: tồn trong tệp là 1.200.000, tính ra 1.100.000. Hãy xem lại trước khi nhập.",)
    assert [row.problem[:24] for row in plan.rows] == ["Chưa rõ mục thu, chi. Hã"] * 2
    with pytest.raises(Refused, match="Hãy chọn quỹ"):
        tried(book, tmp_path / "so.xlsx")
    with pytest.raises(Refused, match="Diễn giải"):
        tried(book, workbook(tmp_path / "x.xlsx", {"Sổ": [["Ngày", "Thu"], ["1/1/2026", 5]]}), fund="TM")


def test_the_vouchers_of_an_import_are_taken_back_until_one_follows(book: Book, cash: Fund, tmp_path: Path) -> None:
    path = workbook(tmp_path / "s11.xlsx", {"S11": S11})
    done = carry_out_book(book, tried(book, path, fund="TM", item_out="33"), "Hoa").done
    undo(book, done.undo or "", "Hoa")
    assert posted(book) == []
    again = carry_out_book(book, tried(book, path, fund="TM", item_out="33"), "Hoa").done
    assert len(posted(book)) == 3
    line = {"item": "31", "fund": cash.id, "amount_out": 5_000}
    vouchers.write(book, {"kind": "PC", "day": date(2026, 3, 1), "month": "2026-03", "text": "Thăm hỏi", "lines": [line]}, "Hoa")
    with pytest.raises(Refused, match="đã có phiếu khác được lập"):
        undo(book, again.undo or "", "Hoa")
    assert len(posted(book)) == 4
    assert book.verify().first_fault is None


def test_a_grid_of_dues_gives_what_each_member_paid(book: Book, tmp_path: Path) -> None:
    for name, cccd in (("Lê Thị Lan", "040190001234"), ("Trần Văn Đức", "040085001234"), ("Lê Thị Lan", "040199001234")):
        members.add(book, {"name": name, "cccd": cccd}, "Hoa")
    rows: list[list[Any]] = [
        ["TT", "Họ và tên", "Số CCCD", "Tháng", "", "", "Cộng"], ["", "", "", 1, 2, 3, ""],
        [1, "Lê Thị Lan", "040190001234", 40_000, 40_000, "", 80_000],
        [2, "Trần Văn Đức", "", "32.500", "-", 0, 32_500],
        [3, "Lê Thị Lan", "", 1, "", "", 1],
        [4, "Hồ Thị Mận", "", 40_000, "", "", 40_000],
        ["", "Cộng", "", 112_500, 40_000, 0, 152_500],
    ]  # fmt: skip
    path = workbook(tmp_path / "dp.xlsx", {"2026": rows})
    plan = tried(book, path, "dues")
    assert plan.counts == {"new": 3, "same": 0, "refused": 2}
    assert [(row.row, row.problem[:36]) for row in plan.rows] == [
        (5, "Có 2 người tên Lê Thị Lan. Hãy ghi S"), (6, "Không có người lao động nào mang số "),
    ]  # fmt: skip
    done = carry_out_book(book, plan, "Hoa").done
    assert sorted((one.month, one.amount) for one in book.all(Dues)) == [("2026-01", 32_500), ("2026-01", 40_000), ("2026-02", 40_000)]
    assert plan_book(book, plan.request).counts["same"] == 3
    undo(book, done.undo or "", "Hoa")
    assert list(book.all(Dues)) == []


def test_a_month_paid_otherwise_gives_the_row_back(book: Book, tmp_path: Path) -> None:
    members.add(book, {"name": "Lê Thị Lan", "cccd": "040190001234"}, "Hoa")
    rows: list[list[Any]] = [["Họ tên", "CCCD", "T1", "T2"], ["Lê Thị Lan", "040190001234", 40_000, 40_000]]
    carry_out_book(book, tried(book, workbook(tmp_path / "1.xlsx", {"DP": rows}), "dues"), "Hoa")
    rows[1][2:] = [45_000, 40_000]
    (row,) = tried(book, workbook(tmp_path / "2.xlsx", {"DP": rows}), "dues").rows
    assert row.problem == "Tháng 01/2026 trong sổ đã ghi 40.000. Hãy kiểm tra lại."
