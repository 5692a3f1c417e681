"""Open a spreadsheet file (.xlsx, .xlsb, .xls, .ods, .csv) by what it is, not by its name, one sheet at a time."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from desktop_app.domain.errors import Refused, Trouble
from desktop_app.exchange import delimited
from desktop_app.exchange.fonts import Fonts, Mixed, fonts_of, mixed_of

Cell = str | int | float | bool | date | datetime | time | timedelta
"""What a cell holds; "" if it is empty."""

_MOST_BYTES = 300_000_000
_MOST_EXPANDED = 1_000_000_000
_MOST_CELLS = 30_000_000
_FAR = re.compile(rb'"(?:[A-Z]{3}[0-9]+|[A-Z]{0,3}[0-9]{6,7})"|:(?:[A-Z]{3}[0-9]+|[A-Z]+[0-9]{6,7})"')
_CELL = re.compile(rb'[":]([A-Z]{1,3})([0-9]{1,7})"')
_CHUNK = 1_000_000
_TEXTS = (".csv", ".txt", ".tsv")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Read:
    """A sheet's rows with Excel's row numbers, to be read once; `first` is the column (0 = A) its cells begin with."""

    first: int
    height: int
    rows: Iterator[tuple[int, list[Cell]]]


class Source:
    """A spreadsheet file, read into memory once; sheets are read when asked for."""

    def __init__(self, path: Path) -> None:
        """Raises `Refused` if it is no spreadsheet or has a password, `Trouble` if it is damaged or unreadable."""
        self.path = path
        content = _read(path)
        self._kind = _kind_of(path, content)
        self._content = content
        if self.is_text:
            self._text = delimited.text_of(content) or ""
            self.sheets: tuple[str, ...] = (re.sub(r"[\[\]:*?/\\']", " ", path.stem)[:31].strip() or "Danh sách",)
            return
        self._opened: dict[str, CalamineSheet] = {}  # the last one: most are read twice, for headings and for rows
        with _reading(path):
            self._workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
            self.sheets = tuple(self._workbook.sheet_names)

    def read(self, sheet: str) -> Read:
        """A sheet's cells. Raises `Trouble` if this part of the file is damaged."""
        if self.is_text:
            rows = delimited.rows_of(self._text, delimited.separator_of(self._text) or ",")
            return Read(0, self._text.count("\n") + 1, ((number, [*row]) for number, row in enumerate(rows, 1)))
        if sheet not in self._opened:
            with _reading(self.path):
                self._opened = {sheet: self._workbook.get_sheet_by_name(sheet)}
        opened = self._opened[sheet]
        return Read(opened.start[1] if opened.start else 0, opened.total_height, enumerate(opened.iter_rows(), 1))

    @property
    def is_text(self) -> bool:
        """Whether it is a text file of values (CSV): one sheet without fonts."""
        return self._kind == "csv"

    @cached_property
    def fonts(self) -> Fonts:
        """The fonts of the text cells in each sheet's first 200 rows, if any font of the file is an old one."""
        return fonts_of(self._kind, self._content)

    @cached_property
    def mixed(self) -> Mixed:
        """The texts of cells that hold letters of an old font beside others."""
        return mixed_of(self._kind, self._content)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise Refused(f"Tệp {path.name} quá lớn. Hãy bỏ bớt ảnh và các trang tính không cần rồi thử lại.")
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise Trouble(f"Không thấy tệp {path.name}. Hãy kiểm tra lại tên và thư mục.") from error
    except OSError as error:
        raise Trouble(f"Không đọc được tệp {path.name}. Hãy đóng tệp trong Excel rồi thử lại.") from error
    if not content:
        raise Refused(f"Tệp {path.name} trống, không có dữ liệu. Hãy chọn tệp khác.")
    return content


def _kind_of(path: Path, content: bytes) -> str:
    if content.startswith(b"PK"):
        return _kind_of_zip(path, content)
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Refused(_locked(path))
        if "WordDocument".encode("utf-16-le") in content:
            raise Refused(_not_excel(path, "là tệp Word"))
        return "xls"
    if content[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<html", b"<!doctype", b"<?xml", b"<table")):
        raise Refused(_not_excel(path, "là trang web được đặt tên như tệp Excel"))
    if content.startswith(b"%PDF"):
        raise Refused(_not_excel(path, "là tệp PDF"))
    text = delimited.text_of(content)
    if text is not None and (path.suffix.casefold() in _TEXTS or delimited.separator_of(text)):
        return "csv"
    raise Refused(_not_excel(path, "không phải tệp Excel"))


def _kind_of_zip(path: Path, content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = set(packed.namelist())
            if sum(entry.file_size for entry in packed.infolist()) > _MOST_EXPANDED:
                raise Refused(f"Tệp {path.name} quá lớn. Hãy bỏ bớt các trang tính không cần rồi thử lại.")
            for name in names:
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    _refuse_vast(path, packed, name)
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError) as error:
        raise Trouble(_damaged(path)) from error
    if "word/document.xml" in names:
        raise Refused(_not_excel(path, "là tệp Word"))
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "content.xml" in names:
        return "ods"
    raise Refused(_not_excel(path, "không phải tệp Excel"))


def _refuse_vast(path: Path, packed: zipfile.ZipFile, name: str) -> None:
    """A stray cell far away makes a sheet of billions of cells, more than a small PC can hold."""
    if not any(_FAR.search(text) for text in _chunks(packed, name)):
        return
    rows = columns = 0
    for text in _chunks(packed, name):
        for letters, row in _CELL.findall(text):
            number = 0
            for letter in letters:
                number = number * 26 + letter - 64
            rows, columns = max(rows, int(row)), max(columns, number)
    if rows * columns > _MOST_CELLS:
        told = f"Tệp {path.name} có ô lạc ở tận dòng {rows}"
        raise Refused(f"{told}. Hãy xóa các dòng, cột trống ở cuối rồi thử lại.")


def _chunks(packed: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A part of the file piece by piece; each begins with the end of the one before, so that no name is cut."""
    rest = b""
    with packed.open(name) as part:
        while chunk := part.read(_CHUNK):
            yield rest + chunk
            rest = chunk[-40:]


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """What the reader says of a broken file as `Trouble`. It may also panic, which Python sees as no Exception."""
    try:
        yield
    except CalamineError as error:
        if "password" in str(error).lower() or "encrypt" in str(error).lower():
            raise Refused(_locked(path)) from error
        raise Trouble(_damaged(path)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Trouble(_damaged(path)) from error


def _damaged(path: Path) -> str:
    return f"Tệp {path.name} bị hỏng hoặc chép chưa đủ. Hãy chép lại, hoặc mở bằng Excel rồi lưu thành .xlsx."


def _locked(path: Path) -> str:
    return f"Tệp {path.name} có mật khẩu. Hãy mở bằng Excel, bỏ mật khẩu, lưu lại rồi thử lại."


def _not_excel(path: Path, what: str) -> str:
    return f"{path.name} {what}, không đọc được. Hãy chọn tệp Excel (.xlsx, .xls, .ods) hoặc .csv."
