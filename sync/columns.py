"""A long stretch of a union's history by column: what is alike lies side by side, and packs to half its size.

    part    = zstd frame (level 9, content size, checksum) of the msgpack map `_Part`
    devices = [[device (8 bytes), its dseq before the first entry here], …]
    steps   = [[entries, [[place in `devices`, its chain after the last of these entries], …]], …]
    order   = for each entry, in order of seq, its place in `groups`
    groups  = entries of one device, schema, entity, kind and shape, their values column by column

An entry is taken apart only if its bytes can be made again from the parts; others lie whole in `odd` of a group that
has no `names`. `shape` adds up 1 = its payload goes along, 2 = with the record's secret, 4 = its payload's hash is in
`hashes` (1 without 4: the reader makes the hash anew, as in `sync.lean`). `hlc` is told as the difference to the entry
before in the group; of `base` numbers of the author's own as the distance back from the entry; `base` and `reach` are
nil where all are empty or 0.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec
import zstandard

from sync.protocol import PROTOCOL, Malformed, canonical

Entry = tuple[str, bytes, bytes | None]
"""(device, op, payload)."""
LARGEST, LARGEST_PACKED = 48 << 20, 16 << 20
"""Bytes of a part's content at most, and of the part as it is sent."""
_LARGEST_WINDOW = 8 << 20
_PAYLOAD, _SECRET, _HASH = 1, 2, 4
_ID, _DIGEST, _SALTS = 16, 32, 8
_TYPES = (int, int, int, str, str, str, str, bytes)
_decode: Callable[[bytes], Any] = msgspec.msgpack.Decoder().decode


class _Group(msgspec.Struct, array_like=True):
    device: int
    schema: int
    entity: str
    kind: str
    names: list[str] | None
    shape: int
    hlc: list[int]
    actors: list[str]
    verbs: list[str]
    records: bytes
    base: list[Any] | None
    reach: list[int] | None
    secrets: bytes
    hashes: bytes
    values: list[list[Any]]
    odd: list[tuple[bytes, bytes | None]]


class _Part(msgspec.Struct):
    v: int
    devices: list[tuple[bytes, int]]
    steps: list[tuple[int, list[tuple[int, bytes]]]]
    order: list[int]
    groups: list[_Group]


_part = msgspec.msgpack.Decoder(_Part)


@dataclass(frozen=True)
class Step:
    """Entries in order of seq, to be taken in one commit, and each device's chain after its last one among them."""

    entries: tuple[Entry, ...]
    chains: Mapping[str, bytes]


class Packer:
    """Makes a part of steps that are added one after the other. `before`: each device's last dseq before it."""

    def __init__(self, before: Mapping[str, int]) -> None:
        self._devices = {device: place for place, device in enumerate(before)}
        self._reached = dict(before)
        self._before = dict(before)
        self._places: dict[_Kind, int] = {}
        self._groups: list[_Rows] = []
        self._order: list[int] = []
        self._steps: list[tuple[int, list[tuple[int, bytes]]]] = []

    def add(self, step: Step) -> None:
        """One more step. Raises `KeyError` for a device that `before` does not name."""
        for device, raw, payload in step.entries:
            self._reached[device] += 1
            kind, row = _apart(self._devices[device], self._reached[device], raw, payload)
            place = self._places.setdefault(kind, len(self._groups))
            if place == len(self._groups):
                self._groups.append(_Rows(kind, []))
            self._groups[place].rows.append(row)
            self._order.append(place)
        chains = [(self._devices[device], chain) for device, chain in step.chains.items()]
        self._steps.append((len(step.entries), chains))

    def made(self) -> bytes:
        """The part's bytes. Raises `Malformed` ("too_large")."""
        devices = [(bytes.fromhex(device), dseq) for device, dseq in self._before.items()]
        groups = [_columns(group.kind, group.rows) for group in self._groups]
        content = msgspec.msgpack.encode(_Part(PROTOCOL, devices, self._steps, self._order, groups))
        if len(content) > LARGEST:
            raise Malformed("too_large")
        packed: bytes = zstandard.ZstdCompressor(level=9, write_checksum=True).compress(content)
        if len(packed) > LARGEST_PACKED:
            raise Malformed("too_large")
        return packed


def unpack(packed: bytes) -> Iterator[Step]:
    """The steps of a part, one after the other. Raises `Malformed`."""
    part = _opened(packed)
    if part.v > PROTOCOL:
        raise Malformed("too_new")
    devices = [device.hex() for device, _ in part.devices]
    reached = [dseq for _, dseq in part.devices]
    if sum(count for count, _ in part.steps) != len(part.order):
        raise Malformed("malformed", "steps and entries differ")
    try:
        groups, order = [_Reader(group) for group in part.groups], iter(part.order)
        for count, chains in part.steps:
            entries: list[Entry] = []
            for place in itertools.islice(order, count):
                device = part.groups[place].device
                reached[device] += 1
                entries.append((devices[device], *groups[place].next(reached[device])))
            yield Step(tuple(entries), {devices[place]: chain for place, chain in chains})
    except (IndexError, TypeError, ValueError, OverflowError) as error:
        raise error if isinstance(error, Malformed) else Malformed("malformed", repr(error)) from error


