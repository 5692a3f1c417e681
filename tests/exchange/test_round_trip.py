"""What goes out comes in again: the export of a book, read into an empty one, makes the same book."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import load_workbook

from desktop_app.actions import advances, members, open_advances, person_record, vouchers
from desktop_app.actions.exporting import export_workbook
from desktop_app.actions.importing import import_workbook
from desktop_app.domain.errors import Trouble
from desktop_app.domain.fields import build
from desktop_app.domain.records import (
    Balance,
    Budget,
    CashCount,
    Dues,
    Exemption,
    Fund,
    Line,
    Office,
    Payroll,
    Person,
    PersonDetail,
    Union,
    Voucher,
    Wage,
)  # fmt: skip
from desktop_app.storage import ledger
from desktop_app.storage.book import Book, new_id
from tests.make_samples import FOLDER, OCTOBER

KEY = bytes(range(32))
MONTHS = st.sampled_from(["", "2025-12", "2026-01", "2026-10"])
DAYS = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2026, 12, 31)))
MONEY = st.integers(0, 10**12)
WORDS = st.lists(
    st.sampled_from(["Tổ", "may", "1", "số", "12/5", "đường", "Quang", "Trung", "=A1+2", "'007", "-5", "Xã", "Hưng", "Lộc", "Ô", "kho", "à", "3.000", "Trần", "Thị", "Sương"]),
    max_size=3,
).map(" ".join)
SHEETS = (
    Union, Person, Wage, Fund, Balance, Voucher, Payroll, Exemption, Dues, Office, CashCount, Budget,
)  # fmt: skip


def said(book: Book) -> dict[str, list[str]]:
    """Everything a book says, with names and numbers instead of ids, in no order."""
    people = {p.id: p.name for p in book.all(Person)}
    funds = {f.id: f.code for f in book.all(Fund)}
    numbers = {v.id: v.number for v in book.all(Voucher)}

    def plain(record: Any) -> str:
        values = dataclasses.asdict(record)
        values.pop("id")
        for name, known in (("person", people), ("fund", funds), ("voucher", numbers), ("adjusts", numbers)):
            if name in values:
                values[name] = known.get(values[name], values[name])
        for line in values.get("lines", ()):
            line["fund"] = funds[line["fund"]]
        return repr(values)

    return {kind.__name__: sorted(plain(record) for record in book.all(kind)) for kind in SHEETS}


@st.composite
def people_rows(draw: st.DrawFn) -> list[Any]:
    records: list[Any] = []
    for n in range(draw(st.integers(0, 4))):
        joined, left = draw(st.tuples(DAYS, DAYS).filter(lambda days: None in days or days[0] <= days[1]))
        person = build(Person, {
            "id": new_id(), "name": f"Nguyễn Thị {['Ánh', 'Đào', 'Sương', 'Ước'][n]}", "cccd": draw(st.sampled_from(["", f"04019000000{n}"])),
            "birth": draw(st.sampled_from(["", "1990", "03/1990", "05/03/1990"])), "card": draw(st.sampled_from(["", f"00{n}"])),
            "sex": draw(st.sampled_from(["", "Nam", "Nữ"])), "team": draw(WORDS), "joined": joined, "left": left,
            "member": draw(st.booleans()), "note": draw(WORDS),
            "phone": draw(st.sampled_from(["", "0912345678"])), "job": draw(WORDS), "hired": draw(DAYS), "registered": draw(DAYS),
        })  # fmt: skip
        records.append(person)
        for month in draw(st.sets(MONTHS, max_size=3)):
            wage = {"person": person.id, "from_month": month, "insured": draw(MONEY), "net": draw(MONEY)}
            records.append(build(Wage, {"id": new_id(), **wage}))
        if draw(st.booleans()):
            freed = {"person": person.id, "from_month": "2026-01", "to_month": draw(MONTHS.filter(lambda m: m != "2025-12"))}
            records.append(build(Exemption, {"id": new_id(), **freed, "reason": draw(WORDS)}))
        if draw(st.booleans()):
            since = draw(DAYS)
            records.append(build(Office, {"id": new_id(), "person": person.id, "title": "Tổ trưởng", "since": since}))
    return records


@st.composite
def money_rows(draw: st.DrawFn) -> list[Any]:
    cash = build(Fund, {"id": new_id(), "code": "TM", "kind": "Tiền mặt", "opening": draw(st.integers(-5, 10**9))})
    bank = build(Fund, {"id": new_id(), "code": "0x", "kind": "Tiền gửi", "account": "0361000123456", "bank": draw(WORDS)})
    records: list[Any] = [cash, bank]
    records += [build(Payroll, {"id": new_id(), "month": m, "workers": 9, "fee_fund": draw(MONEY)}) for m in draw(st.sets(MONTHS.filter(bool)))]
    if draw(st.booleans()):
        records.append(build(Balance, {"id": new_id(), "kind": "Phải thu", "party": "Ông Đức", "amount": draw(MONEY), "opened": draw(DAYS)}))
        notes = [{"value": 500_000, "count": draw(st.integers(0, 99))}, {"value": 1_000, "count": 3}]
        records.append(build(CashCount, {"id": new_id(), "day": date(2026, 10, 31), "fund": cash.id, "notes": notes}))
        records.append(build(Budget, {"id": new_id(), "year": 2027, "item": "31", "amount": draw(MONEY), "last_year": draw(MONEY)}))
    return records


@st.composite
def voucher_drafts(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Drafts by fund code: incomes, spendings of several lines, transfers, offsets, advances."""
    amount = st.integers(1, 10**10)
    made = []
    for _ in range(draw(st.integers(0, 5))):
        shape = draw(st.sampled_from(["in", "out", "move", "offset", "advance"]))
        value = draw(amount)
        kind, lines = {
            "in": ("PT", [("22", "", "TM", value, 0)]),
            "out": ("UNC", [("31", "", "0x", 0, value), ("33", "", "0x", 0, draw(amount))]),
            "move": ("UNC", [("", "", "TM", value, 0), ("", "", "0x", 0, value)]),
            "offset": ("BN", [("39", "", "Bù trừ", 0, value)]),
            "advance": ("PC", [("", "Bà Sương", "TM", 0, value)]),
        }[shape]
        made.append({
            "kind": kind, "day": date(2026, 10, draw(st.integers(1, 31))), "text": f"Việc {draw(WORDS)}".strip(), "lines": lines,
            "party": draw(WORDS), "address": draw(WORDS), "papers": draw(WORDS), "month": draw(MONTHS),
        })  # fmt: skip
    return made


