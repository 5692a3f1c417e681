"""Papers that go with a voucher: giấy đề nghị tạm ứng C42-HD, giấy thanh toán tạm ứng C43-BB …

Their words, who signs and which form they are is dated data (`resources/papers/spending.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import resources
from desktop_app.domain import dates
from desktop_app.domain import vouchers as rules
from desktop_app.domain.amounts import format_amount, in_words
from desktop_app.domain.records import Fund, Person, Union, Voucher
from desktop_app.domain.settlement import positions
from desktop_app.reports.layout import UNSIGNED_DAY
from desktop_app.reports.model import Column, Report, Row, Section, Signature, Table
from desktop_app.reports.paper import letterhead, plain_name
from desktop_app.reports.voucher_papers import paper_day
from desktop_app.storage import advances, books, ledger, texts
from desktop_app.storage.book import Book
from desktop_app.storage.items import items

DOTS = "……………………………………"
_SHORT, _LINE = "………", "…" * 62
_NAME = re.compile(r"\[(\w+)\]")


def words(book: Book, key: str, day: date) -> Mapping[str, Any]:
    """The words of a paper in force on a day in this book."""
    versions = [one for one in _papers() if one["key"] == key]
    found: Mapping[str, Any] = max([one for one in versions if one["from"] <= day] or versions[:1], key=_since)
    return texts.of(book, key, found, day)


def offered(voucher: Voucher) -> list[tuple[str, str]]:
    """Which papers can be made of a voucher: (key, title), in the order of the data file."""
    about = _about(voucher)
    about |= {line.item.partition(".")[0] for line in voucher.lines if line.item} if about else set()
    found = {one["key"]: one.get("name", one["title"]) for one in _papers() if about & set(one["for"])}
    return [(key, title[0] + title[1:].lower()) for key, title in found.items()]


def make(book: Book, key: str, voucher: Voucher, by: str) -> Report:
    """One paper of a voucher; `by` is who makes it out."""
    day = voucher.day or date.today()  # noqa: DTZ011 - only a draft pulled from elsewhere has no day
    text, unit = words(book, key, day), next(book.all(Union))
    facts = _facts(unit, voucher) | {"by": by}
    rows: Sequence[Row] = ()
    if "settlement" in text["for"]:
        rows = _settlement_rows(book, text, voucher, facts)
    elif text.get("list") == "people":
        rows = _people_rows(book, text, voucher)
    elif text.get("list") == "balances":
        rows = _balance_rows(book, text, voucher, facts)
    return drawn(unit, text, facts, rows, by)


def drawn(unit: Union, text: Mapping[str, Any], facts: Mapping[str, str], rows: Sequence[Row], by: str) -> Report:
    """A paper of the data file with what is known filled in."""
    sections = [Section(paragraphs=tuple(filled(line, facts) for line in text["paragraphs"]))]
    if "columns" in text:
        sections.append(Section(table=Table(tuple(Column(**column) for column in text["columns"]), tuple(rows),
                                            row_height=text.get("row_height", 0))))  # fmt: skip
    if text.get("after"):
        sections.append(Section(paragraphs=tuple(filled(line, facts) for line in text["after"])))
    note = (f"Mẫu số {text['form']}", *([text["issued"]] if text.get("issued") else ())) if text.get("form") else ()
    national = bool(text.get("national"))
    return Report(
        "", text["title"], letterhead(unit), subtitle=filled(text.get("subtitle", ""), facts),
        period_label=filled(text.get("period", ""), facts), form_note=note, sections=tuple(sections),
        signatures=tuple(
            Signature(one["title"], _signer(unit, one["who"], facts, by), one.get("hint", "(Ký, họ tên)"))
            for one in text["signers"]
        ),
        place_and_date=UNSIGNED_DAY if national else "", measure=text.get("measure", ""), national=national,
    )  # fmt: skip


def filled(line: str, facts: Mapping[str, str]) -> str:
    """ "Tên tôi là: [party]" with the name, or dots where there is none."""
    return _NAME.sub(lambda found: facts.get(found[1], "") or DOTS, line)


def _about(voucher: Voucher) -> set[str]:
    bare = any(line.party and not line.item for line in voucher.lines)
    if voucher.kind == "KT":
        return {"settlement"} if voucher.settles else set()
    if voucher.kind in rules.GIVES and not rules.moves(voucher):
        return {"advance"} if bare and not voucher.settles else {"payment"}
    return {"receipt"} if voucher.kind in rules.TAKES and not rules.moves(voucher) else set()


def _facts(unit: Union, voucher: Voucher) -> dict[str, str]:
    amount = rules.amount_of(voucher)
    papers = f"{voucher.papers} chứng từ gốc" if voucher.papers.isdigit() else voucher.papers
    return {
        "union": plain_name(unit), "upper": unit.upper, "party": voucher.party, "address": voucher.address,
        "text": voucher.text, "number": voucher.number, "amount": format_amount(amount), "words": in_words(amount),
        "day_words": paper_day(voucher), "day": dates.show_day(voucher.day) if voucher.day else "", "papers": papers,
        "chair": unit.chair, "accountant": unit.accountant, "cashier": unit.cashier, "UNION": plain_name(unit).upper(),
        "day_lower": paper_day(voucher)[:1].lower() + paper_day(voucher)[1:], "dots_short": _SHORT, "dots_line": _LINE,
        "people": ", ".join(dict.fromkeys(line.party for line in voucher.lines if line.party)) or voucher.party,
    }  # fmt: skip


def _people_rows(book: Book, text: Mapping[str, Any], voucher: Voucher) -> list[Row]:
    """A row for each line that names a person, then empty ones to be written in; the sum of all."""
    teams = {person.name: person.team for person in book.all(Person)}
    paid = [line for line in voucher.lines if line.party]
    rows = [
        Row({"no": str(no), "name": line.party, "unit": teams.get(line.party, ""), "amount": line.amount_out})
        for no, line in enumerate(paid, 1)
    ]
    rows += [Row({"no": str(no)}) for no in range(len(paid) + 1, text["least_rows"] + 1)] if not paid else []
    return [*rows, Row({"name": text["total"], "amount": rules.amount_of(voucher)}, "total")]


def _balance_rows(book: Book, text: Mapping[str, Any], voucher: Voucher, facts: Mapping[str, str]) -> list[Row]:
    """What is handed over, and what is left afterwards: money, receivables, payables."""
    day = voucher.day or date.max
    kinds = {fund.id: fund.kind for fund in book.all(Fund)}
    held = {"Tiền mặt": 0, "Tiền gửi": 0, "Bù trừ": 0}
    for fund, amount in ledger.balances(book, day).items():
        held[kinds[fund]] += amount
    owed = positions(advances.balances(book, day), books.party_moves(book, day))
    left = {"moved": rules.amount_of(voucher), "cash": held["Tiền mặt"], "bank": held["Tiền gửi"],
            "receivable": owed.receivable, "payable": owed.payable}  # fmt: skip
    return [
        Row({"no": str(no), "what": filled(text["rows"][key], facts), "amount": amount})
        for no, (key, amount) in enumerate(left.items(), 1)
    ]


def _settlement_rows(
    book: Book, text: Mapping[str, Any], voucher: Voucher, facts: dict[str, str]
) -> list[Row]:
    """I what was advanced, II what was spent, III the difference (C43-BB)."""
    said, day = text["rows"], voucher.day or date.max
    earlier = [move for move in advances.moves(book, day) if move.of == voucher.settles and move.id < voucher.id]
    advance = next((move for move in advances.moves(book, day) if move.id == voucher.settles), None)
    balance = next((one for one in advances.balances(book, day) if one.id == voucher.settles), None)
    given = advance.went_out - advance.came_in if advance else balance.amount if balance else 0
    rest = given - sum(move.came_in - move.went_out for move in earlier)
    now = given if advance and not earlier else 0
    facts["advance"] = f"{advance.number} ngày {dates.show_day(advance.day)}" if advance else ""
    spent = [line for line in voucher.lines if line.item]
    total, known = sum(line.amount_out for line in spent), items(book, day)
    told = {"advanced": rest, "before": rest - now, "now": now, "spent": total}
    rows = [
        Row({"what": filled(said[key], facts), "amount": amount}, "bold" if key in ("advanced", "spent") else "normal")
        for key, amount in told.items()
    ]
    for number, line in enumerate(spent, 1):
        name = known.name(known.of_form(line.item))
        about = f" – {line.party}" if line.party else ""
        rows.append(Row({"what": f"{number}. Mục {line.item}: {name}{about}", "amount": line.amount_out}))
    rows.append(Row({"what": said["differs"]}, "bold"))
    rows.append(Row({"what": said["left"], "amount": max(rest - total, 0)}))
    rows.append(Row({"what": said["over"], "amount": max(total - rest, 0)}))
    return rows


def _signer(unit: Union, who: str, facts: Mapping[str, str], by: str) -> str:
    if who == "by":
        return by
    return facts.get(who, "") if who == "party" else str(getattr(unit, who)) if who else ""


def _since(paper: Mapping[str, Any]) -> date:
    since: date = paper["from"]
    return since


@cache
def _papers() -> list[Mapping[str, Any]]:
    return list(resources.read("papers/spending.toml")["paper"])
