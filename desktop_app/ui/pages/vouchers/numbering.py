"""*Đánh số chứng từ*: the pattern of numbers with an example, *Quyển số*, and the series of this PC."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.actions import numbering
from desktop_app.domain.numbering import VOLUMES
from desktop_app.ui.page import Desk
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.editors import LineEdit, WholeEdit
from desktop_app.ui.widgets.form import Field, Form
from desktop_app.ui.widgets.pick import PickEdit
from desktop_app.ui.widgets.suggestions import Choice

_TELLS = (
    "{kind} là PT, PC…; {MM} tháng; {yyyy} năm; {nn} số thứ tự có ít nhất 2 chữ số. Có {MM} thì đánh lại từ 1 mỗi tháng, "
    "không có thì mỗi năm. Phiếu đã ghi sổ giữ số cũ."
)


def ask_numbering(desk: Desk, over: QWidget) -> Ask:
    """Ask how numbers are written from now on; an example stands under the pattern."""
    now, today = numbering.chosen(desk.book), desk.today()
    common = [Choice(pattern, pattern, f"{numbering.example(pattern, '', today)} · {tells}") for pattern, tells in numbering.COMMON.items()]
    form = Form(
        {
            "pattern": Field("Mẫu số", PickEdit(common, free=True), required=True),
            "volumes": Field("Quyển số in trên phiếu", PickEdit([Choice(how, how or "Để trống") for how in VOLUMES])),
            "volume_size": Field("Số phiếu một quyển", WholeEdit()),
            "series": Field("Dãy số riêng của máy này", LineEdit("để trống: số chính", longest=1)),
        },
        columns=2, wide=("pattern",),
    )  # fmt: skip
    form.set_values({"pattern": now.pattern, "volumes": now.volumes, "volume_size": now.volume_size, "series": now.series})

    def tell() -> None:
        values = form.values()
        shown = numbering.example(str(values["pattern"] or ""), str(values["series"] or "").upper(), today)
        form.fields["pattern"].note(f"Phiếu chi đầu tiên của kỳ: {shown}" if shown else "Mẫu số chưa rõ.", "" if shown else "warn")

    form.edited.connect(tell)
    form.fields["pattern"].editor.picked.connect(lambda _: tell())
    tell()
    form.fields["series"].note("máy thứ hai của đơn vị dùng B: PC.B10/01")

    def does(values: Mapping[str, Any]) -> None:
        numbering.change(desk.book, values, desk.by)
        desk.changed({"numbering", "voucher"})
        desk.say("Đã lưu cách đánh số chứng từ.")

    asked = Ask("Đánh số chứng từ", _TELLS, form, does, act="Lưu", over=over)
    asked.setMinimumWidth(540)
    asked.open()
    return asked
