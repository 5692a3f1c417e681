"""The wire byte by byte: what is written is read, what is altered, cut, oversized or of another is refused."""

from __future__ import annotations

import msgspec
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from sync import envelope, messages
from sync.messages import Certificate, EnrolRequest, Receipt, Refusal, SyncReply, SyncRequest
from sync.protocol import Malformed, Op, canonical, encode, genesis

SEED, OTHER = bytes(range(32)), bytes(range(1, 33))
KEY = envelope.public_key(SEED)
NONCE = bytes(range(16))
DEVICE = "00112233445566aa"
OP = Op(DEVICE, 1, 7, 1, "Hoa", "fund.add", "fund", "0190a0b0-0000-7000-8000-000000000001", "set", {"code": "TM"}, ())
REQUEST = SyncRequest(
    union="40-001", device=DEVICE, first=1, prev=genesis("40-001", DEVICE), head=bytes(32), ops=(encode(OP),),
    cursor=(0, 0), want=32768, schema=1, time=1_790_000_000_000, nonce=NONCE,
)  # fmt: skip
RECEIPT = Receipt(union="40-001", device=DEVICE, dseq=1, hash=bytes(32), epoch=3, time=5)


def sent(message: object = REQUEST, seed: bytes = SEED) -> bytes:
    return messages.write(message, seed)


def test_a_request_is_read_as_it_was_written() -> None:
    assert messages.read(SyncRequest, sent()).check(KEY) == REQUEST


def test_the_body_has_exactly_these_bytes() -> None:
    refusal = Refusal(reason="gap", confirmed=40, time=5)
    body = bytes.fromhex("84a9636f6e6669726d656428a6726561736f6ea3676170a474696d6505a17601")
    assert messages.body_of(refusal) == body
    content = zstandard.ZstdDecompressor(dict_data=envelope._KNOWN).decompress(sent(refusal))
    assert msgspec.msgpack.decode(content) == [body, envelope.sign(SEED, b"socongdoan refusal 1\0" + body)]


def test_the_signature_is_ordinary_ed25519() -> None:
    # RFC 8032, 7.1, test 2.
    seed = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    assert envelope.public_key(seed).hex() == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    assert envelope.sign(seed, b"\x72").hex() == (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )


def test_an_op_has_exactly_these_bytes() -> None:
    assert encode(OP)[0].hex() == (
        "9b010701a3486f61a866756e642e616464a466756e64c4100190a0b0000070008000000000000001a373657481a4636f6465a2544d9000"
    )


@given(st.integers(0, len(sent()) - 1), st.integers(1, 255))
def test_no_altered_byte_becomes_another_message(place: int, change: int) -> None:
    altered = bytearray(sent())
    altered[place] ^= change
    try:
        read = messages.read(SyncRequest, bytes(altered)).check(KEY)
    except Malformed:
        return
    assert read == REQUEST


def test_a_message_cut_anywhere_is_refused() -> None:
    whole = sent()
    for length in range(len(whole)):
        with pytest.raises(Malformed, match="malformed"):
            messages.read(SyncRequest, whole[:length])
    with pytest.raises(Malformed, match="malformed"):
        messages.read(SyncRequest, whole + b"\0")


@given(st.binary(max_size=200))
def test_foreign_bytes_are_malformed_and_nothing_else(foreign: bytes) -> None:
    packed = zstandard.ZstdCompressor().compress(canonical([foreign, bytes(64)]))
    for content in (foreign, packed):
        with pytest.raises(Malformed):
            messages.read(SyncRequest, content)


@pytest.mark.parametrize(
    ("field", "value"),
    [("device", "0011"), ("device", b"x"), ("prev", bytes(31)), ("nonce", bytes(17)), ("ops", [[b"x"]]),
     ("cursor", [1]), ("first", -1), ("union", ""), ("time", 1.5), ("v", "1")],
)  # fmt: skip
def test_a_field_of_another_type_or_length_is_malformed(field: str, value: object) -> None:
    body = msgspec.msgpack.decode(canonical(REQUEST)) | {field: value}
    with pytest.raises(Malformed, match="malformed"):
        messages.read(SyncRequest, envelope.seal(SEED, b"", canonical(body)))


