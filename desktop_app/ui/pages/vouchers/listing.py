"""The list of vouchers: a month at once, a long period by its last rows first while another thread lines up the rest."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Signal

from desktop_app.domain.dates import Period
from desktop_app.storage import ledger, unfinished, voucher_rows
from desktop_app.storage.book import Book
from desktop_app.storage.voucher_rows import Asked, Sent, Sums, VoucherRow
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.vouchers.form import FORM
from desktop_app.ui.pages.vouchers.list import COLUMNS, TYPING, typed_row
from desktop_app.ui.widgets.paged import PAGE, PagedRows
from desktop_app.ui.widgets.sifting import Sift
from desktop_app.ui.widgets.table import Table

FEW = 5000  # so many vouchers are read on the spot; more by another thread, and the window stays alive


@dataclass(frozen=True)
class Answer:
    """Which rows are shown (their numbers; a form that is no voucher yet has one below 0), of how many, their sums, and
    those of the whole period if all its vouchers are asked for."""

    numbers: Sequence[int]
    every: int
    foot: Mapping[str, int]
    period: Sums | None
    sent: Sent
    typed: Mapping[str, VoucherRow]


class VoucherListing(QObject):
    """Fills the table. `filled` comes after every answer of the book, `summed` with the sums of the period (how many
    vouchers they are of is not known at once, then 0 are told)."""

    filled = Signal()
    summed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._number = desk, 0
        self.changing = False  # rows come and go, nobody picks one
        self._asked: Asked | None = None
        self._answer = Answer((), 0, {}, None, None, {})
        self.model = PagedRows(COLUMNS, self._read, add_up=self._add_up)
        self.table: Table
        self.model.wanted.connect(self._again)

    def ask(self, asked: Asked) -> None:
        """Show these vouchers, and the unfinished forms of their days."""
        new, self._asked = asked != self._asked, asked
        self._number += 1
        book, sift, typed = self._desk.book, self.model.sift(), self._typed(asked)
        if not voucher_rows.more_than(book, asked, FEW):
            self._show(self._number, answer(book, asked, sift, typed))
            return
        if new and asked.everything and not sift:
            self._begin(asked)
        elif not new:
            self.model.forget()
        number, open_book = self._number, self._desk.open_book

        def work(_: Any) -> Answer:
            beside = open_book()
            try:
                return answer(beside, asked, sift, typed)
            finally:
                beside.close()

        self._desk.tasks.run(work, partial(self._show, number), self._fail, owner=self)

    def pick(self, id_: str) -> bool:
        """Make the row of a voucher or an unfinished form the current one; False if it is not shown."""
        typed = self._answer.typed.get(id_)
        no = typed.no if typed and typed.no < 0 else voucher_rows.number_of(self._desk.book, id_)
        return self.table.pick_line(self.model.line_of_number(no) if no else -1)

    def row_of(self, id_: str) -> VoucherRow | None:
        """A stored voucher as a row, shown or not."""
        no = voucher_rows.number_of(self._desk.book, id_)
        return next(iter(self._read([no])), None) if no else None

    def leave(self) -> None:
        """No row is the current one."""
        self.table.view.clearSelection()
        self.table.view.setCurrentIndex(QModelIndex())

    def numbers(self) -> list[int]:
        """The numbers of the stored vouchers that are shown; not of those that are being typed."""
        typed = {row.no for row in self._answer.typed.values()}
        return [number for number in self.model.numbers() if number > 0 and number not in typed]

    def stored(self) -> list[VoucherRow]:
        """Those vouchers, read from the book."""
        return self._read(self.numbers())

    def shows_sent(self) -> bool:
        """Was anything ever sent, so that the list says what was?"""
        return self._answer.sent is not None

    def _again(self) -> None:
        if self._asked is not None:
            self.ask(self._asked)

    def _begin(self, asked: Asked) -> None:
        """What is seen first: the latest vouchers, and what all come to."""
        by_item = ledger.item_totals(self._desk.book, asked.first, asked.last).values()
        taken, paid = sum(came for came, _ in by_item), sum(went for _, went in by_item)
        self.changing, self._answer = True, Answer((), 0, {}, None, self._answer.sent, {})
        latest = voucher_rows.last_numbers(self._desk.book, asked, PAGE)
        self.model.begin(latest, sums={"taken": taken, "paid": paid})
        self.table.view.scrollToBottom()
        self.changing = False
        self.summed.emit(Sums(taken, paid, 0, 0))

    def _show(self, number: int, found: Answer) -> None:
        if number != self._number:
            return  # a later question is on its way
        bar, begun = self.table.view.verticalScrollBar(), not self.model.whole
        above, below = bar.value(), bar.maximum() - bar.value()
        self.changing, self._answer = True, found
        self.model.line_up(found.numbers, every=found.every, sums=found.foot)
        bar.setValue(bar.maximum() - below if begun else above)
        self.changing = False
        if found.period is not None:
            self.summed.emit(found.period)
        self.filled.emit()

    def _fail(self, error: Exception) -> None:
        self._desk.say(str(error))

    def _read(self, numbers: Sequence[int]) -> list[VoucherRow]:
        typed = {row.no: row for row in self._answer.typed.values()}
        stored = voucher_rows.page(self._desk.book, [no for no in numbers if no > 0], self._answer.sent)
        known = {row.no: typing(row, typed) for row in stored}
        return [typed[no] if no < 0 else known[no] for no in numbers]

    def _add_up(self, numbers: Sequence[int]) -> Mapping[str, int]:
        told = voucher_rows.add_up(self._desk.book, [no for no in numbers if no > 0])
        typed = [row for row in self._answer.typed.values() if row.no < 0 and row.no in set(numbers)]
        return {"taken": told.taken + sum(row.taken for row in typed), "paid": told.paid + sum(row.paid for row in typed)}

    def _typed(self, asked: Asked) -> dict[str, VoucherRow]:
        """The unfinished forms by id: as a row of their own, or under the number of the draft they will change."""
        period = Period("", asked.first, asked.last)
        made: dict[str, VoucherRow] = {}
        for place, (id_, content) in enumerate(unfinished.kept(self._desk.book, FORM).items(), 1):
            stored = self.row_of(id_)
            if stored is not None and stored.day is not None and stored.day in period:
                made[id_] = stored
            elif asked.everything and (row := typed_row(id_, content, period)):
                made[id_] = replace(row, no=-place)
        return made


def typing(row: VoucherRow, typed: Mapping[int, VoucherRow]) -> VoucherRow:
    """A draft that is being typed says so."""
    return replace(row, state=TYPING) if row.no in typed and row.state == "nháp" else row


def answer(book: Book, asked: Asked, sift: Sift, typed: Mapping[str, VoucherRow]) -> Answer:
    """What the book answers to a question, to find box, filter row and heading."""
    numbered = {row.no: row for row in typed.values()}
    forms = [row for row in typed.values() if row.no < 0]
    period = voucher_rows.sums(book, asked) if asked.everything else None
    if sift:
        rows = [*(typing(row, numbered) for row in voucher_rows.voucher_rows(book, asked)), *forms]
        numbers, every = sift.line_up(rows), len(rows)
        left = set(numbers)
        counting = [row for row in rows if asked.counts(row) and row.no in left]
        foot = {"taken": sum(row.taken for row in counting), "paid": sum(row.paid for row in counting)}
    else:
        numbers = voucher_rows.line_up(book, asked) + array("q", [row.no for row in forms])
        every = len(numbers)
        told = period or voucher_rows.sums(book, asked)
        foot = {"taken": told.taken, "paid": told.paid}
    return Answer(numbers, every, foot, period, voucher_rows.waiting(book), typed)
