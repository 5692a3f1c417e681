"""*Thu đoàn phí* as Hoa uses it: sees who owes, takes it with one key, frees a member, reads the fee's clock."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from desktop_app.actions import dues
from desktop_app.domain.records import Voucher
from desktop_app.storage import ledger
from desktop_app.storage.book import Book
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.dues.page import DuesPage
from desktop_app.ui.pages.importing.bring_in import bring_in
from desktop_app.ui.tasks import Tasks
from tests.conftest import KEY
from tests.exchange.books import workbook
from tests.ui.conftest import HOA

NOVEMBER = "2026-11"


@pytest.fixture
def page(qtbot: QtBot, settings: QSettings, october: Book) -> DuesPage:
    desk = Desk(
        settings=settings, tasks=Tasks(in_place=True), book=october, by=HOA, year=2026,
        opener=lambda: Book(october.path, KEY), today=lambda: date(2026, 11, 20),
    )  # fmt: skip
    made = DuesPage(desk)
    qtbot.addWidget(made)
    desk.touched.connect(lambda _: made.refresh())
    made.resize(1150, 700)
    made.show()
    made.refresh()
    return made


def figures(page: DuesPage) -> list[str]:
    return [page.cards[key].figure() for key in ("due", "paid", "keep", "up")]


def states(page: DuesPage) -> dict[str, str]:
    column = next(column for column in page.table.model.columns if column.key == "state")
    return {line.name: column.value(line).text for line in page.table.seen()[1]}


def pick(page: DuesPage, name: str) -> None:
    assert page.table.pick(lambda line: line.name == name)


def test_the_month_shows_who_owes_and_how_it_is_shared(page: DuesPage) -> None:
    assert page.month == NOVEMBER
    assert page.head.note.text() == "Nhóm 3: 0,5 % lương đóng BHXH, nhiều nhất 253.000 ₫"
    assert figures(page) == ["492.500 ₫", "0 ₫", "344.750 ₫", "147.750 ₫"]
    assert set(states(page).values()) == {"Chưa nộp"}
    assert page.table.model.sums()["owing"] == 492_500


def test_f2_takes_from_all_who_owe_with_one_receipt_and_undo_gives_it_back(page: DuesPage) -> None:
    undo: list[object] = []
    page.desk.said.connect(lambda sentence, _act, does: undo.append((sentence, does)))
    page._cash.click()
    assert page.asking is not None
    page.asking.do()
    said, give_back = undo[-1]  # type: ignore[misc]
    assert said == "Đã ghi sổ PT11/01: 7 đoàn viên, 492.500 ₫."
    assert set(states(page).values()) == {"Đã nộp"}
    assert page.cards["paid"].hint() == "đã thu đủ"
    page._bank.click()
    assert undo[-1][0] == "Tháng 11/2026 không còn ai nợ đoàn phí."  # type: ignore[index]
    give_back()
    assert set(states(page).values()) == {"Chưa nộp"}


def test_f3_takes_from_the_chosen_only_into_the_bank(page: DuesPage) -> None:
    pick(page, "Trần Thị Hoa")
    page._bank.click()
    assert page.asking is not None
    page.asking.do()
    assert {name for name, state in states(page).items() if state == "Đã nộp"} == {"Trần Thị Hoa"}
    (made,) = [v for v in page.desk.book.all(Voucher) if v.month == NOVEMBER]
    assert (made.kind, made.party, made.day) == ("BC", "Trần Thị Hoa", date(2026, 11, 20))
    page._states.choose("owing")
    assert len(page.table.seen()[1]) == 6


def test_a_refusal_stands_in_the_question_and_nothing_is_written(page: DuesPage) -> None:
    page._cash.click()
    assert page.asking is not None
    page.asking.form.set_values({"day": date(2026, 9, 30)})
    page.asking.do()
    assert "01/10/2026" in page.asking.refusal.text() + page.asking.form.fields["day"].below()
    assert not [v for v in page.desk.book.all(Voucher) if v.month == NOVEMBER]


def test_f4_frees_a_member_with_a_reason_and_the_menu_takes_it_back(page: DuesPage) -> None:
    pick(page, "Võ Thị Yến")
    page._free.click()
    assert page.asking is not None
    page.asking.do()
    assert "Hãy chọn hoặc ghi lý do" in page.asking.form.fields["reason"].below()
    page.asking.form.set_values({"reason": "Nghỉ việc riêng không lương từ 1 tháng trở lên"})
    page.asking.do()
    assert states(page)["Võ Thị Yến"] == "Miễn"
    assert figures(page)[0] == "239.500 ₫"
    pick(page, "Võ Thị Yến")
    back = next(action for action in page.table.row_menu().actions() if action.text() == "Bỏ miễn từ tháng này")
    back.trigger()
    assert figures(page)[0] == "492.500 ₫"


def test_money_already_in_the_books_gets_its_names(page: DuesPage) -> None:
    fund = ledger.fund_of_code(page.desk.book, "TM")
    assert fund is not None
    page.open_at("2026-10")
    assert "6.056.000 ₫ đoàn phí tháng 10/2026 chưa ghi tên" in page.banner.text()
    pick(page, "Trần Thị Hoa")
    page.name_payers()
    assert states(page)["Trần Thị Hoa"] == "Đã nộp"
    assert "6.015.000 ₫" in page.banner.text()
    assert len([v for v in page.desk.book.all(Voucher) if v.kind == "PT"]) == 1


def test_the_fee_tells_its_clock(page: DuesPage) -> None:
    page.open_at("2026-10")
    assert page.cards["fee"].hint() == "hạn 30/11, thiếu 1.567.500"
    page.cards["fee"].click()
    assert "không đóng từ 30/01/2027" in page.banner.text()


def test_the_year_shows_twelve_months(page: DuesPage) -> None:
    dues.collect(page.desk.book, NOVEMBER, HOA, "TM", day=date(2026, 11, 20))
    page._view("year")
    assert page.grid.model.sums()["m11"] == 492_500
    assert [line.months[10] for line in page.grid.seen()[1] if line.name == "Trần Thị Hoa"] == [41_000]


def test_alt_arrows_step_through_the_months_of_the_year(page: DuesPage) -> None:
    page._step(1)
    page._step(1)
    assert page.month == "2026-12"
    page.desk.year = 2025
    page.refresh()
    assert page.month == "2025-12"


def test_f8_a_resolution_above_the_rate_shows_in_the_month(page: DuesPage) -> None:
    page.more.ask_terms()
    assert page.more.asking is not None
    page.more.asking.form.set_values({"percent": "1", "basis": "Lương đóng BHXH"})
    page.more.asking.do()
    assert "nghị quyết" in page.more.asking.form.fields["document"].below()
    page.more.asking.form.set_values({"document": "NQ 05/NQ-BCH ngày 20/10/2026"})
    page.more.asking.do()
    assert page.head.note.text() == "Nhóm 3: 1 % lương đóng BHXH theo nghị quyết của đơn vị"
    assert figures(page) == ["985.000 ₫", "0 ₫", "837.250 ₫", "147.750 ₫"]
    assert page.cards["keep"].hint() == "gồm 492.500 ₫ thu cao hơn"
    page.more.ask_terms()
    page.more.asking.also.click()
    assert figures(page)[0] == "492.500 ₫"


def test_a_to_is_collected_at_once_and_its_papers_are_printed(page: DuesPage) -> None:
    page._teams.choose("Tổ may 2")
    page._cash.click()
    assert page.asking is not None
    page.asking.do()
    (made,) = [v for v in page.desk.book.all(Voucher) if v.month == NOVEMBER]
    assert (made.party, made.lines[0].amount_in) == ("Tổ may 2: 2 đoàn viên", 65_000)
    shown: list[Path] = []
    page.more.show_paper = shown.append
    for action in page.more.menu().actions()[:4]:
        action.trigger()
    assert [path.stat().st_size > 1000 for path in shown] == [True] * 4
    page._teams.choose("Tổ may 1")
    page.more.menu().actions()[1].trigger()
    assert "chưa có ai nộp" in page.banner.text()


def test_arrears_of_the_year_and_money_without_names(page: DuesPage) -> None:
    page._view("arrears")
    assert page.arrears.model.sums()["owing"] == 985_000
    assert "Tháng 10/2026 có đoàn phí đã ghi sổ mà chưa ghi tên" in page.banner.text()


def test_arrears_of_every_year_are_one_list_and_a_chip_picks_a_year(page: DuesPage) -> None:
    page._view("years")
    assert page.years_owed.years.choices() == (("", "Tất cả các năm: 985.000 ₫"), ("2026", "2026: 985.000 ₫"))
    page.years_owed.years.choose("2026")
    assert page.years_owed.table.model.sums()["owing"] == 985_000
    page._view("arrears")
    assert page.arrears.model.sums()["owing"] == 985_000


def test_payroll_totals_are_typed_and_cleared(page: DuesPage) -> None:
    page.more.ask_totals()
    assert page.more.asking is not None
    page.more.asking.form.set_values({"members": 120, "dues_fund": 1_211_200_000})
    page.more.asking.do()
    assert figures(page)[0] == "6.056.000 ₫"
    page.more.ask_totals()
    page.more.asking.also.click()
    assert figures(page)[0] == "492.500 ₫"


def test_a_payroll_list_comes_in_from_the_page(page: DuesPage, tmp_path: Path) -> None:
    rows = [["Họ và tên", "Lương đóng BHXH", "Đoàn phí"], ["Trần Thị Hoa", 9_000_000, 45_000], ["Lê Thị Hường", 8_200_000, 40_000]]
    wizard = bring_in(page, "payroll")
    wizard.take_file(workbook(tmp_path / "luong.xlsx", {"L": rows}))
    wizard.go_on()
    wizard.columns.options.month.choose(11)
    wizard.columns.options.fund.choose("NH")
    wizard.go_on()
    shown = {kind: card.figure() for kind, card in wizard.check.cards.items() if not card.isHidden()}
    assert shown == {"new": "0", "same": "0", "refused": "0", "changed": "2", "gone": "6"}
    assert len(wizard.check.table.seen()[1]) == 8
    wizard.go_on()
    assert wizard.result.said.text() == "Đã ghi 2 dòng lương vào sổ."
    assert {name for name, state in states(page).items() if state == "Đã nộp"} == {"Trần Thị Hoa"}
    assert states(page)["Lê Thị Hường"] == "Nộp thiếu"
