"""Many vouchers at once on *Chứng từ*: repeated, posted together, printed with their list, from templates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from desktop_app.actions import voucher_templates
from desktop_app.domain.records import Voucher
from desktop_app.storage.book import Book
from desktop_app.ui.pages.vouchers.page import Vouchers
from tests.ui.voucher_desk import Keys, numbered, opened


@pytest.fixture
def page(qtbot: QtBot, october: Book, settings: QSettings) -> Iterator[Vouchers]:
    for frame in opened(qtbot, october, settings):
        found = frame.open("vouchers")
        assert isinstance(found, Vouchers)
        yield found


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def test_october_is_repeated_in_november_and_posted_together(qtbot: QtBot, page: Vouchers, october: Book) -> None:
    keys = Keys(qtbot)
    page.item.choose("33")
    page.table.view.setFocus()
    page.table.view.selectAll()
    keys.press(Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert page.month.value == "2026-11"
    page.item.choose("")
    assert [row.state for row in page.table.model.all()] == ["nháp", "nháp"]
    page.table.view.setFocus()
    page.table.view.selectAll()
    keys.press(Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    assert [row.number for row in page.table.model.all()] == ["PC11/01", "BN11/01"]
    page.table.view.selectAll()
    keys.press(Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    assert page.banner.text().splitlines()[0] == "Chưa ghi sổ phiếu nào."


def test_a_voucher_becomes_a_template_and_a_template_a_voucher(page: Vouchers, october: Book) -> None:
    assert texts(page.batch.templates_menu())[0] == "Chưa có mẫu nào"
    page.open_at(numbered(october, "PC10/03").id)
    asked = page.batch.keep_template()
    asked.do()
    (kept,) = voucher_templates.templates(october)
    assert texts(page.batch.templates_menu())[0] == "&1  Văn phòng phẩm, nước họp"
    page.batch.use(kept)
    assert page.form.voucher is None
    page.form.save()
    assert numbered(october, "PC10/04").lines == numbered(october, "PC10/03").lines
    page.batch.drop(kept)
    assert voucher_templates.templates(october) == []


def test_the_month_is_printed_whole_two_on_a_page_with_its_list(page: Vouchers, october: Book) -> None:
    shown: list[Path] = []
    page.printer.show = shown.append
    menu = page.batch.print_menu()
    assert texts(menu)[:2] == ["In 13 chứng từ trong bảng", "In bảng kê"]
    menu.actions()[-1].trigger()
    page.batch.print_menu().actions()[0].trigger()
    assert len(pypdf.PdfReader(shown[0]).pages) == 7  # 14 papers: the withdrawal has one for the cash box too
    page.batch.print_list()
    listed = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(shown[1]).pages).split())
    assert "BẢNG KÊ CHỨNG TỪ Tháng 10/2026" in listed
    assert "35.127.150 18.930.500 6.000.000" in listed
    assert len(list(october.all(Voucher))) == 13
