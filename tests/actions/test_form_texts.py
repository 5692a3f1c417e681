"""The words of official forms corrected from a day on: by the province, by the union; a past year prints as it did."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.actions import cash_counts, enclosures, paying, rates, reports
from desktop_app.actions.enclosures import Which
from desktop_app.domain import form_texts
from desktop_app.domain.dates import Period
from desktop_app.domain.errors import Refused
from desktop_app.domain.fields import build
from desktop_app.domain.records import CashCount, Rate
from desktop_app.reports import cash_minutes, spending_papers, voucher_papers
from desktop_app.reports.forms import form
from desktop_app.reports.make import make
from desktop_app.storage import rules, texts
from desktop_app.storage.book import Book, new_id
from tests.reports.october import year_2026

NEW_LAW = "(Ban hành kèm theo Thông tư số 24/2024/TT-BTC)"
Y2026, Y2027 = Period.of_year(2026), Period.of_year(2027)


def own(book: Book, name: str, value: str, since: date = date(2027, 1, 1)) -> str:
    given = {"name": name, "since": since, "value": value, "reason": "Văn bản mới, chương trình chưa có"}
    return rates.correct(book, given, "Hoa").id


def sent(book: Book, name: str, value: object, since: date = date(2027, 1, 1)) -> None:
    with book.transact("test", "LĐLĐ") as transaction:
        given = {"id": new_id(), "name": name, "since": since, "value": {"value": value}, "law": "HD 5/HD-TLĐ"}
        transaction.save(build(Rate, given))


def test_a_settlement_prints_the_words_of_its_own_year(book: Book) -> None:
    year_2026(book)
    own(book, "B07/note.2", "(Ban hành kèm theo Hướng dẫn số 5/HD-TLĐ năm 2027)")
    own(book, "B07/rows.31.text", "Chi chăm lo, bảo vệ đoàn viên")
    own(book, "B07/rows.31.printed_code", "3101")
    own(book, "B07/signers.2.title", "CHỦ TỊCH\nCÔNG ĐOÀN CƠ SỞ")
    own(book, "B07/columns.actual.heading", "Số quyết toán")
    before, after = make(book, "B07", Y2026).report, make(book, "B07", Y2027).report
    assert before.form_note[1].startswith("(Ban hành kèm theo Hướng dẫn số 47")
    assert after.form_note[1] == "(Ban hành kèm theo Hướng dẫn số 5/HD-TLĐ năm 2027)"
    row = next(row for row in form("B07", Y2027.last, book).rows if row.code == "31")
    assert (row.text, row.printed_code, row.key) == ("Chi chăm lo, bảo vệ đoàn viên", "3101", "31")
    assert form("B07", Y2027.last, book).columns[4]["heading"] == "Số quyết toán"
    assert form("B07", Y2027.last, book).signers[1].title == "CHỦ TỊCH\nCÔNG ĐOÀN CƠ SỞ"
    assert form("B14", Y2027.last, book).row("31") == row  # its rows are those of B07
    assert form("B14", Y2027.last, book).note[1].startswith("(Ban hành kèm theo Hướng dẫn số 47")
    assert form("B07", Y2026.last, book) == form("B07", Y2026.last, None)
    assert make(book, "B07", Y2027).answer["cells"]["31"] == 0
    book.verify()


def test_what_the_union_corrected_is_flagged_and_ends_when_the_province_sends_its_own(book: Book) -> None:
    year_2026(book)
    own(book, "B07/title", "BÁO CÁO QUYẾT TOÁN NĂM", date(2026, 12, 1))
    own(book, "S82/title", "SỔ THU CHI", date(2026, 12, 1))
    sealed = reports.submit(book, "B07", Y2026, "", "Hoa")
    assert sealed.content["own_rates"] == [
        {"rate": "Mẫu B07-TLĐ, Tên mẫu", "from": "2026-12-01", "reason": "Văn bản mới, chương trình chưa có"}
    ]
    sent(book, "B07/title", "BÁO CÁO QUYẾT TOÁN TÀI CHÍNH CÔNG ĐOÀN", date(2026, 1, 1))
    assert form("B07", Y2026.last, book).title == "BÁO CÁO QUYẾT TOÁN TÀI CHÍNH CÔNG ĐOÀN"
    assert [each.name for each in rules.own(book)] == ["S82/title"]
    told = next(one for one in rates.words(book, "B07", Y2026.last) if one.name == "B07/title")
    assert told.now is not None
    assert (told.now.sure, told.now.law, len(told.entries)) == ("LĐLĐ tỉnh gửi", "HD 5/HD-TLĐ", 2)


def test_a_correction_is_taken_back(book: Book) -> None:
    made = own(book, "PT/issued", NEW_LAW)
    assert voucher_papers.template(book, "PT", date(2027, 3, 1))["issued"] == NEW_LAW
    assert "107/2017" in voucher_papers.template(book, "PT", date(2026, 3, 1))["issued"]
    assert "107/2017" in voucher_papers.template(book, "PC", date(2027, 3, 1))["issued"]
    rates.take_back(book, made, "Hoa")
    assert "107/2017" in voucher_papers.template(book, "PT", date(2027, 3, 1))["issued"]


def test_papers_of_every_file_read_their_own_words(book: Book) -> None:
    year_2026(book)
    sent(book, "C42-HD/signers.1.title", "CHỦ TÀI KHOẢN")
    sent(book, "C34-HD/signers.1.title", "TRƯỞNG BAN KIỂM KÊ")
    sent(book, "PC/signs.chair", "CHỦ TỊCH")
    assert spending_papers.words(book, "C42-HD", date(2027, 1, 2))["signers"][0]["title"] == "CHỦ TÀI KHOẢN"
    assert voucher_papers.template(book, "PC", date(2027, 1, 2))["signs"]["chair"] == "CHỦ TỊCH"
    count = build(CashCount, {"id": new_id(), "day": date(2027, 1, 2), "fund": cash_counts.boxes(book)[0].id})
    assert cash_minutes.make(book, count).signatures[0].title == "TRƯỞNG BAN KIỂM KÊ"


def test_the_checklist_grows_by_a_paper_and_keeps_what_the_program_knows(book: Book) -> None:
    year_2026(book)
    known = [wanted.text for wanted in form("B07", Y2026.last, book).enclosures]
    sent(book, "B07/enclosures", [*known[:2], "Biên bản kiểm tra của UBKT"], date(2026, 12, 1))
    found = enclosures.of(book, Which("B07", Y2026))
    assert [each.key for each in found] == ["cash_count", "statement", "bien-ban-kiem-tra-cua-ubkt"]
    assert (found[2].there, found[2].words) == (False, "chưa có.")


def test_a_new_account_from_the_province_wants_to_be_confirmed_anew(book: Book) -> None:
    given = {"name": "LĐLĐ tỉnh Nghệ An", "bank": "Agribank", "account": "3600 2011 2233"}
    paying.confirm(book, "dues", given, "Hoa")
    today = date.today()
    assert paying.receiver(book, "dues", today)[0] is not None
    later = today.replace(year=today.year + 1, day=1)
    sent(book, "tk-dues/account", "3600 2099 9999", later)
    assert paying.receiver(book, "dues", today)[0] is not None
    kept, known = paying.receiver(book, "dues", later)
    assert (kept, known["account"]) == (None, "3600 2099 9999")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("B07/title", " ", "Hãy nhập chữ"),
        ("B07/title", "x" * 601, "quá dài"),
        ("C42-HD/paragraphs.1", "Kính gửi: [director]", r"không điền được \[director\]"),
        ("B07/title", "BÁO CÁO QUYẾT TOÁN THU, CHI TÀI CHÍNH CÔNG ĐOÀN", "đã là giá trị này"),
        ("B07/rows.31.formula", "[10]", "cần bản chương trình mới"),
        ("B07/rows.99.text", "Dòng mới", "Thêm hay bớt dòng"),
        ("XYZ/title", "Mẫu lạ", "cần bản chương trình mới"),
    ],
)
def test_what_is_no_text_of_a_form_is_refused_with_a_sentence(book: Book, name: str, value: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        own(book, name, value)
    assert rules.own(book) == ()


def test_a_text_of_before_the_form_is_refused(book: Book) -> None:
    with pytest.raises(Refused, match="Mẫu này có từ 01/01/2022"):
        own(book, "B07/title", "Tên khác", date(2020, 1, 1))


def test_every_text_of_every_form_is_typed_as_it_is_shown() -> None:
    day, told = date(2026, 12, 1), 0
    for source in texts.sources().values():
        entry = source.on(day)
        for text in form_texts.texts(texts.declared(), entry):
            if not text.value:
                continue
            again = form_texts.read(text, form_texts.shown(text.value), entry)
            assert form_texts.shown(again).split() == form_texts.shown(text.value).split(), (source.id, text.path)
            changed = form_texts.with_texts(entry, {text.path: ["Khác"] if text.kind == "words" else "Khác"})
            assert changed != entry, (source.id, text.path)
            told += 1
    assert told > 500
