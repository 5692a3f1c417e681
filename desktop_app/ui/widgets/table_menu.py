"""The verbs of a table's rows, and the menu that offers them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.ui import icons


@dataclass(frozen=True)
class Verb:
    """What can be done with the picked rows, in the right-click menu as on the page; `does` takes the rows."""

    text: str
    does: Callable[[list[Any]], object]
    key: str = ""
    glyph: str = ""
    can: Callable[[list[Any]], bool] | None = None


def verbs_menu(parent: QWidget, verbs: Sequence[Verb], rows: list[Any]) -> tuple[QMenu, list[Any]]:
    """A menu of the verbs, each for those rows if it can; answers the rows too."""
    menu = QMenu(parent)
    for verb in verbs:
        action = add(menu, verb.text, lambda verb=verb: verb.does(rows), verb.key)
        action.setEnabled(bool(rows) and (verb.can is None or verb.can(rows)))
        if verb.glyph:
            action.setIcon(icons.icon(verb.glyph))
    if verbs:
        menu.addSeparator()
    return menu, rows


def add(menu: QMenu, text: str, does: Callable[[], object], key: str = "") -> QAction:
    """A line of the menu, with its key beside it."""
    action = menu.addAction(text)
    if key:
        action.setShortcut(QKeySequence(key))
        action.setShortcutVisibleInContextMenu(True)
    action.triggered.connect(lambda *_: does())
    return action
