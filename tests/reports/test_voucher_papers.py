"""Phiếu thu C40-BB, phiếu chi C41-BB and the plain accounting voucher, as they come out of the printer."""

from __future__ import annotations

import io
from datetime import date

import pypdf
import pytest

from desktop_app.actions import vouchers
from desktop_app.domain.fields import build
from desktop_app.domain.records import Union, Voucher
from desktop_app.reports import voucher_papers
from desktop_app.storage import attachments
from desktop_app.storage.book import Book, new_id
from tests.actions.october import Funds, make_funds, paid, post_october


@pytest.fixture
def funds(book: Book) -> Funds:
    unit = {"name": "CĐCS Công ty May Hưng Lộc", "chair": "Nguyễn Văn Thắng", "accountant": "Trần Thị Hoa"}
    with book.transact("setup", "Hoa") as transaction:
        transaction.save(build(Union, {"id": new_id(), "code": "40-001", "cashier": "Lê Thị Hường", **unit}))
    return make_funds(book)


def printed(book: Book, *given: Voucher) -> list[str]:
    """The text of each page."""
    reader = pypdf.PdfReader(io.BytesIO(voucher_papers.make(book, given, "Trần Thị Hoa")))
    assert {(round(float(p.mediabox.width)), round(float(p.mediabox.height))) for p in reader.pages} == {(595, 420)}
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def test_a_payment_prints_as_c41_with_amount_in_words_and_signatures(book: Book, funds: Funds) -> None:
    made = vouchers.write(
        book, paid(funds[0], amount=1500000, item="31", party="Lê Thị Lan", address="Tổ 2", papers="3"), "Hoa"
    )
    (page,) = printed(book, made)
    for text in (
        "Đơn vị: CĐCS Công ty May Hưng Lộc", "Mẫu số C41-BB", "Thông tư số 107/2017/TT-BTC", "PHIẾU CHI",
        "Ngày 15 tháng 10 năm 2026", "Số: PC10/01", "Họ và tên người nhận tiền: Lê Thị Lan", "Địa chỉ: Tổ 2",
        "Nội dung: Nước họp", "Số tiền: 1.500.000 đồng", "Một triệu năm trăm nghìn đồng.", "Kèm theo: 3 chứng từ gốc",
        "Nguyễn Văn Thắng", "Đã nhận đủ số tiền: 1.500.000 đồng", "THỦ QUỸ", "NGƯỜI NHẬN TIỀN", "Lê Thị Hường",
    ):  # fmt: skip
        assert text in page


def test_a_withdrawal_prints_for_the_bank_and_for_the_cash_box(book: Book, funds: Funds) -> None:
    withdrawal = post_october(book, funds)[5]
    bank, cash = printed(book, withdrawal)
    assert "PHIẾU KẾ TOÁN (Ủy nhiệm chi)" in bank
    assert "Số: UNC10/01" in bank
    assert "Mẫu số C40-BB" in cash
    assert "Số: PT10/02" in cash
    assert "Sáu triệu đồng" in cash


def test_drafts_and_cancelled_vouchers_say_so_and_a_long_one_stays_on_its_page(book: Book, funds: Funds) -> None:
    long = {"text": "hỗ trợ đoàn viên khó khăn " * 11, "party": "Nguyễn Phương Thảo " * 10, "address": "Vinh " * 39}
    draft = vouchers.draft(book, {**paid(funds[0]), **long}, "Hoa")
    posted = vouchers.write(book, paid(funds[0]), "Hoa")
    cancelled = vouchers.cancel(book, posted.id, "Ghi nhầm", "Hoa")
    first, second, third = printed(book, draft, posted, cancelled)
    assert first.startswith("BẢN NHÁP")
    assert second.startswith("Đơn vị")
    assert third.startswith("ĐÃ HỦY")
    assert "Lý do hủy: Ghi nhầm" in third


def test_a_reversal_prints_its_negative_amount_and_reason(book: Book, funds: Funds) -> None:
    made = vouchers.write(book, paid(funds[0]), "Hoa")
    (page,) = printed(book, vouchers.reverse(book, made.id, "Ghi nhầm", "Hoa"))
    assert "Số tiền: -640.000 đồng" in page
    assert "Âm sáu trăm bốn mươi nghìn đồng" in page
    assert "Lý do: Ghi nhầm" in page
    assert "33 – Chi quản lý hành chính" in page


def test_files_kept_with_a_voucher_are_counted_where_nothing_else_is_written(book: Book, funds: Funds) -> None:
    made = vouchers.write(book, paid(funds[0]), "Hoa")
    with book.transact("voucher.attach", "Hoa") as transaction:
        for name in ("hoa-don.pdf", "bien-nhan.jpg"):
            attachments.keep(transaction, "voucher", made.id, name, name.encode())
    assert "Kèm theo: 2 chứng từ gốc" in printed(book, made)[0]


def test_two_vouchers_share_an_a4_and_one_stands_alone_on_it(book: Book, funds: Funds) -> None:
    made = [vouchers.write(book, paid(funds[0], text=f"Phiếu {n}"), "Hoa") for n in (1, 2)]
    made.append(vouchers.cancel(book, made[0].id, "Ghi nhầm", "Hoa"))
    for layout, pages in (("A4x2", 2), ("A4", 3)):
        reader = pypdf.PdfReader(io.BytesIO(voucher_papers.make(book, made, "Hoa", layout)))
        assert [round(float(page.mediabox.height)) for page in reader.pages] == [842] * pages
    first, last = (" ".join(page.extract_text().split()) for page in reader.pages[1:])
    assert "Phiếu 2" in first
    assert last.startswith("ĐÃ HỦY")


def test_the_words_of_a_paper_are_those_of_its_day(book: Book) -> None:
    assert voucher_papers.template(book, "PT", date(2026, 10, 1))["form"] == "C40-BB"
    assert voucher_papers.template(book, "BC", date(2026, 10, 1))["title"] == "PHIẾU KẾ TOÁN"
    assert voucher_papers.template(book, "PC", date(2010, 1, 1))["form"] == "C41-BB"
