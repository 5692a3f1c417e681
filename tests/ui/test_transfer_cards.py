"""A card drawn up, handed out, withdrawn and taken at the screen, as Hoa does it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.actions import members, transfers
from desktop_app.domain.records import Movement, Person
from desktop_app.storage import enrolment
from desktop_app.ui import files
from desktop_app.ui.page import Desk
from desktop_app.ui.pages.movements.page import Movements
from desktop_app.ui.pages.movements.transfer_cards import GiveCard, TakeCard
from sync import envelope, messages, protocol
from sync.messages import Certificate
from tests.actions.test_transfers import PROVINCE, known_to, lan

DAY = date(2026, 11, 20)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Movements:
    key = envelope.public_key(enrolment.make_seed(desk.book))
    certificate = Certificate(union="40-001", device=desk.book.device, key=key, issued=1)
    kept = protocol.canonical([certificate, messages.signature_of(certificate, PROVINCE)])
    server = envelope.public_key(PROVINCE)
    enrolment.keep(desk.book, enrolment.Enrolment("http://tinh", server, "LĐLĐ", desk.book.device, 1, kept))
    made = Movements(desk)
    qtbot.addWidget(made)
    desk.touched.connect(lambda _: made.refresh())
    made.show()
    made.refresh()
    return made


def test_a_card_is_drawn_up_saved_printed_and_withdrawn(
    page: Movements, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anh = members.people(desk.book, "Hồ Thị Ánh")[0]
    page.open_at(anh.id)
    page.give_card()
    assert page.asking is not None
    page.asking.do()
    assert page.asking.form.fields["receiver"].below().startswith("Hãy ghi mã đơn vị nhận")
    page.asking.form.set_values({"receiver": "40-002", "receiver_name": "CĐCS Bình Minh", "day": DAY})
    page.asking.do()
    (row,) = page.table.seen()[1]
    assert (row.name, row.kind, row.to_unit) == ("Hồ Thị Ánh", "CDI", "CĐCS Bình Minh")
    page.open_card(row)
    given = page.card
    assert isinstance(given, GiveCard)
    monkeypatch.setattr(files, "to_save", lambda *_: tmp_path / "anh.the")
    given.save()
    assert (tmp_path / "anh.the").stat().st_size < 1000
    papers: list[bytes] = []
    given.show_paper = lambda path: papers.append(path.read_bytes())
    given.print()
    assert papers[0].startswith(b"%PDF")
    given.withdraw()
    assert page.table.seen()[1] == []
    assert desk.book.get(Person, anh.id).left is None  # type: ignore[union-attr]
    given.save()
    assert given.refusal.text() == "Thẻ này đã thu hồi. Hãy lập thẻ mới."


def test_a_card_is_read_shown_and_taken_into_a_team_with_a_way_back(page: Movements, desk: Desk, tmp_path: Path) -> None:
    undo: list[object] = []
    desk.said.connect(lambda _sentence, _act, does: undo.append(does))
    other = known_to(PROVINCE, tmp_path / "b", "40-009", "CĐCS Sông Lam")
    to = {"receiver": "40-001", "receiver_name": "CĐCS May Hưng Lộc", "day": DAY}
    card, _ = transfers.issue(other, lan(other).id, to, "Thu")
    transfers.write_file(other, card.id, tmp_path / "lan.the")
    other.close()
    page.take_card()
    taking = page.card
    assert isinstance(taking, TakeCard)
    taking.scanned.setText("SOCONGDOAN-THE:ÂB")
    taking.scan()
    assert "hãy tắt UniKey" in taking.refusal.text()
    assert not taking.act.isEnabled()
    taking.read(tmp_path / "lan.the")
    assert taking.facts.text().splitlines() == [
        "Lê Thị Lan, sinh 03/1990, nữ", "CCCD 040190001234 · thẻ NA-77", "Từ CĐCS Sông Lam, rời ngày 20/11/2026.",
    ]  # fmt: skip
    taking.form.set_values({"team": "Tổ cắt", "day": date(2026, 11, 1)})
    taking.take()
    assert "rời nơi cũ ngày 20/11/2026" in taking.form.fields["day"].below()
    taking.form.set_values({"day": date(2026, 11, 23)})
    taking.take()
    assert "ở đây là của Lê Thị Hường" in taking.refusal.text()
    members.edit(desk.book, members.people(desk.book, "Lê Thị Hường")[0].id, {"cccd": "040190001235"}, desk.by)
    taking.take()
    assert [(row.name, row.kind) for row in page.table.seen()[1]] == [("Lê Thị Lan", "CDEN")]
    undo[-1]()  # type: ignore[operator]
    assert [m for m in desk.book.all(Movement) if m.kind == "CDEN"] == []
