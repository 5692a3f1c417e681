"""The four short steps of a new book, each with its form: the union, the person, the data, the backup place."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions import backups, funds, setup
from desktop_app.actions.setup import Door, Made
from desktop_app.domain.errors import Problem, Refused, Trouble
from desktop_app.domain.fields import entity_of
from desktop_app.domain.records import Union
from desktop_app.exchange import province_file
from desktop_app.exchange.province_file import ProvinceFile
from desktop_app.ui import files
from desktop_app.ui.page import Desk
from desktop_app.ui.start.importing import ImportPanel
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.editors import DayEdit, LineEdit, MoneyEdit
from desktop_app.ui.widgets.form import Field, Form, field_of
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.secret import SecretEdit
from desktop_app.ui.widgets.suggestions import Choice
from desktop_app.ui.widgets.texts import label

PROVINCE = "province.json"


class Step(QWidget):
    """One step: a sentence, a form, and `take`, which raises `Refused` or `Trouble` if it cannot go on."""

    title: ClassVar[str]
    sentence: ClassVar[str]
    can_wait = False
    ready = Signal()  # Enter in the last field

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.banner = Banner()
        self.column.addWidget(self.banner)

    def take(self) -> None:
        """Do what the step is for."""

    def refuse(self, problems: Sequence[Problem], form: Form | None = None) -> None:
        """Show refusals under their fields, what belongs to none on top."""
        homeless = form.show_problems(problems) if form else [p.problem for p in problems]
        self.banner.say(" ".join(homeless), "bad")


class UnionStep(Step):
    """Which union: typed, or picked from the province's file."""

    title = "Đơn vị của bạn"
    sentence = "Ghi đúng mã và tên công đoàn cơ sở như LĐLĐ tỉnh đã cấp: hai điều này in trên mọi báo cáo."
    restore_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.province: Path | None = None
        declared = entity_of(Union)
        self.pick = PickEdit(placeholder="Gõ một phần tên hoặc mã đơn vị")
        self.pick.picked.connect(self._picked)
        groups = [Choice(number, f"{number} — {name}") for number, name in funds.GROUPS.items()]
        self.form = Form(
            {
                "pick": Field("Chọn đơn vị trong tệp của tỉnh", self.pick),
                "code": field_of(declared.field("code")),
                "name": field_of(declared.field("name")),
                "upper": field_of(declared.field("upper"), text="Công đoàn cấp trên trực tiếp"),
                "dues_group": Field("Nhóm đoàn phí", PickEdit(groups)),
            }
        )
        self.form.fields["pick"].hide()
        self.form.fields["dues_group"].editor.set_value(3)
        self.form.fields["dues_group"].note("Theo QĐ 61/QĐ-TLĐ; đổi được trong Thiết lập.")
        self.form.finished.connect(self.ready)
        self.column.addWidget(self.form)
        row = QHBoxLayout()
        row.addWidget(KeyButton("Chọn từ tệp của tỉnh…", glyph="file-search-outline", clicked=self.read_province))
        row.addWidget(KeyButton("Mở sổ từ bản sao lưu…", glyph="backup-restore", clicked=self.restore_wanted.emit))
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def read_province(self) -> None:
        """Let the union be picked from the province's file."""
        path = files.to_open(self, "Tệp của tỉnh", "Tệp của tỉnh (*.json);;Mọi tệp (*)")
        if path is None:
            return
        try:
            read = province_file.read(path)
        except (Refused, Trouble) as error:
            self.banner.say(str(error), "bad")
            return
        self.province = path
        self._offer(read)

    def take(self) -> None:
        problems = [
            Problem(name, f"Hãy nhập {self.form.fields[name].text()}.")
            for name in ("code", "name")
            if not self.form.values()[name]
        ]
        if self.form.values()["dues_group"] not in funds.GROUPS:
            problems.append(Problem("dues_group", "Hãy chọn một nhóm trong danh sách."))
        if problems:
            raise Refused(problems)

    def _offer(self, read: ProvinceFile) -> None:
        self.pick.offer([Choice(code, name, code) for code, name in read.units])
        self.form.fields["pick"].show()
        self.banner.say(f"Tệp của tỉnh có {len(read.units)} đơn vị. Mã kiểm tra của máy chủ: {read.fingerprint}", "info")
        self.pick.setFocus()

    def _picked(self, code: str) -> None:
        choice = self.pick.choice()
        self.form.set_values({"code": code, "name": choice.text if choice else ""})


