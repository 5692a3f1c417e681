"""An office's proxy, an authority of one's own, and every trouble of the way as one plain sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.actions import network, sync
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.storage import enrolment
from desktop_app.storage.book import Book
from sync import client, link, messages
from tests.server.running import Running, running
from tests.sync.detours import Authority, proxy, tls
from tests.sync.pcs import KEY, a_fund, a_person, enrolled, new_book, save


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("tinh")) as made:
        made.command("unit", "add", "--code", "40-001", "--name", "Công đoàn Công ty May Sông Lam")
        yield made


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client.time, "sleep", lambda _: None)
    for name in ("HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "REQUESTS_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def office(tmp_path: Path, server: Running) -> Iterator[Book]:
    book = enrolled(tmp_path / "a", server)
    save(book, a_fund())
    yield book
    book.close()


def test_through_a_proxy_that_asks_for_a_password_to_a_server_of_an_own_authority(
    tmp_path: Path, server: Running, office: Book
) -> None:
    authority = Authority(tmp_path)
    with tls(server.url, authority) as url, proxy("hoa:mật khẩu") as office_proxy:
        with pytest.raises(Trouble, match="Không tới được máy chủ"):
            sync.sync_now(office, url)  # only the proxy knows that name
        network.choose(office, office_proxy.url)
        with pytest.raises(Trouble, match="proxy đòi mật khẩu"):
            sync.sync_now(office, url)
        assert sync.line(office)[1] == "warn"
        port = office_proxy.url.rpartition(":")[2]
        network.choose(office, f"hoa:m%E1%BA%ADt%20kh%E1%BA%A9u@127.0.0.1:{port}")
        with pytest.raises(Trouble, match="chưa biết nơi cấp chứng chỉ"):
            sync.sync_now(office, url)
        assert network.choose(office, authority=authority.file).authority == "LĐLĐ tỉnh Nghệ An CA"
        assert sync.sync_now(office, url).sent == 1
        assert network.look(office).proxy == f"http://127.0.0.1:{port}", "the password is not shown"
        network.choose(office, f"http://127.0.0.1:{port}")  # the form, sent again as it is shown, keeps it
        assert sync.sync_now(office, url).sent == 0
    assert b"hoa" not in office.path.read_bytes()
    with pytest.raises(Trouble, match="Không qua được proxy"):
        sync.sync_now(office, url)
    network.choose(office, "không", "")
    assert sync.sync_now(office, server.url).sent == 0


def test_the_systems_own_proxy_is_used_where_none_is_set(
    tmp_path: Path, server: Running, office: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path)
    network.choose(office, authority=authority.file)
    with tls(server.url, authority) as url, proxy() as system:
        monkeypatch.setenv("HTTPS_PROXY", system.url)
        assert sync.sync_now(office, url).sent == 1
        assert len(system.asked) == 1
        network.choose(office, "không")
        with pytest.raises(Trouble, match="Không tới được máy chủ"):
            sync.sync_now(office, url)
        assert len(system.asked) == 1
        book = new_book(tmp_path / "b")
        network.choose(book, system.url, authority.file)
        assert sync.enrol(book, url, server.enrolment_code("40-001")).server == url


def test_a_certificate_that_is_old_or_of_another_name_is_told_as_what_it_is(
    tmp_path: Path, server: Running, office: Book
) -> None:
    authority = Authority(tmp_path)
    with proxy() as way:
        network.choose(office, way.url, authority.file)
        with tls(server.url, authority, days=-2) as url, pytest.raises(Trouble, match="ngày giờ của máy"):
            sync.sync_now(office, url)
        with tls(server.url, authority, "khac.test") as url, pytest.raises(Trouble, match="xem lại địa chỉ máy chủ"):
            sync.sync_now(office, url)


def test_an_address_or_a_certificate_that_cannot_be_is_refused(office: Book, tmp_path: Path) -> None:
    for typed in ("10.0.0.1", "ftp://10.0.0.1:21", "http://:80", "http://10.0.0.1:99999", "a b"):
        with pytest.raises(Refused, match="Địa chỉ proxy chưa đúng"):
            network.choose(office, typed)
    file = tmp_path / "ca.crt"
    for content in (b"", b"xin chao", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"):
        file.write_bytes(content)
        with pytest.raises(Refused, match="không phải tệp chứng chỉ"):
            network.choose(office, authority=file)


def test_a_full_disk_of_the_server_or_a_server_that_is_busy_is_said(
    server: Running, office: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link.Link, "post", lambda *_: link.Answer(507, refusal("full")))
    monkeypatch.setattr(messages.Read, "is_signed", lambda *_: True)
    with pytest.raises(Trouble, match="Ổ đĩa máy chủ của LĐLĐ tỉnh đã đầy"):
        sync.sync_now(office)
    monkeypatch.setattr(link.Link, "post", lambda *_: link.Answer(429, refusal("busy")))
    with pytest.raises(Trouble, match="đang bận"):
        sync.sync_now(office)
    monkeypatch.setattr(link.Link, "post", lambda *_: link.Answer(400, refusal("too_new")))
    with pytest.raises(Trouble, match="mới hơn máy chủ"):
        sync.sync_now(office)


def refusal(reason: str) -> bytes:
    return messages.write(messages.Refusal(reason=reason, time=1), bytes(32))


def test_a_program_that_is_too_old_for_the_server_is_told_to_update(
    office: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = link.Link.post

    def newer(self: link.Link, path: str, body: bytes) -> link.Answer:
        answer = post(self, path, body)
        told = messages.read(messages.SyncReply, answer.body).message
        return link.Answer(200, messages.write(replace(told, v=2), bytes(32)))

    monkeypatch.setattr(link.Link, "post", newer)
    with pytest.raises(Trouble, match="cập nhật chương trình"):
        sync.sync_now(office)


def test_a_full_disk_of_this_pc_is_said_and_what_was_read_before_stays(
    tmp_path: Path, server: Running, office: Book
) -> None:
    home = enrolled(tmp_path / "b", server)
    with home.transact("members.import", "Hoa") as transaction:
        for number in range(400):
            transaction.save(a_person(f"Nguyễn Văn {number}", note="Quê Nghi Lộc " * 9))
    sync.sync_now(home)
    (pages,) = office.db.execute("PRAGMA page_count").fetchone()
    office.db.execute(f"PRAGMA max_page_count = {pages + 12}")
    with pytest.raises(Trouble, match="Ổ đĩa đã đầy"):
        sync.sync_now(office)
    assert office.verify().first_fault is None
    office.close()
    again = Book(tmp_path / "a" / "book.db", KEY)
    assert enrolment.standing(again).confirmed <= 1
    sync.sync_now(again)
    assert again.verify().entries >= 401
    again.close()
