"""E-invoices for tests: invented firms, signed as sellers' programs do (detached in DSCKS, by a key made here)."""

from __future__ import annotations

import datetime
import functools
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml import CanonicalizationMethod, SignatureConstructionMethod, XMLSigner

SELLER, SELLER_TAX = "Công ty TNHH Hoa và Quà Sông Lam", "2900999001"
OWN_TAX = "2900111222"
LINES = (("Giỏ quà 20/10", 1, 5_000_000), ("Hoa hồng", 1, 450_000), ("Chiết khấu khách quen", 3, 50_000))


@functools.cache
def key_and_certificate(tax: str = SELLER_TAX) -> tuple[Any, Any]:
    """A key and its certificate as Vietnamese authorities write them: the tax code in UID."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([
        x509.NameAttribute(NameOID.COMMON_NAME, SELLER), x509.NameAttribute(NameOID.USER_ID, f"MST:{tax}"),
    ])  # fmt: skip
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(7).not_valid_before(datetime.datetime(2024, 1, 1)).not_valid_after(datetime.datetime(2029, 1, 1))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    return key, certificate


def xml(
    number: str = "00000123", lines: Any = LINES, net: int = 5_400_000, tax: int = 432_000, total: int = 5_832_000,
    buyer: str = OWN_TAX, way: str = "TM/CK", seller_tax: str = SELLER_TAX, currency: str = "VND",
) -> str:  # fmt: skip
    """An unsigned invoice of the schema 2.1.0."""
    goods = "".join(
        f"<HHDVu><TChat>{nature}</TChat><STT>{n}</STT><THHDVu>{name}</THHDVu><ThTien>{amount}.000000</ThTien></HHDVu>"
        for n, (name, nature, amount) in enumerate(lines, 1)
    )
    return (
        f'<HDon><DLHDon Id="data"><TTChung><PBan>2.1.0</PBan><KHMSHDon>1</KHMSHDon><KHHDon>C26TQS</KHHDon>'
        f"<SHDon>{number}</SHDon><NLap>2026-10-19</NLap><DVTTe>{currency}</DVTTe><HTTToan>{way}</HTTToan></TTChung><NDHDon>"
        f"<NBan><Ten>{SELLER}</Ten><MST>{seller_tax}</MST><DChi>12 Lê Lợi, Nghệ An</DChi></NBan>"
        f"<NMua><Ten>CĐCS Công ty CP May Hưng Lộc</Ten><MST>{buyer}</MST></NMua><DSHHDVu>{goods}</DSHHDVu>"
        f"<TToan><TgTCThue>{net}</TgTCThue><TgTThue>{tax}.0</TgTThue><TTCKTMai>0</TTCKTMai><TgTTTBSo>{total}</TgTTTBSo>"
        f"</TToan></NDHDon></DLHDon><MCCQT>00ABCDEF</MCCQT><DSCKS><NBan/></DSCKS></HDon>"
    )


def signed(text: str, signer_tax: str = SELLER_TAX, by: tuple[Any, list[Any]] | None = None) -> bytes:
    """The same with the seller's signature over DLHDon, inclusive C14N and RSA-SHA256.

    `by`: a key and its certificate with others beside it, else one signed by itself.
    """
    key, certificate = key_and_certificate(signer_tax)
    key, certificates = by or (key, [certificate])
    place = '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="placeholder"/>'
    root = etree.fromstring(text.replace("<NBan/>", f"<NBan>{place}</NBan>"))
    signer = XMLSigner(SignatureConstructionMethod.enveloped, c14n_algorithm=CanonicalizationMethod.CANONICAL_XML_1_0)
    made = signer.sign(root, key=key, cert=certificates, reference_uri="data")
    return bytes(etree.tostring(made, encoding="utf-8", xml_declaration=True))
