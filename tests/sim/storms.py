"""The same storms on the program itself: real encrypted books and the real Django server, in one process.

Every step draws from dice of its own, so that steps can be left out and the others stay what they were. The server's
database is in memory and put back before each schedule; books are files, opened anew after each kill.
`tests.sim.real` runs them.
"""

from __future__ import annotations

import secrets
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from unittest.mock import patch
from uuid import UUID

from sqlcipher3 import dbapi2

from desktop_app.actions import packets, replica, review, sync
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.domain.fields import build
from desktop_app.domain.records import Person
from desktop_app.storage import adopting, incoming, journal
from desktop_app.storage.book import Book
from sync import client, protocol
from sync.link import Answer
from tests.sim.bad_line import BadLine, Killed
from tests.sim.judge import shown_wrongly
from tests.sim.province import Province
from tests.sim.real_pc import KEY, URL, Pc
from tests.sim.real_rules import broken_in_program

_YEARS_MS = 10 * 365 * 86_400_000


class World(BadLine):
    """One schedule on the program itself."""

    def __init__(self, seed: int, server: Province, root: Path) -> None:
        self.seed, self.server, self.root, self.storm = seed, server, root, False
        self.dice = Random(f"{seed}")
        self.now, self.acts, self.folders = 1_790_000_000_000, 0, 0
        self.skew = 0
        self.told = list[str]()
        self.saw: dict[str, frozenset[str]] = {}
        self.records: list[str] = []
        self.pcs: list[Pc] = []
        self.bag: list[tuple[Pc, Path]] = []
        self.second: Pc | None = None
        self.backup: sqlite3.Connection | None = None

    def begin(self) -> int:
        """Make the PCs, which know two people already; answers how many steps the schedule has."""
        self.server_falls = self.dice.random() < 0.25
        for _ in range(self.dice.randint(2, 3)):
            self.pcs.append(Pc.new(self))
        for actor in ("act a", "act b"):
            self.saw[actor] = frozenset()
            with self.pcs[0].book.transact("members.edit", actor) as transaction:
                transaction.save(build(Person, {"id": self.a_record(), "name": actor}))
        for pc in self.pcs:
            pc.sync()
            pc.back_up()
        return self.dice.randint(10, 25)

    def a_record(self) -> str:
        """The id of one more person: two PCs never make the same one."""
        self.records.append(str(UUID(int=self.dice.getrandbits(128))))
        return self.records[-1]

    def folder(self) -> Path:
        self.folders += 1
        made = self.root / f"{self.folders}"
        made.mkdir()
        return made

    @contextmanager
    def quietly(self) -> Iterator[None]:
        before, self.storm = self.storm, False
        try:
            yield
        finally:
            self.storm = before

    def step(self, number: int) -> None:
        """One misfortune, or a plain deed in the midst of others."""
        self.dice, self.storm = Random(f"{self.seed}/{number}"), True
        self.now += self.dice.randrange(60_000)
        pc, luck = self.dice.choice(self.pcs), self.dice.random()
        deed = next(deed for most, deed in _DEEDS if luck < most)
        self.told.append(f"{number}: PC {self.pcs.index(pc)} {deed.__name__.strip('_')}")
        self.skew = pc.skew
        try:
            deed(self, pc)
        except Killed:
            pc.reopen()
        except (Refused, Trouble):  # the user is told; what is true then the judge finds
            pass

    def quiet(self) -> None:
        """The storm is over, disks have room again, and everyone syncs until nothing is left to say."""
        self.storm = False
        for pc in self.pcs:
            pc.full = False
        for _ in range(4):
            for pc in self.pcs:
                self.skew = pc.skew
                if pc.book.device in self.server.revoked() and adopting.is_due(pc.book):
                    pc.anew()  # it may not read, so it cannot take over
                pc.sync()
            self.server.let_in()

    def post(self, path: str, body: bytes) -> Answer:
        if path == "/enrol/v1":
            return self.server.answer(body, path)
        answer = super().post(path, body)
        if self.second is not None:
            pc, self.second = self.second, None
            other = Book(pc.folder / "book.db", KEY)
            try:
                sync.sync_now(other)
            except (Trouble, Killed):
                pass
            finally:
                other.close()
        return answer

    def time_ns(self) -> int:
        return (self.now + self.skew) * 1_000_000

    def random(self) -> float:
        return self.dice.random()


def _writes(_: World, pc: Pc) -> None:
    pc.write()


def _syncs(_: World, pc: Pc) -> None:
    pc.sync()


def _syncs_in_two_windows(world: World, pc: Pc) -> None:
    world.second = pc
    try:
        pc.sync()
    finally:
        world.second = None


def _has_another_clock(world: World, pc: Pc) -> None:
    pc.skew = world.dice.randint(-_YEARS_MS, _YEARS_MS)


def _is_backed_up(_: World, pc: Pc) -> None:
    pc.back_up()


def _is_put_back(world: World, pc: Pc) -> None:
    pc.put_back(world.dice.random() < 0.5 or world.server_falls)


def _is_cloned(world: World, pc: Pc) -> None:
    if len(world.pcs) < 4 and not world.server_falls:
        world.pcs.append(pc.cloned())


def _is_revoked(world: World, pc: Pc) -> None:
    if not world.server.revoked() and len(world.pcs) > 2:
        world.server.revoke(pc.book.device)


def _is_judged_by_the_staff(world: World, _: Pc) -> None:
    with world.server.dying(world.may_die):
        world.server.let_in(world.dice)


