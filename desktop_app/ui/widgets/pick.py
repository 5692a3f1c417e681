"""A line that picks from a list by typing any part of it: "hanh chinh" finds "33 — Chi quản lý hành chính"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from desktop_app.domain import vietnamese
from desktop_app.ui import icons
from desktop_app.ui.widgets.suggestions import Choice, Suggestions

_MOST = 60
Search = Callable[[str], Sequence[Choice]]


class PickEdit(QLineEdit):
    """`choices` is the list, or a function of the typed text for long lists. With `free`, own words are allowed."""

    BESIDE = True  # its meaning is short and stands beside the label

    edited = Signal()
    picked = Signal(object)
    meaning = Signal(str, str)

    def __init__(self, choices: Sequence[Choice] | Search = (), *, free: bool = False, placeholder: str = "") -> None:
        super().__init__()
        self._free = free
        self._search: Search = choices if callable(choices) else _within(choices)
        self._all: Sequence[Choice] = () if callable(choices) else tuple(choices)
        self._choice: Choice | None = None
        self.setPlaceholderText(placeholder)
        self._list = Suggestions(self)
        self._list.taken.connect(self._take)
        self.textEdited.connect(self._typed)
        action = self.addAction(icons.icon("chevron-down"), QLineEdit.ActionPosition.TrailingPosition)
        action.setText("Mở danh sách")
        action.setToolTip("Mở danh sách (Alt+↓)")
        action.triggered.connect(self.open_all)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Replace the list; what is picked stays picked if it is still there."""
        self._all, self._search = tuple(choices), _within(choices)
        if self._choice is not None:
            self.set_value(self._choice.value)

    def value(self) -> Any:
        """The picked value; own words (free) or the unmatched text; None when empty."""
        if self._choice is not None:
            return self._choice.value
        return self.text().strip() or None

    def choice(self) -> Choice | None:
        return self._choice

    def set_value(self, value: Any, text: str = "") -> None:
        """Show the choice of that value; for a searched list give its `text`."""
        found = next((c for c in self._all if c.value == value), None)
        if found is None and value not in (None, "") and text:
            found = Choice(value, text)
        self._choice = found
        self.setText(found.text if found else "" if value is None else str(value))
        self.setCursorPosition(0)
        self._say_detail()

    def open_all(self) -> None:
        """Show the whole list, as Alt+Down and the arrow do."""
        self.setFocus()
        self._list.offer(list(self._search(""))[:_MOST])

    def offered(self) -> list[str]:
        return self._list.offered()

    def take_offered(self) -> None:
        """Take the marked line of the open list, if there is one."""
        self._list.take_marked()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.open_all()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._choice is None and not self._free and self.text().strip():
            found = list(self._search(self.text()))[:2]
            exact = [c for c in found if vietnamese.fold(c.text) == vietnamese.fold(self.text())]
            if len(found) == 1 or exact:
                self._take((exact or found)[0])
            else:
                self.meaning.emit(f"“{self.text().strip()}” không có trong danh sách. Hãy chọn một dòng.", "warn")

    def _typed(self, text: str) -> None:
        self._choice = None
        self.meaning.emit("", "")
        found = list(self._search(text))[:_MOST] if text.strip() else []
        self._list.offer(found, preselect=not self._free)
        self.edited.emit()

    def _take(self, choice: Choice) -> None:
        self._choice = choice
        self.setText(choice.text)
        self.setCursorPosition(0)
        self._say_detail()
        self.edited.emit()
        self.picked.emit(choice.value)

    def _say_detail(self) -> None:
        self.meaning.emit(self._choice.detail if self._choice else "", "")


def _within(choices: Sequence[Choice]) -> Search:
    known = tuple(choices)

    def search(text: str) -> Sequence[Choice]:
        wanted = text.strip()
        if not wanted:
            return known
        return [c for c in known if vietnamese.matches(wanted, f"{c.text} {c.detail}")]

    return search
