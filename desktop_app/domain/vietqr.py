"""VietQR: the text of a payment's QR code (EMVCo fields of NAPAS, CRC16-CCITT at the end). Pure."""

from __future__ import annotations

import re
import unicodedata

from desktop_app.domain.errors import Refused

LONGEST_PURPOSE = 25
"""Letters of the purpose (tag 08) that every bank shows."""
_NAPAS, _TO_ACCOUNT, _DONG, _LAND = "A000000727", "QRIBFTTA", "704", "VN"
_LONGEST_AMOUNT = 13


def payload(bin_: str, account: str, amount: int, *, purpose: str = "", bill: str = "") -> str:
    """The text of a QR code that pays `amount` đồng to an account of the bank with this BIN.

    Raises `Refused` for what no bank would read: a BIN not of 6 digits, a bad account, an amount not above 0.
    """
    if not re.fullmatch(r"\d{6}", bin_):
        raise Refused("Mã ngân hàng để làm mã QR phải gồm 6 chữ số.")
    if not re.fullmatch(r"[0-9A-Za-z]{1,19}", account):
        raise Refused("Số tài khoản nhận chỉ gồm chữ và số, không dấu cách, tối đa 19 ký tự.")
    if amount <= 0 or len(str(amount)) > _LONGEST_AMOUNT:
        raise Refused("Số tiền chuyển phải lớn hơn 0.")
    party = _field("00", bin_) + _field("01", account)
    receiver = _field("00", _NAPAS) + _field("01", party) + _field("02", _TO_ACCOUNT)
    told = (_field("01", bill) if bill else "") + (_field("08", purpose) if purpose else "")
    text = "".join(
        (
            _field("00", "01"),
            _field("01", "12"),
            _field("38", receiver),
            _field("53", _DONG),
            _field("54", str(amount)),
            _field("58", _LAND),
            _field("62", told) if told else "",
            "6304",
        )
    )
    return f"{text}{crc16(text.encode('ascii')):04X}"


def purpose(head: str, tail: str) -> str:
    """A short purpose in plain letters: of a long `head` the end is cut, `tail` (what for, when) stays whole."""
    last = _plain(tail)[:LONGEST_PURPOSE]
    return f"{_plain(head)[: LONGEST_PURPOSE - len(last) - 1].strip()} {last}".strip()


def crc16(data: bytes) -> int:
    """CRC16-CCITT (polynomial 1021, beginning with FFFF)."""
    found = 0xFFFF
    for byte in data:
        found ^= byte << 8
        for _ in range(8):
            found = (found << 1) ^ 0x1021 if found & 0x8000 else found << 1
        found &= 0xFFFF
    return found


def _field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02}{value}"


def _plain(text: str) -> str:
    """Vietnamese in letters without marks, as banks pass it on."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return " ".join(re.sub(r"[^0-9A-Za-z ./-]", "", bare).split())
