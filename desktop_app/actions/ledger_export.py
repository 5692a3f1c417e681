"""The books of a period as a file for the upper level's ledger, by dated profiles of columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import resources
from desktop_app.domain import dates
from desktop_app.domain.dates import Period
from desktop_app.exchange import ledger_file
from desktop_app.exchange.ledger_file import Values
from desktop_app.storage import analysis
from desktop_app.storage.book import Book
from desktop_app.storage.items import items


@dataclass(frozen=True)
class Profile:
    """One form of the file: which columns it has, as Excel or CSV."""

    key: str
    name: str
    format: str
    columns: Mapping[str, str]
    transfers: bool
    separator: str
    day: str


def profiles(day: date) -> list[Profile]:
    """The forms in force on a day, the latest version of each."""
    found: dict[str, Mapping[str, Any]] = {}
    for entry in sorted(resources.read("catalogues/ledger_exports.toml")["profile"], key=lambda entry: entry["from"]):
        if entry["from"] <= day or entry["key"] not in found:
            found[entry["key"]] = entry
    return [
        Profile(
            key, e["name"], e["format"], e["columns"], e["transfers"], e.get("separator", ";"),
            e.get("day", "%d/%m/%Y"),
        )
        for key, e in found.items()
    ]  # fmt: skip


def export(book: Book, profile: Profile, period: Period, path: Path) -> int:
    """Write the lines of a period; answers how many. Raises `Trouble` where the file cannot be written."""
    rows = _rows(book, profile, period)
    if profile.format == "csv":
        return ledger_file.write_csv(path, profile.columns, rows, profile.separator, profile.day)
    return ledger_file.write_xlsx(path, profile.columns, rows)


def _rows(book: Book, profile: Profile, period: Period) -> Iterator[Values]:
    catalogue = items(book, period.last)
    for entry in analysis.entries(book, period.first, period.last):
        if not entry.item and not profile.transfers:
            continue
        yield {
            "unit": book.union_code, "day": entry.day, "kind": entry.kind, "number": entry.number, "text": entry.text,
            "month": dates.show_month(entry.month) if entry.month else "", "party": entry.party or entry.whose,
            "address": entry.address, "papers": entry.papers, "item": entry.item,
            "item_name": catalogue.name(catalogue.of_form(entry.item)), "fund": entry.fund,
            "fund_kind": entry.fund_kind, "account": entry.account, "in": entry.amount_in or None,
            "out": entry.amount_out or None, "amount": entry.amount_in - entry.amount_out, "adjusts": entry.adjusts,
        }  # fmt: skip
