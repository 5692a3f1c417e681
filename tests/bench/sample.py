"""A real encrypted book of 100,000 vouchers of one year (or of more and longer), and the same entries as a plain text journal for `ledger`.

Both are made once, through the real write path, and kept in the system's temporary folder until the code that writes
a book changes.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from desktop_app.actions import setup
from desktop_app.domain.fields import build
from desktop_app.domain.records import Fund, Line, Person, Union, Voucher, Wage
from desktop_app.storage.book import new_id

VOUCHERS = 100_000
YEAR = 2026
_A_COMMIT = 2_000
_CODE = ("desktop_app/storage", "desktop_app/domain/records", "desktop_app/domain/fields.py", "sync/protocol.py")
_KINDS = (  # kind, item, money comes in, fund
    ("PT", "22", True, "TM"),
    ("PC", "31", False, "TM"),
    ("BC", "28.01", True, "NH"),
    ("UNC", "32", False, "NH"),
    ("PC", "33", False, "TM"),
    ("BC", "25.02", True, "NH"),
    ("PC", "34.02", False, "TM"),
    ("UNC", "39", False, "NH"),
)


class Sample(NamedTuple):
    """The profile folder of the book, and the journal of the same entries."""

    profile: Path
    journal: Path


def sample(vouchers: int = VOUCHERS, years: int = 1) -> Sample:
    """The book of the last `years` through YEAR, made now or kept from last time. SOCONGDOAN_PASSPHRASE must be set to the passphrase of the bench."""
    kept = Path(tempfile.gettempdir()) / f"socongdoan-bench-{vouchers}-{years}-{version(Path(__file__))}"
    if not kept.exists():
        making = Path(tempfile.mkdtemp(prefix="socongdoan-bench-"))
        _write_journal(making / "so.journal", *_make_book(making / "so", vouchers, YEAR - years + 1))
        try:
            making.rename(kept)
        except OSError:  # somebody made the same meanwhile
            shutil.rmtree(making)
    return Sample(kept / "so", kept / "so.journal")


def version(maker: Path) -> str:
    """Another text whenever the code that writes a book, or `maker`, has changed."""
    root = Path(__file__).parents[2]
    files = [file for name in _CODE for file in ([root / name] if name.endswith(".py") else (root / name).rglob("*.py"))]
    told = hashlib.sha256()
    for file in [maker, *sorted(files)]:
        told.update(file.read_bytes())
    return told.hexdigest()[:12]


def _make_book(profile: Path, vouchers: int, first_year: int) -> tuple[list[Voucher], dict[str, str]]:
    """The vouchers of the new book, and the codes of its funds by id."""
    setup.make_book(profile, code="40-001", name="CĐCS Công ty CP May Hưng Lộc", actor="Bench", first_year=first_year)
    book = setup.open_book(profile)
    try:
        cash, bank = (
            build(Fund, {"id": new_id(), "code": code, "name": name, "kind": kind, "opening": opening,
                         "opened": date(first_year, 1, 1)})
            for code, name, kind, opening in (("TM", "Tiền mặt", "Tiền mặt", 8_500_000),
                                              ("NH", "Agribank", "Tiền gửi", 42_300_000))
        )  # fmt: skip
        with book.transact("bench.make", "Bench") as transaction:
            transaction.save(cash)
            transaction.save(bank)
            for number in range(120):
                person = build(Person, {"id": new_id(), "name": f"Nguyễn Thị Mẫu {number}", "sex": "Nữ", "birth": "1990"})
                transaction.save(person)
                wage = {"id": new_id(), "person": person.id, "from_month": f"{first_year}-01", "insured": 8_000_000}
                transaction.save(build(Wage, wage))
        made = list(_vouchers(vouchers, first_year, {"TM": cash.id, "NH": bank.id}))
        for start in range(0, vouchers, _A_COMMIT):
            with book.transact("bench.make", "Bench") as transaction:
                for voucher in made[start : start + _A_COMMIT]:
                    transaction.save(voucher)
        assert next(book.all(Union)).first_year == first_year
        return made, {cash.id: cash.code, bank.id: bank.code}
    finally:
        book.close()


def _vouchers(count: int, first_year: int, funds: dict[str, str]) -> Iterator[Voucher]:
    last: dict[tuple[str, str], int] = {}
    days = (date(YEAR + 1, 1, 1) - date(first_year, 1, 1)).days
    for n in range(count):
        kind, item, comes_in, fund = _KINDS[n % len(_KINDS)]
        day = date(first_year, 1, 1) + timedelta(days=n * days // count)
        number = last[kind, f"{day:%Y-%m}"] = last.get((kind, f"{day:%Y-%m}"), 0) + 1
        amount = 100_000 + n * 37 % 900_000 // 1000 * 1000
        yield Voucher(
            id=new_id(), kind=kind, number=f"{kind}{day.month:02d}/{number:02d}", day=day, month=f"{day:%Y-%m}",
            text=f"Thu, chi số {n} theo kế hoạch", party="Nguyễn Văn Thắng", posted=True,
            lines=(Line(item=item, fund=funds[fund], amount_in=amount if comes_in else 0,
                        amount_out=0 if comes_in else amount),),
        )  # fmt: skip


def _write_journal(file: Path, vouchers: list[Voucher], funds: dict[str, str]) -> None:
    with file.open("w", encoding="utf-8") as out:
        for voucher in vouchers:
            (line,) = voucher.lines
            amount = line.amount_in - line.amount_out
            out.write(f"{voucher.day} * ({voucher.number}) {voucher.text}\n")
            out.write(f"    Quỹ:{funds[line.fund]}  {amount} VND\n    Mục:{line.item}  {-amount} VND\n\n")
