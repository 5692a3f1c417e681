"""A stolen PC: what it sends after it was revoked waits for a person, who takes it in its order or leaves it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.actions import packets, sync
from desktop_app.domain.errors import Trouble
from desktop_app.domain.fields import build
from desktop_app.domain.records import Line, Person, Voucher
from desktop_app.storage.book import Book, new_id
from tests.server.running import Running, running
from tests.server.test_pages import Browser, signed_in
from tests.sync.pcs import UNION, a_fund, a_person, dump, edit, enrolled, save


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path / "server") as started:
        yield started


def revoke(browser: Browser, book: Book) -> None:
    browser.open(f"/don-vi/{UNION}/")
    browser.send(f"/don-vi/{UNION}/may/{book.device}/thu-hoi/")
    assert f"Đã thu hồi máy {book.device}" in browser.page


def pay(book: Book, number: str, amount: int) -> None:
    lines = (Line(item="2107", party="", fund=new_id(), amount_out=amount),)
    with book.transact("voucher.post", "Trần Thị Hoa") as transaction:
        transaction.save(build(Voucher, {
            "id": new_id(), "kind": "PC", "number": number, "day": "2026-10-15", "text": "Chi thăm hỏi", "lines": lines,
        }))  # fmt: skip


def test_what_a_revoked_pc_sends_is_held_and_taken_or_left_by_the_staff(tmp_path: Path, server: Running) -> None:
    office, stolen = enrolled(tmp_path / "a", server, first=True), enrolled(tmp_path / "b", server)
    lan = save(stolen, a_person("Lê Thị Lan"))
    for book in (stolen, office):
        sync.sync_now(book)
    browser = signed_in(server)
    revoke(browser, stolen)
    save(office, a_fund())
    edit(stolen, lan, team="Tổ may 2")
    pay(stolen, "PC10/01", 1_500_000)
    save(stolen, a_person("Kẻ Lạ"))

    for _ in range(2):  # all over again changes nothing
        with pytest.raises(Trouble, match="đã thu hồi máy này: 3 thay đổi đã gửi đang chờ tỉnh"):
            sync.sync_now(stolen)
    assert sync.line(stolen) == ("LĐLĐ tỉnh đã thu hồi máy này · 3 thay đổi chưa được nhận", "bad")
    done = sync.sync_now(office)
    assert (done.received, done.notices) == (0, (f"LĐLĐ tỉnh đã thu hồi máy {stolen.device} của đơn vị.",))
    assert len(list(stolen.all(Person))) == 2
    assert not list(stolen.all(type(a_fund()))), "a revoked PC reads nothing"

    browser.open("/bang-dieu-hanh/")
    assert "máy đã thu hồi còn gửi bản ghi" in browser.page
    browser.open(f"/don-vi/{UNION}/")
    rows = re.findall(r'name="den" value="(\d+)".*?</tr>', browser.page, re.DOTALL)
    assert rows == ["2", "3", "4"]
    for told in ("sửa người lao động", "ghi sổ chứng từ", "PC10/01 chi 1.500.000", "thêm người lao động", "Trần Thị Hoa"):
        assert told in browser.page
    browser.send(f"/don-vi/{UNION}/may/{stolen.device}/nhan/", den="3")
    assert "Đã nhận 2 bản ghi" in browser.page
    browser.send(f"/don-vi/{UNION}/may/{stolen.device}/loai/")
    assert "Đã loại 1 bản ghi" in browser.page
    browser.open("/nhat-ky/")
    assert "Nhận bản ghi của máy đã thu hồi" in browser.page

    done = sync.sync_now(office)
    assert done.received == 2
    assert done.notices == (f"LĐLĐ tỉnh không nhận 1 thay đổi mà máy {stolen.device} gửi sau khi bị thu hồi.",)
    assert [person.team for person in office.all(Person)] == ["Tổ may 2"]
    assert [voucher.number for voucher in office.all(Voucher)] == ["PC10/01"]
    with pytest.raises(Trouble, match="1 thay đổi tỉnh không nhận"):
        sync.sync_now(stolen)
    assert sync.status(stolen)["pending"] == 1

    browser.open(f"/don-vi/{UNION}/")  # the thief was the accountant's husband after all
    browser.send(f"/don-vi/{UNION}/may/{stolen.device}/nhan/", den="4")
    sync.sync_now(office)
    assert {person.name for person in office.all(Person)} == {"Lê Thị Lan", "Kẻ Lạ"}
    assert browser.send(f"/don-vi/{UNION}/may/{stolen.device}/nhan/", den="4") == 200
    assert "Không còn bản ghi nào đang giữ" in browser.page

    sync.enrol(stolen, server.url, server.enrolment_code(UNION))  # trusted again, under another id
    for book in (stolen, office):
        sync.sync_now(book)
    assert dump(stolen) == dump(office)


def test_a_packet_of_a_revoked_pc_is_held_likewise_and_says_so(tmp_path: Path, server: Running) -> None:
    office = enrolled(tmp_path / "a", server, first=True)
    save(office, a_person("Lê Thị Lan"))
    sync.sync_now(office)
    browser = signed_in(server)
    revoke(browser, office)
    save(office, a_person("Phan Văn Đức"))
    stick, reply = tmp_path / "usb.goi", tmp_path / "tra-loi.goi"
    packets.export(office, stick)
    for _ in range(2):
        answer = server.command("packet", "import", str(stick), "--reply", str(reply))
        assert answer["ops"] == 0
    with pytest.raises(Trouble, match="1 thay đổi đã gửi đang chờ tỉnh xem xét"):
        packets.take(office, reply)
    assert sync.line(office)[1] == "bad"
    browser.open(f"/don-vi/{UNION}/")
    browser.send(f"/don-vi/{UNION}/may/{office.device}/nhan/", den="2")
    probe = enrolled(tmp_path / "b", server)
    assert sync.sync_now(probe).received == 2
