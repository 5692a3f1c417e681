"""The chips over the list of people: three that are always there, more that are called when needed, sets of them kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QSettings, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop_app.domain.errors import Problem, Refused
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.buttons import Chip, KeyButton
from desktop_app.ui.widgets.editors import LineEdit
from desktop_app.ui.widgets.form import Field, Form

_KEPT = "members/sieves"
_ALL_TEAMS = ("", "Mọi tổ")
Choices = Sequence[tuple[str, str]]
STATES: Choices = (
    ("now", "Đang làm việc"),
    ("đang sinh hoạt", "Đoàn viên"),
    ("tạm dừng", "Tạm dừng sinh hoạt"),
    ("chưa gia nhập", "Chưa gia nhập"),
    ("đã thôi", "Đã thôi"),
    ("all", "Tất cả"),
)
MORE: Mapping[str, tuple[str, Choices]] = {
    "age": ("Tuổi", (("0-29", "Dưới 30 tuổi"), ("30-39", "30–39 tuổi"), ("40-49", "40–49 tuổi"), ("50-150", "Từ 50 tuổi"))),
    "retiring": ("Nghỉ hưu", (("0", "Đã đến tuổi hưu"), ("6", "Sắp hưu: 6 tháng"), ("12", "Sắp hưu: 12 tháng"),
                              ("36", "Sắp hưu: 3 năm"))),
    "birthday": ("Sinh nhật", (("this", "Sinh nhật tháng này"), ("next", "Sinh nhật tháng sau"))),
    "incomplete": ("Thiếu thông tin", ()),  # by the dated definition of a complete record
    "card": ("Thẻ", (("none", "Chưa có thẻ"),)),
    "children": ("Con nhỏ", ()),  # by the dated age for gifts
}  # fmt: skip
FIRST: Mapping[str, str] = {"state": "now"}


class Sieves(QWidget):
    """The chips by key. `changed` when one of them was set; the widget itself is the row of the chips called in."""

    changed = Signal()

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self._settings = settings
        self.chips = {
            "state": Chip("Trạng thái", STATES),
            "team": Chip("Tổ", [_ALL_TEAMS]),
            "sex": Chip("Giới tính", [("", "Nam, nữ"), ("Nam", "Nam"), ("Nữ", "Nữ")]),
        }
        self.always = list(self.chips.values())
        self.button = KeyButton("", glyph="filter-plus-outline", clicked=self.open_menu)
        self.button.setAccessibleName("Thêm điều lọc")
        self.button.setToolTip("Thêm điều lọc: tuổi, sắp nghỉ hưu, sinh nhật, thiếu thông tin…; lưu bộ lọc để dùng lại")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 8)
        row.setSpacing(6)
        for key, (name, choices) in MORE.items():
            chip = self.chips[key] = Chip(name, _with_all(name, choices))
            chip.hide()
            row.addWidget(chip)
        self._drop = KeyButton("Bỏ lọc", tone="link", clicked=lambda: self.take(FIRST))
        row.addWidget(self._drop)
        row.addStretch(1)
        self.hide()
        for chip in self.chips.values():
            chip.chosen.connect(lambda _: self._tell())

    # what is let through

    def value(self) -> dict[str, str]:
        """What each chip is set to, as the list is asked."""
        return {key: str(chip.value) for key, chip in self.chips.items() if chip.value}

    def take(self, wanted: Mapping[str, str]) -> None:
        """Set every chip: those not named let everybody through."""
        for key, chip in self.chips.items():
            chip.choose_quietly(wanted.get(key, ""))
        self._tell()

    def offer_teams(self, branches: Choices, teams: Sequence[str]) -> None:
        """The branches of the union's tree and the teams to choose from."""
        self.chips["team"].offer([_ALL_TEAMS, *branches, *((team, team) for team in teams)])

    def offer(self, key: str, choices: Choices) -> None:
        """The choices of a chip that come from dated rules."""
        self.chips[key].offer(_with_all(MORE[key][0], choices))

    def told(self) -> str:
        """Who is seen, in the words of the chips: "Tổ may 2 · Nữ"."""
        return " · ".join(chip.text() for key, chip in self.chips.items() if chip.value and chip.value != FIRST.get(key))

    def _tell(self) -> None:
        called = [key for key in MORE if self.chips[key].value]
        for key in MORE:
            self.chips[key].setVisible(key in called)
        self.setVisible(bool(called))
        self.changed.emit()

    # the menu, and what is kept

    def open_menu(self) -> None:
        """Under the button: more to sieve by, then the sets kept."""
        menu = self.menu()
        menu.exec(self.button.mapToGlobal(QPoint(0, self.button.height() + 2)))
        menu.deleteLater()

    def menu(self) -> QMenu:
        """What can be sieved by, and the kept sets of filters."""
        menu = QMenu(self)
        for key in MORE:
            chip, inner = self.chips[key], menu.addMenu(MORE[key][0])
            for value, text in chip.choices()[1:]:
                action = inner.addAction(text)
                action.setCheckable(True)
                action.setChecked(chip.value == value)
                action.triggered.connect(lambda _=False, chip=chip, value=value: chip.choose(value))
        kept = self.kept()
        menu.addSeparator()
        if kept:
            menu.addAction("Bộ lọc đã lưu").setEnabled(False)
        for name, sieve in kept.items():
            menu.addAction(name).triggered.connect(lambda _=False, sieve=sieve: self.take(sieve))
        keep = menu.addAction("Lưu bộ lọc đang dùng…")
        keep.setEnabled(self.value() != dict(FIRST))
        keep.triggered.connect(lambda *_: self.ask_name())
        if kept:
            inner = menu.addMenu("Xóa bộ lọc đã lưu")
            for name in kept:
                inner.addAction(name).triggered.connect(lambda _=False, name=name: self.forget(name))
        return menu

    def kept(self) -> dict[str, dict[str, str]]:
        """The sets kept on this PC by name; what cannot be read is as if nothing was kept."""
        try:
            told = json.loads(str(self._settings.value(_KEPT) or "{}"))
            return {str(name): {str(k): str(v) for k, v in sieve.items()} for name, sieve in told.items()}
        except (ValueError, AttributeError):
            return {}

    def keep(self, name: str) -> None:
        """Keep the present set under a name; the same name again replaces it."""
        self._settings.setValue(_KEPT, json.dumps({**self.kept(), name: self.value()}, ensure_ascii=False))

    def forget(self, name: str) -> None:
        """Keep that set no more."""
        left = {other: sieve for other, sieve in self.kept().items() if other != name}
        self._settings.setValue(_KEPT, json.dumps(left, ensure_ascii=False))

    def ask_name(self) -> None:
        """Under what name the present set is kept."""
        form = Form({"name": Field("Tên bộ lọc", LineEdit(longest=60), required=True)})
        form.set_values({"name": self.told()})

        def does(values: Mapping[str, object]) -> None:
            name = str(values["name"] or "").strip()
            if not name:
                raise Refused([Problem("name", "Hãy đặt tên, ví dụ: Nữ sắp nghỉ hưu.")])
            self.keep(name)

        sentence = "Lưu các điều lọc đang dùng để chọn lại bằng một lần bấm, ở nút hình phễu."
        self.asking = Ask("Lưu bộ lọc", sentence, form, does, act="Lưu", over=self.window())
        self.asking.open()


def _with_all(name: str, choices: Choices) -> list[tuple[str, str]]:
    return [("", f"{name}: tất cả"), *choices]
