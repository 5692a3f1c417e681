"""Who counts in a month, on which wage: asked of a real book."""

from __future__ import annotations

import pytest

from desktop_app.actions import dues as collecting
from desktop_app.actions import dues_terms
from desktop_app.domain import dues
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Exemption, Payroll, Person, Wage
from desktop_app.storage import payroll
from desktop_app.storage.book import Book, new_id
from desktop_app.storage.payroll import MonthBase
from tests.unions import found_union, hire, hire_e2, open_funds


def test_e2_heads_and_funds_of_october_2026(book: Book) -> None:
    found_union(book)
    hire_e2(book)
    assert payroll.month_base(book, "2026-10") == MonthBase(130, 1271200000, 120, 1211200000)


@pytest.mark.parametrize("group", [1, 2, 3, 4])
def test_the_query_and_the_rule_agree_on_the_fund_of_every_group(book: Book, group: int) -> None:
    found_union(book, dues_group=group)
    hire(book, "Hồ Thị An", 60000000, net=58000000)
    hire(book, "Lô Văn Bình", 7777777)
    freed = hire(book, "Vi Thị Cúc", 9000000)
    with book.transact("dues.exempt", "Hoa") as transaction:
        transaction.save(build(Exemption, {"id": new_id(), "person": freed.id, "from_month": "2026-10"}))
    terms = payroll.terms(book, "2026-10")
    lines = list(payroll.dues_lines(book, "2026-10"))
    assert [line.exempt for line in lines] == ["", "", "Miễn"]
    wanted = sum(dues.base(terms, line.insured, line.net) for line in lines if not line.exempt)
    assert payroll.month_base(book, "2026-10").dues_fund == wanted


def test_the_wage_of_a_month_is_the_latest_that_has_come(book: Book) -> None:
    found_union(book)
    person = hire(book, "Hồ Thị An", 6000000, from_month="2026-01")
    with book.transact("members.wage", "Hoa") as transaction:
        transaction.save(
            build(Wage, {"id": new_id(), "person": person.id, "insured": 7000000, "from_month": "2026-07"})
        )
    months = ("2025-12", "2026-01", "2026-06", "2026-07", "2026-10")
    found = [payroll.month_base(book, month).dues_fund for month in months]
    assert found == [0, 6000000, 6000000, 7000000, 7000000]


@pytest.mark.parametrize(
    ("values", "counts"),
    [
        ({}, True),
        ({"joined": "31/10/2026"}, True),
        ({"joined": "01/11/2026"}, False),
        ({"left": "01/10/2026"}, False),
        ({"left": "02/10/2026"}, True),
        ({"left": "01/11/2026"}, True),
        ({"member": "Không"}, False),
    ],
)
def test_a_member_counts_in_the_months_he_was_in_the_union(
    book: Book, values: dict[str, object], counts: bool
) -> None:
    found_union(book)
    hire(book, "Hồ Thị An", 6000000, **values)
    assert payroll.month_base(book, "2026-10").members == int(counts)
    assert len(list(payroll.dues_lines(book, "2026-10"))) == int(counts)


def test_typed_totals_replace_the_sum_of_rows_and_say_so(book: Book) -> None:
    found_union(book)
    hire_e2(book)
    with book.transact("payroll.type", "Hoa") as transaction:
        transaction.save(
            build(Payroll, {"id": new_id(), "month": "2026-06", "workers": 9, "fee_fund": "90tr", "members": 8,
                            "dues_fund": "80tr"})
        )  # fmt: skip
    assert payroll.month_base(book, "2026-06") == MonthBase(9, 90000000, 8, 80000000, typed=True)
    assert not payroll.month_base(book, "2026-07").typed


def test_a_retired_person_and_a_retired_wage_count_no_more(book: Book) -> None:
    found_union(book)
    person = hire(book, "Hồ Thị An", 6000000)
    other = hire(book, "Lô Văn Bình", 7000000)
    wage = next(wage for wage in book.all(Wage) if wage.person == other.id)
    with book.transact("members.remove", "Hoa") as transaction:
        transaction.retire(book.get(Person, person.id))
        transaction.retire(wage)
    assert payroll.month_base(book, "2026-10") == MonthBase(0, 0, 1, 0)


def test_a_book_without_its_union_says_what_to_do(book: Book) -> None:
    with pytest.raises(Refused, match="Thiết lập"):
        payroll.month_base(book, "2026-10")


@pytest.mark.parametrize(
    ("group", "terms"),
    [
        (1, {}), (2, {"step": "500"}), (3, {"step": "1000"}), (4, {"step": "100"}),
        (3, {"percent": "0,7", "basis": "Lương thực lĩnh", "document": "NQ 5", "most": 280_000}),
    ],
)  # fmt: skip
def test_the_query_of_arrears_and_the_rule_agree(book: Book, group: int, terms: dict[str, object]) -> None:
    found_union(book, dues_group=group)
    open_funds(book)
    if terms:
        dues_terms.resolve(book, {"from_month": "9/2026", **terms}, "Hoa")
    for name, insured, net in (("An", 60000000, 58000000), ("Bình", 7777777, 0), ("Cúc", 9000000, 0), ("Dân", 0, 0)):
        hire(book, f"Hồ Thị {name}", insured, net=net)
    lines = collecting.compute(book, "2026-10").lines
    collecting.collect_some(book, "2026-10", [line.person for line in lines if "An" in line.name], "Hoa", "TM")
    freed = {"from_month": "2026-10", "to_month": "2026-10", "reason": "Nghỉ việc riêng"}
    collecting.exempt(book, [line.person for line in lines if "Cúc" in line.name], freed, "Hoa")
    found = payroll.owing(book, "2026-08", "2026-11")
    wanted = {
        (line.person, month): line.owing
        for month in ("2026-08", "2026-09", "2026-10", "2026-11")
        for line in collecting.compute(book, month).lines
        if line.owing
    }
    assert {(each.person, month): amount for each in found for month, amount in each.months.items()} == wanted
    assert [each.name for each in found] == sorted(each.name for each in found)
    assert ("2026-10" in found[0].months, sum(each.amount for each in found)) == (False, sum(wanted.values()))


def test_what_came_in_of_a_month_is_read_from_its_vouchers_alone(book: Book) -> None:
    found_union(book)
    asked: list[str] = []
    book.db.conn.set_trace_callback(asked.append)
    assert payroll.received(book, "2026-10", "22", by_day=True) == 0
    assert payroll.receipts(book, "2026-10", "22") == []
    book.db.conn.set_trace_callback(None)
    steps = [row[3] for sql in asked for row in book.db.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()]
    of_lines = [step for step in steps if " l " in step]
    assert len(of_lines) == 2, "what came in, and the receipts"
    assert all("SEARCH l USING PRIMARY KEY (owner=?)" in step for step in of_lines)
    assert sum("vouchers_month (month=?)" in step for step in steps) == 2
    assert sum("vouchers_day (day>? AND day<?)" in step for step in steps) == 2
