"""*In…* of the list of members: lists, a list to sign, cards, labels, a personal sheet, of the chosen or seen rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QTemporaryDir
from PySide6.QtWidgets import QLineEdit, QMenu

from desktop_app.actions import member_papers, sensitive, users
from desktop_app.domain.errors import Problem, Refused
from desktop_app.storage.book import Book
from desktop_app.storage.members import Listed
from desktop_app.ui import files
from desktop_app.ui.page import Page
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.editors import LineEdit, MoneyEdit
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.suggestions import Choice
from desktop_app.ui.widgets.table import Table

_EXCEL = "Tệp Excel (*.xlsx)"


class MemberPrint:
    """Writes papers with a worker and opens them; `table` answers the list's table."""

    def __init__(self, page: Page, table: Callable[[], Table]) -> None:
        self._page, self._desk, self._table = page, page.desk, table
        self._folder: QTemporaryDir | None = None
        self.show_paper: Callable[[Path], object] = files.show
        self.told: Callable[[], str] = lambda: ""  # which people are seen: "Tổ may 2 · Nữ"
        self.button = KeyButton("In…", "F9", glyph="printer-outline", clicked=self.open_menu)
        self.button.setToolTip("In danh sách, danh sách ký nhận, thẻ, nhãn, phiếu cá nhân (F9)")

    def open_menu(self) -> None:
        """Under the button; what is printed is told on top."""
        menu = self.menu()
        menu.exec(self.button.mapToGlobal(QPoint(0, self.button.height() + 2)))
        menu.deleteLater()

    def menu(self) -> QMenu:
        """The papers one can print."""
        menu = QMenu(self._page)
        people = self.people()
        chosen = len(people) != len(self._table().seen()[1])
        menu.addSection(f"{len(people)} người {'đã chọn' if chosen else 'đang hiện'}")
        for text, does in (
            ("Danh sách (PDF)", self.print_list),
            ("Danh sách có đủ số CCCD (PDF)", partial(self.print_list, whole=True)),
            ("Danh sách ra Excel…", self.save_excel),
            ("Danh sách con (quà 1/6, Trung thu)", self.print_children),
            ("Danh sách có thông tin riêng tư…", self.ask_private),
            ("Danh sách ký nhận…", self.ask_signing),
            ("Thẻ đoàn viên (10 thẻ một trang A4)", self.print_cards),
            ("Nhãn (24 nhãn một trang A4)", self.print_labels),
        ):
            menu.addAction(text).triggered.connect(lambda _=False, does=does: does())
        menu.addSeparator()
        one = menu.addAction("Phiếu cá nhân của người đang xem")
        one.setEnabled(self._table().current() is not None)
        one.triggered.connect(lambda *_: self.print_sheet())
        return menu

    def people(self) -> list[Listed]:
        """Those chosen if there are several, else all that the filters show, in the order seen."""
        chosen = self._table().chosen()
        return chosen if len(chosen) > 1 else list(self._table().seen()[1])

    def print_list(self, *, whole: bool = False) -> None:
        """The list with the columns seen; `whole` prints CCCD in full."""
        people, columns, day, told = self.people(), self._columns(), self._desk.today(), self.told()
        by = self._desk.by

        def write(book: Book, path: Path) -> None:
            member_papers.write_list(book, people, columns, path, day, told=told, whole=whole, by=by)

        self._make("danh-sach.pdf", write)

    def save_excel(self) -> None:
        """Ask where, and write the list there."""
        path = files.to_save(self._page, "Danh sách ra Excel", "danh-sach-doan-vien.xlsx", _EXCEL)
        if path is None:
            return
        people, columns, day, told = self.people(), self._columns(), self._desk.today(), self.told()
        self._write(
            path, lambda book, path: member_papers.write_list(book, people, columns, path, day, told=told), self._saved
        )

    def ask_signing(self) -> None:
        """What is handed out and how much to each."""
        people = self.people()
        form = Form({
            "title": Field("Nội dung nhận", LineEdit(longest=200), required=True),
            "amount": Field("Số tiền mỗi người (bỏ trống nếu phát quà)", MoneyEdit(in_words=False)),
        })  # fmt: skip
        sentence = f"Danh sách {len(people)} người để ký nhận tiền hoặc quà."
        self.asking = Ask(
            "Danh sách ký nhận", sentence, form, partial(self._signing, people), act="In", over=self._page.window()
        )
        self.asking.open()

    def _signing(self, people: Sequence[Listed], values: Mapping[str, Any]) -> None:
        title, amount, day = str(values["title"] or ""), values["amount"] or 0, self._desk.today()
        if not title.strip():
            raise Refused([Problem("title", "Hãy ghi nội dung nhận, ví dụ: Quà Ngày Phụ nữ Việt Nam 20/10.")])

        def write(book: Book, path: Path) -> None:
            member_papers.write_signing(book, people, path, day, title=title, amount=amount)

        self._make("ky-nhan.pdf", write)

    def print_children(self) -> None:
        """Their children below the age for gifts."""
        people, day = self.people(), self._desk.today()
        self._make("con-doan-vien.pdf", lambda book, path: member_papers.write_children(book, people, path, day))

    def ask_private(self) -> None:
        """Which sensitive fact, and why; what is written is noted person by person."""
        people, book, by = self.people(), self._desk.book, self._desk.by
        kinds = [Choice(known.key, known.label) for known in sensitive.kinds()]
        fields = {
            "what": Field("Thông tin", PickEdit(kinds), required=True),
            "reason": Field("Lý do", LineEdit(longest=300), required=True),
        }
        if users.needs_password(book, by):
            secret = LineEdit(longest=100)
            secret.setEchoMode(QLineEdit.EchoMode.Password)
            fields["own_password"] = Field(f"Mật khẩu riêng của {by}", secret)

        def does(values: Mapping[str, Any]) -> None:
            password, reason, what = str(values.get("own_password") or ""), str(values["reason"] or ""), values["what"]
            if not what:
                raise Refused([Problem("what", "Hãy chọn thông tin cần lập danh sách.")])
            users.admit(book, by, password)
            day = self._desk.today()

            def write(book: Book, path: Path) -> None:
                member_papers.write_sensitive(book, people, [what], path, day, reason=reason, by=by, password=password)

            self._make("thong-tin-rieng-tu.pdf", write)

        sentence = f"Trong {len(people)} người, chỉ ai có thông tin này mới có trong danh sách. Việc lập danh sách được ghi lại."
        self.asking = Ask("Danh sách có thông tin riêng tư", sentence, Form(fields), does, act="In", over=self._page.window())
        self.asking.open()

    def print_cards(self) -> None:
        """Cards; says how many people have no card number."""
        people, day = self.people(), self._desk.today()
        without = sum(not one.card for one in people)

        def done(path: Path) -> None:
            self.show_paper(path)
            if without:
                self._desk.say(f"{without} người chưa có số thẻ nên không có trong bản in thẻ.")

        self._make("the-doan-vien.pdf", lambda book, path: member_papers.write_cards(book, people, path, day), done)

    def print_labels(self) -> None:
        """A label for each."""
        people, day = self.people(), self._desk.today()
        self._make("nhan.pdf", lambda book, path: member_papers.write_labels(book, people, path, day))

    def print_sheet(self) -> None:
        """The sheet of the person looked at, with the dues of the year looked at."""
        one, year, day, by = self._table().current(), self._desk.year, self._desk.today(), self._desk.by
        if one is not None:
            write = partial(_write_sheet, id_=one.id, year=year, day=day, by=by)
            self._make("phieu-ca-nhan.pdf", write)

    def _columns(self) -> list[str]:
        return [column.key for column in self._table().seen()[0]]

    def _make(
        self, name: str, write: Callable[[Book, Path], object], done: Callable[[Path], object] | None = None
    ) -> None:
        self._folder = self._folder or QTemporaryDir()
        self._write(Path(self._folder.path()) / name, write, done or self.show_paper)

    def _write(self, path: Path, write: Callable[[Book, Path], object], done: Callable[[Path], object]) -> None:
        opened = self._desk.open_book

        def work(_: object) -> Path:
            book = opened()
            try:
                write(book, path)
            finally:
                book.close()
            return path

        self._desk.tasks.run(
            work, done, lambda error: self._page.banner.say(str(error), "bad"), owner=self._page
        )

    def _saved(self, path: Path) -> None:
        self._desk.say(f"Đã ghi {path.name}.", "Mở tệp", lambda: files.show(path))


def _write_sheet(book: Book, path: Path, *, id_: str, year: int, day: date, by: str) -> None:
    member_papers.write_sheet(book, id_, year, path, day, by=by)
