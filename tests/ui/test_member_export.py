"""*Xuất Excel theo mẫu*: columns picked and named once, kept, used again, and the file written."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from desktop_app.actions import list_profiles, sensitive
from desktop_app.domain.records import Person
from desktop_app.ui import files
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.members.export import MemberExport
from desktop_app.ui.pages.members.page import Members


@pytest.fixture
def dialog(desk: Desk, qtbot: QtBot) -> MemberExport:
    made = MemberExport(desk, [person.id for person in desk.book.all(Person)])
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_profile_is_made_kept_and_taken_again(dialog: MemberExport, desk: Desk, qtbot: QtBot) -> None:
    assert [column["field"] for column in dialog.values()["columns"]][:4] == ["no", "name", "birth", "sex"]
    for key in ("no", "birth", "sex", "cccd", "card", "joined"):
        dialog.check(key, on=False)
    dialog.check("home")
    dialog.grid.setCurrentCell(1, 0)
    dialog.move(1)
    dialog.grid.item(2, 1).setText("Nhân viên")
    assert not dialog.keep()
    assert dialog.banner.text() == "Hãy nhập Tên mẫu."
    dialog.name.set_value("Mẫu của tỉnh")
    dialog.days.choose("Chữ 05/03/1985")
    assert dialog.keep()
    (kept,) = list_profiles.profiles(desk.book)
    again = MemberExport(desk, [])
    qtbot.addWidget(again)
    assert again.values() == {
        "name": "Mẫu của tỉnh", "days": "Chữ 05/03/1985",
        "columns": [{"field": c.field, "heading": c.heading} for c in kept.columns],
    }  # fmt: skip
    assert [c.heading for c in kept.columns] == ["Nhân viên", "Tổ công đoàn", "Quê quán"]
    again.forget()
    assert list_profiles.profiles(desk.book) == []


def test_the_file_is_written_of_who_is_shown(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Members(desk)
    qtbot.addWidget(page)
    page.refresh()
    page.list.sieves.chips["sex"].choose("Nữ")
    page.printing.ask_profile()
    dialog = page.printing.exporting
    monkeypatch.setattr(files, "to_save", lambda *_: tmp_path / "ra.xlsx")
    dialog.write()
    rows = CalamineWorkbook.from_path(tmp_path / "ra.xlsx").get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[1:]] == ["Hồ Thị Ánh", "Trần Thị Hoa", "Lê Thị Hường", "Võ Thị Yến"]
    assert rows[1][4] == "040195007788"


def test_a_sensitive_column_asks_why(dialog: MemberExport) -> None:
    assert dialog.reason.isHidden()
    dialog.check(f"+{sensitive.kinds()[0].key}")
    assert not dialog.reason.isHidden()
    dialog.write()
    assert dialog.banner.text() == "Mẫu có cột thông tin riêng tư. Hãy ghi lý do."
