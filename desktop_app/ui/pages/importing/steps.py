"""The four steps of bringing a list in: the file and its heading row, its columns, what it would do, what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.actions.intake import looking
from desktop_app.actions.intake.looking import Looked, SeenColumn
from desktop_app.actions.intake.old_books import BookPlan
from desktop_app.actions.intake.planning import Choice, Choices, Plan, Planned
from desktop_app.exchange import subjects
from desktop_app.exchange.tables import Fault
from desktop_app.ui import theme
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.importing.options import BookOptions
from desktop_app.ui.widgets.buttons import Chip, KeyButton
from desktop_app.ui.widgets.cards import Card, Cards
from desktop_app.ui.widgets.columns import Column, State
from desktop_app.ui.widgets.empty import Empty
from desktop_app.ui.widgets.faults import COLUMNS
from desktop_app.ui.widgets.table import Table, Verb
from desktop_app.ui.widgets.texts import label

_KINDS = {
    "new": State("Người mới", "ok"), "same": State("Đã có, không đổi", "quiet"), "fills": State("Bổ sung", "info"),
    "differs": State("Khác với sổ", "warn"), "twin": State("Có thể trùng", "warn"), "refused": State("Chưa nhập được", "bad"),
    "changed": State("Có thay đổi", "info"), "gone": State("Vắng trong tệp", "warn"),
}  # fmt: skip
_UNITS = {"cash": "phiếu", "dues": "lần nộp", "b07": "chỉ tiêu", "payroll": "người"}
_DOES: Mapping[Choice, str] = {
    "merge": "Điền chỗ trống", "replace": "Lấy theo tệp", "skip": "Bỏ qua dòng", "add": "Thêm người khác",
}  # fmt: skip


class FileStep(QWidget):
    """Which file, sheet and heading row; `wanted` asks to look at the file again that way."""

    wanted = Signal(str, int)

    def __init__(self, ask: Callable[[], object]) -> None:
        super().__init__()
        self.choose = KeyButton("Chọn tệp…", "Alt+T", glyph="microsoft-excel", clicked=ask)
        self.name = label("Excel (.xlsx, .xls, .ods) hoặc .csv, cột tên gì cũng được, phông chữ nào cũng được.", "muted")
        self.subject = Chip("Loại tệp", [(subject.key, subject.title) for subject in subjects.every()])
        self.subject.chosen.connect(lambda _: self.wanted.emit("", 0))
        self.sheet = Chip("Trang tính", [("", "Trang tính")])
        self.sheet.chosen.connect(lambda sheet: self.wanted.emit(sheet, 0))
        self.hint = label("", "muted", wrap=True)
        self.rows = _grid("Các dòng đầu của tệp")
        self.rows.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.rows.cellClicked.connect(self._picked)
        self.rows.cellActivated.connect(self._picked)
        self._looked: Looked | None = None
        row = QHBoxLayout()
        row.addWidget(self.choose)
        row.addWidget(self.subject)
        row.addWidget(self.name, 1)
        row.addWidget(self.sheet)
        column = _column(self)
        column.addLayout(row)
        column.addWidget(self.hint)
        column.addWidget(self.rows, 20)
        column.addStretch(1)
        self.show_looked(None)

    def show_looked(self, looked: Looked | None) -> None:
        """Show a file's first rows, its heading row marked."""
        self._looked = looked
        self.rows.setVisible(looked is not None and not looked.union)
        self.sheet.setVisible(looked is not None and not looked.union and len(looked.sheets) > 1)
        if looked is None:
            self.hint.setText("")
            return
        self.name.setText(looked.path.name)
        self.sheet.offer([(sheet, sheet) for sheet in looked.sheets], looked.sheet)
        if looked.union:
            self.hint.setText("Đây là sổ của đơn vị theo mẫu của chương trình. Bấm Nhập sổ để đưa cả sổ vào.")
            return
        missing = subjects.named(looked.subject).missing
        found = f"Tiêu đề cột ở dòng {looked.row}." if looked.row else f"Chưa thấy dòng tiêu đề có {missing}."
        self.hint.setText(f"{found} Nếu chưa đúng, hãy bấm vào dòng tiêu đề trong bảng dưới đây.")
        width = max((len(cells) for _, cells in looked.top), default=0)
        self.rows.setColumnCount(width)
        self.rows.setHorizontalHeaderLabels([looking.called(n).removeprefix("Cột ") for n in range(width)])
        self.rows.setRowCount(len(looked.top))
        self.rows.setVerticalHeaderLabels([str(number) for number, _ in looked.top])
        for at, (number, cells) in enumerate(looked.top):
            for place in range(width):
                item = QTableWidgetItem(cells[place] if place < len(cells) else "")
                if number == looked.row:
                    item.setBackground(theme.worn().colour("accent_soft"))
                    item.setForeground(theme.worn().colour("accent"))
                self.rows.setItem(at, place, item)
        self.rows.resizeColumnsToContents()
        for place in range(width):
            self.rows.setColumnWidth(place, min(self.rows.columnWidth(place), theme.worn().px(190)))

    def _picked(self, at: int, _: int) -> None:
        if self._looked is not None and self._looked.top[at][0] != self._looked.row:
            self.wanted.emit(self._looked.sheet, self._looked.top[at][0])


