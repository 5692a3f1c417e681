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


@pytest.mark.parametrize(
    "words",
    [("backup",), ("export",), ("report", "B07", "--period", "2026", "--pdf"), ("report", "B07", "--period", "2026", "--xlsx")],
)  # fmt: skip
@pytest.mark.parametrize("own", ["book.db", "book.keys"])
def test_no_command_writes_over_the_book_itself(profile: Path, words: tuple[str, ...], own: str) -> None:
    code, answer = run(profile, *words, str(profile / own))
    assert (code, answer["error"]["kind"]) == (1, "refused")
    assert "tệp của chính sổ này" in answer["error"]["message"]
    assert run(profile, "verify")[0] == 0


@pytest.mark.parametrize(
    "content",
    ["", "[]", "null", "{}", '{"passphrase": {}}', '{"passphrase": []}', '{"passphrase": {"salt": 1, "nonce": 2, "sealed": 3}}'],
)  # fmt: skip
def test_a_damaged_keys_file_is_a_plain_sentence(profile: Path, content: str) -> None:
    (profile / "book.keys").write_text(content, "utf-8")
    code, answer = run(profile, "verify")
    assert (code, answer["error"]["kind"]) == (3, "trouble")


def test_a_book_without_its_keys_is_not_taken_for_no_book(profile: Path) -> None:
    (profile / "book.keys").unlink()
    code, answer = run(profile, "verify")
    assert code == 3
    assert "Thiếu tệp khóa" in answer["error"]["message"]


def test_a_recovery_code_that_cannot_be_written_makes_no_book(tmp_path: Path) -> None:
    making = ["init", "--unit-code", "40-001", "--name", "CĐCS Thử", "--recovery-file"]
    assert run(tmp_path / "so", *making, str(tmp_path / "khong-co" / "ma.txt"))[0] == 3
    assert not (tmp_path / "so").exists()
    assert run(tmp_path / "so", *making, str(tmp_path / "ma.txt"))[0] == 0


@pytest.mark.parametrize("year", ["1500", "-1", "2101"])
def test_a_year_that_cannot_be_is_refused(tmp_path: Path, year: str) -> None:
    code, answer = run(tmp_path / "so", "init", "--unit-code", "40-001", "--name", "CĐCS Thử", "--year", year)
    assert (code, answer["error"]["problems"][0]["field"]) == (1, "first_year")


def test_json_and_profile_may_stand_between_the_two_words(profile: Path) -> None:
    environment = {**os.environ, "SOCONGDOAN_PASSPHRASE": "mat khau thu"}
    words = ["members", "--profile", str(profile), "--json", "list"]
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app", *words], capture_output=True, encoding="utf-8", env=environment, check=True
    )
    assert json.loads(done.stdout) == {"members": []}


def test_no_book_yet_is_trouble_that_says_what_to_do(tmp_path: Path) -> None:
    code, answer = run(tmp_path / "khong", "members", "list")
    assert code == 3
    assert "init" in answer["error"]["message"]
