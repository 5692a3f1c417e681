"""*Cần xem lại*: one key settles what two PCs wrote differently."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.actions import members, review
from desktop_app.domain.records import Person
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.review import Review
from tests.actions.test_review import written_beside
from tests.storage.test_incoming import OtherPc


def test_a_key_takes_the_other_value_and_the_page_says_nothing_is_left(qtbot: QtBot, desk: Desk) -> None:
    person = next(desk.book.all(Person))
    members.edit(desk.book, person.id, {"name": "Nguyễn Văn Thắng A"}, "Hoa")
    written_beside(desk.book, person.id, OtherPc(), name="Nguyễn Văn Thắng B")
    page = Review(desk)
    desk.touched.connect(lambda _: page.refresh())
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.refresh()
    page.table.view.setFocus()
    (question,) = review.questions(desk.book)
    qtbot.keyClick(page.table.view, Qt.Key.Key_2)
    kept = desk.book.get(Person, person.id)
    assert kept is not None
    assert kept.name == question.other.text
    assert not page.take_other.isEnabled()
    assert "Không có gì cần xem lại" in page.table.empty.sentence()
