"""Declared records as the journal and the wire carry them; pulled changes come in here: types only, no rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from desktop_app.domain.fields import Field, entity_of

T = TypeVar("T")


def to_wire(record: object) -> dict[str, Any]:
    """The values that differ from the declared defaults, as msgpack-ready types."""
    declared = entity_of(record)
    return {
        f.name: value_to_wire(f, value)
        for f in declared.fields
        if (value := getattr(record, f.name)) != declared.defaults[f.name]
    }


def value_to_wire(field: Field, value: Any) -> Any:
    """One value as text, int, bool, bytes (16-byte ids) or a list or map of these."""
    if field.kind == "day":
        return value.isoformat() if value else ""
    if field.kind == "ref":
        return bytes.fromhex(value.replace("-", ""))
    if field.kind == "rows":
        return [to_wire(row) for row in value]
    return value


def from_wire(record: type[T], id_: str, values: Mapping[str, Any]) -> T:
    """A record of pulled values: types are checked, unknown names dropped, rules not asked.

    Raises ValueError if a value has another type than its field.
    """
    declared = entity_of(record)
    known = {f.name: value_from_wire(f, values[f.name]) for f in declared.fields if values.get(f.name) is not None}
    make: Any = record
    made: T = make(id=id_, **known) if declared.table else make(**known)
    return made


_WIRE_TYPES: Mapping[str, type[Any]] = {
    "text": str, "whole": int, "money": int, "day": str, "month": str, "birth": str,
    "flag": bool, "choice": str, "ref": bytes, "rows": list, "facts": dict,
}  # fmt: skip


def value_from_wire(field: Field, value: Any) -> Any:
    """The inverse of `value_to_wire`. Raises ValueError on a wrong type."""
    expected: Any = _WIRE_TYPES[field.kind]
    if not isinstance(value, expected) or (field.kind in ("whole", "money") and isinstance(value, bool)):
        raise ValueError(f"{field.name}: {type(value).__name__} is not {field.kind}")
    if field.kind == "day":
        return date.fromisoformat(value) if value else None
    if field.kind == "ref":
        return str(UUID(bytes=value)) if value else ""
    if field.kind == "rows":
        assert field.row is not None
        if not all(isinstance(row, dict) for row in value):
            raise ValueError(f"{field.name}: not rows")
        return tuple(from_wire(field.row, "", row) for row in value)
    if field.kind in ("whole", "money") and not -(2**63) <= value < 2**63:
        raise ValueError(f"{field.name}: {value} is too large")
    if field.kind == "facts" and not _is_json(value):
        raise ValueError(f"{field.name}: not plain facts")
    return value


def _is_json(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_json(part) for key, part in value.items())
    if isinstance(value, list):
        return all(_is_json(part) for part in value)
    return value is None or isinstance(value, (str, int, float, bool))
