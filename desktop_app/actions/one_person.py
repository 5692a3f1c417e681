"""One person entered twice: both records beside each other, made one, told apart for good, or parted again.

Nothing is rewritten: two records of one person are a pair (`PersonPair`), and everything that names either is read as
the survivor's (`storage.same`).
"""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from desktop_app.domain import movements as rules
from desktop_app.domain import vietnamese
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import Field, build, entity_of
from desktop_app.domain.records import Attachment, Dues, Movement, Office, Person, PersonPair, PersonSplit, Wage
from desktop_app.domain.records.one_person import NO, YES
from desktop_app.storage import journal, movements, payroll, person_file, rows, same, twice
from desktop_app.storage.book import Book, Changes, Transaction, new_id

BY_MOVEMENTS = frozenset({"joined", "left", "until", "member"})
"""Fields that nobody chooses where a movement is written: the movements of both say them."""
_IDENTITY = ("name", "birth", "sex", "card")
_COUNTED = (("Tháng đoàn phí", Dues), ("Biến động", Movement), ("Chức vụ công đoàn", Office), ("Mức lương", Wage))


class Facing(NamedTuple):
    """A field as the two records have it, in words; `take` is the side (0, 1) whose value is offered first."""

    name: str
    label: str
    one: str
    other: str
    take: int

    @property
    def differs(self) -> bool:
        return self.one != self.other


class Count(NamedTuple):
    """How many records of a kind name each of the two."""

    label: str
    one: int
    other: int


@dataclass(frozen=True)
class Compared:
    """Two records beside each other; `one` is the survivor."""

    one: Person
    other: Person
    fields: tuple[Facing, ...]
    counts: tuple[Count, ...]


class Part(NamedTuple):
    """Somebody who was merged into a person: the record as entered, who merged it and when."""

    person: Person
    who: str
    when: datetime | None


def compare(book: Book, first: str, second: str) -> Compared:
    """Two records (ids) field by field. Raises `Refused` if one of them is gone."""
    one, other = (_entered(book, id_) for id_ in sorted((first, second)))
    counts = [Count(label, *(_named(book, record, p.id) for p in (one, other))) for label, record in _COUNTED]
    files = (len(list(rows.find(book.db, Attachment, "owner = ?", [p.id]))) for p in (one, other))
    return Compared(one, other, _faced(book, one, other), (*counts, Count("Tệp kèm", *files)))


def merge(book: Book, first: str, second: str, taken: Mapping[str, int] | None, by: str) -> Changes:
    """Say that two records are one person. `taken` says by field which side (0, 1) holds; what it does not name is as
    `compare` offers it. The choice is an edit of the survivor in the same commit.

    Raises `Refused` if one is gone or they are one already.
    """
    shown = compare(book, first, second)
    offered = {facing.name: facing.take for facing in shown.fields}
    sides = {**offered, **{name: side for name, side in (taken or {}).items() if name in offered}}
    with book.transact("members.merge", by) as transaction:
        if second in same.group_of(book.db, first) and shown.other.id not in same.edited_since(book.db):
            raise Refused("Hai hồ sơ này đã được gộp rồi.")
        transaction.save(_pair(book, shown.one.id, shown.other.id, YES))
        _choose(book, transaction, shown, sides)
        return transaction.changes


def alike(book: Book) -> list[tuple[str, str]]:
    """The pairs of one CCCD, not told apart, whose name, birth, sex and card say nothing different: as when two PCs
    read one list.
    """
    found = []
    for first, *others in twice.people(book):
        for other in others:
            both = [same.entered(book.db, id_) for id_ in (first, other)]
            said = [[getattr(person, name) for person in both if getattr(person, name, "")] for name in _IDENTITY]
            if not told_apart(book, first, other) and all(len(set(map(vietnamese.fold, each))) < 2 for each in said):
                found.append((first, other))
    return found


def merge_alike(book: Book, by: str) -> tuple[int, Changes]:
    """Merge every pair of `alike` at once, each as `compare` offers it; answers how many."""
    pairs = [tuple(_entered(book, id_) for id_ in sorted(pair)) for pair in alike(book)]
    shown = [Compared(one, other, _faced(book, one, other), ()) for one, other in pairs]
    with book.transact("members.merge", by) as transaction:
        with transaction.together():
            for each in shown:
                transaction.save(_pair(book, each.one.id, each.other.id, YES))
        for each in shown:
            _choose(book, transaction, each, {facing.name: facing.take for facing in each.fields})
        return len(shown), transaction.changes


def tell_apart(book: Book, first: str, second: str, by: str) -> Changes:
    """*Không phải một người*: remembered on every PC. Their equal CCCD numbers are still to be corrected."""
    with book.transact("members.tell_apart", by) as transaction:
        transaction.save(_pair(book, first, second, NO))
        return transaction.changes


