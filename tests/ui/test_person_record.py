"""*Hồ sơ đầy đủ*: Hoa fills the tabs, a wrong row is named on its tab, what is typed outlives a power cut."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from desktop_app.actions import member_papers, members, person_record, photos
from desktop_app.domain.fields import build
from desktop_app.domain.records import ExtraField, Person
from desktop_app.storage import unfinished
from desktop_app.storage.book import new_id
from desktop_app.ui import files
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.members.page import Members
from desktop_app.ui.pages.person.record import FORM, RecordDialog


@pytest.fixture
def hoa(desk: Desk) -> Person:
    return next(person for person in desk.book.all(Person) if person.name == "Trần Thị Hoa")


@pytest.fixture
def record(qtbot: QtBot, desk: Desk, hoa: Person) -> RecordDialog:
    made = RecordDialog(desk, hoa.id)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    return made


def test_what_is_filled_on_the_tabs_is_stored_at_once(record: RecordDialog, desk: Desk, hoa: Person) -> None:
    record.forms["home"].set_values({"home": "Nam Đàn, Nghệ An", "home_code": "tinh-2025/40", "rented": True})
    record.forms["learnt"].set_values({"schooling": "12/12", "languages": [{"name": "Tiếng Anh", "level": "Bậc 3"}]})
    record.numbers.set_value([{"kind": "Điện thoại", "value": "0238 3844 123"}])
    record.children_.begin()
    record.children_.rows[0][1]["name"].set_value("Lê Gia Bảo")
    record.children_.rows[0][1]["birth"].set_value("2018")
    record.children_.begin()  # a row left empty is no child
    record.save()
    assert record.refusal.text() == ""
    kept = person_record.read(desk.book, hoa.id)
    assert kept.detail is not None
    assert (kept.detail.home_code, kept.detail.languages[0].level) == ("tinh-2025/40", "Bậc 3")
    assert [(number.kind, number.value) for number in kept.numbers] == [("Điện thoại", "02383844123")]
    assert [child.birth for child in kept.children] == ["2018"]
    changes = [(c.field, c.new, c.who) for c in record.history.seen()[1]]
    assert ("Xã, tỉnh quê quán", "Nghệ An", "Trần Thị Hoa") in changes


def test_a_wrong_row_opens_its_tab_and_is_named(record: RecordDialog, desk: Desk, hoa: Person) -> None:
    record.numbers.set_value([{"kind": "Điện thoại", "value": "0912345678"}, {"kind": "CMND", "value": "123"}])
    record.save()
    assert record.tabs.tabText(record.tabs.currentIndex()) == "Thẻ, giấy tờ"
    assert record.numbers.refusal.text().startswith("Dòng 2: “123” không đúng. Số CMND có 9 chữ số")
    assert person_record.read(desk.book, hoa.id).numbers == []


def test_what_is_typed_waits_on_disk_and_can_be_thrown_away(record: RecordDialog, desk: Desk, hoa: Person) -> None:
    record.forms["home"].set_values({"cccd_day": date(2021, 3, 5)})
    record.forms["home"].edited.emit()
    record.reject()
    assert hoa.id in unfinished.kept(desk.book, FORM)
    again = RecordDialog(desk, hoa.id)
    assert again.forms["home"].values()["cccd_day"] == date(2021, 3, 5)
    assert again.state.text() == "Chưa lưu"
    again.throw_away()
    assert again.forms["home"].values()["cccd_day"] is None
    assert unfinished.kept(desk.book, FORM) == {}
    again.deleteLater()


def test_the_record_opens_from_the_list(qtbot: QtBot, desk: Desk, hoa: Person) -> None:
    page = Members(desk)
    qtbot.addWidget(page)
    page.refresh()
    page.form.begin()
    assert page.form.open_record() is None
    page.form.show_person(hoa.id)
    opened = page.form.open_record()
    assert opened is not None
    assert opened.heading.text() == "Trần Thị Hoa"
    opened.reject()


def test_consent_is_noted_and_its_sheet_printed(record: RecordDialog, desk: Desk, hoa: Person) -> None:
    opened: list[Path] = []
    record.paper.show_paper = opened.append
    record.paper.write()
    assert [path.name for path in opened] == ["dong-y.pdf"]
    record.consents.begin()
    for name, value in (("day", date(2026, 11, 24)), ("form", "Văn bản"), ("version", "2026-01")):
        record.consents.rows[0][1][name].set_value(value)
    record.save()
    assert [consent.version for consent in person_record.read(desk.book, hoa.id).consents] == ["2026-01"]


def test_a_photo_is_cut_made_small_kept_and_printed(
    record: RecordDialog, desk: Desk, hoa: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = QImage(1600, 1200, QImage.Format.Format_RGB32)
    taken.fill(QColor("steelblue"))
    for n in range(0, 1600, 8):
        for m in range(0, 1200, 5):
            taken.setPixelColor(n, m, QColor((n * 7) % 256, (m * 13) % 256, (n * m) % 256))
    assert taken.save(str(tmp_path / "anh.png"))
    monkeypatch.setattr(files, "to_open", lambda *_: tmp_path / "anh.png")
    record.photo.choose()
    kept = photos.of(desk.book, hoa.id)
    shown = QImage.fromData(kept)
    assert (shown.width(), shown.height()) == (480, 640)
    assert len(kept) <= 200 * 1024
    monkeypatch.setattr(files, "to_open", lambda *_: Path(__file__))
    record.photo.choose()
    assert "Không đọc được ảnh này" in record.photo.refusal.text()
    people = [one for one in members.people(desk.book) if one.id == hoa.id]
    member_papers.write_cards(desk.book, people, tmp_path / "the.pdf", date(2026, 11, 24))
    member_papers.write_sheet(desk.book, hoa.id, 2026, tmp_path / "phieu.pdf", date(2026, 11, 24))
    for name in ("the.pdf", "phieu.pdf"):
        assert len(PdfReader(tmp_path / name).pages[0].images) == 1
    record.photo.remove()
    assert photos.of(desk.book, hoa.id) == b""
    assert desk.book.verify().first_fault is None


def test_the_provinces_fields_have_a_tab_of_their_own(qtbot: QtBot, desk: Desk, hoa: Person) -> None:
    since = {"since": date(2026, 1, 1), "law": "CV 12/LĐLĐ"}
    asked = (
        {"code": "nha_o", "label": "Nhà ở xã hội", "kind": "Lựa chọn", "choices": {"of": ["Đã thuê", "Chưa có"]}},
        {"code": "ngay_kham", "label": "Khám sức khỏe gần nhất", "kind": "Ngày"},
        {"code": "giay_to", "label": "Cân nặng", "kind": "Số"},
    )
    with desk.book.transact("extra_field.publish", "LĐLĐ tỉnh") as transaction:  # as a sync brings it
        for field in asked:
            transaction.save(build(ExtraField, {**field, **since, "id": new_id()}))
    record = RecordDialog(desk, hoa.id)
    qtbot.addWidget(record)
    record.extras.set_values({"nha_o": "Chưa có", "ngay_kham": date(2026, 3, 5), "giay_to": "nặng"})
    record.save()
    assert record.tabs.tabText(record.tabs.currentIndex()) == "Mục của tỉnh"
    assert "“nặng” không phải một số" in record.extras.fields["giay_to"].below()
    record.extras.set_values({"giay_to": "52,5"})
    record.save()
    assert person_record.read(desk.book, hoa.id).extras == {"nha_o": "Chưa có", "ngay_kham": "2026-03-05", "giay_to": "52.5"}
    assert record.extras.values() == {"nha_o": "Chưa có", "ngay_kham": date(2026, 3, 5), "giay_to": "52,5"}
