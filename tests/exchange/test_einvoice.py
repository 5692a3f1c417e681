"""E-invoices: what is read, what is doubted, whose signature it is, and what hostile files come to."""

from __future__ import annotations

import base64
import io
import zipfile
from datetime import date

import pytest

from desktop_app.domain.einvoice import EInvoice, doubts
from desktop_app.domain.errors import Refused
from desktop_app.exchange import einvoice
from tests.exchange import invoices

OWN = [invoices.OWN_TAX]


def read(content: bytes | str) -> EInvoice:
    (taken,) = einvoice.read("hoa-don.xml", content.encode() if isinstance(content, str) else content)
    return taken.invoice


def test_a_signed_invoice_is_read_and_its_signature_fits() -> None:
    found = read(invoices.signed(invoices.xml()))
    assert (found.name, found.seller, found.day) == ("1C26TQS số 00000123", invoices.SELLER, date(2026, 10, 19))
    assert (found.net, found.tax, found.total) == (5_400_000, 432_000, 5_832_000)
    assert found.what == "Giỏ quà 20/10 và 1 mặt hàng khác"
    assert (found.signed, found.signer, found.signer_tax) == ("đúng", invoices.SELLER, invoices.SELLER_TAX)
    assert list(doubts(found, OWN)) == []


def test_the_message_of_a_provider_around_it_changes_nothing() -> None:
    inner = invoices.signed(invoices.xml()).split(b"?>", 1)[1]
    wrapped = b"<TDiep><TTChung><SLuong>1</SLuong></TTChung><DLieu>" + inner + b"</DLieu></TDiep>"
    assert read(wrapped) == read(invoices.signed(invoices.xml()))


@pytest.mark.parametrize(("old", "new"), [("5832000", "9832000"), ("Giỏ quà", "Tivi"), ('Id="data"', 'Id="data2"')])
def test_a_changed_invoice_is_told(old: str, new: str) -> None:
    changed = invoices.signed(invoices.xml()).decode().replace(old, new)
    found = read(changed)
    assert found.signed == "sai"
    assert any("đã bị sửa sau khi ký" in sentence for sentence in doubts(found, OWN))


def test_a_signature_moved_to_another_invoice_does_not_fit() -> None:
    good = invoices.signed(invoices.xml()).decode()
    body = good[good.index("<DLHDon") : good.index("</DLHDon>") + len("</DLHDon>")]
    other = body.replace("5832000", "9832000").replace('Id="data"', 'Id="other"')
    wrapped = good.replace(body, other).replace("<MCCQT>", f"<Hidden>{body}</Hidden><MCCQT>")
    assert read(wrapped).signed == "sai"


def test_sums_buyer_and_signer_are_doubted() -> None:
    (wrong_buyer,) = doubts(read(invoices.xml(buyer="0100000001")), OWN)
    assert "0100000001 không phải của đơn vị" in wrong_buyer
    (wrong_sum,) = doubts(read(invoices.xml(total=5_900_000)), OWN)
    assert wrong_sum.startswith("Tiền hàng và thuế cộng lại là 5.832.000")
    (wrong_lines,) = doubts(read(invoices.xml(lines=invoices.LINES[:1])), OWN)
    assert "Các dòng hàng cộng lại là 5.000.000" in wrong_lines
    (foreign,) = doubts(read(invoices.signed(invoices.xml(), "0312345678")), OWN)
    assert foreign == "Chữ ký số là của mã số thuế 0312345678, không phải của người bán 2900999001."


def test_a_zip_gives_all_its_invoices() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a/1.xml", invoices.xml("1"))
        made.writestr("a/1.pdf", b"%PDF")
        made.writestr("a/2.XML", invoices.xml("2"))
    assert [t.invoice.number for t in einvoice.read("thang 10.zip", packed.getvalue())] == ["1", "2"]


BOMB = '<!DOCTYPE HDon [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><HDon><DLHDon>&b;</DLHDon></HDon>'
FILE = '<!DOCTYPE HDon [<!ENTITY x SYSTEM "file:///etc/passwd">]><HDon><DLHDon>&x;</DLHDon></HDon>'


@pytest.mark.parametrize("content", [BOMB, FILE, "<HDon>", "", "<html/>", "PK\x03\x04rác", "%PDF-1.7", "<HDon><DLHDon/></HDon>"])
def test_what_is_no_invoice_is_refused_in_one_sentence(content: str) -> None:
    with pytest.raises(Refused) as told:
        einvoice.read("la.xml", content.encode())
    assert "la.xml" in str(told.value)


def test_a_zip_that_unpacks_to_gigabytes_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("bom.xml", b" " * 20_000_000)
    with pytest.raises(Refused, match="quá lớn"):
        einvoice.read("bom.zip", packed.getvalue())


@pytest.mark.parametrize("text", [invoices.xml(currency="USD"), invoices.xml().replace("5832000", "1E99"), invoices.xml(number="")])
def test_foreign_money_mad_numbers_and_gaps_are_refused(text: str) -> None:
    with pytest.raises(Refused, match=r"hoa-don\.xml"):
        read(text)


def test_a_broken_certificate_or_signature_is_a_false_one_never_a_bug() -> None:
    good = invoices.signed(invoices.xml()).decode()
    start, end = good.index("X509Certificate>") + len("X509Certificate>"), good.index("</ds:X509Certificate>")
    der = bytearray(base64.b64decode(good[start:end]))
    for place, byte in ((12, 126), (40, 0xFF), (60, 0x30), (len(der) // 2, 0x55), (300, 0)):
        mad = der[:place] + bytes([byte]) + der[place + 1 :]
        assert read(good[:start] + base64.b64encode(mad).decode() + good[end:]).signed in ("sai", "đúng")
    for old, new in (("SignatureValue>", "SignatureValue>A"), ("DigestMethod", "Digest"), ("rsa-sha256", "rsa-sha999")):
        assert read(good.replace(old, new)).signed == "sai"
    with pytest.raises(Refused, match="không đọc được"):
        read(invoices.xml().replace("<TgTCThue>5400000", "<TgTCThue>1E9999999"))