@settings(max_examples=15, deadline=None)
@given(people_rows(), money_rows(), voucher_drafts(), st.booleans())
def test_the_export_of_any_book_makes_the_same_book(
    people: list[Any], money: list[Any], drafts: list[dict[str, Any]], delegated: bool
) -> None:
    with TemporaryDirectory() as name, _book(Path(name) / "a") as first, _book(Path(name) / "b") as second:
        union = {"code": "40-001", "name": "CĐCS Hưng Lộc", "delegated": delegated, "tax_code": "0290", "first_year": 2026}
        offset = build(Fund, {"id": new_id(), "code": "Bù trừ", "name": "Bù trừ (không có tiền)", "kind": "Bù trừ"})
        used = any(draft["kind"] == "BN" for draft in drafts)
        with first.transact("test", "Hoa") as transaction:
            for record in (build(Union, {"id": new_id(), **union}), *people, *money, *([offset] if used else [])):
                transaction.save(record)
        codes = {fund.code: fund.id for fund in first.all(Fund)}
        for draft in drafts:
            lines = [build(Line, {"item": i, "party": p, "fund": codes[f], "amount_in": a, "amount_out": b}) for i, p, f, a, b in draft["lines"]]
            lines.sort(key=lambda line: -line.amount_out)  # a transfer's paying line first, as reading makes it
            with first.transact("test", "Hoa") as transaction:
                vouchers.enter(first, transaction, build(Voucher, {**draft, "id": new_id(), "lines": lines}))
        export_workbook(first, Path(name) / "so.xlsx")
        done = import_workbook(second, Path(name) / "so.xlsx", "Hoa")
        assert (done.refused, done.ignored_columns, done.ignored_sheets) == ((), (), ())
        assert said(second) == said(first)
        entries = second.verify().entries
        import_workbook(second, Path(name) / "so.xlsx", "Hoa")
        assert second.verify().entries == entries


class _book:  # noqa: N801 - reads as the fixture it stands for
    """A book of its own for one example."""

    def __init__(self, folder: Path) -> None:
        self._made = Book.create(folder / "book.db", KEY, "40-001")

    def __enter__(self) -> Book:
        return self._made

    def __exit__(self, *_: object) -> None:
        self._made.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Book]:
    made = Book.create(tmp_path / "khac" / "book.db", KEY, "40-001")
    yield made
    made.close()


