"""How histories become one state: a pure function of the *set* of ops, whatever order they came in.

Per field: an op that saw the current value (its base names the head) replaces it; of concurrent values the
larger (hlc, device) shows, the others stay as `overwritten`. Deletion never beats a concurrent edit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sync.protocol import Head, Op


@dataclass(frozen=True)
class State:
    """What a set of ops of one record says now."""

    values: Mapping[str, Any]
    heads: Mapping[str, tuple[Head, ...]]
    retired: bool
    erased: bool
    overlaps: Mapping[str, tuple[Op, ...]] = field(default_factory=dict)
    """Fields with concurrent, differing values: the ops, winner first."""


def resolve(ops: Iterable[Op]) -> State:
    """The state of one record. Duplicates and order do not matter."""
    unique = {op.head: op for op in ops}
    if len(unique) == 1:
        return _single(next(iter(unique.values())))
    seen: dict[str, set[Head]] = {}
    writers: dict[str, list[Op]] = {}
    retired: list[Op] = []
    erased = False
    for op in unique.values():
        if op.kind == "erase":
            erased = True
            continue
        if op.kind == "retire":
            retired.append(op)
        for name in op.fields or ():
            writers.setdefault(name, []).append(op)
            seen.setdefault(name, set()).update(op.heads_of(name))
    if erased:
        return State({}, {}, retired=True, erased=True)
    values: dict[str, Any] = {}
    heads: dict[str, tuple[Head, ...]] = {}
    overlaps: dict[str, tuple[Op, ...]] = {}
    for name, writing in writers.items():
        current = sorted(
            (op for op in writing if op.head not in seen[name]),
            key=lambda op: (op.hlc, op.head),
            reverse=True,
        )
        values[name] = (current[0].fields or {})[name]
        heads[name] = tuple(sorted(op.head for op in current))
        if len({repr((op.fields or {})[name]) for op in current}) > 1:
            overlaps[name] = tuple(current)
    known_at_retirement = set().union(*(heads_seen(op) for op in retired)) if retired else set()
    edited_beside = any(h not in known_at_retirement for hs in heads.values() for h in hs) if retired else False
    return State(values, heads, retired=bool(retired) and not edited_beside, erased=False, overlaps=overlaps)


def heads_seen(op: Op) -> set[Head]:
    """Every head an op names as known to its author."""
    return {head for group in op.base for head in group} | {op.head}


def _single(op: Op) -> State:
    if op.kind == "erase":
        return State({}, {}, retired=True, erased=True)
    fields = op.fields or {}
    return State(fields, dict.fromkeys(fields, (op.head,)), retired=op.kind == "retire", erased=False)
