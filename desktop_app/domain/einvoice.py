"""What an e-invoice says (NĐ 123/2020, NĐ 254/2026), and whether its sums and its buyer are right: pure rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from desktop_app.domain.amounts import money
from desktop_app.domain.dates import show_day

Signed = Literal["tin cậy", "đúng", "sai", "không có"]
"""The seller's signature: fits and a trusted provider stands behind it, fits, does not fit, is not there."""

GOODS, PROMOTION, DISCOUNT, NOTE = 1, 2, 3, 4
"""TChat of a line: goods, goods for promotion (not paid), a trade discount (taken off), a note without amount."""


@dataclass(frozen=True)
class Goods:
    """One line of an invoice: what, of which nature (TChat), and its amount before tax in đồng."""

    name: str
    nature: int
    amount: int


@dataclass(frozen=True)
class EInvoice:
    """The facts of one e-invoice, amounts in đồng. `fees` and `off`: charges and trade discount beside the lines."""

    seller_tax: str
    seller: str
    seller_address: str
    buyer_tax: str
    buyer: str
    form: str
    series: str
    number: str
    day: date
    way: str
    goods: tuple[Goods, ...]
    net: int
    tax: int
    fees: int
    off: int
    total: int
    signed: Signed = "không có"
    signer: str = ""
    signer_tax: str = ""
    signed_on: date | None = None
    expired: bool = False

    @property
    def name(self) -> str:
        """How people name it: form and series, then the number."""
        return f"{self.form}{self.series} số {self.number}"

    @property
    def what(self) -> str:
        """What was bought, in a few words."""
        bought = [goods.name for goods in self.goods if goods.nature in (GOODS, PROMOTION) and goods.name]
        if not bought:
            return "hàng hóa, dịch vụ"
        return bought[0] if len(bought) == 1 else f"{bought[0]} và {len(bought) - 1} mặt hàng khác"

    @property
    def by_bank(self) -> bool:
        """Whether it is paid by transfer only (HTTToan "CK", "Chuyển khoản")."""
        way = self.way.casefold()
        return ("chuyển khoản" in way or way == "ck") and "tiền mặt" not in way and "tm" not in way


def plain_tax_code(text: str) -> str:
    """A tax code as it is compared: digits only."""
    return re.sub(r"\D", "", text)


def doubts(invoice: EInvoice, own_tax_codes: Sequence[str]) -> Iterator[str]:
    """What is wrong with an invoice, a sentence each. It is told, not refused: paper may still say it right.

    Each line is rounded by the seller, so that sums may differ by a đồng a line.
    """
    own = {plain_tax_code(code) for code in own_tax_codes if plain_tax_code(code)}
    bought_for = plain_tax_code(invoice.buyer_tax)
    if own and not bought_for:
        yield "Hóa đơn không ghi mã số thuế người mua. Hãy hỏi lại bên bán nếu cần."
    elif own and bought_for not in own:
        yield f"Mã số thuế người mua {invoice.buyer_tax} không phải của đơn vị ({', '.join(sorted(own))})."
    leeway = max(1, len(invoice.goods))
    lines = sum(
        -line.amount if line.nature == DISCOUNT else line.amount
        for line in invoice.goods
        if line.nature in (GOODS, DISCOUNT)
    )
    if invoice.goods and min(abs(lines - invoice.net), abs(lines - invoice.off - invoice.net)) > leeway:
        yield f"Các dòng hàng cộng lại là {money(lines)}, nhưng hóa đơn ghi tiền hàng {money(invoice.net)}."
    sums = {invoice.net + invoice.tax + invoice.fees - off for off in (0, invoice.off)}
    if all(abs(made - invoice.total) > leeway for made in sums):
        made = invoice.net + invoice.tax + invoice.fees
        yield f"Tiền hàng và thuế cộng lại là {money(made)}, nhưng hóa đơn ghi tổng tiền {money(invoice.total)}."
    if invoice.signed == "sai":
        yield (
            "Chữ ký số không đúng: tệp đã bị sửa sau khi ký, hoặc chép không nguyên vẹn."
            " Hãy xin lại tệp XML từ bên bán."
        )
    if invoice.signed not in ("đúng", "tin cậy"):
        return
    if invoice.expired and invoice.signed_on is not None:
        told = f"Chứng thư của chữ ký không còn hiệu lực vào ngày ký {show_day(invoice.signed_on)}"
        yield f"{told}. Hãy hỏi lại bên bán."
    if not invoice.signer_tax:
        yield f"Chứng thư của chữ ký ({invoice.signer}) không ghi mã số thuế, nên chưa so được với người bán."
    elif not _same_firm(invoice.signer_tax, invoice.seller_tax):
        yield f"Chữ ký số là của mã số thuế {invoice.signer_tax}, không phải của người bán {invoice.seller_tax}."


def _same_firm(one: str, other: str) -> bool:
    """A branch (13 digits) may sign with the certificate of its firm (the first 10)."""
    return plain_tax_code(one)[:10] == plain_tax_code(other)[:10]


def signature_words(invoice: EInvoice) -> str:
    """What is known of the signature, as a clause."""
    return {
        "tin cậy": "chữ ký đúng, chứng thư tin cậy",
        "đúng": "chữ ký đúng, chưa kiểm được nhà cung cấp",
        "sai": "chữ ký SAI",
        "không có": "không có chữ ký",
    }[invoice.signed]
