"""How histories become one state: a pure function of the *set* of ops, whatever order they came in.

Per field: an op that saw the current value (its base names the head) replaces it; of concurrent values the
larger (hlc, device) shows, the others stay as `overwritten`. Deletion never beats a concurrent edit: the record shows,
and a person is asked until an entry names the end as seen.

Twins are one act said under two device ids: a copied book took its unsent entries over to a new id (`adoption`),
and later the PC it was copied from sent them too. Who saw one saw the other, and they never ask a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
    ends: tuple[Head, ...] = ()
    """The ends that an edit stands beside which did not see them, until a person says whether the record stays."""


def resolve(ops: Iterable[Op]) -> State:
    """The state of one record. Duplicates and order do not matter."""
    unique = {op.head: op for op in ops}
    if len(unique) == 1:
        return _single(next(iter(unique.values())))
    twins = _twins(unique.values())
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
    replaced = {name: set(_of_twins(known, twins)) for name, known in seen.items()} if twins else {}
    if erased:
        return State({}, {}, retired=True, erased=True)
    values: dict[str, Any] = {}
    heads: dict[str, tuple[Head, ...]] = {}
    overlaps: dict[str, tuple[Op, ...]] = {}
    for name, writing in writers.items():
        unseen = [op for op in writing if op.head not in seen[name] and op.head not in replaced.get(name, ())]
        current = sorted(
            unseen or [op for op in writing if op.head not in seen[name]] or writing,
            key=lambda op: (op.hlc, op.head),
            reverse=True,
        )
        values[name] = (current[0].fields or {})[name]
        heads[name] = tuple(sorted(op.head for op in current))
        if len({repr((_one(op, twins).fields or {})[name]) for op in current}) > 1:
            overlaps[name] = tuple(current)
    known_at_retirement = _known(retired, twins) if retired else set()
    edited_beside = any(h not in known_at_retirement for hs in heads.values() for h in hs) if retired else False
    ends = tuple(sorted(op.head for op in retired)) if edited_beside else ()
    if ends and _all_seen(ends, unique.values(), twins):
        ends = ()
    return State(values, heads, bool(retired) and not edited_beside, False, overlaps, ends)


def overwritten(ops: Iterable[Op]) -> frozenset[tuple[Head, str]]:
    """Which values (head, field) of one record gave way to a concurrent one, whoever saw both of them since.

    Of values that stood beside each other the larger (hlc, device) holds; where somebody chose another, that one.
    """
    unique = {op.head: op for op in ops}
    lost: set[tuple[Head, str]] = set()
    beside: list[tuple[str, list[Op], Op | None]] = [
        (name, list(group), None) for name, group in resolve(unique.values()).overlaps.items()
    ]
    for op in unique.values():
        for name in op.fields or ():
            seen = (unique[head] for head in op.heads_of(name) if head in unique)
            group = [each for each in seen if name in (each.fields or {})]
            if len(group) > 1:
                beside.append((name, group, op))
    for name, group, chosen in beside:
        values = {each.head: repr((each.fields or {})[name]) for each in group}
        held = values[max(group, key=lambda each: (each.hlc, each.head)).head]
        if chosen is not None and (told := repr((chosen.fields or {})[name])) in values.values():
            held = told
        lost |= {(head, name) for head, value in values.items() if value != held}
    return frozenset(lost)


def heads_seen(op: Op) -> set[Head]:
    """Every head an op names as known to its author."""
    return {head for group in op.base for head in group} | {op.head}


_Twins = Mapping[Head, tuple[Op, ...]]
_SETS = (("closing", "through"), ("submission", "through"))
"""Fields that hold a set of entries by their numbers."""


def _twins(ops: Iterable[Op]) -> _Twins:
    """Of every act that stands there more than once, all its ops, the one of the smallest head first.

    The same moment to the counter, person, verb and values; but a set that was frozen names other numbers.
    """
    by_moment: dict[int, list[Op]] = {}
    for op in ops:
        by_moment.setdefault(op.hlc, []).append(op)
    twins: dict[Head, tuple[Op, ...]] = {}
    for at_once in by_moment.values():
        acts: dict[Any, list[Op]] = {}
        for op in at_once if len(at_once) > 1 else ():
            said = {k: v for k, v in sorted((op.fields or {}).items()) if (op.entity, k) not in _SETS}
            acts.setdefault((op.actor, op.verb, op.kind, repr(said)), []).append(op)
        for same in acts.values():
            if len(same) > 1:
                group = tuple(sorted(same, key=lambda op: op.head))
                twins.update((op.head, group) for op in group)
    return twins


def _one(op: Op, twins: _Twins) -> Op:
    """The op that stands for an act."""
    return twins[op.head][0] if op.head in twins else op


def _of_twins(heads: Iterable[Head], twins: _Twins) -> Iterator[Head]:
    for head in heads:
        for twin in twins.get(head, ()):
            yield twin.head


def _known(retired: Iterable[Op], twins: _Twins) -> set[Head]:
    """Every head that those who ended the record knew, and their twins."""
    known = {head for op in retired for head in heads_seen(op)}
    return known | set(_of_twins(known, twins))


def _all_seen(ends: Iterable[Head], ops: Iterable[Op], twins: _Twins) -> bool:
    """Whether those who wrote on named every end: they knew of it, and the record stays."""
    seen = {head for op in ops if op.kind == "set" for group in op.base for head in group}
    seen |= set(_of_twins(seen, twins))
    return seen.issuperset(ends)


def _single(op: Op) -> State:
    if op.kind == "erase":
        return State({}, {}, retired=True, erased=True)
    fields = op.fields or {}
    return State(fields, dict.fromkeys(fields, (op.head,)), retired=op.kind == "retire", erased=False)
