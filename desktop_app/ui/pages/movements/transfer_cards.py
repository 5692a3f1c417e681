"""Transfer cards on the screen: drawn up with the leaving, given out as a file or on paper, taken from another union."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTemporaryDir
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions import members, overview, transfers
from desktop_app.domain import dates
from desktop_app.domain.errors import Refused, Trouble
from desktop_app.domain.records import Transfer
from desktop_app.ui import files, theme
from desktop_app.ui.page import Desk
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.editors import DayEdit, LineEdit
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.suggestions import Choice
from desktop_app.ui.widgets.texts import label

if TYPE_CHECKING:
    from desktop_app.exchange.transfer_card import Card

_MOST_FOUND = 12
_CARD = "Thẻ chuyển sinh hoạt (*.the)"
_CARDS = "Thẻ chuyển, ảnh mã QR (*.the *.jpg *.jpeg *.png *.webp *.bmp);;Mọi tệp (*)"


def ask_issue(
    desk: Desk, over: QWidget, person: tuple[str, str] | None, done: Callable[[Transfer], object]
) -> Ask:
    """*Chuyển đi có thẻ*: who (id, name; None to be found), to which union, since when."""

    def find(text: str) -> list[Choice]:
        found = overview.find_people(desk.book, text, _MOST_FOUND)
        return [Choice(id_, name, " · ".join(part for part in (team, card) if part)) for id_, name, team, card in found]

    form = Form(
        {
            "person": Field("Đoàn viên", PickEdit(find, placeholder="Tên, số thẻ, CCCD"), required=True),
            "receiver": Field("Mã đơn vị nhận", LineEdit("Ví dụ: 40-002", longest=40), required=True,
                              note="Chỉ đơn vị này nhận được thẻ"),
            "day": Field("Chuyển đi từ ngày", DayEdit(desk.today), required=True),
            "receiver_name": Field("Công đoàn nhận", LineEdit(longest=200), required=True),
            "document": Field("Số giấy giới thiệu", LineEdit(longest=60)),
            "document_day": Field("Ngày giấy", DayEdit(desk.today)),
            "reason": Field("Lý do", LineEdit(longest=300)),
        },
        columns=2,
        wide=("person", "receiver_name", "reason"),
    )  # fmt: skip
    form.set_values({"day": desk.today()})
    if person is not None:
        form.fields["person"].editor.set_value(*person)

    def does(values: Mapping[str, Any]) -> None:
        who = form.fields["person"].editor.choice()
        card, changes = transfers.issue(desk.book, str(who.value) if who else "", values, desk.by)
        desk.changed(changes.entities)
        done(card)

    sentence = "Ghi Chuyển đi và ký thẻ chuyển sinh hoạt cho một công đoàn nhận. Nơi nhận không cần mạng để nhận thẻ."
    return Ask("Chuyển đi có thẻ", sentence, form, does, act="Ghi và lập thẻ", over=over)


class GiveCard(QDialog):
    """A card that was drawn up: as a file, on paper, or withdrawn."""

    def __init__(self, desk: Desk, over: QWidget, card: Transfer) -> None:
        super().__init__(over)
        self._desk, self._card = desk, card
        self._folder: QTemporaryDir | None = None
        self.show_paper: Callable[[Path], object] = files.show
        name = members.person_of(desk.book, card.person).name
        self.setWindowTitle("Thẻ chuyển sinh hoạt")
        until = dates.show_day(card.expires) if card.expires else ""
        told = f"Thẻ của {name} gửi {card.receiver_name} (mã {card.receiver}), nhận được một lần, đến hết ngày {until}."
        self.refusal = label("", "hint", tone="bad", wrap=True)
        self.refusal.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(12)
        column.addWidget(label(told, wrap=True))
        column.addWidget(label("Gửi tệp qua Zalo, e-mail, USB; hoặc in giấy giới thiệu có mã QR. Chọn một cách là đủ.", "muted", wrap=True))
        row = QHBoxLayout()
        row.addWidget(KeyButton("In giấy giới thiệu", "F9", glyph="printer-outline", clicked=self.print))
        row.addWidget(KeyButton("Lưu tệp thẻ…", "Ctrl+S", tone="primary", glyph="file-certificate-outline", clicked=self.save))
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.refusal)
        feet = QHBoxLayout()
        feet.addWidget(KeyButton("Thu hồi thẻ", tone="danger", clicked=self.withdraw))
        feet.addStretch(1)
        feet.addWidget(KeyButton("Đóng", "Esc", clicked=self.accept))
        column.addLayout(feet)
        for button in self.findChildren(KeyButton):
            button.setAutoDefault(False)
        self.setMinimumWidth(theme.worn().px(480))

    def print(self) -> None:
        """The letter of introduction, opened."""
        self._folder = self._folder or QTemporaryDir()
        path = Path(self._folder.path()) / "giay-gioi-thieu.pdf"
        if self._try(partial(transfers.write_paper, self._desk.book, self._card.id, path)):
            self.show_paper(path)

    def save(self) -> None:
        """The card as a file."""
        path = files.to_save(self, "Lưu thẻ chuyển", f"the-chuyen-{self._card.receiver}.the", _CARD)
        if path is not None and self._try(partial(transfers.write_file, self._desk.book, self._card.id, path)):
            self._desk.say(f"Đã lưu {path.name}. Hãy gửi tệp này cho nơi nhận.")

    def withdraw(self) -> None:
        """The member stays; the card is void here."""
        if self._try(lambda: self._desk.changed(transfers.withdraw(self._desk.book, self._card.id, self._desk.by).entities)):
            self._desk.say("Đã thu hồi thẻ và bỏ biến động chuyển đi.")
            self.accept()

    def _try(self, does: Callable[[], object]) -> bool:
        sentence = ""
        try:
            does()
        except (Refused, Trouble) as error:
            sentence = str(error)
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))
        return not sentence


class TakeCard(QDialog):
    """*Nhận thẻ chuyển*: a file, a picture of the code, or what a scanner types; then who it is, and into which tổ."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._sealed = desk, b""
        self.setWindowTitle("Nhận thẻ chuyển")
        self.scanned = LineEdit("Hoặc quét mã QR bằng máy quét vào đây", "Hoặc quét mã QR vào đây")
        self.scanned.returnPressed.connect(self.scan)
        self.scanned.setAccessibleName("Chữ của mã QR")
        self.facts = label("", wrap=True)
        self.refusal = label("", "hint", tone="bad", wrap=True)
        teams = [Choice(team, team) for team in members.teams(desk.book)]
        self.form = Form(
            {"team": Field("Vào tổ", PickEdit(teams, free=True)), "day": Field("Chuyển đến từ ngày", DayEdit(desk.today), required=True)},
            columns=2,
        )
        self.form.finished.connect(self.take)
        self.act = KeyButton("Nhận", "Ctrl+S", tone="primary", clicked=self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(12)
        column.addWidget(label("Chọn tệp thẻ (.the) hoặc ảnh chụp mã QR trên giấy giới thiệu. Không cần mạng.", wrap=True))
        row = QHBoxLayout()
        row.addWidget(KeyButton("Chọn tệp, ảnh…", "F4", glyph="folder-open-outline", clicked=self.choose))
        row.addWidget(self.scanned, 1)
        column.addLayout(row)
        for part in (self.facts, self.form, self.refusal):
            column.addWidget(part)
        feet = QHBoxLayout()
        feet.addStretch(1)
        feet.addWidget(KeyButton("Bỏ qua", "Esc", clicked=self.reject))
        feet.addWidget(self.act)
        column.addLayout(feet)
        for button in self.findChildren(KeyButton):
            button.setAutoDefault(False)
        self.setMinimumWidth(theme.worn().px(560))
        self._show(None)

    def choose(self) -> None:
        """Ask for the file."""
        path = files.to_open(self, "Chọn thẻ chuyển", _CARDS)
        if path is not None:
            self.read(path)

    def read(self, path: Path) -> None:
        """A file was chosen."""
        self._read(lambda: transfers.read_file(self._desk.book, path))

    def scan(self) -> None:
        """A scanner typed the code."""
        self._read(lambda: transfers.read_text(self._desk.book, self.scanned.text()))
        self.scanned.clear()

    def take(self) -> None:
        """Take it; close if it was taken."""
        if not self._sealed:
            self._tell("Hãy chọn tệp thẻ hoặc quét mã QR trước.")
            return
        try:
            taken = transfers.take(self._desk.book, self._sealed, self.form.values(), self._desk.by)
        except Refused as refused:
            self._tell(" ".join(self.form.show_problems(refused.problems)))
        except Trouble as trouble:
            self._tell(str(trouble))
        else:
            told = f"Đã nhận {taken.person.name}" + (" (đã có trong danh sách người lao động)." if not taken.new else ".")
            self._desk.say(told, "Hoàn tác", partial(_undo, self._desk, taken))
            self._desk.changed(taken.changes.entities)
            self.accept()

    def _read(self, reads: Callable[[], tuple[Card, bytes]]) -> None:
        self._sealed = b""
        try:
            card, self._sealed = reads()
        except (Refused, Trouble) as error:
            self._show(None)
            self._tell(str(error))
        else:
            self._show(card)

    def _show(self, card: Card | None) -> None:
        self._tell("")
        self.facts.setVisible(card is not None)
        self.form.setVisible(card is not None)
        self.act.setEnabled(card is not None)
        if card is None:
            self.adjustSize()
            return
        birth = "/".join(reversed(card.birth.split("-")))
        who = ", ".join(part for part in (f"sinh {birth}" if birth else "", card.sex.lower()) if part)
        numbers = " · ".join(
            part for part in (f"CCCD {card.cccd}" if card.cccd else "", f"thẻ {card.card}" if card.card else "") if part
        )
        paid = f"Đã đóng đoàn phí đến hết tháng {dates.show_month(card.paid)}." if card.paid else ""
        lines = [f"{card.name}, {who}" if who else card.name, numbers,
                 f"Từ {card.sender_name}, rời ngày {dates.show_day(dates.date.fromisoformat(card.left))}.", paid]  # fmt: skip
        self.facts.setText("\n".join(line for line in lines if line))
        self.form.set_values({"day": self._desk.today()})
        self.form.fields["team"].editor.setFocus()
        self.adjustSize()

    def _tell(self, sentence: str) -> None:
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))


def _undo(desk: Desk, taken: transfers.Taken) -> None:
    desk.changed(transfers.undo_take(desk.book, taken, desk.by).entities)
