"""The server's commands, their answers and exit codes."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import requests
import xlsxwriter
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sync import protocol
from tests.server.desktop import Desktop, enrolled
from tests.server.running import CommandFailed, Running, running
from tests.server.test_verdicts import CELLS, hand_in, verdicts_of


@pytest.fixture
def lone(tmp_path: Path) -> Iterator[Running]:
    """A server on SQLite: these do not depend on the database."""
    with running(tmp_path / "server") as started:
        yield started


def test_the_first_run_tells_the_administrators_password_once(lone: Running) -> None:
    first = lone.password
    assert len(first) >= 12
    lone.stop()
    lone.start()
    assert lone.password == first
    for name in ("server.key", "secret.key", "database"):
        assert stat.S_IMODE(os.stat(lone.data / name).st_mode) == 0o600


def test_a_list_of_units_is_imported_and_bad_rows_are_told(lone: Running, tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "don-vi.xlsx"))
    sheet = book.add_worksheet("Danh sách")
    for number, row in enumerate([
        ("DANH SÁCH CÔNG ĐOÀN CƠ SỞ", "", ""), ("STT", "Tên đơn vị", "MÃ ĐƠN VỊ"),
        (1, "Công đoàn Công ty May Sông Lam", 40001), (2, "", "40-002"), (3, "Nghiệp đoàn nghề cá", "40-003"),
    ]):  # fmt: skip
        sheet.write_row(number, 0, row)
    book.close()
    brought = lone.command("unit", "import", str(tmp_path / "don-vi.xlsx"))
    assert (brought["stored"], brought["renamed"], brought["same"]) == (2, 0, 0)
    assert brought["refused"] == [
        {"sheet": "Danh sách", "row": 4, "column": "Tên đơn vị", "value": "", "problem": "Hãy nhập Tên đơn vị."}
    ]
    (tmp_path / "don-vi.csv").write_text(
        "Mã đơn vị;Tên đơn vị\n40001;Công đoàn Công ty May Sông Lam 2\n40-003;Nghiệp đoàn nghề cá\n", "utf-8-sig"
    )
    again = lone.command("unit", "import", str(tmp_path / "don-vi.csv"))
    assert (again["stored"], again["renamed"], again["same"]) == (0, 1, 1)
    (tmp_path / "hong.xlsx").write_bytes(b"khong phai excel")
    with pytest.raises(CommandFailed) as failed:
        lone.command("unit", "import", str(tmp_path / "hong.xlsx"))
    assert failed.value.code == 1
    assert "Không đọc được hong.xlsx" in failed.value.errors


def test_the_province_file_names_the_servers_key_and_is_signed_by_it(lone: Running, tmp_path: Path) -> None:
    lone.command("unit", "add", "--code", "40-001", "--name", "Công đoàn Công ty May Sông Lam")
    file = tmp_path / "tinh.json"
    answer = lone.command("province-file", str(file), "--server", "https://dongbo.example.vn")
    content = json.loads(file.read_text("utf-8"))
    signature = bytes.fromhex(content.pop("signature"))
    key = bytes.fromhex(content["key"])
    Ed25519PublicKey.from_public_bytes(key).verify(
        signature, b"socongdoan province file 1\0" + protocol.canonical(content)
    )
    assert content["units"] == [{"code": "40-001", "name": "Công đoàn Công ty May Sông Lam"}]
    assert (answer["units"], answer["fingerprint"]) == (1, content["fingerprint"])
    desktop = Desktop(lone.url, "40-001")
    assert desktop.enrol(lone.enrolment_code("40-001")).server_key == key


def test_an_expired_code_does_not_enrol(lone: Running) -> None:
    code = lone.enrolment_code("40-001", "Công đoàn Công ty May Sông Lam")
    with closing(sqlite3.connect(lone.data / "province.db", timeout=20)) as held, held:
        held.execute("UPDATE province_enrolcode SET expires = '2026-01-01 00:00:00'")
    assert Desktop(lone.url, "40-001").enrol(code).reason == "bad_code"


def test_a_backup_is_checked_and_restored_as_a_new_epoch(lone: Running, tmp_path: Path) -> None:
    desktop = enrolled(lone)
    sent = hand_in(desktop, 1, CELLS)
    desktop.sync()
    made = lone.command("backup", str(tmp_path / "copy"))
    assert {key: made[key] for key in ("units", "ops", "checked")} == {"units": 1, "ops": 2, "checked": True}
    lone.command("return", sent, "--note", "Sau khi sao lưu")
    desktop.sync()
    assert lone.command("restore", str(tmp_path / "copy"), "--check")["restored"] is False
    with pytest.raises(CommandFailed) as failed:
        lone.command("restore", str(tmp_path / "copy"))
    assert "đã có máy chủ" in failed.value.errors
    fresh = Running(tmp_path / "fresh")
    fresh.command("restore", str(tmp_path / "copy"))
    lone.stop()
    fresh.url, fresh.password = lone.url, lone.password
    fresh.start()
    try:
        reply = desktop.send()
        assert (reply.epoch, reply.confirmed) == (2, 1)
        fresh.staff()
        assert fresh.command("accept", sent)["state"] == "đã duyệt"
        desktop.sync()
        assert verdicts_of(desktop)[-1][0] == "đã duyệt"
        pens = [device for device, _, _ in desktop.pulled]
        assert len(set(pens)) == 2, "the restored server writes a chain of its own"
    finally:
        fresh.stop()
    broken = tmp_path / "copy" / "province.db"
    broken.write_bytes(broken.read_bytes()[:-5000])
    with pytest.raises(CommandFailed) as failed:
        lone.command("restore", str(tmp_path / "copy"), "--check")
    assert failed.value.code == 3


def test_staff_get_accounts_and_new_passwords(lone: Running) -> None:
    made = lone.command("staff", "lan.nguyen")
    assert made["new"] is True
    sign_in = {"user": "lan.nguyen", "password": made["password"]}
    answer = requests.post(f"{lone.url}/api/v1/sign-in", json=sign_in, timeout=60)
    assert answer.json()["user"] == "lan.nguyen"
    assert lone.command("staff", "lan.nguyen")["new"] is False
    assert requests.post(f"{lone.url}/api/v1/sign-in", json=sign_in, timeout=60).status_code == 409
    with pytest.raises(CommandFailed) as failed:
        lone.command("staff", "Lan Nguyễn")
    assert "không có dấu cách" in failed.value.errors


def test_what_was_in_quarantine_is_looked_at_again_at_the_next_start(lone: Running) -> None:
    desktop = enrolled(lone)
    submission = hand_in(desktop, 1, CELLS)
    desktop.sync()
    with closing(sqlite3.connect(lone.data / "province.db", timeout=20)) as held, held:
        for table in ("verdict", "submission"):
            held.execute(f"DELETE FROM province_{table}")
        held.execute("INSERT INTO province_quarantine SELECT id, 'not known then' FROM province_op WHERE dseq = 1 AND seq = 1")
    assert lone.command("inbox")["submissions"] == []
    lone.stop()
    lone.start()
    assert [one["id"] for one in lone.command("inbox")["submissions"]] == [submission]


def test_the_desktop_and_the_client_do_not_need_django() -> None:
    check = (
        "import sys, desktop_app.cli, sync.messages, sync.merge; "
        "sys.exit(any(name in sys.modules for name in ('django', 'waitress', 'psycopg', 'sync.server')))"
    )
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


def test_wrong_words_end_with_2_and_the_worlds_trouble_with_3(lone: Running, tmp_path: Path) -> None:
    def code(*words: str) -> int:
        with pytest.raises(CommandFailed) as failed:
            lone.command(*words)
        return failed.value.code

    assert code("unit") == 2
    assert code("code", "40-404") == 1
    assert code("inbox", "--state", "lạ") == 1
    assert code("run", "--port", lone.url.rsplit(":", 1)[1]) == 3
    assert code("--database", "mysql://x/y", "inbox") == 1
    assert code("--data", str(tmp_path / "other"), "--database", "postgresql://127.0.0.1:9/x", "inbox") == 3
    assert code("unit", "import", str(tmp_path / "khong-co.xlsx")) == 3


def test_the_migrations_are_what_the_models_say(tmp_path: Path) -> None:
    check = (
        "from pathlib import Path; from sync.server import settings; "
        f"settings.configure(Path({str(tmp_path)!r}), 'sqlite:///:memory:'); "
        "from django.core.management import call_command; call_command('makemigrations', check=True, dry_run=True)"
    )
    ended = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout
