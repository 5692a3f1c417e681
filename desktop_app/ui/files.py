"""Asking for a file or folder, and opening what was made; one place, so that tests can answer for the user."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

EXCEL = "Tệp Excel (*.xlsx *.xls *.ods)"
LISTS = "Bảng tính (*.xlsx *.xls *.ods *.csv *.txt);;Mọi tệp (*)"
PDF = "Tệp PDF (*.pdf)"
BACKUP = "Bản sao lưu (*.saoluu);;Mọi tệp (*)"


def to_open(over: QWidget, title: str, kinds: str) -> Path | None:
    """Which file to read; None if the user thought better of it."""
    name, _ = QFileDialog.getOpenFileName(over, title, "", kinds)
    return Path(name) if name else None


def to_save(over: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """Where to write a file called `name`; None if the user thought better of it."""
    chosen, _ = QFileDialog.getSaveFileName(over, title, name, kinds)
    return Path(chosen) if chosen else None


def folder(over: QWidget, title: str) -> Path | None:
    """Which folder; None if the user thought better of it."""
    name = QFileDialog.getExistingDirectory(over, title)
    return Path(name) if name else None


def show(path: Path) -> bool:
    """Open a file with the program the system has for it, to read or print."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
