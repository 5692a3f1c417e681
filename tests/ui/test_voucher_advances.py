"""*Tạm ứng, bù trừ* by keyboard: an advance is given, settled with money back, and dues kept back are booked gross."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.records import Fund, Voucher
from desktop_app.storage import ledger
from desktop_app.storage.book import Book
from desktop_app.ui.frame import Frame
from desktop_app.ui.pages.vouchers.advances import Advances
from desktop_app.ui.pages.vouchers.page import Vouchers
from tests.actions.october import FIRST, LAST
from tests.ui.voucher_desk import Keys, numbered, opened


@pytest.fixture
def frame(qtbot: QtBot, october: Book, settings: QSettings) -> Iterator[Frame]:
    yield from opened(qtbot, october, settings, (Vouchers, Advances))


def test_an_advance_is_given_and_settled(qtbot: QtBot, frame: Frame, october: Book) -> None:
    keys = Keys(qtbot)
    page = frame.open("advances")
    assert isinstance(page, Advances)
    assert page.table.empty.sentence().startswith("Không còn khoản tạm ứng")
    keys.press(Qt.Key.Key_F3)
    vouchers = frame.current()
    assert isinstance(vouchers, Vouchers)
    vouchers.form.form.set_values({"party": "Lê Thị Hường", "text": "Tạm ứng hội thao", "amount": 5_000_000})
    vouchers.form.save()
    assert numbered(october, "PC10/04").lines[0].party == "Lê Thị Hường"
    assert vouchers.table.current().moved == 5_000_000

    frame.open("advances")
    assert page.cards["open"].figure() == "5.000.000 ₫"
    assert page.table.model.row(0).number == "PC10/04"
    page.table.pick(lambda one: True)
    shown: list[Path] = []
    page.printer.show = shown.append
    page.print_request()
    assert "GIẤY ĐỀ NGHỊ TẠM ỨNG" in pypdf.PdfReader(shown[0]).pages[0].extract_text()

    keys.press(Qt.Key.Key_F2)
    asked = page.asking
    asked.activateWindow()
    qtbot.waitUntil(asked.isActiveWindow)
    asked.lines.grid.setFocus()
    keys.type("32")
    keys.enter()
    keys.type("4tr2")
    keys.enter()
    assert asked.comes_to.text() == "Đã chi 4.200.000 ₫ · hoàn lại 800.000 ₫ · sau 0 ngày"
    keys.control(Qt.Key.Key_S)
    assert [(v.number, v.text) for v in october.all(Voucher)][-2:] == [
        ("KT10/01", "Thanh toán tạm ứng PC10/04"), ("PT10/03", "Hoàn tạm ứng PC10/04"),
    ]  # fmt: skip
    assert page.table.model.rowCount() == 0
    page.printer.paper("C43-BB", numbered(october, "KT10/01").id)
    paper = " ".join(pypdf.PdfReader(shown[1]).pages[0].extract_text().split())
    for text in ("Mẫu số C43-BB", "I. Số tiền tạm ứng 5.000.000", "II. Số tiền đã chi 4.200.000", "(I − II) 800.000"):
        assert text in paper
    vouchers = frame.open("vouchers")
    vouchers.open_at(numbered(october, "KT10/01").id)
    assert "Phiếu kế toán KT10/01" in vouchers.form.title.text()
    vouchers.correct()
    assert "Hãy hủy phiếu rồi lập lại" in vouchers.banner.text()
    vouchers.open_at(numbered(october, "PT10/03").id)
    vouchers.ask = lambda *_: "Nộp thiếu"
    vouchers.correct()
    vouchers.form.form.set_values({"amount": 700_000})
    vouchers.form.save()
    frame.open("advances")
    assert [(one.number, one.open) for one in page.table.model.all()] == [("PC10/04", 100_000)]


def test_what_is_wrong_in_a_settlement_stands_in_its_row(frame: Frame, october: Book) -> None:
    page = frame.open("advances")
    page.desk.go("vouchers", {"new": "PC", "item": "-", "text": "Tạm ứng", "party": "Lan", "amount": 1_000_000})
    frame.current().form.save()
    frame.open("advances")
    asked = page.settle()
    asked.lines.show_rows([{"item": "32", "amount": "hai"}])
    asked.post()
    assert asked.lines.said.text().startswith("Dòng 1: ")
    asked.lines.show_rows([{"item": "32", "amount": 1_200_000}])
    asked.form.set_values({"fund": ""})
    asked.post()
    assert asked.form.fields["fund"].below().startswith("Hãy chọn quỹ tiền mặt")
    assert len(list(october.all(Voucher))) == 14
    asked.reject()


def test_setting_off_books_both_sides_in_full(frame: Frame, october: Book) -> None:
    page = frame.open("advances")
    asked = page.set_off()
    asked.form.set_values({"amount_in": 19_068_000, "amount_out": 1_816_800, "text": "KPCĐ tháng 10, trừ đoàn phí"})
    asked.do()
    made = numbered(october, "BC10/05")
    bank = next(fund for fund in october.all(Fund) if fund.code == "NH")
    assert ledger.item_totals(october, FIRST, LAST)["28.01"] == (2 * 19_068_000, 0)
    assert ledger.fund_book(october, bank, FIRST, LAST).closing == 56_736_650 + 17_251_200
    assert [line.item for line in made.lines] == ["28.01", "28.01", "39"]
    assert QApplication.activeModalWidget() is None
