"""What a step of the demo tells (a title, its figures, what is not as it must be), and who prints it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from desktop_app.domain.amounts import format_amount

_READ_AS = {
    "members": "số đoàn viên", "base": "quỹ lương", "due": "phải thu", "keep": "được giữ lại", "up": "nộp cấp trên",
    "deadline": "hạn đóng", "opening": "dư đầu kỳ", "closing": "dư cuối kỳ", "cong_thu": "cộng thu TCCĐ",
    "tong_thu": "tổng cộng thu", "cong_chi": "cộng chi TCCĐ", "tong_chi": "tổng cộng chi",
    "V.b": "phải nộp cấp trên trong kỳ", "V.c": "đã nộp", "V.d": "còn phải nộp",
    "chain_ok": "chuỗi băm khớp", "rows_ok": "dữ liệu khớp nhật ký",
}  # fmt: skip
"""How the names of answers are read aloud; a code of a form is read as it is."""


class Told:
    """One step: `title` and `figures` in Vietnamese; `wrong` says each figure that differs from its literal."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.figures: list[str] = []
        self.wrong: list[str] = []

    def say(self, *facts: str) -> Told:
        """Facts that are told, not checked."""
        self.figures += facts
        return self

    def hold(self, found: Mapping[str, Any], wanted: Mapping[str, Any], of: str = "") -> Told:
        """Hold each wanted figure against what was found; `of` stands before its name ("mã" 22)."""
        for name, value in wanted.items():
            told, is_ = f"{of} {_READ_AS.get(name, name)}".strip(), found.get(name)
            self.figures.append(f"{told} = {_shown(is_)}")
            if is_ != value:
                self.wrong.append(f"{told}: phải là {_shown(value)}, chương trình cho {_shown(is_)}")
        return self

    def hold_checks(self, checks: Iterable[Mapping[str, Any]]) -> Told:
        """Every check of the form that is an error when broken must hold."""
        broken = [str(check["rule"]) for check in checks if check["severity"] == "error" and not check["holds"]]
        return self.hold({"phép kiểm tra sai": broken}, {"phép kiểm tra sai": []})


class Teller:
    """Prints the steps and counts what is wrong."""

    def __init__(self) -> None:
        self.steps = self.wrong = 0

    def run(self, steps: Iterable[Callable[[], Told]]) -> None:
        """Do each step and tell it."""
        for step in steps:
            self.tell(step())

    def tell(self, told: Told) -> None:
        """Print one step's title, figures and faults."""
        self.steps += 1
        self.wrong += len(told.wrong)
        print(f"{self.steps:2}. {told.title}", *(f"      {figure}" for figure in told.figures), sep="\n")
        for fault in told.wrong:
            print(f"      SAI: {fault}", flush=True)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "đúng" if value else "sai"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "không"
    return format_amount(value) if isinstance(value, int) else str(value)
