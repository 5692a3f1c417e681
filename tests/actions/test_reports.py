"""A report's way: typed, handed in, returned with notes, corrected, handed in again, accepted, and then final."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop_app.actions import periods, reports, vouchers
from desktop_app.domain.dates import Period
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.domain.fields import build
from desktop_app.domain.records import Submission, Verdict, Voucher
from desktop_app.reports.make import make
from desktop_app.storage import filings
from desktop_app.storage.book import Book, new_id
from sync import protocol
from tests.reports.october import Money, october, year_2026
from tests.unions import found_union, hire, hire_e2

OCTOBER = Period.parse("2026-10")
YEAR = Period.parse("2026")


def answer(book: Book, sent: Submission, state: str, note: str = "", cells: dict[str, str] | None = None) -> None:
    values = {"id": new_id(), "submission": sent.id, "state": state, "note": note, "cells": cells or {}, "day": "5/11/2026"}
    with book.transact("verdict", "LĐLĐ tỉnh") as transaction:
        transaction.save(build(Verdict, values))


def test_a_settlement_goes_up_comes_back_and_is_accepted(book: Book) -> None:
    money = october(book)
    assert filings.state(book, "B07", "2026-10").state == "nháp"
    first = reports.submit(book, "b07", OCTOBER, "Gửi LĐLĐ tỉnh", "Hoa")
    assert (first.version, first.content["cells"]["50"], first.content["totals"]["V.d"]) == (1, 66996650, 0)
    assert first.digest == filings.digest(first.content)
    assert filings.state(book, "B07", "2026-10").state == "đã nộp"
    with pytest.raises(Refused, match="đã nộp lần 1 và số liệu không đổi"):
        reports.submit(book, "B07", OCTOBER, "", "Hoa")

    answer(book, first, "đã tiếp nhận")
    assert filings.state(book, "B07", "2026-10").state == "đã tiếp nhận"
    answer(book, first, "trả lại", "Xem lại quà 20/10", {"31": "50 suất hay 55 suất?"})
    returned = filings.state(book, "B07", "2026-10")
    assert (returned.state, returned.note, returned.notes) == ("trả lại", "Xem lại quà 20/10", {"31": "50 suất hay 55 suất?"})
    assert make(book, "B07", OCTOBER).answer["version"] == 2

    money.post(date(2026, 10, 31), "Điều chỉnh PC10/02", ("31", "TM", 0, -500000), kind="ĐC")
    second = reports.submit(book, "B07", OCTOBER, "Thực tặng 50 suất", "Hoa")
    assert (second.version, second.report, second.content["cells"]["31"]) == (2, first.report, 6500000)
    answer(book, second, "đã duyệt")
    assert filings.state(book, "B07", "2026-10").state == "đã duyệt"
    with pytest.raises(Refused, match="đã được cấp trên duyệt"):
        reports.submit(book, "B07", OCTOBER, "", "Hoa")
    table = make(book, "B07", OCTOBER).report.tables[1]
    assert next(row for row in table.rows if row.code == "31").cells["approved"] == 6500000
    assert [(f.form, f.period, f.state) for f in filings.states(book)] == [("B07", "2026-10", "đã duyệt")]
    assert book.verify().first_fault is None


def test_a_settlement_that_does_not_balance_is_not_handed_in(book: Book) -> None:
    money = october(book)
    money.funds |= Money(book, BT=("Bù trừ", 0, "")).funds
    money.post(date(2026, 10, 30), "Bù trừ dở dang", ("28.01", "BT", 1816800, 0))
    with pytest.raises(Refused, match=r"Quỹ Bù trừ còn lệch 1\.816\.800 đồng"):
        reports.submit(book, "B07", OCTOBER, "", "Hoa")
    assert list(book.all(Submission)) == []
    assert filings.states(book) == []


def test_a_later_settlement_must_begin_where_the_one_handed_in_ended(book: Book) -> None:
    money = october(book)
    reports.submit(book, "B07", OCTOBER, "", "Hoa")
    money.post(date(2026, 10, 31), "Máy khác ghi trước khi biết đã nộp", ("33", "TM", 0, 60000))
    assert make(book, "B07", Period.parse("2026-11")).answer["cells"]["10"] == 66996650  # it counts in the open month
    cash = money.funds["TM"]
    with book.transact("fund.edit", "Hoa") as transaction:
        transaction.save(dataclasses.replace(cash, opening=cash.opening - 60000))
    with pytest.raises(Refused, match=r"Số đầu kỳ 66\.936\.650 khác số cuối kỳ 66\.996\.650"):
        reports.submit(book, "B07", Period.parse("2026-11"), "", "Hoa")


def test_months_of_a_settlement_are_shut_until_it_is_returned_and_for_good_once_accepted(book: Book) -> None:
    money = october(book)
    line = {"item": "31", "fund": money.funds["TM"].id, "amount_out": -500000}
    values = {"kind": "ĐC", "day": "31/10/2026", "text": "Điều chỉnh PC10/02", "lines": [line]}
    first = reports.submit(book, "B07", OCTOBER, "", "Hoa")
    late = vouchers.draft(book, values, "Hoa")
    with pytest.raises(Refused, match=r"Quyết toán tháng 10/2026 đã nộp\. Hãy lập phiếu điều chỉnh ở kỳ sau"):
        vouchers.post(book, late.id, "Hoa")
    answer(book, first, "trả lại", "Xem lại quà 20/10")
    vouchers.post(book, late.id, "Hoa")
    periods.close(book, "2026-10", "Hoa")
    second = reports.submit(book, "B07", OCTOBER, "", "Hoa")
    answer(book, second, "đã duyệt")
    with pytest.raises(Refused, match=r"đã được duyệt"):
        periods.reopen(book, "2026-10", "Sửa thêm", "Hoa")
    gift = next(voucher for voucher in book.all(Voucher) if voucher.number == "PC10/01")
    turned = vouchers.reverse(book, gift.id, "Chi nhầm", "Hoa", today=date(2026, 10, 31))
    assert turned.day == date(2026, 11, 1)


def test_a_book_is_not_handed_in_and_an_empty_period_neither(book: Book) -> None:
    october(book)
    with pytest.raises(Refused, match="S11 là sổ kế toán"):
        reports.submit(book, "S11", OCTOBER, "", "Hoa")
    with pytest.raises(Refused, match="chưa có số liệu"):
        reports.submit(book, "B07", Period.parse("2025"), "", "Hoa")


def test_the_journal_entry_of_a_year_stays_small(book: Book) -> None:
    hire_e2(book)
    year_2026(book)
    sent = reports.submit(book, "B07", YEAR, "Kèm biên bản kiểm quỹ 31/12", "Trần Thị Hoa")
    (op,) = book.ops_of(sent.id)
    raw, _ = protocol.encode(op, None)
    assert len(raw) <= 2048
    with pytest.raises(Refused, match="dài 1599 ký tự, nhiều nhất là 1000"):
        reports.submit(book, "1-HDCD", YEAR, "Báo cáo rất dài " * 100, "Hoa")


def test_the_activity_report_is_computed_typed_and_explained(book: Book) -> None:
    found_union(book)
    hire(book, "Lê Thị Lan", 8000000, sex="Nữ")
    hire(book, "Trần Thị Bé", 6000000, sex="Nữ", member=False)
    hire(book, "Nguyễn Văn Thắng", 10000001, sex="Nam", joined="01/12/2026")
    hire(book, "Hồ Văn Đi", 9000000, sex="Nam", left="01/10/2026")
    made = make(book, "1-HĐCĐ", OCTOBER).answer
    assert list(made) == ["form", "period", "state", "cells", "overridden", "checks"]
    assert (made["form"], made["state"], made["overridden"]) == ("1-HDCD", "nháp", {})
    assert made["cells"] == {
        "1": 3, "2": 2, "3": 0, "4": 0, "5": 8000000, "5.1": 3, "6": 0, "7": 0, "8": 0, "9": 0, "10": 3,
        "TC6.1": 2, "TC6.3": 0, "TC6.4": 0, "TC6.5": 0, "TC6.6": 0, "TC6.7": 0, "TC6.8": 1, "TC6.9": 0,
        "TC6.2": 1, "TC6.2.n": 1,
    }  # fmt: skip

    reports.type_cells(book, "1-HDCD", OCTOBER, {"9": ("3", ""), "7": ("2", "")}, "Hoa")
    with pytest.raises(Refused, match="Chương trình tính ô 1 được 3"):
        reports.type_cells(book, "1-HDCD", OCTOBER, {"1": ("5", "")}, "Hoa")
    with pytest.raises(Refused, match=r"Số người được nhà nước.*“hai”"):
        reports.type_cells(book, "1-HDCD", OCTOBER, {"7": ("hai", "")}, "Hoa")
    reports.type_cells(book, "1-HDCD", OCTOBER, {"1": ("5", "Hai người thử việc chưa có hồ sơ")}, "Hoa")
    made = make(book, "1-HDCD", OCTOBER).answer
    assert (made["cells"]["1"], made["cells"]["7"], made["cells"]["9"]) == (5, 2, 3)
    assert made["overridden"] == {"1": "Hai người thử việc chưa có hồ sơ"}
    sent = reports.submit(book, "1-HDCD", OCTOBER, "", "Hoa")
    assert sent.content["overridden"] == made["overridden"]
    assert sent.content["day"] == "2026-10-31"
    answer(book, sent, "trả lại", "Ghi rõ nhà ở", {"7": "Thiếu?"})
    reports.type_cells(book, "1-HDCD", OCTOBER, {"1": ("", ""), "7": ("1", "")}, "Hoa")
    again = make(book, "1-HDCD", OCTOBER).answer
    assert (again["state"], again["cells"]["1"], again["overridden"]) == ("trả lại", 3, {})
    assert reports.submit(book, "1-HDCD", OCTOBER, "", "Hoa").version == 2


def test_more_women_than_workers_are_not_handed_in(book: Book) -> None:
    found_union(book)
    hire(book, "Lê Thị Lan", 8000000, sex="Nữ")
    reports.type_cells(book, "1-HDCD", OCTOBER, {"3": ("1", ""), "4": ("2", "")}, "Hoa")
    with pytest.raises(Refused, match=r"dòng 4\) là 2, nhiều hơn"):
        reports.submit(book, "1-HDCD", OCTOBER, "", "Hoa")


def test_figures_of_a_half_year_stand_at_the_forms_own_day(book: Book) -> None:
    found_union(book)
    hire(book, "Hồ Văn Đi", 9000000, left="15/06/2026")
    assert make(book, "1-HDCD", Period.parse("2026-H1")).answer["cells"]["1"] == 1
    assert make(book, "1-HDCD", YEAR).answer["cells"]["1"] == 0
    assert "31/05/2026" in make(book, "1-HDCD", Period.parse("2026-H1")).report.period_label


def test_paper_and_excel_are_written_from_one_report(book: Book, tmp_path: Path) -> None:
    october(book)
    for form in ("B07", "S11", "S12", "S82", "S81", "1-HDCD"):
        made = make(book, form, OCTOBER)
        reports.write_pdf(made, tmp_path / "x.pdf")
        reports.write_xlsx(made, tmp_path / f"{form}.xlsx")
        assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")
    sheet = load_workbook(tmp_path / "B07.xlsx").active
    assert sheet is not None
    rows = {row[2].value: row for row in sheet.iter_rows() if len(row) > 4 and isinstance(row[2].value, str)}
    assert (rows["50"][4].value, rows["28.01"][4].value, rows["23"][4].value) == (66996650, 19068000, 0)
    assert rows["50"][4].number_format.startswith("#,##0")
    assert sheet.print_title_rows
    assert not list(tmp_path.glob("*.moi"))
    with pytest.raises(Trouble, match="Không ghi được"):
        reports.write_xlsx(made, tmp_path / "khong-co" / "x.xlsx")
    with pytest.raises(Trouble, match="Không ghi được"):
        reports.write_pdf(made, tmp_path / "khong-co" / "x.pdf")
