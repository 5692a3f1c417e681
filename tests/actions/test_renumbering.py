"""Two PCs gave one number without a network: both vouchers stand, a person renumbers one, every PC agrees."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.actions import overview, periods, renumbering, review, sync_state, vouchers
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import Fund, Voucher
from desktop_app.storage import incoming
from desktop_app.storage.book import Book
from tests.actions.october import make_funds, paid
from tests.conftest import KEY
from tests.storage.test_incoming import HERE


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Book]:
    """The book of the union's other PC."""
    made = Book.create(tmp_path / "second.db", KEY, "40-001")
    yield made
    made.close()


def sent(of: Book, to: Book) -> None:
    """What one PC wrote reaches the other."""
    sql = "SELECT whole(op, record), whole(payload, record) FROM journal WHERE device = (SELECT no FROM devices WHERE device = ?) ORDER BY dseq"
    incoming.apply(to, [(of.device, bytes(op), p) for op, p in of.db.execute(sql, [of.device]).fetchall()], HERE)


def both_pay(book: Book, second: Book) -> tuple[Voucher, Voucher]:
    fund = make_funds(book)[0]
    sent(book, second)
    one = vouchers.write(book, paid(fund, 500_000, "05/10/2026"), "Hoa")
    two = vouchers.write(second, paid(fund, 300_000, "06/10/2026"), "Lan")
    assert one.number == two.number
    return one, two


@pytest.mark.parametrize("first", [True, False])
def test_one_of_two_vouchers_of_a_number_gets_the_next_and_both_pcs_agree(
    book: Book, second: Book, first: bool
) -> None:
    one, two = both_pay(book, second)
    for a, b in ((book, second), (second, book)) if first else ((second, book), (book, second)):
        sent(a, b)
    (task,) = review.tasks(book)
    assert set(task.key[1:]) == {one.id, two.id}
    assert {"Hoa (máy này)", "Lan (máy khác)"} == {task.now.who, task.others[0].who}
    wait = overview.conflict_wait(book)
    assert wait is not None
    assert sync_state.status(book)["conflicts"] == 1
    with pytest.raises(Refused, match="lý do"):
        renumbering.renumber(book, two.id, " ", "Hoa")
    made = renumbering.renumber(book, two.id, "Hai máy trùng số", "Hoa")
    assert (made.number, made.lines, made.day) == ("PC10/02", two.lines, two.day)
    assert made.reason.endswith(f"đổi số từ {two.number}: Hai máy trùng số")
    with pytest.raises(Refused, match="không còn trùng"):
        renumbering.renumber(book, one.id, "Lần nữa", "Hoa")
    sent(book, second)
    for pc in (book, second):
        assert (review.tasks(pc), review.count(pc)) == ([], 0)
        assert pc.verify().first_fault is None
        assert [pc.get(Voucher, id_).number for id_ in (one.id, two.id)] == ["PC10/01", "PC10/02"]  # type: ignore[union-attr]


def test_the_number_of_a_closed_month_stands(book: Book, second: Book) -> None:
    _, two = both_pay(book, second)
    sent(second, book)
    periods.close(book, "2026-10", "Hoa")
    with pytest.raises(Refused, match="khóa sổ"):
        renumbering.renumber(book, two.id, "Hai máy trùng số", "Hoa")


def test_the_question_is_answered_from_the_index_alone(book: Book, second: Book) -> None:
    both_pay(book, second)
    sent(second, book)
    asked: list[str] = []
    book.db.conn.set_trace_callback(asked.append)
    review.count(book)
    book.db.conn.set_trace_callback(None)
    query = next(sql for sql in asked if "HAVING" in sql)
    steps = [row[3] for row in book.db.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()]
    assert steps[0] == "SCAN vouchers USING COVERING INDEX vouchers_given"


def test_both_pcs_renumber_the_same_voucher_and_a_choice_ends_it(book: Book, second: Book) -> None:
    one, two = both_pay(book, second)
    sent(book, second)
    sent(second, book)
    cash = next(fund for fund in second.all(Fund) if fund.id == one.lines[0].fund)
    vouchers.write(second, paid(cash, 1000, "07/10/2026"), "Lan")  # takes PC10/02 there
    assert renumbering.renumber(book, two.id, "Trùng số", "Hoa").number == "PC10/02"
    assert renumbering.renumber(second, two.id, "Trùng số", "Lan").number == "PC10/03"
    for _ in range(2):
        sent(second, book)
        sent(book, second)
    question = next(each for each in review.questions(book) if each.field == "number")
    assert {question.now.text, question.other.text} == {"PC10/02", "PC10/03"}
    chosen = next(said for said in (question.now, question.other) if said.text == "PC10/03")
    review.settle(book, question, chosen, "Hoa")
    sent(book, second)
    for pc in (book, second):
        assert pc.get(Voucher, two.id).number == "PC10/03"  # type: ignore[union-attr]
        assert not [each for each in review.questions(pc) if each.field == "number"]
        assert pc.verify().first_fault is None
