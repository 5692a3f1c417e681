"""*Quy định và định mức* as the accountant uses it: see what holds and why, correct it, take it back."""

from __future__ import annotations

from datetime import date

from pytestqt.qtbot import QtBot

from desktop_app.reports.forms import form
from desktop_app.storage import rules
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.setup.rates import RatesPage
from desktop_app.ui.widgets.editors import LongEdit


def test_a_figure_is_corrected_with_its_reason_and_taken_back(qtbot: QtBot, desk: Desk) -> None:
    page = RatesPage(desk)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    desk.touched.connect(lambda touched: page.refresh() if touched & page.reads else None)
    page.refresh()
    page.table.pick(lambda row: row.name == "base_salary")
    page.refresh()
    assert page.named.text() == "Lương cơ sở: các lần thay đổi"
    assert page.history.model.all()[0].text == "2.530.000"
    asked = page.ask()
    assert asked is not None
    asked.form.set_values({"since": date(2027, 7, 1), "value": "2,7tr", "reason": ""})
    asked.do()
    assert "Lý do" in asked.form.fields["reason"].below()
    asked.form.set_values({"reason": "NĐ mới, chương trình chưa có"})
    asked.do()
    assert rules.rules(desk.book).base_salary(date(2027, 7, 1)) == 2700000
    assert page.history.model.all()[0].reason == "NĐ mới, chương trình chưa có"
    page.take_back()
    assert rules.rules(desk.book).base_salary(date(2027, 7, 1)) == 2530000
    assert not page.back.isEnabled()


def test_a_text_of_a_form_is_corrected_on_the_same_page(qtbot: QtBot, desk: Desk) -> None:
    page = RatesPage(desk)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    desk.touched.connect(lambda touched: page.refresh() if touched & page.reads else None)
    page.refresh()
    page.of.choose("B07")
    page.table.pick(lambda row: row.name == "B07/note.2")
    asked = page.ask()
    assert asked is not None
    asked.form.set_values({"since": date(2026, 1, 1), "value": "(Ban hành kèm theo Hướng dẫn số 5)", "reason": "Văn bản mới"})
    asked.do()
    assert form("B07", date(2026, 12, 31), desk.book).note[1] == "(Ban hành kèm theo Hướng dẫn số 5)"
    assert page.history.model.all()[0].sure == "đơn vị tự sửa"
    page.take_back()
    assert form("B07", date(2026, 12, 31), desk.book).note[1].endswith("30/12/2021)")


def test_a_long_value_has_room_though_none_is_kept_yet(qtbot: QtBot, desk: Desk) -> None:
    page = RatesPage(desk)
    qtbot.addWidget(page)
    page.refresh()
    page.table.pick(lambda row: row.name == "trusted_certificates")
    asked = page.ask()
    assert asked is not None
    assert isinstance(asked.form.fields["value"].editor, LongEdit)
    asked.form.set_values({"since": date(2026, 1, 1), "value": "x" * 5000, "reason": "Trang của nhà cung cấp"})
    asked.do()
    assert "dạng PEM" in asked.form.fields["value"].below()
