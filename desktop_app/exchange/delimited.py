"""A text file of values (CSV) as rows: encoding and separator are found, numbers told from text as Excel does.

A file of an old 8-bit encoding (TCVN3, VNI, CP1258) is read byte by byte; its columns are then recognised as those of
an old workbook are.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

SEPARATORS = (";", ",", "\t", "|")
_LOOKED_AT = 200
_NUMBER = re.compile("[1-9][0-9]{0,14}")
_TOLD = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # Excel's own first line
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def text_of(content: bytes) -> str | None:
    """The file as text: UTF-8 or UTF-16 if it is, else one letter a byte (Windows 1252). None if it is no text."""
    text = _decoded(content)
    return None if _CONTROLS.search(text) else text


def separator_of(text: str) -> str:
    """What stands between the values: the sign that cuts the most rows alike; "" if the text is no table."""
    if told := _TOLD.match(text):
        return told[1]
    best, most = "", (0.0, 1)
    for sign in SEPARATORS:
        widths = [len(row) for row in _first_rows(text, sign) if row]
        cut = Counter(width for width in widths if width > 1)
        if cut:
            width, rows = max(cut.items(), key=lambda pair: (pair[1], pair[0]))
            if (rows / len(widths), width) > most:
                best, most = sign, (rows / len(widths), width)
    return best


def rows_of(text: str, separator: str) -> Iterator[list[str | int]]:
    """The rows, a whole number without leading zeros as a number: so a lost zero of a CCCD can be given back."""
    told = _TOLD.match(text)
    if told:
        yield []  # Excel hides this line but the rows keep their numbers
    for row in _rows(text[told.end() :] if told else text, separator):
        yield [_value(cell) for cell in row]


def _decoded(content: bytes) -> str:
    for bom, name in _BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(name, "replace")
    if wide := _wide(content[:4000]):
        return content.decode(wide, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "socongdoan-latin1")


def _wide(head: bytes) -> str | None:
    """UTF-16 without its mark: of the blanks, digits and signs every table is full of, each has one zero byte."""
    low, high = head[1::2].count(0), head[::2].count(0)
    if max(low, high) * 4 < len(head):
        # Vietnamese letters of 1E00-1EFF have no zero byte, yet a quarter of the text is plainer than that.
        return None
    return "utf-16-le" if low > high else "utf-16-be"


def _as_latin1(error: UnicodeError) -> tuple[str, int]:
    """Five codes that Windows 1252 leaves free."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("socongdoan-latin1", _as_latin1)


def _first_rows(text: str, sign: str) -> Iterator[list[str]]:
    for number, row in enumerate(_rows(text, sign)):
        if number == _LOOKED_AT:
            return
        yield row


def _rows(text: str, sign: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    except csv.Error:
        return  # a quote without end has swallowed more than a cell may hold


def _value(cell: str) -> str | int:
    return int(cell) if _NUMBER.fullmatch(cell) else cell
