"""The year of a union: budget, months closed, reports made and handed in, and the province's answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop_app.domain import fields as f
from desktop_app.domain.fields import entity


@entity("budget", "budgets", "Dự toán")
class Budget:
    """One item of a year's budget, đồng."""

    id: str
    year: int = f.whole("Năm", least=2000)
    item: str = f.text("Mục", required=True, longest=20)
    amount: int = f.money("Số tiền")
    last_year: int = f.money("Ước năm trước")
    approved: int = f.money("Cấp trên duyệt")
    reason: str = f.text("Căn cứ", longest=300)


@entity("closing", "closings", "Khóa sổ", largest=4096)
class Closing:
    """A month closed or opened again. `through` freezes what it held: {device: last sequence number}."""

    id: str
    month: str = f.month("Kỳ", required=True)
    closed: bool = f.flag("Đã khóa")
    lease: int = f.whole("Lượt ghi sổ")
    through: Mapping[str, Any] = f.facts("Gồm các thay đổi")
    reason: str = f.text("Lý do", longest=300)


@entity("report", "filed_reports", "Báo cáo", largest=64 << 10)
class FiledReport:
    """A report being made: typed cells and reasons for computed cells typed over.

    `explanation` is part C of a settlement in the union's words; `enclosed` what goes with it on paper: {key: true}.
    """

    id: str
    form: str = f.text("Mẫu", required=True, longest=20)
    period: str = f.text("Kỳ", required=True, longest=40)
    typed: Mapping[str, Any] = f.facts("Ô nhập tay", merge="contact")
    reasons: Mapping[str, Any] = f.facts("Lý do sửa ô", merge="contact")
    explanation: str = f.text("Thuyết minh", longest=1500)
    enclosed: Mapping[str, Any] = f.facts("Hồ sơ giấy kèm theo", merge="contact")


@entity("submission", "submissions", "Báo cáo đã nộp", largest=64 << 10)
class Submission:
    """A sealed version of a report as handed in; `content` is the whole report, `digest` its SHA-256.

    `through` is, of a settlement, the set of entries its figures count: {device: last sequence number}.
    """

    id: str
    report: str = f.ref("Báo cáo", "report", required=True, merge="fixed")
    form: str = f.text("Mẫu", required=True, longest=20, merge="fixed")
    period: str = f.text("Kỳ", required=True, longest=40, merge="fixed")
    version: int = f.whole("Lần nộp", merge="fixed")
    content: Mapping[str, Any] = f.facts("Nội dung")
    digest: str = f.text("Mã băm", longest=64, merge="fixed")
    note: str = f.text("Ghi chú", longest=1000)
    sent: date | None = f.day("Ngày nộp", merge="fixed")
    through: Mapping[str, Any] = f.facts("Gồm các thay đổi")


@entity("verdict", "verdicts", "Ý kiến của cấp trên", province=True, largest=64 << 10)
class Verdict:
    """The province's answer to a submission; only the server writes it."""

    id: str
    submission: str = f.ref("Báo cáo đã nộp", "submission", required=True, merge="fixed")
    state: str = f.choice("Kết quả", ("đã tiếp nhận", "trả lại", "đã duyệt"), required=True, merge="fixed")
    note: str = f.text("Ghi chú", longest=1000, merge="fixed")
    cells: Mapping[str, Any] = f.facts("Ghi chú theo ô")
    day: date | None = f.day("Ngày", merge="fixed")
