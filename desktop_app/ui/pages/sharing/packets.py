"""Packets on the page *Đồng bộ*: write one to a stick, take one in, and the six digits that both ends compare."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.amounts import format_amount
from desktop_app.domain.errors import Problem, Refused
from desktop_app.ui import files
from desktop_app.ui.page import Desk
from desktop_app.ui.tasks import Progress
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.texts import label

KINDS = "Gói Sổ Công đoàn (*.goi);;Mọi tệp (*)"


class PacketRow(QWidget):
    """Three buttons and a line. `refused` carries what the form above must show."""

    refused = Signal(object)
    took = Signal()

    def __init__(self, desk: Desk, asked: Callable[[], dict[str, Any]]) -> None:
        """`asked`: what stands in the form of enrolment, for a PC that never had a network."""
        super().__init__()
        self._desk, self._asked, self._enrolled = desk, asked, False
        self.write = KeyButton("Ghi gói ra USB…", glyph="usb-flash-drive-outline", clicked=self._write)
        self.to_pc = KeyButton("Ghi gói cho máy khác…", glyph="laptop", clicked=self._write_to_pc)
        self.take = KeyButton("Nhận gói…", glyph="package-down", clicked=self._take)
        self.told = label("Mang gói niêm phong bằng USB, hoặc gửi qua email, Zalo.", "hint", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.addWidget(label("Không có mạng", "subtitle"))
        row.addStretch(1)
        for button in (self.write, self.to_pc, self.take):
            row.addWidget(button)
        column.addLayout(row)
        column.addWidget(self.told)

    def show_state(self, enrolled: bool, others: int) -> None:
        """What can be done now: `others` is how many other PCs of the union are known."""
        self._enrolled = enrolled
        self.write.setText("Ghi gói ra USB…" if enrolled else "Ghi gói xin đăng ký…")
        self.to_pc.setVisible(bool(others))

    def _write(self) -> None:
        values = self._asked()
        if self._enrolled:
            self._save("tinh", lambda packets, book, file: packets.export(book, file))
        elif not (values["code"] and values["file"]):
            self.refused.emit(
                Refused(
                    [
                        Problem("code", "Hãy nhập mã đăng ký do LĐLĐ tỉnh cấp."),
                        Problem("file", "Hãy chọn tệp của tỉnh: không có mạng thì cần tệp này."),
                    ]
                )
            )
        else:
            code, told = str(values["code"]), Path(values["file"])
            self._save("dang-ky", lambda packets, book, file: packets.export_to_enrol(book, file, code, told))

    def _write_to_pc(self) -> None:
        self._save("may-khac", lambda packets, book, file: packets.export(book, file, packets.DEVICE))

    def _save(self, kind: str, write: Callable[[Any, Any, Path], Any]) -> None:
        name = f"goi-{kind}-{self._desk.book.union_code}-{date.today():%d%m}.goi".replace("/", "-")  # noqa: DTZ011
        file = files.to_save(self, "Ghi gói", name, KINDS)
        if file is None:
            return
        file = file if file.suffix else file.with_suffix(".goi")
        self._run(lambda packets, book: write(packets, book, file), lambda made: self._written(made, file))

    def _take(self) -> None:
        file = files.to_open(self, "Nhận gói", KINDS)
        if file is not None:
            self._run(lambda packets, book: packets.take(book, file), self._taken)

    def _run(self, work: Callable[[Any, Any], Any], done: Callable[[Any], None]) -> None:
        desk = self._desk

        def on_another_thread(_: Progress) -> Any:
            from desktop_app.actions import packets

            book = desk.open_book()
            try:
                return work(packets, book)
            finally:
                book.close()

        self._enable(False)
        desk.tasks.run(on_another_thread, lambda made: self._done(done, made), self._failed, owner=self)

    def _done(self, done: Callable[[Any], None], made: Any) -> None:
        self._enable(True)
        done(made)

    def _failed(self, error: Exception) -> None:
        self._enable(True)
        self.refused.emit(error)

    def _written(self, made: Any, file: Path) -> None:
        files_told = f", {made.blobs} tệp kèm" if made.blobs else ""
        parts = f" (gồm {len(made.files)} tệp)" if len(made.files) > 1 else ""
        self._say(
            f"Đã ghi {file.name}{parts}: {format_amount(made.ops)} thay đổi{files_told}. Mã kiểm tra {_code(made)}: nơi nhận"
            " phải thấy đúng mã này. Mất USB cũng không mất gì: gói sau lại có đủ."
        )

    def _taken(self, made: Any) -> None:
        if made.note:
            self._say(made.note)
            return
        new = f"{format_amount(made.ops)} thay đổi mới" if made.ops else "không có gì mới"
        files_told = f", {made.blobs} tệp kèm" if made.blobs else ""
        self._say(f"Đã nhận gói: {new}{files_told}. Mã kiểm tra {_code(made)}: hãy so với mã nơi gửi đọc cho.")
        self._desk.changed(made.entities | {"union"})
        self.took.emit()

    def _say(self, sentence: str) -> None:
        self.told.setText(sentence)

    def _enable(self, on: bool) -> None:
        for button in (self.write, self.to_pc, self.take):
            button.setEnabled(on)


def _code(made: Any) -> str:
    """Six digits as they are read aloud."""
    return f"{made.check_code[:3]} {made.check_code[3:]}"
