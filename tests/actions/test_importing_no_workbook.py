"""A file that is no workbook of ours, or a damaged one, is told in one sentence, and nothing is stored."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from desktop_app.actions.importing import import_workbook
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.storage.book import Book
from tests.exchange.books import FUNDS, UNION, workbook


def _docx(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("word/document.xml", "<w/>")


def _cut(path: Path) -> None:
    workbook(path, {"Đơn vị": UNION})
    path.write_bytes(path.read_bytes()[:-300])


def _scratched(path: Path) -> None:
    workbook(path, {"Đơn vị": UNION})
    content = bytearray(path.read_bytes())
    at = content.find(b"xl/worksheets/sheet1.xml") + 60
    content[at : at + 40] = b"\0" * 40
    path.write_bytes(content)


def _locked(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))


def _text(path: Path) -> None:
    path.write_text("Họ tên;Ngày sinh", "utf-8")


def _web(path: Path) -> None:
    path.write_text("<html><table></table></html>", "utf-8")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _vast(path: Path) -> None:
    workbook(path, {"Đơn vị": UNION, "Quỹ": FUNDS})
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    stray = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    sheet = parts["xl/worksheets/sheet2.xml"].replace(b"</sheetData>", stray)
    parts["xl/worksheets/sheet2.xml"] = sheet
    with zipfile.ZipFile(path, "w") as packed:
        for name, part in parts.items():
            packed.writestr(name, part)


@pytest.mark.parametrize(
    ("make", "kind", "sentence"),
    [
        (_docx, Refused, "là tệp Word"), (_locked, Refused, "có mật khẩu"), (_text, Refused, "không phải tệp Excel"),
        (_web, Refused, "là trang web"), (_empty, Refused, "trống"), (_cut, Trouble, "bị hỏng hoặc chép chưa đủ"),
        (_scratched, Trouble, "bị hỏng hoặc chép chưa đủ"), (_vast, Refused, "ô lạc ở tận dòng 1048576"),
        (lambda path: None, Trouble, "Không thấy tệp so.xlsx"),
        (lambda path: workbook(path, {"Sheet1": [["a"]]}), Refused, "không có trang Đơn vị"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_workbook_is_one_sentence(
    book: Book, tmp_path: Path, make: Any, kind: type[Exception], sentence: str
) -> None:
    make(tmp_path / "so.xlsx")
    with pytest.raises(kind, match=sentence):
        import_workbook(book, tmp_path / "so.xlsx", "Hoa")
    assert book.verify().entries == 0
