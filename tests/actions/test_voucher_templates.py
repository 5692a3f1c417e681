"""What comes again is not typed again: templates, last month's vouchers, and many drafts posted at once."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.actions import officers, periods, several_amounts, voucher_templates, vouchers
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import Dues, Person, Voucher
from desktop_app.storage.book import Book, new_id
from tests.actions.october import Funds, make_funds, paid


@pytest.fixture
def funds(book: Book) -> Funds:
    return make_funds(book)


def test_a_template_fills_in_all_but_day_and_number_and_names_the_month(book: Book, funds: Funds) -> None:
    content = {"kind": "PC", "day": date(2026, 10, 5), "number": "PC10/01", "fund": funds[0].id, "item": "34.02",
               "amount": 379500, "text": "Phụ cấp tháng {tháng}", "party": "", "papers": None}  # fmt: skip
    voucher_templates.keep(book, "Phụ cấp", {**content, "amount": 1}, "Hoa")
    kept = voucher_templates.keep(book, "phụ cấp", content, "Hoa")
    assert [one.id for one in voucher_templates.templates(book)] == [kept.id]
    assert voucher_templates.filled_in(kept, date(2026, 11, 3)) == (
        "PC", {"fund": funds[0].id, "item": "34.02", "amount": 379500, "text": "Phụ cấp tháng 11/2026"},
    )  # fmt: skip
    with pytest.raises(Refused, match="Hãy nhập Tên mẫu"):
        voucher_templates.keep(book, " ", content, "Hoa")
    voucher_templates.remove(book, kept.id, "Hoa")
    assert voucher_templates.templates(book) == []


def test_chosen_vouchers_come_again_next_month_as_drafts(book: Book, funds: Funds) -> None:
    one = vouchers.write(book, paid(funds[0], day="31/10/2026", text="Phụ cấp tháng 10", papers="2"), "Hoa")
    two = vouchers.write(book, paid(funds[0], text="Nước họp 10/2026", month="2026-09"), "Hoa")
    made = voucher_templates.repeat(book, [one.id, two.id], "2026-11", "Hoa")
    assert [(v.day, v.text, v.month, v.number, v.posted, v.papers) for v in made] == [
        (date(2026, 11, 30), "Phụ cấp tháng 11", "", "", False, ""),
        (date(2026, 11, 15), "Nước họp 11/2026", "2026-10", "", False, ""),
    ]
    undone = vouchers.reverse(book, one.id, "Nhầm", "Hoa")
    with pytest.raises(Refused, match="ĐC10/01 là phiếu điều chỉnh"):
        voucher_templates.repeat(book, [two.id, undone.id], "2026-11", "Hoa")
    assert len(list(book.all(Voucher))) == 5


def test_chosen_drafts_are_posted_by_day_all_or_none(book: Book, funds: Funds) -> None:
    days = ("20/10/2026", "05/10/2026", "30/09/2026")
    drafts = [vouchers.draft(book, paid(funds[0], day=day, text=f"Chi {day[:5]}"), "Hoa") for day in days]
    periods.close(book, "2026-09", "Hoa")
    with pytest.raises(Refused) as refused:
        vouchers.post_all(book, [one.id for one in drafts], "Hoa")
    assert str(refused.value).startswith("30/09/2026, “Chi 30/09”: Kỳ 09/2026 đã khóa sổ.")
    assert not any(voucher.posted for voucher in book.all(Voucher))
    made = vouchers.post_all(book, [one.id for one in drafts[:2]], "Hoa")
    assert [(v.number, v.text) for v in made] == [("PC10/01", "Chi 05/10"), ("PC10/02", "Chi 20/10")]
    with pytest.raises(Refused, match="Phiếu PC10/02 đã ghi sổ rồi"):
        vouchers.post_all(book, [drafts[0].id], "Hoa")
    with pytest.raises(Refused, match="Hãy chọn ít nhất một phiếu nháp"):
        vouchers.post_all(book, [], "Hoa")


def test_the_allowances_of_e7_are_one_payment_with_a_row_an_officer(book: Book, funds: Funds) -> None:
    names = ("Nguyễn Văn Thắng", "Trần Thị Hoa", "Lê Thị Lan", "Hồ Thị Ánh", "Lê Thị Hường", "Ân", "Yến", "Đức", "Bảo")
    posts = ("CT", "KT", "UVBCH", "UVBCH", "TQ", "TT", "TT", "TT", "TT")
    with pytest.raises(Refused, match="Chưa có cán bộ hưởng phụ cấp"):
        voucher_templates.allowances(book, date(2026, 10, 28))
    with book.transact("setup", "Hoa") as transaction:
        people = [transaction.save(build(Person, {"id": new_id(), "name": name, "member": True})) for name in names]
        transaction.save(build(Dues, {"id": new_id(), "person": people[0].id, "month": "2025-12", "amount": 41_000}))
    for number, (person, post) in enumerate(zip(people, posts, strict=True)):
        values = {"person": person.id, "post": post, "since": date(2024, 1, 1), "unit": f"Tổ {number}"}
        officers.appoint(book, values, "Hoa")
    given = {"kind": "UNC", "day": "28/10/2026", **voucher_templates.allowances(book, date(2026, 10, 28))}
    made = vouchers.write(book, several_amounts.values(book, given), "Hoa")
    assert made.text == "Phụ cấp cán bộ công đoàn tháng 10/2026"
    assert (len(made.lines), sum(line.amount_out for line in made.lines)) == (9, 2_251_700)
    assert made.lines[0].party == "Nguyễn Văn Thắng"
