"""*Đồng bộ* on a real server: enrol, send, hear the province's answer; off line it is a sentence and a longer wait."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.actions import machines, network, reports, sync
from desktop_app.actions.setup import Door
from desktop_app.domain.dates import Period
from desktop_app.domain.fields import build
from desktop_app.domain.records import Person
from desktop_app.storage import attachments, enrolment
from desktop_app.storage.book import new_id
from desktop_app.ui import files
from desktop_app.ui.background import Syncs
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.sharing.machines import Machines
from desktop_app.ui.pages.sharing.page import SyncPage
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.window import Window
from tests.server.running import Running, running
from tests.ui.conftest import KEY, Book, QSettings


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("tinh")) as made:
        made.command("unit", "add", "--code", "40-001", "--name", "CĐCS Công ty CP May Hưng Lộc")
        yield made


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Iterator[SyncPage]:
    desk.syncs = Syncs(desk)
    made = SyncPage(desk)
    qtbot.addWidget(made)
    made.refresh()
    made.show()
    yield made
    desk.syncs.end()  # its book is closed now


def enrol(page: SyncPage, server: Running) -> None:
    page.form.set_values({"server": server.url, "code": server.enrolment_code("40-001")})
    page.register.click()


def test_a_new_pc_shows_what_waits_and_how_to_register(page: SyncPage) -> None:
    assert page.pill.text().startswith("Chưa đăng ký với LĐLĐ tỉnh")
    assert not page.now.isEnabled()
    assert page.register.isVisible()
    waits = {row.label: row.entries for row in page.waits.model.all()}
    assert waits["Chứng từ"] == 26
    assert waits["Người lao động"] == 8


def test_a_wrong_code_or_address_is_said_on_the_page(page: SyncPage, server: Running) -> None:
    page.register.click()
    assert "Hãy nhập địa chỉ máy chủ" in page.form.fields["server"].below()
    page.form.set_values({"server": server.url, "code": "SAIMASAIMA"})
    page.register.click()
    assert page.banner.text() or page.form.fields["code"].below()
    page.form.set_values({"server": "http://127.0.0.1:9", "code": "SAIMASAIMA"})
    page.register.click()
    assert page.banner.text()


def test_registered_it_sends_everything_and_hears_the_answer(page: SyncPage, desk: Desk, server: Running) -> None:
    enrol(page, server)
    assert page.pill.text().startswith("Đã đồng bộ")
    assert not page.waits.model.all()
    assert "tỉnh đã xác nhận" in page.told.text()
    assert not page.register.isVisible()
    sent = reports.submit(desk.book, "B07", Period.parse("2026-10"), "", desk.by)
    desk.changed({"submission"})
    page.refresh()
    assert "chờ gửi" in page.pill.text()
    page.now.click()
    server.command("return", sent.id, "--note", "Thiếu thuyết minh mục 25.01")
    page.now.click()
    assert page.pill.text() == "LĐLĐ tỉnh trả lại 1 báo cáo"
    assert "trả lại" in page.said.said()[0]
    assert page.said.said()[0].endswith("Thiếu thuyết minh mục 25.01")
    gone: list[tuple[str, object]] = []
    desk.wanted.connect(lambda key, target: gone.append((key, target)))
    page.said.press(0)
    assert gone == [("settlement", {"form": "B07", "period": "2026-10"})]


def test_off_line_is_a_sentence_and_a_longer_wait_never_a_dialog(
    page: SyncPage, desk: Desk, tmp_path: Path
) -> None:
    with running(tmp_path / "tinh") as server:
        server.command("unit", "add", "--code", "40-001", "--name", "CĐCS Công ty CP May Hưng Lộc")
        enrol(page, server)
    syncs = desk.syncs
    assert syncs is not None
    page.now.click()
    assert page.pill.text().startswith("Ngoại tuyến từ")
    assert syncs.trouble
    assert syncs.trouble in page.told.text()
    assert 60_000 <= syncs._timer.interval() <= syncs.MOST_MS
    before = syncs._timer.interval()
    desk.changed({"voucher"})
    assert syncs._timer.interval() == before
    for _ in range(9):
        syncs.sync_now()
    assert syncs._timer.interval() <= syncs.MOST_MS


def test_a_change_is_sent_soon_and_what_came_is_not_sent_back(desk: Desk) -> None:
    syncs = Syncs(desk)
    syncs.sync_quietly()
    assert syncs._timer.interval() == syncs.EVERY_MS
    desk.changed({"backup"})
    assert syncs._timer.interval() == syncs.EVERY_MS
    desk.changed({"voucher"})
    assert syncs._timer.interval() == syncs.CHANGE_MS
    syncs.end()


def test_the_top_bar_tells_the_truth_after_every_change(qtbot: QtBot, october: Book, settings: QSettings) -> None:
    shown = Window(Door(october.path.parent, KEY), settings)
    qtbot.addWidget(shown.frame, before_close_func=lambda _: shown.close())
    qtbot.waitUntil(lambda: "chờ gửi" in shown.frame.topbar.sync.text())
    assert shown.frame.topbar.sync.text() == sync.line(shown.desk.book)[0]


def test_without_a_network_a_packet_goes_by_stick_and_its_code_is_shown(
    page: SyncPage, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick, told = tmp_path / "usb.goi", tmp_path / "tinh.json"
    monkeypatch.setattr(files, "to_save", lambda *_: stick)
    monkeypatch.setattr(files, "to_open", lambda *_: tmp_path / "tra-loi.goi")
    page.packets.write.click()
    assert "mã đăng ký" in page.form.fields["code"].below()
    assert not stick.exists()
    with running(tmp_path / "tinh") as server:
        server.command("unit", "add", "--code", "40-001", "--name", "CĐCS Công ty CP May Hưng Lộc")
        server.command("province-file", str(told))
        page.form.set_values({"code": server.enrolment_code("40-001"), "file": str(told)})
        page.packets.write.click()
        code = page.packets.told.text().split("Mã kiểm tra ")[1][:7].replace(" ", "")
        answer = server.command("packet", "import", str(stick), "--reply", str(tmp_path / "tra-loi.goi"))
        assert answer["check_code"] == code
    page.packets.take.click()
    assert "Đã nhận gói" in page.packets.told.text()
    assert page.pill.text().startswith("Đã đồng bộ")
    assert not page.now.isEnabled(), "there is no address to reach"
    with desk.book.transact("members.attach", "Hoa") as transaction:
        attachments.keep(transaction, "person", new_id(), "anh.jpg", bytes(5_000))
    page.refresh()
    assert {row.label: row.size for row in page.waits.model.all()}["Nội dung tệp kèm"] == 5_000
    page.pause.click()
    assert page.pause.text() == "Gửi, nhận tiếp tệp kèm"
    page.packets.write.click()
    assert "1 thay đổi, 1 tệp kèm" in page.packets.told.text()
    stick.write_bytes(b"hong")
    monkeypatch.setattr(files, "to_open", lambda *_: stick)
    page.packets.take.click()
    assert "chép chưa hết" in page.banner.text()


def test_the_way_out_is_set_in_a_small_question_and_a_wrong_one_is_said(page: SyncPage, desk: Desk) -> None:
    page.network.click()
    (asked,) = page.findChildren(Ask)
    asked.form.set_values({"proxy": "10.0.0.1"})
    asked.do()
    assert "Địa chỉ proxy chưa đúng" in asked.form.fields["proxy"].below()
    asked.form.set_values({"proxy": "http://10.0.0.1:8080"})
    asked.do()
    assert network.look(desk.book).proxy == "http://10.0.0.1:8080"
    network.choose(desk.book, "")


def test_a_pc_that_died_is_replaced_and_what_it_left_is_named(
    page: SyncPage, desk: Desk, server: Running, tmp_path: Path
) -> None:
    dead = Book.create(tmp_path / "hong" / "book.db", KEY, "40-001")
    sync.enrol(dead, server.url, server.enrolment_code("40-001"))
    with dead.transact("members.edit", "Nguyễn Thị Mai") as transaction:
        transaction.save(build(Person, {"id": new_id(), "name": "Lê Thị Lan"}))
    sync.sync_now(dead)
    device = dead.device
    dead.close()
    desk.book.take_new_device()  # the copy of October that another test enrolled has this id
    enrol(page, server)
    page.machines.click()
    (asked,) = page.findChildren(Machines)
    assert asked.table.model.all()[0].name.endswith("(máy này)")
    assert not asked.act.isEnabled()
    asked.table.pick(lambda row: row.device == device)
    assert "chưa đánh số phiếu nào" in asked.told.text()
    asked.form.set_values({"code": "SAIMASAIMA"})
    asked.act.click()
    assert "không đúng hoặc đã hết hạn" in asked.form.fields["code"].below()
    asked.form.set_values({"code": server.enrolment_code("40-001")})
    asked.act.click()
    page.now.click()
    asked.refresh()
    assert "đã thay bằng máy" in {row.device: row.state for row in asked.table.model.all()}[device]
    assert "đã nhận 1 thay đổi" in "\n".join(machines.left_by(desk.book, device))
    before = enrolment.seed(desk.book)
    asked.rekey.click()
    assert enrolment.seed(desk.book) not in (before, None)
    page.now.click()
    assert sync.last_trouble(desk.book) == ""
    asked.reject()
