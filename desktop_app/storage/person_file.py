"""Everything the book holds of one person: the record, every record that names them, and each change of these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from desktop_app.domain import dates, fields, wire
from desktop_app.domain import extras as extra_values
from desktop_app.domain.amounts import format_amount
from desktop_app.domain.codes import check_code
from desktop_app.domain.fields import Entity, Field, entity_of
from desktop_app.domain.privacy import NOT_FOR_ALL, check_key, check_value
from desktop_app.domain.records import Attachment, Person, Voucher
from desktop_app.storage import attachments, codes, extras, journal, rows, same, sensitive
from desktop_app.storage.book import Book

_LONGEST_WORD = 40


class Change(NamedTuple):
    """One value that somebody set: when (local time), who, of which record and field, before and after as shown."""

    when: datetime
    who: str
    what: str
    field: str
    old: str
    new: str


@dataclass(frozen=True)
class PersonFile:
    """`others` are the records that name the person, by entity (first those of whoever was made one with them);
    `changes` from the first to the last; `files` those kept with any of them.
    """

    person: Person
    others: tuple[tuple[Entity, tuple[Any, ...]], ...]
    changes: tuple[Change, ...]
    files: tuple[Attachment, ...] = ()

    def of(self, name: str) -> tuple[Any, ...]:
        """The records of one entity ("wage")."""
        return next((found for declared, found in self.others if declared.name == name), ())


def person_file(book: Book, id_: str, *, changes: bool = True, private: bool = False) -> PersonFile | None:
    """What the book holds of a person, None if there is none; what is sensitive, and who looked at it, if `private`.

    `changes` may be left out where they are not shown.
    """
    person = book.get(Person, id_)
    if person is None:
        return None
    id_ = person.id
    told_of = [declared for declared in naming() if private or declared.name not in NOT_FOR_ALL]
    found = tuple((declared, records) for declared in told_of if (records := records_of(book, declared, id_)))
    merged = tuple(one for other in same.merged_into(book.db, id_) if (one := same.entered(book.db, other)) is not None)
    found = ((entity_of(Person), merged), *found) if merged else found
    told = tuple(sorted(_changes(book, id_, told_of))) if changes else ()
    holders = [("person", id_), *((declared.name, one.id) for declared, records in found for one in records)]
    files = tuple(one for entity, holder in holders for one in attachments.of(book, entity, holder))
    return PersonFile(person, found, told, files)


def naming() -> Iterator[Entity]:
    """The entities whose records are of one person each, in order of declaration."""
    return (declared for declared in fields.entities().values() if _link(declared))


def records_of(book: Book, declared: Entity, person: str) -> tuple[Any, ...]:
    """The records of an entity that name a person, as entered."""
    record: Any = declared.record
    return tuple(rows.find(book.db, record, f'"{_link(declared)}" = ?', [person]))


def every_record_of(book: Book, declared: Entity, person: str) -> list[Any]:
    """Bare records (id alone) of an entity that name a person, ended ones too: all that an erasure must reach."""
    record: Any = declared.record
    found = book.db.execute(f'SELECT id FROM {declared.table} WHERE "{_link(declared)}" = ?', [person])  # noqa: S608
    return [record(id=id_) for (id_,) in found.fetchall()]


def every_file_of(book: Book, person: str) -> list[Any]:
    """Bare records of the files kept with a person or with any record that names them, ended ones too."""
    holders = [("person", person)]
    holders += [(declared.name, one.id) for declared in naming() for one in every_record_of(book, declared, person)]
    return [one for entity, holder in holders for one in attachments.every_of(book, entity, holder)]


def dues_since(book: Book, person: str, month: str) -> int:
    """How many payments of dues a person made for this month or later."""
    found: int = book.db.execute(
        "SELECT count(*) FROM dues WHERE person = ? AND month >= ? AND retired = 0", [person, month]
    ).fetchone()[0]
    return found


def said(book: Book, field: Field, value: Any) -> str:
    """A value as it is read: 1250000 đồng as "1.250.000", a day dd/mm/yyyy, a voucher by its number."""
    if value in (None, "", (), {}):
        return ""
    if field.kind == "flag":
        return "Có" if value else "Không"
    if field.kind in ("money", "whole"):
        return format_amount(value)
    if field.kind == "day":
        return dates.show_day(value)
    if field.kind == "birth":
        return dates.parse_partial(value).display
    if field.kind == "month":
        return dates.show_month(value)
    if field.check in (check_code, check_value):
        return codes.name_of(value)
    if field.check is check_key:
        return sensitive.label_of(book, value)
    if field.check is extra_values.check_key:
        return extras.label_of(book, value)
    if field.check is extra_values.check_value:
        return extra_values.told(value)
    if field.kind == "ref":
        return _named(book, field, value)
    if field.kind == "rows":
        return "; ".join(
            ", ".join(told for part in entity_of(row).fields if (told := said(book, part, getattr(row, part.name))))
            for row in value
        )
    return _shortened(str(value))


def _shortened(text: str) -> str:
    """A signed card or the like has no words to read: its beginning is enough on paper, JSON has it whole."""
    return f"{text[:_LONGEST_WORD]}… ({len(text)} ký tự)" if len(text) > 2 * _LONGEST_WORD and " " not in text else text


def _named(book: Book, field: Field, id_: str) -> str:
    """A record as people know it: by number or name."""
    if field.to == "voucher":
        voucher = book.get(Voucher, id_)
        return voucher.number if voucher else ""
    declared = fields.entities().get(field.to)
    record: Any = declared.record if declared else None
    found = book.get(record, id_) if record else None
    return str(getattr(found, "name", "") or getattr(found, "number", "") or "")


def _link(declared: Entity) -> str:
    """The name of the field that names the person a record is of, "" if it is of nobody."""
    return next((field.name for field in declared.fields if field.kind == "ref" and field.to == "person"), "")


def _changes(book: Book, person: str, told_of: Iterable[Entity]) -> Iterator[Change]:
    for one in sorted(same.group_of(book.db, person)):
        yield from _changes_of(book, entity_of(Person), one)
    for declared in told_of:
        for one in every_record_of(book, declared, person):
            yield from _changes_of(book, declared, one.id)


def _changes_of(book: Book, declared: Entity, id_: str) -> Iterator[Change]:
    """Each value ever set of one record, and its end."""
    history = journal.history(book.db, id_)
    known: dict[str, Any] = dict(declared.defaults)
    for op in sorted(history.ops, key=lambda op: op.hlc) if history else ():
        when = datetime.fromtimestamp((op.hlc >> 16) / 1000, UTC).astimezone()
        if op.kind != "set":
            yield Change(when, op.actor, declared.label, "", "", "Bỏ" if op.kind == "retire" else "Xóa")
            continue
        for field, value in _read(declared, op.fields or {}):
            if field.to == "person":
                continue
            yield Change(when, op.actor, declared.label, field.label, said(book, field, known[field.name]),
                         said(book, field, value))  # fmt: skip
            known[field.name] = value


def _read(declared: Entity, values: Mapping[str, Any]) -> Iterator[tuple[Field, Any]]:
    """The fields this program knows with their values."""
    for field in declared.fields:
        if field.name in values and values[field.name] is not None:
            try:
                yield field, wire.value_from_wire(field, values[field.name])
            except ValueError:
                continue


def plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [{f.name: plain(getattr(row, f.name)) for f in entity_of(row).fields} for row in value]
    return value
