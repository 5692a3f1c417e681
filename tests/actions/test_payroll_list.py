"""The company's payroll list of October comes in: new, gone and changed-wage people are shown before anything is stored.

By hand (0,5 %): An 8.200.000 -> 9.000.000: 45.000, deducted 45.000. Bình 7.777.777: 38.889, deducted 38.800. Cúc is
not on the list. Dung is new with 6.000.000: 30.000 deducted, so a member. Giang is new without a deduction: a worker.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktop_app.actions import dues
from desktop_app.actions.importing import undo
from desktop_app.actions.intake.old_books import BookPlan, Options, Request, carry_out_book, plan_book
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import Dues, Person, Voucher, Wage
from desktop_app.exchange.lists import Shape
from desktop_app.storage import payroll
from desktop_app.storage.book import Book
from tests.exchange.books import workbook
from tests.unions import found_union, hire, open_funds

OCTOBER = "2026-10"
LIST: list[list[Any]] = [
    ["CÔNG TY CP MAY HƯNG LỘC"], ["BẢNG LƯƠNG THÁNG 10 NĂM 2026"],
    ["TT", "Họ và tên", "Số CCCD", "Lương đóng BHXH", "Thực lĩnh", "Trừ đoàn phí"],
    [1, "Hồ Thị An", "040188004321", "9.000.000", 8_500_000, 45_000],
    [2, "Lô Văn Bình", "", 7_777_777, 0, 38_800],
    [3, "Vi Thị Dung", "040190001234", 6_000_000, 5_500_000, 30_000],
    [4, "Hà Văn Giang", "", 6_500_000, "", ""],
    [5, "Lô Văn Bình", "", 7_777_777, 0, 38_800],
    [6, "Cao Văn Hải", "", "nghỉ", "", ""],
    ["", "Tổng cộng", "", 37_055_554, 14_000_000, 152_600],
]  # fmt: skip


@pytest.fixture
def three(book: Book) -> Book:
    found_union(book)
    open_funds(book)
    hire(book, "Hồ Thị An", 8_200_000, cccd="040188004321")
    hire(book, "Lô Văn Bình", 7_777_777)
    hire(book, "Vi Thị Cúc", 6_500_000)
    return book


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    return workbook(tmp_path / "luong.xlsx", {"Luong": LIST})


def tried(book: Book, path: Path, **told: Any) -> BookPlan:
    return plan_book(book, Request(path, "payroll", Shape(), Options(2026, month=OCTOBER, **told)))


def test_everything_is_shown_and_nothing_stored(three: Book, listed: Path) -> None:
    plan = tried(three, listed, fund="NH")
    assert plan.counts == {"new": 2, "changed": 2, "gone": 1, "same": 0, "refused": 2}
    shown = {(row.kind, row.name): row.differs or row.problem for row in plan.rows if row.kind != "refused"}
    assert shown == {
        ("changed", "Hồ Thị An"): (("Lương đóng BHXH", "8.200.000", "9.000.000"), ("Lương thực lĩnh", "", "8.500.000")),
        ("changed", "Lô Văn Bình"): (("Đoàn phí", "38.889", "38.800"),),
        ("new", "Vi Thị Dung"): "Chưa có trong sổ: vào danh sách là đoàn viên.",
        ("new", "Hà Văn Giang"): "Chưa có trong sổ: vào danh sách là người lao động.",
        ("gone", "Vi Thị Cúc"): "Nếu đã thôi việc, hãy ghi ở trang Biến động.",
    }
    assert [row.problem[:36] for row in plan.rows if row.kind == "refused"] == [
        "Lô Văn Bình đã có ở một dòng trên. H", "Lương đóng BHXH: “nghỉ” chưa rõ là b",
    ]  # fmt: skip
    assert "".join(plan.notes) == (
        "1 người bị trừ khác số chương trình tính; số đã trừ được ghi theo tệp."
        " Đoàn phí đã trừ của 3 người, 113.800 ₫: một phiếu BC."
    )
    assert (len(list(three.all(Person))), list(three.all(Dues)), list(three.all(Voucher))) == (3, [], [])


def test_wages_and_payments_are_stored_at_once_and_only_once(three: Book, listed: Path) -> None:
    carried = carry_out_book(three, tried(three, listed, fund="NH"), "Hoa")
    assert (carried.done.stored, len({fault.row for fault in carried.done.refused})) == (4, 2)
    assert carried.returned is not None
    (made,) = three.all(Voucher)
    assert (made.kind, made.number, made.month, made.party) == ("BC", "BC10/01", OCTOBER, "3 đoàn viên, trừ qua lương")
    assert made.lines[0].amount_in == 113_800
    lines = {line.name: (line.due, line.paid) for line in dues.compute(three, OCTOBER).lines}
    assert lines == {
        "Hồ Thị An": (45_000, 45_000), "Lô Văn Bình": (38_889, 38_800), "Vi Thị Cúc": (32_500, 0),
        "Vi Thị Dung": (30_000, 30_000),
    }  # fmt: skip
    assert dues.compute(three, "2026-09").due == 112_389
    assert payroll.month_base(three, OCTOBER)[:2] == (5, 35_777_777)
    again = tried(three, listed, fund="NH")
    assert (again.counts["new"], again.counts["changed"], again.counts["same"]) == (0, 1, 4)
    undo(three, carried.done.undo or "", "Hoa")
    assert (len(list(three.all(Person))), len(list(three.all(Wage))), dues.compute(three, OCTOBER).paid) == (3, 3, 0)


def test_without_a_fund_only_wages_are_stored(three: Book, listed: Path) -> None:
    plan = tried(three, listed)
    assert "Tệp đã trừ 113.800 ₫ đoàn phí; chưa chọn quỹ nên chỉ ghi lương, chưa ghi thu." in plan.notes[0]
    carry_out_book(three, plan, "Hoa")
    assert list(three.all(Voucher)) == []
    assert dues.compute(three, OCTOBER).paid == 0


def test_a_list_without_its_month_and_a_deduction_of_a_worker_are_refused(three: Book, tmp_path: Path) -> None:
    hire(three, "Hà Văn Giang", 6_500_000, member=False)
    rows = [["Họ và tên", "Lương đóng BHXH", "Đoàn phí"], ["Hà Văn Giang", 6_500_000, 32_500]]
    path = workbook(tmp_path / "luong.xlsx", {"Luong": rows})
    with pytest.raises(Refused, match="tháng của bảng lương"):
        plan_book(three, Request(path, "payroll", Shape(), Options(2026)))
    plan = tried(three, path, fund="TM")
    assert "không phải đoàn viên mà bị trừ đoàn phí" in plan.rows[0].problem
