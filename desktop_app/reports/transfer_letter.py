"""The letter of introduction of a member who moves to another union, with the signed card as a QR code; one A4."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any, Protocol

import resources
from desktop_app.domain import dates
from desktop_app.domain.records import Union
from desktop_app.reports.fonts import BOLD, ITALIC, PLAIN, Face, width
from desktop_app.reports.layout import UNSIGNED_DAY
from desktop_app.reports.model import Report, Signature
from desktop_app.reports.paper import letterhead
from desktop_app.reports.pdf import draw_letterhead, draw_signatures
from desktop_app.reports.sheet import MM, Sheet

_SIZE = 13.0
_SMALL = 11.0


class Introduced(Protocol):
    """What the letter tells, as the signed card has it; days are ISO text, "" unknown."""

    @property
    def card_id(self) -> str: ...
    @property
    def sender(self) -> str: ...
    @property
    def sender_name(self) -> str: ...
    @property
    def receiver(self) -> str: ...
    @property
    def receiver_name(self) -> str: ...
    @property
    def left(self) -> str: ...
    @property
    def expires(self) -> str: ...
    @property
    def document(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def birth(self) -> str: ...
    @property
    def sex(self) -> str: ...
    @property
    def cccd(self) -> str: ...
    @property
    def card(self) -> str: ...
    @property
    def joined(self) -> str: ...
    @property
    def paid(self) -> str: ...


def draw(unit: Union, card: Introduced, code: str, day: date) -> bytes:
    """The letter as PDF; `code` is the text of the QR code, `day` the one whose wording holds."""
    text, facts = _words(day), _facts(card)
    sheet = Sheet(footer=text["number"].replace("[id]", card.card_id))
    document = (f"Số: {card.document}",) if card.document else ()
    head = letterhead(unit)
    named = dataclasses.replace(head, lines=document)
    draw_letterhead(sheet, Report("", text["title"], named, place_and_date=UNSIGNED_DAY, national=True))
    sheet.lines(text["title"], 14, BOLD, align="centre")
    sheet.lines(text["subtitle"], 13, BOLD, align="centre")
    sheet.gap(4 * MM)
    sheet.lines(_filled(text["to"], card), _SIZE, align="centre")
    sheet.gap(3 * MM)
    sheet.lines(_filled(text["opening"], card), _SIZE, first=10 * MM)
    sheet.gap(2 * MM)
    start = sheet.left + 10 * MM
    values = start + max(width(f"{fact['heading']}:  ", PLAIN, _SIZE) for fact in text["facts"])
    for fact in text["facts"]:
        face: Face = BOLD if fact["key"] == "name" else PLAIN
        sheet.words(start, sheet.y - _SIZE * 0.95, f"{fact['heading']}:", _SIZE)
        sheet.lines(facts[fact["key"]] or "………………", _SIZE, face, within=(values, sheet.right))
        sheet.gap(0.8 * MM)
    sheet.gap(1.5 * MM)
    sheet.lines(_filled(text["closing"], card), _SIZE, first=10 * MM)
    sheet.gap(1 * MM)
    signer = text["signer"]
    chair = Signature(signer["title"], getattr(unit, signer["who"]), signer["hint"])
    draw_signatures(sheet, (Signature("", "", ""), chair), "")
    _code(sheet, text, card, code)
    return sheet.pdf(text["title"], unit.name)


def _code(sheet: Sheet, text: Mapping[str, Any], card: Introduced, code: str) -> None:
    """The QR code under a dashed line, with what to do with it at its side."""
    size = text["code"] * MM
    sheet.gap(4 * MM)
    sheet.need(size + 4 * MM)
    sheet.stroke(sheet.left, sheet.y, sheet.right, sheet.y, dashed=True)
    sheet.gap(4 * MM)
    top = sheet.y
    _squares(sheet, sheet.left, top, size, code)
    within = (sheet.left + size + 6 * MM, sheet.right)
    sheet.lines(text["code_title"], 12, BOLD, within=within)
    sheet.gap(2 * MM)
    for told in text["code_told"]:
        sheet.lines(_filled(told, card), _SMALL, within=within)
        sheet.gap(1.5 * MM)
    sheet.lines(f"{card.sender} → {card.receiver}", _SMALL, ITALIC, within=within)
    sheet.y = top - size


def _squares(sheet: Sheet, left: float, top: float, size: float, code: str) -> None:
    import segno

    matrix = segno.make(code, micro=False, error="m").matrix
    step = size / len(matrix)
    for line, bits in enumerate(matrix):
        at = 0
        for dark, run in groupby(bits):
            count = len(list(run))
            if dark:
                sheet.block(left + at * step, top - (line + 1) * step - 0.05, count * step, step + 0.05)
            at += count


def _facts(card: Introduced) -> dict[str, str]:
    return {
        "name": card.name.upper(), "birth": "/".join(reversed(card.birth.split("-"))), "sex": card.sex,
        "cccd": card.cccd, "card": card.card, "joined": _day(card.joined),
        "paid": dates.show_month(card.paid) if card.paid else "",
    }  # fmt: skip


def _filled(words: str, card: Introduced) -> str:
    for key, value in (("[receiver]", card.receiver_name), ("[sender]", card.sender_name), ("[left]", _day(card.left)),
                       ("[expires]", _day(card.expires)), ("[code]", card.receiver)):  # fmt: skip
        words = words.replace(key, value)
    return words


def _day(iso: str) -> str:
    return dates.show_day(date.fromisoformat(iso)) if iso else ""


def _words(day: date) -> Mapping[str, Any]:
    held = [version for version in _papers()["letter"] if version["from"] <= day] or _papers()["letter"][:1]
    return max(held, key=lambda version: version["from"])


@cache
def _papers() -> Mapping[str, Any]:
    return resources.read("papers/transfer.toml")
