"""A new PC of a union with a long history: what it reads by parts and what it would read by the log.

The union has `MEMBERS` people; a year of it brings a wage of each, dues paid in cash by a sixth of them every month, 120
vouchers a month and 3,000 edits: about 45,000 entries. `python -m tests.bench.new_pc 5` takes five years.
"""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from desktop_app.actions import sync
from desktop_app.domain.fields import build
from desktop_app.domain.records import Dues, Fund, Line, Voucher, Wage
from desktop_app.storage.book import Book, new_id
from tests.bench.pcs import Province, edit, fill, province

MEMBERS = 10_000
_LINE, _ROUND_TRIP = 512_000, 0.3
"""Bits a second and seconds of the line that a figure is worked out for."""
_FIRST_YEAR = 2021


class Read(NamedTuple):
    """One reading in a process of its own: entries, seconds on a good line, bytes and round trips, MiB of memory over
    an empty union's.
    """

    entries: int
    seconds: float
    size: int
    trips: int
    memory: float

    @property
    def far(self) -> float:
        """What that line alone takes for the bytes and the round trips."""
        return self.size * 8 / _LINE + self.trips * _ROUND_TRIP


def new_pc(years: int = 1) -> tuple[Read, Read]:
    """By parts (made before, as for the second new PC of a union) and by the log."""
    with province() as made:
        union, empty = made.union(), made.union()
        with contextlib.closing(made.pc(union)) as office:
            _work(office, years)
            sync.sync_now(office)
        _, _, _, _, own = _alone(made, empty, "parts")
        _alone(made, union, "parts")
        return tuple(_less(_alone(made, union, way), own) for way in ("parts", "log"))  # type: ignore[return-value]


def _work(book: Book, years: int) -> None:
    pick, people = random.Random(5), fill(book, MEMBERS)
    fund = build(Fund, {"id": new_id(), "code": "TM", "name": "Tiền mặt", "kind": "Tiền mặt"})
    _add(book, [fund])
    for year in range(_FIRST_YEAR, _FIRST_YEAR + years):
        wages = {person.id: pick.randint(45, 140) * 100_000 for person in people}
        _add(book, (build(Wage, {"id": new_id(), "person": id_, "from_month": f"{year}-01", "insured": insured})
                    for id_, insured in wages.items()))  # fmt: skip
        for month in range(1, 13):
            vouchers = [_voucher(pick, fund, date(year, month, pick.randint(1, 28)), number) for number in range(1, 121)]
            _add(book, vouchers)
            _add(book, (build(Dues, {"id": new_id(), "person": person.id, "month": f"{year}-{month:02}",
                                     "amount": wages[person.id] // 100, "voucher": vouchers[-1].id})
                        for person in pick.sample(people, MEMBERS // 6)))  # fmt: skip
            edit(book, pick.sample(people, 250), phone=f"09{pick.randrange(10**8):08}")


def _voucher(pick: random.Random, fund: Fund, day: date, number: int) -> Voucher:
    what = pick.choice(("Thu đoàn phí", "Chi thăm hỏi đoàn viên ốm", "Chi hiếu hỉ", "Chi họp ban chấp hành"))
    line = Line(item=pick.choice(("31", "32", "34.02")), fund=fund.id, amount_out=pick.randint(1, 900) * 1000)
    return Voucher(
        id=new_id(), kind="PC", number=f"PC{day:%m}/{number:03}", day=day, month=f"{day:%Y-%m}", text=f"{what} {day:%m/%Y}",
        party=pick.choice(("Trần Thị Hoa", "Nguyễn Văn Thắng", "Lê Thị Lan")), posted=True, lines=(line,),
    )  # fmt: skip


def _add(book: Book, records: Any) -> None:
    with book.transact("bench.make", "Trần Thị Hoa") as transaction:
        for record in records:
            transaction.add(record)


def _alone(made: Province, union: str, way: str) -> Read:
    with contextlib.closing(made.pc(union)) as fresh:
        path = fresh.path
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.first_sync", str(path), way], check=True, capture_output=True,
        env={**os.environ},
    ).stdout.split()  # fmt: skip
    seconds, entries, most, size, trips = map(float, told)
    return Read(int(entries), seconds, int(size), int(trips), most / 1024)


def _less(read: Read, own: float) -> Read:
    return read._replace(memory=read.memory - own)


def told(years: int) -> Iterator[tuple[str, str, str]]:
    """What was measured, as the table of the benches has it."""
    parts, log = new_pc(years)
    for way, read in (("in parts", parts), ("by the log", log)):
        figure = f"{read.seconds:.1f} s / {read.size / 1000:,.0f} KB / {read.trips}"
        yield f"a new PC of {MEMBERS:,} members, {read.entries:,} entries, {way}", figure, (
            f"{read.memory:.0f} MiB (aim 80); a line of 512 kbit/s, 300 ms takes {read.far:.0f} s"
        )


if __name__ == "__main__":
    for row in told(int(sys.argv[1]) if sys.argv[1:] else 1):
        print("  {:<72} {:>34}  {}".format(*row))
