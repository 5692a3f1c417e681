"""Old files as unions keep them: .xls and .ods, TCVN3 and VNI, told by font or by spelling, column by column."""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
import xlwt
from xlsxwriter import Workbook

from desktop_app.actions.importing import import_workbook
from desktop_app.domain.encodings import Encoding
from desktop_app.domain.records import Person, Union
from desktop_app.exchange.source import Source
from desktop_app.exchange.tables import charsets, decoded
from desktop_app.storage.book import Book
from tests.exchange.books import UNION, workbook

HEAD = ["Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Tổ công đoàn", "Ghi chú"]
PEOPLE = [
    ["Nguyễn Thị Ánh", "1990", "Nữ", "040190001234", "Tổ cắt", "Đã nộp đủ hồ sơ"],
    ["Trần Văn Đức", "05/03/1985", "Nam", "040085001234", "Tổ may 1", ""],
    ["Hồ Sỹ Quý", "1988", "Nam", "040088001234", "Tổ là hơi", "Chờ thẻ mới"],
    ["Đậu Thị Sương", "1979", "Nữ", "040179001234", "Tổ cắt", ""],
]
FONTS = {"tcvn3": ".VnTime", "vni": "VNI-Times"}


def encoded(rows: Sequence[Sequence[str]], encoding: Encoding) -> list[list[str]]:
    return [[charsets().encode(cell, encoding) for cell in row] for row in rows]


def stored(book: Book) -> list[list[str]]:
    return [
        [p.name, f"{p.birth[8:]}/{p.birth[5:7]}/{p.birth[:4]}" if len(p.birth) == 10 else p.birth, p.sex, p.cccd, p.team, p.note]
        for p in book.all(Person)
    ]


def write_xls(path: Path, sheets: dict[str, list[list[str]]], font: str) -> None:
    made = xlwt.Workbook(encoding="utf-8")
    style = xlwt.easyxf(f"font: name {font}")
    for title, rows in sheets.items():
        sheet = made.add_sheet(title)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write(number, place, cell, style)
    made.save(str(path))


def write_ods(path: Path, sheets: dict[str, list[list[str]]]) -> None:
    def cell(text: str) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'

    tables = "".join(
        f'<table:table table:name="{escape(title)}">'
        + "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for title, rows in sheets.items()
    )
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>'
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
        packed.writestr("content.xml", content)


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
@pytest.mark.parametrize("by_font", [True, False])
def test_an_old_xlsx_is_read_by_font_or_by_spelling(
    book: Book, tmp_path: Path, encoding: Encoding, by_font: bool
) -> None:
    rows = encoded([HEAD, *PEOPLE], encoding)
    path = workbook(
        tmp_path / "cu.xlsx", {"Đơn vị": UNION, "Người lao động": rows}, font=FONTS[encoding] if by_font else ""
    )
    done = import_workbook(book, path, "Hoa")
    assert (done.refused, done.ignored_columns) == ((), ())
    assert stored(book) == PEOPLE


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_an_old_xls_is_read_by_its_fonts(book: Book, tmp_path: Path, encoding: Encoding) -> None:
    rows = encoded([HEAD, *PEOPLE], encoding)
    write_xls(tmp_path / "cu.xls", {"Don vi": [list(map(str, row)) for row in UNION], "Nguoi lao dong": rows}, FONTS[encoding])
    assert set(Source(tmp_path / "cu.xls").fonts["Nguoi lao dong"][0]) == {FONTS[encoding]}
    done = import_workbook(book, tmp_path / "cu.xls", "Hoa")
    assert done.refused == ()
    assert stored(book) == PEOPLE


def test_an_xls_under_the_name_of_an_xlsx_is_still_read(book: Book, tmp_path: Path) -> None:
    write_xls(tmp_path / "so.xlsx", {"Đơn vị": [list(map(str, row)) for row in UNION]}, "Arial")
    assert import_workbook(book, tmp_path / "so.xlsx", "Hoa").stored == {"Đơn vị": 1}


