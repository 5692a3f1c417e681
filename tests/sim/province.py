"""The real Django server inside this process: its views on a database in memory, which can be put back.

Django is set up once in a process and stays: whoever uses this runs apart from other tests.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from sync.link import Answer
from sync.server.place import open_place

UNION = "40-001"


class Province:
    """The real views on a database in memory. `answer` is what HTTP would carry."""

    def __init__(self, folder: Path) -> None:
        open_place(folder, "sqlite:///:memory:")
        from django.db import connection
        from django.test import RequestFactory

        from sync.server import clock, units
        from sync.server.web import wire

        self._views, self._ask, self._sql, self.clock = wire, RequestFactory(), connection, clock
        units.add(UNION, "Công đoàn Công ty May Sông Lam", "Văn phòng")
        self._fresh = self.copy()

    def copy(self) -> sqlite3.Connection:
        """The whole database as it is committed now."""
        made = sqlite3.connect(":memory:")
        self._sql.connection.backup(made)
        return made

    def put_back(self, copy: sqlite3.Connection) -> None:
        """Another life of the database: as it was, of a later epoch."""
        from sync.server.models import Installation

        epoch = Installation.objects.get().epoch
        copy.backup(self._sql.connection)
        Installation.objects.update(epoch=epoch + 1)

    def afresh(self) -> None:
        """As no PC had ever spoken to it."""
        self._fresh.backup(self._sql.connection)

    def code(self) -> str:
        from sync.server import units

        return units.give_code(units.find(UNION), "Văn phòng").code

    def revoke(self, device: str) -> None:
        from sync.server import units
        from sync.server.models import Device

        if found := Device.objects.filter(device=device, revoked=None).first():
            units.revoke(found, "Văn phòng")

    def revoked(self) -> set[str]:
        from sync.server.models import Device

        return set(Device.objects.exclude(revoked=None).values_list("device", flat=True))

    def let_in(self, dice: Random | None = None) -> None:
        """The staff takes what revoked PCs sent since: all of it, or some (by dice)."""
        from sync.server import held
        from sync.server.models import Device

        for device in Device.objects.exclude(revoked=None).order_by("pk"):
            kept = [act.last for act in held.acts(device)]
            if kept and (dice is None or dice.random() < 0.5):
                held.take(device, dice.choice(kept) if dice else kept[-1], "Văn phòng")

    def answer(self, body: bytes, path: str = "/sync/v1") -> Answer:
        view = getattr(self._views, path.split("/")[1])
        told = view(self._ask.post(path, body, content_type="application/x-socongdoan"))
        return Answer(told.status_code, told.content)

    def entries(self) -> list[tuple[str, int, bytes]]:
        """(device, dseq, bytes) in order of seq."""
        from sync.server.models import Op as Kept

        found = Kept.objects.order_by("seq").values_list("seq", "device__device", "dseq", "raw")
        assert [seq for seq, *_ in found] == list(range(1, len(found) + 1)), "I4: a hole in the history"
        return [(device, dseq, bytes(raw)) for _, device, dseq, raw in found]

    @contextmanager
    def dying(self, may_die: Callable[[], None]) -> Iterator[None]:
        """The power may go before every statement that writes."""

        def execute(run: Any, sql: str, *rest: Any) -> Any:
            if sql.startswith(("INSERT", "UPDATE")):
                may_die()
            return run(sql, *rest)

        with self._sql.execute_wrapper(execute):
            yield
