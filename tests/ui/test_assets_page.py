"""*Tài sản, công cụ* by keyboard: take in, correct, let go."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop_app.ui.page import Desk
from desktop_app.ui.pages.books.assets import Assets


def test_an_asset_is_taken_in_corrected_and_let_go(qtbot: QtBot, desk: Desk) -> None:
    page = Assets(desk)
    qtbot.addWidget(page)
    desk.touched.connect(lambda touched: page.refresh() if touched & page.reads else None)
    page.refresh()
    asked = page.take_in()
    asked.form.set_values({"name": "Loa kéo", "kind": "Tài sản cố định", "price": 4200000})
    asked.do()
    assert page.cards["value"].figure() == "4.200.000 ₫"
    page.table.pick(lambda _: True)
    changing = page.change(page.table.current())
    assert changing is not None
    changing.form.set_values({"place": "Phòng họp"})
    changing.do()
    assert page.table.model.all()[0].asset.place == "Phòng họp"
    going = page.let_go()
    assert going is not None
    going.form.set_values({"quantity": 2, "reason": "Hỏng"})
    going.do()
    assert "còn 1 cái" in going.form.fields["quantity"].below()
    going.form.set_values({"quantity": 1})
    going.do()
    assert page.table.model.all() == []
