"""The fonts of a workbook's cells: the strongest evidence of an old encoding (.VnTime = TCVN3, VNI-Times = VNI)."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Mapping

Fonts = Mapping[str, Mapping[int, list[str]]]
"""By sheet name and column (0 = A): the font of each cell that holds text beyond ASCII."""

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


def _has_old_font(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        styles = packed.read("xl/styles.xml").lower()
    return b'".vn' in styles or b'"vni' in styles


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
