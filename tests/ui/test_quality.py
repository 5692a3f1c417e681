"""*Chất lượng dữ liệu*: shares with numerator and denominator, the list narrows, one click opens the field that lacks."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.actions import members
from desktop_app.domain.records import Person
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.members.page import Members
from desktop_app.ui.pages.members.quality import QualityPage


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> QualityPage:
    known = {person.name: person.id for person in desk.book.all(Person)}
    members.edit(desk.book, known["Trần Thị Hoa"], {"cccd": "", "registered": "1/3/2026"}, "Hoa")
    members.edit(desk.book, known["Lê Thị Hường"], {"cccd": "", "birth": "", "registered": "1/3/2026"}, "Hoa")
    members.edit(desk.book, known["Phan Đình Ân"], {"joined": ""}, "Hoa")
    made = QualityPage(desk)
    qtbot.addWidget(made)
    made.resize(1150, 700)
    made.show()
    made.refresh()
    return made


def gaps(page: QualityPage) -> list[tuple[str, str]]:
    column = page.model.columns[2]
    return [(row.name, column.value(row)) for row in page.table.seen()[1]]


def test_every_share_has_its_numerator_and_denominator(page: QualityPage) -> None:
    assert [card.figure() for card in page.cards.values()] == ["4/7", "2/7", "3 người"]
    assert page.cards["registered"].hint() == "28 % đoàn viên · mục tiêu 100 %"
    assert {line.name: line.share for line in page.fields.model.all()}["CCCD"] == (5, 7)
    assert [(line.team, line.complete, line.registered) for line in page.teams.model.all()][-1] == ("Văn phòng", (0, 2), (2, 2))


def test_a_line_of_the_meter_narrows_the_list(page: QualityPage) -> None:
    unregistered = "ngày cập nhật phần mềm TLĐ"
    assert gaps(page) == [
        ("Phan Đình Ân", f"ngày vào công đoàn, {unregistered}"), ("Trần Thị Hoa", "CCCD"), ("Lê Thị Hường", "ngày sinh, CCCD"),
    ]  # fmt: skip
    page.fields.pick(lambda line: line.field == "birth")
    assert [name for name, _ in gaps(page)] == ["Lê Thị Hường"]
    page.teams.pick(lambda line: line.team == "Tổ cắt")
    assert (gaps(page), page.table.empty.sentence()) == ([], "Không còn ai thiếu thông tin này.")
    page.all.click()
    assert len(gaps(page)) == 3
    page.cards["registered"].click()
    assert len(gaps(page)) == 5


def test_one_click_on_a_gap_opens_its_field_and_what_is_filled_leaves_the_list(
    page: QualityPage, desk: Desk, qtbot: QtBot
) -> None:
    shown = Members(desk)
    qtbot.addWidget(shown)
    shown.resize(1150, 700)
    shown.show()
    desk.wanted.connect(lambda key, target: shown.open_at(target))
    desk.touched.connect(lambda _: page.refresh())
    page.fields.pick(lambda line: line.field == "cccd")
    page.table.view.clicked.emit(page.model.index(1, 2))
    QApplication.processEvents()
    assert [row.name for row in shown.table.seen()[1]] == ["Trần Thị Hoa", "Lê Thị Hường"]
    assert shown.form.heading.text() == "Lê Thị Hường"
    assert shown.focusWidget() is shown.form.form.fields["cccd"].editor
    shown.form.form.set_values({"cccd": "040190001234"})
    shown.form.save()
    assert [name for name, _ in gaps(page)] == ["Trần Thị Hoa"]
    page.cards["registered"].click()
    page.table.view.clicked.emit(page.model.index(0, 2))
    assert shown.focusWidget() is shown.form.more.fields["registered"].editor