def test_an_ods_is_read(book: Book, tmp_path: Path) -> None:
    sheets = {"Đơn vị": [list(map(str, row)) for row in UNION], "Người lao động": encoded([HEAD, *PEOPLE], "tcvn3")}
    write_ods(tmp_path / "so.ods", sheets)
    assert import_workbook(book, tmp_path / "so.ods", "Hoa").refused == ()
    assert stored(book) == PEOPLE


def test_capitals_of_a_capital_font(book: Book, tmp_path: Path) -> None:
    rows = encoded([[HEAD[0], HEAD[3]], *([row[0], row[3]] for row in PEOPLE)], "tcvn3-caps")
    import_workbook(book, workbook(tmp_path / "cu.xlsx", {"Đơn vị": UNION, "Người lao động": rows}, font=".VnTimeH"), "Hoa")
    assert [p.name for p in book.all(Person)] == [row[0].upper() for row in PEOPLE]


def test_a_unicode_list_with_old_names_pasted_in_is_read_column_by_column(book: Book, tmp_path: Path) -> None:
    old = encoded(PEOPLE, "tcvn3")
    rows = [HEAD, *([was[0], *now[1:]] for was, now in zip(old, PEOPLE, strict=True))]
    import_workbook(book, workbook(tmp_path / "lan.xlsx", {"Đơn vị": UNION, "Người lao động": rows}), "Hoa")
    assert stored(book) == PEOPLE


def test_decomposed_text_is_stored_composed(book: Book, tmp_path: Path) -> None:
    apart = [[unicodedata.normalize("NFD", cell) for cell in row] for row in UNION]
    import_workbook(book, workbook(tmp_path / "so.xlsx", {"Đơn vị": apart}), "Hoa")
    assert next(book.all(Union)).name == "CĐCS Công ty May Hưng Lộc"


def test_a_cell_whose_letters_stand_in_several_fonts_is_read_piece_by_piece(book: Book, tmp_path: Path) -> None:
    made = Workbook(str(tmp_path / "run.xlsx"))
    old, vni, new = (made.add_format({"font_name": name}) for name in (".VnTime", "VNI-Times", "Arial"))
    sheet = made.add_worksheet("Người lao động")
    sheet.write_row(0, 0, ["Họ và tên", "Số thẻ đoàn viên", "Ghi chú"])
    sheet.write_rich_string(1, 0, old, "NguyÔn V¨n ", new, "Thắng")
    sheet.write_rich_string(1, 2, vni, "Toå caét", new, " & Tổ may <2>")
    sheet.write_row(2, 0, ["Lê Thị Hường", "T02", "Tổ là"])
    unit = made.add_worksheet("Đơn vị")
    for at, row in enumerate(UNION):
        unit.write_row(at, 0, row)
    made.close()
    assert import_workbook(book, tmp_path / "run.xlsx", "Hoa").refused == ()
    assert [(p.name, p.note) for p in book.all(Person)] == [
        ("Nguyễn Văn Thắng", "Tổ cắt & Tổ may <2>"), ("Lê Thị Hường", "Tổ là"),
    ]  # fmt: skip


def test_a_cell_of_several_fonts_in_an_old_xls(tmp_path: Path) -> None:
    made = xlwt.Workbook(encoding="utf-8")
    sheet = made.add_sheet("DS")
    old, new = (xlwt.easyfont(f"name {name}") for name in (".VnTime", "Arial"))
    sheet.write_rich_text(0, 0, [("NguyÔn ", old), ("Thắng", new)], xlwt.easyxf("font: name Arial"))
    made.save(str(tmp_path / "run.xls"))
    source = Source(tmp_path / "run.xls")
    assert decoded(charsets(), "NguyÔn Thắng", "unicode", source.mixed) == "Nguyễn Thắng"
