"""A PC that died: another takes its place by the province's code, and what it had not handed over is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.actions import machines, packets, sync
from desktop_app.domain import numbering
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Line, Person, Voucher
from desktop_app.storage import enrolment
from desktop_app.storage.book import Book, new_id
from tests.server.running import Running, running
from tests.server.test_pages import signed_in
from tests.sync.pcs import UNION, a_person, dump, enrolled, save


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path / "server") as started:
        yield started


def write(book: Book, number: str, text: str, *, posted: bool = True) -> None:
    lines = (Line(item="2107", party="", fund=new_id(), amount_out=500_000),)
    with book.transact("voucher.post" if posted else "voucher.draft", "Trần Thị Hoa") as transaction:
        transaction.save(build(Voucher, {
            "id": new_id(), "kind": "PC", "number": number, "day": "2026-10-15", "text": text, "lines": lines,
            "posted": posted,
        }))  # fmt: skip


def test_what_a_dead_pc_had_not_handed_over_is_named_and_another_takes_its_place(
    tmp_path: Path, server: Running
) -> None:
    dead, office = enrolled(tmp_path / "a", server, first=True), enrolled(tmp_path / "b", server)
    for number in ("PC10/01", "PC10/02", "PC10/05"):
        write(dead, number, "Chi thăm hỏi")
    write(dead, "", "Mua hoa 20/10", posted=False)
    for book in (dead, office, dead):
        sync.sync_now(book)
    save(dead, a_person("Lê Thị Lan"))
    by_hand, late = tmp_path / "a.goi", tmp_path / "b.goi"
    packets.export(dead, by_hand, "device")
    packets.take(office, by_hand)
    write(dead, "PC10/06", "Chi trên giấy")
    packets.export(dead, late, "device")
    old = dead.device
    dead.close()

    assert [(one.own, one.state) for one in machines.look(office)] == [(True, "đang dùng"), (False, "giữ quyền ghi sổ")]
    with pytest.raises(Refused, match="không đúng hoặc đã hết hạn"):
        machines.replace(office, old, "SAIMA-SAIMA")
    with pytest.raises(Refused, match="chính là máy này"):
        machines.replace(office, office.device, "SAIMA-SAIMA")
    machines.replace(office, old, server.enrolment_code(UNION))
    done = sync.sync_now(office)
    assert f"LĐLĐ tỉnh đã thu hồi máy {old} của đơn vị." in done.notices
    known = enrolment.of(office)
    assert known is not None
    assert known.lease > 1, "the lease went over"
    assert machines.look(office)[1].state == f"đã thay bằng máy {office.device[:4]}"
    told = "\n".join(machines.left_by(office, old))
    assert "đã nhận 4 thay đổi" in told
    assert "tỉnh chưa có lúc báo: 1 người lao động" in told
    assert "1 phiếu nháp của máy ấy còn trong sổ: Mua hoa 20/10 (15/10/2026, 500.000)" in told
    assert "Thiếu số phiếu: PC10/03, PC10/04." in told
    assert "Số sau cùng đã biết: PC10/05." in told

    browser = signed_in(server)
    browser.open(f"/don-vi/{UNION}/")
    assert f"thay bằng máy <code>{office.device}" in browser.page
    assert "Số phiếu sau cùng đã nhận: PC10/05." in browser.page
    assert "Máy <code>" in browser.page, "what the packet brought was handed on, and waits here"

    taken = packets.take(office, late)  # found in a drawer
    assert (taken.ops, "chuyển cho tỉnh xem xét" in taken.note) == (0, True)
    assert office.get(Person, new_id()) is None
    sync.sync_now(office)
    browser.open(f"/don-vi/{UNION}/")
    assert "PC10/06 chi 500.000" in browser.page
    browser.send(f"/don-vi/{UNION}/may/{old}/nhan/", den="6")
    assert "Đã nhận 2 bản ghi" in browser.page
    sync.sync_now(office)
    assert "PC10/06" in {voucher.number for voucher in office.all(Voucher)}
    probe = enrolled(tmp_path / "c", server)
    sync.sync_now(probe)
    assert dump(probe) == dump(office)


def test_a_number_tells_its_series() -> None:
    default, yearly = numbering.read(numbering.DEFAULT), numbering.read("{kind}-{nnn}/{yyyy}")
    assert numbering.place(default, "PC10/07") == ("PC10/{}", 7)
    assert numbering.place(default, "PC.B10/12") == ("PC.B10/{}", 12)
    assert numbering.place(yearly, "PC-001/2026") == ("PC-{}/2026", 1)
    for none in ("", "7", "PC10-07", "{}10/07"):
        assert numbering.place(default, none) == ("", 0)
