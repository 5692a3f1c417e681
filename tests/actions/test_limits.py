"""Spending limits: worked example E7 on the year of E6, the caution at the voucher, the word on the first page."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop_app.actions import limits, overview
from desktop_app.actions.cautions import cautions
from desktop_app.domain.fields import build
from desktop_app.domain.records import Budget
from desktop_app.storage.book import Book, new_id
from tests.reports.october import Money, october, year_2026


def voucher(money: Money, amount: int, item: str = "34.02") -> dict[str, Any]:
    line = {"item": item, "fund": money.funds["NH"].id, "amount_out": amount}
    return {"kind": "UNC", "day": date(2026, 12, 20), "text": "Phụ cấp", "lines": [line]}


def test_e7_the_limits_of_2026(book: Book) -> None:
    year_2026(book)
    standing = {mine.limit.rule: mine for mine in limits.of_year(book, 2026)}
    assert {rule: (mine.allowed, mine.spent, mine.holds) for rule, mine in standing.items()} == {
        "R3": (83618640, 26005800, True),
        "R2.31": (136810800, 150000000, True),
        "R2.32": (57004500, 48000000, True),
        "R2.33": (34202700, 22500000, True),
    }  # R1's 45 % ended with 2025
    assert (standing["R3"].base, standing["R3"].percent) == (278728800, 31)
    assert "R1" in {mine.limit.rule for mine in limits.of_year(book, 2025)}
    assert limits.of_year(book, 2019) == []


def test_a_voucher_that_goes_beyond_is_told_and_not_hindered(book: Book) -> None:
    money = year_2026(book)
    within, beyond = 83618640 - 26005800, 83618640 - 26005800 + 1
    assert [caution.field for caution in cautions(book, voucher(money, within)) if "vượt mức" in caution.problem] == []
    (told,) = [caution for caution in cautions(book, voucher(money, beyond)) if "vượt mức" in caution.problem]
    assert told.field == "item"
    assert told.problem == (
        "Cùng phiếu này vượt mức: Lương, phụ cấp (mã 34) 83.618.641 đồng, nhiều nhất 83.618.640 đồng"
        " (30 % đoàn phí và KPCĐ được sử dụng)."
    )
    assert [caution for caution in cautions(book, voucher(money, beyond, "37")) if "vượt mức" in caution.problem] == []


def test_other_income_may_be_spent_on_sports_besides(book: Book) -> None:
    october(book)
    sports = next(mine for mine in limits.of_year(book, 2026) if mine.limit.rule == "R2.32")
    assert (sports.allowed, sports.free, sports.spent, sports.holds) == (4767000, 10003150, 7200000, True)


def test_early_in_the_year_the_expected_income_counts(book: Book) -> None:
    money = october(book)
    assert any("vượt mức" in caution.problem for caution in cautions(book, voucher(money, 6000000)))
    with book.transact("budget.set", "Hoa") as transaction:
        transaction.save(build(Budget, {"id": new_id(), "year": 2026, "item": "28.01", "amount": 228018000}))
    assert not any("vượt mức" in caution.problem for caution in cautions(book, voucher(money, 6000000)))


def test_the_first_page_says_what_went_beyond(book: Book) -> None:
    money = year_2026(book)
    today = date(2026, 12, 28)
    assert not any("vượt mức" in wait.text for wait in overview.look(book, 2026, today).waits)
    money.post(date(2026, 12, 20), "Phụ cấp", ("34.02", "NH", 0, 60000000), kind="UNC")
    (wait,) = [wait for wait in overview.look(book, 2026, today).waits if "vượt mức" in wait.text]
    assert (wait.tone, wait.page, wait.target) == ("warn", "settlement", {"period": "2026"})
