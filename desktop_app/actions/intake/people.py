"""Sheets about people: workers with their wages, exemptions, offices, dues paid."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from desktop_app.actions import one_person
from desktop_app.actions.intake.counter import Intake, build, settle
from desktop_app.actions.intake.details import Details, fitting
from desktop_app.actions.members import backwards, keep_old_card
from desktop_app.domain import dates, vietnamese
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.records import Dues, Exemption, Office, Person, Wage
from desktop_app.exchange.lists import DETAILS
from desktop_app.exchange.tables import Table
from desktop_app.storage import movements
from desktop_app.storage.book import new_id

_FIELDS = frozenset(field.name for field in dataclasses.fields(Person)) - {"id"}


class Said:
    """What one row says of a person: its values by field and what is wrong with its cells; the person is built once."""

    def __init__(self, values: dict[str, Any], problems: list[Problem]) -> None:
        self.values, self.problems = values, problems
        self._built: Person | None = None

    @property
    def given(self) -> dict[str, Any]:
        """The values that are the person's own."""
        return {name: value for name, value in self.values.items() if name in _FIELDS}

    def person(self, known: Person | None = None) -> Person:
        """The person the row makes, with the id (and, where the row has none, the name) of who is known.

        Raises `Refused`.
        """
        if known is not None and "name" not in self.values:
            return build(Person, {**self.given, "name": known.name, "id": known.id}, self.problems)
        if self._built is None:
            self._built = build(Person, {**self.given, "id": new_id()}, self.problems)
        return dataclasses.replace(self._built, id=known.id) if known else self._built

    @property
    def details(self) -> dict[str, Any]:
        """The values that belong to the person's details."""
        return {name: value for name, value in self.values.items() if name in DETAILS}

    def spent(self) -> None:
        """The person was stored: whoever asks again gets one of another id."""
        self._built = None


