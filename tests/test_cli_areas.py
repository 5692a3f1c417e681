"""A command imports its own area only, so that a slow PC does not wait for the others; `--help` knows them all."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from desktop_app import cli
from desktop_app.commands.words import Commands

HEAVY = {"PySide6", "reportlab", "requests", "django", "xlsxwriter", "openpyxl", "python_calamine", "keyring", "segno",
         "sqlite_utils"}  # fmt: skip


@pytest.mark.parametrize("area", cli.AREAS)
def test_every_word_of_an_area_is_named_in_the_table(area: str) -> None:
    words = argparse.ArgumentParser().add_subparsers()
    import_module(f"desktop_app.commands.{area}").add(Commands(words))
    assert set(words.choices) <= set(cli.AREAS[area])


def test_help_shows_the_words_of_every_area(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.run(["--help"])
    assert ended.value.code == 0
    assert {"init", "members", "restore"} <= set(capsys.readouterr().out.split())


def test_an_unknown_word_is_wrong_usage() -> None:
    with pytest.raises(SystemExit) as ended:
        cli.run(["--json", "xoa"])
    assert ended.value.code == 2


def test_verify_loads_neither_the_window_nor_the_papers_nor_the_network(tmp_path: Path) -> None:
    code, made = _loaded(tmp_path, "init", "--unit-code", "40-001", "--name", "CĐCS Công ty May Hưng Lộc")
    assert code == 0
    assert "sqlite_utils" in made  # the steps of a new book
    code, loaded = _loaded(tmp_path, "verify")
    assert code == 0
    assert not HEAVY & {name.split(".")[0] for name in loaded}
    assert {name for name in loaded if name.startswith("desktop_app.commands.")} == {
        "desktop_app.commands.books", "desktop_app.commands.words",
    }  # fmt: skip


def _loaded(profile: Path, *words: str) -> tuple[int, set[str]]:
    """The exit code of a command in a process of its own, and the modules that it loaded."""
    program = "import sys; from desktop_app import cli; code = cli.run(sys.argv[1:]); print(); print(code, *sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program, "--profile", str(profile), *words],
        capture_output=True, encoding="utf-8", check=True, env={**os.environ, "SOCONGDOAN_PASSPHRASE": "mat khau thu"},
    )  # fmt: skip
    code, *loaded = done.stdout.splitlines()[-1].split()
    return int(code), set(loaded)
