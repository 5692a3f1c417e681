"""A closed month is a set of entries: whatever comes later, its figures stay, and every book says the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.actions import late_entries, periods, reports, review, vouchers
from desktop_app.domain.dates import Period, add_months
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import Fund, Voucher
from desktop_app.storage import bookings, books, closings, enrolment, incoming, journal, ledger, shut, voucher_rows
from desktop_app.storage.book import Book
from tests.actions.october import make_funds, paid
from tests.sync.pcs import dump, new_book
from tests.unions import found_union

OCTOBER, NOVEMBER = Period.parse("2026-10"), Period.parse("2026-11")


def send(source: Book, target: Book) -> None:
    """What a packet does: the source's own entries, and those it had from others, into the target."""
    ops = [
        (device, raw, payload)
        for device, raw, payload in source.db.execute(
            "SELECT d.device, whole(j.op, j.record), whole(j.payload, j.record)"
            " FROM journal j JOIN devices d ON d.no = j.device ORDER BY j.pos"
        ).fetchall()
    ]
    incoming.apply(target, ops, enrolment.standing(target), shown=False)


def swap(*all_: Book) -> None:
    for _ in range(2):
        for source in all_:
            for target in all_:
                if source is not target:
                    send(source, target)


@pytest.fixture
def two(tmp_path: Path) -> Any:
    office, workshop = new_book(tmp_path / "a"), new_book(tmp_path / "b")
    found_union(office)
    make_funds(office)
    send(office, workshop)
    yield office, workshop
    office.close()
    workshop.close()


def cash(book: Book) -> Fund:
    return next(fund for fund in book.all(Fund) if fund.code == "TM")


def pay(book: Book, amount: int, day: str) -> Voucher:
    return vouchers.write(book, paid(cash(book), amount, day), "Lê Văn Tám")


def spent(book: Book, period: Period) -> dict[str, int]:
    """What each book says was spent of mục 33 in a period: they all say the same."""
    found = {
        reports.make(book, "B07", period).answer["cells"].get("33", 0),
        reports.make(book, "S82", period).answer["totals"].get("33", 0),
        reports.make(book, "S11", period, "TM").answer["totals"]["out"],
        sum(flow.went_out for flow in books.flows(book, period.first, period.last) if flow.item == "33"),
        ledger.spent(book, "33", period.first, period.last),
        sum(row["out"] for row in reports.make(book, "S11", period, "TM").answer["rows"]),
    }
    assert len(found) == 1
    return {period.key: found.pop()}


def test_a_voucher_that_comes_after_the_closing_counts_in_the_first_open_month(two: tuple[Book, Book]) -> None:
    office, workshop = two
    pay(office, 500_000, "20/10/2026")
    late = pay(workshop, 70_000, "25/10/2026")
    periods.close(office, "2026-10", "Hoa")
    send(workshop, office)
    assert spent(office, OCTOBER) | spent(office, NOVEMBER) == {"2026-10": 500_000, "2026-11": 70_000}
    assert spent(workshop, OCTOBER) == {"2026-10": 70_000}  # the closing is not here yet
    send(office, workshop)
    assert spent(workshop, OCTOBER) | spent(workshop, NOVEMBER) == {"2026-10": 500_000, "2026-11": 70_000}
    assert dump(office) == dump(workshop)
    (entry,) = reports.make(office, "S11", NOVEMBER, "TM").report.tables[0].rows[1:-2]
    assert (entry.cells["booked"], entry.cells["day"]) == (date(2026, 11, 1), date(2026, 10, 25))

    (task,) = [one for one in review.tasks(office) if one.key[0] == "late"]
    assert task.now.text == "70.000 vào kỳ 11/2026"
    assert [choice.text for choice in task.choices] == ["Để ở kỳ 11/2026", "Mở lại kỳ 10/2026"]
    assert task.told.startswith(f"Phiếu {late.number} ngày 25/10/2026 đến sau khi kỳ 10/2026 đã khóa")


def test_reopened_it_goes_home_and_left_it_stays_and_nobody_is_asked_again(two: tuple[Book, Book]) -> None:
    office, workshop = two
    pay(workshop, 70_000, "25/10/2026")
    periods.close(office, "2026-10", "Hoa")
    swap(office, workshop)
    (late,) = bookings.late(office)
    with pytest.raises(Refused, match="lý do"):
        late_entries.reopen(office, late, " ", "Hoa")
    assert late_entries.reopen(office, late, "Bổ sung phiếu", "Hoa") == ["10/2026"]
    assert (spent(office, OCTOBER), review.count(office)) == ({"2026-10": 70_000}, 0)
    send(office, workshop)
    pay(workshop, 30_000, "26/10/2026")
    periods.close(office, "2026-10", "Hoa")
    assert (spent(office, OCTOBER), bookings.any_late(office)) == ({"2026-10": 70_000}, False)

    send(workshop, office)
    (late,) = bookings.late(office)
    late_entries.leave(office, late, "Hoa")
    with pytest.raises(Refused, match="xem lại rồi"):
        late_entries.leave(office, late, "Hoa")
    swap(office, workshop)
    assert (bookings.late(office), bookings.late(workshop)) == ([], [])
    periods.close(office, "2026-11", "Hoa")  # taken in where it stands
    assert spent(office, OCTOBER) | spent(office, NOVEMBER) == {"2026-10": 70_000, "2026-11": 30_000}
    swap(office, workshop)
    assert dump(office) == dump(workshop)


