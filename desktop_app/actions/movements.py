"""Movements: record one for one person or many, take the last one back, correct it by a counter-entry."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from desktop_app.domain import dates, head_count
from desktop_app.domain import movements as rules
from desktop_app.domain.dates import Period
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.movements import Kinds, Step
from desktop_app.domain.records import Movement, Person
from desktop_app.reports.head_count import heads as counted
from desktop_app.storage import filings, movements, organisation
from desktop_app.storage.book import Book, Changes, Transaction, new_id

kinds, happened, unlike = movements.kinds, movements.happened, movements.unlike

_SHOWN_FAULTS = 3


@dataclass(frozen=True)
class Recorded:
    """What was recorded: the movements, what looks incomplete (sentences), and what was touched."""

    movements: tuple[Movement, ...]
    doubts: tuple[str, ...]
    changes: Changes


class Heads(NamedTuple):
    """Members of a period: at its beginning and end, women among them, who came and went and by what, suspended."""

    begin: int
    begin_women: int
    came: int
    came_words: str
    went: int
    went_words: str
    end: int
    end_women: int
    paused: int


def heads(book: Book, period: Period) -> Heads:
    """The heads that the cards of a period show; a correction counts as what it does."""
    known = kinds(period.last)
    sums = head_count.total(counted(book, period.first, period.last).values())

    def of(does: str) -> list[tuple[str, int]]:
        found = [(kind.name.lower(), sums[code]) for code, kind in known.kinds.items() if kind.does == does]
        return [(name, heads) for name, heads in found if heads]

    came, went, correction = of("in"), of("out"), sums["correct"]
    (came if correction > 0 else went).extend([("điều chỉnh", abs(correction))] if correction else [])

    def told(parts: list[tuple[str, int]]) -> str:
        return ", ".join(f"{heads} {name}" for name, heads in parts)

    return Heads(
        sums["B"], sums["B.n"], sum(n for _, n in came), told(came), sum(n for _, n in went), told(went),
        sums["E"], sums["E.n"], sums["F"],
    )  # fmt: skip


def record(book: Book, persons: Sequence[str], values: Mapping[str, Any], by: str) -> Recorded:
    """Record one movement for each of these people (ids): `kind` (code), `day`, units, document, reason.

    Raises `Refused` if it cannot follow what is known of any of them; then nothing is stored for anybody.
    """
    known = kinds(_today())
    given = _given(known, persons, values)
    if known.kinds[given["kind"]].does == "move":
        given["to_unit"] = organisation.spelled(book, given["to_unit"], _today())
    with book.transact("movements.record", by) as transaction:
        made = enter_all(book, transaction, known, persons, given)
        return Recorded(made, tuple(_doubts(book, known, given, persons)), transaction.changes)


def enter_all(
    book: Book, transaction: Transaction, known: Kinds, persons: Sequence[str], values: Mapping[str, Any]
) -> tuple[Movement, ...]:
    """Record one movement for each of these people (ids) inside an open transaction.

    Raises `Refused` with the first few who cannot move; the caller's transaction must end with it.
    """
    made: list[Movement] = []
    faults: list[Problem] = []
    for id_ in dict.fromkeys(persons):
        try:
            made.append(enter(book, transaction, known, _person(book, id_), values))
        except Refused as refused:
            faults += refused.problems
    if faults:
        raise Refused(_few(faults, len(set(persons))))
    return tuple(made)


def enter(
    book: Book, transaction: Transaction, known: Kinds, person: Person, values: Mapping[str, Any]
) -> Movement:
    """Record a movement inside an open transaction; the person's record follows it. Raises `Refused`."""
    movement = build(Movement, {**values, "id": new_id(), "person": person.id})
    written = movements.written(book, person.id)
    history = rules.steps(known, person, written)
    if known.does(movement) == "move":
        movement = dataclasses.replace(movement, from_unit=person.team)
    elif known.does(movement) == "correct":
        wrong = next((m for m in written if m.id == movement.corrects), None)
        if wrong is not None and known.does(wrong) == "move":
            movement = dataclasses.replace(movement, from_unit=wrong.to_unit, to_unit=wrong.from_unit)
    field, sentence = rules.fault(known, person.name, history, movement)
    if sentence:
        raise Refused([Problem(field, sentence)])
    if not written:
        told = rules.told_by(known, person)
        written = [transaction.save(dataclasses.replace(one, id=new_id())) for one in told]
        movement = dataclasses.replace(movement, id=new_id())  # of one day, it comes after what the record told
    transaction.save(movement)
    settled = rules.settle(known, person, [*written, movement])
    if movement.to_unit and known.does(movement) in ("move", "correct"):
        settled = dataclasses.replace(settled, team=movement.to_unit)
    transaction.save(settled)
    return movement