def _has_a_full_disk_or_room_again(_: World, pc: Pc) -> None:
    pc.full = not pc.full


def _writes_a_packet(_: World, pc: Pc) -> None:
    pc.pack()


def _a_packet_arrives(world: World, _: Pc) -> None:
    from sync.server import packets as counter

    if not world.bag:
        return
    sender, file = world.dice.choice(world.bag)
    if world.dice.random() < 0.3:
        short = file.with_suffix(".cut")
        short.write_bytes(file.read_bytes()[: world.dice.randrange(file.stat().st_size)])
        file = short
    answer = file.with_suffix(".tra-loi")
    with world.server.dying(world.may_die):
        counter.reply(counter.take(file, "Văn phòng"), answer)
    if world.dice.random() < 0.8:
        try:
            packets.take(sender.book, answer)
        except Killed:
            sender.reopen()


def _the_server_falls_back(world: World, _: Pc) -> None:
    if world.backup is not None and world.server_falls:
        with world.quietly():  # what the command does in one go
            world.server.put_back(world.backup)
    else:
        world.backup = world.server.copy()


_DEEDS: tuple[tuple[float, Callable[[World, Pc], None]], ...] = (
    (0.40, _writes), (0.69, _syncs), (0.74, _syncs_in_two_windows), (0.78, _has_another_clock), (0.80, _is_backed_up),
    (0.83, _is_put_back), (0.85, _is_cloned), (0.86, _is_revoked), (0.87, _is_judged_by_the_staff), (0.89, _has_a_full_disk_or_room_again), (0.92, _writes_a_packet),
    (0.96, _a_packet_arrives), (1.0, _the_server_falls_back),
)  # fmt: skip


@contextmanager
def _in(world: World, broken: str) -> Iterator[None]:
    """The program with this world's clock, line and chance; the power may go around every commit of a book."""
    writing = Book.writing

    @contextmanager
    def risky(book: Book) -> Iterator[None]:
        with writing(book):
            yield
            world.may_die()
            if world.storm and any(pc.full and pc.folder == book.path.parent for pc in world.pcs):
                raise dbapi2.OperationalError("database or disk is full")
        world.may_die()

    class Wire:
        sent = received = 0
        url = URL

        def __init__(self, _: str) -> None:
            self.post = world.post

        def close(self) -> None:
            """Nothing is open."""

    with ExitStack() as more:
        for module in (client, journal, incoming, replica):
            more.enter_context(patch.object(module, "time", world))
        more.enter_context(patch.object(client, "random", world))
        more.enter_context(patch.object(secrets, "token_bytes", lambda size=32: world.dice.randbytes(size)))
        more.enter_context(patch.object(secrets, "token_hex", lambda size=32: world.dice.randbytes(size).hex()))
        more.enter_context(patch.object(world.server.clock, "now_ms", lambda: world.now))
        more.enter_context(patch.object(Book, "writing", risky))
        more.enter_context(patch.object(sync, "Link", Wire))
        more.enter_context(world.server.dying(world.may_die))
        more.enter_context(broken_in_program(broken, world))
        yield


def run(
    seed: int, server: Province, broken: str = "", steps: Sequence[int] | None = None
) -> tuple[list[str], list[int], list[str]]:
    """Run a schedule, or some steps of it: what is wrong afterwards, the steps, and what they did."""
    with tempfile.TemporaryDirectory(prefix="sim") as folder:
        server.afresh()
        world = World(seed, server, Path(folder))
        taken = list(steps or ())
        with _in(world, broken):
            try:
                count = world.begin()
                taken = list(range(count)) if steps is None else taken
                for number in taken:
                    world.step(number)
                world.quiet()
                found = list(_judge(world))
            except Exception as error:  # what nobody expects is a fault as well
                found = [f"it broke down: {error!r}"]
        for pc in world.pcs:
            pc.book.close()
        return found, taken, world.told


def _judge(world: World) -> Iterator[str]:
    kept = world.server.entries()
    server = {(device, raw) for device, _, raw in kept}
    numbers: dict[str, list[int]] = {}
    for device, dseq, _ in kept:
        numbers.setdefault(device, []).append(dseq)
    if any(given != list(range(1, len(given) + 1)) for given in numbers.values()):
        yield "I4: a hole in a chain"
    revoked = world.server.revoked()
    living = [pc for pc in world.pcs if pc.book.device not in revoked]
    acts = {protocol.decode(device, raw).actor for device, raw in server}
    for pc in world.pcs:
        if fault := pc.book.verify().first_fault:
            yield f"I5: {fault}"
        if not {op.actor for op in pc.ops()} <= acts:
            yield f"I1: what PC {world.pcs.index(pc)} holds never came to the server"
    shown = set()
    for pc in living:
        held = {
            (device, bytes(raw))
            for device, raw in pc.book.db.execute(
                "SELECT d.device, whole(j.op, j.record) FROM journal j JOIN devices d ON d.no = j.device"
            )
        }
        if held != server:
            yield f"I1, I3, I8: PC {world.pcs.index(pc)} holds {len(held)} entries, the server {len(server)}"
        yield from shown_wrongly(world, pc.ops())
        asked = {(one.record, one.field, text) for one in review.questions(pc.book) for text in (one.now.text, one.other.text)}
        shown.add((tuple(sorted(map(repr, pc.book.all(Person)))), frozenset(asked)))
    if len(shown) > 1:
        yield "I3: PCs show different rows or questions"
