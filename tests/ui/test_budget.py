"""*Dự toán* as the accountant uses it: propose the year, mend a mục with its reason, print it, hand it in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop_app.domain.records import Submission
from desktop_app.ui import files
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.filing.budget import BudgetPage
from desktop_app.ui.pages.filing.parts import Submitting


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> BudgetPage:
    made = BudgetPage(desk)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.open_at({"period": "2027"})
    made.show()
    desk.touched.connect(lambda touched: made.refresh() if touched & made.reads else None)
    return made


def row(page: BudgetPage, code: str) -> dict[str, Any]:
    found = next(row for row in page.table.model.all() if row.code == code)
    return {column.key: column.value(found) for column in page.table.model.columns}


def test_the_year_is_proposed_and_an_item_mended_with_its_reason(qtbot: QtBot, page: BudgetPage) -> None:
    assert "Chưa có dự toán thu" in page.banner.text()
    asked = page.ask_proposal()
    assert asked is not None
    assert asked.form.values()["support"] == 10000000
    asked.form.set_values({"growth": None})
    asked.do()
    assert asked.form.fields["growth"].below() == "Hãy nhập một số."
    asked.form.set_values({"growth": 6})
    asked.do()
    assert row(page, "22")["plan"] > 0
    assert row(page, "10")["plan"] == row(page, "50")["plan"] == 66996650
    assert row(page, "33")["reason"] == "Đề xuất theo lương tháng 12/2026 tăng 6 %"
    page.table.pick(lambda row: row.code == "33")
    mending = page.ask_item(page.table.current())
    assert mending is not None
    mending.form.set_values({"amount": 4000000, "reason": "Đại hội"})
    mending.do()
    assert (row(page, "33")["plan"], row(page, "33")["reason"]) == (4000000, "Đại hội")
    page.table.pick(lambda row: row.code == "50")
    assert page.ask_item(page.table.current()) is None


def test_what_is_spent_stands_beside_the_plan(page: BudgetPage) -> None:
    page.open_at({"period": "2026"})
    page.table.pick(lambda row: row.code == "33")
    mending = page.ask_item(page.table.current())
    assert mending is not None
    mending.form.set_values({"amount": 700000, "reason": ""})
    mending.do()
    assert (row(page, "33")["plan"], row(page, "33")["actual"], row(page, "33")["used"]) == (700000, 662000, 94)


def test_the_budget_is_printed_and_handed_in(
    qtbot: QtBot, page: BudgetPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(files, "show", opened.append)
    monkeypatch.setattr(Submitting, "exec", lambda _: int(QDialog.DialogCode.Accepted))
    asked = page.ask_proposal()
    assert asked is not None
    asked.do()
    qtbot.keyClick(page, Qt.Key.Key_F9)
    assert opened[0].read_bytes().startswith(b"%PDF")
    page.submit()
    (sent,) = desk.book.all(Submission)
    assert (sent.form, sent.period) == ("B14", "2027")
    assert page.pill.text() == "Đã nộp · lần 1"
