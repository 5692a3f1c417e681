"""What a file may be read as: a list of people, a cash or bank book, a grid of dues, a payroll list; each with its
columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import resources
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import entity_of
from desktop_app.domain.records import PersonDetail
from desktop_app.exchange.layout import PEOPLE, Column, Kind

_EXTRA: dict[str, Kind] = {"family": "text", "given": "text", "man": "text", "woman": "text"}
_KINDS: dict[str, Kind] = {"text": "text", "day": "day", "flag": "flag", "choice": "choice"}
_MONTHS = tuple(f"m{number:02}" for number in range(1, 13))
_MONEY = ("amount_in", "amount_out", "balance", "amount", "insured", "net", "deducted")
_CODES = ("home_code", "address_code", "job_code")  # a list says the words, never our codes
DETAILS: Mapping[str, Kind] = {
    field.name: _KINDS[field.kind]
    for field in entity_of(PersonDetail).fields
    if field.kind in _KINDS and field.name not in _CODES
}
"""What a column may give beside the register's own fields."""
FIELDS: Mapping[str, Kind] = {**{column.field: column.kind for column in PEOPLE.columns}, **DETAILS, **_EXTRA}
"""What a column of a list may give."""


@dataclass(frozen=True)
class Subject:
    """One kind of file. A heading row has, of each group in `needs`, a column; `missing` says so where none does."""

    key: str
    title: str
    columns: tuple[Column, ...]
    needs: tuple[tuple[str, ...], ...]
    missing: str

    def column(self, name: str) -> Column:
        """The column of a field. Raises `Refused` for an unknown one."""
        found = next((column for column in self.columns if column.field == name), None)
        if found is None:
            known = ", ".join(column.field for column in self.columns)
            raise Refused(f"Không có thông tin “{name}”. Hãy chọn một trong: {known}.")
        return found

    def enough(self, fields: set[str]) -> bool:
        """Whether these fields make a table of this kind."""
        return all(any(field in fields for field in group) for group in self.needs)


def columns() -> tuple[Column, ...]:
    """The fields of people with every heading they are known by."""
    known: Mapping[str, list[str]] = resources.read("catalogues/member_columns.toml")["headings"]
    return tuple(Column(names[0], field, FIELDS[field], tuple(names[1:])) for field, names in known.items())


def heading_of(field: str) -> str:
    """The first heading a field of people is known by."""
    return next(column.heading for column in columns() if column.field == field)


def people() -> Subject:
    """A list of members or workers."""
    return Subject("people", "Danh sách người", columns(), (("name", "given"),), "cột Họ và tên")


def cash_book() -> Subject:
    """A cash or bank book, or a list of vouchers, one line a row."""
    return _book("cash", "Sổ quỹ, sổ tiền gửi", (("day",), ("text",), ("amount_in", "amount_out")),
                 "các cột Ngày, Diễn giải và Thu hoặc Chi")  # fmt: skip


def dues_grid() -> Subject:
    """Dues paid, a row a member, a column a month."""
    return _book("dues", "Bảng thu đoàn phí theo tháng", (("name", "given", "cccd", "card"), _MONTHS),
                 "cột Họ và tên và cột tháng nào")  # fmt: skip


def settlement() -> Subject:
    """A settlement (B07) of a year, whichever form it was written on."""
    return _book("b07", "Quyết toán năm trước (B07)", (("text",), ("amount",)), "các cột Nội dung và Quyết toán")


def payroll() -> Subject:
    """The company's payroll list of a month, with the dues it deducted."""
    return _book("payroll", "Bảng lương tháng của chuyên môn", (("name", "given"), ("insured", "net")),
                 "các cột Họ và tên và Lương")  # fmt: skip


def every() -> tuple[Subject, ...]:
    """All kinds, people first."""
    return people(), cash_book(), dues_grid(), settlement(), payroll()


def named(key: str) -> Subject:
    """The kind of a key."""
    return next(subject for subject in every() if subject.key == key)


def _book(key: str, title: str, needs: tuple[tuple[str, ...], ...], missing: str) -> Subject:
    told: Mapping[str, Mapping[str, list[str]]] = resources.read("catalogues/book_columns.toml")
    plain: dict[str, Kind] = {"day": "day", "cccd": "cccd", "birth": "birth"}
    kinds: dict[str, Kind] = {**plain, **dict.fromkeys((*_MONTHS, *_MONEY), "money")}
    made = (Column(names[0], field, kinds.get(field, "text"), tuple(names[1:])) for field, names in told[key].items())
    return Subject(key, title, tuple(made), needs, missing)