def test_the_sample_goes_out_and_comes_in_with_dues_and_adjustments(book: Book, other: Book, tmp_path: Path) -> None:
    import_workbook(book, FOLDER / OCTOBER, "Hoa")
    first = next(v for v in book.all(Voucher) if v.number == "PC10/02")
    vouchers.reverse(book, first.id, "Ghi nhầm", "Hoa", today=date(2026, 10, 31))
    gone = vouchers.draft(book, {"kind": "PC", "day": date(2026, 10, 31), "text": "Nháp", "lines": first.lines}, "Hoa")
    rows = export_workbook(book, tmp_path / "ra.xlsx")
    assert (rows["Người lao động"], rows["Chứng từ"], rows["Đoàn phí đã thu"]) == (130, 14, 120)
    assert not gone.posted
    done = import_workbook(other, tmp_path / "ra.xlsx", "Hoa")
    assert not done.refused
    october = date(2026, 10, 1), date(2026, 10, 31)
    assert ledger.item_totals(other, *october) == ledger.item_totals(book, *october)
    (back,) = [v for v in other.all(Voucher) if v.kind == "ĐC"]
    assert [v.number for v in other.all(Voucher) if v.id == back.adjusts] == ["PC10/02"]
    assert (back.lines[0].amount_out, len(list(other.all(Dues)))) == (-5_500_000, 120)


def test_advances_settled_and_sums_set_off_come_back_as_they_were(book: Book, other: Book, tmp_path: Path) -> None:
    import_workbook(book, FOLDER / OCTOBER, "Hoa")
    cash, bank = (next(f.id for f in book.all(Fund) if f.kind == kind) for kind in ("Tiền mặt", "Tiền gửi"))
    line = {"party": "Lê Thị Lan", "fund": cash, "amount_out": 2_000_000}
    given = vouchers.write(book, {"kind": "PC", "day": "20/10/2026", "text": "Tạm ứng", "lines": [line]}, "Hoa")
    values = {"day": "25/10/2026", "rows": [{"item": "32", "amount": 1_500_000}], "refund": 300_000, "fund": cash}
    advances.settle(book, given.id, values, "Hoa")
    values = {"day": "26/10/2026", "text": "Trừ đoàn phí", "fund": bank, "item_in": "28.01", "amount_in": 900_000}
    advances.net(book, {**values, "item_out": "39", "amount_out": 400_000}, "Hoa")
    export_workbook(book, tmp_path / "ra.xlsx")
    assert not import_workbook(other, tmp_path / "ra.xlsx", "Hoa").refused
    october = date(2026, 10, 1), date(2026, 10, 31)
    assert ledger.item_totals(other, *october) == ledger.item_totals(book, *october)
    assert sorted(ledger.balances(other, october[1]).values()) == sorted(ledger.balances(book, october[1]).values())
    for held in (book, other):
        assert [(one.number, one.open) for one in open_advances.open_advances(held, october[1])] == [(given.number, 200_000)]


def test_text_columns_are_text_so_that_excel_keeps_leading_zeros(book: Book, tmp_path: Path) -> None:
    import_workbook(book, FOLDER / OCTOBER, "Hoa")
    export_workbook(book, tmp_path / "ra.xlsx")
    head, *rows = load_workbook(tmp_path / "ra.xlsx").get_sheet_by_name("Người lao động").to_python()
    at = head.index("Số CCCD")
    assert all(isinstance(row[at], str) and len(row[at]) == 12 for row in rows)


def test_a_place_that_cannot_be_written_is_one_sentence_and_leaves_no_file(book: Book, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="Không ghi được tệp so"):
        export_workbook(book, tmp_path / "khong co" / "so.xlsx")
    (tmp_path / "so.xlsx").mkdir()
    with pytest.raises(Trouble, match="Không ghi được tệp so"):
        export_workbook(book, tmp_path / "so.xlsx")
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.endswith(".moi")] == []


def test_the_record_of_a_person_goes_along(book: Book, other: Book, tmp_path: Path) -> None:
    yen, _ = members.add(book, {"name": "Võ Thị Yến", "birth": "1990", "cccd": "040190009900"}, "Hoa")
    told = {"home": "Xã Nam Đàn", "cccd_day": date(2021, 3, 5), "covered": True, "insurance": "0912345678",
            "married": "Đã kết hôn", "schooling": "12/12"}  # fmt: skip
    person_record.save(book, yen.id, told, "Hoa")
    export_workbook(book, tmp_path / "ra.xlsx")
    for _ in range(2):  # the second time says nothing new
        done = import_workbook(other, tmp_path / "ra.xlsx", "Hoa")
        assert [fault.sheet for fault in done.refused] == ["Đơn vị"]  # a book without a union has no name of one
    (kept,) = other.all(PersonDetail)
    assert {name: getattr(kept, name) for name in told} == told
    assert len(other.ops_of(kept.id)) == 1
