"""A union comes in from Excel: what is right is stored, what is wrong comes back with its row, column and reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import load_workbook

from desktop_app.actions import periods
from desktop_app.actions.importing import Imported, import_workbook
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import (
    Balance,
    Budget,
    CashCount,
    Dues,
    Exemption,
    Fund,
    Office,
    Payroll,
    Person,
    Union,
    Voucher,
    Wage,
)  # fmt: skip
from desktop_app.storage import ledger
from desktop_app.storage.book import Book
from tests.exchange.books import (
    FUNDS,
    LAN,
    PC,
    PEOPLE_HEAD,
    PT,
    THANG,
    UNION,
    VOUCHER_HEAD,
    read_in,
    voucher,
    workbook,
)  # fmt: skip

OCTOBER = date(2026, 10, 1), date(2026, 10, 31)
PEOPLE = [PEOPLE_HEAD, LAN, THANG]
TRANSFER = voucher(
    kind="UNC", number="UNC10/01", day="20/10/2026", text="Rút TGNH nhập quỹ", fund="NH", out=6_000_000, to="TM"
)
LAN_CCCD, THANG_CCCD = "040190001234", "040085001234"


def told(done: Imported) -> list[tuple[str, int, str, str]]:
    """Sheet, row, column and value of each fault."""
    return [(fault.sheet, fault.row, fault.column, fault.value) for fault in done.refused]


def one_fault(book: Book, folder: Path, title: str, *rows: list[Any]) -> tuple[tuple[int, str, str], str]:
    """Import a sheet beside good people and funds; its only fault as (row, column, value) and the sentence."""
    sheets = {"Quỹ": FUNDS, "Người lao động": PEOPLE}
    done = read_in(book, folder, {**sheets, title: rows})
    (fault,) = done.refused
    assert fault.sheet == title
    return (fault.row, fault.column, fault.value), fault.problem


def test_people_funds_and_vouchers_are_stored_in_one_transaction(book: Book, tmp_path: Path) -> None:
    done = read_in(
        book, tmp_path, {"Quỹ": FUNDS, "Người lao động": PEOPLE, "Chứng từ": [VOUCHER_HEAD, PT, PC, TRANSFER]}
    )
    assert done.answer() == {
        "stored": {"Đơn vị": 1, "Quỹ": 2, "Người lao động": 2, "Chứng từ": 3},
        "refused": [], "ignored_columns": [], "returned": None,
    }  # fmt: skip
    assert next(book.all(Union)).name == "CĐCS Công ty May Hưng Lộc"
    assert {(p.name, p.birth, p.cccd) for p in book.all(Person)} == {
        ("Lê Thị Lan", "1990", LAN_CCCD),
        ("Nguyễn Văn Thắng", "1985-03-05", THANG_CCCD),
    }
    assert {(w.insured, w.from_month) for w in book.all(Wage)} == {(8_200_000, "2026-01"), (6_500_000, "2026-01")}
    cash, bank = (ledger.fund_book(book, fund, *OCTOBER) for fund in book.all(Fund))
    assert (cash.opening, cash.closing) == (8_500_000, 8_500_000 + 3_400_000 - 1_500_000 + 6_000_000)
    assert (bank.opening, bank.closing) == (42_300_000, 36_300_000)
    assert ledger.item_totals(book, *OCTOBER) == {"22": (3_400_000, 0), "31": (0, 1_500_000)}
    assert book.verify().first_fault is None


def test_the_same_file_twice_changes_nothing(book: Book, tmp_path: Path) -> None:
    loose = voucher(kind="PC", day="25/10/2026", text="Nước họp", item="33", fund="TM", out=640_000)
    sheets = {
        "Quỹ": FUNDS, "Người lao động": PEOPLE, "Chứng từ": [VOUCHER_HEAD, PT, PC, TRANSFER, loose, loose],
        "Số dư khác": [["Loại", "Đối tượng", "Số tiền", "Ngày"], ["Tạm ứng", "Lan", 500_000, "01/10/2026"]],
        "Quỹ lương": [["Tháng", "Số lao động", "Quỹ lương KPCĐ"], ["09/2026", 130, 1_271_200_000]],
        "Miễn đoàn phí": [["Số CCCD", "Từ tháng", "Đến tháng", "Lý do"], [LAN_CCCD, "09/2026", "10/2026", "Thai sản"]],
        "Đoàn phí đã thu": [["Số CCCD", "Tháng", "Số tiền", "Chứng từ"], [LAN_CCCD, "10/2026", 41_000, "PT10/01"]],
        "Chức vụ": [["Số CCCD", "Chức vụ", "Từ"], [LAN_CCCD, "Chủ tịch", "01/01/2025"]],
        "Kiểm quỹ": [["Ngày", "Quỹ", "Mệnh giá", "Số tờ"], ["31/10/2026", "TM", 500_000, 18], ["31/10/2026", "TM", 5000, 1]],
        "Dự toán": [["Năm", "Mục", "Số tiền"], [2026, "31", 150_000_000]],
    }  # fmt: skip
    first = read_in(book, tmp_path, sheets)
    entries = book.verify().entries
    assert not first.refused
    again = read_in(book, tmp_path, sheets)
    assert (again.stored, again.refused) == ({}, ())
    assert again.present == first.stored
    assert book.verify().entries == entries
    kinds = (Person, Wage, Fund, Balance, Voucher, Payroll, Exemption, Dues, Office, CashCount, Budget)
    assert [len(list(book.all(kind))) for kind in kinds] == [2, 2, 2, 1, 5, 1, 1, 1, 1, 1, 1]
    assert [v.number for v in book.all(Voucher)][3:] == ["PC10/02", "PC10/03"]


def test_excel_ate_the_leading_zero_of_a_cccd(book: Book, tmp_path: Path) -> None:
    eaten = [PEOPLE_HEAD, [*LAN[:3], 40_190_001_234, *LAN[4:]]]
    read_in(book, tmp_path, {"Người lao động": eaten})
    assert next(book.all(Person)).cccd == LAN_CCCD


def test_a_later_month_changes_the_wage_and_a_repeated_one_is_refused(book: Book, tmp_path: Path) -> None:
    later = ["", "", "", LAN_CCCD, "", "", 9_000_000, "10/2026"]
    clash = [*LAN[:6], 9_100_000, "10/2026"]
    done = read_in(book, tmp_path, {"Người lao động": [PEOPLE_HEAD, LAN, later, clash]})
    assert done.stored["Người lao động"] == 1
    assert sorted((w.from_month, w.insured) for w in book.all(Wage)) == [("2026-01", 8_200_000), ("2026-10", 9_000_000)]
    assert told(done) == [("Người lao động", 4, "Lương đóng BHXH", "9100000")]
    assert "đã có mức lương khác từ tháng 10/2026" in done.refused[0].problem


@pytest.mark.parametrize(
    ("row", "where", "sentence"),
    [
        (["Lê Thị Lan", "31/02/1990", "Nữ", "040190009999"], (4, "Ngày sinh", "31/02/1990"), "Không có 31/02/1990 trong lịch"),
        (["Lê Thị Lan", "1990", "Nữ", "40190001234"], (4, "Số CCCD", "40190001234"), "Có phải là 040190001234?"),
        (["Lê Thị Lan", "1990", "Nữ", "0401900"], (4, "Số CCCD", "0401900"), "Số CCCD có 12 chữ số"),
        (["Lê Văn Khác", "1990", "Nữ", LAN_CCCD], (4, "Họ và tên", "Lê Văn Khác"), "đã là của Lê Thị Lan, sinh 1990"),
        (["Lê Thị Lan", "1991", "Nữ", LAN_CCCD], (4, "Ngày sinh", "1991"), "đã là của Lê Thị Lan, sinh 1990"),
        (["Hồ Thị Mận", "1992", "Nữ", "040192000001", "T01"], (4, "Số thẻ đoàn viên", "T01"), "Số thẻ T01 đã là của Lê Thị Lan"),
        (["Hồ Thị Mận", "1992", "Bà", "040192000001"], (4, "Giới tính", "Bà"), "Hãy chọn: Nam, Nữ"),
        (["Hồ Thị Mận", "1992", "Nữ", "040192000001", "", "chưa"], (4, "Đoàn viên", "chưa"), "Hãy ghi Có hoặc Không"),
        (["Hồ Thị Mận", "1992", "Nữ", "040192000001", "", "", "tám triệu"], (4, "Lương đóng BHXH", "tám triệu"), "chưa rõ là bao nhiêu đồng"),
        (["Hồ Thị Mận", "1992", "Nữ", "040192000001", "", "", 5, "13/2026"], (4, "Từ tháng", "13/2026"), "Không có tháng 13/2026"),
        (["", "1992", "Nữ", "040192000001"], (4, "Họ và tên", ""), "Hãy nhập Họ và tên."),
    ],
)  # fmt: skip
def test_a_bad_person_is_refused_alone(
    book: Book, tmp_path: Path, row: list[Any], where: tuple[int, str, str], sentence: str
) -> None:
    done = read_in(book, tmp_path, {"Người lao động": [*PEOPLE, row]})
    (fault,) = done.refused
    assert (fault.row, fault.column, fault.value) == where
    assert sentence in fault.problem
    assert done.stored["Người lao động"] == 2
    assert len(list(book.all(Person))) == 2


@pytest.mark.parametrize(
    ("changed", "where", "sentence"),
    [
        ({"day": "35/10/2026"}, (2, "Ngày", "35/10/2026"), "Không có 35/10/2026 trong lịch"),
        ({"day": "hôm qua"}, (2, "Ngày", "hôm qua"), "Hãy ghi đủ ngày/tháng/năm"),
        ({"day": ""}, (2, "Ngày", ""), "Hãy nhập Ngày."),
        ({"kind": "XX"}, (2, "Loại", "XX"), "Hãy chọn: PT, PC, BC, BN, UNC, ĐC"),
        ({"text": ""}, (2, "Nội dung", ""), "Hãy nhập Nội dung."),
        ({"item": "99"}, (2, "Mục", "99"), "Không có mục 99"),
        ({"item": 34}, (2, "Mục", "34"), "Mục 34 là mục tổng"),
        ({"item": ""}, (2, "Mục", ""), "Hãy nhập Mục, hoặc Đối tượng"),
        ({"fund": "KB"}, (2, "Quỹ", "KB"), "Không có quỹ mã “KB”. Các quỹ trong sổ: TM, NH."),
        ({"fund": ""}, (2, "Quỹ", ""), "Hãy nhập Mã quỹ"),
        ({"out": "1,234"}, (2, "Chi", "1,234"), "có thể đọc theo hai cách"),
        ({"out": ""}, (2, "Chi", ""), "Hãy nhập số tiền ở cột Thu hoặc Chi."),
        ({"in_": 5}, (2, "Chi", "500000"), "Một dòng chỉ ghi tiền ở một cột"),
        ({"out": -5}, (2, "Chi", "-5"), "Số tiền âm chỉ dùng trong phiếu điều chỉnh"),
        ({"to": "NH"}, (2, "Mục", "33"), "Phiếu chuyển giữa hai quỹ không có Mục"),
        ({"to": "TM", "item": ""}, (2, "Quỹ đối ứng", "TM"), "Quỹ chuyển đi và quỹ nhận là một"),
        ({"kind": "ĐC", "adjusts": "PC01/99"}, (2, "Điều chỉnh cho", "PC01/99"), "Không thấy phiếu số PC01/99"),
    ],
)
def test_a_bad_voucher_is_refused_at_its_cell(
    book: Book, tmp_path: Path, changed: dict[str, Any], where: tuple[int, str, str], sentence: str
) -> None:
    good = {"kind": "PC", "number": "PC10/05", "day": "25/10/2026", "text": "VPP", "item": 33, "fund": "TM", "out": 500_000}
    at, problem = one_fault(book, tmp_path, "Chứng từ", VOUCHER_HEAD, voucher(**{**good, **changed}), PT)
    assert at == where
    assert sentence in problem
    assert [v.number for v in book.all(Voucher)] == ["PT10/01"]


def test_one_bad_row_refuses_the_whole_voucher_even_if_its_day_cannot_be_read(book: Book, tmp_path: Path) -> None:
    common = {"kind": "PC", "number": "PC10/05", "text": "Hội thao", "fund": "TM", "out": 100_000}
    rows = [
        voucher(**common, day="24/10/2026", item="32"),
        voucher(**common, day="24/10/2026", item="99"),
        voucher(**common, day="24/13/2026", item="32"),
        PT,
    ]
    done = read_in(book, tmp_path, {"Quỹ": FUNDS, "Chứng từ": [VOUCHER_HEAD, *rows]})
    assert sorted(told(done)) == [("Chứng từ", 3, "Mục", "99"), ("Chứng từ", 4, "Ngày", "24/13/2026")]
    assert [v.number for v in book.all(Voucher)] == ["PT10/01"]
    assert done.returned == tmp_path / "so-loi.xlsx"
    returned = load_workbook(done.returned)
    assert returned.sheet_names == ["Đơn vị", "Chứng từ"]
    head, *back = returned.get_sheet_by_name("Chứng từ").to_python()
    assert head == [*VOUCHER_HEAD, "Lỗi"]
    assert [row[2] for row in back] == ["24/10/2026", "24/10/2026", "24/13/2026"]
    assert "cùng dòng 3" in back[0][-1]
    assert "Không có mục 99" in back[1][-1]


def test_rows_of_one_voucher_are_its_lines_and_mended_rows_can_be_read_again(book: Book, tmp_path: Path) -> None:
    common = {"kind": "PC", "number": "PC10/05", "day": "24/10/2026", "fund": "TM"}
    bad = [voucher(**common, text="Hội thao", item="32", out=100_000), voucher(**common, item="nước", out=50_000)]
    done = read_in(book, tmp_path, {"Quỹ": FUNDS, "Chứng từ": [VOUCHER_HEAD, *bad]})
    assert done.returned is not None
    rows = load_workbook(done.returned).get_sheet_by_name("Chứng từ").to_python()
    rows[2][5] = "33"
    mended = workbook(tmp_path / "sua.xlsx", {"Đơn vị": UNION, "Chứng từ": rows})
    again = import_workbook(book, mended, "Hoa")
    assert (again.stored, again.refused, again.ignored_columns) == ({"Chứng từ": 1}, (), ())
    (made,) = book.all(Voucher)
    assert [(line.item, line.amount_out) for line in made.lines] == [("32", 100_000), ("33", 50_000)]


def test_an_offset_moves_no_cash_and_an_advance_has_a_name_instead_of_an_item(book: Book, tmp_path: Path) -> None:
    rows = [
        voucher(kind="BC", number="BC10/01", day="05/10/2026", text="KPCĐ tháng 9", item="28.01", fund="NH", in_=19_068_000),
        voucher(kind="BN", number="BN10/09", day="05/10/2026", text="Đoàn phí nộp lên, bù trừ", item=39, fund="bù trừ", out=1_816_800),
        voucher(kind="PC", number="PC10/09", day="06/10/2026", text="Tạm ứng", debtor="Lê Thị Lan", fund="TM", out=2_000_000),
    ]  # fmt: skip
    done = read_in(book, tmp_path, {"Quỹ": FUNDS, "Chứng từ": [VOUCHER_HEAD, *rows]})
    assert not done.refused
    cash, bank = (ledger.fund_book(book, ledger.fund_of_code(book, code), *OCTOBER) for code in ("TM", "NH"))  # type: ignore[arg-type]
    assert (cash.closing, bank.closing) == (6_500_000, 61_368_000)
    assert ledger.item_totals(book, *OCTOBER) == {"28.01": (19_068_000, 0), "39": (0, 1_816_800)}
    assert [v.lines[0].party for v in book.all(Voucher)] == ["", "", "Lê Thị Lan"]


def test_an_adjusting_voucher_finds_the_same_year_first_then_the_latest_earlier(book: Book, tmp_path: Path) -> None:
    def paid(year: int) -> list[Any]:
        return voucher(kind="PC", number="PC10/02", day=f"20/10/{year}", text="Quà 20/10", item=31, fund="TM", out=5_500_000)

    def adjusting(number: str, day: str, target: str) -> list[Any]:
        return voucher(kind="ĐC", number=number, day=day, text="Sửa", item=31, fund="TM", out="-500.000", adjusts=target)

    funds = [FUNDS[0], ["TM", "Quỹ", "Tiền mặt", 0, "01/01/2024"]]
    rows = [
        adjusting("ĐC11/01", "01/11/2026", "PC10/02"), adjusting("ĐC01/01", "05/01/2027", "PC10/02"),
        adjusting("ĐC11/02", "02/11/2026", "PC10/02/2025"), paid(2024), paid(2025), paid(2026),
    ]  # fmt: skip
    done = read_in(book, tmp_path, {"Quỹ": funds, "Chứng từ": [VOUCHER_HEAD, *rows]})
    assert not done.refused
    by_id = {v.id: v for v in book.all(Voucher)}
    found = {v.number: by_id[v.adjusts].day.year for v in by_id.values() if v.adjusts and by_id[v.adjusts].day}  # type: ignore[union-attr]
    assert found == {"ĐC11/01": 2026, "ĐC01/01": 2026, "ĐC11/02": 2025}


def test_one_month_written_in_two_ways_is_one_month(book: Book, tmp_path: Path) -> None:
    head = [*VOUCHER_HEAD, "Kỳ"]
    rows = [[*PT, date(2026, 9, 1)], [*PT[:3], "Ủng hộ", *PT[4:], "09/2026"], [*PT[:3], "Ủng hộ thêm", *PT[4:], "2026-09"]]
    done = read_in(book, tmp_path, {"Quỹ": FUNDS, "Chứng từ": [head, *rows]})
    assert done.refused == ()
    assert [(v.month, len(v.lines)) for v in book.all(Voucher)] == [("2026-09", 3)]


def test_the_totals_below_a_table_are_nobody_and_nothing(book: Book, tmp_path: Path) -> None:
    people = [*PEOPLE, ["Tổng cộng:", "", "", "", "", "", 14_700_000, ""], ["Tống Công", "1990"]]
    done = read_in(book, tmp_path, {"Người lao động": people, "Quỹ": FUNDS, "Chứng từ": [VOUCHER_HEAD, PT, ["CỘNG", *[""] * 7, 3_400_000]]})
    assert done.refused == ()
    assert sorted(person.name for person in book.all(Person)) == ["Lê Thị Lan", "Nguyễn Văn Thắng", "Tống Công"]
    assert done.stored["Chứng từ"] == 1


def test_nobody_is_born_after_today(book: Book, tmp_path: Path) -> None:
    done = read_in(book, tmp_path, {"Người lao động": [["Họ và tên", "Ngày sinh"], ["Lê Thị Lan", "05/03/2095"]]})
    assert told(done) == [("Người lao động", 2, "Ngày sinh", "05/03/2095")]
    assert "ở sau hôm nay" in done.refused[0].problem


def test_who_left_before_joining_is_refused(book: Book, tmp_path: Path) -> None:
    head = ["Họ và tên", "Ngày vào công đoàn", "Ngày thôi"]
    done = read_in(book, tmp_path, {"Người lao động": [head, ["Lê Thị Lan", "01/01/2026", "31/12/2025"]]})
    assert told(done) == [("Người lao động", 2, "Ngày thôi", "31/12/2025")]
    assert list(book.all(Person)) == []


def test_a_number_used_for_other_content_is_refused(book: Book, tmp_path: Path) -> None:
    read_in(book, tmp_path, {"Quỹ": FUNDS, "Chứng từ": [VOUCHER_HEAD, PT]})
    done = read_in(book, tmp_path, {"Chứng từ": [VOUCHER_HEAD, [*PT[:8], 3_400_001, *PT[9:]]]})
    assert told(done) == [("Chứng từ", 2, "Số", "PT10/01")]
    assert "Số PT10/01 đã dùng cho phiếu ngày 10/10/2026" in done.refused[0].problem
    assert done.nothing


def test_a_closed_month_refuses_its_vouchers(book: Book, tmp_path: Path) -> None:
    read_in(book, tmp_path, {"Quỹ": FUNDS, "Chứng từ": [VOUCHER_HEAD, PT]})
    periods.close(book, "2026-10", "Hoa")
    done = read_in(book, tmp_path, {"Chứng từ": [VOUCHER_HEAD, PT, PC]})
    assert [(fault.row, "khóa sổ" in fault.problem) for fault in done.refused] == [(3, True)]
    assert done.present == {"Đơn vị": 1, "Chứng từ": 1}


@pytest.mark.parametrize(
    ("title", "rows", "where", "sentence"),
    [
        ("Miễn đoàn phí", [["Số CCCD", "Từ tháng"], ["040190009999", "10/2026"]], (2, "Số CCCD", "040190009999"), "Không có người lao động nào"),
        ("Miễn đoàn phí", [["Số CCCD", "Từ tháng", "Đến tháng"], [LAN_CCCD, "10/2026", "09/2026"]], (2, "Đến tháng", "09/2026"), "phải sau Từ tháng"),
        ("Đoàn phí đã thu", [["Số CCCD", "Tháng", "Số tiền", "Chứng từ"], [LAN_CCCD, "10/2026", 41_000, "PT10/77"]], (2, "Chứng từ", "PT10/77"), "Không thấy phiếu số PT10/77"),
        ("Chức vụ", [["Số CCCD", "Chức vụ", "Từ", "Đến"], [LAN_CCCD, "Chủ tịch", "01/10/2026", "01/09/2026"]], (2, "Đến", "01/09/2026"), "phải sau ngày bắt đầu"),
        ("Kiểm quỹ", [["Ngày", "Quỹ", "Mệnh giá", "Số tờ"], ["31/10/2026", "TM", 500_000, 18], ["31/10/2026", "TM", 500_000, 1]], (3, "Mệnh giá", "500000"), "ghi hai lần"),
        ("Kiểm quỹ", [["Ngày", "Quỹ", "Mệnh giá", "Số tờ"], ["31/10/2026", "TM", 500_000, "mười"]], (2, "Số tờ", "mười"), "chưa rõ"),
        ("Kiểm quỹ", [["Ngày", "Quỹ", "Mệnh giá", "Số tờ"], ["31/10/2026", "NH", 500_000, 5]], (2, "Quỹ", "NH"), "không phải quỹ tiền mặt"),
        ("Quỹ lương", [["Tháng", "Số lao động"], ["10/2026", "x"]], (2, "Số lao động", "x"), "chưa rõ là số nào"),
        ("Dự toán", [["Năm", "Mục", "Số tiền"], [2026, "77", 1]], (2, "Mục", "77"), "Không có mục 77"),
        ("Số dư khác", [["Loại", "Đối tượng", "Số tiền"], ["Tạm ứng", "", 1]], (2, "Đối tượng", ""), "Hãy nhập Đối tượng"),
        ("Quỹ lương", [["Tháng", "Số lao động"], ["10.2026x", 5]], (2, "Tháng", "10.2026x"), "chưa rõ là tháng nào"),
    ],
)  # fmt: skip
def test_other_sheets_refuse_at_the_cell(
    book: Book, tmp_path: Path, title: str, rows: list[list[Any]], where: tuple[int, str, str], sentence: str
) -> None:
    at, problem = one_fault(book, tmp_path, title, *rows)
    assert at == where
    assert sentence in problem


def test_another_unions_file_is_refused_whole(book: Book, tmp_path: Path) -> None:
    other = [["Trường", "Giá trị"], ["Mã đơn vị", "40-999"]]
    path = workbook(tmp_path / "khac.xlsx", {"Đơn vị": other, "Quỹ": FUNDS})
    with pytest.raises(Refused, match="của đơn vị mã 40-999, còn sổ này của đơn vị mã 40-001"):
        import_workbook(book, path, "Hoa")
    assert list(book.all(Fund)) == []


@pytest.mark.parametrize(("field", "value", "sentence"), [
    ("Nhóm đoàn phí", 7, "Nhóm đoàn phí 7 không có"), ("Làm tròn đoàn phí", 50, "1, 100, 500 hoặc 1.000"),
    ("Kỳ đóng KPCĐ", "Năm", "Hãy chọn: Tháng, Quý"), ("Phân cấp thu từ ngày", "sớm", "Hãy ghi đủ ngày/tháng/năm"),
])  # fmt: skip
def test_a_bad_field_of_the_union_is_told_and_the_rest_goes_on(
    book: Book, tmp_path: Path, field: str, value: object, sentence: str
) -> None:
    path = workbook(tmp_path / "so.xlsx", {"Đơn vị": [*UNION, [field, value]], "Quỹ": FUNDS})
    done = import_workbook(book, path, "Hoa")
    assert told(done) == [("Đơn vị", 4, field, str(value))]
    assert sentence in done.refused[0].problem
    assert done.stored == {"Quỹ": 2}


def test_the_union_may_stand_beside_row_numbers_and_explained_labels(book: Book, tmp_path: Path) -> None:
    rows = [["STT", "Trường", "Giá trị"], [1, "Mã đơn vị:", "40-001"], [2, "TEN DON VI", "CĐCS May"],
            [3, "Làm tròn đoàn phí (1/100/500/1.000 đ)", "1.000 đ"], [4, "Màu cờ", "Đỏ"]]  # fmt: skip
    done = import_workbook(book, workbook(tmp_path / "so.xlsx", {"Đơn vị": rows}), "Hoa")
    union = next(book.all(Union))
    assert (union.name, union.dues_step, done.refused) == ("CĐCS May", 1000, ())


def test_columns_in_any_order_without_marks_and_an_unknown_one_reported(book: Book, tmp_path: Path) -> None:
    rows = [["Danh sach"], [], ["so cccd", "Màu áo", "HO VA TEN", "ngay sinh"], [LAN_CCCD, "Xanh", "Lê Thị Lan", 1990]]
    done = read_in(book, tmp_path, {"nguoi lao dong": rows, "Linh tinh": [["gì đó"]]})
    assert done.ignored_columns == ("Màu áo",)
    assert done.ignored_sheets == ("Linh tinh",)
    assert next(book.all(Person)).birth == "1990"


def test_a_sheet_without_the_columns_it_needs_is_told(book: Book, tmp_path: Path) -> None:
    done = read_in(book, tmp_path, {"Quỹ": [["Mã quỹ", "Tên quỹ"], ["TM", "Quỹ"]]})
    assert told(done) == [("Quỹ", 1, "Loại", "")]
    assert done.refused[0].problem == "Trang Quỹ thiếu cột Loại."


def test_stopping_midway_stores_nothing(book: Book, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, of: int, text: str) -> None:
        assert (of, text) == (60, "Người lao động")
        raise Stopped

    rows = [[f"Người {n}", "1990", "Nữ", f"0401900{n:05}"] for n in range(60)]
    path = workbook(tmp_path / "so.xlsx", {"Đơn vị": UNION, "Người lao động": [PEOPLE_HEAD[:4], *rows]})
    with pytest.raises(Stopped):
        import_workbook(book, path, "Hoa", stop)
    assert (list(book.all(Person)), list(book.all(Union))) == ([], [])