class PersonStep(Step):
    """Who sits at the book; a passphrase only where the system has no key store."""

    title = "Bạn là ai"
    sentence = "Tên bạn được ghi cạnh mỗi việc bạn làm trong sổ."

    def __init__(self, union: UnionStep, profile: Path, year: int) -> None:
        super().__init__()
        self._union, self._profile, self._year = union, profile, year
        self.made: Made | None = None
        self.way: Door | None = None
        parts = {
            "actor": Field("Họ và tên", LineEdit("Ví dụ: Trần Thị Hoa", longest=100), required=True),
            "role": Field("Vai trò", PickEdit([Choice(role, role) for role in setup.ROLES], free=True)),
        }
        parts["role"].editor.set_value("Kế toán")
        self.must = setup.must_set_passphrase()
        if self.must:
            parts["passphrase"] = Field("Mật khẩu mở sổ", SecretEdit(), required=True)
            parts["again"] = Field("Gõ lại mật khẩu", SecretEdit(), required=True)
            parts["passphrase"].note("Ít nhất 8 ký tự. Máy này không có kho khóa nên mỗi lần mở sổ phải gõ mật khẩu.")
        self.form = Form(parts)
        self.form.finished.connect(self.ready)
        self.form.setMaximumWidth(420)
        self.column.addWidget(self.form)
        self.column.addStretch(1)

    def take(self) -> None:
        values, union = self.form.values(), self._union.form.values()
        problems = [] if values["actor"] else [Problem("actor", "Hãy nhập họ và tên của bạn.")]
        if self.must:
            problems += weak(str(values["passphrase"] or ""), str(values["again"] or ""))
        if problems:
            raise Refused(problems)
        secret = str(values["passphrase"]) if self.must else None
        self.made = setup.make_book(
            self._profile, code=union["code"], name=union["name"], upper=union["upper"], group=union["dues_group"],
            actor=self.name, role=self.role, first_year=self._year, passphrase=secret,
        )  # fmt: skip
        self.way = setup.door(self._profile, secret)
        if self._union.province is not None:
            shutil.copy(self._union.province, self._profile / PROVINCE)

    @property
    def name(self) -> str:
        return str(self.form.values()["actor"] or "")

    @property
    def role(self) -> str:
        return str(self.form.values()["role"] or "")


class DataStep(Step):
    """What the union has: its workbook in Excel, or what cash and bank hold."""

    title = "Đưa số liệu vào"
    sentence = "Nhập tệp Excel của đơn vị, hoặc chỉ ghi số tiền đang có. Cả hai đều làm sau được."
    can_wait = True

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.panel = ImportPanel(desk)
        self.form = Form(
            {
                "day": Field("Tính đến ngày", DayEdit(desk.today)),
                "cash": Field("Tiền mặt đang có", MoneyEdit()),
                "bank": Field("Ngân hàng", LineEdit("Ví dụ: Agribank", longest=100)),
                "account": Field("Số tài khoản", LineEdit(longest=40)),
                "deposit": Field("Tiền gửi đang có", MoneyEdit()),
            },
            columns=2,
        )
        self.form.fields["day"].editor.set_value(desk.today().replace(month=1, day=1))
        self.form.finished.connect(self.ready)
        self.column.addWidget(label("Nhập từ Excel", "subtitle"))
        self.column.addWidget(self.panel)
        self.column.addWidget(label("Hoặc ghi số dư đầu kỳ", "subtitle"))
        self.column.addWidget(self.form)
        self.column.addStretch(1)

    def take(self) -> None:
        values = self.form.values()
        day, made = values["day"], []
        if values["cash"] is not None:
            made.append({"code": "TM", "name": "Tiền mặt", "kind": "Tiền mặt", "opening": values["cash"], "opened": day})
        if any(values[name] for name in ("bank", "account")) or values["deposit"] is not None:
            made.append(
                {"code": "NH", "name": values["bank"] or "Tiền gửi", "kind": "Tiền gửi", "bank": values["bank"],
                 "account": values["account"], "opening": values["deposit"], "opened": day}
            )  # fmt: skip
        if not made:
            return
        try:
            funds.add(self._desk.book, made, self._desk.by)
        except Refused as refused:
            raise Refused(
                [Problem({"opening": "cash", "opened": "day"}.get(p.field, p.field), p.problem) for p in refused.problems]
            ) from refused


class BackupStep(Step):
    """Where the daily backup goes."""

    title = "Nơi sao lưu"
    sentence = (
        "Mỗi ngày chương trình tự ghi một bản sao lưu đã mã hóa. Hãy chọn USB hoặc thư mục mạng: "
        "để chung ổ đĩa với sổ thì máy hỏng là mất cả hai."
    )
    can_wait = True

    def __init__(self, desk: Desk, way: Door) -> None:
        super().__init__()
        self._desk, self._way = desk, way
        self.shown = label("Chưa chọn thư mục nào.", "muted", wrap=True)
        row = QHBoxLayout()
        row.addWidget(KeyButton("Chọn thư mục…", tone="primary", glyph="folder-outline", clicked=self.choose))
        row.addWidget(self.shown, 1)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def choose(self) -> None:
        folder = files.folder(self, "Nơi sao lưu")
        if folder is None:
            return
        try:
            backups.choose(self._way.profile, folder)
        except Refused as refused:
            self.banner.say(str(refused), "bad")
            return
        self.banner.hide()
        self.shown.setText(str(folder))

    def take(self) -> None:
        if not backups.state(self._way.profile).folder:
            raise Refused("Hãy chọn một thư mục, hoặc bấm Để sau.")


def weak(passphrase: str, again: str) -> list[Problem]:
    """What is wrong with a passphrase typed twice."""
    if len(passphrase) < 8:
        return [Problem("passphrase", "Mật khẩu cần ít nhất 8 ký tự.")]
    return [] if passphrase == again else [Problem("again", "Hai lần gõ không giống nhau. Hãy gõ lại.")]
