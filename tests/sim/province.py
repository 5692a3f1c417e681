"""The real Django server inside this process: its views on a database in memory, which can be put back.

Django is set up once in a process and stays: whoever uses this runs apart from other tests.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sync import envelope
from sync.link import Answer
from sync.protocol import Malformed
from sync.server.place import open_place

UNION = "40-001"


def _refills(body: bytes) -> bool:
    """Whether a message gives a restored server entries back: the line carries bytes, not addresses."""
    try:
        return b"\xa6offers" in envelope.open_envelope(body).body
    except Malformed:
        return False


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

        units.revoke(Device.objects.get(device=device), "Văn phòng")

    def answer(self, body: bytes, path: str = "/sync/v1") -> Answer:
        view = self._views.enrol if path == "/enrol/v1" else self._views.refill if _refills(body) else self._views.sync
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
