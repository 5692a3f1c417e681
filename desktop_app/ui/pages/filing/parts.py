"""What the pages of reports share: choosing a period, the state of a report, handing in, opening papers."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.actions import reports
from desktop_app.domain.dates import Period, show_day
from desktop_app.domain.errors import Refused
from desktop_app.domain.formulas import Check
from desktop_app.ui import files, icons, theme
from desktop_app.ui.page import Desk
from desktop_app.ui.widgets.buttons import Chip, KeyButton
from desktop_app.ui.widgets.editors import DayEdit, LongEdit
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.texts import StatePill, label

TONES = {"nháp": "quiet", "đã nộp": "info", "đã tiếp nhận": "info", "trả lại": "warn", "đã duyệt": "ok"}
_DAYS = "…"


class PeriodChip(Chip):
    """The period of a report: the year, its halves, quarters and months, or any two days."""

    period_chosen = Signal(object)

    def __init__(self, year: int, first: str = "") -> None:
        super().__init__("Kỳ", periods_of(year))
        self.period = Period.of_year(year)
        self.chosen.connect(self._take)
        if first:
            self.look_at(Period.parse(first))

    def look_at(self, period: Period) -> None:
        """Show a period without telling anyone."""
        self.period = period
        choices = periods_of(period.last.year)
        if period.key not in {key for key, _ in choices}:
            choices.insert(-1, (period.key, period.label))
        self.offer(choices, period.key)

    def _take(self, key: Any) -> None:
        if key == _DAYS:
            asked = TwoDays(self.period, self.window())
            chosen = asked.period if asked.exec() else None
            self.look_at(chosen or self.period)
            if chosen is None:
                return
        else:
            self.period = Period.parse(key)
        self.period_chosen.emit(self.period)


def periods_of(year: int) -> list[tuple[str, str]]:
    """The periods of a year as a chip offers them."""
    keys = [f"{year}", f"{year}-H1", f"{year}-H2", *(f"{year}-Q{n}" for n in range(1, 5))]
    keys += [f"{year}-{month:02}" for month in range(1, 13)]
    return [(key, Period.parse(key).label) for key in keys] + [(_DAYS, "Từ ngày … đến ngày …")]


class TwoDays(QDialog):
    """Asks for a first and a last day."""

    def __init__(self, period: Period, over: QWidget) -> None:
        super().__init__(over)
        self.setWindowTitle("Chọn kỳ báo cáo")
        self.period = period
        self.form = Form({"first": Field("Từ ngày", DayEdit()), "last": Field("Đến ngày", DayEdit())}, columns=2)
        self.form.set_values({"first": period.first, "last": period.last})
        self.form.finished.connect(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.addWidget(self.form)
        column.addLayout(_buttons(KeyButton("Bỏ qua", clicked=self.reject), KeyButton("Xem", tone="primary", clicked=self.take)))
        self.setMinimumWidth(theme.worn().px(420))

    def take(self) -> None:
        """Take the days, unless they are no period: then the field says why."""
        values = self.form.values()
        for name, value in values.items():
            if not isinstance(value, date):
                self.form.fields[name].refuse("Hãy nhập ngày, ví dụ 05/03/2026.")
                return
        try:
            self.period = Period.parse(f"{values['first'].isoformat()}..{values['last'].isoformat()}")
        except ValueError as error:
            self.form.fields["last"].refuse(str(error))
            return
        self.accept()


class Submitting(QDialog):
    """Asks before a report is handed in: which version goes to whom, what is not in order, a covering note."""

    def __init__(self, filing: reports.Filing, period: Period, title: str, warnings: Sequence[str], over: QWidget) -> None:
        super().__init__(over)
        self.setWindowTitle("Nộp báo cáo")
        self.note = LongEdit(3, "Lời nhắn gửi kèm (không bắt buộc)")
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(label(f"Nộp lần {filing.version + 1}: {title}, {period.label.lower()}", "subtitle", wrap=True))
        shuts = " Các tháng trong kỳ khóa lại, trừ khi cấp trên trả lại." if filing.form == reports.SETTLEMENT else ""
        sealed = f"Bản nộp được niêm lại như bạn đang thấy và gửi đi ở lần đồng bộ tới.{shuts}"
        column.addWidget(label(sealed, "muted", wrap=True))
        for warning in warnings:
            column.addWidget(said(warning, "warn"))
        column.addWidget(Field("Lời nhắn", self.note))
        column.addLayout(
            _buttons(KeyButton("Chưa nộp", clicked=self.reject), KeyButton("Nộp báo cáo", tone="primary", clicked=self.accept))
        )
        self.setMinimumWidth(theme.worn().px(480))


def hand_in(
    desk: Desk, form: str, period: Period, title: str, checks: Iterable[Check], over: QWidget, missing: Sequence[str] = ()
) -> bool:
    """Ask, and hand in; True if it was. `missing` are further warnings. A refusal is raised for the page to show."""
    found = list(checks)
    broken = [check.text for check in found if check.severity == "error" and not check.holds]
    if broken:
        raise Refused(" ".join(broken))
    warnings = [check.text for check in found if not check.holds and check.text] + list(missing)
    filing = reports.filing(desk.book, form, period)
    if filing.may_submit:
        asked = Submitting(filing, period, title, warnings, over)
        if not asked.exec():
            return False
        note = asked.note.value()
    else:
        note = ""
    sent = reports.submit(desk.book, form, period, note, desk.by)
    desk.changed({"report", "submission"})
    desk.say(
        f"Đã nộp {form} {period.label.lower()} (lần {sent.version}). Báo cáo sẽ gửi đi ở lần đồng bộ tới.", "Đồng bộ",
        lambda: desk.go("sync"),
    )  # fmt: skip
    return True


def show_state(pill: StatePill, filing: reports.Filing) -> None:
    """The state of a report in its pill: "Trả lại · lần 1"."""
    version = f" · lần {filing.version}" if filing.version else ""
    pill.show_state(filing.state.capitalize() + version, TONES[filing.state])
    sent = filing.submission.sent if filing.submission else None
    pill.setToolTip(f"Nộp ngày {show_day(sent)}" if sent else "Chưa nộp")


def answer_of(filing: reports.Filing, rows: Sequence[Any]) -> tuple[str, str]:
    """What the level above said, as a sentence with its tone; "" while it said nothing. `rows` are the form's."""
    if filing.state == "trả lại":
        named = [row.code or row.text for row in rows if row.key in filing.notes]
        noted = f" Có ghi chú ở dòng {', '.join(named)}." if named else ""
        return f"Cấp trên trả lại: {filing.note or 'không ghi lý do'}.{noted}".replace("..", "."), "warn"
    if filing.state == "đã duyệt":
        return f"Cấp trên đã duyệt. {filing.note}".strip(), "ok"
    return "", "info"


