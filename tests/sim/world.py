"""A union in a box: PCs, the province and the network between them, every misfortune drawn from one seed.

The exchange (`sync.client`), messages, chains, merge and adoption are the real ones; stores are models that commit
whole or not at all. After the storm comes quiet, and then `faults` says what was lost, doubled or shown wrongly.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch
from uuid import UUID

from desktop_app.domain.errors import Trouble
from sync import adoption, client, envelope, merge, messages, protocol
from sync.link import Answer
from sync.messages import Receipt, Refusal, SyncReply, SyncRequest
from sync.protocol import Clock, Malformed, Op
from tests.sim.bad_line import BadLine, Killed

UNION, SERVER_SEED = "40-001", bytes(32)
SERVER_KEY = envelope.public_key(SERVER_SEED)
RULES = ("cursor past unapplied data", "ack before commit", "deletion beats edit", "fork accepted")
"""What can be broken on purpose, to see that the simulator finds it."""
_YEARS_MS = 10 * 365 * 86_400_000
Entry = tuple[bytes, bytes | None]


@dataclass
class Disk:
    """What a PC holds durably."""

    device: str
    chains: dict[str, list[Entry]]
    confirmed: dict[str, int] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    cursor: tuple[int, int] = (0, 0)
    page: int = client.LEAST_PAGE
    clock: int = 0

    def ops(self) -> Iterator[Op]:
        for device, entries in self.chains.items():
            for raw, payload in entries:
                yield protocol.decode(device, raw, payload)

    def hash_at(self, device: str, dseq: int) -> bytes:
        hash_ = protocol.genesis(UNION, device)
        for raw, _ in self.chains[device][:dseq]:
            hash_ = protocol.chain(hash_, raw)
        return hash_

    def tails(self) -> dict[str, int]:
        """Former devices and how many of their entries are known to be held, where that is not all."""
        return {
            device: self.confirmed.get(device, 0)
            for device in sorted(self.own - {self.device})
            if len(self.chains[device]) > self.confirmed.get(device, 0)
        }


class Pc:
    """A replica as the client sees it, and its user."""

    union, roster = UNION, 0

    def __init__(self, world: World, disk: Disk) -> None:
        self.world, self.disk, self.skew, self.backups = world, disk, 0, [copy.deepcopy(disk)]
        self.seed = bytes(world.dice.randrange(256) for _ in range(32))

    @property
    def device(self) -> str:
        return self.disk.device

    def commit(self, disk: Disk) -> None:
        self.world.may_die()
        self.disk = disk
        self.world.may_die()

    def write(self) -> None:
        """The user saves or ends a record, having seen what this PC shows."""
        dice, disk = self.world.dice, copy.deepcopy(self.disk)
        record = dice.choice(self.world.records)
        held = [op for op in disk.ops() if op.record == record]
        state = merge.resolve(held) if held else None
        disk.clock = Clock(disk.clock).tick(self.world.now + self.skew).last
        self.world.acts += 1
        values: dict[str, Any] = {dice.choice(("name", "team")): f"act {self.world.acts}"}
        kind, base = "set", ()
        if state and not state.retired and dice.random() < 0.25:
            kind, values = "retire", {}
            base = (tuple(sorted({head for group in state.heads.values() for head in group})),)
        elif state:
            base = tuple(state.heads.get(name, ()) for name in sorted(values))
        op = Op(disk.device, len(disk.chains[disk.device]) + 1, disk.clock, 1, f"act {self.world.acts}", "edit",
                "person", record, kind, values, base)  # fmt: skip
        disk.chains[disk.device].append(protocol.encode(op))
        self.world.saw[op.actor] = frozenset(held_op.actor for held_op in held)
        self.commit(disk)

    def sync(self) -> None:
        """One exchange as the program makes it; who is told that he is a copy enrols under a new id."""
        try:
            client.sync(self.world, self, self.seed, SERVER_KEY)
        except client.Forked:
            self.renew()
        except (Trouble, Killed):
            return

    def renew(self) -> None:
        disk, world = copy.deepcopy(self.disk), self.world
        disk.device = f"{world.dice.randrange(2**64):016x}"
        disk.chains[disk.device] = []
        disk.own.add(disk.device)
        self.disk, self.seed = disk, bytes(world.dice.randrange(256) for _ in range(32))
        world.server.keys[disk.device] = envelope.public_key(self.seed)

    # -- what the client asks of a replica

    def place(self) -> client.Place:
        disk = self.disk
        confirmed = disk.confirmed.get(disk.device, 0)
        head = confirmed if disk.tails() else len(disk.chains[disk.device])
        return client.Place(head, confirmed, disk.cursor, disk.page)

    def pending(self, after: int, most: int) -> protocol.Batch:
        disk = self.disk
        ops = [] if disk.tails() else disk.chains[disk.device][after : after + 3]
        prev = disk.hash_at(disk.device, after)
        return protocol.Batch(after + 1, prev, disk.hash_at(disk.device, after + len(ops)), tuple(ops))

    def hash_at(self, dseq: int) -> bytes:
        return self.disk.hash_at(self.device, dseq)

    def take(self, reply: SyncReply, page: int) -> int:
        disk = copy.deepcopy(self.disk)
        if self.world.broken == RULES[0] and reply.ops:
            self.disk.cursor = reply.cursor
        disk.cursor, disk.page = reply.cursor, page
        disk.confirmed[disk.device] = reply.confirmed
        for device, raw, payload in reply.ops:
            chain = disk.chains.setdefault(device, [])
            op = protocol.decode(device, raw, payload)
            if op.dseq <= len(chain) and chain[op.dseq - 1][0] != raw:
                if device not in disk.tails():
                    raise Trouble("two histories of one device")
                _adopt(disk)
                chain = disk.chains[device]
            if op.dseq > len(chain):
                if op.dseq != len(chain) + 1:
                    raise Trouble("a gap")
                chain.append((raw, payload))
            disk.confirmed[device] = max(op.dseq, disk.confirmed.get(device, 0))
            disk.clock = Clock(disk.clock).seen(op.hlc, self.world.now + self.skew).last
        if reply.cursor[1] == reply.top:
            _adopt(disk)
        self.commit(disk)
        return len(reply.ops)

    def confirmed_only_to(self, dseq: int) -> None:
        self.disk.confirmed[self.device] = dseq

    def bears(self, page: int) -> None:
        self.disk.page = page


def _adopt(disk: Disk) -> None:
    """As `storage.adopting` does in a book."""
    tails = disk.tails()
    if not tails:
        return
    late = [
        ((op.hlc, device == disk.device), (device, dseq), raw)
        for device, first in [*tails.items(), (disk.device, 0)]
        for dseq, (raw, _) in enumerate(disk.chains[device][first:], first + 1)
        for op in [protocol.decode(device, raw)]
    ]
    moved: dict[protocol.Head, protocol.Head] = {}
    again: list[Entry] = []
    for _, old, raw in sorted(late):
        moved[old] = (disk.device, len(again) + 1)
        again.append((adoption.say_again(old, moved[old], raw, (None, b""), moved), None))
    for device, first in tails.items():
        del disk.chains[device][first:]
    disk.chains[disk.device] = again


class Server:
    """Ingest as `sync.server.ingest` does it, on a list that commits whole."""

    def __init__(self, world: World) -> None:
        self.world, self.epoch = world, 1
        self.log: list[tuple[str, bytes, bytes | None]] = []
        self.keys: dict[str, bytes] = {}
        self.backup: list[tuple[str, bytes, bytes | None]] = []

    def chain(self, device: str) -> list[bytes]:
        hashes = [protocol.genesis(UNION, device)]
        for author, raw, _ in self.log:
            if author == device:
                hashes.append(protocol.chain(hashes[-1], raw))
        return hashes

    def answer(self, body: bytes) -> Answer:
        nonce = b""
        try:
            read = messages.read(SyncRequest, body)
            request = read.message
            nonce = request.nonce
            if request.device not in self.keys:
                raise Malformed("unknown_device")
            read.check(self.keys[request.device])
            return Answer(200, messages.write(self.exchange(request), SERVER_SEED, nonce))
        except Malformed as fault:
            held = len(self.chain(request.device)) - 1 if fault.reason == "gap" else None
            refusal = Refusal(reason=fault.reason, time=self.world.now, confirmed=held)
            return Answer(messages.STATUS[fault.reason], messages.write(refusal, SERVER_SEED, nonce))

    def exchange(self, request: SyncRequest) -> SyncReply:
        hashes, sent = self.chain(request.device), [request.prev]
        for raw, _ in request.ops:
            sent.append(protocol.chain(sent[-1], raw))
        if sent[-1] != request.head:
            raise Malformed("bad_chain")
        if request.first > len(hashes):
            raise Malformed("gap")
        held = hashes[request.first - 1 :]
        if self.world.broken != RULES[3] and any(a != b for a, b in zip(held, sent, strict=False)):
            raise Malformed("fork")
        fresh = request.ops[max(0, len(held) - 1) :]
        log = [*self.log, *((request.device, *op) for op in fresh)]
        if self.world.broken == RULES[1] and self.world.dice.random() < 0.2:
            before, self.log = self.log, log
            reply = self.reply(request)
            self.log = before
            return reply
        self.world.may_die()
        self.log = log
        return self.reply(request)

    def reply(self, request: SyncRequest) -> SyncReply:
        hashes, receipt = self.chain(request.device), None
        if len(hashes) > 1:
            receipt = Receipt(union=UNION, device=request.device, dseq=len(hashes) - 1, hash=hashes[-1],
                              epoch=self.epoch, time=self.world.now)  # fmt: skip
        epoch, seq = request.cursor
        after = seq if epoch == self.epoch and seq <= len(self.log) else 0
        page, reached = [], after
        for op in self.log[after:]:
            if len(page) == 3:
                break
            reached += 1
            if op[0] != request.device:
                page.append(op)
        return SyncReply(
            confirmed=len(hashes) - 1, receipt=receipt,
            receipt_sig=messages.signature_of(receipt, SERVER_SEED) if receipt else None,
            ops=tuple(page), cursor=(self.epoch, reached), top=len(self.log), epoch=self.epoch, time=self.world.now,
        )  # fmt: skip


class World(BadLine):
    """One schedule. It is the network and the clock as well."""

    def __init__(self, seed: int, broken: str = "") -> None:
        self.dice, self.broken, self.storm = random.Random(seed), broken, True
        self.now, self.sent, self.received, self.acts = 1_790_000_000_000, 0, 0, 0
        self.saw: dict[str, frozenset[str]] = {}
        self.records = [str(UUID(int=number)) for number in range(1, 4)]
        self.server, self.old = Server(self), [b""]
        # The server falls back to a backup, or PCs do: what both have lost nobody may send again yet (PROTOCOL.md, 7).
        self.server_falls = self.dice.random() < 0.25
        self.pcs = [self.a_pc() for _ in range(self.dice.randint(2, 3))]

    def a_pc(self) -> Pc:
        device = f"{self.dice.randrange(2**64):016x}"
        pc = Pc(self, Disk(device, {device: []}, own={device}))
        self.server.keys[device] = envelope.public_key(pc.seed)
        return pc

    def misfortune(self) -> None:
        """One step of the storm."""
        pc, luck = self.dice.choice(self.pcs), self.dice.random()
        self.now += self.dice.randrange(60_000)
        if luck < 0.45:
            try:
                pc.write()
            except Killed:
                return
        elif luck < 0.85:
            pc.sync()
        elif luck < 0.89:
            pc.skew = self.dice.randint(-_YEARS_MS, _YEARS_MS)
        elif luck < 0.92:
            pc.backups.append(copy.deepcopy(pc.disk))
        elif luck < 0.95 and not self.server_falls:  # restored by the program (a new id), or the folder put back by hand
            pc.disk = copy.deepcopy(self.dice.choice(pc.backups))
            if self.dice.random() < 0.5 or pc.device not in self.server.keys or not self._is_key(pc):
                pc.renew()
        elif luck < 0.97 and len(self.pcs) < 5 and not self.server_falls:
            clone = Pc(self, copy.deepcopy(pc.disk))
            clone.seed = pc.seed
            self.pcs.append(clone)
        elif luck < 0.985:
            self.server.backup = list(self.server.log)
        elif self.server_falls:
            self.server.log, self.server.epoch = list(self.server.backup), self.server.epoch + 1

    def _is_key(self, pc: Pc) -> bool:
        return self.server.keys[pc.device] == envelope.public_key(pc.seed)


def _deletion_wins(ops: Any) -> merge.State:
    state = _resolve(ops)
    ended = any(op.kind == "retire" for op in ops)
    return merge.State(state.values, state.heads, state.retired or ended, state.erased, state.overlaps)


_resolve = merge.resolve


@contextmanager
def _in(world: World) -> Iterator[None]:
    resolve = _deletion_wins if world.broken == RULES[2] else _resolve
    with patch.object(client, "time", world), patch.object(merge, "resolve", resolve), ExitStack() as more:
        if world.broken == RULES[3]:  # by both ends: else the receipt's hash tells the client
            more.enter_context(patch.object(client, "check_receipt", lambda *_: None))
        yield


def faults(seed: int, broken: str = "") -> list[str]:
    """Run one schedule; what the invariants say after quiet (nothing, if all holds)."""
    world = World(seed, broken)
    with _in(world):
        for _ in range(world.dice.randint(10, 60)):
            world.misfortune()
        world.storm = False
        for pc in world.pcs * 4:
            pc.sync()
        return list(_judge(world))


def _judge(world: World) -> Iterator[str]:
    server = {(device, raw) for device, raw, _ in world.server.log}
    acts = {protocol.decode(device, raw).actor for device, raw in server}
    numbers = [(device, protocol.decode(device, raw).dseq) for device, raw, _ in world.server.log]
    if len(set(numbers)) != len(numbers):
        yield "I5: two entries at one number"
    for device in {device for device, _ in numbers}:
        if [dseq for author, dseq in numbers if author == device] != list(range(1, len(world.server.chain(device)))):
            yield "I4: a hole in a chain"
    for pc in world.pcs:
        held = {(device, raw) for device, entries in pc.disk.chains.items() for raw, _ in entries}
        if held != server:
            yield f"I3, I8: a PC holds {len(held)} entries, the server {len(server)}"
        if not {op.actor for op in pc.disk.ops()} <= acts:
            yield "I1: what a PC holds never came to the server"
        yield from shown_wrongly(world, pc)
    if len({repr(sorted((r, sorted(_rows(pc, r).values.items()), _rows(pc, r).retired) for r in world.records))
            for pc in world.pcs}) > 1:  # fmt: skip
        yield "I3: PCs show different rows"


def _rows(pc: Pc, record: str) -> merge.State:
    ops = [op for op in pc.disk.ops() if op.record == record]
    return merge.resolve(ops) if ops else merge.State({}, {}, False, False)


def shown_wrongly(world: World, pc: Pc) -> Iterator[str]:
    """By what each author saw (acts, not heads): nobody's value goes unshown and unasked, no edit falls to an end."""
    for record in world.records:
        ops = {op.actor: op for op in pc.disk.ops() if op.record == record}
        state = _rows(pc, record)
        seen_by_ends = {seen for op in ops.values() if op.kind == "retire" for seen in world.saw[op.actor]}
        edits = [op for op in ops.values() if op.kind == "set"]
        current = {
            name: {op.actor: op for op in edits if name in (op.fields or {}) and not any(
                op.actor in world.saw[other.actor] for other in edits if name in (other.fields or {}))}
            for name in ("name", "team")
        }  # fmt: skip
        if state.retired and any(actor not in seen_by_ends for acts in current.values() for actor in acts):
            yield "a deletion beat an edit"
        for name, latest in current.items():
            shown = {op.actor for op in state.overlaps.get(name, ())}
            shown |= {actor for actor, op in latest.items() if (op.fields or {})[name] == state.values.get(name)}
            if not set(latest) <= shown:
                yield "I6: a value was overwritten by who had not seen it, and nobody is asked"
