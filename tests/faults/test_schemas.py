"""Entries of programs before and after this one: taken, chained, relayed, kept aside; shown once the program knows them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from desktop_app.actions import sync
from desktop_app.domain.fields import Entity, entities
from desktop_app.domain.records import Fund, Person
from desktop_app.storage import incoming, journal, projecting
from desktop_app.storage.book import Book
from sync import protocol
from tests.conftest import KEY
from tests.server.desktop import enrolled as a_desktop
from tests.server.running import running
from tests.sync.pcs import UNION, a_fund, a_person, enrolled, save


def of_an_earlier_program() -> Mapping[str, Entity]:
    """The declarations without funds, and without the team of a person."""
    known = {name: declared for name, declared in entities().items() if name != "fund"}
    person = known["person"]
    fewer = tuple(field for field in person.fields if field.name != "team")
    defaults = {name: value for name, value in person.defaults.items() if name != "team"}
    known["person"] = dataclasses.replace(person, fields=fewer, defaults=defaults)
    return known


def test_what_a_program_does_not_know_is_kept_and_shown_after_its_upgrade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(tmp_path / "tinh") as server:
        desktop = a_desktop(server, UNION)
        for schema, entity, values in (
            (0, "fund", {"code": "NH", "kind": "Tiền gửi"}), (7, "sao_moi", {"name": "Sao Mai"}),
            (7, "fund", {"code": "TK", "kind": "Tiền gửi", "mau": "xanh"}),
        ):  # fmt: skip
            desktop.write(entity, **values)
            op = dataclasses.replace(protocol.decode(desktop.device, *desktop.ops[-1]), schema=schema)
            raw, payload = protocol.encode(op)
            desktop.ops[-1] = (raw, payload)
            desktop.hashes[-1] = protocol.chain(desktop.hashes[-2], raw)
        desktop.sync()
        office, home = enrolled(tmp_path / "a", server), enrolled(tmp_path / "b", server)
        save(office, a_fund())
        save(office, a_person("Lê Thị Lan", team="Tổ may 2"))
        sync.sync_now(office)
        with monkeypatch.context() as earlier:
            for module in (incoming, projecting):
                earlier.setattr(module, "entities", of_an_earlier_program)
            earlier.setattr(journal, "_fields", lambda name: {f.name: f for f in of_an_earlier_program()[name].fields})
            sync.sync_now(home)
            assert [why for _, why, *_ in incoming.unread(home)]
            assert (list(home.all(Fund)), [one.team for one in home.all(Person)]) == ([], [""])
        home.close()
        again = Book(tmp_path / "b" / "book.db", KEY)
        shown: dict[str, Any] = {kind.__name__: sorted(map(repr, again.all(kind))) for kind in (Fund, Person)}
        assert shown == {kind.__name__: sorted(map(repr, office.all(kind))) for kind in (Fund, Person)}
        assert {fund.code for fund in again.all(Fund)} == {"NH", "TK", "TM"}
        assert [one.team for one in again.all(Person)] == ["Tổ may 2"]
        assert sorted(why for _, why, *_ in incoming.unread(again)) == ["entity", "field"], "of the later one"
        assert again.verify().first_fault is None
        assert incoming.look_again(again) == 0
        again.close()
        office.close()
