"""*Bảng kê chứng từ*: the vouchers of a period on one list, as the page shows them, with their sums."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import resources
from desktop_app.domain import dates
from desktop_app.domain.records import Union
from desktop_app.reports.layout import UNSIGNED_DAY
from desktop_app.reports.model import Cell, Column, Report, Row, Section, Signature, Table
from desktop_app.reports.paper import letterhead
from desktop_app.storage import texts
from desktop_app.storage.book import Book
from desktop_app.storage.voucher_rows import VoucherRow

_MARKED = {"nháp": "Bản nháp", "đang gõ": "Bản nháp", "đã hủy": "Đã hủy", "đã đảo": "Đã đảo"}


def voucher_list(book: Book, rows: Sequence[VoucherRow], told: str, by: str, day: date) -> Report:
    """These vouchers, in the order given; `told` says which they are ("Tháng 10/2026"), `day` when it is printed."""
    versions = resources.read("papers/vouchers.toml")["list"]
    text = max((one for one in versions if one["from"] <= day), key=lambda one: one["from"], default=versions[0])
    text = texts.of(book, "BKCT", text, day)
    unit = next(book.all(Union))
    columns = tuple(Column(**column) for column in text["columns"])
    sums = {"taken": 0, "paid": 0, "moved": 0}
    made = []
    for number, row in enumerate(rows, 1):
        cells: dict[str, Cell] = {
            "no": str(number), "number": row.number, "day": row.day, "text": row.text, "party": row.party,
            "items": row.items, "taken": row.taken, "paid": row.paid, "moved": row.moved,
            "note": _MARKED.get(row.state, ""),
        }  # fmt: skip
        for key in sums:
            sums[key] += getattr(row, key) if row.counts else 0
        made.append(Row(cells, code=row.id))
    made.append(Row({"text": text["total"], **sums}, "total"))
    whose = {"by": by, "chair": unit.chair, "accountant": unit.accountant, "cashier": unit.cashier}
    return Report(
        "", text["title"], letterhead(unit), subtitle=told, period_label=f"Lập ngày {dates.show_day(day)}",
        sections=(
            Section(table=Table(columns, tuple(made))),
            Section(paragraphs=(text["count"].replace("[count]", str(len(rows))),)),
        ),
        signatures=tuple(
            Signature(one["title"], whose.get(one["who"], ""), one.get("hint", "(Ký, họ tên)"))
            for one in text["signers"]
        ),
        place_and_date=UNSIGNED_DAY, measure=text["measure"], landscape=True,
    )  # fmt: skip
