"""The line under a report that says who signed it, and the questions by which one signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop_app.actions import signing
from desktop_app.actions.signing import Place
from desktop_app.storage.filings import Filing
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.filing.parts import said
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.secret import SecretEdit
from desktop_app.ui.widgets.table_menu import add
from desktop_app.ui.widgets.texts import label, line

READS = frozenset({"sign_off", "signing_key"})


class Signatures(QWidget):
    """Who signed the version handed in; *Ký…* (F7) asks the signer's own password. Hidden before it is handed in."""

    def __init__(self, desk: Desk, *, across: bool = False) -> None:
        """`across`: side by side under a page, else one below the other."""
        super().__init__()
        self._desk, self._filing = desk, Filing("", "")
        self.places: Sequence[Place] = ()
        self.asking: Ask | None = None
        self._lines = QHBoxLayout() if across else QVBoxLayout()
        self._lines.setSpacing(18 if across else 7)
        self.button = KeyButton("Ký số…", "F7", glyph="draw-pen", clicked=self.open_menu)
        whole = QHBoxLayout(self) if across else QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(7)
        if not across:
            whole.addWidget(label("Chữ ký số", "subtitle"))
        whole.addLayout(self._lines, 1)
        whole.addWidget(self.button)
        if not across:
            whole.addWidget(line())
        self.hide()

    def show_places(self, filing: Filing, places: Sequence[Place]) -> None:
        """The signers of a report as it stands."""
        self._filing, self.places = filing, places
        while (held := self._lines.takeAt(0)) is not None:
            held.widget().hide()
            held.widget().deleteLater()
        for place in places:
            told = said(place.words, "ok" if place.day else "warn")
            told.setToolTip(f"Khóa {place.fingerprint}" if place.fingerprint else "")
            self._lines.addWidget(told)
        self.setVisible(bool(places))

    def menu(self) -> QMenu:
        """Who can sign here, and whose password can be changed."""
        menu = QMenu(self)
        for place in self.places:
            if place.day is None:
                add(menu, f"{place.title} {place.name} ký…", partial(self.ask, place))
        menu.addSeparator()
        for place in self.places:
            if place.able:
                add(menu, f"Đổi mật khẩu ký của {place.title.lower()}…", partial(self.ask_key, place))
        return menu

    def open_menu(self) -> None:
        """Under the button."""
        menu = self.menu()
        menu.exec(self.button.mapToGlobal(QPoint(0, self.button.height() + 2)))
        menu.deleteLater()

    def ask(self, place: Place) -> None:
        """The signer's password; the first time on this PC the one they choose."""
        if not place.able:
            self.ask_key(place)
            return
        form = Form({"password": Field(f"Mật khẩu ký của {place.name}", SecretEdit(), required=True)})
        sentence = (
            f"Ký lần nộp {self._filing.version} với tư cách {place.title.lower()}. Chữ ký gắn với đúng số liệu đã nộp và"
            " không rút lại được."
        )
        self._open("Ký số", sentence, form, partial(self._sign, place), "Ký")

    def ask_key(self, place: Place) -> None:
        """A password of the signer's own; where they have one, the old one first."""
        fields = {"old": Field("Mật khẩu ký đang dùng", SecretEdit(), required=True)} if place.able else {}
        fields |= {
            "password": Field("Mật khẩu ký mới" if place.able else "Đặt mật khẩu ký", SecretEdit(), required=True,
                              note=f"Ít nhất {signing.LEAST} ký tự, chỉ {place.name} biết"),
            "again": Field("Nhập lại", SecretEdit(), required=True),
        }  # fmt: skip
        sentence = (
            f"{place.title} {place.name} tự đặt mật khẩu ký. Khóa ký giữ tại máy này; quên mật khẩu thì không lấy lại được,"
            " phải lập khóa mới và báo cấp trên."
        )
        self._open("Lập khóa ký", sentence, Form(fields), partial(self._make, place), "Lập khóa")

    def _open(self, title: str, sentence: str, form: Form, does: Any, act: str) -> None:
        self.asking = Ask(title, sentence, form, does, act=act, over=self.window())
        self.asking.open()

    def _sign(self, place: Place, values: Mapping[str, Any]) -> None:
        signing.sign(self._desk.book, self._filing, place.who, str(values["password"] or ""), self._desk.by)
        self._desk.say(f"{place.title} {place.name} đã ký. Chữ ký gửi đi ở lần đồng bộ tới.")
        self._desk.changed({"sign_off"})

    def _make(self, place: Place, values: Mapping[str, Any]) -> None:
        given = {name: str(value or "") for name, value in values.items()}
        signing.make_key(
            self._desk.book, place.who, given["password"], given["again"], self._desk.by, old=given.get("old", "")
        )
        self._desk.say(f"Đã lập khóa ký của {place.name}. Bấm Ký số để ký.")
        self._desk.changed({"signing_key"})