def test_a_cancellation_that_comes_late_is_taken_off_in_the_open_month(two: tuple[Book, Book]) -> None:
    office, workshop = two
    paid_out = pay(office, 500_000, "20/10/2026")
    send(office, workshop)
    vouchers.cancel(workshop, paid_out.id, "Ghi nhầm", "Lê Văn Tám")
    periods.close(office, "2026-10", "Hoa")
    swap(office, workshop)
    for book in two:
        assert spent(book, OCTOBER) | spent(book, NOVEMBER) == {"2026-10": 500_000, "2026-11": -500_000}
        assert ledger.balances(book, NOVEMBER.last)[cash(book).id] == 8_500_000
    (row,) = reports.make(office, "S11", NOVEMBER, "TM").answer["rows"]
    assert (row["text"], row["out"]) == ("Hủy sau khóa sổ: Nước họp", -500_000)
    (late,) = late_entries.waiting(office)
    assert (late.late.what, late.held) == ("hủy", False)


def test_a_settlement_that_was_handed_in_keeps_its_figures_until_it_is_returned(two: tuple[Book, Book]) -> None:
    office, workshop = two
    pay(office, 500_000, "20/10/2026")
    signed = reports.submit(office, "B07", OCTOBER, "", "Hoa")
    pay(workshop, 70_000, "25/10/2026")
    send(workshop, office)
    assert reports.settle(office, OCTOBER).cells["33"] == signed.content["cells"]["33"] == 500_000
    periods.close(office, "2026-10", "Hoa")  # closing a month after it was signed takes nothing in
    assert spent(office, OCTOBER) == {"2026-10": 500_000}
    (waits,) = late_entries.waiting(office)
    assert waits.held
    with pytest.raises(Refused, match="Quyết toán tháng 10/2026"):
        late_entries.reopen(office, waits.late, "Bổ sung", "Hoa")
    swap(office, workshop)
    assert dump(office) == dump(workshop)


def test_of_two_closings_of_one_month_the_set_of_the_higher_lease_counts(two: tuple[Book, Book]) -> None:
    office, workshop = two
    pay(office, 500_000, "20/10/2026")
    pay(workshop, 70_000, "25/10/2026")
    periods.close(office, "2026-10", "Hoa")
    kept = enrolment.Enrolment("https://vi-du.vn", b"k" * 32, "40-001", workshop.device, lease=3)
    enrolment.keep(workshop, kept)
    periods.close(workshop, "2026-10", "Lê Văn Tám")
    swap(office, workshop)
    for book in two:
        assert spent(book, OCTOBER) | spent(book, NOVEMBER) == {"2026-10": 70_000, "2026-11": 500_000}
    assert dump(office) == dump(workshop)


