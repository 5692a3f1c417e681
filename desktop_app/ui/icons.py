"""Icons that take their colour from the look worn when they are drawn, so a change of look repaints them.

The glyphs are QtAwesome's Material Design set. Its own code is not run: it reads a dozen fonts before it draws the
first icon, which takes longer than the whole window.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from desktop_app.ui import theme

_FILL = 0.875  # the glyph's size in its square: 14 px in 16, where it falls on whole pixels


def icon(name: str, tone: str = "muted", tone_on: str = "accent") -> QIcon:
    """The mdi6 glyph `name` ("account-group"); `tone` and `tone_on` (checked) are colour tokens."""
    return QIcon(_Glyph(name, tone, tone_on))


def pixmap(name: str, tone: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The glyph as a picture of `size` device-independent pixels."""
    made = icon(name, tone).pixmap(QSize(size, size), ratio)
    made.setDevicePixelRatio(ratio)
    return made


@lru_cache(maxsize=1)
def _glyphs() -> tuple[str, dict[str, str]]:
    """The family of the icon font, and the letter that draws each name."""
    package = find_spec("qtawesome")
    assert package is not None
    assert package.submodule_search_locations
    fonts = Path(package.submodule_search_locations[0], "fonts")
    font = next(fonts.glob("materialdesignicons6-webfont-*.ttf"))
    names = next(fonts.glob("materialdesignicons6-webfont-charmap-*.json"))
    family = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(font)))[0]
    return family, {name: chr(int(code, 16)) for name, code in json.loads(names.read_text("utf-8")).items()}


class _Glyph(QIconEngine):
    def __init__(self, name: str, tone: str, tone_on: str) -> None:
        super().__init__()
        self._name, self._tone, self._tone_on = name, tone, tone_on

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        look = theme.worn()
        token = self._tone_on if state == QIcon.State.On else self._tone
        if mode == QIcon.Mode.Disabled:
            token = "border_strong"
        family, letters = _glyphs()
        font = QFont(family)
        font.setPixelSize(max(round(rect.height() * _FILL), 1))
        painter.save()
        painter.setFont(font)
        painter.setPen(look.colour(token))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letters[self._name])
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return made

    def clone(self) -> QIconEngine:
        return _Glyph(self._name, self._tone, self._tone_on)
