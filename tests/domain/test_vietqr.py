"""VietQR: the published vector of worked example E14 byte for byte, and what a bank could not read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain import vietqr
from desktop_app.domain.errors import Refused

E14 = (
    "00020101021238530010A0000007270123000697041601092245284790208QRIBFTTA53037045405100005802VN62340107NPS6869"
    "0819TRANSFER TO SOMEONE6304AC13"
)


def test_e14_byte_for_byte() -> None:
    assert vietqr.payload("970416", "224528479", 10000, bill="NPS6869", purpose="TRANSFER TO SOMEONE") == E14


def test_the_purpose_is_short_and_in_plain_letters() -> None:
    assert vietqr.purpose("MST 2900123456", "KPCD 10/26") == "MST 2900123456 KPCD 10/26"
    assert vietqr.purpose("CĐCS Công ty CP May Hưng Lộc", "DPCD 10/26") == "CDCS Cong ty C DPCD 10/26"


@given(st.text(max_size=60), st.text(max_size=30))
def test_any_purpose_fits(head: str, tail: str) -> None:
    made = vietqr.purpose(head, tail)
    assert len(made) <= 25
    assert made.isascii()


@given(st.integers(1, 10**12), st.text("0123456789", min_size=1, max_size=19))
def test_a_payload_checks_itself(amount: int, account: str) -> None:
    made = vietqr.payload("970405", account, amount, purpose="KPCD 10/26")
    assert made[-4:] == f"{vietqr.crc16(made[:-4].encode()):04X}"
    assert f"54{len(str(amount)):02}{amount}58" in made


@pytest.mark.parametrize(
    ("bin_", "account", "amount"), [("97041", "1", 1), ("970416", "12 3", 1), ("970416", "123", 0), ("970416", "", 5)]
)
def test_what_no_bank_reads_is_refused(bin_: str, account: str, amount: int) -> None:
    with pytest.raises(Refused):
        vietqr.payload(bin_, account, amount)
