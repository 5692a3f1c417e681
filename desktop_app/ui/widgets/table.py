"""The table of every page: finds, sorts, filters, adds up, copies to Excel and remembers its columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.amounts import format_amount
from desktop_app.ui import icons, theme
from desktop_app.ui.widgets.columns import Column, copied, shown
from desktop_app.ui.widgets.empty import Empty, EmptyState
from desktop_app.ui.widgets.giving_way import GivingWay
from desktop_app.ui.widgets.paged import PagedRows
from desktop_app.ui.widgets.rows import Rows
from desktop_app.ui.widgets.table_memory import TableMemory
from desktop_app.ui.widgets.table_menu import Verb, add, verbs_menu
from desktop_app.ui.widgets.table_parts import Figures, FilterHeader, Glyphs, States, Totals
from desktop_app.ui.widgets.texts import Elided

__all__ = ["Empty", "Table", "Verb"]

_FIND_AFTER_MS = 120


class Table(QWidget):
    """Rows of any records under typed columns. `name` is where its columns are remembered in `settings`."""

    opened = Signal(object)  # double click or Enter on a row
    picked = Signal(object)  # the current row changed (None: no row)

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        name: str,
        noun: str = "dòng",
        settings: QSettings | None = None,
        empty: Empty | None = None,
        verbs: Sequence[Verb] = (),
        counts: Callable[[Any], bool] | None = None,
        find: bool = True,
        select_many: bool = True,
        model: Rows | None = None,
    ) -> None:
        super().__init__()
        self._noun = noun
        self._empty_says = empty or Empty(f"Chưa có {noun} nào.")
        self._verbs, self._counts = tuple(verbs), counts
        self.model = model or Rows(columns)
        self.model.setParent(self)
        self.view = QTableView()
        self.view.setAccessibleName(f"Bảng {noun}")
        self._giving, self._fitting = GivingWay(self.view, self.model.columns), False
        self._dress_view(select_many)
        self.memory = TableMemory(name, settings, self.view, self.model.columns)
        self.totals = Totals(self.view, self.model.columns)
        self.totals.setVisible(any(column.total for column in columns))
        self.count = Elided("", "muted")
        self.find = QLineEdit()
        self.empty = EmptyState(self.view.viewport())
        self.bar = QHBoxLayout()
        self._lay_out(find)
        self.model.changed_view.connect(self._tell)
        self.view.doubleClicked.connect(lambda index: self.opened.emit(self.model.row(index.row())))
        self.view.selectionModel().currentRowChanged.connect(lambda now, _: self.picked.emit(self._row(now)))
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._tell_count())
        self.memory.recall()
        header = self.header
        header.sectionMoved.connect(lambda *_: self._remember())
        header.sectionResized.connect(self._resized)
        self._tell()

    # rows

    def show_rows(self, rows: Sequence[Any], same: Callable[[Any], object] | None = None) -> None:
        """Show these rows; with `same` (a row's identity) the picked row stays picked."""
        current = self.current()
        at = self.view.verticalScrollBar().value()
        self.model.show(rows)
        if current is not None and same is not None:
            wanted = same(current)
            self.pick(lambda row: same(row) == wanted)
        self.view.verticalScrollBar().setValue(at)

    def show_paged(self, change: Callable[[], object], *, again: bool) -> None:
        """Let a model whose rows stay in the book change. The picked row stays picked if it is still shown, and is
        told anew only if it may have changed (`again`)."""
        model, current = self.model, self.current()
        assert isinstance(model, PagedRows)
        change()
        if current is None:
            return
        if self.view.currentIndex().isValid():
            if again:
                self.picked.emit(self.current())
            return
        quiet = self.blockSignals(not again)
        self.pick_line(model.line_of_number(current.no))
        self.blockSignals(quiet)

    def add_verb(self, verb: Verb) -> None:
        """One more verb, below the others."""
        self._verbs += (verb,)

    def offer(self, verbs: Sequence[Verb]) -> None:
        """These are the verbs of the rows from now on."""
        self._verbs = tuple(verbs)

    def when_empty(self, empty: Empty) -> None:
        """Say this from now on while no rows are given."""
        self._empty_says = empty
        self._tell()

    def current(self) -> Any | None:
        return self._row(self.view.currentIndex())

    def chosen(self) -> list[Any]:
        """The selected rows, in the order seen; the current one if none is selected."""
        return self.model.rows(self.chosen_lines())

    def chosen_lines(self) -> list[int]:
        """The lines of the selected rows from top to bottom."""
        found: set[int] = set()
        for piece in self.view.selectionModel().selection():
            found.update(range(piece.top(), piece.bottom() + 1))
        return sorted(found)

    def pick(self, wanted: Callable[[Any], bool]) -> bool:
        """Make the first row for which `wanted` is true the current one; False if none is shown."""
        return self.pick_line(self.model.line_of(wanted))

    def pick_line(self, line: int) -> bool:
        """Make a line the current one; False if there is none (-1)."""
        if line < 0:
            return False
        first = self.header.logicalIndex(0)
        self.view.setCurrentIndex(self.model.index(line, first))
        self.view.selectRow(line)
        self.view.scrollTo(self.model.index(line, first))
        return True

    def seen(self) -> tuple[list[Column], list[Any]]:
        """Columns and rows as they are seen now, for print and export."""
        order = (self.header.logicalIndex(place) for place in range(self.header.count()))
        return [self.model.columns[n] for n in order if not self.header.isSectionHidden(n)], self.model.seen()

    def copy(self, *, headings: bool = False) -> None:
        """Put the chosen rows on the clipboard as Excel pastes them."""
        columns, _ = self.seen()
        lines = ["\t".join(column.heading for column in columns)] if headings else []
        lines += ["\t".join(copied(column, column.value(row)) for column in columns) for row in self.chosen()]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def clear_filters(self) -> None:
        self.find.clear()
        self.header.clear()
        self.model.find("")

    # columns

    @property
    def header(self) -> FilterHeader:
        found = self.view.horizontalHeader()
        assert isinstance(found, FilterHeader)
        return found

    def show_column(self, key: str, on: bool, *, stays: bool = False) -> None:
        """Show or hide a column; one that `stays` does not give way where the table is narrow."""
        number = next(n for n, column in enumerate(self.model.columns) if column.key == key)
        self._giving.settle(number, stays and on)
        self.view.setColumnHidden(number, not on)
        self._stretch()
        self.totals.update()
        self._remember()

    def _remember(self) -> None:
        self.memory.keep(self._giving.is_away)

    def _resized(self, number: int, _: int, __: int) -> None:
        if not self.model.columns[number].stretch and not self._fitting:
            self._stretch()
            self._saving.start()

    def _stretch(self) -> None:
        """Let columns give way; the stretching one gets what the others leave, but never less than its own width."""
        self._fitting, room = True, self.view.viewport().width()
        self._giving.fit(room, self._least)
        self._fitting = False
        number = next((n for n, column in enumerate(self.model.columns) if column.stretch), -1)
        if number < 0 or self.view.isColumnHidden(number):
            return
        others = self.header.length() - self.header.sectionSize(number)
        self.header.resizeSection(number, max(self._least(number), room - others))

    def _least(self, number: int) -> int:
        column = self.model.columns[number]
        return theme.worn().px(column.width) if column.stretch else self.header.sectionSize(number)

    def _reset_columns(self) -> None:
        self.memory.forget()
        self._giving.begin_anew()
        for number, column in enumerate(self.model.columns):
            self.header.moveSection(self.header.visualIndex(number), number)
            self.view.setColumnHidden(number, not column.shown)
            if not column.stretch:
                self.header.resizeSection(number, theme.worn().px(column.width))
        self._remember()

    # making

    def _dress_view(self, select_many: bool) -> None:
        view, look = self.view, theme.worn()
        view.setHorizontalHeader(FilterHeader(view))
        view.setModel(self.model)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(look.px(32))
        view.verticalHeader().setMinimumSectionSize(look.px(22))
        view.setShowGrid(False)
        view.setAlternatingRowColors(True)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        view.setSelectionMode(mode.ExtendedSelection if select_many else mode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._open_menu)
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)
        figures, states, glyphs = Figures(view), States(view), Glyphs(view)
        header = self.header
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._open_columns_menu)
        header.sectionClicked.connect(self._order)
        header.filtered.connect(self.model.filter_column)
        for number, column in enumerate(self.model.columns):
            view.setColumnWidth(number, look.px(column.width))
            view.setColumnHidden(number, not column.shown)
            if column.is_figure:
                view.setItemDelegateForColumn(number, figures)
            elif column.kind == "state":
                view.setItemDelegateForColumn(number, states)
            elif column.kind == "glyph":
                view.setItemDelegateForColumn(number, glyphs)

    def _lay_out(self, find: bool) -> None:
        self._searching = QTimer(self)
        self._searching.setSingleShot(True)
        self._searching.setInterval(_FIND_AFTER_MS)
        self._searching.timeout.connect(lambda: self.model.find(self.find.text()))
        self._saving = QTimer(self)
        self._saving.setSingleShot(True)
        self._saving.setInterval(300)
        self._saving.timeout.connect(self._remember)
        self.find.setProperty("role", "find")
        self.find.setPlaceholderText("Tìm  Ctrl+F")
        self.find.setAccessibleName(f"Tìm {self._noun} trong bảng")
        self.find.setClearButtonEnabled(True)
        self.find.addAction(icons.icon("magnify"), QLineEdit.ActionPosition.LeadingPosition)
        self.find.setMinimumWidth(theme.worn().px(96))
        self.find.setMaximumWidth(theme.worn().px(230))
        self.find.setToolTip("Tìm trong bảng (Ctrl+F): không cần dấu, thứ tự chữ tùy ý")
        self.find.textChanged.connect(lambda _: self._searching.start())
        self.find.setVisible(find)
        for keys, does in (
            ("Ctrl+F", lambda: self.find.setFocus(Qt.FocusReason.ShortcutFocusReason)),
            ("Ctrl+Shift+L", self.toggle_filter_row),
        ):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(does)
        self.bar.setContentsMargins(12, 10, 12, 8)
        self.bar.setSpacing(6)
        self.bar.addStretch(1)
        self.bar.addWidget(self.count)
        self.bar.addWidget(self.find)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 1, 1)
        column.setSpacing(0)
        column.addLayout(self.bar)
        column.addWidget(self.view, 1)
        column.addWidget(self.totals)

    def add_row(self, row: QWidget) -> None:
        """Put a second row between the bar and the rows of the table."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(1, row)

    def add_tool(self, *tools: QWidget) -> None:
        """Put chips or buttons at the left of the bar over the table."""
        at = next(n for n in range(self.bar.count()) if self.bar.itemAt(n).spacerItem() is not None)
        for tool in tools:
            self.bar.insertWidget(at, tool)
            at += 1

    # behaviour

    def toggle_filter_row(self) -> None:
        self.header.set_filtering(not self.header.filtering)
        self.view.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.Copy):
                self.copy()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() is not None:
                self.opened.emit(self.current())
                return True
        if watched is self.view.viewport() and event.type() == QEvent.Type.Resize:
            self._stretch()
        return False

    def _row(self, index: QModelIndex) -> Any | None:
        return self.model.row(index.row()) if index.isValid() else None

    def _order(self, column: int) -> None:
        now = self.model.order()
        if now is None or now[0] != column:
            self.model.order_by(column)
        elif not now[1]:
            self.model.order_by(column, descending=True)
        else:
            self.model.order_by(None)

    def _tell(self) -> None:
        if not self.totals.isHidden():
            sums = self.model.sums(self._counts)
            for number, column in enumerate(self.model.columns):
                least = self.totals.width_of(column, sums.get(column.key))
                if least > self.header.sectionSize(number) and not self.view.isColumnHidden(number):
                    self.header.resizeSection(number, least)
            self.totals.say(sums)
        self._tell_count()
        if self.model.rowCount():
            self.empty.hide()
        elif self.model.every():
            self.empty.say(Empty(f"Không có {self._noun} nào khớp với điều đang tìm.", "Bỏ tìm và lọc", self.clear_filters))
        else:
            self.empty.say(self._empty_says)

    def _tell_count(self) -> None:
        every, seen = self.model.every(), self.model.rowCount()
        text = f"{format_amount(seen)} {self._noun}" if seen == every else f"{format_amount(seen)}/{format_amount(every)} {self._noun}"
        if not self.model.whole:
            text = "Đang đếm…"
        lines = self.chosen_lines()
        if len(lines) > 1:
            sums = self.model.sums_of(lines)
            told = (f"{c.heading} {shown(c, sums[c.key])}" for c in self.model.columns if sums.get(c.key))
            text = " · ".join([f"Chọn {format_amount(len(lines))}", *told])
        self.count.setText(text)
        self.count.updateGeometry()

    def _open_menu(self, place: QPoint) -> None:
        menu = self.row_menu()
        menu.exec(self.view.viewport().mapToGlobal(place))
        menu.deleteLater()

    def row_menu(self) -> QMenu:
        """The verbs for the chosen rows, then copying and columns."""
        menu, rows = verbs_menu(self, self._verbs, self.chosen())
        add(menu, "Sao chép", self.copy, "Ctrl+C").setEnabled(bool(rows))
        add(menu, "Sao chép kèm tiêu đề cột", lambda: self.copy(headings=True)).setEnabled(bool(rows))
        add(menu, "Lọc theo cột", self.toggle_filter_row, "Ctrl+Shift+L")
        menu.addMenu(self.columns_menu(menu))
        return menu

    def columns_menu(self, parent: QWidget) -> QMenu:
        """Which columns are shown; *Về như ban đầu* gives the first state back."""
        menu = QMenu("Các cột", parent)
        for number, column in enumerate(self.model.columns):
            action = menu.addAction(column.heading)
            action.setCheckable(True)
            action.setChecked(not self.view.isColumnHidden(number) or self._giving.is_away(number))
            action.toggled.connect(lambda on, key=column.key: self.show_column(key, on, stays=True))
        menu.addSeparator()
        add(menu, "Về như ban đầu", self._reset_columns)
        return menu

    def _open_columns_menu(self, place: QPoint) -> None:
        menu = self.columns_menu(self)
        menu.exec(self.header.mapToGlobal(place))
        menu.deleteLater()
