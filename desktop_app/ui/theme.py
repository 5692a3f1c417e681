"""The look of the window: tokens of resources/style worn by the application as palette, font and stylesheet.

A `Look` is a value. `wear` dresses the application in it; the application then carries it as it carries its
palette, and whoever paints by hand asks `worn()`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import fontpkg_be_vietnam_pro
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

import resources

LOOKS: Mapping[str, str] = {
    "system": "Theo Windows",
    "light": "Sáng",
    "dark": "Tối",
    "contrast": "Tương phản cao",
}
SIZES: Mapping[int, str] = {92: "Nhỏ", 100: "Vừa", 115: "Lớn", 130: "Rất lớn", 150: "Lớn nhất"}

_FACES = ("Regular", "SemiBold", "Bold")
_BASE_PX = 13


@dataclass(frozen=True)
class Look:
    """One look at one font size; `percent` scales fonts, paddings and row heights together."""

    name: str
    percent: int
    dark: bool
    colours: Mapping[str, str]

    def px(self, size: float) -> int:
        """A length of the sketch, in device-independent pixels at this font size."""
        return round(size * self.percent / 100)

    def colour(self, token: str) -> QColor:
        return QColor(self.colours[token])

    def font(self, size: float = _BASE_PX, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        made = QFont(fontpkg_be_vietnam_pro.FAMILY)
        made.setPixelSize(self.px(size))
        made.setWeight(weight)
        return made


@lru_cache(maxsize=16)
def load(name: str = "light", percent: int = 100) -> Look:
    """The look of that name ("light", "dark", "contrast") at a font size in per cent."""
    told = resources.read(f"style/{name}.toml")
    return Look(name, percent, told["dark"], told["colours"])


def wished(name: str, percent: int = 100) -> Look:
    """As `load`, but "system" follows the light or dark setting of the desktop."""
    if name == "system":
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        name = "dark" if dark else "light"
    return load(name, percent)


def wear(app: QApplication, look: Look) -> None:
    """Dress the whole application; may be called again at any time to change the look."""
    if app.property("look") is None:
        for face in _FACES:
            file = fontpkg_be_vietnam_pro.ROOT / "files" / f"BeVietnamPro-{face}.ttf"
            QFontDatabase.addApplicationFont(str(file))
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setProperty("look", look.name)
    app.setProperty("look_percent", look.percent)
    app.setPalette(_palette(look))
    app.setFont(look.font())
    app.setStyleSheet(stylesheet(look))


def worn() -> Look:
    """The look the application wears now (light, 100 %, before `wear`)."""
    app = QApplication.instance()
    name = app.property("look") if app else None
    return load(name, int(app.property("look_percent"))) if app and name else load()


def stylesheet(look: Look) -> str:
    """resources/style/window.qss with tokens and sizes filled in. Raises KeyError for an unknown token."""
    shade = "dark" if look.dark else "light"
    words = dict(look.colours)
    for picture in ("chevron", "check"):
        words[f"icon_{picture}"] = resources.path(f"icons/{picture}-{shade}.svg").as_posix()
    text = resources.path("style/window.qss").read_text("utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"@([a-z_]+)", lambda found: words[found[1]], text)
    return re.sub(r"\b(\d+)dp", lambda found: f"{max(1, look.px(int(found[1])))}px", text)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.1, relative luminance)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def restyle(widget: QWidget, **properties: str) -> None:
    """Set properties the stylesheet looks at (tone, role, refused) and have the widget drawn anew."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def _luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    shade = QColor(colour)
    return 0.2126 * linear(shade.redF()) + 0.7152 * linear(shade.greenF()) + 0.0722 * linear(shade.blueF())


def _palette(look: Look) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for part, token in (
        (role.Window, "ground"),
        (role.WindowText, "text"),
        (role.Base, "surface"),
        (role.AlternateBase, "stripe"),
        (role.Text, "text"),
        (role.Button, "surface"),
        (role.ButtonText, "text"),
        (role.BrightText, "bad"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "on_accent"),
        (role.Accent, "accent"),
        (role.Link, "accent"),
        (role.LinkVisited, "accent"),
        (role.PlaceholderText, "muted"),
        (role.ToolTipBase, "text"),
        (role.ToolTipText, "surface"),
        (role.Mid, "border"),
        (role.Midlight, "hover"),
        (role.Dark, "border_strong"),
        (role.Light, "surface"),
        (role.Shadow, "border_strong"),
    ):
        palette.setColor(part, look.colour(token))
    for part in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, part, look.colour("muted"))
    return palette
