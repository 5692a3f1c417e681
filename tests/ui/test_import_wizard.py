"""*Nhập danh sách*, from old files as they are to people in the book, step by step as an accountant goes."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from xlsxwriter import Workbook

import resources
from desktop_app.domain.records import Person, Voucher
from desktop_app.exchange.tables import charsets
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.importing.wizard import ImportWizard
from desktop_app.ui.tasks import Tasks
from tests.exchange.books import workbook
from tests.exchange.test_old_files import write_xls

TWO_ROWS: list[list[Any]] = [
    ["CÔNG TY CP MAY HƯNG LỘC"],
    ["TT", "Họ và tên", "Ngày sinh", "", "Công đoàn", "", "Số CCCD"],
    ["", "", "Nam", "Nữ", "Tổ", "Số thẻ", ""],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
    [1, "Lê Thị Hường", "", "1990", "Tổ hoàn thiện", "NA-0003", "040190001234"],
    [2, "Đặng Quốc Bảo", "30/01/1992", "", "Tổ là", "NA-0999", "040092002299"],
    [3, "Cao Thị Quý", "", "12/4/2001", "Tổ cắt", "NA-0100", "040301004444"],
    [4, "Vi Văn Khăm", "1988", "", "Tổ cắt", "NA-0101", "4019"],
]


@pytest.fixture
def wizard(desk: Desk, qtbot: QtBot) -> ImportWizard:
    made = ImportWizard(desk)
    qtbot.addWidget(made)
    made.show()
    return made


def old(rows: list[list[Any]], encoding: Any) -> list[list[Any]]:
    return [[charsets().encode(cell, encoding) if isinstance(cell, str) else cell for cell in row] for row in rows]


def in_font(path: Path, rows: list[list[Any]], font: str) -> Path:
    written = Workbook(str(path))
    look, sheet = written.add_format({"font_name": font}), written.add_worksheet("DS")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row, look)
    written.close()
    return path


def as_csv(path: Path, rows: list[list[Any]], encoding: Any) -> Path:
    held = io.StringIO()
    csv.writer(held, delimiter=";").writerows(old(rows, encoding))
    path.write_bytes(held.getvalue().encode("cp1258" if encoding == "cp1258" else "latin-1"))
    return path


def people(desk: Desk) -> dict[str, Person]:
    return {person.name: person for person in desk.book.all(Person)}


@pytest.mark.parametrize("kind", ["tcvn3 xls", "tcvn3 xlsx", "vni xlsx", "tcvn3 csv", "cp1258 csv", "unicode xlsx"])
def test_a_list_of_two_heading_rows_in_any_letters_comes_in(
    wizard: ImportWizard, desk: Desk, tmp_path: Path, kind: str
) -> None:
    encoding, made = kind.split()
    path = tmp_path / f"ds.{made}"
    if made == "csv":
        as_csv(path, TWO_ROWS, encoding)
    elif made == "xls":
        write_xls(path, {"DS": [list(map(str, row)) for row in old(TWO_ROWS, encoding)]}, ".VnTime")
    else:
        in_font(path, old(TWO_ROWS, encoding), {"tcvn3": ".VnTime", "vni": "VNI-Times"}.get(encoding, "Arial"))
    wizard.take_file(path)
    assert wizard.file.hint.text().startswith("Tiêu đề cột ở dòng 3.")
    wizard.go_on()
    assert [combo.currentText() for combo in wizard.columns.kinds] == [
        "Bỏ qua", "Họ và tên", "Nam (dấu, ngày sinh)", "Nữ (dấu, ngày sinh)", "Tổ công đoàn", "Số thẻ đoàn viên", "Số CCCD",
    ]  # fmt: skip
    wizard.go_on()
    assert {kind: card.figure() for kind, card in wizard.check.cards.items() if not card.isHidden()} == {
        "new": "1", "same": "0", "fills": "0", "differs": "1", "twin": "1", "refused": "1",
    }  # fmt: skip
    wizard.go_on()
    assert wizard.result.said.text() == "Đã ghi 2 người vào sổ."
    quy = people(desk)["Cao Thị Quý"]
    assert (quy.birth, quy.sex, quy.card, quy.team, quy.cccd) == ("2001-04-12", "Nữ", "NA-0100", "Tổ cắt", "040301004444")
    assert people(desk)["Lê Thị Hường"].team == "Văn phòng"  # what the book says stands
    (fault,) = wizard.result.faults.seen()[1]
    assert (fault.row, "12 chữ số" in fault.problem) == (8, True)
    assert (tmp_path / "ds-loi.xlsx").exists()
    wizard.undo()
    assert len(people(desk)) == 8


def test_choices_for_all_and_for_one_row(wizard: ImportWizard, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    wizard.take_file(workbook(tmp_path / "ds.xlsx", {"DS": TWO_ROWS}))
    wizard.go_on()
    wizard.go_on()
    check = wizard.check
    check.differs.choose("replace")
    check.table.pick(lambda row: row.kind == "twin")
    qtbot.keyClick(check, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    check.set_choice(check.table.chosen(), "merge")
    shown = {row.name: check._does(row) for row in check.table.seen()[1]}
    assert shown == {"Lê Thị Hường": "Lấy theo tệp", "Đặng Quốc Bảo": "Điền chỗ trống", "Vi Văn Khăm": ""}
    wizard.go_on()
    assert people(desk)["Lê Thị Hường"].team == "Tổ hoàn thiện"
    assert people(desk)["Đặng Quốc Bảo"].card == "NA-0006"


def test_sheet_heading_row_columns_and_letters_are_set_by_hand_and_remembered(
    wizard: ImportWizard, desk: Desk, tmp_path: Path
) -> None:
    rows = [["Nhân viên", "Nơi làm"], ["Hå ThÞ MËn", "Tæ c¾t"]]
    path = workbook(tmp_path / "a.xlsx", {"Bìa": [["Danh sách"]], "NV": rows})
    wizard.take_file(path)
    assert not wizard.next.isEnabled()
    assert "Chưa thấy dòng tiêu đề" in wizard.file.hint.text()
    wizard.file.sheet.choose("NV")
    wizard.file.rows.cellClicked.emit(0, 0)
    wizard.go_on()
    wizard.go_on()
    assert wizard.banner.text() == "Chưa có cột Họ và tên. Hãy chọn ở cột “Là thông tin”."
    columns = wizard.columns
    for at, field in enumerate(("name", "team")):
        columns.kinds[at].setCurrentIndex(columns.kinds[at].findData(field))
        columns.codes[at].setCurrentIndex(columns.codes[at].findData("tcvn3"))
    columns.grid.setCurrentCell(0, 0)
    assert (columns.preview.item(0, 0).text(), columns.preview.item(0, 1).text()) == ("Hå ThÞ MËn", "Hồ Thị Mận")
    wizard.go_on()
    wizard.go_on()
    assert people(desk)["Hồ Thị Mận"].team == "Tổ cắt"
    again = ImportWizard(desk)
    again.take_file(path)
    again.file.sheet.choose("NV")
    again.file.rows.cellClicked.emit(0, 0)
    assert [kind.currentData() for kind in again.columns.kinds] == ["name", "team"]
    assert [code.currentData() for code in again.columns.codes] == ["tcvn3", "tcvn3"]


def test_the_unions_workbook_goes_the_direct_way(wizard: ImportWizard, desk: Desk, tmp_path: Path) -> None:
    rows = {"Đơn vị": [["Mã đơn vị", "40-001"]], "Người lao động": [["Họ và tên", "Số CCCD", "Đoàn viên"], ["Vi Văn Khăm", "040088001111", "x"]]}
    wizard.take_file(workbook(tmp_path / "so.xlsx", rows))
    assert wizard.next.text() == "Nhập sổ"
    wizard.go_on()
    assert wizard.result.said.text().startswith("Đã nhập ")
    assert "Vi Văn Khăm" in people(desk)


@pytest.mark.parametrize("content", [b"", b"khong phai bang tinh", b"PK\x03\x04hong", bytes(range(256))])
def test_a_file_that_is_no_list_is_one_sentence(wizard: ImportWizard, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "anh.xlsx").write_bytes(content)
    wizard.take_file(tmp_path / "anh.xlsx")
    assert wizard.banner.text().endswith(".")
    assert not wizard.next.isEnabled()


def test_escape_stops_the_work_and_nothing_is_stored(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.tasks = Tasks()
    wizard = ImportWizard(desk)
    qtbot.addWidget(wizard)
    wizard.show()
    rows = [["Họ và tên"], *([f"Người {number}"] for number in range(3000))]
    wizard.take_file(workbook(tmp_path / "ds.xlsx", {"DS": rows}))
    for step in (1, 2):
        qtbot.waitUntil(lambda: wizard._task is None, timeout=20_000)
        wizard.go_on()
        qtbot.waitUntil(lambda step=step: wizard.stack.currentIndex() == step and wizard._task is None, timeout=20_000)
    wizard.go_on()
    seen = time.monotonic()
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    assert time.monotonic() - seen < 5
    qtbot.waitUntil(lambda: wizard._task is None, timeout=20_000)
    assert wizard.banner.text() == "Đã dừng, chưa ghi gì vào sổ."
    assert len(people(desk)) == 8
    assert desk.tasks.close()


def test_every_field_of_the_catalogue_is_offered(wizard: ImportWizard, tmp_path: Path) -> None:
    wizard.take_file(workbook(tmp_path / "ds.xlsx", {"DS": TWO_ROWS}))
    offered = {wizard.columns.kinds[0].itemData(n) for n in range(wizard.columns.kinds[0].count())}
    assert offered == {"", *resources.read("catalogues/member_columns.toml")["headings"]}


def test_an_old_cash_book_becomes_vouchers_and_goes_back(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    rows = [["SỔ QUỸ 2026"], ["Ngày", "Số phiếu", "", "Nội dung", "Số tiền", "", ""], ["", "Thu", "Chi", "", "Thu", "Chi", "Tồn"],
            ["02/10", "X1", "", "Thu đoàn phí tháng 9", 500_000, "", 9_000_000], ["", "", "X2", "Mua hoa", "", 150_000, 8_850_000],
            ["40/10", "", "X3", "Thăm hỏi", "", 100_000, 8_750_000]]  # fmt: skip
    wizard = ImportWizard(desk, subject="cash")
    qtbot.addWidget(wizard)
    wizard.show()
    wizard.take_file(workbook(tmp_path / "so-quy.xlsx", {"Sổ": rows}))
    wizard.go_on()
    options = wizard.columns.options
    assert (options.isVisible(), options.year.value) == (True, 2026)
    wizard.go_on()
    assert wizard.banner.text() == "Hãy chọn quỹ của sổ này: quỹ tiền mặt hay tài khoản nào."
    options.fund.choose("TM")
    options.item_out.choose("33")
    wizard.go_on()
    check = wizard.check
    shown = {kind: card.figure() for kind, card in check.cards.items() if not card.isHidden()}
    assert shown == {"new": "2", "same": "0", "refused": "1"}
    assert check.notes.text() == "Cột tồn khớp với thu, chi ở cả 3 dòng."
    assert check.doubts.isHidden()
    before = len(list(desk.book.all(Voucher)))
    wizard.go_on()
    assert wizard.result.said.text() == "Đã ghi 2 phiếu vào sổ."
    assert [(v.number, v.lines[0].item) for v in desk.book.all(Voucher)][before:] == [("X1", "22"), ("X2", "33")]
    wizard.undo()
    assert len(list(desk.book.all(Voucher))) == before
    assert "không còn trong sổ" in wizard.result.said.text()
