"""The recovery sheet is one page that holds all one needs to open the book elsewhere."""

from __future__ import annotations

import io
from datetime import date

from pypdf import PdfReader

from desktop_app.reports import recovery_sheet
from desktop_app.storage.secrets import new_recovery_code


def test_one_page_with_the_code_the_place_and_the_steps() -> None:
    code = new_recovery_code()
    drawn = recovery_sheet.draw(
        union="CĐCS Công ty Cổ phần May Hưng Lộc", union_code="40-001", code=code, place="C:\\So Cong doan",
        backups="E:\\Sao luu", by="Trần Thị Hoa", day=date(2026, 11, 24),
    )  # fmt: skip
    pages = PdfReader(io.BytesIO(drawn)).pages
    text = pages[0].extract_text()
    assert len(pages) == 1
    for group in code.split("-"):
        assert " ".join(group) in text
    for said in ("PHIẾU KHÔI PHỤC", "40-001", "C:\\So Cong doan", "E:\\Sao luu", "Mở sổ từ bản sao lưu", "24/11/2026"):
        assert said in text
