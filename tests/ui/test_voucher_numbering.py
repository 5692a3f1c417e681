"""*Đánh số chứng từ* in *Thiết lập*: an example shows what a pattern means; what cannot be is said under it."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop_app.actions import numbering
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.setup.page import Setup
from desktop_app.ui.pages.vouchers.numbering import ask_numbering


def test_a_pattern_is_chosen_with_its_example(qtbot: QtBot, desk: Desk) -> None:
    page = Setup(desk)
    qtbot.addWidget(page)
    asked = ask_numbering(desk, page)
    pattern = asked.form.fields["pattern"]
    assert pattern.below().startswith("Phiếu chi đầu tiên của kỳ: PC")
    asked.form.set_values({"pattern": "{kind}{nn}"})
    asked.do()
    assert "cách chữ và số khác" in pattern.below()
    asked.form.set_values({"pattern": "{kind}-CĐ-{yyyy}-{nnn}", "volumes": "Theo năm", "series": "b"})
    asked.form.edited.emit()
    assert "PC.B-CĐ-20" in pattern.below()
    asked.do()
    now = numbering.chosen(desk.book)
    assert (now.pattern, now.volumes, now.series) == ("{kind}-CĐ-{yyyy}-{nnn}", "Theo năm", "B")