class ColumnsStep(QWidget):
    """What each column is and in which encoding, beside sample values; the current column before and after."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.options = BookOptions(desk)
        self.options.hide()
        self._subject = "people"
        self.grid, self.preview = _grid("Các cột"), _grid("Trước và sau khi đổi mã")
        self.grid.setColumnCount(4)
        self.grid.setHorizontalHeaderLabels(["Cột trong tệp", "Dữ liệu mẫu", "Là thông tin", "Bảng mã chữ"])
        self.preview.setColumnCount(2)
        self.preview.setHorizontalHeaderLabels(["Trong tệp", "Đọc được"])
        self.grid.currentCellChanged.connect(lambda *_: self._preview())
        self.kinds: list[QComboBox] = []
        self.codes: list[QComboBox] = []
        self._seen: tuple[SeenColumn, ...] = ()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.grid, 1)
        row.addWidget(self.preview)
        self.preview.setFixedWidth(theme.worn().px(300))
        column = _column(self)
        column.addWidget(label("Mỗi cột là thông tin gì? Cột không cần thì để “Bỏ qua”. Cách ghép được nhớ cho tệp cùng mẫu.", "muted", wrap=True))
        column.addWidget(self.options)
        column.addLayout(row, 1)

    def show_looked(self, looked: Looked) -> None:
        look = theme.worn()
        self._subject = looked.subject
        self.options.show_looked(looked)
        self._seen = looked.columns
        self.kinds, self.codes = [], []
        self.grid.setRowCount(len(self._seen))
        for at, seen in enumerate(self._seen):
            self.grid.setItem(at, 0, QTableWidgetItem(seen.heading))
            kind = _Combo([("", "Bỏ qua"), *looking.fields(looked.subject).items()], seen.field, f"Thông tin của {seen.heading}")
            code = _Combo(list(looking.ENCODINGS.items()), seen.encoding, f"Bảng mã của {seen.heading}")
            code.setEnabled(seen.old)
            code.currentIndexChanged.connect(lambda _, at=at: self._recode(at))
            kind.entered.connect(lambda at=at: self.grid.setCurrentCell(at, 0))
            code.entered.connect(lambda at=at: self.grid.setCurrentCell(at, 0))
            self.kinds.append(kind)
            self.codes.append(code)
            self.grid.setCellWidget(at, 2, kind)
            self.grid.setCellWidget(at, 3, code)
            self._recode(at)
        self.grid.verticalHeader().setDefaultSectionSize(look.px(34))
        for place, width in enumerate((170, 190, 190, 170)):
            self.grid.setColumnWidth(place, look.px(width))
        self.grid.horizontalHeader().setSectionResizeMode(1, self.grid.horizontalHeader().ResizeMode.Stretch)
        self.grid.setCurrentCell(next((n for n, c in enumerate(self._seen) if c.old and c.encoding != "unicode"), 0), 0)
        self._preview()

    def fields(self) -> dict[int, str]:
        """The chosen field by column."""
        return {seen.place: kind.currentData() for seen, kind in zip(self._seen, self.kinds, strict=True)}

    def encodings(self) -> dict[int, Any]:
        """The chosen encoding by column, where one shows."""
        pairs = zip(self._seen, self.codes, strict=True)
        return {seen.place: code.currentData() for seen, code in pairs if seen.old}

    def problem(self) -> str:
        """What is wrong with the choice, or ""."""
        chosen = [field for field in self.fields().values() if field]
        names, subject = looking.fields(self._subject), subjects.named(self._subject)
        twice = next((field for field in chosen if chosen.count(field) > 1), "")
        if twice:
            return f"Hai cột cùng là “{names[twice]}”. Hãy để một cột là Bỏ qua."
        if not subject.enough(set(chosen)):
            return f"Chưa có {subject.missing}. Hãy chọn ở cột “Là thông tin”."
        return ""

    def _recode(self, at: int) -> None:
        seen = self._seen[at]
        samples = [text for text in dict.fromkeys(seen.read(self.codes[at].currentData())) if text][:3]
        self.grid.setItem(at, 1, QTableWidgetItem("; ".join(samples)))
        if at == self.grid.currentRow():
            self._preview()

    def _preview(self) -> None:
        at = self.grid.currentRow()
        if not 0 <= at < len(self._seen):
            self.preview.setRowCount(0)
            return
        seen = self._seen[at]
        after = seen.read(self.codes[at].currentData())
        self.preview.setRowCount(len(seen.raw))
        for number, (raw, read) in enumerate(zip(seen.raw, after, strict=True)):
            self.preview.setItem(number, 0, QTableWidgetItem(raw))
            item = QTableWidgetItem(read)
            if read != raw:
                item.setForeground(theme.worn().colour("ok"))
            self.preview.setItem(number, 1, item)
        self.preview.horizontalHeader().setSectionResizeMode(self.preview.horizontalHeader().ResizeMode.Stretch)


class CheckStep(QWidget):
    """What the import would do: figures, and the rows that want a look with what is done with each."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._plan: Plan | BookPlan | None = None
        self._own: dict[int, Choice] = {}
        self.cards = {kind: Card(state.text) for kind, state in _KINDS.items()}
        for kind, card in self.cards.items():
            card.clicked.connect(lambda _=False, kind=kind: self.show_kinds.choose(kind))
        self.show_kinds = Chip("Hiện", [("", "Dòng cần xem"), *((kind, state.text) for kind, state in _KINDS.items()), ("all", "Tất cả")])
        self.differs = Chip("Dòng khác với sổ", [(None, "Khác với sổ: theo gợi ý"), *_all("Khác", ("merge", "replace", "skip"))])
        self.twins = Chip("Dòng có thể trùng", [(None, "Có thể trùng: theo gợi ý"), *_all("Trùng", ("merge", "replace", "skip", "add"))])
        for chip in (self.show_kinds, self.differs, self.twins):
            chip.chosen.connect(lambda _: self._choose())
        self.table = Table(
            (
                Column("row", "Dòng", lambda r: r.row if r.row > 0 else None, "whole", width=58),
                Column("kind", "Kết quả", lambda r: _KINDS[r.kind], "state", width=140),
                Column("name", "Trong tệp", lambda r: f"{r.name}, sinh {r.birth}" if r.birth else r.name, width=190),
                Column("known", "Trong sổ", lambda r: r.known, width=190),
                Column("told", "Điểm khác / cần sửa", _told, width=220, stretch=True),
                Column("does", "Cách làm", self._does, width=130, hint="Chọn dòng rồi bấm chuột phải, hoặc các nút bên trên"),
            ),
            name="import-check", settings=desk.settings, find=False,
            empty=Empty("Không có dòng nào cần xem. Bấm Nhập để ghi vào sổ."),
            verbs=[Verb(text, lambda rows, choice=choice: self.set_choice(rows, choice), can=_asks) for choice, text in _DOES.items()],
        )  # fmt: skip
        self.table.add_tool(self.show_kinds, self.differs, self.twins)
        buttons = QHBoxLayout()
        buttons.addWidget(label("Các dòng đang chọn:", "muted"))
        self.notes = label("", "hint", wrap=True)
        self.doubts = QWidget()
        for key, (choice, text) in zip(("Alt+1", "Alt+2", "Alt+3", "Alt+4"), _DOES.items(), strict=True):
            buttons.addWidget(KeyButton(text, key, clicked=lambda choice=choice: self.set_choice(self.table.chosen(), choice)))
        buttons.addStretch(1)
        column = _column(self)
        buttons.setContentsMargins(0, 0, 0, 0)
        self.doubts.setLayout(buttons)
        column.addWidget(Cards(*self.cards.values()))
        column.addWidget(self.notes)
        column.addWidget(self.table, 1)
        column.addWidget(self.doubts)

    def show_plan(self, plan: Plan | BookPlan) -> None:
        self._plan, self._own = plan, {}
        self.notes.setText(" ".join(plan.notes))
        self.notes.setVisible(bool(plan.notes))
        theme.restyle(self.notes, tone="warn" if isinstance(plan, BookPlan) and plan.doubtful else "ok")
        for part in (self.doubts, self.differs, self.twins):
            part.setVisible("twin" in plan.counts)
        for kind, card in self.cards.items():
            card.setVisible(kind in plan.counts)
        people = not isinstance(plan, BookPlan)
        self.cards["new"].rename(_KINDS["new"].text if people else "Sẽ ghi mới")
        for column in ("known", "does"):
            self.table.show_column(column, people)
        for kind, count in plan.counts.items():
            state = _KINDS[kind]
            unit = "dòng" if people or kind == "refused" else _UNITS[plan.request.subject]
            tone = state.tone if count and state.tone in ("warn", "bad") else ""
            self.cards[kind].say(_count(count), unit, tone=tone)
        self.show_kinds.choose_quietly("")
        self._choose()

    def choices(self) -> Choices:
        """What is done with rows that differ or may be duplicates."""
        return Choices(self.differs.value, self.twins.value, dict(self._own))

    def set_choice(self, rows: Sequence[Planned], choice: Choice) -> None:
        """Do so with these rows."""
        for row in rows:
            if row.kind == "twin" or (row.kind == "differs" and choice != "add"):
                self._own[row.row] = choice
        self._choose()

    def _does(self, row: Planned) -> str:
        if row.kind not in ("differs", "twin"):
            return ""
        return _DOES[self.choices().of(row.row, row.kind, row.advice)]

    def _choose(self) -> None:
        if self._plan is not None:
            wanted = self.show_kinds.value
            kinds = ("differs", "twin", "refused", "changed", "gone") if not wanted else tuple(_KINDS) if wanted == "all" else (wanted,)
            self.table.show_rows([row for row in self._plan.rows if row.kind in kinds], same=lambda row: row.row)


