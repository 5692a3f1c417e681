"""Members and workers: add, edit, change a wage, leave, find."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from desktop_app.actions import movements
from desktop_app.domain import dates, papers
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build, entity_of
from desktop_app.domain.records import Movement, Person, PersonNumber, Wage
from desktop_app.storage import lists, members, organisation
from desktop_app.storage import movements as written
from desktop_app.storage.book import Book, Changes, Transaction, new_id


def add(book: Book, values: Mapping[str, Any], by: str) -> tuple[Person, Changes]:
    """Add a worker or member; `wage` and `net` (đồng a month) with `from_month` make the first wage, if given.

    Raises `Refused` for wrong values, and for a CCCD or card number another person already has.
    """
    person, wage = _built({**values, "id": new_id()})
    with book.transact("members.add", by) as transaction:
        person = enter(book, transaction, person)
        if wage is not None:
            transaction.save(wage)
        return person, transaction.changes


def enter(book: Book, transaction: Transaction, person: Person) -> Person:
    """Save a person inside an open transaction. Raises `Refused` if a CCCD or card number given now is another's: one
    that another PC gave too stands until *Cần xem lại* settles it.
    """
    known = book.get(Person, person.id)
    problems = [
        Problem(field, f"{label} {number} đã là của {owner}. Hãy kiểm tra lại.")
        for field, label, number in (("cccd", "Số CCCD", person.cccd), ("card", "Số thẻ", person.card))
        if number not in ("", getattr(known, field, "")) and (owner := members.owner_of(book, field, number, person.id))
    ]
    problems += backwards(person)
    if problems:
        raise Refused(problems)
    team = organisation.spelled(book, person.team, date.today())  # noqa: DTZ011
    return transaction.save(dataclasses.replace(person, team=team))


def keep_old_card(transaction: Transaction, before: Person, after: Person) -> None:
    """A card number that gives way to another one stays among the person's old cards."""
    if before.card and after.card and before.card != after.card:
        day = date.today()  # noqa: DTZ011
        given = {"id": new_id(), "person": before.id, "kind": papers.CARD, "value": before.card, "until": day}
        transaction.save(build(PersonNumber, given))


def backwards(person: Person) -> list[Problem]:
    """What is wrong with the order of a person's days."""
    if person.joined and person.left and person.left < person.joined:
        return [Problem("left", "Ngày thôi phải sau ngày vào công đoàn. Hãy kiểm tra lại hai ngày.")]
    return []


def edit(book: Book, id_: str, values: Mapping[str, Any], by: str) -> tuple[Person, Changes]:
    """Change fields of a person; fields not given stay. `wage`, `net`, `from_month` set a wage as `set_wage` does.

    Of a person who has movements the day of joining moves the entry, and membership changes by a movement only.

    Raises `Refused` as `add` does.
    """
    known = person_of(book, id_)
    id_ = known.id
    kept = {field.name: getattr(known, field.name) for field in entity_of(known).fields}
    person, wage = _built({**kept, **values, "id": id_})
    with book.transact("members.edit", by) as transaction:
        if written.written(book, id_):
            person = _as_moved(book, transaction, known, person, asked="member" in values)
        person = enter(book, transaction, person)
        keep_old_card(transaction, known, person)
        if wage is not None:
            transaction.save(_in_place(book, wage))
        return person, transaction.changes


def set_wage(book: Book, person: str, values: Mapping[str, Any], by: str) -> Wage:
    """Set the wages (`insured`, `net`, đồng) from a month on; the same month again is a correction of it.

    Raises `Refused` if a value is wrong.
    """
    wage = _wage(person, values)
    with book.transact("members.wage", by) as transaction:
        return transaction.save(_in_place(book, wage))


def drop_wage(book: Book, id_: str, by: str) -> None:
    """Take back a wage that was entered by mistake; the wage before it holds again."""
    with book.transact("members.wage", by) as transaction:
        wage = book.get(Wage, id_)
        if wage is not None:
            transaction.retire(wage)


