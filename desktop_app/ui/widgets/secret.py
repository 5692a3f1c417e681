"""A field for a password."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desktop_app.ui.widgets.editors import LineEdit


class SecretEdit(LineEdit):
    """Shows dots, and keeps UniKey's and the system's help with spelling away."""

    def __init__(self, *hints: str) -> None:
        super().__init__(*hints, longest=200)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText)
