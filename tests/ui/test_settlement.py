"""*Quyết toán* and *Báo cáo định kỳ* as the accountant uses them, on the book of October."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop_app.actions import reports
from desktop_app.domain.dates import Period
from desktop_app.domain.fields import build
from desktop_app.domain.records import Submission, Verdict
from desktop_app.storage.book import new_id
from desktop_app.ui import files
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.filing import parts as filing_parts
from desktop_app.ui.pages.filing.activity import Activity
from desktop_app.ui.pages.filing.parts import Submitting, TwoDays
from desktop_app.ui.pages.filing.settlement import Settlement

OCTOBER = Period.parse("2026-10")


@pytest.fixture
def page(settlement: Settlement) -> Settlement:
    return settlement


def row(page: Settlement, code: str) -> dict[str, Any]:
    found = next(row for row in page.table.model.all() if row.code == code)
    return {column.key: column.value(found) for column in page.table.model.columns}


def say_yes(monkeypatch: pytest.MonkeyPatch, note: str = "") -> list[Submitting]:
    asked: list[Submitting] = []

    def answer(dialog: Submitting) -> int:
        dialog.note.set_value(note)
        asked.append(dialog)
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(Submitting, "exec", answer)
    return asked


def answered(desk: Desk, state: str, note: str = "", **cells: str) -> None:
    sent = list(desk.book.all(Submission))[-1]
    values = {"id": new_id(), "submission": sent.id, "state": state, "note": note,
              "cells": {code.removeprefix("c"): text for code, text in cells.items()}}  # fmt: skip
    with desk.book.transact("verdict", "LĐLĐ tỉnh") as transaction:
        transaction.save(build(Verdict, values))
    desk.changed({"verdict"})


def test_the_page_shows_the_settlement_of_a_period(page: Settlement) -> None:
    assert (row(page, "10")["actual"], row(page, "50")["actual"]) == (50800000, 66996650)
    assert page.period.text() == "Tháng 10/2026"
    assert page.pill.text() == "Nháp"
    assert page._figures["V.b"].text() == "1.816.800"
    assert page._figures["workers"].text() == "8"
    texts = [page._checks.itemAt(n).widget().accessibleName() for n in range(page._checks.count())]
    assert texts[0] == "Lưu ý: Còn 1 tháng trong kỳ chưa khóa sổ. Hãy khóa sổ trước khi nộp."
    assert texts[1].startswith("Đạt: Cân đối: mã 50 là 66.996.650, bằng tiền mặt 10.260.000 + tiền gửi 56.736.650")
    page.period.choose("2026-09")
    assert row(page, "50")["actual"] == 0
    assert page.desk.settings.value("settlement/period") == "2026-09"


def test_a_figure_opens_the_vouchers_behind_it(qtbot: QtBot, page: Settlement) -> None:
    page.table.pick(lambda row: row.code == "28")
    with qtbot.waitSignal(page.desk.wanted) as opened:
        qtbot.keyClick(page.table.view, Qt.Key.Key_Return)
    assert opened.args == ["vouchers", {"items": ["28.01", "28.02"], "period": "2026-10"}]
    gone: list[dict[str, Any]] = []
    page.desk.wanted.connect(lambda _, target: gone.append(target))
    for key in ("31", "cong_chi", "V.c", "50", "II"):
        page.open_figure(next(row for row in page.table.model.all() if row.key == key))
    assert gone == [
        {"period": "2026-10", "item": "31"},
        {"period": "2026-10", "items": ["31", "32", "33", "34.01", "34.02", "37"]},
        {"period": "2026-10", "items": ["39"]},
        {"period": "2026-10"},
    ]


def test_handed_in_returned_with_notes_handed_in_again_and_accepted(
    page: Settlement, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = say_yes(monkeypatch, "Nộp lần đầu")
    page.submit()
    assert page.pill.text() == "Đã nộp · lần 1"
    (sent,) = desk.book.all(Submission)
    assert (sent.note, sent.version) == ("Nộp lần đầu", 1)
    answered(desk, "trả lại", "Xem lại quà 20/10", c31="50 hay 55 suất?", members="Thiếu 2")
    assert page.pill.text() == "Trả lại · lần 1"
    assert page.banner.text() == (
        "Cấp trên trả lại: Xem lại quà 20/10. Có ghi chú ở dòng 31. · Số đoàn viên công đoàn: Thiếu 2"
    )
    assert row(page, "31")["note"] == "50 hay 55 suất?"
    assert page.send.text() == "Nộp lại"
    page.submit()
    answered(desk, "đã duyệt", "Đúng")
    assert (page.pill.text(), page.banner.text()) == ("Đã duyệt · lần 2", "Cấp trên đã duyệt. Đúng")
    assert row(page, "31")["approved"] == 7000000
    assert not page.send.isEnabled()
    assert len(asked) == 2


def test_a_refusal_stands_on_the_page(page: Settlement, monkeypatch: pytest.MonkeyPatch) -> None:
    say_yes(monkeypatch)
    page.submit()
    page.submit()
    assert "đã nộp lần 1 và số liệu không đổi" in page.banner.text()


def test_paper_and_excel(page: Settlement, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(files, "show", opened.append)
    monkeypatch.setattr(files, "to_save", lambda *_: tmp_path / "b07.xlsx")
    page._papers.pdf("B07", OCTOBER)
    assert opened[0].read_bytes().startswith(b"%PDF")
    page._papers.xlsx("B07", OCTOBER)
    assert (tmp_path / "b07.xlsx").stat().st_size > 3000
    monkeypatch.setattr(files, "to_save", lambda *_: tmp_path / "khong-co" / "b07.xlsx")
    page._papers.xlsx("B07", OCTOBER)
    assert "Không ghi được b07.xlsx" in page.banner.text()


def test_any_two_days_are_a_period(qtbot: QtBot, page: Settlement) -> None:
    asked = TwoDays(OCTOBER, page)
    qtbot.addWidget(asked)
    asked.form.set_values({"first": "15/10/2026", "last": "1/10/2026"})
    asked.take()
    assert "đổi chỗ" in asked.form.fields["last"].below()
    asked.form.set_values({"last": "31/10/2026"})
    asked.take()
    assert asked.period.key == "2026-10-15..2026-10-31"
    page.period.look_at(asked.period)
    assert page.period.text() == "Từ 15/10/2026 đến 31/10/2026"


@pytest.fixture
def activity(qtbot: QtBot, desk: Desk) -> Activity:
    made = Activity(desk)
    qtbot.addWidget(made)
    made.open_at({"period": "2026-10"})
    made.show()
    desk.touched.connect(lambda touched: made.refresh() if touched & made.reads else None)
    return made


def put(page: Activity, code: str, text: str, reason: str = "") -> None:
    cell = page.cells[code]
    cell.edit.setText(text)
    cell.reason.setText(reason)
    cell.edit.edited.emit()


def test_computed_cells_are_filled_and_typed_ones_kept(activity: Activity, desk: Desk) -> None:
    assert [activity.cells[code].edit.value() for code in ("1", "2", "TC6.2", "TC6.2.n")] == [8, 4, 7, 4]
    assert activity.cells["1"].note.text() == "Chương trình tính"
    assert activity.day.text() == "Số liệu tính đến ngày 31/10/2026"
    put(activity, "7", "2")
    activity.keep()
    assert reports.activity(desk.book, "1-HDCD", OCTOBER).cells["7"] == 2


def test_another_number_than_the_computed_one_needs_a_reason(activity: Activity, desk: Desk) -> None:
    put(activity, "1", "10")
    assert activity.cells["1"].reason.isVisible()
    activity.keep()
    assert "hãy nhập lý do" in activity.cells["1"].note.text()
    activity.submit()
    assert "Còn ô chưa ghi được" in activity.banner.text()
    put(activity, "1", "10", "Hai người thử việc")
    activity.keep()
    assert reports.activity(desk.book, "1-HDCD", OCTOBER).overridden == {"1": "Hai người thử việc"}
    assert "Chương trình tính được 8" in activity.cells["1"].note.text()
    put(activity, "1", "")
    activity.keep()
    assert reports.activity(desk.book, "1-HDCD", OCTOBER).cells["1"] == 8


def test_the_activity_report_comes_back_with_notes_beside_its_cells(
    activity: Activity, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    say_yes(monkeypatch)
    put(activity, "4", "3")
    activity.submit()
    assert "nhiều hơn tổng số (dòng 3)" in activity.banner.text()
    put(activity, "4", "0")
    activity.submit()
    assert activity.pill.text() == "Đã nộp · lần 1"
    answered(desk, "trả lại", "Bổ sung", c7="Ghi số người có nhà")
    assert activity.cells["7"].note.text() == "Cấp trên: Ghi số người có nhà"
    put(activity, "7", "1")
    activity.submit()
    answered(desk, "đã duyệt")
    assert activity.pill.text() == "Đã duyệt · lần 2"
    assert activity.cells["7"].edit.isReadOnly()


def test_enter_goes_from_cell_to_cell(qtbot: QtBot, activity: Activity) -> None:
    activity.cells["3"].edit.setFocus()
    qtbot.keyClick(activity.cells["3"].edit, Qt.Key.Key_Return)
    assert activity.cells["4"].edit.hasFocus()
    qtbot.keyClick(activity.cells["4"].edit, Qt.Key.Key_Up)
    assert activity.cells["3"].edit.hasFocus()


def test_the_chip_offers_the_periods_of_a_year() -> None:
    offered = [text for _, text in filing_parts.periods_of(2026)]
    assert offered[:4] == ["Năm 2026", "6 tháng đầu năm 2026", "6 tháng cuối năm 2026", "Quý I/2026"]
    assert offered[-1] == "Từ ngày … đến ngày …"


def test_the_settlement_is_explained_and_its_papers_kept(page: Settlement, desk: Desk, tmp_path: Path) -> None:
    asked = page.ask_enclosures()
    statement = tmp_path / "sao-ke.pdf"
    statement.write_bytes(b"%PDF-1.4")
    asked.attach("statement", tmp_path / "khong-co.pdf")
    assert "Không đọc được khong-co.pdf" in asked.refusal.text()
    asked.attach("statement", statement)
    asked.words.set_value("Chi hội thao tăng.")
    asked.ticks["cash_count"].setChecked(True)
    asked.keep()
    told = {each.key: each.words for each in page.going}
    assert (told["statement"], told["cash_count"], told["explanation"]) == (
        "1 tệp: sao-ke.pdf", "gửi bản giấy.", "đã viết.",
    )  # fmt: skip
