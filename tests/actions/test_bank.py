"""The bank's October beside the book's (E5): read once, matched, booked by rule, balances compared."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from desktop_app.actions import bank, bank_links, bank_rules, overview, vouchers
from desktop_app.actions.bank import Row, View
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import BankLine, Fund, Voucher
from desktop_app.domain.wire import to_wire
from desktop_app.exchange.statements import Unclear
from desktop_app.storage import bank as bank_storage
from desktop_app.storage import enrolment, incoming
from desktop_app.storage.book import Book
from tests.exchange import statements
from tests.storage.test_incoming import OtherPc
from tests.ui.conftest import HOA, make_october

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bank") / "book.db"
    make_october(path)
    return path


@pytest.fixture
def october(made: Path, tmp_path: Path) -> Book:
    import shutil

    from tests.conftest import KEY

    path = tmp_path / "so" / "book.db"
    path.parent.mkdir()
    shutil.copy(made, path)
    return Book(path, KEY)


def account(book: Book) -> Fund:
    return next(fund for fund in book.all(Fund) if fund.code == "NH")


def seen(book: Book) -> View:
    return bank.view(book, account(book).id, FIRST, LAST)


def of(view: View, words: str) -> Row:
    return next(row for row in view.rows if words in row.line.text)


def numbered(book: Book, number: str) -> Voucher:
    return next(voucher for voucher in book.all(Voucher) if voucher.number == number)


def test_october_matches_line_by_line_and_the_balances_meet(october: Book, tmp_path: Path) -> None:
    came = bank.bring(october, statements.vietcombank(tmp_path / "sao ke.xlsx"), HOA)
    assert (came.new, came.known, came.gaps, came.fund.code) == (9, 0, (), "NH")
    view = seen(october)
    assert {row.state for row in view.rows} == {"chắc chắn"}
    assert of(view, "KPCD").match is not None
    assert bank.confirm(october, [row for row in view.rows if row.sure], HOA) == 9
    after = seen(october)
    assert {(row.state, bool(row.line.numbers)) for row in after.rows} == {("khớp", True)}
    assert after.book_alone == ()
    assert after.balances is not None
    assert (after.balances.bank, after.balances.book, after.balances.unexplained) == (56_736_650, 56_736_650, 0)


def test_the_same_lines_from_two_files_stay_once(october: Book, tmp_path: Path) -> None:
    path = statements.bidv(tmp_path / "a.xlsx")
    assert bank.bring(october, path, HOA).new == 9
    again = bank.bring(october, path, HOA)
    assert (again.new, again.known) == (0, 9)
    assert len(seen(october).rows) == 9


def test_fee_interest_and_kpcd_are_booked_by_rule(october: Book, tmp_path: Path) -> None:
    for number in ("BN10/01", "BC10/04", "BC10/01"):
        vouchers.cancel(october, numbered(october, number).id, "Để ngân hàng báo", HOA)
    bank.bring(october, statements.vietinbank(tmp_path / "a.xlsx"), HOA)
    view = seen(october)
    fee, interest, share = of(view, "Phi quan ly"), of(view, "lai tien gui"), of(view, "KPCD")
    assert [(row.state, row.new and row.new.item) for row in (fee, interest, share)] == [
        ("phiếu mới", "33"), ("phiếu mới", "25.02"), ("phiếu mới", "28.01"),
    ]  # fmt: skip
    assert share.new is not None
    assert (share.new.text, share.new.month) == ("KPCĐ cấp trên cấp theo phân phối tháng 09/2026", "2026-09")
    bank.confirm(october, [row for row in view.rows if row.sure], HOA)
    paper = numbered(october, "BC10/05")
    assert (paper.day, paper.month, paper.party, paper.lines[0].item) == (
        date(2026, 10, 5), "2026-09", "LĐLĐ tỉnh Nghệ An", "28.01",
    )  # fmt: skip
    balances = seen(october).balances
    assert balances is not None
    assert balances.difference == 0


def test_what_is_left_on_both_sides_explains_the_difference(october: Book, tmp_path: Path) -> None:
    vouchers.cancel(october, numbered(october, "BN10/01").id, "Chưa thấy giấy báo", HOA)
    line = {"item": "32", "fund": account(october).id, "amount_out": 900_000}
    values = {"kind": "UNC", "day": date(2026, 10, 31), "text": "Băng rôn, chưa qua ngân hàng", "lines": [line]}
    late = vouchers.write(october, values, HOA)
    bank.bring(october, statements.vietcombank(tmp_path / "a.xlsx"), HOA)
    bank.confirm(october, [row for row in seen(october).rows if row.state == "chắc chắn"], HOA)
    view = seen(october)
    assert [moved.id for moved in view.book_alone] == [late.id]
    (wait,) = (wait for wait in overview.look(october, 2026, date(2026, 11, 3)).waits if wait.page == "bank")
    assert wait.text == "1 dòng sao kê ngân hàng chưa có chứng từ, từ tháng 10/2026."
    assert [row.line.amount for row in view.rows if row.open] == [-22_000]
    balances = view.balances
    assert balances is not None
    assert (balances.bank_alone, balances.book_alone) == (-22_000, -900_000)
    assert (balances.difference, balances.unexplained) == (878_000, 0)


def test_two_vouchers_alike_are_only_likely_and_a_cancelled_paper_opens_its_line(october: Book, tmp_path: Path) -> None:
    line = {"item": "32", "fund": account(october).id, "amount_out": 7_200_000}
    values = {"kind": "UNC", "day": date(2026, 10, 25), "text": "Hội thao lần hai", "lines": [line]}
    twin = vouchers.write(october, values, HOA)
    bank.bring(october, statements.vietcombank(tmp_path / "a.xlsx"), HOA)
    row = of(seen(october), "HOI THAO")
    assert (row.state, row.match and row.match.number) == ("đề xuất", "UNC10/02")
    bank_links.match(october, [row.line], [twin.id], HOA)
    assert of(seen(october), "HOI THAO").line.numbers == twin.number
    with pytest.raises(Refused, match="khớp dòng khác"):
        bank_links.match(october, [of(seen(october), "PHU CAP").line], [twin.id], HOA)
    vouchers.cancel(october, twin.id, "Trùng", HOA)
    assert of(seen(october), "HOI THAO").state == "chắc chắn"


def test_a_line_is_booked_by_hand_set_aside_and_opened_again(october: Book, tmp_path: Path) -> None:
    vouchers.cancel(october, numbered(october, "UNC10/01").id, "Lập lại", HOA)
    path = statements.signed_csv(tmp_path / "a.csv")
    path.write_text(path.read_text("utf-8").replace("RUT TIEN MAT ", ""), "utf-8")
    bank.bring(october, path, HOA)
    row = of(seen(october), "SEC AB123")
    assert row.state == "chưa rõ"
    with pytest.raises(Refused, match="chưa có phiếu đề xuất"):
        bank.confirm(october, [row], HOA)
    with pytest.raises(Refused, match="Mục 22 là mục thu"):
        bank.book_line(october, row.line, "22", "", HOA)
    paper = bank.book_line(october, row.line, "37", "Chi theo séc", HOA)
    assert (paper.kind, paper.lines[0].amount_out) == ("BN", 6_000_000)
    bank.undo(october, row.line, HOA)
    again = of(seen(october), "SEC AB123").match
    assert again is not None
    assert again.id == paper.id
    bank.set_aside(october, row.line, "Ngân hàng hoàn lại", HOA)
    assert of(seen(october), "SEC AB123").state == "để riêng"


def test_a_withdrawal_is_money_between_bank_and_cash(october: Book, tmp_path: Path) -> None:
    vouchers.cancel(october, numbered(october, "UNC10/01").id, "Lập lại", HOA)
    bank.bring(october, statements.vietcombank(tmp_path / "a.xlsx"), HOA)
    row = of(seen(october), "RUT TIEN MAT")
    assert (row.state, row.sure) == ("phiếu mới", False)
    bank.confirm(october, [row], HOA)
    made = numbered(october, "UNC10/05")
    assert [(line.item, line.amount_in, line.amount_out) for line in made.lines] == [("", 0, 6_000_000), ("", 6_000_000, 0)]
    assert made.counterpart == "PT10/03"


def test_a_rule_of_ones_own_goes_first(october: Book, tmp_path: Path) -> None:
    vouchers.cancel(october, numbered(october, "UNC10/01").id, "Lập lại", HOA)
    with pytest.raises(Refused, match="phải dùng mục chi"):
        bank_rules.add(october, {"words": "sec ab", "side": "Tiền ra", "item": "22"}, HOA)
    bank_rules.add(october, {"words": "sec ab; séc cd", "side": "Tiền ra", "item": "37", "text": "Chi theo séc"}, HOA)
    bank.bring(october, statements.vietcombank(tmp_path / "a.xlsx"), HOA)
    row = of(seen(october), "SEC AB123")
    assert (row.sure, row.new and row.new.text) == (True, "Chi theo séc")


def test_an_unknown_form_is_mapped_once_and_remembered(october: Book, tmp_path: Path) -> None:
    path = statements.strange(tmp_path / "la.xlsx")
    with pytest.raises(Unclear) as unclear:
        bank.bring(october, path, HOA)
    with pytest.raises(Refused, match="cột tiền vào"):
        bank.map_columns(october, unclear.value.grid, {"day": "Khi nào", "text": "Việc gì"})
    bank.map_columns(october, unclear.value.grid, {"day": "Khi nào", "text": "Việc gì", "in": "Vô", "out": "Ra"})
    assert bank.bring(october, path, HOA).new == 9
    assert seen(october).balances is None


def test_a_statement_of_another_account_is_refused(october: Book, tmp_path: Path) -> None:
    own = account(october)
    with october.transact("fund.edit", HOA) as t:
        t.save(dataclasses.replace(own, account="0101 0009 99999"))
    with pytest.raises(Refused, match="0101000123456"):
        bank.bring(october, statements.vietcombank(tmp_path / "a.xlsx"), HOA)
    with pytest.raises(Refused, match="không phải 0101 0009 99999"):
        bank.bring(october, statements.vietcombank(tmp_path / "a.xlsx"), HOA, own.id)


def test_two_pcs_that_read_the_same_statement_have_its_lines_once(october: Book, tmp_path: Path) -> None:
    bank.bring(october, statements.vietcombank(tmp_path / "a.xlsx"), HOA)
    lines = list(october.all(BankLine))
    other = OtherPc()
    for line in lines:
        other.write("bank_line", to_wire(line), record=line.id)
    incoming.apply(october, other.sent, enrolment.Standing(cursor=(1, 9)))
    assert list(october.all(BankLine)) == lines
    assert incoming.overlapping(october) == 0
    verified = october.verify()
    assert (verified.chain_ok, verified.rows_ok) == (True, True)
    bank.confirm(october, [row for row in seen(october).rows if row.sure], HOA)
    assert all(row.state == "khớp" for row in seen(october).rows)


def test_lines_read_wrong_are_thrown_out_and_read_again(october: Book, tmp_path: Path) -> None:
    path = statements.strange(tmp_path / "la.xlsx")
    with pytest.raises(Unclear) as unclear:
        bank.bring(october, path, HOA)
    bank.map_columns(october, unclear.value.grid, {"day": "Khi nào", "text": "Việc gì", "in": "Ra", "out": "Vô"})
    bank.bring(october, path, HOA)
    assert of(seen(october), "KPCD").line.amount == -19_068_000
    bank.discard(october, [row.line for row in seen(october).rows], HOA)
    assert (seen(october).rows, bank_storage.since(october, account(october).id)) == ((), None)
    with pytest.raises(Unclear) as again:
        bank.bring(october, path, HOA, anew=True)
    assert again.value.guess["in"] == "Ra"
    bank.map_columns(october, again.value.grid, {**again.value.guess, "in": "Vô", "out": "Ra"})
    assert bank.bring(october, path, HOA).new == 9
    bank.discard(october, [row.line for row in seen(october).rows], HOA)
    assert bank.bring(october, path, HOA).new == 9
    bank.confirm(october, [of(seen(october), "KPCD")], HOA)
    with pytest.raises(Refused, match="Hãy bỏ khớp trước"):
        bank.discard(october, [of(seen(october), "KPCD").line], HOA)
