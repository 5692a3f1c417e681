"""The sample workbooks: made by one script, and what a book says of them is E2, E5 and E6 to the đồng."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from python_calamine import load_workbook

from desktop_app.actions.importing import import_workbook
from desktop_app.domain import dates
from desktop_app.domain.dates import Period
from desktop_app.domain.records import CashCount, Fund, Office, Person, Union, Voucher
from desktop_app.exchange.source import Source
from desktop_app.reports.make import make
from desktop_app.storage import ledger, officers, payroll
from desktop_app.storage.book import Book
from tests import make_samples
from tests.make_samples import FOLDER, OCTOBER, YEAR

OCTOBER_DAYS = date(2026, 10, 1), date(2026, 10, 31)


@pytest.mark.parametrize("name", [OCTOBER, YEAR])
def test_the_committed_samples_are_what_the_script_makes(tmp_path: Path, name: str) -> None:
    make_samples.main(tmp_path)
    made, kept = load_workbook(tmp_path / name), load_workbook(FOLDER / name)
    assert made.sheet_names == kept.sheet_names
    for title in made.sheet_names:
        assert made.get_sheet_by_name(title).to_python() == kept.get_sheet_by_name(title).to_python(), title
    assert {n: set(f) for n, f in Source(tmp_path / name).fonts.items()} == {
        n: set(f) for n, f in Source(FOLDER / name).fonts.items()
    }


def test_october_gives_e2_and_e5(book: Book) -> None:
    done = import_workbook(book, FOLDER / OCTOBER, "Hoa")
    assert done.answer() == {
        "stored": {"Đơn vị": 1, "Quỹ": 2, "Số dư khác": 1, "Người lao động": 130, "Chức vụ": 9, "Chứng từ": 13,
                   "Đoàn phí đã thu": 120, "Kiểm quỹ": 1},
        "refused": [], "ignored_columns": [], "returned": None,
    }  # fmt: skip
    base = payroll.month_base(book, "2026-10")
    assert (base.workers, base.fee_fund, base.members, base.dues_fund) == (130, 1_271_200_000, 120, 1_211_200_000)
    books = {fund.code: ledger.fund_book(book, fund, *OCTOBER_DAYS) for fund in book.all(Fund)}
    assert [entry.balance for entry in books["TM"].entries] == [
        11_900_000, 10_400_000, 4_900_000, 10_900_000, 10_260_000,
    ]  # fmt: skip
    assert [entry.balance for entry in books["NH"].entries] == [
        61_368_000, 64_024_000, 58_024_000, 68_024_000, 60_824_000, 58_572_300, 56_755_500, 56_733_500, 56_736_650,
    ]  # fmt: skip
    assert ledger.item_totals(book, *OCTOBER_DAYS) == {
        "22": (6_056_000, 0), "25.01": (10_000_000, 0), "25.02": (3_150, 0), "28.01": (19_068_000, 0),
        "31": (0, 7_000_000), "32": (0, 7_200_000), "33": (0, 662_000), "34.02": (0, 2_251_700), "39": (0, 1_816_800),
    }  # fmt: skip
    assert [v.number for v in book.all(Voucher)] == [
        "BC10/01", "PT10/01", "BC10/02", "PC10/01", "PC10/02", "UNC10/01", "BC10/03", "UNC10/02", "PC10/03",
        "UNC10/03", "UNC10/04", "BN10/01", "BC10/04",
    ]  # fmt: skip
    (transfer,) = [v for v in book.all(Voucher) if v.number == "UNC10/01"]
    assert transfer.counterpart == "PT10/02"
    (count,) = book.all(CashCount)
    assert sum(note.value * note.count for note in count.notes) == 10_255_000
    settlement = make(book, "B07", Period.parse("2026-10")).answer
    assert (settlement["cells"]["10"], settlement["cells"]["50"]) == (50_800_000, 66_996_650)
    assert book.verify().first_fault is None


def test_the_old_tcvn3_sheet_is_read_as_unicode(book: Book) -> None:
    raw = load_workbook(FOLDER / OCTOBER).get_sheet_by_name("Người lao động").to_python()
    assert raw[0][0] == "Hä vµ tªn"
    assert Source(FOLDER / OCTOBER).fonts["Người lao động"][0][0] == ".VnTime"
    import_workbook(book, FOLDER / OCTOBER, "Hoa")
    expected = {(w.name, w.cccd, "Nữ" if w.woman else "Nam", w.team, w.member) for w in make_samples.workers()}
    assert {(p.name, p.cccd, p.sex, p.team, p.member) for p in book.all(Person)} == expected
    members = [p for p in book.all(Person) if p.member]
    assert (len(members), sum(p.sex == "Nữ" for p in members)) == (120, 55)
    # The CCCD says sex and year of birth: 040 Nghệ An, 0/1 man/woman of the 1900s, 2/3 of the 2000s.
    for person in book.all(Person):
        digit = (person.sex == "Nữ") + (2 if person.birth >= "2000" else 0)
        assert person.cccd[:6] == f"040{digit}{person.birth[2:4]}"


def test_the_officers_are_those_of_e7(book: Book) -> None:
    import_workbook(book, FOLDER / OCTOBER, "Hoa")
    assert sorted(office.title for office in book.all(Office)) == sorted(
        ["Chủ tịch", "Kế toán", "Thủ quỹ", *["Ủy viên Ban Chấp hành"] * 2, *["Tổ trưởng"] * 4]
    )
    union = next(book.all(Union))
    assert (union.upper, union.dues_group, union.first_year) == ("LĐLĐ tỉnh Nghệ An", 3, 2026)
    assert union.accountant != union.cashier
    paid = officers.allowances(book, date(2026, 10, 31), 120)
    assert sum(one.amount for one in paid) == 2_251_700


def test_the_year_gives_e6(book: Book) -> None:
    done = import_workbook(book, FOLDER / YEAR, "Hoa")
    assert not done.refused
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    assert ledger.item_totals(book, first, last) == {
        "22": (72_444_000, 0), "25.01": (30_000_000, 0), "25.02": (41_300, 0), "28.01": (228_018_000, 0),
        "28.02": (5_000_000, 0), "31": (0, 150_000_000), "32": (0, 48_000_000), "33": (0, 22_500_000),
        "34.02": (0, 26_005_800), "37": (0, 1_200_000), "39": (0, 19_916_400),
    }  # fmt: skip
    books = [ledger.fund_book(book, fund, first, last) for fund in book.all(Fund)]
    assert sum(found.opening for found in books) == 64_500_000
    assert sum(found.closing for found in books) == 132_381_100
    assert all(entry.balance >= 0 for found in books for entry in found.entries)
    months = dates.months_from("2026-01", "2026-12")
    bases = [payroll.month_base(book, month) for month in months]
    assert {(base.workers, base.members) for base in bases} == {(130, 120)}
    assert sum(base.fee_fund for base in bases) == 6 * 1_263_600_000 + 6 * 1_271_200_000
    assert sum(base.dues_fund for base in bases) == 6 * 1_203_600_000 + 6 * 1_211_200_000
    paid = payroll.paid_by_month(book, 2026).values()
    assert [sum(person[n] for person in paid) for n in range(12)] == [6_018_000] * 6 + [6_056_000] * 6
    settlement = make(book, "B07", Period.parse("2026")).answer
    assert {code: amount for code, amount in settlement["cells"].items() if amount} == {
        "10": 64_500_000, "22": 72_444_000, "25": 30_041_300, "25.01": 30_000_000, "25.02": 41_300,
        "28": 233_018_000, "28.01": 228_018_000, "28.02": 5_000_000, "31": 150_000_000, "32": 48_000_000,
        "33": 22_500_000, "34": 26_005_800, "34.02": 26_005_800, "37": 1_200_000, "39": 19_916_400,
        "50": 132_381_100,
    }  # fmt: skip
    assert settlement["totals"] == {
        "cong_thu": 102_485_300, "tong_thu": 335_503_300, "cong_chi": 247_705_800, "tong_chi": 267_622_200,
        "V.a": 0, "V.b": 21_733_200, "V.c": 19_916_400, "V.d": 1_816_800,
    }  # fmt: skip
    budget = make(book, "B14", Period.parse("2027")).answer
    assert (budget["totals"]["tong_thu"], budget["totals"]["tong_chi"]) == (348_120_000, 348_120_000)
    assert book.verify().first_fault is None