def agree(book: Book, by: str) -> Changes:
    """*Làm khớp*: the record of everybody whose movements say another membership follows them again."""
    known = kinds(_today())
    with book.transact("movements.agree", by) as transaction:
        for id_, _ in movements.unlike(book, _today()):
            person = _person(book, id_)
            transaction.save(rules.settle(known, person, movements.written(book, id_)))
        return transaction.changes


def take_back(book: Book, ids: Sequence[str], by: str) -> Changes:
    """Take back movements just recorded, as if they had not been; each must be the last one of its person.

    Raises `Refused` if one is not, or if a report that was handed in counts it: then it is corrected instead.
    """
    with book.transact("movements.take_back", by) as transaction:
        take_back_all(book, transaction, ids)
        return transaction.changes


def take_back_all(book: Book, transaction: Transaction, ids: Sequence[str]) -> None:
    """Take movements back inside an open transaction. Raises `Refused` as `take_back` does."""
    known = kinds(_today())
    for id_ in ids:
        movement = _movement(book, id_)
        person = _person(book, movement.person)
        history = rules.steps(known, person, movements.written(book, person.id))
        if history[-1].movement.id != id_:
            raise Refused(f"Chỉ bỏ được biến động sau cùng của {person.name}. Hãy ghi Điều chỉnh kèm lý do.")
        if movement.day and filings.counted(book, movement.day):
            raise Refused("Biến động này đã nằm trong báo cáo đã nộp. Hãy ghi Điều chỉnh kèm lý do.")
        before = history[-1].before
        transaction.retire(movement)
        transaction.save(
            dataclasses.replace(
                person, member=before.counted, joined=before.joined, left=before.left, until=before.until,
                team=movement.from_unit if known.does(movement) in ("move", "correct") and movement.to_unit
                else person.team,
            )
        )  # fmt: skip


def correct(book: Book, id_: str, values: Mapping[str, Any], by: str) -> Recorded:
    """*Điều chỉnh*: a counter-entry on `day` with its `reason`; the wrong movement stays in the history.

    Raises `Refused` without a reason, or if later movements of the person lean on it.
    """
    wrong = _movement(book, id_)
    known = kinds(_today())
    code = next(code for code, kind in known.kinds.items() if kind.does == "correct")
    given = {**values, "kind": code, "corrects": wrong.id}
    return record(book, [wrong.person], given, by)


def move_entry(book: Book, transaction: Transaction, person: Person, day: date | None) -> Person:
    """Another *Ngày vào công đoàn* typed on the record: the entry written of the person is moved to that day.

    Raises `Refused` if no entry is written, or if the day would come after what followed.
    """
    known = kinds(_today())
    written = movements.written(book, person.id)
    history = rules.steps(known, person, written)
    entries = [place for place, step in enumerate(history) if known.does(step.movement) == "in"]
    label = "Ngày vào CĐ của người đã có biến động"
    if not entries or day is None:
        raise Refused([Problem("joined", f"{label} lấy từ biến động kết nạp. Hãy ghi ở trang Biến động.")])
    place = entries[-1]
    before = history[place - 1].movement.day if place else None
    after = history[place + 1].movement.day if place + 1 < len(history) else None
    if (before and day < before) or (after and day > after):
        raise Refused([Problem("joined", "Ngày này không khớp với biến động trước hoặc sau đó. Hãy kiểm tra lại.")])
    moved = dataclasses.replace(history[place].movement, day=day)
    transaction.save(moved)
    return rules.settle(known, person, [moved if one.id == moved.id else one for one in written])


