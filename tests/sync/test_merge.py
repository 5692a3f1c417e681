"""Histories become one state, whatever the order they came in."""

from __future__ import annotations

import hashlib
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync import protocol
from sync.merge import resolve
from sync.protocol import Op

A, B, C = "aa" * 8, "bb" * 8, "cc" * 8
RECORD = "0190a0b0-0000-7000-8000-000000000001"


def op(device: str, dseq: int, hlc: int, fields: dict[str, object], base: object = (), kind: str = "set") -> Op:
    return Op(device, dseq, hlc, 1, "Hoa", "members.edit", "person", RECORD, kind, fields, base)  # type: ignore[arg-type]


CREATED = op(A, 1, 100, {"name": "Lan", "team": "1"})


def test_edits_of_different_fields_on_two_pcs_both_stay() -> None:
    left = op(A, 2, 200, {"name": "Lan Anh"}, (((A, 1),),))
    right = op(B, 1, 150, {"team": "2"}, (((A, 1),),))
    state = resolve([CREATED, left, right])
    assert state.values == {"name": "Lan Anh", "team": "2"}
    assert not state.overlaps


def test_edits_of_one_field_on_two_pcs_show_the_later_and_keep_the_other() -> None:
    left = op(A, 2, 200, {"name": "Lan Anh"}, (((A, 1),),))
    right = op(B, 1, 300, {"name": "Lan Hương"}, (((A, 1),),))
    state = resolve([CREATED, left, right])
    assert state.values["name"] == "Lan Hương"
    assert [o.device for o in state.overlaps["name"]] == [B, A]


def test_who_saw_the_value_replaces_it_even_with_a_slow_clock() -> None:
    state = resolve([CREATED, op(B, 1, 5, {"name": "Lan Hương"}, (((A, 1),),))])
    assert state.values["name"] == "Lan Hương"
    assert not state.overlaps


def test_deletion_does_not_beat_a_concurrent_edit() -> None:
    retire = op(A, 2, 900, {}, (((A, 1),),), "retire")
    edit = op(B, 1, 150, {"team": "2"}, (((A, 1),),))
    assert resolve([CREATED, retire]).retired
    assert not resolve([CREATED, retire, edit]).retired


@st.composite
def histories(draw: st.DrawFn) -> list[Op]:
    """Ops of up to three devices, each naming as base some heads that stood before it."""
    made = [CREATED]
    for number in range(draw(st.integers(1, 4))):
        device = draw(st.sampled_from([A, B, C]))
        name = draw(st.sampled_from(["name", "team"]))
        known = resolve([*draw(st.lists(st.sampled_from(made), max_size=3)), CREATED])
        dseq = number + 2
        made.append(
            op(
                device,
                dseq,
                draw(st.integers(1, 9)),
                {name: draw(st.sampled_from("xyz"))},
                (known.heads[name],),
            )
        )
    return made


@given(histories())
def test_every_order_and_duplication_gives_the_same_state(ops: list[Op]) -> None:
    expected = resolve(ops)
    for order in itertools.permutations(ops):
        assert resolve(order) == expected
        assert resolve([*order, order[0]]) == expected


def test_an_op_is_its_bytes() -> None:
    edit = op(B, 7, 300, {"name": "Lan Hương"}, (((A, 1), (B, 3)),))
    raw, payload = protocol.encode(edit, secret=b"12345678")
    assert b"Lan" not in raw
    assert protocol.decode(B, raw, payload).fields == edit.fields
    assert protocol.decode(B, raw, payload).base == edit.base
    hidden = protocol.decode(B, raw, None)
    assert hidden.fields is None
    assert hidden.payload_hash == hashlib.sha256(protocol.salt(b"12345678", B, 7) + (payload or b"")).digest()


@given(st.binary(max_size=60))
def test_foreign_bytes_are_malformed_and_nothing_else(raw: bytes) -> None:
    with pytest.raises(protocol.Malformed):
        protocol.decode(A, raw)


@given(st.integers(0, 2**63), st.integers(0, 2**46), st.integers(0, 2**63))
def test_no_remote_clock_stops_or_poisons_the_local_one(last: int, wall: int, remote: int) -> None:
    clock = protocol.Clock(last)
    after = clock.seen(remote, wall)
    assert after.last <= max(last, (wall + 300_000) << 16)
    assert after.tick(wall).last > after.last
