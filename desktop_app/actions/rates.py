"""Dated figures corrected by the union itself, with a reason, until the province sends its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop_app.domain import dates, rate_values
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import OwnRate
from desktop_app.domain.rules import OWN, PROVINCE
from desktop_app.storage import items, rules
from desktop_app.storage.book import Book, new_id

SURE = {
    "found": "có văn bản", "hi": "khá chắc", "med": "cần kiểm tra", "design": "tạm tính, cần hỏi cấp trên",
    PROVINCE: "LĐLĐ tỉnh gửi", OWN: "đơn vị tự sửa",
}  # fmt: skip


@dataclass(frozen=True)
class Known:
    """One entry of a dated table as it is shown; `own` is the id of the union's correction, "" if it is not one."""

    since: date
    text: str
    law: str
    sure: str
    reason: str
    own: str


@dataclass(frozen=True)
class Table:
    """A dated table: its entries from the latest to the first, and which of them holds on the day asked for."""

    name: str
    label: str
    area: str
    entries: tuple[Known, ...]
    now: Known | None


def tables(book: Book, day: date) -> tuple[Table, ...]:
    """Every table that may be corrected, by area, as it stands on a day."""
    mine = {(each.name, each.since): each for each in rules.own(book)}
    found = []
    for name, declared in rules.declared().items():
        entries = tuple(
            Known(
                row["from"],
                rate_values.shown(declared, row["value"]),
                row["law"],
                SURE[row["evidence"]],
                row["source"] if row["evidence"] == OWN else "",
                mine[name, row["from"]].id if row["evidence"] == OWN else "",
            )
            for row in reversed(_rows(book, name))
        )
        now = next((entry for entry in entries if entry.since <= day), None)
        found.append(Table(name, declared["label"], declared["area"], entries, now))
    return tuple(found)


def correct(book: Book, given: Mapping[str, Any], by: str) -> OwnRate:
    """Let a figure hold from a day on in this union's book, until the province sends its own.

    `given`: name of the table, since (a day), value as typed, law ("" if none), reason. Raises `Refused` for what is no
    value of the table, without a reason, or if it changes nothing.
    """
    name = str(given.get("name") or "")
    declared = rules.declared().get(name)
    if declared is None:
        raise Refused([Problem("name", "Hãy chọn quy định cần sửa.")])
    with book.transact("rates.correct", by) as transaction:
        value = _value(declared, str(given.get("value") or ""))
        told = {key: given.get(key) for key in ("name", "since", "law", "reason")}
        known = {"rates": [rate.id for rate in rules.sent(book) if rate.name == name]}
        made = build(OwnRate, {**told, "id": new_id(), "value": {"value": value}, "known": known})
        held = [row for row in _rows(book, name) if made.since and row["from"] <= made.since]
        if held and held[-1]["value"] == value:
            raise Refused([Problem("value", f"{declared['label']} đã là giá trị này. Hãy kiểm tra lại.")])
        for each in rules.own(book):
            if (each.name, each.since) == (name, made.since):
                transaction.retire(each)
        return transaction.save(made)


def take_back(book: Book, id_: str, by: str) -> None:
    """End a correction: what the province sent, or the program ships, counts again."""
    with book.transact("rates.take_back", by) as transaction:
        held = next((each for each in rules.own(book) if each.id == id_), None)
        if held is None:
            raise Refused("Quy định này không còn là bản đơn vị tự sửa.")
        transaction.retire(held)


def own_in(book: Book, period: dates.Period) -> list[dict[str, str]]:
    """The union's own corrections that hold in a period: {"rate", "from", "reason"}, to flag on what is handed in."""
    labels = rules.declared()
    return [
        {"rate": str(labels[each.name]["label"]), "from": each.since.isoformat(), "reason": each.reason}
        for each in rules.own(book)
        if each.since and each.since <= period.last
    ]


def _value(declared: Mapping[str, Any], typed: str) -> Any:
    """What was typed as the value of a table. Raises `Refused`."""
    try:
        return rate_values.read(declared, typed)
    except ValueError as error:
        raise Refused([Problem("value", str(error))]) from error


def _rows(book: Book, name: str) -> list[rules.Row]:
    if name == "items":
        return list(items.rows(book))
    return list(rules.table(book, name))
