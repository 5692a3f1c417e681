"""Read e-invoices from XML or a zip of XML: the schema of Tổng cục Thuế (QĐ 1450/QĐ-TCT, HDon/DLHDon/…).

What comes in may be made to hurt: no document type, no entities, no network, bounded sizes, at most a few dozen files.
"""

from __future__ import annotations

import dataclasses
import io
import zipfile
import zlib
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from lxml import etree

from desktop_app.domain import vietnamese
from desktop_app.domain.einvoice import EInvoice, Goods
from desktop_app.domain.errors import Refused
from desktop_app.exchange.signed_xml import seal_of

_MOST_BYTES = 5_000_000
_MOST_FILES = 50
_MOST_LINES = 5_000
_GREATEST = 10**15
_NOT_INVOICE = "không phải hóa đơn điện tử. Hãy chọn tệp XML mà bên bán gửi (không phải bản PDF)."


@dataclasses.dataclass(frozen=True)
class Taken:
    """One invoice as read, with the file it stood in: `content` is kept whole."""

    invoice: EInvoice
    name: str
    content: bytes


def read(name: str, content: bytes, trusted: Sequence[bytes] = ()) -> list[Taken]:
    """The invoices of a file, XML or zip; `trusted` are certificates (DER) of providers of signatures.

    Raises `Refused` with a sentence that names the file.
    """
    if content.startswith(b"PK"):
        return [Taken(_invoice(inner, data, trusted), inner, data) for inner, data in _unpacked(name, content)]
    return [Taken(_invoice(name, content, trusted), name, content)]


def _unpacked(name: str, content: bytes) -> list[tuple[str, bytes]]:
    """The XML files of a zip; sizes are counted while unpacking, whatever the zip says of itself."""
    found: list[tuple[str, bytes]] = []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for entry in packed.infolist():
                if not entry.filename.casefold().endswith(".xml"):
                    continue
                if len(found) == _MOST_FILES:
                    raise Refused(f"Tệp {name} có hơn {_MOST_FILES} hóa đơn. Hãy chia nhỏ rồi thử lại.")
                with packed.open(entry) as part:
                    data = part.read(_MOST_BYTES + 1)
                found.append((entry.filename.replace("\\", "/").rpartition("/")[2], data))
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError) as error:
        raise Refused(f"Tệp nén {name} bị hỏng hoặc có mật khẩu. Hãy giải nén rồi chọn tệp XML.") from error
    if not found:
        raise Refused(f"Trong {name} không có tệp XML nào. Hãy chọn tệp XML của hóa đơn.")
    return found


def parse(content: bytes) -> Any:
    """The root element of a document that may be hostile. Raises ValueError."""
    if len(content) > _MOST_BYTES:
        raise ValueError("too large")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ValueError(str(error)) from error
    info = root.getroottree().docinfo
    if info.doctype or info.internalDTD is not None:
        raise ValueError("a document type")
    return root


def _invoice(name: str, content: bytes, trusted: Sequence[bytes]) -> EInvoice:
    try:
        root = parse(content)
    except ValueError as error:
        if len(content) > _MOST_BYTES:
            raise Refused(f"Tệp {name} quá lớn, không phải hóa đơn điện tử.") from error
        raise Refused(f"Tệp {name} hỏng hoặc {_NOT_INVOICE}") from error
    document = root if _tag(root) == "HDon" else next((part for part in root.iter() if _tag(part) == "HDon"), None)
    data = _child(document, "DLHDon")
    if document is None or data is None:
        raise Refused(f"Tệp {name} {_NOT_INVOICE}")
    try:
        facts = _facts(name, data)
    except (ValueError, ArithmeticError) as error:
        raise Refused(f"Tệp {name} ghi số tiền hoặc ngày không đọc được. Hãy xin lại tệp XML từ bên bán.") from error
    seal = seal_of(document, data, facts.day, trusted)
    return dataclasses.replace(
        facts, signed=seal.state, signer=seal.signer, signer_tax=seal.tax_code,
        signed_on=seal.signed_on, expired=seal.expired,
    )  # fmt: skip


def _facts(name: str, data: Any) -> EInvoice:
    general, body = _child(data, "TTChung"), _child(data, "NDHDon")
    seller, buyer, sums = _child(body, "NBan"), _child(body, "NMua"), _child(body, "TToan")
    currency = _text(general, "DVTTe") or "VND"
    if currency != "VND":
        raise Refused(f"Hóa đơn trong {name} ghi bằng {currency}. Hãy lập phiếu bằng tay theo tỷ giá.")
    day = _text(general, "NLap")
    missing = [
        label
        for label, value in (
            ("số hóa đơn", _text(general, "SHDon")),
            ("ngày lập", day),
            ("mã số thuế người bán", _text(seller, "MST")),
            ("tên người bán", _text(seller, "Ten")),
            ("tổng tiền", _text(sums, "TgTTTBSo")),
        )
        if not value
    ]
    if missing:
        raise Refused(f"Hóa đơn trong {name} thiếu {', '.join(missing)}. Hãy xin lại tệp XML từ bên bán.")
    lines = _goods(body)
    off = _amount(_text(sums, "TTCKTMai"))
    total = _amount(_text(sums, "TgTTTBSo"))
    net = _text(sums, "TgTCThue")
    return EInvoice(
        seller_tax=_text(seller, "MST"),
        seller=_text(seller, "Ten")[:200],
        seller_address=_text(seller, "DChi")[:200],
        buyer_tax=_text(buyer, "MST"),
        buyer=_text(buyer, "Ten")[:200],
        form=_text(general, "KHMSHDon"),
        series=_text(general, "KHHDon"),
        number=_text(general, "SHDon"),
        day=date.fromisoformat(day[:10]),
        way=_text(general, "HTTToan"),
        goods=lines,
        net=_amount(net) if net else total,  # an invoice of direct sale has no tax and no sum before it
        tax=_amount(_text(sums, "TgTThue")),
        fees=sum(_amount(_text(fee, "TPhi")) for fee in sums.iter() if _tag(fee) == "LPhi"),
        off=off,
        total=total,
    )


def _goods(body: Any) -> tuple[Goods, ...]:
    table = _child(body, "DSHHDVu")
    rows = [row for row in table if _tag(row) == "HHDVu"] if table is not None else []
    if len(rows) > _MOST_LINES:
        raise ValueError("too many lines")
    return tuple(
        Goods(_text(row, "THHDVu"), int(_text(row, "TChat") or 1), _amount(_text(row, "ThTien"))) for row in rows
    )


def _amount(text: str) -> int:
    """ "84000.000000" as 84.000 đồng, half up; "" is 0. Raises ValueError or ArithmeticError."""
    value = Decimal(text.strip() or 0)
    if not value.is_finite() or abs(value) > _GREATEST:
        raise ValueError(text)
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def _tag(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _child(element: Any, name: str) -> Any:
    if element is None:
        return None
    return next((part for part in element if _tag(part) == name), None)


def _text(element: Any, name: str) -> str:
    found = _child(element, name)
    return vietnamese.clean("".join(found.itertext())) if found is not None else ""
