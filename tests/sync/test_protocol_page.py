"""PROTOCOL.md says what the program does: its bytes are made and read, its lists are complete."""

from __future__ import annotations

import io
import re
from pathlib import Path

import zstandard

from desktop_app.exchange import transfer_card
from sync import columns, envelope, lean, messages, packet, protocol, sealing
from sync.dictionary import DICTIONARY
from sync.messages import BlobRequest, Manifest, SyncRequest
from sync.protocol import Op

PAGE = (Path(__file__).parents[2] / "sync" / "PROTOCOL.md").read_text("utf-8")
BYTES = {name: bytes.fromhex(block) for name, block in re.findall(r"```hex (\S+)\n(.*?)```", PAGE, re.DOTALL)}
DEVICE, UNION, SEED = "00112233445566aa", "40-001", bytes(range(32))


def test_the_entry_and_its_chain_are_the_ones_of_the_page() -> None:
    record = "0190a0b0-0000-7000-8000-000000000001"
    op = Op(DEVICE, 1, 7, 1, "Hoa", "fund.add", "fund", record, "set", {"code": "TM"}, ())
    assert protocol.encode(op) == (BYTES["entry"], None)
    assert protocol.decode(DEVICE, BYTES["entry"]) == op
    assert protocol.genesis(UNION, DEVICE) == BYTES["chain-before"]
    assert protocol.chain(BYTES["chain-before"], BYTES["entry"]) == BYTES["chain-after"]


def test_the_lean_entry_of_the_page_is_written_and_restored() -> None:
    secret, record = bytes(range(8)), "0190a0b0-0000-7000-8000-000000000002"
    op = Op(DEVICE, 2, 8 << 16, 1, "Hoa", "members.add", "person", record, "set", {"name": "Lê Thị Lan"}, ())
    assert protocol.encode(op, secret, first=True) == (BYTES["private-entry"], BYTES["payload"])
    assert lean.lean(BYTES["private-entry"], BYTES["payload"]) == BYTES["lean-entry"]
    assert lean.restored([(DEVICE, BYTES["lean-entry"], BYTES["payload"])], lambda _: {}) == [BYTES["private-entry"]]


def test_the_dictionary_of_the_page_is_the_one_of_the_frames() -> None:
    assert BYTES["dictionary"] == DICTIONARY


def the_request() -> SyncRequest:
    return SyncRequest(
        union=UNION, device=DEVICE, first=1, prev=BYTES["chain-before"], head=BYTES["chain-after"],
        ops=((BYTES["entry"], None),), cursor=(0, 0), want=32_768, schema=1, time=1_790_000_000_000,
        nonce=bytes(range(16)),
    )  # fmt: skip


def test_the_request_of_the_page_is_read_and_written() -> None:
    request = the_request()
    assert messages.body_of(request) == BYTES["body"]
    assert envelope.public_key(SEED) == BYTES["public-key"]
    opened = envelope.open_envelope(messages.write(request, SEED))
    assert (opened.body, opened.signature) == (BYTES["body"], BYTES["signature"])
    assert messages.read(SyncRequest, messages.write(request, SEED)).check(BYTES["public-key"]) == request


def test_the_packet_of_the_page_is_read_and_written() -> None:
    assert sealing.recipient(SEED).encode() == BYTES["age-recipient"]
    sent = messages.write(the_request(), SEED)
    manifest = Manifest(
        kind="province", union=UNION, device=DEVICE, messages=("sync",), digest=packet.digest_of([sent]), blobs=(),
        time=1_790_000_000_000, nonce=bytes(range(16)),
    )  # fmt: skip
    assert messages.body_of(manifest) == BYTES["manifest"]
    sealed, first = io.BytesIO(), messages.write(manifest, SEED)
    packet.write(sealed, [BYTES["age-recipient"].decode()], first, [sent], ())
    inside: list[bytes] = []
    sealing.unseal(io.BytesIO(sealed.getvalue()), sealing.identity(SEED), inside.append)
    assert b"".join(inside) == b"".join(len(part).to_bytes(4, "big") + part for part in (first, sent))
    opened = packet.inspect(io.BytesIO(sealed.getvalue()), sealing.identity(SEED))
    assert opened.manifest.check(BYTES["public-key"]) == manifest
    assert opened.messages == (sent,)


def test_the_file_request_of_the_page_is_read_and_written() -> None:
    request = BlobRequest(
        union=UNION, device=DEVICE, verb="put", contents=((bytes(range(32)), 640_000),), offset=300_000,
        time=1_790_000_000_000, nonce=bytes(range(16)),
    )  # fmt: skip
    assert messages.body_of(request) == BYTES["file-request"]
    assert messages.read(BlobRequest, messages.write(request, SEED)).check(BYTES["public-key"]) == request


def test_the_part_of_the_page_is_read_and_written() -> None:
    secret, packed = bytes(range(1, 9)), zstandard.ZstdCompressor().compress(BYTES["part"])
    (step,) = columns.unpack(packed)
    raws = lean.restored(step.entries, lambda _: {})
    assert raws[0] == BYTES["entry"]
    assert step.chains == {DEVICE: protocol.chain(BYTES["chain-after"], raws[1])} == {DEVICE: BYTES["part-chain"]}
    person = protocol.decode(DEVICE, raws[1], step.entries[1][2])
    assert (person.entity, person.fields) == ("person", {"name": "Lê Thị Lan"})
    assert person.payload_hash == protocol.payload_digest(secret, DEVICE, 2, step.entries[1][2] or b"")
    packer = columns.Packer({DEVICE: 0})
    packer.add(step)
    assert zstandard.ZstdDecompressor().decompress(packer.made()) == BYTES["part"]


def test_every_reason_status_tag_and_key_stands_on_the_page() -> None:
    for reason, status in messages.STATUS.items():
        assert re.search(rf"`{reason}`.*\| {status} \|", PAGE), reason
    for kind, tag in messages.TAGS.items():
        assert tag.rstrip(b"\0").decode() in PAGE
        for name in kind.__dataclass_fields__:
            assert f"`{name}`" in PAGE, (kind, name)


def test_the_transfer_card_stands_on_the_page_field_by_field_in_its_order() -> None:
    told = PAGE[PAGE.index("## 9. The transfer card") :]
    places = [told.index(f"`{name}`") for name in transfer_card.Card.__struct_fields__]
    assert sorted(places) == places
    assert transfer_card.PREFIX in told
    assert transfer_card.TAG.rstrip(b"\0").decode() in told
