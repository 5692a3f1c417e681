"""The union's tree: found a unit, rename, move, merge, split and end it; the people in it move by dated movements."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop_app.actions import movements
from desktop_app.domain import dates
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.organisation import Tree
from desktop_app.domain.records import Movement, Union, Unit, UpperUnion
from desktop_app.storage import organisation
from desktop_app.storage.book import Book, Changes, Transaction, new_id

kinds, tree, teams_under, missing = (
    organisation.kinds, organisation.tree, organisation.teams_under, organisation.missing
)  # fmt: skip
uppers, people_of, members_of = organisation.uppers, organisation.people_of, organisation.members_of
branches, stray = organisation.branches, organisation.stray
_MOVE, _DISSOLVED = "CNB", "GT"


@dataclass(frozen=True)
class Reorganised:
    """What a verb did: units made, units as they were before it, the movements of people, what was touched."""

    made: tuple[Unit, ...]
    before: tuple[Unit, ...]
    moved: tuple[Movement, ...]
    changes: Changes


def found(book: Book, values: Mapping[str, Any], by: str) -> Reorganised:
    """Add a unit: `kind` (code), `name`, `parent` (id), `since`, `code`, `head`.

    Raises `Refused` for a name that another unit has, or a place where its kind cannot lie.
    """
    unit = build(Unit, {**values, "id": new_id()})
    now = organisation.tree(book, _today())
    if problems := [*_name_taken(now, unit), *_misplaced(now, unit)]:
        raise Refused(problems)
    with book.transact("organisation.found", by) as transaction:
        return _done(transaction, made=[transaction.save(unit)])


def edit(book: Book, id_: str, values: Mapping[str, Any], by: str) -> Reorganised:
    """Correct `kind`, `code`, `head` or `since` of a unit; a name or place that changes has its own verb."""
    known = _unit(book, id_)
    given = {name: values[name] for name in ("kind", "code", "head", "since") if name in values}
    kept = {field.name: getattr(known, field.name) for field in dataclasses.fields(Unit)}
    unit = build(Unit, {**kept, **given})
    if problems := _misplaced(organisation.tree(book, _today()), unit):
        raise Refused(problems)
    with book.transact("organisation.edit", by) as transaction:
        transaction.save(unit)
        return _done(transaction, before=[known])


def make_missing(book: Book, by: str) -> Reorganised:
    """*Tạo tổ còn thiếu*: every tổ that people are under and no unit has becomes one, directly under the union."""
    names, first = organisation.missing(book, _today()), organisation.kinds(_today()).first
    if not names:
        raise Refused("Mọi tổ trong danh sách đều đã có trong sơ đồ tổ chức.")
    with book.transact("organisation.make_missing", by) as transaction:
        made = [transaction.save(build(Unit, {"id": new_id(), "kind": first, "name": name})) for name in names]
        return _done(transaction, made=made)


def catch_up(book: Book, by: str) -> Reorganised:
    """Who is still under an ended unit's name moves today to what took its place. Raises `Refused` if nobody is."""
    strays = organisation.stray(book, _today())
    if not strays:
        raise Refused("Không còn ai ở tổ đã hết.")
    with book.transact("organisation.catch_up", by) as transaction:
        moved: list[Movement] = []
        for name, unit in strays:
            people, why = organisation.people_of(book, name), f"{name} nay là {unit.name}"
            moved += _move_people(book, transaction, people, unit.name, {}, day=_today(), why=why)
        return _done(transaction, moved=moved)


def rename(book: Book, id_: str, values: Mapping[str, Any], by: str) -> Reorganised:
    """Give a unit another `name` from `day` on, by `document`; its people move to the new name on that day."""
    known, day = _unit(book, id_), _day(values)
    named = build(Unit, {"id": known.id, "kind": known.kind, "name": values.get("name")})
    if named.name == known.name:
        raise Refused([Problem("name", f"Tên đang là {known.name}. Hãy ghi tên mới.")])
    if problems := _name_taken(organisation.tree(book, day), named):
        raise Refused(problems)
    return _succeed(book, known, dataclasses.replace(known, name=named.name), values, day=day, verb="rename", by=by)


def move(book: Book, id_: str, parent: str, values: Mapping[str, Any], by: str) -> Reorganised:
    """Put a unit with all below it into another (`parent`, "" = directly under the union) from `day` on."""
    known, day = _unit(book, id_), _day(values)
    now = organisation.tree(book, day)
    if parent and parent in {unit.id for unit in now.under(known.id)}:
        raise Refused([Problem("parent", f"{known.name} không đặt vào chính nó hay đơn vị của nó được.")])
    over = now.parent(known)
    if (over.id if over else "") == parent:
        raise Refused([Problem("parent", f"{known.name} đang ở đó rồi.")])
    placed = dataclasses.replace(known, parent=parent)
    if problems := _misplaced(now, placed):
        raise Refused(problems)
    return _succeed(book, known, placed, values, day=day, verb="move", by=by)


