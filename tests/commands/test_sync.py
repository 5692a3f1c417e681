"""`enrol`, `sync` and `status` as scripts drive them: the documented shapes, the exit codes, sentences on stderr."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop_app import cli
from desktop_app.actions import setup
from tests.server.running import running


class Run:
    """Commands on one profile, inside this process: (exit code, answer)."""

    def __init__(self, profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.profile, self._capsys = profile, capsys

    def __call__(self, *words: str) -> tuple[int, dict[str, Any]]:
        code = cli.run(["--profile", str(self.profile), "--json", *words])
        return code, json.loads(self._capsys.readouterr().out)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("SOCONGDOAN_PASSPHRASE", "mat khau thu")
    setup.make_book(tmp_path / "so", code="40-001", name="CĐCS Công ty May Hưng Lộc", actor="Hoa", first_year=2026)
    return Run(tmp_path / "so", capsys)


def test_a_pc_is_enrolled_and_exchanges_by_three_commands(run: Run, tmp_path: Path) -> None:
    with running(tmp_path / "server") as server:
        code = server.enrolment_code("40-001", "CĐCS Công ty May Hưng Lộc")
        exit_code, enrolled = run("enrol", "--server", server.url, "--code", code)
        assert (exit_code, enrolled.keys(), enrolled["server"]) == (0, {"device", "server"}, server.url)
        before = run("status")[1]
        assert before.keys() == {"union", "year", "pending", "last_sync", "returned", "conflicts", "chain_ok"}
        assert (before["union"], before["pending"], before["last_sync"]) == ("40-001", 1, None)
        exit_code, done = run("sync")
        assert exit_code == 0
        assert done.keys() == {
            "sent", "received", "bytes_up", "bytes_down", "round_trips", "seconds", "conflicts", "state",
        }  # fmt: skip
        assert (done["sent"], done["received"], done["round_trips"], done["state"]) == (1, 0, 1, "đã đồng bộ")
        after = run("status")[1]
        assert (after["pending"], after["returned"], after["conflicts"], after["chain_ok"]) == (0, [], 0, True)
        assert after["last_sync"].startswith("20")
        file = tmp_path / "usb.goi"
        exit_code, packed = run("packet", "export", str(file))
        assert (exit_code, packed["ops"], packed["blobs"], len(packed["check_code"])) == (0, 0, 0, 6)
        server.command("packet", "import", str(file), "--reply", str(tmp_path / "tra-loi.goi"))
        assert run("packet", "import", str(tmp_path / "tra-loi.goi"))[1].keys() == {"ops", "blobs", "check_code"}
        exit_code, answer = run("packet", "import", str(file))
        assert (exit_code, "niêm phong cho nơi khác" in answer["error"]["message"]) == (1, True)
        exit_code, answer = run("packet", "export", str(file), "--to", "device")
        assert (exit_code, "Chưa biết máy nào khác" in answer["error"]["message"]) == (1, True)
    exit_code, answer = run("sync", "--server", server.url)
    assert (exit_code, answer["error"]["kind"]) == (3, "trouble")
    assert "Không tới được máy chủ" in answer["error"]["message"]


def test_what_the_user_must_mend_is_refused(run: Run, tmp_path: Path) -> None:
    assert run("sync")[1]["error"]["message"] == (
        "Máy này chưa đăng ký với LĐLĐ tỉnh. Hãy nhập mã đăng ký trước khi đồng bộ."
    )
    exit_code, answer = run("enrol", "--server", "http://ldld.example", "--code", "ABCDE23456")
    assert (exit_code, answer["error"]["problems"][0]["field"]) == (1, "server")
    exit_code, answer = run("enrol", "--code", "ABCDE23456", "--province-file", str(tmp_path / "khong-co.json"))
    assert (exit_code, answer["error"]["problems"][0]["field"]) == (1, "province_file")
    assert run("enrol", "--server", "http://127.0.0.1:9", "--code", " ")[1]["error"]["problems"][0]["field"] == "code"
    assert run("enrol", "--server", "http://127.0.0.1:9", "--code", "ABCDE23456")[0] == 3
