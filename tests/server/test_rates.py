"""A figure that the province sends reaches every unit's book at its next exchange, also of a unit added later."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desktop_app.actions import rates, sync
from desktop_app.storage import rules
from tests.server.running import Running
from tests.server.test_pages import signed_in
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

    assert str(rules.rules(office).dues_rate("2027-01")) == "1/100"
    assert sync.sync_now(office).received == 1
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
    sync.sync_now(office)
    assert rules.rules(office).allowance(date(2026, 10, 1), 120, "chair") == 506000
