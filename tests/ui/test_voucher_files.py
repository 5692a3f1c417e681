"""Files and papers of the voucher shown: kept with it, opened again, gone while its month is open; papers filled in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from desktop_app.actions import periods
from desktop_app.domain.records import Voucher
from desktop_app.storage.book import Book
from desktop_app.ui.pages.vouchers.page import Vouchers
from tests.ui.conftest import HOA
from tests.ui.voucher_desk import numbered, opened


@pytest.fixture
def page(qtbot: QtBot, october: Book, settings: QSettings) -> Iterator[Vouchers]:
    for frame in opened(qtbot, october, settings):
        found = frame.open("vouchers")
        assert isinstance(found, Vouchers)
        yield found


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "Hóa đơn văn phòng phẩm.pdf"
    path.write_bytes(b"%PDF-1.4 hoa don")
    return path


def test_a_dropped_file_is_kept_with_its_voucher_and_opened_again(page: Vouchers, scan: Path, october: Book) -> None:
    page.open_at(numbered(october, "PC10/03").id)
    data, nowhere = QMimeData(), Qt.KeyboardModifier.NoModifier
    data.setUrls([QUrl.fromLocalFile(str(scan))])
    left = Qt.MouseButton.LeftButton
    page.form.files.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, nowhere))
    (kept,) = page.form.files.files()
    assert (kept.name, kept.owner) == (scan.name, numbered(october, "PC10/03").id)
    shown: list[Path] = []
    page.form.files.show_file = shown.append
    page.form.files.open_file(kept)
    assert shown[0].read_bytes() == scan.read_bytes()
    page.open_at(numbered(october, "PC10/02").id)
    assert page.form.files.files() == ()


def test_a_file_goes_only_while_the_month_is_open(page: Vouchers, scan: Path, october: Book) -> None:
    page.open_at(numbered(october, "PC10/03").id)
    page.form.files.attach([scan, scan])
    (kept,) = page.form.files.files()
    periods.close(october, "2026-10", HOA)
    page.form.files.drop(kept)
    assert page.form.files.said.text().startswith("Kỳ 10/2026 đã khóa sổ.")
    periods.reopen(october, "2026-10", "Bỏ tệp nhầm", HOA)
    page.form.files.drop(kept)
    assert page.form.files.files() == ()


def test_what_is_typed_becomes_a_draft_that_keeps_the_file(page: Vouchers, scan: Path, october: Book) -> None:
    page.form.start("PC", {"text": "Nước họp"})
    page.form.files.attach([scan])
    assert page.form.files.said.text().startswith("Hãy nhập đủ phiếu")
    page.form.form.set_values({"item": "33", "amount": 640000})
    page.form.files.attach([scan])
    draft = list(october.all(Voucher))[-1]
    assert (draft.text, draft.posted, page.form.id) == ("Nước họp", False, draft.id)
    assert [file.name for file in page.form.files.files()] == [scan.name]
    bad = scan.with_suffix(".exe")
    bad.write_bytes(b"MZ")
    page.form.files.attach([scan.with_name("mất.pdf")])
    assert page.form.files.said.text().startswith("Không đọc được tệp “mất.pdf”")
    page.form.files.attach([bad])
    assert "không phải loại tệp giữ được" in page.form.files.said.text()


def test_the_papers_that_suit_a_voucher_are_offered_and_filled_in(page: Vouchers, october: Book) -> None:
    page.open_at(numbered(october, "PC10/01").id)
    menu = page.form.files.papers_menu()
    assert [action.text() for action in menu.actions()] == [
        "Giấy đề nghị thanh toán", "Phiếu thăm hỏi đoàn viên", "Giấy đề nghị trợ cấp khó khăn",
        "Quyết định trợ cấp khó khăn", "Bảng kê chi tiền",
    ]  # fmt: skip
    shown: list[Path] = []
    page.printer.show = shown.append
    menu.actions()[1].trigger()
    paper = " ".join(pypdf.PdfReader(shown[0]).pages[0].extract_text().split())
    assert "PHIẾU THĂM HỎI ĐOÀN VIÊN Ngày 15 tháng 10 năm 2026 Người thăm hỏi: Trần Thị Hoa" in paper
    page.open_at(numbered(october, "UNC10/01").id)
    assert [action.isEnabled() for action in page.form.files.papers_menu().actions()] == [False]


def test_without_officers_the_allowances_say_what_to_do(page: Vouchers) -> None:
    page.batch.pay_allowances()
    assert page.banner.text().startswith("Chưa có cán bộ hưởng phụ cấp")
