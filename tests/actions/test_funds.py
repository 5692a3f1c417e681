"""Funds and the union's facts: what may change, and what no longer may."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.actions import dues_terms, funds, periods
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import Fund, Union
from desktop_app.storage.book import Book
from tests.actions.october import make_funds, post_october
from tests.actions.test_overview import name_union
from tests.unions import found_union


def test_a_code_names_one_fund_and_nothing_is_stored_of_a_refused_pair(book: Book) -> None:
    pair = [{"code": "TM", "kind": "Tiền mặt"}, {"code": "TM", "kind": "Tiền gửi", "name": "Agribank"}]
    with pytest.raises(Refused, match="Mã quỹ TM đã dùng"):
        funds.add(book, pair, "Hoa")
    assert list(book.all(Fund)) == []


def test_an_opening_changes_until_a_month_is_closed_and_a_kind_until_a_voucher(book: Book) -> None:
    name_union(book)
    cash, bank = make_funds(book)
    funds.change(book, cash.id, {"opening": "9tr", "opened": date(2026, 10, 1)}, "Hoa")
    assert book.get(Fund, cash.id).opening == 9_000_000  # type: ignore[union-attr]
    post_october(book, (cash, bank))
    with pytest.raises(Refused, match="không đổi loại được"):
        funds.change(book, cash.id, {"kind": "Tiền gửi"}, "Hoa")
    periods.close(book, "2026-10", "Hoa")
    with pytest.raises(Refused, match="mở lại các kỳ đã khóa"):
        funds.change(book, cash.id, {"opening": 1}, "Hoa")
    funds.change(book, bank.id, {"account": "3600205123456"}, "Hoa")


def test_the_unions_code_stays_and_its_dues_group_is_one_of_four(book: Book) -> None:
    name_union(book)
    funds.change_union(book, {"code": "40-999", "dues_group": 1, "dues_step": "1000"}, "Hoa")
    union = next(book.all(Union))
    assert (union.code, union.dues_group, union.dues_step) == ("40-001", 1, 1000)
    with pytest.raises(Refused, match="nhóm đoàn phí 1, 2, 3 hoặc 4"):
        funds.change_union(book, {"dues_group": 5}, "Hoa")


def test_a_rounding_step_of_a_dated_resolution_is_shown_and_not_changed_beside_it(book: Book) -> None:
    found_union(book)
    today = date(2026, 11, 20)
    assert funds.step_now(book, today) == (1, "")
    dues_terms.resolve(book, {"from_month": "10/2026", "step": "1.000"}, "Hoa")
    assert (funds.step_now(book, today), funds.step_now(book, date(2026, 9, 1))) == ((1000, "2026-10"), (1, ""))
    with pytest.raises(Refused, match="mức đóng từ tháng 10/2026"):
        funds.change_union(book, {"dues_step": 500}, "Hoa", today=today)
    funds.change_union(book, {"dues_step": 1000, "chair": "Lê Thị Lan"}, "Hoa", today=today)
    kept = next(book.all(Union))
    assert (kept.chair, kept.dues_step) == ("Lê Thị Lan", 1)
