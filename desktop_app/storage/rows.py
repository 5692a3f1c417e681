"""Save and read any record from its declaration: one table an entity, one child table a `rows` field."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any, TypeVar

from desktop_app.domain import vietnamese
from desktop_app.domain.fields import Entity, Field, entity_of

T = TypeVar("T")
Row = tuple[Any, bool]
"""A record, and whether it is retired."""

# What a table keeps beside the declared values, for search and order.
DERIVED: Mapping[str, Mapping[str, Any]] = {
    "person": {
        "sort_key": lambda person: vietnamese.sort_key(person.name),
        "folded": lambda person: vietnamese.search_words(person.name),
    },
}

# Tables whose rows have a lasting number `no`, by which an index of words names them.
NUMBERED = frozenset({"person"})

# The same beside nested rows, derived from their owner: money is summed over one table, without a join. Rows below 0
# are no part of the record: `bookings` says what they hold.
DERIVED_ROWS: Mapping[str, Mapping[str, tuple[str, Callable[[Any, bool], Any]]]] = {
    "vouchers_lines": {
        "day": ("TEXT", lambda voucher, _: voucher.day.isoformat() if voucher.day else None),
        "counts": (
            "INTEGER NOT NULL DEFAULT 0",
            lambda voucher, retired: int(voucher.posted and not voucher.cancelled and not retired),
        ),
    },
}


def child_table(declared: Entity, field: Field) -> str:
    """The table that holds the nested rows of a field."""
    return f"{declared.table}_{field.name}"


@dataclass(frozen=True)
class _Nested:
    """A child table: its field, the column converters of its rows, and its SQL."""

    field: Field
    fields: tuple[Field, ...]
    derived: tuple[Callable[[Any, bool], Any], ...]
    insert: str
    delete: str
    select: str
    stream: str


@dataclass(frozen=True)
class _Table:
    """What reading and writing one entity needs, worked out once: the same SQL text is prepared once, too.

    `values` reads a record's columns at once; those `apart` are kept in another form than the record has them. `people`
    are the columns that name a person (the second: a column that must say so, -1 without).
    """

    plain: tuple[Field, ...]
    values: Callable[[Any], tuple[Any, ...]]
    apart: tuple[tuple[int, Field], ...]
    people: tuple[tuple[int, int], ...]
    is_person: bool
    nested: tuple[_Nested, ...]
    derived: tuple[Callable[[Any], Any], ...]
    put: str
    delete: str
    select: str


@functools.cache
def _table(record: type) -> _Table:
    declared = entity_of(record)
    plain = tuple(f for f in declared.fields if f.kind != "rows")
    derived = DERIVED.get(declared.name, {})
    columns = ["id", "retired", *(_quote(f.name) for f in plain), *derived]
    return _Table(
        plain,
        attrgetter("id", *(f.name for f in plain)),
        tuple((at, f) for at, f in enumerate(plain, 2) if f.kind in _APART),
        tuple(_people(plain)),
        declared.name == "person",
        tuple(_nested(child_table(declared, f), f) for f in declared.fields if f.kind == "rows"),
        tuple(derived.values()),
        f"INSERT INTO {declared.table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608
        f" ON CONFLICT (id) DO UPDATE SET {', '.join(f'{c} = excluded.{c}' for c in columns[1:])}",
        f"DELETE FROM {declared.table} WHERE id = ?",  # noqa: S608
        f"SELECT {', '.join(['id', *(_quote(f.name) for f in plain)])} FROM {declared.table}",  # noqa: S608
    )


def _people(plain: Sequence[Field]) -> Iterator[tuple[int, int]]:
    """Which columns name a person; of a file its owner, if `owner_entity` says that it is one."""
    at = {field.name: place for place, field in enumerate(plain, 2)}
    yield from ((at[field.name], -1) for field in plain if field.to == "person")
    if "owner_entity" in at:
        yield at["owner"], at["owner_entity"]


def _nested(table: str, field: Field) -> _Nested:
    assert field.row is not None
    fields = entity_of(field.row).fields
    derived = DERIVED_ROWS.get(table, {})
    names = [f.name for f in fields]
    columns = ["owner", "no", *names, *derived]
    return _Nested(
        field,
        fields,
        tuple(derive for _, derive in derived.values()),
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",  # noqa: S608
        f"DELETE FROM {table} WHERE owner = ?",  # noqa: S608
        f"SELECT {', '.join(names)} FROM {table} WHERE owner = ? AND no > 0 ORDER BY no",  # noqa: S608
        f"SELECT owner, {', '.join(names)} FROM {table} WHERE no > 0 ORDER BY owner, no",  # noqa: S608
    )


def put(db: Any, record: Any, *, retired: bool = False, new: bool = False) -> None:
    """Write the row of a record (inside the caller's transaction); `new` says that there is none yet. Whoever was made
    one with another person has a row that is not listed, and is named by the survivor's id.
    """
    kind: Any = type(record)
    table = _table(kind)
    db.conn.execute(table.put, _cells(db, table, record, retired))
    for nested in table.nested:
        if not new:
            db.conn.execute(nested.delete, [record.id])
        for cells in _nested_cells(nested, record, retired):
            db.conn.execute(nested.insert, cells)


def put_new(db: Any, made: Sequence[Row]) -> None:
    """Write the rows of many records of one kind that have none yet (inside the caller's transaction)."""
    kind: Any = type(made[0][0])
    table = _table(kind)
    db.conn.executemany(table.put, [_cells(db, table, record, retired) for record, retired in made])
    for nested in table.nested:
        cells = [cells for record, retired in made for cells in _nested_cells(nested, record, retired)]
        db.conn.executemany(nested.insert, cells)


def _cells(db: Any, table: _Table, record: Any, retired: bool) -> list[Any]:
    id_, *values = table.values(record)
    cells = [id_, int(retired or (table.is_person and survivor(db, id_) != id_)), *values]
    for at, by in table.people:
        if cells[at] and (by < 0 or cells[by] == "person"):
            cells[at] = survivor(db, cells[at])
    for at, field in table.apart:
        cells[at] = _to_column(field, cells[at])
    return cells + [derive(record) for derive in table.derived]


def _nested_cells(nested: _Nested, record: Any, retired: bool) -> Iterator[list[Any]]:
    derived = [derive(record, retired) for derive in nested.derived]
    for number, row in enumerate(getattr(record, nested.field.name), 1):
        yield [record.id, number, *(_to_column(f, getattr(row, f.name)) for f in nested.fields), *derived]


def survivor(db: Any, person: str) -> str:
    """The id that a person (an id) is read as: another's where two records were made one (`storage.same`)."""
    found = db.conn.execute("SELECT survivor FROM person_same WHERE person = ?", [person]).fetchone()
    return found[0] if found else person


def followed(record: T, read_as: Callable[[str], str]) -> T:
    """A record as its row holds it: who was merged is named by the survivor's id."""
    kind: Any = type(record)
    table, plain = _table(kind), {}
    for at, by in table.people:
        name = table.plain[at - 2].name
        value = getattr(record, name)
        if value and (by < 0 or getattr(record, table.plain[by - 2].name) == "person") and read_as(value) != value:
            plain[name] = read_as(value)
    made: Any = record
    return dataclasses.replace(made, **plain) if plain else record


def remove(db: Any, record: type, id_: str) -> None:
    """Take a row away, with its nested rows (only where a person is erased)."""
    kind: Any = record
    table = _table(kind)
    db.conn.execute(table.delete, [id_])
    for nested in table.nested:
        db.conn.execute(nested.delete, [id_])


def get(db: Any, record: type[T], id_: str) -> T | None:
    """The record of an id, or None."""
    return next(find(db, record, "id = ?", [id_]), None)


def find(db: Any, record: type[T], where: str = "1", params: Any = (), order: str = "rowid") -> Iterator[T]:
    """Records of one table that are not retired, by a condition written in `storage` only."""
    make: Any = record
    table = _table(make)
    for row in db.execute(f"{table.select} WHERE ({where}) AND retired = 0 ORDER BY {order}", params):
        values = {f.name: _from_column(f, cell) for f, cell in zip(table.plain, row[1:], strict=True)}
        for nested in table.nested:
            rows = db.conn.execute(nested.select, [row[0]])
            values[nested.field.name] = tuple(_child(nested, cells) for cells in rows)
        yield make(id=row[0], **values)


def derive(record: Any) -> tuple[Any, ...]:
    """What the table keeps of a record beside its declared values."""
    kind: Any = type(record)
    return tuple(derive(record) for derive in _table(kind).derived)


def with_derived(db: Any, record: type[T]) -> Iterator[tuple[T, tuple[Any, ...]]]:
    """Every record of a table that keeps derived columns, with what stands in these."""
    declared = entity_of(record)
    names = ", ".join(DERIVED.get(declared.name, ()))
    if names:
        kept = db.conn.execute(f"SELECT {names} FROM {declared.table} WHERE retired = 0 ORDER BY id")  # noqa: S608
        yield from zip(stream(db, record), kept, strict=True)


def stream(db: Any, record: type[T]) -> Iterator[T]:
    """Every record of a table that is not retired in order of id, nested rows read along in one pass."""
    make: Any = record
    table = _table(make)
    children = [_by_owner(db, nested) for nested in table.nested]
    for row in db.conn.execute(f"{table.select} WHERE retired = 0 ORDER BY id"):
        values = {f.name: _from_column(f, cell) for f, cell in zip(table.plain, row[1:], strict=True)}
        for nested, of in zip(table.nested, children, strict=True):
            values[nested.field.name] = of(row[0])
        yield make(id=row[0], **values)


def _by_owner(db: Any, nested: _Nested) -> Callable[[str], tuple[Any, ...]]:
    """A function that answers the nested rows of owners asked for in ascending order."""
    groups = itertools.groupby(db.conn.execute(nested.stream), key=lambda cells: cells[0])
    ahead = next(groups, None)

    def of(owner: str) -> tuple[Any, ...]:
        nonlocal ahead
        while ahead is not None and ahead[0] < owner:
            ahead = next(groups, None)
        if ahead is None or ahead[0] != owner:
            return ()
        found = tuple(_child(nested, cells[1:]) for cells in ahead[1])
        ahead = next(groups, None)
        return found

    return of


def _child(nested: _Nested, cells: Any) -> Any:
    make: Any = nested.field.row
    return make(**{f.name: _from_column(f, cell) for f, cell in zip(nested.fields, cells, strict=True)})


_APART = ("day", "flag", "facts")


def _to_column(field: Field, value: Any) -> Any:
    if field.kind == "day":
        return value.isoformat() if value else None
    if field.kind == "flag":
        return int(value)
    if field.kind == "facts":
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return value


def _from_column(field: Field, cell: Any) -> Any:
    if field.kind == "day":
        return date.fromisoformat(cell) if cell else None
    if field.kind == "flag":
        return bool(cell)
    if field.kind == "facts":
        return json.loads(cell)
    return cell


def _quote(name: str) -> str:
    return f'"{name}"'


def table_sql(declared: Entity) -> list[str]:
    """The CREATE statements of a declaration, for writing the next migration by hand."""
    kinds = {"whole": "INTEGER NOT NULL DEFAULT 0", "money": "INTEGER NOT NULL DEFAULT 0",
             "flag": "INTEGER NOT NULL DEFAULT 0", "day": "TEXT", "facts": "TEXT NOT NULL DEFAULT '{}'"}  # fmt: skip
    text = "TEXT NOT NULL DEFAULT ''"
    columns = ["no INTEGER PRIMARY KEY"] if declared.name in NUMBERED else []
    columns += ["id TEXT NOT NULL UNIQUE", "retired INTEGER NOT NULL DEFAULT 0"]
    columns += [f"{_quote(f.name)} {kinds.get(f.kind, text)}" for f in declared.fields if f.kind != "rows"]
    columns += [f"{name} {text}" for name in DERIVED.get(declared.name, {})]
    made = [f"CREATE TABLE {declared.table} (\n  " + ",\n  ".join(columns) + "\n)"]
    for field in declared.fields:
        if field.kind == "rows":
            assert field.row is not None
            table = child_table(declared, field)
            inner = ["owner TEXT NOT NULL", "no INTEGER NOT NULL"]
            inner += [f"{f.name} {kinds.get(f.kind, text)}" for f in entity_of(field.row).fields]
            inner += [f"{name} {kind}" for name, (kind, _) in DERIVED_ROWS.get(table, {}).items()]
            inner.append("PRIMARY KEY (owner, no)")
            made.append(f"CREATE TABLE {table} (\n  " + ",\n  ".join(inner) + "\n) WITHOUT ROWID")
    return made
