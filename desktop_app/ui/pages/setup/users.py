"""*Người dùng và quyền* of the settings: who works in the book, who sees what is private, who looked lately."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from desktop_app.actions import expiry, sensitive, users
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import entity_of
from desktop_app.domain.records import Person, User
from desktop_app.ui import theme
from desktop_app.ui.page import Desk
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.columns import Column, State
from desktop_app.ui.widgets.editors import LineEdit
from desktop_app.ui.widgets.empty import Empty
from desktop_app.ui.widgets.form import Field, Form, fields_of
from desktop_app.ui.widgets.secret import SecretEdit
from desktop_app.ui.widgets.table import Table

_SENTENCE = (
    "Tên phải đúng như tên ở Thiết lập của máy người đó. Mật khẩu riêng được hỏi khi xem thông tin riêng tư;"
    " người Chỉ xem không ghi được gì vào sổ."
)


class UsersDialog(QDialog):
    """The list of users and the looks at what is private."""

    def __init__(self, desk: Desk, over: QWidget | None = None) -> None:
        super().__init__(over)
        self._desk = desk
        self._names: dict[str, str] = {}
        self.asking: Ask | None = None
        self.setWindowTitle("Người dùng và quyền")
        self.table = Table(
            (
                Column("name", "Họ và tên", lambda user: user.name, "name", width=200, stretch=True),
                Column("role", "Vai trò", lambda user: user.role, width=130),
                Column("sees", "Thông tin riêng tư", lambda user: State("Được xem", "ok") if user.sees else None, "state", width=150),
                Column("own", "Mật khẩu riêng", lambda user: bool(user.verifier), "flag", width=130),
            ),
            name="users", noun="người dùng", settings=desk.settings, find=False, select_many=False,
            empty=Empty("Chưa ghi ai: người đang ngồi máy này được xem thông tin riêng tư.", "Thêm người dùng", self.add),
        )  # fmt: skip
        self.table.opened.connect(self.change)
        self.looks = Table(
            (
                Column("at", "Lúc", lambda look: f"{look.at[8:10]}/{look.at[5:7]}/{look.at[:4]} {look.at[11:16]}", width=142),
                Column("who", "Người xem", lambda look: look.who, width=140),
                Column("person", "Của ai", lambda look: self._names.get(look.person, ""), "name", width=150),
                Column("what", "Việc", lambda look: look.what, width=190),
                Column("why", "Lý do", lambda look: look.why, width=140, stretch=True),
            ),
            name="accesses", noun="lần xem", settings=desk.settings, select_many=False,
            empty=Empty("Chưa ai xem thông tin riêng tư."),
        )  # fmt: skip
        self.due = Table(
            (
                Column("name", "Họ và tên", lambda one: one.name, "name", width=200, stretch=True),
                Column("left", "Ngày thôi", lambda one: one.left, "day", width=110),
                Column("what", "Đã hết hạn giữ", lambda one: "Toàn bộ" if one.whole else "Riêng tư, gia đình, hồ sơ", width=210),
            ),
            name="expired", noun="người", settings=desk.settings, empty=Empty("Chưa có dữ liệu nào hết hạn giữ."),
        )  # fmt: skip
        self._lay_out()
        self.read()

    def read(self) -> None:
        """Show what the book says now."""
        self.table.show_rows(users.everyone(self._desk.book), same=lambda user: user.id)
        self.due.show_rows(expiry.due(self._desk.book, self._desk.today()), same=lambda one: one.person)
        looks = sensitive.accesses(self._desk.book)
        for id_ in {look.person for look in looks} - set(self._names):
            person = self._desk.book.get(Person, id_)
            self._names[id_] = person.name if person else ""
        self.looks.show_rows(looks, same=lambda look: look.id)

    def erase(self) -> None:
        """Ask for the reason and a last word, then erase what is due of those chosen, or of all."""
        chosen = self.due.chosen() or list(self.due.seen()[1])
        if not chosen:
            return
        form = Form({
            "reason": Field("Lý do xóa", LineEdit(longest=250), required=True),
            "word": Field("Gõ chữ XÓA để xác nhận", LineEdit(longest=10), required=True),
        })  # fmt: skip
        form.set_values({"reason": "Hết thời hạn lưu giữ"})

        def does(values: Mapping[str, Any]) -> None:
            if str(values["word"]).strip().upper() != "XÓA":
                raise Refused([Problem("word", "Hãy gõ đúng chữ XÓA.")])
            day, ids = self._desk.today(), {one.person for one in chosen}
            expiry.carry_out(self._desk.book, ids, str(values["reason"] or ""), self._desk.by, day)
            self._desk.changed({"person", "wage", "data_request", "sensitive", "child"})
            self.read()

        sentence = f"Xóa hẳn dữ liệu đã hết hạn của {len(chosen)} người, trên mọi máy sau lần đồng bộ tới. Không lấy lại được."
        self.asking = Ask("Xóa dữ liệu hết hạn", sentence, form, does, act="Xóa hẳn", over=self)
        self.asking.open()

    def add(self) -> Ask:
        """Ask for one more user; the first is offered as who sits here."""
        return self._ask("Thêm người dùng", None)

    def change(self, user: User) -> Ask:
        """Ask for a user's role, right and password."""
        return self._ask(f"Sửa {user.name}", user)

    def remove(self) -> None:
        """Take the chosen user off the list."""
        user = self.table.current()
        if user is None:
            return
        form = Form(self._proof())

        def does(values: Mapping[str, Any]) -> None:
            users.remove(self._desk.book, user.id, self._desk.by, own_password=str(values.get("own_password") or ""))
            self._done()

        self.asking = Ask("Bỏ người dùng", f"Bỏ {user.name} khỏi danh sách? Việc đã ghi vẫn giữ tên.", form, does, act="Bỏ", over=self)
        self.asking.open()

    def _ask(self, title: str, user: User | None) -> Ask:
        fields = fields_of(entity_of(User), ("name", "role", "sees"))
        fields["password"] = Field("Mật khẩu riêng mới", SecretEdit(), note="Bỏ trống: giữ như cũ. Gõ dấu - để bỏ mật khẩu.")
        form = Form({**fields, **self._proof()})
        first = not users.everyone(self._desk.book)
        form.set_values(
            {name: getattr(user, name) for name in ("name", "role", "sees")} if user else
            {"name": self._desk.by if first else "", "sees": first}
        )  # fmt: skip

        def does(values: Mapping[str, Any]) -> None:
            given = {name: value for name, value in values.items() if name != "own_password"}
            proof = str(values.get("own_password") or "")
            try:
                users.save(self._desk.book, given, self._desk.by, id_=user.id if user else "", own_password=proof)
            finally:
                form.fields["password"].editor.set_value("")
            self._done()

        self.asking = Ask(title, _SENTENCE, form, does, act="Lưu", over=self)
        self.asking.open()
        return self.asking

    def _proof(self) -> dict[str, Field]:
        if not users.needs_password(self._desk.book, self._desk.by):
            return {}
        return {"own_password": Field(f"Mật khẩu riêng của {self._desk.by}", SecretEdit(), required=True)}

    def _done(self) -> None:
        self.read()
        self._desk.changed({"user"})

    def _lay_out(self) -> None:
        self.table.add_tool(
            KeyButton("Thêm người dùng", "F2", glyph="plus", clicked=self.add),
            KeyButton("Bỏ", clicked=self.remove),
        )
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.addTab(self.table, "Người dùng")
        tabs.addTab(self.looks, "Nhật ký xem")
        self.due.add_tool(KeyButton("Xóa dữ liệu hết hạn…", clicked=self.erase))
        tabs.addTab(self.due, "Hết hạn giữ")
        feet = QHBoxLayout()
        feet.addStretch(1)
        feet.addWidget(KeyButton("Đóng", "Esc", clicked=self.reject))
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.addWidget(tabs, 1)
        column.addLayout(feet)
        for button in self.findChildren(KeyButton):
            button.setAutoDefault(False)
        look = theme.worn()
        self.resize(look.px(880), look.px(460))
