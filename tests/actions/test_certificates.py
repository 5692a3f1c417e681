"""Who stands behind the signature of an e-invoice: chains made here, trusted or not, on the day of signing."""

from __future__ import annotations

import datetime
import functools
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

import resources
from desktop_app.actions import invoices as taking
from desktop_app.actions import rates
from desktop_app.domain import certificates
from desktop_app.domain.einvoice import EInvoice, doubts, signature_words
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import Invoice
from desktop_app.exchange import einvoice
from desktop_app.storage import trust
from desktop_app.storage.book import Book
from tests.actions.october import make_funds
from tests.exchange import invoices
from tests.unions import found_union

YEARS = (datetime.datetime(2024, 1, 1), datetime.datetime(2029, 1, 1))
Pair = tuple[Any, x509.Certificate]


def issue(
    common: str, by: Pair | None = None, *, ca: bool = False, tax: str = "", years: Any = YEARS, most: int | None = None
) -> Pair:
    """A key and its certificate, signed by another or by itself; authorities have small keys, to be made fast."""
    key: Any = ec.generate_private_key(ec.SECP256R1()) if ca else rsa.generate_private_key(65537, 2048)
    told = [x509.NameAttribute(NameOID.COMMON_NAME, common)]
    told += [x509.NameAttribute(NameOID.USER_ID, f"MST:{tax}")] if tax else []
    made = (
        x509.CertificateBuilder().subject_name(x509.Name(told)).public_key(key.public_key())
        .issuer_name(by[1].subject if by else x509.Name(told)).serial_number(x509.random_serial_number())
        .not_valid_before(years[0]).not_valid_after(years[1])
    )  # fmt: skip
    if ca:
        made = made.add_extension(x509.BasicConstraints(ca=True, path_length=most), critical=True)
    return key, made.sign((by or (key, None))[0], hashes.SHA256())


@functools.cache
def chain() -> tuple[Pair, Pair, Pair]:
    """A root, an issuing provider and a seller."""
    root = issue("Gốc quốc gia thử", ca=True)
    provider = issue("Nhà cung cấp thử", root, ca=True, most=0)
    return root, provider, issue(invoices.SELLER, provider, tax=invoices.SELLER_TAX)


def der(*pairs: Pair) -> list[bytes]:
    return [pair[1].public_bytes(Encoding.DER) for pair in pairs]


def pem(*pairs: Pair) -> str:
    return "".join(pair[1].public_bytes(Encoding.PEM).decode() for pair in pairs)


def read(signer: Pair, beside: list[Pair], trusted: list[bytes]) -> EInvoice:
    content = invoices.signed(invoices.xml(), by=(signer[0], [signer[1], *(pair[1] for pair in beside)]))
    return einvoice.read("hoa-don.xml", content, trusted)[0].invoice


def test_a_chain_to_a_trusted_provider_is_trusted_whoever_of_it_is_known() -> None:
    root, provider, seller = chain()
    for beside, trusted in (([provider], [root]), ([], [provider]), ([provider, root], [root]), ([], [root, provider])):
        found = read(seller, beside, der(*trusted))
        assert (found.signed, list(doubts(found, [invoices.OWN_TAX]))) == ("tin cậy", [])
        assert signature_words(found) == "chữ ký đúng, chứng thư tin cậy"


def test_what_leads_nowhere_is_right_but_unchecked() -> None:
    root, provider, seller = chain()
    stranger = issue("Gốc quốc gia thử", ca=True)  # of the same name, another key
    for beside, trusted in (([], [root]), ([provider], [stranger]), ([provider, root], []), ([provider], [seller])):
        found = read(seller, beside, der(*trusted))
        assert signature_words(found) == "chữ ký đúng, chưa kiểm được nhà cung cấp"


def test_who_may_not_issue_vouches_for_nobody() -> None:
    root, provider, seller = chain()
    below = issue("Công ty con", seller, tax="0300000001")
    assert read(below, [seller, provider], der(root)).signed == "đúng"
    second = issue("Nhà cung cấp thứ hai", provider, ca=True)  # the provider may not let others issue
    assert read(issue("Bên bán", second, tax=invoices.SELLER_TAX), [second, provider], der(root)).signed == "đúng"


def test_the_days_of_signing_count_not_todays() -> None:
    root, provider, _ = chain()
    old = (datetime.datetime(2024, 1, 1), datetime.datetime(2025, 1, 1))
    late = read(issue(invoices.SELLER, provider, tax=invoices.SELLER_TAX, years=old), [provider], der(root))
    assert late.signed == "đúng"
    assert list(doubts(late, [invoices.OWN_TAX])) == [
        "Chứng thư của chữ ký không còn hiệu lực vào ngày ký 19/10/2026. Hãy hỏi lại bên bán."
    ]


def test_the_tax_code_in_the_certificate_is_the_sellers() -> None:
    root, provider, _ = chain()
    (none,) = doubts(read(issue("Người lạ", provider), [provider], der(root)), [invoices.OWN_TAX])
    assert "(Người lạ) không ghi mã số thuế" in none
    (other,) = doubts(read(issue("Khác", provider, tax="0312345678"), [provider], der(root)), [invoices.OWN_TAX])
    assert "của mã số thuế 0312345678" in other
    branch = issue("Chi nhánh", provider, tax=f"{invoices.SELLER_TAX}-001")
    assert list(doubts(read(branch, [provider], der(root)), [invoices.OWN_TAX])) == []


def test_the_union_trusts_a_provider_with_its_reason_until_the_province_sends_its_list(book: Book, tmp_path: Path) -> None:
    found_union(book)
    make_funds(book)
    root, provider, seller = chain()
    path = tmp_path / "hoa-don.xml"
    path.write_bytes(invoices.signed(invoices.xml(), by=(seller[0], [seller[1], provider[1]])))
    today = datetime.date(2026, 11, 3)
    given = {"name": "trusted_certificates", "since": datetime.date(2026, 1, 1), "value": pem(root), "reason": "Trang của NEAC"}
    for wrong, sentence in (("abc", "dạng PEM"), (pem(seller), "không được phép cấp"), (pem(root)[:200], "dạng PEM"),
                            (pem(root).replace("M", "N", 9), "hỏng hoặc chép thiếu")):  # fmt: skip
        with pytest.raises(Refused, match=sentence):
            rates.correct(book, given | {"value": wrong}, "Hoa")
    rates.correct(book, given, "Hoa")
    (came,) = taking.bring(book, path, "Hoa", today=today)
    assert "chữ ký đúng, chứng thư tin cậy" in came.sentence
    assert next(book.all(Invoice)).signature == "tin cậy"
    table = next(one for one in rates.tables(book, today) if one.name == "trusted_certificates")
    assert table.now is not None
    assert table.now.text.startswith("Gốc quốc gia thử, đến 01/01/2029\n-----BEGIN")
    assert certificates.read(table.now.text) == [certificates.kept_as(der(root)[0])]


def test_a_shipped_certificate_counts_only_if_it_is_the_one_its_source_publishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import hashlib

    root = chain()[0]
    (tmp_path / "goc.pem").write_text(pem(root))
    told = {"file": "goc.pem", "sha256": hashlib.sha256(der(root)[0]).hexdigest()}
    monkeypatch.setattr(resources, "path", lambda name: tmp_path / Path(name).name)
    monkeypatch.setattr(resources, "read", lambda _: {"certificate": [told, told | {"sha256": "0" * 64}]})
    assert trust.shipped() == tuple(der(root))
