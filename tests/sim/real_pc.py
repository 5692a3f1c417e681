"""A PC of the storm: a real encrypted book in a folder, and what its user does with it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.actions import packets, review, sync
from desktop_app.domain.errors import Trouble
from desktop_app.domain.fields import build
from desktop_app.domain.records import Person
from desktop_app.storage.book import Book
from sync import client
from sync.protocol import Op
from tests.sim.province import UNION

if TYPE_CHECKING:
    from tests.sim.storms import World

KEY = bytes(range(32))
URL = "http://127.0.0.1:1"


class Pc:
    """A book in a folder, its user, and copies of the folder from better days."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.folder, self.skew, self.full = world, folder, 0, False
        self.backups: list[Path] = []

    @classmethod
    def new(cls, world: World) -> Pc:
        pc = cls(world, world.folder())
        pc.book = Book.create(pc.folder / "book.db", KEY, UNION)
        pc.enrol()
        pc.back_up()
        return pc

    def reopen(self) -> None:
        self.book.close()
        self.book = Book(self.folder / "book.db", KEY)

    def enrol(self) -> None:
        with self.world.quietly():
            sync.enrol(self.book, URL, self.world.server.code())

    def back_up(self) -> None:
        to = self.world.folder()
        self.book.copy_to(to / "book.db")
        shutil.copy(self.folder / "device.key", to)
        self.backups.append(to)

    def put_back(self, by_program: bool) -> None:
        """An old folder comes back: by hand with its key, or by the program under a new id without one."""
        self.book.close()
        shutil.rmtree(self.folder)
        shutil.copytree(self.world.dice.choice(self.backups), self.folder)
        self.book = Book(self.folder / "book.db", KEY)
        if by_program:
            self.anew()

    def anew(self) -> None:
        """A new id, and enrolled under it."""
        (self.folder / "device.key").unlink(missing_ok=True)
        with self.world.quietly():
            self.book.take_new_device()
        self.enrol()

    def cloned(self) -> Pc:
        copy = Pc(self.world, self.world.folder())
        self.book.copy_to(copy.folder / "book.db")
        shutil.copy(self.folder / "device.key", copy.folder)
        copy.book, copy.backups = Book(copy.folder / "book.db", KEY), list(self.backups)
        return copy

    def write(self) -> None:
        """A name, a team, an end, or the answer to a question."""
        world, dice = self.world, self.world.dice
        world.acts += 1
        known = [id_ for id_ in world.records if self.book.ops_of(id_)]
        actor, id_ = f"act {world.acts}", dice.choice(known) if known and dice.random() < 0.9 else world.a_record()
        asked = review.questions(self.book)
        if asked and dice.random() < 0.3:
            question = dice.choice(asked)
            world.saw[actor] = frozenset(op.actor for op in self.book.ops_of(question.record))
            review.settle(self.book, question, dice.choice((question.now, question.other)), actor)
            return
        held = self.book.get(Person, id_)
        world.saw[actor] = frozenset(op.actor for op in self.book.ops_of(id_))
        with self.book.transact("members.edit", actor) as transaction:
            if held is None:
                transaction.save(build(Person, {"id": id_, "name": actor}))
            elif dice.random() < 0.2:
                transaction.retire(held)
            else:
                transaction.save(replace(held, **{dice.choice(("name", "team")): actor}))

    def sync(self) -> None:
        """As the window does it; who is told that he is a copy enrols anew."""
        try:
            sync.sync_now(self.book)
        except client.Forked:
            self.enrol()
        except Trouble as trouble:
            if str(trouble) == client._SENTENCES["unknown_device"]:  # a server put back that never heard of this PC
                self.enrol()

    def pack(self) -> None:
        """A packet to the province; its reply may be read much later, twice, or never."""
        file = self.folder.with_suffix(f".{self.world.acts}.goi")
        packets.export(self.book, file)
        self.world.bag.append((self, file))

    def ops(self) -> list[Op]:
        return [op for id_ in self.world.records for op in self.book.ops_of(id_)]