class People:
    """Everybody in the book by CCCD, card and name, kept up to date while rows come in."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._by_cccd: dict[str, Person] = {}
        self._by_card: dict[str, Person] = {}
        self._by_birth: dict[tuple[str, str], Person] = {}
        self._by_name: dict[str, set[str]] = {}
        self._wages: dict[tuple[str, str], Wage] = {}
        self.details = Details(intake)
        self._moved = movements.moved(intake.book)
        self.touched: set[str] = set()
        self.seen: set[str] = set()
        for person in intake.book.all(Person):
            self._know(person)
        for merged, person in one_person.merged_of_all(intake.book):
            for numbers, number in ((self._by_cccd, merged.cccd), (self._by_card, merged.card)):
                if number:  # entered then, it leads to the one person now
                    numbers.setdefault(number, person)
        for wage in intake.book.all(Wage):
            self._wages[wage.person, wage.from_month] = wage

    def read(self, table: Table) -> None:
        """*Người lao động*: a row is a person, or a later wage of the person of the same CCCD."""
        for row in self._intake.rows(table):
            values, problems = table.values(row)
            fitting(values)
            try:
                self.take(values, problems)
            except Refused as refused:
                self._intake.refuse(table, [row], {row.number: refused.problems})
        self._intake.stored[table.sheet.title] += len(self.touched)
        self._intake.present[table.sheet.title] += len(self.seen - self.touched)

    def take(self, values: dict[str, Any], problems: list[Problem]) -> bool:
        """Store a person and wage of one row; False if both were there already. Raises `Refused`."""
        said = Said(values, problems)
        known = self.known(said)
        made = said.person(known)
        person = self.merged(known, made, said.given) if known else made
        if known is not None and not sure(known, person):
            told = f"Trong danh sách đã có {known.name} cùng ngày sinh nhưng khác thông tin."
            raise Refused([Problem("cccd", f"{told} Hãy ghi Số CCCD để phân biệt.")])
        return self.keep(known, person, said)

    def keep(self, known: Person | None, person: Person, said: Said, *, fill: bool = False) -> bool:
        """Store a person, the row's wage and details where they say something new; of details only gaps if `fill`.

        Raises `Refused`.
        """
        if known is not None and known.id in self._moved:
            person = _as_moved(known, person)
        if wrong := backwards(person) + ([self._taken_card(person)] if self._taken(person) else []):
            raise Refused(wrong)
        wage = self._wage(person, said.values)
        if known is None:
            self._intake.transaction.add(person)
            self._know(person)
        elif person != known:
            self._intake.transaction.save(person)
            keep_old_card(self._intake.transaction, known, person)
            self._know(person)
        if wage is not None:
            self._intake.transaction.add(wage)
            self._wages[wage.person, wage.from_month] = wage
        more = self.details.keep(person.id, said.details, fill=fill)
        self.seen.add(person.id)
        if person != known or wage is not None or more:
            self.touched.add(person.id)
            return True
        return False

    def of_cccd(self, values: dict[str, Any], problems: list[Problem]) -> str:
        """The id of the person a row of another sheet names by CCCD; a problem is added if there is none.

        Who has no CCCD yet may be named by card or by a name that only one person has.
        """
        given = str(values.get("cccd", ""))
        if person := self._by_cccd.get(given) or self._by_card.get(given):
            return person.id
        named = self._by_name.get(vietnamese.sort_key(given), set()) if given else set()
        if len(named) == 1:
            return next(iter(named))
        if not any(p.field == "cccd" for p in problems):
            told = f"Không có người lao động nào mang số CCCD {given}." if given else "Hãy nhập Số CCCD."
            if named:
                told = f"Có {len(named)} người tên {given}. Hãy ghi Số CCCD để phân biệt."
            elif given:
                told += " Hãy thêm người này vào danh sách trước."
            problems.append(Problem("cccd", told))
        return ""

    def known(self, said: Said) -> Person | None:
        """Who is surely or perhaps meant by a row: by CCCD, by card and name, by name and birth; or None.

        Raises `Refused` where nothing is known and the row makes no person.
        """
        cccd, card = str(said.values.get("cccd", "")), str(said.values.get("card", ""))
        if cccd and cccd in self._by_cccd:
            return self._by_cccd[cccd]
        made = said.person()
        name, born = made.name, made.birth
        key = vietnamese.sort_key(name)
        owner = self._by_card.get(card) if card else None
        if owner and vietnamese.sort_key(owner.name) == key and not (cccd and owner.cccd):
            return owner
        named = self._by_birth.get((key, born))
        if named and not (cccd and named.cccd) and not (card and named.card and card != named.card):
            return named
        return None

    def merged(self, known: Person, made: Person, given: dict[str, Any]) -> Person:
        """The known person with what the row says new. Raises `Refused` if it says another name or birth."""
        number = f"Số CCCD {known.cccd}" if known.cccd else f"Số thẻ {known.card}"
        who = f"{number} đã là của {known.name}" + (f", sinh {_birth(known.birth)}" if known.birth else "")
        problems = []
        if vietnamese.sort_key(made.name) != vietnamese.sort_key(known.name):
            problems.append(Problem("name", f"{who}. Hãy kiểm tra lại họ tên hoặc số này."))
        finer = made.birth if made.birth.startswith(known.birth) else known.birth
        if not finer.startswith(made.birth):
            problems.append(Problem("birth", f"{who}. Hãy kiểm tra lại ngày sinh hoặc số này."))
        if problems:
            raise Refused(problems)
        said = {name: getattr(made, name) for name in given if name not in ("name", "birth")}
        whole = dataclasses.replace(known, **said, birth=finer)
        return _as_moved(known, whole) if known.id in self._moved else whole

    def _taken(self, person: Person) -> bool:
        other = self._by_card.get(person.card) if person.card else None
        return other is not None and other.id != person.id

    def _taken_card(self, person: Person) -> Problem:
        owner = self._by_card[person.card].name
        return Problem("card", f"Số thẻ {person.card} đã là của {owner}. Hãy kiểm tra lại.")

    def _wage(self, person: Person, values: dict[str, Any]) -> Wage | None:
        """The row's wage if it says one that is not there. Raises `Refused` for another amount of the same month."""
        if "insured" not in values and "net" not in values:
            return None
        told: dict[str, Any] = {name: values[name] for name in ("from_month", "insured", "net") if name in values}
        wage = build(Wage, {**told, "id": new_id(), "person": person.id}, [])
        known = self._wages.get((person.id, wage.from_month))
        if known is None:
            return wage
        if (known.insured, known.net) == (wage.insured, wage.net):
            return None
        since = f"từ tháng {dates.show_month(known.from_month)}" if known.from_month else "từ đầu"
        field = "insured" if known.insured != wage.insured else "net"
        differs = f"{person.name} đã có mức lương khác {since}."
        raise Refused([Problem(field, f"{differs} Hãy ghi Từ tháng của mức lương mới.")])

    def _know(self, person: Person) -> None:
        if person.cccd:
            self._by_cccd[person.cccd] = person
        if person.card:
            self._by_card[person.card] = person
        name = vietnamese.sort_key(person.name)
        self._by_birth[name, person.birth] = person
        self._by_name.setdefault(name, set()).add(person.id)


