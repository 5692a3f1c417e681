"""A backup opened on this PC: the file, its recovery code, and a new passphrase where the system has no key store."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout

from desktop_app.actions import setup
from desktop_app.actions.setup import Door
from desktop_app.domain.errors import Problem, Refused
from desktop_app.ui import files
from desktop_app.ui.start.steps import Step, weak
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.editors import LineEdit
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.secret import SecretEdit


class RestoreStep(Step):
    """Opens a backup in the profile's folder; `way` leads into it afterwards."""

    title = "Mở sổ từ bản sao lưu"
    sentence = "Chọn bản sao lưu mới nhất trên USB hoặc thư mục mạng, rồi gõ mã trên tờ phiếu khôi phục đã in."

    def __init__(self, profile: Path) -> None:
        super().__init__()
        self._profile = profile
        self.way: Door | None = None
        parts = {
            "file": Field("Bản sao lưu", LineEdit("Bấm Chọn tệp…"), required=True),
            "code": Field("Mã khôi phục (6 nhóm)", LineEdit("ABCDE-FGHJK-…", longest=60), required=True),
        }
        self.must = setup.must_set_passphrase()
        if self.must:
            parts["passphrase"] = Field("Mật khẩu mở sổ mới", SecretEdit(), required=True)
            parts["again"] = Field("Gõ lại mật khẩu", SecretEdit(), required=True)
        self.form = Form(parts)
        self.form.finished.connect(self.ready)
        row = QHBoxLayout()
        row.addWidget(KeyButton("Chọn tệp…", glyph="folder-outline", clicked=self.choose))
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addWidget(self.form)
        self.column.addStretch(1)

    def choose(self) -> None:
        path = files.to_open(self, "Bản sao lưu", files.BACKUP)
        if path is not None:
            self.form.set_values({"file": str(path)})

    def take(self) -> None:
        values = self.form.values()
        problems = [
            Problem(name, f"Hãy nhập {self.form.fields[name].text()}.") for name in ("file", "code") if not values[name]
        ]
        if self.must:
            problems += weak(str(values["passphrase"] or ""), str(values["again"] or ""))
        if problems:
            raise Refused(problems)
        secret = str(values["passphrase"]) if self.must else None
        try:
            setup.restore(Path(values["file"]), self._profile, values["code"], secret).close()
        except Refused as refused:
            raise Refused([Problem("code", p.problem) for p in refused.problems]) from refused
        self.way = setup.door(self._profile, secret)
