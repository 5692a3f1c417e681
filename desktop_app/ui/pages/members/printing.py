"""*In…* of the list of members: lists, a list to sign, cards, labels, a personal sheet, of the chosen or seen rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QMenu

from desktop_app.actions import member_papers, sensitive, users
from desktop_app.domain.amounts import format_amount
from desktop_app.domain.errors import Problem, Refused
from desktop_app.storage import lists
from desktop_app.storage.book import Book
from desktop_app.storage.lists import Listed
from desktop_app.ui.page import Page
from desktop_app.ui.pages.members.list import MemberList
from desktop_app.ui.paper_menu import PaperMenu
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.editors import LineEdit, MoneyEdit
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.secret import SecretEdit
from desktop_app.ui.widgets.suggestions import Choice


class MemberPrint(PaperMenu):
    """Writes papers of the people of a list with a worker, which reads them, and opens them."""

    def __init__(self, page: Page, shown: MemberList) -> None:
        super().__init__(page, "In…", "F9", "printer-outline", "In danh sách, danh sách ký nhận, thẻ, nhãn, phiếu cá nhân")
        self._list, self.told = shown, shown.sieves.told

    def menu(self) -> QMenu:
        """The papers one can print."""
        menu = QMenu(self._page)
        many = len(self._list.numbers())
        whose = "đã chọn" if many != self._list.model.rowCount() else "đang hiện"
        menu.addAction(f"{format_amount(many)} người {whose}").setEnabled(False)
        menu.addSeparator()
        for text, does in (
            ("Danh sách (PDF)", self.print_list),
            ("Danh sách có đủ số CCCD (PDF)", partial(self.print_list, whole=True)),
            ("Danh sách ra Excel…", self.save_excel),
            ("Danh sách ra Excel theo mẫu…", self.ask_profile),
            ("Danh sách con (quà 1/6, Trung thu)", self.print_children),
            ("Danh sách có thông tin riêng tư…", self.ask_private),
            ("Danh sách ký nhận…", self.ask_signing),
            ("Thẻ đoàn viên (10 thẻ một trang A4)", self.print_cards),
            ("Nhãn (24 nhãn một trang A4)", self.print_labels),
        ):
            menu.addAction(text).triggered.connect(lambda _=False, does=does: does())
        menu.addSeparator()
        one = menu.addAction("Phiếu cá nhân của người đang xem")
        one.setEnabled(self._list.table.current() is not None)
        one.triggered.connect(lambda *_: self.print_sheet())
        return menu

    def people(self) -> list[Listed]:
        """Those chosen if there are several, else all that the filters show, in the order seen."""
        return lists.page(self._desk.book, self._list.numbers(), self._desk.today())

    def print_list(self, *, whole: bool = False) -> None:
        """The list with the columns seen; `whole` prints CCCD in full."""
        numbers, columns, day, told = self._list.numbers(), self._columns(), self._desk.today(), self.told()
        by = self._desk.by

        def write(book: Book, path: Path) -> None:
            people = lists.page(book, numbers, day)
            member_papers.write_list(book, people, columns, path, day, told=told, whole=whole, by=by)

        self.to_pdf("danh-sach", write)

    def save_excel(self) -> None:
        """Ask where, and write the list there."""
        numbers, columns, day, told = self._list.numbers(), self._columns(), self._desk.today(), self.told()

        def write(book: Book, path: Path) -> None:
            member_papers.write_list(book, lists.page(book, numbers, day), columns, path, day, told=told)

        self.to_excel("danh-sach-doan-vien", write)

    def ask_profile(self) -> None:
        """Which columns under which headings: a profile that is kept."""
        from desktop_app.ui.pages.members.export import MemberExport  # writes Excel: loaded when it is wanted

        self.exporting = MemberExport(self._desk, [one.id for one in self.people()], self._page.window())
        self.exporting.open()

    def ask_signing(self) -> None:
        """What is handed out and how much to each."""
        numbers = self._list.numbers()
        form = Form({
            "title": Field("Nội dung nhận", LineEdit(longest=200), required=True),
            "amount": Field("Số tiền mỗi người (bỏ trống nếu phát quà)", MoneyEdit(in_words=False)),
        })  # fmt: skip
        sentence = f"Danh sách {len(numbers)} người để ký nhận tiền hoặc quà."
        self.asking = Ask(
            "Danh sách ký nhận", sentence, form, partial(self._signing, numbers), act="In", over=self._page.window()
        )
        self.asking.open()

    def _signing(self, numbers: Sequence[int], values: Mapping[str, Any]) -> None:
        title, amount, day = str(values["title"] or ""), values["amount"] or 0, self._desk.today()
        if not title.strip():
            raise Refused([Problem("title", "Hãy ghi nội dung nhận, ví dụ: Quà Ngày Phụ nữ Việt Nam 20/10.")])

        def write(book: Book, path: Path) -> None:
            member_papers.write_signing(book, lists.page(book, numbers, day), path, day, title=title, amount=amount)

        self.to_pdf("ky-nhan", write)

    def print_children(self) -> None:
        """Their children below the age for gifts."""
        numbers, day = self._list.numbers(), self._desk.today()

        def write(book: Book, path: Path) -> None:
            member_papers.write_children(book, lists.page(book, numbers, day), path, day)

        self.to_pdf("con-doan-vien", write)

    def ask_private(self) -> None:
        """Which sensitive fact, and why; what is written is noted person by person."""
        numbers, book, by = self._list.numbers(), self._desk.book, self._desk.by
        kinds = [Choice(known.key, known.label) for known in sensitive.kinds(book)]
        fields = {
            "what": Field("Thông tin", PickEdit(kinds), required=True),
            "reason": Field("Lý do", LineEdit(longest=300), required=True),
        }
        if users.needs_password(book, by):
            fields["own_password"] = Field(f"Mật khẩu riêng của {by}", SecretEdit())

        def does(values: Mapping[str, Any]) -> None:
            password, reason, what = str(values.get("own_password") or ""), str(values["reason"] or ""), values["what"]
            if not what:
                raise Refused([Problem("what", "Hãy chọn thông tin cần lập danh sách.")])
            users.admit(book, by, password)
            day = self._desk.today()

            def write(book: Book, path: Path) -> None:
                people = lists.page(book, numbers, day)
                member_papers.write_sensitive(book, people, [what], path, day, reason=reason, by=by, password=password)

            self.to_pdf("thong-tin-rieng-tu", write)

        sentence = f"Trong {len(numbers)} người, chỉ ai có thông tin này mới có trong danh sách. Việc lập danh sách được ghi lại."
        self.asking = Ask("Danh sách có thông tin riêng tư", sentence, Form(fields), does, act="In", over=self._page.window())
        self.asking.open()

    def print_cards(self) -> None:
        """Cards; says how many people have no card number."""
        numbers, day, without = self._list.numbers(), self._desk.today(), 0

        def write(book: Book, path: Path) -> None:
            nonlocal without
            people = lists.page(book, numbers, day)
            without = sum(not one.card for one in people)
            member_papers.write_cards(book, people, path, day)

        def done(path: Path) -> None:
            self.show_paper(path)
            if without:
                self._desk.say(f"{without} người chưa có số thẻ nên không có trong bản in thẻ.")

        self.to_pdf("the-doan-vien", write, done)

    def print_labels(self) -> None:
        """A label for each."""
        numbers, day = self._list.numbers(), self._desk.today()

        def write(book: Book, path: Path) -> None:
            member_papers.write_labels(book, lists.page(book, numbers, day), path, day)

        self.to_pdf("nhan", write)

    def print_sheet(self) -> None:
        """The sheet of the person looked at, with the dues of the year looked at."""
        one, year, day, by = self._list.table.current(), self._desk.year, self._desk.today(), self._desk.by
        if one is not None:
            write = partial(_write_sheet, id_=one.id, year=year, day=day, by=by)
            self.to_pdf("phieu-ca-nhan", write)

    def _columns(self) -> list[str]:
        return [column.key for column in self._list.table.seen()[0]]


def _write_sheet(book: Book, path: Path, *, id_: str, year: int, day: date, by: str) -> None:
    member_papers.write_sheet(book, id_, year, path, day, by=by)
