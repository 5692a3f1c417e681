"""The whole program in a process of its own: from the first start, a locked book or a restore to the open window."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from desktop_app.actions import setup


def drive(profile: Path, what: str, passphrase: str | None = "mat khau thu") -> str:
    environment = {name: value for name, value in os.environ.items() if name != "SOCONGDOAN_PASSPHRASE"}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    if passphrase:
        environment["SOCONGDOAN_PASSPHRASE"] = passphrase
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.driven", str(profile), what],
        capture_output=True, encoding="utf-8", env=environment, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_first_start_ends_in_the_open_window(tmp_path: Path) -> None:
    assert drive(tmp_path / "so", "first_start") == "CĐCS May Hưng Lộc · Trần Thị Hoa · Kế toán"


def test_a_locked_book_opens_by_its_passphrase(tmp_path: Path) -> None:
    setup.make_book(tmp_path, code="40-001", name="CĐCS May Hưng Lộc", actor="Hoa", passphrase="mat khau thu")
    assert drive(tmp_path, "unlock", None).startswith("CĐCS May Hưng Lộc")


def test_a_restore_opens_the_window_again_on_the_other_book(tmp_path: Path) -> None:
    made = setup.make_book(tmp_path, code="40-001", name="CĐCS May Hưng Lộc", actor="Hoa", passphrase="mat khau thu")
    (tmp_path / "ma.txt").write_text(made.recovery_code)
    assert drive(tmp_path, "restore").splitlines() == ["reopened 1", "CĐCS May Hưng Lộc · Kế toán"]
