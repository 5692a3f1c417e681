"""Lists of people by a column profile that somebody named and kept: the fields there are, the profiles, Excel by one.

What is sensitive stays out unless a column of the profile asks for it; then right and reason are asked for, and noted.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from desktop_app.actions import sensitive
from desktop_app.domain import dates, vietnamese
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.extras import told as shown_extra
from desktop_app.domain.fields import Field, build, entity_of
from desktop_app.domain.records import Extra, ListProfile, Person, PersonDetail, Wage
from desktop_app.domain.records.profiles import DAYS
from desktop_app.exchange.layout import Kind, key
from desktop_app.exchange.lists import FIELDS, columns
from desktop_app.exchange.writing import Writing
from desktop_app.storage import codes, extras, lists, person_more
from desktop_app.storage.book import Book, Changes, new_id

_KINDS: Mapping[str, Kind] = {"day": "day", "birth": "day", "money": "money", "whole": "whole"}
_USUAL = ("no", "name", "birth", "sex", "cccd", "card", "team", "joined")
PRIVATE = "Riêng tư"
_ASKED = "x:"


@dataclass(frozen=True)
class MemberField:
    """A field a list may have: its key, what it is called, the heading it gets, of which part of the record it is."""

    key: str
    label: str
    heading: str
    group: str
    kind: Kind = "text"

    @property
    def private(self) -> bool:
        """Whether right and reason are needed to take it out."""
        return self.group == PRIVATE


def fields(book: Book | None = None) -> tuple[MemberField, ...]:
    """Every field of people, from the declarations of their records and (of a book) those the province asks; what is
    sensitive comes last.
    """
    known = {column.field: column.heading for column in columns()}
    made = [MemberField("no", "Số thứ tự", "STT", "Danh sách", "whole")]

    def add(group: str, declared: Sequence[Field], besides: Sequence[str] = ()) -> None:
        for field in declared:
            if field.name not in besides and field.kind not in ("ref", "facts"):
                heading = known.get(field.name, field.label)
                made.append(MemberField(field.name, field.label, heading, group, _KINDS.get(field.kind, "text")))

    add("Danh sách", entity_of(Person).fields)
    made += [
        MemberField("family", "Họ và tên đệm", "Họ và tên đệm", "Danh sách"),
        MemberField("given", "Tên", "Tên", "Danh sách"),
        MemberField("birth_year", "Năm sinh", "Năm sinh", "Danh sách", "whole"),
        MemberField("man", "Ngày sinh nếu là nam", "Nam", "Danh sách", "day"),
        MemberField("woman", "Ngày sinh nếu là nữ", "Nữ", "Danh sách", "day"),
        MemberField("state", "Trạng thái", "Trạng thái", "Danh sách"),
    ]
    add("Lương", entity_of(Wage).fields, ("person",))
    add("Hồ sơ", entity_of(PersonDetail).fields, ("person",))
    if book is not None:
        asked = (field for field in extras.defined(book).values() if not field.sensitive)
        made += [MemberField(f"{_ASKED}{one.code}", one.label, one.label, "Mục của tỉnh") for one in asked]
    made += [MemberField(f"+{kind.key}", kind.label, kind.label, PRIVATE) for kind in sensitive.kinds(book)]
    return tuple(made)


def usual() -> ListProfile:
    """The profile to begin with; it has no name yet and is not kept."""
    known = {field.key: field for field in fields()}
    given = {"name": "Danh sách", "columns": [{"field": key, "heading": known[key].heading} for key in _USUAL]}
    return dataclasses.replace(made(given), name="")


def made(values: Mapping[str, Any]) -> ListProfile:
    """A profile for one export, not kept; it needs no name."""
    return build(ListProfile, {"id": new_id(), **values, "name": values.get("name") or "Danh sách"})


def profiles(book: Book) -> list[ListProfile]:
    """The profiles kept, by name."""
    return sorted(book.all(ListProfile), key=lambda profile: vietnamese.sort_key(profile.name))


def save(book: Book, values: Mapping[str, Any], by: str) -> tuple[ListProfile, Changes]:
    """Keep a profile (`id` of a known one changes it). Raises `Refused`: no name, a name twice, no column, a heading
    twice."""
    profile = build(ListProfile, {"id": new_id(), **values})
    headings = [key(column.heading) for column in profile.columns]
    twice = next((c.heading for c in profile.columns if headings.count(key(c.heading)) > 1), "")
    problems = [Problem("columns", "Hãy chọn ít nhất một cột.")] if not headings else []
    if twice:
        problems.append(Problem("columns", f"Hai cột cùng có tiêu đề “{twice}”. Hãy đổi một tiêu đề."))
    same = vietnamese.fold(profile.name)
    if any(vietnamese.fold(one.name) == same and one.id != profile.id for one in book.all(ListProfile)):
        problems.append(Problem("name", f"Đã có mẫu tên “{profile.name}”. Hãy đặt tên khác."))
    if problems:
        raise Refused(problems)
    with book.transact("profile.save", by) as transaction:
        transaction.save(profile)
        return profile, transaction.changes


def drop(book: Book, id_: str, by: str) -> Changes:
    """Put a profile away."""
    with book.transact("profile.drop", by) as transaction:
        if (known := book.get(ListProfile, id_)) is not None:
            transaction.retire(known)
        return transaction.changes


def mapping(profile: ListProfile) -> dict[str, str]:
    """The profile as an import reads it: heading -> field, "" for a column that only a list out has."""
    return {column.heading: column.field if column.field in FIELDS else "" for column in profile.columns}


def private(profile: ListProfile) -> bool:
    """Whether a column of the profile is sensitive."""
    return any(column.field.startswith("+") for column in profile.columns)


def export(
    book: Book, profile: ListProfile, people: Sequence[str], path: Path, by: str,
    *, today: date, reason: str = "", password: str = "",
) -> int:  # fmt: skip
    """Write these people (ids, in this order) to a workbook; answers how many. Whole CCCD numbers taken out are noted.

    Raises `Refused` without the right or a reason where a column is sensitive, `Trouble` if the file cannot be written.
    """
    known = {field.key: field for field in fields(book)}
    asked = {column.field for column in profile.columns}
    facts = {}
    if hidden := [name.removeprefix("+") for name in asked if name.startswith("+")]:
        facts = sensitive.of_many(book, people, hidden, reason, by=by, password=password)
    held = _read(book, today)
    kinds = [known[c.field].kind if c.field in known else "text" for c in profile.columns]
    if profile.days != DAYS[0]:
        kinds = ["text" if kind == "day" else kind for kind in kinds]
    here = [person for person in people if person in held]
    if "cccd" in asked:
        sensitive.note_whole_numbers(book, len(here), f"Xuất Excel theo mẫu {profile.name}", by)

    def row(number: int, person: str) -> list[Any]:
        values = {**held[person], "no": number}
        values |= {f"+{what}": sensitive.shown(of[person]) for what, of in facts.items() if person in of}
        return [_written(values.get(column.field), profile.days) for column in profile.columns]

    with Writing(path) as writing:
        rows = (row(number, person) for number, person in enumerate(here, 1))
        return writing.sheet("Danh sách", [column.heading for column in profile.columns], kinds, rows)


def _read(book: Book, today: date) -> dict[str, dict[str, Any]]:
    """Everybody's values by field."""
    month, day = dates.month_of(today), today.isoformat()
    wages: dict[str, Wage] = {}
    for wage in sorted(book.all(Wage), key=lambda wage: wage.from_month):
        if wage.from_month <= month:
            wages[wage.person] = wage
    details: dict[str, list[PersonDetail]] = {}
    for detail in book.all(PersonDetail):
        details.setdefault(detail.person, []).append(detail)
    told: dict[str, dict[str, str]] = {}
    for extra in book.all(Extra):
        told.setdefault(extra.person, {})[f"{_ASKED}{extra.code}"] = shown_extra(extra.value)
    states = {one.id: one.status(day) for one in lists.people(book, everyone=True, today=today)}
    found = {}
    for person in book.all(Person):
        values = _plain(person)
        family, given = vietnamese.split_name(person.name)
        values |= {"family": family, "given": given, "state": states.get(person.id, "").capitalize()}
        if person.birth:
            born = dates.parse_partial(person.birth)
            values |= {"birth": born, "birth_year": born.year, "man" if person.sex != "Nữ" else "woman": born}
        values["member"] = person.member and person.until is None
        if person.id in wages:
            values |= _plain(wages[person.id])
            values["from_month"] = dates.show_month(wages[person.id].from_month) if values["from_month"] else ""
        if person.id in details:
            values |= _plain(person_more.together(details[person.id]))
        values |= told.get(person.id, {})
        found[person.id] = values
    return found


def _plain(record: Any) -> dict[str, Any]:
    return {field.name: _said(field, getattr(record, field.name)) for field in entity_of(record).fields}


def _said(field: Field, value: Any) -> Any:
    if field.kind == "rows":
        return "; ".join(" ".join(str(part) for part in vars(row).values() if part) for row in value)
    return codes.name_of(value) if field.name.endswith("_code") and value else value


def _written(value: Any, days: str) -> Any:
    """A value as the profile wants it; a day known in part is always text, so that no day is made up."""
    if isinstance(value, dates.PartialDate):
        value = value.first if value.day else value.iso if days == DAYS[2] else value.display
    if isinstance(value, date) and days != DAYS[0]:
        return value.isoformat() if days == DAYS[2] else dates.show_day(value)
    return value
