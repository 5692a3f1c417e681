"""*Cán bộ công đoàn*: a body is elected at the keyboard, the cards and doubts follow, gaps open where they are filled."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.actions import members, officer_files, officers, person_record
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.officers.election import Election
from desktop_app.ui.pages.officers.page import Officers

TODAY = date(2026, 11, 24)
THANG, HOA, HUONG = "Nguyễn Văn Thắng", "Trần Thị Hoa", "Lê Thị Hường"


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Officers:
    desk.today = lambda: TODAY
    made = Officers(desk)
    qtbot.addWidget(made)
    desk.touched.connect(lambda _: made.refresh())
    made.resize(1150, 700)
    made.show()
    made.refresh()
    return made


def person(desk: Desk, name: str) -> str:
    return next(one.id for one in members.people(desk.book, name, everyone=True))


def add(asking: Election, name: str, post: str) -> None:
    asking.line.fields["person"].editor.set_value(person(asking._desk, name), name)
    asking.line.fields["post"].editor.set_value(post)
    asking.add()


def appoint(page: Officers, name: str, post: str, **values: object) -> None:
    page.begin()
    page.asking.form.set_values({"since": date(2025, 9, 20), **values})
    page.asking.form.fields["person"].editor.set_value(person(page.desk, name), name)
    page.asking.form.fields["post"].editor.set_value(post)
    page.asking.do()


def elected(page: Officers, since: date = date(2025, 9, 15)) -> None:
    page.elect()
    page.asking.form.set_values({"since": since})
    for name, post in ((THANG, "CT"), (HOA, "UVBCH"), (HUONG, "UVBCH")):
        add(page.asking, name, post)
    page.asking.save()


def seen(page: Officers) -> list[tuple[str, str]]:
    return [(row.name, row.office.title) for row in page.table.seen()[1]]


def test_a_body_is_elected_line_by_line_and_the_old_one_stays_in_the_history(page: Officers) -> None:
    assert "Chưa ghi cán bộ nào" in page.table.empty.sentence()
    elected(page, date(2020, 3, 1))
    assert page.cards["term"].figure() == "2020–2025"
    assert "đã hết từ 28/02/2025" in page.cards["term"].hint()
    page.elect()
    page.asking.take_present()
    page.asking.drop([page.asking.elected[0]])
    add(page.asking, HUONG, "CT")
    assert page.asking.line.fields["person"].below() == f"{HUONG} đã có trong danh sách."
    page.asking.form.set_values({"since": date(2025, 9, 15)})
    page.asking.save()
    assert (page.cards["term"].figure(), page.cards["term"].hint()) == ("2025–2030", "đến 14/09/2030")
    assert seen(page) == [(HOA, "Ủy viên Ban Chấp hành"), (HUONG, "Ủy viên Ban Chấp hành")]
    page._terms.choose("ever")
    assert (THANG, "Chủ tịch") in seen(page)
    page.open_at({"term": officers.terms(page.desk.book)[1].id})
    assert len(seen(page)) == 3


def test_a_refusal_stands_under_its_field_and_nothing_is_stored(page: Officers) -> None:
    page.elect()
    page.asking.save()
    assert "Hãy ghi những người trúng cử" in page.asking.refusal.text()
    page.asking.add()
    assert page.asking.line.fields["post"].below() == "Hãy chọn chức vụ."
    page.asking.reject()
    page.begin()
    page.asking.do()
    assert page.asking.form.fields["person"].below() == "Hãy chọn người."
    assert seen(page) == []


def test_what_looks_wrong_is_told_and_leads_to_its_place(page: Officers, desk: Desk) -> None:
    said: list[str] = []
    desk.said.connect(lambda sentence, _act, _does: said.append(sentence))
    elected(page)
    for post in ("KT", "TQ"):
        appoint(page, HOA, post)
    assert "kiêm thủ quỹ" in said[-1]
    assert page.cards[""].figure() == "3"
    assert "vừa là Kế toán vừa là Thủ quỹ" in page.side.doubts.said()[0]
    page.side.doubts.press(0)
    assert page.table.current().name == HOA
    page.end([row for row in page.table.seen()[1] if row.office.title == "Thủ quỹ"])
    page.asking.form.set_values({"day": date(2026, 1, 1), "ended": "Phân công lại"})
    page.asking.do()
    assert "Chưa có Thủ quỹ." in page.side.doubts.said()
    row = next(row for row in page.table.seen()[1] if row.office.title == "Kế toán")
    page.replace(row)
    page.asking.form.fields["person"].editor.set_value(person(desk, HUONG), HUONG)
    page.asking.form.set_values({"since": date(2026, 2, 1)})
    page.asking.do()
    assert (HUONG, "Kế toán") in seen(page)
    page.drop([row for row in page.table.seen()[1] if row.office.title == "Kế toán"])
    assert "Chưa có Kế toán." in page.side.doubts.said()


def test_the_card_of_target_12_opens_the_gaps_which_are_filled_at_the_side(page: Officers, desk: Desk) -> None:
    elected(page)
    assert page.cards["gaps"].figure() == "Không phát sinh"
    row = next(row for row in page.table.seen()[1] if row.name == THANG)
    page.change(row)
    page.asking.form.set_values({"full_time": True, "decision": "12/QĐ-LĐLĐ"})
    page.asking.do()
    assert page.cards["gaps"].figure() == "0/1"
    page.cards["gaps"].click()
    assert seen(page) == [(THANG, "Chủ tịch")]
    page.table.pick(lambda one: True)
    assert "đào tạo, bồi dưỡng" in page.side.gaps.text()
    for kind, until in (("CT", None), ("DT", "2019")):
        page.side.ask(None)
        page.side.asking.form.fields["kind"].editor.set_value(kind)
        page.side.asking.form.set_values({"since": "2020", "until": until, "what": "Lớp nghiệp vụ"})
        page.side.asking.do()
    assert page.side.asking.form.fields["until"].below() == "Đến phải sau Từ. Hãy kiểm tra lại hai ngày."
    page.side.asking.form.set_values({"until": "2020"})
    page.side.asking.do()
    assert "đào tạo" not in page.side.gaps.text()
    page.side.ask(officer_files.careers(desk.book, row.office.person)[1])
    page.side.asking.also.click()
    assert "đào tạo" in page.side.gaps.text()
    page.side.ask(None)
    page.side.asking.form.fields["kind"].editor.set_value("DT")
    page.side.asking.form.set_values({"since": "2021", "what": "Lớp nghiệp vụ"})
    page.side.asking.do()
    facts = {"phone": "0912345678", "address": "Xóm 3, xã Hưng Lộc", "education": "Đại học"}
    members.edit(desk.book, row.office.person, facts, desk.by)
    person_record.save(desk.book, row.office.person, {"home": "Diễn Châu", "politics": "Trung cấp"}, desk.by)
    desk.changed({"person"})
    assert page.cards["gaps"].figure() == "1/1"
    assert seen(page) == []


def test_the_dossier_of_a_term_is_kept_with_its_papers(page: Officers, desk: Desk) -> None:
    elected(page)
    assert any("Chưa gửi hồ sơ đề nghị công nhận nhiệm kỳ 2025–2030" in text for text in page.side.doubts.said())
    page.ask_term()
    page.asking.form.set_values({"had.TTR": True, "number.BBDH": "02/BB-ĐH", "sent": date(2025, 1, 1)})
    page.asking.do()
    assert "trước khi nhiệm kỳ bắt đầu" in page.asking.form.fields["sent"].below()
    term = officers.terms(desk.book)[0]
    assert officer_files.dossier(desk.book, term.id) is None
    page.asking.form.set_values({"sent": None, "planned": 5})
    page.asking.do()
    kept = officer_files.dossier(desk.book, term.id)
    assert kept is not None
    assert [(paper.paper, paper.number) for paper in kept.papers] == [("TTR", ""), ("BBDH", "02/BB-ĐH")]
    assert officers.terms(desk.book)[0].planned == 5
    assert any("Còn thiếu: Biên bản kiểm phiếu (Mẫu 4a), Danh sách" in text for text in page.side.doubts.said())
    page.ask_term()
    page.asking.form.set_values({"sent": date(2025, 9, 20), "decision": "77/QĐ-LĐLĐ", "decision_day": date(2025, 9, 30)})
    page.asking.do()
    assert not any("hồ sơ" in text for text in page.side.doubts.said())
    assert desk.book.verify().first_fault is None


def test_papers_of_a_term_and_of_an_officer_are_offered_and_opened(page: Officers) -> None:
    shown: list[str] = []
    page.printing.show_paper = lambda path: shown.append(path.name)
    elected(page)
    page.table.pick(lambda one: one.name == THANG)
    texts = [action.text() for action in page.printing.menu().actions() if action.text()]
    assert texts[:2] == ["Trích ngang Ban Chấp hành 2025–2030 (PDF)", "Trích ngang Ban Chấp hành 2025–2030 ra Excel…"]
    assert "Lý lịch trích ngang của Nguyễn Văn Thắng (PDF)" in texts
    for action in page.printing.menu().actions():
        if action.text().endswith("(PDF)"):
            action.trigger()
    assert shown == ["trich-ngang.pdf", "can-bo-cong-doan.pdf", "ly-lich-can-bo.pdf"]
    page.printing.ask_allowances()
    page.printing.asking.form.set_values({"month": "2020-01"})
    page.printing.asking.do()
    assert "chưa ghi ai giữ chức vụ" in page.printing.asking.refusal.text() + page.printing.asking.form.fields["month"].below()
    page.printing.asking.form.set_values({"month": "2026-10"})
    page.printing.asking.do()
    assert shown[-1] == "phu-cap.pdf"


def test_who_signs_follows_the_posts_at_one_press(page: Officers, desk: Desk) -> None:
    elected(page)
    appoint(page, HUONG, "KT")
    text = f"Giấy tờ in Kế toán là {HOA}, theo chức vụ là {HUONG}. Bấm để ghi lại người ký."
    page.side.doubts.press(page.side.doubts.said().index(text))
    page.asking.do()
    assert text not in page.side.doubts.said()


def test_those_elected_are_entered_with_letters_and_enter_alone(qtbot: QtBot, page: Officers) -> None:
    page.elect()
    asking, enter = page.asking, Qt.Key.Key_Return
    fields = {name: field.editor for name, field in asking.line.fields.items()}
    asking.line.fields["person"].editor.setFocus()
    for person, post, votes in (("nvt", "chu tich", "98"), ("le huong", "uy vien ban chap", "")):
        for name, typed in (("person", person), ("post", post), ("votes", votes)):
            fields[name].clear()
            qtbot.keyClicks(fields[name], typed)
            qtbot.keyClick(fields[name], enter)
        qtbot.keyClick(fields["full_time"], enter)
    assert [(one.name, one.post, one.votes) for one in asking.elected] == [(THANG, "CT", "98"), (HUONG, "UVBCH", "")]
    asking.save()
    assert seen(page) == [(THANG, "Chủ tịch"), (HUONG, "Ủy viên Ban Chấp hành")]
