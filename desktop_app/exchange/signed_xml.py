"""Whether the seller's XML signature (DSCKS/NBan/Signature) fits the invoice it stands in, and who stands behind it.

The key is that of the certificate inside; whether a provider that is trusted issued that certificate is asked of the
certificates given, without a network. Without any the words say that the provider was not checked.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING, Any

from lxml import etree

from desktop_app.domain import certificates
from desktop_app.domain.einvoice import Signed

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_NS = "{http://www.w3.org/2000/09/xmldsig#}"
_HERE = timezone(timedelta(hours=7))  # a time without a zone is Vietnamese
_REFERENCES = range(1, 6)
_MOST_CERTIFICATES = 8


@dataclass(frozen=True)
class Seal:
    """What the signature says: whether it fits and is trusted, whose certificate it is, and the day it says of itself.

    `expired`: the certificate was not in force on that day.
    """

    state: Signed
    signer: str = ""
    tax_code: str = ""
    signed_on: date | None = None
    expired: bool = False


def seal_of(document: Any, data: Any, day: date, trusted: Sequence[bytes] = ()) -> Seal:
    """The seal of the seller on `data`, the DLHDon of this HDon; an envelope around it is not looked at.

    `day` of the invoice counts where the signature says no time; `trusted` are the DER of providers' certificates.
    """
    seals = next((part for part in document if _local(part) == "DSCKS"), None)
    seller = next((part for part in seals if _local(part) == "NBan"), None) if seals is not None else None
    signature = next((part for part in seller if part.tag == f"{_NS}Signature"), None) if seller is not None else None
    if signature is None:
        return Seal("không có")
    came = _certificates(signature)
    if not came:
        return Seal("sai")
    certificate, *beside = came
    try:
        name, tax = certificates.name_of(certificate), certificates.tax_code_of(certificate)
        moment = _moment(signature, day)
        expired = not certificates.held_on(certificate, moment)
    except ValueError:  # the parts of a certificate are read when asked for
        return Seal("sai")
    if not _fits(document, data, certificate):
        return Seal("sai", name, tax)
    anchors = [found for der in trusted if (found := _loaded(der)) is not None]
    state: Signed = "tin cậy" if certificates.leads_to(certificate, beside, anchors, moment) else "đúng"
    return Seal(state, name, tax, moment.astimezone(_HERE).date(), expired)


def _moment(signature: Any, day: date) -> datetime:
    """When it was signed, as the signature says (SigningTime); else noon of the invoice's day."""
    for element in signature.iter():
        if _local(element) == "SigningTime":
            try:
                told = datetime.fromisoformat((element.text or "").strip())
            except ValueError:
                break
            return told if told.tzinfo else told.replace(tzinfo=_HERE)
    return datetime.combine(day, time(12), _HERE).astimezone(UTC)


def _fits(document: Any, data: Any, certificate: Certificate) -> bool:
    """Digest and signature, and that what was signed is `data` itself: not another element of the same id."""
    from cryptography.exceptions import InvalidKey, InvalidSignature, UnsupportedAlgorithm
    from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod
    from signxml.exceptions import SignXMLException
    from signxml.verifier import SignatureConfiguration, XMLVerifier

    alone = deepcopy(document)  # the signature is of the invoice, whatever message carries it
    count = len(document.findall(f"./DSCKS/NBan/{_NS}Signature/{_NS}SignedInfo/{_NS}Reference"))
    if count not in _REFERENCES:
        return False
    broken = (SignXMLException, InvalidSignature, InvalidKey, UnsupportedAlgorithm, etree.LxmlError)
    odd = (ValueError, LookupError, TypeError, ArithmeticError, AttributeError)  # of parts that are missing or mad
    try:
        began = certificate.not_valid_before_utc
    except ValueError:
        return False
    rules = SignatureConfiguration(
        location="./DSCKS/NBan/",
        expect_references=count,
        # Half of the invoices that are in use are still signed with SHA-1.
        signature_methods=frozenset(m for m in SignatureMethod if "HMAC" not in m.name),
        digest_algorithms=frozenset(DigestAlgorithm),
        verification_time=began,  # the invoice is read years after the certificate ended
        ignore_ambiguous_key_info=True,
        default_reference_c14n_method=CanonicalizationMethod.CANONICAL_XML_1_0,
    )
    try:
        found = XMLVerifier().verify(alone, x509_cert=certificate, expect_config=rules, validate_schema=False)
    except (*broken, *odd):
        return False
    results = found if isinstance(found, list) else [found]
    wanted = _bare(data)
    return any(_bare(result.signed_xml) == wanted for result in results if result.signed_xml is not None)


def _bare(element: Any) -> bytes:
    made: bytes = etree.tostring(element, method="c14n", exclusive=True, with_comments=False)
    return made


def _certificates(signature: Any) -> list[Certificate]:
    """The certificates that came with a signature, the signer's first: some programs put its provider's before it."""
    found = []
    for holder in list(signature.iter(f"{_NS}X509Certificate"))[:_MOST_CERTIFICATES]:
        try:
            found.append(certificates.load(b64decode("".join((holder.text or "").split()))))
        except ValueError:
            return []
    try:
        return sorted(found, key=certificates.may_issue)
    except ValueError:
        return found


def _loaded(der: bytes) -> Certificate | None:
    try:
        return certificates.load(der)
    except ValueError:
        return None


def _local(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
