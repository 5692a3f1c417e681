"""*Đối chiếu ngân hàng*: a statement read, matched by keyboard, the rest booked, balances met."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.actions import bank_rules, vouchers
from desktop_app.actions.bank import Row
from desktop_app.domain.records import Fund, Voucher
from desktop_app.ui import files
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.bank.choosing import Choosing
from desktop_app.ui.pages.bank.page import Bank
from tests.exchange import statements


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Bank:
    desk.today = lambda: date(2026, 11, 3)
    made = Bank(desk)
    qtbot.addWidget(made)
    made.resize(1100, 660)
    made.refresh()
    made.show()
    return made


def cancel(desk: Desk, *numbers: str) -> None:
    for voucher in list(desk.book.all(Voucher)):
        if voucher.number in numbers:
            vouchers.cancel(desk.book, voucher.id, "Lập lại", desk.by)


def row_of(page: Bank, words: str) -> Row:
    return next(row for row in page.lines.model.all() if words in row.line.text)


def test_all_sure_lines_are_matched_by_one_key_and_the_balances_meet(
    page: Bank, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert page.lines.empty.sentence().startswith("Chưa có sao kê của tháng 11/2026")
    monkeypatch.setattr(files, "to_open", lambda *_: statements.vietcombank(tmp_path / "t10.xlsx"))
    cancel(desk, "BN10/01")
    page.choose_file()
    assert page.period.period.key == "2026-10"
    assert page.banner.text() == "Đã đọc 9 dòng mới, 0 dòng đã có từ 05/10/2026 đến 31/10/2026."
    assert (page.cards["left"].figure(), page.cards["left"].hint()) == ("9", "9 dòng chắc chắn")
    assert page.cards["off"].figure() == "-22.000 ₫"
    page.confirm_sure()
    assert page.cards["left"].hint() == "đã khớp hết"
    assert page.cards["off"].hint() == "hai bên bằng nhau"
    assert not page.all.isEnabled()


def test_enter_confirms_a_line_and_goes_to_the_next_open_one(page: Bank, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    page.bring(statements.bidv(tmp_path / "t10.xlsx"))
    page.lines.pick(lambda row: "QUA LUONG" in row.line.text)
    qtbot.keyClick(page.lines.view, Qt.Key.Key_Return)
    assert row_of(page, "QUA LUONG").state == "khớp"
    assert "RUT TIEN MAT" in page.lines.current().line.text
    with qtbot.waitSignal(desk.wanted) as gone:
        page.confirm(row_of(page, "QUA LUONG"))
    assert gone.args == ["vouchers", row_of(page, "QUA LUONG").line.papers[0].voucher]
    page.undo(row_of(page, "QUA LUONG"))
    assert row_of(page, "QUA LUONG").state == "chắc chắn"


def test_an_unclear_line_gets_its_item_and_the_words_are_remembered(page: Bank, desk: Desk, tmp_path: Path) -> None:
    cancel(desk, "UNC10/01")
    path = statements.signed_csv(tmp_path / "t10.csv")
    path.write_text(path.read_text("utf-8").replace("RUT TIEN MAT ", ""), "utf-8")
    page.bring(path)
    row = row_of(page, "SEC AB123")
    page.confirm(row)
    assert page.asking is not None
    page.asking.form.set_values({"item": "37", "text": "Chi theo séc", "words": "sec ab"})
    page.asking.do()
    assert row_of(page, "SEC AB123").line.items == "37"
    cancel(desk, row_of(page, "SEC AB123").line.numbers)
    page.refresh()
    assert row_of(page, "SEC AB123").sure
    page.ask = lambda *_: "Hoàn lại"
    page.set_aside(row_of(page, "SEC AB123"))
    assert row_of(page, "SEC AB123").state == "để riêng"


def test_a_file_of_an_unknown_form_asks_for_its_columns(page: Bank, tmp_path: Path) -> None:
    page.bring(statements.strange(tmp_path / "la.xlsx"))
    assert page.asking is not None
    page.asking.form.set_values({"day": "Khi nào", "text": "Việc gì", "in": "Vô", "out": "Ra"})
    page.asking.do()
    assert len(page.lines.model.all()) == 9
    assert page.cards["bank"].figure() == "—"
    page.bring(tmp_path / "khong-co.xlsx")
    assert "Không thấy tệp" in page.banner.text()


def test_the_books_side_shows_what_the_bank_has_not_said(page: Bank, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    page.bring(statements.vietcombank(tmp_path / "t10.xlsx"))
    page.side.choose("book")
    assert page.alone.isVisible()
    assert len(page.alone.model.all()) == 9
    page.confirm_sure()
    assert page.alone.empty.sentence() == "Mọi phiếu của kỳ này đều đã khớp với sao kê."
    page.open_at({"period": "2026-10", "state": "khớp"})
    assert page.states.value == "khớp"


def test_own_rules_are_seen_and_taken_away_and_wrong_lines_thrown_out(
    page: Bank, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = statements.vietcombank(tmp_path / "t10.xlsx")
    monkeypatch.setattr(files, "to_open", lambda *_: path)
    bank_rules.add(desk.book, {"words": "sec", "side": "Tiền ra", "item": "37"}, desk.by)
    rules, mapping = page.more_menu().actions()
    shown = page.show_rules()
    shown.table.pick(lambda rule: rule.item == "37")
    shown.remove(shown.table.current())
    assert shown.table.empty.sentence().startswith("Chưa có quy tắc riêng")
    shown.accept()
    assert (rules.text(), mapping.text()) == ("Quy tắc riêng…", "Nhập sao kê, chỉ lại các cột…")
    mapping.trigger()
    assert page.asking is not None
    assert page.asking.form.values()["day"].startswith("Ngày giao dịch")
    page.asking.do()
    assert len(page.lines.model.all()) == 9
    page.discard(list(page.lines.model.all()))
    assert len(page.lines.model.all()) == 0


def test_several_vouchers_are_picked_for_one_line_and_the_fee_gets_its_own(
    page: Bank, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    cancel(desk, "UNC10/02", "BN10/01")
    fund = next(fund for fund in desk.book.all(Fund) if fund.code == "NH")
    for amount in (3_000_000, 4_189_000):
        line = {"item": "32", "fund": fund.id, "amount_out": amount}
        vouchers.write(desk.book, {"kind": "UNC", "day": date(2026, 10, 24), "text": "Hội thao", "lines": [line]}, desk.by)
    page.bring(statements.vietcombank(tmp_path / "t10.xlsx"))
    page.lines.pick(lambda row: "HOI THAO" in row.line.text)
    qtbot.keyClick(page.lines.view, Qt.Key.Key_F6)
    choosing = page.findChild(Choosing)
    assert choosing is not None
    assert not choosing.act.isEnabled()
    choosing.pick({moved.id for moved in choosing.table.model.all() if moved.text == "Hội thao"})
    assert choosing.left.text() == "Đã chọn 2 phiếu, cộng -7.189.000 ₫; sao kê -7.200.000 ₫. Chênh lệch -11.000 ₫: chọn thêm phiếu, hoặc lập phiếu cho phần này."
    assert choosing.form.values()["item"] == "33"
    choosing.do()
    row = row_of(page, "HOI THAO")
    assert (row.state, row.line.items, len(row.line.papers)) == ("khớp", "32, 33", 3)
    page.undo(row)
    assert row_of(page, "HOI THAO").open


def test_a_period_without_a_statement_says_so(page: Bank) -> None:
    assert (page.cards["left"].figure(), page.cards["left"].hint()) == ("—", "chưa nhập sao kê")
    assert page.cards["bank"].hint() == "chưa nhập sao kê"
    page.side.choose("book")
    assert page.alone.empty.sentence() == "Kỳ này tài khoản không có phiếu nào."