def _opened(packed: bytes) -> _Part:
    try:
        if not 0 <= zstandard.get_frame_parameters(packed).content_size <= LARGEST:
            raise Malformed("too_large")
        unpacker = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
        return _part.decode(unpacker.decompress(packed, allow_extra_data=False))
    except (zstandard.ZstdError, msgspec.MsgspecError) as error:
        raise Malformed("malformed", str(error)) from error


class _Kind(NamedTuple):
    """What the entries of a group have in common; `names` None: nothing is known of them."""

    device: int
    schema: int
    entity: str
    kind: str
    names: tuple[str, ...] | None
    shape: int


class _Rows(NamedTuple):
    kind: _Kind
    rows: list[Any]


class _Row(NamedTuple):
    """One entry of a group that has names; `values` in the order of the names."""

    hlc: int
    actor: str
    verb: str
    record: bytes
    base: Any
    reach: int
    secret: bytes
    hash: bytes
    values: tuple[Any, ...]


def _apart(device: int, dseq: int, raw: bytes, payload: bytes | None) -> tuple[_Kind, Any]:
    """An entry's group and its row there; (raw, payload) as they are where that would not make the same bytes."""
    try:
        _, hlc, schema, actor, verb, entity, record, name, body, base, reach = _decode(raw)
        told: Any = _decode(payload) if payload is not None else [body] if isinstance(body, dict) else [{}]
        secret: bytes = told[1] if len(told) == 2 else b""
        digest = body if isinstance(body, bytes) else b""
        shape = _PAYLOAD * (payload is not None) + _SECRET * (len(told) == 2) + _HASH * bool(digest)
        names = tuple(sorted(told[0]))
        kind = _Kind(device, schema, entity, name, names, shape)
        relative = [[dseq - head if type(head) is int else head for head in group] for group in base]
        row = _Row(hlc, actor, verb, record, relative, reach, secret, digest, tuple(told[0][name] for name in names))
        typed = zip((hlc, schema, reach, actor, verb, entity, name, record, *names), _TYPES, strict=False)
        fits = len(record) == _ID and len(secret) in (0, _SALTS) and len(digest) in (0, _DIGEST) and 0 <= hlc < 1 << 62
        if fits and all(type(part) is kind_ for part, kind_ in typed) and _together(kind, dseq, row) == (raw, payload):
            return kind, row
    except (msgspec.MsgspecError, TypeError, ValueError, KeyError, IndexError):
        pass
    return _Kind(device, 0, "", "", None, 0), (raw, payload)


def _together(kind: _Kind, dseq: int, row: _Row) -> tuple[bytes, bytes | None]:
    """The entry's bytes, and its payload's."""
    fields: Any = dict(zip(kind.names or (), row.values, strict=True))
    payload = None
    if kind.shape & _PAYLOAD:
        payload = canonical([fields, row.secret] if kind.shape & _SECRET else [fields])
    body = row.hash if kind.shape & _HASH else None if payload is not None else fields
    base = [[dseq - head if type(head) is int else head for head in group] for group in row.base]
    raw = [dseq, row.hlc, kind.schema, row.actor, row.verb, kind.entity, row.record, kind.kind, body, base, row.reach]
    return canonical(raw), payload


def _columns(kind: _Kind, rows: Sequence[Any]) -> _Group:
    if kind.names is None:
        return _Group(*kind, [], [], [], b"", None, None, b"", b"", [], rows)  # type: ignore[arg-type]
    hlc, actors, verbs, records, base, reach, secrets, hashes, values = zip(*rows, strict=True)
    return _Group(
        kind.device, kind.schema, kind.entity, kind.kind, list(kind.names), kind.shape,
        [now - before for now, before in zip(hlc, (0, *hlc), strict=False)], list(actors), list(verbs),
        b"".join(records), list(base) if any(base) else None, list(reach) if any(reach) else None,
        b"".join(secrets), b"".join(hashes), [list(column) for column in zip(*values, strict=True)], [],
    )  # fmt: skip


class _Reader:
    """The entries of a group, one after the other."""

    def __init__(self, group: _Group) -> None:
        self._group, self._at, self._hlc = group, 0, 0
        self._kind = _Kind(group.device, group.schema, group.entity, group.kind, tuple(group.names or ()), group.shape)

    def next(self, dseq: int) -> tuple[bytes, bytes | None]:
        """The next one, `dseq` of its device. Raises `IndexError` beyond the last."""
        at, group = self._at, self._group
        self._at += 1
        if group.names is None:
            return group.odd[at]
        self._hlc += group.hlc[at]
        row = _Row(
            self._hlc, group.actors[at], group.verbs[at], _cut(group.records, at, _ID),
            group.base[at] if group.base is not None else [], group.reach[at] if group.reach is not None else 0,
            _cut(group.secrets, at, _SALTS) if group.shape & _SECRET else b"",
            _cut(group.hashes, at, _DIGEST) if group.shape & _HASH else b"",
            tuple(column[at] for column in group.values),
        )  # fmt: skip
        return _together(self._kind, dseq, row)


def _cut(joined: bytes, at: int, size: int) -> bytes:
    piece = joined[at * size : (at + 1) * size]
    if len(piece) != size:
        raise IndexError(at)
    return piece
