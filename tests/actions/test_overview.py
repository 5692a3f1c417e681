"""The first page's figures and what waits, on October's book (E5) and on an empty one."""

from __future__ import annotations

from datetime import date

from desktop_app.actions import funds, members, officers, overview, periods, vouchers
from desktop_app.domain.fields import build
from desktop_app.domain.records import FiledReport, Submission, Union, Verdict
from desktop_app.storage import overview as questions
from desktop_app.storage.book import Book, new_id
from tests.actions.october import make_funds, paid, post_october

TODAY = date(2026, 11, 24)
LAN = {"name": "Lê Thị Lan", "birth": "1990", "sex": "Nữ", "cccd": "040190001234", "wage": "8200000"}
AN = {"name": "Phan Đình Ân", "birth": "1979", "sex": "Nam", "cccd": "040079000456", "wage": "6500000"}


def name_union(book: Book, **more: object) -> None:
    facts = {"id": new_id(), "code": "40-001", "name": "CĐCS May Hưng Lộc", **more}
    with book.transact("setup.make", "Hoa") as transaction:
        transaction.save(build(Union, facts))


def said(waits: tuple[overview.Wait, ...]) -> str:
    return "\n".join(f"{wait.tone} {wait.page} {wait.text}" for wait in waits)


def test_october_as_the_accountant_sees_it(book: Book) -> None:
    name_union(book)
    post_october(book, make_funds(book))
    for who in (LAN, AN):
        members.add(book, who, "Hoa")
    look = overview.look(book, 2026, TODAY)
    assert look.at_hand == 66_996_650
    assert {fund.code: amount for fund, amount in look.funds} == {"TM": 10_260_000, "NH": 56_736_650}
    assert (look.came_in, look.went_out) == (35_127_150, 18_930_500)
    assert look.months[9] == ("2026-10", 35_127_150, 18_930_500)
    assert [(part.item, part.amount) for part in look.spent] == [
        ("32", 7_200_000), ("31", 7_000_000), ("34.02", 2_251_700), ("39", 1_816_800), ("33", 662_000),
    ]  # fmt: skip
    assert look.heads == (2, 1, 2)
    assert questions.years(book) == [2026]
    assert overview.look(book, 2025, TODAY).came_in == 0


def test_dues_of_the_month_being_collected_and_who_owes(book: Book) -> None:
    name_union(book)
    make_funds(book)
    members.add(book, LAN, "Hoa")
    early = overview.look(book, 2026, TODAY).dues
    assert early is not None
    assert (early.month, early.due, early.received, early.owing) == ("2026-10", 41_000, 0, 1)
    late = overview.look(book, 2026, date(2026, 11, 26))
    assert late.dues is not None
    assert late.dues.month == "2026-11"
    assert "warn dues Đoàn phí tháng 11/2026: 1 đoàn viên chưa nộp đủ, còn thiếu 41.000 ₫." in said(late.waits)


def test_drafts_open_months_and_a_late_fee_wait(book: Book) -> None:
    name_union(book)
    cash, _ = make_funds(book)
    post_october(book, (cash, _))
    members.add(book, LAN, "Hoa")
    vouchers.draft(book, paid(cash), "Hoa")
    told = said(overview.look(book, 2026, TODAY).waits)
    assert "info vouchers 1 phiếu nháp chưa ghi sổ" in told
    assert "info vouchers Chưa khóa sổ tháng 10/2026." in told
    assert "warn dues Hạn đóng KPCĐ tháng 10/2026 là 30/11/2026, còn 123.000 ₫." in told
    assert "bad dues KPCĐ tháng 10/2026 chậm đóng" in said(overview.look(book, 2026, date(2026, 12, 1)).waits)
    periods.close(book, "2026-10", "Hoa")
    assert "Chưa khóa sổ" not in said(overview.look(book, 2026, TODAY).waits)


def test_a_returned_report_comes_first_with_its_note(book: Book) -> None:
    name_union(book)
    filed = build(FiledReport, {"id": new_id(), "form": "B07", "period": "2026-10"})
    sent = build(Submission, {"id": new_id(), "report": filed.id, "form": "B07", "period": "2026-10", "version": 1})
    back = build(Verdict, {"id": new_id(), "submission": sent.id, "state": "trả lại", "note": "Thiếu thuyết minh mục 25"})
    with book.transact("test", "LĐLĐ tỉnh") as transaction:
        for record in (filed, sent, back):
            transaction.save(record)
    first = overview.look(book, 2026, TODAY).waits[0]
    assert (first.tone, first.page, first.target) == ("bad", "settlement", {"form": "B07", "period": "2026-10"})
    assert first.text.startswith("LĐLĐ tỉnh trả lại báo cáo B07")
    assert first.text.endswith("Thiếu thuyết minh mục 25")


def test_a_new_book_says_what_to_do_first(book: Book) -> None:
    assert overview.look(book, 2026, TODAY).dues is None
    name_union(book)
    assert [first.page for first in overview.look(book, 2026, TODAY).firsts] == ["setup", "members", "setup", "vouchers", "sync"]
    funds.add(book, [{"code": "TM", "kind": "Tiền mặt", "opening": "8tr5"}], "Hoa")
    funds.change_union(book, {"chair": "Nguyễn Văn Thắng", "accountant": "Trần Thị Hoa"}, "Hoa")
    members.add(book, LAN, "Hoa")
    assert [first.page for first in overview.look(book, 2026, TODAY).firsts] == ["vouchers", "sync"]
    assert overview.look(book, 2026, TODAY).at_hand == 8_500_000


def test_a_term_that_ends_and_posts_of_who_is_gone_wait(book: Book) -> None:
    name_union(book)
    lan = members.add(book, LAN, "Hoa")[0]
    term = {"since": date(2022, 1, 15), "until": date(2027, 1, 14)}
    officers.elect(book, "UBKT", term, [{"person": lan.id, "post": "CNKT"}], "Hoa")
    text = "warn officers Ủy ban Kiểm tra nhiệm kỳ 2022–2027 hết ngày 14/01/2027. Hãy chuẩn bị đại hội."
    assert text in said(overview.look(book, 2026, TODAY).waits)
    assert text not in said(overview.look(book, 2026, date(2026, 8, 1)).waits)
    members.leave(book, [lan.id], date(2026, 11, 1), "Hoa")
    gone = "bad officers Lê Thị Lan đã thôi từ 01/11/2026 nhưng vẫn ghi là Chủ nhiệm Ủy ban Kiểm tra."
    waits = overview.look(book, 2026, TODAY).waits
    assert gone in said(waits)
    assert [wait.target for wait in waits if wait.page == "officers"] == [
        lan.id, {"term": officers.terms(book)[0].id}
    ]  # fmt: skip
