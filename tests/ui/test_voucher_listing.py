"""The list of a long period: its last vouchers at once, the others from another thread; found, sorted and posted alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from pytestqt.qtbot import QtBot

from desktop_app.actions import vouchers
from desktop_app.storage import unfinished
from desktop_app.storage.book import Book
from desktop_app.storage.voucher_rows import Asked, VoucherRow, voucher_rows
from desktop_app.ui.pages.vouchers import listing
from desktop_app.ui.pages.vouchers.list import COLUMNS
from desktop_app.ui.pages.vouchers.page import Vouchers
from desktop_app.ui.widgets.rows import Rows
from tests.actions.october import FIRST, LAST
from tests.ui.voucher_desk import Keys, numbered, opened

Later = Callable[[], None]


@pytest.fixture
def page(qtbot: QtBot, october: Book, settings: QSettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Vouchers]:
    """*Chứng từ* where more than three vouchers are many."""
    monkeypatch.setattr(listing, "FEW", 3)
    monkeypatch.setattr(listing, "PAGE", 4)
    for frame in opened(qtbot, october, settings):
        found = frame.open("vouchers")
        assert isinstance(found, Vouchers)
        yield found


@pytest.fixture
def later(page: Vouchers, monkeypatch: pytest.MonkeyPatch) -> Later:
    """Works wait until this is called."""
    works: list[Callable[[], None]] = []

    def run(work: Any, done: Any, *_: Any, **__: Any) -> None:
        works.append(lambda: done(work(None)))

    monkeypatch.setattr(page.desk.tasks, "run", run)

    def carry() -> None:
        while works:
            works.pop(0)()

    return carry


def numbers(page: Vouchers) -> list[str]:
    return [row.number for row in page.table.model.all()]


def test_the_last_vouchers_and_the_sums_are_there_before_the_rest(page: Vouchers, later: Later) -> None:
    page.month.choose("2026")
    assert numbers(page) == ["UNC10/03", "UNC10/04", "BN10/01", "BC10/04"]
    assert page.table.count.text() == "Đang đếm…"
    assert page.cards.income.figure() == "35.127.150 ₫"
    assert dict(page.table.totals.sums()) == {"taken": 35127150, "paid": 18930500}
    later()
    assert len(numbers(page)) == 13
    assert page.table.count.text() == "13 chứng từ"
    assert dict(page.table.totals.sums()) == {"taken": 35127150, "paid": 18930500}
    page.item.choose("31")
    page.item.choose("33")
    later()
    assert numbers(page) == ["PC10/03", "BN10/01"]  # the answer to the earlier question came too late
    assert dict(page.table.totals.sums()) == {"taken": 0, "paid": 662000}


def test_who_picks_a_row_while_the_rest_is_lined_up_keeps_it(page: Vouchers, later: Later, october: Book) -> None:
    page.month.choose("2026")
    page.table.pick(lambda row: row.number == "BN10/01")
    assert page.form.id == numbered(october, "BN10/01").id
    later()
    assert page.table.current().number == "BN10/01"
    page.open_at(numbered(october, "PC10/01").id)
    assert page.table.current().number == "PC10/01"
    assert page.form.id == numbered(october, "PC10/01").id


@pytest.mark.parametrize(
    ("everywhere", "typed", "order"),
    [
        ("", {}, None), ("phi", {}, None), ("doan phi 22", {}, None), ("2.656", {}, None), ("nháp", {}, None),
        ("", {"taken": ">3tr"}, None), ("", {"text": "hoi", "paid": ">1"}, None), ("khong co gi", {}, None),
        ("", {}, ("paid", True)), ("", {}, ("day", True)), ("thang", {}, ("text", False)), ("", {}, ("state", False)),
    ],
)  # fmt: skip
def test_whatever_is_looked_for_the_long_list_is_the_short_one(
    page: Vouchers, october: Book, everywhere: str, typed: dict[str, str], order: tuple[str, bool] | None
) -> None:
    places = {column.key: place for place, column in enumerate(COLUMNS)}
    short, long = Rows(COLUMNS), page.listing.model
    short.show(list(voucher_rows(october, Asked(FIRST, LAST))))
    for model in (short, long):
        model.find(everywhere)
        for key, text in typed.items():
            model.filter_column(places[key], text)
        if order:
            model.order_by(places[order[0]], descending=order[1])
    assert list(long.all()) == short.seen()
    assert long.sums() == short.sums(lambda row: row.counts)
    assert page.table.count.text() == f"{len(short.seen())}/13 chứng từ" if len(short.seen()) < 13 else "13 chứng từ"


def test_all_found_are_chosen_added_up_and_posted_together(
    qtbot: QtBot, page: Vouchers, october: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    paid = numbered(october, "PC10/03")
    for number in range(60):
        line = {"item": "33", "fund": paid.lines[0].fund, "amount_out": 1000 + number}
        vouchers.draft(october, {"kind": "PC", "day": paid.day, "text": f"Nước họp {number}", "lines": [line]}, "Hoa")
    page.refresh()
    page.table.model.find("nuoc hop")
    page.table.view.setFocus()
    page.table.view.selectAll()
    assert page.table.count.text() == "Chọn 61 · Chi 701.770"
    page.table.model.order_by(5)
    page.table.model.find("nuoc hop nhap")
    page.table.view.selectAll()
    Keys(qtbot).press(Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    page.table.model.find("")
    assert "nháp" not in {row.state for row in page.table.model.all()}
    assert numbered(october, "PC10/63").text == "Nước họp 59"


def test_a_form_that_is_being_typed_stands_in_the_long_list_too(page: Vouchers, october: Book) -> None:
    unfinished.keep(october, "vouchers", "a", {"kind": "PC", "amount": 1_250_000, "text": "Nước họp"})
    line = {"item": "31", "fund": numbered(october, "PC10/03").lines[0].fund, "amount_out": 1000}
    kept = vouchers.draft(october, {"kind": "PC", "day": LAST, "text": "Quà", "lines": [line]}, "Hoa")
    unfinished.keep(october, "vouchers", kept.id, {"kind": "PC", "text": "Quà Tết"})
    page.refresh()
    rows: list[VoucherRow] = list(page.table.model.all())
    assert [(row.text, row.state) for row in rows[-2:]] == [("Quà", "đang gõ"), ("Nước họp", "đang gõ")]
    assert (len(rows), len(page.listing.numbers())) == (15, 13)
    assert page.listing.pick("a")
    assert page.form.content()["text"] == "Nước họp"
    page.table.model.find("dang go")
    assert [row.text for row in page.table.model.all()] == ["Quà", "Nước họp"]
    assert [row.number for row in page.listing.stored()] == []
