"""A union in a box: PCs, the province and the network between them, every misfortune drawn from one seed.

The exchange (`sync.client`), messages, chains, merge and adoption are the real ones; stores are models that commit
whole or not at all. After the storm comes quiet, and then `faults` says what was lost, doubled or shown wrongly.
Every step draws from dice of its own, so that steps can be left out and the others stay what they were.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from unittest.mock import patch
from uuid import UUID

from desktop_app.domain.errors import Trouble
from sync import client, envelope, merge, messages, protocol
from sync.link import Answer
from sync.protocol import Malformed
from tests.sim.bad_line import BadLine, Killed
from tests.sim.disk import Disk, decode, secret_of
from tests.sim.judge import shown_wrongly
from tests.sim.model_pc import Packet, Pc
from tests.sim.model_server import SEED, Server
from tests.sim.rules import broken_in_both, quick_envelopes

_YEARS_MS = 10 * 365 * 86_400_000


class World(BadLine):
    """One schedule. It is the network and the clock as well."""

    def __init__(self, seed: int, broken: str = "") -> None:
        self.seed, self.broken, self.storm = seed, broken, False
        self.dice = random.Random(f"{seed}")
        self.now, self.sent, self.received, self.acts = 1_790_000_000_000, 0, 0, 0
        self.saw: dict[str, frozenset[str]] = {}
        self.records = [str(UUID(int=number)) for number in range(1, 4)]
        self.server, self.old, self.told = Server(self, envelope.public_key(SEED)), (b"", ""), list[str]()
        self.bag: list[Packet] = []
        self.second: Pc | None = None
        # The server falls back to a backup, or PCs do: what both have lost nobody may send again yet (PROTOCOL.md, 7).
        self.server_falls = self.dice.random() < 0.25
        self.pcs = [self.a_pc() for _ in range(self.dice.randint(2, 3))]
        self.steps = self.dice.randint(10, 60)

    def a_pc(self) -> Pc:
        device, seed = self.dice.randbytes(8).hex(), self.dice.randbytes(32)
        self.server.admit(device, seed)
        return Pc(self, Disk(device, {device: []}, own={device}), seed)

    def step(self, number: int) -> None:
        """One misfortune, or a plain deed in the midst of others."""
        self.dice, self.storm = random.Random(f"{self.seed}/{number}"), True
        self.now += self.dice.randrange(60_000)
        pc, luck = self.dice.choice(self.pcs), self.dice.random()
        deed = next(deed for most, deed in _DEEDS if luck < most)
        self.told.append(f"{number}: PC {self.pcs.index(pc)} {deed.__name__.strip('_')}")
        try:
            deed(self, pc)
        except (Killed, Trouble):
            return

    def quiet(self) -> None:
        """The storm is over, disks have room again, and everyone syncs until nothing is left to say."""
        self.storm, self.server.full = False, False
        for pc in self.pcs:
            pc.full = False
        for _ in range(4):
            for pc in self.pcs:
                if pc.device in self.server.revoked and pc.disk.tails():
                    pc.renew()  # it may not read, so it cannot take over: it is enrolled anew
                pc.sync()
            self.server.let_in()

    def post(self, path: str, body: bytes) -> Answer:
        answer = super().post(path, body)
        if self.second is not None:
            pc, self.second = self.second, None
            pc.sync()
        return answer


def _writes(_: World, pc: Pc) -> None:
    pc.write()


def _syncs(_: World, pc: Pc) -> None:
    pc.sync()


def _syncs_in_two_windows(world: World, pc: Pc) -> None:
    world.second = pc
    pc.sync()
    world.second = None


def _has_another_clock(world: World, pc: Pc) -> None:
    pc.skew = world.dice.randint(-_YEARS_MS, _YEARS_MS)


def _is_backed_up(_: World, pc: Pc) -> None:
    pc.backups.append(pc.disk.copy())


def _is_put_back(world: World, pc: Pc) -> None:
    """Restored by the program (a new id), or the folder put back by hand."""
    if world.server_falls:
        return
    pc.disk = world.dice.choice(pc.backups).copy()
    if world.dice.random() < 0.5 or world.server.keys.get(pc.device) != envelope.public_key(pc.seed):
        pc.renew()


def _is_cloned(world: World, pc: Pc) -> None:
    if len(world.pcs) < 5 and not world.server_falls:
        world.pcs.append(Pc(world, pc.disk.copy(), pc.seed))


def _is_revoked(world: World, pc: Pc) -> None:
    if not world.server.revoked and len(world.pcs) > 2 and not world.server_falls:
        world.server.revoke(pc.device)


def _is_judged_by_the_staff(world: World, _: Pc) -> None:
    world.server.let_in(world.dice)


def _has_a_full_disk_or_room_again(_: World, pc: Pc) -> None:
    pc.full = not pc.full


def _the_server_has_a_full_disk_or_room_again(world: World, _: Pc) -> None:
    world.server.full = not world.server.full


def _writes_a_packet(world: World, pc: Pc) -> None:
    world.bag.append(pc.pack())


def _a_packet_arrives(world: World, _: Pc) -> None:
    """Some packet, perhaps for the second time; its reply is read, or never."""
    if not world.bag:
        return
    packet = world.dice.choice(world.bag)
    try:
        reply = world.server.take(packet.bodies)
    except Malformed:
        return
    epoch, seq = _cursor_of(packet)
    if world.dice.random() < 0.8:
        after = (reply.epoch, seq if epoch == reply.epoch else 0)
        packet.pc.take_answer(packet, (reply, after))


def _cursor_of(packet: Packet) -> tuple[int, int]:
    return messages.read(messages.SyncRequest, packet.bodies[0]).message.cursor


def _the_server_is_backed_up(world: World, _: Pc) -> None:
    world.server.backup = list(world.server.log)


def _the_server_falls_back(world: World, _: Pc) -> None:
    if world.server_falls:
        world.server.fall_back()


_DEEDS: tuple[tuple[float, Callable[[World, Pc], None]], ...] = (
    (0.42, _writes), (0.74, _syncs), (0.77, _syncs_in_two_windows), (0.80, _has_another_clock), (0.83, _is_backed_up),
    (0.86, _is_put_back), (0.88, _is_cloned), (0.89, _is_revoked), (0.90, _is_judged_by_the_staff), (0.91, _has_a_full_disk_or_room_again),
    (0.92, _the_server_has_a_full_disk_or_room_again), (0.945, _writes_a_packet), (0.97, _a_packet_arrives),
    (0.985, _the_server_is_backed_up), (1.0, _the_server_falls_back),
)  # fmt: skip


@contextmanager
def _in(world_of: Callable[[], World], broken: str) -> Iterator[World]:
    with quick_envelopes(), broken_in_both(broken):
        world = world_of()
        with patch.object(client, "time", world):
            yield world


def faults(seed: int, broken: str = "", steps: Sequence[int] | None = None) -> list[str]:
    """Run one schedule, or some steps of it; what the invariants say after quiet (nothing, if all holds)."""
    return run(seed, broken, steps)[0]


def run(seed: int, broken: str = "", steps: Sequence[int] | None = None) -> tuple[list[str], list[int], list[str]]:
    """As `faults`, and which steps were taken, and what they did."""
    with _in(lambda: World(seed, broken), broken) as world:
        taken = list(range(world.steps)) if steps is None else list(steps)
        try:
            for number in taken:
                world.step(number)
            world.quiet()
            found = list(_judge(world))
        except Exception as error:  # what nobody expects is a fault as well
            found = [f"it broke down: {error!r}"]
        return found, taken, world.told


def _judge(world: World) -> Iterator[str]:
    server = world.server.held()
    acts = {decode(*entry).actor for entry in server}
    numbers: dict[str, list[int]] = {}
    for device, entry in world.server.log:
        numbers.setdefault(device, []).append(decode(device, entry.raw, entry.payload).dseq)
    if any(given != list(range(1, len(given) + 1)) for given in numbers.values()):
        yield "I4, I5: a hole in a chain, or two entries at one number"
    if any(not {op.actor for op in pc.disk.ops()} <= acts for pc in world.pcs):
        yield "I1: what a PC holds never came to the server"
    living = [pc for pc in world.pcs if pc.device not in world.server.revoked]
    for pc in living:
        held = pc.disk.held()
        if held != server:
            yield f"I3, I8: a PC holds {len(held)} entries, the server {len(server)}"
        if any(_is_altered(*entry) for entry in held):
            yield "I5: a payload is not what its chain says"
            return
        yield from shown_wrongly(world, pc.disk.ops())
    if len({repr(_rows(pc)) for pc in living}) > 1:
        yield "I3: PCs show different rows"


def _is_altered(device: str, raw: bytes, payload: bytes | None) -> bool:
    op = decode(device, raw, payload)
    if op.kind != "set":
        return False
    return payload is None or op.payload_hash != protocol.payload_digest(secret_of(op.record), device, op.dseq, payload)


def _rows(pc: Pc) -> list[tuple[str, list[tuple[str, object]], bool]]:
    by_record: dict[str, list[protocol.Op]] = {}
    for op in pc.disk.ops():
        by_record.setdefault(op.record, []).append(op)
    states = {record: merge.resolve(ops) for record, ops in sorted(by_record.items())}
    return [(record, sorted(state.values.items()), state.retired) for record, state in states.items()]