class ResultStep(QWidget):
    """What was stored, the rows given back, and the way back."""

    def __init__(self, undo: Callable[[], object], returned: Callable[[], object]) -> None:
        super().__init__()
        self.said = label("", "subtitle", wrap=True)
        self.more = label("", "muted", wrap=True)
        self.returned = KeyButton("Mở các dòng bị trả lại", glyph="microsoft-excel", clicked=returned)
        self.undo = KeyButton("Hoàn tác cả lần nhập", glyph="undo", clicked=undo)
        row = QHBoxLayout()
        row.addWidget(self.returned)
        row.addWidget(self.undo)
        row.addStretch(1)
        column = _column(self)
        column.addWidget(self.said)
        column.addWidget(self.more)
        column.addLayout(row)
        self.faults = Table(COLUMNS, name="import-faults", noun="lỗi", find=False)
        self.faults.hide()
        column.addWidget(self.faults, 20)
        column.addStretch(1)

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Show what was refused, and why."""
        self.faults.show_rows(faults)
        self.faults.setVisible(bool(faults))

    def say(self, said: str, more: str, *, returned: bool, undo: bool) -> None:
        self.said.setText(said)
        self.more.setText(more)
        self.returned.setVisible(returned)
        self.undo.setVisible(undo)
        self.faults.setVisible(False)


class _Combo(QComboBox):
    """A pick list in a table: the wheel scrolls the table, not the choice."""

    entered = Signal()

    def __init__(self, choices: Sequence[tuple[Any, str]], value: Any, name: str) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        for own, text in choices:
            self.addItem(text, own)
        self.setCurrentIndex(max(self.findData(value), 0))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        self.entered.emit()


def _grid(name: str) -> QTableWidget:
    made = QTableWidget()
    made.setAccessibleName(name)
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setTabKeyNavigation(False)
    made.setWordWrap(False)
    return made


def _column(of: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(of)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    return column


def _all(what: str, choices: Sequence[Choice]) -> list[tuple[Choice, str]]:
    return [(choice, f"{what}: {_DOES[choice].lower()}") for choice in choices]


def _asks(rows: Sequence[Planned]) -> bool:
    return any(row.kind in ("differs", "twin") for row in rows)


def _told(row: Planned) -> str:
    if row.problem:
        return row.problem
    return "; ".join(f"{name}: {mine or 'trống'} → {theirs}" for name, mine, theirs in row.differs)


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")
