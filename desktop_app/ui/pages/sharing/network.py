"""*Cách vào mạng* on the page Đồng bộ: the office's proxy, and the certificate of the province's own authority."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.ui import files
from desktop_app.ui.page import Desk
from desktop_app.ui.widgets.ask import Ask
from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.editors import LineEdit
from desktop_app.ui.widgets.form import Field, Form

_TELLS = (
    "Thường thì để trống: chương trình theo cài đặt của máy. Mạng cơ quan đi qua proxy thì hỏi người quản trị mạng. Chỉ"
    " chọn tệp chứng chỉ khi LĐLĐ tỉnh giao tệp đó."
)
_KINDS = "Chứng chỉ (*.pem *.crt *.cer);;Mọi tệp (*)"


def ask_network(desk: Desk, over: QWidget) -> Ask:
    """Show what is set, and set it anew."""
    from desktop_app.actions import network

    known = network.look(desk.book)
    file = LineEdit("Đường dẫn tệp .pem, .crt", longest=300)
    label = f"Chứng chỉ riêng (đang tin {known.authority})" if known.authority else "Chứng chỉ riêng của tỉnh"
    form = Form(
        {
            "proxy": Field("Địa chỉ proxy", LineEdit("http://10.0.0.1:8080; gõ “không” để không dùng", longest=300)),
            "authority": Field(label, file),
        }
    )
    form.set_values({"proxy": known.proxy})

    def does(values: Mapping[str, Any]) -> None:
        network.choose(desk.book, str(values["proxy"] or ""), str(values["authority"] or "") or None)
        desk.say("Đã ghi cách vào mạng. Bấm Đồng bộ ngay để thử.")

    def forgets() -> None:
        network.choose(desk.book, authority="")
        desk.say("Đã bỏ chứng chỉ riêng.")

    also = ("Bỏ chứng chỉ riêng", forgets) if known.authority else None
    asked = Ask("Cách vào mạng", _TELLS, form, does, act="Ghi", over=over, also=also)

    def choose() -> None:
        chosen = files.to_open(asked, "Tệp chứng chỉ", _KINDS)
        if chosen is not None:
            form.set_values({"authority": str(chosen)})

    column = asked.layout()
    assert isinstance(column, QVBoxLayout)
    button = KeyButton("Chọn tệp chứng chỉ…", glyph="file-search-outline", clicked=choose)
    button.setAutoDefault(False)
    column.insertWidget(2, button)
    asked.open()
    return asked