def leave(book: Book, persons: Sequence[str], day: date | None, by: str) -> tuple[Movement, ...]:
    """*Thôi*: these people (ids) left, `day` being their first day out: members by *Thôi việc*, workers by *Nghỉ việc*.

    Raises `Refused` if one of them joined after that day, or is gone already.
    """
    if day is None:
        raise Refused([Problem("day", "Hãy nhập ngày thôi.")])
    with book.transact("members.leave", by) as transaction:
        known = movements.kinds(day)
        made = []
        for id_ in persons:
            person = person_of(book, id_)
            here = movements.stands(book, known, person)
            code = known.first["out" if here.member else "quit"]
            made.append(movements.enter(book, transaction, known, person, {"kind": code, "day": day}))
        return tuple(made)


def person_of(book: Book, id_: str) -> Person:
    """The person of an id. Raises `Refused` if the list shown was old."""
    found = book.get(Person, id_)
    if found is None:
        raise Refused("Không tìm thấy người này. Hãy mở lại danh sách.")
    return found


def census(book: Book) -> members.Census:
    """The heads that the cards of the list show today."""
    return members.census(book, date.today())  # noqa: DTZ011


people, teams, entered = lists.people, members.teams, members.entered
wages_of, namesakes = members.wages_of, members.namesakes


def listed(book: Book, query: str = "", *, everyone: bool = False) -> list[dict[str, Any]]:
    """The members (workers too with `everyone`) as the command line answers them: by name, or by rank of a search."""
    today = date.today().isoformat()  # noqa: DTZ011
    return [
        {
            "id": one.id, "name": one.name, "birth": one.birth, "sex": one.sex, "cccd": one.cccd, "card": one.card,
            "team": one.team, "joined": one.joined, "member": bool(one.member), "status": one.status(today),
            "wage": one.wage,
        }
        for one in lists.people(book, query, everyone=everyone)
    ]  # fmt: skip


def _as_moved(book: Book, transaction: Transaction, known: Person, typed: Person, *, asked: bool) -> Person:
    """What was typed of a person who has movements, with the days they say; `asked`: membership was typed too.

    Raises `Refused` for a membership or a day that the movements do not say.
    """
    if asked and typed.member != (known.member and known.until is None):
        told = f"{known.name} đã có biến động. Hãy ghi kết nạp hoặc thôi ở trang Biến động."
        raise Refused([Problem("member", told)])
    settled = known
    if typed.joined != known.joined:
        settled = movements.move_entry(book, transaction, known, typed.joined)
    return dataclasses.replace(
        typed, member=known.member, joined=settled.joined, left=settled.left, until=settled.until
    )


def _in_place(book: Book, wage: Wage) -> Wage:
    """The same wage as a correction of the row of its month, if there is one."""
    known = {row.from_month: row.id for row in members.wages_of(book, wage.person)}
    return dataclasses.replace(wage, id=known.get(wage.from_month, wage.id))


def _built(values: Mapping[str, Any]) -> tuple[Person, Wage | None]:
    """The person and, if any pay is given, the wage; raises `Refused` with the problems of both."""
    wage, problems = None, []
    try:
        if any(str(values[name]).strip() for name in ("wage", "net") if values.get(name) is not None):
            wage = _wage(values["id"], {**values, "insured": values.get("wage")})
    except Refused as refused:
        problems = list(refused.problems)
    try:
        person = build(Person, values)
    except Refused as refused:
        raise Refused([*refused.problems, *problems]) from None
    if problems:
        raise Refused(problems)
    return person, wage


def _wage(person: str, values: Mapping[str, Any]) -> Wage:
    given = {name: values.get(name) for name in ("from_month", "insured", "net")}
    try:
        wage = build(Wage, {"id": new_id(), "person": person, **given})
    except Refused as refused:
        named = (Problem("wage" if p.field == "insured" else p.field, p.problem) for p in refused.problems)
        raise Refused(named) from None
    if wage.from_month and wage.from_month > dates.add_months(dates.month_of(date.today()), 24):  # noqa: DTZ011
        raise Refused([Problem("from_month", "Tháng bắt đầu còn quá xa. Hãy kiểm tra lại năm.")])
    return wage
