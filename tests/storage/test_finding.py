"""The find box: any part of a name, initials, numbers; vouchers by number in any case and by words without marks."""

from __future__ import annotations

from desktop_app.actions import members
from desktop_app.storage import finding
from desktop_app.storage.book import Book
from tests.actions.october import make_funds, post_october


def test_whole_words_come_before_beginnings_and_parts_only_where_nothing_better_is_found(book: Book) -> None:
    for name, cccd in (("Lê Thị Thoan", "040190001234"), ("Trần Thị Hoa", "040188004321"), ("Hoàng Văn An", "040079000456")):
        members.add(book, {"name": name, "birth": "1990", "sex": "Nữ", "cccd": cccd}, "Hoa")
    names = [name for _, name, _, _ in finding.people(book, "hoa")]
    assert names == ["Trần Thị Hoa", "Hoàng Văn An"]
    assert [name for _, name, _, _ in finding.people(book, "oan")] == ["Hoàng Văn An", "Lê Thị Thoan"]
    assert [name for _, name, _, _ in finding.people(book, "tth")] == ["Trần Thị Hoa"]
    assert [name for _, name, _, _ in finding.people(book, "8004321")] == ["Trần Thị Hoa"]
    assert finding.people(book, "  ") == []


def test_vouchers_by_number_in_any_case_and_by_words(book: Book) -> None:
    post_october(book, make_funds(book))
    assert [number for _, number, _, _ in finding.vouchers(book, "unc10/0", 2)] == ["UNC10/04", "UNC10/03"]
    assert finding.vouchers(book, "phu cap")[0][1:] == ("UNC10/03", "Phụ cấp", 2_251_700)
    assert finding.vouchers(book, "PC10/02")[0][3] == 5_500_000
    assert finding.vouchers(book, "khong co gi") == []
