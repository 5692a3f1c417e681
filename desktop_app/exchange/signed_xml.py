"""Whether the seller's XML signature (DSCKS/NBan/Signature) fits the invoice it stands in: digest and signature.

The key is that of the certificate inside. Whether a Vietnamese authority (NEAC) stands behind that certificate is not
asked: its list of roots is not at hand off line, and the words say so.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml import etree

from desktop_app.domain.einvoice import Signed

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_NS = "{http://www.w3.org/2000/09/xmldsig#}"
_TAX = re.compile(r"MST\s*:?\s*([0-9]{10}(?:-?[0-9]{3})?)")
_REFERENCES = range(1, 6)


@dataclass(frozen=True)
class Seal:
    """What the signature says: whether it fits, and whose certificate it is."""

    state: Signed
    signer: str = ""
    tax_code: str = ""


def seal_of(document: Any, data: Any) -> Seal:
    """The seal of the seller on `data`, the DLHDon of this HDon; an envelope around it is not looked at."""
    seals = next((part for part in document if _local(part) == "DSCKS"), None)
    seller = next((part for part in seals if _local(part) == "NBan"), None) if seals is not None else None
    signature = next((part for part in seller if part.tag == f"{_NS}Signature"), None) if seller is not None else None
    if signature is None:
        return Seal("không có")
    certificate = _certificate(signature)
    if certificate is None:
        return Seal("sai")
    from cryptography.x509.oid import NameOID

    try:
        names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        tax = _TAX.search(certificate.subject.rfc4514_string())
    except ValueError:  # the parts of a certificate are read when asked for
        return Seal("sai")
    state: Signed = "đúng" if _fits(document, data, certificate) else "sai"
    return Seal(state, str(names[0].value) if names else "", tax[1] if tax else "")


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


def _certificate(signature: Any) -> Certificate | None:
    from base64 import b64decode

    from cryptography.x509 import InvalidVersion, load_der_x509_certificate

    for holder in signature.iter(f"{_NS}X509Certificate"):
        try:
            return load_der_x509_certificate(b64decode("".join((holder.text or "").split())))
        except (ValueError, InvalidVersion):
            return None
    return None


def _local(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
