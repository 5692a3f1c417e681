"""The dated rates of the union's money: what held on a day, with the law behind it and how sure we are of it.

The figures themselves are data (`resources/rates`): nothing here knows an amount, a percentage or a date.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Literal

from desktop_app.domain import amounts, dates
from desktop_app.domain.errors import Refused

PROVINCE, OWN = "province", "own"
EVIDENCE = ("found", "hi", "med", "design", PROVINCE, OWN)
"""How sure a figure is: read in a source, background knowledge (well or fairly known), our own proposal; or not the
program's at all: sent by the province, corrected by the union."""

Basis = Literal["insured", "net", "fixed"]


@dataclass(frozen=True)
class Entry:
    """One dated figure: it holds from `since` until a later entry of the same table."""

    since: date
    value: Any
    law: str
    evidence: str
    source: str


@dataclass(frozen=True)
class FeeClock:
    """When the employer's fee of a month is due, and from which days it is late and counts as unpaid."""

    deadline: date
    late_from: date
    unpaid_from: date | None


@dataclass(frozen=True)
class Limit:
    """A spending limit: at most (or at least, `most` false) `percent` of the sum of `bases` for `items`.

    Income under `free` mục, whose use the union decides itself, may be spent on them besides.
    """

    rule: str
    items: tuple[str, ...]
    bases: tuple[str, ...]
    most: bool
    percent: int
    free: tuple[str, ...] = ()

    def amount(self, bases: Mapping[str, int]) -> int:
        """The limit in đồng, given the sum of each base."""
        return amounts.half_up(sum(bases[name] for name in self.bases) * self.percent, 100)

    def holds(self, spent: int, bases: Mapping[str, int]) -> bool:
        """Whether what was spent keeps within the limit."""
        return spent <= self.amount(bases) if self.most else spent >= self.amount(bases)


