"""Dated figures and words of forms, corrected by the union itself with a reason, until the province sends its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from desktop_app.domain import dates, form_texts, rate_values
from desktop_app.domain.errors import Problem, Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import OwnRate
from desktop_app.domain.rules import OWN, PROVINCE
from desktop_app.storage import items, rules, texts
from desktop_app.storage.book import Book, new_id

if TYPE_CHECKING:
    from desktop_app.reports.forms import Form  # not needed to open the window

SURE = {
    "found": "có văn bản", "hi": "khá chắc", "med": "cần kiểm tra", "design": "tạm tính, cần hỏi cấp trên",
    "used": "đang dùng phổ biến", "high": "khá chắc", "medium": "cần kiểm tra", "low": "dựng lại, cần kiểm tra",
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
    """A dated table: its entries from the latest to the first, and which of them holds on the day asked for; `many`:
    whether its value may be of several lines."""

    name: str
    label: str
    area: str
    entries: tuple[Known, ...]
    now: Known | None
    many: bool = False


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
        many = declared["kind"] in ("rows", "words", "certificates")
        found.append(Table(name, declared["label"], declared["area"], entries, now, many))
    return tuple(found)


def forms() -> tuple[tuple[str, str, str], ...]:
    """The forms and papers whose words can be corrected: id, name, area."""
    return tuple((source.id, source.name, source.area) for source in texts.sources().values())


def refused() -> str:
    """What of a form cannot be corrected here, as a sentence."""
    return str(texts.declared()["refused"])


def words(book: Book, id_: str, day: date) -> tuple[Table, ...]:
    """Every text of a form or paper that may be corrected, as it stands on a day."""
    source = texts.sources()[id_]
    entry, sent = source.on(day), rules.worded(book, id_)
    mine = {(each.name, each.since): each.id for each in rules.own(book)}
    found = []
    for text in form_texts.texts(texts.declared(), entry):
        name = f"{id_}/{text.path}"
        shipped = Known(entry["from"], form_texts.shown(text.value), "", SURE.get(text.evidence, SURE["med"]), "", "")
        later = [
            Known(
                row["from"], form_texts.shown(row["value"]), row["law"], SURE[row["evidence"]],
                row["source"] if row["evidence"] == OWN else "", mine.get((name, row["from"]), ""),
            )
            for row in sent.get(name, ())
            if row["from"] >= entry["from"]
        ]  # fmt: skip
        entries = (*reversed(later), shipped)
        now = next((each for each in entries if each.since <= day), shipped)
        found.append(Table(name, text.label, source.name, entries, now, text.kind != "text"))
    return tuple(found)


def correct(book: Book, given: Mapping[str, Any], by: str) -> OwnRate:
    """Let a figure hold from a day on in this union's book, until the province sends its own.

    `given`: name of the table, since (a day), value as typed, law ("" if none), reason. Raises `Refused` for what is no
    value of the table, without a reason, or if it changes nothing.
    """
    name = str(given.get("name") or "")
    with book.transact("rates.correct", by) as transaction:
        label, value = _read(name, str(given.get("value") or ""), given.get("since"))
        told = {key: given.get(key) for key in ("name", "since", "law", "reason")}
        known = {"rates": [rate.id for rate in rules.sent(book) if rate.name == name]}
        made = build(OwnRate, {**told, "id": new_id(), "value": {"value": value}, "known": known})
        assert made.since is not None
        if value == _held(book, name, made.since):
            raise Refused([Problem("value", f"{label} đã là giá trị này. Hãy kiểm tra lại.")])
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


def own_in(book: Book, period: dates.Period, form: Form) -> list[dict[str, str]]:
    """The union's own corrections that hold in a report: {"rate", "from", "reason"}, to flag on what is handed in.

    Figures count in reports of money, words in the form itself and the one whose rows it takes.
    """
    found = []
    for each in rules.own(book):
        id_, slash, _ = each.name.partition("/")
        if each.since and each.since <= period.last and (id_ in form.worded_by if slash else form.kind == "money"):
            found.append({"rate": label(each.name, each.since), "from": each.since.isoformat(), "reason": each.reason})
    return found


def label(name: str, day: date) -> str:
    """How a figure or a text of a form is called; its name where this program does not know it."""
    if name in rules.declared():
        return str(rules.declared()[name]["label"])
    told = texts.text(name, day)
    return f"Mẫu {told[0].name.partition(' · ')[0]}, {told[1].label}" if told else name


def _read(name: str, typed: str, since: Any) -> tuple[str, Any]:
    """How a figure or text is called, and what was typed for it as its value. Raises `Refused`."""
    declared = rules.declared().get(name)
    day = since if isinstance(since, date) else date.today()  # noqa: DTZ011 - the accountant's own day
    told = texts.text(name, day)
    if declared is None and told is None:
        sentence = texts.declared()["refused"] if "/" in name else "Hãy chọn quy định cần sửa."
        raise Refused([Problem("name", sentence)])
    if told is not None and day < (first := told[0].on(day)["from"]):
        raise Refused([Problem("since", f"Mẫu này có từ {dates.show_day(first)}. Hãy chọn ngày từ đó trở đi.")])
    try:
        if told is not None:
            return told[1].label, form_texts.read(told[1], typed, told[0].on(day))
        assert declared is not None
        return str(declared["label"]), rate_values.read(declared, typed)
    except ValueError as error:
        raise Refused([Problem("value", str(error))]) from error


def _held(book: Book, name: str, day: date) -> Any:
    """The value in force on a day; None of before the first."""
    if told := texts.text(name, day):
        changed = texts.changed(book, told[0].id, told[0].on(day)["from"], day)
        return changed.get(told[1].path, told[1].value)
    fitting = [row["value"] for row in _rows(book, name) if row["from"] <= day]
    return fitting[-1] if fitting else None


def _rows(book: Book, name: str) -> list[rules.Row]:
    if name == "items":
        return list(items.rows(book))
    return list(rules.table(book, name))
