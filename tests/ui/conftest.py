"""The window's tests run without a screen, in the light look, with settings and tasks of their own."""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from desktop_app.ui import theme, words
from desktop_app.ui.page import Desk
from desktop_app.ui.tasks import Tasks


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["socongdoan"]


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> QApplication:
    if qapp.property("look") is None:
        words.speak_vietnamese(qapp)
    if theme.worn() != theme.load("light", 100) or qapp.property("look") is None:
        theme.wear(qapp, theme.load("light", 100))
    return qapp


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def desk(settings: QSettings) -> Desk:
    return Desk(settings=settings, tasks=Tasks(in_place=True), year=2026)
