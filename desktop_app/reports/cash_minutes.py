"""C34-HD: the minutes of a cash count, by denomination, against the balance of the book."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import resources
from desktop_app.domain.amounts import in_words, money
from desktop_app.domain.cash import Counting, count
from desktop_app.domain.dates import show_day
from desktop_app.domain.records import CashCount, Fund, Union
from desktop_app.reports.model import Column, Report, Row, Section, Signature, Table
from desktop_app.reports.paper import letterhead
from desktop_app.storage import books, ledger, payroll, texts
from desktop_app.storage.book import Book

_DOTS = "…" * 30


def make(book: Book, kept: CashCount) -> Report:
    """The minutes of a count, with the book's balance of that day as it stands now."""
    assert kept.day is not None
    day, ours, fund = kept.day, payroll.union(book), book.get(Fund, kept.fund)
    found = count(kept.notes, ledger.balances(book, day).get(kept.fund, 0))
    words = _words(book, day)
    columns = tuple(Column(**column) for column in words["columns"])
    return Report(
        "C34-HD",
        words["title"],
        letterhead(ours),
        subtitle=f"(Quỹ: {fund.name or fund.code})" if fund else "",
        form_note=tuple(words["note"]),
        sections=(
            Section(paragraphs=_who(day, ours)),
            Section(table=Table(columns, _rows(kept, found), number_row=True)),
            Section(paragraphs=_outcome(kept, found)),
        ),
        signatures=tuple(Signature(one["title"], getattr(ours, one["who"])) for one in words["signers"]),
        place_and_date=f"Ngày {day.day:02} tháng {day.month:02} năm {day.year}",
        measure=words["measure"],
        footer=f"C34-HD · {show_day(day)} · đầu nhật ký {books.journal_head(book)}",
    )


def _words(book: Book, day: date) -> Mapping[str, Any]:
    """The title and legal line in force on a day."""
    dated: list[dict[str, Any]] = resources.read("papers/cash_count.toml")["paper"]
    held = max((entry for entry in dated if entry["from"] <= day), key=lambda entry: entry["from"], default=dated[0])
    return texts.of(book, "C34-HD", held, day)


def _who(day: date, ours: Union) -> tuple[str, ...]:
    present = (
        (ours.chair, "Chủ tịch, người chịu trách nhiệm kiểm kê"),
        (ours.accountant, "Kế toán"),
        (ours.cashier, "Thủ quỹ"),
    )
    return (
        f"Hôm nay, ngày {day.day:02} tháng {day.month:02} năm {day.year}, chúng tôi gồm:",
        *(f"- Ông/Bà: {name or _DOTS}, {post}." for name, post in present),
        "Cùng tiến hành kiểm kê quỹ tiền mặt, kết quả như sau:",
    )


def _rows(kept: CashCount, found: Counting) -> tuple[Row, ...]:
    rows = [
        Row({"no": "I", "text": "Số dư theo sổ quỹ", "amount": found.booked}, "bold"),
        Row({"no": "II", "text": "Số kiểm kê thực tế", "amount": found.counted}, "bold"),
    ]
    for place, note in enumerate((note for note in kept.notes if note.count), 1):
        text = f"Loại {money(note.value).replace('₫', 'đồng')}"
        rows.append(Row({"no": str(place), "text": text, "count": note.count, "amount": note.value * note.count}))
    name = "Chênh lệch (III = II − I)" + ("" if not found.difference else f": {found.words.split()[0]}")
    rows.append(Row({"no": "III", "text": name, "amount": abs(found.difference)}, "total"))
    return tuple(rows)


def _outcome(kept: CashCount, found: Counting) -> tuple[str, ...]:
    spoken = f"- Số tiền kiểm kê thực tế bằng chữ: {in_words(found.counted)}."
    if not found.difference:
        return spoken, "- Kết luận sau khi kiểm kê: số tiền thực tế khớp với sổ quỹ."
    word = "Thừa" if found.difference > 0 else "Thiếu"
    return (
        spoken,
        f"- {word} so với sổ: {money(abs(found.difference)).replace('₫', 'đồng')} ({in_words(abs(found.difference))}).",
        f"- Lý do: {kept.reason or _DOTS}",
        f"- Kết luận sau khi kiểm kê: {kept.decision or _DOTS}",
    )
