"""Pages with invented rows, to test the frame and to look at it: `python tests/ui/showcase.py OUT.png [look] [percent]`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout

from desktop_app.ui import theme, words
from desktop_app.ui.frame import Frame
from desktop_app.ui.page import FOOT, Desk, Page
from desktop_app.ui.tasks import Tasks
from desktop_app.ui.widgets.buttons import Chip, KeyButton
from desktop_app.ui.widgets.cards import Card, Cards
from desktop_app.ui.widgets.columns import Column, Glyph, State
from desktop_app.ui.widgets.editors import DayEdit, LineEdit, MoneyEdit
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.suggestions import Choice
from desktop_app.ui.widgets.table import Empty, Table, Verb
from desktop_app.ui.widgets.texts import Head, StatePill, label, panel


@dataclass(frozen=True)
class Paper:
    number: str
    day: date
    text: str
    item: str
    taken: int | None = None
    paid: int | None = None
    moved: int | None = None
    posted: bool = True
    sent: bool = True


PAPERS: Sequence[Paper] = (
    Paper("PT10/01", date(2026, 10, 10), "Đoàn phí nộp tiền mặt", "22", taken=3_400_000),
    Paper("BC10/02", date(2026, 10, 12), "Đoàn phí qua lương", "22", taken=2_656_000),
    Paper("PC10/01", date(2026, 10, 15), "Thăm hỏi 3 đoàn viên ốm", "31", paid=1_500_000),
    Paper("PC10/02", date(2026, 10, 20), "Quà 20/10 cho 55 nữ đoàn viên", "31", paid=5_500_000),
    Paper("UNC10/01", date(2026, 10, 20), "Rút tiền gửi nhập quỹ", "", moved=6_000_000),
    Paper("BC10/03", date(2026, 10, 22), "Công ty hỗ trợ hội thao", "25.01", taken=10_000_000),
    Paper("UNC10/02", date(2026, 10, 24), "Hội thao chào mừng ngày thành lập", "32", paid=7_200_000, sent=False),
    Paper("PC10/03", date(2026, 10, 25), "Văn phòng phẩm, nước họp ban chấp hành", "33", paid=640_000, sent=False),
    Paper("", date(2026, 10, 31), "Lãi tiền gửi tháng 10", "25.02", taken=3_150, posted=False),
)

def sent(paper: Paper) -> Glyph | None:
    if not paper.posted:
        return None
    return Glyph("cloud-check-outline", "Đã gửi", "ok") if paper.sent else Glyph("cloud-upload-outline", "Chờ gửi", "warn")


def faint(paper: Paper) -> str:
    return "" if paper.posted else "muted"


COLUMNS = (
    Column("number", "Số", lambda p: p.number or "—", width=88),
    Column("day", "Ngày", lambda p: p.day, "day", width=62, short=True),
    Column("text", "Nội dung", lambda p: p.text, width=150, stretch=True, tone=faint),
    Column("item", "Mục", lambda p: p.item, width=56),
    Column("taken", "Thu", lambda p: p.taken, "money", width=96, total=True, tone=faint),
    Column("paid", "Chi", lambda p: p.paid, "money", width=96, total=True, tone=faint),
    Column("moved", "Chuyển quỹ", lambda p: p.moved, "money", width=92, hint="Chuyển giữa các quỹ: không tính vào thu, chi"),
    Column("state", "Ghi sổ", lambda p: State("Đã ghi sổ", "ok") if p.posted else State("Nháp", "quiet"), "state", width=98),
    Column("sent", "", sent, "glyph", width=36, hint="Đã gửi lên cấp trên chưa"),
)  # fmt: skip

ITEMS = (
    Choice("31", "31 — Chi trực tiếp chăm lo đoàn viên"),
    Choice("32", "32 — Chi hoạt động phong trào"),
    Choice("33", "33 — Chi quản lý hành chính"),
)


class Vouchers(Page):
    key, title, icon, group = "vouchers", "Chứng từ thu – chi", "receipt-text-outline", "Tài chính"
    reads = frozenset({"voucher"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.refreshed = 0
        self.opened_at: object = None
        self.column.addWidget(
            Head(
                self.title,
                KeyButton("Nhập từ Excel", glyph="microsoft-excel"),
                KeyButton("In bảng kê", "F9"),
                KeyButton("Phiếu thu", "F2"),
                KeyButton("Phiếu chi", "F3", tone="primary"),
            )
        )
        self.column.addWidget(self.banner)
        self.cards = Cards(
            Card("Tiền mặt", "10.260.000 ₫", "Kiểm quỹ 31/10: thiếu 5.000", tone="warn"),
            Card("Tiền gửi · Agribank", "56.736.650 ₫", "Sao kê 31/10 đã khớp", tone="ok"),
            Card("Thu tháng 10", "35.127.150 ₫", "85 % kế hoạch tháng", share=0.85),
            Card("Chi tháng 10", "18.930.500 ₫", "96 % dự toán tháng", tone="warn", share=0.96),
        )
        self.column.addWidget(self.cards)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._table_panel(), 1)
        row.addWidget(self._form_panel())
        self.column.addLayout(row, 1)

    def _table_panel(self) -> object:
        self.table = Table(
            COLUMNS,
            name="vouchers",
            noun="chứng từ",
            settings=self.desk.settings,
            empty=Empty("Tháng này chưa có chứng từ nào. Hãy lập phiếu đầu tiên.", "Lập phiếu chi"),
            verbs=(Verb("Sửa phiếu", lambda rows: None, "Ctrl+E"), Verb("In phiếu", lambda rows: None, "F9")),
            counts=lambda p: p.posted,
        )
        self.table.add_tool(
            Chip("Tháng", [("", "Cả năm"), ("2026-10", "Tháng 10/2026")], "2026-10"),
            Chip("Mục", [("", "Tất cả các mục"), ("33", "33")]),
            Chip("Quỹ", [("", "Tất cả quỹ"), ("TM", "Tiền mặt")]),
        )
        ground = panel()
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.table)
        return ground

    def _form_panel(self) -> object:
        ground = panel()
        ground.setFixedWidth(theme.worn().px(300))
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(16, 12, 16, 14)
        inside.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(label("Phiếu chi PC10/03", "subtitle"))
        head.addStretch(1)
        head.addWidget(StatePill("Nháp", "quiet"))
        inside.addLayout(head)
        self.form = Form(
            {
                "day": Field("Ngày", DayEdit(lambda: date(2026, 10, 25)), required=True),
                "fund": Field("Quỹ", PickEdit([Choice("TM", "Tiền mặt"), Choice("NH", "Tiền gửi")])),
                "party": Field("Người nhận", PickEdit([Choice("1", "Nguyễn Văn Thắng", "Tổ trưởng tổ 2")], free=True)),
                "text": Field("Nội dung", LineEdit()),
                "item": Field("Mục chi", PickEdit(ITEMS)),
                "amount": Field("Số tiền", MoneyEdit(large=True), required=True),
            },
            columns=2,
            wide=("party", "text", "item", "amount"),
        )
        self.form.set_values(
            {"day": date(2026, 10, 25), "fund": "TM", "party": "1", "text": "Văn phòng phẩm, nước họp ban chấp hành",
             "item": "33", "amount": 640_000}
        )  # fmt: skip
        self.form.fields["item"].note("Đã dùng 96 % dự toán mục 33 của năm.", "warn")
        inside.addWidget(self.form)
        inside.addWidget(label("Chứng từ kèm theo", "label"))
        inside.addWidget(KeyButton("hoa_don_1C26TAA_00001234.xml", glyph="paperclip", tone="link"))
        inside.addStretch(1)
        feet = QHBoxLayout()
        feet.addWidget(KeyButton("In phiếu", "F9"))
        feet.addStretch(1)
        feet.addWidget(KeyButton("Ghi sổ", "Ctrl+S", tone="primary"))
        inside.addLayout(feet)
        return ground

    def refresh(self) -> None:
        self.refreshed += 1
        self.table.show_rows(PAPERS, same=lambda p: (p.number, p.day))
        self.table.pick(lambda p: p.number == "PC10/03")

    def open_at(self, target: object) -> None:
        self.opened_at = target
        self.table.pick(lambda p: p.number == target)


def plain(page_key: str, page_title: str, glyph: str, page_group: str = "", entities: Sequence[str] = ()) -> type[Page]:
    """A page that shows its title only, and counts how often it was refreshed."""

    class Plain(Page):
        key, title, icon, group = page_key, page_title, glyph, page_group
        reads = frozenset(entities)

        def __init__(self, desk: Desk) -> None:
            super().__init__(desk)
            self.refreshed = 0
            self.column.addWidget(Head(self.title))
            self.column.addStretch(1)

        def refresh(self) -> None:
            self.refreshed += 1

    return Plain


PAGES: tuple[type[Page], ...] = (
    plain("home", "Tổng quan", "view-dashboard-outline"),
    plain("members", "Danh sách đoàn viên", "account-group-outline", "Đoàn viên", ("person",)),
    plain("movements", "Biến động", "swap-horizontal", "Đoàn viên"),
    plain("officers", "Cán bộ công đoàn", "badge-account-outline", "Đoàn viên"),
    Vouchers,
    plain("dues", "Thu đoàn phí", "cash-check", "Tài chính", ("dues", "person")),
    plain("books", "Sổ sách", "book-open-outline", "Tài chính", ("voucher",)),
    plain("budget", "Dự toán", "scale-balance", "Tài chính"),
    plain("settlement", "Quyết toán", "file-check-outline", "Tài chính"),
    plain("fee", "KPCĐ và nộp cấp trên", "bank-transfer-out", "Tài chính"),
    plain("assets", "Tài sản, tạm ứng", "archive-outline", "Tài chính"),
    plain("reports", "Báo cáo định kỳ", "file-chart-outline", "Hoạt động"),
    plain("petitions", "Kiến nghị", "comment-question-outline", "Hoạt động"),
    plain("advice", "Tư vấn pháp luật", "gavel", "Hoạt động"),
    plain("dialogue", "Đối thoại và thỏa ước", "handshake-outline", "Hoạt động"),
    plain("care", "Chăm lo, khen thưởng", "gift-outline", "Hoạt động"),
    plain("channels", "Truyền thông", "bullhorn-outline", "Hoạt động"),
    plain("documents", "Văn bản đến/đi", "file-document-outline", "Văn bản và họp"),
    plain("meetings", "Họp không giấy tờ", "calendar-account-outline", "Văn bản và họp"),
    plain("sync", "Đồng bộ", "cloud-sync-outline", FOOT),
    plain("setup", "Thiết lập", "cog-outline", FOOT),
)


def frame(desk: Desk) -> Frame:
    """The window as an accountant sees it in November."""
    made = Frame(desk, PAGES)
    made.show_unit("CĐCS Công ty CP May Hưng Lộc", [2025, 2026], 2026)
    made.show_user("Trần Thị Hoa", "Kế toán")
    made.show_sync("Đã đồng bộ 14:05 · 3 thay đổi chờ gửi")
    made.navigation.set_badge("reports", 1, "bad")
    made.navigation.set_badge("dues", 12)
    return made


def main(out: str, look: str = "light", percent: str = "100", wide: str = "1366", high: str = "768") -> None:
    app = QApplication(sys.argv[:1])
    words.speak_vietnamese(app)
    theme.wear(app, theme.load(look, int(percent)))
    path = Path(out).with_suffix(".ini")
    path.unlink(missing_ok=True)
    settings = QSettings(str(path), QSettings.Format.IniFormat)
    desk = Desk(settings=settings, tasks=Tasks(in_place=True), year=2026)
    shown = frame(desk)
    shown.resize(int(wide), int(high))
    shown.open("vouchers")
    shown.show()
    for _ in range(5):
        app.processEvents()
    shown.grab().save(out)
    shown.close()
    path.unlink(missing_ok=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
