"""An e-invoice becomes the draft of its payment; the same one twice is refused; the mục is learnt by seller."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop_app.actions import invoices, vouchers
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Fund, Invoice, Union, Voucher
from desktop_app.storage import attachments
from desktop_app.storage.book import Book, new_id
from tests.exchange.invoices import OWN_TAX, SELLER, signed, xml

HOA, TODAY = "Trần Thị Hoa", date(2026, 11, 3)


@pytest.fixture
def union(book: Book) -> Book:
    """A union with cash and a bank account from 1/10/2026."""
    funds = (("TM", "Tiền mặt"), ("NH", "Tiền gửi"))
    with book.transact("setup.make", HOA) as t:
        facts = {"code": "40-001", "name": "CĐCS Công ty CP May Hưng Lộc", "tax_code": OWN_TAX, "first_year": 2026}
        t.save(build(Union, {"id": new_id(), **facts}))
        for code, kind in funds:
            t.save(build(Fund, {"id": new_id(), "code": code, "kind": kind, "opening": 10_000_000, "opened": "01/10/2026"}))
    return book


def file(folder: Path, content: bytes | str, name: str = "hoa-don.xml") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_the_payment_fills_itself_and_the_file_is_kept(union: Book, tmp_path: Path) -> None:
    content = signed(xml())
    (came,) = invoices.bring(union, file(tmp_path, content), HOA, today=TODAY)
    made = union.get(Voucher, came.voucher.id)
    assert made is not None
    fund = union.get(Fund, made.lines[0].fund)
    assert (made.kind, made.day, made.party, made.posted) == ("PC", date(2026, 10, 19), SELLER, False)
    assert made.text == "Thanh toán Giỏ quà 20/10 và 1 mặt hàng khác"
    assert made.papers == "HĐ 1C26TQS số 00000123 ngày 19/10/2026"
    assert (made.lines[0].item, made.lines[0].amount_out, fund and fund.code) == ("31", 5_832_000, "TM")
    (kept,) = attachments.of(union, "voucher", made.id)
    assert attachments.content(union, kept.sha256) == content
    (facts,) = union.all(Invoice)
    assert (facts.signature, facts.voucher, facts.digest) == ("đúng", made.id, kept.sha256)
    assert came.doubts == ()
    assert "chữ ký đúng, chưa kiểm được nhà cung cấp" in came.sentence
    assert union.verify().chain_ok


def test_the_same_invoice_twice_is_refused_until_its_voucher_is_taken_back(union: Book, tmp_path: Path) -> None:
    (came,) = invoices.bring(union, file(tmp_path, xml("00000123")), HOA, today=TODAY)
    with pytest.raises(Refused, match="đã nhập rồi, ở một phiếu nháp ngày 19/10/2026"):
        invoices.bring(union, file(tmp_path, xml("123")), HOA, today=TODAY)
    posted = vouchers.post(union, came.voucher.id, HOA)
    with pytest.raises(Refused, match=f"ở phiếu {posted.number}"):
        invoices.bring(union, file(tmp_path, xml("00000123")), HOA, today=TODAY)
    vouchers.cancel(union, posted.id, "Nhập nhầm", HOA)
    (again,) = invoices.bring(union, file(tmp_path, xml("00000123")), HOA, today=TODAY)
    vouchers.discard(union, again.voucher.id, HOA)
    assert invoices.bring(union, file(tmp_path, xml("00000123")), HOA, today=TODAY)


def test_a_transfer_only_is_paid_from_the_bank_and_the_item_of_last_time_comes_back(union: Book, tmp_path: Path) -> None:
    (came,) = invoices.bring(union, file(tmp_path, xml("1", way="Chuyển khoản")), HOA, today=TODAY)
    assert (came.voucher.kind, came.voucher.lines[0].item) == ("UNC", "31")
    line = {"item": "32", "fund": came.voucher.lines[0].fund, "amount_out": 5_832_000}
    changed = {"id": came.voucher.id, "kind": "UNC", "day": came.voucher.day, "text": "Quà hội thao", "lines": [line]}
    vouchers.write(union, changed, HOA)
    (second,) = invoices.bring(union, file(tmp_path, xml("2")), HOA, today=TODAY)
    assert (second.voucher.kind, second.voucher.lines[0].item) == ("PC", "32")


def test_nothing_of_a_zip_with_one_bad_file_is_stored(union: Book, tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "hai.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("1.xml", xml("1"))
        packed.writestr("2.xml", xml("2", net=0, tax=0, total=0, lines=()))
    with pytest.raises(Refused, match="không có số tiền phải trả"):
        invoices.bring(union, path, HOA, today=TODAY)
    assert list(union.all(Voucher)) == list(union.all(Invoice)) == []
