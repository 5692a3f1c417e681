"""The rules of `tests.sim.rules` broken in the program itself: what the storms on real books must find."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from desktop_app.storage import enrolment, incoming
from tests.sim.rules import ACK, CURSOR, FORK, LOST, broken_in_both

if TYPE_CHECKING:
    from tests.sim.storms import World


@contextmanager
def broken_in_program(rule: str, world: World) -> Iterator[None]:
    """Break one rule ("" none) in book, client and server."""
    with broken_in_both(rule), ExitStack() as more:
        for place, name, does in _BROKEN[rule](world) if rule in _BROKEN else ():
            more.enter_context(patch.object(place, name, does))
        yield


_Patches = list[tuple[Any, str, Any]]


def _cursor(_: World) -> _Patches:
    apply = incoming.apply

    def ahead(book: Any, ops: Any, standing: Any, whole: bool = False, **more: Any) -> Any:
        if ops:
            with book.writing():
                enrolment.stand(book, standing)
        return apply(book, ops, standing, whole, **more)

    return [(incoming, "apply", ahead)]


def _ack(world: World) -> _Patches:
    from django.db import transaction

    from sync.server import ingest

    receive = ingest.receive

    def told_only(request: Any, device: Any) -> Any:
        if not world.storm or world.dice.random() > 0.5:
            return receive(request, device)
        with transaction.atomic():
            told = receive(request, device)
            transaction.set_rollback(True)
        return told

    return [(ingest, "receive", told_only)]


def _fork(_: World) -> _Patches:
    from sync.server import history, ingest, projections

    def store(unit: Any, device: Any, request: Any, entries: Sequence[Any]) -> None:
        if request.first > device.dseq + 1:
            raise ingest.Gap(device.dseq)
        fresh = entries[min(device.dseq - request.first + 1, len(entries)) :]
        if fresh:
            projections.project(unit, history.append(unit, device, fresh), fresh)

    return [(ingest, "_store", store)]


def _lost(world: World) -> _Patches:
    read = incoming._Page.read

    def forgets(page: Any, ops: Sequence[incoming.Pulled]) -> None:
        read(page, [(*op[:2], None if world.dice.random() < 0.05 else op[2]) for op in ops])

    return [(incoming._Page, "read", forgets)]


_BROKEN: dict[str, Callable[[World], _Patches]] = {CURSOR: _cursor, ACK: _ack, FORK: _fork, LOST: _lost}
