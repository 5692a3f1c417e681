"""A figure that the province sends reaches every unit's book at its next exchange, also of a unit added later."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desktop_app.actions import rates, sync
from desktop_app.reports.forms import form
from desktop_app.storage import rules
from tests.server.running import Running
from tests.server.test_pages import Browser, signed_in
from tests.sync.pcs import dump, enrolled

TYPED = {"since": "01/01/2027", "value": "0,7 %", "law": "QĐ 9/QĐ-TLĐ ngày 05/12/2026"}


def test_what_the_province_sends_counts_in_every_book(server: Running, tmp_path: Path) -> None:
    office = enrolled(tmp_path / "a", server, first=True)
    own = {"name": "dues_rate", "since": date(2027, 1, 1), "value": "1 %", "reason": "Nghị quyết BCH"}
    rates.correct(office, own, "Hoa")
    sync.sync_now(office)
    browser = signed_in(server)
    assert browser.open("/danh-muc/") == 200
    assert "Tỷ lệ đoàn phí" in browser.page
    browser.open("/danh-muc/dues_rate/")
    assert browser.send("/danh-muc/dues_rate/", **TYPED | {"value": "nhiều", "law": ""}) == 409
    assert "“nhiều” không phải số" in browser.page
    assert "Hãy ghi số, ngày của văn bản" in browser.page
    assert browser.send("/danh-muc/dues_rate/", **TYPED) == 200
    assert "Đã ban hành Tỷ lệ đoàn phí từ 01/01/2027" in browser.page
    _send_words(browser)

    assert str(rules.rules(office).dues_rate("2027-01")) == "1/100"
    assert sync.sync_now(office).received == 2
    rows = [form("B07", date(year, 12, 31), office).row("31") for year in (2026, 2027)]
    assert [row and row.text[:13] for row in rows] == ["Chi trực tiếp", "Chi chăm lo đ"]
    assert str(rules.rules(office).dues_rate("2027-01")) == "7/1000"
    assert str(rules.rules(office).dues_rate("2026-12")) == "1/200"
    assert (rules.own(office), sync.sync_now(office).received) == ((), 0)
    home = enrolled(tmp_path / "b", server)
    sync.sync_now(home)
    assert dump(home) == dump(office)


def test_a_script_sends_a_table_of_rows(server: Running, tmp_path: Path) -> None:
    office = enrolled(tmp_path / "a", server, first=True)
    staff, address = server.staff(), f"{server.url}/api/v1/rates/allowances"
    rows = "150; 0,2; 0,15; 0,12; 0,1; 0,06\n0; 1; 0,7; 0,25; 0,23; 0,15"
    given = {"since": "01/01/2026", "value": rows, "law": "QĐ 613/QĐ-TLĐ"}
    assert staff.post(address, json=given | {"value": "150; 0,2"}).status_code == 409
    answer = staff.post(address, json=given)
    assert (answer.status_code, answer.json()["since"]) == (200, "2026-01-01")
    answer = staff.post(f"{server.url}/api/v1/rates/B07/rows.31.formula", json=given)
    assert (answer.status_code, "cần bản chương trình mới" in answer.text) == (404, True)
    sync.sync_now(office)
    assert rules.rules(office).allowance(date(2026, 10, 1), 120, "chair") == 506000


def _send_words(browser: Browser) -> None:
    """Staff gives a row of the settlement other words from 2027 on."""
    assert browser.open("/danh-muc/B07/") == 200
    assert "Thêm hay bớt dòng" in browser.page
    assert "Dòng 31: chữ" in browser.page
    address = "/danh-muc/B07/rows.31.text/"
    assert browser.open(address) == 200
    given = TYPED | {"value": "Chi chăm lo đoàn viên"}
    assert browser.send(address, **given | {"value": "[xyz]"}) == 409
    assert browser.send(address, **given) == 200
    assert "tỉnh ban hành" in browser.page
