"""People type amounts, days and names in their own way; the field shows what it understood."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.domain.errors import Problem
from desktop_app.domain.fields import entities
from desktop_app.ui.widgets.editors import BirthEdit, DayEdit, LineEdit, LongEdit, MoneyEdit, MonthEdit, Tick
from desktop_app.ui.widgets.form import Field, Form, editor_of, fields_of
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.suggestions import Choice

TODAY = date(2026, 10, 25)
ITEMS = (
    Choice("31", "31 — Chi chăm lo đoàn viên"),
    Choice("32", "32 — Chi hoạt động phong trào"),
    Choice("33", "33 — Chi quản lý hành chính"),
)


def field(qtbot: QtBot, editor: object, text: str = "Số tiền") -> Field:
    made = Field(text, editor)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(("typed", "amount"), [("1tr25", 1_250_000), ("500k", 500_000), ("=3*150k", 450_000)])
def test_an_amount_is_typed_short_and_kept_in_dong(qtbot: QtBot, typed: str, amount: int) -> None:
    money = field(qtbot, MoneyEdit())
    qtbot.keyClicks(money.editor, typed)
    assert money.editor.value() == amount
    assert "đồng" in money.below()


def test_an_amount_is_written_in_full_when_the_field_is_left(qtbot: QtBot) -> None:
    money = field(qtbot, MoneyEdit())
    qtbot.keyClicks(money.editor, "640k")
    money.editor.settle()
    assert money.editor.text() == "640.000 ₫"
    assert money.below() == "Sáu trăm bốn mươi nghìn đồng"


def test_an_unclear_amount_is_kept_as_typed_and_explained(qtbot: QtBot) -> None:
    money = field(qtbot, MoneyEdit())
    qtbot.keyClicks(money.editor, "1,234x")
    money.editor.settle()
    assert money.editor.value() == "1,234x"
    assert money.below()


def test_a_day_is_typed_short_and_shows_its_weekday(qtbot: QtBot) -> None:
    day = field(qtbot, DayEdit(lambda: TODAY), "Ngày")
    qtbot.keyClicks(day.editor, "5/3/2026")
    assert day.editor.value() == date(2026, 3, 5)
    assert day.beside().startswith("Thứ Năm")


def test_arrows_move_the_day(qtbot: QtBot) -> None:
    day = field(qtbot, DayEdit(lambda: TODAY), "Ngày")
    day.editor.set_value(TODAY)
    qtbot.keyClick(day.editor, Qt.Key.Key_Down)
    assert day.editor.text() == "24/10/2026"


def test_a_month_and_a_year_of_birth_keep_their_precision(qtbot: QtBot) -> None:
    month, birth = field(qtbot, MonthEdit(), "Tháng"), field(qtbot, BirthEdit(), "Ngày sinh")
    month.editor.set_value("2026-10")
    qtbot.keyClicks(birth.editor, "1985")
    birth.editor.settle()
    assert (month.editor.text(), month.editor.value()) == ("10/2026", "2026-10")
    assert (birth.editor.text(), birth.editor.value()) == ("1985", "1985")


def test_an_item_is_picked_without_diacritics(qtbot: QtBot) -> None:
    pick = field(qtbot, PickEdit(ITEMS), "Mục chi").editor
    qtbot.keyClicks(pick, "hanh chinh")
    assert pick.offered() == ["33 — Chi quản lý hành chính"]
    qtbot.keyClick(pick, Qt.Key.Key_Return)
    assert pick.value() == "33"


def test_escape_closes_the_list_and_keeps_the_text(qtbot: QtBot) -> None:
    pick = field(qtbot, PickEdit(ITEMS, free=True), "Người nhận").editor
    qtbot.keyClicks(pick, "chi")
    assert len(pick.offered()) == 3
    qtbot.keyClick(pick, Qt.Key.Key_Escape)
    assert pick.offered() == []
    assert pick.value() == "chi"


def voucher_form(qtbot: QtBot) -> Form:
    form = Form(
        {
            "day": Field("Ngày", DayEdit(lambda: TODAY)),
            "item": Field("Mục chi", PickEdit(ITEMS)),
            "text": Field("Nội dung", LineEdit()),
            "amount": Field("Số tiền", MoneyEdit()),
        }
    )
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    qtbot.waitActive(form)
    return form


def test_a_voucher_is_entered_with_enter_alone(qtbot: QtBot) -> None:
    form = voucher_form(qtbot)
    form.fields["day"].editor.setFocus()
    for typed in ("h", "quan ly", "Van phong pham"):
        qtbot.keyClicks(form.focusWidget(), typed)
        qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Return)
    qtbot.keyClicks(form.focusWidget(), "640k")
    with qtbot.waitSignal(form.finished):
        qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Return)
    assert form.values() == {"day": TODAY, "item": "33", "text": "Van phong pham", "amount": 640_000}


def test_a_refusal_stands_under_its_field_until_it_is_mended(qtbot: QtBot) -> None:
    form = voucher_form(qtbot)
    left = form.show_problems(
        [Problem("amount", "Hãy nhập số tiền."), Problem("", "Kỳ 03/2026 đã khóa sổ.")]
    )
    assert form.fields["amount"].below() == "Hãy nhập số tiền."
    assert left == ["Kỳ 03/2026 đã khóa sổ."]
    assert form.focusWidget() is form.fields["amount"].editor
    qtbot.keyClicks(form.fields["amount"].editor, "5")
    assert "Hãy nhập" not in form.fields["amount"].below()


def test_a_form_settles_within_a_second_of_the_last_key(qtbot: QtBot) -> None:
    form = voucher_form(qtbot)
    with qtbot.waitSignal(form.settled, timeout=1000):
        qtbot.keyClicks(form.fields["text"].editor, "Hoa")


def test_filling_a_form_is_not_an_edit(qtbot: QtBot) -> None:
    form = voucher_form(qtbot)
    with qtbot.assertNotEmitted(form.edited):
        form.set_values({"day": TODAY, "item": "31", "text": "Thăm hỏi", "amount": 500_000})
    assert form.values()["item"] == "31"


def test_a_note_of_the_field_comes_back_after_a_mended_refusal(qtbot: QtBot) -> None:
    item = field(qtbot, PickEdit(ITEMS), "Mục chi")
    item.note("Đã dùng 96 % dự toán mục 33 của năm.", "warn")
    item.refuse("Hãy chọn mục chi.")
    item.refuse("")
    assert item.below() == "Đã dùng 96 % dự toán mục 33 của năm."


def test_every_declared_simple_field_has_an_editor_with_a_name(qtbot: QtBot) -> None:
    person = entities()["person"]
    names = [f.name for f in person.fields if f.kind not in ("rows", "facts")]
    form = Form(fields_of(person, names))
    qtbot.addWidget(form)
    assert list(form.values()) == names
    assert all(f.editor.accessibleName() for f in form.fields.values())
    with pytest.raises(KeyError):
        editor_of(next(f for f in entities()["voucher"].fields if f.kind == "rows"))


def test_long_text_and_ticks_keep_their_values(qtbot: QtBot) -> None:
    text, tick = field(qtbot, LongEdit(), "Ghi chú").editor, field(qtbot, Tick(), "Ủy quyền").editor
    with qtbot.assertNotEmitted(text.edited):
        text.set_value("Hai\ndòng")
    tick.set_value(True)
    assert (text.value(), tick.value()) == ("Hai\ndòng", True)