class Rules:
    """Dated tables by name. A month is asked as "2026-10", a day as a date.

    Raises `Refused` for a day before anything is known, never guesses.
    """

    def __init__(self, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """Take tables as the data files hold them: rows of from, value, law, evidence, source."""
        self._tables = {name: _read(name, rows) for name, rows in tables.items()}

    def entry(self, table: str, day: date) -> Entry:
        """The row of a table that holds on a day: for its law, its evidence and its source."""
        held = [entry for entry in self._tables[table] if entry.since <= day]
        if not held:
            raise Refused(f"Chương trình chưa có quy định cho ngày {dates.show_day(day)}. Hãy chọn thời gian gần hơn.")
        return held[-1]

    # wages

    def base_salary(self, day: date) -> int:
        """Lương cơ sở in đồng a month."""
        return int(self.entry("base_salary", day).value)

    def insured_ceiling(self, day: date) -> int:
        """The most of a wage that BHXH, dues and the fee are counted on, đồng a month."""
        return int(self.entry("insured_ceiling", day).value) * self.base_salary(day)

    # personal data

    def person_keep_years(self, day: date) -> int:
        """Years after the day of leaving before a person may be erased."""
        return int(self.entry("person_keep_years", day).value)

    def money_keep_years(self, day: date) -> int:
        """Years after a year's end in which its money records still need names."""
        return int(self.entry("money_keep_years", day).value)

    def person_kept(self, day: date) -> frozenset[str]:
        """Names of the entities whose records stay when the person they are of is erased."""
        return frozenset(self.entry("person_kept", day).value)

    def trusted_certificates(self, day: date) -> tuple[str, ...]:
        """Certificates (base64 of DER) of providers of digital signatures that are trusted on a day."""
        return tuple(self.entry("trusted_certificates", day).value)

    def report_due(self, form: str, year: int) -> date | None:
        """By which day the report of a year is handed in; None where none is known."""
        rows = self.entry("report_due", date(year, 1, 1)).value
        row = next((row for row in rows if row["form"] == form), None)
        if row is None:
            return None
        of = year + {"before": -1, "same": 0, "next": 1}[row["after"]]
        last = dates.last_day(f"{of}-{min(max(row['month'], 1), 12):02}")
        return last.replace(day=min(max(row["day"], 1), last.day))

    # files of records

    def attachment_largest(self, day: date) -> int:
        """Bytes of the largest file that may be kept with a record."""
        return int(self.entry("attachment_largest", day).value)

    def attachment_kinds(self, day: date) -> Mapping[str, str]:
        """Endings of names ("pdf") of the files that may be kept, with their MIME types."""
        return dict(self.entry("attachment_kinds", day).value)

    def person_parts(self, day: date) -> tuple[int, tuple[str, ...]]:
        """After how many years what is private and of the family goes of who left, and the entities that hold it."""
        value = self.entry("person_parts", day).value
        return int(value["years"]), tuple(value["entities"])

    def person_free_text(self, day: date) -> frozenset[str]:
        """Names of fields of what stays in which people write freely: emptied when the person is erased."""
        return frozenset(self.entry("person_free_text", day).value)

    def child_gift_age(self, day: date) -> int:
        """Below how many years a child counts for gifts."""
        return int(self.entry("child_gift_age", day).value)

    def photo_largest(self, day: date) -> int:
        """Bytes of the largest photo of a person."""
        return int(self.entry("photo_largest", day).value)

    def attachment_daily(self, day: date) -> int:
        """Bytes of files that go and come by themselves in a day."""
        return int(self.entry("attachment_daily", day).value)

    def attachment_order(self, day: date) -> tuple[str, ...]:
        """Whose files go first: wire names of records."""
        return tuple(self.entry("attachment_order", day).value)

    # dues

    def dues_rate(self, month: str) -> Fraction:
        """The part of the wage that a member pays."""
        return Fraction(self.entry("dues_rate", dates.first_day(month)).value)

    def dues_basis(self, month: str, group: int) -> Basis:
        """What the rate is taken of in a group: "insured" wage, "net" pay or a "fixed" sum."""
        basis: Basis = self.entry("dues_basis", dates.first_day(month)).value[str(group)]
        return basis

    def dues_cap(self, month: str, group: int) -> int | None:
        """The most a member pays a month, đồng; None where the text has no cap."""
        return self._of_base("dues_cap", month, group)

    def dues_floor(self, month: str, group: int) -> int | None:
        """The least fixed sum a member pays a month, đồng; None where dues follow the wage."""
        return self._of_base("dues_floor", month, group)

    def exempt_reasons(self, month: str) -> tuple[str, ...]:
        """The reasons for which a member owes nothing, as offered to the accountant."""
        return tuple(self.entry("exempt_reasons", dates.first_day(month)).value)

    def dues_item(self, month: str) -> str:
        """The code of income that dues go to."""
        return str(self.entry("dues_item", dates.first_day(month)).value)

    def dues_above_item(self, month: str) -> str:
        """The local sub-item of income that dues above the rate go to, kept whole."""
        return str(self.entry("dues_above_item", dates.first_day(month)).value)

    def dues_may_exceed(self, month: str, group: int) -> bool:
        """Whether a union of this group may resolve to take more than the rate."""
        return group in self.entry("dues_above_groups", dates.first_day(month)).value

    def keep_dues_percent(self, year: int) -> int:
        """How many percent of a year's dues the grassroots union keeps."""
        return int(self.entry("keep_dues", date(year, 1, 1)).value)

    # the employer's fee

    def fee_rate(self, month: str) -> Fraction:
        """The part of the insured wages that the employer pays."""
        return Fraction(self.entry("fee_rate", dates.first_day(month)).value)

    def keep_fee_percent(self, year: int) -> int:
        """How many percent of a year's fee the grassroots union uses."""
        return int(self.entry("keep_fee", date(year, 1, 1)).value)

    def fee_item(self, month: str, *, delegated: bool) -> str:
        """The code of income of the fee: collected by the union itself, or passed down by the level above."""
        return str(self.entry("fee_items", dates.first_day(month)).value["collected" if delegated else "passed_down"])

    def fee_relief(self, month: str) -> Mapping[str, Any]:
        """What may be decided of the fee: reduce_percent, reduce_months, pause_months; whether a pause is caught_up."""
        return dict(self.entry("fee_relief", dates.first_day(month)).value)

    def fee_deadline(self, month: str, quarterly: bool = False) -> FeeClock:
        """The clock of a month's fee, or of its quarter where pay is cyclical and that is registered.

        The rule in force on the month's last day counts: only then are the wages of the month owed.
        """
        clock = self.entry("fee_clock", dates.last_day(month)).value
        if quarterly:
            number = int(month[5:])
            due_month = dates.add_months(month, -number % 3 + clock["quarter_months_after"])
        else:
            due_month = dates.add_months(month, clock["months_after"])
        deadline, days = dates.last_day(due_month), clock["unpaid_after_days"]
        late = deadline + timedelta(days=1)
        return FeeClock(deadline, late, late + timedelta(days=days) if days else None)

    # spending

    def allowance(self, day: date, members: int, post: str) -> int:
        """A post's allowance in đồng a month; `post` is chair, accountant (and vice-chair), committee (and cashier),
        team_leader or team_deputy; `members` = who paid dues in the previous year."""
        coefficient = self.allowance_coefficient(day, members, post)
        return amounts.half_up(self.base_salary(day) * coefficient.numerator, coefficient.denominator)

    def allowance_coefficient(self, day: date, members: int, post: str) -> Fraction:
        """What the base salary is multiplied by for a post's allowance."""
        rows = self.entry("allowances", day).value
        return Fraction(next(row for row in rows if not row["below"] or members < row["below"])[post])

    def limits(self, day: date) -> tuple[Limit, ...]:
        """The spending limits in force on a day; they warn and never block."""
        return tuple(
            Limit(
                row["rule"],
                tuple(row["items"]),
                tuple(row["bases"]),
                row["most"],
                row["percent"],
                tuple(row.get("free", ())),
            )
            for row in self.entry("spending_limits", day).value
        )

    def _of_base(self, table: str, month: str, group: int) -> int | None:
        day = dates.first_day(month)
        part = self.entry(table, day).value.get(str(group))
        if part is None:
            return None
        fraction = Fraction(part)
        return amounts.half_up(self.base_salary(day) * fraction.numerator, fraction.denominator)


def _read(name: str, rows: Sequence[Mapping[str, Any]]) -> tuple[Entry, ...]:
    entries = [Entry(row["from"], row["value"], row["law"], row["evidence"], row["source"]) for row in rows]
    if any(entry.evidence not in EVIDENCE for entry in entries):
        raise ValueError(f"{name}: evidence must be one of {EVIDENCE}")
    return tuple(sorted(entries, key=lambda entry: entry.since))