def said(text: str, tone: str) -> QWidget:
    """A line with its sign: a check that holds, a warning, a refusal."""
    glyphs = {"ok": "check-circle-outline", "warn": "alert-outline", "bad": "alert-circle-outline"}
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    picture = label("")
    picture.setPixmap(icons.pixmap(glyphs[tone], tone, theme.worn().px(16), made.devicePixelRatioF()))
    words = label(text, "" if tone == "ok" else "note", tone=tone, wrap=True)
    row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(words, 1)
    made.setAccessibleName({"ok": "Đạt: ", "warn": "Lưu ý: ", "bad": "Lỗi: "}[tone] + text)
    return made


class Papers:
    """Opens the PDF of a report, or writes it as Excel, on another thread."""

    def __init__(self, desk: Desk, page: QWidget, tell: Any) -> None:
        """`tell(sentence)` shows what went wrong."""
        self._desk, self._page, self._tell = desk, page, tell

    def pdf(self, form: str, period: Period, fund: str | None = None) -> None:
        """Make the PDF in a folder of its own and open it; `fund` is the code of the fund a book is about."""
        folder = Path(tempfile.mkdtemp(prefix="so-cong-doan-"))
        self._write(form, period, fund, folder / f"{_name(form, period, fund)}.pdf", reports.write_pdf, files.show)

    def xlsx(self, form: str, period: Period, fund: str | None = None) -> None:
        """Ask where, and write the Excel file there."""
        path = files.to_save(self._page, "Xuất ra Excel", f"{_name(form, period, fund)}.xlsx", "Tệp Excel (*.xlsx)")
        if path is not None:
            self._write(form, period, fund, path, reports.write_xlsx, self._written)

    def _written(self, path: Path) -> None:
        self._desk.say(f"Đã ghi {path.name}.", "Mở tệp", lambda: files.show(path))

    def _write(self, form: str, period: Period, fund: str | None, path: Path, writes: Any, done: Any) -> None:
        def work(_: Any) -> Path:
            book = self._desk.open_book()
            try:
                writes(reports.make(book, form, period, fund), path)
            finally:
                book.close()
            return path

        self._desk.tasks.run(work, done, lambda error: self._tell(str(error)), owner=self._page)


def _name(form: str, period: Period, fund: str | None) -> str:
    about = "_" + re.sub(r"[^\w-]+", "-", fund) if fund else ""
    return f"{form}{about}_{period.key.replace('..', '_den_')}"


def show_checks(column: QVBoxLayout, checks: Iterable[Check], *, good: bool = True) -> None:
    """Fill a column with what the checks say, what does not hold first; `good` ones may be left out."""
    while (held := column.takeAt(0)) is not None:
        held.widget().hide()
        held.widget().deleteLater()
    for check in sorted(checks, key=lambda check: (check.holds, check.severity)):
        if check.text and (good or not check.holds):
            column.addWidget(said(check.text, "ok" if check.holds else "bad" if check.severity == "error" else "warn"))


def see_through(scroll: QScrollArea) -> QScrollArea:
    """Let the panel under a scrolled part show."""
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidgetResizable(True)
    scroll.viewport().setAutoFillBackground(False)
    scroll.widget().setAutoFillBackground(False)
    return scroll


def _buttons(away: KeyButton, goes: KeyButton) -> QHBoxLayout:
    away.setAutoDefault(False)
    goes.setDefault(True)
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addStretch(1)
    row.addWidget(away)
    row.addWidget(goes)
    return row
