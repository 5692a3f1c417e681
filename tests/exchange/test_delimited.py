"""Lists saved as text (CSV): whatever encoding and separator a program wrote, the same cells come out."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.actions.importing import import_members
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import Person
from desktop_app.exchange import delimited
from desktop_app.exchange.cells import shown
from desktop_app.exchange.tables import charsets
from desktop_app.storage.book import Book

HEAD = ["Họ và tên", "Ngày sinh", "Số CCCD", "Tổ"]
ROWS = [
    ["Nguyễn Thị Hường", "05/03/1985", "40185001234", "Tổ may 1"],
    ["Trần Văn Đức", "1990", "040090004321", "Phân xưởng cắt, là"],
    ["Đặng Quốc Ẩn", "07/1979", "", "Văn phòng"],
]
LINES = st.lists(st.lists(st.text("aăâđêôơưÁẬỆỢữ Nguyễn 0123456789;,\t|\"'\n-/", max_size=12), min_size=3, max_size=3), min_size=1, max_size=8)
BOMS = {"utf-8": b"", "utf-8-sig": b"", "utf-16": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


def written(rows: list[list[str]], sign: str) -> str:
    held = io.StringIO()
    csv.writer(held, delimiter=sign).writerows(rows)
    return held.getvalue()


def old(text: str, encoding: str) -> bytes:
    return charsets().encode(text, encoding).encode("cp1258" if encoding == "cp1258" else "latin-1")


@given(LINES, st.sampled_from(delimited.SEPARATORS), st.sampled_from(sorted(BOMS)))
def test_every_table_comes_out_as_it_was_written(rows: list[list[str]], sign: str, encoding: str) -> None:
    table = [["Họ tên", "Tổ", "Ghi chú"], *rows]
    text = delimited.text_of(BOMS[encoding] + written(table, sign).encode(encoding))
    assert text is not None
    assert delimited.separator_of(text) == sign
    assert [[shown(cell) for cell in row] for row in delimited.rows_of(text, sign)] == table


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "tcvn3", "vni", "cp1258"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_a_list_saved_as_text_is_read_like_a_sheet(book: Book, tmp_path: Path, encoding: str, sign: str) -> None:
    text = written([["DANH SÁCH"], HEAD, *ROWS], sign)
    path = tmp_path / "ds.csv"
    path.write_bytes(text.encode(encoding) if encoding.startswith("utf") else old(text, encoding))
    done = import_members(book, path, "Hoa")
    assert (done.rows, done.refused) == (3, ())
    assert [(p.name, p.birth, p.cccd, p.team) for p in book.all(Person)] == [
        ("Nguyễn Thị Hường", "1985-03-05", "040185001234", "Tổ may 1"),  # the 0 that Excel took is given back
        ("Trần Văn Đức", "1990", "040090004321", "Phân xưởng cắt, là"),
        ("Đặng Quốc Ẩn", "1979-07", "", "Văn phòng"),
    ]


def test_excels_own_first_line_names_the_separator(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "ds.csv"
    path.write_text("sep=|\n" + written([HEAD, *ROWS], "|"), "utf-8")
    assert import_members(book, path, "Hoa").stored == 3


def test_a_letter_or_a_picture_is_no_list(book: Book, tmp_path: Path) -> None:
    for name, content in (("thu.doc", "Kính gửi ban chấp hành\nThư mời".encode()), ("anh.csv", bytes(range(256)))):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(Refused, match="không phải tệp Excel"):
            import_members(book, tmp_path / name, "Hoa")
