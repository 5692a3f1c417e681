"""*Chứng từ* as Hoa uses it: by keyboard, on E5's book, on the last day of October."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.actions import periods, vouchers
from desktop_app.domain.records import Fund, Voucher
from desktop_app.storage import ledger, unfinished
from desktop_app.storage.book import Book
from desktop_app.ui.frame import Frame
from desktop_app.ui.pages.vouchers.page import Vouchers
from tests.actions.october import FIRST, LAST
from tests.conftest import KEY
from tests.ui.conftest import HOA
from tests.ui.voucher_desk import Keys, numbered, opened, sit_down


@pytest.fixture
def frame(qtbot: QtBot, october: Book, settings: QSettings) -> Iterator[Frame]:
    yield from opened(qtbot, october, settings)


@pytest.fixture
def page(frame: Frame) -> Vouchers:
    found = frame.open("vouchers")
    assert isinstance(found, Vouchers)
    return found


@pytest.fixture
def keys(qtbot: QtBot) -> Keys:
    return Keys(qtbot)


def cash(book: Book) -> int:
    fund = next(fund for fund in book.all(Fund) if fund.code == "TM")
    return ledger.fund_book(book, fund, FIRST, LAST).closing


def test_the_page_shows_october_with_transfers_outside_the_totals(page: Vouchers) -> None:
    assert [card.figure() for card in page.cards.funds[:2]] == ["10.260.000 ₫", "56.736.650 ₫"]
    assert [card.caption() for card in (page.cards.income, page.cards.spending)] == ["Thu tháng 10/2026", "Chi tháng 10/2026"]
    assert [card.figure() for card in (page.cards.income, page.cards.spending)] == ["35.127.150 ₫", "18.930.500 ₫"]
    assert dict(page.table.totals.sums()) == {"taken": 35127150, "paid": 18930500}
    assert page.table.model.rowCount() == 13


def test_a_payment_is_written_and_posted_by_keyboard_alone(page: Vouchers, keys: Keys, october: Book) -> None:
    keys.press(Qt.Key.Key_F3)
    keys.type("30/10")
    keys.enter(2)  # to the fund, which is the only one, and on
    keys.type("nvt")
    keys.press(Qt.Key.Key_Down)
    keys.enter()  # takes Nguyễn Văn Thắng and goes on
    assert page.form.form.fields["party"].editor.value() == "Nguyễn Văn Thắng"
    if QApplication.focusWidget() is not page.form.form.fields["text"].editor:
        keys.enter()
    keys.type("Nước họp")
    keys.enter()
    keys.type("33")
    keys.enter()
    keys.type("1tr25")
    words = len("Nước họp") + len("1tr25")
    field = page.form.form.fields["amount"]
    assert field.below() == "1.250.000 ₫ · Một triệu hai trăm năm mươi nghìn đồng"
    keys.control(Qt.Key.Key_S)
    made = numbered(october, "PC10/04")
    assert (made.party, made.text, made.day) == ("Nguyễn Văn Thắng", "Nước họp", date(2026, 10, 30))
    assert [(line.item, line.amount_out) for line in made.lines] == [("33", 1250000)]
    assert cash(october) == 10260000 - 1250000
    assert page.table.current().number == "PC10/04"
    assert unfinished.kept(october, "vouchers") == {}
    assert keys.count - words <= 25


def test_ctrl_z_takes_the_posting_back_and_keeps_number_and_content(page: Vouchers, keys: Keys, october: Book) -> None:
    page.form.start("PC", {"text": "Nước họp", "item": "33", "amount": 640000})
    keys.control(Qt.Key.Key_S)
    keys.control(Qt.Key.Key_Z)
    assert numbered(october, "PC10/04").cancelled
    assert cash(october) == 10260000
    assert page.form.voucher is None
    assert page.form.content()["amount"] == 640000
    keys.control(Qt.Key.Key_S)
    assert numbered(october, "PC10/05").text == "Nước họp"


def test_refusals_stand_under_their_fields_and_nothing_is_stored(page: Vouchers, keys: Keys, october: Book) -> None:
    keys.press(Qt.Key.Key_F2)
    keys.control(Qt.Key.Key_S)
    fields = page.form.form.fields
    assert [fields[name].below() for name in ("text", "amount")] == ["Hãy nhập Nội dung.", "Hãy nhập Số tiền."]
    assert fields["item"].below().startswith("Hãy chọn mục")
    assert QApplication.focusWidget() is fields["text"].editor
    assert len(list(october.all(Voucher))) == 13


def test_what_is_doubtful_is_amber_under_its_field_and_does_not_hinder(page: Vouchers, keys: Keys, october: Book) -> None:
    page.form.start("PC", {"text": "Mua sắm", "item": "33", "amount": 12000000})
    page.form.look_again()
    doubt = page.form.form.fields["amount"].doubted()
    assert doubt == "Quỹ Tiền mặt chỉ còn 10.260.000 ₫, phiếu này làm quỹ âm."
    keys.control(Qt.Key.Key_S)
    assert numbered(october, "PC10/04").posted


def test_what_is_typed_is_on_disk_within_a_second_and_opens_again(
    qtbot: QtBot, page: Vouchers, keys: Keys, october: Book, settings: QSettings
) -> None:
    keys.press(Qt.Key.Key_F3)
    keys.enter(2)
    keys.type("Lê Thị Lan")
    qtbot.waitUntil(lambda: bool(unfinished.kept(october, "vouchers")), timeout=1000)
    page.form.form.fields["amount"].editor.setFocus()
    keys.type("1tr2x")
    page.keep()
    after = Book(october.path, KEY)  # the power went: another start reads the disk
    again = Vouchers(sit_down(after, settings))
    qtbot.addWidget(again)
    again.refresh()
    assert again.form.content() | {"fund": ""} == {
        "kind": "PC", "day": date(2026, 10, 31), "fund": "", "party": "Lê Thị Lan", "text": "", "item": None,
        "amount": "1tr2x", "address": "", "papers": "",
    }  # fmt: skip
    assert again.table.current().state == "đang gõ"
    again.discard()
    assert unfinished.kept(after, "vouchers") == {}
    after.close()


def test_looking_at_other_vouchers_loses_nothing_of_the_one_being_typed(page: Vouchers, keys: Keys) -> None:
    keys.press(Qt.Key.Key_F3)
    keys.enter(2)
    keys.type("Lê Thị Lan")
    page.table.pick(lambda row: row.number == "PC10/02")
    assert page.form.voucher is not None
    page.table.pick(lambda row: row.state == "đang gõ")
    assert page.form.content()["party"] == "Lê Thị Lan"


def test_while_another_window_writes_the_form_waits_and_loses_nothing(
    page: Vouchers, keys: Keys, october: Book
) -> None:
    keys.press(Qt.Key.Key_F3)
    keys.enter(2)
    keys.type("Lan")
    october.db.execute("PRAGMA busy_timeout = 50")
    other = Book(october.path, KEY)
    with other.transact("import", "Bình"):
        page.keep()
        page.form.start("PC", {"text": "Nước họp", "item": "33", "amount": 640000})
        page.form.save()
        assert page.form.said.text().startswith("Sổ đang được ghi ở cửa sổ khác")
    other.close()
    page.form.save()
    assert numbered(october, "PC10/04").text == "Nước họp"
    page.keep()
    assert [content["party"] for content in unfinished.kept(october, "vouchers").values()] == ["Lan"]


def test_enter_behind_the_last_field_stands_on_the_button_that_posts(page: Vouchers, keys: Keys, october: Book) -> None:
    page.form.start("PC", {"text": "Nước họp", "item": "33", "amount": 640000})
    page.form.form.fields["address"].editor.setFocus()
    keys.enter()
    assert QApplication.focusWidget() is page.form.saving
    keys.enter()
    assert numbered(october, "PC10/04").posted


def test_where_the_window_is_low_the_field_being_typed_in_stays_in_sight(
    qtbot: QtBot, frame: Frame, page: Vouchers, keys: Keys
) -> None:
    frame.resize(1000, 520)
    page.form.start("PC")
    address = page.form.form.fields["address"].editor
    qtbot.waitUntil(lambda: not page.form.scroll.visibleRegion().isEmpty())
    address.setFocus()
    assert not address.visibleRegion().isEmpty()


def test_esc_closes_the_list_of_names_first_and_then_goes_back_to_the_vouchers(page: Vouchers, keys: Keys) -> None:
    keys.press(Qt.Key.Key_F3)
    keys.enter(2)
    keys.type("nvt")
    party = page.form.form.fields["party"].editor
    assert party.offered() == ["Nguyễn Văn Thắng"]
    keys.press(Qt.Key.Key_Escape)
    assert party.offered() == []
    assert QApplication.focusWidget() is party
    keys.press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is page.table.view
    assert page.table.current().party == "nvt"


def test_a_posted_voucher_is_locked_but_for_payee_address_and_papers(page: Vouchers, keys: Keys, october: Book) -> None:
    page.open_at(numbered(october, "PC10/02").id)
    fields = page.form.form.fields
    assert {n for n, f in fields.items() if not f.isHidden() and f.editor.isReadOnly()} == {
        "day", "fund", "text", "item", "amount",
    }  # fmt: skip
    fields["address"].editor.setFocus()
    keys.type("Tổ 2")
    keys.control(Qt.Key.Key_S)
    amended = numbered(october, "PC10/02")
    assert (amended.address, amended.lines[0].amount_out) == ("Tổ 2", 5500000)


def test_sua_phieu_reverses_and_opens_the_filled_in_draft(page: Vouchers, keys: Keys, october: Book) -> None:
    asked: list[str] = []
    page.ask = lambda title, tells, act, over: asked.append(tells) or "Thực chi 50 suất"  # type: ignore[func-returns-value]
    page.open_at(numbered(october, "PC10/02").id)
    keys.control(Qt.Key.Key_E)
    assert asked[0].startswith("PC10/02 được đảo")
    assert cash(october) == 15760000
    assert QApplication.focusWidget() is page.form.form.fields["amount"].editor
    keys.type("5tr")
    keys.control(Qt.Key.Key_S)
    assert numbered(october, "PC10/04").replaces == numbered(october, "PC10/02").id
    assert cash(october) == 10760000
    assert ledger.item_totals(october, FIRST, LAST)["31"] == (0, 6500000)


def test_huy_phieu_needs_a_reason_and_marks_the_row(page: Vouchers, october: Book) -> None:
    page.open_at(numbered(october, "PC10/03").id)
    page.ask = lambda *_: ""
    page.cancel()
    assert not numbered(october, "PC10/03").cancelled
    page.ask = lambda *_: "Ghi nhầm"
    page.cancel()
    assert numbered(october, "PC10/03").reason == "Ghi nhầm"
    assert page.table.current().state == "đã hủy"
    assert page.table.totals.sums()["paid"] == 18930500 - 640000


def test_money_moves_between_funds_under_its_own_kind(page: Vouchers, october: Book) -> None:
    bank, box = (next(f.id for f in october.all(Fund) if f.code == code) for code in ("NH", "TM"))
    page.form.start("UNC", {"fund": bank, "to_fund": box, "text": "Rút tiền", "amount": 1000000})
    page.form.save()
    made = numbered(october, "UNC10/05")
    assert (made.counterpart, cash(october)) == ("PT10/03", 11260000)
    assert page.cards.income.figure() == "35.127.150 ₫"


def test_an_adjusting_voucher_takes_what_it_needs_from_the_one_it_adjusts(page: Vouchers, october: Book) -> None:
    old = numbered(october, "PC10/02")
    page.form.start("ĐC", {"adjusts": old.id, "text": "Thực chi 50 suất", "amount": "-500k"})
    page.form.save()
    made = numbered(october, "ĐC10/01")
    assert (made.adjusts, made.lines[0].item, made.lines[0].amount_out) == (old.id, "31", -500000)
    assert cash(october) == 10760000


def test_a_closed_month_says_so_and_refuses_under_the_day(page: Vouchers, keys: Keys, october: Book) -> None:
    page.close_month()
    assert not page.lock.isHidden()
    page.form.start("PC", {"text": "Nước họp", "item": "33", "amount": 640000})
    page.form.save()
    assert page.form.form.fields["day"].below().startswith("Kỳ 10/2026 đã khóa sổ. Hãy lập phiếu điều chỉnh")
    page.ask = lambda *_: "Bổ sung hóa đơn"
    page.close_month()
    assert page.lock.isHidden()
    page.form.save()
    assert numbered(october, "PC10/04").posted


def test_closing_tells_of_drafts_before_it_closes(page: Vouchers, october: Book) -> None:
    page.form.start("PC", {"text": "Nước họp", "item": "33", "amount": 640000})
    page.form.save_draft()
    page.close_month()
    assert "còn 1 phiếu nháp" in page.banner.text()
    assert page.lock.isHidden()
    page.close_month()
    assert not page.lock.isHidden()
    assert periods.before_closing(october, "2026-11") == ""


def test_f9_prints_what_is_shown(page: Vouchers, keys: Keys, october: Book) -> None:
    shown: list[Path] = []
    page.printer.show = shown.append
    page.open_at(numbered(october, "PC10/02").id)
    keys.press(Qt.Key.Key_F9)
    assert shown[0].name == "PC10-02.pdf"
    assert "PHIẾU CHI" in pypdf.PdfReader(shown[0]).pages[0].extract_text()


def test_chips_show_one_fund_one_item_or_the_whole_year(page: Vouchers, october: Book) -> None:
    page.item.choose("31")
    assert [row.number for row in page.table.model.all()] == ["PC10/01", "PC10/02"]
    page.item.choose("")
    page.fund.choose(next(f.id for f in october.all(Fund) if f.code == "TM"))
    assert len(page.table.model.all()) == 5
    page.fund.choose("")
    page.cards.funds[1].click()
    assert (page.fund.text(), page.table.model.rowCount()) == ("Agribank", 9)
    page.fund.choose("")
    page.cards.income.click()
    assert page.table.model.rowCount() == 5
    page.item.choose("")
    page.month.choose("2026")
    assert page.cards.income.caption() == "Thu năm 2026"
    page.month.choose("2026-09")
    assert page.table.empty.sentence().startswith("Kỳ này chưa có chứng từ nào")


def test_a_voucher_found_from_elsewhere_is_shown_in_its_month(page: Vouchers, october: Book) -> None:
    page.month.choose("2026-02")
    page.desk.go("vouchers", numbered(october, "UNC10/02").id)
    assert page.month.value == "2026-10"
    assert page.table.current().number == "UNC10/02"
    assert page.form.title.text() == "Ủy nhiệm chi UNC10/02"
    vouchers.cancel(october, numbered(october, "UNC10/03").id, "Nhầm", HOA)
    page.refresh()
    assert page.table.current().number == "UNC10/02"


def test_a_figure_of_a_report_opens_the_vouchers_behind_it(page: Vouchers) -> None:
    page.desk.go("vouchers", {"item": "25", "items": ["25.01", "25.02"], "period": "2026-Q4"})
    assert [row.number for row in page.table.model.all()] == ["BC10/03", "BC10/04"]
    assert (page.month.text(), page.item.text()) == ("Quý IV/2026", "Mục 25.01, 25.02")
    page.desk.go("vouchers", "2026-10")
    assert page.table.model.rowCount() == 13
    assert page.month.text() == "Tháng 10/2026"
