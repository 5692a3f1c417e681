"""What is doubtful is said and does not hinder."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop_app.actions import periods, vouchers
from desktop_app.domain.fields import build
from desktop_app.domain.records import Budget
from desktop_app.storage.book import Book, new_id
from tests.actions.october import Funds, make_funds, paid, post_october

TODAY = date(2026, 10, 31)


@pytest.fixture
def funds(book: Book) -> Funds:
    made = make_funds(book)
    post_october(book, made)
    return made


def said(book: Book, funds: Funds, **more: Any) -> list[str]:
    return vouchers.warnings(book, paid(funds[0], **more), today=TODAY)


def test_what_is_in_order_is_not_spoken_of(book: Book, funds: Funds) -> None:
    assert said(book, funds, day="31/10/2026", amount=10260000) == []
    assert vouchers.warnings(book, {"kind": "PC", "day": "31/10"}, today=TODAY) == []


def test_a_fund_that_would_fall_below_zero_then_or_later_is_told(book: Book, funds: Funds) -> None:
    assert said(book, funds, day="31/10/2026", amount=10260001) == [
        "Quỹ Tiền mặt chỉ còn 10.260.000 ₫, phiếu này làm quỹ âm."
    ]
    assert said(book, funds, day="16/10/2026", amount=10300000) == [
        "Quỹ Tiền mặt ngày 25/10/2026 chỉ còn 10.260.000 ₫, phiếu này làm quỹ âm."
    ]


def test_the_same_payment_twice_is_told_but_not_against_itself(book: Book, funds: Funds) -> None:
    first = vouchers.write(book, paid(funds[0], party="Lê Thị Lan"), "Hoa")
    again = "PC10/04 cùng ngày, cùng người, cùng số tiền. Có phải ghi hai lần không?"
    assert said(book, funds, party="Lê Thị Lan") == [again]
    assert said(book, funds, party="Lê Thị Lan", id=first.id) == []
    vouchers.cancel(book, first.id, "Ghi nhầm", "Hoa")
    assert said(book, funds, party="Lê Thị Lan") == []


def test_far_days_and_closed_months_are_told(book: Book, funds: Funds) -> None:
    assert said(book, funds, day="02/11/2026") == ["Ngày 02/11/2026 ở sau hôm nay. Hãy kiểm tra lại."]
    assert said(book, funds, day="15/08/2026") == ["Ngày 15/08/2026 đã qua 77 ngày. Hãy kiểm tra lại."]
    periods.close(book, "2026-10", "Hoa")
    assert said(book, funds) == ["Kỳ 10/2026 đã khóa sổ nên chưa ghi sổ được."]


def test_a_budget_nearly_spent_and_an_unusual_fund_are_told(book: Book, funds: Funds) -> None:
    with book.transact("budget.set", "Hoa") as transaction:
        transaction.save(build(Budget, {"id": new_id(), "year": 2026, "item": "33", "amount": 1000000}))
    assert said(book, funds, amount=298000) == ["Cùng phiếu này đã dùng 96 % dự toán mục 33 của năm."]
    assert said(book, funds, amount=200000) == []
    assert vouchers.warnings(book, paid(funds[1], amount=5, item="32"), today=TODAY) == [
        "Phiếu chi thường dùng cho tiền mặt, còn NH là tiền gửi."
    ]
