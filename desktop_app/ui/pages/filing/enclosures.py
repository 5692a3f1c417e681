"""What goes with a report: a list beside it, and the window in which it is explained and its papers are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions import enclosures
from desktop_app.actions.enclosures import Enclosure, Which
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.ui import files, theme
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.filing.parts import said
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.editors import LongEdit, Tick
from desktop_app.ui.widgets.form import Field
from desktop_app.ui.widgets.texts import label

KINDS = "Ảnh, PDF, Word, Excel (*.pdf *.jpg *.jpeg *.png *.docx *.xlsx *.xls *.zip);;Mọi tệp (*)"


def show_enclosures(column: QVBoxLayout, found: Sequence[Enclosure]) -> None:
    """Fill a column with the papers, what is missing first."""
    while (held := column.takeAt(0)) is not None:
        held.widget().hide()
        held.widget().deleteLater()
    for each in sorted(found, key=lambda each: each.there):
        column.addWidget(said(f"{each.text}: {each.words}", "ok" if each.there else "warn"))


class Enclosing(QDialog):
    """The explanation, and for each paper: a file, or a tick that it goes on paper."""

    def __init__(self, desk: Desk, which: Which, changed: Callable[[], None], over: QWidget) -> None:
        super().__init__(over)
        self.setWindowTitle("Thuyết minh và hồ sơ kèm theo")
        self._desk, self._which, self._changed = desk, which, changed
        self.words = LongEdit(6, "Lý do tăng, giảm so với dự toán và năm trước; kiến nghị với cấp trên")
        self.words.set_value(enclosures.explanation(desk.book, which))
        self.ticks: dict[str, Tick] = {}
        self.refusal = label("", "hint", tone="bad", wrap=True)
        self.refusal.hide()
        self._papers = QVBoxLayout()
        self._papers.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(Field("Thuyết minh (phần C của quyết toán)", self.words))
        column.addWidget(label("Hồ sơ kèm theo", "subtitle"))
        column.addLayout(self._papers)
        column.addWidget(self.refusal)
        feet = QHBoxLayout()
        feet.addStretch(1)
        feet.addWidget(KeyButton("Bỏ qua", "Esc", clicked=self.reject))
        feet.addWidget(KeyButton("Lưu", "Ctrl+S", tone="primary", clicked=self.keep))
        column.addLayout(feet)
        self.setMinimumWidth(theme.worn().px(640))
        self._list()

    def keep(self) -> None:
        """Store the explanation and the ticks."""
        on_paper = {key: tick.isChecked() for key, tick in self.ticks.items()}
        words = str(self.words.value() or "")
        if self._tried(lambda: enclosures.explain(self._desk.book, self._which, words, on_paper, self._desk.by)):
            self._changed()
            self.accept()

    def attach(self, key: str, path: Path | None = None) -> None:
        """Keep a file as one of the papers; asks which without a path."""
        path = path or files.to_open(self, "Đính kèm tệp", KINDS)
        if path is None:
            return

        def take() -> None:
            try:
                content = path.read_bytes()
            except OSError as error:
                raise Trouble(f"Không đọc được {path.name}. Hãy kiểm tra lại tệp.") from error
            enclosures.attach(self._desk.book, self._which, key, (path.name, content), self._desk.by)

        if self._tried(take):
            self._list()
            self._changed()

    def _list(self) -> None:
        ticked = {key: tick.isChecked() for key, tick in self.ticks.items()}
        self.ticks = {}
        while (held := self._papers.takeAt(0)) is not None:
            held.widget().hide()
            held.widget().deleteLater()
        for each in enclosures.of(self._desk.book, self._which):
            if each.key == "explanation":
                continue
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(10)
            tick = Tick("gửi bản giấy")
            tick.setAccessibleName(f"{each.text}: gửi bản giấy")
            tick.setChecked(ticked.get(each.key, each.paper))
            self.ticks[each.key] = tick
            button = KeyButton("Đính kèm…", glyph="paperclip", clicked=lambda _=False, key=each.key: self.attach(key))
            button.setAccessibleName(f"{each.text}: đính kèm tệp")
            row.addWidget(said(f"{each.text}: {each.words}", "ok" if each.there else "warn"), 1)
            row.addWidget(tick)
            row.addWidget(button)
            self._papers.addWidget(line)

    def _tried(self, does: Callable[[], object]) -> bool:
        self.refusal.hide()
        try:
            does()
        except (Refused, Trouble) as error:
            self.refusal.setText(str(error))
            self.refusal.show()
            return False
        return True
