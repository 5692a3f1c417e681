"""An e-invoice dropped on *Chứng từ*: the draft stands open, the banner says what is known of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.ui import files
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.vouchers.page import Vouchers
from tests.exchange.invoices import SELLER, signed, xml


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Vouchers:
    made = Vouchers(desk)
    qtbot.addWidget(made)
    made.resize(1100, 660)
    made.refresh()
    made.show()
    return made


def dropped(page: Vouchers, path: Path) -> bool:
    """Drag a file in and let it go, as Explorer does."""
    data, left, plain = QMimeData(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    data.setUrls([QUrl.fromLocalFile(str(path))])
    enter = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, left, plain)
    enter.ignore()
    QApplication.sendEvent(page, enter)
    if enter.isAccepted():
        QApplication.sendEvent(page, QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, left, plain))
    return enter.isAccepted()


def test_a_dropped_invoice_is_an_open_draft(page: Vouchers, tmp_path: Path) -> None:
    path = tmp_path / "hoa-don.xml"
    path.write_bytes(signed(xml()))
    assert dropped(page, path)
    values = page.form.form.values()
    assert (values["party"], values["amount"], values["item"]) == (SELLER, 5_832_000, "31")
    assert "chữ ký đúng, chưa kiểm được nhà cung cấp" in page.banner.text()
    assert "hãy xem lại mục" in page.banner.text()
    dropped(page, path)
    assert "đã nhập rồi" in page.banner.text()


def test_other_files_are_not_taken_and_the_menu_asks(page: Vouchers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not dropped(page, tmp_path / "anh.png")
    bad = tmp_path / "la.xml"
    bad.write_text("<html/>")
    monkeypatch.setattr(files, "to_open", lambda *_: bad)
    menu = page.kinds_menu()
    next(action for action in menu.actions() if "hóa đơn điện tử" in action.text()).trigger()
    assert "la.xml không phải hóa đơn điện tử" in page.banner.text()