def merge(book: Book, ids: Sequence[str], into: str, values: Mapping[str, Any], by: str) -> Reorganised:
    """Merge units into another one from `day` on: their people, and the units in them, go over to it."""
    day, target, problems = _day(values), _unit(book, into), []
    ended = [_unit(book, id_) for id_ in dict.fromkeys(ids) if id_ != into]
    below = {unit.id for one in ended for unit in organisation.tree(book, day).under(one.id)}
    if not ended:
        problems.append(Problem("into", "Hãy chọn đơn vị khác để nhập vào."))
    elif target.id in below:
        problems.append(Problem("into", f"{target.name} nằm trong đơn vị sẽ hết. Hãy chọn đơn vị khác."))
    elif target.since and target.since > day:
        told = f"{target.name} có từ ngày {dates.show_day(target.since)}. Hãy chọn ngày sau đó."
        problems.append(Problem("day", told))
    if problems:
        raise Refused(problems)
    with book.transact("organisation.merge", by) as transaction:
        moved: list[Movement] = []
        for unit in ended:
            _end(transaction, unit, day, target.id)
            people = organisation.people_of(book, unit.name)
            why = f"nhập vào {target.name}"
            moved += _move_people(book, transaction, people, target.name, values, day=day, why=why)
        return _done(transaction, before=ended, moved=moved)


def split(book: Book, id_: str, people: Sequence[str], values: Mapping[str, Any], by: str) -> Reorganised:
    """Part a unit from `day` on: these of its people (ids) make a new unit `name` beside it."""
    known, day = _unit(book, id_), _day(values)
    part = build(Unit, {"id": new_id(), "kind": known.kind, "name": values.get("name"), "parent": known.parent,
                        "since": day})  # fmt: skip
    problems = _name_taken(organisation.tree(book, day), part)
    if not people:
        problems.append(Problem("people", "Hãy chọn người sang đơn vị mới."))
    elif set(people) - set(organisation.people_of(book, known.name)):
        problems.append(Problem("people", f"Có người không còn ở {known.name}. Hãy mở lại danh sách."))
    if problems:
        raise Refused(problems)
    with book.transact("organisation.split", by) as transaction:
        transaction.save(part)
        moved = _move_people(book, transaction, people, part.name, values, day=day, why=f"tách từ {known.name}")
        return _done(transaction, made=[part], moved=moved)


def end(book: Book, id_: str, values: Mapping[str, Any], by: str) -> Reorganised:
    """End an empty unit from `day` on; the units in it go to the one above. Raises `Refused` while people are in it."""
    known, day = _unit(book, id_), _day(values)
    if people := organisation.people_of(book, known.name):
        told = f"{known.name} còn {len(people)} người. Hãy nhập vào đơn vị khác, hoặc ghi giải thể kèm quyết định."
        raise Refused(told)
    over = organisation.tree(book, day).parent(known)
    with book.transact("organisation.end", by) as transaction:
        _end(transaction, known, day, over.id if over else "")
        return _done(transaction, before=[known])


def dissolve(book: Book, id_: str, values: Mapping[str, Any], by: str) -> Reorganised:
    """Dissolve a unit, or the whole union (""), by `document` from `day` on: every member in it ends by *Giải thể*.

    They stay workers, who count for the 2 % fee. Raises `Refused` without a decision, or if somebody cannot end.
    """
    day, known = _day(values), movements.kinds(_today())
    ended = organisation.tree(book, day).under(_unit(book, id_).id if id_ else "")
    if not str(values.get("document") or "").strip():
        raise Refused([Problem("document", f"Hãy ghi số {known.kinds[_DISSOLVED].paper}.")])
    people = organisation.members_of(book, [unit.name for unit in ended] if id_ else None)
    if not people and not ended:
        raise Refused("Công đoàn không có đoàn viên nào để ghi giải thể.")
    given = {**values, "kind": _DISSOLVED, "day": day}
    with book.transact("organisation.dissolve", by) as transaction:
        moved = movements.enter_all(book, transaction, known, people, given)
        for unit in ended:
            _end(transaction, unit, day, "")
        return _done(transaction, before=ended, moved=moved)


def undo(book: Book, done: Reorganised, by: str) -> Changes:
    """Take a verb back: people, names and places are as before. Raises `Refused` if somebody moved on meanwhile."""
    with book.transact("organisation.undo", by) as transaction:
        movements.take_back_all(book, transaction, [one.id for one in reversed(done.moved)])
        for unit in done.made:
            transaction.retire(unit)
        for unit in done.before:
            transaction.save(unit)
        return transaction.changes


