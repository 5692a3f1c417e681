"""*Dữ liệu…* of the member form: hand a person all that is kept of them, or erase it when its time has come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.actions import data_requests, users
from desktop_app.domain.errors import Problem, Refused
from desktop_app.ui import files
from desktop_app.ui.page import Desk
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.editors import LineEdit
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.secret import SecretEdit


class MemberData:
    """Works on the person whose id `whose` answers; `gone` is called when they were erased."""

    def __init__(self, desk: Desk, over: QWidget, whose: Callable[[], str], gone: Callable[[], None]) -> None:
        self._desk, self._over, self._whose, self._gone = desk, over, whose, gone
        self.show_paper: Callable[[Path], object] = files.show
        self.asking: Ask | None = None
        self.button = KeyButton("Dữ liệu…", tone="link", clicked=self._open_menu)
        self.button.setToolTip("Trả dữ liệu cá nhân theo yêu cầu, hoặc xóa khi hết thời hạn lưu giữ")

    def _open_menu(self) -> None:
        menu = QMenu(self._over)
        menu.addAction("Trả hồ sơ dữ liệu theo yêu cầu…").triggered.connect(lambda *_: self.ask_file())
        menu.addAction("Xóa dữ liệu của người này…").triggered.connect(lambda *_: self.ask_erase())
        menu.exec(self.button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
        menu.deleteLater()

    def ask_file(self) -> None:
        """How the request came; then the folder, then the two files."""
        fields = {"reason": Field("Yêu cầu bằng cách nào (đơn, thư, trực tiếp)", LineEdit(longest=300))}
        if users.needs_password(self._desk.book, self._desk.by):
            fields["own_password"] = Field(f"Mật khẩu riêng của {self._desk.by}", SecretEdit())
        form = Form(fields)
        sentence = (
            "Ghi ra PDF và JSON mọi thông tin sổ đang giữ của người này, kể cả lịch sử thay đổi. Yêu cầu được ghi vào"
            " nhật ký; thời hạn trả lời là 2 ngày làm việc. Hai tệp không có khóa: hãy giao xong rồi xóa."
        )
        self.asking = Ask(
            "Trả hồ sơ dữ liệu", sentence, form, partial(self._file, self._whose()), act="Chọn nơi ghi…",
            over=self._over.window(),
        )  # fmt: skip
        self.asking.open()

    def _file(self, id_: str, values: Mapping[str, Any]) -> None:
        if data_requests.holds_private(self._desk.book, id_):
            users.admit(self._desk.book, self._desk.by, str(values.get("own_password") or ""))
        folder = files.folder(self._over, "Ghi hồ sơ dữ liệu vào thư mục")
        if folder is None:
            raise Refused("Hãy chọn thư mục để ghi hồ sơ.")
        password = str(values.get("own_password") or "")
        reason, day, by, opened = str(values["reason"] or ""), self._desk.today(), self._desk.by, self._desk.open_book

        def work(_: object) -> Path:
            book = opened()
            try:
                return data_requests.hand_over(book, id_, folder, reason=reason, day=day, by=by, password=password)[0]
            finally:
                book.close()

        def done(path: Path) -> None:
            self._desk.changed({"data_request"})
            self._desk.say("Đã ghi hồ sơ dữ liệu (PDF và JSON).", "Mở tệp", lambda: self.show_paper(path))

        self._desk.tasks.run(work, done, lambda error: self._desk.say(str(error)), owner=self._over)

    def ask_erase(self) -> None:
        """Why it may not be erased yet, or the reason and a last word."""
        book, id_ = self._desk.book, self._whose()
        form = Form({
            "reason": Field("Lý do xóa", LineEdit(longest=300), required=True),
            "word": Field("Gõ chữ XÓA để xác nhận", LineEdit(longest=10), required=True),
        })  # fmt: skip
        kept = data_requests.why_kept(book, id_, self._desk.today())
        sentence = kept or (
            "Họ tên, ngày sinh, CCCD, lương và mọi thông tin khác của người này bị xóa hẳn khỏi sổ và nhật ký, trên mọi"
            " máy sau lần đồng bộ tới. Không lấy lại được. Số thẻ và biến động được giữ."
        )
        self.asking = Ask(
            "Xóa dữ liệu cá nhân", sentence, form, partial(self._erase, id_), act="Xóa hẳn", over=self._over.window()
        )
        self.asking.act.setEnabled(not kept)
        form.setVisible(not kept)
        self.asking.open()

    def _erase(self, id_: str, values: Mapping[str, Any]) -> None:
        if str(values["word"]).strip().upper() != "XÓA":
            raise Refused([Problem("word", "Hãy gõ đúng chữ XÓA.")])
        data_requests.erase(self._desk.book, id_, str(values["reason"]), self._desk.by, self._desk.today())
        self._gone()
        self._desk.say("Đã xóa dữ liệu của người này.")
        self._desk.changed({"person", "wage", "data_request"})
