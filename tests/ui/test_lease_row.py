"""*Quyền ghi sổ* on the page Đồng bộ: who holds it is told, and it is given away with the keyboard."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.actions import lease
from desktop_app.storage import enrolment, peers
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.sharing.lease import LeaseRow
from sync.messages import Certificate, Peer


def known(desk: Desk, own: int, other: int) -> str:
    """The book is enrolled, and the server listed it and a second PC; answers the second's id."""
    book, second = desk.book, "3f9a" * 4
    enrolment.keep(book, enrolment.Enrolment("https://vi-du.vn", b"k" * 32, "CĐCS Hưng Lộc", book.device, lease=own))
    listed = [
        Peer(
            certificate=Certificate(union="40-001", device=device, key=b"k" * 32, issued=1), certificate_sig=b"s" * 64,
            age="age1x", lease=number, revoked=False,
        )
        for device, number in ((book.device, own), (second, other))
    ]  # fmt: skip
    peers.keep(book, 1, listed)
    return second


@pytest.fixture
def row(qtbot: QtBot, desk: Desk) -> LeaseRow:
    made = LeaseRow(desk)
    qtbot.addWidget(made)
    return made


def test_a_union_of_one_pc_need_not_know_of_it(row: LeaseRow, desk: Desk) -> None:
    row.show_standing(lease.look(desk.book))
    assert row.isHidden()


def test_the_holder_gives_it_to_the_other_pc(row: LeaseRow, desk: Desk) -> None:
    known(desk, 1, 0)
    row.show_standing(lease.look(desk.book))
    assert row.told.text() == "Máy này giữ quyền ghi sổ: khóa sổ và đánh số chính."
    asked = row.ask()
    asked.act.click()
    row.show_standing(lease.look(desk.book))
    assert row.told.text().startswith("Máy này đã giao quyền ghi sổ cho máy 3f9a; hai máy đồng bộ xong")
    assert row.give.isHidden()


def test_the_other_pc_is_told_who_holds_it(row: LeaseRow, desk: Desk) -> None:
    known(desk, 0, 4)
    row.show_standing(lease.look(desk.book))
    assert row.told.text() == "Quyền ghi sổ đang ở máy 3f9a."
    assert row.give.isHidden()
