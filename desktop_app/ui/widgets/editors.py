"""Editors that take what people type and show at once what they understood: amounts, days, months, texts.

Each has `value()` (a ready value, or the raw text for the strict door to refuse), `set_value()`, the signals
`edited` (by the user) and `meaning` (a sentence to stand under the field).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCalendarWidget, QCheckBox, QLineEdit, QMenu, QPlainTextEdit, QWidgetAction

from desktop_app.domain import amounts, dates
from desktop_app.ui import icons, theme, words
from desktop_app.ui.widgets.texts import fit_hint


class LineEdit(QLineEdit):
    """One line of text."""

    edited = Signal()
    meaning = Signal(str, str)

    def __init__(self, *hints: str, longest: int = 0) -> None:
        """`hints` are shown while it is empty: the first that it holds whole, so the longest comes first."""
        super().__init__()
        self._hints = hints
        self.setPlaceholderText(hints[0] if hints else "")
        if longest:
            self.setMaxLength(longest)
        self.textEdited.connect(lambda _: self.edited.emit())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if len(self._hints) > 1:
            fit_hint(self, self._hints)

    def value(self) -> Any:
        return self.text().strip()

    def set_value(self, value: Any) -> None:
        self.setText(str(value or ""))
        self.setCursorPosition(0)


class _Understood(LineEdit):
    """A line whose text has a meaning: parsed as it is typed, written in full when the line is left."""

    def __init__(self, *hints: str) -> None:
        super().__init__(*hints)
        self.textEdited.connect(lambda _: self._mean())

    def value(self) -> Any:
        """The value; None when empty; the raw text when it cannot be understood."""
        text = self.text().strip()
        if not text:
            return None
        try:
            return self._parse(text)
        except ValueError:
            return text

    def set_value(self, value: Any) -> None:
        if isinstance(value, str) and value:
            try:
                value = self._parse(value)
            except ValueError:
                self.setText(value)
                self._mean()
                return
        self.setText("" if value in (None, "") else self._full(value))
        self._mean()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        value = self.value()
        if value is not None and not isinstance(value, str):
            self.setText(self._short(value))
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()

    def settle(self) -> None:
        """Write what was understood in full, as leaving the line does."""
        self.set_value(self.value())

    def _mean(self) -> None:
        text = self.text().strip()
        if not text:
            self.meaning.emit("", "")
            return
        try:
            self.meaning.emit(self._explain(self._parse(text)), "")
        except ValueError as error:
            self.meaning.emit(str(error), "warn")

    def _parse(self, text: str) -> Any:
        raise NotImplementedError

    def _full(self, value: Any) -> str:
        raise NotImplementedError

    def _short(self, value: Any) -> str:
        return self._full(value)

    def _explain(self, value: Any) -> str:
        return self._full(value)


class MoneyEdit(_Understood):
    """An amount in đồng: `1tr25`, `500k`, `=3*150k`; right aligned; its words stand under it."""

    def __init__(self, *, large: bool = False, sign: bool = True, in_words: bool = True) -> None:
        super().__init__()
        self._sign, self._in_words = sign, in_words
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setToolTip("Gõ 1250000, 1.250.000, 1tr25, 500k hoặc =3*150k")
        if large:
            self.setProperty("scale", "large")

    def _parse(self, text: str) -> int:
        return amounts.parse_amount(text.replace("₫", "").strip())

    def _full(self, value: int) -> str:
        return amounts.format_amount(value) + (" ₫" if self._sign else "")

    def _short(self, value: int) -> str:
        return amounts.format_amount(value)

    def _explain(self, value: int) -> str:
        shown = amounts.format_amount(value)
        spoken = amounts.in_words(value) if self._in_words else ""
        typed = self.text().strip().replace(" ₫", "")
        return " · ".join(part for part in ("" if typed == shown else f"{shown} ₫", spoken) if part)


class WholeEdit(_Understood):
    """A whole number, right aligned."""

    def __init__(self) -> None:
        super().__init__()
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _parse(self, text: str) -> int:
        return amounts.parse_amount(text)

    def _full(self, value: int) -> str:
        return amounts.format_amount(value)

    def _explain(self, value: int) -> str:
        return ""


class DayEdit(_Understood):
    """A day: `5/3`, `05032026`, `h` (today), `-1`; arrows go a day on or back; the button opens a calendar."""

    BESIDE = True  # its meaning is short and stands beside the label

    def __init__(self, today: Callable[[], date] = date.today) -> None:
        super().__init__("ngày/tháng/năm", "ngày/tháng")
        self._today = today
        self.setToolTip("Gõ 5/3, 05032026, h (hôm nay), -1 (hôm qua); phím ↑ ↓ đổi từng ngày")
        action = self.addAction(icons.icon("calendar-blank-outline"), QLineEdit.ActionPosition.TrailingPosition)
        action.setText("Mở lịch")
        action.setToolTip("Mở lịch (Alt+↓)")
        action.triggered.connect(self.open_calendar)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.open_calendar()
                return
            value = self.value()
            start = value if isinstance(value, date) else self._today()
            self._take(start + timedelta(days=1 if event.key() == Qt.Key.Key_Up else -1))
            return
        super().keyPressEvent(event)

    def open_calendar(self) -> None:
        menu = QMenu(self)
        calendar = QCalendarWidget(menu)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        value = self.value()
        shown = value if isinstance(value, date) else self._today()
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)
        calendar.clicked.connect(lambda picked: (self._take(picked.toPython()), menu.close()))
        calendar.activated.connect(lambda picked: (self._take(picked.toPython()), menu.close()))
        calendar.setFocus()
        menu.exec(self.mapToGlobal(QPoint(0, self.height())))
        menu.deleteLater()

    def _take(self, value: date) -> None:
        self.setText(self._full(value))
        self._mean()
        self.edited.emit()

    def _parse(self, text: str) -> date:
        return dates.parse_day(text, self._today())

    def _full(self, value: date) -> str:
        return dates.show_day(value)

    def _explain(self, value: date) -> str:
        full = self._full(value)
        return words.weekday(value) if self.text().strip() == full else f"{words.weekday(value)}, {full}"


class MonthEdit(_Understood):
    """A month, kept as "2026-10", shown as 10/2026."""

    BESIDE = True  # its meaning is short and stands beside the label

    def __init__(self) -> None:
        super().__init__("tháng/năm")

    def _parse(self, text: str) -> str:
        return dates.parse_month(text)

    def value(self) -> Any:
        return super().value() or ""

    def set_value(self, value: Any) -> None:
        self.setText(_month_shown(str(value or "")))
        self._mean()

    def focusInEvent(self, event: QFocusEvent) -> None:
        LineEdit.focusInEvent(self, event)

    def _full(self, value: str) -> str:
        return dates.show_month(value)

    def _explain(self, value: str) -> str:
        return "" if self.text().strip() == dates.show_month(value) else f"Tháng {dates.show_month(value)}"


class BirthEdit(_Understood):
    """A date known to the day, the month or the year only, kept as "1985-03-05", "1985-03" or "1985"."""

    def __init__(self) -> None:
        super().__init__("ngày/tháng/năm, hoặc chỉ năm", "ngày/tháng/năm", "hoặc chỉ năm")

    def value(self) -> Any:
        return self.text().strip()

    def set_value(self, value: Any) -> None:
        self.setText(str(value or ""))
        self.settle()

    def focusInEvent(self, event: QFocusEvent) -> None:
        LineEdit.focusInEvent(self, event)

    def settle(self) -> None:
        text = self.text().strip()
        try:
            self.setText(self._full(self._parse(text)) if text else "")
        except ValueError:
            self.setText(text)
        self._mean()

    def _parse(self, text: str) -> Any:
        return dates.parse_partial(text)

    def _full(self, value: Any) -> str:
        return str(value.display)

    def _explain(self, value: Any) -> str:
        shown = self._full(value)
        return "" if self.text().strip() == shown else shown


class LongEdit(QPlainTextEdit):
    """Several lines of text; Tab leaves it, Ctrl+Enter too."""

    edited = Signal()
    meaning = Signal(str, str)

    def __init__(self, lines: int = 3, placeholder: str = "") -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setFixedHeight(theme.worn().px(20) * lines + 14)
        self._quiet = False
        self.textChanged.connect(lambda: None if self._quiet else self.edited.emit())

    def value(self) -> Any:
        return self.toPlainText().strip()

    def set_value(self, value: Any) -> None:
        self._quiet = True
        self.setPlainText(str(value or ""))
        self._quiet = False


class Tick(QCheckBox):
    """Yes or no."""

    edited = Signal()
    meaning = Signal(str, str)

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.clicked.connect(lambda *_: self.edited.emit())

    def value(self) -> Any:
        return self.isChecked()

    def set_value(self, value: Any) -> None:
        self.setChecked(bool(value))


def _month_shown(value: str) -> str:
    try:
        return dates.show_month(dates.parse_month(value)) if value else ""
    except ValueError:
        return value
