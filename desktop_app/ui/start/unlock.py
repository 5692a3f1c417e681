"""The door of a locked book: its passphrase, or the recovery code when that is forgotten or the key store was lost."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from desktop_app.actions import setup
from desktop_app.actions.setup import Door
from desktop_app.domain.errors import Problem, Refused, Trouble
from desktop_app.ui import theme
from desktop_app.ui.start.steps import weak
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.editors import LineEdit
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.secret import SecretEdit
from desktop_app.ui.widgets.texts import label


class Unlock(QDialog):
    """Asks until the book opens or the user gives up; `way` leads into it after `accepted`."""

    def __init__(self, profile: Path, *, by_code: bool = False, why: str = "") -> None:
        super().__init__()
        self._profile, self._by_code = profile, by_code
        self.way: Door | None = None
        self.setWindowTitle("Sổ Công đoàn")
        self._title = label("", "title")
        self._sentence = label("", "muted", wrap=True)
        self.banner = Banner()
        self.passphrase = Form({"passphrase": Field("Mật khẩu mở sổ", SecretEdit())})
        parts = {"code": Field("Mã khôi phục (6 nhóm)", LineEdit("ABCDE-FGHJK-…", longest=60))}
        if setup.must_set_passphrase():
            parts["passphrase"] = Field("Mật khẩu mới", SecretEdit(), note="Ít nhất 8 ký tự.")
            parts["again"] = Field("Gõ lại mật khẩu mới", SecretEdit())
        self.code = Form(parts)
        self.other = KeyButton("", tone="link", clicked=self._turn)
        self.act = KeyButton("Mở sổ", tone="primary", clicked=self.try_open)
        for form in (self.passphrase, self.code):
            form.finished.connect(self.try_open)
        self._lay_out()
        self._show()
        if why:
            self.banner.say(why, "warn")

    def try_open(self) -> None:
        """Try what was typed; a refusal stands under its field."""
        form = self.code if self._by_code else self.passphrase
        try:
            self.way = self._open()
        except Refused as refused:
            first = next(iter(form.fields))
            form.show_problems([Problem(p.field or first, p.problem) for p in refused.problems])
            return
        except Trouble as trouble:
            self.banner.say(str(trouble), "bad")
            return
        self.accept()

    def _open(self) -> Door:
        if not self._by_code:
            typed = str(self.passphrase.values()["passphrase"] or "")
            if not typed:
                raise Refused([Problem("passphrase", "Hãy nhập mật khẩu mở sổ.")])
            return setup.door(self._profile, typed)
        values = self.code.values()
        if not values["code"]:
            raise Refused([Problem("code", "Hãy nhập mã khôi phục.")])
        if "again" in values and (problems := weak(str(values["passphrase"] or ""), str(values["again"] or ""))):
            raise Refused(problems)
        return setup.door_by_code(self._profile, values["code"], values.get("passphrase"))

    def _turn(self) -> None:
        self._by_code = not self._by_code
        self.banner.hide()
        self._show()

    def _show(self) -> None:
        by_code = self._by_code
        self._title.setText("Mở sổ bằng mã khôi phục" if by_code else "Mở sổ")
        self._sentence.setText(
            "Gõ mã trên tờ phiếu khôi phục đã in; sổ giữ nguyên mọi số liệu." if by_code else "Sổ được khóa bằng mật khẩu."
        )
        self.passphrase.setVisible(not by_code)
        self.code.setVisible(by_code)
        self.other.setText("Dùng mật khẩu" if by_code else "Quên mật khẩu?")
        self.other.updateGeometry()
        form = self.code if by_code else self.passphrase
        next(iter(form.fields.values())).editor.setFocus()

    def _lay_out(self) -> None:
        feet = QHBoxLayout()
        feet.addWidget(self.other)
        feet.addStretch(1)
        feet.addWidget(KeyButton("Thoát", clicked=self.reject))
        feet.addWidget(self.act)
        self.act.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 16)
        column.setSpacing(10)
        for part in (self._title, self._sentence, self.banner, self.passphrase, self.code):
            column.addWidget(part)
        column.addStretch(1)
        column.addLayout(feet)
        self.setMinimumWidth(theme.worn().px(440))
