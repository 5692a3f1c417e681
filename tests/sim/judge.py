"""What must be true after quiet, and what is not: the invariants of the design, by what people did and saw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from sync import merge
from sync.protocol import Op

FIELDS = ("name", "team")


class Seen(Protocol):
    """What the judge asks of a world: the records, and which acts the author of each act had seen."""

    saw: dict[str, frozenset[str]]
    records: list[str]


def shown_wrongly(world: Seen, all_ops: Iterable[Op]) -> Iterator[str]:
    """By what each author saw (acts, not heads): nobody's value goes unshown and unasked, no edit falls to an end."""
    by_record: dict[str, dict[str, Op]] = {}
    for op in all_ops:
        by_record.setdefault(op.record, {})[op.actor] = op
    for record in world.records:
        if record in by_record:
            yield from _of_record(world.saw, by_record[record])


def _of_record(saw: Mapping[str, frozenset[str]], ops: dict[str, Op]) -> Iterator[str]:
    state = merge.resolve(ops.values())
    seen_by_ends = {seen for op in ops.values() if op.kind == "retire" for seen in saw[op.actor]}
    edits = [op for op in ops.values() if op.kind == "set"]
    for name in FIELDS:
        writing = [op for op in edits if name in (op.fields or {})]
        seen = {actor for op in writing for actor in saw[op.actor]}
        latest = {op.actor: op for op in writing if op.actor not in seen}
        if state.retired and not set(latest) <= seen_by_ends:
            yield "a deletion beat an edit"
        shown = {op.actor for op in state.overlaps.get(name, ())}
        shown |= {actor for actor, op in latest.items() if (op.fields or {})[name] == state.values.get(name)}
        if not set(latest) <= shown:
            yield "I6: a value was overwritten by who had not seen it, and nobody is asked"
