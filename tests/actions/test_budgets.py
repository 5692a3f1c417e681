"""*Dự toán*: worked example E9, the budget of 2027 on the year of E6 and the wages of E2."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.actions import budgets
from desktop_app.actions.budgets import Assumed
from desktop_app.domain.dates import Period
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import Budget, Union
from desktop_app.reports.make import make
from desktop_app.storage.book import Book
from tests.reports.october import year_2026
from tests.unions import hire_e2

E9 = Assumed(6, 30000000, 27020400)


def test_e9_the_proposal_of_2027(book: Book) -> None:
    year_2026(book)
    hire_e2(book)
    assert budgets.assumed(book, 2027) == Assumed(0, 30000000, 26005800)
    assert budgets.adopt(book, 2027, E9, "Hoa") == 9
    cells = make(book, "B14", Period.of_year(2027)).answer["cells"]
    assert {code: cells[code] for code in ("22", "23", "25.01", "28.01", "31", "32", "33", "34.02", "39")} == {
        "22": 76668000, "23": 0, "25.01": 30000000, "28.01": 241452000, "31": 171518400, "32": 90363000,
        "33": 36217800, "34.02": 27020400, "39": 23000400,
    }  # fmt: skip
    assert (cells["10"], cells["50"]) == (132381100, 132381100)
    planned = budgets.look(book, 2027)
    assert (planned.cells["tong_thu"], planned.cells["tong_chi"]) == (348120000, 348120000)
    assert planned.last_year["31"] == 150000000
    assert planned.reasons["22"] == "Đề xuất theo lương tháng 12/2026 tăng 6 %"


def test_an_item_is_changed_with_its_reason_and_proposed_again(book: Book) -> None:
    year_2026(book)
    hire_e2(book)
    budgets.put(book, 2026, "33", (25000000, "Đại hội"), "Hoa")
    planned = budgets.look(book, 2026)
    assert (planned.cells["33"], planned.actual["33"], planned.used("33")) == (25000000, 22500000, 90)
    assert planned.reasons == {"33": "Đại hội"}
    assert (planned.used("31"), planned.used("10"), planned.used("50")) == (None, None, None)
    assert "33" in planned.spending
    assert "22" not in planned.spending
    budgets.put(book, 2026, "33", (30000000, ""), "Hoa")
    (row,) = book.all(Budget)
    assert (row.amount, row.reason) == (30000000, "")


def test_a_delegated_union_plans_the_whole_fee_and_what_goes_up(book: Book) -> None:
    year_2026(book)
    hire_e2(book)
    (ours,) = book.all(Union)
    with book.transact("setup.union", "Hoa") as transaction:
        transaction.save(replace(ours, delegated=True))
    budgets.adopt(book, 2027, E9, "Hoa")
    cells = budgets.look(book, 2027).cells
    assert (cells["23"], cells["28.01"], cells["39"]) == (321936000, 0, 23000400 + 80484000)
    assert cells["50"] == cells["10"]


def test_what_cannot_be_planned_is_said(book: Book) -> None:
    year_2026(book)
    with pytest.raises(Refused, match="Chưa có tiền lương của năm 2026"):
        budgets.adopt(book, 2027, E9, "Hoa")
    hire_e2(book)
    for wrong, sentence in (
        (replace(E9, growth=101), "Mức tăng lương"),
        (replace(E9, support=-1), "không âm"),
        (replace(E9, allowances=999000000), "Phụ cấp nhiều hơn"),
    ):
        with pytest.raises(Refused, match=sentence):
            budgets.adopt(book, 2027, wrong, "Hoa")
    for item in ("50", "34", "V.b", "99"):
        with pytest.raises(Refused, match="dòng cộng hoặc số dư"):
            budgets.put(book, 2027, item, (1, ""), "Hoa")
    with pytest.raises(Refused, match="Hãy nhập số tiền"):
        budgets.put(book, 2027, "31", (None, ""), "Hoa")
    assert list(book.all(Budget)) == []
