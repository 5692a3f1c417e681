"""Many PCs at once, and a server killed in the middle: nothing confirmed is lost, no reader skips an op."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from sync.messages import SyncReply
from tests.server.desktop import Desktop, enrolled
from tests.server.running import CommandFailed, Postgres, Running, running

UNIONS = {"40-001": "Công đoàn Công ty May Sông Lam", "40-002": "Công đoàn Trường Mầm non Hoa Sen"}


def another(server: Running, union: str) -> Desktop:
    """One more PC of a unit."""
    desktop = Desktop(server.url, union)
    desktop.enrol(server.enrolment_code(union))
    return desktop


def test_eight_writers_leave_no_gap_and_readers_lose_nothing(server: Running) -> None:
    writers: list[Desktop] = []
    for union, name in UNIONS.items():
        writers.append(enrolled(server, union, name))
        writers += [another(server, union) for _ in range(3)]
    readers = [another(server, union) for union in UNIONS]
    done = threading.Event()

    def write(desktop: Desktop) -> None:
        for number in range(30):
            for _ in range(5):
                desktop.write(code=f"TM{number}")
            reply = desktop.send(desktop.request(want=0))
            assert isinstance(reply, SyncReply), reply

    def read(desktop: Desktop) -> None:
        while not done.is_set():
            reply = desktop.send()
            assert isinstance(reply, SyncReply), reply
        desktop.sync()

    with ThreadPoolExecutor(len(writers) + len(readers)) as pool:
        reading = [pool.submit(read, reader) for reader in readers]
        try:
            list(pool.map(write, writers))
        finally:
            done.set()
        for ended in reading:
            ended.result()
    for reader in readers:
        mine = [writer for writer in writers if writer.union == reader.union]
        assert reader.cursor == (1, sum(len(writer.ops) for writer in mine))
        for writer in mine:
            assert [(raw, payload) for device, raw, payload in reader.pulled if device == writer.device] == writer.ops


def test_what_was_confirmed_survives_kill_9(server: Running) -> None:
    writers = [enrolled(server, union, name) for union, name in UNIONS.items()]
    readers = [another(server, union) for union in UNIONS]

    def write_until_cut(desktop: Desktop) -> None:
        while True:
            for _ in range(20):
                desktop.write(code="TM", name="Quỹ tiền mặt " * 10)
            try:
                desktop.send()
            except requests.RequestException:
                return

    for _ in range(2):
        with ThreadPoolExecutor() as pool:
            cut = [pool.submit(write_until_cut, writer) for writer in writers]
            time.sleep(1)
            server.kill()
            for ended in cut:
                ended.result()
        told = [writer.confirmed for writer in writers]
        assert all(told)
        server.start()
        for writer, reader, confirmed in zip(writers, readers, told, strict=True):
            held = writer.send(writer.request(last=confirmed))
            assert held.confirmed >= confirmed
            writer.confirmed = held.confirmed
            writer.sync()
            reader.sync()
            assert [(raw, payload) for _, raw, payload in reader.pulled] == writer.ops


def test_two_sendings_of_one_pc_at_once_store_each_op_once(server: Running) -> None:
    desktop = enrolled(server)
    for _ in range(200):
        desktop.write(code="TM")
    asked = desktop.request()
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda _: Desktop.send(desktop, asked), range(8)))
    assert {(reply.confirmed, reply.top) for reply in replies} == {(200, 200)}


def test_a_database_is_not_served_with_another_servers_key(postgres: Postgres, tmp_path: Path) -> None:
    database = postgres.database()
    with running(tmp_path / "one", database):
        pass
    with pytest.raises(CommandFailed) as failed, running(tmp_path / "two", database):
        pass
    assert failed.value.code == 3
    assert "khóa ký khác" in failed.value.errors
