"""The count of heads: every row adds up, and the end of one period is the beginning of the next."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop_app.actions import movements, organisation
from desktop_app.domain.dates import Period
from desktop_app.domain.records import Person
from desktop_app.reports.make import make
from desktop_app.reports.pdf import draw
from desktop_app.reports.xlsx import write
from desktop_app.storage.book import Book
from tests.unions import found_union, hire


@pytest.fixture
def moved(book: Book) -> Book:
    """Two tổ in 2026: a hire's admission, a transfer out, a retirement, a move inside, one left by mistake."""
    found_union(book)
    lan, thu, an = (hire(book, name, team="Tổ 1", sex="Nữ") for name in ("Lê Thị Lan", "Trần Thị Thu", "Hồ Thị An"))
    yen = hire(book, "Võ Thị Yến", team="Tổ 2", joined=date(2026, 2, 3), card="NA1",
               registered=date(2026, 6, 30))  # fmt: skip
    duc = hire(book, "Bùi Văn Đức", team="Tổ 2", member=False)

    def move(person: Person, kind: str, day: date, **values: object) -> str:
        return movements.record(book, [person.id], {"kind": kind, "day": day, **values}, "Hoa").movements[0].id

    move(duc, "KN", date(2026, 4, 1), document="1")
    move(lan, "CDI", date(2026, 5, 4))
    move(thu, "CNB", date(2026, 5, 20), to_unit="Tổ 2")
    move(thu, "TD", date(2026, 6, 1))
    wrong = move(an, "NH", date(2026, 6, 15))
    movements.correct(book, wrong, {"day": date(2026, 7, 2), "reason": "ghi nhầm"}, "Hoa")
    move(yen, "XR", date(2026, 9, 1))
    return book


def cells(book: Book, period: str) -> dict[str, dict[str, int]]:
    answer = make(book, "BDDV", Period.parse(period)).answer
    assert all(check["holds"] for check in answer["checks"])
    rows = {row["team"]: row["cells"] for row in answer["rows"]}
    return {team: {key: heads for key, heads in row.items() if heads} for team, row in rows.items()}


def test_the_second_quarter_tells_who_came_went_and_moved_inside(moved: Book) -> None:
    assert cells(moved, "2026-Q2") == {
        "Tổ 1": {"B": 3, "B.n": 3, "CDI": 1, "NH": 1, "move": -1},
        "Tổ 2": {"A": 3, "A.n": 1, "B": 1, "KN": 1, "move": 1, "E": 3, "E.n": 1, "F": 1, "G": 1, "H": 1},
    }


def test_a_correction_stands_in_its_own_period_and_who_works_on_is_counted_outside(moved: Book) -> None:
    assert cells(moved, "2026-Q3") == {
        "Tổ 1": {"A": 1, "A.n": 1, "correct": 1, "E": 1, "E.n": 1},
        "Tổ 2": {"A": 3, "A.n": 1, "B": 3, "B.n": 1, "XR": 1, "E": 2, "E.n": 1, "F": 1, "I": 1},
    }


def test_the_end_of_each_month_is_the_beginning_of_the_next(moved: Book) -> None:
    totals = [make(moved, "BDDV", Period.of_month(f"2026-{month:02}")).answer["totals"] for month in range(1, 13)]
    assert [now["E"] for now in totals[:-1]] == [then["B"] for then in totals[1:]]
    assert [now["E"] for now in totals] == [3, 4, 4, 5, 4, 3, 4, 4, 3, 3, 3, 3]


def test_the_activity_report_takes_its_members_from_the_movements(moved: Book) -> None:
    told = make(moved, "1-HDCD", Period.parse("2026-H2")).answer
    got = {code: told["cells"][code] for code in told["cells"] if code.startswith("TC6") and told["cells"][code]}
    assert got == {"TC6.1": 4, "TC6.7": 1, "TC6.9": 1, "TC6.2": 3, "TC6.2.n": 2}
    (balance,) = (check for check in told["checks"] if check["rule"].startswith("TC6.2 = "))
    assert (balance["holds"], balance["left"], balance["right"]) == (False, 3, 2)


def test_many_people_alike_are_counted_each(book: Book) -> None:
    found_union(book)
    for joined, left in (("1/2/2020", ""), ("1/3/2020", ""), ("5/2/2026", ""), ("6/2/2026", "1/6/2026"), ("", "9/1/2026")):
        hire(book, "Lê Thị Lan", team="Tổ 1", joined=joined, left=left)
    assert cells(book, "2026-Q1") == {"Tổ 1": {"A": 4, "B": 3, "KN": 2, "TV": 1, "E": 4}}
    assert cells(book, "2026") == {"Tổ 1": {"A": 3, "B": 3, "KN": 2, "TV": 2, "E": 3}}


def test_the_count_is_drawn_and_written(moved: Book, tmp_path: Path) -> None:
    report = make(moved, "BDDV", Period.parse("2026")).report
    (tmp_path / "bddv.pdf").write_bytes(draw(report))
    write(report, tmp_path / "bddv.xlsx")
    assert (tmp_path / "bddv.pdf").read_bytes().startswith(b"%PDF")


def test_a_section_adds_up_its_teams_however_they_are_spelled(moved: Book) -> None:
    hire(moved, "Đậu Thị Mai", team="TO 2", sex="Nữ")
    organisation.make_missing(moved, "Hoa")
    (section,) = organisation.found(moved, {"kind": "CDBP", "name": "CĐBP Xưởng may"}, "Hoa").made
    for team in organisation.tree(moved, date.today()).units:
        if team.kind == "TCD":
            organisation.move(moved, team.id, section.id, {"day": "01/10/2026"}, "Hoa")
    made = make(moved, "BDDV", Period.parse("2026-Q4"))
    assert [(row.cells["team"], row.style, row.cells["E"]) for row in made.report.tables[0].rows] == [
        ("CĐBP Xưởng may", "bold", 4), ("\u2003Tổ 1", "normal", 1), ("\u2003Tổ 2", "normal", 3), ("Cộng", "total", 4),
    ]  # fmt: skip
    assert all(check["holds"] for check in made.answer["checks"])
    assert b"%PDF" in draw(made.report)[:8]
