"""How numbers are written: patterns, series without gap, a second PC's own series, and Quyển số on the paper."""

from __future__ import annotations

import io
from datetime import date

import pypdf
import pytest

from desktop_app.actions import numbering, vouchers
from desktop_app.domain.errors import Refused
from desktop_app.domain.numbering import read
from desktop_app.reports import voucher_papers
from desktop_app.storage import enrolment
from desktop_app.storage.book import Book
from tests.actions.october import Funds, make_funds, paid


@pytest.fixture
def funds(book: Book) -> Funds:
    return make_funds(book)



@pytest.mark.parametrize(
    ("pattern", "numbers"),
    [
        ("{kind}{MM}/{nn}", ["PC10/01", "PC10/02", "PC11/01", "PC10/01"]),
        ("{kind}-{nnn}/{yyyy}", ["PC-001/2026", "PC-002/2026", "PC-003/2026", "PC-001/2027"]),
        ("{kind}-CĐ-{yyyy}-{nnn}", ["PC-CĐ-2026-001", "PC-CĐ-2026-002", "PC-CĐ-2026-003", "PC-CĐ-2027-001"]),
        ("{kind}-{nn}/{MM}", ["PC-01/10", "PC-02/10", "PC-01/11", "PC-01/10"]),
        ("{kind}-{n}", ["PC-1", "PC-2", "PC-3", "PC-1"]),
    ],
)
def test_a_series_counts_on_without_gap_by_month_or_year(book: Book, funds: Funds, pattern: str, numbers: list[str]) -> None:
    numbering.change(book, {"pattern": pattern, "volume_size": 50}, "Hoa")
    days = ("05/10/2026", "20/10/2026", "03/11/2026", "05/10/2027")
    assert [vouchers.write(book, paid(funds[0], day=day), "Hoa").number for day in days] == numbers


def test_a_new_pattern_begins_its_own_series_and_old_numbers_stay(book: Book, funds: Funds) -> None:
    first = vouchers.write(book, paid(funds[0]), "Hoa")
    numbering.change(book, {"pattern": "{kind}-{nnn}/{yyyy}", "volume_size": 50}, "Hoa")
    lines = [{"fund": funds[1].id, "amount_out": 100}, {"fund": funds[0].id, "amount_in": 100}]
    values = {"kind": "UNC", "day": date(2026, 10, 20), "text": "Rút tiền", "lines": lines}
    moved = vouchers.write(book, values, "Hoa")
    assert (first.number, moved.number, moved.counterpart) == ("PC10/01", "UNC-001/2026", "PT-001/2026")
    taken = vouchers.write(book, {**paid(funds[0]), "kind": "PT", "lines": [
        {"item": "22", "fund": funds[0].id, "amount_in": 5}]}, "Hoa")  # fmt: skip
    assert taken.number == "PT-002/2026"
    vouchers.cancel(book, taken.id, "Nhầm", "Hoa")
    with pytest.raises(Refused, match="Số PT-002/2026 đã có"):
        vouchers.write(book, {**values, "number": "PT-002/2026", "kind": "PT", "lines": lines[::-1]}, "Hoa")


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("{kind}{MM}", "đúng một lần số thứ tự"), ("{kind}{nn}", "cách chữ và số khác"), ("{MM}/{nn}", "phải có {kind}"),
        ("{kind}/{nn}{yyyy}", "cách chữ và số khác"), ("{kind}/{năm}/{nn}", "chỉ dùng {kind}"),
        ("{kind}" + "-" * 30 + "{nn}", "dài 40 ký tự"),
    ],
)  # fmt: skip
def test_a_pattern_that_could_repeat_a_number_is_refused(book: Book, pattern: str, says: str) -> None:
    with pytest.raises(Refused) as refused:
        numbering.change(book, {"pattern": pattern}, "Hoa")
    assert says in str(refused.value)
    assert numbering.chosen(book).pattern == "{kind}{MM}/{nn}"


def test_a_second_pc_without_the_lease_has_a_series_of_its_own(book: Book, funds: Funds) -> None:
    assert vouchers.write(book, paid(funds[0]), "Hoa").number == "PC10/01"
    enrolment.keep(book, enrolment.Enrolment("https://vi-du.vn", b"k" * 32, "40-001", book.device, lease=0))
    assert vouchers.write(book, paid(funds[0]), "Hoa").number == "PC.B10/01"
    numbering.change(book, {"pattern": "{kind}-{nnn}", "volume_size": 50, "series": "c"}, "Hoa")
    assert vouchers.write(book, paid(funds[0]), "Hoa").number == "PC.C-001"
    with pytest.raises(Refused, match="một chữ cái"):
        numbering.change(book, {"pattern": "{kind}-{nnn}", "series": "4"}, "Hoa")
    with pytest.raises(Refused, match="Máy này không giữ quyền ghi sổ nên phải có dãy số riêng"):
        numbering.change(book, {"pattern": "{kind}{MM}/{nn}", "volume_size": 50}, "Hoa")
    enrolment.keep(book, enrolment.Enrolment("https://vi-du.vn", b"k" * 32, "40-001", book.device, lease=1))
    numbering.change(book, {"pattern": "{kind}{MM}/{nn}", "volume_size": 50}, "Hoa")
    assert vouchers.write(book, paid(funds[0]), "Hoa").number == "PC10/02"


def test_the_volume_stands_on_the_paper(book: Book, funds: Funds) -> None:
    made = [vouchers.write(book, paid(funds[0]), "Hoa") for _ in range(3)]
    for how, volumes in (("Theo tháng", ["10", "10", "10"]), ("Theo số phiếu", ["1", "1", "2"]), ("", ["…"] * 3)):
        numbering.change(book, {"pattern": "{kind}{MM}/{nn}", "volumes": how, "volume_size": 2}, "Hoa")
        pages = pypdf.PdfReader(io.BytesIO(voucher_papers.make(book, made, "Hoa"))).pages
        assert [page.extract_text().split("Quyển số: ")[1].split()[0].strip("…") or "…" for page in pages] == volumes


def test_a_pattern_is_read_both_ways() -> None:
    written = read("{kind}-{nnn}/{yyyy}")
    assert written.count("PC", "2026-10", "PC-012/2026") == 12
    assert written.count("PC", "2026-10", "PC10/01") == 0
    assert not written.monthly