def part(book: Book, person: str, apart: str, reason: str, by: str) -> Changes:
    """*Tách lại*: somebody (`apart`) who was merged into a person stands alone again, with all that named them.

    The values chosen for the survivor stay. Raises `Refused` without a reason, or if they are two already.
    """
    if not reason.strip():
        raise Refused([Problem("reason", "Hãy nhập lý do tách lại.")])
    with book.transact("members.part", by) as transaction:
        joining = [pair for pair in book.all(PersonPair) if pair.same == YES and apart in (pair.one, pair.other)]
        if apart not in same.merged_into(book.db, person) or not joining:
            raise Refused("Hai hồ sơ này không còn gộp với nhau.")
        for pair in joining:
            transaction.save(dataclasses.replace(pair, same=NO))
        told = {"id": new_id(), "person": person, "apart": apart, "day": date.today(), "reason": reason}  # noqa: DTZ011
        transaction.save(build(PersonSplit, told))
        return transaction.changes


def read_as(book: Book, person: str) -> str:
    """The id that a person (an id) is read as: the survivor's, or the own."""
    return rows.survivor(book.db, person)


def merged(book: Book, person: str) -> list[Part]:
    """Who was merged into a person, as entered."""
    found = []
    for id_ in same.merged_into(book.db, person):
        pairs = [pair.id for pair in book.all(PersonPair) if pair.same == YES and id_ in (pair.one, pair.other)]
        ops = [op for pair in pairs for op in book.ops_of(pair) if (op.fields or {}).get("same") == YES]
        last = max(ops, key=lambda op: op.hlc, default=None)
        when = datetime.fromtimestamp((last.hlc >> 16) / 1000).astimezone() if last else None
        if (entered := same.entered(book.db, id_)) is not None:
            found.append(Part(entered, last.actor if last else "", when))
    return found


def merged_of_all(book: Book) -> list[tuple[Person, Person]]:
    """Everybody who was merged, as entered, with the person each is read as."""
    found = []
    for id_, into in same.all_of(book.db).items():
        entered, person = same.entered(book.db, id_), book.get(Person, into)
        if entered is not None and person is not None:
            found.append((entered, person))
    return found


def told_apart(book: Book, first: str, second: str) -> bool:
    """Has somebody said that these two are not one person?"""
    known = book.get(PersonPair, pair_id(first, second))
    return known is not None and known.same == NO


def paid_twice(book: Book) -> list[tuple[str, str, str]]:
    """Whose dues (id, name) of which month stand on both of the records that were made one?"""
    found = []
    for person, month, ids in payroll.paid_more_than_once(book, sorted(set(same.all_of(book.db).values()))):
        held = book.get(Person, person)
        if held is not None and len({same.written_person(book.db, id_) for id_ in ids}) > 1:
            found.append((person, held.name, month))
    return found


def pair_id(first: str, second: str) -> str:
    """The id of what is said of two people: the same on every PC, so that two words on one pair meet as one field."""
    one, other = sorted((first, second))
    return str(uuid.uuid5(uuid.UUID(one), other))


def _entered(book: Book, id_: str) -> Person:
    found = same.entered(book.db, id_)
    if found is None:
        raise Refused("Không tìm thấy người này. Hãy mở lại danh sách.")
    return found


def _faced(book: Book, one: Person, other: Person) -> tuple[Facing, ...]:
    moved = bool(movements.written(book, one.id) or movements.written(book, other.id))
    return tuple(
        _facing(book, field, one, other)
        for field in entity_of(Person).fields
        if not (moved and field.name in BY_MOVEMENTS)
    )


def _facing(book: Book, field: Field, one: Person, other: Person) -> Facing:
    mine, theirs = getattr(one, field.name), getattr(other, field.name)
    told, beside = (person_file.said(book, field, value) for value in (mine, theirs))
    empty = entity_of(Person).defaults[field.name]
    filled = field.kind != "flag" and mine == empty and theirs != empty
    take = filled or (field.kind == "flag" and theirs and not mine)
    return Facing(field.name, field.label, told, beside, int(take))


def _named(book: Book, record: Any, person: str) -> int:
    return len(person_file.records_of(book, entity_of(record), person))


def _pair(book: Book, first: str, second: str, word: str) -> PersonPair:
    one, other = sorted((first, second))
    seen = {"one_seen": journal.entries_of(book.db, one), "other_seen": journal.entries_of(book.db, other)}
    return build(PersonPair, {"id": pair_id(one, other), "one": one, "other": other, "same": word, **seen})


def _choose(book: Book, transaction: Transaction, shown: Compared, sides: Mapping[str, int]) -> None:
    """The chosen values become the survivor's; a third record that survives both keeps its own."""
    one, other = shown.one, shown.other
    if rows.survivor(book.db, one.id) != one.id:
        return
    now = book.get(Person, one.id) or one
    chosen = {name: getattr(other, name) for name, side in sides.items() if side == 1}
    kept = dataclasses.replace(now, **chosen)
    _keep_cards(transaction, kept, now, other)
    if moved := movements.written(book, one.id):
        kept = rules.settle(movements.kinds(date.today()), kept, moved)  # noqa: DTZ011
    transaction.save(kept)


def _keep_cards(transaction: Transaction, kept: Person, *entered: Person) -> None:
    """A card number that does not stay on the record stays among the person's old cards."""
    from desktop_app.actions import members  # draws reports along: the window counts tasks before it needs them

    for person in entered:
        members.keep_old_card(transaction, dataclasses.replace(person, id=kept.id), kept)
