"""*Sổ sách*: every book of October on the screen, as it is printed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.actions import vouchers
from desktop_app.domain.records import CashCount, Voucher
from desktop_app.ui import files
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.books.page import Books


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Books:
    made = Books(desk)
    qtbot.addWidget(made)
    made.resize(1100, 640)
    made.open_at({"period": "2026-10"})
    made.show()
    desk.touched.connect(lambda touched: made.refresh() if touched & made.reads else None)
    return made


def seen(page: Books) -> list[dict[str, Any]]:
    assert page.table is not None
    columns = page.table.model.columns
    return [{column.key: column.value(row) for column in columns} for row in page.table.model.all()]


def test_the_cash_book_of_the_month_with_opening_rows_and_closing(page: Books) -> None:
    rows = seen(page)
    assert page.which.text() == "S11-H · Sổ quỹ tiền mặt: Tiền mặt"
    assert (rows[0]["text"], rows[0]["balance"]) == ("Số dư đầu kỳ", 8500000)
    assert [(row["receipt"] or row["payment"], row["balance"]) for row in rows[1:6]] == [
        ("PT10/01", 11900000), ("PC10/01", 10400000), ("PC10/02", 4900000), ("PT10/02", 10900000),
        ("PC10/03", 10260000),
    ]  # fmt: skip
    assert [row["text"] for row in rows[6:]] == ["Cộng phát sinh trong kỳ", "Số dư cuối kỳ"]
    assert page.sums.text() == (
        "Đầu kỳ 8.500.000   ·   Thu trong kỳ 9.400.000   ·   Chi trong kỳ 7.640.000   ·   Cuối kỳ 10.260.000"
    )


def test_every_book_is_on_the_shelf_and_opens(page: Books) -> None:
    assert [book.key for book in page.shelf] == ["S11/TM", "S12/NH", "S82", "S81", "S31", "S18", "S26"]
    page.which.choose("S12/NH")
    assert seen(page)[-1]["balance"] == 56736650
    page.which.choose("S82")
    rows = seen(page)
    assert (rows[0]["10"], rows[-2]["in"], rows[-2]["out"], rows[-1]["50"]) == (50800000, 35127150, 18930500, 66996650)
    assert "24" not in rows[0]  # a mục without money has no column here
    page.which.choose("S81")
    assert len(seen(page)) == 8
    page.which.choose("S31")
    assert page.banner.text() == ""
    page.period.choose("2026")
    page.which.choose("S11/TM")
    assert "Cộng tháng 10/2026" not in [row["text"] for row in seen(page)][:3]


def test_rows_are_found_in_the_whole_book_and_the_picked_one_stays_picked(page: Books, desk: Desk) -> None:
    assert page.table is not None
    page.period.choose("2026")
    page.table.pick(lambda row: row.cells.get("payment") == "PC10/03")
    page.table.model.find("qua 20/10")
    assert [(row["payment"], row["balance"]) for row in seen(page)] == [("PC10/02", 4900000)]
    assert page.table.count.text() == "1/9 dòng"
    page.table.model.filter_column(0, "khong co")
    assert page.table.empty.sentence().startswith("Không có dòng nào khớp")
    page.table.clear_filters()
    page.table.model.filter_column(0, "")
    page.table.pick(lambda row: row.cells.get("payment") == "PC10/03")
    paid = next(voucher for voucher in desk.book.all(Voucher) if voucher.number == "PC10/01")
    vouchers.cancel(desk.book, paid.id, "Nhầm", "Hoa")
    desk.changed({"voucher"})
    assert page.table.current().cells["payment"] == "PC10/03"
    assert page.table.current().cells["balance"] == 10260000 + 1500000
    page.table.pick_line(7)
    desk.changed({"voucher"})
    assert page.table.current().cells["text"] == "Số dư cuối kỳ"


def test_a_row_opens_its_voucher(qtbot: QtBot, page: Books) -> None:
    assert page.table is not None
    page.table.pick(lambda row: row.cells.get("payment") == "PC10/02")
    with qtbot.waitSignal(page.desk.wanted) as opened:
        qtbot.keyClick(page.table.view, Qt.Key.Key_Return)
    key, id_ = opened.args
    voucher = page.desk.book.get(Voucher, id_)
    assert key == "vouchers"
    assert voucher is not None
    assert voucher.number == "PC10/02"


def test_a_book_is_printed_and_written_for_its_fund(
    page: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(files, "show", opened.append)
    page.which.choose("S12/NH")
    page._print(page._papers.pdf)
    assert opened[0].name == "S12_NH_2026-10.pdf"
    assert opened[0].read_bytes().startswith(b"%PDF")
    monkeypatch.setattr(files, "to_save", lambda *_: tmp_path / "s12.xlsx")
    page._print(page._papers.xlsx)
    assert (tmp_path / "s12.xlsx").stat().st_size > 3000


def test_the_cash_box_is_counted_by_keyboard_and_the_minutes_open(
    qtbot: QtBot, page: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(files, "show", opened.append)
    asked = page.count_cash()
    assert asked is not None
    assert (asked.booked.text(), asked.differs.text()) == ("10.260.000", "thiếu 10.260.000")
    for value, count in ((500000, "18"), (200000, "5"), (100000, "2"), (50000, "1"), (5000, "1")):
        qtbot.keyClicks(asked.notes[value], count)
        qtbot.keyClick(asked.notes[value], Qt.Key.Key_Return)
    assert asked.focusWidget() is asked.notes[2000]
    assert (asked.counted.text(), asked.differs.text()) == ("10.255.000", "thiếu 5.000")
    asked.print_minutes()
    assert "Quỹ thiếu 5.000 so với sổ" in asked.foot.fields["reason"].below()
    assert opened == []
    asked.foot.set_values({"reason": "chưa rõ"})
    asked.print_minutes()
    assert opened[0].read_bytes().startswith(b"%PDF")
    asked.save()
    (kept,) = page.desk.book.all(CashCount)
    assert kept.reason == "chưa rõ"
    again = page.count_cash()
    assert again is not None
    assert again.counts()[500000] == 18
    again.reject()


def test_all_money_is_handed_over_to_another_union(page: Books, desk: Desk) -> None:
    asked = page.ask_hand_over()
    asked.form.set_values({"day": date(2026, 10, 31), "receiver": "CĐCS Sông Lam", "document": ""})
    asked.do()
    assert "quyết định" in asked.form.fields["document"].below()
    asked.form.set_values({"document": "QĐ 15 ngày 20/10/2026"})
    asked.do()
    paid = [voucher for voucher in desk.book.all(Voucher) if voucher.party == "CĐCS Sông Lam"]
    assert sum(line.amount_out for voucher in paid for line in voucher.lines) == 66996650
