"""What is asked before the union's tree changes: a name, a place, who, since which day and by which paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop_app.actions import members, organisation, overview
from desktop_app.actions.organisation import Reorganised
from desktop_app.domain.records import UPPER_KINDS, Unit
from desktop_app.ui import theme
from desktop_app.ui.page import Desk
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.editors import DayEdit, LineEdit
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.suggestions import Choice

_MOST_FOUND = 12
_UNION = "union"


class People(QListWidget):
    """A list of people to tick."""

    edited = Signal()
    meaning = Signal(str, str)

    def __init__(self, people: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        for id_, name in people:
            item = QListWidgetItem(name)
            item.setData(Qt.ItemDataRole.UserRole, id_)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.addItem(item)
        self.itemChanged.connect(lambda _: self._tell())
        self.setFixedHeight(theme.worn().px(200))

    def value(self) -> list[str]:
        """The ids of those ticked."""
        items = (self.item(row) for row in range(self.count()))
        return [i.data(Qt.ItemDataRole.UserRole) for i in items if i.checkState() == Qt.CheckState.Checked]

    def set_value(self, ids: Sequence[str] | None) -> None:
        """Tick these."""
        for row in range(self.count()):
            on = self.item(row).data(Qt.ItemDataRole.UserRole) in (ids or ())
            self.item(row).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _tell(self) -> None:
        self.meaning.emit(f"Đã chọn {len(self.value())}/{self.count()} người", "")
        self.edited.emit()


def kinds(desk: Desk) -> list[Choice]:
    """The kinds of units, to pick."""
    return [Choice(kind.code, kind.name) for kind in organisation.kinds(desk.today()).kinds.values()]


def places(desk: Desk, without: Sequence[str] = ()) -> list[Choice]:
    """Where a unit may lie: the union itself, or any unit but these."""
    now = organisation.tree(desk.book, desk.today())
    units = sorted((now.path(unit), unit) for unit in now.units if unit.id not in without)
    return [Choice(_UNION, "Trực thuộc công đoàn cơ sở"), *(Choice(unit.id, path) for path, unit in units)]


def leader(desk: Desk) -> PickEdit:
    """A person, found as people are found everywhere."""

    def find(text: str) -> list[Choice]:
        found = overview.find_people(desk.book, text, _MOST_FOUND)
        return [Choice(id_, name, team) for id_, name, team, _ in found]

    return PickEdit(find, placeholder="Tên, số thẻ, CCCD")


def ask_new(desk: Desk, over: QWidget, parent: str, done: Callable[[str, Reorganised], object]) -> Ask:
    """*Thêm đơn vị*: under what is picked."""
    form = Form(
        {
            "name": Field("Tên đơn vị", LineEdit("Ví dụ: Tổ may 3", longest=100), required=True),
            "kind": Field("Loại", PickEdit(kinds(desk)), required=True),
            "parent": Field("Thuộc", PickEdit(places(desk))),
            "since": Field("Từ ngày", DayEdit(desk.today), note="Bỏ trống nếu có từ trước"),
            "code": Field("Mã (nếu có)", LineEdit(longest=40)),
            "head": Field("Người phụ trách", leader(desk)),
        },
        columns=2,
        wide=("name",),
    )
    form.set_values({"kind": organisation.kinds(desk.today()).first, "parent": parent or _UNION})

    def does(values: Mapping[str, Any]) -> None:
        given = {**values, "parent": _place(values["parent"]), "head": _picked(form, "head")}
        made = organisation.found(desk.book, given, desk.by)
        done(f"Đã thêm {made.made[0].name}.", made)

    return Ask("Thêm đơn vị", "Thêm một công đoàn bộ phận, tổ công đoàn.", form, does, act="Thêm", over=over)


def ask_name(desk: Desk, over: QWidget, unit: Unit, done: Callable[[str, Reorganised], object]) -> Ask:
    """*Đổi tên*: everybody in it follows."""
    form = Form({"name": Field("Tên mới", LineEdit(longest=100), required=True), **_paper(desk)}, columns=2, wide=("name",))
    form.set_values({"name": unit.name, "day": desk.today()})

    def does(values: Mapping[str, Any]) -> None:
        made = organisation.rename(desk.book, unit.id, values, desk.by)
        done(f"{unit.name} từ nay là {made.made[0].name}: đã chuyển {len(made.moved)} người.", made)

    sentence = f"Người của {unit.name} chuyển sang tên mới từ ngày này; danh sách của những ngày trước giữ tên cũ."
    return Ask("Đổi tên đơn vị", sentence, form, does, act="Đổi tên", over=over)


def ask_place(
    desk: Desk, over: QWidget, unit: Unit, parent: str | None, done: Callable[[str, Reorganised], object]
) -> Ask:
    """*Chuyển chỗ*: into another unit, with all below it; `parent` is what it was dropped on."""
    below = [one.id for one in organisation.tree(desk.book, desk.today()).under(unit.id)]
    form = Form({"parent": Field("Đặt trong", PickEdit(places(desk, below)), required=True),
                 "day": Field("Từ ngày", DayEdit(desk.today), required=True)})  # fmt: skip
    form.set_values({"day": desk.today(), **({} if parent is None else {"parent": parent or _UNION})})

    def does(values: Mapping[str, Any]) -> None:
        made = organisation.move(desk.book, unit.id, _place(values["parent"]), values, desk.by)
        done(f"Đã chuyển {unit.name}.", made)

    return Ask("Chuyển chỗ trong sơ đồ", f"{unit.name} và các đơn vị bên dưới.", form, does, act="Chuyển", over=over)


def ask_merge(desk: Desk, over: QWidget, unit: Unit, done: Callable[[str, Reorganised], object]) -> Ask:
    """*Nhập vào*: another unit takes its people and its units."""
    below = [one.id for one in organisation.tree(desk.book, desk.today()).under(unit.id)]
    target = PickEdit([place for place in places(desk, below) if place.value != _UNION])
    form = Form({"into": Field("Nhập vào", target, required=True), **_paper(desk)}, columns=2, wide=("into",))
    form.set_values({"day": desk.today()})

    def does(values: Mapping[str, Any]) -> None:
        picked = target.choice()
        made = organisation.merge(desk.book, [unit.id], picked.value if picked else "", values, desk.by)
        done(f"Đã nhập {unit.name} vào {picked.text if picked else ''}: {len(made.moved)} người.", made)

    sentence = f"{unit.name} hết từ ngày này; người và đơn vị bên dưới sang đơn vị nhận."
    return Ask("Nhập đơn vị", sentence, form, does, act="Nhập", over=over)


def ask_split(desk: Desk, over: QWidget, unit: Unit, done: Callable[[str, Reorganised], object]) -> Ask:
    """*Tách*: those ticked make a new unit beside it."""
    people = [(id_, members.person_of(desk.book, id_).name) for id_ in organisation.people_of(desk.book, unit.name)]
    form = Form(
        {
            "name": Field("Tên đơn vị mới", LineEdit(longest=100), required=True),
            "people": Field("Người sang đơn vị mới", People(people)),
            **_paper(desk),
        },
        columns=2,
        wide=("name", "people"),
    )
    form.set_values({"day": desk.today()})

    def does(values: Mapping[str, Any]) -> None:
        made = organisation.split(desk.book, unit.id, values["people"], values, desk.by)
        done(f"Đã tách {made.made[0].name}: {len(made.moved)} người.", made)

    return Ask("Tách đơn vị", f"Tách {unit.name}, có {len(people)} người.", form, does, act="Tách", over=over)


def ask_end(desk: Desk, over: QWidget, unit: Unit, done: Callable[[str, Reorganised], object]) -> Ask:
    """*Kết thúc*: an empty unit."""
    form = Form({"day": Field("Hết từ ngày", DayEdit(desk.today), required=True)})
    form.set_values({"day": desk.today()})

    def does(values: Mapping[str, Any]) -> None:
        done(f"{unit.name} đã kết thúc.", organisation.end(desk.book, unit.id, values, desk.by))

    sentence = f"{unit.name} không còn hoạt động. Đơn vị bên dưới lên đơn vị cấp trên."
    return Ask("Kết thúc đơn vị", sentence, form, does, act="Kết thúc", over=over)


def ask_dissolve(desk: Desk, over: QWidget, unit: Unit | None, done: Callable[[str, Reorganised], object]) -> Ask:
    """*Giải thể*: every member of a unit, or of the whole union, ends; they stay workers."""
    now = organisation.tree(desk.book, desk.today())
    names = [one.name for one in now.under(unit.id)] if unit else None
    count = len(organisation.members_of(desk.book, names))
    what = unit.name if unit else "Công đoàn cơ sở"
    form = Form({**_paper(desk), "reason": Field("Lý do", LineEdit(longest=300))}, columns=2, wide=("reason",))
    form.fields["document"].note("Số quyết định giải thể")
    form.set_values({"day": desk.today()})

    def does(values: Mapping[str, Any]) -> None:
        made = organisation.dissolve(desk.book, unit.id if unit else "", values, desk.by)
        done(f"Đã ghi giải thể {what}: {len(made.moved)} người.", made)

    told = f"{what}: {count} đoàn viên được ghi Giải thể, chấm dứt tư cách. Họ vẫn là người lao động, quỹ lương vẫn tính KPCĐ."
    return Ask("Giải thể", told, form, does, act=f"Giải thể ({count} người)", over=over)


def ask_upper(desk: Desk, over: QWidget, done: Callable[[], object]) -> Ask:
    """The union above that manages, or that supports in its commune, since a day."""
    form = Form(
        {
            "kind": Field("Quan hệ", PickEdit([Choice(kind, kind) for kind in UPPER_KINDS]), required=True),
            "since": Field("Từ ngày", DayEdit(desk.today), note="Bỏ trống nếu có từ trước"),
            "name": Field("Tên công đoàn", LineEdit(longest=200), required=True),
            "document": Field("Số văn bản", LineEdit(longest=60)),
        },
        columns=2,
        wide=("name",),
    )
    form.set_values({"kind": UPPER_KINDS[0]})

    def does(values: Mapping[str, Any]) -> None:
        changes = organisation.set_upper(desk.book, values, desk.by)
        desk.changed(changes.entities)
        done()

    sentence = "Quản lý: nơi quyết định kết nạp, thành lập, nhận đoàn phí (thường là LĐLĐ tỉnh). Hỗ trợ địa bàn: công đoàn xã, phường."
    return Ask("Công đoàn cấp trên", sentence, form, does, act="Ghi", over=over)


def _paper(desk: Desk) -> dict[str, Field]:
    return {"day": Field("Từ ngày", DayEdit(desk.today), required=True),
            "document": Field("Số quyết định", LineEdit(longest=60))}  # fmt: skip


def _place(value: Any) -> str:
    return "" if value in (_UNION, None) else str(value)


def _picked(form: Form, name: str) -> str:
    choice = form.fields[name].editor.choice()
    return str(choice.value) if choice else ""
