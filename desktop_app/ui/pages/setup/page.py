"""*Thiết lập*: the union and its signers, funds, backups and recovery, the user, look and size of letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions import funds, overview, setup
from desktop_app.domain import dates
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.domain.fields import entity_of
from desktop_app.domain.records import Fund, Union
from desktop_app.ui import theme
from desktop_app.ui.page import FOOT, Desk, Page
from desktop_app.ui.pages.setup.safety import Safety
from desktop_app.ui.pages.vouchers.numbering import ask_numbering
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.columns import Column
from desktop_app.ui.widgets.editors import LineEdit
from desktop_app.ui.widgets.empty import Empty
from desktop_app.ui.widgets.form import Field, Form, field_of, fields_of
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.suggestions import Choice
from desktop_app.ui.widgets.table import Table
from desktop_app.ui.widgets.texts import Head, label, panel

if TYPE_CHECKING:
    from desktop_app.ui.pages.importing.wizard import ImportWizard
    from desktop_app.ui.pages.setup.users import UsersDialog

_STEPS = (1, 100, 500, 1000)
_UNION = ("name", "upper", "dues_group", "dues_step", "fee_period", "delegated", "delegated_from", "chair", "accountant",
          "cashier", "tax_code")  # fmt: skip
_FUND = ("code", "kind", "name", "bank", "account", "opening", "opened")


class Setup(Page):
    """The page of what rarely changes."""

    key, title, icon, group = "setup", "Thiết lập", "cog-outline", FOOT
    reads: ClassVar[frozenset[str]] = frozenset({"union", "fund", "backup", "dues_term"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.union = self._union_form()
        self.table = Table(
            (
                Column("code", "Mã", lambda fund: fund.code, width=48),
                Column("name", "Tên", lambda fund: fund.name or fund.kind, width=110, stretch=True),
                Column("account", "Số tài khoản", lambda fund: fund.account, width=128),
                Column("opening", "Số dư đầu", lambda fund: fund.opening, "money", width=110),
                Column("opened", "Từ ngày", lambda fund: fund.opened, "day", width=100, gives_way=1),
            ),
            name="funds", noun="quỹ", settings=desk.settings, find=False, select_many=False,
            empty=Empty("Chưa có quỹ nào. Hãy ghi quỹ tiền mặt trước.", "Thêm quỹ", self.add_fund),
        )  # fmt: skip
        self.table.opened.connect(self.change_fund)
        self.safety = Safety(desk)
        self.user = Form(
            {
                "name": Field("Họ và tên", LineEdit(longest=100)),
                "role": Field("Vai trò", PickEdit([Choice(role, role) for role in setup.ROLES], free=True)),
                "look": Field("Giao diện", PickEdit([Choice(name, text) for name, text in theme.LOOKS.items()])),
                "size": Field("Cỡ chữ", PickEdit([Choice(size, text) for size, text in theme.SIZES.items()])),
            },
            columns=2,
        )
        for name in ("look", "size"):
            self.user.fields[name].editor.picked.connect(lambda _: self._wear())
        self._lay_out()

    def refresh(self) -> None:
        union = overview.union_of(self.desk.book)
        if union is not None:
            step, since = funds.step_now(self.desk.book, self.desk.today())
            self.union.set_values({name: getattr(union, name) for name in _UNION} | {"dues_step": step})
            told = f"Mức đóng từ {dates.show_month(since)}, ở Thu đoàn phí" if since else ""
            self.union.fields["dues_step"].note(told)
            self._code.setText(f"Mã đơn vị {union.code}")
        self.table.show_rows(overview.funds_of(self.desk.book), same=lambda fund: fund.id)
        look = theme.worn()
        self.user.set_values(
            {
                "name": self.desk.by,
                "role": str(self.desk.settings.value("user/role", "Kế toán")),
                "look": str(self.desk.settings.value("look/name", "light")),
                "size": look.percent,
            }
        )
        self.safety.refresh()

    def open_at(self, target: Any) -> None:
        """Go to a part: "union", "funds", "backup" or "recovery"."""
        part = {"funds": self.table.view, "backup": self.safety.choose, "recovery": self.safety.new_code}.get(str(target))
        (part or self.union.fields["name"].editor).setFocus()

    def save(self) -> None:
        """Store the union's facts and the user's name."""
        try:
            changes = funds.change_union(self.desk.book, self.union.values(), self.desk.by, today=self.desk.today())
        except Refused as refused:
            self.banner.say(" ".join(self.union.show_problems(refused.problems)), "bad")
            return
        except Trouble as trouble:
            self.banner.say(str(trouble), "bad")
            return
        self.banner.hide()
        self._keep_user()
        self.desk.changed({*changes.entities, "user"})
        self.desk.say("Đã lưu thiết lập.")

    def import_file(self) -> ImportWizard:
        """*Nhập từ Excel…*: the union's workbook, or any list of people."""
        from desktop_app.ui.pages.importing.wizard import ImportWizard  # reads Excel: loaded when it is wanted

        wizard = ImportWizard(self.desk, self.window())
        wizard.open()
        return wizard

    def add_fund(self) -> Ask:
        """Ask for a new fund."""
        return self._ask_fund("Thêm quỹ, tài khoản", None)

    def change_fund(self, fund: Fund) -> Ask:
        """Ask for a fund's other facts."""
        return self._ask_fund(f"Sửa quỹ {fund.code}", fund)

    def _ask_fund(self, title: str, fund: Fund | None) -> Ask:
        form = Form(fields_of(entity_of(Fund), _FUND), columns=2)
        if fund is not None:
            form.set_values({name: getattr(fund, name) for name in _FUND})

        def does(values: Mapping[str, Any]) -> None:
            book, by = self.desk.book, self.desk.by
            changes = funds.change(book, fund.id, values, by) if fund else funds.add(book, [values], by)
            self.desk.changed(changes.entities)

        sentence = "Số dư đầu kỳ là số tiền quỹ có ở ngày bắt đầu ghi sổ."
        ask = Ask(title, sentence, form, does, act="Lưu", over=self)
        ask.open()
        return ask

    def _keep_user(self) -> None:
        values = self.user.values()
        if values["name"]:
            self.desk.by = str(values["name"])
            self.desk.settings.setValue("user/name", self.desk.by)
        self.desk.settings.setValue("user/role", str(values["role"] or ""))

    def _rights(self) -> KeyButton:
        button = KeyButton("Người dùng và quyền…", tone="link", clicked=self.open_users)
        button.setToolTip("Ai dùng sổ này, ai được xem thông tin riêng tư, ai đã xem")
        return button

    def open_users(self) -> UsersDialog:
        """Who works in the book and who may see what is private."""
        from desktop_app.ui.pages.setup.users import UsersDialog  # seldom opened

        self.users = UsersDialog(self.desk, self.window())
        self.users.open()
        return self.users

    def _wear(self) -> None:
        values = self.user.values()
        name = values["look"] if values["look"] in theme.LOOKS else ""
        size = values["size"] if values["size"] in theme.SIZES else 0
        # The pages are built anew: not from within a signal of one of them.
        QTimer.singleShot(0, self.desk, lambda: self.desk.look_wanted.emit(name, size))

    def _union_form(self) -> Form:
        declared = entity_of(Union)
        groups = PickEdit([Choice(number, f"{number} — {name}") for number, name in funds.GROUPS.items()])
        steps = PickEdit([Choice(step, f"{step:,} đồng".replace(",", ".")) for step in _STEPS])
        own = {"dues_group": groups, "dues_step": steps}
        parts = {name: field_of(declared.field(name), own.get(name)) for name in _UNION}
        return Form(parts, columns=2, wide=("name", "upper", "dues_group"))

    def _lay_out(self) -> None:
        self._code = label("", "muted")
        save = KeyButton("Lưu", "Ctrl+S", tone="primary", clicked=self.save)
        bring = KeyButton("Nhập từ Excel…", glyph="microsoft-excel", clicked=self.import_file)
        numbers = KeyButton("Đánh số chứng từ…", glyph="numeric", clicked=lambda: ask_numbering(self.desk, self.window()))
        self.column.addWidget(Head(self.title, numbers, bring, save))
        self.column.addWidget(self.banner)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(_panel("Đơn vị và người ký", self._code, self.union), 1)
        left.addWidget(_panel("Người dùng, giao diện", self._rights(), self.user))
        self.table.add_tool(KeyButton("Thêm quỹ", glyph="plus", clicked=self.add_fund))
        self.table.setMinimumHeight(theme.worn().px(140))
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(_panel("Quỹ và tài khoản", None, self.table), 1)
        right.addWidget(_panel("Sao lưu và khôi phục", None, self.safety))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(left, 1)
        row.addLayout(right, 1)
        self.column.addLayout(row, 1)


def _panel(title: str, beside: QWidget | None, inner: QWidget) -> QWidget:
    ground = panel()
    inside = QVBoxLayout(ground)
    inside.setContentsMargins(14, 10, 14, 12)
    inside.setSpacing(8)
    head = QHBoxLayout()
    head.addWidget(label(title, "subtitle"))
    head.addStretch(1)
    if beside is not None:
        head.addWidget(beside)
    inside.addLayout(head)
    inside.addWidget(inner)
    if not isinstance(inner, Table):
        inside.addStretch(1)
    return ground
