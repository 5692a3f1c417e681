"""The command line, as scripts drive it: real processes, a real encrypted book."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

LAN = ["--name", "Lê Thị Lan", "--birth", "1990", "--sex", "Nữ", "--cccd", "040190001234", "--wage", "8.200.000"]
THANG = ["--name", "Nguyễn Văn Thắng", "--birth", "05/03/1985", "--sex", "Nam", "--cccd", "040085001234"]


def run(profile: Path, *words: str) -> tuple[int, dict[str, Any]]:
    environment = {**os.environ, "SOCONGDOAN_PASSPHRASE": "mat khau thu"}
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app", "--profile", str(profile), "--json", *words],
        capture_output=True, encoding="utf-8", env=environment, check=False,
    )  # fmt: skip
    return done.returncode, json.loads(done.stdout)


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    code, made = run(tmp_path / "so", "init", "--unit-code", "40-001", "--name", "CĐCS Công ty May Hưng Lộc")
    assert code == 0
    (tmp_path / "ma.txt").write_text(made["recovery_code"], "utf-8")
    return tmp_path / "so"


def test_members_are_added_listed_and_found(profile: Path) -> None:
    assert [run(profile, "members", "add", *who)[0] for who in (THANG, LAN)] == [0, 0]
    _, answer = run(profile, "members", "list")
    assert [m["name"] for m in answer["members"]] == ["Lê Thị Lan", "Nguyễn Văn Thắng"]
    assert answer["members"][0] | {"id": ""} == {
        "id": "", "name": "Lê Thị Lan", "birth": "1990", "sex": "Nữ", "cccd": "040190001234", "card": "", "team": "",
        "joined": None, "member": True, "status": "đang sinh hoạt", "wage": 8200000,
    }  # fmt: skip
    assert [m["name"] for m in run(profile, "members", "list", "--q", "thang nguyen")[1]["members"]] == [
        "Nguyễn Văn Thắng"
    ]
    assert run(profile, "verify")[1] == {"entries": 4, "chain_ok": True, "rows_ok": True, "first_fault": None}


def test_the_same_cccd_twice_is_refused_and_nothing_stored(profile: Path) -> None:
    run(profile, "members", "add", *LAN)
    code, answer = run(profile, "members", "add", *LAN)
    assert code == 1
    assert answer["error"]["problems"][0]["field"] == "cccd"
    assert "đã là của Lê Thị Lan" in answer["error"]["message"]
    assert len(run(profile, "members", "list")[1]["members"]) == 1


def test_a_second_init_in_the_same_folder_is_refused(profile: Path) -> None:
    assert run(profile, "init", "--unit-code", "x", "--name", "y")[0] == 1


def test_the_book_moves_to_another_pc_by_backup_and_recovery_code(profile: Path, tmp_path: Path) -> None:
    run(profile, "members", "add", *LAN)
    code, answer = run(profile, "backup", str(tmp_path / "sao.luu"))
    assert (code, answer["entries"], answer["checked"]) == (0, 3, True)
    recovery = (tmp_path / "ma.txt").read_text("utf-8")
    other = tmp_path / "may khac"
    assert run(other, "restore", str(tmp_path / "sao.luu"), "--recovery-code", "SAI")[0] == 1
    assert run(other, "restore", str(tmp_path / "sao.luu"), "--recovery-code", recovery.lower())[0] == 0
    assert run(other, "members", "add", *THANG)[0] == 0
    assert len(run(other, "members", "list")[1]["members"]) == 2
    assert run(other, "verify")[1]["first_fault"] is None


def test_what_is_no_backup_is_trouble(profile: Path, tmp_path: Path) -> None:
    broken = tmp_path / "hong"
    broken.write_bytes(b"PK khong phai")
    code, answer = run(tmp_path / "x", "restore", str(broken), "--recovery-code", "A")
    assert (code, answer["error"]["kind"]) == (3, "trouble")


def test_no_book_yet_is_trouble_that_says_what_to_do(tmp_path: Path) -> None:
    code, answer = run(tmp_path / "khong", "members", "list")
    assert code == 3
    assert "init" in answer["error"]["message"]
