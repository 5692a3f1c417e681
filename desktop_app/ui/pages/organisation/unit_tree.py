"""The union's tree on the screen: units with their heads, opened and closed by arrows, put elsewhere by dragging."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from desktop_app.actions.organisation_picture import Heads, Node, Picture
from desktop_app.domain.amounts import format_amount
from desktop_app.ui import icons, theme

_UNIT = Qt.ItemDataRole.UserRole
_COLUMNS = (("Đơn vị", 0), ("Loại", 152), ("Phụ trách", 150), ("Đoàn viên", 88), ("Nữ", 60), ("Lao động", 84))
_FIRST_FIGURE = 3


class UnitTree(QTreeWidget):
    """`picked` carries the unit's id ("" = the union); `put` a unit's id and the id of what it was dropped on."""

    picked = Signal(str)
    put = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        look = theme.worn()
        self.setAccessibleName("Sơ đồ tổ chức")
        self.setHeaderLabels([heading for heading, _ in _COLUMNS])
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setAllColumnsShowFocus(True)
        self.setIndentation(look.px(20))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for number, (_, wide) in enumerate(_COLUMNS):
            if wide:
                self.setColumnWidth(number, look.px(wide))
            if number >= _FIRST_FIGURE:
                self.headerItem().setTextAlignment(number, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.currentItemChanged.connect(lambda now, _: self.picked.emit(self._id(now)))

    def show_picture(self, union: str, shown: Picture) -> None:
        """Show the tree of a union; what was closed stays closed, what was picked stays picked."""
        closed = {self._id(item) for item in self._items() if not item.isExpanded() and item.childCount()}
        current = self.unit()
        self.blockSignals(True)
        self.clear()
        root = self._item(union, "", "", "", shown.total)
        self.addTopLevelItem(root)
        self._grow(root, shown.nodes)
        if shown.loose != Heads():
            loose = self._item("(Chưa xếp vào đơn vị nào)", "", "", None, shown.loose)
            for column in range(len(_COLUMNS)):
                loose.setForeground(column, theme.worn().colour("muted"))
            root.addChild(loose)
        for item in self._items():
            item.setExpanded(self._id(item) not in closed)
        self.blockSignals(False)
        if not self.pick(current):
            self.setCurrentItem(root)

    def unit(self) -> str:
        """The id of the picked unit; "" = the union or nothing."""
        return self._id(self.currentItem())

    def pick(self, id_: str) -> bool:
        """Make a unit the current one."""
        found = next((item for item in self._items() if item.data(0, _UNIT) == id_), None)
        if found is not None:
            self.setCurrentItem(found)
        return found is not None

    def lines(self) -> list[tuple[str, ...]]:
        """What is shown, from the top."""
        return [tuple(item.text(column) for column in range(len(_COLUMNS))) for item in self._items()]

    def dropEvent(self, event: QDropEvent) -> None:
        """Nothing moves by itself: the page asks for the day first."""
        target = self.itemAt(event.position().toPoint())
        moved, event_target = self.unit(), target.data(0, _UNIT) if target else ""
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if moved and event_target is not None and moved != event_target:
            self.put.emit(moved, event_target)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.viewport().width()
        for column, least in ((1, 700), (2, 560)):
            self.setColumnHidden(column, room < theme.worn().px(least))

    def _grow(self, over: QTreeWidgetItem, nodes: Sequence[Node]) -> None:
        for node in nodes:
            item = self._item(node.unit.name, node.kind, node.head, node.unit.id, node.heads)
            over.addChild(item)
            self._grow(item, node.below)

    def _item(self, name: str, kind: str, head: str, id_: str | None, heads: Heads) -> QTreeWidgetItem:
        figures = [format_amount(count) if count else "–" for count in (heads.members, heads.women, heads.workers)]
        item = QTreeWidgetItem([name, kind, head, *figures])
        item.setData(0, _UNIT, id_)
        item.setSizeHint(0, QSize(0, theme.worn().px(32)))
        item.setToolTip(0, name)
        for column in range(_FIRST_FIGURE, len(_COLUMNS)):
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if id_ == "":
            item.setIcon(0, icons.icon("sitemap-outline"))
            font = theme.worn().font()
            font.setBold(True)
            for column in range(len(_COLUMNS)):
                item.setFont(column, font)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDropEnabled
        item.setFlags(flags | Qt.ItemFlag.ItemIsDragEnabled if id_ else flags)
        return item

    def _items(self) -> list[QTreeWidgetItem]:
        found: list[QTreeWidgetItem] = []

        def walk(item: QTreeWidgetItem) -> None:
            found.append(item)
            for place in range(item.childCount()):
                walk(item.child(place))

        for place in range(self.topLevelItemCount()):
            walk(self.topLevelItem(place))
        return found

    @staticmethod
    def _id(item: QTreeWidgetItem | None) -> str:
        found: Any = item.data(0, _UNIT) if item is not None else ""
        return str(found or "")