def set_upper(book: Book, values: Mapping[str, Any], by: str) -> Changes:
    """Say which union stands above from `since` on (`kind`, `name`, `document`); the one before ends that day.

    The managing one is the union's *Công đoàn cấp trên* on papers from now on. Raises `Refused`.
    """
    link = build(UpperUnion, {**values, "id": new_id()})
    held = [one for one in organisation.uppers(book) if one.kind == link.kind and one.until is None]
    for one in held:
        if link.since is None or (one.since and link.since <= one.since):
            told = f"đang là {one.name}" + (f" từ ngày {dates.show_day(one.since)}" if one.since else "")
            raise Refused([Problem("since", f"{link.kind} {told}. Hãy ghi ngày thay đổi sau đó.")])
    if link.since and link.since > _today():
        raise Refused([Problem("since", "Hãy ghi khi đã đến ngày thay đổi.")])
    union = next(book.all(Union), None)
    with book.transact("organisation.set_upper", by) as transaction:
        for one in held:
            transaction.save(dataclasses.replace(one, until=link.since))
        transaction.save(link)
        if union is not None and link.kind == "Đơn vị quản lý":
            transaction.save(dataclasses.replace(union, upper=link.name))
        return transaction.changes


def _succeed(
    book: Book, known: Unit, new: Unit, values: Mapping[str, Any], *, day: date, verb: str, by: str
) -> Reorganised:
    """End a unit on a day, and begin the same one anew; its people follow where its name is another."""
    new = dataclasses.replace(new, id=new_id(), since=day)
    with book.transact(f"organisation.{verb}", by) as transaction:
        transaction.save(new)
        _end(transaction, known, day, new.id)
        moved: list[Movement] = []
        if new.name != known.name:
            people = organisation.people_of(book, known.name)
            moved = _move_people(book, transaction, people, new.name, values, day=day, why=f"{known.name} đổi tên")
        return _done(transaction, made=[new], before=[known], moved=moved)


def _end(transaction: Transaction, unit: Unit, day: date, into: str) -> None:
    if unit.since and day <= unit.since:
        told = f"{unit.name} có từ ngày {dates.show_day(unit.since)}. Hãy chọn ngày sau đó."
        raise Refused([Problem("day", told)])
    transaction.save(dataclasses.replace(unit, until=day, into=into))


def _move_people(
    book: Book, transaction: Transaction, people: Sequence[str], to: str, values: Mapping[str, Any],
    *, day: date, why: str,
) -> list[Movement]:  # fmt: skip
    given = {"kind": _MOVE, "day": day, "to_unit": to, "reason": values.get("reason") or why,
             "document": values.get("document")}  # fmt: skip
    return list(movements.enter_all(book, transaction, movements.kinds(_today()), people, given))


def _done(
    transaction: Transaction,
    made: Sequence[Unit] = (),
    before: Sequence[Unit] = (),
    moved: Sequence[Movement] = (),
) -> Reorganised:
    return Reorganised(tuple(made), tuple(before), tuple(moved), transaction.changes)


def _name_taken(now: Tree, unit: Unit) -> list[Problem]:
    other = now.named(unit.name)
    if other is None or other.id == unit.id:
        return []
    told = f"Đã có {now.path(other)}. Hãy đặt tên khác, ví dụ “{unit.name} (Xưởng 2)”."
    return [Problem("name", told)]


def _misplaced(now: Tree, unit: Unit) -> list[Problem]:
    known = organisation.kinds(now.day)
    if unit.kind not in known.kinds:
        return [Problem("kind", f"Không có loại đơn vị {unit.kind}. Hãy chọn trong danh sách.")]
    over = now.now(unit.parent) if unit.parent else None
    if unit.parent and over is None:
        return [Problem("parent", "Đơn vị cấp trên này không còn. Hãy chọn đơn vị khác.")]
    if (over.kind if over else "") not in known.kinds[unit.kind].under:
        place = f"trong {known.name(over.kind)} {over.name}" if over else "trực thuộc công đoàn cơ sở"
        return [Problem("parent" if over else "kind", f"{known.name(unit.kind)} không đặt {place} được.")]
    return []


def _unit(book: Book, id_: str) -> Unit:
    unit = book.get(Unit, id_) if id_ else None
    if unit is None:
        raise Refused("Không tìm thấy đơn vị này. Hãy chọn trong sơ đồ.")
    if unit.until is not None:
        raise Refused(f"{unit.name} đã hết từ ngày {dates.show_day(unit.until)}. Hãy chọn đơn vị khác.")
    return unit


def _day(values: Mapping[str, Any]) -> date:
    """The day of a change. Raises `Refused` without one, or before it has come."""
    given = build(Movement, {"id": new_id(), "person": new_id(), "kind": _MOVE, "day": values.get("day")})
    assert given.day is not None
    if given.day > _today():
        raise Refused([Problem("day", "Hãy ghi khi đã đến ngày thay đổi.")])
    return given.day


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the accountant's own day
