"""People of one name in a file: told apart by card or tổ, or asked about; posts find who is meant."""

from __future__ import annotations

from pathlib import Path

from desktop_app.domain.records import Office, Person
from desktop_app.storage.book import Book
from tests.exchange.books import read_in


def test_two_of_one_name_without_cccd_are_told_apart_or_asked_about(book: Book, tmp_path: Path) -> None:
    head = ["Họ và tên", "Ngày sinh", "Số thẻ đoàn viên", "Tổ công đoàn"]
    rows = [["Nguyễn Văn Hùng", 1990, "", "Tổ 1"], ["Nguyễn Văn Hùng", 1990, "", "Tổ 1"], ["Nguyễn Văn Hùng", 1990, "", "Tổ 2"],
            ["Nguyễn Văn Nam", 1991, "T1", "Tổ 1"], ["Nguyễn Văn Nam", 1991, "T2", "Tổ 2"]]  # fmt: skip
    done = read_in(book, tmp_path, {"Người lao động": [head, *rows]})
    assert [(p.name, p.card, p.team) for p in book.all(Person)] == [
        ("Nguyễn Văn Hùng", "", "Tổ 1"), ("Nguyễn Văn Nam", "T1", "Tổ 1"), ("Nguyễn Văn Nam", "T2", "Tổ 2"),
    ]  # fmt: skip
    assert [(fault.row, fault.column) for fault in done.refused] == [(4, "Số CCCD")]
    assert "Hãy ghi Số CCCD để phân biệt" in done.refused[0].problem


def test_who_has_no_cccd_is_named_by_card_or_by_an_only_name(book: Book, tmp_path: Path) -> None:
    people = [["Họ và tên", "Số thẻ đoàn viên", "Tổ công đoàn"], ["Hồ Thị Mận", "T7", ""], ["Lô Văn Ước", "", ""],
              ["Vi Thị Mơ", "A", ""], ["Vi Thị Mơ", "B", ""]]  # fmt: skip
    posts = [["Số CCCD", "Chức vụ"], ["T7", "Chủ tịch"], ["lô văn  ước", "Kế toán"], ["Vi Thị Mơ", "Thủ quỹ"]]
    for _ in range(2):
        done = read_in(book, tmp_path, {"Người lao động": people, "Chức vụ": posts})
        assert [(fault.row, fault.problem) for fault in done.refused] == [
            (4, "Có 2 người tên Vi Thị Mơ. Hãy ghi Số CCCD để phân biệt.")
        ]
    names = {p.id: p.name for p in book.all(Person)}
    assert sorted(names.values()) == ["Hồ Thị Mận", "Lô Văn Ước", "Vi Thị Mơ", "Vi Thị Mơ"]
    assert {names[o.person]: o.title for o in book.all(Office)} == {"Hồ Thị Mận": "Chủ tịch", "Lô Văn Ước": "Kế toán"}
