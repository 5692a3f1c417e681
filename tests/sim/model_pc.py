"""A PC of the model: a replica as the client sees it, and its user."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from desktop_app.domain.errors import Trouble
from sync import client, merge, messages, pace, protocol
from sync.messages import SyncReply
from sync.protocol import Clock, Malformed, Op
from tests.sim.bad_line import Killed
from tests.sim.disk import UNION, Disk, secret_of
from tests.sim.rules import CURSOR

if TYPE_CHECKING:
    from tests.sim.world import World


@dataclass(frozen=True)
class Packet:
    """A stick on its way to the province."""

    pc: Pc
    device: str
    bodies: Sequence[bytes]


class Pc:
    """One disk, copies of it from better days, a clock that may be wrong."""

    union, roster, anchor, prove = UNION, 0, 0, False

    def __init__(self, world: World, disk: Disk, seed: bytes) -> None:
        self.world, self.disk, self.seed, self.skew, self.full = world, disk, seed, 0, False
        self.backups = [disk.copy()]

    @property
    def device(self) -> str:
        return self.disk.device

    def commit(self, disk: Disk) -> None:
        self.world.may_die()
        if self.full:
            raise Trouble("Ổ đĩa đã đầy.")
        self.disk = disk
        self.world.may_die()

    def write(self) -> None:
        """The user saves or ends a record, having seen what this PC shows."""
        dice, disk = self.world.dice, self.disk.copy()
        record = dice.choice(self.world.records)
        held = [op for op in disk.ops() if op.record == record]
        state = merge.resolve(held) if held else None
        disk.clock = Clock(disk.clock).tick(self.world.now + self.skew).last
        self.world.acts += 1
        values: dict[str, Any] = {dice.choice(("name", "team")): f"act {self.world.acts}"}
        if dice.random() < 0.1:
            values["later"] = self.world.acts  # a field of a later program
        kind, base = "set", ()
        if state and not state.retired and dice.random() < 0.25:
            kind, values = "retire", {}
            base = (tuple(sorted({head for group in state.heads.values() for head in group})),)
        elif state:
            base = tuple(state.heads.get(name, ()) for name in sorted(values))
        schema = 2 if "later" in values else dice.choice((0, 1))
        op = Op(disk.device, len(disk.chains[disk.device]) + 1, disk.clock, schema, f"act {self.world.acts}", "edit",
                "person", record, kind, values, base)  # fmt: skip
        disk.append(disk.device, *protocol.encode(op, secret_of(record), first=not held))
        self.world.saw[op.actor] = frozenset(held_op.actor for held_op in held)
        self.commit(disk)

    def sync(self) -> None:
        """One exchange as the program makes it; who is told that he is a copy enrols under a new id."""
        try:
            client.sync(self.world, self, self.seed, self.world.server.key)
        except client.Forked:
            self.renew()
        except (Trouble, Killed):
            return

    def renew(self) -> None:
        disk, world = self.disk.copy(), self.world
        disk.device = world.dice.randbytes(8).hex()
        disk.chains[disk.device] = []
        disk.own.add(disk.device)
        self.disk, self.seed = disk, world.dice.randbytes(32)
        world.server.admit(disk.device, self.seed)

    # -- what the client asks of a replica

    def place(self) -> client.Place:
        disk = self.disk
        confirmed = disk.confirmed.get(disk.device, 0)
        head = confirmed if disk.tails() else len(disk.chains[disk.device])
        return client.Place(head, confirmed, disk.cursor, disk.page)

    def pending(self, after: int, most: int) -> protocol.Batch:
        disk = self.disk
        ops = [] if disk.tails() else disk.chains[disk.device][after : after + 3]
        sent = tuple((entry.raw, entry.payload) for entry in ops)
        return protocol.Batch(
            after + 1, disk.hash_at(disk.device, after), disk.hash_at(disk.device, after + len(ops)), sent
        )

    def receipt(self) -> tuple[None, None]:
        return None, None  # a server of the model is put back as a new life only

    def hash_at(self, dseq: int) -> bytes:
        return self.disk.hash_at(self.device, dseq)

    def take(self, reply: SyncReply, page: int) -> int:
        disk = self.disk.copy()
        if self.world.broken == CURSOR and reply.ops:
            self.disk.cursor = reply.cursor
        disk.cursor, disk.page = reply.cursor, page
        disk.confirmed[disk.device] = reply.confirmed
        for device, raw, payload in reply.ops:
            chain = disk.chains.setdefault(device, [])
            op = protocol.decode(device, raw, payload)
            if op.dseq <= len(chain) and chain[op.dseq - 1].raw != raw:
                if device not in disk.tails():
                    raise Trouble("two histories of one device")
                disk.adopt()
                chain = disk.chains[device]
            if op.dseq > len(chain):
                if op.dseq != len(chain) + 1:
                    raise Trouble("a gap")
                disk.append(device, raw, payload)
            disk.confirmed[device] = max(op.dseq, disk.confirmed.get(device, 0))
            disk.clock = Clock(disk.clock).seen(op.hlc, self.world.now + self.skew).last
        if reply.cursor[1] == reply.top:
            disk.adopt()
        self.commit(disk)
        return len(reply.ops)

    def confirmed_only_to(self, dseq: int) -> None:
        disk = self.disk.copy()
        disk.confirmed[disk.device] = dseq
        self.commit(disk)

    def bears(self, page: int) -> None:
        self.disk.page = page

    # -- by stick, as `actions.packets` does it

    def pack(self) -> Packet:
        place, bodies, after = self.place(), list[bytes](), self.place().confirmed
        while True:
            batch = self.pending(after, 0)
            request = client.sending(self, batch, place.cursor, pace.LARGEST_PAGE)
            bodies.append(messages.write(request, self.seed))
            after += len(batch.ops)
            if after >= place.head or not batch.ops:
                return Packet(self, self.device, bodies)

    def take_answer(self, packet: Packet, answer: tuple[SyncReply, tuple[int, int]]) -> None:
        """The reply to a packet, which may come late, twice, or after a newer one."""
        reply, after = answer
        place = self.place()
        if packet.device != self.device or reply.epoch < place.cursor[0]:
            return
        if reply.epoch == place.cursor[0]:
            if after[1] > place.cursor[1]:
                return
            if reply.confirmed < place.confirmed:
                reply = replace(reply, confirmed=place.confirmed, receipt=None, receipt_sig=None)
            if reply.cursor[1] < place.cursor[1]:
                reply = replace(reply, cursor=place.cursor, top=max(reply.top, place.cursor[1] + 1))
        try:
            if reply.receipt is not None:
                client.check_receipt(self, reply, self.world.server.key)
            self.take(reply, place.page)
        except (Trouble, Malformed, Killed):
            return
