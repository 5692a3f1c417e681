"""F1: a short page about the open screen, from resources/help."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

import resources
from desktop_app.ui import theme


def text_of(key: str) -> str:
    """The help of a screen as Markdown; the keys that work everywhere follow it."""
    everywhere = resources.path("help/everywhere.md").read_text("utf-8")
    own = resources.path(f"help/{key}.md")
    return f"{own.read_text('utf-8')}\n\n{everywhere}" if own.is_file() else everywhere


class Help(QDialog):
    """The help of one screen."""

    def __init__(self, key: str, title: str, over: QWidget | None = None) -> None:
        super().__init__(over)
        look = theme.worn()
        self.setWindowTitle(f"Trợ giúp: {title}")
        self.text = QTextBrowser()
        self.text.setMarkdown(text_of(key))
        self.text.setOpenExternalLinks(True)
        self.text.setAccessibleName(f"Trợ giúp: {title}")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.addWidget(self.text, 1)
        column.addWidget(buttons)
        self.resize(look.px(640), look.px(520))