def test_a_missing_field_is_malformed_and_an_unknown_one_is_let_through() -> None:
    body = msgspec.msgpack.decode(canonical(REQUEST))
    extra = envelope.seal(SEED, messages.TAGS[SyncRequest], canonical(body | {"later": 1}))
    assert messages.read(SyncRequest, extra).check(KEY) == REQUEST
    del body["head"]
    with pytest.raises(Malformed, match="malformed"):
        messages.read(SyncRequest, envelope.seal(SEED, b"", canonical(body)))


def test_a_newer_protocol_is_told_apart_from_nonsense() -> None:
    with pytest.raises(Malformed, match="too_new"):
        messages.read(SyncRequest, envelope.seal(SEED, b"", canonical({"v": 2, "anything": []})))


def test_a_signature_of_another_key_kind_or_request_is_refused() -> None:
    reply = SyncReply(confirmed=1, receipt=None, receipt_sig=None, ops=(), cursor=(1, 0), top=0, epoch=1, time=5)
    read = messages.read(SyncReply, messages.write(reply, SEED, NONCE))
    assert read.check(KEY, NONCE) == reply
    for key, bound in ((envelope.public_key(OTHER), NONCE), (KEY, bytes(16)), (KEY, b""), (b"short", NONCE)):
        with pytest.raises(Malformed, match="bad_signature"):
            read.check(key, bound)
    with pytest.raises(Malformed, match="bad_signature"):
        disguised = envelope.seal(SEED, messages.TAGS[SyncReply], canonical(REQUEST))
        messages.read(SyncRequest, disguised).check(KEY)


def test_a_receipt_proves_itself() -> None:
    signature = messages.signature_of(RECEIPT, SEED)
    assert messages.is_signed(RECEIPT, signature, KEY)
    assert not messages.is_signed(RECEIPT, signature, envelope.public_key(OTHER))
    altered = Receipt(union="40-001", device=DEVICE, dseq=2, hash=bytes(32), epoch=3, time=5)
    assert not messages.is_signed(altered, signature, KEY)
    certificate = Certificate(union="40-001", device=DEVICE, key=KEY, issued=5)
    assert messages.is_signed(certificate, messages.signature_of(certificate, SEED), KEY)


def test_a_frame_that_says_it_is_huge_is_not_opened() -> None:
    bomb = zstandard.ZstdCompressor(level=9).compress(bytes(envelope.MOST_EXPANDED + 1))
    assert len(bomb) < 10_000
    with pytest.raises(Malformed, match="too_large"):
        messages.read(SyncRequest, bomb)
    with pytest.raises(Malformed, match="too_large"):
        messages.read(SyncRequest, bytes(envelope.MOST_SENT + 1))
    unsized = zstandard.ZstdCompressor(write_content_size=False).compress(canonical([b"", b""]))
    with pytest.raises(Malformed, match="no content size"):
        messages.read(SyncRequest, unsized)


def test_what_is_too_large_is_not_sent() -> None:
    with pytest.raises(Malformed, match="too_large"):
        envelope.seal(SEED, b"", bytes(envelope.MOST_EXPANDED))


def test_a_code_is_compared_as_a_person_reads_it() -> None:
    assert messages.plain_code(" abcde-fgh 23 ") == messages.plain_code("ABCDE.FGH23") == "ABCDEFGH23"


def test_the_province_has_one_device_id_for_each_union() -> None:
    assert messages.province_device(KEY, "40-001") == messages.province_device(KEY, "40-001")
    assert len({messages.province_device(KEY, union) for union in ("40-001", "40-002")}) == 2
    assert len({messages.province_device(KEY, "40-001", epoch) for epoch in (1, 2, 3)}) == 3
    assert EnrolRequest(
        code="X", device=messages.province_device(KEY, "40-001"), key=KEY, age="age1q", union="40-001", time=1, nonce=NONCE
    )
