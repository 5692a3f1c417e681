"""The fonts of a workbook's cells: the strongest evidence of an old encoding (.VnTime = TCVN3, VNI-Times = VNI)."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Mapping
from html import unescape
from itertools import groupby
from typing import Any

from desktop_app.domain.encodings import Encoding, font_encoding

Fonts = Mapping[str, Mapping[int, list[str]]]
"""By sheet name and column (0 = A): the font of each cell that holds text beyond ASCII."""

Runs = tuple[tuple[str, Encoding | None], ...]
"""The pieces of a cell's text with what the font of each says; None = the piece is in the cell's own font."""
Mixed = Mapping[str, Runs]
"""By its whole text: the pieces of a cell whose letters stand in more than one font, an old one among them."""

_OLD_FONT = re.compile(rb'"(?:\.vn|vni)', re.IGNORECASE)
_STRING = re.compile(r"<si>((?:(?!</si>).)*?<r>.*?)</si>", re.DOTALL)
_RUN = re.compile(r"<r>(.*?)</r>", re.DOTALL)
_RUN_FONT = re.compile(r'<rFont val="([^"]*)"')
_RUN_TEXT = re.compile(r"<t(?: [^>]*)?>(.*?)</t>", re.DOTALL)

_ROWS = 200
_MOST_XLS = 30_000_000


def fonts_of(kind: str, content: bytes) -> Fonts:
    """The fonts of the first 200 rows; nothing where no old font is in use or the file keeps none."""
    try:
        if kind == "xlsx":
            return _xlsx(content) if _has_old_font(content) else {}
        if kind == "xls" and len(content) <= _MOST_XLS:
            return _xls(content)
    except Exception:
        return {}
    return {}


def mixed_of(kind: str, content: bytes) -> Mixed:
    """The cells of several fonts, wherever they stand; nothing where no old font is in use or the file keeps none."""
    try:
        if kind == "xlsx":
            return _xlsx_mixed(content)
        if kind == "xls" and len(content) <= _MOST_XLS:
            return _xls_mixed(content)
    except Exception:
        return {}
    return {}


def _has_old_font(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        styles = packed.read("xl/styles.xml")
    return _OLD_FONT.search(styles) is not None


def _xlsx(content: bytes) -> Fonts:
    import openpyxl

    found: dict[str, dict[int, list[str]]] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        for sheet in workbook.worksheets:
            columns = found.setdefault(sheet.title, {})
            for row in sheet.iter_rows(max_row=_ROWS):
                for cell in row:
                    if isinstance(cell.value, str) and not cell.value.isascii() and cell.font is not None:
                        columns.setdefault(cell.column - 1, []).append(cell.font.name or "")
        workbook.close()
    return found


def _xls(content: bytes) -> Fonts:
    import xlrd

    found: dict[str, dict[int, list[str]]] = {}
    with xlrd.open_workbook(file_contents=content, formatting_info=True, on_demand=True) as workbook:
        for sheet in workbook.sheets():
            columns = found.setdefault(sheet.name, {})
            for row in range(min(sheet.nrows, _ROWS)):
                for column in range(sheet.row_len(row)):
                    value = sheet.cell_value(row, column)
                    if isinstance(value, str) and not value.isascii():
                        style = workbook.xf_list[sheet.cell_xf_index(row, column)]
                        columns.setdefault(column, []).append(workbook.font_list[style.font_index].name)
    return found


def _xlsx_mixed(content: bytes) -> Mixed:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if "xl/sharedStrings.xml" not in packed.namelist():
            return {}
        strings = packed.read("xl/sharedStrings.xml")
    if not _OLD_FONT.search(strings):
        return {}
    told = (_RUN.findall(string) for string in _STRING.findall(strings.decode("utf-8")))
    return _gathered(((_of_run(_RUN_TEXT, run), _said(_of_run(_RUN_FONT, run))) for run in runs) for runs in told)


def _of_run(what: re.Pattern[str], run: str) -> str:
    found = what.search(run)
    return unescape(found[1]) if found else ""


def _said(font: str) -> Encoding | None:
    """What a run's own font says; a run without one is in the cell's font."""
    return (font_encoding(font) or "unicode") if font else None


def _xls_mixed(content: bytes) -> Mixed:
    import xlrd

    with xlrd.open_workbook(file_contents=content, formatting_info=True) as workbook:
        return _gathered(
            _xls_runs(workbook, sheet, at, runs)
            for sheet in workbook.sheets()
            for at, runs in sheet.rich_text_runlist_map.items()
        )


def _xls_runs(workbook: Any, sheet: Any, at: tuple[int, int], runs: list[tuple[int, int]]) -> Runs:
    text, style = str(sheet.cell_value(*at)), workbook.xf_list[sheet.cell_xf_index(*at)]
    starts = [(0, style.font_index), *runs]
    ends = [*(offset for offset, _ in runs), len(text)]
    return tuple(
        (text[start:end], _said(workbook.font_list[font].name))
        for (start, font), end in zip(starts, ends, strict=True)
        if end > start
    )


def _gathered(cells: Iterable[Iterable[tuple[str, Encoding | None]]]) -> Mixed:
    """Neighbouring pieces of one encoding as one; cells without an old font are none of ours."""
    found = {}
    for pieces in cells:
        groups = groupby(pieces, key=lambda piece: piece[1])
        joined = [(told, "".join(text for text, _ in group)) for told, group in groups]
        if any(told not in (None, "unicode") for told, _ in joined):
            found["".join(text for _, text in joined)] = tuple((text, told) for told, text in joined)
    return found
