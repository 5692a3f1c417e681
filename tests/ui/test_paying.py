"""*KPCĐ và nộp cấp trên* on the book of October: what is owed, the fee's clock, the transfer and its account."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.actions import bank, vouchers
from desktop_app.domain.records import Fund, Receiver, Voucher
from desktop_app.storage.book import Book
from desktop_app.ui import files
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.paying.page import Paying
from tests.exchange import statements


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Paying:
    desk.today = lambda: date(2026, 12, 5)
    made = Paying(desk)
    qtbot.addWidget(made)
    made.resize(1100, 660)
    made.refresh()
    made.show()
    desk.touched.connect(lambda touched: made.refresh() if touched & made.reads else None)
    return made


def paid_in_november(book: Book, by: str) -> None:
    """Dues of November come in; nothing goes up yet."""
    bank = next(fund for fund in book.all(Fund) if fund.code == "NH")
    line = {"item": "22", "fund": bank.id, "amount_in": 6056000}
    vouchers.write(book, {"kind": "BC", "day": date(2026, 11, 12), "text": "Đoàn phí tháng 11", "lines": [line]}, by)


def test_the_months_show_what_is_due_paid_and_owed(page: Paying, desk: Desk) -> None:
    rows = {row.month: row for row in page.up.model.all()}
    assert (rows["2026-10"].due, rows["2026-10"].paid, rows["2026-10"].owed) == (1816800, 1816800, 0)
    assert page.transfer.says.text() == "Không còn phải nộp ở tháng này."
    paid_in_november(desk.book, desk.by)
    desk.changed({"voucher"})
    page.open_at("2026-11")
    assert page.transfer.amount() == 1816800
    assert page.transfer.says.text().startswith("Chưa có số tài khoản nhận tiền.")


def test_a_confirmed_account_makes_order_code_and_draft(
    qtbot: QtBot, page: Paying, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(files, "show", opened.append)
    paid_in_november(desk.book, desk.by)
    desk.changed({"voucher"})
    page.open_at("2026-11")
    asked = page.ask_account()
    asked.form.set_values({"name": "LĐLĐ tỉnh Nghệ An", "bank": "Vietcombank", "account": "0011002233"})
    asked.do()
    (kept,) = desk.book.all(Receiver)
    assert kept.confirmed_by == desk.by
    assert page.transfer.checked.text().startswith(f"Đã xác nhận: {desk.by}")
    assert page.transfer.qr.isVisible()
    assert page.transfer.wording.text().endswith("nộp đoàn phí công đoàn tháng 11 năm 2026")
    page.print_order()
    assert opened[0].read_bytes().startswith(b"%PDF")
    with qtbot.waitSignal(desk.wanted) as gone:
        page.draft_payment()
    made = desk.book.get(Voucher, gone.args[1])
    assert made is not None
    assert (made.kind, made.posted, made.lines[0].item, made.lines[0].amount_out) == ("UNC", False, "39", 1816800)


def test_the_fee_has_its_clock_and_an_amber_account(page: Paying, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "show", lambda _: None)
    page.open_at({"of": "fee", "month": "2026-10"})
    row = page.fees.current()
    state = next(column for column in page.fees.model.columns if column.key == "state").value(row)
    assert (row.clock.deadline, state.text) == (date(2026, 11, 30), "Chậm đóng")
    assert "mã số thuế" in page.transfer.says.text()
    page.print_order()
    assert "mã số thuế" in page.banner.text()
    page.draft_payment()
    assert "KPCĐ do doanh nghiệp chuyển" in page.banner.text()


def test_the_bank_column_says_how_far_the_transfer_is(page: Paying, desk: Desk, tmp_path: Path) -> None:
    def said(month: str) -> str:
        row = next(row for row in page.up.model.all() if row.month == month)
        state = next(column for column in page.up.model.columns if column.key == "bank").value(row)
        return state.text if state else ""

    assert said("2026-10") == "Đã ghi sổ"
    bank.bring(desk.book, statements.bidv(tmp_path / "t10.xlsx"), desk.by)
    desk.changed({"bank_statement"})
    assert said("2026-10") == "NH chưa báo"
    (account,) = bank.accounts(desk.book)
    rows = bank.view(desk.book, account.id, date(2026, 10, 1), date(2026, 10, 31)).rows
    bank.confirm(desk.book, [row for row in rows if row.sure], desk.by)
    desk.changed({"bank_line"})
    assert said("2026-10") == "NH 30/10"


def test_f8_a_reduction_is_kept_and_the_papers_of_the_fee_are_made(page: Paying, desk: Desk) -> None:
    page.which.choose("fee")
    page.open_at({"of": "fee", "month": "2026-10"})
    page.more.ask_relief()
    assert page.more.asking is not None
    page.more.asking.form.set_values({"percent": 25, "to_month": "2026-12", "document": "QĐ 12/QĐ-LĐLĐ"})
    page.more.asking.do()
    assert "từ 1 đến 20 %" in page.more.asking.form.fields["percent"].below()
    page.more.asking.form.set_values({"percent": 20})
    page.more.asking.do()
    october = next(row for row in page.fees.model.all() if row.month == "2026-10")
    assert (october.due, page.fees.model.columns[1].value(october).text) == (1_672_000, "Chậm đóng")
    shown: list[Path] = []
    page.more.show_paper = shown.append
    request, confirmation = page.more.menu().actions()[:2]
    request.trigger()
    assert "mã số thuế" in page.banner.text()
    confirmation.trigger()
    assert shown[0].stat().st_size > 1000
    page.more.ask_relief()
    page.more.asking.also.click()
    assert next(row for row in page.fees.model.all() if row.month == "2026-10").due == 2_090_000