def stands(book: Book, known: Kinds, person: Person) -> rules.Standing:
    """Where a person stands after everything that is known."""
    return rules.steps(known, person, movements.written(book, person.id))[-1].after


def history(book: Book, person: Person) -> list[Step]:
    """The movements of a person, oldest first, those that the record alone tells too."""
    found = rules.steps(kinds(_today()), person, movements.written(book, person.id))
    return [step for step in found if step.movement.kind]


def _given(known: Kinds, persons: Sequence[str], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values after the checks that are the same for everybody. Raises `Refused` with all that is wrong."""
    problems: list[Problem] = []
    given = dict(values)
    if not persons:
        problems.append(Problem("person", "Hãy chọn người có biến động."))
    try:
        first = build(Movement, {**given, "id": new_id(), "person": new_id()})
    except Refused as refused:
        raise Refused([*problems, *refused.problems]) from None
    if first.kind not in known.kinds:
        problems.append(Problem("kind", f"Không có loại biến động {first.kind}. Hãy chọn trong danh sách."))
    elif known.does(first) == "move" and not first.to_unit:
        problems.append(Problem("to_unit", "Hãy ghi tổ chuyển đến."))
    if first.day and first.day > _today() + timedelta(days=known.ahead_days):
        problems.append(Problem("day", f"Ngày {dates.show_day(first.day)} còn quá xa. Hãy kiểm tra lại năm."))
    if problems:
        raise Refused(problems)
    return given


def paused_long(book: Book, day: date) -> list[str]:
    """The names of those suspended longer than the rule allows: they are to be restored, or to end."""
    months = kinds(day).pause_months
    return [name for _, name in movements.paused_since(book, dates.shift_months(day, -months))]


def _doubts(book: Book, known: Kinds, values: Mapping[str, Any], persons: Sequence[str]) -> list[str]:
    made = build(Movement, {**values, "id": new_id(), "person": new_id()})
    kind = known.kinds[made.kind]
    doubts = []
    if kind.paper and not made.document:
        doubts.append(f"Chưa ghi số {kind.paper}.")
    if kind.does == "in" and kind.code in known.first.values():
        managers = [one for id_ in persons if rules.doubtful_job(known, (one := _person(book, id_)).job)]
        doubts += [f"{one.name} ({one.job.lower()}) {known.manager_told}" for one in managers[:_SHOWN_FAULTS]]
    if made.day and (counted := filings.counted(book, made.day)):
        doubts.append(f"Ngày này nằm trong báo cáo {counted} đã nộp, số cuối kỳ của báo cáo đó sẽ khác.")
    return doubts


def _few(faults: Sequence[Problem], asked: int) -> list[Problem]:
    """One person's faults as they are; of many people the first few sentences under the first field, and how many."""
    if asked == 1:
        return list(faults)
    told = " ".join(dict.fromkeys(fault.problem for fault in faults[:_SHOWN_FAULTS]))
    more = f" Và {len(faults) - _SHOWN_FAULTS} người nữa." if len(faults) > _SHOWN_FAULTS else ""
    return [Problem(faults[0].field, f"{told}{more} Chưa ghi cho ai cả.")]


def _movement(book: Book, id_: str) -> Movement:
    found = book.get(Movement, id_) if id_ else None
    if found is None:
        raise Refused("Không tìm thấy biến động này. Hãy mở lại danh sách.")
    return found


def _person(book: Book, id_: str) -> Person:
    found = book.get(Person, id_)
    if found is None:
        raise Refused("Không tìm thấy người này. Hãy mở lại danh sách.")
    return found


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the accountant's own day
