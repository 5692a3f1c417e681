"""The looks are readable, and Qt's own words are Vietnamese."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from desktop_app.ui import icons, theme
from desktop_app.ui.widgets.table_parts import figure_width

GROUNDS = ("surface", "ground", "stripe", "hover", "accent_soft")


@pytest.mark.parametrize(("name", "least"), [("light", 4.5), ("dark", 4.5), ("contrast", 7.0)])
def test_words_are_readable_on_every_ground(name: str, least: float) -> None:
    look = theme.load(name)
    pairs = [("text", ground) for ground in GROUNDS] + [("on_accent", "accent"), ("on_accent", "accent_hover")]
    pairs += [("muted", "surface"), ("muted", "ground"), ("muted", "raised"), ("muted", "hover"), ("accent", "accent_soft")]
    pairs += [(tone, f"{tone}_soft") for tone in ("ok", "warn", "bad", "info", "quiet")]
    pairs += [(tone, "surface") for tone in ("ok", "warn", "bad", "info", "quiet")]
    poor = {pair: theme.contrast(look.colours[pair[0]], look.colours[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in poor.items() if ratio < least} == {}


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_edges_of_what_one_types_into_are_visible(name: str) -> None:
    look = theme.load(name)
    assert theme.contrast(look.colours["border_strong"], look.colours["surface"]) >= 3


@pytest.mark.parametrize("percent", list(theme.SIZES))
def test_every_look_has_a_whole_stylesheet_at_every_size(percent: int) -> None:
    for name in ("light", "dark", "contrast"):
        sheet = theme.stylesheet(theme.load(name, percent))
        assert "@" not in sheet
        assert "dp" not in sheet.replace("dropdown", "")


def test_digits_stand_under_digits(dressed: QApplication) -> None:
    font = theme.worn().font(13, QFont.Weight.DemiBold)
    assert figure_width("1.111.111", font) == figure_width("8.888.888", font)


def test_icons_follow_the_look(dressed: QApplication) -> None:
    drawn = icons.icon("cloud-check-outline", "text")
    light = drawn.pixmap(16, 16).toImage()
    theme.wear(dressed, theme.load("dark", 100))
    assert drawn.pixmap(16, 16).toImage() != light


def test_qts_own_buttons_speak_vietnamese(qtbot: QtBot) -> None:
    kind = QDialogButtonBox.StandardButton
    box = QDialogButtonBox(kind.Ok | kind.Cancel | kind.Save | kind.Discard)
    qtbot.addWidget(box)
    words = [box.button(each).text().replace("&", "") for each in (kind.Ok, kind.Cancel, kind.Save, kind.Discard)]
    assert words == ["Đồng ý", "Bỏ qua", "Lưu", "Không lưu"]
    assert QLocale().toString(1_250_000) == "1.250.000"
