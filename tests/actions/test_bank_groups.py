"""One line of the bank for several vouchers, several lines for one voucher, a fee inside a line: found, undone, balanced."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.actions import bank, bank_links, vouchers
from desktop_app.actions.bank import Row, View
from desktop_app.domain import grouping
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import BankLine, Fund, Voucher
from desktop_app.storage.book import Book
from tests.conftest import KEY
from tests.ui.conftest import HOA, make_october

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bank") / "book.db"
    make_october(path)
    return path


@pytest.fixture
def october(made: Path, tmp_path: Path) -> Iterator[Book]:
    path = tmp_path / "so" / "book.db"
    path.parent.mkdir()
    shutil.copy(made, path)
    book = Book(path, KEY)
    yield book
    book.close()


def account(book: Book) -> Fund:
    return next(fund for fund in book.all(Fund) if fund.code == "NH")


def pay(book: Book, amount: int, day: int, text: str, item: str = "31", **more: object) -> Voucher:
    line = {"item": item, "fund": account(book).id, "amount_out": amount}
    given = {"kind": "UNC", "day": date(2026, 11, day), "text": text, "lines": [line], **more}
    return vouchers.write(book, given, HOA)


def read(book: Book, folder: Path, rows: Sequence[tuple[int, int, str]], opening: int = 56_736_650) -> View:
    """A statement of November: day, amount with its sign, text."""
    told, held = ["Date,Description,Amount,Balance"], opening
    for day, amount, text in rows:
        held += amount
        told.append(f"2026-11-{day:02},{text},{amount},{held}")
    path = folder / "t11.csv"
    path.write_text("\n".join(told), "utf-8")
    bank.bring(book, path, HOA)
    return seen(book)


def seen(book: Book) -> View:
    return bank.view(book, account(book).id, FIRST, LAST)


def of(view: View, words: str) -> Row:
    return next(row for row in view.rows if words in row.line.text)


def test_five_gifts_that_the_bank_moved_as_one_are_proposed_confirmed_and_undone(october: Book, tmp_path: Path) -> None:
    gifts = [pay(october, 300_000 + 10_000 * n, 3, f"Thăm hỏi {n}") for n in range(5)]
    other = pay(october, 470_000, 4, "Việc khác")
    interest, row = read(october, tmp_path, [(1, 2_000, "Tra lai"), (5, -1_600_000, "Chi tham hoi dot 1")]).rows
    assert (row.state, [moved.id for moved in row.papers], row.sure) == ("đề xuất", [g.id for g in reversed(gifts)], False)
    assert bank.confirm(october, [interest, row], HOA) == 2
    view = seen(october)
    assert (view.rows[1].state, view.rows[1].line.rest) == ("khớp", 0)
    assert sorted(view.rows[1].line.numbers.split(", ")) == sorted(gift.number for gift in gifts)
    assert [moved.id for moved in view.book_alone] == [other.id]
    assert view.balances is not None
    assert (view.balances.difference, view.balances.book_alone, view.balances.unexplained) == (470_000, -470_000, 0)

    vouchers.cancel(october, gifts[0].id, "Lập nhầm", HOA)
    part = seen(october)
    assert (part.rows[1].state, part.rows[1].line.rest) == ("khớp một phần", -300_000)
    assert part.balances is not None
    assert (part.balances.bank_alone, part.balances.unexplained) == (-300_000, 0)
    bank.undo(october, part.rows[1].line, HOA)
    after = seen(october)
    assert (after.rows[1].state, len(after.book_alone)) == ("phiếu mới", 5)
    assert after.balances is not None
    assert after.balances.unexplained == 0
    october.verify()


def test_a_voucher_of_before_the_first_line_waits_where_the_banks_opening_says_so(october: Book, tmp_path: Path) -> None:
    pay(october, 470_000, 2, "Chưa qua ngân hàng")
    told = read(october, tmp_path, [(5, -22_000, "Phi quan ly")]).balances
    assert told is not None
    assert (told.bank_alone, told.book_alone, told.unexplained) == (-22_000, -470_000, 0)


def test_where_another_sum_is_possible_nothing_is_proposed(october: Book, tmp_path: Path) -> None:
    for amount in (500_000, 700_000, 400_000, 800_000):
        pay(october, amount, 3, "Thăm hỏi")
    row = of(read(october, tmp_path, [(5, -1_200_000, "Chi dot 1")]), "dot 1")
    assert (row.state, row.papers) == ("chưa rõ", ())
    chosen = [moved.id for moved in seen(october).book_alone if moved.amount in (-500_000, -700_000)]
    bank_links.match(october, [row.line], chosen, HOA)
    assert seen(october).rows[0].state == "khớp"
    with pytest.raises(Refused, match="đã khớp dòng khác"):
        bank_links.match(october, [row.line], chosen, HOA)


def test_one_voucher_that_the_bank_moved_in_two_lines(october: Book, tmp_path: Path) -> None:
    made = pay(october, 7_000_000, 10, "Quà Tết", "31")
    view = read(october, tmp_path, [(10, -4_000_000, "Qua tet lan 1"), (12, -3_000_000, "Qua tet lan 2")])
    first, second = view.rows
    assert [row.match and row.match.id for row in view.rows] == [made.id, made.id]
    assert first.beside == (second.line,)
    assert bank.confirm(october, [first, second], HOA) == 2
    view = seen(october)
    assert [(row.state, row.line.papers[0].amount) for row in view.rows] == [("khớp", -4_000_000), ("khớp", -3_000_000)]
    assert view.book_alone == ()
    bank.undo(october, view.rows[1].line, HOA)
    part = seen(october)
    assert [(row.state, row.match and row.match.amount) for row in part.rows] == [("khớp", None), ("chắc chắn", -3_000_000)]
    assert part.balances is not None
    assert (part.balances.bank_alone, part.balances.book_alone, part.balances.unexplained) == (-3_000_000, -3_000_000, 0)


def test_the_fee_inside_a_line_is_proposed_as_its_own_voucher(october: Book, tmp_path: Path) -> None:
    made = pay(october, 5_000_000, 17, "Hỗ trợ khó khăn", "31")
    view = read(october, tmp_path, [(17, -5_011_000, "CK ho tro kho khan")])
    row = view.rows[0]
    assert (row.state, row.match and row.match.id, row.rest, row.new and row.new.item) == ("đề xuất", made.id, -11_000, "33")
    bank.confirm(october, [row], HOA)
    after = seen(october)
    fee = next(one for one in october.all(Voucher) if one.text == "Phí chuyển tiền ngân hàng")
    assert (fee.kind, fee.lines[0].amount_out, fee.day) == ("BN", 11_000, date(2026, 11, 17))
    assert (after.rows[0].state, after.rows[0].line.items) == ("khớp", "31, 33")
    assert after.balances is not None
    assert after.balances.difference == 0


def test_by_hand_what_differs_wants_its_item_and_may_run_the_other_way(october: Book, tmp_path: Path) -> None:
    line = {"item": "28.02", "fund": account(october).id, "amount_in": 1_000_000}
    came = [
        vouchers.write(october, {"kind": "BC", "day": date(2026, 11, 20), "text": "Cấp hỗ trợ", "lines": [line]}, HOA)
        for _ in range(2)
    ]
    row = read(october, tmp_path, [(21, 1_989_000, "LDLD cap ho tro")]).rows[0]
    ids = [paper.id for paper in came]
    with pytest.raises(Refused, match=r"chênh lệch -11\.000 ₫"):
        bank_links.match(october, [row.line], ids, HOA)
    with pytest.raises(Refused, match="ít nhất một phiếu"):
        bank_links.match(october, [row.line], [], HOA)
    made = bank_links.match(october, [row.line], ids, HOA, item="33", text="Phí nhận tiền")
    assert made is not None
    assert (made.kind, made.lines[0].amount_out) == ("BN", 11_000)
    view = seen(october)
    assert (view.rows[0].state, len(view.rows[0].line.papers), view.book_alone) == ("khớp", 3, ())
    assert view.balances is not None
    assert view.balances.difference == 0


def test_a_voucher_larger_than_its_line_waits_with_the_rest(october: Book, tmp_path: Path) -> None:
    made = pay(october, 10_000_000, 2, "Mua quà", "31")
    row = read(october, tmp_path, [(20, -6_500_000, "Tra dot 1")]).rows[0]
    assert row.state == "chưa rõ"
    bank_links.match(october, [row.line], [made.id], HOA)
    view = seen(october)
    assert (view.rows[0].state, [(m.id, m.amount) for m in view.book_alone]) == ("khớp", [(made.id, -3_500_000)])
    assert {part.amount for held in october.all(BankLine) for part in held.papers} == {-6_500_000}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(1, 30), min_size=1, max_size=5),
    st.lists(st.integers(1, 30), min_size=1, max_size=5),
    st.sampled_from((1, -1)),
)
def test_what_is_spread_is_never_more_than_either_side_has(lines: list[int], papers: list[int], sign: int) -> None:
    ours = [(f"l{n}", amount * sign) for n, amount in enumerate(lines)]
    theirs = [(f"v{n}", amount * sign) for n, amount in enumerate(papers)]
    made = grouping.spread(ours, theirs)
    assert sum(amount for _, _, amount in made) == sign * min(sum(lines), sum(papers))
    for side, place in ((ours, 0), (theirs, 1)):
        for id_, amount in side:
            assert 0 <= sum(part[2] * sign for part in made if part[place] == id_) <= amount * sign


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 12), min_size=2, max_size=8), st.integers(2, 40))
def test_the_only_sum_is_what_trying_all_sets_finds(amounts: list[int], target: int) -> None:
    parts = [(str(n), amount) for n, amount in enumerate(amounts)]
    usable = [part for part in parts if part[1] < target]
    sums = [
        {id_ for id_, _ in chosen}
        for size in range(2, len(usable) + 1)
        for chosen in itertools.combinations(usable, size)
        if sum(amount for _, amount in chosen) == target
    ]
    assert set(grouping.only_sum(target, parts)) == (sums[0] if len(sums) == 1 else set())