def test_verify_finds_a_line_booked_elsewhere(two: tuple[Book, Book]) -> None:
    office, workshop = two
    pay(workshop, 70_000, "25/10/2026")
    periods.close(office, "2026-10", "Hoa")
    send(workshop, office)
    for statement, fault in (
        ("UPDATE vouchers_lines SET day = '2026-11-02'", "ghi sổ ở kỳ khác với nhật ký"),
        ("DELETE FROM late_booked", "Chứng từ đến sau khóa sổ khác với nhật ký"),
    ):
        with pytest.raises(ZeroDivisionError), office.writing():
            office.db.execute(statement)
            said = office.verify().first_fault or ""
            raise ZeroDivisionError
        assert fault in said
    with pytest.raises(ZeroDivisionError), office.writing():
        shut.keep(office, shut.Shut())
        said = office.verify().first_fault or ""
        raise ZeroDivisionError
    assert "Các kỳ đã khóa khác" in said


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Three books of one union that have the funds: copied anew for every example."""
    folder = tmp_path_factory.mktemp("ba-may")
    made = [new_book(folder / name) for name in "abc"]
    found_union(made[0])
    make_funds(made[0])
    send(made[0], made[1])
    send(made[0], made[2])
    for book in made:
        book.close()
    return [book.path for book in made]


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("pay"), st.integers(0, 2), st.integers(8, 11), st.integers(1, 900)),
        st.tuples(st.just("cancel"), st.integers(0, 2), st.integers(0, 5), st.just(0)),
        st.tuples(st.just("close"), st.integers(0, 1), st.integers(8, 11), st.just(0)),
        st.tuples(st.just("open"), st.integers(0, 1), st.just(0), st.just(0)),
        st.tuples(st.just("submit"), st.just(0), st.integers(8, 10), st.just(0)),
        st.tuples(st.just("send"), st.integers(0, 2), st.integers(0, 2), st.just(0)),
    ),
    min_size=4, max_size=16,
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_comes_in_whatever_order_a_closed_month_is_its_set(
    steps: list[tuple[str, int, int, int]], empty: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("lan")
    made = []
    for lease, path in enumerate(empty):
        copy = folder / path.parent.name
        copy.mkdir()
        (copy / "book.db").write_bytes(path.read_bytes())
        made.append(Book(copy / "book.db", bytes(range(32))))
        name = enrolment.Enrolment("https://vi-du.vn", b"k" * 32, "40-001", made[-1].device, lease=lease + 1)
        enrolment.keep(made[-1], name)
    try:
        for verb, who, month, amount in steps:
            try:
                take_step(made, verb, who, month, amount)
            except Refused:
                continue
        swap(*made)
        first = made[0]
        now = shut.look(first)
        for place, month in enumerate(now.months):
            assert held_until(first, month) == of_set(first, now.sets[place], month)
        whole = [held_until(first, f"2026-{month:02}") for month in range(7, 14)]
        for book in made:
            assert dump(book) == dump(first)
            assert [held_until(book, f"2026-{month:02}") for month in range(7, 14)] == whole
            for month in range(8, 12):
                spent(book, Period.parse(f"2026-{month:02}"))
            for sent in book.all(reports.Submission):
                if not any(one.period == sent.period and one.version > sent.version for one in book.all(reports.Submission)):
                    settled = reports.settle(book, Period.parse(sent.period))
                    assert settled.cells["50"] == sent.content["cells"]["50"]
    finally:
        for book in made:
            book.close()


def take_step(made: list[Book], verb: str, who: int, month: int, amount: int) -> None:
    book = made[who]
    if verb == "pay":
        pay(book, amount * 1000, f"{amount % 27 + 1:02}/{month:02}/2026")
    elif verb == "cancel":
        known = sorted((one for one in book.all(Voucher) if one.posted), key=lambda one: one.id)
        if known:
            vouchers.cancel(book, known[month % len(known)].id, "Nhầm", "Hoa")
    elif verb == "close":
        periods.close(book, f"2026-{month:02}", "Hoa")
    elif verb == "open" and (closed := closings.closed_months(book)):
        periods.reopen(book, closed[-1], "Bổ sung", "Hoa")
    elif verb == "submit":
        reports.submit(book, "B07", Period.parse(f"2026-{month:02}"), "", "Hoa")
    elif verb == "send":
        send(book, made[month])


def held_until(book: Book, month: str) -> int:
    """What cash lost until the end of a month, as the books say."""
    if month == "2026-13":
        month = "2027-01"
    return -books.before(book, cash(book), Period.parse(add_months(month, 1)).first)


def of_set(book: Book, frozen: Any, month: str) -> int:
    """The same of the entries of a set alone, summed voucher by voucher."""
    total = 0
    for (record,) in book.db.execute("SELECT DISTINCT record FROM journal WHERE entity = 'voucher'").fetchall():
        id_ = record.hex()
        known = journal.history(book.db, id_)
        assert known is not None
        ops = [op for op in known.ops if op.dseq <= frozen.get(op.device, 0)]
        state = journal.merge.resolve(ops).values if ops else {}
        if state.get("posted") and not state.get("cancelled") and state["day"] <= f"{month}-31":
            total += sum(line.get("amount_out", 0) - line.get("amount_in", 0) for line in state["lines"])
    return total


def test_the_list_of_vouchers_says_in_which_month_it_is_booked(two: tuple[Book, Book]) -> None:
    office, workshop = two
    pay(office, 500_000, "20/10/2026")
    pay(workshop, 70_000, "25/10/2026")
    periods.close(office, "2026-10", "Hoa")
    send(workshop, office)
    for period, listed, counted in ((OCTOBER, [(500_000, ""), (70_000, "2026-11")], 500_000),
                                    (NOVEMBER, [(70_000, "2026-11")], 70_000)):  # fmt: skip
        asked = voucher_rows.Asked(period.first, period.last)
        rows = list(voucher_rows.voucher_rows(office, asked))
        assert [(row.paid, row.booked) for row in rows] == listed
        assert [row.no for row in rows] == list(voucher_rows.line_up(office, asked))
        assert voucher_rows.sums(office, asked).paid == sum(row.paid for row in rows if asked.counts(row)) == counted
