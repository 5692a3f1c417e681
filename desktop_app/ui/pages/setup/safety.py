"""The part of *Thiết lập* that keeps the book from being lost: backup folder, a backup now, new sheet, restore."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions import backups, overview, setup
from desktop_app.actions.setup import Door
from desktop_app.domain.dates import show_day
from desktop_app.domain.errors import Problem, Refused, Trouble
from desktop_app.ui import files, theme
from desktop_app.ui.page import Desk
from desktop_app.ui.start.recovery import RecoveryCode
from desktop_app.ui.start.steps import weak
from desktop_app.ui.tasks import Progress
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.editors import LineEdit
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.secret import SecretEdit
from desktop_app.ui.widgets.texts import label


class Safety(QWidget):
    """Says where backups go and how the last one went, and does what is to be done about it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.folder, self.last = label("", "", wrap=True), label("", "hint", wrap=True)
        self.choose = KeyButton("Chọn thư mục…", glyph="folder-outline", clicked=self.choose_folder)
        self.now = KeyButton("Sao lưu ngay", glyph="content-save-outline", clicked=self.back_up)
        self.new_code = KeyButton("Tạo mã khôi phục mới…", glyph="key-outline", clicked=self.ask_new_code)
        self.restore = KeyButton("Khôi phục từ bản sao lưu…", glyph="backup-restore", clicked=self.ask_restore)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.folder)
        column.addWidget(self.last)
        for buttons in ((self.choose, self.now), (self.new_code, self.restore)):
            row = QHBoxLayout()
            for button in buttons:
                row.addWidget(button)
            row.addStretch(1)
            column.addLayout(row)

    @property
    def _way(self) -> Door:
        way = self._desk.opener
        assert isinstance(way, Door)
        return way

    def refresh(self) -> None:
        """Read the state of backups again."""
        known = backups.state(self._way.profile)
        self.folder.setText(f"Nơi sao lưu: {known.folder}" if known.folder else "Chưa chọn nơi sao lưu.")
        if known.trouble:
            text, tone = known.trouble, "warn"
        elif known.last is not None:
            text, tone = f"Bản gần nhất: {show_day(known.last)}, {known.file}", "ok"
        else:
            text, tone = "Chưa có bản sao lưu nào. Nên để ở USB hoặc thư mục mạng, không để chung ổ đĩa với sổ.", ""
        self.last.setText(text)
        theme.restyle(self.last, tone=tone)
        self.now.setEnabled(bool(known.folder))

    def choose_folder(self) -> None:
        """Another folder for backups."""
        folder = files.folder(self, "Nơi sao lưu")
        if folder is None:
            return
        try:
            backups.choose(self._way.profile, folder)
        except Refused as refused:
            self.last.setText(str(refused))
            theme.restyle(self.last, tone="bad")
            return
        self._desk.changed({"backup"})
        self.back_up()

    def back_up(self) -> None:
        """A backup now, on another thread."""
        way, today = self._way, self._desk.today()
        self.now.setEnabled(False)
        self.last.setText("Đang sao lưu…")
        theme.restyle(self.last, tone="")

        def work(_: Progress) -> backups.State:
            return backups.run(way, today)

        self._desk.tasks.run(work, self._backed_up, owner=self)

    def _backed_up(self, now: backups.State) -> None:
        self.refresh()
        self._desk.changed({"backup"})
        if not now.trouble:
            self._desk.say(f"Đã sao lưu vào {now.file}.")

    def ask_new_code(self) -> NewCode:
        """A new recovery code, taken once its sheet is at hand."""
        dialog = NewCode(self._desk, self._way, self)
        dialog.accepted.connect(self._code_taken)
        dialog.open()
        return dialog

    def _code_taken(self) -> None:
        self._desk.changed({"backup"})
        if backups.state(self._way.profile).folder:
            self.back_up()  # so that the newest backup opens by the newest code

    def ask_restore(self) -> Ask:
        """Replace this book by a backup of it; the book of now is set aside, not deleted."""
        parts = {
            "file": Field("Bản sao lưu", LineEdit("Đường dẫn tệp .saoluu"), required=True),
            "code": Field("Mã khôi phục (6 nhóm)", LineEdit("ABCDE-FGHJK-…", longest=60), required=True),
        }
        if setup.must_set_passphrase():
            parts["passphrase"] = Field("Mật khẩu mở sổ mới", SecretEdit(), required=True)
            parts["again"] = Field("Gõ lại mật khẩu", SecretEdit(), required=True)
        path = files.to_open(self, "Bản sao lưu", files.BACKUP)
        form = Form(parts)
        form.set_values({"file": str(path or "")})
        sentence = (
            "Sổ đang dùng được cất riêng trong thư mục của sổ, không bị xóa. Những gì ghi sau bản sao lưu này "
            "sẽ không còn trong sổ được mở."
        )
        ask = Ask("Khôi phục từ bản sao lưu", sentence, form, self._restore, act="Thay sổ đang dùng", over=self)
        ask.accepted.connect(self._desk.reopen_wanted)
        ask.open()
        return ask

    def _restore(self, values: Mapping[str, Any]) -> None:
        problems = [Problem(name, "Hãy nhập ô này.") for name in ("file", "code") if not values[name]]
        if "again" in values:
            problems += weak(str(values["passphrase"] or ""), str(values["again"] or ""))
        if problems:
            raise Refused(problems)
        try:
            setup.stage_restore(Path(values["file"]), self._way.profile, values["code"], values.get("passphrase"))
        except Refused as refused:
            raise Refused([Problem("code", p.problem) for p in refused.problems]) from refused


class NewCode(QDialog):
    """Shows a new code; *Dùng mã mới* works once its last group was typed back. The old code lives until then."""

    def __init__(self, desk: Desk, way: Door, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._way = desk, way
        self._code = setup.new_recovery_code()
        self.setWindowTitle("Mã khôi phục mới")
        self.said = label("", "hint", tone="bad", wrap=True)
        self.recovery = RecoveryCode(self._code, self._sheet)
        self.take = KeyButton("Dùng mã mới", tone="primary", clicked=self.use)
        self.take.setEnabled(False)
        self.recovery.confirmed.connect(lambda: self.take.setEnabled(True))
        feet = QHBoxLayout()
        feet.addWidget(self.said, 1)
        feet.addWidget(KeyButton("Bỏ qua", clicked=self.reject))
        feet.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(12)
        told = (
            "Mã cũ không được lưu ở đâu nên không in lại được. Sau khi dùng mã mới, hãy hủy tờ phiếu cũ; "
            "các bản sao lưu làm trước hôm nay vẫn mở bằng mã cũ."
        )
        column.addWidget(label(told, "muted", wrap=True))
        column.addWidget(self.recovery)
        column.addLayout(feet)
        self.setMinimumWidth(theme.worn().px(560))

    def use(self) -> None:
        """From now on this code opens the book and its new backups."""
        try:
            setup.change_recovery_code(self._way, self._code)
        except Trouble as trouble:
            self.said.setText(str(trouble))
            return
        self._desk.settings.setValue("recovery/confirmed", "yes")
        self.accept()

    def _sheet(self) -> bytes:
        from desktop_app.reports import recovery_sheet  # draws PDF: loaded when one is wanted

        union = overview.union_of(self._desk.book)
        return recovery_sheet.draw(
            union=union.name if union else "", union_code=self._desk.book.union_code, code=self._code,
            place=str(self._way.profile), backups=backups.state(self._way.profile).folder, by=self._desk.by,
            day=self._desk.today(),
        )  # fmt: skip
