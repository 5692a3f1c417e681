"""Declared once: a record's fields say kind, label and checks; tables, forms, wire and validation read that.

An entity is a frozen dataclass under `@entity`; its fields are made by the functions below, one per kind.
`build` is the strict door of everything a user gives (a form, an Excel row, the command line): it answers a
record or raises `Refused` with one sentence per field. Pulled changes come through `domain.wire`: types only.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar, cast, dataclass_transform
from uuid import UUID

from desktop_app.domain import amounts, dates, vietnamese
from desktop_app.domain.errors import Problem, Refused

T = TypeVar("T")
Check = Callable[[Any], Any]
_ID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Field:
    """What one field is: `kind` decides type, wire and column; `merge` the rule of concurrent edits.

    `merge` is "contact" (later wins, kept in history), "identity" (later wins, a person is asked) or
    "fixed" (immutable once the record is posted).
    """

    kind: str
    label: str
    required: bool = False
    options: tuple[str, ...] = ()
    longest: int = 0
    check: Check | None = None
    merge: str = "contact"
    to: str = ""
    row: type | None = None
    least: int | None = None
    name: str = ""


@dataclass(frozen=True)
class Entity:
    """A declared record type: `name` on the wire, `table` in the book, `private` values kept beside the chain.

    Values of a `restricted` one (private too) never leave the book. Of a `province` one only what the province's own
    device wrote is believed. `largest` bounds one journal entry, bytes.
    """

    name: str
    table: str
    label: str
    private: bool
    restricted: bool
    province: bool
    largest: int
    fields: tuple[Field, ...]
    defaults: Mapping[str, Any]
    record: type

    def field(self, name: str) -> Field:
        return next(f for f in self.fields if f.name == name)


_EMPTY: Mapping[str, Any] = {
    "text": "", "whole": 0, "money": 0, "day": None, "month": "", "birth": "",
    "flag": False, "choice": "", "ref": "", "rows": (), "facts": {},
}  # fmt: skip


def _field(kind: str, label: str, default: Any = None, **facts: Any) -> Any:
    declared = Field(kind, label, **facts)
    if kind == "facts":
        return dataclasses.field(default_factory=dict, metadata={"field": declared})
    return dataclasses.field(default=_EMPTY[kind] if default is None else default, metadata={"field": declared})


def text(
    label: str,
    *,
    required: bool = False,
    longest: int = 500,
    check: Check | None = None,
    merge: str = "contact",
) -> Any:
    """NFC Unicode text, trimmed."""
    return _field("text", label, required=required, longest=longest, check=check, merge=merge)


def whole(label: str, *, initial: int = 0, least: int | None = None, merge: str = "contact") -> Any:
    """A whole number."""
    return _field("whole", label, initial, least=least, merge=merge)


def money(label: str, *, least: int | None = None, merge: str = "contact") -> Any:
    """An amount in đồng."""
    return _field("money", label, least=least, merge=merge)


def day(label: str, *, required: bool = False, merge: str = "contact") -> Any:
    """A date, or None."""
    return _field("day", label, required=required, merge=merge)


def month(label: str, *, required: bool = False, merge: str = "contact") -> Any:
    """A month as "2026-10", or ""."""
    return _field("month", label, required=required, merge=merge)


def birth(label: str, *, required: bool = False, merge: str = "identity") -> Any:
    """A date of known precision as "1985-03-05", "1985-03" or "1985"."""
    return _field("birth", label, required=required, merge=merge)


def flag(label: str, *, initial: bool = False, merge: str = "contact") -> Any:
    """Yes or no."""
    return _field("flag", label, initial, merge=merge)


def choice(
    label: str,
    options: Sequence[str],
    *,
    required: bool = False,
    initial: str | None = None,
    merge: str = "contact",
) -> Any:
    """One of a short fixed list of Vietnamese words."""
    return _field("choice", label, initial, options=tuple(options), required=required, merge=merge)


def ref(label: str, to: str, *, required: bool = False, merge: str = "contact") -> Any:
    """The id of another record of entity `to` ("": another field tells which), or ""."""
    return _field("ref", label, to=to, required=required, merge=merge)


def rows(label: str, row: type, *, merge: str = "fixed") -> Any:
    """A tuple of nested declared rows, one value for merge and history."""
    return _field("rows", label, row=row, merge=merge)


def facts(label: str, *, merge: str = "fixed") -> Any:
    """A mapping of text to JSON values (cells of a report)."""
    return _field("facts", label, merge=merge)


_BY_NAME: dict[str, Entity] = {}


@dataclass_transform(
    frozen_default=True,
    field_specifiers=(text, whole, money, day, month, birth, flag, choice, ref, rows, facts),
)
def entity(
    name: str, table: str, label: str, *, private: bool = False, restricted: bool = False,
    province: bool = False, largest: int = 2048,
) -> Callable[[type[T]], type[T]]:
    """Make a frozen dataclass out of a declaration and remember it under its wire name."""

    def declare(cls: type[T]) -> type[T]:
        # What a dataclass would write out and compile for each of so many records is one function for all of them, or
        # is made when the first record is: it is done at every start.
        shared: Any = cls
        shared.__eq__, shared.__hash__, shared.__repr__ = _equal, _hashed, _shown
        shared.__setattr__, shared.__delattr__, shared.__init__ = _frozen, _frozen, _first
        shared.__doc__ = shared.__doc__ or cls.__name__
        made = dataclass(init=False, eq=False, repr=False)(cls)
        plain: Any = made
        declared = tuple(
            dataclasses.replace(f.metadata["field"], name=f.name)
            for f in dataclasses.fields(plain)
            if "field" in f.metadata
        )
        defaults: dict[str, Any] = {f.name: ({} if declared_f.kind == "facts" else f.default)
                    for f in dataclasses.fields(plain) if "field" in f.metadata
                    for declared_f in (f.metadata["field"],)}  # fmt: skip
        described = Entity(
            name, table, label, private or restricted, restricted, province, largest, declared, defaults, made
        )
        made.__entity__ = described  # type: ignore[attr-defined]
        if table:
            _BY_NAME[name] = described
        return made

    return declare


def _frozen(self: object, name: str, *_: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot change field {name!r} of {type(self).__qualname__}")


def _first(self: object, *given: Any, **named: Any) -> None:
    """The first record of a class makes the `__init__` of all."""
    made: Any = type(self)
    room: dict[str, Any] = {"_fresh": _FRESH}
    arguments, values = [], []
    for field in dataclasses.fields(made):
        name = field.name
        if field.default_factory is not dataclasses.MISSING:
            arguments.append(f"{name}=_fresh")
            values.append(f"{name}={{}} if {name} is _fresh else {name}")
            continue
        if field.default is not dataclasses.MISSING:
            room[f"_{name}"] = field.default
        arguments.append(f"{name}=_{name}" if f"_{name}" in room else name)
        values.append(f"{name}={name}")
    written = f"def __init__(self, {', '.join(arguments)}):\n self.__dict__.update({', '.join(values)})"
    exec(written, room)  # noqa: S102 - names of declared fields, as dataclasses does it
    made.__init__ = room["__init__"]
    made.__init__(self, *given, **named)


_FRESH = object()


def _values(record: Any) -> tuple[Any, ...]:
    return tuple(getattr(record, name) for name in record.__dataclass_fields__)


def _equal(self: object, other: object) -> bool:
    return _values(self) == _values(other) if other.__class__ is self.__class__ else NotImplemented


def _hashed(self: object) -> int:
    return hash(_values(self))


def _shown(self: object) -> str:
    told = ", ".join(f"{name}={value!r}" for name, value in zip(_names(self), _values(self), strict=True))
    return f"{type(self).__qualname__}({told})"


def _names(record: Any) -> tuple[str, ...]:
    return tuple(record.__dataclass_fields__)


@dataclass_transform(
    frozen_default=True,
    field_specifiers=(text, whole, money, day, month, birth, flag, choice, ref, rows, facts),
)
def nested(label: str) -> Callable[[type[T]], type[T]]:
    """Declare the rows of a `rows` field; they have no id of their own."""
    return entity("", "", label)


def entity_of(record: object) -> Entity:
    """The declaration of a record or of its class."""
    return cast(Entity, record.__entity__)  # type: ignore[attr-defined]


def entities() -> Mapping[str, Entity]:
    """Every declared entity by its wire name, in order of declaration."""
    return dict(_BY_NAME)


def build(record: type[T], values: Mapping[str, Any], *, today: date | None = None) -> T:
    """Make a record of what a user gave: texts, numbers, dates or ready values, by field name.

    Raises `Refused` with a sentence for each field that cannot be understood or is missing.
    """
    declared = entity_of(record)
    problems: list[Problem] = []
    ready: dict[str, Any] = {"id": values["id"]} if "id" in values else {}
    for field in declared.fields:
        given = values.get(field.name)
        if given is None or (isinstance(given, str) and not given.strip()):
            if field.required:
                problems.append(Problem(field.name, f"Hãy nhập {field.label}."))
            continue
        try:
            value = _parse(field, given, today)
            if field.check is not None:
                value = field.check(value)
        except Refused as refused:
            problems += [Problem(f"{field.name}.{p.field}".rstrip("."), p.problem) for p in refused.problems]
        except ValueError as error:
            problems.append(Problem(field.name, f"{field.label}: {error}"))
        else:
            ready[field.name] = value
    if problems:
        raise Refused(problems)
    return record(**ready)


def _parse(field: Field, given: Any, today: date | None) -> Any:
    kind = field.kind
    if kind == "text":
        value = vietnamese.clean(str(given))
        if field.longest and len(value) > field.longest:
            raise ValueError(f"dài {len(value)} ký tự, nhiều nhất là {field.longest}. Hãy viết ngắn lại.")
        return value
    if kind in ("money", "whole"):
        number = amounts.parse_amount(given) if kind == "money" else _parse_whole(given)
        if field.least is not None and number < field.least:
            raise ValueError(f"không được nhỏ hơn {amounts.format_amount(field.least)}.")
        return number
    if kind == "day":
        return given if type(given) is date else dates.parse_day(given, today or date.today())  # noqa: DTZ011
    if kind == "month":
        return dates.parse_month(given)
    if kind == "birth":
        born = dates.parse_partial(given)
        if born.first > (today or date.today()):  # noqa: DTZ011 - the accountant's own day
            raise ValueError("ở sau hôm nay. Hãy kiểm tra lại năm.")
        return born.iso
    if kind == "flag":
        return _parse_flag(given)
    if kind == "choice":
        folded = vietnamese.fold(str(given))
        for option in field.options:
            if vietnamese.fold(option) == folded:
                return option
        raise ValueError(f"“{given}” không có trong danh sách. Hãy chọn: {', '.join(field.options)}.")
    if kind == "ref":
        return given if isinstance(given, str) and _ID.fullmatch(given) else str(UUID(str(given)))
    if kind == "rows":
        assert field.row is not None
        return tuple(r if isinstance(r, field.row) else build(field.row, r, today=today) for r in given)
    return dict(given)


def _parse_whole(given: Any) -> int:
    try:
        return amounts.parse_amount(given)
    except ValueError:
        raise ValueError(f"“{given}” chưa rõ là số nào, hãy gõ một số nguyên, ví dụ 120.") from None


def _parse_flag(given: Any) -> bool:
    if isinstance(given, bool):
        return given
    folded = vietnamese.fold(str(given)).strip()
    if folded in ("co", "x", "1", "true", "yes", "dung"):
        return True
    if folded in ("khong", "0", "false", "no", "sai"):
        return False
    raise ValueError(f"“{given}” chưa rõ. Hãy ghi Có hoặc Không.")