def sure(known: Person, person: Person) -> bool:
    """Whether they are surely one: by CCCD or card, or else nothing that was known is said differently."""
    if (known.cccd and known.cccd == person.cccd) or (known.card and known.card == person.card):
        return True
    told = ("sex", "team", "joined", "left", "member", "note")
    return all(getattr(known, name) in ("", None, getattr(person, name)) for name in told)


def _as_moved(known: Person, said: Person) -> Person:
    """Of a person who has movements the file may not say otherwise. Raises `Refused` if it does."""
    problems = []
    for name, label in (("joined", "ngày vào công đoàn"), ("left", "ngày thôi")):
        if getattr(said, name) not in (None, getattr(known, name)):
            told = f"{known.name} đã có biến động trong sổ với {label} khác. Hãy ghi ở trang Biến động."
            problems.append(Problem(name, told))
    if problems:
        raise Refused(problems)
    return dataclasses.replace(said, joined=known.joined, left=known.left, until=known.until, member=known.member)


def _birth(iso: str) -> str:
    return dates.parse_partial(iso).display


def read_exemptions(intake: Intake, people: People, table: Table) -> None:
    """*Miễn đoàn phí*."""
    known = {(e.person, e.from_month): e for e in intake.book.all(Exemption)}

    def take(values: dict[str, Any], problems: list[Problem]) -> bool:
        person = people.of_cccd(values, problems)
        made = build(Exemption, {**values, "id": new_id(), "person": person or new_id()}, problems)
        if made.to_month and made.to_month < made.from_month:
            raise Refused([Problem("to_month", "Đến tháng phải sau Từ tháng. Hãy kiểm tra lại hai tháng.")])
        stored = settle(intake, known.get((made.person, made.from_month)), made, "Lần miễn này")
        known.setdefault((made.person, made.from_month), made)
        return stored

    intake.each(table, take)


def read_offices(intake: Intake, people: People, table: Table) -> None:
    """*Chức vụ*: the same office from the same day is one; a later file may say when it ended."""
    known = {(o.person, o.title, o.since): o for o in intake.book.all(Office)}

    def take(values: dict[str, Any], problems: list[Problem]) -> bool:
        person = people.of_cccd(values, problems)
        made = build(Office, {**values, "id": new_id(), "person": person or new_id()}, problems)
        if made.since and made.until and made.until < made.since:
            raise Refused([Problem("until", "Ngày thôi giữ chức vụ phải sau ngày bắt đầu. Hãy kiểm tra lại.")])
        stored = settle(intake, known.get((made.person, made.title, made.since)), made, "Chức vụ này")
        known.setdefault((made.person, made.title, made.since), made)
        return stored

    intake.each(table, take)


def read_dues(intake: Intake, people: People, receipt_of: Callable[[str, str], str], table: Table) -> None:
    """*Đoàn phí đã thu*: known by person, month and receipt; `receipt_of` finds a receipt by number and month."""
    known = {(d.person, d.month, d.voucher): d for d in intake.book.all(Dues)}

    def take(values: dict[str, Any], problems: list[Problem]) -> bool:
        person = people.of_cccd(values, problems)
        number = str(values.pop("voucher", ""))
        draft = build(Dues, {**values, "id": new_id(), "person": person or new_id()}, problems)
        if draft.amount == 0:
            raise Refused([Problem("amount", "Hãy nhập số tiền đoàn phí đã thu.")])
        receipt = receipt_of(number, draft.month) if number else ""
        if number and not receipt:
            raise Refused([Problem("voucher", f"Không thấy phiếu số {number}. Hãy kiểm tra số phiếu.")])
        made = dataclasses.replace(draft, voucher=receipt)
        key = (made.person, made.month, made.voucher)
        before = known.get(key)
        if before is not None and before.amount != made.amount:
            told = f"Tháng {dates.show_month(made.month)} của người này đã có số tiền khác cho cùng phiếu."
            raise Refused([Problem("amount", f"{told} Hãy kiểm tra lại.")])
        if before is None:
            intake.transaction.save(made)
            known[key] = made
        return before is None

    intake.each(table, take)
