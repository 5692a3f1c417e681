"""A few rows typed one below the other (children, phones): each of the same editors, one button to add, one to drop."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.texts import label


@dataclass(frozen=True)
class Cell:
    """One column: the row's key, its heading, what makes an editor, and its share of the width."""

    key: str
    heading: str
    make: Callable[[], Any]
    share: int = 1


class LinesEdit(QWidget):
    """`value` is a list of mappings; a row keeps the `id` it was shown with. Rows left empty are not there."""

    edited = Signal()
    meaning = Signal(str, str)

    def __init__(self, cells: Sequence[Cell], add: str) -> None:
        super().__init__()
        self._cells = tuple(cells)
        self.rows: list[tuple[str, dict[str, Any]]] = []
        self._parts: list[list[QWidget]] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._heads = [label(cell.heading, "label") for cell in self._cells]
        for at, cell in enumerate(self._cells):
            self._grid.addWidget(self._heads[at], 0, at)
            self._grid.setColumnStretch(at, cell.share)
        self.add = KeyButton(add, glyph="plus", clicked=self.begin)
        self.refusal = label("", "hint", tone="bad", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._grid)
        column.addWidget(self.refusal)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.add)
        self._tell()

    def value(self) -> list[dict[str, Any]]:
        found = []
        for id_, editors in self.rows:
            told = {key: editor.value() for key, editor in editors.items()}
            if any(value not in (None, "", False) for value in told.values()):
                found.append({"id": id_, **told} if id_ else told)
        return found

    def set_value(self, value: Any) -> None:
        for parts in self._parts:
            self._forget(parts)
        self.rows, self._parts = [], []
        for row in value or ():
            self._put(row)
        self.refuse({})

    def begin(self) -> None:
        """One more row, with the cursor in it."""
        self._put({})
        first = next(iter(self.rows[-1][1].values()))
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refuse(self, problems: Mapping[str, str]) -> list[str]:
        """Show what is wrong by "row.key" ("0.value"); answers what belongs to no row shown."""
        told, homeless = [], []
        filled = [editors for _, editors in self.rows if any(e.value() not in (None, "", False) for e in editors.values())]
        for _, editors in self.rows:
            for editor in editors.values():
                theme.restyle(editor, refused="")
        for place, sentence in problems.items():
            number, _, key = place.partition(".")
            if not number.isdigit() or int(number) >= len(filled):
                homeless.append(sentence)
                continue
            theme.restyle(filled[int(number)].get(key) or next(iter(filled[int(number)].values())), refused="yes")
            told.append(f"Dòng {int(number) + 1}: {sentence}")
        self.refusal.setText("\n".join(told))
        self.refusal.setVisible(bool(told))
        return homeless

    def _put(self, row: Mapping[str, Any]) -> None:
        editors: dict[str, Any] = {}
        parts: list[QWidget] = []
        at = self._grid.rowCount()
        for place, cell in enumerate(self._cells):
            editor = cell.make()
            editor.set_value(row.get(cell.key))
            editor.setAccessibleName(f"{cell.heading}, dòng {len(self.rows) + 1}")
            editor.edited.connect(self.edited)
            editors[cell.key] = editor
            parts.append(editor)
            self._grid.addWidget(editor, at, place)
        drop = KeyButton("Bỏ", tone="link", clicked=lambda: self._drop(editors))
        drop.setAccessibleName("Bỏ dòng này")
        self._grid.addWidget(drop, at, len(self._cells))
        self.rows.append((str(row.get("id") or ""), editors))
        self._parts.append([*parts, drop])
        self._tell()

    def _drop(self, editors: dict[str, Any]) -> None:
        at = next(n for n, (_, held) in enumerate(self.rows) if held is editors)
        del self.rows[at]
        self._forget(self._parts.pop(at))
        self.add.setFocus()
        self._tell()
        self.edited.emit()

    def _forget(self, parts: list[QWidget]) -> None:
        for part in parts:
            self._grid.removeWidget(part)
            part.hide()
            part.deleteLater()

    def _tell(self) -> None:
        for head in self._heads:
            head.setVisible(bool(self.rows))
