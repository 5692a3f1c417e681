"""The transfer card as a file `.the` and as the text of a QR code: signed by a PC that the province has certified.

    card = zstd frame of msgpack [body, signature] (see `sync.envelope`)
    body = canonical msgpack list of `Card`'s values
    signature = Ed25519 over ("socongdoan transfer card 1" 0x00 ‖ body) by the PC's key
    text = "SOCONGDOAN-THE:" and the card in base32 without padding: capitals and digits, densest in a QR code

The card carries the PC's certificate, signed by the province: who takes it needs the province's key and no network.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from desktop_app.domain.errors import Problem, Refused
from sync import envelope, messages
from sync.messages import Certificate, Count, Device, Key, Signature, Union
from sync.protocol import Malformed, canonical

ENDING = ".the"
PREFIX = "SOCONGDOAN-THE:"
TAG = b"socongdoan transfer card 1\0"
_MOST = 8 << 10
_DAMAGED = "Thẻ chuyển bị hỏng hoặc không phải thẻ chuyển sinh hoạt. Hãy xin lại nơi chuyển."
_UNREAD = "Chưa đọc được mã của thẻ chuyển. Nếu dùng máy quét, hãy tắt UniKey rồi quét lại."
_CHANGED = "Thẻ chuyển đã bị sửa sau khi ký nên không nhận được. Hãy xin lại nơi chuyển."
_FOREIGN = "Thẻ này không do đơn vị của LĐLĐ tỉnh mình ký. Hãy liên hệ nơi chuyển."

Id = Annotated[bytes, Meta(min_length=16, max_length=16)]
Day = Annotated[str, Meta(pattern=r"^(\d{4}-\d{2}-\d{2})?$", max_length=10)]
Words = Annotated[str, Meta(max_length=200)]


class Card(msgspec.Struct, array_like=True, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the receiving union needs of a member, and no more; days as ISO text, "" unknown.

    `paid` is the last month dues were paid for ("2026-10"), `joined` the first day in the union.
    """

    v: Annotated[int, Meta(ge=1, le=1)] = 1
    id: Id
    leaving: Id
    sender: Union
    sender_name: Words
    receiver: Union
    receiver_name: Words
    left: Day
    expires: Day
    document: Words
    name: Words
    birth: Annotated[str, Meta(max_length=10)]
    sex: Annotated[str, Meta(max_length=5)]
    cccd: Annotated[str, Meta(max_length=12)]
    card: Annotated[str, Meta(max_length=40)]
    joined: Day
    paid: Annotated[str, Meta(max_length=7)]
    device: Device
    key: Key
    certified: Count
    certificate_sig: Signature

    @property
    def card_id(self) -> str:
        """The card's id as records hold ids."""
        return str(UUID(bytes=self.id))

    @property
    def leaving_id(self) -> str:
        """The id of this leaving."""
        return str(UUID(bytes=self.leaving))

    def certificate(self) -> Certificate:
        """The province's word that the signing PC is the sender's."""
        return Certificate(union=self.sender, device=self.device, key=self.key, issued=self.certified)


def seal(card: Card, seed: bytes) -> bytes:
    """The signed card."""
    return envelope.seal(seed, TAG, canonical(card))


def text_of(sealed: bytes) -> str:
    """A signed card as text."""
    return PREFIX + base64.b32encode(sealed).decode().rstrip("=")


def of_text(text: str) -> bytes:
    """The signed card that a text holds, however it was wrapped or typed. Raises `Refused`."""
    plain = "".join(text.split()).upper()
    _, found, letters = plain.partition(PREFIX)
    try:
        if not found:
            raise ValueError(plain[:40])
        return base64.b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError:
        raise _refused(_UNREAD) from None


def read(file: Path) -> bytes:
    """The signed card of a file: the card itself, or a picture of its QR code. Raises `Refused`."""
    try:
        if file.suffix.lower() == ENDING:
            if file.stat().st_size > _MOST:
                raise _refused(_DAMAGED)
            return file.read_bytes()
        return of_text(_seen(file))
    except OSError:
        raise _refused(f"Không đọc được {file.name}. Hãy chọn tệp thẻ chuyển (.the) hoặc ảnh chụp mã QR.") from None


def open_card(sealed: bytes, server_keys: Sequence[bytes]) -> Card:
    """The card, proven to be signed by a PC that this province certified for the sender. Raises `Refused`."""
    try:
        if len(sealed) > _MOST:
            raise Malformed("too_large")
        opened = envelope.open_envelope(sealed)
        card = msgspec.msgpack.decode(opened.body, type=Card)
    except (Malformed, msgspec.MsgspecError, UnicodeDecodeError):
        raise _refused(_DAMAGED) from None
    if not any(messages.is_signed(card.certificate(), card.certificate_sig, key) for key in server_keys):
        raise _refused(_FOREIGN)
    if not opened.is_signed(card.key, TAG):
        raise _refused(_CHANGED)
    return card


def _seen(picture: Path) -> str:
    """What the QR code in a picture says. Raises `Refused` if none is found."""
    import zxingcpp
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(picture) as image:
            found = zxingcpp.read_barcodes(image.convert("L"))
    except (UnidentifiedImageError, Image.DecompressionBombError, ValueError):
        found = []
    texts = [one.text for one in found if one.text.startswith(PREFIX)]
    if not texts:
        told = f"Không thấy mã QR của thẻ chuyển trong {picture.name}."
        raise _refused(f"{told} Hãy chụp lại gần hơn, đủ sáng, thẳng góc.")
    return texts[0]


def _refused(sentence: str) -> Refused:
    return Refused([Problem("card", sentence)])
