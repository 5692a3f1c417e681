"""A small question over the page: a few fields, *Đồng ý* does it, a refusal stands under its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.errors import Problem, Refused, Trouble
from desktop_app.ui import theme
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.editors import LineEdit
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.texts import label


class Ask(QDialog):
    """Asks `form`; `does` takes its values and may raise `Refused` or `Trouble`, whose sentences are then shown.

    `also` is another verb at the left (its word, what it does), which needs no values: "Bỏ dòng này".
    """

    def __init__(
        self,
        title: str,
        sentence: str,
        form: Form,
        does: Callable[[Mapping[str, Any]], object],
        *,
        act: str = "Đồng ý",
        over: QWidget | None = None,
        also: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        super().__init__(over)
        self.form, self._does = form, does
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.refusal = label("", "hint", tone="bad", wrap=True)
        self.refusal.hide()
        self.act = KeyButton(act, "Ctrl+S", tone="primary", clicked=self.do)
        feet = QHBoxLayout()
        if also is not None:
            self.also = KeyButton(also[0], tone="link", clicked=lambda: self._try(also[1]))
            feet.addWidget(self.also)
        feet.addStretch(1)
        feet.addWidget(KeyButton("Bỏ qua", "Esc", clicked=self.reject))
        feet.addWidget(self.act)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(12)
        column.addWidget(label(sentence, wrap=True))
        column.addWidget(form)
        column.addWidget(self.refusal)
        column.addLayout(feet)
        for button in self.findChildren(KeyButton):
            button.setAutoDefault(False)  # Enter goes to the next field
        form.finished.connect(self.do)
        self.setMinimumWidth(theme.worn().px(420))

    def do(self) -> None:
        """Do it; close if it was done."""
        self._try(lambda: self._does(self.form.values()))

    def _try(self, does: Callable[[], object]) -> None:
        self.refusal.hide()
        try:
            does()
        except Refused as refused:
            self._tell(" ".join(self.form.show_problems(refused.problems)))
        except Trouble as trouble:
            self._tell(str(trouble))
        else:
            self.accept()

    def _tell(self, sentence: str) -> None:
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))
        self.adjustSize()  # the fields keep their height under what is said


def ask_reason(title: str, sentence: str, act: str, over: QWidget) -> str:
    """Why: the reason given, "" if the user thought better of it."""
    given: list[str] = []

    def take(values: Mapping[str, Any]) -> None:
        if not values["reason"]:
            raise Refused([Problem("reason", "Hãy nhập lý do.")])
        given.append(str(values["reason"]))

    form = Form({"reason": Field("Lý do", LineEdit(longest=300), required=True)})
    Ask(title, sentence, form, take, act=act, over=over).exec()
    return given[0] if given else ""
