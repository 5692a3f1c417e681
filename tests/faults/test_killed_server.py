"""A server whose power goes while it takes a packet or looks into the watched folder: all of it or nothing, and again."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop_app.actions import packets, sync
from desktop_app.domain.records import Person
from desktop_app.storage import attachments, enrolment
from desktop_app.storage.book import Book
from tests.faults.killing import Done, Nursery, killed_everywhere, nursery
from tests.server.running import running
from tests.sync.pcs import UNION, enrolled
from tests.unions import hire

PEOPLE = 150


@dataclass
class Scene:
    """A server's data folder, at rest, and a PC with a packet for it."""

    data: Path
    office: Book
    file: Path


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    with running(tmp_path / "tinh") as server:
        office = enrolled(tmp_path / "a", server, first=True)
        sync.sync_now(office)
    for number in range(PEOPLE):
        hire(office, f"Đậu Thị Số {number}", 6_500_000)
    (person, *_) = office.all(Person)
    with office.transact("members.attach", "Hoa") as transaction:
        attachments.keep(transaction, "person", person.id, "quyet-dinh.pdf", bytes(range(256)) * 4000)
    packets.export(office, tmp_path / "a.goi")
    return Scene(tmp_path / "tinh", office, tmp_path / "a.goi")


def sound(hands: Nursery) -> dict[str, Any]:
    state: dict[str, Any] = hands.do("look", UNION)
    assert state["fault"] == ""
    assert state["entries"] in (0, 2 * PEOPLE + 1), "all of the packet's entries or none"
    return state


def all_there(office: Book, hands: Nursery) -> None:
    state = sound(hands)
    assert (state["entries"], state["files"]) == (2 * PEOPLE + 1, 1)
    assert 2 * PEOPLE + 1 in state["packets"], "what it brought is written down"


def test_while_a_packet_is_taken(scene: Scene, tmp_path: Path) -> None:
    reply = tmp_path / "tra-loi.goi"
    with nursery(scene.data) as hands:

        def look(done: Done) -> None:
            sound(hands)
            if reply.exists():  # whole: the PC may have it
                packets.take(scene.office, reply)
                assert enrolment.waiting(scene.office) == 0
                reply.unlink()
            if not done.killed:
                all_there(scene.office, hands)

        killed_everywhere(hands, scene.data, 21, "take", scene.file, reply, look=look)
    scene.office.close()


def test_while_the_watched_folder_is_looked_into(scene: Scene) -> None:
    (scene.data / "goi-den").mkdir(exist_ok=True)
    shutil.copy(scene.file, scene.data / "goi-den" / "a.goi")
    with nursery(scene.data) as hands:

        def look(done: Done) -> None:
            sound(hands)
            for reply in (scene.data / "goi-di").glob("*.goi"):
                packets.take(scene.office, reply)
            if not done.killed:
                all_there(scene.office, hands)
                assert done.answer[0] == "goi-den/da-nhan/a.goi"
                assert len(done.answer) >= 2, "and a reply"

        killed_everywhere(hands, scene.data, 22, "watch", scene.data, look=look)
    scene.office.close()
