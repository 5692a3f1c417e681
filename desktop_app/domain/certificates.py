"""Certificates of who signs e-invoices: read, shown, and whether a chain leads from one to a provider that is trusted.

Vietnamese sellers' certificates are no web certificates (no host names, tax code in UID), so that the checks are those
of RFC 5280 that concern them: each signed by the next, within its days, the issuers allowed to issue. Revocation is not
asked: there is no network where an invoice is read.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_DEEPEST = 6
_BLOCK = re.compile("-----BEGIN CERTIFICATE-----(.+?)-----END CERTIFICATE-----", re.DOTALL)
_TAX = re.compile(r"MST\s*:?\s*([0-9]{12}(?![0-9-])|[0-9]{10}(?:-?[0-9]{3})?)")
NONE = "chưa có"


def load(der: bytes) -> Certificate:
    """The certificate of these bytes. Raises ValueError."""
    from cryptography.x509 import InvalidVersion, load_der_x509_certificate

    try:
        return load_der_x509_certificate(der)
    except (ValueError, TypeError, InvalidVersion) as error:
        raise ValueError(str(error)) from error


def read(typed: str) -> list[str]:
    """Certificates of providers pasted as PEM, each in base64 of its DER. Raises ValueError with a sentence."""
    if typed.strip() == NONE:
        return []
    found = [re.sub(r"\s", "", block) for block in _BLOCK.findall(typed)]
    if not found:
        raise ValueError("Hãy dán chứng thư dạng PEM, bắt đầu bằng -----BEGIN CERTIFICATE-----.")
    for number, text in enumerate(found, 1):
        try:
            certificate = load(b64decode(text, validate=True))
            issues = may_issue(certificate)
        except (ValueError, binascii.Error) as error:
            raise ValueError(f"Chứng thư thứ {number} hỏng hoặc chép thiếu. Hãy chép lại cả khối.") from error
        if not issues:
            told = f"Chứng thư thứ {number} ({name_of(certificate)}) không phải của nhà cung cấp"
            raise ValueError(f"{told}: nó không được phép cấp chứng thư khác. Hãy dùng chứng thư gốc hoặc trung gian.")
    return list(dict.fromkeys(found))


def shown(kept: Sequence[str]) -> str:
    """Certificates as they are typed, each under a line that says whose it is."""
    blocks = []
    for text in kept:
        certificate = load(b64decode(text))
        lines = "\n".join(text[at : at + 64] for at in range(0, len(text), 64))
        until = f"{certificate.not_valid_after_utc:%d/%m/%Y}"
        blocks.append(
            f"{name_of(certificate)}, đến {until}\n-----BEGIN CERTIFICATE-----\n{lines}\n-----END CERTIFICATE-----"
        )
    return "\n".join(blocks) or NONE


def pem_as_der(text: str) -> bytes:
    """The first certificate of a PEM file. Raises ValueError."""
    found = _BLOCK.search(text)
    return b64decode(re.sub(r"\s", "", found[1])) if found else b""


def kept_as(der: bytes) -> str:
    """A certificate as a table keeps it."""
    return b64encode(der).decode()


def name_of(certificate: Certificate) -> str:
    """The common name of whose it is, else all it says. Raises ValueError of a mad one."""
    from cryptography.x509.oid import NameOID

    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()


def tax_code_of(certificate: Certificate) -> str:
    """The tax code that the provider wrote into it ("MST:2900999001" in UID or another part), "" if none."""
    found = _TAX.search(certificate.subject.rfc4514_string())
    return found[1] if found else ""


def held_on(certificate: Certificate, moment: datetime) -> bool:
    """Whether a certificate was in force at a moment (with a zone)."""
    return certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc


def may_issue(certificate: Certificate) -> bool:
    """Whether it is one of a provider: an authority that may sign certificates."""
    from cryptography.x509 import BasicConstraints, ExtensionNotFound, KeyUsage

    try:
        if not certificate.extensions.get_extension_for_class(BasicConstraints).value.ca:
            return False
    except ExtensionNotFound:
        return False
    try:
        return certificate.extensions.get_extension_for_class(KeyUsage).value.key_cert_sign
    except ExtensionNotFound:
        return True


def leads_to(
    leaf: Certificate, beside: Sequence[Certificate], trusted: Sequence[Certificate], moment: datetime
) -> bool:
    """Whether a chain leads from a signer's certificate to a trusted one, all in force at the moment of signing.

    `beside` are those that came with the signature: they may stand between, and are worth nothing of themselves.
    """
    anchors = {_bytes(one) for one in trusted}
    waiting, seen = [(leaf, 0)], {_bytes(leaf)}
    if not held_on(leaf, moment):
        return False
    while waiting:
        held, depth = waiting.pop()
        for issuer in (*trusted, *beside):
            if not _issued(held, issuer, moment, depth):
                continue
            if _bytes(issuer) in anchors:
                return True
            if _bytes(issuer) not in seen and depth < _DEEPEST:
                seen.add(_bytes(issuer))
                waiting.append((issuer, depth + 1))
    return False


def _issued(held: Certificate, issuer: Certificate, moment: datetime, depth: int) -> bool:
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.x509 import BasicConstraints

    try:
        if not (may_issue(issuer) and held_on(issuer, moment)):
            return False
        most = issuer.extensions.get_extension_for_class(BasicConstraints).value.path_length
        if most is not None and depth > most:
            return False
        held.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _bytes(certificate: Certificate) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.DER)
