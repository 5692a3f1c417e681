"""The staff's pages, as a browser without scripts sees them."""

from __future__ import annotations

import html
import re

import requests

from tests.server.desktop import Desktop, enrolled
from tests.server.running import Running
from tests.server.test_verdicts import CELLS, hand_in, verdicts_of


class Browser:
    """Opens pages, follows redirects, sends the forms of the page it is on."""

    def __init__(self, server: Running) -> None:
        self.url, self.session, self.page = server.url, requests.Session(), ""

    def open(self, path: str) -> int:
        return self._take(self.session.get(self.url + path, timeout=60))

    def send(self, path: str, **given: str) -> int:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page)
        fields = {**given, "csrfmiddlewaretoken": token[1] if token else ""}
        return self._take(self.session.post(self.url + path, data=fields, timeout=60))

    def _take(self, answer: requests.Response) -> int:
        self.page, self.headers = html.unescape(answer.text), answer.headers
        return answer.status_code


def signed_in(server: Running) -> Browser:
    browser = Browser(server)
    browser.open("/")
    assert browser.send("/vao/", name="quantri", password=server.password) == 200
    return browser


def test_staff_returns_a_settlement_and_accepts_the_corrected_one(server: Running) -> None:
    desktop = enrolled(server)
    first = hand_in(desktop, 1, {**CELLS, "22": 6_000_000})
    desktop.sync()
    browser = signed_in(server)
    assert "Chờ duyệt (1)" in browser.page
    assert "Công đoàn Công ty May Sông Lam" in browser.page
    browser.open(f"/ho-so/{first}/")
    assert "Thu đoàn phí công đoàn" in browser.page
    assert "6.000.000" in browser.page

    assert browser.send(f"/ho-so/{first}/", verdict="return", note="") == 409
    assert "Hãy ghi lý do trả lại" in browser.page
    assert browser.send(f"/ho-so/{first}/", verdict="accept", note="Sai rồi") == 409
    assert "Có ghi chú thì hãy bấm Trả lại" in browser.page
    browser.send(f"/ho-so/{first}/", verdict="return", note="Chưa khớp", **{"o-22": "Danh sách thu là 6.056.000 đồng"})
    assert "Đã trả lại. Công đoàn Công ty May Sông Lam: B07, lần 1." in browser.page

    second = hand_in(desktop, 2, CELLS)
    desktop.sync()
    browser.open(f"/ho-so/{second}/")
    assert "1 ô thay đổi" in browser.page
    assert "+56.000" in browser.page
    browser.send(f"/ho-so/{second}/", verdict="accept", note="")
    assert "Không còn hồ sơ nào chờ duyệt." in browser.page
    assert browser.send(f"/ho-so/{second}/", verdict="accept", note="") == 409
    assert "đã duyệt rồi, do quantri" in browser.page
    desktop.sync()
    assert verdicts_of(desktop)[1] == ("trả lại", "Chưa khớp", {"22": "Danh sách thu là 6.056.000 đồng"})
    assert verdicts_of(desktop)[-1] == ("đã duyệt", "", {})
    browser.open("/nhat-ky/")
    assert "B07, kỳ 2026-10, lần nộp 2" in browser.page


def test_a_unit_is_added_given_a_code_and_its_pc_revoked(server: Running) -> None:
    browser = signed_in(server)
    browser.open("/don-vi/")
    browser.send("/don-vi/", code="40/LĐ 7", name="Nghiệp đoàn nghề cá Quỳnh Phương")
    assert "Đã thêm Nghiệp đoàn nghề cá Quỳnh Phương" in browser.page
    browser.send("/don-vi/40/LĐ 7/ma/")
    code = re.search(r'class="code">([^<]+)<', browser.page)
    assert code is not None
    desktop = Desktop(server.url, "40/LĐ 7")
    desktop.enrol(code[1])
    desktop.write(code="TM")
    desktop.sync()
    browser.open("/don-vi/?tim=nghe ca")
    assert "Nghiệp đoàn nghề cá Quỳnh Phương" in browser.page
    browser.send(f"/don-vi/40/LĐ 7/may/{desktop.device}/thu-hoi/")
    assert f"Đã thu hồi máy {desktop.device}" in browser.page
    desktop.write(code="NH")
    assert desktop.send().reason == "revoked"
    browser.open("/bang-dieu-hanh/")
    assert browser.send("/don-vi/", code="40/LĐ 7", name="Khác") == 409
    assert "Mã đơn vị 40/LĐ 7 đã có" in browser.page


def test_nothing_is_shown_or_done_at_a_closed_door(server: Running) -> None:
    browser = Browser(server)
    for path in ("/", "/bang-dieu-hanh/", "/don-vi/", "/nhat-ky/", "/doi-mat-khau/"):
        browser.open(path)
        assert "Tên đăng nhập" in browser.page
    assert "default-src 'none'" in browser.headers["Content-Security-Policy"]
    assert browser.headers["X-Frame-Options"] == "DENY"
    assert requests.get(f"{server.url}/api/v1/inbox", timeout=60).status_code == 401
    for body in (b"", b"{", b"[]", b"\xff\xfe", b"[" * 200_000):
        nonsense = requests.post(
            f"{server.url}/api/v1/sign-in", data=body, headers={"Content-Type": "application/json"}, timeout=60
        )
        assert nonsense.status_code in (400, 409)
    staff = server.staff()
    del staff.headers["X-CSRFToken"]
    assert staff.post(f"{server.url}/api/v1/submissions/x/accept", timeout=60).status_code == 403
    cookie = next(cookie for cookie in staff.cookies if cookie.name == "sessionid")
    assert cookie.has_nonstandard_attr("HttpOnly")
    for _ in range(5):
        browser.open("/vao/?next=//evil.example/")
        assert browser.send("/vao/", name="quantri", password="sai") == 403
    assert "evil" not in browser.page
    browser.send("/vao/", name="quantri", password=server.password)
    assert "Đã thử sai quá nhiều lần" in browser.page
    assert browser.open("/khong-co/") == 404
    assert "Không thấy trang này" in browser.page


def test_a_password_is_changed(server: Running) -> None:
    browser = signed_in(server)
    browser.open("/doi-mat-khau/")
    given = {"old_password": server.password, "new_password1": "ngan", "new_password2": "ngan"}
    assert browser.send("/doi-mat-khau/", **given) == 400
    fresh = "Sông Lam tháng mười"
    browser.send("/doi-mat-khau/", **{**given, "new_password1": fresh, "new_password2": fresh})
    assert "Đã đổi mật khẩu" in browser.page
    server.password = fresh
    signed_in(server)
