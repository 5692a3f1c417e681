"""A form: labelled fields, each with its own line for what was understood and what was refused.

Enter goes to the next field; `settled` comes half a second after the last keystroke, for the draft on disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.domain.errors import Problem
from desktop_app.domain.fields import Entity
from desktop_app.domain.fields import Field as Declared
from desktop_app.ui import theme
from desktop_app.ui.widgets import editors
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.suggestions import Choice
from desktop_app.ui.widgets.texts import label

_SETTLE_MS = 500


class Field(QWidget):
    """Label above, editor, under it one line: a refusal (red) or else the meaning of what was typed."""

    def __init__(self, text: str, editor: Any, *, note: str = "", required: bool = False) -> None:
        super().__init__()
        self.editor = editor
        self._said, self._tone, self._note, self._note_tone = note, "", note, ""
        self._label = label(text + (" *" if required else ""), "label")
        self._label.setBuddy(editor)
        self._beside = label("", "hint")
        self._under = label("", "hint", wrap=True)
        self._doubt = label("", "hint", tone="warn", wrap=True)
        self._doubt.hide()
        editor.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        if isinstance(editor, editors.Tick):
            self._label.hide()
            editor.setText(text)
        over = QHBoxLayout()
        over.setSpacing(6)
        over.addWidget(self._label)
        over.addStretch(1)
        over.addWidget(self._beside)
        column.addLayout(over)
        column.addWidget(editor)
        column.addWidget(self._under)
        column.addWidget(self._doubt)
        self.setFocusProxy(editor)
        editor.meaning.connect(self._mean)
        editor.edited.connect(lambda: self.refuse(""))
        self._show(note, "")

    def text(self) -> str:
        return self._label.text().removesuffix(" *")

    def refuse(self, sentence: str) -> None:
        """Show a refusal in red; "" takes it away."""
        theme.restyle(self.editor, refused="yes" if sentence else "")
        if sentence:
            self._show(sentence, "bad")
        else:
            self._show(self._said, self._tone)

    def note(self, sentence: str, tone: str = "") -> None:
        """A quiet word or, with tone "warn", a warning: "Đã dùng 96 % dự toán mục 33 của năm."."""
        self._note, self._note_tone = sentence, tone
        self._said, self._tone = sentence, tone
        self._show(sentence, tone)

    def doubt(self, sentence: str) -> None:
        """A warning in amber below everything else the field says; "" takes it away."""
        self._doubt.setText(sentence)
        self._doubt.setVisible(bool(sentence))

    def doubted(self) -> str:
        """The warning that stands under the field now."""
        return self._doubt.text()

    def name(self, text: str) -> None:
        """Give the field another label."""
        starred = " *" if self._label.text().endswith(" *") else ""
        self._label.setText(text + starred)
        self.editor.setAccessibleName(text)

    def below(self) -> str:
        """The sentence under the editor now."""
        return self._under.text()

    def beside(self) -> str:
        """The meaning that stands at the right of the label (a weekday, a choice's detail)."""
        return self._beside.text()

    def _mean(self, sentence: str, tone: str) -> None:
        if getattr(self.editor, "BESIDE", False):
            self._beside.setText("" if tone else sentence)
            sentence = sentence if tone else ""
        self._said, self._tone = (sentence, tone) if sentence else (self._note, self._note_tone)
        self._show(sentence, tone)

    def _show(self, sentence: str, tone: str) -> None:
        self._under.setText(sentence)
        self._under.setVisible(bool(sentence))
        theme.restyle(self._under, tone=tone)
        self.editor.setAccessibleDescription(sentence)


class Form(QWidget):
    """Fields by name, in a grid of `columns`; names given in `wide` take the whole width."""

    edited = Signal()
    settled = Signal()
    finished = Signal()  # Enter in the last field

    def __init__(self, fields: Mapping[str, Field], *, columns: int = 1, wide: Iterable[str] = ()) -> None:
        super().__init__()
        self.fields = dict(fields)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE_MS)
        self._timer.timeout.connect(self.settled)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        row = place = 0
        broad = set(wide)
        for name, field in self.fields.items():
            spread = columns if name in broad else 1
            if place + spread > columns:
                row, place = row + 1, 0
            grid.addWidget(field, row, place, 1, spread, Qt.AlignmentFlag.AlignTop)
            place += spread
            field.editor.edited.connect(self._edited)
            field.editor.installEventFilter(self)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(row + 1, 1)

    def values(self) -> dict[str, Any]:
        """What stands in the fields, ready for `build`."""
        return {name: field.editor.value() for name, field in self.fields.items()}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Fill the fields named; the others are left alone. Nothing is counted as edited."""
        for name, field in self.fields.items():
            if name in values:
                field.editor.set_value(values[name])
                field.refuse("")

    def clear(self) -> None:
        self.set_values(dict.fromkeys(self.fields))

    def show_problems(self, problems: Iterable[Problem]) -> list[str]:
        """Put each refusal under its field, focus the first, and answer the sentences that belong to no field."""
        for field in self.fields.values():
            field.refuse("")
        homeless, first = [], None
        for problem in problems:
            field = self.fields.get(problem.field) or self.fields.get(problem.field.split(".")[0])
            if field is None:
                homeless.append(problem.problem)
                continue
            field.refuse(problem.problem)
            first = first or field
        if first is not None:
            first.editor.setFocus()
        return homeless

    def set_locked(self, locked: bool, names: Iterable[str] | None = None) -> None:
        """Make fields readable only."""
        for name in self.fields if names is None else names:
            editor = self.fields[name].editor
            if hasattr(editor, "setReadOnly"):
                editor.setReadOnly(locked)
                theme.restyle(editor)
            else:
                editor.setEnabled(not locked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        if not isinstance(watched, (QLineEdit, editors.Tick)) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if isinstance(watched, PickEdit):
            watched.take_offered()
        self._next(watched)
        return True

    def _next(self, editor: QObject) -> None:
        order = [field.editor for field in self.fields.values() if field.isVisibleTo(self) and field.editor.isEnabled()]
        at = order.index(editor) + 1
        if at < len(order):
            order[at].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()

    def _edited(self) -> None:
        self._timer.start()
        self.edited.emit()


def field_of(declared: Declared, editor: Any = None, *, text: str = "", note: str = "") -> Field:
    """The field of a declaration: its label, its editor by kind (or the one given)."""
    return Field(text or declared.label, editor or editor_of(declared), note=note, required=declared.required)


def fields_of(entity: Entity, names: Iterable[str], given: Mapping[str, Any] | None = None) -> dict[str, Field]:
    """Fields for those names of an entity, in that order; `given` holds editors of one's own by name."""
    return {name: field_of(entity.field(name), (given or {}).get(name)) for name in names}


def editor_of(declared: Declared) -> Any:
    """The editor that suits a declared kind. Raises KeyError for kinds that need their own (rows, facts)."""
    if declared.kind == "choice":
        return PickEdit([Choice(option, option) for option in declared.options])
    if declared.kind == "text":
        return editors.LineEdit(longest=declared.longest)
    return {
        "money": editors.MoneyEdit,
        "whole": editors.WholeEdit,
        "day": editors.DayEdit,
        "month": editors.MonthEdit,
        "birth": editors.BirthEdit,
        "flag": editors.Tick,
        "ref": PickEdit,
    }[declared.kind]()
