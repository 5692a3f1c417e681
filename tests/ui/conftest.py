"""The window's tests run without a screen, in the light look, with settings and tasks of their own, on a real book."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.actions import members, vouchers
from desktop_app.actions.setup import Door
from desktop_app.domain.fields import build
from desktop_app.domain.records import Fund, Union
from desktop_app.storage.book import Book, new_id
from desktop_app.ui import theme, words
from desktop_app.ui.page import Desk
from desktop_app.ui.tasks import Tasks
from tests.actions.october import E5
from tests.conftest import KEY

HOA = "Trần Thị Hoa"
PEOPLE = (  # name, sex, birth, CCCD, card, team, wage; "" for the card of a worker who is no member
    ("Nguyễn Văn Thắng", "Nam", "05/03/1985", "040085001234", "NA-0001", "Tổ may 1", 12_000_000),
    ("Trần Thị Hoa", "Nữ", "12/11/1988", "040188004321", "NA-0002", "Văn phòng", 8_200_000),
    ("Lê Thị Hường", "Nữ", "1990", "040190001234", "NA-0003", "Văn phòng", 8_200_000),
    ("Phan Đình Ân", "Nam", "07/1979", "040079000456", "NA-0004", "Tổ may 2", 6_500_000),
    ("Hồ Thị Ánh", "Nữ", "20/08/1995", "040195007788", "NA-0005", "Tổ may 2", 6_500_000),
    ("Đặng Quốc Bảo", "Nam", "30/01/1992", "040092002233", "NA-0006", "Tổ cắt", 6_500_000),
    ("Võ Thị Yến", "Nữ", "09/09/1999", "040199009900", "NA-0007", "Tổ cắt", 60_000_000),
    ("Bùi Văn Đức", "Nam", "15/06/2001", "040201005566", "", "Tổ cắt", 6_000_000),
)  # fmt: skip


def make_october(path: Path) -> None:
    """The book of a small union: two funds, eight workers (seven members, four women), E5's vouchers posted."""
    book = Book.create(path, KEY, "40-001")
    facts = {"code": "40-001", "name": "CĐCS Công ty CP May Hưng Lộc", "upper": "LĐLĐ tỉnh Nghệ An",
             "chair": "Nguyễn Văn Thắng", "accountant": HOA, "cashier": "Lê Thị Hường", "first_year": 2026}  # fmt: skip
    cash = {"code": "TM", "name": "Tiền mặt", "kind": "Tiền mặt", "opening": 8_500_000}
    bank = {"code": "NH", "name": "Agribank", "kind": "Tiền gửi", "bank": "Agribank", "opening": 42_300_000}
    opened = {"opened": date(2026, 10, 1)}
    funds = [build(Fund, {"id": new_id(), **fund, **opened}) for fund in (cash, bank)]
    with book.transact("setup.make", HOA) as transaction:
        transaction.save(build(Union, {"id": new_id(), **facts}))
        for fund in funds:
            transaction.save(fund)
    for name, sex, birth, cccd, card, team, wage in PEOPLE:
        values = {"name": name, "sex": sex, "birth": birth, "cccd": cccd, "card": card, "team": team, "wage": wage,
                  "member": bool(card), "joined": "01/01/2020" if card else ""}  # fmt: skip
        members.add(book, values, HOA)
    for kind, day, text, item, *moved in E5:
        pairs = ((funds[0], *moved[:2]), (funds[1], *moved[2:]))
        lines = [
            {"item": item, "fund": fund.id, "amount_in": came, "amount_out": went}
            for fund, came, went in pairs
            if came or went
        ]
        made = vouchers.draft(book, {"kind": kind, "day": date(2026, 10, day), "text": text, "lines": lines}, HOA)
        vouchers.post(book, made.id, HOA)
    book.close()


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["socongdoan"]


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> QApplication:
    if qapp.property("look") is None:
        words.speak_vietnamese(qapp)
    if theme.worn() != theme.load("light", 100) or qapp.property("look") is None:
        theme.wear(qapp, theme.load("light", 100))
    return qapp


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture(scope="session")
def october_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("october") / "book.db"
    make_october(path)
    return path


@pytest.fixture
def october(october_file: Path, tmp_path: Path) -> Iterator[Book]:
    """A fresh copy of that book for each test."""
    path = tmp_path / "so" / "book.db"
    path.parent.mkdir()
    shutil.copy(october_file, path)
    book = Book(path, KEY)
    yield book
    book.close()


@pytest.fixture
def desk(settings: QSettings, october: Book) -> Desk:
    """Hoa's desk on that book; works of `desk.tasks` run in place."""
    return Desk(
        settings=settings, tasks=Tasks(in_place=True), book=october, by=HOA, year=2026,
        opener=Door(october.path.parent, KEY),
    )  # fmt: skip


@pytest.fixture
def settlement(qtbot: QtBot, desk: Desk) -> Any:
    """*Quyết toán* of October, refreshed by what it reads."""
    from desktop_app.ui.pages.filing.settlement import Settlement  # the other pages' tests need not load it

    made = Settlement(desk)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.open_at({"period": "2026-10"})
    made.show()
    desk.touched.connect(lambda touched: made.refresh() if touched & made.reads else None)
    return made
