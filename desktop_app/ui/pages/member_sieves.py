"""The chips over the list of people: who is let through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from desktop_app.ui.widgets.buttons import Chip

_STATES = (
    ("now", "Đang làm việc"),
    ("đang sinh hoạt", "Đoàn viên"),
    ("tạm dừng", "Tạm dừng sinh hoạt"),
    ("chưa gia nhập", "Chưa gia nhập"),
    ("gaps", "Đoàn viên thiếu thông tin"),
    ("đã thôi", "Đã thôi"),
    ("all", "Tất cả"),
)
_ALL_TEAMS = ("", "Tất cả các tổ")
FIRST: Mapping[str, str] = {"state": "now"}


class Sieves(QObject):
    """The chips by key; `changed` when one of them was set by hand or by `take`."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.chips = {
            "state": Chip("Trạng thái", _STATES),
            "team": Chip("Tổ", [_ALL_TEAMS]),
            "sex": Chip("Giới tính", [("", "Nam, nữ"), ("Nam", "Nam"), ("Nữ", "Nữ")]),
        }
        for chip in self.chips.values():
            chip.chosen.connect(lambda _: self.changed.emit())

    def value(self) -> dict[str, str]:
        """What each chip is set to, as the list is asked."""
        return {key: str(chip.value) for key, chip in self.chips.items() if chip.value}

    def take(self, wanted: Mapping[str, str]) -> None:
        """Set every chip: those not named let everybody through."""
        for key, chip in self.chips.items():
            chip.choose_quietly(wanted.get(key, ""))
        self.changed.emit()

    def offer_teams(self, teams: Sequence[str]) -> None:
        """The teams to choose from."""
        self.chips["team"].offer([_ALL_TEAMS, *((team, team) for team in teams)])

    def told(self) -> str:
        """Who is seen, in the words of the chips: "Tổ may 2 · Nữ"."""
        return " · ".join(chip.text() for key, chip in self.chips.items() if chip.value and chip.value != FIRST.get(key))
