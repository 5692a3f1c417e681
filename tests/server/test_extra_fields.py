"""A field that the province adds reaches the record of a person; two PCs that edit one person merge field by field."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop_app.actions import list_profiles, members, person_record, sensitive, sync
from desktop_app.domain.errors import Refused
from desktop_app.storage import extras, person_more
from desktop_app.storage.person_file import person_file
from tests.server.running import Running, running
from tests.server.test_pages import signed_in
from tests.sync.pcs import dump, enrolled

HOA, HUONG = "Trần Thị Hoa", "Lê Thị Hường"
TYPED = {"code": "nha_o", "label": "Nhà ở xã hội", "kind": "Lựa chọn", "choices": "Đã thuê\nĐã mua\nChưa có",
         "since": "01/01/2026", "until": "", "law": "CV 12/LĐLĐ ngày 05/01/2026"}  # fmt: skip


@pytest.fixture
def province(tmp_path: Path) -> Running:  # type: ignore[misc]
    with running(tmp_path / "tinh") as server:
        yield server


def test_the_provinces_fields_and_two_pcs_on_one_person(province: Running, tmp_path: Path) -> None:
    office = enrolled(tmp_path / "a", province, first=True)
    yen, _ = members.add(office, {"name": "Võ Thị Yến", "birth": "1990", "phone": "0912345678"}, HOA)
    browser = signed_in(province)
    assert browser.send("/muc-ho-so/", **TYPED | {"choices": "", "code": "Nhà ở"}) == 409
    assert "Mã gồm chữ thường không dấu" in browser.page
    assert browser.send("/muc-ho-so/", **TYPED) == 200
    assert "Đã đặt mục Nhà ở xã hội" in browser.page
    given = {"code": "benh_nghe", "label": "Bệnh nghề nghiệp", "kind": "Chữ", "since": "01/01/2026", "sensitive": True,
             "law": "CV 12/LĐLĐ"}  # fmt: skip
    staff, address = province.staff(), f"{province.url}/api/v1/extra-fields"
    assert staff.post(address, json=given | {"kind": "Số", "law": ""}, timeout=60).status_code == 409
    assert staff.post(address, json=given, timeout=60).json()["code"] == "benh_nghe"
    assert staff.post(address, json=given | {"kind": "Số"}, timeout=60).status_code == 409
    sync.sync_now(office)

    assert [field.code for field in person_record.asked(office)] == ["nha_o"]
    with pytest.raises(Refused, match="Nhà ở xã hội: “Đi ở nhờ” không có trong danh sách"):
        person_record.save(office, yen.id, {}, HOA, extras={"nha_o": "Đi ở nhờ"})
    person_record.save(office, yen.id, {}, HOA, extras={"nha_o": "chưa có"})
    sensitive.save(office, yen.id, {"x:benh_nghe": {"value": "Bụi phổi"}}, HOA)
    held = person_file(office, yen.id, private=True)
    assert held is not None
    told = [(c.what, c.field, c.new) for c in held.changes]
    assert ("Mục của tỉnh", "Mục", "Nhà ở xã hội") in told
    assert ("Thông tin riêng tư", "Mục", "Bệnh nghề nghiệp") in told
    columns = [{"field": name, "heading": name} for name in ("name", "x:nha_o", "+x:benh_nghe")]
    profile = list_profiles.made({"columns": columns})
    out = tmp_path / "ra.xlsx"
    list_profiles.export(office, profile, [yen.id], out, HOA, today=date(2026, 11, 24), reason="báo cáo tỉnh")
    rows = list(load_workbook(out).active.iter_rows(values_only=True))
    assert rows[1] == ("Võ Thị Yến", "Chưa có", "Bụi phổi")
    sync.sync_now(office)

    home = enrolled(tmp_path / "b", province)
    sync.sync_now(home)
    person_record.save(office, yen.id, {"home": "Nam Đàn"}, HOA, children=[{"name": "An", "birth": "2015"}])
    members.edit(office, yen.id, {"phone": "0987654321"}, HOA)
    person_record.save(home, yen.id, {"insurance": "4009123456", "languages": [{"name": "Tiếng Anh"}]}, HUONG)
    members.edit(home, yen.id, {"address": "Phường Trường Vinh"}, HUONG)
    for book in (office, home, office):
        sync.sync_now(book)
    for book in (office, home):
        one = members.person_of(book, yen.id)
        assert (one.phone, one.address) == ("0987654321", "Phường Trường Vinh")
        detail = person_more.detail(book, yen.id)
        assert detail is not None
        assert (detail.home, detail.insurance, detail.languages[0].name) == ("Nam Đàn", "4009123456", "Tiếng Anh")
        assert [child.name for child in person_more.children(book, yen.id)] == ["An"]
        assert extras.of(book, yen.id)["nha_o"][0].value == "Chưa có"
    here, there = dump(office), dump(home)
    assert (len(here.pop("access")), there.pop("access")) == (1, [])  # who looked never leaves the book
    assert here == there
    ended = TYPED | {"until": "01/02/2026"}
    assert browser.send("/muc-ho-so/", **ended) == 200
    sync.sync_now(home)
    assert extras.asked(home, date(2026, 11, 24))[0].code == "benh_nghe"
