"""The union corrects a dated figure with its reason; a past year keeps its own; the province's version ends it."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.actions import dues, rates, reports
from desktop_app.domain import rate_values
from desktop_app.domain.dates import Period
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Rate
from desktop_app.storage import items, rules
from desktop_app.storage.book import Book, new_id
from tests.reports.october import year_2026
from tests.unions import found_union, hire_e2

RATE = {"name": "dues_rate", "since": date(2026, 9, 1), "value": "1 %", "law": "NQ 05 của BCH", "reason": "Theo nghị quyết"}


def sent(book: Book, name: str, since: date, value: object) -> None:
    with book.transact("test", "LĐLĐ") as transaction:
        given = {"id": new_id(), "name": name, "since": since, "value": {"value": value}, "law": "QĐ 9/QĐ-TLĐ"}
        transaction.save(build(Rate, given))


def test_a_corrected_rate_counts_from_its_day_and_the_past_keeps_its_own(book: Book) -> None:
    found_union(book)
    hire_e2(book)
    assert dues.compute(book, "2026-10").due == 6056000
    made = rates.correct(book, RATE, "Hoa")
    assert dues.compute(book, "2026-10").due == 12112000 - 2 * 253000  # two at the ceiling stay under the cap
    assert dues.compute(book, "2026-08").due == 6056000
    rates.take_back(book, made.id, "Hoa")
    assert dues.compute(book, "2026-10").due == 6056000
    book.verify()


def test_the_provinces_version_ends_what_the_union_corrected(book: Book) -> None:
    rates.correct(book, RATE, "Hoa")
    sent(book, "dues_rate", date(2027, 1, 1), "0.007")
    law = rules.rules(book)
    assert [str(law.dues_rate(month)) for month in ("2026-10", "2027-01")] == ["1/200", "7/1000"]
    found = next(table for table in rates.tables(book, date(2027, 2, 1)) if table.name == "dues_rate")
    assert found.now is not None
    assert (found.now.text, found.now.sure) == ("0,7 %", "LĐLĐ tỉnh gửi")
    rates.correct(book, {**RATE, "since": date(2027, 3, 1)}, "Hoa")  # who knows the province's may correct again
    assert str(rules.rules(book).dues_rate("2027-03")) == "1/100"


def test_the_settlement_handed_in_says_what_was_corrected(book: Book) -> None:
    year_2026(book)
    rates.correct(book, {**RATE, "name": "keep_dues", "since": date(2026, 1, 1), "value": "80"}, "Hoa")
    sealed = reports.submit(book, "B07", Period.parse("2026"), "", "Hoa")
    assert sealed.content["own_rates"] == [
        {"rate": "Phần đoàn phí đơn vị giữ lại", "from": "2026-01-01", "reason": "Theo nghị quyết"}
    ]
    assert "own_rates" not in reports.make(book, "B07", Period.parse("2026")).answer


def test_a_corrected_catalogue_of_items_is_what_vouchers_choose_from(book: Book) -> None:
    before = items.items(book, date(2027, 1, 1))
    table = next(table for table in rates.tables(book, date(2027, 1, 1)) if table.name == "items")
    assert table.now is not None
    typed = table.now.text.replace("37; chi; Chi khác; Chi khác; ", "37; chi; Chi khác của đơn vị; Khác; ")
    assert typed != table.now.text
    rates.correct(book, {**RATE, "name": "items", "since": date(2027, 1, 1), "value": typed}, "Hoa")
    after = items.items(book, date(2027, 1, 1))
    assert (after.name("37"), [i.code for i in after]) == ("Chi khác của đơn vị", [i.code for i in before])
    assert items.items(book, date(2026, 12, 31)).name("37") == before.name("37")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"value": "một phần trăm"}, "không phải số"),
        ({"value": "200 %"}, "từ 0 đến 100"),
        ({"reason": " "}, "Lý do"),
        ({"since": None}, "Áp dụng từ ngày"),
        ({"value": "0,5 %"}, "đã là giá trị này"),
        ({"name": "person_kept"}, "Hãy chọn quy định"),
        ({"name": "allowances", "value": "150; 0,15"}, "Dòng 1 có 2 ô, cần 6"),
        ({"name": "fee_clock", "value": "1; x; 60"}, "Số tháng sau quý"),
        ({"name": "dues_cap", "value": "mười"}, "nhóm 3: 10 %"),
    ],
)
def test_what_is_no_figure_is_refused_with_a_sentence(book: Book, given: dict[str, object], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        rates.correct(book, RATE | given, "Hoa")
    assert rules.own(book) == ()


def test_every_shipped_value_is_typed_as_it_is_shown(book: Book) -> None:
    told = 0
    for name, declared in rules.declared().items():
        rows = items.rows(book) if name == "items" else rules.table(book, name)
        assert rows, name
        for row in rows:
            shown = rate_values.shown(declared, row["value"])
            again = rate_values.read(declared, shown)
            assert rate_values.shown(declared, again) == shown
            told += 1
    assert told > 20
