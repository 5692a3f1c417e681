"""Papers of one person: the personal sheet of a year, and the whole file that the person may ask for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from desktop_app.domain import dates
from desktop_app.domain.fields import Entity, entity_of
from desktop_app.domain.records import Union
from desktop_app.reports.layout import UNSIGNED_DAY
from desktop_app.reports.member_papers import signatures, words
from desktop_app.reports.model import Cell, Column, Report, Row, Section, Table
from desktop_app.reports.paper import letterhead
from desktop_app.storage import photos
from desktop_app.storage.book import Book
from desktop_app.storage.person_file import PersonFile, plain, said
from desktop_app.storage.person_more import together

_WAGES = (
    Column("from", "Từ tháng", 30, "code"),
    Column("insured", "Lương đóng BHXH", 45, "money"),
    Column("net", "Lương thực lĩnh", 45, "money"),
)
_DUES = (
    Column("month", "Tháng", 30, "code"),
    Column("amount", "Số tiền", 45, "money"),
    Column("voucher", "Chứng từ", 45, "code"),
)
_CHANGES = (
    Column("when", "Lúc", 30, "code"),
    Column("who", "Người ghi", 32),
    Column("what", "Phần", 28),
    Column("field", "Mục", 30),
    Column("old", "Trước", 40),
    Column("new", "Sau", 40),
)


def personal_sheet(book: Book, unit: Union, held: PersonFile, year: int, day: date) -> Report:
    """What is kept of a person, the wages, and the dues of a year; to be read and signed by the person."""
    text = words("sheet", day)
    dues = [one for one in held.of("dues") if one.month.startswith(f"{year:04}-")]
    wages = _wages(held)
    sections = [
        Section(text["person"], table=_facts(book, held)),
        Section(text["wages"], table=wages) if wages.rows else Section(text["wages"], (text["none"],)),
        _dues_section(book, text["dues"].replace("[year]", str(year)), dues, text["none"]),
    ]
    for number, (declared, records) in enumerate(_others(held, "data_request"), 4):
        sections.append(Section(f"{number}. {declared.label}", table=_records(book, declared, records)))
    return Report(
        "", text["title"], letterhead(unit), subtitle=held.person.name, period_label=f"Lập ngày {dates.show_day(day)}",
        sections=tuple(sections), signatures=signatures(text, unit), place_and_date=UNSIGNED_DAY,
        measure="Đơn vị tính: đồng", photo=photos.of(book, held.person.id),
    )  # fmt: skip


def whole_file(book: Book, unit: Union, held: PersonFile, day: date) -> Report:
    """All the book holds of a person, with every change: the answer to a request (Luật 91/2025/QH15 art. 4)."""
    sections = [Section("1. Thông tin cá nhân", table=_facts(book, held))]
    wages = _wages(held)
    if wages.rows:
        sections.append(Section(f"{len(sections) + 1}. Tiền lương (đồng)", table=wages))
    if held.of("dues"):
        sections.append(_dues_section(book, f"{len(sections) + 1}. Đoàn phí đã đóng (đồng)", held.of("dues"), ""))
    for declared, records in _others(held):
        sections.append(Section(f"{len(sections) + 1}. {declared.label}", table=_records(book, declared, records)))
    if held.files:
        sections.append(Section(f"{len(sections) + 1}. Tệp kèm", table=_files(held)))
    changes = tuple(
        Row({**c._asdict(), "when": f"{c.when:%d/%m/%Y %H:%M}"})
        for c in held.changes
    )
    sections.append(Section(f"{len(sections) + 1}. Lịch sử thay đổi", table=Table(_CHANGES, changes)))
    return Report(
        "", "DỮ LIỆU CÁ NHÂN ĐANG LƯU GIỮ", letterhead(unit), subtitle=held.person.name,
        period_label=f"Theo yêu cầu của người có dữ liệu, ngày {dates.show_day(day)}", sections=tuple(sections),
        landscape=True,
    )  # fmt: skip


def whole_answer(held: PersonFile, day: date) -> dict[str, Any]:
    """The same file as JSON."""
    return {
        "asked": day.isoformat(),
        "person": _plain(held.person),
        **{declared.table: [_plain(record) for record in records] for declared, records in held.others},
        "files": [_plain(one) for one in held.files],
        "history": [
            {"when": c.when.isoformat(), "who": c.who, "record": c.what, "field": c.field, "old": c.old, "new": c.new}
            for c in held.changes
        ],
    }


def _plain(record: Any) -> dict[str, Any]:
    return {"id": record.id, **{f.name: plain(getattr(record, f.name)) for f in entity_of(record).fields}}


def _facts(book: Book, held: PersonFile) -> Table:
    """A person's fields; of the list's own what is not known stays empty, to be filled in by hand."""
    columns = (Column("what", "Mục", 55), Column("value", "Nội dung", 115))
    person, detail = held.person, held.of("person_detail")
    told = [(field.label, said(book, field, getattr(person, field.name))) for field in entity_of(person).fields]
    if detail:
        whole = together(detail)
        more = ((f.label, said(book, f, getattr(whole, f.name))) for f in entity_of(whole).fields if not f.to)
        told += [(label, value) for label, value in more if value]
    return Table(columns, tuple(Row({"what": label, "value": value}) for label, value in told))


def _wages(held: PersonFile) -> Table:
    def since(month: str) -> str:
        return dates.show_month(month) if month else "Từ đầu"

    wages = sorted(held.of("wage"), key=lambda wage: wage.from_month)
    return Table(
        _WAGES,
        tuple(
            Row({"from": since(wage.from_month), "insured": wage.insured, "net": wage.net})
            for wage in wages
        ),
    )


def _dues_section(book: Book, heading: str, dues: Sequence[Any], none: str) -> Section:
    if not dues:
        return Section(heading, (none,))
    link = next(field for field in entity_of(dues[0]).fields if field.name == "voucher")
    rows = [
        Row({"month": dates.show_month(one.month), "amount": one.amount, "voucher": said(book, link, one.voucher)})
        for one in sorted(dues, key=lambda one: one.month)
    ]
    rows.append(Row({"month": "Cộng", "amount": sum(one.amount for one in dues)}, "total"))
    return Section(heading, table=Table(_DUES, tuple(rows)))


def _files(held: PersonFile) -> Table:
    columns = (
        Column("name", "Tên tệp", 110),
        Column("size", "Dung lượng (byte)", 30, "money"),
        Column("note", "Ghi chú", 30),
    )
    return Table(columns, tuple(Row({"name": one.name, "size": one.size, "note": one.note}) for one in held.files))


def _others(held: PersonFile, *besides: str) -> list[tuple[Entity, tuple[Any, ...]]]:
    told = ("wage", "dues", "person_detail", *besides)  # in sections of their own
    return [(declared, found) for declared, found in held.others if declared.name not in told]


def _records(book: Book, declared: Entity, records: Sequence[Any]) -> Table:
    """Records of any entity as a table: the fields that at least one of them fills."""
    kept = [
        field
        for field in declared.fields
        if field.to != "person" and any(said(book, field, getattr(record, field.name)) for record in records)
    ]
    columns = tuple(Column(field.name, field.label, 170 / len(kept)) for field in kept)
    cells: list[dict[str, Cell]] = [
        {field.name: said(book, field, getattr(record, field.name)) for field in kept} for record in records
    ]
    return Table(columns, tuple(Row(row) for row in cells))
