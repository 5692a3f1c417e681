"""Save and read any record from its declaration: one table an entity, one child table a `rows` field."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from desktop_app.domain import vietnamese
from desktop_app.domain.fields import Entity, Field, entity_of

T = TypeVar("T")

# What a table keeps beside the declared values, for search and order.
DERIVED: Mapping[str, Mapping[str, Any]] = {
    "person": {
        "sort_key": lambda person: vietnamese.sort_key(person.name),
        "folded": lambda person: " ".join(
            (vietnamese.fold(person.name), vietnamese.initials(person.name), person.cccd, vietnamese.fold(person.card))
        ),
    },
}

# The same beside nested rows, derived from their owner: money is summed over one table, without a join.
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


def put(db: Any, record: Any, retired: bool = False) -> None:
    """Insert or replace the row of a record (inside the caller's transaction)."""
    declared = entity_of(record)
    columns: dict[str, Any] = {"id": record.id, "retired": int(retired)}
    for field in declared.fields:
        value = getattr(record, field.name)
        if field.kind == "rows":
            _put_children(db, child_table(declared, field), field, record, retired)
        else:
            columns[field.name] = _to_column(field, value)
    for name, derive in DERIVED.get(declared.name, {}).items():
        columns[name] = derive(record)
    db.execute(
        f"INSERT OR REPLACE INTO {declared.table} ({', '.join(_quote(c) for c in columns)})"  # noqa: S608
        f" VALUES ({', '.join('?' * len(columns))})",
        list(columns.values()),
    )


def _put_children(db: Any, table: str, field: Field, owner: Any, retired: bool) -> None:
    assert field.row is not None
    inner = entity_of(field.row).fields
    derived = {name: derive(owner, retired) for name, (_, derive) in DERIVED_ROWS.get(table, {}).items()}
    names = ["owner", "no", *(f.name for f in inner), *derived]
    db.execute(f"DELETE FROM {table} WHERE owner = ?", [owner.id])  # noqa: S608
    for number, row in enumerate(getattr(owner, field.name), 1):
        values = [_to_column(f, getattr(row, f.name)) for f in inner]
        db.execute(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES (?{', ?' * (len(names) - 1)})",  # noqa: S608
            [owner.id, number, *values, *derived.values()],
        )


def get(db: Any, record: type[T], id_: str) -> T | None:
    """The record of an id, or None."""
    return next(find(db, record, "id = ?", [id_]), None)


def find(db: Any, record: type[T], where: str = "1", params: Any = (), order: str = "rowid") -> Iterator[T]:
    """Records of one table that are not retired, by a condition written in `storage` only."""
    declared = entity_of(record)
    plain = [f for f in declared.fields if f.kind != "rows"]
    nested_fields = [f for f in declared.fields if f.kind == "rows"]
    sql = (
        f"SELECT {', '.join(['id', *(_quote(f.name) for f in plain)])} FROM {declared.table}"  # noqa: S608
        f" WHERE ({where}) AND retired = 0 ORDER BY {order}"
    )
    for row in db.execute(sql, params):
        values = {f.name: _from_column(f, cell) for f, cell in zip(plain, row[1:], strict=True)}
        for field in nested_fields:
            values[field.name] = _children(db, declared, field, row[0])
        make: Any = record
        yield make(id=row[0], **values)


def _children(db: Any, declared: Entity, field: Field, owner: str) -> tuple[Any, ...]:
    assert field.row is not None
    inner = entity_of(field.row).fields
    sql = (
        f"SELECT {', '.join(f.name for f in inner)} FROM {child_table(declared, field)}"  # noqa: S608
        " WHERE owner = ? ORDER BY no"
    )
    return tuple(
        field.row(**{f.name: _from_column(f, cell) for f, cell in zip(inner, row, strict=True)})
        for row in db.execute(sql, [owner])
    )


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
    columns = ["id TEXT NOT NULL UNIQUE", "retired INTEGER NOT NULL DEFAULT 0"]
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
