"""A part of a history by column gives back the very bytes that went in, or says that it is not whole."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync import columns, lean, protocol
from sync.columns import Entry, Packer, Step, unpack
from sync.protocol import Malformed, Op

DEVICES = ("00112233445566aa", "ff112233445566aa")
RECORD = "0190a0b0-0000-7000-8000-000000000001"
texts = st.text("aĐệ\0", max_size=5)
values = texts | st.integers(-(2**63), 2**64 - 1) | st.booleans() | st.binary(max_size=17) | st.lists(st.integers(0, 9))
heads = st.tuples(st.sampled_from(DEVICES), st.integers(1, 99))


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    """Entries as they are meant to be, and such as a later program or a stranger might write."""
    numbers, made = dict.fromkeys(DEVICES, 0), []
    for _ in range(draw(st.integers(0, 12))):
        device = draw(st.sampled_from(DEVICES))
        numbers[device] += 1
        said: dict[str, Any] = draw(st.dictionaries(st.sampled_from(("name", "team", "day")), values, max_size=2))
        kind = draw(st.sampled_from(("set", "set", "retire", "erase")))
        op = Op(
            device, numbers[device], draw(st.integers(0, 2**64 - 1)), 1, draw(texts), "verb", "person", RECORD, kind,
            said if kind == "set" else {}, tuple(tuple(draw(st.lists(heads, max_size=2))) for _ in said),
            reach=draw(st.integers(0, 1)),
        )  # fmt: skip
        secret = draw(st.none() | st.binary(min_size=8, max_size=8))
        raw, payload = protocol.encode(op, secret, first=draw(st.booleans()))
        raw, payload = draw(
            st.sampled_from(((raw, payload), (lean.lean(raw, payload), payload), (raw, None), (raw[:-1], payload)))
            | st.tuples(st.binary(max_size=20), st.none() | st.binary(max_size=9))
        )
        made.append((device, raw, payload))
    return made


@given(entries(), st.integers(1, 5))
@settings(max_examples=60)
def test_what_comes_out_is_what_went_in(made: list[Entry], size: int) -> None:
    packer = Packer(dict.fromkeys(DEVICES, 0))
    steps = [Step(tuple(made[at : at + size]), {DEVICES[0]: bytes(32)}) for at in range(0, len(made), size)]
    for step in steps:
        packer.add(step)
    assert list(unpack(packer.made())) == steps


def a_part() -> bytes:
    packer = Packer({DEVICES[0]: 0})
    made = []
    for number in range(1, 40):
        op = Op(DEVICES[0], number, number << 16, 1, "Hoa", "fund.save", "fund", RECORD, "set", {"code": f"Q{number}"}, ())
        made.append((DEVICES[0], *protocol.encode(op)))
    packer.add(Step(tuple(made), {}))
    return packer.made()


def test_what_is_alike_takes_little() -> None:
    assert len(a_part()) < 39 * 8


def test_a_part_that_is_cut_altered_or_too_large_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = a_part()
    for wrong in (b"", whole[:-1], whole + b"x", whole[:30] + bytes([whole[30] ^ 1]) + whole[31:]):
        with pytest.raises(Malformed):
            list(unpack(wrong))
    monkeypatch.setattr(columns, "LARGEST", 100)
    with pytest.raises(Malformed, match="too_large"):
        list(unpack(whole))
    with pytest.raises(Malformed, match="too_large"):
        a_part()


def test_columns_of_unlike_length_are_not_taken() -> None:
    opened = columns._opened(a_part())
    opened.groups[0].actors.pop()
    for part in (opened, columns._Part(1, [], [(1, [])], [0], []), columns._Part(2, [], [], [], [])):
        content = columns.msgspec.msgpack.encode(part)
        with pytest.raises(Malformed):
            list(unpack(columns.zstandard.ZstdCompressor().compress(content)))
