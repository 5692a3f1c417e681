"""A packet altered in any class of its bytes, cut short anywhere, or split over several sticks and brought in any order."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from desktop_app.actions import packets, sync
from desktop_app.storage import attachments, carrying, enrolment
from sync import envelope, messages, packet, sealing
from sync.messages import Manifest
from sync.protocol import Malformed
from tests.server.running import running
from tests.sync.pcs import a_person, enrolled, save

SEED = bytes(range(32))
OWN, RECIPIENT = sealing.identity(SEED), sealing.recipient(SEED)
CONTENTS = [random.Random(size).randbytes(size) for size in (700, packet.PIECE + 1000)]
SENT = [b"a message", b"another, longer message" * 40]


def frames() -> list[bytes]:
    """A packet's frames before sealing: the manifest's, two messages', and the pieces of two contents."""
    import hashlib

    told = Manifest(
        kind=packet.PROVINCE, union="40-001", device="00112233445566aa", messages=("sync", "sync"),
        digest=packet.digest_of(SENT), blobs=tuple((hashlib.sha256(one).digest(), len(one)) for one in CONTENTS),
        time=1_790_000_000_000, nonce=bytes(16),
    )  # fmt: skip
    pieces = [one[at : at + packet.PIECE] for one in CONTENTS for at in range(0, len(one), packet.PIECE)]
    parts = [messages.write(told, SEED), *SENT, *pieces]
    return [len(part).to_bytes(4, "big") + part for part in parts]


def sealed(parts: Sequence[bytes]) -> bytes:
    out = io.BytesIO()
    sealing.seal(parts, out, [RECIPIENT])
    return out.getvalue()


def opened(content: bytes) -> packet.Opened:
    """Raises `Malformed` unless it is whole and its manifest is of who says he wrote it."""
    made = packet.inspect(io.BytesIO(content), OWN)
    made.manifest.check(envelope.public_key(SEED))
    return made


def test_a_whole_packet_opens() -> None:
    assert list(opened(sealed(frames())).messages) == SENT


def test_cut_at_every_frame_border_and_inside_every_frame_it_is_refused() -> None:
    whole = b"".join(frames())
    borders = [sum(map(len, frames()[:count])) for count in range(len(frames()))]
    for border in borders:
        for cut in {border, border + 1, border + 4, border + 5, border + 60} - {len(whole)}:
            with pytest.raises(Malformed):
                opened(sealed([whole[:cut]]))
    with pytest.raises(Malformed):
        opened(sealed([whole, b"\0\0\0\1x"]))


def test_altered_in_any_frame_by_who_could_seal_it_anew_it_is_refused() -> None:
    whole, dice = b"".join(frames()), random.Random(1)
    at = 0
    for frame in frames():
        for place in {0, 3, 4, len(frame) - 1, *(dice.randrange(len(frame)) for _ in range(8))}:
            bad = bytearray(whole)
            bad[at + place] ^= 1 << dice.randrange(8)
            with pytest.raises(Malformed):
                opened(sealed([bytes(bad)]))
        at += len(frame)


def test_altered_or_cut_in_any_class_of_its_sealed_bytes_it_is_refused() -> None:
    """Header line, recipient, its key, header's mac, nonce; and of each sealed chunk the first, a middle and last byte."""
    content, dice = sealed(frames()), random.Random(2)
    header = content.index(b"\n---") + 50
    chunks = [header + 16 + number * (65536 + 16) for number in range(len(content) // 65552 + 1)]
    places = [*range(0, header, 7), *range(header - 20, header + 40), *(at for chunk in chunks for at in (chunk, chunk + 1000)), len(content) - 1]
    for place in places:
        if place < len(content):
            bad = bytearray(content)
            bad[place] ^= 1 << dice.randrange(8)
            with pytest.raises(Malformed):
                opened(bytes(bad))
    for cut in [0, 1, header - 1, header, *(at for chunk in chunks for at in (chunk - 1, chunk, chunk + 1)), len(content) - 1]:
        if cut < len(content):
            with pytest.raises(Malformed):
                opened(content[:cut])


def test_frames_in_another_order_or_twice_are_refused() -> None:
    made = frames()
    for order in ([1, 0, 2, 3, 4, 5], [0, 2, 1, 3, 4, 5], [0, 1, 2, 4, 3, 5], [0, 1, 1, 2, 3, 4, 5], [0, 1, 2, 3, 3, 5]):
        with pytest.raises(Malformed):
            opened(sealed([made[place] for place in order]))


def test_more_files_than_a_stick_holds_go_in_several_packets_which_come_in_any_order(tmp_path: Path) -> None:
    with running(tmp_path / "tinh") as server:
        office = enrolled(tmp_path / "a", server, first=True)
        person = save(office, a_person("Lê Thị Lan"))
        for number in range(5):
            with office.transact("members.attach", "Hoa") as transaction:
                data = random.Random(number).randbytes(400_000)
                attachments.keep(transaction, "person", person.id, f"{number}.pdf", data)
        made = packets.export(office, tmp_path / "a.goi", largest=1_000_000)
        assert [file.name for file in made.files] == ["a.goi", "a-2.goi", "a-3.goi"]
        assert (made.ops, made.blobs) == (6, 5)
        assert all(file.stat().st_size < 1_000_000 for file in made.files)
        last, first, middle = made.files[2], made.files[0], made.files[1]
        for number, (file, ops) in enumerate([(last, 6), (first, 0), (first, 0), (middle, 0)]):
            reply = tmp_path / f"{number}.tra-loi"
            assert server.command("packet", "import", str(file), "--reply", str(reply))["ops"] == ops
        for number in (3, 1, 0, 2):  # and so may the replies
            packets.take(office, tmp_path / f"{number}.tra-loi")
        assert (enrolment.waiting(office), carrying.waiting(office)) == (0, [])
        home = enrolled(tmp_path / "b", server)
        sync.sync_now(home)
        assert carrying.wanted(home) == []
        office.close()
        home.close()
