"""The main job end to end: real server, real encrypted book, real HTTP; a figure that differs fails it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop_app.demo import expected
from desktop_app.demo.run import has_display
from desktop_app.demo.story import Story
from desktop_app.demo.told import Teller, Told


def test_the_whole_job_runs_without_a_display_and_says_so(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app", "demo"],
        capture_output=True, encoding="utf-8", env={**environment, "TMPDIR": str(tmp_path)}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "không có màn hình" in done.stdout
    assert "mã 50 = 66.996.650" in done.stdout
    assert "mã 50 = 132.381.100" in done.stdout
    assert "SAI" not in done.stdout
    (folder,) = tmp_path.glob("so-cong-doan-demo-*")
    assert [path.name for path in folder.iterdir()] == ["giay-to"]
    assert (folder / "giay-to" / "B07.pdf").read_bytes().startswith(b"%PDF")


def test_a_figure_that_differs_is_told_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(expected.DUES, "due", 6_056_001)
    story, teller = Story(tmp_path), Teller()
    try:
        teller.run(story.before_the_window())
    finally:
        story.close()
    assert teller.wrong == 1
    assert "SAI: phải thu: phải là 6.056.001, chương trình cho 6.056.000" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("found", "faults"), [({"10": 1}, 0), ({"10": 2}, 1), ({}, 1), ({"10": None}, 1)]
)  # fmt: skip
def test_a_missing_figure_is_wrong_too(found: dict[str, Any], faults: int) -> None:
    assert len(Told("x").hold(found, {"10": 1}).wrong) == faults


def test_a_screen_is_known_by_what_the_desktop_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert not has_display()
    monkeypatch.setenv("DISPLAY", ":7")
    assert has_display()
