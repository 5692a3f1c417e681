"""S26-H of an invented union: ten chairs and a loudspeaker come in, three chairs break."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.actions import assets
from desktop_app.domain.dates import Period
from desktop_app.domain.errors import Refused
from desktop_app.domain.records import Asset
from desktop_app.reports.make import make
from desktop_app.reports.pdf import draw
from desktop_app.storage.book import Book
from tests.unions import found_union

CHAIRS = {"name": "Ghế xếp", "measure": "cái", "quantity": "10", "price": "150k", "day": "05/03/2026", "document": "PC03/01"}
SPEAKER = {"name": "Loa kéo", "measure": "bộ", "price": 4200000, "day": "10/10/2026", "kind": "Tài sản cố định"}


@pytest.fixture
def chairs(book: Book) -> Asset:
    found_union(book)
    return assets.take_in(book, CHAIRS, "Hoa")


def test_what_came_in_and_what_left_stands_in_s26(book: Book, chairs: Asset) -> None:
    assets.take_in(book, SPEAKER, "Hoa")
    assets.let_go(book, chairs.id, {"day": "20/10/2026", "quantity": 3, "reason": "Gãy", "document": "BB 02"}, "Hoa")
    year, october = make(book, "S26", Period.parse("2026")), make(book, "S26", Period.parse("2026-10"))
    assert (year.answer["opening"], year.answer["totals"], year.answer["closing"]) == (
        0, {"in": 5700000, "out": 450000}, 5250000,
    )  # fmt: skip
    assert (october.answer["opening"], october.answer["closing"]) == (1500000, 5250000)
    assert [(row["date"], row["text"], row["in"], row["out"], row["quantity"]) for row in october.answer["rows"]] == [
        ("2026-10-10", "Loa kéo", 4200000, 0, 1), ("2026-10-20", "Ghế xếp", 0, 450000, 3),
    ]  # fmt: skip
    assert [each.left for each in assets.held(book, date(2026, 12, 31))] == [7, 1]
    sheet = assets.inventory(book, date(2026, 12, 31))
    assert [row.cells.get("amount") for row in sheet.tables[0].rows] == [1050000, 4200000, 5250000]
    assert draw(sheet)
    assert draw(year.report)


def test_no_more_leaves_than_there_is_nor_before_it_came(book: Book, chairs: Asset) -> None:
    for given, sentence in (
        ({"day": "20/10/2026", "quantity": 11, "reason": "Gãy"}, "Ghế xếp còn 10 cái"),
        ({"day": "01/01/2026", "quantity": 1, "reason": "Gãy"}, "ghi tăng ngày 05/03/2026"),
        ({"day": "20/10/2026", "quantity": 1, "reason": ""}, "Lý do"),
    ):
        with pytest.raises(Refused, match=sentence):
            assets.let_go(book, chairs.id, given, "Hoa")
    assert assets.outs(book, chairs.id) == []


def test_what_is_said_of_it_is_corrected_and_what_counts_stands(book: Book, chairs: Asset) -> None:
    changed = assets.change(book, chairs.id, {"place": "Nhà văn hóa", "price": 150000}, "Hoa")
    assert (changed.place, changed.price) == ("Nhà văn hóa", 150000)
    with pytest.raises(Refused, match="ghi giảm rồi ghi tăng lại"):
        assets.change(book, chairs.id, {"price": 1}, "Hoa")
    assert assets.caution({"kind": "Tài sản cố định", "approval": " "})
    assert assets.caution({"kind": "Tài sản cố định", "approval": "CV 12"}) == ""
