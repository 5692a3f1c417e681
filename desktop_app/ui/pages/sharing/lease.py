"""*Quyền ghi sổ* on the page Đồng bộ: which PC closes months, and giving that to another PC of the union."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.ui.page import Desk
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.suggestions import Choice
from desktop_app.ui.widgets.texts import label

_TELLS = (
    "Máy được giao sẽ khóa sổ và đánh số chính. Máy này thôi khóa sổ ngay từ bây giờ, phiếu mới của máy này mang dãy số"
    " riêng; phiếu nháp và phiếu đã ghi sổ giữ nguyên. Hai máy cần đồng bộ với tỉnh, qua mạng hoặc bằng gói."
)


class LeaseRow(QWidget):
    """One line that says who holds the lease; the button stands where this PC may give it away."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self._others = desk, ()
        self.told = label("", "muted", wrap=True)
        self.give = KeyButton("Giao quyền ghi sổ cho máy khác…", tone="link", clicked=self.ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.told, 1)
        row.addWidget(self.give)

    def show_standing(self, standing: Any) -> None:
        """Show `actions.lease.Standing`; nothing where the union has one PC, which needs not know of it."""
        self._others = standing.others
        self.told.setText(standing.line)
        self.give.setVisible(bool(standing.here and standing.others))
        self.setVisible(bool(standing.others) or not standing.here)

    def ask(self) -> Ask:
        """Ask which PC gets it."""
        form = Form(
            {"to": Field("Máy nhận", PickEdit([Choice(pc.device, pc.name) for pc in self._others]), required=True)}
        )
        form.set_values({"to": self._others[0].device})

        def does(values: Mapping[str, Any]) -> None:
            from desktop_app.actions import lease

            changes = lease.give(self.desk.book, str(values["to"] or ""), self.desk.by)
            self.desk.changed(changes.entities)
            self.desk.say("Đã giao quyền ghi sổ. Hãy đồng bộ máy này, rồi đồng bộ máy nhận.")

        asked = Ask("Giao quyền ghi sổ", _TELLS, form, does, act="Giao quyền", over=self)
        asked.open()
        return asked
