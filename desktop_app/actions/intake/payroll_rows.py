"""The company's payroll list of a month: who is new, whose wage changed, who is gone; what was deducted of each wage.

A wage that differs from the one in force holds from this month on. What was deducted is taken as it is, told where it
is not what the program counts, and booked as one receipt where a fund is named.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from desktop_app.actions import dues, periods
from desktop_app.actions.intake.counter import Intake
from desktop_app.actions.intake.lists import whole
from desktop_app.actions.intake.people import People, Said
from desktop_app.actions.intake.planning import Planned
from desktop_app.domain import amounts
from desktop_app.domain import dues as rule
from desktop_app.domain.amounts import format_amount, money
from desktop_app.domain.dates import first_day, show_month
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.records import Person, Wage
from desktop_app.exchange.tables import Table
from desktop_app.storage import payroll
from desktop_app.storage.book import new_id
from desktop_app.storage.payroll import WorkerMonth

_LABELS = {"insured": "Lương đóng BHXH", "net": "Lương thực lĩnh"}
_AMOUNTS = {**_LABELS, "deducted": "Đoàn phí"}


@dataclass
class PayrollTable(Table):
    """A payroll list with what was found in it; rows that cannot be taken are told by the intake."""

    seen: list[Planned] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, table: Table) -> PayrollTable:
        """The table as a payroll list."""
        return cls(**{part.name: getattr(table, part.name) for part in dataclasses.fields(Table)})


def read_payroll(intake: Intake, table: PayrollTable, month: str, fund: str) -> None:
    """Store wages of a month and, into `fund` (a code; "": none), the dues deducted. Raises `Refused`."""
    if not month:
        raise Refused("Hãy chọn tháng của bảng lương.")
    periods.refuse_closed(intake.book, month)
    reading = _Reading(intake, table, month)
    for row in intake.rows(table):
        try:
            values, problems = whole(*table.values(row))
            reading.take(row.number, values, problems)
        except Refused as refused:
            intake.refuse(table, [row], {row.number: refused.problems})
    reading.tell_gone()
    reading.book_dues(fund)


class _Reading:
    def __init__(self, intake: Intake, table: PayrollTable, month: str) -> None:
        self._intake, self._table, self._month = intake, table, month
        book = intake.book
        self._people, self._terms = People(intake), payroll.terms(book, month)
        self._workers = {one.person: one for one in payroll.workers(book, month)}
        self._freed = {line.person for line in payroll.dues_lines(book, month) if line.exempt}
        self._paid = {line.person: line.paid for line in payroll.dues_lines(book, month)}
        self._wages = {wage.person: wage for wage in book.all(Wage) if wage.from_month == month}
        self._listed: set[str] = set()
        self._taken: list[tuple[str, int, int]] = []
        self._doubts = 0
        self._deducts = any(column.field == "deducted" for column in table.columns.values())

    def take(self, row: int, values: dict[str, Any], problems: list[Problem]) -> None:
        """Store what one row says. Raises `Refused`."""
        given = _amounts(values, problems)
        deducted = given.get("deducted", 0)
        said = Said({name: value for name, value in values.items() if name not in _AMOUNTS}, problems)
        known = self._known(said)
        if known is not None and known.id in self._listed:
            raise Refused([Problem("name", f"{known.name} đã có ở một dòng trên. Hãy gộp hai dòng.")])
        if known is not None and deducted and not known.member:
            told = f"{known.name} không phải đoàn viên mà bị trừ đoàn phí. Hãy ghi kết nạp trước, hoặc bỏ số đã trừ."
            raise Refused([Problem("deducted", told)])
        before = self._workers.get(known.id) if known else None
        wage = {name: given.get(name, getattr(before, name, 0)) for name in _LABELS}
        if not any(wage.values()):
            raise Refused([Problem("insured", "Chưa có lương của người này. Hãy ghi lương, hoặc bỏ dòng.")])
        paid = self._paid.get(known.id, 0) if known else 0
        if deducted and paid not in (0, deducted):
            told = f"Tháng {show_month(self._month)} trong sổ đã ghi người này nộp {money(paid)}. Hãy kiểm tra lại."
            raise Refused([Problem("deducted", told)])
        person = known or self._add(said, member=bool(deducted))
        self._listed.add(person.id)
        changes = self._keep_wage(person, before, wage) if known else ()
        if not known:
            self._wage(person.id, wage)
        stored = bool(changes or not known or (deducted and not paid))
        due = 0 if person.id in self._freed or not person.member else rule.owed(self._terms, **wage)
        if self._deducts and person.member and deducted != due:
            self._doubts += 1
            changes = (*changes, ("Đoàn phí", format_amount(due), format_amount(deducted)))
        if deducted and not paid:
            self._taken.append((person.id, deducted, max(0, deducted - rule.ruled(self._terms, **wage))))
        self._tell(row, person, known, changes)
        self._intake.count(self._table.sheet.title, stored=stored)

    def tell_gone(self) -> None:
        """Name who works here by the register and is not on the list; nothing is changed for them."""
        gone = [one for one in self._workers.values() if one.person not in self._listed and (one.member or one.insured)]
        if not self._listed or not gone:
            return
        told = "Nếu đã thôi việc, hãy ghi ở trang Biến động."
        self._table.seen += [
            Planned(-no, "gone", one.name, "", known=one.team, problem=told) for no, one in enumerate(gone, 1)
        ]

    def book_dues(self, fund: str) -> None:
        """One receipt of all that was deducted, on the names of those it was deducted of."""
        total = sum(amount for _, amount, _ in self._taken)
        told = self._table.told
        if self._doubts:
            told.append(f"{self._doubts} người bị trừ khác số chương trình tính; số đã trừ được ghi theo tệp.")
        if not total:
            return
        if not fund:
            told.append(f"Tệp đã trừ {money(total)} đoàn phí; chưa chọn quỹ nên chỉ ghi lương, chưa ghi thu.")
            return
        made = dues.take_listed(self._intake.transaction, self._month, self._taken, fund)
        how = f"một phiếu {made.kind}" if made else "phiếu thu đã có, ghi thêm tên người nộp"
        told.append(f"Đoàn phí đã trừ của {len(self._taken)} người, {money(total)}: {how}.")

    def _known(self, said: Said) -> Person | None:
        """Who is meant: by CCCD, card, name and birth; a name alone where only one person has it."""
        found = self._people.known(said)
        if found is not None:
            if "name" in said.values:
                self._people.merged(found, said.person(), {})
            return found
        if any(said.values.get(name) for name in ("cccd", "card", "birth")):
            return None
        told: list[Problem] = []
        if person := self._people.of_cccd({"cccd": said.person().name}, told):
            return self._intake.book.get(Person, person)
        if any(problem.problem.startswith("Có ") for problem in told):
            raise Refused([Problem("name", told[0].problem)])
        return None

    def _add(self, said: Said, *, member: bool) -> Person:
        """A new worker; a member, since this month, where dues were deducted."""
        made = dataclasses.replace(said.person(), member=member, joined=first_day(self._month) if member else None)
        self._people.keep(None, made, Said({}, []))
        return made

    def _keep_wage(
        self, person: Person, before: WorkerMonth | None, wage: dict[str, int]
    ) -> tuple[tuple[str, str, str], ...]:
        old = {name: getattr(before, name, 0) for name in _LABELS}
        if old == wage:
            return ()
        self._wage(person.id, wage)
        return tuple(
            (label, format_amount(old[name]) if old[name] else "", format_amount(wage[name]))
            for name, label in _LABELS.items()
            if old[name] != wage[name]
        )

    def _wage(self, person: str, wage: dict[str, int]) -> None:
        kept = self._wages.get(person)
        made = Wage(kept.id if kept else new_id(), person, self._month, **wage)
        if kept:
            self._intake.transaction.save(made)
        else:
            self._intake.transaction.add(made)

    def _tell(
        self, row: int, person: Person, known: Person | None, changes: tuple[tuple[str, str, str], ...]
    ) -> None:
        if known is None:
            as_what = "vào danh sách là đoàn viên" if person.member else "vào danh sách là người lao động"
            self._table.seen.append(Planned(row, "new", person.name, "", problem=f"Chưa có trong sổ: {as_what}."))
        elif changes:
            self._table.seen.append(Planned(row, "changed", person.name, "", known=known.team, differs=changes))


def _amounts(values: dict[str, Any], problems: list[Problem]) -> dict[str, int]:
    """The amounts of a row, đồng; what cannot be read becomes a problem."""
    found = {}
    for name, label in _AMOUNTS.items():
        if (given := values.get(name)) in (None, "", "-"):
            continue
        try:
            found[name] = amounts.parse_amount(given)
        except ValueError as error:
            problems.append(Problem(name, f"{label}: {error}"))
        else:
            if found[name] < 0:
                problems.append(Problem(name, f"{label}: số tiền không được âm."))
    return found
